"""Times that two figures cannot share although one of them names none: what the words and the calendar rule out."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from reconcile.claims.normalise import Days, View
from reconcile.claims.rules import rules
from reconcile.claims.standing import AHEAD

_YEAR = re.compile(r"(?:(\w+)\s+)?(?<![\w.,])((?:19|20)\d\d)(?![\w%]|[.,]\d)")
"""A year, and the word before it."""
_CLAUSE = re.compile(r"[.;:!?,](?=\s)|\s[–—]\s|\n")
_OVER = {"forecast": 90, "target": 90, "estimate": 200}
"""Days after a time has ended from which on nobody expects its figure, or estimates it, without naming the time."""


def of_other_times(a: View, b: View) -> bool:
    """True where the year in a figure's own clause is not the other's, or one was over when the other was expected."""
    return _was_over(a, b) or _was_over(b, a) or _names_other_year(a, b) or _names_other_year(b, a)


def _was_over(undated: View, dated: View) -> bool:
    """True for what is still expected beside a time that was over, and for what has come before a time that was not."""
    if undated.period is not None or dated.period is None or undated.published is None:
        return False
    days = _OVER.get(undated.status)
    over = days is not None and dated.period.end + days < undated.published
    return over or (undated.status not in AHEAD and dated.period.start >= undated.published)


def _names_other_year(one: View, other: View) -> bool:
    """True where the clause of one figure names a year and the other, or the period lent to the one, is of another."""
    named = years_named(one)
    if not named or (one.base is not None and not named.isdisjoint(_years(one.base))):
        return False
    return any(period is not None and named.isdisjoint(_years(period)) for period in (one.period, other.period))


def years_named(view: View) -> frozenset[int]:
    """The years that a figure's own clause is of, and not those that it looks back, or ahead, to."""
    return _years_around(view.claim.quote, view.claim.context)


@lru_cache(maxsize=1 << 16)
def _years_around(quote: str, context: str) -> frozenset[int]:
    if not quote or quote not in context:
        return frozenset()
    before, _, after = context.partition(quote)
    clause = f"{_CLAUSE.split(before)[-1]} {_CLAUSE.split(after, maxsplit=1)[0]}"
    elsewhere = rules()["other_years"]
    return frozenset(int(year) for word, year in _YEAR.findall(clause.lower()) if word not in elsewhere)


def _years(period: Days) -> range:
    return range(dt.date.fromordinal(period.start).year, dt.date.fromordinal(period.end - 1).year + 1)
