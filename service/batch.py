"""The main job: articles in; claims, findings, the claim graph and the conflict report out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import InputError
from extractor.model import Article, Claim
from service.engine import Outcome, extract_articles
from service.outputs import claims_csv, in_order, json_lines, staged, write_graph
from service.readers import Skip, article_files, read_articles

if TYPE_CHECKING:
    from reconcile.model import Finding

Progress = Callable[[str, int, int | None], None]
"""Hears of each step: its name, how much is done, and of how much (None where unknown)."""


class Summary(NamedTuple):
    """What a run read, found, left out and wrote."""

    articles: int
    claims: Counter[str]
    """By kind."""
    sources: int
    findings: Counter[str]
    """By relation."""
    skipped: list[Skip]
    remarks: list[Skip]
    written: list[Path]


class Extracted(NamedTuple):
    """The articles of some paths with their claims, in the order of every output."""

    articles: list[Article]
    claims: list[Claim]
    skipped: list[Skip]
    remarks: list[Skip]


def run_batch(
    paths: Iterable[Path | str], *, out: Path, workers: int = 1, on_progress: Progress | None = None
) -> Summary:
    """Runs the main job and writes its files to `out`; raises InputError where there was nothing to do."""
    report_progress = on_progress or _silent
    extracted = extract_paths(paths, ignore=(out,), workers=workers, on_progress=report_progress)
    report_progress("Comparing claims", 0, None)
    findings = _reconciled(extracted.claims)
    report_progress("Writing", 0, None)
    written = write_run(out, extracted, findings)
    return _summary(extracted, findings, written)


def write_run(out: Path, extracted: Extracted, findings: list[Finding]) -> list[Path]:
    """Writes every file of a run to `out`, all or nothing; gives their paths."""
    with staged(out) as folder:
        _write_claims(folder, extracted)
        _write_findings(folder, extracted.claims, findings)
        _write_report(folder, extracted, findings)
        names = sorted(path.name for path in folder.iterdir())
    return [out / name for name in names]


def run_extract(
    paths: Iterable[Path | str], *, out: Path, workers: int = 1, on_progress: Progress | None = None
) -> Summary:
    """Only the first half: `claims.jsonl`, `claims.csv` and `articles.jsonl`."""
    extracted = extract_paths(paths, ignore=(out,), workers=workers, on_progress=on_progress or _silent)
    with staged(out) as folder:
        _write_claims(folder, extracted)
        names = sorted(path.name for path in folder.iterdir())
    return _summary(extracted, [], [out / name for name in names])


def run_reconcile(claims: list[Claim], *, out: Path, skipped: Collection[Skip] = ()) -> Summary:
    """Only the second half, over claims from anywhere: `findings.jsonl` and `graph.graphml`."""
    claims = in_order(claims)
    findings = _reconciled(claims)
    with staged(out) as folder:
        _write_findings(folder, claims, findings)
        names = sorted(path.name for path in folder.iterdir())
    extracted = Extracted([], claims, [skip for skip in skipped if skip.lost], [s for s in skipped if not s.lost])
    summary = _summary(extracted, findings, [out / name for name in names])
    return summary._replace(articles=len({claim.article for claim in claims}))


def extract_paths(
    paths: Iterable[Path | str], *, ignore: Collection[Path] = (), workers: int = 1, on_progress: Progress | None = None
) -> Extracted:
    """Reads the articles of some paths and extracts their claims; what fails is listed, and the rest goes on."""
    report_progress = on_progress or _silent
    notices: list[Skip] = []
    files = article_files(paths, on_skip=notices.append, ignore=ignore)
    articles: list[Article] = []
    claims: list[Claim] = []
    failed = 0
    for outcome in extract_articles(read_articles(files, on_skip=notices.append), workers=workers):
        _take(outcome, articles, claims, notices)
        failed += bool(outcome.problem)
        report_progress("Reading articles", len(articles), None)
    if failed == len(articles):
        raise NothingReadError(notices)
    return Extracted(
        sorted(articles, key=lambda article: article.id),
        in_order(claims),
        [notice for notice in notices if notice.lost],
        [notice for notice in notices if not notice.lost],
    )


class NothingReadError(InputError):
    """Not one article could be read; `notices` says why, path by path."""

    def __init__(self, notices: list[Skip]) -> None:
        super().__init__("no article could be read; nothing was written")
        self.notices = notices


def _take(outcome: Outcome, articles: list[Article], claims: list[Claim], notices: list[Skip]) -> None:
    """An article whose extraction failed stays in the outputs, without claims, and is listed."""
    articles.append(outcome.article)
    claims.extend(outcome.claims)
    if outcome.problem:
        notices.append(Skip(outcome.article.id, None, outcome.problem))


def _reconciled(claims: list[Claim]) -> list[Finding]:
    from reconcile import reconcile

    return sorted(reconcile(claims), key=lambda finding: (-finding.severity, finding.id))


def _write_claims(folder: Path, extracted: Extracted) -> None:
    texts = {article.id: article.text for article in extracted.articles}
    (folder / "articles.jsonl").write_bytes(json_lines(extracted.articles))
    (folder / "claims.jsonl").write_bytes(json_lines(extracted.claims))
    (folder / "claims.csv").write_bytes(claims_csv(extracted.claims, texts))


def _write_findings(folder: Path, claims: list[Claim], findings: list[Finding]) -> None:
    from reconcile import claim_graph

    (folder / "findings.jsonl").write_bytes(json_lines(findings))
    write_graph(claim_graph(claims, findings), folder / "graph.graphml")


def _write_report(folder: Path, extracted: Extracted, findings: list[Finding]) -> None:
    from service.report import render

    html = render(
        extracted.articles,
        extracted.claims,
        findings,
        skipped=[(notice.place, notice.reason) for notice in extracted.skipped],
    )
    (folder / "report.html").write_text(html, encoding="utf-8", newline="\n")


def _summary(extracted: Extracted, findings: list[Finding], written: list[Path]) -> Summary:
    return Summary(
        articles=len(extracted.articles),
        claims=Counter(claim.kind for claim in extracted.claims),
        sources=len({claim.source.id for claim in extracted.claims if claim.source is not None}),
        findings=Counter(finding.relation for finding in findings),
        skipped=extracted.skipped,
        remarks=extracted.remarks,
        written=written,
    )


def _silent(step: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""
