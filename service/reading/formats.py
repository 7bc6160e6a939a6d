"""The articles of one file, by its format, before their ids are settled.

A format is a function here from a path to drafts, and its ending in `SUFFIXES`: `.txt` and `.md` hold one article, as
do the web pages `.html` and `.htm`; `.jsonl` holds one a line, `.parquet` one a row (with the extra `ray`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from service.reading.encoding import decode
from service.reading.jsonl import not_json
from service.reading.skips import OnSkip, Skip, shown

MOST_TEXT = 2_000_000
"""Characters of the longest article that is read: far above any article, far below what would fill the memory."""
MOST_MARKUP = 20_000_000
"""Bytes of the largest web page that is opened."""
LONGEST_ID = 200

_TEXT = frozenset({".txt", ".md"})
_MARKUP = frozenset({".html", ".htm"})
_LINES = frozenset({".jsonl"})
_ROWS = frozenset({".parquet"})
SUFFIXES = _TEXT | _MARKUP | _LINES | _ROWS
_FRONT_MATTER = re.compile(r"---\n((?:[\w-]+:[^\n]*\n)+)---\n+")


class Draft(NamedTuple):
    """An article before its id is settled."""

    path: Path | str
    line: int | None
    fields: dict[str, Any]
    digest: str = ""
    """Of the text, whatever its spacing."""

    @property
    def wanted(self) -> str:
        """The id that the article asks for; empty where it has none."""
        given = self.fields.get("id")
        return given.strip()[:LONGEST_ID] if isinstance(given, str) else ""


def drafts_of(path: Path, on_skip: OnSkip) -> Iterator[Draft]:
    """The articles of a file that can be read; `on_skip` hears of the others."""
    suffix = path.suffix.lower()
    if path.exists() and not path.is_file():  # opening a pipe would wait for whoever writes to it
        on_skip(Skip(shown(path), None, "not a regular file"))
        return
    try:
        if suffix in _LINES:
            yield from _lines(path, on_skip)
        elif suffix in _ROWS:
            yield from _rows(path, on_skip)
        else:
            yield from _whole(path, on_skip, markup=suffix in _MARKUP)
    except OSError as error:
        on_skip(Skip(shown(path), None, f"cannot be opened: {error.strerror}"))


def _whole(path: Path, on_skip: OnSkip, *, markup: bool) -> Iterator[Draft]:
    """The article of a file that holds one."""
    limit = MOST_MARKUP if markup else 4 * MOST_TEXT
    size = path.stat().st_size
    if size > limit:
        on_skip(Skip(shown(path), None, f"{size / 1e6:.1f} MB: too long, the limit is {limit / 1e6:.0f} MB a file"))
        return
    text, problem = decode(path.read_bytes(), markup=markup)
    if text is None:
        on_skip(Skip(shown(path), None, problem))
        return
    if problem:
        on_skip(Skip(shown(path), None, problem, lost=False))
    fields = _page_fields(path, text, on_skip) if markup else _plain_fields(path, text)
    if fields is not None:
        yield Draft(path, None, fields)


def _plain_fields(path: Path, text: str) -> dict[str, Any]:
    """Fields of a text file; a Markdown file may open with `key: value` lines between two lines of `---`."""
    fields: dict[str, Any] = {}
    front = _FRONT_MATTER.match(text) if path.suffix.lower() == ".md" else None
    if front is not None:
        text = text[front.end() :]
        for line in front.group(1).splitlines():
            key, _, value = line.partition(":")
            fields["published" if key == "date" else key] = value.strip().strip("\"'") or None
    return {**fields, "id": fields.get("id") or shown(path.stem), "text": text}


def _page_fields(path: Path, html: str, on_skip: OnSkip) -> dict[str, Any] | None:
    if not html.strip():
        on_skip(Skip(shown(path), None, "empty file"))
        return None
    from service.reading.pages import read_page

    try:
        page = read_page(html)
    except Exception as error:  # whatever a parser of foreign pages trips over must not end the run
        on_skip(Skip(shown(path), None, f"broken HTML: {type(error).__name__}: {error}"))
        return None
    if not page.text:
        on_skip(Skip(shown(path), None, "no article found in this page (empty, broken, or nothing but navigation)"))
        return None
    return {"id": shown(path.stem), **page._asdict()}


def _lines(path: Path, on_skip: OnSkip) -> Iterator[Draft]:
    """The articles of a JSON-lines file, read line by line however long the file is."""
    number = 0
    articles = 0
    with path.open("rb") as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            on_skip(Skip(shown(path), None, "wrong encoding: JSON lines are UTF-8, this is UTF-16"))
            return
        stream.seek(0)
        for number, raw in enumerate(stream, start=1):
            line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            if not line.strip():
                continue
            articles += 1
            try:
                yield Draft(path, number, _line_fields(line))
            except ValueError as error:
                on_skip(Skip(shown(path), number, str(error)))
    if not articles:
        on_skip(Skip(shown(path), None, "empty file"))


def _rows(path: Path, on_skip: OnSkip) -> Iterator[Draft]:
    """The articles of a Parquet file, read a few at a time."""
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        on_skip(Skip(shown(path), None, "Parquet files need the extra ray: pip install 'claimgraph[ray]'"))
        return
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            rows = (row for batch in file.iter_batches(batch_size=256) for row in batch.to_pylist())
            for number, row in enumerate(rows, start=1):
                try:
                    yield Draft(path, number, _fields({name: _as_json(value) for name, value in row.items()}))
                except ValueError as error:
                    on_skip(Skip(shown(path), number, str(error)))
    except ValueError as error:  # what pyarrow raises for a file that is no Parquet
        on_skip(Skip(shown(path), None, f"not Parquet: {error}"))
        return
    if not number:
        on_skip(Skip(shown(path), None, "empty file"))


def _as_json(value: object) -> object:
    """A date column's day as JSON would give it."""
    return value.isoformat() if isinstance(value, date) else value


def _line_fields(raw: bytes) -> dict[str, Any]:
    """The fields of one line; raises ValueError with the reason why it is no article."""
    try:
        fields = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ValueError(not_json(error)) from error
    return _fields(fields)


def _fields(fields: object) -> dict[str, Any]:
    """The fields of an article; raises ValueError with the reason why it is none."""
    if not isinstance(fields, dict):
        raise ValueError(f"an article is a JSON object with a field 'text'; this is {_named(fields)}")
    text = fields.get("text")
    if text is None:
        raise ValueError("field 'text' is missing")
    if not isinstance(text, str):
        raise ValueError(f"field 'text' is {_named(text)}, not a string")
    if isinstance(fields.get("id"), int):
        fields["id"] = str(fields["id"])
    return fields


def _named(value: object) -> str:
    """What kind of JSON value this is, in the words of JSON."""
    names: tuple[tuple[type, str], ...] = (
        (bool, "true or false"), (str, "a string"), (int, "a number"), (float, "a number"), (list, "an array"),
    )  # fmt: skip
    return next((name for kind, name in names if isinstance(value, kind)), "null" if value is None else "an object")
