"""How right a run is, by gold (gold.py), by the answers that gold accepts (answers.py), as counted by board.py.

claims.py scores claims and their slots, relations.py the findings; statistics.py says how far the figures can be
trusted; terminal.py prints them, error_browser/ shows the errors on a page. agreement.py compares two annotators,
peers.py other ways to find conflicts, benchmarks/ reads public test sets.
"""
