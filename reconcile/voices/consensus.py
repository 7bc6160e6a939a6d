"""The best that can be said of a contested figure: an estimate, never the truth.

One vote an origin, its newest figure, weighed by how often the origin's other figures met those of others, which is
shrunk hard towards one half; where the votes meet, what they share; otherwise the range and a robust centre,
and no point at all where one would mislead.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from extractor.model import Claim
from reconcile.claims.intervals import Interval, meet
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import View, views
from reconcile.model import Finding
from reconcile.wording import explain

_DOUBT = 8
"""Comparisons that a record is shrunk by: so many more are taken to have gone either way."""
_FEWEST_FOR_A_CENTRE = 3
_WIDEST_FOR_A_CENTRE = 0.1


class Consensus(BaseModel):
    """What independent origins make of one figure."""

    model_config = ConfigDict(frozen=True)

    figure: str
    """Id of the scope; a `figure` node of the claim graph."""
    what: str
    """What the figure is of, in words."""
    claims: tuple[str, ...]
    origins: tuple[str, ...]
    low: float | None
    high: float | None
    point: float | None
    """A robust centre; null where the origins are too few or too far apart for one to be honest."""
    basis: Literal["intersection", "range"]
    unit: str


class Record(BaseModel):
    """How often a source agrees with independent others; shrunk towards one half, since few figures can be compared."""

    model_config = ConfigDict(frozen=True)

    source: str
    compared: int
    agreed: int
    score: float


def consensus(claims: Iterable[Claim]) -> list[Consensus]:
    """One estimate for each figure that at least two independent origins give, in the order of the figures' ids."""
    cells = [(cell, _votes(cell)) for cell in _cells(views(claims))]
    several = [(cell, votes) for cell, votes in cells if len(votes) > 1]
    records = _tallies(votes for _, votes in several)
    found = [_estimate(cell, votes, _weights(votes, records)) for cell, votes in several]
    return sorted(found, key=lambda each: each.figure)


def contested(claims: Iterable[Claim], findings: Iterable[Finding]) -> list[Consensus]:
    """The estimates for those figures that the conflict report is about, in the order of the figures' ids."""
    flagged = {claim for finding in findings if finding.is_flag for claim in finding.claims}
    return [each for each in consensus(claims) if not flagged.isdisjoint(each.claims)]


def source_records(claims: Iterable[Claim]) -> list[Record]:
    """Each source's record, by source; figures whose scopes differ are never compared."""
    tallies = _tallies(_votes(cell) for cell in _cells(views(claims)))
    return [
        Record(source=source, compared=tally.compared, agreed=tally.agreed, score=round(tally.score, 4))
        for source, tally in sorted(tallies.items())
        if tally.compared
    ]


class _Tally(NamedTuple):
    """How often a source's figures were set against those of others, and how often they met."""

    compared: int = 0
    agreed: int = 0

    @property
    def score(self) -> float:
        """The share that met, shrunk hard: as if half of eight more had."""
        return (self.agreed + _DOUBT / 2) / (self.compared + _DOUBT)

    def less(self, other: _Tally) -> _Tally:
        """Without some of the comparisons."""
        return _Tally(self.compared - other.compared, self.agreed - other.agreed)


def _tallies(cells: Iterable[Sequence[View]]) -> dict[str, _Tally]:
    """Each named source's tally over the votes on some figures."""
    found: dict[str, _Tally] = {}
    for votes in cells:
        for source, tally in _tally(votes).items():
            before = found.get(source, _Tally())
            found[source] = _Tally(before.compared + tally.compared, before.agreed + tally.agreed)
    return found


def _tally(votes: Sequence[View]) -> dict[str, _Tally]:
    named = [view for view in votes if view.source is not None]
    return {
        view.origin: _Tally(
            len(named) - 1,
            sum(meet(view.figure, other.figure) for other in named if other.origin != view.origin),
        )
        for view in named
    }


def _weights(votes: Sequence[View], records: Mapping[str, _Tally]) -> list[float]:
    """What each vote counts: its source's record on all other figures; whoever has none counts as one in doubt."""
    here = _tally(votes)
    return [
        records.get(view.origin, _Tally()).less(here.get(view.origin, _Tally())).score
        if view.source is not None
        else _Tally().score
        for view in votes
    ]


def _cells(seen: Sequence[View]) -> list[list[View]]:
    """Claims of exactly one known scope and base; targets and forecasts are no votes on what happened."""
    cells: dict[object, list[View]] = defaultdict(list)
    for view in seen:
        settled = view.status in ("actual", "preliminary", "estimate") and view.kind not in ("rank", "multiple")
        if settled and None not in (view.indicator, view.area, view.period):
            cells[view.scope, view.base].append(view)
    return [cell for cell in cells.values() if len(cell) > 1]


def _votes(cell: Sequence[View]) -> list[View]:
    """The newest figure of each origin, without those of nameless articles that only repeat a named source's digits."""
    newest: dict[str, View] = {}
    for view in cell:
        held = newest.get(view.origin)
        if held is None or (view.published or 0) > (held.published or 0):
            newest[view.origin] = view
    digits = {view.value for view in newest.values() if view.source is not None}
    kept = [view for view in newest.values() if view.source is not None or view.value not in digits]
    return sorted(kept, key=lambda view: view.origin)


def _estimate(cell: Sequence[View], votes: Sequence[View], weights: Sequence[float]) -> Consensus:
    shared = Interval(max(v.figure.low for v in votes), min(v.figure.high for v in votes))
    values = [view.value for view in votes]
    meets = shared.low <= shared.high
    hull = Interval(min(v.figure.low for v in votes), max(v.figure.high for v in votes))
    interval = shared if meets else hull
    return Consensus(
        figure=votes[0].cell,
        what=explain.subject(votes[0], shipped_lattice().known),
        claims=tuple(sorted(view.id for view in cell)),
        origins=tuple(view.origin for view in votes),
        low=_finite(interval.low),
        high=_finite(interval.high),
        point=interval.middle if meets and math.isfinite(interval.half_width) else _centre(values, weights),
        basis="intersection" if meets else "range",
        unit=votes[0].claim.unit,
    )


def _centre(values: Sequence[float], weights: Sequence[float]) -> float | None:
    """The median by weight, where there are enough votes and they lie close enough together."""
    middle = _weighted_median(values, weights)
    spread = max(values) - min(values)
    if len(values) < _FEWEST_FOR_A_CENTRE or spread > _WIDEST_FOR_A_CENTRE * abs(middle):
        return None
    return middle


def _weighted_median(values: Sequence[float], weights: Sequence[float]) -> float:
    """Where half of the weight lies below and half above; between two values that share it evenly, their middle."""
    ordered = sorted(zip(values, weights, strict=True))
    half, below = math.fsum(weights) / 2, 0.0
    for place, (value, weight) in enumerate(ordered):
        below += weight
        if math.isclose(below, half) and place + 1 < len(ordered):
            return (value + ordered[place + 1][0]) / 2
        if below > half:
            return value
    return ordered[-1][0]


def _finite(end: float) -> float | None:
    return end if math.isfinite(end) else None
