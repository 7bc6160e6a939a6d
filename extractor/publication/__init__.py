"""When an article was published, where nobody says so.

`printed.py` reads what its page prints, `spoken.py` and `clues.py` what its words let guess, `inference.py` weighs
both, and `words.py` holds the words and the charges.
"""
