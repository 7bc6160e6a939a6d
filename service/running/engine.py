"""Extraction over many articles: in this process or over several, one article's failure never the others'."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import NamedTuple, TypeVar

from extractor.errors import ClaimgraphError, InputError
from extractor.model import Article, Claim
from service.running.budget import OverBudget, Turn, cpu_budget

CHUNK = 16
"""Articles handed over at a time: enough to keep the pipeline's batches full, few enough to share out evenly. It does
not depend on the number of workers: what the parser sees together must be the same in every run."""
BUDGET = 60.0
"""CPU seconds that an article may take; the longest that are admitted take a few."""
ENDED = "extraction failed: the process that read it was ended (out of memory?)"

Result = TypeVar("Result")


class Outcome(NamedTuple):
    """One article's claims, or why there are none."""

    article: Article
    claims: list[Claim]
    problem: str = ""


def extract_articles(articles: Iterable[Article], *, workers: int = 1, chunk: int = CHUNK) -> Iterator[Outcome]:
    """Each article's outcome in the order given, whatever the number of worker processes."""
    for group in over_groups(groups_of(articles, chunk), extract_group, Outcome, workers=workers):
        yield from group


def extract_group(articles: list[Article], *, budget: float = BUDGET) -> list[Outcome]:
    """The outcomes of a few articles, read as one batch, each with the publication date that its text tells.

    An article that takes more than its budget is set aside at once, and the others are read again without it.
    """
    _load()
    try:
        with cpu_budget(budget) as turn:
            return _extract_group(articles, turn)
    except OverBudget as over:
        late = articles[0].id if len(articles) == 1 else over.whose
    if not late:  # what is done for all together took too long: nobody can tell for whom
        return [outcome for article in articles for outcome in extract_group([article], budget=budget)]
    others = [article for article in articles if article.id != late]
    read = {outcome.article.id: outcome for outcome in extract_group(others, budget=budget)}
    problem = f"extraction failed: it took more than {budget:g} seconds"
    return [read[article.id] if article.id in read else Outcome(article, [], problem) for article in articles]


@cache
def _load() -> None:
    """Loads what a first article needs, which is no article's time."""
    from extractor.pipeline import extract

    extract("Exports of cars rose 5% in 2023, the ministry said.")


def _extract_group(articles: list[Article], turn: Turn) -> list[Outcome]:
    from extractor.pipeline import extract_many, with_date

    found: dict[str, list[Claim]] = {article.id: [] for article in articles}
    problems: dict[str, str] = {}

    def failed(article: Article, error: Exception) -> None:
        if isinstance(error, InputError):
            problems[article.id] = error.problem  # refused on purpose: its own words say all
        elif isinstance(error, ClaimgraphError):
            raise error  # a broken data pack, a missing model: no article's fault, and the next one will fare no better
        else:
            problems[article.id] = f"extraction failed: {type(error).__name__}: {error}"

    for claim in extract_many(articles, batch_size=CHUNK, on_error=failed, on_turn=turn):
        found[claim.article].append(claim)
    return [
        Outcome(article, [], problems[article.id])
        if article.id in problems
        else Outcome(with_date(article), found[article.id])
        for article in articles
    ]


def groups_of(articles: Iterable[Article], size: int = CHUNK) -> Iterator[list[Article]]:
    """The articles a few at a time, in their order."""
    waiting = iter(articles)
    while group := list(islice(waiting, size)):
        yield group


def over_groups(
    groups: Iterable[list[Article]],
    work: Callable[[list[Article]], list[Result]],
    failed: Callable[[Article, list[Claim], str], Result],
    *,
    workers: int = 1,
) -> Iterator[list[Result]]:
    """What `work` gives for each group, in their order; with two workers or more, over processes.

    A worker that dies is replaced, and `failed` makes the result of the article that it died of.
    """
    if workers <= 1:
        yield from map(work, groups)
    else:
        yield from _over_processes(iter(groups), work, failed, workers)


def _over_processes(
    groups: Iterator[list[Article]],
    work: Callable[[list[Article]], list[Result]],
    failed: Callable[[Article, list[Claim], str], Result],
    workers: int,
) -> Iterator[list[Result]]:
    """Twice as many groups under way as there are workers, so that memory does not grow with the number of articles."""
    under_way: deque[tuple[list[Article], Future[list[Result]]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            for group in islice(groups, 2 * workers - len(under_way)):
                under_way.append((group, pool.submit(work, group)))
            if not under_way:
                return
            group, future = under_way.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                yield list(_one_at_a_time(group, work, failed))
                pool = _pool(workers)
                under_way = deque((waiting, pool.submit(work, waiting)) for waiting, _ in under_way)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_at_a_time(
    group: list[Article],
    work: Callable[[list[Article]], list[Result]],
    failed: Callable[[Article, list[Claim], str], Result],
) -> Iterator[Result]:
    """A worker died over one of these: each gets a process of its own, and the one that kills its own is named."""
    for article in group:
        with _pool(1) as pool:
            try:
                yield from pool.submit(work, [article]).result()
            except BrokenProcessPool:
                yield failed(article, [], ENDED)


def _pool(workers: int) -> ProcessPoolExecutor:
    # `spawn`: a fork of a process with threads (the progress display) may hang.
    return ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn"), initializer=_leave_with_parent)


def _leave_with_parent() -> None:
    """Ends this process when the one that started it ends, however that happens."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
