"""Which periods stand in another clause than a figure, by the parse: they do not date it."""

from __future__ import annotations

import re
from functools import cache

from extractor.mentions import PeriodMention, Quantity
from extractor.periods.tenses import PAST, Trees, had, tense_at, tensed_verb
from extractor.periods.words import lexicon
from extractor.sources.cues import verb_class
from extractor.syntax import ancestors, children, is_verb, subject
from extractor.tokens import Token

_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "csubj"})
_OPENERS = frozenset({"nsubj", "nsubjpass", "mark", "advmod", "aux"})
_COUNTED = frozenset({"nummod", "quantmod", "compound", "nmod", "appos"})


def is_elsewhere(trees: Trees, mention: PeriodMention, quantity: Quantity) -> bool:
    """True where a period stands in a clause that tells of something else than the figure.

    "We have 800 beds", said the doctor at the stadium, where football was *last played on December 16*.
    """
    own, other = trees.head(quantity.start, quantity.end), trees.head(mention.start, mention.end)
    if own is None or other is None:
        return False
    above = {own.i, *(token.i for token in ancestors(own))}
    follows = mention.start >= quantity.end
    if not follows and _turns(own, other):
        return True
    for token in (other, *ancestors(other)):
        if token.i in above:
            return False
        if _is_remark(token) or (follows and _is_other_clause(token, own, other)):
            return True
        if token.dep_ == "appos" and other.dep_ == "poss" and other.head.i != token.i:
            return True  # "Para, host of next year's summit, lost 2,362"
        if token.dep_ == "acl" and _begetting().match(token.text) and _counts_other(token.head, quantity):
            return True  # "19.8 billion from its fund of 100 billion set up in 2022"
    return False


def tie(trees: Trees, mention: PeriodMention, quantity: Quantity) -> str:
    """How a period hangs together with a figure: how many verbs lie between them, up and down; "" without a parse."""
    own, other = trees.head(quantity.start, quantity.end), trees.head(mention.start, mention.end)
    if own is None or other is None:
        return ""
    path = [own, *ancestors(own)]
    above = {token.i: number for number, token in enumerate(path)}
    below = 0
    for common in (other, *ancestors(other)):
        if common.i in above:
            up = sum(is_verb(token) for token in path[: above[common.i]])
            return "one noun" if not (up or below or is_verb(common)) else f"{min(up, 2)} up, {min(below, 2)} down"
        below += is_verb(common)
    return "apart"


def _turns(figure: Token, period: Token) -> bool:
    """True where a sentence turns from what was to what is or will be: "In 2022 it was 4, so it has grown by 3"."""
    verb = tensed_verb(figure)
    if verb is None or tense_at(period) != PAST:
        return False
    if tense_at(figure) == PAST and (had(verb) or not _opens_pluperfect(period)):
        return False
    if verb.tag_ == "VB" and _foresees(tensed_verb(period)):
        return False  # "for 2024 it forecast a loss of 80 million, and sales to fall by 5%"
    return all(token.i != verb.i for token in ancestors(period))


def _foresees(verb: Token | None) -> bool:
    return verb is not None and verb_class(verb) in ("expect", "aim")


def _opens_pluperfect(token: Token) -> bool:
    """True before a pluperfect and its subject: "a year earlier crashes *had cost* 1,600 lives"."""
    verb = tensed_verb(token.head) if token.head.i != token.i else None
    who = subject(verb) if verb is not None and had(verb) else None
    return who is not None and token.i < who.i


def _is_remark(token: Token) -> bool:
    """True for a relative clause after a comma: "the office, *which moved in May*, counts 40"."""
    before = token.left_edge.i - 1
    return token.dep_ == "relcl" and before >= 0 and token.doc[before].text == ","


def _is_other_clause(token: Token, figure: Token, period: Token) -> bool:
    """True for a clause below the figure's, or beside it with a subject of its own: "and in May the toll *was set*".

    What ends two such clauses dates both: "40 were arrested and 12 were hurt on Thursday".
    """
    if token.dep_ == "advcl" and token.tag_ == "VBN" and not any(c.dep_ in _OPENERS for c in children(token)):
        return False  # "310, listed by the council in 2019"
    if token.dep_ in _CLAUSES:
        return not _describes(token, figure)
    if token.dep_ == "conj" and is_verb(token) and period.lower_ == "since":
        return True  # "makes up a third of sales, and has been falling since 2017"
    if token.dep_ == "conj" and _counts(token, period) and any(above.i == token.head.i for above in ancestors(figure)):
        return False
    own = any(child.dep_[:5] in ("nsubj", "expl") for child in children(token))
    return token.dep_ == "conj" and is_verb(token) and own


def _describes(clause: Token, figure: Token) -> bool:
    """True for a relative clause of what the figure counts, unless it denies: "the 163,000 *that came in 2022*"."""
    if clause.dep_ != "relcl" or any(child.dep_ == "neg" for child in children(clause)):
        return False
    above = (clause.head, *ancestors(clause.head))
    return any(token.i == figure.i for token in above) or (figure.dep_ in _COUNTED and clause.head.i == figure.head.i)


def _counts(verb: Token, period: Token) -> bool:
    """True for "12 were hurt on Thursday": a clause whose subject is counted, and that a period ends."""
    who = subject(verb)
    return period.i > verb.i and who is not None and any(child.dep_ == "nummod" for child in children(who))


def _counts_other(noun: Token, quantity: Quantity) -> bool:
    """True for a noun that goes with another number than the figure: "its fund of 100 billion"."""
    near = noun.doc[noun.i : noun.i + 5] if noun.tag_ != "CD" else noun.doc[noun.i : noun.i + 1]
    numbers = [token.idx for token in (*noun.lefts, *near) if token.tag_ == "CD"]
    return bool(numbers) and not any(quantity.start <= at < quantity.end for at in numbers)


@cache
def _begetting() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon().cues.origins}|set)\b", re.IGNORECASE)
