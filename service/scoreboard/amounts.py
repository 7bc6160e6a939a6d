"""Amounts of money as newsrooms write them ("$1.2bn", "RM900 million", "Rs 3 crore"): how many come out right.

The table is put together from `amounts.toml`. An amount is right when its sentence gives one claim, over the amount,
with its value and its currency.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import cycle
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from extractor.loading import checked
from extractor.model import Article, Claim
from service.scoring.board import Share


class Amount(NamedTuple):
    """One sentence with one amount."""

    sentence: str
    start: int
    end: int
    value: float
    currency: str


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Currency(_Strict):
    code: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    scales: str


class _Table(_Strict):
    sentences: tuple[str, ...]
    figures: dict[str, float]
    scales: dict[str, dict[str, float]]
    currency: tuple[_Currency, ...]


@lru_cache(maxsize=1)
def amounts() -> tuple[Amount, ...]:
    """The whole table."""
    table = checked(_Table, "service.scoreboard", "amounts.toml")
    frames = cycle(table.sentences)
    return tuple(_in_sentence(next(frames), *written) for each in table.currency for written in _written(each, table))


def _written(currency: _Currency, table: _Table) -> Iterator[tuple[str, float, str]]:
    forms = [(sign, "") for sign in currency.before] + [("", f" {word}") for word in currency.after]
    for before, after in forms:
        for figure, value in table.figures.items():
            for scale, factor in table.scales[currency.scales].items():
                yield f"{before}{figure}{scale}{after}", value * factor, currency.code


def _in_sentence(frame: str, amount: str, value: float, currency: str) -> Amount:
    start = frame.index("{}")
    return Amount(frame.replace("{}", amount), start, start + len(amount), value, currency)


def read_right(table: Sequence[Amount] | None = None) -> Share:
    """How many amounts the extractor reads right."""
    from extractor import extract_many

    rows = amounts() if table is None else table
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in extract_many(Article(id=str(place), text=row.sentence) for place, row in enumerate(rows)):
        claims[claim.article].append(claim)
    return Share(sum(is_right(row, claims[str(place)]) for place, row in enumerate(rows)), len(rows))


def is_right(amount: Amount, claims: Iterable[Claim]) -> bool:
    """Whether the claims of a sentence are one, over the amount, with its value and currency."""
    found = list(claims)
    if len(found) != 1 or not (found[0].start < amount.end and amount.start < found[0].end):
        return False
    return math.isclose(found[0].value, amount.value, rel_tol=1e-6) and found[0].unit == amount.currency
