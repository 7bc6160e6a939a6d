"""How often an article names each country, place and region, headline and lead counted four times."""

from __future__ import annotations

import re
from collections import Counter

from extractor.mentions import Name, quantities, text_of
from extractor.scope.areas.onlookers import is_onlooker
from extractor.scope.areas.references import stands_for_another
from extractor.scope.areas.seats import is_based
from extractor.scope.clause.phrases import is_money
from extractor.scope.terms import Terms, country_of
from extractor.scope.words import among
from extractor.syntax import SUBJECTS
from extractor.taxonomy import ABROAD, WORLD, taxonomy
from extractor.tokens import Doc

_EU = "eu"
_BLOC = re.compile(r"\b[Tt]he bloc\b")
_OF_PLACE = 3  # times that a dateline counts as naming its country
_LONGEST_DESCRIPTION, _LONGEST_NAME = 5, 4  # tokens of what a name is, and of the name
_OF_MONEY = 2  # times that sums in a currency count, at most
DOERS = SUBJECTS | {"poss"}


def name_weights(doc: Doc, terms: Terms, opening: int, firm: str = "") -> Counter[str]:
    """How often each country and place of the packs is named: in the opening four times, the more if it does something,
    the other end of a flow half; what only says whose the one firm is does not count.
    """
    nodes = taxonomy().areas
    weights: Counter[str] = Counter()
    for i, name in sorted(terms.names.items()):
        if name.type != "area" or name.id not in nodes or nodes[name.id].kind == "region":
            continue
        if (doc[i].dep_ == "compound" and is_onlooker(doc[i].head, terms)) or is_based(name, doc):
            continue
        if stands_for_another(name, doc[i], terms) or (firm and _described(name, doc, terms) == firm):
            continue  # "the *US* group", "*Maravian* parking app ParkEasy": one firm of that country
        product = name.adjective and not {doc[i].head.i, i + 1}.isdisjoint(terms.products)  # "*Chinese* urea docks"
        once = 1 if product or _is_other_end(doc, name) else 3 if i < opening and doc[i].dep_ in DOERS else 2
        weights[name.id] += once * (4 if i < opening else 1)
    return _halved(weights)


def _described(name: Name, doc: Doc, terms: Terms) -> str:
    """The id of the name before which a demonym and a few words in lower case say what it is; empty without."""
    i = name.last if name.adjective else len(doc)
    while i < min(len(doc), name.last + _LONGEST_DESCRIPTION) and doc[i].is_alpha and doc[i].text.islower():
        i += 1
    ends = (terms.names.get(last) for last in range(i, i + _LONGEST_NAME))
    return next((other.id for other in ends if other is not None and other.first == i), "")


def area_weights(
    doc: Doc, terms: Terms, opening: int, named: Counter[str], dateline: str, firm: str = ""
) -> Counter[str]:
    """The weights of the areas named, with what else tells of them: their bodies but for one firm, the country of the
    dateline, their money.
    """
    nodes = taxonomy().areas
    told: Counter[str] = Counter()
    for i, area in terms.areas_of_bodies.items():
        kind = terms.names[i].kind if i in terms.names else ""
        if firm and i in terms.names and terms.names[i].id == firm:
            continue
        if kind in {"analyst", "media"} or (nodes[area].kind == "place" and kind != "government"):
            continue  # "Stockholm International Peace Research Institute", "University Hospital Limerick"
        once = 3 if i < opening and doc[i].dep_ in DOERS else 1
        told[area] += once * (4 if i < opening else 1)
    if dateline:
        told[dateline] += 2 * _OF_PLACE
    shown = {country_of(area) for area in (*named, *told)}
    for country, times in _currencies(doc).items():
        if country in shown:
            told[country] += 2 * min(times, _OF_MONEY)
    return named + _halved(told)


def _halved(weights: Counter[str]) -> Counter[str]:
    return Counter({area: (weight + 1) // 2 for area, weight in weights.items()})


def main_region(doc: Doc, terms: Terms, opening: int) -> tuple[str, int] | None:
    """The region or bloc that is named most ("the *euro zone*", not "European" cars), with its weight and that of
    regions around it and in it ("Europe").
    """
    weights: Counter[str] = Counter()
    nodes = taxonomy().areas
    for i, name in sorted(terms.names.items()):
        region = name.id in nodes and nodes[name.id].kind == "region" and name.id not in terms.speakers
        if region and not name.adjective and name.id not in {WORLD, ABROAD}:
            weights[name.id] += (1 if _is_other_end(doc, name) else 2) * (4 if i < opening else 1)
    if weights[_EU]:
        weights[_EU] += len(_BLOC.findall(text_of(doc)))
    main = next((region for region, _ in weights.most_common(1)), None)
    if main is None:
        return None
    within = taxonomy().area_ancestors
    akin = sum(times for other, times in weights.items() if main in {other, *within(other)} or other in within(main))
    return main, (akin + 1) // 2


def _currencies(doc: Doc) -> Counter[str]:
    """How many sums are in each country's currency: the code (ISO 4217) begins with the country's; dollars and euros
    are everybody's.
    """
    units = (quantity.unit for quantity in quantities(doc))
    return Counter(unit[:2] for unit in units if is_money(unit) and unit not in {"USD", "EUR"})


def _is_other_end(doc: Doc, name: Name) -> bool:
    before = doc[name.first - 1].lower_ if name.first else ""
    return among(before, "counterpart_prepositions") or among(before, "origin_prepositions")
