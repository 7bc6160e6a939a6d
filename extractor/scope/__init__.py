"""Indicator, product, area and counterpart of each figure.

`frame.py` says what can be seen from a figure; `indicators.py` and `themes.py` find what is measured, `products.py` of
what, `roles.py` whose figure it is; `lists.py` reads figures that share one clause, `context.py` what a figure takes
over from the ones before it, `topic.py` what the article is about, and `component.py` puts it together. The words stand
in `words.toml`.
"""
