"""Table cells: what a figure in a table means, from its row's label and its column's heading.

A table is a run of lines whose cells are parted by bars (as page readers write HTML tables), tabs, or wide gaps. The label gives
the area, product or period of a row, the heading gives kind, scale, unit, indicator or period of a column, and what neither says
is taken from the figure before the table.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extractor.mentions import Measure, Quantity, Scope, Timing, measures, quantities, scopes, text_of, timings
from extractor.names import normalise
from extractor.periods import find_periods
from extractor.scope.indicators import MARKET_SHARE
from extractor.scope.phrases import Slot
from extractor.scope.terms import Terms, terms_of, words_of

_LINE = re.compile(r"[^\n]+")
_SEPARATORS = (re.compile(r"\s*\|\s*"), re.compile(r"\t+"), re.compile(r" {2,}"))
_NUMERIC = re.compile(r"^[\s+\-–−$€£¥]*\d[\d.,\s]*(?:%|[a-z]{1,3})?\s*$", re.IGNORECASE)
_RULE = re.compile(r"^[\s|:+=-]+$")
_WORDS = re.compile(r"['’]?[\w/%.-]+")


class Cell(NamedTuple):
    """A cell of a table, by its half-open character offsets."""

    start: int
    end: int
    text: str


class Placed(NamedTuple):
    """A cell with what its row and its column say of it."""

    cell: Cell
    label: Cell
    heading: Cell | None
    corner: Cell | None


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads((files("extractor") / "data" / "tables.toml").read_text(encoding="utf-8"))


# Cutting the text -----------------------------------------------------------------------------------------------------


def table_cells(text: str) -> list[Placed]:
    """The numeric cells of all tables of a text, in the order of the text."""
    found: list[Placed] = []
    for rows in _tables(text):
        heading = rows[0] if not any(_NUMERIC.match(cell.text) for cell in rows[0][1:]) else None
        for row in rows[1:] if heading is not None else rows:
            for column, cell in enumerate(row[1:], start=1):
                if any(character.isdigit() for character in cell.text):
                    above = heading[column] if heading is not None and column < len(heading) else None
                    found.append(Placed(cell, row[0], above, heading[0] if heading else None))
    return found


def _tables(text: str) -> list[list[list[Cell]]]:
    """Runs of at least two lines that fall into the same number (two or more) of cells."""
    tables: list[list[list[Cell]]] = []
    current: list[list[Cell]] = []
    for match in _LINE.finditer(text):
        if _RULE.match(match.group()):
            continue
        cells = _cells(match.group(), match.start())
        if len(cells) >= 2 and (not current or len(cells) == len(current[-1])):
            current.append(cells)
            continue
        tables.append(current)
        current = [cells] if len(cells) >= 2 else []
    tables.append(current)
    return [table for table in tables if len(table) >= 2]


def _cells(line: str, offset: int) -> list[Cell]:
    for separator in _SEPARATORS:
        if separator is not _SEPARATORS[2] or line.count("  ") >= 2:
            gaps = [(gap.start(), gap.end()) for gap in separator.finditer(line.rstrip())]
            if gaps and (separator is not _SEPARATORS[0] or len(gaps) >= 2):
                edges = [0, *(edge for gap in gaps for edge in gap), len(line.rstrip())]
                pairs = zip(edges[::2], edges[1::2], strict=True)
                return [Cell(offset + a, offset + b, line[a:b]) for a, b in pairs if line[a:b].strip()]
    return []


# Reading the cells ----------------------------------------------------------------------------------------------------


@Language.component(
    "claimgraph_tables",
    requires=["doc._.quantities", "doc._.measures", "doc._.timings", "doc._.scopes"],
    assigns=["doc._.measures", "doc._.timings", "doc._.scopes"],
)
def claimgraph_tables(doc: Doc) -> Doc:
    """Rewrites measure, timing and scope of the quantities that stand in table cells."""
    cells = table_cells(text_of(doc)) if doc._.quantities else []
    if cells:
        _Reader(doc, cells).rewrite()
    return doc


class _Reader:
    def __init__(self, doc: Doc, cells: list[Placed]) -> None:
        self._doc, self._cells, self._terms = doc, cells, terms_of(doc)
        self._starts = [placed.cell.start for placed in cells]
        self._reference = dt.date.fromisoformat(doc._.published[:10]) if doc._.published else None

    def rewrite(self) -> None:
        rows = list(zip(quantities(self._doc), measures(self._doc), timings(self._doc), scopes(self._doc), strict=True))
        context: tuple[Timing, Scope] = (Timing(), Scope())
        for number, (quantity, measure, timing, scope) in enumerate(rows):
            placed = self._placed(quantity)
            if placed is None:
                context = (timing, scope) if measure.kind else context
                continue
            self._doc._.measures[number] = tuple(_measure(quantity, measure, placed))
            kind = self._doc._.measures[number][0]
            self._doc._.timings[number] = tuple(self._timing(placed, context[0]))
            self._doc._.scopes[number] = tuple(self._scope(placed, kind, scope, context[1]))

    def _placed(self, quantity: Quantity) -> Placed | None:
        at = bisect.bisect_right(self._starts, quantity.start) - 1
        placed = self._cells[at] if at >= 0 else None
        return placed if placed is not None and quantity.end <= placed.cell.end else None

    def _timing(self, placed: Placed, context: Timing) -> Timing:
        for cell in (placed.heading, placed.label):
            for period in find_periods(cell.text, self._reference) if cell is not None else ():
                if period.first_day is not None:
                    return Timing((period.first_day, period.last_day, cell.text if cell else ""))
        return Timing(context.period, None, ("period",))

    def _scope(self, placed: Placed, kind: str, own: Scope, context: Scope) -> Scope:
        heading = self._terms_in(placed.heading)
        label = self._terms_in(placed.label)
        indicator = heading[0] or label[0] or context.indicator or own.indicator
        if kind == "share" and heading[0] is None:
            indicator = (MARKET_SHARE, placed.heading.text if placed.heading else "")
        product = label[1] or heading[1] or context.product or own.product
        area = label[2] or heading[2]
        if area is None and label[0] is None and label[1] is None and not self._is_period(placed.label):
            row: Slot = (normalise(placed.label.text), placed.label.text.strip())
            if _names_owners(placed.corner) or product is not None:
                area = row
            else:
                product = row
        return Scope(indicator, product, area or context.area, None, (), ("indicator",) if heading[0] is None else ())

    def _terms_in(self, cell: Cell | None) -> tuple[Slot | None, Slot | None, Slot | None]:
        """Indicator, product and area named in a cell."""
        if cell is None:
            return None, None, None
        span = self._doc.char_span(cell.start, cell.end, alignment_mode="expand")
        if span is None:
            return None, None, None
        return _first(self._doc, self._terms, range(span.start, span.end))

    def _is_period(self, cell: Cell) -> bool:
        return bool(find_periods(cell.text, self._reference))


def _first(doc: Doc, terms: Terms, tokens: range) -> tuple[Slot | None, Slot | None, Slot | None]:
    def slot(table: dict[int, Any]) -> Slot | None:
        found = next((table[i] for i in tokens if i in table), None)
        return None if found is None else (found.id, words_of(doc, found.first, found.last))

    owners = {i: name for i, name in terms.names.items() if name.type == "area" or name.kind in {"company", ""}}
    return slot(terms.indicators), slot(terms.products), slot(owners)


def _measure(quantity: Quantity, measure: Measure, placed: Placed) -> Measure:
    """The cell's kind from its heading, and its value in full where the heading gives the scale."""
    words = _WORDS.findall(placed.heading.text.lower()) if placed.heading is not None else []
    text = " ".join(words)
    kind = next((kind for kind, signs in _words()["kinds"].items() if any(sign in text for sign in signs)), "")
    if not kind:
        kind = "level" if quantity.unit != "percent" else "share"
    if kind in {"share", "growth"} and quantity.unit not in {"percent", "percentage_point"}:
        kind = "level" if "%" not in text and "percent" not in text else kind
    scale = 1.0
    if quantity.unit not in {"percent", "percentage_point"} and kind == "level" and abs(quantity.value) < 1e5:
        scale = next((_words()["scales"][word] for word in words if word in _words()["scales"]), 1.0)
    sign = -1.0 if kind == "growth" and quantity.value > 0 and placed.cell.text.lstrip()[:1] in "-−–" else 1.0
    low, high = (None if end is None else end * scale * sign for end in (quantity.low, quantity.high))
    if sign < 0:
        low, high = high, low
    unit = "percent" if kind in {"share", "growth"} else quantity.unit
    return measure._replace(kind=kind, value=quantity.value * scale * sign, low=low, high=high, unit=unit)


def _names_owners(corner: Cell | None) -> bool:
    return corner is not None and any(
        word in _words()["owners"]["words"] for word in _WORDS.findall(corner.text.lower())
    )
