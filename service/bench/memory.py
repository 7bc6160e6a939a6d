"""Memory over many articles: `claimgraph batch` over small made-up articles, more and more of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import orjson

from service.bench.clocks import Row, of_command

_THINGS = ("cars", "smartphones", "barrels of oil", "tonnes of wheat", "solar panels", "laptops", "bicycles")
_PLACES = ("China", "Germany", "Japan", "Brazil", "India", "Mexico", "Spain", "Kenya", "Turkey", "Canada", "Poland")
_BODIES = ("the customs office", "the ministry", "the statistics bureau", "the industry association")
_DEEDS = (("Exports", "rose"), ("Sales", "fell"), ("Imports", "grew"), ("Production", "dropped"))


def measure(most: int, folder: Path) -> Iterator[Row]:
    """The most memory that a run takes, over a tenth, a half and all of so many articles."""
    for size in (most // 10, most // 2, most):
        path = folder / f"articles-{size}.jsonl"
        with path.open("wb") as stream:
            stream.writelines(map(_line, range(size)))
        command = [sys.executable, "-m", "service.cli", "batch", str(path), "--out", str(folder / f"out-{size}")]
        run = of_command(command, 1)
        rate = f"{run.memory:,.0f} MB at the most"
        yield Row(f"`batch` over {size:,} small articles", rate, f"{run.cpu:,.0f} CPU s; asked: flat, under 1,200 MB")
        path.unlink()


def _line(number: int) -> bytes:
    """A short article with two figures; no two are alike."""
    thing, place = _THINGS[number % len(_THINGS)], _PLACES[number % len(_PLACES)]
    body, (what, moved) = _BODIES[number % len(_BODIES)], _DEEDS[number // 7 % len(_DEEDS)]
    amount, rate, year = 10_000 + 13 * number, 1 + number % 389 / 10, 1990 + number % 34
    text = (
        f"{what} of {thing} watched closely\n\n{what} of {thing} from {place} {moved} {rate:.1f}% to {amount:,} "
        f"in {year}, {body} said. Traders had expected as much, and prices hardly moved. "
        f"Dealers said that they saw no reason for concern, and that demand would hold."
    )
    article = {"id": f"m{number:07d}", "text": text, "published": f"{year + 1}-02-{1 + number % 28:02d}"}
    return orjson.dumps(article, option=orjson.OPT_APPEND_NEWLINE)
