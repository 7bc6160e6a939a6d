"""What attributes a figure, and what its standing is by that: "according to estimates", "The plan has three parts:"."""

from __future__ import annotations

from collections.abc import Iterable

from extractor import mentions
from extractor.mentions import Attribution
from extractor.model import Status
from extractor.plurals import singular
from extractor.sources.cues import cue_words, verb_class
from extractor.sources.layout import is_bullet
from extractor.sources.voices.may_speak import sees_ahead
from extractor.status.cue_verbs import OF_CLASS
from extractor.status.nouns import of_document, of_noun
from extractor.status.words import status_words, words_in
from extractor.syntax import children_with, is_noun, is_parsed, is_verb, sentence_start, sentence_text
from extractor.tokens import Doc, Token


def by_attribution(doc: Doc, source: Attribution | None) -> Status | None:
    """From the cue that attributes the figure in its own sentence: "according to estimates", "citing forecasts"."""
    if source is None or source.cue_start < 0 or source.borrowed:
        return None
    span = doc.char_span(source.cue_start, source.cue_start + 1, alignment_mode="expand")
    cue = span[0] if span else None
    if cue is None or not is_parsed(cue):
        return None
    kind = verb_class(cue)
    if cue.lower_ == "saw" and not sees_ahead(cue):
        return None  # "the port saw its revenue halve"
    is_verbal = is_verb(cue) or singular(cue.text) not in cue_words().documents
    if kind in OF_CLASS and is_verbal and kind != "aim":
        return OF_CLASS[kind]
    for document in _documents_of(cue):
        words = [child.lower_ for child in children_with(document, "amod", "compound", "nmod")]
        found = next((status_words().modifiers[word] for word in words if word in status_words().modifiers), None)
        found = found or of_document(document.text)
        if found is not None and found != "target":
            return found
    return None


def by_lead_in(token: Token) -> Status | None:
    """For an item of a list, from the sentence with a colon that the list hangs on: "The proposal has three parts:"."""
    doc, first = token.doc, sentence_start(token)
    if ":" in mentions.text_between(doc, first, token.i):
        colon = next((word.i for word in doc[first : token.i] if word.text == ":"), first)
        label = doc[first:colon]
        told = [word for word in label if is_verb(word)]
        if colon > first and not told:
            return _of_words(label)  # "Among the plan's targets: 40% of journeys by bike"
        if colon > first and all(verb_class(verb) == "revise" or verb.lemma_ in words_in("setting") for verb in told):
            return _of_words(word for word in label if is_noun(word))  # "Growth forecasts updated: 1.4% for 2020"
    if not is_bullet(sentence_text(token)):
        return None
    for _ in range(30):
        if first == 0:
            return None
        end, first = first, sentence_start(doc[first - 1])
        words = mentions.text_between(doc, first, end)
        if not is_bullet(words):
            return _of_words(doc[first:end]) if words.rstrip().endswith(":") and is_parsed(doc[first]) else None
    return None


def _of_words(words: Iterable[Token]) -> Status | None:
    found = [of_noun(word) if is_noun(word) else OF_CLASS.get(verb_class(word) or "") for word in words]
    return next((one for one in found if one is not None and one != "estimate"), None)


def _documents_of(cue: Token) -> list[Token]:
    """The documents beside a cue: "according to estimates", "data showed", "citing forecasts"."""
    behind = cue.doc[cue.i + 1 : min(cue.i + 9, cue.right_edge.i + 1)]
    near = {token.i: token for token in (*children_with(cue, "nsubj"), *filter(cue.is_ancestor, behind))}
    governed = [near[i] for i in sorted(near) if near[i].dep_ in ("pobj", "dobj", "nsubj")]
    return [cue, *(token for token in governed if is_noun(token) and _is_cited(token, cue))]


def _is_cited(token: Token, cue: Token) -> bool:
    above = token.head
    return above.i == cue.i or (above.head.i == cue.i and above.lower_ == "to") or verb_class(above) == "cite"
