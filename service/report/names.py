"""What the report calls things: areas, products, indicators and sources by their names, and how products relate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractor.model import Claim, Concept, Product
from extractor.taxonomy import ABROAD, ProductNode, taxonomy
from extractor.wording import claim_words, number_words, period_words, range_words, unit_symbol
from reconcile.claims.words import unit_family
from reconcile.wording.explain import is_in_round_words, wording
from reconcile.wording.naming import indicator_words, product_words, says
from service.report.words import spaced, words

_MONTH_OR_YEAR = re.compile(r"(?:[A-Z][a-z]+ )?\d{1,4}")
_NUMBER = re.compile(r"\d[\d,.]*")
_DAY = re.compile(r"\d+ [A-Z][a-z]+ \d{1,4}")
_MOST = 3
"""A headline names so many alternatives of one slot, then says how many more."""


def area_name(area: Concept | None) -> str:
    """The area's own name ("China" for CN, whatever the article called it); "" for none."""
    if area is None:
        return ""
    node = taxonomy().areas.get(area.id)
    return node.names[0] if node else area.text or spaced(area.id)


def indicator_name(indicator: Concept | None) -> str:
    """The indicator in words."""
    if indicator is None:
        return ""
    return indicator_words(indicator.id, indicator.text or spaced(indicator.id), taxonomy())


def _product_name(product: Product | None, *, many: bool = True) -> str:
    """The product's name in the taxonomy, in the plural where it is counted one by one; else the article's words."""
    if product is None:
        return ""
    node = taxonomy().products.get(product.id)
    if node is None:
        return product.text or spaced(product.id)
    return product_words(product.id, taxonomy()) if many else node.names[0]


def is_counted(claim: Claim) -> bool:
    """The figure counts its product one by one: no money, no tonnes, no percent."""
    return unit_family(claim.unit)[0] == "count"


def claim_product(claim: Claim) -> str:
    """The product of a claim in words."""
    written_plural = claim.product is not None and claim.product.text.lower().endswith("s")
    return _product_name(claim.product, many=is_counted(claim) or claim.unit == "percent" or written_plural)


def source_name(claim: Claim) -> str:
    """Who gave the figure, by the body's full name where it is known; "" where the article says it in its own voice."""
    if claim.source is None:
        return ""
    node = taxonomy().organisations.get(claim.source.id)
    return node.names[0] if node else claim.source.text or spaced(claim.source.id)


def figure(claim: Claim, *, unit: bool = True) -> str:
    """The claim's figure as its source hedged it: "nearly 1 million", "up to 400,000", "+545%".

    A range is told by its ends. What is counted one by one is said beside it, as the product. Without `unit`, a unit
    that is a word of its own is left out too ("3 million" tonnes); $ and % stay.
    """
    if claim.low is not None and claim.high is not None and len(_NUMBER.findall(claim.quote)) > 1:
        return range_words(claim.low, claim.high, claim.unit if any(unit_symbol(claim.unit)) else "count")
    if is_in_round_words(claim):
        return claim.quote.lower()
    noun_said = is_counted(claim) and claim.product is not None
    bare = claim.kind == "level" and (noun_said or (not unit and not any(unit_symbol(claim.unit))))
    words = number_words(claim.value) if bare else claim_words(claim, noun=False)
    hedged: str = wording()["modifier"][claim.modifier]
    return hedged.format(figure=words)


def topic(claims: Sequence[Claim]) -> str:
    """What some claims are about, as a headline says it: "China’s exports of cars / vehicles in 2023"."""
    areas = _either(area_name(claim.area) for claim in claims)
    one_area = areas and " / " not in areas
    thing = _thing(claims)
    if one_area and thing:
        named = f"{_possessive(areas)} {thing}"
    else:
        named = f"{areas}: {thing}" if areas and thing else areas or thing or "a figure"
    kind = _kind(claims, thing)
    return " ".join(part for part in (kind, named) if part) + _when(claims)


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _kind(claims: Sequence[Claim], thing: str) -> str:
    """What stands before the thing ("growth of"), where all claims are of one kind and the thing does not say it."""
    kinds = {claim.kind for claim in claims}
    word = words().kind.get(kinds.pop(), "") if len(kinds) == 1 else ""
    return "" if word.partition(" ")[0] in thing.split() else word


def _thing(claims: Sequence[Claim]) -> str:
    """Indicator, product and counterpart: "exports of vehicles to Russia"."""
    indicators = _either(indicator_name(claim.indicator) for claim in claims)
    products = _either(claim_product(claim) for claim in claims if not _goes_without_saying(claim))
    others = _either(area_name(claim.counterpart) for claim in claims)
    says_it_all = f" {products}".casefold().endswith(f" {indicators}".casefold())
    thing = f"{indicators} of {products}" if products and not says_it_all else products or indicators
    if others == ABROAD:
        return f"{thing} abroad"
    return f"{thing} {preposition(claims)} {others}" if others else thing


def _goes_without_saying(claim: Claim) -> bool:
    """True for what every count of its kind counts, or the indicator says: deaths are people's, membership members'."""
    product, indicator = claim.product, claim.indicator
    if product is None or product.id in wording()["product"]["plain"].split():
        return True
    return indicator is not None and says(indicator_name(indicator), indicator.id, product.id, taxonomy())


def preposition(claims: Sequence[Claim]) -> str:
    """The word before the other end, by the first claim that has one."""
    table = words().counterpart
    found = (table.get(claim.indicator.id) for claim in claims if claim.indicator and claim.counterpart)
    return next((word for word in found if word), table["default"])


def _when(claims: Sequence[Claim]) -> str:
    """The period at the end of a headline: " in the first 11 months of 2023", ", 2023 / Jan–Nov 2023"."""
    periods = list({claim.period: None for claim in claims if claim.period is not None})
    names = list(dict.fromkeys(period_words(period) for period in periods))
    long = period_words(periods[0], long=True) if len(names) == 1 else ""
    if _DAY.fullmatch(long):
        return f" on {long}"
    if long.startswith(("the first ", "the second ", "the third ", "the fourth ")) or _MONTH_OR_YEAR.fullmatch(long):
        return f" in {long}"
    joined = _either(names)
    return f", {joined}" if joined else ""


def _either(alternatives: Iterable[str]) -> str:
    """Distinct alternatives in their order, empty ones left out: "cars / vehicles"."""
    distinct = list(dict.fromkeys(word for word in alternatives if word))
    more = f" and {len(distinct) - _MOST} more" if len(distinct) > _MOST else ""
    return " / ".join(distinct[:_MOST]) + more


def figures(claims: Sequence[Claim]) -> str:
    """The figures of some claims, as alternatives: "4.91 million or 5.26 million"."""
    distinct = list(dict.fromkeys(figure(claim) for claim in claims))
    shown = (
        distinct if len(distinct) <= _MOST else [*distinct[: _MOST - 1], f"{len(distinct) - _MOST + 1} other figures"]
    )
    return " or ".join(shown) if len(shown) < 3 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def product_notes(claims: Iterable[Claim]) -> list[str]:
    """How the taxonomy relates the products of some claims, one sentence each.

    "cars: a loose word: passenger cars, or any vehicle; part of vehicles."
    """
    nodes = taxonomy().products
    ids = sorted({claim.product.id for claim in claims if claim.product is not None})
    notes = [_product_note(nodes[product]) for product in ids if product in nodes]
    return [note for note in notes if note] if len(ids) > 1 or any(nodes[i].may_mean for i in ids if i in nodes) else []


def _product_note(node: ProductNode) -> str:
    nodes = taxonomy().products
    parts: list[str] = []
    if node.may_mean:
        readings = " or ".join(_called(nodes[reading]) for reading in node.may_mean)
        parts.append(f"a loose word, which may mean {readings}")
    if node.broader:
        parts.append("part of " + " and of ".join(_called(nodes[wider]) for wider in node.broader))
    if node.codes:
        parts.append(
            ", ".join(f"{scheme.upper()} code {code.replace(',', ', ')}" for scheme, code in sorted(node.codes.items()))
        )
    return f"{_called(node)}: {'; '.join(parts)}" if parts else ""


def _called(node: ProductNode) -> str:
    return product_words(node.id, taxonomy())
