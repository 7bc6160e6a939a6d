"""Cutting a text into the cells of its tables, each with its row's label, its column's heading and the caption."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.quantities.dimensions import Dimension, dimension_of

_LINE = re.compile(r"[^\n]+")
_SEPARATORS = (re.compile(r"\t+"), re.compile(r" {2,}"))
_NUMERIC = re.compile(r"^[\s+\-–−$€£¥]*\d[\d.,\s]*(?:%|[a-z]{1,3})?\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_RULE = re.compile(r"^[\s|:+=-]+$")
_NOTE = re.compile(
    r"\W*(?:(?:sources?|notes?|units?|(?:all )?(?:figures|values|amounts|data|numbers))\b|in [^.]{2,40}\W*$)",
    re.IGNORECASE,
)
"""How a note below a table begins."""
_TITLE = 110
"""How long a caption may be: a line that is longer is prose."""


class Cell(NamedTuple):
    """A cell of a table, by its half-open character offsets."""

    start: int
    end: int
    text: str


class Placed(NamedTuple):
    """A cell with what its row, its column and the table's caption say of it."""

    cell: Cell
    label: Cell
    heading: Cell | None
    corner: Cell | None
    caption: Cell | None
    headings: tuple[Cell, ...] = ()
    over: Cell | None = None
    """The heading above the heading, where a heading spans columns ("2023" over "Cars" and "Trucks")."""
    foot: Cell | None = None
    """The line below the table, where it is a note or a credit ("Source: customs. Figures in thousand tonnes.")."""


def table_cells(text: str) -> list[Placed]:
    """The numeric cells of all tables of a text, in the order of the text."""
    found: list[Placed] = []
    for table in _tables(text):
        spanning, heading, body = _headings(table.rows)
        corner, headings = (heading[0], tuple(heading[1:])) if heading else (None, ())
        if spanning is not None:
            corner, headings = spanning[0], tuple(spanning[1:])
        for row in body:
            label = _label_column(row, heading, text)
            for column, cell in enumerate(row):
                if column != label and any(character.isdigit() for character in cell.text):
                    above = heading[column] if heading is not None and column < len(heading) else None
                    over = spanning[column] if spanning is not None and column < len(spanning) else None
                    found.append(Placed(cell, row[label], above, corner, table.caption, headings, over, table.foot))
    return found


def _label_column(row: list[Cell], heading: list[Cell] | None, text: str) -> int:
    """Where the label of a row stands: first, unless that column is headed by a unit ("Hourly minimum, euros")."""
    figures = heading is not None and _NUMERIC.match(row[0].text) and not _YEAR.fullmatch(row[0].text.strip())
    if not figures or heading is None or dimension_of(heading[0].text, text) == Dimension():
        return 0
    return next((column for column, cell in enumerate(row) if cell.text and not _NUMERIC.match(cell.text)), 0)


def _headings(rows: list[list[Cell]]) -> tuple[list[Cell] | None, list[Cell] | None, list[list[Cell]]]:
    """The headings that span columns, the headings, and the rows below; None for a row that is missing."""
    if not all(_names_column(cell.text) for cell in rows[0][1:]):
        return None, None, rows
    second = rows[1]
    stacked = (
        len(rows) > 2 and not second[0].text and all(cell.text and _names_column(cell.text) for cell in second[1:])
    )
    if not stacked:
        return None, rows[0], rows[1:]
    spanning = list(rows[0])
    for column in range(2, len(spanning)):
        if not spanning[column].text:
            spanning[column] = spanning[column - 1]
    return spanning, second, rows[2:]


def _names_column(text: str) -> bool:
    """True for the words, or the year, that head a column."""
    return not _NUMERIC.match(text) or _YEAR.fullmatch(text.strip()) is not None


class Table(NamedTuple):
    """The rows of a table, and the lines above and below it."""

    rows: list[list[Cell]]
    caption: Cell | None
    foot: Cell | None = None


def _tables(text: str) -> list[Table]:
    """Runs of at least two lines that fall into the same number (two or more) of cells, each with its caption.

    The caption is a first row with one cell only, else the line above the table.
    """
    tables: list[Table] = []
    current: list[list[Cell]] = []
    above: Cell | None = None
    before: Cell | None = None
    for match in _LINE.finditer(text):
        if _RULE.match(match.group()) or not match.group().strip():
            continue
        cells = _cells(match.group(), match.start())
        if len(cells) >= 2 and (not current or len(cells) == len(current[-1])):
            above = before if not current else above
            current.append(cells)
        else:
            below = Cell(match.start(), match.end(), match.group()) if _NOTE.match(match.group()) else None
            tables.append(Table(current, above, below))
            current, above = ([cells], before) if len(cells) >= 2 else ([], None)
        before = Cell(match.start(), match.end(), match.group())
    tables.append(Table(current, above))
    return [_unnumbered(_captioned(table)) for table in tables if len(table.rows) >= 2]


def _captioned(table: Table) -> Table:
    """A table without the row that is its caption."""
    first = [cell for cell in table.rows[0] if cell.text.strip()]
    captioned = len(first) == 1 and len(table.rows) > 2
    return table._replace(rows=table.rows[1:], caption=first[0]) if captioned else table


def _unnumbered(table: Table) -> Table:
    """A table without a first column that only counts its rows: 1, 2, 3 …"""
    body = table.rows if _NUMERIC.match(table.rows[0][0].text) else table.rows[1:]
    counted = all(row[0].text.rstrip(".)") == str(number) for number, row in enumerate(body, start=1))
    named = all(len(row) > 2 and not _NUMERIC.match(row[1].text) for row in body)
    if len(body) < 2 or not counted or not named:
        return table
    return table._replace(rows=[row[1:] for row in table.rows])


def _cells(line: str, offset: int) -> list[Cell]:
    if line.count("|") >= 2:
        return _barred(line, offset)
    for separator in _SEPARATORS:
        gaps = [(gap.start(), gap.end()) for gap in separator.finditer(line.rstrip())]
        if gaps and (separator is not _SEPARATORS[-1] or line.count("  ") >= 2):
            edges = [0, *(edge for gap in gaps for edge in gap), len(line.rstrip())]
            pairs = zip(edges[::2], edges[1::2], strict=True)
            return [Cell(offset + a, offset + b, line[a:b]) for a, b in pairs if line[a:b].strip()]
    return []


def _barred(line: str, offset: int) -> list[Cell]:
    """The cells between bars, empty ones too: a table's corner is often empty, and columns must not shift."""
    end = len(line.rstrip())
    start = len(line) - len(line.lstrip())
    start, end = start + (line[start] == "|"), end - (line[end - 1] == "|")
    cells: list[Cell] = []
    for part in line[start:end].split("|"):
        left = start + len(part) - len(part.lstrip())
        cells.append(Cell(offset + left, offset + left + len(part.strip()), part.strip()))
        start += len(part) + 1
    return cells


def is_title(cell: Cell) -> bool:
    """Whether a line is a caption or a note and no sentence that happens to stand there."""
    closed = cell.text.rstrip().endswith((".", "!", "?"))
    return (len(cell.text) <= _TITLE and not closed) or _NOTE.match(cell.text) is not None
