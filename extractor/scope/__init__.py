"""Indicator, product, area and counterpart of each figure.

First the figure's own clause is read: `clause/` says what can be seen from a figure, `indicators/` finds what is
measured, `products/` of what, `areas/` whose figure it is and who is at the other end. Then the rest of the text is
asked: `article/` says what and whom the article is about, `lending/` what a figure takes over from those before it, and
weighs that against its own words. `component.py` puts it together. Imports run one way: clause, products and areas,
indicators and article, lending.

All share `terms.py` (the terms and names of a document by token), `rules.py` (the rules by the names that are printed)
and `words.py`: the words stand in `words.toml`, what verbs measure by the sort of figure in `deeds.toml`.
"""
