"""The number expressions of `expressions.txt`: each figure's kind, value and unit."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor import Article, Claim, extract_many


class Row(NamedTuple):
    """A figure of a text, and how it is read."""

    text: str
    start: int
    quote: str
    kind: str
    value: float
    unit: str


def _rows() -> list[Row]:
    rows: list[Row] = []
    text, at = "", 0
    for line in (Path(__file__).parent / "expressions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            text, at = line[2:].replace("\\n", "\n"), 0
        elif line.startswith("= "):
            quote, kind, value, unit = (part.strip() for part in line[2:].split("|"))
            start = text.index(quote, at)
            at = start + 1
            rows.append(Row(text, start, quote, kind, float(value), unit))
    return rows


@lru_cache(maxsize=1)
def _claims() -> dict[str, list[Claim]]:
    texts = list(dict.fromkeys(row.text for row in _rows()))
    found: dict[str, list[Claim]] = {text: [] for text in texts}
    for claim in extract_many(
        Article(id=str(number), text=text, published="2024-05-15") for number, text in enumerate(texts)
    ):
        found[texts[int(claim.article)]].append(claim)
    return found


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.quote} {row.text[:40]}") for row in _rows()])
def test_an_expression_is_read(row: Row) -> None:
    end = row.start + len(row.quote)
    claim = next(claim for claim in _claims()[row.text] if claim.start < end and row.start < claim.end)
    assert (claim.kind, claim.unit) == (row.kind, row.unit)
    assert claim.value == pytest.approx(row.value, rel=1e-5)
