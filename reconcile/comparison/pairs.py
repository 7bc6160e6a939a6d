"""What two comparable claims say of each other, decided in the order of the design.

Repetition and revision first (one source, one figure), then agreement, then whether a difference in scope can explain
why the figures differ (`apparent_conflict`) or nothing does (`contradiction`); a part against its whole likewise.
Silence is the answer wherever the two may well speak of different things: the precision of flags comes before their
number.
"""

from __future__ import annotations

import re

from reconcile.claims.context import is_added, is_set_aside, is_some_of_them, measured_by, says_replaced
from reconcile.claims.forms import plain
from reconcile.claims.intervals import gap, meet, only_touch
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import View, in_headline
from reconcile.claims.rules import is_running, rank_classes, rules
from reconcile.claims.standing import (
    by_age,
    code_points_apart,
    foreseen,
    is_bound,
    is_newer,
    is_replaced,
    is_vague,
    meets,
    of_one_body,
    one_expression,
    one_sentence,
    outlook,
    own_voice,
    printed_together,
    ratio,
    speaks_for_many,
    two_bodies,
)
from reconcile.claims.words import WORLD
from reconcile.comparison.comparability import Scopes, compare
from reconcile.comparison.left_open import by_its_end, read_together
from reconcile.comparison.silence import is_quiet, of_other_causes, unlikely_same
from reconcile.comparison.trust import doubtful
from reconcile.comparison.verdict import Verdict
from reconcile.comparison.wholes import part_and_whole
from reconcile.model import Slot

_WIDEST_AGREED = 2
"""Ratio from which on a bound says less than the figure beside it."""
_WIDEST_TOLLS_AGREED = 1.25
"""The same for what two bodies counted of an event's victims."""
_WIDEST_SHARES = 2
"""Ratio up to which shares of a whole that neither names are of one."""
_WIDEST_PART = 1.25
"""Ratio up to which a figure that comes out of another is not a part of it."""
_WIDEST_REPLACED = 1.25
"""The same for two figures of which one is said to have replaced the other."""
_WIDEST_REVISED = 1.5
"""The same for a body's figure and its newer one, of which no text says so; tolls may grow as they will."""
_WIDEST_FIRST, _BESIDE = 4, 200
"""The same for a first figure that its article calls preliminary, within so many code points of the newer one."""
_WIDEST_OUTLOOK = 2
"""A body's forecasts further apart than this many times are of two things."""
_WIDEST_RATES = 4
"""The same for rates of change."""
_ROOM_AT_END = 0.05
"""How far beyond the end that a bound names a figure may lie, as a part of it."""
_RECKONED = frozenset(("estimate", "forecast", "target", "preliminary"))
"""Statuses of figures that somebody reckons, and may reckon anew."""
_PLACE = re.compile(r"first|second|third|[a-z]+th|\d+(?:st|nd|rd|th)|(?:no\.?|number)? *\d+")
"""A place in a row that does not say of what: "third", "10th", "No. 2"."""


def judge(a: View, b: View, lattice: Lattice) -> Verdict | None:
    """What two claims of the same kind and unit say of each other; None for nothing."""
    if a.kind != b.kind or a.unit != b.unit or one_expression(a, b):
        return None
    if b.place < a.place:
        a, b = b, a
    a, b = of_one_body(a, b)
    scopes = read_together(a, b, compare(a, b, lattice), lattice)
    repeated = _repeats(a, b, scopes)
    if repeated:
        return repeated
    if _counts_otherwise(a, b):
        return None
    if any(replaced(a, b, scopes) for replaced in (_replaced_in_passing, _replaced_undated, _count_replaced)):
        return Verdict("revision", *by_age(a, b), scopes, (), gap(a.figure, b.figure))
    verdict = _BY_KIND[a.kind](a, b, scopes, lattice)
    if verdict and verdict.relation in ("contradiction", "apparent_conflict", "revision"):
        return None if doubtful(a, b) or is_vague(a) or is_vague(b) else verdict
    return verdict


def _counts_otherwise(a: View, b: View) -> bool:
    """True where the words around one figure tell it apart from the other: an addition, a part, a sum without arms."""
    if a.kind == "level" and (is_added(a) != is_added(b) or _is_out_of_other(a, b) or of_other_causes(a, b)):
        return True
    return a.source == b.source and not meet(a.figure, b.figure) and is_set_aside(a) != is_set_aside(b)


def _is_out_of_other(a: View, b: View) -> bool:
    """True where one is called some of those just told of, and the other is so much more, or less, that it is not."""
    return is_some_of_them(a) != is_some_of_them(b) and ratio(a, b) > _WIDEST_PART


def _level(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    inside = scopes.within()
    if inside is Match.SAME:
        return _same_scope(a, b, scopes)
    if inside is Match.NARROWER:
        return part_and_whole(a, b, scopes, lattice)
    if inside is Match.BROADER:
        return part_and_whole(b, a, scopes.turned(), lattice)
    return None


def _growth(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    """Growth rates compare for one scope and one base; a base left open is a way in which they may differ."""
    fiscal = "period" in scopes.confusable and a.period is not None and not by_its_end(a, b)
    if scopes.strict() or fiscal or _measured_otherwise(a, b):
        return None
    if a.base and b.base and a.base != b.base:
        return _same_scope(a, b, scopes) if by_its_end(a, b) else None
    if a.base == b.base and (a.base is not None or _changed_outlook(a, b, scopes)):
        return _same_scope(a, b, scopes)
    if own_voice(a, b) or any(view.base is None and view.source is None for view in (a, b)):
        return _only_agreement(_same_scope(a, b, scopes, also=("period",)))
    return _same_scope(a, b, scopes, also=("period",))


def _measured_otherwise(a: View, b: View) -> bool:
    """True for growth of value beside growth of volume; one voice that names either tells the two apart."""
    measures = {measured_by(a), measured_by(b)}
    return len(measures) > 1 and ("value" in measures or (a.source is not None and a.source == b.source))


def _only_agreement(verdict: Verdict | None) -> Verdict | None:
    return verdict if verdict and verdict.relation == "agreement" else None


def _plain_figure(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    """Shares and ratios, for one scope; they only conflict where the indicator itself says of what they are a part."""
    if scopes.strict() or a.base != b.base:
        return None
    verdict = _same_scope(a, b, scopes)
    clear = lattice.is_share(a.indicator) if a.kind == "share" else not is_world(a)
    named = a.source is not None and b.source is not None
    beside = named and (a.source == b.source or a.claim.article == b.claim.article)
    # Parts of different wholes may share every slot; near each other they are hardly that.
    near = named and a.period is not None and ratio(a, b) <= _WIDEST_SHARES
    return verdict if clear or beside or near else _only_agreement(verdict)


def _difference(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    """Gaps: for one scope and one base, or the same two parties seen from the other side; the sign is no difference.

    A gap that names neither may be to anything (a quota, a forecast): two such do not conflict.
    """
    swapped = a.area == b.counterpart and a.counterpart == b.area
    if swapped:
        scopes = scopes._replace(area=Match.SAME, counterpart=Match.SAME)
    if scopes.strict() or a.base != b.base:
        return None
    verdict = _same_scope(a._replace(figure=a.figure.magnitude), b._replace(figure=b.figure.magnitude), scopes)
    told = verdict is not None and (verdict.relation == "revision" or outlook(a, b))
    return verdict if told or a.base is not None or not is_world(a) else _only_agreement(verdict)


def _rank(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    """A place that one area holds is not free for another; one area does not hold two places."""
    if rank_class(a) != rank_class(b):
        return None
    slots = [slot for slot in scopes.strict() if slot != "area"]
    if slots:
        return None
    if scopes.area is Match.SAME:
        verdict = _same_scope(a, b, scopes)
        return verdict if rank_class(a) != "among" and _is_bare(a) == _is_bare(b) else _only_agreement(verdict)
    alike = a.area and b.area and (a.area in lattice.known.areas) == (b.area in lattice.known.areas)
    if scopes.area is not Match.DISJOINT or not alike or a.value != b.value:
        return None
    settled = a.status == b.status == "actual" and a.source is not None and b.source is not None
    if rank_class(a) == "among" or not settled or scopes.confusable or is_quiet(a, b, scopes):
        return None
    explained = tuple(slot for slot in scopes.explaining() if slot != "area")
    return Verdict("apparent_conflict" if explained else "contradiction", a, b, scopes, explained)


_BY_KIND = {
    "level": _level,
    "growth": _growth,
    "share": _plain_figure,
    "multiple": _plain_figure,
    "difference": _difference,
    "rank": _rank,
}


def rank_class(view: View) -> str:
    """Which kind of superlative a rank is: largest, smallest, fastest …"""
    classes, words = rank_classes(), plain(view.claim.quote).split(" ")
    if words[0] == "top" and len(words) > 1:
        return "among"
    return next((classes[word] for word in words if word in classes), "most")


def _is_bare(view: View) -> bool:
    """True for a place without a superlative: who is "third" may be that in something else than who is "the best"."""
    return _PLACE.fullmatch(view.claim.quote.lower()) is not None


def _repeats(a: View, b: View, scopes: Scopes) -> Verdict | None:
    """The same digits, scope and source again; within one article an open slot may be what the other says."""
    if a.value != b.value or a.status != b.status or a.base != b.base:
        return None
    same_article = a.claim.article == b.claim.article
    same_source = a.source is not None and a.source == b.source
    if not (same_source or same_article):
        return None
    if same_article and not same_source and a.source is not None and b.source is not None:
        return None
    allowed = {Match.SAME, Match.UNKNOWN} if same_article else {Match.SAME}
    if any(scopes.of(slot) is not Match.SAME for slot in ("product", "indicator", "counterpart")):
        return None
    if scopes.area not in allowed or scopes.period not in allowed:
        return None
    return Verdict("repetition", *by_age(a, b), scopes)


def _same_scope(a: View, b: View, scopes: Scopes, *, also: tuple[Slot, ...] = ()) -> Verdict | None:
    """Two figures for one scope, or for scopes that one word would serve for."""
    older, newer = by_age(a, b)
    if not also and _told_replaced(a, b, scopes):
        return Verdict("revision", older, newer, scopes, (), gap(a.figure, b.figure))
    if not also and _changed_outlook(a, b, scopes):
        return Verdict("revision", older, newer, scopes, (), gap(a.figure, b.figure))
    if meets(a, b) and not _far_from_bound(a, b):
        return Verdict("agreement", a, b, scopes)
    if _may_both_hold(a, b) and not _sets_tolls_apart(a, b):
        return None
    replaced = is_replaced(older, newer) and a.source == b.source
    if unlikely_same(a, b, scopes) or (is_quiet(a, b, scopes) and not (replaced and not scopes.differing())):
        return None
    apart = gap(a.figure, b.figure)
    own = a.source == b.source and (a.source is not None or replaced)
    if own and not scopes.differing() and not also and is_newer(older, newer):
        likely = replaced or a.kind != "level" or ratio(a, b) <= _WIDEST_REVISED or a.indicator in rules()["tolls"]
        return Verdict("revision", older, newer, scopes, (), apart) if likely else None
    explained = tuple(dict.fromkeys((*scopes.explaining(), *also)))
    if a.source == b.source and a.claim.article == b.claim.article:
        explained = ("status",) if foreseen(a, b) or outlook(a, b) else tuple(scopes.differing())
    return Verdict("apparent_conflict" if explained else "contradiction", a, b, scopes, explained, apart)


def _told_replaced(a: View, b: View, scopes: Scopes) -> bool:
    """True where an article gives two figures of one voice for one thing and says that one took the other's place."""
    if not own_voice(a, b) or scopes.differing() or a.period is None or in_headline(a) or in_headline(b):
        return False
    near = a.value != b.value and ratio(a, b) <= _WIDEST_REPLACED
    replaced = says_replaced(a, b) or (a.status == "preliminary") != (b.status == "preliminary")
    if a.kind not in ("level", "growth", "difference") or not near or not replaced:
        return False
    return not meets(a, b) or (_is_range(a) and _is_range(b))


def _replaced_in_passing(a: View, b: View, scopes: Scopes) -> bool:
    """True where one sentence says that a reckoning took another's place, and not of when either is."""
    reckoned = {a.status, b.status} <= _RECKONED and own_voice(a, b) and one_sentence(a, b)
    near = a.kind == "level" and 1 < ratio(a, b) <= _WIDEST_REVISED and not meets(a, b)
    return reckoned and _only_undated(scopes) and near and says_replaced(a, b)


def _only_undated(scopes: Scopes) -> bool:
    """True where nothing parts two figures but that neither says of when it is."""
    return scopes.strict() == ["period"] and scopes.period is Match.UNKNOWN


def _replaced_undated(a: View, b: View, scopes: Scopes) -> bool:
    """True for a voice's first figure and the one that took its place, of no day that anybody names.

    Either its article calls the first one preliminary, or a later article gives the same body's newer one.
    """
    if a.period is not None or b.period is not None or not _only_undated(scopes) or scopes.differing() != ["period"]:
        return False
    if a.source != b.source or a.base != b.base or meets(a, b) or a.kind not in ("level", "growth"):
        return False
    older, newer = by_age(a, b)
    if own_voice(a, b):
        return is_replaced(older, newer) and code_points_apart(a, b) <= _BESIDE and ratio(a, b) <= _WIDEST_FIRST
    settled = a.status == b.status == "actual" and a.kind == "level" and a.source is not None
    return settled and printed_together(a, b) and is_newer(older, newer) and ratio(a, b) <= _WIDEST_REVISED


def _count_replaced(a: View, b: View, scopes: Scopes) -> bool:
    """True where an article gives the first count of an event, and the one that took its place on a later day."""
    older, newer = by_age(a, b)
    counted = a.claim.article == b.claim.article and a.kind == "level" and is_running(a.indicator)
    if not counted or older.period is None or newer.period is None or set(scopes.differing()) - {"period"}:
        return False
    longer = older.period.start == newer.period.start and older.period.end < newer.period.end
    return longer and is_replaced(older, newer) and not meets(a, b)


def _changed_outlook(a: View, b: View, scopes: Scopes) -> bool:
    """True where a body gives two forecasts, or two targets, for one thing: one has replaced the other."""
    said = a.source is not None and a.source == b.source and a.status == b.status and a.status in ("forecast", "target")
    if not said or scopes.differing() or a.period is None or not _near_outlook(a, b):
        return False
    if speaks_for_many(a) and not says_replaced(a, b):
        return False
    if meets(a, b):  # two ranges may overlap and yet be two ("1.3 to 2.1 billion", "0.6 to 1.4 billion")
        return _is_range(a) and _is_range(b) and a.figure.low != b.figure.low and a.figure.high != b.figure.high
    return not unlikely_same(a, b, scopes)


def _near_outlook(a: View, b: View) -> bool:
    """True for forecasts close enough to be of one thing; rates may well be halved or doubled."""
    rates = a.kind == "growth" and a.status == "forecast"
    return 0 < ratio(a, b) <= (_WIDEST_RATES if rates else _WIDEST_OUTLOOK)


def _far_from_bound(a: View, b: View) -> bool:
    """True for "at least 38" beside 57, and for "up to a million" beside 240,000: they do not agree for all that."""
    widest = _WIDEST_TOLLS_AGREED if a.indicator in rules()["tolls"] and two_bodies(a, b) else _WIDEST_AGREED
    return (is_bound(a) or is_bound(b)) and ratio(a, b) > widest


def _may_both_hold(a: View, b: View) -> bool:
    """True where a bound leaves room for the other figure, be it at its end: "over a million" and "up to a million"."""
    if not (is_bound(a) or is_bound(b)):
        return False
    return meets(a, b) or only_touch(a.figure, b.figure) or _is_rounded_end(a, b) or _is_rounded_end(b, a)


def _is_rounded_end(bound: View, other: View) -> bool:
    """True for "as many as one million" beside 1.03 million, of which its end is the rounded figure."""
    room = min(bound.step / 2, _ROOM_AT_END * abs(bound.value))
    return bound.claim.modifier in ("at_most", "at_least") and abs(bound.value - other.value) <= room


def _sets_tolls_apart(a: View, b: View) -> bool:
    """True for what two bodies counted of one event's victims: the smaller "at least" is their count."""
    return a.indicator in rules()["tolls"] and two_bodies(a, b) and meets(a, b)


def _is_range(view: View) -> bool:
    """True for a figure that is printed with both its ends."""
    low, high = view.claim.low, view.claim.high
    printed = low is not None and high is not None and view.claim.modifier == "exact"
    return printed and view.figure.half_width > 0.75 * view.step


def is_world(view: View) -> bool:
    """True where the claim names no other end."""
    return view.counterpart == WORLD
