"""Which figures may share what one of them leaves unsaid: of one sort, unit, measure or line of things."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from extractor.mentions import Measure, Quantity, Slot
from extractor.names.words import name_words
from extractor.quantities.lexicon import lexicon
from extractor.scope.clause.phrases import is_price_unit
from extractor.scope.clause.views import Frame
from extractor.scope.lending.lists import Past
from extractor.scope.products.things import has_weight, is_actor, is_weighed
from extractor.scope.words import among
from extractor.taxonomy import Indicator, taxonomy
from extractor.tokens import Token


def is_bare_count(frame: Frame | None, quantity: Quantity, measure: Measure) -> bool:
    """True for a count that says nothing of what it counts: "closed 92 elsewhere", "damaged 32,600 others"."""
    if frame is None or measure.kind != "level" or quantity.form not in {"number", "range"}:
        return False
    if frame.counted is None:
        return measure.unit == "count"
    return among(frame.counted.lemma_.lower(), "others")


def is_someone(product: Slot) -> bool:
    """True for people and firms, known to the packs or not: "35 *economists* polled"."""
    last = product.id.split()[-1]
    return is_actor(product.id) or among(last, "people_nouns") or last in name_words().roles


def counts_goods(node: Indicator) -> bool:
    """True for flows of goods: what has a value in money or another end, and what a headline would not tell from such
    a flow.
    """
    near = (node, *(taxonomy().indicators[kin] for kin in node.kin))
    return any(each.monetary or each.mirror for each in near)


def is_taken_up(subject: Token) -> bool:
    """True for "it", "they" and "its output"."""
    owner = next((child for child in subject.lefts if child.dep_ == "poss"), None)
    return among(subject.lower_, "neuter_pronouns") or (owner is not None and among(owner.lower_, "neuter_pronouns"))


def is_kindred(one: Slot, other: Slot) -> bool:
    """True for two things of the packs that are parts of one, or one of the other."""
    nodes = taxonomy()
    lines = [{slot.id, *nodes.product_ancestors(slot.id)} for slot in (one, other)]
    return one.id in nodes.products and bool(lines[0] & lines[1])


def lends_product(past: Past, measure: Measure) -> bool:
    """False for things that no pack knows and that were counted by themselves: "the 12 *members* pumped 26 million
    barrels".
    """
    product = past.draft.scope.product
    if product is not None and Slot(*product).rule.startswith("list"):
        return False  # one item of a list says nothing of what follows it
    if product is not None and is_weighed(measure.unit) and not has_weight(product.id, measure.unit):
        return False
    if past.measure.kind == measure.kind == "level" and not _joined(past.measure.unit, measure.unit):
        return False
    if past.measure.kind == "level" and is_noun_unit(past.measure.unit) and past.measure.unit != measure.unit:
        return measure.unit == "count"  # "idled 14 *furnaces*" says nothing of what tonnes are of
    return product is None or product[0] in taxonomy().products or past.measure.unit == measure.unit


def lends(indicator: Slot, measure: Measure) -> bool:
    """False for a rate that an amount would take over: a fatality rate tells nothing of 1.4 million doses."""
    node = taxonomy().indicators.get(indicator[0])
    rate = node is not None and (node.default_kind != "" or node.id.endswith("_rate"))
    return not (rate and measure.kind == "level" and measure.unit not in {"percent", "basis_point", "percentage_point"})


def same_sort(past: Measure, present: Measure) -> bool:
    """False between an amount and a rate that is an amount in percent, and between amounts that no unit joins.

    A duty of 10% says nothing of 526,409 cars, £48 million nothing of 34 days.
    """
    rate = past.unit == "percent" and past.kind in {"level", "share"}
    if rate and present.kind == "level" and present.unit != "percent":
        return False
    return _joined(past.unit, present.unit)


def _joined(one: str, other: str) -> bool:
    """False for money beside what is no money, and for spans of time beside what is none; rates and bare numbers go
    with all.
    """
    if one == other or is_open(one) or is_open(other):
        return True
    return is_price_unit(one) == is_price_unit(other) and among(one, "calendar_units") == among(other, "calendar_units")


@lru_cache(maxsize=1024)
def is_noun_unit(unit: str) -> bool:
    """True for the counted thing itself as unit ("furnace"), and not tonnes, money or percent."""
    known = lexicon()
    last = unit.split()[-1] if unit else ""
    return not (is_open(unit) or is_price_unit(unit) or last in known.unit_words or unit in known.unit_symbols.values())


def is_open(unit: str) -> bool:
    """True for units that say nothing of what is measured."""
    return unit in {"count", "percent", "percentage_point", "basis_point", "point", "times"}


def are_kin(one: Slot | None, other: Slot | None) -> bool:
    """True where two indicators are the same or close enough to share what is left unsaid."""
    if one is None or other is None:
        return False
    if one[0] == other[0]:
        return True
    node = taxonomy().indicators.get(one[0])
    return node is not None and (other[0] in node.kin or other[0] == node.monetary or other[0] == node.mirror)


def same_line(one: Slot | None, other: Slot | None) -> bool:
    """True where one product is a part of the other, or both are parts of one, or either is unknown."""
    if one is None or other is None:
        return True
    nodes = taxonomy()
    lines = [{slot[0], *nodes.product_ancestors(slot[0])} for slot in (one, other)]
    words = [slot[0].replace("_", " ").split()[-1] for slot in (one, other)]
    return bool(lines[0] & lines[1]) or words[0] == words[1]


def signs_of_kin(
    kin: Sequence[Past], *, has_it: Callable[[Past], bool], is_here: Callable[[Past], bool]
) -> Iterator[str]:
    """What the figures of the same measure, in the order of the text, say for one thing or owner: `has_it` tells which
    of them had it, `is_here` which stand in the paragraph that asks.
    """
    if kin and has_it(kin[-1]):
        yield "last of its measure"
        if is_here(kin[-1]):
            yield "last of its measure in the paragraph"
    elif any(map(has_it, kin)):
        yield "once of its measure"
    elif kin:
        yield "never of its measure"
