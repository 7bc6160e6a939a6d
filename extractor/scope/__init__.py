"""Indicator, product, area and counterpart of each figure.

`frame.py` says what can be seen from a figure; `indicators.py` and `themes.py` find what is measured, `products.py`
of what, `roles.py` whose figure it is; `lists.py` reads figures that share one clause, `context.py` what a figure
takes over from the ones before it, `topic.py` what the article is about; `series.py` weighs what a clause says itself
against what the article measures around it (its weights are fitted by `scripts/fit-series`), `counted.py` does so for
what is counted (`scripts/fit-things`) and `owners.py` for whose a figure is that names nobody (`scripts/fit-owners`);
`headings.py` reads the headings of tables, and `component.py` puts it together.
The words stand in `words.toml`, what verbs measure by the sort of figure in `deeds.toml`.
"""
