"""Claims in, findings out: groups, their pairs and their arithmetic, put into words and into order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractor.model import Claim, stable_id
from reconcile import explain, reasons
from reconcile.arithmetic import arithmetic_findings
from reconcile.blocking import candidate_pairs, group_key, groups
from reconcile.bridge import Bridge, bridge, steps
from reconcile.checks import Case, Neighbours
from reconcile.intervals import Interval
from reconcile.lattice import Lattice, Match, shipped_lattice
from reconcile.model import FLAGS, Finding, Implied
from reconcile.normalise import View, views
from reconcile.pairs import Verdict, judge, remainder, unclear
from reconcile.provenance import voices
from reconcile.severity import WEIGHT, severity

_BRIDGED = ("contradiction", "apparent_conflict")
_CLAUSES = 3


def reconcile(claims: Iterable[Claim], *, sentences: Mapping[str, str] | None = None) -> list[Finding]:
    """Every finding, most severe first. `sentences` (claim id → text) lets copied sentences count as one voice."""
    lattice = shipped_lattice()
    found: list[Finding] = []
    for group in groups(views(claims), lattice).values():
        found.extend(group_findings(group, lattice, sentences))
    return in_order(found)


def update(
    claims: Iterable[Claim],
    findings: Iterable[Finding],
    new_claims: Iterable[Claim],
    *,
    removed: Iterable[str] = (),
    sentences: Mapping[str, str] | None = None,
) -> list[Finding]:
    """The findings after claims came and went, with only the groups that they touch looked at again.

    `claims` are those that `findings` were made of; `removed` are ids. Equal to `reconcile` of what is left and new.
    """
    lattice = shipped_lattice()
    before, gone = views(claims), frozenset(removed)
    added = views(new_claims)
    touched = {group_key(view, lattice) for view in added}
    touched |= {group_key(view, lattice) for view in before if view.id in gone}
    arrived = {view.id for view in added}
    touched |= {group_key(view, lattice) for view in before if view.id in arrived}
    affected = {view.id for view in before if group_key(view, lattice) in touched}
    kept = [finding for finding in findings if affected.isdisjoint(finding.claims)]
    after = [view for view in before if view.id not in gone | arrived and view.id in affected] + added
    after.sort(key=lambda view: view.place)
    for group in groups(after, lattice).values():
        kept.extend(group_findings(group, lattice, sentences))
    return in_order(kept)


def group_findings(
    group: Sequence[View], lattice: Lattice, sentences: Mapping[str, str] | None = None
) -> list[Finding]:
    """What the claims of one group say of each other: one independent unit of work."""
    counted, around, doubtful = voices(group, sentences), Neighbours(group), unclear(group)
    verdicts = [
        verdict
        for a, b in candidate_pairs(group, lattice)
        if (verdict := judge(a, b, lattice)) is not None and not (verdict.relation in FLAGS and {a.id, b.id} & doubtful)
    ]
    found = [_finding(verdict, around, counted, lattice) for verdict in _nested_once(verdicts)]
    flagged = {frozenset(finding.claims) for finding in found if finding.is_flag}
    found.extend(arithmetic_findings(group, lattice, counted, around, flagged))
    return found


def _nested_once(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """All verdicts, but a part and its whole that several articles copy are told once: where one article has both."""
    kept: list[Verdict] = []
    nested: dict[tuple[object, ...], Verdict] = {}
    for verdict in verdicts:
        if verdict.relation != "nested":
            kept.append(verdict)
            continue
        key = tuple((view.scope, view.value, view.origin) for view in (verdict.first, verdict.second))
        if key not in nested or _closeness(verdict) < _closeness(nested[key]):
            nested[key] = verdict
    return kept + list(nested.values())


def _closeness(verdict: Verdict) -> tuple[object, ...]:
    first, second = verdict.first, verdict.second
    return first.claim.article != second.claim.article, first.place, second.place


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by severity, then id; each id once."""
    unique = {finding.id: finding for finding in findings}
    return sorted(unique.values(), key=lambda finding: (-finding.severity, finding.id))


def _finding(verdict: Verdict, around: Neighbours, counted: Mapping[str, int], lattice: Lattice) -> Finding:
    first, second = verdict.first, verdict.second
    case = Case(verdict.relation, first, second, verdict.scopes, lattice, around)
    is_conflict = WEIGHT[verdict.relation] >= WEIGHT["revision"]
    offered = reasons.offer(case) if is_conflict or verdict.relation == "agreement" else []
    implied, rest = _remainder(verdict, lattice)
    beside = around.levels.get((first.unit, first.area, first.counterpart), ())
    found = bridge(first, second, beside, lattice) if verdict.relation in _BRIDGED else None
    ids = (first.id, second.id)
    heard = tuple(counted[each] for each in ids)
    confidence = min(first.claim.confidence, second.claim.confidence)
    return Finding(
        id=stable_id("r", verdict.relation, *sorted(ids)),
        claims=ids,
        relation=verdict.relation,
        explained_by=verdict.explained_by,
        reasons=tuple(each.reason for each in offered),
        gap=round(verdict.gap, 6),
        severity=severity(verdict.relation, gap=verdict.gap, voices=heard, confidence=confidence),
        implied=implied,
        explanation=_explanation(verdict, offered, lattice) + rest + (_crossing(found, lattice) if found else ""),
        voices=heard,
        bridge=steps(found, lattice) if found else (),
        checks_not_made=_not_checked(verdict) if is_conflict else (),
    )


def _explanation(verdict: Verdict, offered: list[reasons.Offered], lattice: Lattice) -> str:
    known, first, second = lattice.known, verdict.first, verdict.second
    words = explain.wording()
    subject_a, subject_b = explain.subject(first, known), explain.subject(second, known)
    who_a, who_b = explain.who(first, known), explain.who(second, known)
    loosely = verdict.relation == "agreement" and bool(verdict.scopes.differing())
    text = explain.sentence(
        words["relation"][_template(verdict)],
        who_a=who_a,
        verb_a=explain.verb(first, known),
        subject_a=subject_a,
        figure_a=explain.figure(first),
        who_b="it" if who_a == who_b and verdict.relation == "nested" else who_b,
        verb_b=explain.verb(second, known),
        subject_b="it" if subject_a == subject_b else subject_b,
        figure_b=explain.figure(second),
        apart=f"{100 * verdict.gap:.2g}%",
        loosely=words["clause"]["loosely"] if loosely else "",
    )
    telling = [each for each in offered if each.slot in verdict.explained_by] or offered
    clauses = [each.clause for each in telling if each.reason.code != "our_misreading"][:_CLAUSES]
    if clauses and verdict.relation in ("apparent_conflict", "contradiction"):
        text += words["clause"]["may_differ"].format(because=explain.joined(clauses))
    return text


def _crossing(found: Bridge, lattice: Lattice) -> str:
    """The known parts of a difference, in words."""
    known = lattice.known
    parts = "; ".join(
        f"{explain.product(view, known)} {explain.when(view.period)} {explain.figure(view)}"
        for view in found.parts
        if view.period
    )
    unit = found.parts[0].claim.unit
    rest = explain.about(explain.native(found.rest, found.parts[0]), unit)
    words = explain.wording()["clause"]
    return words["bridge_whole" if found.rest.low <= 0 <= found.rest.high else "bridge"].format(parts=parts, rest=rest)


def _template(verdict: Verdict) -> str:
    if verdict.relation == "contradiction" and verdict.first.kind == "rank" and verdict.scopes.area is not Match.SAME:
        return "contradiction_place"
    if verdict.relation == "contradiction" and verdict.scopes.within() is not Match.SAME:
        return "contradiction_part"
    return verdict.relation


def _remainder(verdict: Verdict, lattice: Lattice) -> tuple[tuple[Implied, ...], str]:
    """What the rest of the period would be for part and whole to hold, set against the part's monthly average."""
    if verdict.relation != "nested" or verdict.scopes.strict() != ["period"]:
        return (), ""
    left = remainder(verdict.first, verdict.second)
    if left is None or verdict.first.period is None:
        return (), ""
    part, unit = verdict.first, verdict.first.claim.unit
    interval, days = explain.native(left[0], part), left[1]
    rest = explain.period(type(part.period)(*days)) if part.period else ""
    average = _monthly(part)
    clauses = explain.wording()["clause"]
    which = "average" if verdict.first.period.end <= days[0] else "average_after"
    against = clauses[which].format(average=explain.about(explain.native(average, part), unit)) if average else ""
    subject = explain.subject(part._replace(period=type(verdict.first.period)(*days)), lattice.known)
    text = clauses["remainder"].format(rest=rest, implied=explain.about(interval, unit), average=against)
    return (Implied(what=subject, low=_bound(interval.low), high=_bound(interval.high), unit=part.claim.unit),), text


def _monthly(part: View) -> Interval | None:
    if part.period is None or part.period.length < 59:
        return None
    return part.figure.times(1 / max(1, round(part.period.length / 30.44)))


def _bound(end: float) -> float | None:
    return None if end in (float("inf"), float("-inf")) else round(end, 6)


def _not_checked(verdict: Verdict) -> tuple[str, ...]:
    """Checks that lacked what they need."""
    missing = []
    sources = (verdict.first.source, verdict.second.source)
    if None in sources:
        missing.append("source_definition: not every figure names its source")
    elif verdict.scopes.source_definition is Match.UNKNOWN:
        missing.append("source_definition: what the sources' figures cover is not on file for both")
    if verdict.first.published is None or verdict.second.published is None:
        missing.append("vintage: not every article is dated")
    return tuple(missing)
