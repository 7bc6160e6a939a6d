"""What and whom the whole article is about.

`topic.py` gives its area, product and indicator as far as headline and lead agree with the rest; `home.py` ranks what
shows its country, place or firm, by the bodies it is about (`home_bodies.py`) and how often it names each country,
place and region (`name_counts.py`).
"""
