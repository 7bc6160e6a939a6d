"""Claims in, findings out: groups, their pairs and their arithmetic, put into words and into order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractor.model import Claim, stable_id
from reconcile import reasons, telling
from reconcile.arithmetic import arithmetic_findings
from reconcile.beside import Beside
from reconcile.blocking import Topics, group_key, groups, pairs_of
from reconcile.bridge import bridge, steps
from reconcile.checks import Case, Neighbours
from reconcile.crowds import by_scope, thinned
from reconcile.lattice import Lattice, shipped_lattice
from reconcile.model import FLAGS, Finding
from reconcile.normalise import View, in_headline, views
from reconcile.pairs import Verdict, judge, unclear
from reconcile.provenance import voices
from reconcile.severity import WEIGHT, severity
from reconcile.tolls import toll_verdicts

_RANKS_APART = 0.1
"""How far apart two claims to one place are, which no distance between figures tells."""
_BRIDGED = ("contradiction", "apparent_conflict")


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
    lattice, topics = shipped_lattice(), Topics()
    added, gone = views(new_claims), set(removed)
    gone |= {view.id for view in added}
    held = [(topics.group(claim), claim) for claim in claims]
    touched = {group_key(view, lattice) for view in added}
    touched |= {group for group, claim in held if claim.id in gone}
    affected = {claim.id: claim for group, claim in held if group in touched}
    kept = [finding for finding in findings if affected.keys().isdisjoint(finding.claims)]
    after = views(claim for name, claim in affected.items() if name not in gone) + added
    after.sort(key=lambda view: view.place)
    for group in groups(after, lattice).values():
        kept.extend(group_findings(group, lattice, sentences))
    return in_order(kept)


def group_findings(
    group: Sequence[View],
    lattice: Lattice,
    sentences: Mapping[str, str] | None = None,
    *,
    witnesses: Sequence[View] = (),
) -> list[Finding]:
    """What the claims of one group say of each other: one independent unit of work.

    `witnesses` are further claims of the group that reasons may point to, and of which nothing is said.
    """
    scopes = by_scope(group)
    counted, around, doubtful, few = (
        voices(group, sentences, scopes),
        Neighbours([*group, *witnesses]),
        unclear(scopes.values()),
        thinned(group, scopes),
    )
    verdicts = [
        verdict
        for a, b in pairs_of(few, lattice)
        if (verdict := judge(a, b, lattice)) is not None and not (verdict.relation in FLAGS and {a.id, b.id} & doubtful)
    ]
    verdicts.extend(toll_verdicts(group, lattice))
    wording, beside = _Wording(lattice), Beside(few.kept)
    found = [_finding(verdict, around, beside, counted, wording) for verdict in _nested_once(verdicts)]
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


class _Wording:
    """Puts verdicts into words; copies of two figures are told of in the same words, which are found once."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self._told: dict[tuple[object, ...], str] = {}

    def explanation(self, verdict: Verdict, offered: Sequence[reasons.Offered]) -> str:
        """What telling.py says of a verdict."""
        if telling.is_of_first_alone(verdict):
            key: tuple[object, ...] = (verdict.relation, verdict.first.id)
        else:
            key = self._key(verdict, offered)
        if key not in self._told:
            self._told[key] = telling.explanation(verdict, offered, self.lattice)
        return self._told[key]

    @staticmethod
    def _key(verdict: Verdict, offered: Sequence[reasons.Offered]) -> tuple[object, ...]:
        first, second = verdict.first, verdict.second
        return (
            verdict.relation,
            verdict.scopes,
            verdict.explained_by,
            verdict.gap,
            first.claim.article == second.claim.article,
            _as_told(first),
            _as_told(second),
            tuple(offered),
        )


def _as_told(view: View) -> tuple[object, ...]:
    """All of a claim that its sentence may depend on: everything but who prints it, and where."""
    claim = view.claim
    source, area, indicator = claim.source, claim.area, claim.indicator
    return (
        *view[1:4],
        view.scope,
        view.base,
        view.flipped,
        view.status,
        claim.quote,
        claim.modifier,
        claim.unit,
        claim.low,
        claim.high,
        source and (source.id, source.text, source.kind),
        area and (area.id, area.text),
        indicator and (indicator.id, indicator.text),
        in_headline(view),
    )


def _finding(
    verdict: Verdict, around: Neighbours, beside: Beside, counted: Mapping[str, int], wording: _Wording
) -> Finding:
    lattice = wording.lattice
    first, second = verdict.first, verdict.second
    is_conflict = WEIGHT[verdict.relation] >= WEIGHT["revision"]
    offered: list[reasons.Offered] = []
    if is_conflict or verdict.relation == "agreement":
        offered = reasons.offer(Case(verdict.relation, first, second, verdict.scopes, lattice, around))
    implied, rest = telling.rest_of(verdict, lattice)
    found = bridge(first, second, beside.parts(first, second), lattice) if verdict.relation in _BRIDGED else None
    crossing = telling.crossing(found, lattice) if found else ""
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
        severity=severity(
            verdict.relation,
            gap=_RANKS_APART if first.kind == "rank" else verdict.gap,
            voices=heard,
            confidence=confidence,
            named=first.source is not None and second.source is not None,
        ),
        implied=implied,
        explanation=wording.explanation(verdict, offered) + rest + crossing,
        voices=heard,
        bridge=steps(found, lattice) if found else (),
        checks_not_made=telling.not_checked(verdict) if is_conflict else (),
    )
