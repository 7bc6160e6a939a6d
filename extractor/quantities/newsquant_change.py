"""The sign of a quantity in the terms of NewsQuant: `=` `~` `>` `<` by its modifier, `up` and `down` by a verb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.plurals import singular

from .exclusions import AGE
from .governors import governor
from .lexicon import lexicon, movement

if TYPE_CHECKING:
    from .expressions import Expression
    from .newsquant import Found

_CHANGES = {"about": "~", "nearly": "~", "more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<"}
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|some|nearly|almost)\b", re.IGNORECASE)
_LIMIT_AGE = re.compile(r"\b(under|over)\s(?:the\sages?\sof\s)?$", re.IGNORECASE)


def change_of(text: str, index: int, found: list[Found]) -> str:
    """The change of the quantity at `index`."""
    expression, _, site = found[index]
    quantity = expression.quantity
    moved = _moved(index, found) if not site.quote.lower().startswith("between") else 0
    if (quantity.unit == "percent" and quantity.value < 0) or moved < 0:
        return "down"
    if moved > 0:
        return "up"
    if expression.role == AGE:
        limit = _LIMIT_AGE.search(text, max(0, quantity.start - 20), quantity.start)
        return {"under": "<", "over": ">"}.get(limit[1].lower() if limit else "", "=")
    if site.left and site.left[0].lower in lexicon().contexts["nq_guessed"]:
        return "~"
    return _by_modifier(expression, site.quote.lower())


def _by_modifier(expression: Expression, quote: str) -> str:
    if expression.ends or quote.startswith("starting at"):
        return "="
    if "under" in quote or "below" in quote:
        return "<"
    change = _CHANGES.get(expression.quantity.modifier, "=")
    return "~" if change in (">", "<") and _ABOUT.search(quote) else change


def _moved(index: int, found: list[Found]) -> int:
    """1 or -1 where a verb or a particle says that the quantity rose or fell."""
    expression, measured, site = found[index]
    word = governor(site)
    if word and (word.noun or word.lemma in lexicon().contexts["ratio_verbs"]):
        return 0
    if measured.kind in ("growth", "difference"):
        if word and word.link in ("", "by"):
            return word.sign
        return measured.direction if word is None and _follows_change(index, found) else 0
    if (
        word
        and word.link == ""
        and word.lemma in lexicon().contexts["nq_gone"]
        and expression.quantity.modifier == "exact"
    ):
        return word.sign
    if word and word.link == "to" and not expression.ends:
        return word.sign if _is_reached(index, found) else 0
    return 0


def _follows_change(index: int, found: list[Found]) -> bool:
    """A second change whose verb is left out: "were down 2.3%, Burlington by 2.6%", "by 600 jobs or 2.2%"."""
    site = found[index].site
    near = [word.lower for word in site.behind[:3]]
    named = any(singular(word) in movement().nouns or word in movement().comparison for word in near)
    return bool(index) and not named and bool(_moved(index - 1, found))


def _is_reached(index: int, found: list[Found]) -> bool:
    """Whether the level behind "to" has itself moved: a rate ("climbed to 6.7%"), or each of a list."""
    site = found[index].site
    former = found[index - 1] if index else None
    if former is None or former.site.sentence != site.sentence or not _moved(index - 1, found):
        return site.quantity.unit == "percent" or site.quantity.value < 0
    behind = [
        other
        for other in range(1, len(found))
        if found[other].site.sentence == site.sentence
        and found[other].site.left[:1]
        and found[other].site.left[0].lower == "to"
        and found[other - 1].measured.kind in ("growth", "difference")
    ]
    return len(behind) > 1
