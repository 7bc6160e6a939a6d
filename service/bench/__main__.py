"""`python -m service.bench [ARTICLES…] [--quick] [--readme] [--claims N]`: prints every table of the bench."""

from __future__ import annotations

import os

# Before NumPy is loaded: one core each, or a ratio of two libraries is one of their threads.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from typer import echo

from extractor.model import Article
from service.bench import cluster, extraction, memory, reconciling, stages
from service.bench.clocks import Row
from service.reading.articles import read_articles

ROOT = Path(__file__).resolve().parents[2]
_BEGIN, _END = "<!-- bench:begin -->", "<!-- bench:end -->"
_NEWS = ROOT.parent / "shared" / "benchmarks" / "polnear_dev.jsonl"
"""A public set of whole news articles, where the user has one: corpus/ is far denser in figures than news is."""
_QUICK_WORDS = 20_000


def main(arguments: Sequence[str] | None = None) -> None:
    """The command behind `scripts/bench`."""
    parser = argparse.ArgumentParser(prog="bench", description="How fast the main job runs, stage by stage.")
    parser.add_argument("articles", nargs="*", type=Path, help="files or folders (corpus/ by default)")
    parser.add_argument("--news", type=Path, default=_NEWS, help="a public news set, to measure beside (PolNeAR's)")
    parser.add_argument("--quick", action="store_true", help="about three minutes: fewer runs, articles, claims")
    parser.add_argument("--readme", action="store_true", help="write the tables into README.md")
    parser.add_argument("--claims", type=int, help="the largest number of claims (a million; quick: 20,000)")
    parser.add_argument("--only", choices=("extraction", "reconciliation", "cluster"), help="leave the others out")
    parser.add_argument("--memory", type=int, metavar="ARTICLES", help="only the memory over so many small articles")
    asked = parser.parse_args(arguments)
    text = "\n\n".join(_tables(asked))
    echo(text)
    if asked.readme:
        write_between(ROOT / "README.md", text)


def _tables(asked: argparse.Namespace) -> Iterable[str]:
    with tempfile.TemporaryDirectory() as folder:
        if asked.memory:
            yield table("Memory", memory.measure(asked.memory, Path(folder)))
        else:
            yield from _speed(asked, Path(folder))


def _speed(asked: argparse.Namespace, folder: Path) -> Iterable[str]:
    runs, most = (3, asked.claims or 20_000) if asked.quick else (5, asked.claims or 1_000_000)
    part = _spread if asked.quick else list
    articles = part(_articles(asked.articles or [ROOT / "corpus"])) if asked.only != "reconciliation" else []
    if asked.only in (None, "extraction"):
        yield table(_title("Extraction", articles, runs), extraction.measure(articles, runs=runs))
        if asked.news.exists():
            news = part(_articles([asked.news]))
            yield table(
                _title(f"Extraction, news as it comes ({asked.news.stem})", news, runs),
                extraction.beside_spacy(news, runs=runs),
            )
        yield table("Where extraction spends its time", stages.extraction(articles))
    if asked.only in (None, "reconciliation"):
        sizes = [max(1, most // 100), max(2, most // 10), max(3, most)]
        yield table("Reconciliation of generated claims", reconciling.measure(sizes, folder))
        yield table("Where reconciliation spends its time", stages.reconciliation(min(most, 10_000)))
    if asked.only == "cluster" or not (asked.only or asked.quick):
        yield table("The same job on a cluster", cluster.measure(articles, folder))


def _spread(articles: Sequence[Article]) -> list[Article]:
    """As many articles as make up the words of a quick run, taken at even distances."""
    words = sum(len(article.text.split()) for article in articles)
    return list(articles[:: -(-words // _QUICK_WORDS)])


def _title(what: str, articles: Sequence[Article], runs: int) -> str:
    words = sum(len(article.text.split()) for article in articles)
    return f"{what}, {len(articles):,} articles, {words:,} words, medians of {runs} runs in turns"


def _articles(paths: Iterable[Path]) -> list[Article]:
    articles = list(read_articles(paths, on_skip=lambda skip: echo(str(skip), err=True)))
    if not articles:
        echo("no article to measure with", err=True)
        sys.exit(1)
    return articles


def table(title: str, rows: Iterable[Row]) -> str:
    """A table in Markdown."""
    lines = [f"| {row.what} | {row.figure} | {row.beside} |" for row in rows]
    return "\n".join([f"**{title}**", "", "| measured | result | beside |", "| --- | --- | --- |", *lines])


def write_between(path: Path, text: str) -> None:
    """Puts text between a file's bench markers. Raises ValueError where it has none."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{path} has no {_BEGIN} … {_END}")
    path.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
