"""What a run writes: claims and findings as JSON lines, a table for spreadsheets, the claim graph; all or nothing.

Everything is first written to a hidden folder beside the destination and moved into place by renaming at the end, so
that a run that is killed leaves the previous files whole.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import orjson

from extractor.errors import InputError
from extractor.model import Article, Claim, Concept, Period
from service.reading.jsonl import parsed

if TYPE_CHECKING:
    from reconcile.model import Finding

CSV_COLUMNS = (
    "id", "article", "published", "quote", "kind", "value", "low", "high", "modifier", "unit",
    "indicator", "product", "includes", "area", "counterpart",
    "period_start", "period_end", "period_words", "base_start", "base_end",
    "source", "source_kind", "source_words", "cue", "via", "status", "confidence", "sentence", "start", "end",
)  # fmt: skip
_AS_THEY_ARE = (
    "id", "article", "published", "quote", "kind", "value", "low", "high", "modifier", "unit", "status", "confidence",
    "start", "end",
)  # fmt: skip
_NUMBER = re.compile(r"[-+]?\d[\d.,]*(?:[eE][-+]?\d+)?%?\Z")
_STAGING = re.compile(r"-(\d+)-[^-]*\Z")


class _Jsonable(Protocol):
    def model_dump(self, *, mode: str) -> dict[str, Any]: ...


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A folder to write into; its files are moved to `out` when the block ends well, and vanish when it does not."""
    out = out.absolute()
    if out.exists() and not out.is_dir():
        raise InputError("is a file; name a folder to write into", path=out)
    prefix = f".{out.name}.claimgraph"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(out.parent, prefix)
        staging = Path(tempfile.mkdtemp(prefix=f"{prefix}-{os.getpid()}-", dir=out.parent))
    except OSError as error:
        raise InputError(f"cannot write here: {error.strerror}", path=out.parent) from error
    try:
        yield staging
        _move_into_place(staging, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Writes one file, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=path) from error


def _move_into_place(staging: Path, out: Path) -> None:
    files = sorted(staging.iterdir())
    for path in files:  # on the disk before the old file gives way
        with path.open("rb") as written:
            os.fsync(written.fileno())
    out.mkdir(exist_ok=True)
    for path in files:
        path.replace(out / path.name)


def _remove_abandoned(parent: Path, prefix: str) -> None:
    """Clears what runs that were killed left behind; those of running processes stay."""
    for path in parent.glob(f"{prefix}-*"):
        owner = _STAGING.search(path.name)
        if owner is not None and not _alive(int(owner.group(1))):
            shutil.rmtree(path, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Claims by article, then by place: the order of every file."""
    return sorted(claims, key=lambda claim: (claim.article, claim.start, claim.end, claim.id))


def json_lines(objects: Iterable[_Jsonable]) -> bytes:
    """One JSON object a line, fields in the order of the contract."""
    return b"".join(orjson.dumps(thing.model_dump(mode="json"), option=orjson.OPT_APPEND_NEWLINE) for thing in objects)


def claim_line(claim: Claim) -> bytes:
    """What `json_lines` gives of one claim that was read from JSON, at a third of the price."""
    return orjson.dumps(claim.__dict__, default=vars, option=orjson.OPT_APPEND_NEWLINE)


def claims_csv(claims: Iterable[Claim], texts: Mapping[str, str] | None = None) -> bytes:
    """A table with one row a claim that spreadsheet programs open well; `texts` (by article) gives the sentences."""
    return csv_head() + csv_rows(claims, texts or {})


def csv_head() -> bytes:
    """The first line of the table of claims, with the mark by which spreadsheet programs know the encoding."""
    return f"{','.join(CSV_COLUMNS)}\r\n".encode("utf-8-sig")


def csv_rows(claims: Iterable[Claim], texts: Mapping[str, str]) -> bytes:
    """The rows of the table of claims, without its first line."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    for claim in claims:
        row = _row(claim, texts)
        writer.writerow([cell(row[column]) for column in CSV_COLUMNS])
    return table.getvalue().encode("utf-8", errors="replace")


def cell(value: object) -> str:
    """A value as a spreadsheet shows it; words that it would run as a formula get an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    words = " ".join(str(value).split(" ")).replace("\r", " ").replace("\n", " ")
    if words[:1] in ("=", "+", "-", "@", "\t") and not _NUMBER.match(words):
        return f"'{words}"
    return words


def _row(claim: Claim, texts: Mapping[str, str]) -> dict[str, object]:
    source = claim.source
    text = texts.get(claim.article, "")
    return {
        **{field: getattr(claim, field) for field in _AS_THEY_ARE},
        **{field: _id(getattr(claim, field)) for field in ("indicator", "product", "area", "counterpart", "source")},
        "includes": "; ".join(claim.product.includes) if claim.product else "",
        **_period("period", claim.period),
        "period_words": claim.period.text if claim.period else "",
        **_period("base", claim.base_period),
        "source_kind": source.kind if source else "",
        "source_words": source.text if source else "",
        "cue": source.cue if source else "",
        "via": "; ".join(relay.id for relay in source.via) if source else "",
        "sentence": text[claim.sentence.start : claim.sentence.end] if claim.sentence else "",
    }


def _id(concept: Concept | None) -> str:
    return concept.id if concept is not None else ""


def _period(prefix: str, period: Period | None) -> dict[str, object]:
    return {
        f"{prefix}_start": period.start if period is not None else None,
        f"{prefix}_end": period.end if period is not None else None,
    }


def check_run(folder: Path) -> None:
    """Raises InputError where there is no folder that a run could have written."""
    if not folder.is_dir():
        raise InputError(f"{no_folder(folder)}; a run is a folder that `claimgraph batch` wrote", path=folder)


def no_folder(path: Path) -> str:
    """What is wrong with a path that is to be a folder and is none."""
    return "is a file, and no folder" if path.exists() else "no such folder"


def read_claims(path: Path) -> list[Claim]:
    """Claims that a run wrote; raises InputError where the file is damaged."""
    return [Claim.model_validate(row) for row in _rows(path)]


def read_articles_written(path: Path) -> list[Article]:
    """The articles of a run, as they were read."""
    return [Article.model_validate(row) for row in _rows(path)]


def read_findings(path: Path) -> Iterator[Finding]:
    """The findings of a run, one by one, most severe first."""
    from reconcile.model import Finding

    return (Finding.model_validate(row) for row in _rows(path))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Each line's object; for files that claimgraph wrote itself."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", path=path) from error
    with stream:
        for number, line in enumerate(stream, start=1):
            yield parsed(line, path, number)
