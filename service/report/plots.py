"""Forest plots and revisions as pictures of their own: SVG that needs nothing else, or PNG where SVG cannot go."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from extractor.errors import ClaimgraphError
from extractor.model import Article, Claim
from reconcile.model import Finding
from service.report.contests import Contest, contests
from service.report.forest import Picture
from service.report.templating import REPORT, environment, plot_style
from service.report.timeline import Timeline
from service.report.view import see

_MARGIN = 20
_LINE = 26
_HEADING_LETTERS = 72
_MOST_LINES = 3
_LEGEND_LETTER = 6.6
_LEGEND_ROW = 22
_KEY = 34
_NO_NAME = re.compile(r"[^a-z0-9]+")
_ZOOM = 2
"""Pixels of a PNG for each unit of the picture: sharp on a good screen, and on paper up to 20 cm wide."""
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'


class PlotError(ClaimgraphError):
    """A plot cannot be drawn here."""


class LegendItem(NamedTuple):
    """A key and its words, with their place."""

    x: float
    y: float
    key: str
    words: str


class Plot(NamedTuple):
    """A plot and the name of its file, without an ending."""

    name: str
    svg: str


def plots(articles: Sequence[Article], claims: Sequence[Claim], findings: Sequence[Finding]) -> Iterator[Plot]:
    """The forest plot of every contested figure that has one, and its revisions; the most severe figure first."""
    run = see(articles, claims, findings)
    for one in contests(run.contested, run.texts):
        if one.pictures:
            yield Plot(_name(one), _forest(one, one.pictures[0]))
        if one.timeline:
            yield Plot(f"{_name(one)}-revisions", _steps(one, one.timeline))


def png(svg: str) -> bytes:
    """The picture as pixels. Needs resvg-py (`pip install 'claimgraph[plots]'`) and one font on the machine."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise PlotError("PNG needs the package resvg-py: pip install 'claimgraph[plots]'; SVG needs nothing") from error
    if not _has_letters():
        raise PlotError("PNG needs a font on the machine: apt-get install fonts-dejavu-core; SVG needs nothing")
    return bytes(svg_to_bytes(svg_string=svg, zoom=_ZOOM))


@lru_cache(maxsize=1)
def _has_letters() -> bool:
    """False where the machine has no font at all: a plot without words would be worse than none."""
    from resvg_py import svg_to_bytes

    word = '<text x="2" y="15" font-family="sans-serif">5</text>'
    return bool(svg_to_bytes(svg_string=_PROBE.format(word)) != svg_to_bytes(svg_string=_PROBE.format("")))


def _name(one: Contest) -> str:
    words = _NO_NAME.sub("-", one.lead.topic.lower().replace("’s", "")).strip("-")[:60].strip("-")
    return f"{words}-{one.lead.anchor.removeprefix('finding-')}" if words else one.lead.anchor


def _forest(one: Contest, picture: Picture) -> str:
    heading = _heading(one)
    legend = _legend(picture, _top(heading) + picture.height + 20)
    return _svg(
        heading,
        "forest",
        picture,
        below=f"{one.lead.figures}?",
        title=one.lead.headline,
        width=picture.layout.width + 2 * _MARGIN,
        height=legend[-1].y + _MARGIN,
        legend=legend,
    )


def _steps(one: Contest, timeline: Timeline) -> str:
    heading = _heading(one)
    return _svg(
        heading,
        "steps-plot",
        timeline,
        below="How it was revised",
        title=f"{one.lead.topic}: how it was revised",
        width=timeline.width + 2 * _MARGIN,
        height=_top(heading) + timeline.height + _MARGIN,
        legend=[],
    )


def _heading(one: Contest) -> list[str]:
    return textwrap.wrap(one.lead.topic, _HEADING_LETTERS)[:_MOST_LINES]


def _top(heading: Sequence[str]) -> int:
    """Where the drawing begins, under its heading and the line below that."""
    return _MARGIN + _LINE * (len(heading) + 1)


def _svg(heading: Sequence[str], kind: str, drawn: Picture | Timeline, **values: object) -> str:
    frame = {"style": Markup(plot_style()), "top": _top(heading), "margin": _MARGIN, "line": _LINE}
    template = _environment().get_template("plot.svg.jinja")
    return template.render(heading=heading, kind=kind, drawn=drawn, **frame, **values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return environment(REPORT)


def _legend(picture: Picture, top: float) -> list[LegendItem]:
    """Keys one after the other, in as many lines as they need."""
    wanted = [(status, status) for status in sorted({mark.row.status for mark in picture.rows})]
    wanted.append(("bar", "what the words allow"))
    for basis in sorted({mark.row.status for mark in picture.together}):
        said = "what independent voices make of it" if basis == "point" else "how far independent voices reach"
        wanted.append((f"voices-{basis}", f"{said}, each counted once"))
    x, y = float(_MARGIN), top
    placed: list[LegendItem] = []
    for key, words in wanted:
        width = _KEY + _LEGEND_LETTER * len(words) + 22
        if placed and x + width > picture.layout.width + _MARGIN:
            x, y = float(_MARGIN), y + _LEGEND_ROW
        placed.append(LegendItem(round(x, 1), round(y, 1), key, words))
        x += width
    return placed
