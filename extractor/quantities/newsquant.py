"""The quantities of a sentence in the terms of the NewsQuant benchmark: value, unit, change, concept.

NewsQuant counts number expressions rather than claims: ages, durations and "one man" are quantities there, ranks and
verbs of multiplication are not, a move from one level to another is written as a range, and a change is marked only
where a verb or a particle ("rose", "up") says so.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from spacy.tokens import Doc

from extractor.mentions import Measure, Quantity, text_of

from .concepts import concept_words, figure_tokens
from .exclusions import AGE, ATTRIBUTE, NAME
from .expressions import Expression
from .finder import find_expressions
from .kinds import governor
from .lexicon import lexicon
from .measures import measure
from .sites import site_of, words_in
from .surroundings import singular

_CHANGES = {"about": "~", "nearly": "~", "more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<"}
_UNITS = {"percentage_point": "percentage point", "basis_point": "basis point", "tonne": "metric ton", "count": "-"}


def newsquant(doc: Doc) -> list[dict[str, Any]]:
    """The quantities of a parsed document as NewsQuant writes them."""
    found = [expression for expression in find_expressions(text_of(doc)) if _counts(text_of(doc), expression)]
    measures = measure(doc, [expression.quantity for expression in found])
    figures = figure_tokens(doc, [expression.quantity for expression in found])
    rows: list[dict[str, Any]] = []
    moved: set[int] = set()
    for index, (expression, measured) in enumerate(zip(found, measures, strict=True)):
        if index in moved:
            continue
        row = _row(doc, index, expression, measured, figures)
        if measured.base and measured.partner > index and not found[measured.partner].ends:
            moved.add(measured.partner)
            row["value"] = [row["value"], _value(found[measured.partner])]
        if not row["concept"] and rows and row["unit"] == rows[-1]["unit"] and _same_sentence(doc, found, index):
            row["concept"] = rows[-1]["concept"]  # "49.55 Hz on 9 May, 49.52 Hz on 20 June"
        rows.append(row)
    return rows


def _same_sentence(doc: Doc, found: list[Expression], index: int) -> bool:
    """True where a figure stands in the sentence of the one before."""
    first, second = (doc.char_span(*found[at].quantity[:2], alignment_mode="expand") for at in (index - 1, index))
    return first is not None and second is not None and first[0].sent.start == second[0].sent.start


def _counts(text: str, expression: Expression) -> bool:
    quantity = expression.quantity
    if expression.role in (NAME, ATTRIBUTE) or quantity.form == "rank":
        return False
    return quantity.form != "multiple" or "times" in text[quantity.start : quantity.end]


def _row(doc: Doc, index: int, expression: Expression, measured: Measure, figures: frozenset[int]) -> dict[str, Any]:
    unit = _unit(doc, expression, measured)
    change = _change(doc, index, expression, measured)
    return {
        "value": _value(expression),
        "unit": unit,
        "change": change,
        "concept": concept_words(doc, expression.quantity, figures),
    }


def _value(expression: Expression) -> float | list[float]:
    quantity = expression.quantity
    if expression.ends:
        return list(expression.ends)
    return quantity.value / 100 if quantity.form == "fraction" and quantity.unit == "percent" else quantity.value


def _unit(doc: Doc, expression: Expression, measured: Measure) -> str:
    quantity = expression.quantity
    if expression.role == AGE:
        return "year of age"
    if quantity.noun_start >= 0 and quantity.unit not in _measuring():
        noun = _noun(doc, quantity)
        if quantity.unit.lower() in noun:
            return " ".join(noun)
    unit = measured.unit if quantity.unit == "count" else quantity.unit
    unit = _UNITS.get(unit, unit)
    return f"{unit} per {quantity.per}" if quantity.per and " per " not in unit and unit != "-" else unit


def _noun(doc: Doc, quantity: Quantity) -> list[str]:
    """The words of the counted noun in the singular, a superlative by its lemma: "best speakers" → good, speaker."""
    lemmas = {
        token.idx: "" if token.tag_ == "RBS" else token.lemma_
        for token in doc.char_span(quantity.noun_start, quantity.noun_end, alignment_mode="expand") or doc[0:0]
        if token.tag_ in ("JJS", "RBS")
    }
    words = words_in(text_of(doc), quantity.noun_start, quantity.noun_end)
    named = [lemmas.get(word.start, singular(word.text.replace("’s", ""))) for word in words]
    return [name for name in named if name not in ("", "of", "the", "and", "or")]


@lru_cache(maxsize=1)
def _measuring() -> frozenset[str]:
    words = lexicon()
    return frozenset({*words.unit_words.values(), *words.time_words.values()})


def _change(doc: Doc, index: int, expression: Expression, measured: Measure) -> str:
    found = governor(site_of(doc, index, expression.quantity))
    negative = expression.quantity.unit == "percent" and expression.quantity.value < 0
    moved = measured.kind in ("growth", "difference")
    if negative or (moved and found and not found.noun and found.link in ("", "by")):
        return "down" if negative or (found and found.sign < 0) else "up"
    quote = text_of(doc)[expression.quantity.start : expression.quantity.end].lower()
    if "under" in quote or "below" in quote:
        return "<"
    return "=" if expression.ends else _CHANGES.get(expression.quantity.modifier, "=")
