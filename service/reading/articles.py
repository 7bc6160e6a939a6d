"""Files and folders → articles, one by one; whatever cannot be read is reported with its reason, and the rest goes on.

Which files: `.txt`, `.md`, `.html`/`.htm`, `.jsonl` with one article a line, and `.parquet` with one a row (with the
extra `ray`); folders are searched recursively. The articles and their order depend on the files alone, not on the order
in which the paths are given.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from extractor.model import Article
from extractor.wording import number_of
from service.reading.encoding import decode
from service.reading.jsonl import not_json
from service.reading.language import language_name, other_language

MOST_TEXT = 2_000_000
"""Characters of the longest article that is read: far above any article, far below what would fill the memory."""
MOST_MARKUP = 20_000_000
"""Bytes of the largest web page that is opened."""
LONGEST_WORD = 3_000
"""Characters without a space: more is no prose, and a tokeniser takes the square of their number to cut them up."""
LONGEST_ID = 200

_TEXT = frozenset({".txt", ".md"})
_MARKUP = frozenset({".html", ".htm"})
_LINES = frozenset({".jsonl"})
_ROWS = frozenset({".parquet"})
SUFFIXES = _TEXT | _MARKUP | _LINES | _ROWS
_RUN = frozenset({"articles.jsonl", "claims.jsonl", "findings.jsonl"})
"""What stands in the folder of every run."""
_METADATA = ("title", "publisher", "author", "url", "language")
_FRONT_MATTER = re.compile(r"---\n((?:[\w-]+:[^\n]*\n)+)---\n+")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/(?!/*$)")
"""The beginning of a URL, of whose slashes a path keeps one."""


class Skip(NamedTuple):
    """Something that was not read, and why."""

    path: str
    line: int | None
    reason: str
    lost: bool = True
    """False for a remark on something that was read all the same."""

    @property
    def place(self) -> str:
        """The file, and the line where it has several articles."""
        return self.path if self.line is None else f"{self.path}, line {self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def shown(path: Path | str) -> str:
    """A path as it can be printed: bytes of its name that are no UTF-8 become question marks."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


OnSkip = Callable[[Skip], None]


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


def read_articles(paths: Iterable[Path | str], *, on_skip: OnSkip) -> Iterator[Article]:
    """Every article of some files and folders, in the order of their paths; `on_skip` hears of all that is left out."""
    register = Register()
    for path in article_files(paths, on_skip=on_skip):
        for draft in drafts(path, on_skip=on_skip):
            name = register.admit(shown(draft.path), draft.line, draft.wanted, draft.digest, on_skip)
            if name is not None:
                yield built(draft, name, on_skip)


def drafts(path: Path, *, on_skip: OnSkip) -> Iterator[Draft]:
    """The articles of one file that can be read, whatever other files hold."""
    for draft in _drafts(path, on_skip):
        text: str = draft.fields["text"]
        reason = _why_not(text)
        if reason is None:
            yield draft._replace(digest=text_digest(" ".join(text.split())))
        else:
            on_skip(Skip(shown(draft.path), draft.line, reason))


def text_digest(text: str) -> str:
    """The SHA-256 of an article's text, which tells whether the offsets still refer to it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Register:
    """Sees to it that a text is kept once, and that every article has an id of its own."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._ids: set[str] = set()

    def admit(self, place: str, line: int | None, wanted: str, digest: str, on_skip: OnSkip) -> str | None:
        """The article's id: its own; without one, the file's name and a few digits of its text, as where it is taken.

        None for a text that is there already.
        """
        if digest in self._texts:
            on_skip(Skip(place, line, f"the same article as {self._texts[digest]}: kept once"))
            return None
        name = wanted
        if not wanted or wanted in self._ids:
            name = f"{wanted or PurePath(place).stem}-{digest[:8]}"
        if name != wanted and wanted:
            reason = f"another article has the id {wanted!r}; this one is called {name!r}"
            on_skip(Skip(place, line, reason, lost=False))
        self._texts[digest] = place if line is None else f"{place}, line {line}"
        self._ids.add(name)
        return name


def article_files(paths: Iterable[Path | str], *, on_skip: OnSkip, ignore: Collection[Path | str] = ()) -> list[Path]:
    """The article files among some files and folders, sorted, each once; folders in `ignore` are not searched."""
    ignored = {Path(folder).resolve() for folder in ignore}
    files: dict[Path, Path] = {}
    for path in sorted({Path(given) for given in paths}):
        for found in _files_of(path, on_skip, ignored):
            files.setdefault(found.resolve(), found)
    return [files[resolved] for resolved in sorted(files)]


def _files_of(path: Path, on_skip: OnSkip, ignored: Collection[Path]) -> list[Path]:
    if path.is_dir():
        return _files_in(path, on_skip, ignored)
    if path.suffix.lower() in SUFFIXES and path.is_file():
        return [path]
    on_skip(Skip(shown(path), None, _why_no_file(path)))
    return []


def _why_no_file(path: Path) -> str:
    if _ADDRESS.match(str(path)):
        return "an address, and no file: those are read with --engine ray"
    if not path.exists():
        return "no such file or folder"
    if not path.is_file():
        return "neither a file nor a folder"
    return f"not an article: claimgraph reads {', '.join(sorted(SUFFIXES))}"


def _files_in(folder: Path, on_skip: OnSkip, ignored: Collection[Path]) -> list[Path]:
    """Article files below a folder; hidden files are passed over, and files of other kinds are counted."""
    files: list[Path] = []
    others: list[str] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: _unreadable(error, on_skip)):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and Path(root, name).resolve() not in ignored
        )
        if set(names) >= _RUN:
            on_skip(
                Skip(shown(root), None, "written by claimgraph: of this folder only articles.jsonl is read", lost=False)
            )
            names = ["articles.jsonl"]
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES:
                files.append(path)
            else:
                others.append(path.suffix.lower() or shown(name))
    if not files:
        on_skip(Skip(shown(folder), None, f"the folder holds no article ({', '.join(sorted(SUFFIXES))})"))
    elif others:
        kinds = ", ".join(sorted(set(others)))
        on_skip(
            Skip(
                shown(folder),
                None,
                f"{number_of(len(others), 'file')} of other kinds passed over ({kinds})",
                lost=False,
            )
        )
    return files


def _unreadable(error: OSError, on_skip: OnSkip) -> None:
    on_skip(Skip(shown(error.filename), None, f"cannot be opened: {error.strerror}"))


def _drafts(path: Path, on_skip: OnSkip) -> Iterator[Draft]:
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


def _why_not(text: str) -> str | None:
    if not text.strip():
        return "empty: no text"
    if len(text) > MOST_TEXT:
        return f"{len(text) / 1e6:.1f} million characters: too long, the limit is {MOST_TEXT / 1e6:.0f} million"
    longest = max(map(len, text.split()))
    if longest > LONGEST_WORD:
        return f"not prose: {longest} characters without a space, the limit is {LONGEST_WORD}"
    language = other_language(text)
    if language is None:
        return None
    name = language_name(language)
    return "not in English" if name is None else f"not in English (it seems to be {name})"


def built(draft: Draft, name: str, on_skip: OnSkip) -> Article:
    """The article under its id; optional fields that do not fit are left out, and said so."""
    given = draft.fields
    fields = {"text": given["text"], "id": name}
    for key in (*_METADATA, "published"):
        value = given.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            Article.model_validate({**fields, key: value})
            fields[key] = value
        except ValidationError as error:
            reason = f"field {key!r} is left out: {error.errors()[0]['msg']}; found {str(value)[:60]!r}"
            on_skip(Skip(shown(draft.path), draft.line, reason, lost=False))
    if given.get("published_inferred") is True:
        fields["published_inferred"] = True
    return Article.model_validate(fields)
