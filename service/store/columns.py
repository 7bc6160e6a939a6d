"""The claims on file as columns of numbers (scale/table.py), looked up by index, so that few are read for a change.

A claim that holds has a row in `claim_columns`, made when the claim came or was corrected; one that is struck has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import orjson
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, or_, select
from sqlalchemy.orm import Session

from extractor.model import Claim
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import View, views
from reconcile.claims.words import shipped_words
from reconcile.model import Finding
from reconcile.scale.held import called_on
from reconcile.scale.near import Question, touched
from reconcile.scale.numbers import code_of, numbers_of
from reconcile.scale.table import DTYPE, OPEN, Lines, Rows
from service.store.models import ClaimColumns, ClaimRow
from service.store.rows import short

Entry = dict[str, Any]
"""A claim's row in `claim_columns`."""
Thing = TypeVar("Thing")

_TABLE = cast(Table, ClaimColumns.__table__)
_NAMES = tuple(_TABLE.columns.keys())
_NAMED = ("area", "counterpart")
"""Columns that hold names, whose numbers are made when they are read."""
_AT_ONCE = 500
MOST = 20_000
"""Rows near a change from which on its whole group is read: a group that is all touched takes no longer then."""


class Again(NamedTuple):
    """What is said anew after a change."""

    claims: frozenset[str]
    """The claims that it is said of: whatever was said of them is out of date."""
    findings: list[Finding]


def entries(some: Iterable[tuple[dict[str, Any], str]]) -> list[Entry]:
    """The rows of claims, each given by its content and its group."""
    contents, groups = list(zip(*some, strict=True)) or ((), ())
    lines = _lines()
    read = lines.rows([orjson.dumps(content) for content in contents], [0] * len(contents))
    rows = zip(read.tolist(), contents, groups, strict=True)
    return [_entry(dict(zip(DTYPE.names or (), row, strict=True)), lines, *of) for row, *of in rows]


def _entry(row: dict[str, Any], lines: Lines, content: dict[str, Any], group: str) -> Entry:
    named = {slot: None if row[slot] == OPEN else short(lines.areas[row[slot]]) for slot in _NAMED}
    flags = {"toll": int(row["toll"]), "unsure": int(row["unsure"])}
    found = {**row, **named, **flags, "group_key": group, "claim": content["id"]}
    return {name: found[name] for name in _NAMES}


def put_in(session: Session | Connection, some: Iterable[tuple[dict[str, Any], str]]) -> list[Entry]:
    """Adds claims that hold, each given by its content and its group; gives their rows."""
    found = entries(some)
    if found:
        session.execute(insert(_TABLE), found)
    return found


def take_out(session: Session, claims: Iterable[str]) -> list[Entry]:
    """Removes some claims; gives the rows that they had."""
    found = list(_rows_of(session, claims))
    for some in _portions([entry["claim"] for entry in found]):
        session.execute(delete(_TABLE).where(_TABLE.c.claim.in_(some)))
    return found


def _rows_of(session: Session, claims: Iterable[str]) -> Iterator[Entry]:
    for some in _portions(list(claims)):
        for row in session.execute(select(_TABLE).where(_TABLE.c.claim.in_(some))).mappings():
            yield dict(row)


def said_again(session: Session, changes: Sequence[Entry]) -> Again | None:
    """What is found where claims of one group came (they are on file) and went; None where all of it is touched."""
    on_file = _OnFile(session, changes)
    found = touched(on_file.rows(changes), on_file.answer, on_file.areas, shipped_lattice(), most=MOST)
    if found is None:
        return None
    findings = called_on(found.rows, found.claims).findings(on_file.views, shipped_lattice())
    return Again(on_file.ids(found.claims.tolist()), findings)


def would_be_said(session: Session, gone: Iterable[str], new: Sequence[tuple[Claim, str]]) -> list[Finding] | None:
    """What would be found if claims came into a group, each given with it, and others went; None as above."""
    left = list(_rows_of(session, gone))
    come = entries((claim.to_json(), group) for claim, group in new)
    on_file = _OnFile(session, [*left, *come])
    leaving, coming = on_file.rows(left), on_file.rows(come)
    changing = np.concatenate([leaving, coming])
    found = touched(changing, on_file.answer, on_file.areas, shipped_lattice(), most=MOST)
    if found is None:
        return None
    stay = found.rows[~np.isin(found.rows["number"], changing["number"])]
    own = {claim.id: claim for claim, _ in new}
    called = called_on(np.concatenate([stay, coming]), found.claims)
    return called.findings(partial(on_file.views, own=own), shipped_lattice())


class _OnFile:
    """Answers questions about a group's claims."""

    def __init__(self, session: Session, changes: Iterable[Entry]) -> None:
        self._session = session
        self._groups = {code_of(entry["group_key"]): entry["group_key"] for entry in changes}
        self._names: dict[int, str] = {}
        self.areas: dict[int, str] = {}

    def answer(self, question: Question) -> Rows:
        """The rows that a question asks for; where there are very many, enough of them to give up."""
        asked = select(_TABLE).where(*self._conditions(question)).limit(MOST + 1)
        column = _TABLE.c[question.column]
        parts = [
            self.rows(map(dict, self._session.execute(asked.where(column.in_(some))).mappings()))
            for some in _portions(question.values)
        ]
        return np.concatenate([self.rows([]), *parts])

    def _conditions(self, question: Question) -> Iterator[ColumnElement[bool]]:
        if question.within == "group":
            yield _TABLE.c.group_key == self._groups[question.of]
        if question.within == "family":
            yield _TABLE.c.family == question.of
        if question.days is not None:
            first, last = question.days
            stretches = ((_TABLE.c.start, _TABLE.c.end), (_TABLE.c.base_start, _TABLE.c.base_end))
            yield or_(*(and_(start < last, end > first) for start, end in stretches))

    def rows(self, some: Iterable[Entry]) -> Rows:
        """Rows of the database as columns."""
        found = list(some)
        numbers = numbers_of([entry["claim"] for entry in found])
        self._names.update(zip(numbers.tolist(), (entry["claim"] for entry in found), strict=True))
        rows = np.zeros(len(found), dtype=DTYPE)
        for name in set(DTYPE.names or ()) & set(_NAMES) - set(_NAMED):
            rows[name] = [entry[name] for entry in found]
        for slot in _NAMED:
            rows[slot] = [self._place(entry[slot]) for entry in found]
        rows["group"] = [code_of(entry["group_key"]) for entry in found]
        rows["number"] = numbers
        return rows

    def _place(self, name: str | None) -> int:
        if name is None:
            return OPEN
        number = code_of(name)
        self.areas[number] = name
        return number

    def ids(self, numbers: Iterable[int]) -> frozenset[str]:
        """The claims that some numbers stand for."""
        return frozenset(self._names[number] for number in numbers)

    def views(self, rows: Rows, own: dict[str, Claim] | None = None) -> list[View]:
        """The claims that some rows stand for, as the reconciler sees them; those that are no one's yet are given."""
        known = own or {}
        ids = self.ids(rows["number"].tolist())
        claims = [known[name] for name in ids & known.keys()]
        for some in _portions(sorted(ids - known.keys())):
            contents = self._session.scalars(select(ClaimRow.content).where(ClaimRow.id.in_(some)))
            claims += map(Claim.model_validate, contents)
        return views(claims)


@lru_cache(maxsize=1)
def _lines() -> Lines:
    return Lines(shipped_words(), shipped_lattice())


def _portions(some: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for first in range(0, len(some), _AT_ONCE):
        yield some[first : first + _AT_ONCE]
