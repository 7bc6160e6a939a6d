"""Finds the terms of the taxonomy in a document, in one pass over the words of its lower-cased tokens.

Hyphens do not count ("new-energy vehicle" is "new energy vehicle"). A name written in capitals (EV, US) matches in
capitals only, one that begins with a capital (China) wants a capital, and one in lower case matches in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from spacy.lang.en.tokenizer_exceptions import TOKENIZER_EXCEPTIONS

from extractor.loading import undisturbed
from extractor.mentions import as_written
from extractor.parsing import model
from extractor.plurals import regular_plural
from extractor.taxonomy import Taxonomy, taxonomy
from extractor.tokens import Doc

_HYPHENS = ("-", "–", "‑")
_PLAIN = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_EXCEPTIONS = frozenset(TOKENIZER_EXCEPTIONS)
MATCHES = "claimgraph_matches"
"""Key of a document's user data for the terms found in it, once they were looked up."""
_END = ""  # key of a trie node under which the entries that end there stand; no word is empty


class Match(NamedTuple):
    """A term found in a text: half-open token indices, and the node that it names."""

    first: int
    last: int
    table: str
    """`product`, `indicator`, `area` or `organisation`."""
    id: str
    role: str
    """`name`, `adjective` (demonyms), `noun`, or `agent` (exporter)."""


class _Entry(NamedTuple):
    words: tuple[str, ...]
    table: str
    id: str
    role: str


class Lexicon:
    """The surface index of a taxonomy."""

    def __init__(self, nodes: Taxonomy) -> None:
        self._root: dict[str, Any] = {}
        for entry in _entries(nodes):
            self._add(entry)

    def _add(self, entry: _Entry) -> None:
        node = self._root
        for word in entry.words:
            node = node.setdefault(word.lower(), {})
        same = node.setdefault(_END, [])
        if entry not in same:
            same.append(entry)

    def matches(self, doc: Doc) -> list[Match]:
        """The longest terms of each table, in the order of the text; within a table they do not overlap.

        An organisation's name swallows the areas, products and indicators inside it ("China Passenger Car
        Association").
        """
        words = [token.lower_ for token in doc]
        found: list[Match] = []
        taken: dict[str, int] = {}
        for first, key in enumerate(words):
            node = self._root.get(key)
            if node is None:
                continue
            inside = first < taken.get("organisation", 0)
            for match in () if inside else self._longest(doc, words, first, node):
                if first >= taken.get(match.table, 0):
                    found.append(match)
                    taken[match.table] = match.last
        return found

    def _longest(self, doc: Doc, words: list[str], first: int, node: dict[str, Any]) -> list[Match]:
        best: dict[str, list[Match]] = {}
        position = first + 1
        while True:
            for entry in node.get(_END, ()):
                if _case_fits(doc, first, position, entry.words):
                    same_length = [m for m in best.get(entry.table, ()) if m.last == position]
                    best[entry.table] = [*same_length, Match(first, position, entry.table, entry.id, entry.role)]
            while position < len(words) and words[position] in _HYPHENS:
                position += 1
            if position >= len(words) or words[position] not in node:
                break
            node = node[words[position]]
            position += 1
        organisations = best.get("organisation", [])
        if organisations:
            reach = organisations[0].last
            best = {
                table: [m for m in same if m.last > reach or table == "organisation"] for table, same in best.items()
            }
        return [
            matches[0] for table, matches in sorted(best.items(), key=lambda item: item[0] != "organisation") if matches
        ]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The surface index of the packs that claimgraph ships, built once."""
    with undisturbed():
        return Lexicon(taxonomy())


def matches(doc: Doc) -> list[Match]:
    """The taxonomy's terms in a document (see `Lexicon.matches`), looked up once."""
    found = doc.user_data.get(MATCHES)
    if found is None:
        found = doc.user_data[MATCHES] = lexicon().matches(doc)
    return as_written(Match, found)


def _case_fits(doc: Doc, first: int, last: int, words: tuple[str, ...]) -> bool:
    if all(map(str.islower, words)):
        return True
    tokens = iter(token.text for token in doc[first:last] if token.text not in _HYPHENS)
    return all(_word_fits(token, word) for token, word in zip(tokens, words, strict=True))


def _word_fits(token: str, word: str) -> bool:
    if not word[0].isupper() and word.islower():
        return True
    if len(word) > 1 and word.rstrip("s").isupper():
        return token == word
    return token[0].isupper() if word[0].isupper() else True


def _entries(nodes: Taxonomy) -> Iterator[_Entry]:
    for product in nodes.products.values():
        yield from _nominal(product.names, "product", product.id, "name")
    for indicator in nodes.indicators.values():
        yield from _nominal(indicator.nouns, "indicator", indicator.id, "noun")
        yield from _nominal(indicator.agents, "indicator", indicator.id, "agent")
    for area in nodes.areas.values():
        yield from _plain(area.names, "area", area.id, "name")
        yield from _plain(area.adjectives, "area", area.id, "adjective")
    for body in nodes.organisations.values():
        yield from _plain(body.names, "organisation", body.id, "name")


def _plain(names: tuple[str, ...], table: str, node: str, role: str) -> Iterator[_Entry]:
    for name in names:
        for spelling in {name: None, name.replace("'", "’"): None}:
            yield _Entry(_words(spelling), table, node, role)


def _words(name: str) -> tuple[str, ...]:
    """A name cut as the texts are ("People", "'s", "Bank"), hyphens left out."""
    if _PLAIN.fullmatch(name) and _EXCEPTIONS.isdisjoint(words := name.split(" ")):
        return tuple(words)  # thousands of names, which the tokeniser would cut at their spaces, and take its time
    return tuple(token.text for token in model().tokenizer(name) if token.text not in _HYPHENS)


def _nominal(names: tuple[str, ...], table: str, node: str, role: str) -> Iterator[_Entry]:
    yield from _plain(names, table, node, role)
    yield from _plain(tuple(regular_plural(name) for name in names), table, node, role)
