"""What a figure takes over from other figures and from the article, and how that is weighed.

`context.py` asks for each slot that a clause leaves open: `told.py` holds the figures before it, `list_headings.py` the
line above its list, `goods.py` what may lend it its product. `lists.py` reads figures that share one clause,
`kinship.py` says which figures may lend each other anything. Weighed choices, each with weights fitted from the gold:
`series.py` what is measured (`scripts/fit-series`), with the signs of `likeness.py`; `counted.py` what is counted
(`scripts/fit-things`); `owners.py` whose it is (`scripts/fit-owners`), with `areas.py` for what goes before it and
`doers.py` for who has or tells figures.
"""
