"""Predictions against gold: which claims were found, which slots are right, which conflicts were seen.

A gold claim is found when a predicted number span overlaps its own, one to one. Optional claims count neither when
missed nor when found. A required conflict is a gold pair (or larger set) whose accepted relations are all conflicts; it
is found when a finding over the same claims has an accepted relation and names at least the slots that gold asks for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from extractor.errors import InputError
from extractor.model import Article, Claim
from reconcile.model import FLAGS
from service.answers import SLOTS, wrong_slots
from service.gold import Gold, GoldArticle, GoldClaim, GoldPair, load_gold
from service.outputs import read_articles_written, read_claims

Place = tuple[str, int]
"""A gold claim: its article and where its quote starts."""


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
    relations: dict[str, PRF] = field(default_factory=dict)
    errors: list[ArticleErrors] = field(default_factory=list)
    pair_errors: list[PairError] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    """Gold articles that the run did not read; their claims count as missed."""

    def figures(self) -> dict[str, float]:
        """Every figure that a threshold may name, in percent."""
        return {
            "claims": self.claims.f1,
            "exact": self.exact.f1,
            **{slot: share.percent for slot, share in self.slots.items()},
            "entirely": self.entirely.percent,
            "published": self.published.percent,
            "conflicts": self.conflicts.f1,
            **{name: prf.f1 for name, prf in sorted(self.relations.items())},
        }

    def below(self, thresholds: Mapping[str, float]) -> list[str]:
        """One line for each figure under its threshold."""
        figures = self.figures()
        unknown = sorted(set(thresholds) - set(figures))
        if unknown:
            raise InputError(f"no such figure: {unknown[0]!r}; there are {', '.join(figures)}")
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
            "relations": {name: _prf_json(prf) for name, prf in sorted(self.relations.items())},
            "absent": self.absent,
        }


def read_thresholds(given: Sequence[str]) -> dict[str, float]:
    """`["claims=95", "period=90"]` as a mapping."""
    thresholds: dict[str, float] = {}
    for entry in given:
        name, _, least = entry.partition("=")
        try:
            thresholds[name.strip()] = float(least)
        except ValueError as error:
            raise InputError(f"{entry!r} is no threshold; write SLOT=PERCENT, such as period=90") from error
    return thresholds


def score_run(gold_folder: Path, run: Path, *, split: str | None = None) -> Scores:
    """The scores of a folder that `batch` or `extract` wrote; without findings.jsonl, no relations are scored."""
    gold = load_gold(gold_folder)
    articles = read_articles_written(run / "articles.jsonl")
    findings = run / "findings.jsonl"
    return score(
        gold if split is None else half_of(gold, split),
        articles,
        read_claims(run / "claims.jsonl"),
        [orjson.loads(line) for line in findings.read_bytes().splitlines()] if findings.exists() else None,
    )


def half_of(gold: Gold, split: str) -> Gold:
    """The articles of one half, and the pairs that lie in it."""
    articles = {name: article for name, article in gold.articles.items() if article.article.split == split}
    pairs = [pair for pair in gold.pairs if all(article in articles for article, _ in pair.claims)]
    return Gold(articles=articles, pairs=pairs)


def score(
    gold: Gold, articles: Sequence[Article], claims: Sequence[Claim], findings: Sequence[Mapping[str, Any]] | None
) -> Scores:
    """The scores of some claims and findings (as in `findings.jsonl`) against gold."""
    scores = Scores()
    texts = {article.id: article.text for article in articles}
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    places: dict[str, Place] = {}
    for article_id, gold_article in sorted(gold.articles.items()):
        if article_id not in texts:
            scores.absent.append(article_id)
        else:
            _check_quotes(gold_article, texts[article_id])
        _score_article(scores, gold_article, by_article[article_id], texts.get(article_id, ""), places)
    if findings is not None:
        _score_relations(scores, gold, {claim.id: claim for claim in claims}, findings, places)
    return scores


def _check_quotes(gold: GoldArticle, text: str) -> None:
    for index, claim in enumerate(gold.claims):
        found = text[claim.start : claim.end]
        if found != claim.quote:
            raise InputError(
                f"the article as read has {found!r} at {claim.start}, the gold says {claim.quote!r}",
                path=f"{gold.id}.json",
                field=f"claims[{index}].quote",
            )


def match(gold: Sequence[GoldClaim], claims: Sequence[Claim]) -> list[tuple[GoldClaim, Claim]]:
    """Pairs of gold and predicted claims whose spans overlap, one to one, the largest overlaps first."""
    candidates = sorted(
        (-_overlap(wanted, claim), wanted.optional, wanted.start, claim.start, position, index)
        for position, wanted in enumerate(gold)
        for index, claim in enumerate(claims)
        if _overlap(wanted, claim) > 0
    )
    taken_gold: set[int] = set()
    taken_claims: set[int] = set()
    pairs: list[tuple[GoldClaim, Claim]] = []
    for *_, position, index in candidates:
        if position not in taken_gold and index not in taken_claims:
            taken_gold.add(position)
            taken_claims.add(index)
            pairs.append((gold[position], claims[index]))
    return sorted(pairs, key=lambda pair: pair[0].start)


def _overlap(gold: GoldClaim, claim: Claim) -> int:
    return min(gold.end, claim.end) - max(gold.start, claim.start)


def _score_article(scores: Scores, gold: GoldArticle, claims: list[Claim], text: str, places: dict[str, Place]) -> None:
    pairs = match(gold.claims, claims)
    places.update({claim.id: (gold.id, wanted.start) for wanted, claim in pairs})
    found = [Found(wanted, claim, wrong_slots(claim, wanted)) for wanted, claim in pairs if not wanted.optional]
    found_starts = {pair.gold.start for pair in found}
    claimed = {claim.id for _, claim in pairs}
    missed = [wanted for wanted in gold.claims if not wanted.optional and wanted.start not in found_starts]
    spurious = [claim for claim in claims if claim.id not in claimed]
    scores.claims += PRF(len(found), len(spurious), len(missed))
    exact = sum((pair.gold.start, pair.gold.end) == (pair.claim.start, pair.claim.end) for pair in found)
    inexact = len(found) - exact
    scores.exact += PRF(exact, len(spurious) + inexact, len(missed) + inexact)
    for pair in found:
        _score_slots(scores, pair)
    for wanted in (*missed, *(pair.gold for pair in found)):
        _score_kind(scores, wanted.kind[0], Share(wanted.start in found_starts, 1), Share())
    _score_published(scores, gold, claims)
    subject = gold.article.subject or gold.article.story or "no subject"
    before = scores.subjects.get(subject, (PRF(), Share()))
    right = sum(not pair.wrong for pair in found)
    scores.subjects[subject] = (
        before[0] + PRF(len(found), len(spurious), len(missed)),
        before[1] + Share(right, len(found)),
    )
    wrong = [pair for pair in found if pair.wrong]
    if missed or spurious or wrong:
        scores.errors.append(ArticleErrors(gold.id, text, missed, spurious, wrong))


def _score_slots(scores: Scores, pair: Found) -> None:
    for slot in SLOTS:
        scores.slots[slot] += Share(slot not in pair.wrong, 1)
    entirely = Share(not pair.wrong, 1)
    scores.entirely += entirely
    _score_kind(scores, pair.gold.kind[0], Share(), entirely)


def _score_kind(scores: Scores, kind: str, found: Share, entirely: Share) -> None:
    before = scores.kinds.get(kind, (Share(), Share()))
    scores.kinds[kind] = (before[0] + found, before[1] + entirely)


def _score_published(scores: Scores, gold: GoldArticle, claims: Sequence[Claim]) -> None:
    """The publication date that the claims carry: the known one, or one between the accepted ends."""
    known, ends = gold.article.published, gold.article.published_accept
    if claims and (known is not None or ends):
        day = claims[0].published
        between = day is not None and len(ends) == 2 and ends[0] <= day < ends[1]
        scores.published += Share(day is not None and (day == known or between), 1)


class _Said(NamedTuple):
    """A relation that the run stated of gold claims."""

    relation: str
    explained_by: frozenset[str]
    explanation: str


def _score_relations(
    scores: Scores,
    gold: Gold,
    claims: Mapping[str, Claim],
    findings: Sequence[Mapping[str, Any]],
    places: Mapping[str, Place],
) -> None:
    """Conflicts over all claims of the gold articles; every other relation over the listed pairs."""
    said: dict[frozenset[Place], list[_Said]] = defaultdict(list)
    for finding in findings:
        members = [claims[name] for name in finding["claims"] if name in claims]
        if any(claim.article not in gold.articles for claim in members):
            continue
        # A claim that gold does not have keeps its own place: a flag over it is a false one.
        key = frozenset(places.get(claim.id, (claim.article, -1 - claim.start)) for claim in members)
        explained = frozenset(finding.get("explained_by") or ())
        said[key].append(_Said(finding["relation"], explained, finding.get("explanation", "")))
    quotes = {place: claims[name].quote for name, place in places.items()}
    listed = {frozenset(pair.claims): pair for pair in gold.pairs}
    for key, pair in listed.items():
        _score_listed(scores, pair, said.get(key, []), quotes)
    for key, statements in said.items():
        flags = [statement for statement in statements if statement.relation in FLAGS]
        if key not in listed and flags:
            scores.conflicts += PRF(false=1)
            scores.relations[flags[0].relation] = scores.relations.get(flags[0].relation, PRF()) + PRF(false=1)
            scores.pair_errors.append(_pair_error("false conflict", key, quotes, flags, "nothing"))


def _score_listed(scores: Scores, pair: GoldPair, said: list[_Said], quotes: Mapping[Place, str]) -> None:
    required = all(relation in FLAGS for relation in pair.relation)
    flags = [statement for statement in said if statement.relation in FLAGS]
    accepted = [statement for statement in flags if statement.relation in pair.relation]
    explained = [statement for statement in accepted if set(pair.explained_by) <= statement.explained_by]
    problem = ""
    if required:
        scores.conflicts += PRF(bool(explained), bool(flags) and not explained, not explained)
        problem = "" if explained else "conflict not explained" if accepted else "missed conflict"
    elif len(accepted) < len(flags):
        scores.conflicts += PRF(false=1)
        problem = "false conflict"
    problem = _score_every_relation(scores, pair, said) or problem
    if problem:
        expected = " or ".join(pair.relation) + _by(frozenset(pair.explained_by))
        scores.pair_errors.append(_pair_error(problem, frozenset(pair.claims), quotes, said, expected))


def _score_every_relation(scores: Scores, pair: GoldPair, said: list[_Said]) -> str:
    """Counts each relation stated of a listed pair; returns what is wrong in words, or nothing."""
    problem = ""
    right = [statement.relation for statement in said if statement.relation in pair.relation]
    for relation in sorted({statement.relation for statement in said}):
        hit = relation in pair.relation
        optional = hit and "none" in pair.relation
        if not optional:
            scores.relations[relation] = scores.relations.get(relation, PRF()) + PRF(hit, not hit)
        problem = problem if hit else "wrong relation"
    if not right and "none" not in pair.relation:
        first = pair.relation[0]
        scores.relations[first] = scores.relations.get(first, PRF()) + PRF(missed=1)
        problem = problem or "missed relation"
    return problem


def _pair_error(
    problem: str, key: frozenset[Place], quotes: Mapping[Place, str], said: Sequence[_Said], expected: str
) -> PairError:
    members = [_member(place, quotes) for place in sorted(key)]
    statements = "; ".join(f"{one.relation}{_by(one.explained_by)}: {one.explanation}".rstrip(": ") for one in said)
    return PairError(problem, members, statements or "nothing", expected)


def _member(place: Place, quotes: Mapping[Place, str]) -> str:
    article, start = place
    return f"{article}:{start if start >= 0 else -1 - start} {quotes.get(place, '(no gold claim found here)')}"


def _by(slots: frozenset[str]) -> str:
    return f" by {', '.join(sorted(slots))}" if slots else ""


def _prf_json(prf: PRF) -> dict[str, float]:
    return {
        "precision": round(prf.precision, 2), "recall": round(prf.recall, 2), "f1": round(prf.f1, 2),
        "hits": prf.hits, "false": prf.false, "missed": prf.missed,
    }  # fmt: skip


def _share_json(share: Share) -> dict[str, float]:
    return {"percent": round(share.percent, 2), "right": share.right, "total": share.total}


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 0.0
