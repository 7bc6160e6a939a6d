"""The attributions of one sentence: who speaks, with which cue, and how far along the sentence it reaches.

`finder.py` asks each construction in turn; what they find is a `Voice` (`voice.py`). Verbs of saying: `verbs.py`, with
`who_says.py` (who does it), `may_speak.py` (who may give a figure by what he does), `silent_verbs.py` (where nothing is
said), `quoting.py` and `chains.py` (who cites whom). Without such a verb: `according.py`, `indirect.py` ("warned
of"), `labels.py` (colons, brackets), `own_figures.py` ("the board's 5.2 million"), `standpoints.py` ("is at 3%"),
`speaking_documents.py` (surveys, tallies). Where the parser errs: `trailing.py`, `verbless.py`, `missed_by_parser.py`.
"""
