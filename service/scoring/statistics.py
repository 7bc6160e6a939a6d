"""How far the board's figures can be trusted: intervals, calibration of `confidence`, and two runs side by side."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from service.scoring.answers import SLOTS
from service.scoring.board import PRF, Outcome, Scores

DRAWS = 1000
BINS = 10
_SEED = 20240119

Ratio = tuple[float, float]
"""A figure as a part and a whole, both of which add up over articles."""


class Bin(NamedTuple):
    """Claims whose confidence lies in one tenth."""

    low: float
    high: float
    claims: int
    confidence: float
    """Their mean confidence."""
    right: float
    """How many of them are right in every slot, as a share of one."""


class Duel(NamedTuple):
    """One figure of two runs over the same gold claims."""

    before: int
    """Right in the first run."""
    after: int
    won: int
    lost: int
    chance: float
    """Probability of a difference at least as large if both were equally good (exact sign test, two-sided)."""


class Comparison(NamedTuple):
    """What a second run gained and lost over a first, claim by claim."""

    won: list[Outcome]
    """Right in every slot in the second run only."""
    lost: list[Outcome]
    """Right in every slot in the first run only."""
    chance: float
    """Probability of a difference at least as large if both were equally good (exact sign test, two-sided)."""
    figures: dict[str, Duel]
    """`claims` (found), each slot (right), `entirely` (every slot right); a claim that was not found is not right."""


def intervals(scores: Scores, *, draws: int = DRAWS) -> dict[str, tuple[float, float]]:
    """95% bootstrap intervals, by article, of every headline figure, in percent."""
    articles = {outcome.article for outcome in scores.outcomes} | {article for article, _ in scores.flags}
    return bootstrap(_ratios(scores), articles, draws=draws)


def bootstrap(
    figures: Mapping[str, Mapping[str, Ratio]], units: Iterable[str], *, draws: int = DRAWS
) -> dict[str, tuple[float, float]]:
    """95% intervals, in percent, of figures that are sums of parts over sums of wholes, by drawing units anew.

    A draw in which a figure has nothing to count says nothing about it.
    """
    names = sorted(units)
    chance = random.Random(_SEED)
    samples = [chance.choices(names, k=len(names)) for _ in range(draws)] if names else []
    drawn = {name: _interval(by_unit, samples) for name, by_unit in figures.items()}
    return {name: interval for name, interval in drawn.items() if interval is not None}


def calibration(scores: Scores, *, bins: int = BINS) -> tuple[float, list[Bin]]:
    """The expected calibration error (0 to 1) of `confidence`, and the reliability table that it comes from."""
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for outcome in scores.outcomes:
        if outcome.confidence is not None:
            place = min(int(outcome.confidence * bins), bins - 1)
            groups[place].append((outcome.confidence, outcome.state == "right"))
    table = [
        Bin(
            low=place / bins,
            high=(place + 1) / bins,
            claims=len(members),
            confidence=sum(confidence for confidence, _ in members) / len(members),
            right=sum(right for _, right in members) / len(members),
        )
        for place, members in sorted(groups.items())
    ]
    total = sum(row.claims for row in table)
    error = sum(row.claims * abs(row.confidence - row.right) for row in table) / total if total else 0.0
    return error, table


def compare(first: Scores, second: Scores) -> Comparison:
    """The gold claims that only one of two runs has right in every slot, and whether that may be chance."""
    before, after = (
        {(one.article, one.start): one for one in scores.outcomes if one.state != "spurious"}
        for scores in (first, second)
    )
    both = sorted(before.keys() & after.keys())
    won = [after[key] for key in both if after[key].state == "right" != before[key].state]
    lost = [after[key] for key in both if before[key].state == "right" != after[key].state]
    rights: dict[str, Callable[[Outcome], bool]] = {
        "claims": _is_found,
        **{slot: partial(_has_right, slot) for slot in SLOTS},
        "entirely": _is_right,
    }
    pairs = [(before[key], after[key]) for key in both]
    figures = {name: _duel([(right(one), right(other)) for one, other in pairs]) for name, right in rights.items()}
    return Comparison(won, lost, sign_test(len(won), len(lost)), figures)


def _is_found(outcome: Outcome) -> bool:
    return outcome.state in ("right", "wrong")


def _is_right(outcome: Outcome) -> bool:
    return outcome.state == "right"


def _has_right(slot: str, outcome: Outcome) -> bool:
    return _is_found(outcome) and slot not in outcome.wrong


def _duel(rights: Sequence[tuple[bool, bool]]) -> Duel:
    won, lost = sum(after > before for before, after in rights), sum(before > after for before, after in rights)
    return Duel(sum(one for one, _ in rights), sum(other for _, other in rights), won, lost, sign_test(won, lost))


def sign_test(won: int, lost: int) -> float:
    """Two-sided probability of a split at least as uneven as this one, were either side equally likely."""
    total = won + lost
    tail = sum(math.comb(total, count) for count in range(min(won, lost) + 1))
    return min(1.0, float(2 * tail / 2**total))


def _ratios(scores: Scores) -> dict[str, dict[str, Ratio]]:
    """Every headline figure as parts and wholes by article; F1 is twice the hits over all that was said or true."""
    figures: dict[str, dict[str, Ratio]] = defaultdict(dict)
    for outcome in scores.outcomes:
        found = outcome.state in ("right", "wrong")
        _add(figures["claims"], outcome.article, 2 * found, 1 + found)
        _add(figures["exact"], outcome.article, 2 * outcome.exact, 1 + found)
        if outcome.state != "missed":
            _add(figures["claims_precision"], outcome.article, found, 1)
        if outcome.state != "spurious":
            _add(figures["claims_recall"], outcome.article, found, 1)
        if found:
            for slot in SLOTS:
                _add(figures[slot], outcome.article, slot not in outcome.wrong, 1)
            _add(figures["entirely"], outcome.article, outcome.state == "right", 1)
    for article, right in scores.dated:
        _add(figures["published"], article, right, 1)
    for article, prf in scores.flags:
        _add_prf(figures, "conflicts", article, prf)
    for article, relation, prf in scores.ties:
        _add_prf(figures, "relations", article, prf)
        _add(figures[relation], article, 2 * prf.hits, 2 * prf.hits + prf.false + prf.missed)
    return dict(figures)


def _add_prf(figures: dict[str, dict[str, Ratio]], name: str, article: str, prf: PRF) -> None:
    _add(figures[name], article, 2 * prf.hits, 2 * prf.hits + prf.false + prf.missed)
    _add(figures[f"{name}_precision"], article, prf.hits, prf.hits + prf.false)
    _add(figures[f"{name}_recall"], article, prf.hits, prf.hits + prf.missed)


def _add(by_article: dict[str, Ratio], article: str, part: float, whole: float) -> None:
    before = by_article.get(article, (0.0, 0.0))
    by_article[article] = (before[0] + part, before[1] + whole)


def _interval(by_unit: Mapping[str, Ratio], samples: Iterable[list[str]]) -> tuple[float, float] | None:
    percents = (_percent(by_unit[unit] for unit in sample if unit in by_unit) for sample in samples)
    drawn = sorted(percent for percent in percents if percent is not None)
    if not drawn:
        return None
    return drawn[int(0.025 * (len(drawn) - 1))], drawn[math.ceil(0.975 * (len(drawn) - 1))]


def _percent(ratios: Iterable[Ratio]) -> float | None:
    part = whole = 0.0
    for one, all_of_it in ratios:
        part += one
        whole += all_of_it
    return 100 * part / whole if whole else None
