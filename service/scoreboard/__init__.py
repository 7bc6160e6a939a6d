"""The scoreboard of README.md: every figure measured anew, beside the last board's and the peers'.

measure.py   the figures, each with its interval      amounts.py   a table of amounts as newsrooms write them
history.py   the last board, kept as a file           page.py      the tables
peers.toml   what other tools score, and the goals    __main__.py  `./scripts/score --readme`
"""
