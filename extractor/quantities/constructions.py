"""What several kinds of figures ask of the words around one: its subject, "of" behind it, "one in five"."""

from __future__ import annotations

from extractor.tokens import Token

from .lexicon import lexicon
from .sites import Site


def subject_of(site: Site) -> Token | None:
    """The subject of the copula that a figure completes."""
    token = site.root
    for _ in range(3):
        if token is None or token.pos_ in ("AUX", "VERB"):
            break
        token = token.head
    if token is None or token.lemma_ not in lexicon().contexts["equating"]:
        return None
    clause = token.head if token.dep_ in ("xcomp", "ccomp") else token
    return next((child for verb in (token, clause) for child in verb.children if child.dep_ == "nsubj"), None)


def is_part(site: Site) -> bool:
    """True for a figure before "of": "a third *of* its value"."""
    return bool(site.right) and site.right[0].lower == "of"


def is_one_in(site: Site) -> bool:
    """True for "one in five", "3 out of 4": always a share."""
    return site.quantity.form == "fraction" and (" in " in site.quote or " out of " in site.quote)
