"""Contested figures: the findings on one figure put together, with everything that its claims show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from extractor.model import Article, Claim
from extractor.wording import figure_words, number_of, range_words
from reconcile import Consensus, consensus
from reconcile.claims.words import unit_family
from service.report.claims import Cell, ClaimView, SlotRow, scope_line, slot_rows, varying
from service.report.evidence import Passage, passages
from service.report.findings import FindingView, ReasonView, ValueView, capital, filter_keys
from service.report.forest import NARROW, WIDE, Picture, Row, picture, plottable, row_of, unit_of
from service.report.names import product_notes
from service.report.timeline import Timeline, timeline
from service.report.web import Web
from service.report.words import words

_MOST_COLUMNS = 4
"""Up to so many claims stand side by side as columns; more become rows."""
_MOST_EVIDENCE = 4
_MOST_NAMES = 3
_MOST_CLAIMS = 24
"""Slots and sentences of so many claims are shown for one contested figure."""
_MOST_BRIDGES = 6
_MOST_TOGETHER = 4
"""So many figures' ranges stand under the rows of a plot."""
_PAIR = 2
_DIGITS = 3
"""Figures that share so many digits are the same in any article; of fewer, only in one."""
_Value = TypeVar("_Value")


class Evidence(NamedTuple):
    """A sentence, and where it stands."""

    where: str
    passage: Passage


class Difference(NamedTuple):
    """A slot that differs: what it is filled with, and by whom."""

    label: str
    sides: tuple[tuple[str, str], ...]


class Bridge(NamedTuple):
    """From one figure to the other where parts are known; the last plank is what stays unexplained."""

    ends: str
    planks: tuple[ValueView, ...]


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
    bridges: tuple[Bridge, ...]
    implied: tuple[ValueView, ...]
    checks_not_made: tuple[str, ...]
    missing: int
    keys: Mapping[str, str]
    timeline: Timeline | None = None
    """Where a source revised a figure."""
    web: Web | None = None
    """Its neighbourhood in the claim graph, where that was asked for."""


def contests(findings: Sequence[FindingView], articles: Mapping[str, Article]) -> list[Contest]:
    """Findings on the same figure, put together as one contested figure each; the most severe first."""
    grouped = [_contest(group, articles) for group in _by_figure(findings)]
    return sorted(grouped, key=lambda one: (-one.lead.severity, -one.lead.gap, one.lead.id))


def _by_figure(findings: Sequence[FindingView]) -> list[list[FindingView]]:
    """Findings by the figure that they contest; one across two figures goes to the more contested of them.

    The same two figures are one contest, however the slots around them were read in each article. Chains are not
    followed: sales that somebody set against exports do not draw all other sales in.
    """
    touched = [list(dict.fromkeys(_figure_key(view.claim) for view in finding.views)) for finding in findings]
    fame = Counter(key for keys in touched for key in keys)
    own = [_most(fame, keys, finding.id) for finding, keys in zip(findings, touched, strict=True)]
    pairs = _pairs_of_figures(findings)
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for pair, key in zip(pairs, own, strict=True):
        homes[pair][key] += 1
    groups: dict[str, list[FindingView]] = {}
    for finding, pair in zip(findings, pairs, strict=True):
        groups.setdefault(_most(homes[pair], homes[pair], finding.id), []).append(finding)
    return list(groups.values())


def _most(counts: Mapping[str, int], keys: Iterable[str], default: str) -> str:
    return max(sorted(keys), key=lambda one: counts[one], default=default)


def _pairs_of_figures(findings: Sequence[FindingView]) -> list[str]:
    """The two figures that each finding sets against each other, in the area that both claims or most others name:
    rates of 4.75% and 5.25% in one country are not those of another.
    """
    pairs, areas = [_printed_pair(finding) for finding in findings], [_common_area(finding) for finding in findings]
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for pair, area in zip(pairs, areas, strict=True):
        if area:
            named[pair][area] += 1
    found = zip(pairs, areas, strict=True)
    return [repr((pair, area or _most(named[pair], named[pair], ""))) for pair, area in found]


def _common_area(finding: FindingView) -> str:
    """The area that all claims of a finding name; nothing where they differ or one names none."""
    areas = {view.claim.area.id if view.claim.area else "" for view in finding.views}
    return areas.pop() if len(areas) == 1 else ""


def _printed_pair(finding: FindingView) -> str:
    """What two findings share that set the same two figures against each other: their digits, if these are many."""
    claims = [view.claim for view in finding.views]
    if len(claims) != _PAIR:
        return finding.id
    digits = sorted(f"{claim.value:.{_DIGITS}g}" for claim in claims)
    telling = all(len(each.split("e")[0].replace(".", "").strip("-0")) >= _DIGITS for each in digits)
    where = [] if telling else sorted(claim.article for claim in claims)
    return repr((claims[0].kind, unit_of(claims[0]), digits, where))


def _figure_key(claim: Claim) -> str:
    """What a headline would call one figure: all but the product and the status, which are what people mix up."""
    period = (claim.period.start, claim.period.end) if claim.period else None
    names = [concept.id if concept else None for concept in (claim.indicator, claim.area, claim.counterpart)]
    return repr((claim.kind, unit_of(claim), names, period))


def _contest(group: Sequence[FindingView], articles: Mapping[str, Article]) -> Contest:
    ranked = sorted(group, key=lambda one: (-one.severity, -one.gap, one.id))
    views = _as_told({view.claim.id: view for finding in ranked for view in finding.views}.values(), ranked[0])
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
        together=_taken_together([view.claim for view in views]),
        bridges=_distinct(_bridge(finding) for finding in ranked if finding.bridge)[:_MOST_BRIDGES],
        implied=_distinct(value for finding in ranked for value in finding.implied),
        checks_not_made=_distinct(check for finding in ranked for check in finding.checks_not_made),
        missing=sum(finding.missing for finding in ranked),
        keys=filter_keys([finding.relation for finding in ranked], views, [finding.severity for finding in ranked]),
        timeline=timeline(finding.views for finding in ranked if finding.relation == "revision"),
    )


def _bridge(finding: FindingView) -> Bridge:
    ends = " to ".join(f"{view.figure} ({view.label})" for view in finding.views[:2])
    return Bridge(f"From {ends}", finding.bridge)


def _taken_together(claims: Sequence[Claim]) -> tuple[ValueView, ...]:
    """One line a figure that two or more independent voices give: what they share, or how far they reach."""
    return tuple(ValueView(_voiced(one), _estimate(one)) for one in consensus(claims))


def _voiced(one: Consensus) -> str:
    return capital(f"{one.what}, {number_of(len(one.origins), 'independent voice')}")


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
    rows = [row_of(view.claim, label=view.label, scope=_dated(view, slots)) for view in drawn]
    estimates = consensus(view.claim for view in drawn)
    together = [_together(one) for one in estimates[:_MOST_TOGETHER]]
    unit = unit_of(drawn[0].claim)
    return tuple(picture(rows, unit, layout, together) for layout in (WIDE, NARROW)), len(views) - len(drawn)


def _dated(view: ClaimView, slots: Sequence[str]) -> str:
    """The day on which a claim was printed, and what tells it from the others."""
    day, scope = view.claim.published, scope_line(view, slots)
    return " about ".join(part for part in (f"{day.day} {day:%b} {day.year}" if day else "", scope) if part)


def _together(one: Consensus) -> Row:
    """The range that independent voices give a figure, as a row of the plot."""
    unit = "count" if unit_family(one.unit)[0] == "count" else one.unit
    point = one.point if one.point is not None else _middle(one.low, one.high)
    reach = range_words(one.low, one.high, unit, digits=4)
    return Row(
        label=f"{'Shared by' if one.basis == 'intersection' else 'Range of'} {len(one.origins)} independent voices",
        scope=capital(one.what),
        figure="" if one.point is None else figure_words(one.point, unit, digits=4),
        interval=reach,
        status="point" if one.point is not None else "open",
        value=point,
        low=one.low,
        high=one.high,
    )


def _middle(low: float | None, high: float | None) -> float:
    ends = [end for end in (low, high) if end is not None]
    return sum(end / len(ends) for end in ends) if ends else 0.0


def _as_told(views: Iterable[ClaimView], lead: FindingView) -> list[ClaimView]:
    """The claims of the sentence that leads, in its order; below them the others, the largest figure first."""
    order = {view.claim.id: place for place, view in enumerate(lead.views)}
    return sorted(views, key=lambda view: (order.get(view.claim.id, len(order)), -view.claim.value, view.claim.id))


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
