"""What the tests behind the reasons look at: a pair of claims, the claims around it, and the words in their slots."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from reconcile.claims.lattice import Lattice
from reconcile.claims.normalise import View
from reconcile.comparison.comparability import Scopes
from reconcile.model import Relation

_FIGURE = re.compile(r"[\d.,%$ ]*(?:[mb]illion)?")
"""Quotes that hold no word that a reason could look for."""


class Neighbours:
    """The group that a pair stands in, indexed by what the tests ask of it."""

    def __init__(self, group: Iterable[View] = ()) -> None:
        self.shares: dict[float, list[View]] = defaultdict(list)
        self.shares_of: dict[tuple[str | None, str | None, str | None], list[View]] = defaultdict(list)
        self.said: dict[tuple[str, str, float], list[View]] = defaultdict(list)
        self.rates: Counter[float] = Counter()
        self._words: dict[str, frozenset[str]] = {}
        self._asked: tuple[View, View] | None = None
        self._apart: frozenset[str] = frozenset()
        for view in group:
            if view.kind == "share":
                self.shares[view.value].append(view)
                self.shares_of[view.indicator, view.product, view.area].append(view)
            elif view.kind == "growth":
                self.rates[view.value] += 1
            if view.source is not None:
                self.said[view.kind, view.source, view.value].append(view)

    def on_one_side(self, first: View, second: View) -> frozenset[str]:
        """The words that reasons look for and that stand in the slots of only one of two claims."""
        if self._asked is None or self._asked[0] is not first or self._asked[1] is not second:
            self._asked, self._apart = (first, second), self.words(first) ^ self.words(second)
        return self._apart

    def words(self, view: View) -> frozenset[str]:
        """Which of the words that reasons look for stand in a claim's slots."""
        found = self._words.get(view.claim.id)
        if found is None:
            found = self._words[view.claim.id] = frozenset().union(*map(_looked_for, _slot_texts(view)))
        return found


class Case(NamedTuple):
    """A finding in the making."""

    relation: Relation
    first: View
    second: View
    scopes: Scopes
    lattice: Lattice
    around: Neighbours


class Evidence(NamedTuple):
    """What made a test fire: the two sides' words, which its sentence may use."""

    first: str
    second: str = ""

    def __str__(self) -> str:
        return f"{self.first} | {self.second}" if self.second else self.first


def _slot_texts(view: View) -> list[str]:
    claim = view.claim
    concepts = (claim.indicator, claim.product, claim.area)
    texts = [claim.unit, *(c.text for c in concepts if c), *(c.id for c in concepts if c)]
    if claim.source and not _is_name(claim.source.text):
        texts += [claim.source.text, claim.source.id]
    if claim.period:
        texts.append(claim.period.text)
    if not _FIGURE.fullmatch(claim.quote):
        texts.append(claim.quote)
    return texts


def _is_name(text: str) -> bool:
    """True for a name of several words, which say nothing of how a figure was counted: the US Geological Survey."""
    return sum(word[:1].isupper() for word in text.split(" ")) > 1


@lru_cache(maxsize=1 << 16)
def _looked_for(text: str) -> frozenset[str]:
    """Which of the words that reasons look for stand in a text."""
    plain_text = " " + re.sub(r"[^\w-]+", " ", text.replace("_", " ").lower()) + " "
    return frozenset(word for word in _all_words() if f" {word} " in plain_text)


@lru_cache(maxsize=1)
def _all_words() -> tuple[str, ...]:
    from reconcile.reasons.reasons import rows

    return tuple(dict.fromkeys(word for row in rows() for word in row.words))
