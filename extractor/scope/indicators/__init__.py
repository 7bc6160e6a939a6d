"""What a figure measures, as its own clause says it.

`finder.py` looks for what the packs know, `by_place.py` for the words that stand where measures stand. `events.py`
reads verbs of the packs, `doings.py` what is done to the things counted, `descriptions.py` adjectives and states,
`prices.py` money for one of something. `measurable.py` says what can be measured, `not_measured.py` what only stands
nearby, `clause_hints.py` what may be meant where no rule is sure, `table_headings.py` what a heading says of its rows.
"""
