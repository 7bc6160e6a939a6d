"""The items of a list under a heading that says in what they are counted: "Sales, EUR million", then "- April: 224"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.mentions import Measure

from .dimensions import Dimension, dimension_of
from .intervals import clean
from .sites import Site

_ITEM = re.compile(r"^[ \t]*(?:[-–—•*‣▪]|\d{1,2}[.)])[ \t]+(?P<label>[^\n:]{1,60}):[ \t]+(?=\S)[^\n]*$", re.MULTILINE)
_TITLE = 110
"""How long a heading may be: a line that is longer is prose."""


class Item(NamedTuple):
    """The line of a list, by its half-open offsets, and what its label and the heading of the list say."""

    start: int
    end: int
    given: Dimension


def list_items(text: str) -> list[Item]:
    """The items of lists whose heading or label gives a scale or a unit, in the order of the text."""
    found: list[Item] = []
    whole, last = Dimension(), -1
    for match in _ITEM.finditer(text):
        if last < 0 or text[last : match.start()].strip():
            whole = _heading(text, match.start())
        last = match.end()
        own = dimension_of(match["label"], text) if " " in match["label"].strip() else Dimension()
        given = own if own.unit else Dimension(own.scale or whole.scale, whole.unit)
        if given != Dimension():
            found.append(Item(match.start(), match.end(), given))
    return found


def _heading(text: str, start: int) -> Dimension:
    """The scale and unit that the line above a list gives, if it is a heading."""
    before = text[:start].rstrip()
    line = before[before.rfind("\n") + 1 :].strip()
    title = line and len(line) <= _TITLE and not line.endswith((".", "!", "?"))
    return dimension_of(line.rstrip(":"), text) if title else Dimension()


def headed(site: Site, own: Measure, items: Sequence[Item], starts: Sequence[int]) -> Measure:
    """The measure of a plain number in an item of such a list, in full and in its unit."""
    at = bisect.bisect_right(starts, site.quantity.start) - 1
    plain = site.quantity.form == "number" and site.quantity.noun_start < 0
    if at < 0 or site.quantity.end > items[at].end or own.unit != "count" or own.kind != "level" or not plain:
        return own
    given = items[at].given
    scale = given.scale or 1.0
    if not any(sign.isdigit() for sign in site.quote) or own.value != site.quantity.value or abs(own.value) >= 1e5:
        scale = 1.0
    low, high = (None if end is None else clean(end * scale) for end in (own.low, own.high))
    return own._replace(value=clean(own.value * scale), low=low, high=high, unit=given.unit or own.unit)
