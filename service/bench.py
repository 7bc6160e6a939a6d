"""`python -m service.bench ARTICLES…`: how fast the two stages of the main job run, beside the bare spaCy pipeline."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import NamedTuple, TypeVar

import typer

from extractor.model import Article
from service.readers import read_articles

_Result = TypeVar("_Result")


class Stage(NamedTuple):
    """One stage and how long it took."""

    name: str
    seconds: float
    amount: int
    unit: str

    def __str__(self) -> str:
        rate = self.amount / self.seconds if self.seconds else 0.0
        return f"{self.name:<28}{self.seconds:7.2f} s   {rate:10,.0f} {self.unit} a second"


def measure(articles: Sequence[Article]) -> list[Stage]:
    """The time of each stage; models and data packs are loaded before the clock starts."""
    from extractor import extract, extract_many
    from extractor.parsing import model
    from reconcile import reconcile

    extract("Exports rose 5% to 2.1 million cars in 2023, the customs office said.")
    words = sum(len(article.text.split()) for article in articles)
    bare, _ = _timed(lambda: sum(len(doc) for doc in model().pipe(article.text for article in articles)))
    extraction, claims = _timed(lambda: list(extract_many(articles)))
    reconciliation, _ = _timed(lambda: reconcile(claims))
    return [
        Stage("bare spaCy, without names", bare, words, "words"),
        Stage("extraction", extraction, words, "words"),
        Stage("reconciliation", reconciliation, len(claims), "claims"),
    ]


def _timed(work: Callable[[], _Result]) -> tuple[float, _Result]:
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def main(paths: Sequence[str]) -> None:
    """Prints the time of each stage over some articles."""
    articles = list(read_articles(paths, on_skip=lambda skip: typer.echo(str(skip), err=True)))
    if not articles:
        typer.echo("no article to measure with", err=True)
        sys.exit(1)
    typer.echo(f"{len(articles)} articles")
    for stage in measure(articles):
        typer.echo(str(stage))


if __name__ == "__main__":
    main(sys.argv[1:])
