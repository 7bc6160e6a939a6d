"""The conflicts of a run as lists to pass on: Markdown to read and paste, CSV to sort in a spreadsheet.

Both say what the report says, in its order. Article text is hostile input here, too: the Markdown holds no markup but
ours, and no cell of the table runs as a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.model import Article, Claim
from reconcile.model import Finding
from service.report.claims import ClaimView, SlotRow, cell
from service.report.contests import Contest, Evidence, contests, evidence_of
from service.report.evidence import passages
from service.report.findings import CONFLICTS, FindingView, ReasonView, ValueView
from service.report.safety import visible
from service.report.view import Seen, see, summary_of
from service.writing.outputs import cell as table_cell

_SIDE = ("figure", "words_allow", "source", "status", "article", "published", "sentence")
CSV_COLUMNS = (
    "id", "relation", "severity", "gap", "about", "figures",
    *(f"first_{name}" for name in _SIDE), *(f"second_{name}" for name in _SIDE), "others",
    "explained_by", "reasons", "implied", "bridge", "checks_not_made", "explanation",
    "decision", "note", "decided_by", "decided_at", "claims",
)  # fmt: skip
_MOST_QUOTES = 6
_MOST_REASONS = 8
_MARKUP = re.compile(r"([\\`*_\[\]<>|~#&$])")
_LINK = re.compile(r"\b([a-z][a-z0-9+.-]*)(?=://)|\b(www)(?=\.)", re.IGNORECASE)
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")


# CSV -----------------------------------------------------------------------------------------------------------------


def conflicts_csv(articles: Sequence[Article], claims: Sequence[Claim], findings: Sequence[Finding]) -> bytes:
    """One row a conflict, the most severe first, in a table that spreadsheet programs open well."""
    run = see(articles, claims, findings)
    given = {finding.id: finding for finding in findings}
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(CSV_COLUMNS)
    for view in run.findings:
        if view.relation in CONFLICTS:
            row = _row(view, given[view.id], run)
            writer.writerow([table_cell(row.get(column)) for column in CSV_COLUMNS])
    return table.getvalue().encode("utf-8-sig", errors="replace")


def _row(view: FindingView, finding: Finding, run: Seen) -> dict[str, object]:
    review = finding.review
    sides = [_side(one, run) for one in view.views]
    first, second = (*sides, {}, {})[:2]
    return {
        "id": view.id,
        "relation": finding.relation,
        "severity": finding.severity,
        "gap": finding.gap,
        "about": view.topic,
        "figures": view.figures,
        **{f"first_{name}": value for name, value in first.items()},
        **{f"second_{name}": value for name, value in second.items()},
        "others": "; ".join(f"{one.figure} ({one.label}, {one.where})" for one in view.views[2:]),
        "explained_by": "; ".join(finding.explained_by),
        "reasons": "; ".join(_reason(reason) for reason in view.reasons),
        "implied": "; ".join(_value(value) for value in view.implied),
        "bridge": "; ".join(_value(value) for value in view.bridge),
        "checks_not_made": "; ".join(view.checks_not_made),
        "explanation": view.explanation,
        "decision": review.decision if review else None,
        "note": review.note if review else None,
        "decided_by": review.by if review else None,
        "decided_at": review.at.isoformat() if review and review.at else None,
        "claims": "; ".join(finding.claims),
    }


def _side(view: ClaimView, run: Seen) -> dict[str, object]:
    article = run.texts.get(view.claim.article)
    found = passages(article, [view.claim]) if article is not None else []
    return {
        "figure": view.figure,
        "words_allow": view.interval,
        "source": cell(view, "source").text,
        "status": view.status,
        "article": view.publisher,
        "published": view.claim.published,
        "sentence": "".join(piece.text for piece in found[0].segments) if found else "",
    }


# Markdown ------------------------------------------------------------------------------------------------------------


def conflicts_markdown(articles: Sequence[Article], claims: Sequence[Claim], findings: Sequence[Finding]) -> str:
    """The conflicts as a Markdown document: contested figures, then sums that do not add up, the most severe first."""
    run = see(articles, claims, findings)
    contested = contests(run.contested, run.texts)
    sums = [finding for finding in run.findings if finding.relation == "arithmetic_conflict"]
    lines = ["# Conflict report", "", plain(summary_of(run.findings, len(run.texts), len(contested)))]
    for number, one in enumerate(contested, start=1):
        lines += _contest(number, one)
    if sums:
        lines += ["", "## Sums that do not add up"]
    for finding in sums:
        lines += _sum(finding, evidence_of(finding.views, run.texts))
    return "\n".join(lines) + "\n"


def _contest(number: int, one: Contest) -> Iterator[str]:
    lead = one.lead
    yield from ("", f"## {number}\\. {plain(lead.topic)}: {plain(lead.figures)}?")
    yield from ("", _kicker(lead), "", plain(lead.explanation))
    yield from _table(one)
    yield from _quotes(one.evidence)
    yield from _items("What differs", (f"**{plain(row.label)}:** {_sides(row.sides)}" for row in one.differences))
    yield from _reasons(one.reasons)
    yield from _items("Taken together", (plain(_value(value)) for value in one.together))
    for bridge in one.bridges:
        yield from _items(plain(bridge.ends), (plain(_value(plank)) for plank in bridge.planks))
    yield from _items("What follows", (plain(_value(value)) for value in one.implied))
    yield from _items("Not checked", map(plain, one.checks_not_made))
    others = [f"{plain(other.label)}: {plain(other.explanation or other.headline)}" for other in one.findings[1:]]
    yield from _items("More findings on this figure", others)


def _sum(finding: FindingView, evidence: Sequence[Evidence]) -> Iterator[str]:
    yield from ("", f"### {plain(finding.topic)}", "", _kicker(finding), "")
    if finding.sum:
        yield from (f"**{plain(finding.sum)}**", "")
    yield plain(finding.explanation)
    yield from _quotes(evidence)
    yield from _reasons(finding.reasons)
    yield from _items("What follows", (plain(_value(value)) for value in (*finding.implied, *finding.bridge)))
    yield from _items("Not checked", map(plain, finding.checks_not_made))


def _kicker(finding: FindingView) -> str:
    gap = f" · {finding.gap_words}" if finding.gap_words else ""
    ruled = f" · **ruled:** {plain(finding.review)}" if finding.review else ""
    return f"**{plain(finding.label)}** · severity {finding.severity_words} ({finding.severity:.2f}){gap}{ruled}"


def _table(one: Contest) -> Iterator[str]:
    """Figures, who gave them, and every slot in which they differ."""
    always = ("source", "figure", "range", "status", "published", "article")
    rows = [row for row in one.slots if row.slot in always or row.differs]
    if not rows:
        return
    yield from ("", _line(_head(row) for row in rows), _line("---" for _ in rows))
    for index in range(len(rows[0].cells)):
        yield _line(plain(row.cells[index].text) for row in rows)
    if one.hidden:
        yield from ("", f"{one.hidden} more claims on this figure are in claims.csv.")


def _head(row: SlotRow) -> str:
    return plain(row.label) + (" (differs)" if row.differs else "")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _quotes(evidence: Sequence[Evidence]) -> Iterator[str]:
    for one in evidence[:_MOST_QUOTES]:
        words = "".join(f"**{plain(s.text)}**" if s.claims else plain(s.text, inner=True) for s in one.passage.segments)
        yield from ("", f"> {words}", ">", f"> — {plain(one.where)}")
    if len(evidence) > _MOST_QUOTES:
        more = len(evidence) - _MOST_QUOTES
        yield from ("", f"{more} more {'sentence is' if more == 1 else 'sentences are'} in the articles.")


def _sides(sides: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{plain(text)} ({plain(who)})" for text, who in sides)


def _reasons(reasons: Sequence[ReasonView]) -> Iterator[str]:
    yield from _items(
        "Why they may differ (offered, not asserted)", (plain(_reason(reason)) for reason in reasons[:_MOST_REASONS])
    )


def _reason(reason: ReasonView) -> str:
    evidence = f": {reason.evidence}" if reason.evidence else ""
    return f"{reason.sentence} ({reason.likelihood}, {100 * reason.confidence:.0f}%){evidence}"


def _value(value: ValueView) -> str:
    return f"{value.what}: {value.value}"


def _items(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield from ("", f"**{title}**", "", *lines)


def plain(text: str, *, inner: bool = False) -> str:
    """Text that Markdown shows as it is, on one line; `inner` keeps the blanks at its ends.

    No markup, no formulas between dollar signs, no address that a viewer would turn into a link.
    """
    words = re.sub(r"\s+", " ", visible(text))
    if not inner:
        words = words.strip()
    escaped = _LINK.sub(lambda found: f"{found[0]}\\", _MARKUP.sub(r"\\\1", words))
    return _LINE_START.sub(r"\1\\", escaped)
