"""The whole report as plain values, ready for the templates: what comes first, what is expanded, what is cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.model import Article, Claim
from extractor.wording import day_words, number_of, plural
from reconcile.model import Finding
from service.report.claims import ClaimView, article_title, view_claim
from service.report.evidence import Segment, paragraphs, segments
from service.report.findings import (
    ARITHMETIC,
    CONFLICTS,
    CONTESTED,
    Contest,
    Evidence,
    FindingView,
    contests,
    evidence_of,
    filter_keys,
    view_finding,
)
from service.report.names import product_notes
from service.report.safety import anchor, web_address
from service.report.words import words

_QUIET = ("nested", "agreement", "repetition")


class Limits(NamedTuple):
    """How much is expanded; what lies beyond is listed, and what is not even listed is counted."""

    contests: int = 60
    checks: int = 100
    listed: int = 2000
    """Lines of one list."""
    text: int = 3_000_000
    """Characters of article text in the whole page."""
    article: int = 100_000
    """Characters of one article's text."""
    open_articles: int = 6
    """Up to so many articles stand open."""
    claims: int = 400
    """Claims of one article in its list."""


class Check(NamedTuple):
    """A finding with its sentences: an arithmetic check."""

    finding: FindingView
    evidence: tuple[Evidence, ...]


class QuietGroup(NamedTuple):
    """Findings of one quiet relation, listed."""

    relation: str
    label: str
    meaning: str
    findings: tuple[FindingView, ...]
    total: int


class ArticleView(NamedTuple):
    """An article in full, with its claims marked."""

    anchor: str
    title: str
    facts: tuple[tuple[str, str], ...]
    address: str | None
    paragraphs: tuple[tuple[Segment, ...], ...]
    cut: int
    """Characters of the text that are left out."""
    views: tuple[ClaimView, ...]
    hidden: int
    """Claims that the list leaves out."""
    unmarked: int
    """Claims of which no place in the shown text is known."""
    keys: Mapping[str, str]


class Filter(NamedTuple):
    """A choice of the filter box."""

    name: str
    label: str
    options: tuple[str, ...]


class Report(NamedTuple):
    """Everything that the page shows, in its order."""

    title: str
    summary: str
    counts: tuple[tuple[str, int], ...]
    contests: tuple[Contest, ...]
    contests_listed: tuple[Contest, ...]
    contests_cut: int
    conflict_checks: tuple[Check, ...]
    agreement_checks: tuple[Check, ...]
    checks_listed: tuple[FindingView, ...]
    checks_cut: int
    quiet: tuple[QuietGroup, ...]
    others: tuple[FindingView, ...]
    articles: tuple[ArticleView, ...]
    articles_open: bool
    products: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    filters: tuple[Filter, ...]
    meanings: tuple[tuple[str, str], ...]
    views: Mapping[str, ClaimView]
    marked: frozenset[str]
    """Claims whose figure is marked in a text of the page."""
    contested: frozenset[str]
    """Claims of the conflict report."""


def build(
    articles: Sequence[Article],
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    *,
    skipped: Sequence[tuple[str, str]] = (),
    limits: Limits | None = None,
) -> Report:
    """The report of a run; the order of what goes in does not matter."""
    bounds = limits or Limits()
    texts = {article.id: article for article in sorted(articles, key=lambda one: one.id)}
    unique = {claim.id: claim for claim in claims}.values()
    ordered = sorted(unique, key=lambda one: (one.article, one.start, one.end, one.id))
    titles = {article.id: article_title(article) for article in texts.values()}
    views = {
        claim.id: view_claim(claim, texts.get(claim.article), titles.get(claim.article, claim.article))
        for claim in ordered
    }
    seen = [view_finding(finding, views) for finding in sorted(findings, key=lambda one: (-one.severity, one.id))]
    contested = contests([finding for finding in seen if finding.relation in CONTESTED], texts)
    checks = sorted((one for one in seen if one.relation in ARITHMETIC), key=_conflict_first)
    full = [Check(check, evidence_of(check.views, texts)) for check in checks[: bounds.checks]]
    article_views = _articles(texts.values(), titles, ordered, views, bounds)
    listed = contested[bounds.contests :]
    return Report(
        title="Conflict report",
        summary=_summary(seen, len(texts)),
        counts=_counts(texts, ordered, seen),
        contests=tuple(contested[: bounds.contests]),
        contests_listed=tuple(listed[: bounds.listed]),
        contests_cut=max(0, len(listed) - bounds.listed),
        conflict_checks=tuple(check for check in full if check.finding.relation == "arithmetic_conflict"),
        agreement_checks=tuple(check for check in full if check.finding.relation != "arithmetic_conflict"),
        checks_listed=tuple(checks[bounds.checks : bounds.checks + bounds.listed]),
        checks_cut=max(0, len(checks) - bounds.checks - bounds.listed),
        quiet=tuple(_quiet(relation, seen, bounds) for relation in _QUIET if any(f.relation == relation for f in seen)),
        others=tuple(one for one in seen if one.relation not in (*CONFLICTS, *ARITHMETIC, *_QUIET))[: bounds.listed],
        articles=tuple(article_views),
        articles_open=len(article_views) <= bounds.open_articles,
        products=tuple(product_notes(ordered)),
        skipped=tuple(sorted((str(what), str(why)) for what, why in skipped)),
        filters=_filters([*(one.keys for one in seen), *(one.keys for one in article_views)]),
        meanings=tuple((relation.label.capitalize(), relation.meaning) for relation in words().relation.values()),
        views=views,
        marked=frozenset(
            claim.id for view in article_views for part in view.paragraphs for s in part for claim in s.claims
        ),
        contested=frozenset(view.claim.id for one in seen if one.relation in CONFLICTS for view in one.views),
    )


def _conflict_first(finding: FindingView) -> tuple[bool, float, str]:
    return finding.relation != "arithmetic_conflict", -finding.severity, finding.id


def _summary(findings: Sequence[FindingView], articles: int) -> str:
    """ "2 conflicts in 3 articles; the widest: …"."""
    conflicts = [finding for finding in findings if finding.relation in CONFLICTS]
    where = number_of(articles, "article")
    if not conflicts:
        return f"No conflict in {where}."
    said = f"{number_of(len(conflicts), 'conflict')} in {where}"
    widest = max(conflicts, key=lambda one: (one.gap, one.severity, one.id))
    if widest.gap <= 0:
        return f"{said}."
    head = widest.topic
    return f"{said}; the widest: {head}, {widest.figures} ({widest.gap_words})." if widest.gap_words else f"{said}."


def _counts(
    articles: Mapping[str, Article], claims: Sequence[Claim], findings: Sequence[FindingView]
) -> tuple[tuple[str, int], ...]:
    by_relation = Counter(finding.relation for finding in findings)
    sources = {claim.source.id for claim in claims if claim.source is not None}
    rows = [
        (noun if count == 1 else plural(noun), count)
        for noun, count in (("article", len(articles)), ("claim", len(claims)), ("named source", len(sources)))
    ]
    known = [relation for relation in words().relation if by_relation[relation]]
    rows += [(words().relation_count(relation), by_relation[relation]) for relation in known]
    rows += [(words().relation_label(code), n) for code, n in sorted(by_relation.items()) if code not in known]
    return tuple(rows)


def _quiet(relation: str, findings: Sequence[FindingView], limits: Limits) -> QuietGroup:
    found = [finding for finding in findings if finding.relation == relation]
    meant = words().relation[relation]
    return QuietGroup(relation, meant.label, meant.meaning, tuple(found[: limits.listed]), len(found))


def _filters(keys: Iterable[Mapping[str, str]]) -> tuple[Filter, ...]:
    options: dict[str, set[str]] = {
        "relation": set(),
        "indicator": set(),
        "product": set(),
        "area": set(),
        "source": set(),
    }
    for row in keys:
        for name, joined in row.items():
            options[name].update(part for part in joined.split("|") if part)
    return tuple(
        Filter(name, words().slot_label(name), tuple(sorted(found, key=lambda one: (one.casefold(), one))))
        for name, found in options.items()
        if found
    )


# Articles ------------------------------------------------------------------------------------------------------------


def _articles(
    articles: Iterable[Article],
    titles: Mapping[str, str],
    claims: Sequence[Claim],
    views: Mapping[str, ClaimView],
    limits: Limits,
) -> list[ArticleView]:
    held: dict[str, list[Claim]] = {}
    for claim in claims:
        held.setdefault(claim.article, []).append(claim)
    left = limits.text
    result: list[ArticleView] = []
    for article in articles:
        room = max(0, min(left, limits.article))
        view = _article(article, titles[article.id], held.get(article.id, []), views, limits, room)
        left -= len(article.text) - view.cut
        result.append(view)
    return result


def _article(
    article: Article, title: str, claims: Sequence[Claim], views: Mapping[str, ClaimView], limits: Limits, room: int
) -> ArticleView:
    end = min(len(article.text), room)
    cut = paragraphs(segments(article.text, claims, end=end))
    own = tuple(views[claim.id] for claim in claims)
    return ArticleView(
        anchor=anchor("article", article.id),
        title=title,
        facts=_facts(article),
        address=web_address(article.url),
        paragraphs=tuple(tuple(paragraph) for paragraph in cut),
        cut=len(article.text) - end,
        views=own[: limits.claims],
        hidden=max(0, len(own) - limits.claims),
        unmarked=sum(claim.start >= end for claim in claims),
        keys={name: names for name, names in filter_keys([], own).items() if name != "relation"},
    )


def _facts(article: Article) -> tuple[tuple[str, str], ...]:
    published = day_words(article.published) or "unknown"
    if article.published is not None and article.published_inferred:
        published += " (inferred from the text)"
    rows = (
        ("Published", published),
        ("Publisher", article.publisher),
        ("Author", article.author),
        ("Address", article.url),
        ("Language", article.language),
        ("Id", article.id),
    )
    return tuple((label, value) for label, value in rows if value)
