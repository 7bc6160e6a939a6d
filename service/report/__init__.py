"""The conflict report: one self-contained page that works offline.

`render` gives the page. The rooms, from the figure to the page:

names.py      what things are called            evidence.py   figures marked in text
claims.py     a claim slot by slot              axis.py       round ticks
findings.py   a finding, a contested figure     forest.py     where things stand in the forest plot
sums.py       sums written out                  safety.py     hostile text made harmless
view.py       the whole report as plain values  templates/    the page, its style and its script
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from extractor.model import Article, Claim
from reconcile.model import Finding
from service.report.claims import cell
from service.report.safety import source_hash, visible
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
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals["slot_cell"] = cell
    return environment


def _shown(value: object) -> object:
    """Every expression of every template passes here: text gets its unseen characters written out, then is escaped."""
    return visible(value) if type(value) is str else value


@lru_cache(maxsize=1)
def _inline() -> dict[str, str]:
    """Style and script, with the hashes that alone allow them."""
    style, script = _read("report.css"), _read("report.js")
    return {
        "style": Markup(style),
        "script": Markup(script),
        "style_hash": source_hash(style),
        "script_hash": source_hash(script),
    }


def _read(name: str) -> str:
    return (files("service.report") / "templates" / name).read_text(encoding="utf-8")
