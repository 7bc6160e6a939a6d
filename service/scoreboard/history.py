"""The board that stands and the one before it, kept in a file, so that one sees what got better.

A board whose figures all equal those that stand changes nothing: writing it twice gives the same file and page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import orjson

from extractor.errors import InputError
from service.scoreboard.measure import Board, Figure


class History(NamedTuple):
    """The board that stands, the values of the one before it, and which figures were carried over unmeasured."""

    board: Board
    before: dict[str, float]
    carried: frozenset[str] = frozenset()

    def change(self, name: str) -> float | None:
        """The value before, where it was another."""
        before = self.before.get(name)
        return before if before is not None and name in self.board and before != self.board[name].value else None


def read_history(file: Path) -> History:
    """What a file holds; an empty history where there is none yet."""
    if not file.exists():
        return History({}, {})
    try:
        content: dict[str, Any] = orjson.loads(file.read_bytes())
        board = {name: Figure(*row) for name, row in content["board"].items()}
        return History(board, content["before"], frozenset(content["carried"]))
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"no scoreboard: {error}; delete it to begin anew", path=file) from error


def with_board(history: History, measured: Board) -> History:
    """The history after a new measurement; figures that were not measured stay as they were."""
    board = {**history.board, **measured}
    carried = frozenset(board.keys() - measured.keys())
    values = {name: figure.value for name, figure in history.board.items()}
    if all(values.get(name) == figure.value for name, figure in measured.items()):
        return History(board, history.before, carried)
    return History(board, values, carried)


def write_history(history: History, file: Path) -> None:
    """Keeps a history for the next time; one figure a line, so that a diff says what moved."""
    board = {name: [value for value in figure if value is not None] for name, figure in sorted(history.board.items())}
    file.write_text(
        f'{{\n"board": {{\n{_lines(board)}\n}},\n"before": {{\n{_lines(history.before)}\n}},\n'
        f'"carried": {orjson.dumps(sorted(history.carried)).decode()}\n}}\n',
        encoding="utf-8",
    )


def _lines(values: dict[str, Any]) -> str:
    rows = ((orjson.dumps(name).decode(), orjson.dumps(values[name]).decode()) for name in sorted(values))
    return ",\n".join(f" {name}: {value}" for name, value in rows)
