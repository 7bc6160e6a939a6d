"""Signs by which a figure is like those of a series, or unlike them: unit, size, thing counted, words of its clause."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractor.mentions import Measure, Quantity, Slot
from extractor.plurals import singular
from extractor.scope.clause.phrases import is_price_unit
from extractor.scope.clause.verbs import only_reported
from extractor.scope.clause.views import Frame
from extractor.scope.lending.kinship import same_line
from extractor.scope.products.things import is_actor, is_physical
from extractor.scope.words import among
from extractor.syntax import is_noun
from extractor.taxonomy import taxonomy

_VERY_CLOSE, _CLOSE, _NEAR, _FAR = math.log(1.1), math.log(1.4), math.log(4.0), math.log(100.0)  # ratios of two values
UNRELATED = "counts something else"
"""The sign of a series that counts other things: exports of cars tell nothing of dealerships, nor revenue of tonnes."""
_RATES = frozenset({"percent", "percentage_point", "basis_point"})
_OPEN_UNITS = frozenset({"count", "times"})


class Member(NamedTuple):
    """A figure whose measure is known."""

    position: int
    measure: Measure
    indicator: Slot
    product: Slot | None


class Figure(NamedTuple):
    """The figure in question."""

    position: int
    quantity: Quantity
    measure: Measure
    frame: Frame | None
    own: Slot | None
    """What its own clause says, None where it says nothing."""
    product: Slot | None
    hints: tuple[Slot, ...] = ()
    """What the words of its clause offer where no rule is sure."""


def bare_measure_of(frame: Frame) -> str:
    """The noun of a clause that only says how much: "sees the *rate* at 3%"."""
    near = (token for view in frame.views[:3] for token in (view.node, *view.visible))
    return next((t.lemma_.lower() for t in near if is_noun(t) and among(t.lemma_.lower(), "measure_nouns")), "")


def words_of_slot(slot: Slot) -> set[str]:
    """The words of a measure, as its name and the text have them, and their singulars."""
    words = {*slot.id.replace("_", " ").split(), *slot.text.lower().split()}
    return words | {singular(word) for word in words}


def how_told(figure: Figure) -> str:
    """How a figure stands that counts nothing of its own: only "told" ("The union says 3.5 million") or "bare"."""
    frame = figure.frame
    if frame is None or frame.counted is not None:
        return ""
    return "told" if any(only_reported(view, frame) for view in frame.views[:2]) else "bare"


def own_signs(own: Slot, figure: Figure) -> Iterator[str]:
    """The signs of what the figure's own clause says, by the rule that found it."""
    yield "own"
    yield f"own: {own.rule}"
    yield "own, of the packs" if own.id in taxonomy().indicators else "own, words"
    if among(own.id, "vague_measures"):
        yield "own, vague"
    counted = figure.frame.counted if figure.frame is not None else None
    if figure.frame is not None and counted is None:
        yield "own, bare figure"
    if counted is not None and own.rule.startswith("counted noun") and figure.product is not None:
        known = figure.product.id in taxonomy().products
        yield "own, people" if is_actor(figure.product.id) else "own, known things" if known else "own, unknown things"


@lru_cache(maxsize=4096)
def profile_signs(indicator: str, unit: str, kind: str, counted: str, *, per_one: bool) -> frozenset[str]:
    """Whether the sort of figure suits the measure: money, a rate, a count."""
    node = taxonomy().indicators.get(indicator)
    money = among(indicator, "money_measures")
    of_money = money or among(indicator, "money_alone")
    unrelated = (of_money and is_physical(unit)) or (is_price_unit(unit) and among(indicator, "never_money"))
    found = {UNRELATED} if unrelated else set()
    if node is None or kind in {"growth", "multiple"}:
        return frozenset(found)
    rate = node.default_kind != "" or among(indicator, "rate_measures")
    sort = "money" if is_price_unit(unit) else "rate" if unit in _RATES else "count"
    of = "rates" if rate else "money" if money else "flows" if node.monetary else "counts"
    found.add(f"{sort} of {of}")
    if counted:
        who = "people" if among(indicator, "of_people") else of
        found.add(f"{counted} of {who}")
    if per_one:
        found.add("per one of a rate" if rate else "per one of others")
    return frozenset(found)


def unit_signs(members: tuple[Member, ...], mine: Measure) -> Iterator[str]:
    """Units and sizes of the figures of the series beside the figure's own."""
    if any(each.measure.unit == mine.unit for each in members):
        yield "unit seen" if mine.unit not in _OPEN_UNITS and mine.unit not in _RATES else "open unit seen"
    elif mine.kind == "level" and not any(each.measure.unit in _OPEN_UNITS for each in members):
        yield "unit never seen"
        yield (
            "money never seen"
            if is_price_unit(mine.unit)
            else f"{'count' if mine.unit == 'count' else 'unit'} new to it"
        )
    if any(each.measure.kind == mine.kind for each in members):
        yield f"kind seen: {mine.kind}"
    if mine.kind != "level" or not mine.value:
        return
    ratios = [
        abs(math.log(abs(each.measure.value / mine.value)))
        for each in members
        if each.measure.unit == mine.unit and each.measure.kind == mine.kind and each.measure.value
    ]
    ratio = min(ratios, default=-1.0)
    if 0 <= ratio <= _NEAR:
        yield "value very close" if ratio <= _VERY_CLOSE else "value close" if ratio <= _CLOSE else "value near"
    elif ratio > _FAR:
        yield "value far"


def product_signs(members: tuple[Member, ...], figure: Figure) -> Iterator[str]:
    """Whether the series counts the same thing, or others."""
    if figure.product is None:
        return
    ids = {each.product.id for each in members if each.product is not None}
    if figure.product.id in ids:
        yield "same product"
    elif ids:
        yield "other products"
    counted = figure.frame is not None and figure.frame.counted is not None
    if counted and ids and not any(same_line(each.product, figure.product) for each in members):
        yield UNRELATED
