"""The bench's tables, and where they are written."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest

from extractor import extract
from extractor.model import Article
from service.bench import extraction, memory
from service.bench.__main__ import _spread, table, write_between
from service.bench.clocks import Row, in_turns, of_command
from service.bench.reconciling import Size, _exponent
from service.bench.stages import profile


def test_rows_make_a_table_in_markdown() -> None:
    assert table("Speed", [Row("words", "5 a second", "asked: 4")]).splitlines() == [
        "**Speed**",
        "",
        "| measured | result | beside |",
        "| --- | --- | --- |",
        "| words | 5 a second | asked: 4 |",
    ]


def test_tables_go_between_the_markers_and_nothing_else_changes(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("above\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nbelow\n")
    write_between(readme, "new")
    assert readme.read_text() == "above\n<!-- bench:begin -->\nnew\n<!-- bench:end -->\nbelow\n"


def test_a_file_without_markers_is_left_alone(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("above\n")
    with pytest.raises(ValueError, match="bench:begin"):
        write_between(readme, "new")
    assert readme.read_text() == "above\n"


def test_made_up_articles_differ_and_hold_figures() -> None:
    articles = [Article.model_validate_json(memory._line(number)) for number in range(300)]
    assert len({article.text for article in articles}) == len(articles)
    assert {claim.kind for claim in extract(articles[7])} == {"level", "growth"}


def test_a_quick_run_reads_articles_from_all_over_the_folder() -> None:
    articles = [Article(id=str(number), text="word " * 10_000) for number in range(10)]
    assert [article.id for article in _spread(articles)] == ["0", "5"]
    assert _spread(articles[:1]) == articles[:1]


def test_works_take_turns() -> None:
    order: list[str] = []
    times = in_turns({"one": lambda: order.append("one"), "two": lambda: order.append("two")}, 3)
    assert order == ["one", "two"] * 3
    assert set(times) == {"one", "two"}


@pytest.mark.parametrize(("power", "claims"), [(1.0, (100, 1000, 10_000)), (2.0, (10, 100, 1000))])
def test_growth_is_the_power_of_the_claims(power: float, claims: tuple[int, ...]) -> None:
    runs = [Size(each, 0, each**power * 1e-4, 0, 0, 0, 0, 0) for each in claims]
    assert _exponent(runs) == pytest.approx(power)


def test_a_profile_gives_the_time_to_our_own_function_that_spends_it() -> None:
    def work() -> None:
        end = process_time() + 0.5  # far more than a collection of what other tests left behind
        while process_time() < end:
            sum(range(1000))  # built in: counts for whoever calls it

    rows = list(profile(work))
    assert rows[0].what == "tests/service"
    assert Row("`test_a_profile_gives_the_time_to_our_own_function_that_spends_it.<locals>.work`", rows[-1].figure) in [
        row._replace(beside="") for row in rows
    ]


def test_the_memory_of_a_command_is_not_that_of_the_largest_before_it() -> None:
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # each command counts from there
    large = of_command([sys.executable, "-c", f"x = b'x' * {ours + 100_000_000}"], 1)
    small = of_command([sys.executable, "-c", "pass"], 1)
    assert small.memory < large.memory - 50


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        of_command([sys.executable, "-c", "raise SystemExit(3)"], 1)


def test_the_shares_say_what_the_ratio_hangs_on() -> None:
    articles = [
        Article(id="one", text="Exports rose 5% in May.\n\nThe harbour was quiet.\n\nRain fell.\n\nNobody came.")
    ]
    digits, parsed = extraction._shares(articles)
    assert (digits.figure, digits.beside) == ("25%", "of 4")
    assert (parsed.figure, parsed.beside) == ("38%", "of 21")


def test_copies_of_articles_differ_in_text_and_id_but_not_in_words() -> None:
    (one,), (two,) = (extraction._copies([Article(id="a", text="Rain fell.")], number) for number in (1, 2))
    assert one.text != two.text
    assert one.id != two.id
    assert one.text.split() == two.text.split()
