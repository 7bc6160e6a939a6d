"""What a run has read so far, on the disk: a batch that was killed goes on where it stopped, in flat memory.

Two files in a hidden folder beside the destination. `read` takes the lines of every article, one group of articles
after the other: the article, its claims, the rows of the table, as the outputs hold them. `index` takes a line for each
group once its lines are written: a digest of the articles and of the software that read them, and where each one
stands. A group whose digest is there is not read again; whatever is torn or does not fit its checksum is as if never
written.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import orjson

from extractor.errors import InputError
from extractor.model import Article, Claim
from service.running.engine import BUDGET, ENDED, Outcome, extract_group
from service.writing.outputs import csv_rows, json_lines


class Lines(NamedTuple):
    """An article as the outputs hold it."""

    id: str
    article: bytes
    claims: bytes
    rows: bytes
    kinds: dict[str, int]
    """How many claims of each kind."""
    sources: list[str]
    problem: str = ""


class Place(NamedTuple):
    """Where an article's lines begin in the journal, and how many bytes each part takes."""

    id: str
    at: int
    article: int
    claims: int
    rows: int
    problem: str


class Group(NamedTuple):
    """What was read in a few articles."""

    places: list[Place]
    kinds: dict[str, int]
    sources: list[str]


def lines_of(article: Article, claims: Sequence[Claim], problem: str = "") -> Lines:
    """The article and its claims as the outputs hold them; the claims by their place."""
    ordered = sorted(claims, key=lambda claim: (claim.start, claim.end, claim.id))
    return Lines(
        article.id,
        json_lines([article]),
        json_lines(ordered),
        csv_rows(ordered, {article.id: article.text}),
        dict(Counter(claim.kind for claim in ordered)),
        sorted({claim.source.id for claim in ordered if claim.source is not None}),
        problem,
    )


def read_group(articles: list[Article], *, budget: float = BUDGET) -> list[Lines]:
    """The lines of a few articles; an article whose extraction failed has no claims."""
    outcomes: list[Outcome] = extract_group(articles, budget=budget)
    return [lines_of(*outcome) for outcome in outcomes]


def digest(articles: Iterable[Article]) -> str:
    """What tells a group of articles, read by this software, from all others."""
    found = hashlib.sha256(software())
    for line in (json_lines([article]) for article in articles):
        found.update(line)
    return found.hexdigest()


@lru_cache(maxsize=1)
def software() -> bytes:
    """Whatever decides what is read: the extractor's code and data, and the parser's version."""
    found = hashlib.sha256(version("spacy").encode())
    root = Path(str(files("extractor")))
    for path in sorted(path for path in root.rglob("*") if path.suffix in {".py", ".toml", ".json"}):
        found.update(path.read_bytes())
    return found.digest()


class Journal:
    """The lines of the articles read so far; as a context manager. One run at a time may write to one destination."""

    def __init__(self, out: Path) -> None:
        out = out.absolute()
        self.folder = out.parent / f".{out.name}.claimgraph-resume"
        self._out = out
        self._known: dict[str, Group] = {}

    def __enter__(self) -> Journal:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._index = (self.folder / "index").open("a+b")
            self._read = (self.folder / "read").open("a+b")
        except OSError as error:
            raise InputError(f"cannot write here: {error.strerror}", path=self._out.parent) from error
        self._lock()
        self._take_up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._index.close()
        self._read.close()
        if kind is None or issubclass(kind, InputError):
            shutil.rmtree(self.folder, ignore_errors=True)

    def known(self, key: str) -> Group | None:
        """What an earlier run read in a group of articles; None if it did not come so far."""
        return self._known.get(key)

    def add(self, key: str, read: Sequence[Lines]) -> Group:
        """Writes down what was read in a group of articles."""
        at = self._read.seek(0, os.SEEK_END)
        whole = b"".join(part for lines in read for part in (lines.article, lines.claims, lines.rows))
        group = _group(read, at)
        self._read.write(whole)
        self._read.flush()
        places = [list(place) for place in group.places]
        said = {"places": places, "kinds": group.kinds, "sources": group.sources}
        entry = {"key": key, "at": at, "length": len(whole), "check": zlib.crc32(whole), **said}
        self._index.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))
        self._index.flush()
        return group

    def articles(self, places: Iterable[Place]) -> Iterator[bytes]:
        """The lines of some articles."""
        return (self._part(place.at, place.article) for place in places)

    def claims(self, places: Iterable[Place]) -> Iterator[bytes]:
        """The lines of the claims of some articles, article by article."""
        return (self._part(place.at + place.article, place.claims) for place in places)

    def rows(self, places: Iterable[Place]) -> Iterator[bytes]:
        """The rows of the table, article by article."""
        return (self._part(place.at + place.article + place.claims, place.rows) for place in places)

    def _part(self, at: int, length: int) -> bytes:
        return os.pread(self._read.fileno(), length, at)

    def _lock(self) -> None:
        try:
            fcntl.flock(self._index, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError(
                "another run is writing here; wait for it, or name another folder", path=self._out
            ) from error

    def _take_up(self) -> None:
        """Finds what an earlier run that was killed has read."""
        size, whole = self._read.seek(0, os.SEEK_END), 0
        self._index.seek(0)
        for line in self._index:
            entry = _entry(line)
            if entry is None or entry["at"] + entry["length"] > size or not self._is_sound(entry):
                break
            group = Group([Place(*place) for place in entry["places"]], entry["kinds"], entry["sources"])
            # What ended the run may have ended a worker first: such an article gets another try.
            if all(place.problem != ENDED for place in group.places):
                self._known[entry["key"]] = group
            whole += len(line)
        self._index.truncate(whole)

    def _is_sound(self, entry: dict[str, Any]) -> bool:
        return zlib.crc32(self._part(entry["at"], entry["length"])) == int(entry["check"])


class BusyError(InputError):
    """Another run writes to the same destination."""


def _group(read: Sequence[Lines], at: int) -> Group:
    places = []
    kinds: Counter[str] = Counter()
    for lines in read:
        sizes = len(lines.article), len(lines.claims), len(lines.rows)
        places.append(Place(lines.id, at, *sizes, lines.problem))
        at += sum(sizes)
        kinds.update(lines.kinds)
    return Group(places, dict(kinds), sorted({source for lines in read for source in lines.sources}))


def _entry(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        found: dict[str, Any] = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return found
