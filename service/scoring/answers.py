"""Is a slot of a predicted claim among the answers that gold accepts?

Words are compared as whole lemmas ("new-energy vehicle" is not "vehicle"); a country's name, code and demonym are the
same answer; the id or the words of a predicted slot may match. Values may differ by a millionth, periods not at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from extractor.model import Claim, Concept, Period, Source
from extractor.plurals import singular
from service.scoring.gold import GoldClaim

SLOTS = (
    "kind", "value", "modifier", "unit", "indicator", "product", "area", "counterpart", "period", "base_period",
    "source", "status",
)  # fmt: skip
"""The slots that are scored, in the order of the board."""
VALUE_TOLERANCE = 1e-6

_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*")
_ARTICLES = frozenset({"the", "a", "an"})

Answer = tuple[str, ...]
"""Words in comparable form: their lemmas, or `("area:CN",)` for whatever names China."""


def is_right(slot: str, claim: Claim, gold: GoldClaim) -> bool:
    """Whether the claim's slot is among the accepted answers."""
    return _CHECKS[slot](claim, gold)


def wrong_slots(claim: Claim, gold: GoldClaim) -> list[str]:
    """The slots of a found claim that gold does not accept."""
    return [slot for slot in SLOTS if not is_right(slot, claim, gold)]


@lru_cache(maxsize=65536)
def answer(words: str) -> Answer:
    """Words in comparable form."""
    lemmas = tuple(lemma(word) for word in _WORD.findall(words.lower().replace("’", "'")) if word not in _ARTICLES)
    area = _areas().get(lemmas)
    return (f"area:{area}",) if area is not None else lemmas


def lemma(word: str) -> str:
    """The singular of a noun in lower case; a possessive ending and the points of an abbreviation are dropped."""
    return singular(word.removesuffix("'s").removesuffix("'").replace(".", ""))


@lru_cache(maxsize=1)
def _areas() -> Mapping[Answer, str]:
    """Comparable words of every area's id, names and adjectives → its id."""
    from extractor.taxonomy import taxonomy

    return {
        tuple(lemma(word) for word in _WORD.findall(name.lower()) if word not in _ARTICLES): area.id
        for area in taxonomy().areas.values()
        for name in (*area.adjectives, *area.names, area.id)
    }


def _words_fit(concept: Concept | Source | None, accepted: Sequence[str | None]) -> bool:
    if concept is None:
        return None in accepted
    given = {answer(words) for words in (concept.id, concept.text) if words}
    return any(answer(words) in given for words in accepted if words)


def _unit_fits(claim: Claim, gold: GoldClaim) -> bool:
    return answer(claim.unit) in {answer(unit) for unit in gold.unit}


def _value_fits(claim: Claim, gold: GoldClaim) -> bool:
    return any(math.isclose(claim.value, value, rel_tol=VALUE_TOLERANCE) for value in gold.value)


def _period_fits(period: Period | None, accepted: Sequence[Period | None]) -> bool:
    ends = (period.start, period.end) if period is not None else None
    return any(ends == ((other.start, other.end) if other is not None else None) for other in accepted)


_CHECKS: dict[str, Callable[[Claim, GoldClaim], bool]] = {
    "kind": lambda claim, gold: claim.kind in gold.kind,
    "value": _value_fits,
    "modifier": lambda claim, gold: claim.modifier == gold.modifier,
    "unit": _unit_fits,
    "indicator": lambda claim, gold: _words_fit(claim.indicator, gold.indicator),
    "product": lambda claim, gold: _words_fit(claim.product, gold.product),
    "area": lambda claim, gold: _words_fit(claim.area, gold.area),
    "counterpart": lambda claim, gold: _words_fit(claim.counterpart, gold.counterpart),
    "period": lambda claim, gold: _period_fits(claim.period, gold.period),
    "base_period": lambda claim, gold: _period_fits(claim.base_period, gold.base_period),
    "source": lambda claim, gold: _words_fit(claim.source, gold.source),
    "status": lambda claim, gold: claim.status in gold.status,
}
