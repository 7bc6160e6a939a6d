"""Table cells: what a figure in a table means, from its row's label, its column's heading and the table's caption.

A table is a run of lines whose cells are parted by bars (as page readers write HTML tables), tabs, or wide gaps. The
label gives the area, product or period of a row, the heading gives kind, scale, unit, indicator or period of a column,
the caption what both leave out; and what none of them says is taken from the figure before the table.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from typing import Any

from spacy.language import Language

from extractor.mentions import Quantity, Scope, Slot, Timing, measures, quantities, scopes, text_of, timings
from extractor.names.words import normalise
from extractor.periods import find_periods
from extractor.periods.cells import Page, cell_timing
from extractor.quantities.dimensions import Dimension, dimension_of
from extractor.scope.article.topic import Topic, topic_of
from extractor.scope.indicators.finder import MARKET_SHARE
from extractor.scope.indicators.table_headings import done_in, headed_by, words_in
from extractor.scope.terms import Terms, terms_of, words_of
from extractor.scope.words import among
from extractor.tables.cutting import Cell, Placed, is_title, table_cells
from extractor.tables.headings import dimension_of_row, kind_of, measure_of, table_words
from extractor.taxonomy import WORLD, taxonomy
from extractor.tokens import Doc, SpacyDoc, read

_ISO = re.compile(r"[A-Z]{3}")
_WORDS = re.compile(r"['’]?[\w/%.-]+")


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
            self._doc._.measures[number] = tuple(measure_of(quantity, measure, heading, given, placed.cell.text))
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
            given = self._read(cell.text) if cell is not None and is_title(cell) else Dimension()
            whole = Dimension(whole.scale or given.scale, whole.unit or given.unit)
        if _ISO.fullmatch(whole.unit) and placed.label is not None:
            whole = dimension_of_row(placed.label.text, whole)
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
        if cell is None or self._is_period(cell) or kind_of(cell.text):
            return None
        slot = words_in(cell)
        return product if slot is not None and product is not None else slot

    def _is_split(self, placed: Placed) -> bool:
        """True where the columns are parts of a total that has a column of its own: "Ariane | Soyuz | Vega | All"."""
        return any(cell.text.strip().lower() in table_words()["totals"]["words"] for cell in placed.headings)

    def _above(self, placed: Placed) -> Slot | None:
        """The measure that the line above the caption names: "Landings in Lofoten" over "Spawning cod, tonnes"."""
        if placed.caption is None:
            return None
        text = text_of(self._doc)
        end = text.rfind("\n", 0, placed.caption.start)
        start = text.rfind("\n", 0, max(end, 0)) + 1
        line = Cell(start, end, text[start:end]) if end > start else None
        return self._terms_in(line)[0] if line is not None and is_title(line) else None

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
    return corner is not None and any(
        word in table_words()[what]["words"] for word in _WORDS.findall(corner.text.lower())
    )
