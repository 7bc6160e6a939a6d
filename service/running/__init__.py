"""The main job (batch.py), over many processes and in flat memory.

engine.py spreads the extraction, within budget.py's time for each article; journal.py keeps what was read, so that a
killed run goes on; reconciling.py makes findings of a file of claims, however long. explaining.py says how each slot
was filled.
"""
