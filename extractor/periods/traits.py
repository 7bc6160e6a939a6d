"""What a sentence tells of a figure without a period: whether it may borrow one, and what bears on which."""

from __future__ import annotations

from extractor.periods import standing
from extractor.periods.nearby import near
from extractor.periods.sentence import Sentence
from extractor.periods.speaking import is_vintage
from extractor.periods.tenses import PAST, PRESENT

_PRICES = frozenset({"money", "percent", "number", "measure"})
_SHARES = frozenset({"percent", "fraction"})
_PARTS = frozenset({"rank", "multiple"})


def may_borrow(sentence: Sentence, rank: int) -> bool:
    """False for base figures, what is said to be of now or of no date, what a poll found, and prices of the day."""
    if is_now(sentence, rank) or is_elsewhen(sentence, rank) or _is_polled(sentence, rank):
        return False
    if sentence.kinds[rank].kind != "growth" and _says_now(sentence, rank) and not sentence.clause.is_first:
        return False
    if sentence.is_base(rank) and (sentence.bases or near("from").search(sentence.before(rank))):
        return False
    return not is_quoted(sentence, rank)


def traits(sentence: Sentence, rank: int) -> tuple[str, ...]:
    """What bears on the period that a figure can borrow."""
    trees, figure = sentence.trees, sentence.figures[rank]
    taking_up = takes_up(sentence, rank)
    asked = (
        ("standing", not taking_up and _stands(sentence, rank)),
        ("kept", sentence.kinds[rank].kind == "level" and standing.is_kept(trees, figure)),
        ("said of it", _is_said_of_it(sentence, rank)),
        ("taking up", taking_up),
        ("vintage", is_vintage(trees, figure)),
        ("flowing", standing.flows(trees, figure)),
        ("item", sentence.clause.is_item),
        ("headline", sentence.clause.is_first),
        ("base", sentence.is_base(rank)),
    )
    return tuple(name for name, holds in asked if holds)


def is_now(sentence: Sentence, rank: int) -> bool:
    """True for "under 6,000 at present"."""
    return near("presently").match(sentence.behind(rank, 20)) is not None


def is_elsewhen(sentence: Sentence, rank: int) -> bool:
    """True for "71% before the pandemic", "in the decade before Covid 66,000 was normal"."""
    clause = sentence.clause
    start, end = sentence.figures[rank].start, sentence.figures[rank].end - clause.start
    if near("elsewhen").match(clause.text, end) or near("usual").search(clause.text[max(0, end - 60) : end]):
        return True
    opening = near("elsewhen_first").match(clause.text)
    if opening is None:
        return False
    opened = clause.start + opening.end()
    dated = any(opened <= mention.start < start for mention in sentence.times)  # "Before the war, in 2021, …"
    return not dated and not sentence.figure_between(opened, start)


def is_quoted(sentence: Sentence, rank: int) -> bool:
    """True for prices and rates of the day: "Its shares closed up 1.4%"."""
    priced = sentence.figures[rank].form in _PRICES and sentence.kinds[rank].kind not in _PARTS
    return priced and sentence.has("quoted")


def is_standing(sentence: Sentence, rank: int) -> bool:
    """True for what is so on the day of writing: "now has 1,500 dealers", "14 of its 96 jets are on the ground"."""
    return _stands(sentence, rank) and not takes_up(sentence, rank)


def _stands(sentence: Sentence, rank: int) -> bool:
    """True for what is so on the day of writing, or is said of the figure before."""
    if sentence.clause.is_first:
        return False
    before = sentence.before(rank)
    if _says_now(sentence, rank) or near("standing").search(before):
        return True
    told = [other for other in sentence.clause.figures if other < rank and sentence.tense(other) == PAST]
    if told and not near("turn").search(sentence.between(sentence.figures[told[-1]].end, sentence.figures[rank].start)):
        return False  # a list without verbs: "brought in 118 million, commercial deals 52 and matchdays 36"
    return standing.is_standing(sentence.trees, sentence.figures[rank])


def takes_up(sentence: Sentence, rank: int) -> bool:
    """True for what is said of the figure before: "that is 30 more", "customs has 57%", "40 of them"."""
    if near("now").search(sentence.before(rank)):
        return False  # "space now accounts for 12 per cent"
    return _is_said_of_it(sentence, rank) or standing.takes_up(sentence.trees, sentence.figures[rank])


def looks_back(sentence: Sentence) -> bool:
    """True for a sentence that goes back behind what is told: "in May it had been 4"."""
    return any(standing.looks_back(sentence.trees, sentence.figures[rank]) for rank in sentence.clause.figures)


def _says_now(sentence: Sentence, rank: int) -> bool:
    """True for "now has 1,500 dealers", "space now accounts for 12 per cent"."""
    return sentence.tense(rank) == PRESENT and near("now").search(sentence.before(rank)) is not None


def _is_said_of_it(sentence: Sentence, rank: int) -> bool:
    """True for words that point back: "that is 30 more", "40 of them", "of these, 90 were vans"."""
    before = sentence.before(rank)
    if near("takes_up").search(before) or near("of_these").search(before):
        return True
    return near("of_them").match(sentence.behind(rank, 30)) is not None


def _is_polled(sentence: Sentence, rank: int) -> bool:
    """True for shares that a poll found: they are of no period that other figures have."""
    polled = sentence.figures[rank].form in _SHARES and sentence.kinds[rank].kind != "growth"
    return polled and sentence.has("polls")
