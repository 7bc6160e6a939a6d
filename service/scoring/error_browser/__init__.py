"""The error browser: one self-contained page of what a run got wrong, to choose the next improvement from.

`render` gives the page. entries.py says what each error is and how it came about; templates/ holds page, style, script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from jinja2 import Environment

from extractor.model import Article
from service.report.templating import environment, inline
from service.report.words import spaced
from service.scoring.board import Scores
from service.scoring.error_browser.entries import Entry, grouped, read_entries, ways
from service.scoring.gold import Gold

__all__ = ["render"]
_HERE = "service.scoring.error_browser"


def render(scores: Scores, gold: Gold, articles: Sequence[Article], *, open_test: bool = False) -> str:
    """The page; `open_test` says in it that the test half is shown, too."""
    entries = read_entries(scores, gold, articles)
    groups = grouped(entries)
    page = {
        "scores": scores,
        "entries": entries,
        "groups": groups,
        "ways": ways(entries),
        "filters": _filters(entries),
        "pairs": sorted(scores.pair_errors, key=lambda error: (error.problem, error.claims)),
        "open_test": open_test,
        "wrong": len({(entry.article, entry.start) for entry in entries if None not in (entry.got, entry.expected)}),
    }
    return _environment().get_template("browser.html.jinja").render(**page, **_inline())


def _filters(entries: Sequence[Entry]) -> Mapping[str, list[tuple[str, int]]]:
    """Each thing to filter by, with its values and how many errors have them."""
    found: dict[str, dict[str, int]] = {}
    for entry in entries:
        for name, value in entry.traits().items():
            counts = found.setdefault(name, {})
            counts[value] = counts.get(value, 0) + 1
    return {name: sorted(counts.items()) for name, counts in found.items()}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = environment(_HERE)
    made.filters["words"] = spaced
    return made


@lru_cache(maxsize=1)
def _inline() -> dict[str, str]:
    return inline(_HERE, ("browser.css",), "browser.js")
