"""The board: what a comparison with gold counts, and the errors behind the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extractor.errors import UsageError
from extractor.model import Claim
from reconcile.model import RELATIONS
from service.scoring.answers import SLOTS
from service.scoring.gold import GoldClaim


@dataclass(frozen=True)
class PRF:
    """Counts of hits, false alarms and misses; they add up like numbers."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: PRF) -> PRF:
        return PRF(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Of what was said, how much is right, in percent."""
        return _percent(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Of what is true, how much was said, in percent."""
        return _percent(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        return _percent(2 * self.hits, 2 * self.hits + self.false + self.missed)


@dataclass(frozen=True)
class Share:
    """So many right of so many; they add up like numbers."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)

    @property
    def percent(self) -> float:
        """The share that is right, in percent."""
        return _percent(self.right, self.total)


class Found(NamedTuple):
    """A gold claim and the prediction that found it."""

    gold: GoldClaim
    claim: Claim
    wrong: list[str]
    """Slots that gold does not accept."""


class Outcome(NamedTuple):
    """What became of one required gold claim, or of a claim that gold does not have."""

    article: str
    start: int
    quote: str
    state: str
    """`right` in every slot, `wrong` in some, `missed`, or `spurious`."""
    wrong: tuple[str, ...] = ()
    exact: bool = False
    confidence: float | None = None


@dataclass
class ArticleErrors:
    """What went wrong in one article, for the list of errors."""

    article: str
    text: str
    missed: list[GoldClaim] = field(default_factory=list)
    spurious: list[Claim] = field(default_factory=list)
    wrong: list[Found] = field(default_factory=list)


class PairError(NamedTuple):
    """A conflict that was missed or wrongly flagged, or another relation that gold does not accept."""

    problem: str
    claims: list[str]
    said: str
    expected: str
    differing: list[str]
    """Slots in which the claims differ as they were extracted."""
    articles: frozenset[str]


@dataclass
class Scores:
    """The board, and the errors behind it."""

    claims: PRF = field(default_factory=PRF)
    exact: PRF = field(default_factory=PRF)
    slots: dict[str, Share] = field(default_factory=lambda: {slot: Share() for slot in SLOTS})
    entirely: Share = field(default_factory=Share)
    kinds: dict[str, tuple[Share, Share]] = field(default_factory=dict)
    """By gold kind: found of required, entirely right of found."""
    subjects: dict[str, tuple[PRF, Share]] = field(default_factory=dict)
    """By the article's subject: claims found, and entirely right of found."""
    published: Share = field(default_factory=Share)
    conflicts: PRF = field(default_factory=PRF)
    reasons: Share = field(default_factory=Share)
    """Conflicts that were found and of which gold names the reason: whether one that was offered first is right."""
    relations: dict[str, PRF] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Over the listed pairs: the relation that gold accepts, and the one that was said (`none` where nothing was)."""
    outcomes: list[Outcome] = field(default_factory=list)
    flags: list[tuple[str, PRF]] = field(default_factory=list)
    """Each conflict that was looked for or flagged, with the first of its articles."""
    ties: list[tuple[str, str, PRF]] = field(default_factory=list)
    """Each relation that was looked for or stated: the first of its articles, its name, its counts."""
    between_stories: int = 0
    """Flags over claims of two stories, which gold says nothing of: counted here, and in no figure."""
    dated: list[tuple[str, bool]] = field(default_factory=list)
    """Articles whose publication date is known, and whether it was found."""
    errors: list[ArticleErrors] = field(default_factory=list)
    """Errors to tune by; those of the test half are counted above and never listed."""
    pair_errors: list[PairError] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    """Gold articles that the run did not read; their claims count as missed."""

    def add_conflict(self, article: str, counts: PRF) -> None:
        """Counts one conflict, of which `article` is the first article."""
        self.conflicts += counts
        self.flags.append((article, counts))

    def add_relation(self, article: str, relation: str, counts: PRF) -> None:
        """Counts one relation, stated or looked for, of which `article` is the first article."""
        self.relations[relation] = self.relations.get(relation, PRF()) + counts
        self.ties.append((article, relation, counts))

    @property
    def every_relation(self) -> PRF:
        """All relations together."""
        return sum(self.relations.values(), PRF())

    def figures(self) -> dict[str, float]:
        """Every figure that a threshold may name, in percent."""
        return {
            "claims": self.claims.f1,
            "claims_precision": self.claims.precision,
            "claims_recall": self.claims.recall,
            "exact": self.exact.f1,
            **{slot: share.percent for slot, share in self.slots.items()},
            "entirely": self.entirely.percent,
            "published": self.published.percent,
            "conflicts": self.conflicts.f1,
            "conflicts_precision": self.conflicts.precision,
            "conflicts_recall": self.conflicts.recall,
            **({"reasons": self.reasons.percent} if self.reasons.total else {}),
            "relations": self.every_relation.f1,
            # A relation that gold only ever allows, and never asks for, has nothing to be found: its F1 would be nil.
            **{name: prf.f1 for name, prf in sorted(self.relations.items()) if prf.hits or prf.missed},
        }

    def below(self, thresholds: Mapping[str, float]) -> list[str]:
        """One line for each figure under its threshold."""
        figures = self.figures()
        unknown = sorted(set(thresholds) - set(figures))
        if unknown:
            raise UsageError(f"no such figure: {unknown[0]!r}; there are {', '.join(figures)}")
        return [
            f"{name} is {figures[name]:.1f}, under {least:.1f}"
            for name, least in thresholds.items()
            if figures[name] < least
        ]

    def to_json(self) -> dict[str, Any]:
        """The board as JSON-ready values."""
        return {
            "claims": _prf_json(self.claims),
            "exact": _prf_json(self.exact),
            "slots": {slot: _share_json(share) for slot, share in self.slots.items()},
            "entirely": _share_json(self.entirely),
            "kinds": {
                kind: {"found": _share_json(found), "entirely": _share_json(entirely)}
                for kind, (found, entirely) in sorted(self.kinds.items())
            },
            "subjects": {
                subject: {"claims": _prf_json(claims), "entirely": _share_json(entirely)}
                for subject, (claims, entirely) in sorted(self.subjects.items())
            },
            "published": _share_json(self.published),
            "conflicts": _prf_json(self.conflicts),
            "reasons": _share_json(self.reasons),
            "relations": {name: _prf_json(prf) for name, prf in sorted(self.relations.items())},
            "every_relation": _prf_json(self.every_relation),
            "confusion": [
                {"expected": expected, "said": said, "pairs": count}
                for (expected, said), count in sorted(self.confusion.items())
            ],
            "flags_between_stories": self.between_stories,
            "absent": self.absent,
        }


def _prf_json(prf: PRF) -> dict[str, float]:
    return {
        "precision": round(prf.precision, 2), "recall": round(prf.recall, 2), "f1": round(prf.f1, 2),
        "hits": prf.hits, "false": prf.false, "missed": prf.missed,
    }  # fmt: skip


def _share_json(share: Share) -> dict[str, float]:
    return {"percent": round(share.percent, 2), "right": share.right, "total": share.total}


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 0.0


FIGURES = (*Scores().figures(), "reasons", *RELATIONS)
"""What a threshold may name; of relations and reasons, a run has those that gold asks for."""
