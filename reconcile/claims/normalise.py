"""A claim as the reconciler sees it: its words looked up, its unit converted, the figure an interval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extractor.errors import InputError
from extractor.model import Claim, Period, stable_id
from extractor.taxonomy import Taxonomy
from reconcile.claims.intervals import Interval, bounds, half_unit
from reconcile.claims.words import Placed, Words, shipped_words, slots_of

_HEADLINE = 160
"""A headline ends within so many code points of an article's start."""
LARGEST = 1e100
"""The largest figure: in sums and ratios of larger ones numbers run over."""


class Days(NamedTuple):
    """A half-open period as day numbers."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Days in it."""
        return self.end - self.start


class View(NamedTuple):
    """One claim, ready to be compared."""

    claim: Claim
    kind: str
    figure: Interval
    value: float
    unit: str
    """Family of the unit: `count`, a currency, `mass` …; figures of different families are never compared."""
    indicator: str | None
    product: str | None
    area: str | None
    counterpart: str
    abroad: bool
    """True where the other end is said to be any other country ("overseas")."""
    flipped: bool
    """True for an import that was turned round: `area` is where it comes from, `counterpart` where it goes."""
    period: Days | None
    base: Days | None
    source: str | None
    status: str
    published: int | None
    step: float = 0.0
    """What the last printed digit is worth."""
    others: tuple[Interval, ...] = ()
    """Other readings of the same words that have the same kind."""

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def origin(self) -> str:
        """Whoever speaks: the source, or the article where it speaks in its own voice."""
        return self.source if self.source is not None else f"~{self.claim.article}"

    @property
    def place(self) -> tuple[str, int, str]:
        """Sorting key: article, place in it, id."""
        return self.claim.article, self.claim.start, self.claim.id

    @property
    def digits(self) -> int:
        """How many digits the figure was printed with, without the zeros at its end."""
        return max(1, len(str(round(abs(self.value) / self.step)).rstrip("0"))) if self.step else 1

    @property
    def scope(self) -> tuple[str, str, str, str, str, str, Days | None]:
        """Everything that says what the figure is of, without who says it."""
        return (
            self.kind,
            self.unit,
            self.indicator or "",
            self.product or "",
            self.area or "",
            self.counterpart,
            self.period,
        )

    @property
    def cell(self) -> str:
        """Stable id of the scope: the figure that several claims may speak of."""
        return stable_id("f", *self.scope[:6], *(self.period or ("", "")))


def view(claim: Claim, words: Words | None = None) -> View:
    """The claim with its words looked up. Raises InputError for a figure that is no number."""
    words, source = words or shipped_words(), claim.source
    voice = None if source is None else words.voice((source.id, source.text))
    return seen(claim, words.placed(slots_of(claim)), days(claim.period), days(claim.base_period), voice)


def seen(claim: Claim, place: Placed, period: Days | None, base: Days | None, voice: str | None) -> View:
    """The view of a claim whose words were looked up already. Raises InputError for a figure that is no number."""
    _check(claim)
    half, factor = half_unit(claim), place.factor
    kind: str = claim.kind
    figure, value = bounds(claim, half), claim.value
    if place.kind != kind:  # a multiple of an earlier period is growth: "doubled from 2022" is 100 percent
        kind, figure, value = place.kind, Interval((figure.low - 1) * 100, (figure.high - 1) * 100), (value - 1) * 100
    return View(
        claim,
        kind,
        figure if factor == 1.0 else figure.times(factor),
        value * factor,
        place.unit,
        place.indicator,
        place.product,
        place.area,
        place.counterpart,
        place.abroad,
        place.flipped,
        period,
        base,
        voice,
        claim.status,
        claim.published.toordinal() if claim.published else None,
        2 * abs(half * factor),
        _others(claim, kind) if claim.other_readings else (),
    )


def views(claims: Iterable[Claim], *, known: Taxonomy | None = None) -> list[View]:
    """All claims as views, in the order of articles and places; a claim given twice counts once."""
    words = shipped_words() if known is None else Words(known)
    return arranged(view(claim, words) for claim in claims)


def arranged(given: Iterable[View]) -> list[View]:
    """Views in the order of articles and places; a claim given twice counts once."""
    met: dict[str, View] = {}
    for each in given:
        held = met.setdefault(each.claim.id, each)
        if held is not each and held.claim != each.claim:
            raise InputError(f"two different claims have the id {each.claim.id!r}", field="id")
    return sorted(met.values(), key=_place)


def _place(view: View) -> tuple[str, int, str]:
    claim = view.claim
    return claim.article, claim.start, claim.id


def in_headline(view: View) -> bool:
    """True for a figure in the first sentence of an article, where a headline stands."""
    sentence = view.claim.sentence
    return (sentence is None or sentence.start == 0) and view.claim.end <= _HEADLINE


def days(period: Period | None) -> Days | None:
    """Day numbers of a period whose both ends are known."""
    if period is None or period.start is None or period.end is None:
        return None
    return Days(period.start.toordinal(), period.end.toordinal())


def _check(claim: Claim) -> None:
    low, high = claim.low, claim.high
    plain = abs(claim.value) <= LARGEST and (low is None or abs(low) <= LARGEST)
    if plain and (high is None or abs(high) <= LARGEST) and not claim.other_readings:
        return
    wrong = no_figure(claim)
    if wrong is not None:
        raise InputError(wrong[1], field=wrong[0])


def no_figure(claim: Claim) -> tuple[str, str] | None:
    """The field, and what is wrong, of a claim with a number that nothing can be reckoned with."""
    readings = ((f"other_readings.{number}.", reading) for number, reading in enumerate(claim.other_readings))
    for place, reading in (("", claim), *readings):
        for name in ("value", "low", "high"):
            number = getattr(reading, name)
            if number is not None and not abs(number) <= LARGEST:  # NaN is not above it either
                return f"{place}{name}", f"claim {claim.id!r}: {number} is no figure"
    return None


def about_itself(claim: Claim) -> tuple[str, str] | None:
    """The field, and what is wrong, of a claim that sets a thing against itself: a year's growth from that year."""
    if claim.base_period is not None and days(claim.base_period) == days(claim.period) is not None:
        return "base_period", f"claim {claim.id!r} compares its period with itself ({claim.base_period.text})"
    if claim.area is not None and claim.counterpart is not None and claim.kind != "share":
        words = shipped_words()
        place = words.area(claim.area)
        if place is not None and place == words.area(claim.counterpart):
            return "counterpart", f"claim {claim.id!r} names {claim.area.text or place!r} at both ends"
    return None


def _others(claim: Claim, kind: str) -> tuple[Interval, ...]:
    read = []
    for other in claim.other_readings:
        low = other.value if other.low is None else other.low
        high = other.value if other.high is None else other.high
        if other.kind == kind:
            read.append(Interval(low, high))
        elif kind == "growth" and other.kind == "multiple":
            read.append(Interval((low - 1) * 100, (high - 1) * 100))
    return tuple(read)
