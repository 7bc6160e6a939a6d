"""Findings from arithmetic: figures that add up or do not, and what follows from them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations

from extractor.model import Claim
from extractor.taxonomy import Taxonomy
from reconcile.claims.intervals import Interval, finite
from reconcile.claims.intervals import gap as relative_gap
from reconcile.claims.lattice import Lattice, shipped_lattice
from reconcile.claims.normalise import View, views
from reconcile.comparison.blocking import groups
from reconcile.comparison.comparability import compare
from reconcile.comparison.trust import trusted
from reconcile.equations.nearby import nearby_ties
from reconcile.equations.partitions import partition_ties
from reconcile.equations.slips import Slip, slips
from reconcile.equations.systems import Conflict, System, components, conflicts
from reconcile.equations.tie import Tie, adds_up, is_cut_off, shortfall
from reconcile.equations.ties import ties
from reconcile.equations.totals import row_totals
from reconcile.model import Finding, Implied, Relation, finding, finding_id, implied
from reconcile.reasons import reasons
from reconcile.reasons.cases import Case, Evidence, Neighbours
from reconcile.wording import explain, telling
from reconcile.wording.severity import severity

_FARTHEST, _FARTHEST_RATES = 2.0, 1.5
"""Figures, and rates with levels, further from adding up than so many times, with no slip, are hardly of one thing."""
_LEAST_SURE = 0.1
"""A chain of figures is no surer than all of its readings together."""

_RATIOS = ("rate_and_levels", "rate_and_shares", "rate_of_others", "share_and_levels", "multiple_and_levels")
_LEAST_SCALE = 2.0
"""A slipped power of ten puts a ratio further off than this, however coarsely the figures are printed."""

_LOOSE = ("rank_and_levels", "shares_and_whole")
"""Ties that say how large a figure may be and not how large it is."""

Key = frozenset[tuple[object, ...]]
"""What some claims say, whichever copies of them say it."""


def arithmetic_findings(
    group: Sequence[View],
    lattice: Lattice,
    counted: Mapping[str, int],
    around: Neighbours,
    flagged: Collection[frozenset[str]] = (),
) -> Iterator[Finding]:
    """What rates, gaps, shares, ranks and sums in one group say; a pair that is flagged is not flagged again."""
    told: set[Key] = set()
    for tie in chain(ties(group, lattice), partition_ties(group, lattice)):
        ids, holds = frozenset([view.claim.id for view in tie.members]), tie.holds
        if len(ids) < len(tie.members) or (not holds and (_told(tie, ids, flagged) or is_cut_off(tie))):
            continue
        slipped = [] if holds else _slips(tie)
        if not holds:
            if not slipped and _too_far(tie):
                continue
            told.add(_key(tie.members))
        yield _finding(tie, slipped, around, lattice, counted, holds=holds)
    known = {view.id: view for view in group}
    told |= {_key([known[each] for each in ids]) for ids in flagged if all(each in known for each in ids)}
    for conflict in _one_a_culprit(conflicts(group, lattice), told):
        if _sure(conflict.members):
            yield _system_finding(conflict, lattice, counted)


def nearby_findings(
    group: Sequence[View], lattice: Lattice, counted: Mapping[str, int], known: Collection[str] = ()
) -> Iterator[Finding]:
    """What adds up in one article, and lists that do not; `known` are ids of what is told already."""
    nothing = Neighbours()
    for tie in chain(nearby_ties(group), row_totals(group)):
        relation: Relation = "arithmetic_agreement" if tie.holds else "arithmetic_conflict"
        if finding_id(relation, [view.claim.id for view in tie.members]) in known or _is_doubtful(tie):
            continue
        yield _finding(tie, () if tie.holds else _slips(tie), nothing, lattice, counted, holds=tie.holds)


def _is_doubtful(tie: Tie) -> bool:
    """True for figures that do not add up and were likelier misread."""
    return not tie.holds and (not trusted(tie.members, apart=shortfall(tie)) or _too_far(tie))


def _one_a_culprit(found: Iterable[Conflict], told: Collection[Key]) -> Iterator[Conflict]:
    """Conflicts that say something new, the smallest first: one wrong figure puts many sets of others out."""
    known: dict[object, list[Key]] = defaultdict(list)
    for each in told:
        known[next(iter(each))].append(each)  # whatever holds all of it holds this of it
    blamed = set().union(*told)
    for conflict in sorted(found, key=lambda each: len(each.members)):
        key = _key(conflict.members)
        culprit = _key([conflict.given_up]) if conflict.given_up else frozenset()
        if blamed.isdisjoint(culprit) and not any(each <= key for part in key for each in known.get(part, ())):
            known[next(iter(key))].append(key)
            blamed |= culprit
            yield conflict


def implied_values(claims: Iterable[Claim]) -> list[Implied]:
    """Figures that nobody gives but that follow from what one voice gives, with their bounds, by what they are of."""
    lattice = shipped_lattice()
    found: dict[str, Implied] = {}
    for group in groups(views(claims), lattice).values():
        for together in components(group, lattice):
            for like, period, interval in System(together, lattice).implied():
                what = explain.subject(like._replace(period=period, base=None), lattice.known)
                low, high = explain.native(interval, like)
                if (low, high) != (0.0, math.inf):
                    found[what] = Implied(what=what, low=finite(low), high=finite(high), unit=like.claim.unit)
    return [found[what] for what in sorted(found)]


def _told(tie: Tie, ids: frozenset[str], flagged: Collection[frozenset[str]]) -> bool:
    pairs = map(frozenset, combinations(ids, 2))
    return not trusted(tie.members, apart=shortfall(tie)) or any(pair in flagged for pair in pairs)


def _slips(tie: Tie) -> list[Slip]:
    """The slips that would make a tie hold; a rank is only ever put right by a swap."""
    # A figure that is off by a power of ten puts a ratio off by as much; in a sum it may be a small part.
    scaled = tie.form not in _RATIOS or _ratio(tie) >= _LEAST_SCALE
    found = slips(tie.members, partial(adds_up, tie.form), scaled=scaled)
    return [slip for slip in found if tie.form not in _LOOSE or slip.code == "swapped_cells"]


def _too_far(tie: Tie) -> bool:
    if tie.given is None or tie.form in _LOOSE:
        return False
    return _ratio(tie) > (_FARTHEST_RATES if tie.form.startswith("rate") else _FARTHEST)


def _ratio(tie: Tie) -> float:
    """How many times one is the other: what is implied and what is given."""
    if tie.given is None:
        return 1.0
    small, large = sorted((abs(tie.implied.middle), abs(tie.given.middle)))
    return large / small if small else math.inf


def _sure(members: Sequence[View]) -> bool:
    return math.prod(view.claim.confidence for view in members) >= _LEAST_SURE and trusted(members, apart=0.0)


def _key(members: Iterable[View]) -> Key:
    return frozenset((view.scope, view.base, view.value, view.origin) for view in members)


def _finding(
    tie: Tie, slipped: Sequence[Slip], around: Neighbours, lattice: Lattice, counted: Mapping[str, int], *, holds: bool
) -> Finding:
    relation: Relation = "arithmetic_agreement" if holds else "arithmetic_conflict"
    offered = [] if holds else _with_slips(_reasons(tie, around, lattice), slipped)
    ids = tuple([view.claim.id for view in tie.members])
    heard = tuple([counted[each] for each in ids])
    gap = 0.0 if holds else shortfall(tie)
    sure = min(view.claim.confidence for view in tie.members)
    return finding(
        relation,
        ids,
        reasons=tuple([each.reason for each in offered]),
        gap=gap,
        severity=severity(relation, gap=gap, voices=heard, confidence=sure, named=_named(tie.members)),
        implied=() if tie.form in _LOOSE else (_implied(tie, lattice),),
        explanation=_explanation(tie, relation, lattice) + telling.because(_slips_first(offered), clause="may_be"),
        voices=heard,
    )


def _with_slips(offered: Sequence[reasons.Offered], slipped: Sequence[Slip]) -> list[reasons.Offered]:
    """Reasons by their tests, and slips that would make the figures add up; each code once."""
    codes = {each.reason.code for each in offered}
    found = list(offered)
    for slip in slipped:
        if slip.code not in codes:
            codes.add(slip.code)
            found.append(reasons.named(slip.code, Evidence(slip.first, slip.second)))
    return found


_SLIPS = ("scale_slip", "sign_flip", "to_v_by", "wrong_base", "percent_v_points", "swapped_cells", "share_v_growth")


def _slips_first(offered: Sequence[reasons.Offered]) -> list[reasons.Offered]:
    """A slip that makes the figures add up is told before reasons that only may."""
    return sorted(offered, key=lambda each: each.reason.code not in _SLIPS)[:2]


def _system_finding(conflict: Conflict, lattice: Lattice, counted: Mapping[str, int]) -> Finding:
    """The finding for figures of one voice that cannot all hold."""
    members, known = conflict.members, lattice.known
    words = explain.wording()
    figures = "; ".join(f"{explain.subject(view, known)}, {explain.figure(view)}" for view in members)
    text = explain.sentence(words["relation"]["system"], who_a=explain.who(members[0], known), figures=figures)
    system = System(members, lattice)
    offered = _with_slips([], slips(members, system.holds))
    levels = [view for view in members if view.kind == "level"]
    implied: tuple[Implied, ...] = ()
    apart, beside_others = 0.0, conflict.implied
    if levels and beside_others is not None:
        last, would_be = levels[-1], explain.native(beside_others, levels[-1])
        subject = explain.subject(last, known)
        implied = (Implied(what=subject, low=finite(would_be.low), high=finite(would_be.high), unit=last.claim.unit),)
        text += words["clause"]["beside"].format(rest=subject, implied=explain.about(would_be, last.claim.unit))
        apart = relative_gap(beside_others, last.figure)
    if conflict.given_up is not None:
        gone = conflict.given_up
        named = f"{explain.figure(gone)} for {explain.subject(gone, known)}"
        text += words["clause"]["give_up"].format(figure=named)
    heard = tuple(counted[view.id] for view in members)
    sure = min(view.claim.confidence for view in members)
    return finding(
        "arithmetic_conflict",
        tuple([view.id for view in members]),
        reasons=tuple([each.reason for each in offered]),
        gap=apart,
        severity=severity("arithmetic_conflict", gap=apart, voices=heard, confidence=sure, named=_named(members)),
        implied=implied,
        explanation=text + telling.because(offered, clause="may_be"),
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
    return implied(what, finite(low), finite(high), unit_of.claim.unit)


def _base(tie: Tie) -> str:
    base = tie.members[0].base
    return explain.period(base) if base else "the earlier period"


def _explanation(tie: Tie, relation: Relation, lattice: Lattice) -> str:
    """The figures of a tie and what they make of one another, in a sentence of its form."""
    match tie.form:
        case "rate_of_others":
            return _rate_of_others(tie, relation, lattice.known)
        case "rate_and_level" | "rate_and_levels" | "rate_and_shares":
            return _rate_and_levels(tie, relation, lattice.known)
        case "rank_and_levels":
            return _rank_and_levels(tie, lattice.known)
        case _:
            return _sum(tie, relation, lattice.known)


def _rate_of_others(tie: Tie, relation: Relation, known: Taxonomy) -> str:
    words = explain.wording()
    rate, level, base = tie.members
    return explain.sentence(
        words["relation"][tie.form],
        who_c=explain.who(rate, known),
        said_c=explain.said(rate, known),
        who_a=explain.who(level, known),
        gives=explain.verb("gives", level, known),
        figure_a=explain.figure(level),
        figure_b=explain.figure(base),
        rate=explain.rounded_change(_worked_out(tie)),
        fit=words["made"][relation],
    )


def _rate_and_levels(tie: Tie, relation: Relation, known: Taxonomy) -> str:
    words = explain.wording()
    rate, level, last = tie.members[0], tie.members[1], tie.members[-1]
    return explain.sentence(
        words["relation"]["rate_and_level" if tie.form == "rate_and_level" else "rate_and_levels"],
        who_a=explain.who(level, known),
        said_a=explain.said(level, known),
        rate=explain.change(rate),
        implied=explain.about(explain.native(tie.implied, level), level.claim.unit, beside=last),
        base=_base(tie),
        who_b=explain.other(last, level, known),
        gives=explain.verb("gives", last, known),
        figure_b=explain.figure(last),
        fit=words["fit"][relation],
    )


def _rank_and_levels(tie: Tie, known: Taxonomy) -> str:
    first, second, rank = tie.members[0], tie.members[1], tie.members[-1]
    return explain.sentence(
        explain.wording()["relation"][tie.form],
        who_c=explain.who(rank, known),
        ranks=explain.verb("ranks", rank, known),
        area_a=explain.area(first, known),
        area_b=explain.area(second, known),
        field=explain.field(rank, known),
        figure_a=explain.figure(first),
        figure_b=explain.figure(second),
    )


def _sum(tie: Tie, relation: Relation, known: Taxonomy) -> str:
    """Of gaps, shares, multiples, parts and totals: what the others make of the last figure, and what it is."""
    words = explain.wording()
    last = tie.members[-1]
    return explain.sentence(
        words["relation"][tie.form],
        who_a=explain.who(last, known),
        subject_a=explain.subject(last, known),
        subject_c=explain.own(explain.subject(last, known), last, known),
        field=explain.field(last, known),
        figure_a=explain.figure(tie.members[0]),
        figure_b=explain.figure(tie.members[1]),
        implied=explain.about(explain.native(tie.implied, last), last.claim.unit, beside=last),
        who_c=explain.who(last, known),
        gives=explain.verb("gives", last, known),
        figure_c=explain.figure(last),
        fit=words["fit"][relation],
    )


def _reasons(tie: Tie, around: Neighbours, lattice: Lattice) -> list[reasons.Offered]:
    """Reasons for a conflict: the last figure, or for a rate the rate itself, against what the others make of it."""
    rate = tie.members[0]
    if tie.form in _LOOSE:
        return []
    if tie.form.startswith("rate") and tie.given is not None and tie.given.low > 0:
        stated, worked_out = rate, _worked_out(tie)
    else:
        stated = tie.members[-1]
        worked_out = stated._replace(figure=tie.implied, value=tie.implied.middle)
    scopes = compare(stated, worked_out, lattice)
    return reasons.offer(Case("arithmetic_conflict", stated, worked_out, scopes, lattice, around))


def _worked_out(tie: Tie) -> View:
    """The rate of a tie as its levels have it."""
    rate, level, base = tie.members[0], tie.members[1].figure, tie.members[2].figure
    ends = Interval((level.low / base.high - 1) * 100, (level.high / base.low - 1) * 100)
    return rate._replace(figure=ends, value=ends.middle)


def _named(members: Iterable[View]) -> bool:
    return all(view.source is not None for view in members)
