"""`claimgraph extract --explain`: for every slot of every claim, the words and the rule that filled it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from service.reading.articles import read_articles
from service.reading.folders import article_files
from service.reading.skips import OnSkip


def explain_paths(paths: Iterable[Path | str], *, on_skip: OnSkip) -> Iterator[str]:
    """Lines for people: each claim of the articles with its reasons; `on_skip` hears of what could not be read."""
    from extractor.explain import explanation

    for article in read_articles(article_files(paths, on_skip=on_skip), on_skip=on_skip):
        yield from explanation(article)
