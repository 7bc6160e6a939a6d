"""Whose figures an article tells where a sentence names nobody: its country, place, firm or club.

Headline and lead count most, those who do or have something more than those at whom something is directed, and
onlookers not at all.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractor.mentions import Name, Slot, names, quantities, text_of
from extractor.naming import body_kind, is_area_name, name_words, normalise
from extractor.scope.onlookers import is_onlooker
from extractor.scope.phrases import is_money
from extractor.scope.references import is_reference
from extractor.scope.terms import Terms, country_of, dateline_tokens, words_of
from extractor.scope.words import among
from extractor.syntax import SUBJECTS
from extractor.taxonomy import ABROAD, WORLD, taxonomy

_OWNER = re.compile(r"\b([A-Z][a-z]{3,})[’']s\b")
_TITLED = re.compile(r"\b([A-Za-z]+) ([A-ZÀ-Þ][\w’-]{2,})|^([A-ZÀ-Þ][\w’-]{2,})(?= [a-z])")
"""A capitalised word of a headline with the word before it."""
_PREFIX = re.compile(r"^(?:#+ +|[A-Z]{4,}(?: \d+)?[:-] ?)+")
_NOT_ABOUT = frozenset({"by", "from", "with", "against", "than", "over", "mr", "ms", "dr"})
_LEAST_TITLED = 2  # times that a text has the place that only its headline tells
_LEAST_WEIGHT = 4
_CLEARLY = 1.5  # times the weight of the next body: an article on rivals is about neither
_LEAST_PLACE = 5  # of a place that wins over its country: named in the opening and once more
_LEAST_LONE = 3  # of one in the headline whose country is not named at all
_LEAST_PART = 1 / 3  # of all areas named
_MANY = 3  # countries, so that an article on the world tells of them too
_OF_PLACE = 3  # times that a dateline counts as naming its country
_OF_MONEY = 2  # times that sums in a currency count, at most
_SHORTEST = 3  # letters, and more, of the word that stands for a firm
_LONGEST_WORD = 20
_FRONT = 8  # characters of a headline: what stands there is what it is about
_DOERS = SUBJECTS | {"poss"}
_RULE = "topic of the article"


class Body(NamedTuple):
    """The firm, club or unknown land that an article names most."""

    id: str
    weight: int
    known: bool
    """False for a name of which nothing tells what it is."""


class Home(NamedTuple):
    """Whose figures an article tells, and of which country."""

    area: Slot | None
    land: str


def home_of(doc: Doc, terms: Terms, opening: int) -> Home:
    """Whose figures an article tells, and the country that it names most; `opening` is the token behind headline and
    lead.
    """
    areas = _area_weights(doc, terms, opening)
    countries: Counter[str] = Counter()
    for area, times in areas.items():
        countries[country_of(area)] += times
    known = (area for area, _ in countries.most_common() if taxonomy().areas[area].kind == "country")
    return Home(_home_area(doc, terms, areas, countries, opening), next(known, ""))


def _home_area(doc: Doc, terms: Terms, areas: Counter[str], countries: Counter[str], opening: int) -> Slot | None:
    """The country, place or body that headline and lead speak of and that is named most in all.

    A place wins over its country where the country itself is named less ("a march through *Lille*"); a firm, a club or
    a land that no pack knows wins over both where it is named more. None where headline and lead speak of the world,
    and where many countries are named and none stands out.
    """
    body = _main_body(doc, terms, opening)
    best = max(countries.values(), default=0)
    dateline = _dateline_country(doc)
    if _world_heads_title(terms) and len(countries) >= _MANY:
        return Slot(WORLD, "world", _RULE)
    region = _main_region(doc, terms, opening)
    if region is not None and region[1] > max(best, _LEAST_WEIGHT):
        return _first_named(doc, terms, region[0])
    titled = _titled_place(doc, terms)
    if titled is not None:
        return titled
    if _opens_title(doc, body.id) and body.weight >= max(_LEAST_WEIGHT, best / 2) and not _shares_title(doc, terms):
        return _first_named(doc, terms, body.id)
    told = body.known or dateline is None or _heads_title(doc, body.id)
    if told and _outweighs(body, areas, best) and not _of_world(terms, opening):
        return _first_named(doc, terms, body.id)
    if best < 2 or (best == 2 and not any(country in areas for country in countries)):
        return dateline
    if best < _LEAST_PART * countries.total():
        return None
    if best < _LEAST_WEIGHT and any(name.id == WORLD for name in terms.names.values()):
        return None
    leading = _leading_area(doc, terms, areas, countries, opening)
    if leading is not None and any(name.id == WORLD for name in terms.names.values()):
        return leading if _is_told_early(doc, terms, country_of(leading.id), opening) else None
    return leading


def _outweighs(body: Body, areas: Counter[str], best: int) -> bool:
    """True for a body that is named more than any country: a known one only more than any area by itself, since a town
    with its country and three more of its towns is no rival to its port.
    """
    alone = max(areas.values(), default=0)
    wins = body.weight > best or (body.known and body.weight >= _CLEARLY * alone)
    return wins and body.weight >= _LEAST_WEIGHT


def _leading_area(doc: Doc, terms: Terms, areas: Counter[str], countries: Counter[str], opening: int) -> Slot | None:
    """The country named most, or a place of it that is named more; of two countries, the one that acts first."""
    best = max(countries.values())
    tied = [area for area, times in countries.items() if times == best]
    country = tied[0] if len(tied) == 1 else _first_doer(doc, terms, tied, opening)
    nodes = taxonomy().areas
    place = next((area for area, _ in areas.most_common() if country_of(area) == country), country)
    told = _is_in_title(terms, doc, place)
    seat = nodes[place].speaks_for is not None  # "Pretoria" may be those who govern
    lone = told and (not areas[country] or not (seat or _is_in_title(terms, doc, country)))
    least = _LEAST_LONE if lone else _LEAST_PLACE
    itself = lone or nodes[place].speaks_for is None  # "Beijing" may be all of China where that is named
    if itself and areas[place] >= least and areas[place] > max(areas[country], 0 if lone else best / 2):
        return _first_named(doc, terms, place)
    known = country in nodes and nodes[country].kind == "country"
    return Slot(country, nodes[country].names[0], _RULE) if known else None


def _is_in_title(terms: Terms, doc: Doc, area: str) -> bool:
    """True where the first line names an area."""
    end = text_of(doc).find("\n")
    return any(name.id == area and doc[name.first].idx < end for name in terms.names.values())


def _first_doer(doc: Doc, terms: Terms, tied: list[str], opening: int) -> str:
    named = (
        country_of(name.id)
        for i, name in sorted(terms.names.items())
        if i < opening and doc[i].dep_ in _DOERS and name.type == "area"
    )
    return next((area for area in named if area in tied), tied[0])


def _of_world(terms: Terms, opening: int) -> bool:
    """True where headline or lead speak of the whole world."""
    return any(name.id == WORLD and i < opening for i, name in terms.names.items())


def _main_region(doc: Doc, terms: Terms, opening: int) -> tuple[str, int] | None:
    """The region or bloc that is named most ("the *euro zone*", not "European" cars), with its weight."""
    weights: Counter[str] = Counter()
    for i, name in terms.names.items():
        if name.kind == "region" and not name.adjective and name.id not in {WORLD, ABROAD}:
            weights[name.id] += (1 if _is_other_end(doc, name) else 2) * (4 if i < opening else 1)
    found = next(iter(weights.most_common(1)), None)
    return None if found is None else (found[0], (found[1] + 1) // 2)


def _world_heads_title(terms: Terms) -> bool:
    """True where the headline opens with the world: "*World* steel output slips"."""
    return any(name.id == WORLD and name.first == 0 for name in terms.names.values())


def _heads_title(doc: Doc, name_id: str) -> bool:
    """True for the name at the front of a headline, and for one that has something there."""
    return _opens_title(doc, name_id) or f"{name_id}'" in _title(doc)


def _opens_title(doc: Doc, name_id: str) -> bool:
    """True for the name at the front of a headline, whole or by its first word: "*Katana* lowers sights"."""
    title = _title(doc)
    if not name_id:
        return False
    short = name_id.split()[0]
    by_first_word = len(short) > _SHORTEST and title.startswith(f"{short} ") and not is_area_name(short.capitalize())
    return by_first_word or 0 <= title.find(name_id) < _FRONT


def _title(doc: Doc) -> str:
    """The headline in lower case, without what an agency puts before it: "UPDATE 2-"."""
    return _PREFIX.sub("", text_of(doc).split("\n", 1)[0]).lower().replace("’", "'")


def _titled_place(doc: Doc, terms: Terms) -> Slot | None:
    """The place that no pack knows and that the headline alone names: "Floods came to *Aldmoor*", where the text has
    that name again, and in a place's position at least once.
    """
    text = text_of(doc)
    title = text.split("\n", 1)[0]
    end = len(title)
    if any(doc[name.first].idx < end and (name.kind or name.type == "area") for name in terms.names.values()):
        return None
    found: list[str] = []
    for match in _TITLED.finditer(title):
        word = match.group(2) or match.group(3)
        if (
            (match.group(1) or "").lower() not in _NOT_ABOUT
            and word.isalpha()
            and not _is_common(word, doc)
            and word not in found
        ):
            found.append(word)
    times = len(re.findall(rf"\b{re.escape(found[0])}\b", text)) if len(found) == 1 else 0
    if times < _LEAST_TITLED:
        return None
    if found[0].lower() in name_words().given or _is_event(normalise(found[0]), text, [text.find(found[0])]):
        return None
    before = re.search(rf"\b((?i:in|at|near|around|across|outside|of|from|to)) {re.escape(found[0])}\b", text[end:])
    if before is None or (times == _LEAST_TITLED and before.group(1) in {"of", "from", "to"}):
        return None
    return Slot(normalise(found[0]), found[0], _RULE, title.find(found[0]))


def _shares_title(doc: Doc, terms: Terms) -> bool:
    """True where the headline names a country or place too."""
    return any(_is_in_title(terms, doc, name.id) for name in terms.names.values() if name.id in taxonomy().areas)


def _dateline_country(doc: Doc) -> Slot | None:
    """The country from whose capital or town an article is sent, where it names no other: "DHAKA, May 2 - The country's
    exports".
    """
    ends = dateline_tokens(doc)
    nodes = taxonomy().areas
    for name in names(doc):
        if name.type == "area" and name.last in ends and name.id in nodes:
            country = country_of(name.id)
            known = nodes[country].kind == "country"
            return Slot(country, nodes[country].names[0], "country of the dateline") if known else None
    return None


def _area_weights(doc: Doc, terms: Terms, opening: int) -> Counter[str]:
    """How often each country and place of the packs is named, the opening counted four times, the other end of a flow
    half.
    """
    nodes = taxonomy().areas
    weights: Counter[str] = Counter()
    for i, name in sorted(terms.names.items()):
        if name.type != "area" or name.id not in nodes or nodes[name.id].kind == "region":
            continue
        if (doc[i].dep_ == "compound" and is_onlooker(doc[i].head, terms)) or _is_seat(doc, name):
            continue
        product = name.adjective and not {doc[i].head.i, i + 1}.isdisjoint(terms.products)  # "*Chinese* urea docks"
        once = 1 if product or _is_other_end(doc, name) else 3 if i < opening and doc[i].dep_ in _DOERS else 2
        weights[name.id] += once * (4 if i < opening else 1)
    for i, area in terms.areas_of_bodies.items():
        if nodes[area].kind == "place" or (i in terms.names and terms.names[i].kind in {"analyst", "media"}):
            continue  # "Stockholm International Peace Research Institute", "University Hospital Limerick"
        once = 3 if i < opening and doc[i].dep_ in _DOERS else 1
        weights[area] += once * (4 if i < opening else 1)
    dateline = _dateline_country(doc)
    if dateline is not None:
        weights[dateline.id] += 2 * _OF_PLACE
    for country, times in _currencies(doc).items():
        if any(country_of(area) == country for area in weights):
            weights[country] += 2 * min(times, _OF_MONEY)
    return Counter({area: (weight + 1) // 2 for area, weight in weights.items()})


def _is_seat(doc: Doc, name: Name) -> bool:
    """True for where a body sits: "*Tokyo*-based"."""
    return name.last + 1 < len(doc) and doc[name.last].text == "-" and among(doc[name.last + 1].lower_, "seat_words")


def _is_told_early(doc: Doc, terms: Terms, country: str, opening: int) -> bool:
    """True for a country that headline or lead name, by itself, a place or a body, and not only the dateline."""
    named = (name for i, name in terms.names.items() if i < opening and not _is_seat(doc, name))
    bodies = (
        a
        for i, a in terms.areas_of_bodies.items()
        if i < opening and i in terms.names and terms.names[i].kind != "company"
    )
    return any(country_of(area) == country for area in (*(name.id for name in named if name.type == "area"), *bodies))


def _currencies(doc: Doc) -> Counter[str]:
    """How many sums are in each country's currency: the code (ISO 4217) begins with the country's; dollars and euros
    are everybody's.
    """
    units = (quantity.unit for quantity in quantities(doc))
    return Counter(unit[:2] for unit in units if is_money(unit) and unit not in {"USD", "EUR"})


def _is_other_end(doc: Doc, name: Name) -> bool:
    before = doc[name.first - 1].lower_ if name.first else ""
    return among(before, "counterpart_prepositions") or among(before, "origin_prepositions")


def _main_body(doc: Doc, terms: Terms, opening: int) -> Body:
    """The firm, club or unknown land of the opening that is named most; none where another comes close.

    It is counted in the bare text, since headline and figureless sentences were not parsed.
    """
    text = text_of(doc)
    lead = doc[opening].idx if opening < len(doc) else len(text)
    forms, doers, known = _bodies(doc, terms, opening)
    for owner in _owners_in(text[:lead], doc, terms):
        if normalise(owner) not in forms:
            forms[normalise(owner)] = {owner}
            doers.add(normalise(owner))
    weights: Counter[str] = Counter()
    headed: dict[str, int] = {}  # by name, where the headline has it
    for name_id, words in forms.items():
        places = _mentions(text, words, firm=name_id in known)
        begun = sum(place < lead for place in places)
        named = _is_event(name_id, text, places) or (
            name_id not in known and _is_model(text, forms[name_id], len(places))
        )
        if begun and (name_id in doers or len(places) > 1) and not named:
            weights[name_id] = 4 * begun + len(places) - begun
            if places[0] < len(_title(doc)):
                headed[name_id] = places[0]
    body, weight = next(iter(weights.most_common(1)), ("", 0))
    first = min(headed, key=lambda name_id: (headed[name_id], name_id), default="")
    if body in headed and first not in body and body not in first:
        return Body("", 0, known=False)  # "Lumo on *Orchard's* heels"
    rivals = (times for name_id, times in weights.items() if name_id not in body and body not in name_id)
    return (
        Body(body, weight, body in known) if weight >= _CLEARLY * max(rivals, default=0) else Body("", 0, known=False)
    )


def _bodies(doc: Doc, terms: Terms, opening: int) -> tuple[dict[str, set[str]], set[str], set[str]]:
    """The forms of the names that can be what an article is about, by id; those of them that do or have something; and
    those that are known for bodies.
    """
    forms: dict[str, set[str]] = {}
    doers: set[str] = set()
    known: set[str] = set()
    for i, name in sorted(terms.names.items()):
        unknown = name.type == "name" or (name.type == "area" and name.id not in taxonomy().areas)
        firm = (name.kind in {"company", "media"} or unknown) and not is_reference(name, doc[i])
        own = name.id not in terms.speakers or (i < opening and doc[i].dep_ == "poss") or _opens_title(doc, name.id)
        if firm and own and _takes_part(doc[i]):
            forms.setdefault(name.id, set()).add(words_of(doc, name.first, name.last))
            if doc[i].dep_ in _DOERS:
                doers.add(name.id)
            if name.kind:
                known.add(name.id)
    return forms, doers, known


def _mentions(text: str, forms: set[str], *, firm: bool) -> list[int]:
    """Where a text mentions a name by any of its forms, or by the word with which a firm's begins ("*Jadeline*
    Semiconductor"). Plain searches: a pattern for each name would cost more to compile than to run.
    """
    short = min(forms, key=len).split()[0]
    plain = firm and len(short) > _SHORTEST and body_kind(short) is None and not is_area_name(short)
    spans: list[tuple[int, int]] = []
    for form in (*sorted(forms, key=lambda form: (-len(form), form)), *((short,) if plain else ())):
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            whole = not text[end : end + 1].isalnum() and not text[max(start - 1, 0) : start].isalnum()
            if whole and not any(first <= start < last for first, last in spans):
                spans.append((start, end))
            start = text.find(form, end)
    return [start for start, _ in spans]


def _owners_in(text: str, doc: Doc, terms: Terms) -> list[str]:
    """Names that no parse has shown and that have something in the opening: "*Bulawayo*'s water crisis"."""
    known = {doc[i].text for i in (*terms.inside_names, *terms.inside_areas)}
    known.update(doc[name.last - 1].text for name in terms.names.values())
    found = dict.fromkeys(match.group(1) for match in _OWNER.finditer(text))
    return [word for word in found if word not in known and not _is_common(word, doc)]


def _is_common(word: str, doc: Doc) -> bool:
    """True for a word that only has a capital where its sentence begins, and for days and months."""
    low = word.lower()
    if low in name_words().never or doc.vocab[low].is_stop or body_kind(low) is not None or is_area_name(word):
        return True
    return re.search(rf"\b{re.escape(low)}\b", text_of(doc)) is not None


def _takes_part(token: Token) -> bool:
    """True for a name that does or has something, or in which something happens."""
    return token.dep_ in _DOERS or (token.dep_ == "pobj" and token.head.lower_ in {"in", "at"})


def _is_event(name_id: str, text: str, places: list[int]) -> bool:
    """True for the name of a storm, an operation, a feast, by its own first word or the one before it."""
    before = (text[max(place - _LONGEST_WORD, 0) : place].split() for place in places)
    return among(name_id.split()[0], "event_names") or any(
        words and among(words[-1].lower(), "event_names") for words in before
    )


def _is_model(text: str, forms: set[str], times: int) -> bool:
    """True for what somebody makes and numbers, mostly: "*Ariane* 6", "*Galaxy* S24"."""
    numbered = (re.findall(rf"\b{re.escape(form)} [A-Z]?\d{{1,3}}\b(?![.,]?\d| %)", text) for form in forms)
    return 2 * sum(map(len, numbered)) >= times


def _first_named(doc: Doc, terms: Terms, name_id: str) -> Slot:
    name = next((name for _, name in sorted(terms.names.items()) if name.id == name_id), None)
    if name is None:  # one that only the headline has
        start = text_of(doc).lower().find(name_id)
        return Slot(name_id, text_of(doc)[start : start + len(name_id)], _RULE, start)
    return Slot(name.id, words_of(doc, name.first, name.last), _RULE, doc[name.first].idx)
