"""Extraction over many articles: in order, in one process or several, and never stopped by one article."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import DataPackError
from extractor.model import Article, Claim
from service.running import engine
from service.running.engine import Outcome, extract_articles, extract_group

TEXT = "Exports of cars rose {n}% to 2.1 million in 2023, the customs office said."


def articles(count: int) -> list[Article]:
    return [Article(id=f"a{n}", text=TEXT.format(n=n + 1)) for n in range(count)]


def fail_at(name: str, failure: Callable[[], None]) -> Callable[..., Iterator[Claim]]:
    """An `extract_many` that fails at one article in the way that the pipeline does."""

    def extract_many(given: Iterable[Article], *, on_error: Any, **options: Any) -> Iterator[Claim]:
        for article in given:
            try:
                if article.id == name:
                    failure()
            except Exception as error:
                on_error(article, error)
        yield from ()

    return extract_many


def test_outcomes_come_in_the_order_of_the_articles() -> None:
    outcomes = list(extract_articles(articles(5), chunk=2))
    assert [outcome.article.id for outcome in outcomes] == ["a0", "a1", "a2", "a3", "a4"]
    assert [claim.article for outcome in outcomes for claim in outcome.claims if claim.quote != "2.1 million"] == [
        "a0", "a1", "a2", "a3", "a4",
    ]  # fmt: skip


def test_processes_give_the_same_outcomes_as_one() -> None:
    given = articles(5)
    assert list(extract_articles(given, workers=2, chunk=2)) == list(extract_articles(given, chunk=2))


def test_publication_date_is_the_one_that_the_text_tells() -> None:
    dated = Article(id="a", text="BEIJING, Jan. 19, 2024 -- Exports rose 5% last year.")
    outcome = extract_group([dated])[0]
    assert outcome.article.published_inferred
    assert {claim.published for claim in outcome.claims} == {outcome.article.published}


def test_failing_article_is_listed_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def failure() -> None:
        raise ValueError("no such luck")

    monkeypatch.setattr("extractor.pipeline.extract_many", fail_at("a1", failure))
    problems = {outcome.article.id: outcome.problem for outcome in extract_articles(articles(3))}
    assert problems == {"a0": "", "a1": "extraction failed: ValueError: no such luck", "a2": ""}


def test_a_fault_of_the_installation_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = DataPackError("is no TOML", pack="pears.toml", entry="pear")

    def failure() -> None:
        raise pickle.loads(pickle.dumps(fault))  # as a worker process hands it over

    monkeypatch.setattr("extractor.pipeline.extract_many", fail_at("a1", failure))
    with pytest.raises(DataPackError, match=r"pears\.toml, entry 'pear': is no TOML"):
        list(extract_articles(articles(3)))


def die_at_a1(given: list[Article]) -> list[Outcome]:
    """Stands for a parser that takes its process down."""
    if any(article.id == "a1" for article in given):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Outcome(article, []) for article in given]


def test_process_that_dies_costs_only_the_article_that_killed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "extract_group", die_at_a1)
    problems = {outcome.article.id: outcome.problem for outcome in extract_articles(articles(5), workers=2, chunk=2)}
    assert "ended" in problems.pop("a1")
    assert problems == {"a0": "", "a2": "", "a3": "", "a4": ""}


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(f'{{"id": "n{n}", "text": "Exports rose {n}% in 2023."}}\n' for n in range(20_000)))
    command = [
        sys.executable,
        "-m",
        "service.cli",
        "extract",
        str(path),
        "--workers",
        "2",
        "--out",
        str(tmp_path / "o"),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        workers = _wait_for(lambda: found if len(found := _children(process.pid)) >= 2 else None)
        process.terminate()
    assert _wait_for(lambda: not any(map(_runs, workers)))


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    children = [int(child) for child in listed.read_text().split()] if listed.exists() else []
    return [child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def _runs(process: int) -> bool:
    """False for one that has ended, whether or not anybody has asked for its exit status."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def _wait_for(found: Callable[[], Any]) -> Any:
    for _ in range(600):
        if answer := found():
            return answer
        time.sleep(0.1)
    raise TimeoutError
