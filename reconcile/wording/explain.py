"""The words of a finding: which figure, who gave it, what is said of it. Numbers are worded by the extractor.

What figures are of, and whose, is named by `naming.py`; `telling.py` puts sentences together from the templates of
wording.toml.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Formatter

from extractor.model import Claim
from extractor.plurals import plural
from extractor.taxonomy import Taxonomy
from extractor.wording import MINUS, figure_words, number_words, range_words, unit_symbol
from reconcile.claims.intervals import Interval
from reconcile.claims.normalise import View
from reconcile.claims.words import unit_family
from reconcile.wording.naming import (
    area,
    field,
    indicator,
    is_rate,
    named,
    other,
    own,
    period,
    product,
    pronoun,
    several,
    subject,
    when,
    who,
    wording,
)

__all__ = [
    "area",
    "field",
    "indicator",
    "is_rate",
    "other",
    "own",
    "period",
    "plural",
    "product",
    "pronoun",
    "several",
    "subject",
    "when",
    "who",
    "wording",
]

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_RELATIVE = ("percent", "percentage_point", "times")
_SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALED = re.compile(rf"[\d,.]+ (?:{'|'.join(_SCALES)})\b")
_MOST_DECIMALS = 3
_NARROW = 0.005
_ROUND = 4
"""A word for a size leaves a factor of so much open; "two or three" leaves less."""
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)*")


# Figures -------------------------------------------------------------------------------------------------------------


def counts(unit: str) -> bool:
    """True for a unit that counts things one by one, and weighs or prices nothing."""
    return unit_family(unit) == ("count", 1.0)


def amount(value: float, unit: str, *, digits: int | None = None) -> str:
    """A figure with its unit: "$102 billion", "53.2%"; what counts things one by one has none: the product says it."""
    return figure_words(value, "count" if counts(unit) else unit, digits=digits)


def native(interval: Interval, like: View) -> Interval:
    """An interval in the unit that a claim's own words use."""
    if not like.value or like.kind not in ("level", "difference"):
        return interval
    return interval.times(like.claim.value / like.value)


def about(interval: Interval, unit: str, *, beside: View | None = None) -> str:
    """An interval in words: "about 150,000", "at least 2 million", "at most 4 million".

    `beside`: the figure that it stands beside, in whose form it is told: "about 1,022 million" by "1,019.08 million".
    """
    low, high = interval
    if math.isinf(high):
        return "any figure" if math.isinf(low) else f"at least {amount(low, unit, digits=3)}"
    if math.isinf(low) or low <= 0 < high:
        return f"at most {amount(high, unit, digits=3)}"
    if low == high:
        return amount(low, unit, digits=4)
    if interval.half_width > 0.25 * abs(interval.middle):
        return f"between {_range(interval, unit).replace(' to ', ' and ')}"
    text = f"about {_in_form_of(beside, interval) or amount(interval.middle, unit, digits=3)}"
    return text if interval.half_width <= 0.02 * abs(interval.middle) else f"{text} ({_range(interval, unit)})"


def _in_form_of(view: View | None, interval: Interval) -> str | None:
    """The middle of an interval in the scale of a figure that is told as printed, as finely as the middle is known."""
    if view is None or any(unit_symbol(_unit(view))):
        return None
    printed = _as_printed(view.claim, figure_words(view.claim.value, _unit(view)))
    if printed is None:
        return None
    _, scale, *unit = printed.split(" ")
    value = interval.middle / _SCALES[scale]
    known = max(3, math.floor(math.log10(abs(interval.middle) / interval.half_width)))
    decimals = max(0, known - math.floor(math.log10(abs(value))) - 1)
    number = f"{MINUS if value < 0 else ''}{abs(value):,.{decimals}f}"
    return " ".join([number, scale, *unit])


def _range(interval: Interval, unit: str) -> str:
    return range_words(interval.low, interval.high, "count" if counts(unit) else unit, digits=3)


def figure(view: View) -> str:
    """The claim's figure as its source hedged it: "up to 400,000", "between 4 and 6%", "first"."""
    if view.kind == "rank":
        place = round(view.value)
        return _ORDINALS[place - 1] if 1 <= place <= len(_ORDINALS) else f"number {place}"
    claim, unit = view.claim, _unit(view)
    if _is_range(view) and claim.low is not None and claim.high is not None:
        return f"between {range_words(claim.low, claim.high, unit).replace(' to ', ' and ')}"
    if is_in_round_words(claim):
        return claim.quote.lower()
    value = view.value if unit in _RELATIVE else claim.value
    if view.kind == "difference":
        value = abs(value)
    words = figure_words(value, unit)
    printed = None if any(unit_symbol(unit)) else _as_printed(claim, words)
    return str(wording()["modifier"][claim.modifier]).format(figure=printed or words)


def _as_printed(claim: Claim, words: str) -> str | None:
    """The figure in the scale of its quote, where ours needs many decimals: 1,019.08 million beats 1.01908 billion."""
    printed = _SCALED.search(claim.quote)
    if printed is None or len(words.split(" ")[0].partition(".")[2]) <= _MOST_DECIMALS:
        return None
    return " ".join([printed[0], *words.split(" ")[2:]])


def is_in_round_words(claim: Claim) -> bool:
    """True for "dozens", "hundreds": a word for a size, better told as it stands than by a number nobody gave."""
    if claim.kind != "level" or claim.low is None or claim.high is None or any(map(str.isdigit, claim.quote)):
        return False
    return claim.low > 0 and claim.high >= _ROUND * claim.low


def is_hedged(view: View) -> bool:
    """True for a figure before which no "the" can stand: "up to 400,000", "between 4 and 6%", "dozens"."""
    return view.claim.modifier in ("at_least", "at_most") or _is_range(view) or is_in_round_words(view.claim)


def _is_range(view: View) -> bool:
    """True for a figure that is printed with both its ends; "35 657" is one number."""
    claim = view.claim
    return claim.low is not None and claim.high is not None and len(_NUMBER.findall(claim.quote)) > 1


def _unit(view: View) -> str:
    if view.kind == "growth" and view.claim.kind == "multiple":
        return "percent"  # "doubled" is growth of 100%
    return view.unit if view.unit == "count" or view.unit in _RELATIVE else view.claim.unit


def change(view: View) -> str:
    """A growth rate or a change in words: "growth of 53.2%", "a fall of 2.6%", "no change"."""
    words = wording()["change"]
    if view.value == 0:
        return str(words["none"])
    rise = "rise" if view.kind == "growth" else "gain"
    return str(words[rise if view.value > 0 else "fall"]).format(rate=_size(view))


def _size(view: View) -> str:
    """How much a change is, whichever way it goes: "2.6%", "between 2% and 3%"."""
    low, high = view.claim.low, view.claim.high
    if low is None or high is None or low >= 0 or high > 0:
        return figure(view if view.value >= 0 else view._replace(value=-view.value))
    turned = view.claim.model_copy(update={"low": -high, "high": -low, "value": -view.claim.value})
    return figure(view._replace(claim=turned, value=abs(view.value)))


def rounded_change(view: View) -> str:
    """A rate that was worked out, in words, with no more digits than it is worth."""
    words = wording()["change"]
    size = amount(abs(view.value), "percent", digits=2)
    return str(words["rise" if view.value > 0 else "fall"]).format(rate=size)


def apart(a: View, b: View, gap: float, *, clause: str = "apart") -> str:
    """How far two figures are from each other, as the end of a sentence: "the difference of 6%".

    `clause` is a table of wording.toml: `apart`, or `yet` for "they are 6% apart".
    """
    words = wording()[clause]
    if a.unit in ("percent", "percentage_point"):
        points = figure_words(abs(a.value - b.value), "percentage_point", digits=3)
        return str(words["points"]).format(size=points)
    small, large = sorted((abs(a.value), abs(b.value)))
    if small and large >= 2 * small:
        return str(words["times"]).format(size=f"{number_words(large / small, digits=2)} times")
    if gap < _NARROW and large:  # the margins of rounding nearly meet: say how far the printed figures are apart
        gap = 1 - small / large
    return str(words["part"]).format(size=figure_words(100 * gap, "percent", digits=2))


# What is said of it -------------------------------------------------------------------------------------------------


def said(view: View, known: Taxonomy, *, again: bool = False) -> str:
    """What a source does with its figure: "puts China's exports of cars in 2023 at 4.91 million"."""
    template = _saying("again" if again else "say", _form(view), view.status, several(view, known))
    return template.format(**{name: _SAID[name](view, known) for name in _names(template)})


_SAID: Mapping[str, Callable[[View, Taxonomy], str]] = {
    "subject": lambda view, known: own(subject(view, known), view, known),
    "figure": lambda view, known: figure(view),
    "change": lambda view, known: change(view),
    "it": pronoun,
    "moving": lambda view, known: own(
        str(wording()["subject"]["moving"]).format(**named(view, known).parts), view, known
    ),
    "field": field,
    "moved": lambda view, known: _move(view, to_come=False),
    "move": lambda view, known: _move(view, to_come=True),
    "when": lambda view, known: named(view, known).parts["when"],
    "base": lambda view, known: _compared(view),
    "area": lambda view, known: area(view, known) or "it",
}
"""The words that templates of what a source does with its figure may ask for."""


def _compared(view: View) -> str:
    """What a change is counted from: " from 2022"; of stretches of time ", compared with April to June 2022"."""
    if view.base is None:
        return ""
    base = period(view.base)
    stretch = " to " in base or (view.period is not None and " to " in period(view.period))
    return f", compared with {base}" if stretch else f" from {base}"


def verb(words: str, view: View, known: Taxonomy) -> str:
    """A verb as it goes with whoever gave a figure: the ministry has, analysts have."""
    return str(wording()["many"][words]) if several(view, known) else words


@lru_cache(maxsize=256)
def _saying(table: str, form: str, status: str, many: bool) -> str:
    """The template for what a source, or several, does with a figure."""
    words = wording()
    template = str(words[table][form][status])
    return " ".join(words["many"].get(word, word) for word in template.split(" ")) if many else template


def _move(view: View, *, to_come: bool) -> str:
    """ "rose 57.9%", "fell by about 2%", "did not change"; of what is to come "rise 57.9%"."""
    words = wording()["change"]
    way = "still" if view.value == 0 else "rose" if view.value > 0 else "fell"
    exact_rate = view.kind == "growth" and view.claim.modifier == "exact" and not _is_range(view)
    rate = _size(view) if exact_rate else str(words["by"]).format(rate=_size(view))
    return str(words[_TO_COME[way] if to_come else way]).format(rate=rate)


_TO_COME = {"still": "still_to_come", "rose": "rise_to_come", "fell": "fall_to_come"}


@lru_cache(maxsize=256)
def _names(template: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(template) if name))


@lru_cache(maxsize=256)
def asks_of_one(template: str) -> bool:
    """True for a template with the words of the first figure alone."""
    return all(name.endswith("_a") for name in _names(template))


def _form(view: View) -> str:
    if (view.kind == "growth" and not is_rate(view)) or (view.kind == "difference" and view.base is not None):
        return "change"
    return "rank" if view.kind == "rank" else "level"


# Sentences -----------------------------------------------------------------------------------------------------------


def sentence(template: str, **words: str | Callable[[], str]) -> str:
    """A template filled in, with a capital at its start; words that take some making may be given as functions."""
    asked = [(name, words[name]) for name in _names(template)]
    text = template.format(**{name: word if isinstance(word, str) else word() for name, word in asked})
    return text[:1].upper() + text[1:]


def within_a_sentence(text: str) -> str:
    """A sentence as it stands behind a colon: its first word small, unless that is a name."""
    first, _, rest = text.partition(" ")
    words = wording()["article"]
    speakers = (*words["people"].split(), *words["papers"].split())
    common = first.lower() in speakers and rest[:1].islower()  # not "Engineers Australia"
    return f"{first.lower()} {rest}" if common or first.lower() in words["openers"].split() else text


def joined(clauses: list[str]) -> str:
    """Clauses as one: "a, because b, and because c"."""
    if len(clauses) < 2:
        return "".join(clauses)
    return ", because ".join(clauses[:-1]) + ", and because " + clauses[-1]
