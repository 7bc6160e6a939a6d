"""A batch that was killed goes on where it stopped, and ends as if it had not been."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

import pytest
from batch_samples import articles, contents, written

import service.running.batch
import service.running.journal
from extractor.model import Article, Claim
from extractor.tokens import Doc
from service.running.batch import run_batch, run_extract
from service.running.engine import ENDED, extract_group
from service.running.journal import BusyError, Journal, Lines, digest, lines_of, read_group


def interrupted(out: Path, *groups: list[Lines]) -> Path:
    """Leaves a journal as a run does that is killed after these groups; gives its folder."""
    journal = Journal(out).__enter__()
    for number, lines in enumerate(groups):
        journal.add(str(number), lines)
    journal.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    return journal.folder


def fail_at(group: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Lets the run be interrupted before it reads that group; gives a count of the groups that were read."""
    read = 0

    def counting(given: list[Article], *, budget: float) -> list[Lines]:
        nonlocal read
        if read == group:
            raise KeyboardInterrupt
        read += 1
        return read_group(given, budget=budget)

    monkeypatch.setattr(service.running.batch, "read_group", counting)
    return lambda: read


def test_what_was_read_before_an_interruption_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = written(tmp_path, 70)
    run_batch([given], out=tmp_path / "undisturbed")
    fail_at(3, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        run_batch([given], out=tmp_path / "out")
    groups = fail_at(99, monkeypatch)
    run_batch([given], out=tmp_path / "out")
    assert groups() == 2  # of five groups of sixteen
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")
    assert not list(tmp_path.glob(".*"))


def test_articles_that_changed_meanwhile_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = written(tmp_path, 40)
    fail_at(2, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        run_extract([given], out=tmp_path / "out")
    given.write_text(given.read_text(encoding="utf-8").replace("18.5 million", "18.6 million"), encoding="utf-8")
    groups = fail_at(99, monkeypatch)
    run_extract([given], out=tmp_path / "out")
    assert groups() == 2  # the changed one, and the one that had not been read
    assert b"18.6 million" in (tmp_path / "out" / "claims.jsonl").read_bytes()


@pytest.mark.parametrize("file", ["index", "read"])
def test_torn_end_is_read_again(tmp_path: Path, file: str) -> None:
    first, second = ([lines_of(article, []) for article in articles(count)] for count in (2, 3))
    path = interrupted(tmp_path / "out", first, second) / file
    os.truncate(path, path.stat().st_size - 3)
    with Journal(tmp_path / "out") as journal:
        known = journal.known("0")
        assert known is not None
        assert list(journal.articles(known.places)) == [lines.article for lines in first]
        assert journal.known("1") is None


def test_damaged_lines_are_read_again(tmp_path: Path) -> None:
    path = interrupted(tmp_path / "out", [lines_of(article, []) for article in articles(2)]) / "read"
    path.write_bytes(path.read_bytes().replace(b"Aland", b"Bland"))
    with Journal(tmp_path / "out") as journal:
        assert journal.known("0") is None


def test_article_whose_process_was_ended_gets_another_try(tmp_path: Path) -> None:
    interrupted(tmp_path / "out", [lines_of(articles(1)[0], [], ENDED)])
    with Journal(tmp_path / "out") as journal:
        assert journal.known("0") is None


def test_other_articles_have_another_digest() -> None:
    assert digest(articles(2)) == digest(articles(2))
    assert len({digest(articles(count)) for count in (1, 2, 3)}) == 3


def test_two_runs_into_one_folder_do_not_mix(tmp_path: Path) -> None:
    with Journal(tmp_path / "out"), pytest.raises(BusyError, match="another run is writing here"):
        run_batch([written(tmp_path, 1)], out=tmp_path / "out")


def test_article_over_its_budget_is_set_aside_and_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import extractor.pipeline

    with_date = extractor.pipeline.with_date

    def stuck(article: Article) -> Article:
        while article.id == "a0001":
            pass
        return with_date(article)

    monkeypatch.setattr(extractor.pipeline, "with_date", stuck)
    summary = run_extract([written(tmp_path, 3)], out=tmp_path / "out", budget=0.5)
    assert [str(skip) for skip in summary.skipped] == ["a0001: extraction failed: it took more than 0.5 seconds"]
    assert summary.claims.total() == 4


def test_each_article_over_its_budget_is_paid_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import extractor.pipeline

    with_date, began = extractor.pipeline.with_date, Counter[str]()

    def stuck(article: Article) -> Article:
        began[article.id] += 1
        while article.id in {"a0001", "a0003"}:
            pass
        return with_date(article)

    monkeypatch.setattr(extractor.pipeline, "with_date", stuck)
    outcomes = extract_group(articles(5), budget=0.5)
    assert [bool(outcome.problem) for outcome in outcomes] == [False, True, False, True, False]
    assert all(outcome.claims for outcome in outcomes if not outcome.problem)
    assert began["a0001"] == began["a0003"] == 1


def test_articles_that_take_more_than_a_budget_together_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import extractor.pipeline
    from extractor.assemble import assemble

    began = Counter[str]()

    def slow(doc: Doc, article: Article) -> Iterable[Claim]:
        began[article.id] += 1
        until = process_time() + 0.4
        while process_time() < until:
            pass
        return assemble(doc, article)

    monkeypatch.setattr(extractor.pipeline, "assemble", slow)
    assert not any(outcome.problem for outcome in extract_group(articles(4), budget=1.0))
    assert set(began.values()) == {1}


def test_very_large_run_is_shown_by_its_most_severe_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import service.writing.overview

    monkeypatch.setattr(service.writing.overview, "MOST_CLAIMS", 10)
    monkeypatch.setattr(service.writing.overview, "MOST_FINDINGS", 2)
    summary = run_batch([written(tmp_path, 40)], out=tmp_path / "out")
    assert summary.findings.total() > 2
    assert [remark.path for remark in summary.remarks] == ["report.html and graph.graphml"]
    assert "2 most severe findings" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_random_and_run_again_it_ends_as_if_undisturbed(tmp_path: Path, workers: int) -> None:
    given = written(tmp_path, 800)
    run_batch([given], out=tmp_path / "undisturbed")
    command = [sys.executable, "-m", "service.cli", "batch", str(given), "--out", str(tmp_path / "out")]
    command += ["--workers", str(workers)]
    chance = random.Random(7)
    kills = 0
    for _ in range(25):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0.2, 6))
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
    assert kills
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")
