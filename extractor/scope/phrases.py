"""Slots, and the small questions to a word that indicator and product ask alike."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Span, Token

from extractor.lexicon import Match
from extractor.mentions import Measure, Slot, text_of
from extractor.names import body_kind
from extractor.quantities.lexicon import lexicon, movement
from extractor.scope.frame import Frame
from extractor.scope.terms import Terms, lemma_phrase, words_of
from extractor.scope.words import among, deeds
from extractor.syntax import is_noun, is_verb
from extractor.taxonomy import taxonomy

_NAMELESS = ("generic_units", "company_references", "area_references", "price_adjectives")
_PARTICLES = frozenset({"out", "off", "in", "up", "down", "away", "aside", "home", "back"})
_NO_NOUNS = frozenset({"JJS", "RBS"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_LONGEST_LABEL = 8  # tokens before the colon of a list item


@lru_cache(maxsize=1)
def indicator_verbs() -> dict[str, str]:
    """Verb lemma to indicator."""
    return {verb: node.id for node in taxonomy().indicators.values() for verb in node.verbs}


def is_money(unit: str) -> bool:
    """True for an ISO 4217 code."""
    return len(unit) == 3 and unit.isupper() and unit.isalpha()


def term(token: Token, match: Match, rule: str, terms: Terms) -> Slot:
    """The node of a term of the packs, with its modifiers as text: "gross non-performing *loans*"."""
    doc = token.doc
    first = _widened(token, match.first, terms)
    return Slot(match.id, words_of(doc, first, match.last), rule, doc[first].idx)


def _widened(noun: Token, first: int, terms: Terms) -> int:
    """Where a noun phrase begins with the words that say which: no article, owner, number, place or period."""
    doc, sentence = noun.doc, noun.sent.start
    while first > sentence:
        word = doc[first - 1]
        if word.text == "-" and not word.whitespace_ and first - 2 >= sentence and doc[first - 2].text[0].isalpha():
            first -= 2
            continue
        if not _modifies(word, noun, terms):
            break
        first -= 1
    return first


def _modifies(word: Token, noun: Token, terms: Terms) -> bool:
    if word.dep_ not in _MODIFIERS or not word.text[0].isalpha() or word.tag_ in {"CD", "JJS", "RBS"}:
        return False
    if word.i in terms.inside_areas or word.i in terms.inside_names or word.i in terms.inside_periods:
        return False
    head = word.head
    return head.i <= noun.i and (head.i == noun.i or head.head.i == noun.i or head.dep_ in _MODIFIERS)


def is_price_unit(unit: str) -> bool:
    """True for money of any sort, coins and currencies without a code too: "33,120 cedis a tonne", "68 cents"."""
    return is_money(unit) or among(unit, "currencies") or among(unit, "coins")


def sort_of(measure: Measure, counted: Token | None, terms: Terms) -> str:
    """The table of `deeds.toml` that holds for a figure."""
    if is_price_unit(measure.unit):
        return "money"
    if measure.unit == "percent":
        return "share"
    if counted is not None and (is_people(counted, terms) or _is_person(counted, terms)):
        return "people"
    words = measure.unit.split()
    if words and (words[0] == "square" or among(words[-1], "area_units")):
        return "area"
    if words and (words[0] == "cubic" or among(words[0], "volume_units")):
        return "volume"
    return "things" if counted is not None and not among(counted.lemma_.lower(), "generic_units") else ""


def _is_person(noun: Token, terms: Terms) -> bool:
    match = terms.products.get(noun.i)
    return match is not None and "person" in (match.id, *taxonomy().product_ancestors(match.id))


def is_direct(verb: Token, below: Token) -> bool:
    """True for what a verb acts on and does nothing more to.

    "*raised* $3 million", not "raised the rent *to* $900" or "made $175 million *available*".
    """
    if any(
        child.dep_ in {"oprd", "acomp", "ccomp"} or (child.dep_ == "dobj" and child.i != below.i)
        for child in verb.rights
    ):
        return False
    return below.dep_ in {"dobj", "nsubjpass"} or (below.dep_ == "nsubj" and verb.tag_ != "VBN")


def verb_event(verb: Token, sort: str = "") -> Slot | None:
    """The indicator of a verb for a sort of figure; a particle makes another verb: "wrote *off*", "made *up*"."""
    if not is_verb(verb):
        return None
    particle = next((child for child in verb.rights if child.dep_ == "prt" or _is_particle(child, verb)), None)
    lemma = verb.lemma_.lower()
    if particle is None:
        behind = next((child for child in verb.rights if child.dep_ == "prep" and child.i == verb.i + 1), None)
        if behind is not None and among(f"{lemma} {behind.lower_}", "prepositional_verbs"):
            return None
        event = deeds().get((lemma, sort)) or indicator_verbs().get(lemma)
        return None if event is None else Slot(event, verb.text, "verb of the packs", verb.idx)
    whole = f"{lemma} {particle.lower_}"
    event = deeds().get((whole, sort)) or indicator_verbs().get(whole)
    return None if event is None else Slot(event, f"{verb.text} {particle.text}", "verb of the packs", verb.idx)


def names_something(noun: Token, terms: Terms) -> bool:
    """False for pronouns, bare units, figures, and names of bodies and places."""
    if noun.pos_ in {"PRON", "NUM", "SYM", "DET"} or not noun.text[0].isalpha() or noun.tag_ in _NO_NOUNS:
        return False
    if among(noun.lower_, "absolute_possessives") or _is_scale(noun):
        return False
    if is_people(noun, terms):
        return True
    if noun.i in terms.inside_names or noun.i in terms.inside_areas or noun.i in terms.names:
        return False
    lemma = noun.lemma_.lower()
    return not any(among(lemma, group) for group in _NAMELESS) and not _is_unit(lemma, noun.lower_)


def _is_scale(token: Token) -> bool:
    """True for the end of "£22m." that the tokeniser cuts off at the end of a sentence."""
    return token.text.endswith(".") and token.i > 0 and token.nbor(-1).like_num and not token.nbor(-1).whitespace_


def _is_unit(lemma: str, word: str) -> bool:
    """True for units and currencies: "500 *soles*", "9,001 square *km*"."""
    known = lexicon()
    return word in known.unit_symbols or any(
        each in known.unit_words or each in known.currency_names for each in (lemma, word)
    )


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
    counted = any(child.dep_ == "nummod" for child in noun.lefts)
    if not counted and (among(lemma, "never_measured") or among(lemma, "no_products") or body_kind(lemma) is not None):
        return False
    return names_something(noun, terms) and not among(lemma, "whole_nouns") and not among(lemma, "measure_nouns")


def phrase(noun: Token, terms: Terms, rule: str) -> Slot:
    """A noun with its compound modifiers as id ("dealer partner"), and with all its modifiers as text."""
    if is_verb(noun):
        return _deed(noun, rule)
    compounds = [
        t
        for t in noun.lefts
        if t.dep_ == "compound" and t.i not in terms.inside_areas and t.i not in terms.inside_names
    ]
    compounds = [part for t in compounds for part in (*_hyphened(t), t) if part.text[0].isalpha()]
    first = min(_widened(noun, noun.i, terms), *(t.i for t in compounds), noun.i)
    return Slot(lemma_phrase([*compounds, noun]), words_of(noun.doc, first, noun.i + 1), rule, noun.doc[first].idx)


def _deed(verb: Token, rule: str) -> Slot:
    """A verb with its particle: "took *in*", "wrote *off*"."""
    particle = next((child for child in verb.rights if child.dep_ == "prt" or _is_particle(child, verb)), None)
    if particle is None:
        return Slot(verb.lemma_.lower(), verb.text, rule, verb.idx)
    return Slot(f"{verb.lemma_.lower()} {particle.lower_}", f"{verb.text} {particle.text}", rule, verb.idx)


def _is_particle(child: Token, verb: Token) -> bool:
    return child.i == verb.i + 1 and child.dep_ == "advmod" and child.lower_ in _PARTICLES


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
    if ":" not in text_of(first.doc)[sentence.start_char : first.idx]:
        return None
    colon = next((t for t in sentence if t.text == ":" and t.i < first.i), None)
    if colon is None or colon.i - sentence.start > _LONGEST_LABEL:
        return None
    between = first.doc[colon.i + 1 : first.i]
    if any(is_verb(token) for token in between) or (len(between) > 2 and not _only_figures(between)):
        return None
    label = sentence.doc[sentence.start : colon.i]
    nouns = [t for t in label if is_noun(t)]
    nouns = [t for t in nouns if body_kind(t.lemma_.lower()) is None and not among(t.lemma_.lower(), "never_measured")]
    heads = (t for t in nouns if not sentence.start <= t.head.i < colon.i or t.head.i == t.i)
    return next(heads, next(reversed(nouns), None))


def _only_figures(span: Span) -> bool:
    """True where nothing but another figure with its unit stands between: "Dishwashers: 300,000 units (24.0%)"."""
    return sum(token.text[0].isalpha() for token in span) <= 1
