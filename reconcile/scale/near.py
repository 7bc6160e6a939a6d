"""Where claims stand that some claims reach in one step (reach.py), as questions that an index answers.

A store of a million claims is not read to find the few that a new article touches: it is asked for those of the same
article, place, voice, of the places around in the same days. The answers hold more than is reached; `reach` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from reconcile.claims.lattice import Lattice
from reconcile.claims.normalise import Days
from reconcile.claims.words import WORLD
from reconcile.scale.columns import Ints
from reconcile.scale.held import affected
from reconcile.scale.table import KINDS, OPEN, Rows

_MOST_PLACES = 500
"""Places within one from which on all of a family is asked for."""


class Question(NamedTuple):
    """Rows that have one of some values in a column."""

    column: str
    values: list[Any]
    """Areas and counterparts by their names; all else as it stands in the columns."""
    within: str | None = None
    """"family" or "group", where only those of one are asked for."""
    of: int = 0
    days: Days | None = None
    """Where given, only rows whose period, or whose base, shares a day with these."""


Ask = Callable[[Question], Rows]


class Touched(NamedTuple):
    """What a change touches."""

    rows: Rows
    """All that was looked at: whatever is touched, and what stands near it."""
    claims: Ints
    """Numbers of the claims of which something else may be said than before."""


def touched(changing: Rows, ask: Ask, areas: Mapping[int, str], lattice: Lattice, *, most: int) -> Touched | None:
    """What claims that came and went touch; None where that is more than so many rows.

    `ask` answers with rows that there are now, and has `areas` name the places that it met.
    """
    held, found = changing[:0], changing
    asked: Ints = changing["number"][:0]
    questions = list(_alike(changing))
    while (fresh := found[~np.isin(found["number"], asked)]).size:
        for question in (*questions, *_rates_alike(fresh), *_near(fresh, areas, lattice)):
            held = _each_once(held, ask(question))
            if held.size > most:
                return None
        questions, asked = [], np.union1d(asked, fresh["number"])
        some = np.concatenate([held[~np.isin(held["number"], changing["number"])], changing])
        found = some[affected(some, changing, areas, lattice)]
    return Touched(held, asked)


def _each_once(rows: Rows, more: Rows) -> Rows:
    return np.concatenate([rows, more[~np.isin(more["number"], rows["number"])]])


def _alike(rows: Rows) -> Iterator[Question]:
    """Figures of the same value, wherever in a group they are: reasons may look at them (checks.py)."""
    for group in np.unique(rows["group"]).tolist():
        yield Question("value", _values(rows[rows["group"] == group], "value"), "group", group)


def _rates_alike(rows: Rows) -> Iterator[Question]:
    """The same for rates; of levels only what one voice says counts."""
    return _alike(rows[rows["kind"] == KINDS.index("growth")])


def _near(rows: Rows, areas: Mapping[int, str], lattice: Lattice) -> Iterator[Question]:
    """All rows that some rows may be linked with."""
    for group in np.unique(rows["group"]).tolist():
        own = rows[rows["group"] == group]
        yield Question("article", _values(own, "article"), "group", group)
        if own["unsure"].any():
            yield Question("unsure", [1], "group", group)
    for family in np.unique(rows["family"]).tolist():
        yield from _in_family(rows[rows["family"] == family], family, areas, lattice)


def _in_family(rows: Rows, family: int, areas: Mapping[int, str], lattice: Lattice) -> Iterator[Question]:
    asked = partial(Question, within="family", of=family)
    own, ends = (_names(rows, slot, areas) for slot in ("area", "counterpart"))
    yield asked("voice", _values(rows, "voice"))
    yield asked("area", sorted(own | ends))
    yield asked("counterpart", sorted(own - {WORLD}))
    days = _days(rows)
    if days is not None:
        around = {other for area in own for other in (*lattice.holders(area), *lattice.held(area))}
        if WORLD in own or len(around) > _MOST_PLACES or (rows["kind"] == KINDS.index("rank")).any():
            yield asked("family", [family], days=days)
        else:
            yield asked("area", sorted(around), days=days)


def _values(rows: Rows, column: str) -> list[Any]:
    found: list[Any] = np.unique(rows[column]).tolist()
    return found


def _names(rows: Rows, column: str, areas: Mapping[int, str]) -> set[str]:
    return {areas[number] for number in _values(rows, column) if number != OPEN}


def _days(rows: Rows) -> Days | None:
    """From the first to the last day that rows are of, or compare with; None where none names a day."""
    starts, ends = (np.concatenate([rows[end], rows[f"base_{end}"]]) for end in ("start", "end"))
    dated = starts != OPEN
    return Days(int(starts[dated].min()), int(ends[dated].max())) if dated.any() else None
