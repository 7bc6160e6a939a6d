"""Extraction over many articles: in this process or over several, one article's failure never the others'."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import NamedTuple

from extractor.model import Article, Claim

CHUNK = 16
"""Articles handed over at a time: enough to keep the pipeline's batches full, few enough to share out evenly. It does
not depend on the number of workers: what the parser sees together must be the same in every run."""


class Outcome(NamedTuple):
    """One article's claims, or why there are none."""

    article: Article
    claims: list[Claim]
    problem: str = ""


def extract_articles(articles: Iterable[Article], *, workers: int = 1, chunk: int = CHUNK) -> Iterator[Outcome]:
    """Each article's outcome in the order given, whatever the number of worker processes."""
    chunks = _chunks(articles, chunk)
    if workers <= 1:
        for group in chunks:
            yield from extract_group(group)
    else:
        yield from _over_processes(chunks, workers)


def extract_group(articles: list[Article]) -> list[Outcome]:
    """The outcomes of a few articles, read as one batch, each with the publication date that its text tells."""
    from extractor.pipeline import extract_many, with_date

    found: dict[str, list[Claim]] = {article.id: [] for article in articles}
    problems: dict[str, str] = {}

    def failed(article: Article, error: Exception) -> None:
        problems[article.id] = f"extraction failed: {type(error).__name__}: {error}"

    for claim in extract_many(articles, batch_size=CHUNK, on_error=failed):
        found[claim.article].append(claim)
    return [
        Outcome(article, [], problems[article.id])
        if article.id in problems
        else Outcome(with_date(article), found[article.id])
        for article in articles
    ]


def _chunks(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    waiting = iter(articles)
    while group := list(islice(waiting, size)):
        yield group


def _over_processes(chunks: Iterator[list[Article]], workers: int) -> Iterator[Outcome]:
    """Twice as many groups under way as there are workers, so that memory does not grow with the number of articles."""
    under_way: deque[tuple[list[Article], Future[list[Outcome]]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            for group in islice(chunks, 2 * workers - len(under_way)):
                under_way.append((group, pool.submit(extract_group, group)))
            if not under_way:
                return
            group, future = under_way.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                yield from _one_at_a_time(group)
                pool = _pool(workers)
                under_way = deque((waiting, pool.submit(extract_group, waiting)) for waiting, _ in under_way)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_at_a_time(group: list[Article]) -> Iterator[Outcome]:
    """A worker died over one of these: each gets a process of its own, and the one that kills its own is named."""
    for article in group:
        with _pool(1) as pool:
            try:
                yield from pool.submit(extract_group, [article]).result()
            except BrokenProcessPool:
                yield Outcome(article, [], "extraction failed: the process that read it was ended (out of memory?)")


def _pool(workers: int) -> ProcessPoolExecutor:
    # `spawn`: a fork of a process with threads (the progress display) may hang.
    return ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn"))
