"""The thing that was found to be counted: its node or its words, what it includes, and what can be said of it."""

from __future__ import annotations

from functools import lru_cache

from extractor.lexicon import Match
from extractor.mentions import Scope, Slot
from extractor.quantities.lexicon import lexicon
from extractor.scope.clause.phrases import indicator_verbs, is_people, phrase
from extractor.scope.rules import KNOWN_NOUN
from extractor.scope.terms import Terms, lemma_phrase, words_of
from extractor.scope.words import among
from extractor.syntax import is_noun, is_proper, sentence_end, sentence_start
from extractor.taxonomy import taxonomy
from extractor.tokens import Token

_PEOPLE = "person"
_WHOLE = "whole of the things joined"


def product_slot(token: Token, terms: Terms) -> Slot:
    """The slot for a word that was found to be what is counted."""
    joined = _joined(token, terms)
    whole = _whole_of(joined)
    if whole is not None:
        first, last = joined[0], joined[-1]
        words = words_of(token.doc, first.first, last.last)
        return Slot(whole, words, _WHOLE, token.doc[first.first].idx)
    if is_people(token, terms):
        return Slot(_PEOPLE, token.text, "people by their country", token.idx)
    match = terms.products.get(token.i)
    return _restricted(token, match, terms) if match is not None else phrase(token, terms, "noun by its place")


def unit_of(scope: Scope, unit: str) -> str:
    """The unit of a count, which is the whole where one number counts several things: vehicles, not cars."""
    nodes = taxonomy().products
    if scope.product is None or Slot(*scope.product).rule != _WHOLE:
        return unit
    parts = {name for part in scope.includes if part in nodes for name in nodes[part].names}
    return nodes[scope.product[0]].names[0] if unit in parts else unit


@lru_cache(maxsize=1024)
def is_weighed(unit: str) -> bool:
    """True for tonnes, litres, watts and the like."""
    return "watt" in unit or among(unit.split()[0] if unit else "", "volume_units")


def is_physical(unit: str) -> bool:
    """True for tonnes, hectares, cubic feet and the like."""
    words = unit.split()
    return bool(words) and (
        is_weighed(unit) or among(words[-1], "area_units") or not {"square", "cubic"}.isdisjoint(words)
    )


@lru_cache(maxsize=4096)
def has_weight(product: str, unit: str) -> bool:
    """False for people and sites, of which there are no tonnes or watts, and for currents in tonnes."""
    if is_actor(product) or among(product, "site_products"):
        return False
    return "watt" in unit or not among(product, "weightless_products")


def _joined(token: Token, terms: Terms) -> list[Match]:
    """The things of the packs that one number counts together: "249,200 *cars, trucks and buses*"."""
    if token.i not in terms.products or not token.conjuncts or token.dep_ == "conj":
        return []
    row = [each for each in (token, *token.conjuncts) if is_noun(each)]
    if any(is_proper(each) and each.i > sentence_start(each) for each in row):
        return []  # "its *Truck & Bus* brand"
    own_number = any(child.dep_ in {"nummod", "det", "poss"} for each in row[1:] for child in each.lefts)
    named = [terms.products[each.i] for each in row if each.i in terms.products]
    return named if len(named) > 1 and len(named) + 1 >= len(row) and not own_number else []


def _whole_of(joined: list[Match]) -> str | None:
    """The narrowest product of the packs of which all are parts; none for people, who have little in common."""
    if not joined:
        return None
    nodes = taxonomy()
    lines = [{match.id, *nodes.product_ancestors(match.id)} for match in joined]
    shared = set.intersection(*lines)
    if not shared or _PEOPLE in shared or any(match.id in shared for match in joined):
        return None
    return max(sorted(shared), key=lambda node: len(nodes.product_ancestors(node)))


@lru_cache(maxsize=4096)
def is_actor(product: str) -> bool:
    """True for products that act: people, firms, institutions."""
    return any(among(node, "actor_products") for node in (product, *taxonomy().product_ancestors(product)))


def can_be(product: Slot | None, indicator: Slot | None) -> bool:
    """False for people or gases let off as goods ("sales of *subscribers*"), and for things as those who died or were
    hurt.
    """
    node = taxonomy().indicators.get(indicator.id) if indicator is not None else None
    if product is None or node is None:
        return True
    line = (product.id, *taxonomy().product_ancestors(product.id))
    if among(node.id, "of_people"):
        return "person" in line
    return not (node.monetary or node.mirror) or not ("person" in line or among(product.id, "emitted_products"))


def is_a_person(product: str) -> bool:
    """True for people of any sort."""
    return _PEOPLE in (product, *taxonomy().product_ancestors(product))


def _restricted(token: Token, match: Match, terms: Terms) -> Slot:
    """The product's node, or the words where a modifier makes it a narrower thing ("used cars" are not cars)."""
    first = match.first
    narrowing = [
        child
        for child in token.lefts
        if child.i < first and child.dep_ in {"amod", "compound"} and child.text[0].isalpha() and _narrows(child, terms)
    ]
    doc = token.doc
    if not narrowing:
        return Slot(match.id, words_of(doc, first, match.last), KNOWN_NOUN, doc[first].idx)
    narrowing = sorted({part for each in narrowing for part in _with_its_own(each)}, key=lambda part: part.i)
    words = [*narrowing, *doc[first : match.last]]
    start = narrowing[0].i
    return Slot(
        lemma_phrase(list(words)), words_of(doc, start, match.last), "noun of the packs, narrowed", doc[start].idx
    )


def _with_its_own(modifier: Token) -> tuple[Token, ...]:
    """A modifier with what modifies it: "*eco*-friendly cars", "*primary* school teachers"."""
    own = [child for child in modifier.lefts if child.dep_ in {"amod", "compound", "npadvmod", "nmod"}]
    return (*(child for child in own if child.is_lower and child.is_alpha and child.i >= modifier.i - 2), modifier)


def _narrows(modifier: Token, terms: Terms) -> bool:
    if any(child.tag_ == "CD" for child in modifier.lefts):
        return False  # "a three-*course* meal" is a meal
    if modifier.like_num or modifier.lower_ in lexicon().scales or modifier.lower_ in lexicon().suffixes:
        return False
    if modifier.i and modifier.nbor(-1).like_num and not modifier.nbor(-1).whitespace_:
        return False  # "217m passengers"
    if modifier.i in terms.inside_areas or modifier.i in terms.inside_names or modifier.i in terms.indicators:
        return False
    if modifier.tag_ in {"JJR", "JJS", "CD", "NNP", "NNPS", "VBG"} or modifier.lemma_.lower() in indicator_verbs():
        return False
    if modifier.tag_ == "VBN" and any(among(child.lower_, "non_restrictive") for child in modifier.lefts):
        return False  # "newly trained nurses" are nurses
    return not among(modifier.lemma_.lower(), "non_restrictive") and not among(modifier.lower_, "non_restrictive")


def includes(token: Token, terms: Terms) -> tuple[str, ...]:
    """The parts that the text spells out: "vehicles — including passenger cars, buses and trucks"."""
    joined = _joined(token, terms)
    if _whole_of(joined) is not None:
        return tuple(match.id for match in joined)
    opener = next((c for c in token.rights if c.dep_ in {"prep", "acl"} and among(c.lower_, "including")), None)
    if opener is None and token.dep_ == "pobj":  # "exports of machinery, comprising pumps": it hangs on the noun above
        above = token.head.head
        opener = next((c for c in above.rights if c.dep_ in {"prep", "acl"} and among(c.lower_, "including")), None)
    if opener is None:
        return _included_behind(token, terms)
    first = next((below for below in opener.children if below.dep_ in {"pobj", "dobj"}), None)
    if first is None:
        return ()
    parts = sorted((first, *first.conjuncts), key=lambda each: each.i)
    if token in parts:
        return ()
    return tuple(_part(part, terms) for part in parts if part.pos_ != "NUM")


def _included_behind(token: Token, terms: Terms) -> tuple[str, ...]:
    """The parts that the end of the clause spells out: "… vehicles to have left the country, *buses and trucks
    included*".
    """
    end, whole = sentence_end(token), terms.products.get(token.i)
    closing = next((i for i in range(token.i + 2, end) if token.doc[i].lower_ == "included"), None)
    if closing is None or whole is None:
        return ()
    parts: list[str] = []
    for i in range(closing - 1, token.i, -1):
        word, match = token.doc[i], terms.products.get(i)
        if match is not None and whole.id in taxonomy().product_ancestors(match.id):
            parts.insert(0, match.id)
        elif not (among(word.lower_, "joints") or word.lower_ == "both") and word.dep_ not in {
            "amod",
            "compound",
            "det",
        }:
            return ()
        if parts and token.doc[i - 1].text in {",", "–", "—"} and token.doc[i - 2].i not in terms.products:
            break
    return tuple(parts)


def _part(token: Token, terms: Terms) -> str:
    match = terms.products.get(token.i)
    return match.id if match is not None else phrase(token, terms, "").id
