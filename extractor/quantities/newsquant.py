"""The quantities of a sentence in the terms of the NewsQuant benchmark: value, unit, change, concept.

NewsQuant counts number expressions rather than claims: ages, durations and "one man" are quantities there, ranks and
verbs of multiplication are not, a move from one level to another is written as a range, and a change is marked only
where a verb or a particle ("rose", "up") says so. A fraction in words has the share's noun in its unit ("% condo").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from extractor.mentions import Measure, Quantity, text_of
from extractor.plurals import singular
from extractor.tokens import Doc

from .concepts import concept_words, figure_tokens
from .exclusions import AGE, ATTRIBUTE, NAME, ONE
from .expressions import Expression
from .finder import find_expressions
from .lexicon import lexicon
from .measures import measure
from .newsquant_change import change_of
from .nouns import counted_noun
from .sites import Site, site_of, words_in

_UNITS = {"percentage_point": "percentage point", "basis_point": "basis point", "tonne": "metric ton", "count": "-"}
_OF_NUMBER = re.compile(r"\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_OF_WHOLE = re.compile(
    r"\s+(?:of\s+)?(?:(?:the|its|their|all|his|her|our)\s+)?(?:combined\s+|total\s+)?(?:[\d.,]+[MBK]?\s)?",
    re.IGNORECASE,
)
_AGE_UNIT = re.compile(r"[\s-]?(year|month|week|day)s?[\s-](?:old|of\sage)", re.IGNORECASE)


class Found(NamedTuple):
    """One number expression, what it measures and where it stands."""

    expression: Expression
    measured: Measure
    site: Site


def newsquant(doc: Doc) -> list[dict[str, Any]]:
    """The quantities of a parsed document as NewsQuant writes them."""
    text = text_of(doc)
    expressions = [each for each in find_expressions(text) if _counts(text, each)]
    quantities = [each.quantity for each in expressions]
    found = [
        Found(expression, measured, site_of(doc, index, expression.quantity))
        for index, (expression, measured) in enumerate(zip(expressions, measure(doc, quantities), strict=True))
    ]
    figures = figure_tokens(doc, quantities)
    rows: list[dict[str, Any]] = []
    used: set[int] = set()
    for index in range(len(found)):
        if index not in used:
            row = _row(doc, index, found, figures, used)
            if not row["concept"] and rows and row["unit"] == rows[-1]["unit"] and _same_sentence(found, index):
                row["concept"] = rows[-1]["concept"]  # "49.55 Hz on 9 May, 49.52 Hz on 20 June"
            rows.append(row)
    return rows


def _same_sentence(found: list[Found], index: int) -> bool:
    return found[index - 1].site.sentence == found[index].site.sentence


def _counts(text: str, expression: Expression) -> bool:
    quantity = expression.quantity
    if expression.role in (NAME, ATTRIBUTE):
        return False
    if quantity.form == "rank":
        return text[quantity.start : quantity.start + 4].lower() == "top " and quantity.value > 1
    return quantity.form != "multiple" or "times" in text[quantity.start : quantity.end]


def _row(doc: Doc, index: int, found: list[Found], figures: frozenset[int], used: set[int]) -> dict[str, Any]:
    """One quantity; a second figure that it takes up, as the end of a move or as a whole, is marked as used."""
    text = text_of(doc)
    expression = found[index].expression
    quantity = expression.quantity
    row: dict[str, Any] = {
        "value": _value(expression),
        "unit": _unit(doc, index, found),
        "change": change_of(text, index, found),
        "concept": concept_words(doc, quantity, figures),
    }
    following = found[index + 1] if index + 1 < len(found) else None
    whole = following.expression.quantity if following else None
    if expression.role == ONE and whole and _OF_NUMBER.fullmatch(text, quantity.end, whole.start):
        used.add(index + 1)
        return {**row, "value": 1 / whole.value, "unit": _share(doc, whole)}
    partner = _end_of_move(text, index, found)
    if partner:
        used.add(partner)
        row["value"] = [row["value"], _value(found[partner].expression)]
        row["change"] = row["change"] if row["change"] in ("up", "down") else "="
        row["unit"] = row["unit"] if row["unit"] != "-" else _unit(doc, partner, found)
    return row


def _end_of_move(text: str, index: int, found: list[Found]) -> int:
    """The figure that this one moves to ("from 240 to 273", "from 20 mpg in 2008 to 29 mpg in 2020"); 0 for none."""
    expression, measured, site = found[index]
    if measured.base and measured.partner > index and not found[measured.partner].expression.ends:
        return measured.partner
    if expression.ends or index + 1 >= len(found) or not site.left or site.left[0].lower != "from":
        return 0
    other = found[index + 1]
    between = text[expression.quantity.end : other.expression.quantity.start]
    alike = other.measured.unit == measured.unit or "count" in (other.measured.unit, measured.unit)
    leads = bool(other.site.left) and other.site.left[0].lower == "to" and not re.search(r"[,;:.]\s", between)
    return index + 1 if leads and alike and not other.expression.ends and _same_sentence(found, index + 1) else 0


def _value(expression: Expression) -> float | list[float]:
    quantity = expression.quantity
    if expression.ends:
        return list(expression.ends)
    return quantity.value / 100 if quantity.form == "fraction" and quantity.unit == "percent" else quantity.value


def _unit(doc: Doc, index: int, found: list[Found]) -> str:
    expression, measured, site = found[index]
    quantity, text = expression.quantity, text_of(doc)
    if expression.role == AGE:
        named = _AGE_UNIT.match(text, quantity.end)
        return f"{named[1].lower() if named else 'year'} of age"
    if quantity.form == "fraction" and quantity.unit == "percent" and " in " not in text[quantity.start : quantity.end]:
        return _share(doc, quantity)
    if quantity.form == "rank":
        noun = counted_noun(text, quantity.end, 2)
        return f"top {' '.join(_noun(doc, noun.start, noun.end))}" if noun else "-"
    unit = _UNITS.get(measured.unit, measured.unit)
    if quantity.noun_start >= 0 and quantity.form in ("number", "range") and quantity.unit not in _measuring():
        return _counted(doc, quantity, site)
    if quantity.unit == "count" and quantity.noun_start < 0 and unit != "-":
        unit = _of_neighbour(doc, index, found) or unit
    if unit == "barrel" and text[quantity.noun_end :].startswith(" of oil"):
        return "barrel of oil"
    if quantity.unit != "count":
        unit = _UNITS.get(quantity.unit, quantity.unit)
        if measured.unit == "percentage_point":
            unit = "point" if quantity.unit == "point" else unit
    return f"{unit} per {quantity.per}" if quantity.per and " per " not in unit and unit != "-" else unit


def _counted(doc: Doc, quantity: Quantity, site: Site) -> str:
    """The counted noun phrase with the adjective that stands before the number."""
    words = _noun(doc, quantity.noun_start, quantity.noun_end)
    text = text_of(doc)
    before = site.left[0].lower if site.left else ""
    if "other" in text[quantity.end : quantity.noun_start].split():
        words.insert(0, "other")
    elif before in lexicon().contexts["nq_numbered"]:
        words.insert(0, before)
    else:
        words[:0] = [
            word
            for word in text[quantity.start : quantity.end].lower().split()[:-1]
            if word in lexicon().contexts["nq_numbered"]
        ]
    return " ".join(words)


def _share(doc: Doc, quantity: Quantity) -> str:
    """The unit of a fraction in words: "% condo" of half the condos, "% -" where no noun follows."""
    text = text_of(doc)
    if quantity.noun_start >= 0:
        return f"% {' '.join(_noun(doc, quantity.noun_start, quantity.noun_end)[:3])}"
    start = _OF_WHOLE.match(text, quantity.end)
    noun = counted_noun(text, start.end() - 1, 2) if start else None
    return f"% {' '.join(_noun(doc, noun.start, noun.end)[:3])}" if noun else "% -"


def _of_neighbour(doc: Doc, index: int, found: list[Found]) -> str:
    """The whole noun phrase of the figure beside it from which a bare figure has its unit."""
    for other in (index - 1, index + 1, index - 2):
        if 0 <= other < len(found) and other != index:
            quantity = found[other].expression.quantity
            if quantity.noun_start >= 0 and quantity.unit == found[index].measured.unit and quantity.form == "number":
                return _counted(doc, quantity, found[other].site)
    return ""


def _noun(doc: Doc, start: int, end: int) -> list[str]:
    """The words of the counted noun in the singular, a superlative by its lemma: "best speakers" → good, speaker."""
    span = doc.char_span(start, end, alignment_mode="expand") or doc.span(0, 0)
    lemmas = {token.idx: "" if token.tag_ == "RBS" else token.lemma_ for token in span if token.tag_ in ("JJS", "RBS")}
    for token in span[0:-1]:
        if token.lower_.endswith("ed") and token.i and token.nbor(-1).lower_.endswith("ly"):
            lemmas[token.idx] = ""  # "decently sized plants" are plants
    words = words_in(text_of(doc), start, end)
    lower = [word.lower for word in words]
    if "of" in lower and singular(lower[lower.index("of") - 1]) in lexicon().contexts["nq_holders"]:
        words = words[: lower.index("of")]
    named = [lemmas.get(word.start, singular(word.text.replace("’s", ""))) for word in words]
    return [name for name in named if name not in ("", "of", "the", "and", "or")]


@lru_cache(maxsize=1)
def _measuring() -> frozenset[str]:
    words = lexicon()
    return frozenset({*words.unit_words.values(), *words.time_words.values()})
