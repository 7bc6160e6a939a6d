"""The bench's tables, and where they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.bench.__main__ import table, write_between
from service.bench.clocks import Row, in_turns
from service.bench.reconciling import Size, _exponent


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


def test_works_take_turns() -> None:
    order: list[str] = []
    times = in_turns({"one": lambda: order.append("one"), "two": lambda: order.append("two")}, 3)
    assert order == ["one", "two"] * 3
    assert set(times) == {"one", "two"}


@pytest.mark.parametrize(("power", "claims"), [(1.0, (100, 1000, 10_000)), (2.0, (10, 100, 1000))])
def test_growth_is_the_power_of_the_claims(power: float, claims: tuple[int, ...]) -> None:
    runs = [Size(each, 0, each**power * 1e-4, 0, 0, 0, 0, 0) for each in claims]
    assert _exponent(runs) == pytest.approx(power)
