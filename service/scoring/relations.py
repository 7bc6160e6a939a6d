"""Findings against gold: conflicts over all claims of the gold articles, every other relation over the listed pairs.

A required conflict is a gold pair (or larger set) whose accepted relations are all conflicts; it is found when a
finding over the same claims has an accepted relation and names at least the slots that gold asks for. A pair of one
story that is not listed is no conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from extractor.model import Claim, Period
from reconcile.model import FLAGS
from service.scoring.board import PRF, PairError, Scores, Share
from service.scoring.gold import Gold, GoldPair

Place = tuple[str, int]
"""A gold claim: its article and where its quote starts."""
_TOLD = 3
"""So many reasons stand in a finding's sentence; further ones are no answer to why two figures differ."""
_SCOPE = ("kind", "unit", "indicator", "product", "area", "counterpart", "period", "status")


class _Said(NamedTuple):
    """A relation that the run stated of gold claims."""

    relation: str
    explained_by: frozenset[str]
    explanation: str
    reasons: tuple[str, ...] = ()
    """Codes of the reasons that a reader is told first."""


def score_relations(
    scores: Scores,
    gold: Gold,
    claims: Mapping[str, Claim],
    findings: Sequence[Mapping[str, Any]],
    places: Mapping[str, Place],
) -> None:
    """Adds conflicts over all claims of the gold articles, and every other relation over the listed pairs.

    `places` says where gold has the claim of an id; `scores` is changed in place.
    """
    said = _statements(scores, gold, claims, findings, places)
    found = {place: claims[name] for name, place in places.items()}
    listed = {frozenset(pair.claims): pair for pair in gold.pairs}
    for key, pair in listed.items():
        _score_listed(scores, pair, said.get(key, []), found)
    for key, statements in said.items():
        flags = [statement for statement in statements if statement.relation in FLAGS]
        if key not in listed and flags:
            scores.add_conflict(min(key)[0], PRF(false=1))
            scores.add_relation(min(key)[0], flags[0].relation, PRF(false=1))
            scores.pair_errors.append(_pair_error("false conflict", key, found, flags, "nothing"))


def _statements(
    scores: Scores,
    gold: Gold,
    claims: Mapping[str, Claim],
    findings: Sequence[Mapping[str, Any]],
    places: Mapping[str, Place],
) -> dict[frozenset[Place], list[_Said]]:
    """What the findings say, by the places of their claims; those between two stories are only counted.

    A relations file speaks of its own story's articles: of two stories gold says nothing. A claim that gold does not
    have keeps its own place: a flag over it is a false one.
    """
    said: dict[frozenset[Place], list[_Said]] = defaultdict(list)
    for finding in findings:
        members = [claims[name] for name in finding["claims"] if name in claims]
        if any(claim.article not in gold.articles for claim in members):
            continue
        if len({gold.articles[claim.article].article.story for claim in members}) > 1:
            scores.between_stories += finding["relation"] in FLAGS
            continue
        key = frozenset(places.get(claim.id, (claim.article, -1 - claim.start)) for claim in members)
        said[key].append(_said(finding))
    return said


def _said(finding: Mapping[str, Any]) -> _Said:
    """A finding as it is scored: its relation, and the reasons that a reader is told first."""
    codes = (reason["code"] for reason in finding.get("reasons") or ())
    told = tuple(code for code in codes if code != "our_misreading")[:_TOLD]
    explained = frozenset(finding.get("explained_by") or ())
    return _Said(finding["relation"], explained, finding.get("explanation", ""), told)


def _score_listed(scores: Scores, pair: GoldPair, said: list[_Said], found: Mapping[Place, Claim]) -> None:
    required = all(relation in FLAGS for relation in pair.relation)
    flags = [statement for statement in said if statement.relation in FLAGS]
    accepted = [statement for statement in flags if statement.relation in pair.relation]
    explained = [statement for statement in accepted if set(pair.explained_by) <= statement.explained_by]
    first, problem = min(pair.claims)[0], ""
    if required:
        scores.add_conflict(first, PRF(bool(explained), bool(flags) and not explained, not explained))
        problem = "" if explained else "conflict not explained" if accepted else "missed conflict"
        if pair.reasons and accepted:
            right = any(not set(pair.reasons).isdisjoint(statement.reasons) for statement in accepted)
            scores.reasons = Share(scores.reasons.right + right, scores.reasons.total + 1)
            problem = problem or ("" if right else "wrong reason")
    elif len(accepted) < len(flags):
        scores.add_conflict(first, PRF(false=1))
        problem = "false conflict"
    other_problem = _score_every_relation(scores, pair, said)
    problem = problem or other_problem
    if problem:
        expected = " or ".join(pair.relation) + _by(frozenset(pair.explained_by))
        expected += f" for {' or '.join(pair.reasons)}" if pair.reasons else ""
        scores.pair_errors.append(_pair_error(problem, frozenset(pair.claims), found, said, expected))


def _score_every_relation(scores: Scores, pair: GoldPair, said: list[_Said]) -> str:
    """Counts each relation stated of a listed pair; returns what is wrong in words, or nothing."""
    problem, article = "", min(pair.claims)[0]
    right = [statement.relation for statement in said if statement.relation in pair.relation]
    for relation in sorted({statement.relation for statement in said}):
        hit = relation in pair.relation
        optional = hit and "none" in pair.relation
        if not optional:
            scores.add_relation(article, relation, PRF(hit, not hit))
        problem = problem if hit else "wrong relation"
    stated = [*right, *(statement.relation for statement in said), "none"][0]
    scores.confusion[stated if stated in pair.relation else pair.relation[0], stated] += 1
    if not right and "none" not in pair.relation:
        first = pair.relation[0]
        scores.add_relation(article, first, PRF(missed=1))
        problem = problem or "missed relation"
    return problem


def _pair_error(
    problem: str, key: frozenset[Place], found: Mapping[Place, Claim], said: Sequence[_Said], expected: str
) -> PairError:
    members = [_member(place, found.get(place)) for place in sorted(key)]
    statements = "; ".join(f"{one.relation}{_by(one.explained_by)}: {one.explanation}".rstrip(": ") for one in said)
    slots = differing([found.get(place) for place in key])
    articles = frozenset(article for article, _ in key)
    return PairError(problem, members, statements or "nothing", expected, slots, articles)


def differing(claims: Sequence[Claim | None]) -> list[str]:
    """The slots in which claims differ as they were extracted: where a missed relation most likely was lost."""
    if None in claims:
        return ["a claim was not found"]
    return [slot for slot in _SCOPE if len({_key(getattr(claim, slot)) for claim in claims}) > 1]


def _key(value: Any) -> Any:
    if isinstance(value, Period):
        return value.start, value.end
    return getattr(value, "id", value)


def _member(place: Place, claim: Claim | None) -> str:
    article, start = place
    quote = claim.quote if claim is not None else "(no gold claim found here)"
    return f"{article}:{start if start >= 0 else -1 - start} {quote}"


def _by(slots: frozenset[str]) -> str:
    return f" by {', '.join(sorted(slots))}" if slots else ""
