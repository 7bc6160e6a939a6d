"""Prodigy: JSON lines, one article each, with `spans` (as in `spans.manual`, `ner.manual`) and the words they sit on.

Each span carries its slots; what was rejected or ignored in Prodigy is left out when it is read back.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from service.interchange.sheets import Mark, Sheet
from service.interchange.tokens import Token, token_span, tokens


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
    """The sheets of the lines that were accepted."""
    rows = [orjson.loads(line) for line in content.splitlines() if line.strip()]
    return [
        Sheet(dict(row["meta"]), row["text"], [_mark(span) for span in row.get("spans") or ()])
        for row in rows
        if row.get("answer", "accept") == "accept"
    ]


def _mark(span: dict[str, Any]) -> Mark:
    optional = bool(span.get("optional"))
    return Mark(span["start"], span["end"], span["label"], span.get("slots") or {}, optional, span.get("claim"))
