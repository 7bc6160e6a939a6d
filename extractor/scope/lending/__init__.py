"""What a figure takes over from other figures and from the article, and how that is weighed.

`context.py` asks for each slot that a clause leaves open; `lists.py` reads figures that share one clause, `kinship.py`
says which figures may lend each other anything. Weighed choices, each with weights fitted from the gold: `series.py`
what is measured (`scripts/fit-series`), `counted.py` what is counted (`scripts/fit-things`), `owners.py` whose it is
(`scripts/fit-owners`), with `areas.py` for what goes before it and `doers.py` for who has or tells figures.
"""
