"""The templates of the pages: everything is escaped, and characters that nobody can see are written out."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from service.report.safety import visible
from service.report.words import spaced, words

_SHARED = ("forest.svg.jinja",)
"""Drawn as in the report."""


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
    environment.filters["spaced"] = spaced
    environment.globals["slot_label"] = words().slot_label
    environment.globals["relation_label"] = words().relation_label
    return environment


def render(template: str, **values: object) -> str:
    """A page."""
    return _environment().get_template(template).render(**values)


def _shown(value: object) -> object:
    return visible(value) if type(value) is str else value


def _read(name: str) -> str:
    package = "service.report" if name in _SHARED else "service.review"
    return (files(package) / "templates" / name).read_text(encoding="utf-8")
