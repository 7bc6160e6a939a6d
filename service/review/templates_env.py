"""The templates of the pages, with those of the report's drawings beside them."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment

from service.report.templating import REPORT, environment
from service.report.words import spaced, words


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = environment("service.review", REPORT)
    made.filters["spaced"] = spaced
    made.globals["slot_label"] = words().slot_label
    made.globals["relation_label"] = words().relation_label
    return made


def render(template: str, **values: object) -> str:
    """A page."""
    return _environment().get_template(template).render(**values)
