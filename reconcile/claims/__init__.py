"""What a claim means to the reconciler: its words looked up, its unit converted, its figure an interval.

`normalise.py` puts a claim together: `words.py` looks its slots up in the taxonomy, `phrases.py` and `forms.py` read
phrases that no data pack has, `lattice.py` says what lies in what, `intervals.py` what printed digits allow,
`context.py` what the text around says of how was counted, `standing.py` how two claims stand to each other as
utterances. `rules.py` reads the room's word lists.
"""
