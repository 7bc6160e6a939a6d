"""What is done to the things counted, and what the people counted do, have, say or are in."""

from __future__ import annotations

from extractor.mentions import Measure, Slot
from extractor.quantities.lexicon import lexicon
from extractor.scope.clause.phrases import names_something, phrase, verb_event
from extractor.scope.clause.verbs import changes, is_content_verb
from extractor.scope.clause.views import Frame, View
from extractor.scope.indicators.descriptions import has_number
from extractor.scope.indicators.measurable import is_theme, through_measure
from extractor.scope.products.things import is_actor
from extractor.scope.rules import STATE_OF_PEOPLE, VERB_WITH_OBJECT, WHAT_IS_DONE
from extractor.scope.terms import Terms
from extractor.scope.words import among, idioms, states
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, is_noun, is_verb, sentence_start
from extractor.tokens import Token


def deed_of_counted(frame: Frame, counted: Token, terms: Terms) -> Slot | None:
    """What is done to the things counted, or what the people counted do: "*charged* 31 people", "the *culling* of 6.8
    million hens".
    """
    for view in frame.views:
        if view.came_from is None or view.node.i == counted.i:
            continue
        if is_verb(view.node):
            return _verb_of_counted(view, frame, counted, terms)
        of = view.came_from.dep_ == "prep" and view.came_from.lower_ == "of"
        if of and is_noun(view.node) and is_theme(view.node, terms):
            if among(view.node.lemma_.lower(), "measure_nouns"):
                return None
            noun = through_measure(view.node, terms, frame)
            return phrase(noun, terms, "noun of what is done") if noun is not None and noun.i == view.node.i else None
    return None


def _verb_of_counted(view: View, frame: Frame, counted: Token, terms: Terms) -> Slot | None:
    """What the verb of a clause does to those counted, or they do by it."""
    link = view.came_from.dep_ if view.came_from is not None else ""
    event = idioms().get((view.node.lemma_.lower(), counted.lemma_.lower()))
    if event is not None and link == "dobj":
        return Slot(event, f"{view.node.text} {counted.text}", VERB_WITH_OBJECT, view.node.idx)
    if (served := _served(view)) is not None:
        return served
    match = terms.products.get(counted.i)
    does = link in {"nsubj", "nsubjpass"} and match is not None and is_actor(match.id)
    if does and _is_at_work(view, frame):
        return phrase(counted, terms, "who is at work")
    if link in {"nsubj", "nsubjpass", "dative"} or _is_to(view):
        supported = _done_or_had(view, terms)
        if supported is not None:
            return supported
    acts = does and any(child.dep_ == "dobj" for child in view.node.children)
    state = _state(view.node, terms) if does else None
    if state is not None:
        return state
    if ((link in {"dobj", "nsubjpass"} or does) and is_content_verb(view.node)) or acts:
        return None if _are_known(counted) else phrase(view.node, terms, WHAT_IS_DONE)
    return None


def _is_to(view: View) -> bool:
    """True behind "to": "gave the jab *to* 640 people"."""
    return view.came_from is not None and view.came_from.dep_ == "prep" and view.came_from.lower_ == "to"


def _is_at_work(view: View, frame: Frame) -> bool:
    """True where only the number of those who do it is told: "4,000 *divers* are striving to seal the leak"."""
    part = among(frame.anchor.lower_, "percent_words")
    return not part and view.node.tag_ == "VBG" and among(view.node.lemma_.lower(), "effort_verbs")


def _are_known(counted: Token) -> bool:
    """True for all that there are, whatever is done to them: "*the museum's* 2,300 employees will be consulted"."""
    return any(child.dep_ == "poss" or child.lower_ in {"the", "these", "those"} for child in counted.lefts)


def _served(view: View) -> Slot | None:
    """What happens to the supply of those counted: "*power was out* for 1.1 million customers", "was *restored* to"."""
    below, verb = view.came_from, view.node
    if below is None or below.dep_ != "prep" or below.lower_ not in {"for", "to", "in"}:
        return None
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    if subject is None or (verb.lemma_ == "be" and not any(child.lower_ in {"out", "off"} for child in verb.rights)):
        return None
    event = idioms().get((verb.lemma_.lower(), subject.lemma_.lower()))
    return None if event is None else Slot(event, f"{subject.text} {verb.text}", VERB_WITH_OBJECT, subject.idx)


def _done_or_had(view: View, terms: Terms) -> Slot | None:
    """What people have, take or are given: "640 people *got the jab*", "11% of men have no *immunity*", "are known to
    have been *hurt*".
    """
    verb = view.node
    for _ in range(3):  # "are believed to have started to leave"
        below = next((child for child in verb.rights if child.dep_ == "xcomp" and is_verb(child)), None)
        obliged = verb.lemma_ == "have" and below is not None and below.i > verb.i + 1
        lemma = verb.lemma_.lower()
        if below is None or not (obliged or among(lemma, "knowing_verbs") or among(lemma, "needing_verbs")):
            break
        verb = below
    lemma = verb.lemma_.lower()
    thing = _had(verb)
    event = idioms().get((lemma, thing.lemma_.lower())) if thing is not None else None
    if event is not None and thing is not None:
        return Slot(event, f"{verb.text} {thing.text}", VERB_WITH_OBJECT, verb.idx)
    if thing is not None and (thing.dep_ == "pobj" or among(lemma, "support_verbs")) and names_something(thing, terms):
        numbered = any(below.pos_ == "NUM" for below in thing.subtree)  # "57 reactors have a *capacity* of 63 GW"
        return None if numbered else known_or_words(thing, terms, "what people have or take")
    if verb.i == view.node.i:
        return None
    return verb_event(verb, "people") or (phrase(verb, terms, WHAT_IS_DONE) if is_content_verb(verb) else None)


def _had(verb: Token) -> Token | None:
    """What somebody has, takes or suffers: "face crisis levels of *hunger*", "suffer from *malnutrition*"."""
    thing = next((child for child in verb.rights if child.dep_ in {"dobj", "oprd"} and is_noun(child)), None)
    if thing is None:
        ends = (
            end
            for child in verb.rights
            if child.dep_ == "prep" and among(f"{verb.lemma_.lower()} {child.lower_}", "support_phrases")
            for end in child.rights
        )
        thing = next((end for end in ends if end.dep_ == "pobj" and is_noun(end)), None)
    if thing is None or not among(thing.lemma_.lower(), "measure_nouns"):
        return thing
    ends = (end for child in thing.rights if child.lower_ == "of" for end in child.rights if end.dep_ == "pobj")
    return next(ends, thing)


def seen_or_said(frame: Frame, terms: Terms) -> Slot | None:
    """What a part of those counted say or see: "89% of *hospitals saw* admissions go up"."""
    view = next((view for view in frame.views if is_verb(view.node)), None)
    return None if view is None else answered_deed(view, frame, terms)


def done_by_part(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    """What a part of those named before did: "nine in ten of *them admitted* more patients"."""
    view = next((view for view in frame.clause if is_verb(view.node)), None)
    return None if view is None or measure.kind != "share" else acted_deed(view, terms)


def part_of_things(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    """The things without a number of which so many are told: "its new *trains*, of which five are in service"."""
    noun = frame.verb.head if frame.verb is not None and frame.verb.dep_ == "relcl" else None
    first = frame.tokens[0]
    direct = first.i > sentence_start(first) and first.nbor(-1).lower_ in {"which", "whom"} and measure.unit == "count"
    if noun is None or not direct or noun.tag_ != "NNS" or noun.dep_ in {"pobj", "conj"}:
        return None
    if noun.i in terms.indicators or has_number(noun):
        return None
    return phrase(noun, terms, "counted noun") if names_something(noun, terms) else None


def answered_deed(view: View, frame: Frame, terms: Terms) -> Slot | None:
    """What those do or are who were asked: "58 per cent *said* they had *bought* something"."""
    below = view.came_from
    share = among(frame.anchor.lower_, "percent_words") or frame.anchor.lower_ in lexicon().fractions
    if below is None or below.dep_ != "nsubj" or not share or not among(view.node.lemma_.lower(), "answering_verbs"):
        return None
    told = next((c for c in view.node.rights if c.dep_ in {"ccomp", "xcomp"} and is_verb(c)), None)
    if told is None:
        return None
    if (
        changes(told)
        and (moved := next((c for c in told.lefts if c.dep_ in SUBJECTS and is_noun(c)), None)) is not None
    ):
        return known_or_words(moved, terms, "what those asked do")
    thing = next((c for c in told.rights if c.dep_ in {"dobj", "acomp", "attr"} and c.text[0].isalpha()), None)
    if thing is not None and (told.lemma_ == "be" or among(told.lemma_.lower(), "support_verbs")):
        return phrase(thing, terms, "what those asked have or are")
    return verb_event(told, "people") or phrase(told, terms, "what those asked do")


def known_or_words(noun: Token, terms: Terms, rule: str) -> Slot:
    """The noun's phrase as slot, with the id of the packs where they know it."""
    match = terms.indicators.get(noun.i)
    slot = phrase(noun, terms, rule)
    return slot._replace(id=match.id) if match is not None and match.role == "noun" else slot


def acted_deed(view: View, terms: Terms) -> Slot | None:
    """What so many did to something: "Nearly four out of five *crossed* the northern border"."""
    below = view.came_from
    bare = below is not None and (below.lower_ in {"average", "total", "%", "percent", "cent"} or below.pos_ == "NUM")
    if below is None or below.dep_ != "nsubj" or not bare:
        return None
    thing = next((child for child in view.node.rights if child.dep_ == "dobj" and is_noun(child)), None)
    if thing is None or thing.i in terms.inside_periods or (verb_class(view.node) is not None and has_number(thing)):
        return None
    return _done_or_had(view, terms) or phrase(view.node, terms, "what so many did")


def _state(verb: Token, terms: Terms) -> Slot | None:
    """What people are on, go on or are taken into: "teachers went *on strike*", "15 were taken *into custody*"."""
    if not among(verb.lemma_.lower(), "stative_verbs"):
        return None
    ends = (end for child in verb.rights if among(child.lower_, "state_prepositions") for end in child.children)
    end = next((end for end in ends if end.dep_ == "pobj" and end.i == end.head.i + 1 and is_noun(end)), None)
    if end is None or not names_something(end, terms) or end.i in terms.inside_periods:
        return None
    match = terms.indicators.get(end.i)
    state = phrase(end, terms, STATE_OF_PEOPLE)
    told = match.id if match is not None else states().get(end.lemma_.lower(), state.id)
    return state._replace(id=told, text=f"{end.head.text} {state.text}", start=end.head.idx)
