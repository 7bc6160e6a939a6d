"""Which of the figures that one voice tells apart another figure is set against: at most one of them.

An article that gives a month's figure and the year's, from one body, knows that they are two things. A third figure is
of the one or of the other: where both seem to contradict it, the likelier pair is told of, and the other was misread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from reconcile.claims.intervals import meet
from reconcile.claims.normalise import View
from reconcile.claims.standing import own_voice


class Contest(NamedTuple):
    """Two figures that seem to contradict each other."""

    first: View
    second: View
    likely: float
    """The chance that they count one thing."""
    told: bool
    """True where their slots say so."""

    @property
    def pair(self) -> frozenset[str]:
        """The two claims."""
        return frozenset((self.first.id, self.second.id))


def without_rivals(contests: Sequence[Contest]) -> list[Contest]:
    """The contests that no likelier one of the same figure, with another that the same voice gives, puts aside."""
    contested = {contest.pair for contest in contests}
    against: dict[tuple[str, _Voice], list[tuple[View, tuple[bool, float]]]] = defaultdict(list)
    for contest in contests:
        if not own_voice(contest.first, contest.second):
            for one, other in ((contest.first, contest.second), (contest.second, contest.first)):
                against[one.id, _voice(other)].append((other, (contest.told, contest.likely)))

    def is_beaten(contest: Contest) -> bool:
        own = (contest.told, contest.likely)
        return any(
            weight > own and _tells_apart(other, rival, contested)
            for one, other in ((contest.first, contest.second), (contest.second, contest.first))
            for rival, weight in against[one.id, _voice(other)]
        )

    return [contest for contest in contests if own_voice(contest.first, contest.second) or not is_beaten(contest)]


_Voice = tuple[str, str | None]


def _voice(view: View) -> _Voice:
    return view.claim.article, view.source


def _tells_apart(one: View, other: View, contested: set[frozenset[str]]) -> bool:
    """True for two figures of one voice that are two things: they differ, and neither is said to replace the other."""
    if one.id == other.id or meet(one.figure, other.figure) or one.claim.superseded or other.claim.superseded:
        return False
    return frozenset((one.id, other.id)) not in contested
