"""Bare figures that are readings of a scale: the magnitude of an earthquake, a ratio told as a plain number."""

from __future__ import annotations

import re

from .lexicon import lexicon
from .sites import Site

_RATIO = re.compile(r"ratios?|multiples?")


def is_magnitude(site: Site) -> bool:
    """True for the strength of an earthquake: "a magnitude 6.9 earthquake", "the tremor measured 6.9"."""
    quantity, words = site.quantity, lexicon().contexts
    if quantity.form != "number" or not 0 < quantity.value < 10 or not site.left:
        return False
    if any(word.lower in ("magnitude", "richter") for word in (*site.left[:2], *site.behind[:3], *site.right[:3])):
        return True
    decimals = "." in site.quote and quantity.noun_start < 0
    if not decimals or site.left[0].lower not in words["striking"]:
        return False
    return any(word.lower in words["quakes"] for word in (*site.left, *site.right))


def is_plain_ratio(site: Site) -> bool:
    """True for a ratio told as a plain number: "the ratio comes to *1.99*", "a book-to-bill ratio of 1.2"."""
    if [word.lower for word in site.left[:2]] == ["of", "factor"]:
        return True  # "grew by a factor of 2.7"
    if "." not in site.quote or not site.left or site.left[0].lower not in lexicon().contexts["reading_before"]:
        return False
    return any(_RATIO.fullmatch(word.lower) for word in site.left[:7])
