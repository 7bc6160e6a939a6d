"""Extraction: words a CPU second beside bare spaCy and other tools, over the same texts in the same run."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Generator, Iterator, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from extractor.model import Article
from service.bench.clocks import Row, Work, in_turns, of_command

if TYPE_CHECKING:
    from spacy.language import Language

_FIRST = "Exports rose 5% to 2.1 million cars in 2023, the customs office said."
_TOGETHER = 32
_SHARED_OUT = 30_000
"""Words, for each run that is asked for, over which one worker and two are compared."""
_PEER_WORDS = 4_000
"""Other tools are slow: they read this many of the words, in whole articles."""


def measure(articles: Sequence[Article], *, runs: int) -> Iterator[Row]:
    """The rows of extraction."""
    start_up = list(_start_up())  # while this process is small: a command starts with the memory of who starts it
    bare = yield from beside_spacy(articles, runs=runs)
    yield from _others(articles, bare, runs)
    yield from _two_workers(articles, runs)
    yield from start_up


def beside_spacy(articles: Sequence[Article], *, runs: int) -> Generator[Row, None, float]:
    """The rows of the whole extraction beside the parser that it stands on; returns the parser's words a CPU second."""
    yield from _shares(articles)
    return (yield from _rates(articles, _words(articles), runs))


def _start_up() -> Iterator[Row]:
    first = of_command([sys.executable, "-c", f"from extractor import extract; assert extract({_FIRST!r})"], 3)
    yield Row("start-up to the first claim", f"{first.cpu:.2f} CPU s, {first.memory:.0f} MB", "asked: under 2.5 s")
    shown = of_command([sys.executable, "-m", "service.cli", "--help"], 3)
    yield Row("`claimgraph --help`", f"{shown.cpu:.2f} CPU s", "asked: under 0.3 s")


def _shares(articles: Sequence[Article]) -> Iterator[Row]:
    """What the ratio hangs on: how many sentences hold figures, and how much of the text is parsed for them."""
    from extractor.pipeline import documents
    from extractor.sentences import sentence_spans
    from extractor.syntax import is_parsed

    texts = [article.text for article in articles]
    sentences = [text[start:end] for text in texts for start, end in sentence_spans(text)]
    digits = sum(any(map(str.isdigit, sentence)) for sentence in sentences) / max(1, len(sentences))
    tokens = parsed = 0
    for first in range(0, len(articles), _TOGETHER):
        for doc in documents(list(articles[first : first + _TOGETHER])):
            tokens += len(doc)
            parsed += sum(map(is_parsed, doc))
    yield Row("sentences that hold a digit", f"{100 * digits:.0f}%", f"of {len(sentences):,}")
    yield Row("tokens that are parsed", f"{100 * parsed / max(1, tokens):.0f}%", f"of {tokens:,}")


def _rates(articles: Sequence[Article], words: int, runs: int) -> Generator[Row, None, float]:
    from extractor import extract, extract_many

    extract(_FIRST)
    bare, copies = _bare(), itertools.count(1)
    times = in_turns(
        {
            "bare spaCy": lambda: [len(doc) for doc in bare.pipe(article.text for article in articles)],
            "claimgraph": lambda: list(extract_many(_copies(articles, next(copies)))),
        },
        runs,
    )
    whole, spacy_alone = words / times["claimgraph"].cpu, words / times["bare spaCy"].cpu
    ratio = f"{whole / spacy_alone:.2f} × bare spaCy; asked: 2 ×"
    yield Row("claimgraph, whole extraction", f"{whole:,.0f} words a CPU second", ratio)
    yield Row("bare `en_core_web_sm`, its NER included", f"{spacy_alone:,.0f} words a CPU second", "1")
    return spacy_alone


def _others(articles: Sequence[Article], spacy_alone: float, runs: int) -> Iterator[Row]:
    some = _first_words(articles, _PEER_WORDS)
    for name, work in _peers(some):
        rate = _words(some) / in_turns({name: work}, max(1, runs // 2))[name].cpu
        yield Row(name, f"{rate:,.0f} words a CPU second", f"{rate / spacy_alone:.2f} × bare spaCy")


def _two_workers(articles: Sequence[Article], runs: int) -> Iterator[Row]:
    """One worker process against two, over the articles again and again; the first pass, and the start, left out."""
    from service.running.engine import extract_articles

    passes = 1 + max(1, -(-_SHARED_OUT * runs // max(1, _words(articles))))
    repeated = [article for number in range(passes) for article in _copies(articles, number)]
    words = _words(articles) * (passes - 1)

    def seconds(workers: int) -> float:
        outcomes = extract_articles(repeated, workers=workers)
        for _ in itertools.islice(outcomes, len(articles)):
            pass
        started = perf_counter()
        for _ in outcomes:
            pass
        return perf_counter() - started

    times = [(seconds(1), seconds(2)) for _ in range(max(1, runs // 2))]
    one, two = (min(column) for column in zip(*times, strict=True))
    rates = f"{words / one:,.0f} and {words / two:,.0f} words a second"
    yield Row("one worker and two, by the clock", rates, f"{one / two:.2f} ×; asked: 1.8 × on two idle cores")


def _copies(articles: Sequence[Article], number: int) -> list[Article]:
    """The articles with as many line breaks behind: what is remembered of a whole text is no help then."""
    blank = "\n" * number
    return [
        article.model_copy(update={"id": f"{article.id}#{number}", "text": article.text + blank})
        for article in articles
    ]


def _bare() -> Language:
    import spacy

    from extractor.parsing import MODELS

    name = next(name for name in MODELS if importlib.util.find_spec(name) is not None)
    return spacy.load(name)


def _peers(articles: Sequence[Article]) -> Iterator[tuple[str, Work]]:
    if importlib.util.find_spec("quantulum3"):
        from quantulum3 import parser

        parser.parse(_FIRST)
        yield "quantulum3", lambda: [parser.parse(article.text) for article in articles]
    if importlib.util.find_spec("dateparser"):
        from dateparser.search import search_dates

        yield "dateparser's search", lambda: [search_dates(article.text, languages=["en"]) for article in articles]


def _words(articles: Sequence[Article]) -> int:
    return sum(len(article.text.split()) for article in articles)


def _first_words(articles: Sequence[Article], words: int) -> list[Article]:
    chosen: list[Article] = []
    for article in articles:
        if _words(chosen) >= words:
            break
        chosen.append(article)
    return chosen
