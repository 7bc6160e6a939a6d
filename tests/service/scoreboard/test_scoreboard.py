"""The scoreboard: what stands in it, what it says of the last one, and that nobody writes it by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.model import Claim
from service.scoreboard.__main__ import KEPT
from service.scoreboard.amounts import Amount, amounts, is_right, read_right
from service.scoreboard.history import History, read_history, with_board, write_history
from service.scoreboard.measure import Board, Figure
from service.scoreboard.page import BEGIN, END, into_readme, peers, render

BOARD: Board = {"dev.claims": Figure(97.5, 96.0, 98.7), "test.claims": Figure(93.0), "periods": Figure(99.4)}


def history(board: Board = BOARD, **before: float) -> History:
    return History(board, {name.replace("_", "."): value for name, value in before.items()})


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    kept = History(BOARD, {"dev.claims": 96.0}, frozenset({"periods"}))
    write_history(kept, tmp_path / "board.json")
    assert read_history(tmp_path / "board.json") == kept


def test_there_is_no_board_before_the_first(tmp_path: Path) -> None:
    assert read_history(tmp_path / "none.json") == History({}, {})


@pytest.mark.parametrize("content", ["[]", "{", '{"board": {}}', '{"board": {"a": []}, "before": {}, "carried": []}'])
def test_a_file_that_is_no_board_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "board.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"board.json.*no scoreboard"):
        read_history(tmp_path / "board.json")


def test_another_figure_makes_the_board_that_stood_the_last_one() -> None:
    after = with_board(history(dev_claims=90.0), {**BOARD, "dev.claims": Figure(98.0)})
    assert after.before == {name: figure.value for name, figure in BOARD.items()}
    assert (after.change("dev.claims"), after.change("periods")) == (97.5, None)


def test_the_same_figures_leave_the_last_board_as_it_was() -> None:
    assert with_board(history(dev_claims=90.0), BOARD) == history(dev_claims=90.0)


def test_what_was_not_measured_stays_and_is_said_to() -> None:
    after = with_board(history(), {"dev.claims": Figure(97.5), "test.claims": Figure(93.0)})
    assert after.board["periods"] == Figure(99.4)
    assert "Not measured this time, and kept as they were: periods." in render(after)


@pytest.mark.parametrize(
    ("board", "before", "cell"),
    [
        (BOARD, {}, "97.5 (96.0–98.7)"),
        (BOARD, {"dev.claims": 97.5}, "97.5 (96.0–98.7)"),
        (BOARD, {"dev.claims": 95.0}, "97.5 (96.0–98.7) ↑ 95.0"),
        (BOARD, {"dev.claims": 98.0}, "97.5 (96.0–98.7) ↓ 98.0"),
        ({}, {}, "–"),
    ],
)
def test_a_cell_has_figure_interval_and_the_last_board(board: Board, before: dict[str, float], cell: str) -> None:
    row = next(line for line in render(History(board, before)).splitlines() if line.startswith("| **claims found**"))
    assert row.split("|")[2].strip() == cell


def test_peers_and_goals_stand_beside() -> None:
    row = next(line for line in render(history()).splitlines() if line.startswith("| periods dev:"))
    assert "| 99.4 | 97 |" in row
    assert "recognizers-text 77" in row


def test_every_row_of_every_table_has_as_many_cells_as_its_head() -> None:
    for table in render(history()).split("\n\n"):
        lines = [line for line in table.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1


def test_the_readme_around_the_board_stays() -> None:
    readme = f"above\n{BEGIN}\nold\n{END}\nbelow\n"
    assert into_readme(readme, "new") == f"above\n{BEGIN}\nnew\n{END}\nbelow\n"
    assert into_readme(into_readme(readme, "new"), "new") == into_readme(readme, "new")


@pytest.mark.parametrize("readme", ["", BEGIN, END, f"{END}{BEGIN}"])
def test_a_readme_without_a_place_for_it_is_refused(readme: str) -> None:
    with pytest.raises(InputError, match="no place"):
        into_readme(readme, "new")


def test_the_readme_of_the_repository_has_the_board_that_is_kept(root: Path) -> None:
    """Whoever changes the one by hand is found out."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert into_readme(readme, render(read_history(root / KEPT))) == readme


def test_every_peer_stands_beside_a_figure_that_is_measured(root: Path) -> None:
    measured = read_history(root / KEPT).board
    assert {name for name in peers() if not name.endswith(".slots")} <= measured.keys()


def test_amounts_cover_every_currency_once_with_every_figure() -> None:
    table = amounts()
    assert len(table) == len(set(table)) > 1000
    assert all(row.sentence[row.start : row.end].strip(" .") for row in table)
    assert {"USD", "GBP", "EUR", "AUD", "MYR", "INR", "CNY"} <= {row.currency for row in table}


AMOUNT = Amount("It cost $3bn.", 8, 12, 3e9, "USD")


@pytest.mark.parametrize(
    ("claims", "right"),
    [
        ([{}], True),
        ([], False),
        ([{}, {"id": "d"}], False),
        ([{"value": 3.0}], False),
        ([{"unit": "dollar"}], False),
        ([{"start": 0, "end": 2}], False),
    ],
)
def test_an_amount_is_right_as_one_claim_with_its_value_and_currency(
    claims: list[dict[str, object]], right: bool
) -> None:
    base = {"id": "c", "article": "a", "quote": "$3bn", "start": 8, "end": 12, "value": 3e9, "unit": "USD"}
    assert is_right(AMOUNT, [Claim.model_validate({**base, **fields}) for fields in claims]) is right


def test_amounts_are_read_by_the_extractor() -> None:
    row = next(row for row in amounts() if "$1.2bn" in row.sentence)
    assert read_right([row]).percent == 100.0
