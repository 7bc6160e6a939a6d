"""Which drafts become articles, in the order of their files, and in which portions they are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import orjson

from service.cluster.inputs import Key
from service.reading.articles import Register
from service.reading.skips import OnSkip
from service.running.engine import CHUNK
from service.running.journal import software

ARTICLES = 8 * CHUNK
"""Articles of a portion: whole groups, so that the parser sees together what it sees together on one machine."""


class Member(NamedTuple):
    """An article of a portion: where its draft stands, and its id."""

    part: int
    row: int
    id: str


def portions(keys: Iterable[Key], *, on_skip: OnSkip) -> list[dict[str, Any]]:
    """The work of extraction: rows with the portion's `name` and its `members` as JSON."""
    return [
        {"name": _name(some), "members": orjson.dumps([list(member) for member, _ in some])}
        for some in _portions(_admitted(keys, on_skip))
    ]


def members_of(row: dict[str, Any]) -> list[Member]:
    """The articles of a portion."""
    return [Member(*fields) for fields in orjson.loads(row["members"])]


def _admitted(keys: Iterable[Key], on_skip: OnSkip) -> Iterator[tuple[Member, str]]:
    register = Register()
    for key in keys:
        name = register.admit(key.place, key.line, key.wanted, key.digest, on_skip)
        if name is not None:
            yield Member(key.part, key.row, name), key.mark


def _portions(admitted: Iterator[tuple[Member, str]]) -> Iterator[list[tuple[Member, str]]]:
    while some := list(islice(admitted, ARTICLES)):
        yield some


def _name(some: list[tuple[Member, str]]) -> str:
    """What tells these articles, read by this software, from all others."""
    found = hashlib.sha256(software())
    for member, mark in some:
        found.update(f"{member.id}\0{mark}\0".encode("utf-8", "surrogatepass"))
    return found.hexdigest()
