"""Who speaks independently: relays lead to the first source, copies count once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from reconcile.claims.intervals import Interval, meet
from reconcile.claims.normalise import View
from reconcile.scale.crowds import by_scope

_SHINGLE = 4
_ALIKE = 0.8
_FEW = 40
_MOST_MET = 400
"""Figures that are looked through for voices that give the same: more than that many never all count."""


def relays(view: View) -> tuple[str, ...]:
    """Who passed the figure on, nearest the figure first."""
    return tuple(each.id for each in view.claim.source.via) if view.claim.source else ()


def near_duplicates(sentences: Mapping[str, str]) -> dict[str, str]:
    """For each claim id, the smallest id among claims whose sentences are all but the same."""
    shingles = {key: _shingles(text) for key, text in sorted(sentences.items())}
    holders: dict[str, list[str]] = defaultdict(list)
    root: dict[str, str] = {}
    for key, own in shingles.items():
        near = sorted({other for shingle in own for other in holders[shingle]})
        alike = [other for other in near if _jaccard(own, shingles[other]) >= _ALIKE]
        root[key] = min((root[other] for other in alike), default=key)
        for shingle in own:
            holders[shingle].append(key)
    return root


def voices(
    group: Sequence[View],
    sentences: Mapping[str, str] | None = None,
    scopes: Mapping[object, Sequence[View]] | None = None,
) -> dict[str, int]:
    """For each claim of a group, how many independent origins give its figure for its scope.

    `scopes` are its claims by scope, where these are known.
    """
    copies = (
        near_duplicates({view.id: sentences[view.id] for view in group if view.id in sentences}) if sentences else {}
    )
    counted: dict[str, int] = {}
    for alone, cell in _cells(group if scopes is None else scopes):
        if alone:
            counted[cell[0].claim.id] = 1
            continue
        said: dict[tuple[Interval, str], list[View]] = defaultdict(list)
        for view in cell:
            said[view.figure, view.status].append(view)
        if len(said) == 1:
            counted.update(dict.fromkeys([view.claim.id for view in cell], len(_origins(cell, copies))))
            continue
        met = _Meeting(list(said))
        for (figure, status), givers in said.items():
            alike = [view for key in met.with_(figure, status) for view in said[key]]
            heard = max(1, len(_origins(alike, copies)))
            counted.update((view.id, heard) for view in givers)
    return counted


def _cells(group: Sequence[View] | Mapping[object, Sequence[View]]) -> Iterator[tuple[bool, Sequence[View]]]:
    """Claims of one scope and base, and whether there is but one."""
    for scope in by_scope(group).values() if not isinstance(group, Mapping) else group.values():
        if len(scope) == 1:
            yield True, scope
            continue
        cells: dict[object, list[View]] = defaultdict(list)
        for view in scope:
            cells[view.base].append(view)
        for cell in cells.values():
            yield len(cell) == 1, cell


class _Meeting:
    """Which of a scope's figures meet one: all of a few are asked, of many only those whose ends allow it."""

    def __init__(self, figures: Sequence[tuple[Interval, str]]) -> None:
        self.figures = figures
        if len(figures) > _FEW:
            self.low = np.array([figure.low for figure, _ in figures])
            self.high = np.array([figure.high for figure, _ in figures])

    def with_(self, figure: Interval, status: str) -> list[tuple[Interval, str]]:
        """The figures of one status that meet this one; of very many, the first."""
        some = self.figures
        if len(some) > _FEW:
            near = np.flatnonzero((self.low <= figure.high) & (self.high >= figure.low))
            some = [self.figures[place] for place in near.tolist()]
        found = [key for key in some if key[1] == status and meet(figure, key[0])]
        if len(found) > _MOST_MET:
            return list(dict.fromkeys([(figure, status), *found[:_MOST_MET]]))
        return found


def _origins(same: Iterable[View], copies: Mapping[str, str]) -> set[str]:
    """Independent origins among claims that give one figure: a nameless one that copies its digits adds no voice."""
    found = list(same)
    if all(view.source is not None for view in found):
        return {view.origin for view in found}
    named = {view.source for view in found if view.source is not None}
    digits = {view.value for view in found if view.source is not None}
    origins = {copies.get(view.id, view.origin) if view.source is None else view.origin for view in found}
    copied = {view.origin for view in found if view.source is None and view.value in digits}
    return (origins - copied) | {name for name in named if name}


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0
