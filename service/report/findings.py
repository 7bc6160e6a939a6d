"""Findings as the report shows them, and contested figures: findings on the same figure, put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.model import Claim
from extractor.wording import day_words, figure_words, number_words, range_words
from reconcile.model import Finding, Implied, Reason, Review, Step
from reconcile.reasons.reasons import rows as reasons
from service.report.claims import ClaimView
from service.report.names import area_name, claim_product, figures, indicator_name, source_name, topic
from service.report.safety import anchor
from service.report.sums import written_out
from service.report.words import graded, spaced, words

CONTESTED = ("contradiction", "apparent_conflict", "revision")
ARITHMETIC = ("arithmetic_conflict", "arithmetic_agreement")
CONFLICTS = (*CONTESTED, "arithmetic_conflict")
_SIDES = " | "
"""Parts the two sides in a reason's evidence."""
_SMALLEST_GAP = 0.0005
_FACTOR = 1.0
"""From this gap on, a factor is easier to picture than a percentage of the mean."""


class ReasonView(NamedTuple):
    """Why the figures may differ."""

    key: tuple[str, ...]
    """Its code and its two sides, whichever comes first."""
    sentence: str
    evidence: str
    likelihood: str
    confidence: float


class ValueView(NamedTuple):
    """A value that follows from the figures, or one plank of the bridge between them."""

    what: str
    value: str


class FindingView(NamedTuple):
    """A finding in words."""

    id: str
    anchor: str
    relation: str
    label: str
    topic: str
    figures: str
    explanation: str
    explained_by: tuple[str, ...]
    reasons: tuple[ReasonView, ...]
    implied: tuple[ValueView, ...]
    bridge: tuple[ValueView, ...]
    checks_not_made: tuple[str, ...]
    gap: float
    gap_words: str
    severity: float
    severity_words: str
    sum: str
    review: str
    views: tuple[ClaimView, ...]
    voices: Mapping[str, int]
    """By claim: how many independent origins give its figure."""
    missing: int
    """Claims that the finding names and the report was not given."""
    keys: Mapping[str, str]
    """What the filters go by."""

    @property
    def headline(self) -> str:
        """What figure, whose, when, and what the sources say."""
        return f"{self.topic}: {self.figures}" + ("?" if self.relation in CONTESTED else "")


def view_finding(finding: Finding, views: Mapping[str, ClaimView]) -> FindingView:
    """The finding in words; claims that the report was not given are counted, not invented."""
    known = tuple(views[claim] for claim in finding.claims if claim in views)
    claims = [view.claim for view in known]
    levels = _levels_of(claims) if finding.relation in ARITHMETIC else []
    return FindingView(
        id=finding.id,
        anchor=anchor("finding", finding.id),
        relation=finding.relation,
        label=words().relation_label(finding.relation),
        topic=capital(topic(levels or claims)),
        figures=figures(claims),
        explanation=finding.explanation,
        explained_by=tuple(words().slot_label(slot) for slot in finding.explained_by),
        reasons=tuple(_reason(reason) for reason in finding.reasons),
        implied=tuple(_value(value) for value in finding.implied),
        bridge=tuple(_value(step) for step in finding.bridge),
        checks_not_made=tuple(_not_made(check) for check in finding.checks_not_made),
        gap=finding.gap,
        gap_words=_gap_words(finding.gap, _levels_of(claims)),
        severity=finding.severity,
        severity_words=graded(words().severity, finding.severity),
        sum=written_out(claims)
        if finding.relation in ARITHMETIC or (finding.relation == "nested" and finding.implied)
        else "",
        review=_review(finding.review),
        views=known,
        voices=dict(zip(finding.claims, finding.voices, strict=False)),
        missing=len(finding.claims) - len(known),
        keys=filter_keys([finding.relation], known, [finding.severity]),
    )


def _levels_of(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that are amounts."""
    return [claim for claim in claims if claim.kind == "level"]


def _reason(reason: Reason) -> ReasonView:
    sentence, evidence = _in_words(reason)
    return ReasonView(
        key=(reason.code, *sorted(reason.evidence.split(_SIDES)))
        if _SIDES in reason.evidence
        else (reason.code, sentence),
        sentence=capital(sentence),
        evidence=evidence,
        likelihood=graded(words().likelihood, reason.confidence),
        confidence=reason.confidence,
    )


def _in_words(reason: Reason) -> tuple[str, str]:
    """The reason's sentence with its evidence filled in, and the evidence where the sentence does not hold it."""
    template = next((row.sentence for row in reasons() if row.code == reason.code), None)
    first, _, second = reason.evidence.partition(_SIDES)
    sides = {"{first}": first, "{second}": second}
    if template is None or any(slot in template and not side for slot, side in sides.items()):
        return spaced(
            reason.code
        ), reason.evidence  # a reason from elsewhere, or evidence that its sentence cannot hold
    left = [side for slot, side in sides.items() if slot not in template and side]
    return template.format(first=first, second=second), " / ".join(left)


def _not_made(check: str) -> str:
    """A check that was not made, its slot or reason by its name."""
    slot, colon, why = check.partition(": ")
    return f"{words().slot_label(slot)}: {why}" if colon and " " not in slot else check


def _value(value: Implied | Step) -> ValueView:
    return ValueView(capital(value.what), range_words(value.low, value.high, value.unit, digits=4))


def _review(review: Review | None) -> str:
    if review is None:
        return ""
    said = ": ".join(part for part in (spaced(review.decision), review.note) if part)
    signed = ", ".join(part for part in (review.by, day_words(review.at.date()) if review.at else "") if part)
    return said + (f" ({signed})" if signed else "")


def _gap_words(gap: float, claims: Sequence[Claim]) -> str:
    """How far the intervals are apart: as a part of the figures' size, or as a factor where that says more."""
    if gap < _SMALLEST_GAP:
        return ""
    values = sorted(claim.value for claim in claims)
    if gap >= _FACTOR and len(values) == len(claims) > 1 and values[0] > 0:
        return f"a factor of {number_words(values[-1] / values[0], digits=2)} apart"
    return f"{figure_words(100 * gap, 'percent', digits=2)} apart"


def capital(text: str) -> str:
    """The text with a capital in front."""
    return text[:1].upper() + text[1:]


def filter_keys(
    relations: Iterable[str], views: Sequence[ClaimView], severities: Iterable[float] = ()
) -> dict[str, str]:
    """What the filters go by: each a list of names, parted by bars."""
    claims = [view.claim for view in views]
    return {
        "relation": _bars(words().relation_label(relation) for relation in relations),
        "severity": _bars(graded(words().severity, severity) for severity in severities),
        "indicator": _bars(indicator_name(claim.indicator) for claim in claims),
        "product": _bars(claim_product(claim) for claim in claims),
        "area": _bars(name for claim in claims for name in (area_name(claim.area), area_name(claim.counterpart))),
        "source": _bars(source_name(claim) for claim in claims),
    }


def _bars(names: Iterable[str]) -> str:
    return "|".join(sorted({name.replace("|", "/") for name in names if name}))
