"""Claims made to order: any number, with known conflicts of each kind at chosen rates, the same for the same seed.

For property tests and benchmarks. Claims come in small stories, each about a scope of its own, so that what may be said
of them is known beforehand: `stories` gives claims with what is expected of them, `generate` the claims alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import gcd
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from extractor.model import Claim, Concept, Period, Product, Source, Span, Status, claim_id
from extractor.taxonomy import taxonomy
from reconcile.model import Relation

RATES: Mapping[str, float] = {
    "single": 0.45,
    "repetition": 0.1,
    "agreement": 0.1,
    "nested": 0.08,
    "arithmetic_agreement": 0.07,
    "contradiction": 0.06,
    "apparent_conflict": 0.06,
    "revision": 0.04,
    "arithmetic_conflict": 0.04,
    "crowd": 0.004,
}
"""How often each kind of story is drawn; `single` is a figure that nobody else gives, `crowd` one that very many do."""

AS_PRINTED: Mapping[str, float] = {
    "single": 0.75,
    "repetition": 0.004,
    "agreement": 0.01,
    "nested": 0.025,
    "arithmetic_agreement": 0.017,
    "contradiction": 0.008,
    "apparent_conflict": 0.025,
    "revision": 0.004,
    "arithmetic_conflict": 0.0005,
    "crowd": 0.0015,
}
"""The same as articles have them: three figures in four stand alone in their scope (75% of corpus/, 74% of plain news),
and 33 findings come of a hundred claims (corpus/ 43, plain news 10); of `RATES` it is 83, most of them on crowds."""

_FIRST_YEAR, _BLOCKS = 1961, 32
"""A story has two years to itself, so that growth rates and levels of different stories never meet."""
_SOURCES = 400
_CONFIDENCE = (0.16, 0.85, 0.6)
"""Least, most and commonest of corpus/."""
_PUBLISHED_AFTER = 40
_SMALLEST_CROWD, _LARGEST_CROWD, _CROWDING = 10, 5_000, 1.2
"""Few crowds are much larger than the smallest, as with any news (Pareto); of a few claims none is a large part."""
_PART_OF_ALL = 20
_SHUFFLE = 2_654_435_761
"""A prime stride: neighbouring stories lie far apart in scope, and no scope comes twice."""


class Expected(NamedTuple):
    """What a reconciler should say of some claims of a story."""

    relation: Relation
    claims: tuple[str, ...]


class Story(NamedTuple):
    """Claims about one scope, and all that is to be said of them."""

    kind: str
    claims: tuple[Claim, ...]
    expected: tuple[Expected, ...]


class _Scope(NamedTuple):
    indicator: str
    product: str
    loose: str | None
    area: str
    year: int


def generate(count: int, *, seed: int = 0, rates: Mapping[str, float] = RATES) -> Iterator[Claim]:
    """So many claims. Raises ValueError for a rate of a story that there is not."""
    for story in stories(count, seed=seed, rates=rates):
        yield from story.claims


def as_read(claims: Iterable[Claim], *, seed: int = 0) -> Iterator[Claim]:
    """The claims as extraction gives them: with a sentence and words around it, and read with as much confidence."""
    draw = random.Random(seed)
    for claim in claims:
        start = max(0, claim.start - 60)
        yield claim.model_copy(
            update={
                "sentence": Span(start=start, end=claim.end + 40),
                "context": _words_around(claim),
                "confidence": round(draw.triangular(*_CONFIDENCE), 3),
            }
        )


def _words_around(claim: Claim) -> str:
    named = claim.area, claim.indicator, claim.product, claim.period, claim.source
    area, indicator, product, period, source = (slot.text if slot else "the paper" for slot in named)
    return f"{area}'s {indicator} of {product}s came to {claim.quote} in {period}, {source} said in {claim.article}."


def stories(count: int, *, seed: int = 0, rates: Mapping[str, float] = RATES) -> Iterator[Story]:
    """Stories that hold so many claims in all; a last one that would hold too many is cut to single figures."""
    unknown = sorted(set(rates) - set(_MAKERS))
    if unknown:
        raise ValueError(f"no such story: {unknown[0]!r}; there are {', '.join(_MAKERS)}")
    draw = random.Random(seed)
    kinds, weights = list(rates), list(rates.values())
    left, number = count, 0
    while left > 0:
        kind = draw.choices(kinds, weights)[0]
        story = _story(kind, number, draw, largest=count // _PART_OF_ALL)
        if len(story.claims) > left:
            story = _story("single", number, draw)
        yield story
        left -= len(story.claims)
        number += 1


def _story(kind: str, number: int, draw: random.Random, *, largest: int = 0) -> Story:
    maker = _Maker(_scope(number), number, draw, largest=largest)
    relations = _MAKERS[kind](maker)
    return Story(kind, tuple(maker.claims), tuple(relations))


# Scopes --------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _measures() -> list[tuple[str, str, str | None]]:
    """Indicator, product and a word that may mean it: each pair stands in a group of its own."""
    known = taxonomy()
    indicators = ("exports", "recalls", "orders", "theft", "trading_volume", "seizures", "returns", "culls")
    products = (
        "passenger_car",
        "smartphone",
        "laptop",
        "wheat",
        "copper",
        "container_ship",
        "coffee",
        "battery",
        "chip",
    )
    loose = {reading: node.id for node in known.products.values() for reading in sorted(node.may_mean)}
    made_up = tuple(
        f"{noun} {kind}" for noun in ("cobalt", "linen", "garden", "tidal") for kind in ("widget", "gadget")
    )
    return [(i, p, loose.get(p)) for i in indicators for p in (*products, *made_up) if i in known.indicators]


@lru_cache(maxsize=1)
def _countries() -> list[str]:
    """Countries that lie in no other: an island's figures would be a part of its country's."""
    known = taxonomy()
    codes = {area for area in known.areas if len(area) == 2 and area.isupper()}
    return sorted(code for code in codes if codes.isdisjoint(known.area_ancestors(code)))


def _scope(number: int) -> _Scope:
    """The scope of a story: countries and years first, then made-up places, so that there is no end to them."""
    measures, countries = _measures(), _countries()
    size = len(measures) * len(countries) * _BLOCKS
    stride = next(step for step in range(_SHUFFLE % size, 2 * size) if gcd(step, size) == 1)
    round_, place = divmod(number, size)
    place = place * stride % size
    place, block = divmod(place, _BLOCKS)
    measure, country = divmod(place, len(countries))
    indicator, product, loose = measures[measure]
    area = countries[country] if round_ == 0 else f"Port {round_} of {countries[country]}"
    return _Scope(indicator, product, loose, area, _FIRST_YEAR + 2 * block)


# Stories -------------------------------------------------------------------------------------------------------------


class _Maker:
    """Makes the claims of one story; each in an article of its own unless it names one."""

    def __init__(self, scope: _Scope, number: int, draw: random.Random, *, largest: int = 0) -> None:
        self.scope, self.number, self.draw = scope, number, draw
        self.largest = max(_SMALLEST_CROWD, min(_LARGEST_CROWD, largest))
        self.claims: list[Claim] = []
        first = draw.randrange(_SOURCES)
        self.sources = [f"bureau {(first + step) % _SOURCES}" for step in range(4)]
        self.amount = draw.randrange(1_000, 10_000) * 10 ** draw.randrange(3, 6)
        """Four digits are printed, so that small differences can be told from rounding."""

    @property
    def year(self) -> Period:
        """The story's second year; the first is what growth compares with."""
        return months(self.scope.year + 1, 1, 12)

    def level(self, amount: int, *, by: int = 0, day: int = 0, period: Period | None = None, **slots: Any) -> Claim:
        return self._add(float(amount), f"{amount:,}", by=by, day=day, period=period or self.year, **slots)

    def growth(self, percent: float, *, by: int = 0) -> Claim:
        before = months(self.scope.year, 1, 12)
        slots: dict[str, Any] = {"kind": "growth", "unit": "percent", "base_period": before}
        return self._add(round(percent, 1), f"{percent:.1f}%", by=by, day=0, period=self.year, shared=True, **slots)

    def _add(
        self, value: float, quote: str, *, by: int, day: int, period: Period, shared: bool = False, **slots: Any
    ) -> Claim:
        place = 0 if shared else len(self.claims)
        article = f"g{self.number:07d}-{place}"
        start = 200 + 90 * len(self.claims)
        source = self.sources[by]
        product = str(slots.pop("product", self.scope.product))
        assert period.end is not None
        fields: dict[str, Any] = {
            "id": claim_id(article, start, quote),
            "article": article,
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            "value": value,
            "indicator": Concept(id=self.scope.indicator, text=self.scope.indicator.replace("_", " ")),
            "product": Product(id=product, text=product.replace("_", " ")),
            "area": Concept(id=self.scope.area, text=self.scope.area),
            "period": period,
            "source": Source(id=source, text=source, kind="government", cue="according to"),
            "published": period.end + dt.timedelta(days=_PUBLISHED_AFTER + day),
            "confidence": 0.99,
        }
        claim = Claim.model_validate(fields | slots)
        self.claims.append(claim)
        return claim


def _single(make: _Maker) -> list[Expected]:
    make.level(make.amount)
    return []


def _repetition(make: _Maker) -> list[Expected]:
    """Several papers pass on one body's figure."""
    first, *others = (make.level(make.amount, day=day) for day in range(make.draw.randint(2, 5)))
    return [Expected("repetition", (first.id, other.id)) for other in others]


def _crowd(make: _Maker) -> list[Expected]:
    """One body's figure in very many papers: two in three name the body, the others give it as their own."""
    size = min(make.largest, round(_SMALLEST_CROWD * make.draw.paretovariate(_CROWDING)))
    first = make.level(make.amount)
    said = []
    for day in range(1, size):
        relayed = make.draw.random() < 2 / 3
        paper = make.level(make.amount, day=day % 30) if relayed else make.level(make.amount, day=day % 30, source=None)
        said.append(Expected("repetition" if relayed else "agreement", (first.id, paper.id)))
    return said


def _agreement(make: _Maker) -> list[Expected]:
    one, other = make.level(make.amount, by=0), make.level(make.amount, by=1)
    return [Expected("agreement", (one.id, other.id))]


def _contradiction(make: _Maker) -> list[Expected]:
    one = make.level(make.amount, by=0)
    other = make.level(_off(make), by=1)
    return [Expected("contradiction", (one.id, other.id))]


def _apparent_conflict(make: _Maker) -> list[Expected]:
    """Two words for nearly the same thing, where the product has such; else a forecast and its outcome."""
    one = make.level(make.amount, by=0)
    status: Status = "actual" if make.scope.loose else "forecast"
    other = make.level(_off(make), by=1, product=make.scope.loose or make.scope.product, status=status)
    return [Expected("apparent_conflict", (one.id, other.id))]


def _revision(make: _Maker) -> list[Expected]:
    first, newer = make.level(make.amount), make.level(_off(make), day=60)
    return [Expected("revision", (first.id, newer.id))]


def _nested(make: _Maker) -> list[Expected]:
    part = months(make.scope.year + 1, 1, 11)
    one = make.level(_thousands(make.amount * 0.9), period=part, shared=True)
    other = make.level(make.amount, shared=True)
    return [Expected("nested", (one.id, other.id))]


def _sum(make: _Maker, *, off: float) -> tuple[str, ...]:
    """A level, its growth and the level before, in one release; the rate is wrong by `off` points."""
    before = _thousands(make.amount / make.draw.uniform(1.05, 1.6))
    percent = (make.amount / before - 1) * 100
    earlier = make.level(before, period=months(make.scope.year, 1, 12), shared=True)
    rate = make.growth(percent + off)
    return earlier.id, rate.id, make.level(make.amount, shared=True).id


def _arithmetic_agreement(make: _Maker) -> list[Expected]:
    return [Expected("arithmetic_agreement", _sum(make, off=0.0))]


def _arithmetic_conflict(make: _Maker) -> list[Expected]:
    return [Expected("arithmetic_conflict", _sum(make, off=make.draw.choice((-17.0, 9.0, 23.0, 100.0))))]


_MAKERS: dict[str, Callable[[_Maker], list[Expected]]] = {
    "single": _single,
    "repetition": _repetition,
    "crowd": _crowd,
    "agreement": _agreement,
    "nested": _nested,
    "arithmetic_agreement": _arithmetic_agreement,
    "contradiction": _contradiction,
    "apparent_conflict": _apparent_conflict,
    "revision": _revision,
    "arithmetic_conflict": _arithmetic_conflict,
}


def months(year: int, first: int, last: int) -> Period:
    """Whole months of a year, as a period."""
    end = dt.date(year + last // 12, last % 12 + 1, 1)
    text = str(year) if (first, last) == (1, 12) else f"months {first} to {last} of {year}"
    return Period(start=dt.date(year, first, 1), end=end, text=text)


def _off(make: _Maker) -> int:
    """The amount, off by 5 to 30 percent to either side."""
    factor = make.draw.choice((-1, 1)) * make.draw.uniform(0.05, 0.3)
    return _thousands(make.amount * (1 + factor))


def _thousands(amount: float) -> int:
    return round(amount / 1000) * 1000


def main(arguments: Sequence[str] | None = None) -> None:
    """The command behind `scripts/generate-claims`."""
    parser = argparse.ArgumentParser(description="Makes claims with known conflicts, the same for the same seed.")
    parser.add_argument("count", type=int, help="how many claims")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--rate", action="append", metavar="KIND=WEIGHT", help=f"another mix; kinds: {', '.join(RATES)}", type=_rate
    )
    parser.add_argument("--expected", type=Path, help="file for what a reconciler should say of them, as JSON lines")
    asked = parser.parse_args(arguments)
    told: list[Expected] = []
    try:
        for story in stories(asked.count, seed=asked.seed, rates=dict(asked.rate) if asked.rate else RATES):
            told += story.expected
            for claim in story.claims:
                sys.stdout.buffer.write(orjson.dumps(claim.to_json(), option=orjson.OPT_APPEND_NEWLINE))
    except ValueError as error:
        parser.error(str(error))
    if asked.expected is not None:
        rows = (orjson.dumps(each._asdict(), option=orjson.OPT_APPEND_NEWLINE) for each in told)
        asked.expected.write_bytes(b"".join(rows))


def _rate(words: str) -> tuple[str, float]:
    kind, _, weight = words.partition("=")
    try:
        return kind, float(weight)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{words!r} is no rate; write KIND=WEIGHT") from error


if __name__ == "__main__":
    main()
