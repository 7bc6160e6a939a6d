"""The indicator by its place: the words that tell what is measured where no pack knows them."""

from __future__ import annotations

from extractor.mentions import Measure, Quantity, Slot
from extractor.names.words import body_kind
from extractor.quantities.lexicon import movement
from extractor.scope.clause.phrases import (
    are_people,
    is_money,
    label_before,
    names_something,
    phrase,
    verb_event,
)
from extractor.scope.clause.verbs import is_content_verb, moves, only_reported
from extractor.scope.clause.views import Frame, View, subject_of
from extractor.scope.indicators.descriptions import described_by, standing
from extractor.scope.indicators.doings import acted_deed, answered_deed, deed_of_counted, known_or_words, seen_or_said
from extractor.scope.indicators.measurable import is_theme, measured_noun
from extractor.scope.rules import FOR_WANT, NUMBER_OF_THINGS, THEME
from extractor.scope.terms import Terms, lemma_phrase
from extractor.scope.words import among, unit_indicators
from extractor.sources.cues import verb_class
from extractor.syntax import ancestors, is_verb
from extractor.tokens import Token


def worded_indicator(frame: Frame, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """The words that tell what is measured where no pack knows them: a description, the counted noun, the theme."""
    described = described_by(frame, terms, quantity, measure)
    if described is not None:
        return described
    counted, label = frame.counted, label_before(frame)
    if label is not None and (done := _done_to(label, terms)) is not None:
        return done  # "People *relocated*: 19,300 households"
    if counted is not None and names_something(counted, terms):
        return _of_counted(frame, counted, terms, quantity, measure)
    if label is not None:
        return _labelled(label, terms)
    return _theme(frame, terms, quantity) or _bare_growth(frame, measure)


def _of_counted(frame: Frame, counted: Token, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """What is done to the things counted or makes them what they are, else they themselves if no pack knows them."""
    if measure.kind == "share":
        answered = seen_or_said(frame, terms) or deed_of_counted(frame, counted, terms)
        if answered is not None:
            return answered
    stood = standing(counted)
    if stood is not None:
        return stood
    if counted.i in terms.products or quantity.form == "measure":
        return deed_of_counted(frame, counted, terms)
    if counted.lower_ == "growth" and not any(child.dep_ == "prep" for child in counted.rights):
        return _bare_growth(frame, measure)
    return None if _only_measures(counted, frame) else phrase(counted, terms, "counted noun")


def _labelled(label: Token, terms: Terms) -> Slot | None:
    """What the label of a line counts: "Chadian *returnees*: 158,900"."""
    if not names_something(label, terms) or label.i in terms.inside_periods or not label.tag_.startswith("NNS"):
        return None
    return known_or_words(label, terms, "label of the line")


def _done_to(label: Token, terms: Terms) -> Slot | None:
    """What the label of a line says is done to those counted: "People *relocated* inland"."""
    done = next((child for child in label.rights if child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"}), None)
    if done is None:
        return None
    return verb_event(done, "people") or phrase(done, terms, "what is done to the label of the line")


def _bare_growth(frame: Frame, measure: Measure) -> Slot | None:
    """Growth that says not of what: "expects *growth* of 0.2%"."""
    if measure.kind != "growth":
        return None
    for view in frame.views[:3]:
        node = view.node
        if node.lower_ == "growth" and not any(c.dep_ == "compound" and c not in frame.tokens for c in node.lefts):
            return Slot("growth", node.text, "growth by itself", node.idx)
    return None


def _only_measures(noun: Token, frame: Frame) -> bool:
    """True for "three times *the target*": what the target is of must be told by others."""
    lemma = noun.lemma_.lower()
    whose = noun.dep_ == "pobj" and noun.head.lower_ == "of" and frame.anchor.head.i != noun.i
    if whose and body_kind(lemma) is not None:
        return True  # "the 119,000 of the police *prefecture*"
    if (noun.tag_ == "NN" and lemma in movement().nouns) or (noun.tag_ == "NN" and among(lemma, "never_measured")):
        return True  # "a 32% *drop*", "the 22,000 *increase*", "the 42-million *hope*"
    if noun.tag_ == "NNS" and frame.anchor.dep_ == "nummod" and not among(lemma, "generic_units"):
        return False  # "19 *goals*" are counted
    return among(lemma, "measure_nouns") and not among(lemma, "own_measures")


def _is_led(view: View) -> bool:
    """True for the verb of a lead told by its size: "her club *leads* the table by eight points"."""
    below = view.came_from
    return below is not None and below.lower_ == "by" and among(view.node.lemma_.lower(), "lead_verbs")


def _is_numbered(noun: Token) -> bool:
    """True for "the *number* of chargers", "*sheep* numbers"."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    above = noun.head if noun.dep_ == "compound" else above
    return above is not None and among(above.lemma_.lower(), "number_nouns")


def _numbered(noun: Token, terms: Terms) -> Slot:
    """What there is a number of: "chargers", "people *on company payrolls*"; a measure of the packs where that is what
    they do or what is done to them: "patients *waiting*", "cars *registered*".
    """
    behind = next((child for child in noun.rights if child.dep_ in {"acl", "relcl", "prep"}), None)
    bare = phrase(noun, terms, NUMBER_OF_THINGS)
    if behind is None:
        return bare
    if is_verb(behind):
        return _done_by_number(noun, behind, terms) or bare
    if behind.i != noun.i + 1 or behind.lower_ == "of":
        return bare
    end = next((child for child in behind.rights if child.dep_ == "pobj"), None)
    if (
        end is None
        or among(end.lemma_.lower(), "area_references")
        or any(end.i in places for places in (terms.inside_areas, terms.inside_names, terms.inside_periods))
    ):
        return bare
    whole = noun.doc.char_span(bare.start, end.idx + len(end.text))
    return bare if whole is None else bare._replace(id=lemma_phrase(list(whole)), text=whole.text)


def _done_by_number(noun: Token, verb: Token, terms: Terms) -> Slot | None:
    event = verb_event(verb, "people" if are_people(noun, terms) or noun.lower_ == "those" else "things")
    return None if event is None else event._replace(rule=NUMBER_OF_THINGS)


def numbered_deed(frame: Frame, terms: Terms) -> Slot | None:
    """What those do of whom the clause tells the number: "the number of people *hurt* in accidents rose to 22,800"."""
    if frame.verb is None or frame.counted is not None:
        return None
    tops = (subject_of(frame.verb), *ancestors(frame.verb))  # above it where it was parsed to end the noun phrase
    number = next((top for top in tops if top is not None and among(top.lemma_.lower(), "number_nouns")), None)
    if number is None:
        return None
    ends = (end for child in number.rights if child.lower_ == "of" for end in child.rights if end.dep_ == "pobj")
    noun = next(ends, None)
    verb = next((c for c in noun.rights if c.dep_ in {"acl", "relcl"} and is_verb(c)), None) if noun else None
    return None if noun is None or verb is None else _done_by_number(noun, verb, terms)


def _tells(verb: Token) -> bool:
    """True for a verb of saying: what stands beside it is who says it, not what is measured."""
    return among(verb.lemma_.lower(), "saying_verbs")


def _is_bare_subject(frame: Frame, view: View) -> bool:
    """True for a number alone as the subject of what so many did: "3.29 million *lived* here"."""
    alone = view.came_from is not None and view.came_from.i == frame.anchor.i and view.came_from.dep_ == "nsubj"
    if among(view.node.lemma_.lower(), "copular_verbs"):
        return False
    bare = frame.anchor.pos_ == "NUM" or frame.anchor.lower_ in {"percent", "cent", "%"}
    return alone and bare and is_content_verb(view.node) and not moves(view)


def _theme(frame: Frame, terms: Terms, quantity: Quantity) -> Slot | None:
    for view in frame.clause:
        if is_verb(view.node) and (answer := answered_deed(view, frame, terms)) is not None:
            return answer
        if is_verb(view.node) and view.came_from is not None and (_tells(view.node) or only_reported(view, frame)):
            return None
        if is_verb(view.node) and _is_led(view):
            return phrase(view.node, terms, "lead by so much")
        acted = acted_deed(view, terms) if is_verb(view.node) else None
        if acted is not None:
            return acted
        if is_verb(view.node) and among(view.node.lemma_.lower(), "part_verbs"):
            return None  # "renewables made up over half of …": of what, others tell
        if is_verb(view.node) and _is_bare_subject(frame, view):
            return phrase(view.node, terms, "what so many did")
        noun = measured_noun(view, terms, frame)
        if noun is not None:
            if _is_numbered(noun) and (noun.i in terms.products or noun.tag_ in {"NNS", "NNPS"}):
                return _numbered(noun, terms)
            if is_theme(noun, terms):
                return phrase(noun, terms, THEME)
            if is_money(quantity.unit) and is_content_verb(view.node) and verb_class(view.node) is None:
                return phrase(view.node, terms, "what is paid for")  # "charges students £31,000"
            return None
    return None


def last_resort(frame: Frame, terms: Terms) -> Slot | None:
    """The counted thing itself, where neither the clause nor the article tells what is measured of it."""
    counted = frame.counted
    if counted is None or not names_something(counted, terms) or _only_measures(counted, frame):
        return None
    return phrase(counted, terms, FOR_WANT)


def by_unit(unit: str) -> Slot | None:
    """What a figure measures by its unit alone: gigawatts are capacity."""
    indicator = unit_indicators().get(unit)
    return Slot(indicator, "", "unit") if indicator is not None else None
