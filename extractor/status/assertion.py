"""Whether a text asserts a figure, denies it, or only supposes it."""

from __future__ import annotations

import itertools
import re
from typing import Literal

from extractor.mentions import Quantity
from extractor.sources.cues import verb_class
from extractor.status.words import words_in
from extractor.syntax import SUBJECTS, ancestors, children, children_with, is_noun, is_parsed, is_verb, sentence_text
from extractor.tokens import Doc, Token

Polarity = Literal["asserted", "negated", "hypothetical"]
_INVERTED = re.compile(
    r"[\s\"“'‘]*(?:Had|Were|Should)\s+(?:the |an? |its? |their |no )?\w[^,?]{3,90},[^.?]{0,80}\b(?:would|could|might)\b"
)
"""A supposition without "if": "Had turnout reached 70%, the bill would have passed"."""
_REPORTING = frozenset({"say", "announce", "show", "estimate", "count"})
_AMOUNTS = frozenset(
    {"pobj", "dobj", "npadvmod", "attr", "nummod", "compound", "quantmod", "nmod", "appos", "oprd", "amod"}
)


def polarity(doc: Doc, quantity: Quantity) -> Polarity:
    """Whether the text asserts a figure: "failed to reach 5 million" negates it, "if exports hit 6" supposes it."""
    token = head_of(doc, quantity)
    if not is_parsed(token):
        return "asserted"
    words = sentence_text(token)
    if words.rstrip(' \n”"').endswith("?"):
        return "hypothetical"
    chain = _own_clauses([above for above in ancestors(token) if is_verb(above)])
    if any(is_supposition(verb) for verb in chain[:3]) or _INVERTED.match(words):
        return "hypothetical"
    return "negated" if chain and (_is_negated(token, chain) or _is_denied(token)) else "asserted"


def _own_clauses(chain: list[Token]) -> list[Token]:
    """The verbs above a figure, up to a result that the parser joined to its condition.

    "… would cut staff if wages rose and 28% *would invest* less": what would follow is no part of the if-clause.
    """
    for index, verb in enumerate(chain[:3]):
        modal = any(aux.lower_ in ("would", "could", "might") for aux in children_with(verb, "aux"))
        own = any(child.dep_[:5] == "nsubj" for child in children(verb))
        if verb.dep_ == "conj" and modal and own and not children_with(verb.head, "aux") and is_supposition(verb.head):
            return chain[: index + 1]
    return chain


def _is_trust(verb: Token) -> bool:
    """True for "If you believe the makers", "if the union is to be believed": doubt about a voice, and no condition."""
    return verb.lemma_.lower() in words_in("trusting")


def _is_denied(token: Token) -> bool:
    """True for "denied that 40,000 jobs were at risk"; but "denied a report that …" leaves the figure to the report."""
    child = token
    for above in ancestors(token):
        if is_noun(above) and child.dep_ in ("acl", "relcl", "ccomp"):
            return above.dep_ in SUBJECTS and _is_called_untrue(above.head)
        if verb_class(above) == "deny" and is_verb(above):
            return child.dep_ == "ccomp"
        if child.dep_ == "ccomp" and _is_called_untrue(above):
            return True
        child = above
    return False


def _is_called_untrue(verb: Token) -> bool:
    """True for "it is *not true* that 40 people died", "the report that … was *false*"."""
    said = {word.lower_ for word in children_with(verb, "acomp")}
    return bool(said & words_in("untrue")) or (bool(said & words_in("true")) and _has_negation(verb))


def is_supposition(verb: Token) -> bool:
    """True in an if-clause, and in the main clause of one with "would", unless somebody reports it.

    "The institute found that the firm would owe 65 billion if the money came back" is the institute's figure.
    """
    if _is_trust(verb):
        return False
    marks = children_with(verb, "mark", "advmod", "prep", "aux")
    if any(
        mark.lower_ in words_in("supposing") and (mark.lower_ != "should" or mark.i == verb.left_edge.i)
        for mark in marks
    ):
        return verb.dep_ != "ccomp" or any(mark.lower_ == "whether" for mark in marks)
    if _is_inverted(verb):
        return True
    would = any(aux.lower_ == "would" for aux in children_with(verb, "aux"))
    reported = any(verb_class(above) in _REPORTING for above in itertools.islice(ancestors(verb), 2))
    return (
        would
        and not reported
        and (
            any(_is_inverted(clause) for clause in children_with(verb, "advcl", "ccomp"))
            or any(
                mark.lower_ in words_in("supposing") and (mark.i == 0 or mark.nbor(-1).lower_ != "even")
                for clause in children_with(verb, "advcl")
                for mark in children_with(clause, "mark")
            )
        )
    )


def _is_inverted(verb: Token) -> bool:
    """True in "Had turnout reached 70%, …" and "Were prices to fall 5%, …": the helper stands before its subject."""
    helper = verb.doc[verb.left_edge.i]
    if helper.lower_ not in ("had", "were") or helper.i == verb.i or helper.head.i != verb.i:
        return False
    follows = any(child.dep_[:5] == "nsubj" and child.i > helper.i for child in children(verb))
    return follows and helper.dep_ in ("aux", "auxpass", "ROOT", "mark")


def _is_negated(token: Token, chain: list[Token]) -> bool:
    """True where the verb that holds the figure as its object is denied, or fails."""
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i else token
    if before.lower_ in ("not", "n't") and before.head.i != chain[0].i:
        return before.i == 0 or before.nbor(-1).text != ","  # "6.8%, not 6.5%" only sets one figure against another
    if not _is_amount(token, chain[0]):
        return False
    if _has_negation(chain[0]):
        return True
    above = chain[1] if len(chain) > 1 and chain[0].dep_ == "xcomp" else chain[0]
    return above.lemma_ in words_in("failing") or (above is not chain[0] and _has_negation(above))


def _has_negation(verb: Token) -> bool:
    """True for a verb with a "not"; one behind a comma sets one figure against another: "6.8%, not the 6.5% that…"."""
    return any(mark.dep_ == "neg" and not (mark.i > verb.i and mark.nbor(-1).text == ",") for mark in children(verb))


def _is_amount(token: Token, verb: Token) -> bool:
    """True where a figure is what a verb reaches ("reach 5 million", "fall to 3%"), not part of a thing with a name."""
    steps = 0
    for above in [token, *ancestors(token)]:
        if above.i == verb.i:
            return True
        if above.dep_ not in _AMOUNTS and above.dep_ != "prep":
            return False
        steps += above.dep_ == "prep"
        if steps > 1 or (above.dep_ == "prep" and above.lower_ == "of"):
            return False
    return False


def head_of(doc: Doc, quantity: Quantity) -> Token:
    """The token of a number expression that hangs on the rest of the sentence; a currency called "won" is no verb."""
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if span is None or not len(span):
        return doc[0]
    root = span.root
    return root if not is_verb(root) else next((token for token in span if token.tag_ == "CD"), root)
