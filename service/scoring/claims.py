"""Predicted claims against gold: which were found, and which of their slots are right.

A gold claim is found when a predicted number span overlaps its own, one to one. Optional claims count neither when
missed nor when found. What findings say of the claims is scored in `relations.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import orjson

from extractor.errors import InputError, UsageError
from extractor.model import Article, Claim
from service.scoring.answers import SLOTS, wrong_slots
from service.scoring.board import FIGURES, PRF, ArticleErrors, Found, Outcome, Scores, Share
from service.scoring.gold import Gold, GoldArticle, GoldClaim, load_gold
from service.scoring.relations import Place, score_relations
from service.writing.outputs import check_run, read_articles_written, read_claims


def read_thresholds(given: Sequence[str]) -> dict[str, float]:
    """`["claims=95", "period=90"]` as a mapping. Raises UsageError for what is no threshold, or of no figure."""
    thresholds: dict[str, float] = {}
    for entry in given:
        name, equals, least = entry.partition("=")
        if equals and name.strip() not in FIGURES:
            raise UsageError(f"no such figure: {name.strip()!r}; there are {', '.join(FIGURES)}")
        try:
            thresholds[name.strip()] = float(least)
        except ValueError as error:
            raise UsageError(f"{entry!r} is no threshold; write SLOT=PERCENT, such as period=90") from error
    return thresholds


def score_run(gold_folder: Path, run: Path, *, split: str | None = None, open_test: bool = False) -> Scores:
    """The scores of a folder that `batch` or `extract` wrote.

    Relations are scored where the run has findings.jsonl and the gold a folder `relations`.
    `open_test` lists the errors of the test half too, which is for looking at what it holds, never for tuning.
    """
    gold = load_gold(gold_folder)
    if split is not None:
        gold = half_of(gold, split)
        if not gold.articles:
            raise InputError(f'no gold file says "split": "{split}"', path=gold_folder)
    check_run(run)
    articles = read_articles_written(run / "articles.jsonl")
    if gold.articles.keys().isdisjoint(article.id for article in articles):
        raise InputError(f"the run holds none of the articles that {gold_folder} is of", path=run)
    findings = run / "findings.jsonl"
    judged = findings.exists() and (gold_folder / "relations").is_dir()
    return score(
        gold,
        articles,
        read_claims(run / "claims.jsonl"),
        [orjson.loads(line) for line in findings.read_bytes().splitlines()] if judged else None,
        open_test=open_test,
    )


def half_of(gold: Gold, split: str) -> Gold:
    """The articles of one half, and the pairs that lie in it."""
    articles = {name: article for name, article in gold.articles.items() if article.article.split == split}
    pairs = [pair for pair in gold.pairs if all(article in articles for article, _ in pair.claims)]
    return Gold(articles=articles, pairs=pairs)


def score(
    gold: Gold,
    articles: Sequence[Article],
    claims: Sequence[Claim],
    findings: Sequence[Mapping[str, Any]] | None,
    *,
    open_test: bool = False,
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
        score_relations(scores, gold, {claim.id: claim for claim in claims}, findings, places)
    if not open_test:
        _close(scores, {name for name, article in gold.articles.items() if article.article.split == "test"})
    return scores


def _close(scores: Scores, held_out: Set[str]) -> None:
    """Takes the errors of the test half off the lists; they stay counted."""
    scores.errors = [error for error in scores.errors if error.article not in held_out]
    scores.pair_errors = [error for error in scores.pair_errors if not error.articles & held_out]


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
    scores.outcomes.extend(_outcomes(gold.id, found, missed, spurious))
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


def _outcomes(
    article: str, found: Sequence[Found], missed: Sequence[GoldClaim], spurious: Sequence[Claim]
) -> Iterator[Outcome]:
    for gold, claim, wrong in found:
        exact = (gold.start, gold.end) == (claim.start, claim.end)
        state = "wrong" if wrong else "right"
        yield Outcome(article, gold.start, gold.quote, state, tuple(wrong), exact, claim.confidence)
    for gold in missed:
        yield Outcome(article, gold.start, gold.quote, "missed")
    for claim in spurious:
        yield Outcome(article, claim.start, claim.quote, "spurious", confidence=claim.confidence)


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
        right = day is not None and (day == known or between)
        scores.published += Share(right, 1)
        scores.dated.append((gold.id, right))
