"""Claims in, findings out: groups, their pairs and their arithmetic, put into words and into order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from extractor.model import Claim
from reconcile.claims.lattice import Lattice, shipped_lattice
from reconcile.claims.normalise import View, in_headline, views
from reconcile.comparison.again import again_verdicts
from reconcile.comparison.blocking import Topics, families, group_key, groups, pairs_of
from reconcile.comparison.growing import newly_grown, without_pairs
from reconcile.comparison.printed import without_settled
from reconcile.comparison.tolls import toll_verdicts
from reconcile.comparison.trust import READ_SURELY, echoes, unclear
from reconcile.comparison.verdict import Verdict
from reconcile.equations.arithmetic import arithmetic_findings, nearby_findings
from reconcile.linkage.linkage import DOUBTED, Settled, settled
from reconcile.model import FLAGS, Finding, Step, finding_id
from reconcile.reasons import reasons
from reconcile.reasons.bridge import bridge, steps
from reconcile.reasons.cases import Case, Neighbours
from reconcile.scale.beside import Beside
from reconcile.scale.copies import Copies
from reconcile.scale.crowds import by_scope, thinned
from reconcile.scale.cycles import without_cycles
from reconcile.scale.made import made
from reconcile.voices.provenance import voices
from reconcile.wording import telling
from reconcile.wording.severity import severity

_RANKS_APART = 0.1
"""How far apart two claims to one place are, which no distance between figures tells."""
_BRIDGED = ("contradiction", "apparent_conflict")


def reconcile(claims: Iterable[Claim], *, sentences: Mapping[str, str] | None = None) -> list[Finding]:
    """Every finding, most severe first. `sentences` (claim id → text) lets copied sentences count as one voice."""
    lattice = shipped_lattice()
    found: list[Finding] = []
    with without_cycles():
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
    judged = _judged(group, lattice, sentences, witnesses)
    unsure = _unsure(group, judged, lattice)
    found = [finding for each in judged for finding in each.told(unsure.doubted)]
    found += _linked(group, judged, lattice, unsure.linked)
    flagged = {frozenset(finding.claims) for finding in found if finding.is_flag}
    for each in judged:
        found.extend(arithmetic_findings(each.claims, lattice, each.counted, each.around, flagged))
    counted = {name: heard for each in judged for name, heard in each.counted.items()}
    known = {finding.id for finding in found}
    found.extend(nearby_findings(group, lattice, counted, known))
    return found


def verdicts_of(group: Sequence[View], lattice: Lattice) -> list[Verdict]:
    """What the slots of each two claims of a group say, before signs cast doubt on any of it."""
    return [verdict for each in _judged(group, lattice) for verdict in each.verdicts]


def _judged(
    group: Sequence[View],
    lattice: Lattice,
    sentences: Mapping[str, str] | None = None,
    witnesses: Sequence[View] = (),
) -> list[_Family]:
    others = families(witnesses, lattice)
    echoed = echoes(view for view in group if view.claim.confidence < READ_SURELY)
    return [
        _Family(family, lattice, sentences, others.get(key, ()), echoed)
        for key, family in families(group, lattice).items()
    ]


class _Family:
    """Claims of one family, and what the slots of each two of them say."""

    def __init__(
        self,
        claims: Sequence[View],
        lattice: Lattice,
        sentences: Mapping[str, str] | None,
        witnesses: Sequence[View] = (),
        echoed: Set[str] = frozenset(),
    ) -> None:
        """`echoed` are headline figures that the text was read to give again of something else."""
        self.claims, self.lattice = claims, lattice
        scopes = by_scope(claims)
        self.counted = voices(claims, sentences, scopes)
        self.around = Neighbours([*claims, *witnesses])
        few = thinned(claims, scopes)
        self.kept = few.kept
        doubtful, echoed = unclear(scopes.values()), echoed | echoes(claims)
        self.copies = Copies(scopes.values(), lattice)
        judge = self.copies.judge
        self.verdicts = [
            verdict
            for a, b in pairs_of(few, lattice)
            if (verdict := judge(a, b)) is not None
            and not (verdict.relation in FLAGS and (_is_silent(a, b, doubtful) or _is_echo(a, b, echoed)))
        ]
        self.verdicts = without_settled(self.verdicts, scopes)
        self.verdicts.extend(toll_verdicts(claims, lattice))
        surely = [view for view in claims if view.claim.confidence >= READ_SURELY]
        grown = newly_grown(surely, lattice, self.verdicts)
        self.verdicts = [*without_pairs(self.verdicts, grown), *grown]

    def told(self, doubted: Set[frozenset[str]] = frozenset()) -> list[Finding]:
        """The findings that the verdicts make, without the contests that are `doubted`."""
        teller = _Teller(self.lattice, self.around, Beside(self.kept), self.counted, self.copies)
        told = (each for each in self.verdicts if not (doubted and _is_doubted(each, doubted)))
        return [teller.finding(verdict) for verdict in _nested_once(told)]


def _is_silent(a: View, b: View, doubtful: Set[str]) -> bool:
    return a.id in doubtful or b.id in doubtful


def _is_echo(a: View, b: View, echoed: Set[str]) -> bool:
    """True where a headline only says again what its article says; one that sets two figures side by side says more."""
    return _is_silent(a, b, echoed) and not (a.claim.article == b.claim.article and {a.id, b.id} <= echoed)


def _is_doubted(verdict: Verdict, doubted: Set[frozenset[str]]) -> bool:
    return verdict.relation in DOUBTED and frozenset((verdict.first.id, verdict.second.id)) in doubted


def _unsure(group: Sequence[View], judged: Sequence[_Family], lattice: Lattice) -> Settled:
    """What signs make of claims that were not read beyond doubt."""
    if sum(view.claim.confidence < READ_SURELY for view in group) < 2:
        return Settled(frozenset(), [])
    spoken = [verdict for each in judged for verdict in each.verdicts]
    differing = settled(group, lattice, spoken)
    return differing._replace(linked=[*differing.linked, *again_verdicts(group, lattice, spoken)])


def _linked(
    group: Sequence[View], judged: Sequence[_Family], lattice: Lattice, verdicts: Sequence[Verdict]
) -> list[Finding]:
    """What claims of a whole group say of each other whose slots alone do not tell that they are of one thing."""
    if not verdicts:
        return []
    counted = {name: heard for each in judged for name, heard in each.counted.items()}
    beside = Beside(view for each in judged for view in each.kept)
    # A teller of its own: slots of a linked claim may be another article's reading of its figure.
    teller = _Teller(lattice, Neighbours(group), beside, counted)
    return [teller.finding(verdict) for verdict in verdicts]


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
    return sorted(each_once(findings), key=lambda finding: (-finding.severity, finding.id))


def each_once(findings: Iterable[Finding]) -> list[Finding]:
    """One finding of each id."""
    return list({finding.id: finding for finding in findings}.values())


class _Wording:
    """Puts verdicts into words; copies of two figures are told of in the same words, which are found once."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self._told: dict[object, str] = {}
        self._shapes: dict[tuple[object, ...], int] = {}
        self._shape_of: dict[str, int] = {}

    def explanation(self, verdict: Verdict, offered: Sequence[reasons.Offered]) -> str:
        """What telling.py says of a verdict."""
        of_first = telling.is_of_first_alone(verdict)
        key = (verdict.relation, self._shape(verdict.first)) if of_first else self._key(verdict, offered)
        told = self._told.get(key)
        if told is None:
            told = self._told[key] = telling.explanation(verdict, offered, self.lattice)
        return told

    def _key(self, verdict: Verdict, offered: Sequence[reasons.Offered]) -> object:
        first, second = verdict.first, verdict.second
        return (
            verdict.relation,
            verdict.scopes,
            verdict.explained_by,
            verdict.gap,
            first.claim.article == second.claim.article,
            self._shape(first),
            self._shape(second),
            tuple([(each.reason.code, each.clause, each.slot) for each in offered]),
        )

    def _shape(self, view: View) -> int:
        """A number for all of a claim that its sentence may depend on."""
        name = view.claim.id
        shape = self._shape_of.get(name)
        if shape is None:
            shape = self._shape_of[name] = self._shapes.setdefault(_as_told(view), len(self._shapes))
        return shape


def _as_told(view: View) -> tuple[object, ...]:
    """All of a claim that its sentence may depend on: everything but who prints it, and where."""
    claim = view.claim
    source, area, indicator = claim.source, claim.area, claim.indicator
    return (
        view[1:13],
        view.source,
        view.status,
        claim.quote,
        claim.value,
        claim.modifier,
        claim.unit,
        claim.low,
        claim.high,
        source and (source.id, source.text, source.kind),
        area and (area.id, area.text),
        indicator and (indicator.id, indicator.text),
        in_headline(view),
    )


class _Teller:
    """Makes findings of the verdicts on one group."""

    def __init__(
        self,
        lattice: Lattice,
        around: Neighbours,
        beside: Beside,
        counted: Mapping[str, int],
        copies: Copies | None = None,
    ) -> None:
        self.lattice, self.around, self.beside, self.counted = lattice, around, beside, counted
        self._wording, self._copies = _Wording(lattice), copies
        self._alike: dict[object, dict[str, Any]] = {}

    def finding(self, verdict: Verdict) -> Finding:
        """The finding that a verdict makes."""
        ids = (verdict.first.claim.id, verdict.second.claim.id)
        heard = (self.counted[ids[0]], self.counted[ids[1]])
        key = self._key(verdict, heard)
        told = None if key is None else self._alike.get(key)
        if told is None:
            told = self._told(verdict, heard)
            if key is not None:
                self._alike[key] = told
        return made(Finding, {"id": finding_id(verdict.relation, ids), "claims": ids, **told})

    def _key(self, verdict: Verdict, heard: tuple[int, int]) -> object:
        """What two findings share that say the same of copies; None where the verdict is not on copies."""
        first, second = verdict.first, verdict.second
        if self._copies is None or verdict.relation in FLAGS or first.claim.article == second.claim.article:
            return None
        one, other = self._copies.shape(first), self._copies.shape(second)
        return None if one is None or other is None else (verdict.relation, one, other, heard)

    def _told(self, verdict: Verdict, heard: tuple[int, int]) -> dict[str, Any]:
        """All of a finding but its id and its claims."""
        relation, first, second = verdict.relation, verdict.first, verdict.second
        offered = self._reasons(verdict)
        implied, rest = telling.rest_of(verdict, self.lattice) if relation == "nested" else ((), "")
        crossed, crossing = self._bridge(verdict) if relation in _BRIDGED else ((), "")
        return {
            "relation": relation,
            "explained_by": verdict.explained_by,
            "reasons": tuple([each.reason for each in offered]),
            "gap": round(verdict.gap, 6),
            "severity": severity(
                relation,
                gap=_RANKS_APART if first.kind == "rank" else verdict.gap,
                voices=heard,
                confidence=verdict.chance * min(first.claim.confidence, second.claim.confidence),
                named=first.source is not None and second.source is not None,
            ),
            "implied": implied,
            "explanation": self._explanation(verdict, offered) + rest + crossing,
            "review": None,
            "voices": heard,
            "checks_not_made": telling.not_checked(verdict),
            "bridge": crossed,
        }

    def _explanation(self, verdict: Verdict, offered: Sequence[reasons.Offered]) -> str:
        """The words for a verdict; only what copies say is likely to be said again."""
        if self._copies is None or self._copies.shape(verdict.first) is None:
            return telling.explanation(verdict, offered, self.lattice)
        return self._wording.explanation(verdict, offered)

    def _reasons(self, verdict: Verdict) -> Sequence[reasons.Offered]:
        if verdict.relation not in FLAGS and verdict.relation != "agreement":
            return ()
        return reasons.offer(
            Case(verdict.relation, verdict.first, verdict.second, verdict.scopes, self.lattice, self.around)
        )

    def _bridge(self, verdict: Verdict) -> tuple[tuple[Step, ...], str]:
        """What is known of the difference, as steps and in words."""
        first, second = verdict.first, verdict.second
        found = bridge(first, second, self.beside.parts(first, second), self.lattice)
        return (steps(found, self.lattice), telling.crossing(found, self.lattice)) if found else ((), "")
