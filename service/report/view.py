"""The whole report as plain values, ready for the templates: what comes first, what is expanded, what is cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.model import Article, Claim
from extractor.plurals import plural
from extractor.wording import day_words, number_of
from reconcile.model import Finding
from service.report.claims import ClaimView, article_title, view_claim
from service.report.contests import Contest, Evidence, contests, evidence_of
from service.report.evidence import Segment, paragraphs, segments
from service.report.findings import (
    ARITHMETIC,
    CONFLICTS,
    CONTESTED,
    FindingView,
    filter_keys,
    view_finding,
)
from service.report.names import product_notes
from service.report.safety import anchor, web_address
from service.report.web import web
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
    rows: int = 15_000
    """Lines of all those lists together."""
    options: int = 300
    """Choices of one filter; the commonest stay."""


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
    implied_checks: tuple[Check, ...]
    """One rate on one level: nothing to compare with, but a value that follows."""
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


class Seen(NamedTuple):
    """A run in words: what the page, the lists and the plots are made of."""

    texts: Mapping[str, Article]
    titles: Mapping[str, str]
    claims: Sequence[Claim]
    """Each once, by article and place."""
    views: Mapping[str, ClaimView]
    findings: Sequence[FindingView]
    """Each once, the most severe first."""

    @property
    def contested(self) -> list[FindingView]:
        """The findings on contested figures."""
        return [finding for finding in self.findings if finding.relation in CONTESTED]


def see(articles: Sequence[Article], claims: Sequence[Claim], findings: Sequence[Finding]) -> Seen:
    """Articles, claims and findings in words; the order of what goes in does not matter."""
    texts = {article.id: article for article in sorted(articles, key=lambda one: one.id)}
    unique = {claim.id: claim for claim in claims}.values()
    ordered = sorted(unique, key=lambda one: (one.article, one.start, one.end, one.id))
    titles = {article.id: article_title(article) for article in texts.values()}
    views = {
        claim.id: view_claim(claim, texts.get(claim.article), titles.get(claim.article, claim.article))
        for claim in ordered
    }
    single = {finding.id: finding for finding in findings}.values()
    seen = [view_finding(finding, views) for finding in sorted(single, key=lambda one: (-one.severity, one.id))]
    return Seen(texts, titles, ordered, views, seen)


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
    texts, titles, ordered, views, seen = run = see(articles, claims, findings)
    single = {finding.id: finding for finding in findings}.values()
    contested = contests(run.contested, texts)
    checks = sorted((one for one in seen if one.relation in ARITHMETIC), key=_conflict_first)
    full = [Check(check, evidence_of(check.views, texts)) for check in checks[: bounds.checks]]
    article_views = _articles(sorted(texts.values(), key=_by_date), titles, ordered, views, bounds)
    listed = contested[bounds.contests :]
    return Report(
        title="Conflict report",
        summary=summary_of(seen, len(texts), len(contested)),
        counts=_counts(texts, ordered, seen),
        contests=tuple(_with_webs(contested[: bounds.contests], single, views)),
        contests_listed=tuple(listed[: bounds.listed]),
        contests_cut=max(0, len(listed) - bounds.listed),
        conflict_checks=tuple(check for check in full if check.finding.relation == "arithmetic_conflict"),
        agreement_checks=tuple(check for check in full if _compares(check.finding)),
        implied_checks=tuple(check for check in full if _only_implies(check.finding)),
        checks_listed=tuple(checks[bounds.checks : bounds.checks + bounds.listed]),
        checks_cut=max(0, len(checks) - bounds.checks - bounds.listed),
        quiet=tuple(_quiet(relation, seen, bounds) for relation in _QUIET if any(f.relation == relation for f in seen)),
        others=tuple(one for one in seen if one.relation not in (*CONFLICTS, *ARITHMETIC, *_QUIET))[: bounds.listed],
        articles=tuple(article_views),
        articles_open=len(article_views) <= bounds.open_articles,
        products=tuple(product_notes(ordered)),
        skipped=tuple(sorted((str(what), str(why)) for what, why in skipped)),
        filters=_filters([*(one.keys for one in seen), *(one.keys for one in article_views)], bounds.options),
        meanings=tuple((relation.label.capitalize(), relation.meaning) for relation in words().relation.values()),
        views=views,
        marked=frozenset(
            claim.id for view in article_views for part in view.paragraphs for s in part for claim in s.claims
        ),
        contested=frozenset(view.claim.id for one in seen if one.relation in CONFLICTS for view in one.views),
    )


def _with_webs(
    shown: Sequence[Contest], findings: Iterable[Finding], views: Mapping[str, ClaimView]
) -> Iterator[Contest]:
    """The contested figures with their neighbourhoods in the claim graph."""
    naming: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: one.id):
        for claim in finding.claims:
            naming.setdefault(claim, []).append(finding)
    for one in shown:
        near = {finding.id: finding for view in one.views for finding in naming.get(view.claim.id, ())}
        yield one._replace(web=web(one.views, list(near.values()), views))


def _only_implies(finding: FindingView) -> bool:
    levels = sum(view.claim.kind == "level" for view in finding.views)
    return (
        finding.relation == "arithmetic_agreement" and len(finding.views) == 2 and levels == 1 and bool(finding.implied)
    )


def _compares(finding: FindingView) -> bool:
    return finding.relation == "arithmetic_agreement" and not _only_implies(finding)


def _conflict_first(finding: FindingView) -> tuple[bool, float, str]:
    return finding.relation != "arithmetic_conflict", -finding.severity, finding.id


def summary_of(findings: Sequence[FindingView], articles: int, contested: int) -> str:
    """The run in a sentence: "2 conflicts in 3 articles; the widest: …"."""
    conflicts = [finding for finding in findings if finding.relation in CONFLICTS]
    where = number_of(articles, "article")
    if not conflicts:
        return f"No conflict in {where}."
    figures = contested + sum(finding.relation == "arithmetic_conflict" for finding in conflicts)
    over = "" if figures == len(conflicts) else f" over {number_of(figures, 'figure')}"
    said = f"{number_of(len(conflicts), 'conflict')}{over} in {where}"
    unexplained = [finding for finding in conflicts if finding.relation != "apparent_conflict"]
    widest = max(unexplained or conflicts, key=lambda one: (one.gap, one.severity, one.id))
    return (
        f"{said}; the widest: {widest.topic}, {widest.figures} ({widest.gap_words})."
        if widest.gap_words
        else f"{said}."
    )


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
    rows += [(words().relation_count(relation, by_relation[relation]), by_relation[relation]) for relation in known]
    rows += [(words().relation_label(code), n) for code, n in sorted(by_relation.items()) if code not in known]
    return tuple(rows)


def _quiet(relation: str, findings: Sequence[FindingView], limits: Limits) -> QuietGroup:
    found = [finding for finding in findings if finding.relation == relation]
    meant = words().relation[relation]
    return QuietGroup(relation, meant.label, meant.meaning, tuple(found[: limits.listed]), len(found))


def _filters(keys: Iterable[Mapping[str, str]], most: int) -> tuple[Filter, ...]:
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("severity", "relation", "indicator", "product", "area", "source")
    }
    for row in keys:
        for name, joined in row.items():
            counts[name].update(part for part in joined.split("|") if part)
    grades = {grade: -least for grade, least in words().severity.items()}
    return tuple(
        Filter(
            name,
            words().slot_label(name),
            tuple(sorted(_commonest(found, most), key=lambda one: (grades.get(one, 0.0), one.casefold(), one))),
        )
        for name, found in counts.items()
        if found
    )


def _commonest(counts: Counter[str], most: int) -> list[str]:
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return ranked[:most]


# Articles ------------------------------------------------------------------------------------------------------------


def _by_date(article: Article) -> tuple[bool, str, str]:
    return article.published is None, str(article.published or ""), article.id


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
    text, rows = limits.text, limits.rows
    result: list[ArticleView] = []
    for article in articles:
        own = tuple(views[claim.id] for claim in held.get(article.id, ()))
        room = max(0, min(text, limits.article))
        view = _article(article, titles[article.id], own, room=room, most=max(0, min(rows, limits.claims)))
        text -= len(article.text) - view.cut
        rows -= len(view.views)
        result.append(view)
    return result


def _article(article: Article, title: str, own: tuple[ClaimView, ...], *, room: int, most: int) -> ArticleView:
    """The article with its first `room` characters and the first `most` of its claims."""
    end = min(len(article.text), room)
    cut = paragraphs(segments(article.text, [view.claim for view in own], end=end))
    keys = filter_keys([], own)
    return ArticleView(
        anchor=anchor("article", article.id),
        title=title,
        facts=_facts(article),
        address=web_address(article.url),
        paragraphs=tuple(tuple(paragraph) for paragraph in cut),
        cut=len(article.text) - end,
        views=own[:most],
        hidden=len(own[most:]),
        unmarked=sum(view.claim.start >= end for view in own),
        keys={name: names for name, names in keys.items() if name not in ("relation", "severity")},
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
