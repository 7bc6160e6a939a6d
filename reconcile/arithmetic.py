"""Findings from arithmetic: figures that add up or do not, and what follows from them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from extractor.model import stable_id
from reconcile import explain, reasons
from reconcile.checks import Case, Neighbours
from reconcile.comparability import compare
from reconcile.intervals import Interval
from reconcile.intervals import gap as relative_gap
from reconcile.lattice import Lattice
from reconcile.model import Finding, Implied, Relation
from reconcile.normalise import View
from reconcile.pairs import trusted
from reconcile.severity import severity
from reconcile.systems import Conflict, conflicts
from reconcile.ties import Tie, shortfall, ties


def arithmetic_findings(
    group: Sequence[View],
    lattice: Lattice,
    counted: Mapping[str, int],
    around: Neighbours,
    flagged: Collection[frozenset[str]] = (),
) -> Iterator[Finding]:
    """What rates, gaps, shares and sums in one group say; a pair that is flagged already is not flagged again."""
    told = set(flagged)
    for tie in ties(group, lattice):
        ids = frozenset(view.id for view in tie.members)
        if len(ids) < len(tie.members) or (not tie.holds and _told(tie, ids, flagged)):
            continue
        if not tie.holds:
            told.add(ids)
        yield _finding(tie, around, lattice, counted)
    for conflict in conflicts(group, lattice, told):
        if trusted(conflict.members, apart=0.0):
            yield _system_finding(conflict, lattice, counted)


def _told(tie: Tie, ids: frozenset[str], flagged: Collection[frozenset[str]]) -> bool:
    return not trusted(tie.members, apart=shortfall(tie)) or any(pair <= ids for pair in flagged)


def _finding(tie: Tie, around: Neighbours, lattice: Lattice, counted: Mapping[str, int]) -> Finding:
    relation: Relation = "arithmetic_agreement" if tie.holds else "arithmetic_conflict"
    offered = [] if tie.holds else _reasons(tie, around, lattice)
    ids = tuple(view.id for view in tie.members)
    heard = tuple(counted[each] for each in ids)
    gap = shortfall(tie)
    text = _explanation(tie, relation, lattice)
    clauses = [each.clause for each in offered if each.reason.code != "our_misreading"][:2]
    if clauses:
        text += explain.wording()["clause"]["may_differ"].format(because=explain.joined(clauses))
    return Finding(
        id=stable_id("r", relation, *sorted(ids)),
        claims=ids,
        relation=relation,
        reasons=tuple(each.reason for each in offered),
        gap=round(gap, 6),
        severity=severity(
            relation, gap=gap, voices=heard, confidence=min(view.claim.confidence for view in tie.members)
        ),
        implied=(_implied(tie, lattice),),
        explanation=text,
        voices=heard,
    )


def _system_finding(conflict: Conflict, lattice: Lattice, counted: Mapping[str, int]) -> Finding:
    """The finding for a chain of figures that cannot all hold."""
    members, known = conflict.members, lattice.known
    figures = "; ".join(f"{explain.subject(view, known)}: {explain.figure(view)}" for view in members)
    words = explain.wording()
    text = explain.sentence(words["relation"]["system"], who_a=explain.who(members[0], known), figures=figures)
    levels = [view for view in members if view.kind == "level"]
    implied: tuple[Implied, ...] = ()
    apart = 0.0
    if levels and conflict.implied is not None:
        last, would_be = levels[-1], explain.native(conflict.implied, levels[-1])
        subject = explain.subject(last, known)
        implied = (Implied(what=subject, low=_finite(would_be.low), high=_finite(would_be.high), unit=last.claim.unit),)
        text += words["clause"]["beside"].format(rest=subject, implied=explain.about(would_be, last.claim.unit))
        apart = relative_gap(conflict.implied, last.figure)
    heard = tuple(counted[view.id] for view in members)
    sure = min(view.claim.confidence for view in members)
    return Finding(
        id=stable_id("r", "arithmetic_conflict", *sorted(view.id for view in members)),
        claims=tuple(view.id for view in members),
        relation="arithmetic_conflict",
        gap=round(apart, 6),
        severity=severity("arithmetic_conflict", gap=apart, voices=heard, confidence=sure),
        implied=implied,
        explanation=text,
        voices=heard,
    )


def _implied(tie: Tie, lattice: Lattice) -> Implied:
    last = tie.members[-1]
    if tie.form.startswith("rate"):
        unit_of = tie.members[1]
        what = explain.subject(unit_of._replace(period=tie.members[0].base), lattice.known)
        if tie.members[0].base is None:
            what += f" in {_base(tie)}"
    else:
        unit_of, what = last, explain.subject(last, lattice.known)
    low, high = explain.native(tie.implied, unit_of)
    return Implied(what=what, low=_finite(low), high=_finite(high), unit=unit_of.claim.unit)


def _base(tie: Tie) -> str:
    base = tie.members[0].base
    return explain.period(base) if base else "the period that it compares with"


def _explanation(tie: Tie, relation: Relation, lattice: Lattice) -> str:
    known, members = lattice.known, tie.members
    words = explain.wording()
    fit = words["fit"][relation]
    if tie.form.startswith("rate"):
        rate, level = members[0], members[1]
        return explain.sentence(
            words["relation"][tie.form],
            who_a=explain.who(level, known),
            verb_a=explain.verb(level, known),
            subject_a=explain.subject(level, known),
            figure_a=explain.figure(level),
            level=explain.figure(level),
            when=explain.period(level.period),
            rate=explain.change(rate),
            implied=explain.about(explain.native(tie.implied, level), level.claim.unit),
            base=_base(tie),
            who_b=explain.who(members[-1], known),
            figure_b=explain.figure(members[-1]),
            fit=fit,
        )
    last, parts = members[-1], members[:-1]
    return explain.sentence(
        words["relation"][tie.form],
        who_a=explain.who(last, known),
        subject_a=explain.subject(last, known),
        figure_a=explain.figure(parts[0]),
        figure_b=explain.figure(parts[1]),
        implied=explain.about(explain.native(tie.implied, last), last.claim.unit),
        who_c=explain.who(last, known),
        figure_c=explain.figure(last),
        fit=fit,
    )


def _reasons(tie: Tie, around: Neighbours, lattice: Lattice) -> list[reasons.Offered]:
    """Reasons for a conflict: the last figure, or for a rate the rate itself, against what the others make of it."""
    rate = tie.members[0]
    if tie.form == "rate_and_levels" and tie.given is not None and tie.given.low > 0:
        level = tie.members[1].figure
        ends = Interval((level.low / tie.given.high - 1) * 100, (level.high / tie.given.low - 1) * 100)
        stated, worked_out = rate, rate._replace(figure=ends, value=ends.middle)
    else:
        stated = tie.members[-1]
        worked_out = stated._replace(figure=tie.implied, value=tie.implied.middle)
    scopes = compare(stated, worked_out, lattice)
    return reasons.offer(Case("arithmetic_conflict", stated, worked_out, scopes, lattice, around))


def _finite(end: float) -> float | None:
    return None if math.isinf(end) else round(end, 6)
