"""The signs that speak for or against two claims' counting one thing; linkage.toml says what each of them weighs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reconcile.claims.context import content_words
from reconcile.claims.forms import plain
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import View, in_headline
from reconcile.claims.standing import AHEAD, one_sentence, own_voice, ratio, two_bodies
from reconcile.claims.words import WORLD
from reconcile.comparison.comparability import Scopes, days_match
from reconcile.linkage.manner import Printed, near_words, told_signs

_RATIOS = ((1.02, "hardly"), (1.1, "little"), (1.25, "some"), (1.6, "far"), (math.inf, "very far"))
_PRINTED = ((1, "a day"), (7, "a week"), (31, "a month"), (math.inf, "longer"))
_BESIDE = ((100, "beside"), (300, "near"), (1000, "further"), (math.inf, "far"))
_MANY = 3
"""More figures than these between two of an article tell no more."""
_SLOTS = ("product", "indicator", "area", "period", "source")
_TAKEN_OVER = ("none", "one", "both")
_SLOT = {
    Match.SAME: "same",
    Match.NARROWER: "inside",
    Match.BROADER: "inside",
    Match.OVERLAPPING: "overlapping",
    Match.UNKNOWN: "unknown",
    Match.DISJOINT: "other",
}


def expected(a: View, b: View) -> bool:
    """True where one was expected and the other came of it."""
    return (a.status in AHEAD) != (b.status in AHEAD)


def slot_signs(a: View, b: View, scopes: Scopes, lattice: Lattice) -> Iterator[str]:
    """What speaks for or against two claims' counting one thing, each sign by its name."""
    product, indicator = product_sign(a, b, lattice), named_sign(a.indicator, b.indicator, scopes, "indicator")
    area = named_sign(a.area, b.area, scopes, "area")
    period = period_sign(a, b)
    inside = a.claim.article == b.claim.article
    voices = source_sign(a, b)
    source = f"{voices} in {'one article' if inside else 'two articles'}"
    alike = sum((period == "same", area == "same", product in ("same", "open", "loose", "one open")))
    yield f"product: {product}"
    yield f"indicator: {indicator}"
    yield f"area: {area}"
    yield f"period: {period}"
    yield f"counterpart: {ends_sign(a, b)}"
    yield f"source: {source}"
    yield f"alike in {alike}"
    yield f"alike in {alike}, {source}"
    yield f"status: {'same' if a.status == b.status else ' and '.join(sorted((a.status, b.status)))}"
    if expected(a, b):
        yield f"expected and come, period: {period}"
    yield f"kind: {a.kind}"
    if a.kind == "level":
        yield f"unit: {'money' if a.unit.isupper() else 'count' if a.unit == 'count' else 'other'}"
    else:
        yield f"base: {'same' if a.base == b.base is not None else 'open' if None in (a.base, b.base) else 'other'}"
    yield from told_signs(a, b)
    yield f"noun: {'same' if plain(a.claim.unit) == plain(b.claim.unit) else 'other'}"
    yield from _figures(a, b, "one article" if inside else "two articles")
    yield from _within(a, b) if inside else _across(a, b)
    standing = (product, indicator, area, period, voices)
    yield from _taken_over(a, b, dict(zip(_SLOTS, standing, strict=True)))
    if voices == "same":
        yield f"one source, product: {product}"
        yield f"one source, area: {area}"
        yield f"one source, period: {period}"


def _taken_over(a: View, b: View, standing: Mapping[str, str]) -> Iterator[str]:
    """Of how many of two claims each slot was taken over from another sentence, and how the two stand in it then."""
    for slot, stands in standing.items():
        over = _TAKEN_OVER[(slot in a.claim.borrowed) + (slot in b.claim.borrowed)]
        yield f"{slot}: {over} taken over"
        yield f"{slot}: {stands}, {over} taken over"


class Around:
    """What stands around the claims that are weighed: the others of their articles."""

    def __init__(self, some: Sequence[View]) -> None:
        self._rivals = Counter((view.claim.article, view.kind, view.unit) for view in some)
        articles: dict[str, list[View]] = defaultdict(list)
        for view in sorted(some, key=lambda view: view.place):
            articles[view.claim.article].append(view)
        self._printed = Printed(some)
        self._number = {view.id: number for said in articles.values() for number, view in enumerate(said)}

    def signs(self, a: View, b: View) -> dict[str, float]:
        """How far apart two figures are, how surely they were read, and how many others might be meant instead."""
        rivals = sum(self._rivals[view.claim.article, view.kind, view.unit] for view in (a, b))
        found = {
            "rivals": math.log(rivals),
            "confidence": min(a.claim.confidence, b.claim.confidence),
            "apart": math.log(ratio(a, b)),
        }
        found |= dict.fromkeys(self._printed.signs(a, b), 1.0)
        if a.claim.article == b.claim.article:
            between = f"between them: {min(_MANY, abs(self._number[a.id] - self._number[b.id]) - 1)}"
            found[between] = 1.0
            if two_bodies(a, b):
                found[f"two bodies, {between}"] = 1.0
        return found


def _figures(a: View, b: View, where: str) -> Iterator[str]:
    apart = _band(ratio(a, b), _RATIOS)
    yield f"figures: {apart} apart"
    yield f"figures: {apart} apart in {where}"


def wording_signs(a: View, b: View) -> dict[str, float]:
    """How many of their words two texts share, and how many of the words for one figure stand around the other."""
    if not a.claim.context or not b.claim.context:
        return {}
    if one_sentence(a, b):
        return near_words(a, b)
    mine, theirs = content_words(a.claim.context), content_words(b.claim.context)
    found = near_words(a, b) | {"shared words": shared(mine, theirs)}
    named = [(slot_words(a), theirs), (slot_words(b), mine)]
    met = [len(words & around) / len(words) for words, around in named if words]
    if met:
        found["words for one beside the other"] = math.fsum(met) / len(met)
    return found


def slot_words(view: View) -> frozenset[str]:
    """The words of a claim for what it measures, counts, and of whom."""
    claim = view.claim
    return content_words(" ".join(slot.text for slot in (claim.indicator, claim.product, claim.area) if slot))


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How alike two sets of words are, from 0 to 1."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _within(a: View, b: View) -> Iterator[str]:
    """Signs of two claims of one article."""
    yield "one sentence" if one_sentence(a, b) else "two sentences"
    yield f"place: {_band(abs(a.claim.start - b.claim.start), _BESIDE)}"
    if a.claim.superseded != b.claim.superseded:
        yield "one is replaced"
    if own_voice(a, b) and a.status == b.status:
        yield "one voice, as final"


def _across(a: View, b: View) -> Iterator[str]:
    """Signs of claims of two articles."""
    if in_headline(a) or in_headline(b):
        yield "headline"
    if a.published is None or b.published is None:
        yield "printed: unknown"
    else:
        yield f"printed: within {_band(abs(a.published - b.published), _PRINTED)}"


def product_sign(a: View, b: View, lattice: Lattice) -> str:
    """How two claims stand in what they count."""
    if a.product is None or b.product is None:
        return "open" if a.product == b.product else "one open"
    match, loose = lattice.product(a.product, b.product)
    return "loose" if loose else _SLOT[match]


def named_sign(a: str | None, b: str | None, scopes: Scopes, slot: str) -> str:
    """How two claims stand in an area or an indicator."""
    if a is None or b is None:
        return "open" if a == b else "one open"
    match = scopes.indicator if slot == "indicator" else scopes.area
    return "loose" if slot in scopes.confusable else _SLOT[match]


def period_sign(a: View, b: View) -> str:
    """How two claims stand in their time."""
    if a.period is None or b.period is None:
        return "open" if a.period == b.period else "one open"
    return _SLOT[days_match(a.period, b.period)]


def ends_sign(a: View, b: View) -> str:
    """How two claims stand in their other end."""
    if a.counterpart == b.counterpart:
        return "same"
    return "one open" if WORLD in (a.counterpart, b.counterpart) else "other"


def source_sign(a: View, b: View) -> str:
    """Whether one body gives both figures."""
    if a.source is None or b.source is None:
        return "open" if a.source == b.source else "one open"
    return "same" if a.source == b.source else "other"


def _band(size: float, bands: Sequence[tuple[float, str]]) -> str:
    return next(name for most, name in bands if size <= most)
