"""The main job from files to files."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import networkx as nx
import orjson
import pytest

from extractor.model import Article
from reconcile.model import FLAGS
from service.running.batch import NothingReadError, run_batch, run_extract, run_reconcile
from service.running.engine import Outcome

STORIES = {
    "ministry.txt": "Car exports at a record\n\nChina exported 4.91 million cars in 2023, the industry ministry said.",
    "association.txt": "Exports seen higher\n\nChina exported 5.3 million cars in 2023, the car association said.",
    "customs.md": "# Customs\n\nChina exported 4.76 million cars in the first 11 months of 2023, customs data showed.",
}
WRITTEN = ["articles.jsonl", "claims.csv", "claims.jsonl", "findings.jsonl", "graph.graphml", "report.html"]


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_summary_tells_the_most_severe_conflict_of_each_figure(stories: Path, tmp_path: Path) -> None:
    (stories / "again.txt").write_text(STORIES["association.txt"].replace("5.3", "5.31"), encoding="utf-8")
    summary = run_batch([stories], out=tmp_path / "out")
    assert sum(summary.findings[relation] for relation in FLAGS) > len(summary.severest) == 1
    assert "4.91 million" in summary.severest[0]


def test_batch_writes_every_output(stories: Path, tmp_path: Path) -> None:
    summary = run_batch([stories], out=tmp_path / "out")
    assert [path.name for path in summary.written] == WRITTEN
    assert (summary.articles, summary.skipped) == (3, [])
    assert summary.claims["level"] == 3
    claims = [orjson.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_bytes().splitlines()]
    texts = {
        article["id"]: article["text"]
        for article in map(orjson.loads, (tmp_path / "out" / "articles.jsonl").read_bytes().splitlines())
    }
    assert all(texts[claim["article"]][claim["start"] : claim["end"]] == claim["quote"] for claim in claims)
    ids = {claim["id"] for claim in claims}
    findings = [orjson.loads(line) for line in (tmp_path / "out" / "findings.jsonl").read_bytes().splitlines()]
    assert findings
    assert all(set(finding["claims"]) <= ids for finding in findings)
    assert ids <= set(nx.read_graphml(tmp_path / "out" / "graph.graphml").nodes)
    assert "4.91 million" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_outputs_do_not_depend_on_order_or_workers(stories: Path, tmp_path: Path) -> None:
    paths = sorted(stories.iterdir())
    run_batch([stories], out=tmp_path / "first")
    expected = contents(tmp_path / "first")
    for number, order in enumerate(itertools.permutations(paths)):
        run_batch(order, out=tmp_path / str(number), workers=1 + (number == 0))
        assert contents(tmp_path / str(number)) == expected


def test_second_run_does_not_read_the_first_ones_output(stories: Path) -> None:
    first = run_batch([stories], out=stories / "out")
    assert run_batch([stories], out=stories / "out") == first


def test_what_is_skipped_is_listed_and_the_rest_is_done(stories: Path, tmp_path: Path) -> None:
    (stories / "empty.txt").write_bytes(b"")
    summary = run_extract([stories, tmp_path / "nowhere.txt"], out=tmp_path / "out")
    assert [skip.reason.split(":")[0] for skip in summary.skipped] == ["no such file or folder", "empty"]
    assert (summary.articles, [path.name for path in summary.written]) == (3, WRITTEN[:3])


def test_nothing_read_leaves_the_previous_outputs(stories: Path, tmp_path: Path) -> None:
    run_extract([stories], out=tmp_path / "out")
    before = contents(tmp_path / "out")
    with pytest.raises(NothingReadError) as raised:
        run_batch([tmp_path / "nowhere"], out=tmp_path / "out")
    assert [skip.reason for skip in raised.value.notices] == ["no such file or folder"]
    assert contents(tmp_path / "out") == before


def test_failure_of_every_article_leaves_the_previous_outputs(
    stories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_extract([stories], out=tmp_path / "out")
    before = contents(tmp_path / "out")

    def broken(given: list[Article], *, budget: float) -> list[Outcome]:
        return [Outcome(article, [], "extraction failed: RuntimeError: broken") for article in given]

    monkeypatch.setattr("service.running.journal.extract_group", broken)
    with pytest.raises(NothingReadError) as raised:
        run_batch([stories], out=tmp_path / "out")
    assert len(raised.value.notices) == 3
    assert contents(tmp_path / "out") == before


def test_hash_seed_does_not_change_the_outputs(stories: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "service.cli", "batch", str(stories), "--out", str(tmp_path / seed)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_reconciling_written_claims_gives_the_findings_of_the_batch(stories: Path, tmp_path: Path) -> None:
    run_batch([stories], out=tmp_path / "out")
    run_reconcile(tmp_path / "out" / "claims.jsonl", out=tmp_path / "again")
    for name in ("findings.jsonl", "graph.graphml"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_article_without_a_claim_is_fine(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing was said about any of the numbers that people had been waiting for.")
    summary = run_batch([tmp_path / "a.txt"], out=tmp_path / "out")
    assert (summary.articles, summary.claims.total()) == (1, 0)
    assert [path.name for path in summary.written] == WRITTEN


@pytest.mark.parametrize(
    "text",
    [
        f"The office printed {'9' * 400} as the number of cars exported in 2023.",
        "1e999999 cars and 1,2,3,4,5,,,,5 and 5%%%% and $$$ 7.7.7.7 -- .5. -.5 +-5 and ½¼ of ٣٤ were counted in 2023.",
        "=5% \x0b\x0c\u2028\u2029\u200b\ufeff 4.9\u00a0million \U0001f697 cars, the ministry said. " * 20,
        "cars " * 20_000 + "4.91 million.",
        "5% " * 200,
        "(" * 300 + "4.91 million cars" + ")" * 300,
    ],
    ids=["400 digits", "odd numbers", "odd characters", "one long sentence", "only figures", "brackets"],
)
def test_odd_text_is_read_to_the_end(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.txt").write_text(text, encoding="utf-8")
    (tmp_path / "story.txt").write_text(STORIES["ministry.txt"], encoding="utf-8")
    summary = run_batch([tmp_path / "odd.txt", tmp_path / "story.txt"], out=tmp_path / "out")
    assert summary.skipped == []
    assert summary.articles == 2
    assert [orjson.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_bytes().splitlines()]


@pytest.mark.slow
def test_killed_batch_leaves_the_previous_outputs_whole(stories: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch([stories], out=out)
    before = contents(out)
    command = [sys.executable, "-m", "service.cli", "batch", str(stories), "--out", str(out)]
    for tenths in range(1, 30, 4):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(tenths / 10)
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
        assert contents(out) == before
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "stories"]
