"""Slots, and the small questions to a word that indicator and product ask alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.lexicon import Match
from extractor.mentions import Measure, Slot, text_between
from extractor.names.words import body_kind
from extractor.quantities.lexicon import lexicon, movement
from extractor.scope.clause.views import Frame
from extractor.scope.rules import KNOWN_VERB, STATE_OF_PEOPLE
from extractor.scope.terms import Terms, lemma_phrase, words_of
from extractor.scope.words import among, deeds, idioms
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, is_noun, is_verb, sentence_start
from extractor.taxonomy import taxonomy
from extractor.tokens import Token

_NAMELESS = ("generic_units", "price_adjectives")
_STAND_FOR_NAMES = ("company_references", "area_references")
_NO_NOUNS = frozenset({"JJS", "RBS"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_SUM = re.compile(r"[A-Z][A-Za-z]{0,2}\d[\d,.]*")  # a sum that was not taken apart: "QR441", "Sh4,600"
_FINITE = frozenset({"VBZ", "VBD", "VBP"})
_LONGEST_LABEL = 8  # tokens before the colon of a list item


@lru_cache(maxsize=1)
def indicator_verbs() -> dict[str, str]:
    """Verb lemma to indicator."""
    return {verb: node.id for node in taxonomy().indicators.values() for verb in node.verbs}


@lru_cache(maxsize=1024)
def is_money(unit: str) -> bool:
    """True for an ISO 4217 code, and no "TEU"."""
    return len(unit) == 3 and unit.isupper() and unit.isalpha() and not among(unit.lower(), "generic_units")


def term(token: Token, match: Match, rule: str, terms: Terms) -> Slot:
    """The node of a term of the packs, with its modifiers as text: "gross non-performing *loans*"."""
    doc = token.doc
    first = _widened(token, match.first, terms)
    return Slot(match.id, words_of(doc, first, match.last), rule, doc[first].idx)


def _widened(noun: Token, first: int, terms: Terms) -> int:
    """Where a noun phrase begins with the words that say which: no article, owner, number, place or period."""
    doc, sentence = noun.doc, sentence_start(noun)
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
    if _is_of_figure(word):
        return False
    if word.i in terms.inside_areas or word.i in terms.inside_names or word.i in terms.inside_periods:
        return False
    head = word.head
    return head.i <= noun.i and (head.i == noun.i or head.head.i == noun.i or head.dep_ in _MODIFIERS)


@lru_cache(maxsize=1024)
def is_price_unit(unit: str) -> bool:
    """True for money of any sort, coins and currencies without a code too: "33,120 cedis a tonne", "68 cents"."""
    return is_money(unit) or among(unit, "currencies") or among(unit, "coins")


def is_measured(unit: str) -> bool:
    """True for kilometres, acres, degrees and the like."""
    return bool(unit) and unit.split()[-1] in lexicon().unit_words


def sort_counted(measure: Measure, counted: Token | None, terms: Terms) -> str:
    """What sort of thing a figure counts, by the name of its table in `deeds.toml`; empty for one of no sort."""
    words = measure.unit.split()
    if is_price_unit(words[0] if words else ""):
        return "pay" if among(words[-1], "pay_units") else "money"
    if measure.unit == "percent":
        return "share"
    if counted is not None and are_people(counted, terms):
        return "people"
    if len(words) == 1 and among(words[0], "calendar_units"):
        return "time"
    if words and (words[0] == "square" or among(words[-1], "area_units")):
        return "area"
    if words and (words[0] == "cubic" or among(words[0], "volume_units") or "watt-hour" in words[0]):
        return "volume"
    if counted is None or among(counted.lemma_.lower(), "others"):
        return _sort_of_unit(measure)
    return "things" if not among(counted.lemma_.lower(), "generic_units") else ""


def _sort_of_unit(measure: Measure) -> str:
    """The sort of a bare number that counts what was counted before: "open 30 shops and close *eight*"."""
    lines = _lines_of_names().get(measure.unit)
    if lines is not None:
        return "people" if "person" in lines else "things"
    return "bare" if (measure.unit == "count" or among(measure.unit, "others")) and measure.kind == "level" else ""


@lru_cache(maxsize=1)
def _lines_of_names() -> dict[str, frozenset[str]]:
    """Each product's name with the product and all that it is a part of."""
    nodes = taxonomy()
    return {
        name: frozenset({node.id, *nodes.product_ancestors(node.id)})
        for node in nodes.products.values()
        for name in node.names
    }


def are_people(noun: Token, terms: Terms) -> bool:
    """True for a noun for people, of the packs or not."""
    match = terms.products.get(noun.i)
    if match is None:
        return is_people(noun, terms) or among(noun.lemma_.lower(), "people_nouns")
    return match is not None and "person" in (match.id, *taxonomy().product_ancestors(match.id))


def lacked(verb: Token, thing: Token) -> Slot | None:
    """What somebody is left or is without: "left 84,000 homes *without power*", the event of losing it."""
    ends = (
        child for top in (verb, thing) for child in top.rights if child.dep_ == "prep" and child.lower_ == "without"
    )
    end = next((below for prep in ends for below in prep.children if below.dep_ == "pobj"), None)
    if end is None or not any(among(verb.lemma_.lower(), group) for group in ("stative_verbs", "state_verbs")):
        return None
    event = idioms().get(("lose", end.lemma_.lower())) or f"without {end.lemma_.lower()}"
    return Slot(event, f"{end.head.text} {end.text}", STATE_OF_PEOPLE, end.head.idx)


def is_direct(verb: Token, below: Token, figure: tuple[Token, ...] = ()) -> bool:
    """True for what a verb acts on and does nothing more to.

    "*raised* $3 million", "cost the trade $3 million", not "raised the rent *to* $900" or "made $175 million
    *available*"; the words of the figure itself are no other object, however they were parsed ("€84" and "m").
    """
    inside = {token.i for token in figure}
    if any(
        child.dep_ in {"oprd", "acomp", "ccomp"} or (child.dep_ == "dobj" and child.i > below.i)
        for child in verb.rights
        if child.i not in inside and verb.doc[child.left_edge.i - 1].text != ","
    ):
        return False
    timed = below.dep_ == "npadvmod" and among(below.lemma_.lower(), "calendar_units")
    return timed or below.dep_ in {"dobj", "nsubjpass"} or (below.dep_ == "nsubj" and verb.tag_ != "VBN")


def verb_event(verb: Token, sort: str = "") -> Slot | None:
    """The indicator of a verb for a sort of figure; a particle makes another verb: "wrote *off*", "made *up*"."""
    if not is_verb(verb) or _is_currency(verb):
        return None
    particle = next((child for child in verb.rights if child.dep_ == "prt" or _is_particle(child, verb)), None)
    lemma = verb.lemma_.lower()
    if verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_ == "let":
        lemma = f"let {lemma}"
    elif lemma == "let" and any(child.lower_ == "go" for child in verb.rights):
        lemma = "let go"
    if sort == "bare":
        says_more = not (among(lemma, "measure_verbs") or among(lemma, "light_verbs") or verb_class(verb))
        sort = next((known for known in ("people", "things") if says_more and (lemma, known) in deeds()), "")
    if particle is None:
        state = next((child for child in verb.rights if child.dep_ in {"acomp", "oprd"}), None)
        if state is not None and (event := idioms().get((lemma, state.lower_))) is not None:
            return Slot(event, f"{verb.text} {state.text}", KNOWN_VERB, verb.idx)
        behind = next((child for child in verb.rights if child.dep_ == "prep" and child.i == verb.i + 1), None)
        if behind is not None and among(f"{lemma} {behind.lower_}", "prepositional_verbs"):
            return None
        event = (_deed_of(f"be {lemma}", sort) if _is_passive(verb) else None) or _deed_of(lemma, sort)
        if event is None or (sort == "time" and among(event, "money_measures")):
            return None
        return Slot(event, verb.text, KNOWN_VERB, verb.idx)
    whole = f"{lemma} {particle.lower_}"
    event = _deed_of(whole, sort)
    return None if event is None else Slot(event, f"{verb.text} {particle.text}", KNOWN_VERB, verb.idx)


def _is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.lefts)


def _is_currency(verb: Token) -> bool:
    """True for "7.4 trln *won*"."""
    before = verb.doc[verb.i - 1] if verb.i else None
    return verb.lower_ == "won" and before is not None and (before.like_num or before.lower_ in lexicon().suffixes)


def _deed_of(lemma: str, sort: str) -> str | None:
    """The event of a verb for a sort of figure; things and people are no sums that the packs' verb would measure."""
    event = deeds().get((lemma, sort)) or (deeds().get((lemma, "money")) if sort == "pay" else None)
    if event is None and (known := indicator_verbs().get(lemma)) is not None:
        counted = sort in {"things", "people", "volume", "area"}
        if counted and among(known, "money_measures") and not among(known, "money_or_things"):
            return None
        return None if sort in {"volume", "area", "money"} and among(known, "counted_only") else known
    return event


def event_behind(verb: Token, preposition: Token) -> Slot | None:
    """The indicator of a verb with the preposition before the figure: "*designed for* 34,000", "*asked for* €31bn"."""
    event = deeds().get((f"{verb.lemma_.lower()} {preposition.lower_}", "behind"))
    return None if event is None else Slot(event, verb.text, KNOWN_VERB, verb.idx)


def names_something(noun: Token, terms: Terms) -> bool:
    """False for pronouns, bare units, figures, and names of bodies and places."""
    if noun.pos_ in {"PRON", "NUM", "SYM", "DET"} or not noun.text[0].isalpha() or noun.tag_ in _NO_NOUNS:
        return False
    if among(noun.lower_, "absolute_possessives") or _is_scale(noun) or noun.i in terms.inside_periods:
        return False
    if noun.tag_ == "NN" and noun.lower_ in lexicon().ordinals:
        return False  # "comes a distant *second* with 53,900"
    if is_people(noun, terms):
        return True
    if noun.i in terms.inside_names or noun.i in terms.inside_areas or noun.i in terms.names:
        return False
    lemma = noun.lemma_.lower()
    counted = noun.tag_ == "NNS" and any(child.dep_ == "nummod" for child in noun.lefts)  # "2,300 *clubs*"
    nameless = _NAMELESS if counted else (*_NAMELESS, *_STAND_FOR_NAMES)
    return not any(among(lemma, group) for group in nameless) and not _is_unit(lemma, noun.lower_)


def _is_scale(token: Token) -> bool:
    """True for a scale that a parser took for a noun ("7.44 *trln* won"), and for the end of "£22m." that the tokeniser
    cuts off at the end of a sentence.
    """
    if token.lower_ in lexicon().suffixes or _SUM.fullmatch(token.text):
        return True
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
    if len(noun.text) == 1 or among(noun.lower_, "state_terms") or among(lemma, "never_products"):
        return False
    counted = noun.tag_ != "NN" and any(child.dep_ == "nummod" for child in noun.lefts)  # no "$6 billion *consensus*"
    if not counted and (among(lemma, "never_measured") or among(lemma, "no_products") or body_kind(lemma) is not None):
        return False
    return names_something(noun, terms) and not among(lemma, "whole_nouns") and not among(lemma, "measure_nouns")


def phrase(noun: Token, terms: Terms, rule: str) -> Slot:
    """A noun with its compound modifiers as id ("dealer partner"), and with all its modifiers as text."""
    if is_verb(noun):
        return _deed(noun, rule)
    named = terms.inside_areas | terms.inside_names
    compounds = [t for t in noun.lefts if t.dep_ == "compound" and t.i not in named and not _is_of_figure(t)]
    parts = {part.i: part for t in compounds for part in (*_hyphened(t), *_whole_word(t)) if part.text[0].isalpha()}
    parts |= {part.i: part for part in _whole_word(noun)}
    first, last = min(_widened(noun, noun.i, terms), *parts), max(parts)
    words = [parts[at] for at in sorted(parts)]
    return Slot(lemma_phrase(words), words_of(noun.doc, first, last + 1), rule, noun.doc[first].idx)


def _whole_word(noun: Token) -> list[Token]:
    """The parts of a hyphenated word whose first part a noun is ("*e*-bikes"), or follows as a letter ("U-*turn*")."""
    doc, first, last = noun.doc, noun.i, noun.i
    while last + 2 < len(doc) and _is_hyphen(doc[last + 1]) and doc[last + 2].text[0].isalpha():
        last += 2
    if first > 1 and _is_hyphen(doc[first - 1]) and len(doc[first - 2].text) == 1 and doc[first - 2].is_alpha:
        first -= 2
    return [doc[at] for at in range(first, last + 1, 2)]


def _is_hyphen(sign: Token) -> bool:
    """True for the hyphen inside a word."""
    return sign.text == "-" and not sign.whitespace_ and not sign.nbor(-1).whitespace_


def _is_of_figure(word: Token) -> bool:
    """True for what belongs to the number before it: "a €700*m* renovation", "a 300 million *euro* impact", "a
    52-*kilometre* detour".
    """
    known, lower = lexicon(), word.lower_
    if lower in known.suffixes or lower in known.scales or among(lower, "percent_words"):
        return True
    at = word.i - 1 - (word.i > 1 and word.nbor(-1).text == "-")
    before = word.doc[at] if at >= 0 else word
    if not (before.like_num or before.lower_ in known.scales):
        return False
    glued = len(lower) <= 2 and not before.whitespace_
    spelt = (lower, word.text, word.lemma_.lower())
    unit = any(each in known.unit_symbols or each in known.unit_words for each in spelt)
    return glued or unit or among(lower, "currencies")


def _deed(verb: Token, rule: str) -> Slot:
    """A verb with its particle: "took *in*", "wrote *off*"."""
    particle = next((child for child in verb.rights if child.dep_ == "prt" or _is_particle(child, verb)), None)
    if particle is None:
        return Slot(verb.lemma_.lower(), verb.text, rule, verb.idx)
    return Slot(f"{verb.lemma_.lower()} {particle.lower_}", f"{verb.text} {particle.text}", rule, verb.idx)


def _is_particle(child: Token, verb: Token) -> bool:
    return child.i == verb.i + 1 and child.dep_ == "advmod" and among(child.lower_, "verb_particles")


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
    """The noun of a label: "Dishwashers: 300,000 units" is so many dishwashers of whatever the list is about; of a
    clause before the colon its subject ("*Deaths* are less open to argument: 19").
    """
    doc, first = frame.tokens[0].doc, frame.tokens[0].i
    start = sentence_start(frame.tokens[0])
    if ":" not in text_between(doc, start, first):
        return None
    colon = next((t.i for t in doc[start:first] if t.text == ":"), None)
    if colon is None or colon - start > _LONGEST_LABEL:
        return None
    between = doc[colon + 1 : first]
    if any(is_verb(token) for token in between) or (len(between) > 2 and not _only_figures(between)):
        return None
    label = doc[start:colon]
    if (verb := next((t for t in label if t.tag_ in _FINITE), None)) is not None:
        return next((t for t in verb.lefts if t.dep_ in SUBJECTS and is_noun(t) and t.i >= start), None)
    nouns = [t for t in label if is_noun(t)]
    nouns = [t for t in nouns if body_kind(t.lemma_.lower()) is None and not among(t.lemma_.lower(), "never_measured")]
    heads = (t for t in nouns if not start <= t.head.i < colon or t.head.i == t.i)
    return next(heads, next(reversed(nouns), None))


def _only_figures(tokens: Sequence[Token]) -> bool:
    """True where nothing but another figure with its unit stands between: "Dishwashers: 300,000 units (24.0%)"."""
    return sum(token.text[0].isalpha() for token in tokens) <= 1
