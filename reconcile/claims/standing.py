"""How two claims stand to each other as utterances: who says them, how near they are, which of them is the newer."""

from __future__ import annotations

import math
from functools import lru_cache

from reconcile.claims.context import is_former
from reconcile.claims.forms import measures
from reconcile.claims.intervals import meet
from reconcile.claims.normalise import View
from reconcile.claims.rules import rules
from reconcile.claims.words import is_plural

_BESIDE, _WIDEST_BESIDE = 200, 2
"""Code points within which, and ratio up to which, an article contrasts a figure of its own with a body's."""
_NEAR, _WIDEST_NEAR = 500, 1.5
"""The same further on, where the figures are closer."""
_CONTRASTED = ("level", "growth", "share", "multiple")
"""Kinds of figures that it may be."""
_TOGETHER = 14
"""Days within which articles mean the same time by "now"."""
AHEAD = ("forecast", "target")
"""Statuses of figures that are still to come."""
_COUNTED = (frozenset(("actual", "estimate")), frozenset(("estimate", "forecast")))
"""Statuses of figures that differ only in how surely they are given."""
_AIMED = {"target", "actual"}
"""Statuses of an aim and of what came of it."""
_WIDEST_MISSED = 1.5
"""Ratio up to which what came of an aim is set against it."""
_OF_PEOPLE = ("analyst", "person", "other")
"""Kinds of sources that people are of whom no more is said than what they are."""
_STAGES = {"preliminary": 0, "target": 1, "forecast": 1, "estimate": 2, "actual": 3}
"""How final a figure of each status is."""
_BOUNDS = frozenset(("at_least", "more_than", "at_most", "less_than"))
"""Modifiers of figures that have one end."""
_LEAST_INITIALS = 3
"""Fewer letters are anybody's."""
_SETTLED = 5
"""Days within which nobody but a live event's reporters replaces a figure."""


def printed_together(a: View, b: View) -> bool:
    """True for claims of articles that appeared within days of each other, so that "now" is the same in both."""
    return a.published is not None and b.published is not None and abs(a.published - b.published) <= _TOGETHER


def two_bodies(a: View, b: View) -> bool:
    """True where two bodies answer for the figures."""
    return a.source is not None and b.source is not None and a.source != b.source


def of_one_body(a: View, b: View) -> tuple[View, View]:
    """The two claims, with one voice where one name is the other cut short: "the environment agency", or "EIA"."""
    if a.source is None or b.source is None or a.source == b.source or not _is_cut_short(a.source, b.source):
        return a, b
    longer = max(a.source, b.source, key=len)
    return a._replace(source=longer), b._replace(source=longer)


@lru_cache(maxsize=1 << 16)
def _is_cut_short(one: str, other: str) -> bool:
    """True where the shorter of two names is the end of the longer, all of it before "of", or its initials."""
    short, long = sorted((one.replace("_", " "), other.replace("_", " ")), key=len)
    return long.endswith(f" {short}") or long.startswith(f"{short} of ") or _are_initials(short, long)


def _are_initials(short: str, name: str) -> bool:
    """True where letters are those that the words of a name begin with, small words counted or not."""
    words, left_out = name.split(" "), measures()["not_in_initials"]
    spelt = "".join(word[0] for word in words), "".join(word[0] for word in words if word not in left_out)
    return len(short) >= _LEAST_INITIALS and short in spelt


def contrasted(a: View, b: View) -> bool:
    """True where an article sets a body's figure right beside one of its own ("I make it 71%")."""
    one_named = (a.source is None) != (b.source is None)
    apart, widest = code_points_apart(a, b), ratio(a, b)
    beside = (apart <= _BESIDE and widest <= _WIDEST_BESIDE) or (apart <= _NEAR and widest <= _WIDEST_NEAR)
    return one_named and a.kind in _CONTRASTED and beside


def code_points_apart(a: View, b: View) -> float:
    """Code points between two figures of one article."""
    if a.claim.article != b.claim.article:
        return math.inf
    return max(a.claim.start, b.claim.start) - min(a.claim.end, b.claim.end)


def ratio(a: View, b: View) -> float:
    """How many times the larger of two figures is the smaller."""
    small, large = sorted((abs(a.value), abs(b.value)))
    return large / small if small else math.inf


def both_counted(a: View, b: View) -> bool:
    """True for two bodies' figures of what has happened, or of what is to come, however surely each gives its own."""
    return two_bodies(a, b) and any({a.status, b.status} <= alike for alike in _COUNTED)


def foreseen(a: View, b: View) -> bool:
    """True where a body's own forecast stands beside its outcome, or what it aimed at beside what came of it."""
    if a.source is None or a.source != b.source:
        return False
    return (a.status == "forecast") != (b.status == "forecast") or _is_missed(a, b)


def _is_missed(a: View, b: View) -> bool:
    """True for what a body aimed at in some time and what it nearly reached; shipping abroad is others' doing."""
    if {a.status, b.status} != _AIMED or a.period is None or a.period.length <= 1:
        return False  # nobody is held to what he asked for a moment
    return a.indicator not in rules()["crosses_border"] and ratio(a, b) <= _WIDEST_MISSED


def outlook(a: View, b: View) -> bool:
    """True where one article sets what somebody had expected, or aimed at, against what another says came of it."""
    ahead = [view.status in ("forecast", "target") for view in (a, b)]
    others = a.claim.article == b.claim.article and a.source != b.source
    return others and ahead[0] != ahead[1] and ratio(a, b) <= _WIDEST_BESIDE


def stages(a: View, b: View) -> bool:
    """True for a body's figures for two stages of one flow."""
    stages = rules()["stages"]
    return a.source is not None and a.indicator != b.indicator and {a.indicator, b.indicator} <= stages


def own_voice(a: View, b: View) -> bool:
    """True for figures that one article gives in one voice."""
    return a.claim.article == b.claim.article and a.source == b.source


def one_sentence(a: View, b: View) -> bool:
    """True where both stand in one sentence."""
    return a.claim.sentence is not None and a.claim.sentence == b.claim.sentence


def one_expression(a: View, b: View) -> bool:
    """True where both were read from the same words."""
    one, other = a.claim, b.claim
    return one.article == other.article and one.start < other.end and other.start < one.end


def meets(a: View, b: View) -> bool:
    """True where some reading of either figure meets one of the other."""
    if not a.others and not b.others:
        return meet(a.figure, b.figure)
    readings = [(x, y) for x in (a.figure, *a.others) for y in (b.figure, *b.others)]
    return any(meet(x, y) for x, y in readings)


def is_money(view: View) -> bool:
    """True for sums of money."""
    return view.unit.isupper()


def is_bound(view: View) -> bool:
    """True for a figure that says no more than how large, or how small, something is at least."""
    return view.claim.modifier in _BOUNDS


def is_vague(view: View) -> bool:
    """True for "hundreds", or "thousands"."""
    in_words = not any(sign.isdigit() for sign in view.claim.quote)
    return in_words and not is_bound(view) and view.kind == "level" and view.figure.high > 2 * view.value


def speaks_for_many(view: View) -> bool:
    """True where the source is no body but people by what they are ("economists"), who do not all say the same."""
    source = view.claim.source
    return source is not None and source.kind in _OF_PEOPLE and source.text.islower() and is_plural(source.text)


def by_age(a: View, b: View) -> tuple[View, View]:
    """Older before newer: what a text calls replaced, then by publication, a preliminary first, what is set against."""
    first, second = age(a), age(b)
    if first == second and a.claim.article == b.claim.article:
        return (b, a) if is_former(b) and not is_former(a) else (a, b)
    return (b, a) if second < first else (a, b)


def age(view: View) -> tuple[bool, int, int]:
    """A key that is the smaller, the older a figure is."""
    return not view.claim.superseded, view.published or 0, _STAGES.get(view.status, 3)


def is_of_known_age(older: View, newer: View) -> bool:
    """True where something tells which of two figures, in the order of `by_age`, was given first."""
    return age(older) != age(newer) or is_former(older) != is_former(newer)


def is_replaced(older: View, newer: View) -> bool:
    """True where the text says so, or where the older figure is a preliminary one."""
    return older.status == "preliminary" != newer.status or (older.claim.superseded and not newer.claim.superseded)


def is_newer(older: View, newer: View) -> bool:
    """True where the second figure replaced the first: the text says so, or it appeared later."""
    if is_replaced(older, newer):
        return True
    if older.claim.article == newer.claim.article or older.published is None or newer.published is None:
        return False
    live = older.period is not None and older.published - older.period.end <= _SETTLED
    return newer.published - older.published > (0 if live else _SETTLED)
