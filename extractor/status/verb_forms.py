"""The form of a verb as its helpers tell it: infinitive, perfect, finite, past."""

from __future__ import annotations

from extractor.syntax import children_with
from extractor.tokens import Token


def is_infinitive(verb: Token) -> bool:
    """True for a verb with "to" before it."""
    return any(aux.tag_ == "TO" for aux in children_with(verb, "aux"))


def has_have(verb: Token) -> bool:
    """True for "to have sold", "will have sold": a look at what has been."""
    return any(aux.lemma_ == "have" for aux in children_with(verb, "aux"))


def is_finite(verb: Token) -> bool:
    """True for a clause with a tense of its own: "which makes 85% of it"."""
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(
        aux.tag_ in ("VBD", "VBZ", "VBP") for aux in children_with(verb, "aux")
    )


def is_past(verb: Token) -> bool:
    """True for a verb in the past tense, by itself or by its helper."""
    return verb.tag_ == "VBD" or any(aux.tag_ == "VBD" for aux in children_with(verb, "aux", "auxpass"))
