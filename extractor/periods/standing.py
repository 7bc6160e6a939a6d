"""What a figure's verb tells of its time: what stands day by day, what adds up, what is said of a figure at hand."""

from __future__ import annotations

import itertools

from extractor.mentions import Quantity
from extractor.names.words import PUBLISHERS, phrase_kind
from extractor.periods.tenses import FUTURE, IT, PERFECT, PRESENT, Trees, had, tense_of, tensed_verb
from extractor.periods.words import cue
from extractor.sources.cues import verb_class
from extractor.syntax import ancestors, children, is_proper, is_verb, subject
from extractor.tokens import Token

_TAKING_UP = frozenset({"that", "this", "which", "those", "these"})
_FIGURES = frozenset({"say", "announce", "show", "count", "post", "estimate", "put", "hold"})


def is_kept(trees: Trees, quantity: Quantity) -> bool:
    """True for what somebody has day by day, in the present tense: "employs 11,900 people", "of its 96 jets"."""
    head, verb = trees.head_and_verb(quantity)
    if verb is None or head is None or tense_of(verb) != PRESENT:
        return False
    owned = any(child.dep_ == "poss" for noun in (head, head.head) for child in children(noun))
    return owned or cue("keeping").fullmatch(verb.lemma_) is not None


def flows(trees: Trees, quantity: Quantity) -> bool:
    """True for what adds up over time, and has done so: "had landed 79,400", "will have sold 40"."""
    _, verb = trees.head_and_verb(quantity)
    if verb is None or cue("flows").fullmatch(verb.lemma_) is None:
        return False
    return tense_of(verb) != FUTURE or any(child.lower_ == "have" for child in children(verb))


def is_standing(trees: Trees, quantity: Quantity) -> bool:
    """True for what is so at the time of writing: "costs 500", "is home to 300 plants"; not for what a body says.

    Figures that take up what was just spoken of are left out, too: "that is 30 more", "the number comes to 500".
    """
    head = trees.head(quantity.start, quantity.end)
    verb = None if head is None else tensed_verb(head)
    if head is None or verb is None or tense_of(verb) != PRESENT or _is_told(head, verb):
        return False
    who = subject(verb)
    if who is None or verb.dep_ == "relcl":
        return verb.dep_ == "relcl"
    if who.lower_ in _TAKING_UP or cue("reckoned").fullmatch(who.lower_) or _is_ranked(head, verb):
        return False
    return who.lower_ != "it" or cue("summing").fullmatch(verb.lemma_) is None


def takes_up(trees: Trees, quantity: Quantity) -> bool:
    """True for what is said of a figure at hand: "their number is 800", "the gap of 25 is …", "customs has 57%"."""
    head, verb = trees.head_and_verb(quantity)
    if head is None:
        return False
    chain = itertools.takewhile(lambda token: not is_verb(token), (head, *ancestors(head)))
    if any(cue("reckoned").fullmatch(token.lower_) and _is_definite(token) for token in chain):
        return True
    if verb is None or verb.dep_ == "relcl":
        return False
    who = subject(verb)
    if who is None or cue("parting").fullmatch(verb.lemma_) or _is_ranked(head, verb):
        return who is not None and tense_of(verb) == PRESENT
    if who.lower_ in IT and verb.lemma_ == "be" and verb.dep_ == "ccomp":
        return True  # "the lobby says it is 22.8 billion"
    if cue("reckoned").fullmatch(who.lower_) and _is_definite(who):
        return cue("summing").fullmatch(verb.lemma_) is not None
    if who.i == head.i and verb.lemma_ == "be":  # "4.14 million is its figure for cars"
        return any(c.dep_ == "attr" and cue("reckoned").fullmatch(c.lower_) for c in children(verb))
    return _is_bodys(quantity, head, verb, who)


def looks_back(trees: Trees, quantity: Quantity) -> bool:
    """True under "had been" and the like."""
    _, verb = trees.head_and_verb(quantity)
    return verb is not None and had(verb)


def _is_bodys(quantity: Quantity, head: Token, verb: Token, who: Token) -> bool:
    """True for the bare figure that a body gives: "customs has 57%"; not for a norm ("recommends at least 95%")."""
    bare = quantity.noun_start < 0 and tense_of(verb) in (PRESENT, PERFECT)
    if not bare or quantity.modifier in ("at_least", "at_most") or not _is_given(verb, head):
        return False
    return _is_counter(who) or (_is_named(who) and _gives_figures(verb))


def _is_told(figure: Token, verb: Token) -> bool:
    """True where a body says a figure: "counts 40", "customs has 57%"; not for "the firm has 40 ships"."""
    kind = verb_class(verb)
    if kind == "hold":
        return figure.head.i == verb.i and not any(child.dep_ == "nummod" for child in children(figure))
    return kind not in (None, "aim")


def _is_ranked(figure: Token, verb: Token) -> bool:
    """True for "China is on top with 339,000", "Germany comes second with 5,210"."""
    return verb.lemma_ in ("be", "come", "rank", "follow", "lead", "remain") and figure.head.lower_ == "with"


def _is_definite(noun: Token) -> bool:
    """True for "the gap", "their number", "the union's figure"."""
    return any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ in ("the", "that", "this"))
        for child in children(noun)
    )


def _is_counter(who: Token) -> bool:
    """True for a body that publishes figures of others: what it has or gets to is its count, not its property."""
    named = (who, *(child for child in children(who) if child.dep_ == "appos"))
    return any(phrase_kind(token.doc, token.i) in PUBLISHERS for token in named)


def _gives_figures(verb: Token) -> bool:
    """True for "lists", "has", "arrives at", "comes to"; not for "recommends" and "expects"."""
    return verb_class(verb) in _FIGURES or cue("summing").fullmatch(verb.lemma_) is not None


def _is_named(who: Token) -> bool:
    """True for a name, and for a paper or count: what they "have", with no noun behind it, is their figure."""
    if is_proper(who) or who.lower_ == "number":
        return True
    return any(cue(name).fullmatch(who.lower_) for name in ("papers", "dated_papers", "reckoned"))


def _is_given(verb: Token, figure: Token) -> bool:
    """True for the figure of "has 57%", "gets to 33,400", "makes it 83%", "enters just 1.03 trillion"."""
    return figure.dep_ in ("dobj", "pobj", "attr", "oprd", "ccomp", "npadvmod") and verb.lemma_ != "be"
