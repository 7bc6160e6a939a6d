"""The standing that a noun gives to its amount: "a quota of 5 million", "its forecast of 3%", "a flash estimate"."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.model import Status
from extractor.naming import name_words, singular
from extractor.sources.cues import cue_words
from extractor.status_words import small_words, status_words
from extractor.syntax import children, children_with

OF_NOUN: dict[str, Status] = {"forecast": "forecast", "estimate": "estimate", "target": "target"}
"""By the class of the noun in cues.toml."""


def of_noun(noun: Token) -> Status | None:
    """ "a quota of 5 million", "its forecast of 3%", "a flash estimate": the noun's own standing, or its modifiers'."""
    if _is_crossed(noun):
        return None
    for child in children(noun):
        if child.lower_ == "likely" and (singular(noun.text) in name_words().crowd or children_with(noun, "nummod")):
            continue  # "a poll of 812 likely voters", "two likely deaths"
        if child.lower_ == "initial" and singular(noun.text) in status_words().standing:
            continue  # "an initial capacity of 150,000" is what the plant starts with
        if child.lower_ in ("minimum", "maximum") and singular(noun.text) in status_words().inforce:
            continue  # "the minimum wage of 22,104 lira" is paid
        joined = child.dep_ in ("compound", "amod", "nmod")
        if singular(noun.text) == "target" and joined and child.lower_ in status_words().foreseen:
            return "forecast"  # the year-end target of a bank for a price
        if joined and child.lower_ in status_words().modifiers:
            return None if _is_undone(noun) else status_words().modifiers[child.lower_]
        if child.dep_ == "compound" and OF_NOUN.get(cue_words().documents.get(child.lower_, "")) == "target":
            return "target"  # "a target range of 3% to 7%"
        if child.dep_ == "prep" and child.lower_ in ("in", "under") and (target := children_with(child, "pobj")):
            nested = OF_NOUN.get(
                cue_words().documents.get(singular(target[0].text), "")
            )  # "$8,900 in its March outlook"
            if nested == "forecast":
                return nested
    name = singular(noun.text)
    if name == "budget" and any(
        kind.lower_ in small_words("spent") for kind in children_with(noun, "amod", "compound", "nmod")
    ):
        return None  # "cut its military budget to 63 million" is what it spends
    return status_words().nouns.get(name) or OF_NOUN.get(cue_words().documents.get(name, ""))


def _is_undone(noun: Token) -> bool:
    """True for the operations of "cancelled 90 planned operations": as many were, whatever had been planned."""
    whole = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun  # "a total of 90 planned …"
    verbs = [whole.head] if whole.dep_ in ("dobj", "nsubjpass") else []
    verbs += children_with(noun, "acl")
    return any(verb.lemma_.lower() in small_words("undoing") for verb in verbs)


def _is_crossed(noun: Token) -> bool:
    """True for the threshold of "has crossed a 700 million threshold": what was passed is no limit to come."""
    crossed = noun.lemma_.lower() in small_words("crossed") and noun.dep_ in ("dobj", "pobj")
    return crossed and noun.head.lemma_.lower() in small_words("crossing")
