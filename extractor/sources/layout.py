"""Sources that the layout gives: a row's label in a table of sources, the credit line below a table; and lists."""

from __future__ import annotations

import bisect
import re
from functools import lru_cache
from typing import NamedTuple

from extractor import mentions
from extractor.loading import tables
from extractor.mentions import text_of
from extractor.names.words import body_kind, name_words, normalise
from extractor.plurals import singular
from extractor.sources.speakers import Party, document_class
from extractor.tables.cutting import Placed, table_cells
from extractor.tokens import Doc

_CREDIT = re.compile(r"\s*\n\s*(?:\|\s*)?(Sources?):\s*([^\n|]{2,120})")
_BRACKETED = re.compile(r"\s*\(.*")
_BULLET = re.compile(r"\s*(?:[-–—•*‣▪]|\d{1,2}[.)])\s+\S")
_END_OF_NAME = re.compile(r"[,;(]|\. |\.$| and | via ")


class Printed(NamedTuple):
    """A source that stands in the layout, with the words that say so and their offset."""

    party: Party
    cue: str
    cue_start: int


def is_bullet(sentence: str) -> bool:
    """True for an item of a list."""
    return _BULLET.match(sentence) is not None


def table_sources(doc: Doc) -> dict[int, Printed]:
    """By the offset of a cell: who gave its figure, the words that say so, and where these stand."""
    text = text_of(doc)
    if "|" not in text and "\t" not in text:
        return {}
    found: dict[int, Printed] = {}
    credit = _credits(doc, cells := table_cells(text))
    for placed in cells:
        given = _of_label(doc, placed) or credit.get(placed.cell.start)
        if given is not None:
            found[placed.cell.start] = given
    return found


def source_at(sources: dict[int, Printed], starts: list[int], offset: int, text: str) -> Printed | None:
    """Whoever gave the figure at an offset, if it stands in a cell that has a source."""
    at = bisect.bisect_right(starts, offset) - 1
    if at < 0 or any(mark in text[starts[at] : offset] for mark in "|\t\n"):
        return None
    return sources[starts[at]]


@lru_cache(maxsize=1)
def _corners() -> frozenset[str]:
    """Headings of a first column that says who gave the figures (`tables.toml`, [sources])."""
    return frozenset(tables("extractor", "data/tables.toml")["sources"]["words"])


def _of_label(doc: Doc, placed: Placed) -> Printed | None:
    """The label of a row, where the column's heading says that labels are sources."""
    corner = placed.corner.text.lower().split() if placed.corner is not None else []
    words = _BRACKETED.sub("", placed.label.text).strip()
    if not words or not _corners().intersection(map(singular, corner)) or not _is_source(words):
        return None
    return Printed(_party(doc, words, placed.label.start), words, placed.label.start)


def _is_source(words: str) -> bool:
    """True for a name, a body or a crowd: not for the "Quota" between them."""
    last = words.split()[-1]
    return any(w[0].isupper() for w in words.split()[1:]) or words.isupper() or _kind(last) is not None


def _kind(word: str) -> str | None:
    noun = singular(word)
    return body_kind(word) or name_words().crowd_kinds.get(noun) or ("other" if noun in name_words().crowd else None)


def _credits(doc: Doc, cells: list[Placed]) -> dict[int, Printed]:
    """The line below a table that credits all of its cells: "Source: Egg Board"."""
    text = text_of(doc)
    found: dict[int, Printed] = {}
    for number, placed in enumerate(cells):
        match = _CREDIT.match(text, _line_end(text, placed.cell.end))
        if match is None:
            continue
        name = _END_OF_NAME.split(match.group(2))[0].strip()
        for earlier in reversed(cells[: number + 1]):
            if earlier.caption != placed.caption or earlier.headings != placed.headings or not name:
                break
            party = _party(doc, name, match.start(2))
            found[earlier.cell.start] = Printed(party, match.group(1), match.start(1))
    return found


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _party(doc: Doc, words: str, offset: int) -> Party:
    """The party that some words name: the body of the taxonomy or the article among them, else the words themselves."""
    span = doc.char_span(offset, offset + len(words), alignment_mode="expand")
    first, last = (span.start, span.end) if span is not None else (0, 0)
    for name in mentions.names(doc):
        ends = name.last == last or document_class(doc[min(name.last, last - 1)]) is not None or name.last + 2 == last
        if first == name.first and name.last <= last and name.type == "organisation" and ends:
            return Party(name.id, words, name.kind or "other", first)
    return Party(normalise(words), words, _kind(words.split()[-1]) or "other", first)
