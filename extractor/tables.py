"""Table cells: what a figure in a table means, from its row's label, its column's heading and the table's caption.

A table is a run of lines whose cells are parted by bars (as page readers write HTML tables), tabs, or wide gaps. The
label gives the area, product or period of a row, the heading gives kind, scale, unit, indicator or period of a column,
the caption what both leave out; and what none of them says is taken from the figure before the table.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from functools import lru_cache
from typing import Any, NamedTuple

from spacy.language import Language

from extractor.loading import tables
from extractor.mentions import Measure, Quantity, Scope, Slot, Timing, measures, quantities, scopes, text_of, timings
from extractor.names.words import normalise
from extractor.periods import find_periods
from extractor.periods.cells import Page, cell_timing
from extractor.quantities.dimensions import Dimension, dimension_of
from extractor.quantities.intervals import clean
from extractor.scope.article.topic import Topic, topic_of
from extractor.scope.indicators.finder import MARKET_SHARE
from extractor.scope.indicators.table_headings import done_in, headed_by, words_in
from extractor.scope.terms import Terms, terms_of, words_of
from extractor.scope.words import among
from extractor.taxonomy import WORLD, taxonomy
from extractor.tokens import Doc, SpacyDoc, read

_LINE = re.compile(r"[^\n]+")
_SEPARATORS = (re.compile(r"\t+"), re.compile(r" {2,}"))
_NUMERIC = re.compile(r"^[\s+\-–−$€£¥]*\d[\d.,\s]*(?:%|[a-z]{1,3})?\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_RULE = re.compile(r"^[\s|:+=-]+$")
_ISO = re.compile(r"[A-Z]{3}")
_POINTS = ("points", "pp", "pts", "p.p.", "ppt")
_WORDS = re.compile(r"['’]?[\w/%.-]+")
_NOTE = re.compile(
    r"\W*(?:(?:sources?|notes?|units?|(?:all )?(?:figures|values|amounts|data|numbers))\b|in [^.]{2,40}\W*$)",
    re.IGNORECASE,
)
"""How a note below a table begins."""
_TITLE = 110
"""How long a caption may be: a line that is longer is prose."""
_WRITTEN_OUT = 1e5
"""From here on a figure is written out in full, whatever scale its heading gives to smaller ones."""


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


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tables("extractor", "data/tables.toml")


# Cutting the text -----------------------------------------------------------------------------------------------------


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


# Reading the cells ----------------------------------------------------------------------------------------------------


@Language.component(
    "claimgraph_tables",
    requires=["doc._.quantities", "doc._.measures", "doc._.timings", "doc._.scopes"],
    assigns=["doc._.measures", "doc._.timings", "doc._.scopes"],
)
def claimgraph_tables(doc: SpacyDoc) -> SpacyDoc:
    """Rewrites measure, timing and scope of the quantities that stand in table cells."""
    cells = table_cells(text_of(doc)) if doc._.quantities else []
    if cells:
        _Reader(read(doc), cells).rewrite()
    return doc


class _Reader:
    def __init__(self, doc: Doc, cells: list[Placed]) -> None:
        self._doc, self._cells, self._terms = doc, cells, terms_of(doc)
        self._dimensions: dict[str, Dimension] = {}
        self._topics: list[Topic] = []  # the article's, once it was looked for
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
            heading = self._measuring(placed)
            given = self._dimension(placed, heading)
            self._doc._.measures[number] = tuple(_measure(quantity, measure, heading, given, placed.cell.text))
            kind = self._doc._.measures[number][0]
            self._doc._.timings[number] = tuple(self._timing(placed, timing if timing.borrowed else context[0]))
            self._doc._.scopes[number] = tuple(self._scope(placed, kind, scope, context[1]))

    def _placed(self, quantity: Quantity) -> Placed | None:
        at = bisect.bisect_right(self._starts, quantity.start) - 1
        placed = self._cells[at] if at >= 0 else None
        return placed if placed is not None and quantity.end <= placed.cell.end else None

    def _measuring(self, placed: Placed) -> str:
        """The words that say what is measured: the headings, or the label of a table whose columns are periods."""
        headings = [cell for cell in (placed.over, placed.heading) if cell is not None and cell.text]
        words = " ".join(cell.text for cell in headings if not self._is_bare_period(cell))
        return words or (placed.label.text if headings else "")

    def _dimension(self, placed: Placed, heading: str) -> Dimension:
        """Scale and unit of a cell: its heading's, else those that corner, caption or note give to the whole table."""
        own, whole = self._read(heading), Dimension()
        corner = placed.corner if placed.corner is not None and " " in placed.corner.text.strip() else None
        for cell in (corner, placed.caption, placed.foot):  # a corner of one word says what the rows are: "Yard"
            given = self._read(cell.text) if cell is not None and _is_title(cell) else Dimension()
            whole = Dimension(whole.scale or given.scale, whole.unit or given.unit)
        if _ISO.fullmatch(whole.unit) and placed.label is not None:
            whole = _for_row(placed.label.text, whole)
        elsewhere = whole.unit and any(self._read(cell.text).unit == whole.unit for cell in placed.headings)
        if own.unit and whole.unit and own.unit != whole.unit:
            return own
        if elsewhere and not own.unit:
            return own  # "CGT | Ships" under "million CGT": the ships are none
        return Dimension(own.scale or whole.scale, own.unit or whole.unit)

    def _read(self, heading: str) -> Dimension:
        """The scale and unit of a heading, worked out once for all the cells below it."""
        if heading not in self._dimensions:
            self._dimensions[heading] = dimension_of(heading, text_of(self._doc))
        return self._dimensions[heading]

    def _is_bare_period(self, cell: Cell) -> bool:
        """True for "2023" and "Q1 2024", not for "Change on 2023"."""
        words = cell.text.strip()
        return any(found.end - found.start >= len(words) - 1 for found in find_periods(words, self._reference))

    def _timing(self, placed: Placed, context: Timing) -> Timing:
        own = [cell.text for cell in (placed.over, placed.heading, placed.label) if cell is not None]
        whole = [cell.text for cell in (placed.corner, *placed.headings, placed.caption) if cell is not None]
        head = (placed.corner or placed.cell).start if placed.headings else placed.cell.start
        page = Page(self._reference, text_of(self._doc), head)
        return cell_timing(own, whole, page, context.period)

    def _scope(self, placed: Placed, kind: str, own: Scope, context: Scope) -> Scope:
        heading, label, caption = (self._terms_in(cell) for cell in (placed.heading, placed.label, placed.caption))
        over = self._terms_in(placed.over)
        heading = (heading[0] or over[0], heading[1] or over[1], heading[2] or over[2])
        indicator = (
            heading[0]
            or done_in(placed.heading)
            or label[0]
            or caption[0]
            or done_in(placed.caption)
            or self._above(placed)
            or (headed_by(placed.caption) if self._is_split(placed) else None)
            or self._worded(placed.heading, heading[1])
            or self._measured(context.indicator)
            or own.indicator
        )
        if kind == "share" and heading[0] is None and placed.heading is not None and indicator is None:
            indicator = Slot(MARKET_SHARE, placed.heading.text, "share column", placed.heading.start)
        product = label[1] or heading[1] or caption[1] or context.product or own.product
        own_label = self._is_own(placed)
        things = _corner_is(placed.corner, "things")
        row_area = _whole_label(label[2], placed) if own_label and not things else self._rest(placed, label[2])
        area = row_area or heading[2]
        if area is None and label[0] is None and label[1] is None and own_label:
            row = Slot(normalise(placed.label.text), placed.label.text.strip(), "label of the row", placed.label.start)
            if _corner_is(placed.corner, "owners") or (product is not None and not things):
                area = row
            else:
                product = row
        home = (caption[2] if _is_country(caption[2]) else None) or (
            context.area if own_label or _is_country(context.area) else None
        )
        home = home or self._topic().area
        counterpart = None
        if area is not None and label[2] is not None and _corner_is(placed.corner, "counterparts"):
            area, counterpart = home, area
        borrowed = ("indicator",) if heading[0] is None else ()
        return Scope(indicator, product, area or home, counterpart, (), borrowed)

    def _worded(self, cell: Cell | None, product: Slot | None) -> Slot | None:
        """The words of a heading that no pack knows, where they are no period, growth or share: "Time to 3 (%)"."""
        if cell is None or self._is_period(cell) or _kind_of(cell.text):
            return None
        slot = words_in(cell)
        return product if slot is not None and product is not None else slot

    def _is_split(self, placed: Placed) -> bool:
        """True where the columns are parts of a total that has a column of its own: "Ariane | Soyuz | Vega | All"."""
        return any(cell.text.strip().lower() in _words()["totals"]["words"] for cell in placed.headings)

    def _above(self, placed: Placed) -> Slot | None:
        """The measure that the line above the caption names: "Landings in Lofoten" over "Spawning cod, tonnes"."""
        if placed.caption is None:
            return None
        text = text_of(self._doc)
        end = text.rfind("\n", 0, placed.caption.start)
        start = text.rfind("\n", 0, max(end, 0)) + 1
        line = Cell(start, end, text[start:end]) if end > start else None
        return self._terms_in(line)[0] if line is not None and _is_title(line) else None

    def _rest(self, placed: Placed, area: Slot | None) -> Slot | None:
        """The world where a row of countries' table says so, and its "others" as themselves."""
        if area is not None and area.id == WORLD:
            return area
        label = placed.label.text.strip()
        if not label or not among(label.split()[-1].lower(), "rest_labels") or _corner_is(placed.corner, "things"):
            return None
        rows = (other.label for other in self._cells if other.headings == placed.headings)
        named = any((found := self._terms_in(row)[2]) is not None and found.id in taxonomy().areas for row in rows)
        return Slot(normalise(label), label, "label of the row", placed.label.start) if named else None

    def _measured(self, context: Slot | None) -> Slot | None:
        """What the figure before the table measured, where the packs know it, else what the article is about."""
        if context is not None and context.id in taxonomy().indicators:
            return context
        return self._topic().indicator or context

    def _topic(self) -> Topic:
        """What the article is about, looked for once."""
        if not self._topics:
            self._topics.append(topic_of(self._doc, self._terms))
        return self._topics[0]

    def _is_own(self, placed: Placed) -> bool:
        """False for labels that name no area or product: periods, totals, sources."""
        label = placed.label.text.strip().lower()
        if (
            not any(letter.isalpha() for letter in label)
            or among(label.split()[0], "total_labels")
            or _corner_is(placed.corner, "sources")
        ):
            return False
        return not self._is_period(placed.label)

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


def _for_row(label: str, whole: Dimension) -> Dimension:
    """What a table of money says of one row: nothing of "Employees", and no scale of "Earnings per share"."""
    words = re.findall(r"[a-z]+", label.lower())
    if any(word in _words()["rows"]["counted"] for word in words):
        return Dimension()
    return whole._replace(scale=0.0) if "per" in words[1:] else whole


def _is_title(cell: Cell) -> bool:
    """Whether a line is a caption or a note and no sentence that happens to stand there."""
    closed = cell.text.rstrip().endswith((".", "!", "?"))
    return (len(cell.text) <= _TITLE and not closed) or _NOTE.match(cell.text) is not None


def _first(doc: Doc, terms: Terms, tokens: range) -> tuple[Slot | None, Slot | None, Slot | None]:
    def slot(table: dict[int, Any]) -> Slot | None:
        found = next((table[i] for i in tokens if i in table), None)
        if found is None:
            return None
        return Slot(
            found.id, words_of(doc, found.first, found.last), "cell or caption of the table", doc[found.first].idx
        )

    names = {i: terms.names[i] for i in tokens if i in terms.names}
    owners = {i: name for i, name in names.items() if name.type == "area" or name.kind in {"company", ""}}
    nouns = {i: terms.indicators[i] for i in tokens if i in terms.indicators and terms.indicators[i].role == "noun"}
    return slot(nouns), slot(terms.products), slot(owners)


def _measure(quantity: Quantity, measure: Measure, heading: str, given: Dimension, text: str) -> Measure:
    """The cell's kind from its heading, and its value in full where a heading or the caption gives the scale."""
    words = _WORDS.findall(heading.lower())
    kind = _kind(quantity, words)
    if kind == "growth" and quantity.unit == "count" and any(word in _POINTS for word in words):
        return measure._replace(kind="difference", unit="percentage_point")
    if kind in {"share", "growth"} and quantity.unit not in {"percent", "percentage_point"}:
        kind = "level" if not _is_relative(words) and "%" not in " ".join(words) else kind
    absolute = quantity.unit not in {"percent", "percentage_point"} and kind == "level"
    scale = given.scale or 1.0 if absolute and abs(quantity.value) < _WRITTEN_OUT else 1.0
    minus = kind == "growth" and quantity.value > 0 and text.lstrip()[:1] in "-−–"
    sign = -1.0 if minus else 1.0
    low, high = (None if end is None else clean(end * scale * sign) for end in (quantity.low, quantity.high))
    if sign < 0:
        low, high = high, low
    unit = "percent" if kind in {"share", "growth"} else quantity.unit
    if unit == "count" and kind == "level":
        unit = given.unit or unit
    return measure._replace(kind=kind, value=clean(quantity.value * scale * sign), low=low, high=high, unit=unit)


def _kind(quantity: Quantity, words: list[str]) -> str:
    text = " ".join(words)
    kind = next((kind for kind, signs in _words()["kinds"].items() if any(sign in text for sign in signs)), "")
    return kind or ("share" if quantity.unit == "percent" or _is_relative(words) else "level")


def _kind_of(heading: str) -> str:
    """The kind that a heading's words name; "" for none."""
    text = " ".join(_WORDS.findall(heading.lower()))
    return next((kind for kind, signs in _words()["kinds"].items() if any(sign in text for sign in signs)), "")


def _is_relative(words: list[str]) -> bool:
    return any(word in {"%", "percent", "pct"} for word in words) or {"per", "cent"} <= set(words)


def _whole_label(area: Slot | None, placed: Placed) -> Slot | None:
    """The name in a row's label, where the packs know it or where it is most of the label: not the "Land" of "Land use
    change".
    """
    nodes = taxonomy()
    if area is None or area.id in nodes.areas or area.id in nodes.organisations:
        return area
    label = placed.label.text.split("(")[0].split()
    return area if 2 * len(area.text.split()) >= len(label) else None


def _is_country(area: Slot | tuple[str, str] | None) -> bool:
    """True for what a row of totals can be of, when the figure before the table was of it."""
    node = taxonomy().areas.get(area[0]) if area is not None else None
    return node is not None and node.kind != "place"


def _corner_is(corner: Cell | None, what: str) -> bool:
    """Whether the corner says what the rows are: "Market", "Company", "Source"."""
    return corner is not None and any(word in _words()[what]["words"] for word in _WORDS.findall(corner.text.lower()))
