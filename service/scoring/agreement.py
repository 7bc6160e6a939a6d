"""How far two people who annotated the same articles apart from each other agree, and where they do not.

Both passes are gold folders. A claim is found by both when their quotes overlap; a slot is judged as the scorer judges
a program's (`answers.py`), once with the best (first) answers of each pass against all answers of the other.
That is kind to long lists of answers; two other figures stand beside it: how often the best answers are the same,
and how often the best answer of another claim of the same article would have been accepted.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from extractor.errors import InputError
from extractor.model import Claim, Period
from service.scoring.answers import SLOTS, answer, is_right, wrong_slots
from service.scoring.board import PRF, Share
from service.scoring.claims import match
from service.scoring.gold import Gold, GoldClaim, load_gold
from service.scoring.gold_claims import claims_of

CLOSED = ("kind", "status", "modifier", "unit")
"""Slots with few possible answers, for which agreement by chance can be reckoned; units are sorted into classes."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_OWN_CLASS = frozenset({"count", "percent", "percentage_point", "times"})
_COLUMNS = {
    "second by first": "second_by_first",
    "first by second": "first_by_second",
    "mean": "mean",
    "by chance": "by_chance",
    "same best answer": "same",
    "kappa": "kappa",
}


class Joint(NamedTuple):
    """A claim that both passes found."""

    article: str
    first: GoldClaim
    second: GoldClaim
    first_claim: Claim
    """The best answers of the first pass."""
    second_claim: Claim
    wrong_in_second: tuple[str, ...]
    """Slots whose best answer in the second pass is not among the first pass's answers."""
    wrong_in_first: tuple[str, ...]
    """The other way round."""

    @property
    def disputed(self) -> list[str]:
        """Slots in which at least one pass does not accept the other's best answer, in the order of the board."""
        return [slot for slot in SLOTS if slot in self.wrong_in_second or slot in self.wrong_in_first]

    @property
    def counts(self) -> bool:
        """Whether neither pass calls the claim optional."""
        return not (self.first.optional or self.second.optional)


class SlotAgreement(NamedTuple):
    """One slot over the claims that both passes found, in percent."""

    slot: str
    second_by_first: float
    """Best answers of the second pass that the first accepts."""
    first_by_second: float
    same: float
    """Best answers that are the same (words as lemmas)."""
    by_chance: float
    """Best answers of another claim of the same article that would be accepted, both directions averaged."""
    kappa: float | None
    """Cohen's kappa of the best answers, for closed slots only."""

    @property
    def mean(self) -> float:
        """Both directions, averaged."""
        return (self.second_by_first + self.first_by_second) / 2


@dataclass(frozen=True)
class Agreement:
    """Two passes side by side, over the articles that both annotated."""

    articles: tuple[str, ...]
    joint: tuple[Joint, ...]
    only_first: tuple[tuple[str, GoldClaim], ...]
    only_second: tuple[tuple[str, GoldClaim], ...]

    @property
    def counted(self) -> list[Joint]:
        """Claims that both found and neither calls optional."""
        return [pair for pair in self.joint if pair.counts]

    @property
    def claims(self) -> PRF:
        """Claims found by both, by the second pass only, and by the first only, optional ones left out."""
        return PRF(len(self.counted), _required(self.only_second), _required(self.only_first))

    @property
    def all_claims(self) -> PRF:
        """The same with optional claims counted like all others."""
        return PRF(len(self.joint), len(self.only_second), len(self.only_first))

    @property
    def required(self) -> PRF:
        """The same with a claim that one pass requires and the other only allows counted as missed by the other."""
        first = _required(self.only_first) + sum(
            pair.second.optional and not pair.first.optional for pair in self.joint
        )
        second = _required(self.only_second) + sum(
            pair.first.optional and not pair.second.optional for pair in self.joint
        )
        return PRF(len(self.counted), second, first)

    @property
    def optional_kappa(self) -> float:
        """Cohen's kappa of whether a claim that both found is optional."""
        return kappa([(str(pair.first.optional), str(pair.second.optional)) for pair in self.joint])

    @property
    def exact(self) -> Share:
        """Claims found by both whose quotes are the same to the character."""
        same = sum((pair.first.start, pair.first.end) == (pair.second.start, pair.second.end) for pair in self.counted)
        return Share(same, len(self.counted))

    @property
    def entirely(self) -> float:
        """Claims found by both that are right in every slot, in percent, both directions averaged."""
        second = Share(sum(not pair.wrong_in_second for pair in self.counted), len(self.counted))
        first = Share(sum(not pair.wrong_in_first for pair in self.counted), len(self.counted))
        return (second.percent + first.percent) / 2

    @property
    def undisputed(self) -> Share:
        """Claims found by both in which each pass accepts every best answer of the other."""
        return Share(sum(not pair.disputed for pair in self.counted), len(self.counted))

    def slots(self) -> list[SlotAgreement]:
        """Every slot, in the order of the board."""
        return [self._slot(slot) for slot in SLOTS]

    def _slot(self, slot: str) -> SlotAgreement:
        pairs = self.counted
        answers = [(_closed(slot, pair.first), _closed(slot, pair.second)) for pair in pairs]
        return SlotAgreement(
            slot,
            second_by_first=_share(slot not in pair.wrong_in_second for pair in pairs),
            first_by_second=_share(slot not in pair.wrong_in_first for pair in pairs),
            same=_share(_best(slot, pair.first) == _best(slot, pair.second) for pair in pairs),
            by_chance=self._by_chance(slot),
            kappa=kappa(answers) if slot in CLOSED else None,
        )

    def _by_chance(self, slot: str) -> float:
        others = [
            (mine, other)
            for mine in self.counted
            for other in self.counted
            if mine is not other and mine.article == other.article
        ]
        second = _share(is_right(slot, other.second_claim, mine.first) for mine, other in others)
        return (second + _share(is_right(slot, other.first_claim, mine.second) for mine, other in others)) / 2


def agree(first: Gold, second: Gold) -> Agreement:
    """The agreement of two passes over the articles that stand in both."""
    articles = tuple(sorted(first.articles.keys() & second.articles.keys()))
    if not articles:
        raise InputError("the two passes have no article in common")
    joint: list[Joint] = []
    only_first: list[tuple[str, GoldClaim]] = []
    only_second: list[tuple[str, GoldClaim]] = []
    for article in articles:
        mine, theirs = first.articles[article].claims, second.articles[article].claims
        pairs = list(_joint(article, mine, theirs))
        joint += pairs
        found_first, found_second = {pair.first.start for pair in pairs}, {pair.second.start for pair in pairs}
        only_first += [(article, claim) for claim in mine if claim.start not in found_first]
        only_second += [(article, claim) for claim in theirs if claim.start not in found_second]
    return Agreement(articles, tuple(joint), tuple(only_first), tuple(only_second))


def kappa(answers: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two people's answers to the same questions; 1 where both always say the same."""
    total = len(answers)
    same = sum(first == second for first, second in answers)
    firsts, seconds = Counter(first for first, _ in answers), Counter(second for _, second in answers)
    by_chance = sum(count * seconds[answer] for answer, count in firsts.items())
    if total * total == by_chance:
        return 1.0
    return (same * total - by_chance) / (total * total - by_chance)


def unit_class(unit: str) -> str:
    """What sort of unit: count, percent, percentage_point, times, money or measure; a rate has its numerator's."""
    numerator = unit.split(" per ")[0]
    if numerator in _OWN_CLASS:
        return numerator
    return "money" if _CURRENCY.fullmatch(numerator) else "measure"


def _joint(article: str, first: Sequence[GoldClaim], second: Sequence[GoldClaim]) -> Iterator[Joint]:
    best_first, best_second = _best_answers(article, first), _best_answers(article, second)
    rows = {row.start: row for row in second}
    for row, claim in match(first, list(best_second.values())):
        other, mine = rows[claim.start], best_first[row.start]
        yield Joint(article, row, other, mine, claim, tuple(wrong_slots(claim, row)), tuple(wrong_slots(mine, other)))


def _best_answers(article: str, rows: Sequence[GoldClaim]) -> dict[int, Claim]:
    """Rows of gold as claims with the first answer of every slot, by where they start."""
    gold = Gold.model_validate({"articles": {article: {"article": {"id": article}, "claims": list(rows)}}, "pairs": []})
    return {claim.start: claim for claim in claims_of(gold)}


def _closed(slot: str, row: GoldClaim) -> str:
    best = _listed(getattr(row, slot))[0]
    return unit_class(str(best)) if slot == "unit" else str(best)


def _best(slot: str, row: GoldClaim) -> object:
    """The best answer of a slot in comparable form."""
    best = _listed(getattr(row, slot))[0]
    if isinstance(best, Period):
        return best.start, best.end
    return answer(best) if isinstance(best, str) else best


def _share(hits: Iterable[bool]) -> float:
    """How many are true, in percent."""
    known = list(hits)
    return Share(sum(known), len(known)).percent


def _required(claims: Sequence[tuple[str, GoldClaim]]) -> int:
    return sum(not claim.optional for _, claim in claims)


def table(agreement: Agreement) -> list[str]:
    """The figures as lines of a Markdown table."""
    claims, undisputed = agreement.claims, agreement.undisputed
    return [
        f"{len(agreement.articles)} articles; {claims.hits} claims required by both, {claims.missed} found by the "
        f"first pass only, {claims.false} by the second only (optional ones left out)",
        "",
        f"| what | {' | '.join(_COLUMNS)} |",
        f"| --- |{' --- |' * len(_COLUMNS)}",
        _line("claims (F1), as the board counts", mean=claims.f1),
        _line("claims (F1), required by one and optional for the other: missed", mean=agreement.required.f1),
        _line("claims (F1), optional ones like all others", mean=agreement.all_claims.f1),
        _line("required or optional", kappa=agreement.optional_kappa),
        _line("quote, to the character", same=agreement.exact.percent),
        *(_line(row.slot, **row._asdict(), mean=row.mean) for row in agreement.slots()),
        _line("all slots", mean=agreement.entirely),
        _line("all slots, both ways at once", mean=undisputed.percent),
    ]


def _line(title: str, **figures: object) -> str:
    digits = {"kappa": 2}
    cells = ((figures.get(field), digits.get(field, 1)) for field in _COLUMNS.values())
    shown = (f"{cell:.{places}f}" if isinstance(cell, float) else "" for cell, places in cells)
    return f"| {title} | {' | '.join(shown)} |"


def disagreements(agreement: Agreement) -> Iterator[str]:
    """Every disagreement in a line: claims that one pass has alone, then slots with the answers of both."""
    for which, alone in (("first", agreement.only_first), ("second", agreement.only_second)):
        for article, claim in alone:
            yield f"{article}:{claim.start} {claim.quote!r} only in the {which} pass{_mark(claim)}"
    for pair in agreement.joint:
        for slot in pair.disputed:
            yield (
                f"{pair.article}:{pair.first.start} {pair.first.quote!r} {slot}: first {_shown(slot, pair.first)}"
                f"{_mark(pair.first)}, second {_shown(slot, pair.second)}{_mark(pair.second)}"
            )


def _mark(claim: GoldClaim) -> str:
    return " (optional)" if claim.optional else ""


def _shown(slot: str, claim: GoldClaim) -> str:
    answers = getattr(claim, slot)
    if slot in {"period", "base_period"}:
        return " or ".join("null" if answer is None else f"{answer.start}/{answer.end}" for answer in answers)
    return " or ".join("null" if answer is None else str(answer) for answer in _listed(answers))


def _listed(answers: object) -> list[object]:
    return list(answers) if isinstance(answers, list) else [answers]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table for two gold folders; with `--list`, every disagreement behind it."""
    parser = argparse.ArgumentParser(prog="scripts/agreement", description=main.__doc__)
    parser.add_argument("first", type=Path, help="gold folder of the first pass")
    parser.add_argument("second", type=Path, help="gold folder of the second pass")
    parser.add_argument("--list", action="store_true", help="every disagreement, one a line, after the table")
    given = parser.parse_args(arguments)
    try:
        agreement = agree(load_gold(given.first), load_gold(given.second))
    except InputError as error:
        sys.exit(f"scripts/agreement: {error}")
    lines = [*table(agreement), *(["", *disagreements(agreement)] if given.list else [])]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
