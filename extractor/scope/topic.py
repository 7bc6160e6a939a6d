"""What an article is about, as far as its headline and lead agree with the rest: area, product and indicator."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import NamedTuple

import numpy as np
from spacy.attrs import LEMMA, POS
from spacy.symbols import VERB
from spacy.tokens import Doc, Token

from extractor.lexicon import Match
from extractor.mentions import Slot, names, text_of
from extractor.naming import body_kind, is_area_name, name_words, normalise
from extractor.scope.phrases import indicator_verbs
from extractor.scope.roles import WORLD, is_onlooker, is_reference
from extractor.scope.terms import Terms, dateline_tokens, words_of
from extractor.scope.words import among
from extractor.syntax import SUBJECTS
from extractor.taxonomy import taxonomy

_OPENING_SENTENCES = 3
_OWNER = re.compile(r"\b([A-Z][a-z]{3,})[’']s\b")
_LEAST_WORDS = 6  # of a sentence or headline
_LEAST_WEIGHT = 4
_CLEARLY = 1.5  # times the weight of the next body: an article on rivals is about neither
_LEAST_PLACE = 5  # of a place that wins over its country: named in the opening and once more
_LEAST_PART = 1 / 3  # of all areas named
_DOERS = SUBJECTS | {"poss"}


class Topic(NamedTuple):
    """What an article is about; None where it does not stand out."""

    area: Slot | None
    product: Slot | None
    indicator: Slot | None


NO_TOPIC = Topic(None, None, None)


def topic_of(doc: Doc, terms: Terms) -> Topic:
    """The area, product and indicator that an article is about, as far as its headline and lead agree with the rest."""
    opening = _opening(doc)
    return Topic(
        area=_topic_area(doc, terms, opening),
        product=_topic_product(doc, terms, opening),
        indicator=_most_named(doc, {**_event_verbs(doc), **nouns_of(terms)}, opening),
    )


def nouns_of(terms: Terms) -> dict[int, Match]:
    """The indicators that are named by a noun, by token index."""
    return {i: match for i, match in terms.indicators.items() if match.role == "noun"}


def _event_verbs(doc: Doc) -> dict[int, Match]:
    """The packs' verbs in the parsed sentences, as terms: "demonstrated" speaks of turnout as the noun does."""
    verbs = indicator_verbs()
    parts, lemmas = doc.to_array([POS, LEMMA]).T
    known = doc.vocab.strings
    return {
        i: Match(i, i + 1, "indicator", event, "noun")
        for i in np.flatnonzero(parts == VERB).tolist()
        if (event := verbs.get(known[int(lemmas[i])].lower())) is not None
    }


def _opening(doc: Doc) -> int:
    """Where headline and lead end: the third sentence, without bylines and datelines, or the end of a short text."""
    wordy = (s.end for s in doc.sents if len(s) >= _LEAST_WORDS)
    return next(itertools.islice(wordy, _OPENING_SENTENCES - 1, None), len(doc))


def _most_named(doc: Doc, matches: dict[int, Match], opening: int) -> Slot | None:
    """The node named most, the opening counted thrice; None where none stands out."""
    weights = _weights(matches, opening)
    if not weights:
        return None
    best = max(weights.values())
    if best < _LEAST_WEIGHT or best < 0.3 * weights.total():
        return None
    first = next(match for i, match in sorted(matches.items()) if weights[match.id] == best)
    return Slot(first.id, words_of(doc, first.first, first.last), "topic of the article", doc[first.first].idx)


def _weights(matches: dict[int, Match], opening: int) -> Counter[str]:
    weights: Counter[str] = Counter()
    for i, match in matches.items():
        weights[match.id] += 3 if i < opening else 1
    return weights


def _topic_product(doc: Doc, terms: Terms, opening: int) -> Slot | None:
    """The product that headline or lead and body speak of most; else the one that most of those named are parts of."""
    named = {match.id for i, match in terms.products.items() if i < opening}
    topic = _most_named(doc, terms.products, opening)
    if topic is not None and topic[0] in named:
        return topic
    weights = _weights(terms.products, opening)
    lines: Counter[str] = Counter()
    for product, weight in weights.items():
        for node in (product, *sorted(taxonomy().product_ancestors(product))):
            lines[node] += weight
    whole = next(
        (node for node, weight in lines.most_common(1) if weight > max(0.5 * weights.total(), _LEAST_WEIGHT)), None
    )
    if whole is None or not named & {whole, *(n for n in named if whole in taxonomy().product_ancestors(n))}:
        return None
    return Slot(whole, taxonomy().products[whole].names[0], "topic of the article")


def _topic_area(doc: Doc, terms: Terms, opening: int) -> Slot | None:
    """The country, place or body that headline and lead speak of and that is named most in all.

    A place wins over its country where the country itself is named less ("a march through *Lille*"); a firm, a club or
    a land that no pack knows wins over both where it is named more. None where headline and lead speak of the world,
    and where many countries are named and none stands out.
    """
    areas, (body, weight) = _area_weights(doc, terms, opening), _main_body(doc, terms, opening)
    countries: Counter[str] = Counter()
    for area, times in areas.items():
        countries[_country(area)] += times
    best = max(countries.values(), default=0)
    of_world = any(name.id == WORLD and i < opening for i, name in terms.names.items())
    if weight > best and weight >= _LEAST_WEIGHT and not of_world:
        return _first_named(doc, terms, body)
    if best < 2:
        return _dateline_country(doc)
    if best < _LEAST_PART * countries.total():
        return None
    if best < _LEAST_WEIGHT and any(name.id == WORLD for name in terms.names.values()):
        return None
    country = next(area for area, times in countries.items() if times == best)
    nodes = taxonomy().areas
    place = next((area for area, _ in areas.most_common() if _country(area) == country), country)
    if (
        nodes[place].speaks_for is None
        and areas[place] >= _LEAST_PLACE
        and areas[place] > max(areas[country], best / 2)
    ):
        return _first_named(doc, terms, place)
    known = country in nodes and nodes[country].kind == "country"
    return Slot(country, nodes[country].names[0], "topic of the article") if known else None


def _dateline_country(doc: Doc) -> Slot | None:
    """The country from whose capital or town an article is sent, where it names no other: "DHAKA, May 2 - The country's
    exports"."""
    ends = dateline_tokens(doc)
    nodes = taxonomy().areas
    for name in names(doc):
        if name.type == "area" and name.last in ends and name.id in nodes:
            country = _country(name.id)
            known = nodes[country].kind == "country"
            return Slot(country, nodes[country].names[0], "country of the dateline") if known else None
    return None


def _area_weights(doc: Doc, terms: Terms, opening: int) -> Counter[str]:
    """How often each country and place of the packs is named, the opening counted four times, the other end of a flow
    half."""
    nodes = taxonomy().areas
    weights: Counter[str] = Counter()
    for i, name in sorted(terms.names.items()):
        if name.type != "area" or name.id not in nodes or nodes[name.id].kind == "region":
            continue
        before = doc[name.first - 1].lower_ if name.first else ""
        if doc[i].dep_ == "compound" and is_onlooker(doc[i].head, terms):
            continue
        other = among(before, "counterpart_prepositions") or among(before, "origin_prepositions")
        once = 1 if other else 3 if i < opening and doc[i].dep_ in _DOERS else 2
        weights[name.id] += once * (4 if i < opening else 1)
    for i, area in terms.areas_of_bodies.items():
        once = 3 if i < opening and doc[i].dep_ in _DOERS else 1
        weights[area] += once * (4 if i < opening else 1)
    return Counter({area: (weight + 1) // 2 for area, weight in weights.items()})


def _main_body(doc: Doc, terms: Terms, opening: int) -> tuple[str, int]:
    """The firm, club or unknown land of the opening that is named most, with its weight; none where another comes
    close.

    It is counted in the bare text, since headline and figureless sentences were not parsed.
    """
    forms: dict[str, str] = {}
    doers: set[str] = set()
    for i, name in sorted(terms.names.items()):
        firm = (name.kind in {"company", "media"} or name.type == "name") and not is_reference(name, doc[i])
        own = name.id not in terms.speakers or (i < opening and doc[i].dep_ == "poss")
        if firm and own and _takes_part(doc[i]):
            words = words_of(doc, name.first, name.last)
            forms[name.id] = min(forms.get(name.id, words), words, key=len)
            if doc[i].dep_ in _DOERS:
                doers.add(name.id)
    text = text_of(doc)
    lead = doc[opening].idx if opening < len(doc) else len(text)
    for words in _owners_in(text[:lead], doc, terms):
        if normalise(words) not in forms:
            forms[normalise(words)] = words
            doers.add(normalise(words))
    weights: Counter[str] = Counter()
    for name_id, words in forms.items():
        begun, after = text.count(words, 0, lead), text.count(words, lead)
        if begun and (name_id in doers or begun + after > 1) and not _is_event(words, text):
            weights[name_id] = 4 * begun + after
    body, weight = next(iter(weights.most_common(1)), ("", 0))
    rivals = (times for name_id, times in weights.items() if name_id not in body and body not in name_id)
    return (body, weight) if weight >= _CLEARLY * max(rivals, default=0) else ("", 0)


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
    return token.dep_ in _DOERS or (token.dep_ == "pobj" and token.head.lower_ == "in")


def _is_event(words: str, text: str) -> bool:
    """True for the name of a storm, an operation, a feast."""
    return among(words.lower().split()[0], "event_names") or any(
        among(before.lower(), "event_names") for before in re.findall(rf"(\w+) {re.escape(words)}\b", text)
    )


def _first_named(doc: Doc, terms: Terms, name_id: str) -> Slot:
    name = next((name for _, name in sorted(terms.names.items()) if name.id == name_id), None)
    if name is None:  # one that only the headline has
        start = text_of(doc).lower().find(name_id)
        return Slot(name_id, text_of(doc)[start : start + len(name_id)], "topic of the article", start)
    return Slot(name.id, words_of(doc, name.first, name.last), "topic of the article", doc[name.first].idx)


def _country(area: str) -> str:
    """The country that a place lies in; any other area is itself."""
    nodes = taxonomy().areas
    node = nodes.get(area)
    if node is None or node.kind != "place":
        return area
    return next((parent for parent in node.within if parent in nodes and nodes[parent].kind == "country"), area)
