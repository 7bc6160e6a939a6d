"""Claims from anywhere: JSON lines that follow the contract loosely, line by line, with what is wrong said in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path
from shutil import copyfileobj
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray
from pydantic import ValidationError

from extractor.errors import InputError
from extractor.model import Claim, stable_id
from reconcile.scale.decoding import Portion, Remembered, portion
from reconcile.scale.numbers import code_of
from service.reading.jsonl import not_json
from service.reading.skips import Skip
from service.running.reconciling import Crew, Rows, claims_at, decoder, lines_of, new_reader, ranges_of, stretches
from service.writing.outputs import claim_line

_TOLD = np.dtype([("line", np.int64), ("kind", "U16"), ("source", np.int64)])
"""What is told of a claim beside its row: where it stood, its kind, and a number for its source."""
_NOBODY = -1
_AT_ONCE = 4096
"""Claims that are held beside others of their ids together."""
_COPIED = 1 << 22
"""Bytes that are copied together."""
_BOM = b"\xef\xbb\xbf"
_CONCEPTS = ("indicator", "product", "area", "counterpart", "source")

_Line = tuple[int, bytes]
_Fault = tuple[int, str]
"""The number of a line, and what is wrong with it."""


class Taken(NamedTuple):
    """The claims of a file that were found in order, each once."""

    rows: Rows
    """The claims as columns."""
    areas: dict[int, str]
    """The areas that they name."""
    kinds: Counter[str]
    articles: int
    sources: int
    skipped: list[Skip]


class _Part(NamedTuple):
    """What is taken from a part of a file; lines are numbered from its first."""

    rows: Rows
    """The claims, with the places of their lines in the part's own copy."""
    told: Rows
    areas: dict[int, str]
    faults: list[_Fault]
    lines: int
    size: int
    """Bytes of the copy."""


def take_claims(path: Path, claims: Path, hands: Crew) -> Taken:
    """Copies the claims of a file to `claims`, as claimgraph writes them; a line that is none is reported.

    Only `value` has to be there. A slot may be a plain string instead of `{id, text}`, and `via` a list of strings.
    Raises InputError where the file cannot be opened or holds no claim at all.
    """
    try:
        with path.open("rb"):
            ranges = ranges_of(path, hands)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", path=path) from error
    copies = [claims.with_name(f"{claims.name}-{number}") for number in range(len(ranges))]
    parts = list(hands.run(_take_part, [path] * len(ranges), ranges, copies))
    if not any(part.rows.size for part in parts):
        raise InputError(_nothing(_joined(parts)[2]), path=path)
    _join(copies, claims)
    rows, told, faults = _joined(parts)
    kept, doubles = _each_once(rows, told["line"], claims)
    rows, told = rows[kept], told[kept]
    return Taken(
        rows,
        dict(chain.from_iterable(part.areas.items() for part in parts)),
        Counter(told["kind"].tolist()),
        np.unique(rows["article"]).size,
        np.unique(told["source"][told["source"] != _NOBODY]).size,
        [Skip(str(path), line, why) for line, why in sorted(faults + doubles)],
    )


def _nothing(faults: Sequence[_Fault]) -> str:
    """That a file holds no claim, and what is wrong with its first line."""
    if not faults:
        return "the file holds no claim"
    line, why = min(faults)
    return f"the file holds no claim, one a line as JSON; line {line}: {why}"


def _take_part(path: Path, span: tuple[int, int], copy: Path) -> _Part:
    """Copies the claims of a part of a file."""
    taker = _Taker(path.stem)
    first = 0
    with copy.open("wb") as out:
        for some, _ in lines_of(path, *span):
            stripped = (raw.removeprefix(_BOM).strip() for raw in some)
            out.write(taker.take([(number, line) for number, line in enumerate(stripped, first) if line], out.tell()))
            first += len(some)
        size = out.tell()
    return _Part(np.concatenate(taker.rows), np.concatenate(taker.told), taker.areas, taker.faults, first, size)


class _Taker:
    """Takes claims from lines, and keeps what there is to say of them."""

    def __init__(self, article: str) -> None:
        """`article` is that of claims that name none."""
        self._article, self._reader, self._sources = article, new_reader(), Remembered(_source)
        self.rows, self.told, self.faults = [self._reader.rows([], [])], [np.empty(0, dtype=_TOLD)], list[_Fault]()

    @property
    def areas(self) -> dict[int, str]:
        """The areas that were named so far."""
        return self._reader.areas

    def take(self, given: list[_Line], at: int) -> bytes:
        """The lines of the claims among some numbered lines, as they are to stand in a file from `at` on."""
        read = _plain(given)
        if read is None:
            given = list(self._put_in_form(given))
            if not given:
                return b""
            read = portion([line for _, line in given])
        lines = [b"%b\n" % line for _, line in given]
        lengths = list(map(len, lines))
        self.rows.append(self._reader.columns(read, list(accumulate(lengths[:-1], initial=at)), lengths))
        sources = map(self._sources.__getitem__, read.sources)
        told = zip((number for number, _ in given), read.own.kind, sources, strict=True)
        self.told.append(np.fromiter(told, dtype=_TOLD, count=len(given)))
        return b"".join(lines)

    def _put_in_form(self, given: Iterable[_Line]) -> Iterator[_Line]:
        """The lines that hold claims, as claimgraph writes them; what is wrong with the others is kept."""
        for number, line in given:
            try:
                yield number, claim_line(_claim(line, self._article)).rstrip()
            except ValueError as error:
                self.faults.append((number, str(error)))


def _plain(given: Sequence[_Line]) -> Portion | None:
    """What lines say that are all in order, and as claimgraph writes claims; None for any others."""
    try:
        read = portion([line for _, line in given])
        decoder().check(read)
    except ValueError:
        return None
    return read


def _claim(line: bytes, article: str) -> Claim:
    """The claim of one line, of some that are not all as claimgraph writes them."""
    try:
        (claim,) = decoder().plain([line])
    except ValueError:
        return parse_claim(line, article=article)
    return _checked(claim)


def _source(stretch: bytes) -> int:
    """A number for whom a line's stretch names as the source."""
    source = stretches().voices[stretch].fields["source"]
    return _NOBODY if source is None else code_of(source.id)


def _join(copies: Sequence[Path], claims: Path) -> None:
    with claims.open("wb") as out:
        for copy in copies:
            with copy.open("rb") as stream:
                copyfileobj(stream, out, _COPIED)
            copy.unlink()


def _joined(parts: Sequence[_Part]) -> tuple[Rows, Rows, list[_Fault]]:
    """What was taken from the parts of a file, with its places in the whole file."""
    size, line, faults = 0, 1, list[_Fault]()
    for part in parts:
        part.rows["offset"] += size
        part.told["line"] += line
        faults += [(number + line, why) for number, why in part.faults]
        size, line = size + part.size, line + part.lines
    return np.concatenate([part.rows for part in parts]), np.concatenate([part.told for part in parts]), faults


def _each_once(rows: Rows, lines: NDArray[np.int64], claims: Path) -> tuple[NDArray[np.bool_], list[_Fault]]:
    """Which rows are of claims whose id no earlier one has, and which of the others say something else than that one.

    `lines`: the number of each row's line.
    """
    _, first, code = np.unique(rows["number"], return_index=True, return_inverse=True)
    kept, faults = np.ones(rows.size, dtype=np.bool_), list[_Fault]()
    later = np.flatnonzero(first[code] != np.arange(rows.size))
    for some in np.split(later, range(_AT_ONCE, later.size, _AT_ONCE)):
        earlier = claims_at(claims, rows[first[code[some]]])
        for at, one, other in zip(some.tolist(), earlier, claims_at(claims, rows[some]), strict=True):
            kept[at] = one.id != other.id  # two ids may have one number
            if not kept[at] and one != other:
                faults.append((int(lines[at]), f"field 'id': another claim has the id {other.id!r}"))
    return kept, faults


def parse_claim(line: bytes, *, article: str) -> Claim:
    """The claim of one line; raises ValueError with the field and what is wrong with it."""
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise ValueError(not_json(error)) from error
    if not isinstance(fields, dict):
        raise ValueError("a claim is a JSON object")
    try:
        claim = Claim.model_validate(_completed(fields, article))
    except ValidationError as error:
        raise ValueError(_faults(error)) from error
    return _checked(claim)


def _checked(claim: Claim) -> Claim:
    """A claim that can be compared. Raises ValueError for one without a figure, or that sets a thing against itself."""
    from reconcile.claims.normalise import about_itself, no_figure

    wrong = no_figure(claim) or about_itself(claim)
    if wrong is not None:
        raise ValueError(f"field {wrong[0]!r}: {wrong[1]}")
    return claim


def _completed(fields: dict[str, Any], article: str) -> dict[str, Any]:
    """The fields with strings made into concepts, and a place and an id where none are given."""
    full = {name: value for name, value in fields.items() if value is not None}
    for name in _CONCEPTS:
        if name in full:
            full[name] = _concept(full[name])
    source = full.get("source")
    if isinstance(source, dict) and isinstance(source.get("via"), list):
        full["source"] = {**source, "via": [_concept(relay) for relay in source["via"]]}
    full.setdefault("article", article)
    full.setdefault("quote", str(full.get("value", "")))
    full.setdefault("start", 0)
    if isinstance(full["start"], int) and isinstance(full["quote"], str):
        full.setdefault("end", full["start"] + len(full["quote"]))
    full.setdefault("id", stable_id("c", orjson.dumps(fields, option=orjson.OPT_SORT_KEYS).decode()))
    return full


def _concept(value: object) -> object:
    """`{id, text}` of a plain string; of an object without `id`, its text serves as one."""
    if isinstance(value, str):
        return {"id": value, "text": value}
    if isinstance(value, dict) and "id" not in value and isinstance(value.get("text"), str):
        return {**value, "id": value["text"]}
    return value


def _faults(error: ValidationError) -> str:
    return "; ".join(
        f"field {'.'.join(map(str, fault['loc']))!r}: {fault['msg']}" for fault in error.errors(include_url=False)
    )
