"""What a phrase that no data pack has by heart measures: "used-car exports" are exports, "homes sold" are sales."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractor.plurals import singular
from extractor.taxonomy import Taxonomy
from reconcile.claims.forms import measures, plain, verbs_of


class Phrases:
    """Finds the indicator that a phrase names by its head."""

    def __init__(self, known: Taxonomy) -> None:
        nodes = known.indicators.values()
        self._nouns = {plain(name): node.id for node in nodes for name in (node.id, *node.nouns)}
        for indicator, others in measures()["called"].items():
            for other in others:
                self._nouns.setdefault(plain(other), indicator)
        self._verbs = {plain(verb): node.id for node in nodes for verb in node.verbs}
        self._things = {plain(name) for node in known.products.values() for name in (node.id, *node.names)}
        self._things |= {plain(name) for node in known.areas.values() for name in (*node.names, *node.adjectives)}
        self._joining, self._plain, self._counting = (
            frozenset(measures()[name]) for name in ("joining", "plain", "counting")
        )

    def named(self, phrase: str) -> str | None:
        """The indicator of which a phrase says no more than what is counted, or where, or that it is a total."""
        for before, indicator in self._heads(phrase):
            return indicator if self._says_no_more(before) else None
        return None

    def head(self, phrase: str) -> str | None:
        """The indicator that a phrase is a kind of: "heat deaths" are deaths."""
        return next((indicator for _, indicator in self._heads(phrase)), None)

    def _heads(self, phrase: str) -> Iterator[tuple[list[str], str]]:
        """The longest name of an indicator that a phrase ends with, and the words before it."""
        words = self._without_rest(phrase.split(" "))
        if not words:
            return
        last = singular(words[-1])
        for first in range(len(words)):
            tail = " ".join([*words[first:-1], last])
            if tail in self._nouns:
                yield words[:first], self._nouns[tail]
                return
        for verb in verbs_of(words[-1]):
            if verb in self._verbs:
                yield words[:-1], self._verbs[verb]
                return

    def _without_rest(self, words: list[str]) -> list[str]:
        """The words up to those that say of what, where and since when; "the number of births" counts births."""
        end = next((place for place, word in enumerate(words) if place and word in self._joining), len(words))
        counts = words[end : end + 1] == ["of"] and singular(words[end - 1]) in self._counting
        return self._without_rest(words[end + 1 :]) if counts else words[:end]

    def _says_no_more(self, words: list[str]) -> bool:
        """True for words that name a thing or a place, or how something was reckoned."""
        left = [word for word in words if word not in self._plain]
        return not left or any(
            " ".join([*left[first:-1], singular(left[-1])]) in self._things for first in range(len(left))
        )


@lru_cache(maxsize=8)
def phrases(known: Taxonomy) -> Phrases:
    """The phrases of a taxonomy."""
    return Phrases(known)


def alike(indicator: str) -> frozenset[str]:
    """Indicators that papers use for one, beyond what the data packs say."""
    return _alike().get(indicator, frozenset())


@lru_cache(maxsize=1)
def _alike() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in measures()["alike"]:
        for each in row:
            found.setdefault(each, set()).update(other for other in row if other != each)
    return {each: frozenset(others) for each, others in found.items()}
