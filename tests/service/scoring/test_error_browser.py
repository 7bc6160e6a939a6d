"""The error browser: which errors it lists, how it sorts them, and that a hostile article stays harmless."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from scoring_samples import ARTICLES, CLAIMS, TEXT, gold, wanted
from typer.testing import CliRunner

from extractor.model import Article, Claim
from service.cli import app
from service.scoring.claims import score
from service.scoring.error_browser import render
from service.scoring.error_browser.entries import Entry, grouped, read_entries
from service.scoring.gold import Gold
from service.writing.outputs import json_lines


def entries(claims: list[Claim] = CLAIMS, split: str = "dev", *, open_test: bool = False) -> list[Entry]:
    given = gold(split)
    return read_entries(score(given, ARTICLES, claims, None, open_test=open_test), given, ARTICLES)


def test_each_error_with_its_way_and_place() -> None:
    found = [(entry.problem, entry.quote, entry.way, entry.place) for entry in entries()]
    assert found == [
        ("area", "5%", "some of its words", "headline"),
        ("kind", "5%", "growth for level", "running text"),
        ("source", "5%", "left empty", "running text"),
        ("spurious", "2023", "a plain number", "running text"),
        ("area", "2.1 million", "another answer, borrowed", "running text"),
        ("missed", "40", "a plain number", "table"),
    ]


def test_an_error_says_where_the_answer_stands() -> None:
    found = {(entry.problem, entry.quote): entry.stands for entry in entries()}
    assert found["area", "5%"] == "later"
    assert found["source", "5%"] == "in the sentence"
    assert found["area", "2.1 million"] == "earlier"
    assert found["kind", "5%"] == "not words"


def test_an_error_comes_with_its_sentence_and_the_one_before() -> None:
    entry = next(entry for entry in entries() if entry.quote == "2.1 million")
    assert (entry.before, entry.after) == ("They reached ", " cars.")
    assert entry.earlier.startswith("The ministry said")
    assert entry.parsed


def test_the_most_frequent_slot_comes_first() -> None:
    groups = grouped(entries())
    assert (groups[0].problem, groups[0].total, groups[0].alone) == ("area", 2, 2)


def test_the_test_half_is_shown_only_when_asked_for() -> None:
    assert entries(split="test") == []
    assert len(entries(split="test", open_test=True)) == 6


def test_the_same_run_gives_the_same_page() -> None:
    given = gold()
    pages = {render(score(given, ARTICLES, CLAIMS, None), given, ARTICLES) for _ in range(2)}
    assert len(pages) == 1
    assert "<mark>2.1 million</mark>" in pages.pop()


def test_a_page_without_errors_is_whole() -> None:
    given = Gold.model_validate({"articles": {"a": {"article": {"id": "a"}, "claims": []}}, "pairs": []})
    assert "0 errors" in render(score(given, ARTICLES, [], None), given, ARTICLES)


def test_hostile_text_stays_text() -> None:
    text = TEXT.replace("cars", "<script>alert(1)</script>\u202e cars")
    articles = [Article(id="a", text=text)]
    kept = Gold.model_validate(
        {"articles": {"a": {"article": {"id": "a"}, "claims": [wanted("5%"), wanted("2.1 million")]}}, "pairs": []}
    )
    page = render(score(kept, articles, CLAIMS, None), kept, articles)
    assert "<script>alert" not in page
    assert "\u202e" not in page


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run and, beside it, its gold."""
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "articles.jsonl").write_bytes(json_lines(ARTICLES))
    (tmp_path / "run" / "claims.jsonl").write_bytes(json_lines(CLAIMS))
    (tmp_path / "gold").mkdir()
    content = {"article": {"id": "a", "split": "test"}, "claims": [wanted("5%"), wanted("40")]}
    (tmp_path / "gold" / "a.json").write_bytes(orjson.dumps(content))
    return tmp_path


def test_the_command_writes_the_page(run: Path) -> None:
    page = run / "errors.html"
    base = ["score", str(run / "gold"), "--run", str(run / "run"), "--browser", str(page)]
    done = CliRunner().invoke(app, base)
    assert done.exit_code == 0, done.output
    assert "<h1>0 errors</h1>" in page.read_text(encoding="utf-8")
    done = CliRunner().invoke(app, [*base, "--split", "test"])
    assert done.exit_code == 0, done.output
    words = page.read_text(encoding="utf-8")
    assert "never tuned on" in words
    assert "<mark>40</mark>" in words
