"""The conflict report: one self-contained page that works offline.

`render` gives the page. The rooms, from the figure to the page:

names.py      what things are called            evidence.py   figures marked in text
claims.py     a claim slot by slot              axis.py       round ticks
findings.py   a finding, a contested figure     forest.py     where things stand in the forest plot
timeline.py   figures that were revised         web.py        the claim graph around one contested figure
sums.py       sums written out                  safety.py     hostile text made harmless
view.py       the whole report as plain values  templating.py how templates become pages
lists.py      the conflicts as Markdown, CSV    plots.py      each forest plot as a picture of its own
templates/    the page, its style and its script
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from jinja2 import Environment

from extractor.model import Article, Claim
from reconcile.model import Finding
from service.report.claims import cell
from service.report.templating import REPORT, SHARED_STYLES, environment, inline
from service.report.view import Limits, Report, build

__all__ = ["Limits", "render"]


def render(
    articles: Sequence[Article],
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    *,
    skipped: Sequence[tuple[str, str]] = (),
    limits: Limits | None = None,
) -> str:
    """The conflict report of a run as one HTML page; the same input in any order gives the same page.

    `skipped` is what was left out and why, as (input, reason). `limits` says how much is shown in full.
    """
    report = build(articles, claims, findings, skipped=skipped, limits=limits)
    return _environment().get_template("report.html.jinja").render(report=report, **_totals(report), **_inline())


def _totals(report: Report) -> dict[str, int]:
    """How many findings each section holds, those included that are cut."""
    shown = len(report.conflict_checks) + len(report.agreement_checks) + len(report.implied_checks)
    return {
        "n_contests": len(report.contests) + len(report.contests_listed) + report.contests_cut,
        "n_checks": shown + len(report.checks_listed) + report.checks_cut,
        "n_quiet": sum(group.total for group in report.quiet) + len(report.others),
    }


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = environment(REPORT)
    made.globals["slot_cell"] = cell
    return made


@lru_cache(maxsize=1)
def _inline() -> dict[str, str]:
    return inline(REPORT, (*SHARED_STYLES, "report.css"), "report.js")
