"""A file of claims to a file of findings, over several processes, in memory that does not grow with the claims.

Claims are read as columns of numbers first; each block of them is then one unit of work for one process, which makes
Python objects only of the claims that may have something said of them, and writes what it finds to a part of its own.
The parts are put in order at the end. Gives what `reconcile` gives of the same claims, byte for byte.
"""

from __future__ import annotations

import gc
import os
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from functools import lru_cache
from itertools import accumulate, chain, compress
from mmap import ACCESS_READ, mmap
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.model import Claim

if TYPE_CHECKING:
    from reconcile.claims.normalise import View
    from reconcile.model import Finding
    from reconcile.scale.decoding import Decoder, Stretches
    from reconcile.scale.table import Lines

Rows = NDArray[np.void]

INDEX = np.dtype(
    [("severity", np.float64), ("id", np.uint64), ("offset", np.int64), ("length", np.int32), ("claim", np.int64)]
)
"""A finding's place in its file; `id` is the number that its id spells, `claim` stands for its first claim."""
_AT_ONCE = 1 << 19
"""Bytes of lines that are read together."""
_PARTS = 4
"""Parts of the file a worker, to be read."""
_SHARES = 16
"""Shares of the blocks a worker: so many, since nobody knows beforehand which claims have most said of them."""
_MOST_SHARES = 512
"""Shares in all: each is a file, and in the end all are open at once."""


class Told(NamedTuple):
    """What was read and what came of it."""

    rows: Rows
    """The claims as columns."""
    areas: dict[int, str]
    places: Rows
    """Where each finding stands in the file, in the file's order."""


class _Share(NamedTuple):
    """Some blocks of claims, for one process."""

    claims: Path
    rows: Rows
    areas: dict[int, str]
    out: Path


class Crew(NamedTuple):
    """Who does the work: this process alone, or others beside it."""

    run: Callable[..., Iterable[Any]]
    """What `map` does."""
    size: int

    def parts(self, each: int) -> int:
        """In how many parts work is cut of which each worker is to get so many."""
        return self.size * each if self.size > 1 else 1


@contextmanager
def crew(workers: int) -> Iterator[Crew]:
    """So many workers, as long as the block runs."""
    from reconcile.scale.cycles import without_cycles

    with without_cycles(), _pool(workers) as pool:
        yield Crew(map if pool is None else pool.map, workers)


def reconcile_file(claims: Path, out: Path, *, workers: int = 1) -> Told:
    """Writes the findings of a file of claims, most severe first. The claims are such as claimgraph writes."""
    with crew(workers) as hands:
        ranges = ranges_of(claims, hands)
        parts = list(hands.run(_read_columns, [claims] * len(ranges), ranges))
        rows, areas = np.concatenate([part[0] for part in parts]), dict(chain(*(part[1].items() for part in parts)))
        del parts
        return reconcile_rows(claims, rows, areas, out, hands)


def reconcile_rows(claims: Path, rows: Rows, areas: dict[int, str], out: Path, hands: Crew) -> Told:
    """The same for some claims of a file, as columns, with the areas that they name."""
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
        shares = [
            _Share(claims, rows[some], _areas_of(rows[some], areas), Path(folder) / f"{number}")
            for number, some in enumerate(_by_block(rows, min(hands.parts(_SHARES), _MOST_SHARES)))
        ]
        indexes = list(hands.run(_reconcile_share, shares))
        return Told(rows, areas, _put_in_order([share.out for share in shares], indexes, out))


def claims_at(claims: Path, rows: Rows) -> list[Claim]:
    """The claims that some rows stand for, read from their file."""
    with claims.open("rb") as stream:
        return decoder().claims(list(_lines_at(stream, rows)))


def views_at(claims: Path, rows: Rows) -> list[View]:
    """The same as the reconciler sees them."""
    with claims.open("rb") as stream:
        return list(decoder().views(_lines_at(stream, rows)))


def claims_named(claims: Path, rows: Rows, ids: Collection[str] | None) -> list[Claim]:
    """The claims of some ids among those that some rows stand for, or all of these."""
    from reconcile.scale.numbers import numbers_of

    if ids is None:
        return claims_at(claims, rows)
    some = rows[np.isin(rows["number"], numbers_of(list(ids)))]
    return [claim for claim in claims_at(claims, some) if claim.id in ids]


def _lines_at(stream: BinaryIO, places: Rows) -> Iterator[bytes]:
    file = stream.fileno()
    for offset, length in zip(places["offset"].tolist(), places["length"].tolist(), strict=True):
        yield os.pread(file, length, offset)


def _pool(workers: int) -> ProcessPoolExecutor | nullcontext[None]:
    if workers < 2:
        return nullcontext(None)
    return ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn"), initializer=_settle)


def _settle() -> None:
    """What a worker does first; in all that it does there are no cycles worth looking for (cycles.py)."""
    new_reader()
    gc.freeze()
    gc.disable()


def new_reader() -> Lines:
    """What turns lines into columns, for a part of a file: it knows the areas of that part alone."""
    from reconcile.claims.lattice import shipped_lattice
    from reconcile.claims.words import shipped_words
    from reconcile.scale.table import Lines

    return Lines(shipped_words(), shipped_lattice(), stretches())


@lru_cache(maxsize=1)
def decoder() -> Decoder:
    """What makes claims of lines, the same as long as the process runs."""
    from reconcile.scale.decoding import Decoder

    return Decoder(stretches())


@lru_cache(maxsize=1)
def stretches() -> Stretches:
    """What has been read of lines: as columns first, as claims later; the same as long as the process runs."""
    from reconcile.scale.decoding import Stretches

    return Stretches()


def ranges_of(path: Path, hands: Crew) -> list[tuple[int, int]]:
    """The file cut at line ends into parts for each worker."""
    size, parts = path.stat().st_size, hands.parts(_PARTS)
    cuts = [0]
    with path.open("rb") as stream:
        for part in range(1, parts):
            stream.seek(max(size * part // parts, cuts[-1]))
            stream.readline()
            cuts.append(min(stream.tell(), size))
    spans = [(first, last) for first, last in zip(cuts, [*cuts[1:], size], strict=True) if first < last]
    return spans or [(0, 0)]


def _read_columns(path: Path, span: tuple[int, int]) -> tuple[Rows, dict[int, str]]:
    """The claims of a part of a file as columns, and the areas that they name."""
    lines = new_reader()
    parts = [lines.rows(*_written_on(*some)) for some in lines_of(path, *span)]
    return np.concatenate([lines.rows([], []), *parts]), lines.areas


def _written_on(lines: list[bytes], offsets: list[int]) -> tuple[list[bytes], list[int]]:
    """Lines and where each stands, without the blank ones."""
    said = [not line.isspace() for line in lines]
    return list(compress(lines, said)), list(compress(offsets, said))


def lines_of(path: Path, first: int, last: int) -> Iterator[tuple[list[bytes], list[int]]]:
    """The lines of a part of a file, some at a time, and where each stands."""
    with path.open("rb") as stream:
        stream.seek(first)
        while first < last and (lines := stream.readlines(_AT_ONCE)):
            *offsets, first = accumulate(map(len, lines), initial=first)
            within = bisect_left(offsets, last)
            yield lines[:within], offsets[:within]


def _areas_of(rows: Rows, areas: dict[int, str]) -> dict[int, str]:
    """The areas that some rows name."""
    named = np.union1d(rows["area"], rows["counterpart"]).tolist()
    return {number: areas[number] for number in named if number in areas}


def _by_block(rows: Rows, parts: int) -> list[NDArray[np.int64]]:
    """Row numbers in parts of about one size, the largest first; a block is never cut."""
    from reconcile.scale.reach import blocks

    _, code, sizes = np.unique(blocks(rows), return_inverse=True, return_counts=True)
    filled = [0] * parts
    part_of = np.zeros(sizes.size, dtype=np.int64)
    for block in np.argsort(-sizes, kind="stable").tolist():
        part = filled.index(min(filled))
        part_of[block] = part
        filled[part] += int(sizes[block])
    fullest = sorted(filter(filled.__getitem__, range(parts)), key=lambda part: -filled[part])
    return [np.flatnonzero(part_of[code] == part) for part in fullest]


def _reconcile_share(share: _Share) -> Rows:
    """Writes what is found in some blocks; gives the place of each finding."""
    from reconcile.claims.lattice import shipped_lattice
    from reconcile.claims.normalise import arranged
    from reconcile.reconciler import each_once, group_findings
    from reconcile.scale.reach import reach, speaking

    lattice, seen = shipped_lattice(), decoder().views
    indexes = []
    at = 0
    rows = share.rows[speaking(share.rows, reach(share.rows, share.areas, lattice))]
    with share.claims.open("rb") as stream, share.out.open("wb") as out:
        for some in _each_block(rows):
            findings = each_once(group_findings(arranged(seen(_lines_at(stream, some))), lattice))
            lines = [finding.to_line() for finding in findings]
            indexes.append(_index(findings, lines, at))
            at += out.write(b"".join(lines))
    return np.concatenate(indexes) if indexes else np.empty(0, dtype=INDEX)


def _each_block(rows: Rows) -> Iterator[Rows]:
    from reconcile.scale.reach import blocks

    block = blocks(rows)
    order = np.argsort(block, kind="stable")
    ends = np.flatnonzero(np.diff(block[order])) + 1
    yield from (rows[some] for some in np.split(order, ends) if some.size > 1)


def _index(findings: list[Finding], lines: list[bytes], at: int) -> Rows:
    from reconcile.scale.numbers import numbers_of

    index = np.empty(len(findings), dtype=INDEX)
    index["severity"] = [finding.severity for finding in findings]
    index["id"] = np.frombuffer(bytes.fromhex("".join([finding.id[1:] for finding in findings])), dtype=">u8")
    index["length"] = [len(line) for line in lines]
    index["offset"] = at + np.cumsum(index["length"]) - index["length"]
    index["claim"] = numbers_of([finding.claims[0] for finding in findings])
    return index


@contextmanager
def _mapped(path: Path) -> Iterator[mmap | bytes]:
    """What a file holds, to be read here and there."""
    if not path.stat().st_size:
        yield b""  # of which no map can be made
        return
    with path.open("rb") as stream:
        held = mmap(stream.fileno(), 0, access=ACCESS_READ)
    with held:  # which needs the file no more: all parts are open at once, and a process may open only so many files
        yield held


def _put_in_order(parts: list[Path], indexes: Iterable[Rows], out: Path) -> Rows:
    """Writes the lines of all parts by severity and id, as `reconcile` orders them."""
    found = list(indexes)
    if not found:
        out.write_bytes(b"")
        return np.empty(0, dtype=INDEX)
    index = np.concatenate(found)
    part = np.repeat(np.arange(len(found)), [each.size for each in found])
    order = np.lexsort((index["id"], -index["severity"]))
    beside = out.with_name(f".{out.name}.part")
    ordered = index[order]
    ends = ordered["offset"] + ordered["length"]
    places = zip(part[order].tolist(), ordered["offset"].tolist(), ends.tolist(), strict=True)
    with ExitStack() as opened, beside.open("wb") as stream:
        read = [opened.enter_context(_mapped(path)) for path in parts]
        stream.writelines(read[number][first:last] for number, first, last in places)
    beside.replace(out)
    ordered["offset"] = np.cumsum(ordered["length"], dtype=np.int64) - ordered["length"]
    return ordered
