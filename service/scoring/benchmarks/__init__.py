"""Public benchmarks, read from files that the user has: predictions in the form that their own scorers read, and the
same figures that those scorers give.

newsquant  the CQE/NewsQuant JSON format: values, units, changes and concepts of sentences
polnear    "who gave this figure?", derived from the PolNeAR corpus
periods    time expressions with a reference date and the interval that they mean
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from extractor.errors import InputError
from service.reading.jsonl import fault, numbered


class BenchmarkScores(NamedTuple):
    """A benchmark's figures, in the shape in which its own scorer prints them."""

    title: str
    figures: dict[str, Any]
    predictions: list[Any]
    """One JSON-ready value a line, in the form that the benchmark's own scorer reads."""
    intervals: Mapping[str, tuple[float, float]]
    """95% bootstrap intervals, in percent, by the dotted names of the figures; the benchmarks' scorers know none."""

    def lines(self) -> Iterator[tuple[str, str]]:
        """Every figure as its dotted name and its value in words."""
        for name, figure in _flat("", self.figures):
            within = self.intervals.get(name)
            yield name, figure if within is None else f"{figure}   95%: {within[0]:.1f} to {within[1]:.1f}"


def run_benchmark(name: str, file: Path, *, predictions: Path | None = None) -> BenchmarkScores:
    """Predicts and scores one benchmark file; `predictions` names a file to write the predictions to."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", path=file) from error
    try:
        scores = _runner(name)(content, file)
    except InputError as error:
        raise InputError(f"not in the {name} format: {error.problem}", path=file, line=error.line) from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(f"not in the {name} format: {fault(error)}", path=file) from error
    if predictions is not None:
        lines = b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in scores.predictions)
        predictions.write_bytes(lines)
    return scores


def _runner(name: str) -> Callable[[bytes, Path], BenchmarkScores]:
    if name == "newsquant":
        from service.scoring.benchmarks.newsquant import run
    elif name == "polnear":
        from service.scoring.benchmarks.polnear import run
    else:
        from service.scoring.benchmarks.periods import run
    return run


def json_rows(content: bytes, file: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file. Raises ValueError where there are none, InputError for a line without JSON."""
    rows = [row for _, row in numbered(content, file)]
    if not rows:
        raise ValueError("the file is empty")
    return rows


def _flat(prefix: str, figures: Any) -> Iterator[tuple[str, str]]:
    if isinstance(figures, dict) and {"P", "R", "F1"} <= figures.keys():
        counts = f"({figures['hits']} of {figures['gold']} gold, {figures['found']} found)"
        yield prefix, f"P {figures['P']:5.1f}  R {figures['R']:5.1f}  F1 {figures['F1']:5.1f}   {counts}"
    elif isinstance(figures, dict):
        for name, value in figures.items():
            yield from _flat(f"{prefix}.{name}" if prefix else name, value)
    else:
        yield prefix, str(figures)
