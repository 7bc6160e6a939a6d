"""Words of a figure's own clause that may tell what it measures, where no rule is sure of one.

"Zinwa put the combined *level* at 30 percent", "five markets *absorbed* a third": each word that stands where measures
stand is offered with its place; how much a place is worth beside what the article measures is weighed in
`lending/series.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.mentions import Measure, Slot
from extractor.names.words import body_kind, name_words
from extractor.quantities.lexicon import movement
from extractor.scope.clause.phrases import is_direct, names_something, phrase, sort_counted, verb_event
from extractor.scope.clause.verbs import is_content_verb
from extractor.scope.clause.views import Frame, View
from extractor.scope.indicators.measurable import takes_in
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, is_noun, is_verb
from extractor.tokens import Token

_VERBS = 2  # of the clause, from the figure upwards


def clause_hints(frame: Frame, terms: Terms, measure: Measure) -> Iterator[Slot]:
    """The measures that the words of the clause offer, the nearest first."""
    verbs = 0
    for view in frame.clause:
        if is_verb(view.node):
            yield from _of_verb(view, frame, terms, measure)
            verbs += 1
            if verbs == _VERBS:
                return
        elif view.came_from is not None and _may_be_measured(view.node, frame, terms):
            yield _named(view.node, terms, "noun above")
            yield from _behind(view.node, frame, terms)
    if frame.counted is not None and _may_be_measured(frame.counted, frame, terms):
        yield _named(frame.counted, terms, "counted noun")


def _of_verb(view: View, frame: Frame, terms: Terms, measure: Measure) -> Iterator[Slot]:
    verb = view.node
    aimed = view.came_from is not None and among(view.came_from.lemma_.lower(), "aims")
    if aimed or takes_in(verb):
        return  # "the forecast of 24% will be *reviewed*"
    if verb_class(verb) is None and not among(verb.lemma_.lower(), "lead_verbs"):
        direct = view.came_from is not None and is_direct(verb, view.came_from, frame.tokens)
        event = verb_event(verb, sort_counted(measure, frame.counted, terms) if direct else "")
        if event is not None:
            yield event._replace(rule="clause: verb of the packs")
        elif is_content_verb(verb) and verb.lemma_.lower() not in movement().verbs:
            yield phrase(verb, terms, "clause: verb")
    for child in view.visible:
        if child.head.i == verb.i and (place := _place(child)) and _may_be_measured(child, frame, terms):
            yield _named(child, terms, place)
            yield from _behind(child, frame, terms)


def _place(child: Token) -> str:
    if child.dep_ in SUBJECTS:
        return "subject"
    return "object" if child.dep_ in {"dobj", "attr", "oprd", "dative"} else ""


def _behind(noun: Token, frame: Frame, terms: Terms) -> Iterator[Slot]:
    """What a noun is of: "the combined level of the six *dams*"."""
    ends = (
        end for child in noun.rights if child.dep_ == "prep" and child.lower_ in {"of", "in"} for end in child.children
    )
    for end in ends:
        if end.dep_ == "pobj" and _may_be_measured(end, frame, terms):
            yield _named(end, terms, "behind it")


def _named(noun: Token, terms: Terms, place: str) -> Slot:
    match = terms.indicators.get(noun.i)
    slot = phrase(noun, terms, f"clause: {place}")
    if match is not None and match.role == "noun":
        return slot._replace(id=match.id, rule=f"clause: {place}, of the packs")
    lemma = noun.lemma_.lower()
    if noun.i in terms.products:
        return slot._replace(rule=f"clause: {place}, a thing")
    if among(lemma, "measure_nouns") or among(lemma, "whole_nouns"):
        return slot._replace(rule=f"clause: {place}, a bare measure")
    return slot


def _may_be_measured(noun: Token, frame: Frame, terms: Terms) -> bool:
    if not is_noun(noun) or noun.i in terms.inside_periods or noun in frame.tokens:
        return False
    lemma = noun.lemma_.lower()
    if (
        lemma in movement().nouns
        or among(lemma, "aims")
        or among(lemma, "never_measured")
        or body_kind(lemma) is not None
    ):
        return False
    return names_something(noun, terms) and lemma not in name_words().roles
