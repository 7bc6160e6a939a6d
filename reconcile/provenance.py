"""Who speaks independently: relays lead to the first source, copies count once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reconcile.intervals import Interval, meet
from reconcile.normalise import View

_SHINGLE = 4
_ALIKE = 0.8


def first_source(view: View) -> str:
    """Whoever gave the figure first; an article that names nobody speaks for itself."""
    return view.origin


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


def voices(group: Sequence[View], sentences: Mapping[str, str] | None = None) -> dict[str, int]:
    """For each claim of a group, how many independent origins give its figure for its scope."""
    copies = (
        near_duplicates({view.id: sentences[view.id] for view in group if view.id in sentences}) if sentences else {}
    )
    cells: dict[object, list[View]] = defaultdict(list)
    for view in group:
        cells[view.scope, view.base].append(view)
    counted: dict[str, int] = {}
    for cell in cells.values():
        said: dict[tuple[Interval, str], list[View]] = defaultdict(list)
        for view in cell:
            said[view.figure, view.status].append(view)
        for (figure, status), givers in said.items():
            alike = [v for (other, s), each in said.items() if s == status and meet(figure, other) for v in each]
            heard = max(1, len(_origins(alike, copies)))
            counted.update((view.id, heard) for view in givers)
    return counted


def _origins(same: Iterable[View], copies: Mapping[str, str]) -> set[str]:
    """Independent origins among claims that give one figure: a nameless one that copies its digits adds no voice."""
    found = list(same)
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
