"""Findings as the report shows them, and contested figures: findings on the same figure, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from extractor.model import Article, Claim
from extractor.wording import day_words, figure_words, number_of, number_words, range_words
from reconcile import Consensus, consensus
from reconcile.model import Finding, Implied, Reason, Review, Step
from reconcile.normalise import unit_family
from reconcile.reasons import rows as reasons
from service.report.claims import Cell, ClaimView, SlotRow, scope_line, slot_rows, varying
from service.report.evidence import Passage, passages
from service.report.forest import NARROW, WIDE, Picture, picture, plottable, row_of, unit_of
from service.report.names import area_name, claim_product, figures, indicator_name, product_notes, source_name, topic
from service.report.safety import anchor
from service.report.sums import written_out
from service.report.words import graded, spaced, words

CONTESTED = ("contradiction", "apparent_conflict", "revision")
ARITHMETIC = ("arithmetic_conflict", "arithmetic_agreement")
CONFLICTS = (*CONTESTED, "arithmetic_conflict")
_MOST_COLUMNS = 4
"""Up to so many claims stand side by side as columns; more become rows."""
_MOST_EVIDENCE = 4
_MOST_NAMES = 3
_Value = TypeVar("_Value")
_SIDES = " | "
"""Parts the two sides in a reason's evidence."""
_SMALLEST_GAP = 0.0005
_FACTOR = 1.0
"""From this gap on, a factor is easier to picture than a percentage of the mean."""
_MOST_CLAIMS = 24
"""Slots and sentences of so many claims are shown for one contested figure."""


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


class Evidence(NamedTuple):
    """A sentence, and where it stands."""

    where: str
    passage: Passage


class Difference(NamedTuple):
    """A slot that differs: what it is filled with, and by whom."""

    label: str
    sides: tuple[tuple[str, str], ...]


class Contest(NamedTuple):
    """One contested figure: its findings, widest severity first, and everything that its claims show."""

    lead: FindingView
    findings: tuple[FindingView, ...]
    views: tuple[ClaimView, ...]
    pictures: tuple[Picture, ...]
    off_axis: int
    """Claims in another unit than the picture's axis."""
    slots: tuple[SlotRow, ...]
    as_columns: bool
    hidden: int
    """Claims whose slots and sentences are left out."""
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...]
    differences: tuple[Difference, ...]
    reasons: tuple[ReasonView, ...]
    """Of all findings, each once; the likeliest first."""
    together: tuple[ValueView, ...]
    """What independent voices make of each figure of one scope."""
    bridge: tuple[ValueView, ...]
    implied: tuple[ValueView, ...]
    checks_not_made: tuple[str, ...]
    missing: int
    keys: Mapping[str, str]


def view_finding(finding: Finding, views: Mapping[str, ClaimView]) -> FindingView:
    """The finding in words; claims that the report was not given are counted, not invented."""
    known = tuple(views[claim] for claim in finding.claims if claim in views)
    claims = [view.claim for view in known]
    levels = levels_of(claims) if finding.relation in ARITHMETIC else []
    return FindingView(
        id=finding.id,
        anchor=anchor("finding", finding.id),
        relation=finding.relation,
        label=words().relation_label(finding.relation),
        topic=_capital(topic(levels or claims)),
        figures=figures(claims),
        explanation=finding.explanation,
        explained_by=tuple(words().slot_label(slot) for slot in finding.explained_by),
        reasons=tuple(_reason(reason) for reason in finding.reasons),
        implied=tuple(_value(value) for value in finding.implied),
        bridge=tuple(_value(step) for step in finding.bridge),
        checks_not_made=tuple(_not_made(check) for check in finding.checks_not_made),
        gap=finding.gap,
        gap_words=_gap_words(finding.gap, levels_of(claims)),
        severity=finding.severity,
        severity_words=graded(words().severity, finding.severity),
        sum=written_out(claims)
        if finding.relation in ARITHMETIC or (finding.relation == "nested" and finding.implied)
        else "",
        review=_review(finding.review),
        views=known,
        voices=dict(zip(finding.claims, finding.voices, strict=False)),
        missing=len(finding.claims) - len(known),
        keys=filter_keys([finding.relation], known),
    )


def levels_of(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that are amounts."""
    return [claim for claim in claims if claim.kind == "level"]


def _reason(reason: Reason) -> ReasonView:
    sentence, evidence = _in_words(reason)
    return ReasonView(
        key=(reason.code, *sorted(reason.evidence.split(_SIDES)))
        if _SIDES in reason.evidence
        else (reason.code, sentence),
        sentence=_capital(sentence),
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
    return ValueView(_capital(value.what), range_words(value.low, value.high, value.unit, digits=4))


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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def filter_keys(relations: Iterable[str], views: Sequence[ClaimView]) -> dict[str, str]:
    """What the filters go by: each a list of names, parted by bars."""
    claims = [view.claim for view in views]
    return {
        "relation": _bars(words().relation_label(relation) for relation in relations),
        "indicator": _bars(indicator_name(claim.indicator) for claim in claims),
        "product": _bars(claim_product(claim) for claim in claims),
        "area": _bars(name for claim in claims for name in (area_name(claim.area), area_name(claim.counterpart))),
        "source": _bars(source_name(claim) for claim in claims),
    }


def _bars(names: Iterable[str]) -> str:
    return "|".join(sorted({name.replace("|", "/") for name in names if name}))


# Contested figures ---------------------------------------------------------------------------------------------------


def contests(findings: Sequence[FindingView], articles: Mapping[str, Article]) -> list[Contest]:
    """Findings on the same figure, put together as one contested figure each; the most severe first."""
    grouped = [_contest(group, articles) for group in _by_figure(findings)]
    return sorted(grouped, key=lambda one: (-one.lead.severity, -one.lead.gap, one.lead.id))


def _by_figure(findings: Sequence[FindingView]) -> list[list[FindingView]]:
    """Findings by the figure that they contest; one across two figures goes to the more contested of them.

    Chains are not followed: sales that somebody set against exports do not draw all other sales in.
    """
    touched = [list(dict.fromkeys(_figure_key(view.claim) for view in finding.views)) for finding in findings]
    fame = Counter(key for keys in touched for key in keys)
    groups: dict[str, list[FindingView]] = {}
    for finding, keys in zip(findings, touched, strict=True):
        key = max(sorted(keys), key=lambda one: fame[one], default=finding.id)
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def _figure_key(claim: Claim) -> str:
    """What a headline would call one figure: all but the product and the status, which are what people mix up."""
    period = (claim.period.start, claim.period.end) if claim.period else None
    names = [concept.id if concept else None for concept in (claim.indicator, claim.area, claim.counterpart)]
    return repr((claim.kind, unit_of(claim), names, period))


def _contest(group: Sequence[FindingView], articles: Mapping[str, Article]) -> Contest:
    ranked = sorted(group, key=lambda one: (-one.severity, -one.gap, one.id))
    views = _by_value({view.claim.id: view for finding in ranked for view in finding.views}.values())
    shown = views[:_MOST_CLAIMS]
    explained = tuple(slot for finding in ranked for slot in finding.explained_by)
    codes = tuple(code for code, label in words().slot.items() if label in explained)
    slots = (*slot_rows(shown, codes), *_voices(ranked, shown))
    pictures, off_axis = pictures_of(views)
    return Contest(
        lead=ranked[0],
        findings=tuple(ranked),
        views=tuple(views),
        pictures=pictures,
        off_axis=off_axis,
        slots=slots,
        as_columns=len(shown) <= _MOST_COLUMNS,
        hidden=len(views) - len(shown),
        evidence=evidence_of(shown, articles),
        notes=tuple(product_notes(view.claim for view in views)),
        differences=_differences(slots, shown),
        reasons=_merged(ranked),
        together=taken_together([view.claim for view in views]),
        bridge=ranked[0].bridge,
        implied=_distinct(value for finding in ranked for value in finding.implied),
        checks_not_made=_distinct(check for finding in ranked for check in finding.checks_not_made),
        missing=sum(finding.missing for finding in ranked),
        keys=filter_keys([finding.relation for finding in ranked], views),
    )


def taken_together(claims: Sequence[Claim]) -> tuple[ValueView, ...]:
    """One line a figure that two or more independent voices give: what they share, or how far they reach."""
    return tuple(ValueView(_voiced(one), _estimate(one)) for one in consensus(claims))


def _voiced(one: Consensus) -> str:
    return _capital(f"{one.what}, {number_of(len(one.origins), 'independent voice')}")


def _estimate(one: Consensus) -> str:
    unit = "count" if unit_family(one.unit)[0] == "count" else one.unit
    reach = range_words(one.low, one.high, unit, digits=4)
    if one.basis == "intersection":
        return f"all allow {reach}"
    if one.point is None:
        return f"{reach}; too few or too far apart for one estimate"
    return f"{reach}, the middle one {figure_words(one.point, unit, digits=4)}"


def _merged(findings: Sequence[FindingView]) -> tuple[ReasonView, ...]:
    """The reasons of all findings, each once with its best confidence and some of its evidence."""
    found: dict[tuple[str, ...], list[ReasonView]] = {}
    for finding in findings:
        for reason in finding.reasons:
            key = (reason.key[0], reason.sentence) if reason.evidence else reason.key
            found.setdefault(key, []).append(reason)
    merged: list[ReasonView] = []
    for same in found.values():
        evidence = _distinct(reason.evidence for reason in same if reason.evidence)
        merged.append(max(same, key=lambda one: one.confidence)._replace(evidence="; ".join(evidence[:_MOST_EVIDENCE])))
    return tuple(sorted(merged, key=lambda one: -one.confidence))


def _distinct(values: Iterable[_Value]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys(values))


def _voices(findings: Sequence[FindingView], views: Sequence[ClaimView]) -> list[SlotRow]:
    """How many independent origins give each figure, where the reconciler counted them."""
    counts = {claim: count for finding in findings for claim, count in finding.voices.items()}
    if not any(view.claim.id in counts for view in views):
        return []
    numbers = [counts.get(view.claim.id) for view in views]
    cells = tuple(Cell("—" if number is None else str(number), "", number) for number in numbers)
    return [SlotRow("voices", words().slot_label("voices"), cells, differs=False, explains=False)]


def pictures_of(views: Sequence[ClaimView]) -> tuple[tuple[Picture, ...], int]:
    """The forest plot in both layouts, and how many claims its axis cannot hold; no picture for a single row."""
    plotted = {claim.id for claim in plottable([view.claim for view in views])}
    drawn = [view for view in views if view.claim.id in plotted]
    if len(drawn) < 2 or drawn[0].claim.kind == "rank":
        return (), 0
    slots = varying(drawn)
    rows = [row_of(view.claim, label=view.label, scope=scope_line(view, slots)) for view in drawn]
    unit = unit_of(drawn[0].claim)
    return tuple(picture(rows, unit, layout) for layout in (WIDE, NARROW)), len(views) - len(drawn)


def _by_value(views: Iterable[ClaimView]) -> list[ClaimView]:
    return sorted(views, key=lambda view: (-view.claim.value, view.claim.id))


def evidence_of(views: Sequence[ClaimView], articles: Mapping[str, Article]) -> tuple[Evidence, ...]:
    """The sentences behind some claims, by article, in the order in which the claims are given."""
    held: dict[str, list[ClaimView]] = {}
    for view in views:
        held.setdefault(view.claim.article, []).append(view)
    return tuple(
        Evidence(group[0].where, passage)
        for article, group in held.items()
        if article in articles
        for passage in passages(articles[article], [view.claim for view in group])
    )


def _differences(slots: Sequence[SlotRow], views: Sequence[ClaimView]) -> tuple[Difference, ...]:
    """What differs between the scopes, slot by slot."""
    return tuple(Difference(row.label, _sides(row, views)) for row in slots if row.differs)


def _sides(row: SlotRow, views: Sequence[ClaimView]) -> tuple[tuple[str, str], ...]:
    """Each filling of a slot with who gives it."""
    givers: dict[str, dict[str, None]] = {}
    for one, view in zip(row.cells, views, strict=True):
        givers.setdefault("not said" if one.key is None else one.text, {})[view.label] = None
    return tuple((text, _some(list(labels))) for text, labels in givers.items())


def _some(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {number_of(more, 'other')}" if more > 0 else "")
