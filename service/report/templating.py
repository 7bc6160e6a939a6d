"""The one way in which templates become pages: everything is escaped, and characters nobody can see are written out.

Report, plots, review pages and error browser take their environment, and their inline style and script, from here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from service.report.safety import source_hash, visible

REPORT = "service.report"
SHARED_STYLES = ("shared.css", "plot.css")
"""Colours, letters and drawings, which the report and the review pages have in common."""
_COLOUR = re.compile(r"--([a-z-]+):\s*([^;]+);")
_USED = re.compile(r"var\(--([a-z-]+)\)")


def environment(*packages: str) -> Environment:
    """An environment over the `templates` folders of some packages; the first that has a template gives it."""
    return Environment(
        loader=FunctionLoader(lambda name: _first(packages, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def read(package: str, name: str) -> str:
    """The text of a file in a package's `templates` folder."""
    return (files(package) / "templates" / name).read_text(encoding="utf-8")


def inline(package: str, styles: Sequence[str], script: str) -> dict[str, str]:
    """Style and script to stand in a page, with the hashes that alone allow them."""
    style, code = joined(package, styles), read(package, script)
    return {
        "style": Markup(style),
        "script": Markup(code),
        "style_hash": source_hash(style),
        "script_hash": source_hash(code),
    }


def joined(package: str, styles: Sequence[str]) -> str:
    """Style sheets one after the other."""
    return "".join(read(package, name) for name in styles)


@lru_cache(maxsize=1)
def plot_style() -> str:
    """The style of the plots with the light colours filled in, for a picture that stands alone."""
    light = dict(_COLOUR.findall(read(REPORT, "shared.css").partition("@media")[0]))
    return _USED.sub(lambda use: light[use[1]], read(REPORT, "plot.css"))


def _first(packages: Sequence[str], name: str) -> str | None:
    for package in packages:
        found = files(package) / "templates" / name
        if found.is_file():
            return found.read_text(encoding="utf-8")
    return None


def _shown(value: object) -> object:
    """Every expression of every template passes here: text gets its unseen characters written out, then is escaped."""
    return visible(value) if type(value) is str else value
