"""The table of attributions (`attributions.toml`), as parameters for the tests of sources and of status."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest


class Figure(NamedTuple):
    """What is expected of one figure: accepted sources and kinds ("": the article's own voice), standings, relays."""

    quote: str
    sources: frozenset[str]
    kinds: frozenset[str]
    statuses: frozenset[str]
    relays: str | None


def cases(test: str) -> list[Any]:
    """The texts and their figures; those that the test named is known to fail are marked so."""
    table = tomllib.loads((Path(__file__).parent / "attributions.toml").read_text(encoding="utf-8"))["case"]
    return [
        pytest.param(
            row["text"],
            [_figure(figure) for figure in row["figures"]],
            id=row["text"].split("\n")[0][:60],
            marks=[pytest.mark.xfail(strict=False)] if test in row.get("wrong", ()) else [],
        )
        for row in table
    ]


def _figure(row: list[str]) -> Figure:
    quote, *sets = row[:4]
    relays = row[4] if len(row) > 4 and row[4] != "*" else None
    sources, kinds, statuses = (frozenset(words.split("|")) for words in sets)
    return Figure(quote, sources, kinds, statuses, relays)
