"""Indicator, product, area and counterpart of each figure.

`frame.py` says what can be seen from a figure, `nouns.py` finds what is measured and of what, `roles.py` whose figure it is,
`context.py` what a figure takes over from the ones before it, and `component.py` puts the four together.
"""
