"""Ray beside the local engine: what a second worker adds, and what the cluster itself costs over few articles."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import orjson

from extractor.model import Article
from service.bench.clocks import Row, of_command

_PORTIONS = 5
"""Portions of the larger run; the smaller one has a single one, and what it takes is taken off."""


def measure(articles: Sequence[Article], folder: Path) -> Iterator[Row]:
    """The rows of the cluster; one that says so where Ray is not installed."""
    if importlib.util.find_spec("ray") is None:
        yield Row("`--engine ray`", "not installed", "pip install 'claimgraph[ray]'")
        return
    from service.cluster.portions import ARTICLES

    few, many = (_file(articles, size, folder) for size in (ARTICLES, _PORTIONS * ARTICLES))
    small, large = ({workers: _seconds(path, folder, workers) for workers in (1, 2)} for path in (few, many))
    one, two = ((_PORTIONS - 1) * ARTICLES / (large[workers] - small[workers]) for workers in (1, 2))
    rates = f"{one:.1f} and {two:.1f} articles a second"
    yield Row("one worker and two on Ray, by the clock", rates, f"{two / one:.2f} ×; start and shuffles left out")
    local = _seconds(few, folder, 1, engine="local")
    took = f"{small[1]:.0f} s on Ray, {local:.0f} s on the local engine"
    yield Row(f"{ARTICLES} articles, one worker, by the clock", took, f"{small[1] - local:.0f} s are Ray's own")


def _file(articles: Sequence[Article], size: int, folder: Path) -> Path:
    """So many articles, the same ones under other names where there are fewer."""
    path = folder / f"articles-{size}.jsonl"
    with path.open("wb") as stream:
        for number, article in enumerate(islice(cycle(articles), size)):
            row = {"id": f"{number:05d}", "text": f"{article.text}\n\n{number}", "published": article.published}
            stream.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
    return path


def _seconds(path: Path, folder: Path, workers: int, *, engine: str = "ray") -> float:
    """Seconds by the clock of one run from the start, with nothing left of an earlier one."""
    out = folder / f"{path.stem}-{engine}-{workers}"
    options = ["--out", str(out), "--workers", str(workers), "--engine", engine]
    return of_command([sys.executable, "-m", "service.cli", "batch", str(path), *options], 1).wall
