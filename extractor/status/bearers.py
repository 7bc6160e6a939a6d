"""Nouns by which a figure stands as a forecast or target: what a verb keeps, moves or says that it is."""

from __future__ import annotations

from extractor.model import Status
from extractor.status.nouns import of_document, of_noun
from extractor.syntax import children_with, is_noun, subject
from extractor.tokens import Token


def of_kept(verb: Token) -> Status | None:
    """The standing of what a verb changes: "kept its outlook at 1.2 billion", "the target was cut to 3%"."""
    for noun in children_with(verb, "dobj", "nsubjpass"):
        if of_noun(noun) is None:
            continue
        found = of_document(noun.text)
        if found is not None:
            return "forecast" if of_noun(noun) == "forecast" else found
    return None


def of_moved(verb: Token) -> Status | None:
    """A forecast where one moves: "forecasts for Japan were scaled back to 4%", "growth forecasts slipping to 1.8%"."""
    passive = children_with(verb, "nsubjpass")
    described = verb.dep_ == "acl" and is_noun(verb.head)
    moved = passive[0] if passive else verb.head if described else subject(verb)
    standing = of_noun(moved) if moved is not None and is_noun(moved) else None
    return standing if standing == "forecast" else None


def of_subject(verb: Token) -> Status | None:
    """The standing of what a figure is said to be: "the ministry's target is 5 million"."""
    who = subject(verb)
    return of_noun(who) if who is not None and is_noun(who) else None
