"""Rows of a list or a table and the row that gives their total: together they add up, or one of them is wrong.

A row is a line that an article cuts off as a sentence of its own; its total is called one ("Total", "All together").
What stands in the same place of each row is of one column. A row that was not read breaks the list: then nothing is
said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reconcile.claims.intervals import Interval
from reconcile.claims.normalise import View
from reconcile.claims.rules import rules
from reconcile.equations.tie import Tie

_BETWEEN = 3
"""Code points between two rows: an end of line, and what marks the next."""
_FEWEST = 2
"""Rows beside their total."""

_Row = tuple[int, int]


def row_totals(group: Sequence[View]) -> Iterator[Tie]:
    """Each total of a group's lists with the rows above it, whether they add up or not."""
    articles: dict[str, list[View]] = defaultdict(list)
    for view in group:
        if view.claim.sentence is not None and view.kind == "level":
            articles[view.claim.article].append(view)
    for said in articles.values():
        if len(said) > _FEWEST:
            yield from _of_article(said)


def _of_article(said: Sequence[View]) -> Iterator[Tie]:
    rows: dict[_Row, list[View]] = defaultdict(list)
    for view in sorted(said, key=lambda each: each.place):
        if view.claim.sentence is not None:
            rows[view.claim.sentence.start, view.claim.sentence.end].append(view)
    ordered = sorted(rows)
    for place, row in enumerate(ordered):
        if not _is_total(rows[row][0]):
            continue
        above = _list_above(ordered, place, rows)
        for column, whole in enumerate(rows[row]):
            parts = [rows[each][column] for each in above]
            if len(parts) >= _FEWEST and all(_is_part(part, whole) for part in parts):
                total = Interval(sum(part.figure.low for part in parts), sum(part.figure.high for part in parts))
                yield Tie("rows_and_total", (*parts, whole), total, whole.figure, (), binding=True)


def _list_above(ordered: Sequence[_Row], place: int, rows: dict[_Row, list[View]]) -> list[_Row]:
    """The rows right above a total, with as many figures each, from the first on."""
    found: list[_Row] = []
    below = ordered[place]
    for row in reversed(ordered[:place]):
        if below[0] - row[1] > _BETWEEN or len(rows[row]) != len(rows[ordered[place]]) or _is_total(rows[row][0]):
            break
        found.append(row)
        below = row
    return found[::-1]


def _is_total(view: View) -> bool:
    """True for a row that its own first words call a total."""
    return _total().match(view.claim.context.lower()) is not None


@lru_cache(maxsize=1)
def _total() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(rules()["totals"]))
    return re.compile(rf"[\W_]*(?:(?:the|all)\W+)?(?:\w+\W+)?(?:{words})(?:\W+\w+)?\s*[|:–—-]")


def _is_part(part: View, whole: View) -> bool:
    """True for a figure of one kind with the total, given by the same voice for the same time."""
    alike = part.unit == whole.unit and part.indicator == whole.indicator and part.period == whole.period
    return alike and part.origin == whole.origin and part.status == whole.status and part.value <= whole.value
