"""`claimgraph extract --explain`: for every slot of every claim, the words and the rule that filled it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from service.readers import Skip, article_files, read_articles


def explain_paths(paths: Iterable[Path | str]) -> Iterator[str]:
    """Lines for people: each claim of the articles with its reasons; what could not be read is said at the end."""
    from extractor.explain import explanation

    notices: list[Skip] = []
    files = article_files(paths, on_skip=notices.append)
    for article in read_articles(files, on_skip=notices.append):
        yield from explanation(article)
    yield from (f"{notice.place}: {notice.reason}" for notice in notices)
