"""What a percentage is that no word of change governs: growth, a share, or an amount by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from extractor.mentions import text_of
from extractor.plurals import singular

from .governors import PERCENTAGE, Verdict, direction_to
from .lexicon import lexicon, movement
from .movements import verb_lemma
from .sites import Site

_PAY = re.compile(r"\b(?:pay|wage|wages|salary|salaries|raise|raises)\b", re.IGNORECASE)


def rate_of(site: Site) -> Verdict | None:
    """Percentages that are growth, shares or levels by what they are a percentage of."""
    if site.quantity.unit not in PERCENTAGE:
        return None
    direction = direction_to(site)
    if _on_year(site):
        return Verdict("growth", 1, direction)
    if _is_share(site) or [word.lower for word in site.left[:2]] in (["which", "of"], ["whom", "of"]):
        return Verdict("share", direction=direction)
    near = _nouns_around(site)
    for index, word in enumerate(near):
        kind = _kind_of_rate(word) or ""
        if kind == "level":
            kind = next((other for other in map(_kind_of_rate, near[index + 1 : index + 3]) if other), kind)
        if kind == "level" and word == "rate" and not _is_of_money(site):
            kind = "share"
        if (
            kind == "growth"
            and near[index + 1 : index + 2] == ["of"]
            and set(near[index + 2 :]) & movement().share_nouns
        ):
            kind = "share"  # "debt as a share of GDP was to fall from 80.4% to 71.6%"
        if kind:
            return Verdict(kind, direction=direction)
    if _is_pay_rise(site):
        return Verdict("growth", 0, direction)
    described = site.root is not None and _is_described(site)
    return Verdict("share", direction=direction, guess=not direction and not described)


def _is_pay_rise(site: Site) -> bool:
    """True for "The Post's offer of 11.5%", "our demand is for 9%": what is asked and offered in a dispute over pay."""
    near = {word.lower for word in site.left[:5]}
    return bool(near & movement().pay_offers) and site.root is not None and bool(_PAY.search(text_of(site.root.doc)))


def _is_of_money(site: Site) -> bool:
    """Whether a "rate" in this sentence is one of interest, tax or exchange."""
    return any(word.lower in movement().money_rates for word in (*site.left, *site.right))


def _is_described(site: Site) -> bool:
    """True for "31 percent funded", "71 percent full": how much of the thing is so."""
    if site.root is None or not site.right or site.right[0].start > site.quantity.end + 1:
        return False
    token = site.root.doc.char_span(site.right[0].start, site.right[0].start + len(site.right[0].text))
    return token is not None and token[0].tag_ in ("VBN", "JJ")


def _on_year(site: Site) -> bool:
    """True for "3.2% year on year", "4% from a year earlier": a rate against an earlier period is growth."""
    after = " ".join(word.lower for word in site.right[:4])
    if any(after.startswith(phrase) for phrase in movement().on_year):
        return True
    against = [word.lower for word in site.right[:2]]
    if site.right[2:] and site.right[2].text.isdigit() and len(site.right[2].text) < 3:
        return False  # "stood at 14.9 per cent on June 9"
    return len(against) == 2 and against[0] in ("from", "on") and against[1] in lexicon().contexts["months"]


def _kind_of_rate(word: str) -> str:
    """What a percentage is by its noun: "unemployment" a share, "inflation" growth, "mortgage" a level; else ""."""
    words = movement()
    if word in words.share_rates or word in words.share_standing:
        return "share"
    if word in words.growth_nouns:
        return "growth"
    return "level" if word in words.rate_nouns else ""


def _nouns_around(site: Site) -> list[str]:
    """The words that may name what a percentage is of: just behind it, then before it, nearest first."""
    after: list[str] = []
    for word in site.right[:3]:
        if word.lower in movement().breaks or word.lower in (".", "of", "in", "on"):
            if word.lower == "on" and site.right[1:]:
                continue
            break
        after.append(word.lower)
    before = takewhile(lambda word: word != ";", _outside_brackets(word.lower for word in site.left[:12]))
    return after + [word for word in before if word != "."]


def _outside_brackets(leftwards: Iterable[str]) -> Iterator[str]:
    """The words before a figure, nearest first, without what brackets add to another: "(a 6% rise), Asia (29%"."""
    inside = False
    for word in leftwards:
        inside = word == ")" or (inside and word != "(")
        if not inside:
            yield word


def _is_share(site: Site) -> bool:
    words = movement()
    right = [word.lower for word in site.right[:4]]
    if site.quantity.form == "fraction" or (right and right[0] == "of"):
        return True
    if any(singular(word) in words.share_nouns for word in right[:3] if word not in ("of", "in")):
        return True
    left = [word.lower for word in site.left[:6]]
    verbs = {verb_lemma(word) for word in left[:3]} & words.share_verbs
    if verbs - {"make"} or (verbs and "up" in left[:3]):
        return True
    return (
        bool(left)
        and left[0] in ("of", "to", "at", "from", "than")
        and any(word in words.share_nouns for word in left[1:])
    )
