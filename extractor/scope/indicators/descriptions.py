"""What adjectives, states, places, currencies and the like say that a figure measures."""

from __future__ import annotations

from extractor.mentions import Measure, Quantity, Slot
from extractor.quantities.lexicon import lexicon
from extractor.scope.clause.phrases import is_money, phrase
from extractor.scope.clause.verbs import changes
from extractor.scope.clause.views import Frame, subject_of
from extractor.scope.indicators.prices import PRICE
from extractor.scope.rules import (
    CURRENCY,
    DIMENSION,
    NUMBER_OF_THINGS,
    POLICY_RATES,
    STATE_OF_PEOPLE,
    STATE_OF_THINGS,
    THEME,
    WITH_ADJECTIVE,
    WORTH,
)
from extractor.scope.terms import Terms
from extractor.scope.words import among, dimensions, standings
from extractor.syntax import SUBJECTS, is_verb, sentence_end, sentence_start
from extractor.tokens import Token

_POPULATION = "population"
_PERSON = "person"
_LONGEST_BRACKET = 6  # tokens
_DEAREST_RATE = 100.0  # dollars, euros or the like for one unit of a currency: "sterling was at *$1.3640*"


def standing(counted: Token) -> Slot | None:
    """What an adjective makes of the things counted: "130,000 *unsold* cars" are stocks."""
    for child in counted.lefts:
        if child.dep_ == "amod" and (told := standings().get(child.lower_)) is not None:
            return Slot(told, child.text, STATE_OF_THINGS, child.idx)
    return None


def _worth(frame: Frame, terms: Terms) -> Slot | None:
    """The value of things counted: "eight jewels *worth* €88 million"; of exports it is their own measure."""
    first = frame.tokens[0]
    while first.i > sentence_start(first) and first.nbor(-1).dep_ in {"quantmod", "advmod", "nmod"}:
        first = first.nbor(-1)
    before = first.nbor(-1) if first.i > sentence_start(first) else None
    if before is None or before.lower_ != "worth" or before.i == sentence_start(first):
        return None
    noun = before.nbor(-1)
    thing = noun.tag_ in {"NN", "NNS"} and noun.i not in terms.indicators
    return Slot("value", before.text, WORTH, before.idx) if thing else None


def _numbering(frame: Frame) -> Token | None:
    """The noun before the verb "number", however that was parsed: "foreign *residents* number 3.67 million"."""
    first = frame.tokens[0]
    before = first.nbor(-1) if first.i > sentence_start(first) else None
    if before is None or before.lower_ not in {"number", "numbered"} or before.i == sentence_start(first):
        return None
    subject = subject_of(before) if is_verb(before) else before.nbor(-1)
    return subject if subject is not None and subject.tag_ == "NNS" else None


def described_by(frame: Frame, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """What the words around a figure describe it as, the surest first."""
    state = _state(frame, terms, measure)
    if state is not None:
        return state
    money = is_money(quantity.unit)
    if money and (worth := _worth(frame, terms)) is not None:
        return worth
    if (noun := _numbering(frame)) is not None:
        return phrase(noun, terms, NUMBER_OF_THINGS)
    if any(among(view.node.lower_, "price_adjectives") for view in frame.views):
        return Slot(PRICE, "", "adjective of price")
    if measure.unit in {"percent", "basis_point"} and (rates := _policy_rates(frame)) is not None:
        return Slot("interest_rate", rates.text, POLICY_RATES, rates.idx)
    currency = _currency(frame) if not money or measure.value < _DEAREST_RATE else None
    return None if currency is None else Slot("exchange_rate", currency.text, CURRENCY, currency.idx)


def extent(frame: Frame, quantity: Quantity) -> Slot | None:
    """What an adjective or "from" says that a unit measures: "1.8km *long*", "24 billion kilometres *from* Earth"; of
    waters it is how high they stand: "the *river* rose 6.4 metres".
    """
    if quantity.form != "measure":
        return None
    if (water := _waters(frame)) is not None:
        return Slot("water_level", water.text, DIMENSION, water.idx)
    if (noun := _measured_in(frame)) is not None:
        return Slot(noun.lemma_.lower(), noun.text, DIMENSION, noun.idx)
    head = frame.anchor.head
    named = dimensions().get(head.lower_) if frame.anchor.dep_ in {"npadvmod", "advmod", "nummod", "dep"} else None
    if named is not None:
        return Slot(named, head.text, WITH_ADJECTIVE, head.idx)
    behind = _behind(frame.tokens[-1])
    named = dimensions().get(behind.lower_) if behind is not None else None
    if behind is None or named is None or (behind.pos_ == "ADP" and not among(quantity.unit, "length_units")):
        return None
    return Slot(named, behind.text, WITH_ADJECTIVE, behind.idx)


def _behind(last: Token) -> Token | None:
    """The word behind a figure and its conversion: "200 km (120 miles) *from* the coast"."""
    end = sentence_end(last)
    i = last.i + 1
    if i < end and last.doc[i].text == "(":
        i = next((j + 1 for j in range(i, min(i + _LONGEST_BRACKET, end)) if last.doc[j].text == ")"), i)
    return last.doc[i] if i < end else None


def _measured_in(frame: Frame) -> Token | None:
    """The dimension right behind a measure: "five centimetres *in diameter*"."""
    last = frame.tokens[-1]
    behind = last.doc[last.i + 1 : min(last.i + 3, sentence_end(last))]
    if len(behind) < 2 or behind[0].lower_ != "in" or not among(behind[1].lemma_.lower(), "dimension_nouns"):
        return None
    return behind[1]


def _waters(frame: Frame) -> Token | None:
    """The river, lake or sea that rises or falls by so many metres."""
    verb = frame.verb
    if verb is None or not among(frame.anchor.lemma_.lower(), "height_units") or not changes(verb):
        return None
    subject = subject_of(verb)
    return subject if subject is not None and among(subject.lemma_.lower(), "waters") else None


def _state(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    """The adjective that a figure measures or leaves people in: "18% *full*", "left 410,000 people *homeless*"."""
    if measure.kind == "share" and (state := _filled(frame)) is not None:
        told = dimensions().get(state.lower_, state.lower_)
        return Slot(told, state.text, WITH_ADJECTIVE, state.idx)
    verb = frame.verb
    if verb is not None and measure.kind == "share" and verb.lemma_ == "be" and _is_subject(frame, verb):
        state = next((child for child in verb.rights if child.dep_ == "acomp" and child.tag_ in {"JJ", "VBN"}), None)
        if (
            state is not None
            and not among(state.lower_, "price_adjectives")
            and state.lower_ not in {"due", "likely", "sure"}
        ):
            return Slot(state.lower_, state.text, STATE_OF_THINGS, state.idx)
    if verb is None:
        return None
    return _being(frame, verb, terms) or _left_in_state(frame, verb)


def _being(frame: Frame, verb: Token, terms: Terms) -> Slot | None:
    """The state that people are in: "six million people were *jobless*", "three remain *missing*"."""
    counted, lemma = frame.counted or frame.anchor, verb.lemma_.lower()
    if counted.dep_ not in SUBJECTS or counted.head.i != verb.i:
        return None
    if not (among(lemma, "stative_verbs") or (counted.dep_ == "nsubjpass" and among(lemma, "finding_verbs"))):
        return None
    state = next((child for child in verb.rights if child.dep_ in {"acomp", "oprd", "xcomp"}), None)
    if state is None or not (state.lower_ in standings() or among(state.lower_, "state_terms") or _is_left_so(state)):
        return None
    match = terms.indicators.get(state.i)
    told = match.id if match is not None else standings().get(state.lower_, state.lower_)
    return Slot(told, state.text, STATE_OF_PEOPLE, state.idx)


def _is_left_so(state: Token) -> bool:
    """True for a participle that only tells how things still are: "remain *threatened*", "stayed *closed*"."""
    participle = state.tag_ == "VBN" or state.lower_.endswith("ed")
    return participle and among(state.head.lemma_.lower(), "remaining_verbs")


def _filled(frame: Frame) -> Token | None:
    """The adjective right behind a percentage: "18% *full*", "12.4 percent *funded*"; no participle that goes on: "was
    12 percent *compared with* …".
    """
    first, last = frame.tokens[0], frame.tokens[-1]
    state = last.nbor(1) if last.i + 1 < sentence_end(last) else None
    if state is None or state.tag_ not in {"JJ", "VBN", "VBD"}:
        return None
    is_so = first.i > sentence_start(first) and first.nbor(-1).lemma_ == "be"
    goes_on = any(child.dep_ in {"prep", "agent", "dobj"} and child.i == state.i + 1 for child in state.rights)
    if is_so and not goes_on and not among(state.lower_, "price_adjectives"):
        return state
    told = (
        frame.anchor.dep_ == "npadvmod" and frame.anchor.head.i == state.i and state.dep_ in {"acomp", "ROOT", "conj"}
    )
    behind = state.dep_ == "amod" and state.head.i == frame.anchor.i
    return state if told or behind else None


def _left_in_state(frame: Frame, verb: Token) -> Slot | None:
    """The state that people are left in: "left 410,000 people *homeless*", "left seven million *in need*"."""
    counted = frame.counted or frame.anchor
    if counted.dep_ != "dobj" or not among(verb.lemma_.lower(), "state_verbs"):
        return None
    state = next((child for child in verb.rights if child.dep_ in {"oprd", "acomp"} and child.tag_ == "JJ"), None)
    if state is not None and frame.counted is not None:
        return Slot(state.lower_, state.text, STATE_OF_THINGS, state.idx)
    behind = counted.nbor(1) if counted.i + 1 < sentence_end(counted) else None
    if behind is None or behind.dep_ != "prep" or not among(behind.lower_, "state_prepositions"):
        return None
    end = next((child for child in behind.rights if child.dep_ == "pobj" and child.i == behind.i + 1), None)
    if end is None:
        return None
    return Slot(f"{behind.lower_} {end.lower_}", f"{behind.text} {end.text}", STATE_OF_THINGS, behind.idx)


def _is_subject(frame: Frame, verb: Token) -> bool:
    """True where the figure, or what it counts, is the verb's subject."""
    tops = (frame.anchor, frame.counted) if frame.counted is not None else (frame.anchor,)
    return any(top is not None and top.dep_ == "nsubj" and top.head.i == verb.i for top in tops)


def time_taken(frame: Frame, measure: Measure, terms: Terms) -> Slot | None:
    """The time that something takes: "the average *time* from port to customer had lengthened to 84 days"."""
    verb = frame.verb
    if verb is None or not among(measure.unit, "calendar_units"):
        return None
    subject = subject_of(verb)
    if subject is None or subject.i in terms.indicators or not among(subject.lemma_.lower(), "times_taken"):
        return None
    return phrase(subject, terms, THEME)


def spent_on(frame: Frame, measure: Measure, terms: Terms) -> Slot | None:
    """The time or way of each that a unit of two words counts: "logged 41,000 *skier days*"."""
    counted, (*whose, spent) = frame.counted, (measure.unit or " ").split(" ")
    if not whose or counted is None or spent not in lexicon().contexts["spent"] or not counted.lower_.startswith(spent):
        return None
    return phrase(counted, terms, "counted noun")._replace(id=measure.unit)


def inhabitants(frame: Frame, terms: Terms) -> Slot | None:
    """The slot of inhabitants where so many are said to live in a place: "the city of 660,000 *people*"; else None."""
    counted = frame.counted
    of = counted.head if counted is not None else None
    if counted is None or of is None or of.lower_ != "of" or not _are_people(counted, terms):
        return None
    return (
        Slot(_POPULATION, counted.text, "people of a place", counted.idx)
        if among(of.head.lemma_.lower(), "area_references")
        else None
    )


def _are_people(noun: Token, terms: Terms) -> bool:
    match = terms.products.get(noun.i)
    return match is not None and match.id == _PERSON


def _currency(frame: Frame) -> Token | None:
    """The currency that a clause is about: "the *crown* firmed 0.3%", "sees the *rupee* at 83.5"."""
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None or view.came_from is None or frame.counted is not None:
        return None
    own = (
        t
        for t in view.visible
        if t.head.i == view.node.i and t.dep_ in {"nsubj", "nsubjpass", "dobj"} and not has_number(t)
    )
    return next((t for t in own if among(t.lemma_.lower(), "currencies")), None)


def _policy_rates(frame: Frame) -> Token | None:
    """The interest rates that somebody only calls "rates": "lifted *rates* from 8.5% to 50%"."""
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None:
        return None
    own = (child for child in view.node.children if child.dep_ in SUBJECTS or child.dep_ == "dobj")
    return next((t for t in own if t.lower_ == "rates" and not any(c.dep_ != "det" for c in t.children)), None)


def has_number(noun: Token) -> bool:
    """True for a currency that is part of a sum: "took 421 trillion *dong*"."""
    return any(child.pos_ == "NUM" for child in noun.lefts)
