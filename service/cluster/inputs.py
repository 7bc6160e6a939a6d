"""Files anywhere → drafts of articles, checked one by one; what is left out is listed with its reason."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from service.cluster.storage import Storage, file_system, is_url
from service.reading.articles import drafts
from service.reading.folders import article_files
from service.reading.formats import SUFFIXES, Draft
from service.reading.skips import OnSkip, Skip, shown

if TYPE_CHECKING:
    import pyarrow as pa

FILES = 64
"""Files that one task reads."""


class Key(NamedTuple):
    """What the driver knows of a draft: enough to admit it or not."""

    part: int
    row: int
    place: str
    line: int | None
    wanted: str
    digest: str
    mark: str
    """A digest of all its fields."""


def input_files(paths: Iterable[Path | str], *, on_skip: OnSkip, ignore: Collection[Path] = ()) -> list[str]:
    """The article files among files, folders and URLs, each once: those of this machine first, each kind sorted."""
    given = sorted({str(path) for path in paths})
    local = article_files([path for path in given if not is_url(path)], on_skip=on_skip, ignore=ignore)
    remote = {file for url in given if is_url(url) for file in _below(url, on_skip)}
    return [*(str(path) for path in local), *sorted(remote)]


def read_part(row: dict[str, Any], storage: Storage) -> dict[str, Any]:
    """Reads some files into one table of drafts; gives the drafts' keys, and what was left out."""
    part = int(row["part"])
    notices: list[Skip] = []
    kept = [draft for file in orjson.loads(row["files"]) for draft in _read(file, notices)]
    storage.write(_name(part), _table(kept))
    keys = [
        Key(part, number, str(draft.path), draft.line, draft.wanted, draft.digest, _mark(draft))
        for number, draft in enumerate(kept)
    ]
    return {"part": part, "keys": orjson.dumps([list(key) for key in keys]), "notices": orjson.dumps(_plain(notices))}


def drafts_of(storage: Storage, part: int) -> pa.Table:
    """The drafts of a part."""
    return storage.read(_name(part))


def draft_at(table: pa.Table, row: int) -> Draft:
    """One draft of a part."""
    found = table.slice(row, 1).to_pylist()[0]
    return Draft(found["place"], found["line"], orjson.loads(found["fields"]), found["digest"])


def skips(lines: bytes) -> list[Skip]:
    """Notices that came from another process."""
    return [Skip(*fields) for fields in orjson.loads(lines)]


def plain_skips(notices: Iterable[Skip]) -> bytes:
    """Notices for another process."""
    return orjson.dumps(_plain(notices))


def _plain(notices: Iterable[Skip]) -> list[list[Any]]:
    return [list(notice) for notice in notices]


def _below(url: str, on_skip: OnSkip) -> list[str]:
    from pyarrow import fs

    system, root = file_system(url)
    scheme = url.partition("://")[0]
    info = system.get_file_info(root)
    if info.type == fs.FileType.File:
        return [url]
    if info.type != fs.FileType.Directory:
        on_skip(Skip(url, None, "no such file or folder"))
        return []
    found = [file.path for file in system.get_file_info(fs.FileSelector(root, recursive=True)) if file.is_file]
    files = [path for path in found if _is_article(path.removeprefix(root))]
    if not files:
        on_skip(Skip(url, None, f"the folder holds no article ({', '.join(sorted(SUFFIXES))})"))
    return [f"{scheme}://{path}" for path in files]


def _is_article(path: str) -> bool:
    parts = PurePosixPath(path)
    return parts.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in parts.parts)


def _read(file: str, notices: list[Skip]) -> Iterator[Draft]:
    """The drafts of one file; of a file elsewhere under the name of its URL."""
    if not is_url(file):
        yield from (draft._replace(path=shown(draft.path)) for draft in drafts(Path(file), on_skip=notices.append))
        return
    found: list[Skip] = []
    try:
        with _fetched(file) as copy:
            yield from (draft._replace(path=file) for draft in drafts(copy, on_skip=found.append))
    except OSError as error:
        found.append(Skip(file, None, f"cannot be opened: {error}"))
    notices += [notice._replace(path=file) for notice in found]


@contextmanager
def _fetched(url: str) -> Iterator[Path]:
    system, path = file_system(url)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / PurePosixPath(path).name
        with system.open_input_stream(path) as stream, copy.open("wb") as target:
            shutil.copyfileobj(stream, target)
        yield copy


def _table(kept: list[Draft]) -> pa.Table:
    import pyarrow as pa

    return pa.table(
        {
            "place": pa.array([str(draft.path) for draft in kept], pa.string()),
            "line": pa.array([draft.line for draft in kept], pa.int64()),
            "fields": pa.array([orjson.dumps(draft.fields, default=str) for draft in kept], pa.large_binary()),
            "digest": pa.array([draft.digest for draft in kept], pa.string()),
        }
    )


def _mark(draft: Draft) -> str:
    return hashlib.sha256(orjson.dumps(draft.fields, default=str)).hexdigest()


def _name(part: int) -> str:
    return f"drafts/{part:08}.parquet"
