"""The quantities of a sentence in the terms of the NewsQuant benchmark: value, unit, change, concept.

NewsQuant counts number expressions rather than claims: ages, durations and "one" are quantities there, ranks are not,
and a move from one level to another is written as a range.
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from .exclusions import DEFINITE, NAME
from .expressions import Expression
from .finder import find_expressions
from .measures import measure
from .sites import words_in

_CHANGES = {"about": "~", "nearly": "~", "more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<"}
_UNITS = {"percentage_point": "percentage point", "basis_point": "basis point", "tonne": "metric ton", "count": "-"}


def newsquant(doc: Doc) -> list[dict[str, Any]]:
    """The quantities of a parsed document as NewsQuant writes them."""
    text = doc.text
    found = [e for e in find_expressions(text) if e.role != NAME and e.quantity.form != "rank"]
    measures = measure(doc, [expression.quantity for expression in found])
    return [
        {
            "value": _value(expression),
            "unit": _unit(text, expression),
            "change": _change(expression, measured.direction, measured.kind),
            "concept": [],
        }
        for expression, measured in zip(found, measures, strict=True)
    ]


def _value(expression: Expression) -> float | list[float]:
    quantity = expression.quantity
    if expression.ends:
        return list(expression.ends)
    return quantity.value / 100 if quantity.form == "fraction" and quantity.unit == "percent" else quantity.value


def _unit(text: str, expression: Expression) -> str:
    quantity, role = expression.quantity, expression.role
    if role == "age":
        return "year of age"
    unit = _UNITS.get(quantity.unit, quantity.unit)
    if quantity.per and quantity.form == "money":
        return f"{unit} per {quantity.per}"
    if quantity.noun_start >= 0 and quantity.form not in ("measure", "money"):
        words = [word.text for word in words_in(text, quantity.noun_start, quantity.noun_end)]
        return " ".join([*words[:-1], quantity.unit])
    return unit


def _change(expression: Expression, direction: int, kind: str) -> str:
    if direction and kind in ("growth", "difference"):
        return "up" if direction > 0 else "down"
    return _CHANGES.get(expression.quantity.modifier, "=")


__all__ = ["DEFINITE", "newsquant"]
