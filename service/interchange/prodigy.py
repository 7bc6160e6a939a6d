"""Prodigy: JSON lines, one article each, with `spans` (as in `spans.manual`, `ner.manual`) and the words they sit on.

Each span carries its slots; what was rejected or ignored in Prodigy is left out when it is read back.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from extractor.errors import InputError
from service.interchange.sheets import Mark, Sheet
from service.interchange.tokens import Token, token_span, tokens
from service.reading.jsonl import numbered


def write(sheets: Iterable[Sheet]) -> bytes:
    """One line an article."""
    return b"".join(orjson.dumps(_line(sheet), option=orjson.OPT_APPEND_NEWLINE) for sheet in sheets)


def _line(sheet: Sheet) -> dict[str, Any]:
    words = tokens(sheet.text, sheet.marks)
    return {
        "text": sheet.text,
        "meta": sheet.meta,
        "tokens": [
            {"text": word.text, "start": word.start, "end": word.end, "id": place, "ws": word.space}
            for place, word in enumerate(words)
        ],
        "spans": [_span(mark, words) for mark in sheet.marks],
        "answer": "accept",
    }


def _span(mark: Mark, words: list[Token]) -> dict[str, Any]:
    first, last = token_span(words, mark)
    span: dict[str, Any] = {
        "start": mark.start,
        "end": mark.end,
        "token_start": first,
        "token_end": last,
        "label": mark.label,
        "slots": mark.slots,
    }
    span |= {"optional": True} if mark.optional else {}
    return span | ({"claim": mark.claim} if mark.claim is not None else {})


def read(content: bytes, file: Path) -> list[Sheet]:
    """The sheets of the lines that were accepted. Raises InputError, with the line, for one that cannot be read."""
    sheets = [_sheet(row, number, file) for number, row in numbered(content, file)]
    return [sheet for sheet in sheets if sheet is not None]


def _sheet(row: Any, line: int, file: Path) -> Sheet | None:
    """The sheet of a line's object; None for one that was rejected or ignored."""
    try:
        if row.get("answer", "accept") != "accept":
            return None
        marks = [_mark(span) for span in row.get("spans") or ()]
        return Sheet(dict(row["meta"]), row["text"], marks, line=line)
    except KeyError as error:
        raise InputError("is missing", path=file, line=line, field=str(error.args[0])) from error
    except (TypeError, AttributeError, ValueError) as error:
        raise InputError(f"not in the prodigy form: {error}", path=file, line=line) from error


def _mark(span: dict[str, Any]) -> Mark:
    optional = bool(span.get("optional"))
    return Mark(span["start"], span["end"], span["label"], span.get("slots") or {}, optional, span.get("claim"))
