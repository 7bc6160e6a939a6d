"""The standing that a noun gives to its amount: "a quota of 5 million", "its forecast of 3%", "a flash estimate"."""

from __future__ import annotations

from extractor.model import Status
from extractor.names.words import name_words
from extractor.plurals import singular
from extractor.sources.cues import cue_words
from extractor.status.words import status_words, words_in
from extractor.syntax import children, children_with
from extractor.tokens import Token

_OF_DOCUMENT: dict[str, Status] = {"forecast": "forecast", "estimate": "estimate", "target": "target"}
"""By the class of the noun in cues.toml."""


def of_document(noun: str) -> Status | None:
    """The standing of what a document of this name gives: "outlooks" give forecasts, "goals" are targets; else None."""
    return _OF_DOCUMENT.get(cue_words().documents.get(singular(noun), ""))


def of_noun(noun: Token) -> Status | None:
    """The noun's own standing, or its modifiers': "a quota of 5 million", "its forecast of 3%", "a flash estimate"."""
    if _is_crossed(noun):
        return None
    name = singular(noun.text)
    for child in children(noun):
        if _says_how_it_is(name, noun, child):
            continue
        joined = child.dep_ in ("compound", "amod", "nmod")
        if name == "target" and joined and child.lower_ in words_in("priced"):
            return "forecast"  # the year-end target of a bank for a price
        if joined and child.lower_ in status_words().modifiers:
            return None if _is_undone(noun) else status_words().modifiers[child.lower_]
        if child.dep_ == "compound" and of_document(child.lower_) == "target":
            return "target"  # "a target range of 3% to 7%"
        documents = children_with(child, "pobj") if child.dep_ == "prep" and child.lower_ in ("in", "under") else []
        if documents and of_document(documents[0].text) == "forecast":
            return "forecast"  # "$8,900 in its March outlook"
    kinds = (kind.lower_ for kind in children_with(noun, "amod", "compound", "nmod"))
    if name == "budget" and any(kind in words_in("spent") for kind in kinds):
        return None  # "cut its military budget to 63 million" is what it spends
    return status_words().nouns.get(name) or of_document(name)


def _says_how_it_is(name: str, noun: Token, child: Token) -> bool:
    """True for a word that elsewhere tells of what is to come, beside a noun of this name that is there already."""
    if child.lower_ == "likely":  # "a poll of 812 likely voters", "two likely deaths"
        return name in name_words().crowd or bool(children_with(noun, "nummod"))
    if child.lower_ == "initial":  # "an initial capacity of 150,000" is what the plant starts with
        return name in words_in("existing")
    return child.lower_ in ("minimum", "maximum") and name in words_in("in_force")  # "the minimum wage" is paid


def _is_undone(noun: Token) -> bool:
    """True for the operations of "cancelled 90 planned operations": as many were, whatever had been planned."""
    whole = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun  # "a total of 90 planned …"
    verbs = [whole.head] if whole.dep_ in ("dobj", "nsubjpass") else []
    verbs += children_with(noun, "acl")
    return any(verb.lemma_.lower() in words_in("undoing") for verb in verbs)


def _is_crossed(noun: Token) -> bool:
    """True for the threshold of "has crossed a 700 million threshold": what was passed is no limit to come."""
    crossed = noun.lemma_.lower() in words_in("crossed") and noun.dep_ in ("dobj", "pobj")
    return crossed and noun.head.lemma_.lower() in words_in("crossing")
