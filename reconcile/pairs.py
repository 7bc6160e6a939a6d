"""What two comparable claims say of each other, decided in the order of the design.

Repetition and revision first (one source, one figure), then agreement, then whether a difference in scope can explain
why the figures differ (`apparent_conflict`) or nothing does (`contradiction`); a part against its whole likewise.
Silence is the answer wherever the two may well speak of different things: the precision of flags comes before their
number.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reconcile.comparability import Scopes, compare
from reconcile.intervals import Interval, cut_off, exceeds, gap, meet
from reconcile.lattice import Lattice, Match
from reconcile.model import Relation, Slot
from reconcile.normalise import WORLD, View, in_headline, plain
from reconcile.rules import rank_classes, rules

_LEAST_CONFIDENCE, _SURE = 0.15, 0.7
"""Below the first a claim raises no flag; from the second on, the distance between figures casts no doubt on it."""
_WIDEST_UNSURE = 1.0
"""Relative distance at which a claim that was all but surely read is no longer trusted."""

_WIDEST = 10
"""Figures for one scope that are further apart than this many times speak of different things."""
_WIDEST_UNDATED = 3
"""The same for two figures that name no period."""
_LISTED = 3
"""A voice that gives so many figures for what we take for one scope, in one article, lists parts of it."""
_WIDEST_SHARES = 2
"""The same for shares of a whole that neither names."""
_BESIDE, _WIDEST_BESIDE = 200, 2
"""Code points within which, and ratio up to which, an article contrasts a figure of its own with a body's."""
_WIDEST_OUTLOOK = 2
"""A body's forecasts further apart than this many times are of two things."""
_FEW_DAYS, _BURST = 0.08, 2.0
"""Days, as a part of those before them, that are few; and how many times faster a total hardly grows in them."""
_TOGETHER = 14
"""Days within which articles mean the same time by "now"."""
_SETTLED = 5
"""Days within which nobody but a live event's reporters replaces a figure."""


class Verdict(NamedTuple):
    """What is said of two claims, before it is put into words."""

    relation: Relation
    first: View
    second: View
    """Part before whole, older before newer, else by article and place."""
    scopes: Scopes
    explained_by: tuple[Slot, ...] = ()
    gap: float = 0.0


def judge(a: View, b: View, lattice: Lattice) -> Verdict | None:
    """What two claims of the same kind and unit say of each other; None for nothing."""
    if a.kind != b.kind or a.unit != b.unit or _one_expression(a, b):
        return None
    if b.place < a.place:
        a, b = b, a
    scopes = _side_by_side(a, b, compare(a, b, lattice))
    repeated = _repeats(a, b, scopes)
    if repeated:
        return repeated
    verdict = _BY_KIND[a.kind](a, b, scopes, lattice)
    if verdict and verdict.relation in ("contradiction", "apparent_conflict", "revision") and _doubtful(a, b):
        return None
    return verdict


def _side_by_side(a: View, b: View, scopes: Scopes) -> Scopes:
    """One article that sets two voices' undated figures side by side means the same time, as far as it knows."""
    if a.period is not None or b.period is not None or ratio(a, b) > _WIDEST_UNDATED:
        return scopes
    toll = a.indicator in rules()["tolls"]  # of which tolls.py knows more
    if a.claim.article != b.claim.article:
        beside = not toll and a.base == b.base and _two_bodies(a, b) and printed_together(a, b)
    else:
        beside = _two_bodies(a, b) or (not toll and _contrasted(a, b))
    if not beside:
        return scopes
    return scopes._replace(confusable=scopes.confusable | {"period"})


def printed_together(a: View, b: View) -> bool:
    """True for claims of articles that appeared within days of each other, so that "now" is the same in both."""
    return a.published is not None and b.published is not None and abs(a.published - b.published) <= _TOGETHER


def _two_bodies(a: View, b: View) -> bool:
    return a.source is not None and b.source is not None and a.source != b.source


def _contrasted(a: View, b: View) -> bool:
    """True where an article sets a body's figure right beside another that it gives in its own voice."""
    one_named = (a.source is None) != (b.source is None)
    return one_named and a.kind == "level" and _apart(a, b) <= _BESIDE and ratio(a, b) <= _WIDEST_BESIDE


def _apart(a: View, b: View) -> float:
    """Code points between two figures of one article."""
    if a.claim.article != b.claim.article:
        return math.inf
    return max(a.claim.start, b.claim.start) - min(a.claim.end, b.claim.end)


def _level(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    inside = scopes.within()
    if inside is Match.SAME:
        return _same_scope(a, b, scopes)
    if inside is Match.NARROWER:
        return _part_and_whole(a, b, scopes, lattice)
    if inside is Match.BROADER:
        return _part_and_whole(b, a, scopes.turned(), lattice)
    return None


def _growth(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    """Growth rates compare for one scope and one base; a base left open is a way in which they may differ."""
    fiscal = "period" in scopes.confusable and a.period is not None
    if scopes.strict() or fiscal or (a.base and b.base and a.base != b.base):
        return None
    if a.base == b.base and a.base is not None:
        return _same_scope(a, b, scopes)
    if _own_voice(a, b) or any(view.base is None and view.source is None for view in (a, b)):
        return _only_agreement(_same_scope(a, b, scopes, also=("period",)))
    return _same_scope(a, b, scopes, also=("period",))


def _only_agreement(verdict: Verdict | None) -> Verdict | None:
    return verdict if verdict and verdict.relation == "agreement" else None


def _plain_figure(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    """Shares and ratios, for one scope; they only conflict where the indicator itself says of what they are a part."""
    if scopes.strict() or a.base != b.base:
        return None
    node = lattice.node(a.indicator)
    verdict = _same_scope(a, b, scopes)
    clear = (node and node.default_kind == "share") if a.kind == "share" else not is_world(a)
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
    verdict = _same_scope(a._replace(figure=_size(a.figure)), b._replace(figure=_size(b.figure)), scopes)
    return verdict if a.base is not None or not is_world(a) else _only_agreement(verdict)


def _rank(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    """A place that one area holds is not free for another; one area does not hold two places."""
    if rank_class(a) != rank_class(b):
        return None
    slots = [slot for slot in scopes.strict() if slot != "area"]
    if slots:
        return None
    if scopes.area is Match.SAME:
        verdict = _same_scope(a, b, scopes)
        return _only_agreement(verdict) if rank_class(a) == "among" else verdict
    alike = a.area and b.area and (a.area in lattice.known.areas) == (b.area in lattice.known.areas)
    if scopes.area is not Match.DISJOINT or not alike or a.value != b.value:
        return None
    settled = a.status == b.status == "actual" and a.source is not None and b.source is not None
    if rank_class(a) == "among" or not settled or scopes.confusable or _quiet(a, b, scopes):
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
    if not also and _changed_outlook(a, b, scopes):
        return Verdict("revision", older, newer, scopes, (), gap(a.figure, b.figure))
    if _meets(a, b):
        return Verdict("agreement", a, b, scopes)
    replaced = _is_replaced(older, newer) and a.source == b.source
    if _unlikely_same(a, b) or (_quiet(a, b, scopes) and not (replaced and not scopes.differing())):
        return None
    apart = gap(a.figure, b.figure)
    own = a.source == b.source and (a.source is not None or replaced)
    if own and not scopes.differing() and not also and _is_newer(older, newer):
        return Verdict("revision", older, newer, scopes, (), apart)
    explained = tuple(dict.fromkeys((*scopes.explaining(), *also)))
    if a.source == b.source and a.claim.article == b.claim.article:
        explained = ("status",) if _foreseen(a, b) else tuple(scopes.differing())
    return Verdict("apparent_conflict" if explained else "contradiction", a, b, scopes, explained, apart)


def _changed_outlook(a: View, b: View, scopes: Scopes) -> bool:
    """True where a body gives two forecasts, or two targets, for one thing: one has replaced the other."""
    said = a.source is not None and a.source == b.source and a.status == b.status and a.status in ("forecast", "target")
    if not said or scopes.differing() or a.period is None or not 0 < ratio(a, b) <= _WIDEST_OUTLOOK:
        return False
    if _meets(a, b):  # two ranges may overlap and yet be two ("1.3 to 2.1 billion", "0.6 to 1.4 billion")
        return _is_range(a) and _is_range(b) and a.figure.low != b.figure.low and a.figure.high != b.figure.high
    return not _unlikely_same(a, b)


def _is_range(view: View) -> bool:
    """True for a figure that is printed with both its ends."""
    low, high = view.claim.low, view.claim.high
    return low is not None and high is not None and view.figure.half_width > 2 * view.step


def _part_and_whole(part: View, whole: View, scopes: Scopes, lattice: Lattice) -> Verdict | None:
    """A part must not exceed its whole; `scopes` are seen from the part."""
    strict, loose = scopes.strict(), scopes.confusable
    if not _part_counts(part, whole, strict, lattice):
        return None
    if not exceeds(part.figure, whole.figure):
        if strict == ["period"] and _outruns(part, whole, scopes):
            return Verdict(
                "apparent_conflict", part, whole, scopes, scopes.explaining(), gap(part.figure, whole.figure)
            )
        fits = (
            len(strict) == 1 and loose <= {"product"} and (strict == ["period"] or not meet(part.figure, whole.figure))
        )
        return Verdict("nested", part, whole, scopes) if fits else None
    if (
        len(strict) > 2
        or ratio(part, whole) > _WIDEST
        or "target" in (part.status, whole.status)
        or _is_company(part, whole, lattice)
    ):
        return None
    if _own_voice(part, whole) and (loose or len(strict) > 1 or part.status != whole.status):
        return None
    apart = gap(part.figure, whole.figure)
    may_explain = bool(loose) or scopes.status is Match.OVERLAPPING or scopes.source_definition is Match.OVERLAPPING
    if may_explain:
        return Verdict("apparent_conflict", part, whole, scopes, scopes.explaining(), apart)
    return Verdict("contradiction", part, whole, scopes, (), apart)


def _outruns(part: View, whole: View, scopes: Scopes) -> bool:
    """True for two bodies' running totals to days close together whose difference no such few days would make up."""
    left = remainder(part, whole)
    if left is None or part.period is None or not _two_bodies(part, whole) or scopes.confusable:
        return False
    rest, (first, last) = left
    days = last - first
    usual = part.figure.high / part.period.length * days
    return days <= _FEW_DAYS * part.period.length and rest.low > _BURST * usual


def _part_counts(part: View, whole: View, strict: list[Slot], lattice: Lattice) -> bool:
    """True where a part cannot exceed the whole: what adds up, over more than a day where periods differ."""
    if part.indicator is None or whole.indicator is None or part.value <= 0 or whole.value <= 0:
        return False
    if "indicator" in strict:
        return False
    if "period" in strict and not (part.period and part.period.length > 1 and lattice.adds_up(part.indicator)):
        return False
    return all(lattice.splits(each.indicator or "", each.unit) for each in (part, whole))


def _is_company(part: View, whole: View, lattice: Lattice) -> bool:
    """A company's worldwide figure may well exceed its country's."""
    return part.area != whole.area and part.area in lattice.known.organisations


def _unlikely_same(a: View, b: View) -> bool:
    """True for digits that were only cut off, and for figures so far apart that they hardly speak of one thing."""
    fine, coarse = sorted((a, b), key=lambda view: view.step)
    if fine.step < 0.9 * coarse.step and cut_off(fine.value, coarse.value, coarse.step):
        return True
    return a.kind == "level" and ratio(a, b) > _WIDEST and not _slipped(a, b)


def ratio(a: View, b: View) -> float:
    """How many times the larger of two figures is the smaller."""
    small, large = sorted((abs(a.value), abs(b.value)))
    return large / small if small else math.inf


def _slipped(a: View, b: View) -> bool:
    """True where the ratio is a power of ten: then a scale word may have slipped."""
    power = math.log10(ratio(a, b)) if a.value and b.value else 0.5
    return abs(power - round(power)) < 0.01


def _quiet(a: View, b: View, scopes: Scopes) -> bool:
    """True where differing figures are no conflict: one voice tells two things apart, or a target meets its outcome."""
    if a.source is not None and a.source == b.source and _tells_apart(a, b, scopes):
        return True
    if a.flipped != b.flipped and (a.status != b.status or a.kind != "level"):
        return True
    named = a.source is not None and b.source is not None and a.source != b.source
    if (a.status == "target") != (b.status == "target") and not named:
        return True
    if a.claim.article != b.claim.article:
        return False
    if _foreseen(a, b):
        return False
    if _one_sentence(a, b) and (a.source == b.source or (a.status != b.status and not _both_counted(a, b))):
        return True
    if named or _stages(a, b):
        return False
    if not scopes.confusable - {"period"} and _contrasted(a, b):
        return False
    headline = in_headline(a) != in_headline(b)
    return not headline or bool(scopes.confusable) or a.status != b.status or a.kind in ("share", "multiple")


def _both_counted(a: View, b: View) -> bool:
    """True for two bodies' figures of what has happened, however surely each gives its own."""
    return _two_bodies(a, b) and {a.status, b.status} <= {"actual", "estimate"}


def _foreseen(a: View, b: View) -> bool:
    """True where a body's own forecast stands beside its outcome."""
    return a.source is not None and a.source == b.source and (a.status == "forecast") != (b.status == "forecast")


def _tells_apart(a: View, b: View, scopes: Scopes) -> bool:
    """True where a source that uses two words means two things, and nobody would take one for the other.

    Papers may well say "shipped" for a body's "exported"; and two stages of one flow, wholesale and retail, are what
    readers do mix up.
    """
    if scopes.confusable - {"indicator"}:
        return True
    if "indicator" not in scopes.confusable:
        return False
    words = rules()["papers_words"]
    loosely_said = a.claim.article != b.claim.article and a.indicator in words and b.indicator in words
    return not (_stages(a, b) or loosely_said)


def _stages(a: View, b: View) -> bool:
    """True for a body's figures for two stages of one flow."""
    stages = rules()["stages"]
    return a.source is not None and a.indicator != b.indicator and {a.indicator, b.indicator} <= stages


def _own_voice(a: View, b: View) -> bool:
    return a.claim.article == b.claim.article and a.source == b.source


def _one_sentence(a: View, b: View) -> bool:
    return a.claim.sentence is not None and a.claim.sentence == b.claim.sentence


def _one_expression(a: View, b: View) -> bool:
    """True where both were read from the same words."""
    one, other = a.claim, b.claim
    return one.article == other.article and one.start < other.end and other.start < one.end


def _doubtful(a: View, b: View) -> bool:
    """True where a misreading is likelier than a conflict; a sentence that sets two bodies side by side means it."""
    named = a.source is not None and b.source is not None and a.source != b.source
    beside = named and _one_sentence(a, b)
    apart = 0.0 if beside else abs(a.value - b.value) / ((abs(a.value) + abs(b.value)) / 2 or 1.0)
    return not trusted((a, b), apart=apart)


def trusted(claims: Sequence[View], *, apart: float) -> bool:
    """True where claims were read surely enough for figures so far apart: distance makes a misreading likelier."""
    surely = min(view.claim.confidence for view in claims)
    if surely >= _SURE:
        return True
    share = max(0.0, (surely - _LEAST_CONFIDENCE) / (_SURE - _LEAST_CONFIDENCE))
    return surely >= _LEAST_CONFIDENCE and apart <= _WIDEST_UNSURE * share**2


def unclear(scopes: Iterable[Sequence[View]]) -> frozenset[str]:
    """Claims of a voice that gives several figures for what we take for one scope in one article.

    It speaks of several things then, and we tell them apart no better than this: the surest stays (of a list of parts
    the largest, which may be their sum), the others raise no flag. A headline, and a figure that is said to be
    replaced, are told apart well enough. `scopes` are the claims of each scope of a group.
    """
    said: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for number, scope in enumerate(scopes):
        if len(scope) > 1 and scope[0].kind != "rank" and scope[0].period is not None:
            for view in scope:
                if not in_headline(view) and not view.claim.superseded:
                    said[number, view.base, view.status, view.source, view.claim.article].append(view)
    doubtful: set[str] = set()
    for alike in said.values():
        if len(alike) < 2:
            continue
        actual = alike[0].kind == "level" and alike[0].status == "actual"
        listed = actual and len({view.value for view in alike}) >= _LISTED
        best = min(alike, key=_largest if listed else _surest)
        unsure = [view for view in alike if listed or view.claim.confidence < 1.0 or view.source is None]
        doubtful.update(view.id for view in unsure if view.value != best.value and not meet(view.figure, best.figure))
    return frozenset(doubtful)


def _surest(view: View) -> tuple[object, ...]:
    return -view.claim.confidence, len(view.claim.borrowed), view.place


def _largest(view: View) -> tuple[object, ...]:
    return -view.value, view.place


def _meets(a: View, b: View) -> bool:
    readings = [(x, y) for x in (a.figure, *a.others) for y in (b.figure, *b.others)]
    return any(meet(x, y) for x, y in readings)


def by_age(a: View, b: View) -> tuple[View, View]:
    """Older before newer: what a text calls replaced, then by publication, else a preliminary before a final figure."""
    return (b, a) if _age(b) < _age(a) else (a, b)


def _age(view: View) -> tuple[bool, int, int]:
    stage = {"target": 0, "forecast": 0, "preliminary": 1, "estimate": 2, "actual": 3}
    return not view.claim.superseded, view.published or 0, stage.get(view.status, 3)


def _is_replaced(older: View, newer: View) -> bool:
    """True where the text says so, or where the older figure is a preliminary one."""
    return older.status == "preliminary" != newer.status or (older.claim.superseded and not newer.claim.superseded)


def _is_newer(older: View, newer: View) -> bool:
    if _is_replaced(older, newer):
        return True
    if older.claim.article == newer.claim.article or older.published is None or newer.published is None:
        return False
    live = older.period is not None and older.published - older.period.end <= _SETTLED
    return newer.published - older.published > (0 if live else _SETTLED)


def _size(figure: Interval) -> Interval:
    """How large a difference is, whatever its sign."""
    if figure.low >= 0:
        return figure
    return Interval(-figure.high, -figure.low) if figure.high <= 0 else Interval(0.0, max(-figure.low, figure.high))


def remainder(part: View, whole: View) -> tuple[Interval, tuple[int, int]] | None:
    """What is left of the whole, and for which days, where the part begins or ends with it."""
    if part.period is None or whole.period is None or part.period == whole.period:
        return None
    if part.period.start == whole.period.start:
        rest = (part.period.end, whole.period.end)
    elif part.period.end == whole.period.end:
        rest = (whole.period.start, part.period.start)
    else:
        return None
    left = whole.figure.minus(part.figure)
    return Interval(max(left.low, 0.0), left.high), rest


def is_world(view: View) -> bool:
    """True where the claim names no other end."""
    return view.counterpart == WORLD
