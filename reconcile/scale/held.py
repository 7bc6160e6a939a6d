"""A large store of claims, held as columns of numbers, that says which findings a few new claims change.

Only the claims that new or removed ones can reach are read and compared again; what was found among the others stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from extractor.errors import InputError
from extractor.model import Claim
from reconcile.claims.lattice import Lattice, shipped_lattice
from reconcile.claims.normalise import View, arranged, view
from reconcile.claims.words import shipped_words
from reconcile.comparison.blocking import group_key
from reconcile.model import Finding
from reconcile.reconciler import group_findings, in_order
from reconcile.scale.cycles import without_cycles
from reconcile.scale.numbers import mixed, number_of
from reconcile.scale.reach import mingled, reach, wide_voices
from reconcile.scale.table import KINDS, Lines, Rows

Ints = NDArray[np.int64]
Read = Callable[[Rows], Iterable[View]]
"""Gives the claims that some rows stand for, as the reconciler sees them."""

_NEW = -1
"""Offset of a claim that stands in no file yet."""


class Change(NamedTuple):
    """What new and removed claims change."""

    claims: frozenset[int]
    """Numbers (`number_of`) of the claims that were looked at again: whatever was found among them is out of date."""
    found: list[Finding]
    """What is found among them now."""
    read: int
    """How many claims were read for it."""


class Held:
    """Claims as columns; `read` fetches those that are needed."""

    def __init__(self, rows: Rows, areas: dict[int, str], read: Read, *, lattice: Lattice | None = None) -> None:
        self.lattice = lattice or shipped_lattice()
        self._lines = Lines(shipped_words(), self.lattice)
        self._lines.areas.update(areas)
        self._read = read
        self._rows = rows[np.lexsort((rows["family"], rows["group"]))]
        self._groups, self._families = self._rows["group"].copy(), self._rows["family"].copy()
        self._numbers, self._articles = (_Places(self._rows[name]) for name in ("number", "article"))
        self._mingled = mingled(rows)
        self._added: dict[int, View] = {}
        self._more: Rows = rows[:0]
        self._gone: set[int] = set()

    def update(self, new: Iterable[Claim], *, removed: Iterable[str] = ()) -> Change:
        """Takes claims in and out; gives what changes. A claim whose id is held already replaces it."""
        with without_cycles():
            return self._update(list(new), list(removed))

    def _update(self, claims: list[Claim], removed: Collection[str]) -> Change:
        lines = [orjson.dumps(claim.to_json()) for claim in claims]
        arrived = self._lines.rows(lines, [_NEW] * len(lines))
        gone = {number_of(each) for each in removed} | set(arrived["number"].tolist())
        leaving = self._held(gone)
        self._check_numbers(claims, removed, leaving)
        changing = np.concatenate([leaving, arrived])
        before = self._around(changing)
        some = np.concatenate([before, arrived])
        touched = affected(some, changing, self._lines.areas, self.lattice)
        self._take(claims, arrived, gone)
        stays = ~np.isin(some["number"], changing["number"]) | (np.arange(some.size) >= before.size)
        called = called_on(some[stays], some["number"][touched])
        found = called.findings(self._views, self.lattice)
        return Change(frozenset(some["number"][touched].tolist()), found, sum(rows.size for rows in called))

    def _check_numbers(self, claims: list[Claim], removed: Collection[str], leaving: Rows) -> None:
        """Raises InputError where two claims have one number by chance: one of them would pass for the other."""
        named: dict[int, str] = {}
        held = (view.id for view in self._views(leaving))
        for name in chain((claim.id for claim in claims), removed, held):
            other = named.setdefault(number_of(name), name)
            if other != name:
                raise InputError(f"claims {other!r} and {name!r} cannot be told apart by their numbers", field="id")

    def _take(self, claims: list[Claim], arrived: Rows, gone: set[int]) -> None:
        self._more = np.concatenate([self._more[~np.isin(self._more["number"], list(gone))], arrived])
        for number in gone:
            self._added.pop(number, None)
        # Old rows of these numbers stay where they are and are passed over from now on.
        self._gone |= gone
        self._added.update({number_of(claim.id): view(claim) for claim in claims})

    def _alive(self, rows: Rows) -> Rows:
        return rows[~np.isin(rows["number"], np.fromiter(self._gone, dtype=np.int64))] if self._gone else rows

    def _held(self, numbers: set[int]) -> Rows:
        wanted = np.fromiter(numbers, dtype=np.int64)
        old = self._alive(self._rows[self._numbers.of(wanted)])
        return np.concatenate([old, self._more[np.isin(self._more["number"], wanted)]])

    def _around(self, changing: Rows) -> Rows:
        """The rows of the blocks of some rows: their families, or groups where families have to do with others."""
        articles = changing["article"]
        beside = self._rows[self._articles.of(articles)]
        near = np.concatenate([changing, beside, self._more[np.isin(self._more["article"], articles)]])
        some = self._of_families(near)
        weighed = np.intersect1d(near["group"], np.union1d(self._mingled, near["group"][near["unsure"]]))
        self._mingled = np.union1d(self._mingled, mingled(near))  # from the next time on
        if not weighed.size:
            return some
        spans = _spans(self._groups, weighed)
        more = self._more[np.isin(self._more["group"], weighed)]
        return np.concatenate([some[~np.isin(some["group"], weighed)], self._alive(self._cut(spans)), more])

    def _of_families(self, changing: Rows) -> Rows:
        keys = np.unique(changing[["group", "family"]])
        spans = []
        for (first, last), family in zip(_spans(self._groups, keys["group"]), keys["family"], strict=True):
            within = self._families[first:last]
            spans += [(first + low, first + high) for low, high in _spans(within, np.array([family]))]
        more = self._more[np.isin(self._more["family"], keys["family"])]
        return np.concatenate([self._alive(self._cut(spans)), more])

    def _cut(self, spans: Iterable[tuple[int, int]]) -> Rows:
        return np.concatenate([self._rows[:0], *(self._rows[first:last] for first, last in spans)])

    def _views(self, rows: Rows) -> list[View]:
        fresh = np.array([number in self._added for number in rows["number"].tolist()], dtype=np.bool_)
        added = [self._added[number] for number in rows["number"][fresh].tolist()]
        return [*self._read(rows[~fresh]), *added]


class _Places:
    """Where the values of a column stand, so that a few are found without all being looked at."""

    def __init__(self, column: Ints) -> None:
        self._order = np.argsort(column)
        self._ordered = column[self._order]

    def of(self, values: Ints) -> Ints:
        """The rows that hold one of some values, in order."""
        spans = _spans(self._ordered, np.unique(values))
        return np.sort(np.concatenate([self._order[:0], *(self._order[first:last] for first, last in spans)]))


def _spans(column: Ints, keys: Ints) -> list[tuple[int, int]]:
    """Where each key stands in a column that is in order."""
    low, high = np.searchsorted(column, keys), np.searchsorted(column, keys, side="right")
    return list(zip(low.tolist(), high.tolist(), strict=True))


class Called(NamedTuple):
    """Whoever has to be heard, by rows, to say anew what claims say that a change has touched."""

    again: Rows
    """The claims of which it is said."""
    along: Rows
    """What else the voices say whose chains depend on all that they say (reach.py)."""
    witnesses: Rows
    """What reasons may point to."""

    def findings(self, read: Read, lattice: Lattice) -> list[Finding]:
        """What is said of the claims that are looked at again, and of no others, most severe first."""
        again, along, witnesses = (list(read(rows)) for rows in (self.again, self.along, self.witnesses))
        names = {each.id for each in again}
        groups: dict[tuple[str, str], tuple[list[View], list[View]]] = {}
        for side, some in enumerate(([*again, *along], witnesses)):
            for each in arranged(some):
                groups.setdefault(group_key(each, lattice), ([], []))[side].append(each)
        found: list[Finding] = []
        for group, others in groups.values():
            found += group_findings(group, lattice, witnesses=others)
        return in_order(each for each in found if not names.isdisjoint(each.claims))


def called_on(rows: Rows, touched: Ints) -> Called:
    """Who has to be heard of the rows that there are after a change; `touched` are numbers of claims."""
    is_touched = np.isin(rows["number"], touched)
    voice = mixed(rows["family"], rows["voice"])
    along = wide_voices(rows) & ~is_touched & np.isin(voice, voice[is_touched])
    heard = is_touched | along
    return Called(rows[is_touched], rows[along], rows[~heard & _points(rows, rows[heard])])


def affected(some: Rows, changing: Rows, areas: Mapping[int, str], lattice: Lattice) -> NDArray[np.bool_]:
    """Which rows can be told apart from before: those that the changing ones reach, in any way that reasons look.

    `some` are the rows before and after the change.
    """
    if not some.size:
        return np.zeros(0, dtype=np.bool_)
    reached = reach(some, areas, lattice)
    changed = np.isin(some["number"], changing["number"])
    told_by = np.isin(some["voice"], changing["voice"]) & wide_voices(some)
    found: NDArray[np.bool_] = np.isin(reached, reached[changed | _points(some, changing) | told_by])
    return found


def _points(rows: Rows, others: Rows) -> NDArray[np.bool_]:
    """Rows of the value of another: swapped rows, and a share that was read as growth, are known by it (checks.py)."""
    return np.isin(_printed(rows), _printed(others))


def _printed(rows: Rows) -> Ints:
    """A number for what a figure looks like: its value, and its kind but for shares and growth."""
    share, growth = KINDS.index("share"), KINDS.index("growth")
    return mixed(np.where(rows["kind"] == share, growth, rows["kind"]), rows["value"].copy().view(np.int64))
