"""Slots, and the small questions to a word that indicator and product ask alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Span, Token

from extractor.lexicon import Match
from extractor.mentions import Slot
from extractor.quantities.lexicon import movement
from extractor.scope.frame import Frame, View
from extractor.scope.terms import Terms, lemma_phrase, words_of
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, is_noun, is_verb
from extractor.taxonomy import taxonomy

_NAMELESS = ("generic_units", "company_references", "area_references", "price_adjectives")
_BESIDE = frozenset({"while", "whereas", "although", "though", "but", "whilst"})
_LONGEST_LABEL = 8  # tokens before the colon of a list item


@lru_cache(maxsize=1)
def indicator_verbs() -> dict[str, str]:
    """Verb lemma to indicator."""
    return {verb: node.id for node in taxonomy().indicators.values() for verb in node.verbs}


def is_money(unit: str) -> bool:
    """True for an ISO 4217 code."""
    return len(unit) == 3 and unit.isupper() and unit.isalpha()


def clause_views(frame: Frame) -> Iterator[View]:
    """The views of a figure up to the end of its clause: what a reporting verb above it governs is not its scope."""
    for view in frame.views:
        yield view
        if is_verb(view.node) and (view.node.dep_ in {"ccomp", "parataxis"} or _stands_apart(view.node)):
            return


def _stands_apart(verb: Token) -> bool:
    """True for a clause beside another with a subject of its own: "…, *while* prices in the South West dropped by
    1.7%"."""
    marks = {child.lower_ for child in verb.lefts if child.dep_ in {"mark", "advmod", "cc"}}
    own = any(child.dep_ in SUBJECTS for child in verb.lefts)
    return verb.dep_ == "advcl" and own and bool(marks & _BESIDE)


def term(token: Token, match: Match, rule: str) -> Slot:
    """The node of a term of the packs."""
    doc = token.doc
    return Slot(match.id, words_of(doc, match.first, match.last), rule, doc[match.first].idx)


def is_price_unit(unit: str) -> bool:
    """True for money of any sort, coins and currencies without a code too: "33,120 cedis a tonne", "68 cents"."""
    return is_money(unit) or among(unit, "currencies") or among(unit, "coins")


def verb_event(verb: Token) -> Slot | None:
    """The indicator of a verb of the packs, and of no phrasal verb with it ("made up", "sold out", "shipped off")."""
    event = indicator_verbs().get(verb.lemma_.lower()) if is_verb(verb) else None
    if event is None or any(child.dep_ == "prt" for child in verb.children):
        return None
    return Slot(event, verb.text, "verb of the packs", verb.idx)


def names_something(noun: Token, terms: Terms) -> bool:
    """False for pronouns, bare units, figures, and names of bodies and places."""
    if noun.pos_ in {"PRON", "NUM", "SYM", "DET"} or not noun.text[0].isalpha() or noun.tag_ in {"JJS", "RBS"}:
        return False
    if is_people(noun, terms):
        return True
    if noun.i in terms.inside_names or noun.i in terms.inside_areas or noun.i in terms.names:
        return False
    lemma = noun.lemma_.lower()
    return not any(among(lemma, group) for group in _NAMELESS)


def is_people(noun: Token, terms: Terms) -> bool:
    """True for a demonym that stands for people ("3.2 million *Syrians*"), not for their country."""
    name = terms.names.get(noun.i)
    return (
        name is not None
        and name.adjective
        and noun.tag_ in {"NNPS", "NNS"}
        and any(child.dep_ in {"nummod", "quantmod"} for child in noun.lefts)
    )


def is_thing(noun: Token, terms: Terms) -> bool:
    """True for a noun that can be a product: no indicator, period, movement, whole or measure."""
    lemma = noun.lemma_.lower()
    match = terms.indicators.get(noun.i)
    if (match is not None and match.role != "agent") or noun.i in terms.inside_periods or lemma in movement().nouns:
        return False
    return names_something(noun, terms) and not among(lemma, "whole_nouns") and not among(lemma, "measure_nouns")


def phrase(noun: Token, terms: Terms, rule: str) -> Slot:
    """A noun with its compound modifiers as id ("dealer partner"), and with all its modifiers as text."""
    if is_verb(noun):
        return Slot(noun.lemma_.lower(), noun.text, rule, noun.idx)
    compounds = [
        t
        for t in noun.lefts
        if t.dep_ == "compound" and t.i not in terms.inside_areas and t.i not in terms.inside_names
    ]
    compounds = [part for t in compounds for part in (*_hyphened(t), t) if part.text[0].isalpha()]
    words = [
        t
        for t in noun.lefts
        if t.dep_ in {"compound", "amod"} and t.i not in terms.inside_areas and t.text[0].isalpha()
    ]
    first = min((words[0].i if words else noun.i), *(t.i for t in compounds), noun.i)
    return Slot(lemma_phrase([*compounds, noun]), words_of(noun.doc, first, noun.i + 1), rule, noun.doc[first].idx)


def _hyphened(word: Token) -> list[Token]:
    """The words that a hyphen ties to the front of a modifier: "*utility*-scale plants"."""
    return [child for child in word.lefts if child.i + 2 == word.i and word.doc[child.i + 1].text == "-"]


def object_of(noun: Token, terms: Terms, prepositions: frozenset[str]) -> Token | None:
    """The thing behind a preposition that hangs on the noun."""
    ends = (
        end for child in noun.rights if child.dep_ == "prep" and child.lower_ in prepositions for end in child.children
    )
    return next((end for end in ends if end.dep_ == "pobj" and is_noun(end) and is_thing(end, terms)), None)


def label_before(frame: Frame) -> Token | None:
    """The noun of a label: "Dishwashers: 300,000 units" is so many dishwashers of whatever the list is about."""
    first = frame.tokens[0]
    sentence = first.sent
    colon = next((t for t in sentence if t.text == ":" and t.i < first.i), None)
    if colon is None or colon.i - sentence.start > _LONGEST_LABEL:
        return None
    if first.i - colon.i > 3 and not _only_figures(first.doc[colon.i + 1 : first.i]):
        return None
    return next((t for t in reversed(sentence.doc[sentence.start : colon.i]) if is_noun(t)), None)


def _only_figures(span: Span) -> bool:
    """True where nothing but another figure with its unit stands between: "Dishwashers: 300,000 units (24.0%)"."""
    return sum(token.text[0].isalpha() for token in span) <= 1
