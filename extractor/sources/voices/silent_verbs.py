"""Verbs of saying that tell nothing where they stand: denied, still to come, or adding an amount."""

from __future__ import annotations

from extractor.sources.cues import participle_classes, small_words, verb_class
from extractor.sources.speakers import (
    Memory,
    document_class,
    publishes,
)
from extractor.sources.verb_reach import is_passive
from extractor.syntax import children, children_with, subject
from extractor.tokens import Token


def says_nothing(verb: Token, memory: Memory) -> bool:
    """True where a verb of saying tells nothing here: it is denied, or adds an amount, or belongs to a document."""
    if verb.lower_ in small_words("adding") and _adds_amount(verb, memory):
        return True  # "Europe added $151mn"
    if _is_unsaid(verb) or (verb.lower_ == "asked" and is_passive(verb)):
        return True  # "Asked by this newspaper, the office pointed to …"
    paper = verb.head
    if verb.dep_ != "acl" or "obtain" not in participle_classes(verb) or document_class(paper) is None:
        return False
    return (
        paper.dep_ == "pobj" and paper.head.lower_ == "in"
    )  # "put it at 5 million in a bulletin seen by the Standard"


def _adds_amount(verb: Token, memory: Memory) -> bool:
    """True where what is added is an amount, and nothing said; a body that publishes figures adds another."""
    things, who = children_with(verb, "dobj"), subject(verb)
    return (
        bool(things)
        and not (who is not None and publishes(who, memory, others=True))
        and any(memory.in_figure(token.i) for thing in things for token in (thing, *thing.lefts))
    )


def _is_unsaid(verb: Token) -> bool:
    """True where nobody has spoken: "cannot tell", "did not say", "will announce", "wanting to learn"."""
    following = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    if (
        following == "to"
        and verb.tag_ in ("VBD", "VBN")
        and verb.lower_ in small_words("supposed")
        and not children_with(verb, "agent")
    ):
        return True  # "the deficit, thought to be 5 billion"
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("go", "continue", "proceed"):
        return False  # "went on to say"
    if any(child.dep_ == "neg" or (child.dep_ == "aux" and child.tag_ in ("MD", "TO")) for child in children(verb)):
        kind = verb_class(verb)
        if kind in ("say", "announce", "show", "count") and _says_only(verb):
            return False  # "the brewery would only confirm 120"
        if verb.lemma_ in ("tell", "give") and any(
            child.lower_ == "you" for child in children_with(verb, "dobj", "dative")
        ):
            return any(child.dep_ == "neg" for child in children(verb))  # "the ministry will tell you that …"
        return kind not in ("estimate", "put", "expect", "aim") or any(child.dep_ == "neg" for child in children(verb))
    return False


def _says_only(verb: Token) -> bool:
    """True for "would only confirm 120", "could say no more than 40", "can reveal": said, for all the "would"."""
    helpers = children_with(verb, "aux")
    if any(child.dep_ == "neg" for child in children(verb)) or any(helper.tag_ == "TO" for helper in helpers):
        return False
    words = [child.lower_ for child in children_with(verb, "advmod")]
    words += [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 6]]
    return any(word in ("only", "merely", "than") for word in words) or any(h.lower_ == "can" for h in helpers)
