"""Signs from how two figures are told of: in one account, as an addition or an earlier figure, in words of their own.

Each holds for very different things as well, and so none decides alone: linkage.toml says what each of them weighs.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reconcile.claims.context import (
    content_words,
    is_added,
    is_earlier,
    is_former,
    is_rate,
    is_some_of_them,
    says_replaced,
    words_right_around,
)
from reconcile.claims.intervals import meet
from reconcile.claims.normalise import View
from reconcile.claims.rules import rules
from reconcile.claims.standing import AHEAD, own_voice
from reconcile.comparison.times import of_other_times

_NAME = re.compile(r"(?<=\W)[A-Z][a-z]{2,}")
"""A word that may be a name: it stands in capitals, and does not begin the text."""
_WORD = re.compile(r"[a-z]+")
_PASSAGE = 200
"""Code points between two figures that one passage sets side by side."""
_TELLING = 2
"""Figures of so many digits are found again elsewhere; those of fewer are the same by chance."""
_BESIDE = ((80, "beside"), (250, "near"), (800, "further"), (math.inf, "far off"))
"""Code points between a figure and the other article's, printed again."""
_ONE_OF_TWO = (
    ("one is added", is_added),
    ("one is some of them", is_some_of_them),
    ("one is a rate", is_rate),
    ("one is earlier", is_earlier),
)


def told_signs(a: View, b: View) -> Iterator[str]:
    """How the words around two figures speak of them, each sign by its name."""
    where = "in one article" if a.claim.article == b.claim.article else "in two articles"
    for name, holds in _ONE_OF_TWO:
        if holds(a) != holds(b):
            yield name
    if is_former(a) or is_former(b):
        yield f"former {where}"
    if says_replaced(a, b):
        yield f"replaced {where}"
    yield from joining_words(a, b)
    if one_account(a, b):
        yield "one account"
    if of_other_times(a, b):
        yield "other times"
    if (a.status == "target") != (b.status == "target"):
        yield "one aim"
    if (a.status in AHEAD) != (b.status in AHEAD) and a.period != b.period and None not in (a.period, b.period):
        yield "expected of other days"


def one_account(a: View, b: View) -> bool:
    """True for what an article says in its own voice: two figures are of two things, unless one replaced the other."""
    own = a.source is None and own_voice(a, b)
    return own and not (a.claim.superseded or b.claim.superseded or says_replaced(a, b))


def near_words(a: View, b: View) -> dict[str, float]:
    """How many of the words right around two figures they share; of two articles also how many words and names."""
    mine, theirs = (content_words(words_right_around(view)) for view in (a, b))
    common = len(mine & theirs)
    alike = common / math.sqrt(len(mine) * len(theirs)) if common else 0.0
    found = {"near words": alike, "near words shared": math.log1p(common), "no near words": float(not common)}
    if a.claim.article != b.claim.article:
        one, other = a.claim.context, b.claim.context
        found["names shared"] = math.log1p(len(names_in(one) & names_in(other)))
        found["words shared"] = math.log1p(len(content_words(one) & content_words(other)))
    return found


@lru_cache(maxsize=1 << 14)
def names_in(text: str) -> frozenset[str]:
    """The words of a text that may be names."""
    return frozenset(_NAME.findall(text))


def joining_words(a: View, b: View) -> Iterator[str]:
    """The small words that stand between two figures of one passage: they join them, or set them against each other."""
    first, second = sorted((a, b), key=lambda view: view.place)
    _, met, after = first.claim.context.partition(first.claim.quote)
    between, again, _ = after.partition(second.claim.quote)
    if first.claim.article == second.claim.article and met and again and len(between) <= _PASSAGE:
        found = rules()["joining"].intersection(_WORD.findall(between.lower()))
        yield from (f"between: {word}" for word in sorted(found))


class Printed:
    """Where each figure of some claims is printed, article by article."""

    def __init__(self, some: Sequence[View]) -> None:
        self._starts: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for view in sorted(some, key=lambda view: view.place):
            if view.digits >= _TELLING:
                self._starts[_figure(view, view.claim.article)].append(view.claim.start)

    def signs(self, a: View, b: View) -> Iterator[str]:
        """How near each of two articles prints the other's figure to its own: that is what it is set against."""
        if a.claim.article != b.claim.article and not meet(a.figure, b.figure):
            both = sorted((self._beside(a, b), self._beside(b, a)))
            yield f"printed again: {both[0]}"
            yield f"printed again: {both[0]} and {both[1]}"

    def _beside(self, one: View, other: View) -> str:
        """How near to one figure its article prints the other."""
        starts, at = self._starts.get(_figure(other, one.claim.article), []), one.claim.start
        place = bisect_left(starts, at)
        apart = min((abs(each - at) for each in starts[max(0, place - 1) : place + 1]), default=None)
        return "nowhere" if apart is None else next(name for most, name in _BESIDE if apart <= most)


def _figure(view: View, article: str) -> tuple[object, ...]:
    return article, view.kind, view.unit, view.value
