"""What the heading or caption of a table says of the figures below it, where it is no term of the packs."""

from __future__ import annotations

import re
from typing import Protocol

from extractor.mentions import Slot
from extractor.names.words import normalise
from extractor.plurals import singular
from extractor.quantities.lexicon import lexicon
from extractor.scope.clause.phrases import indicator_verbs
from extractor.scope.words import among

_WORDS = re.compile(r"['’]?[\w/%.-]+")
_BRACKET = re.compile(r"\([^()]{1,40}\)")
_REST = re.compile(
    r",|;|:|\b(?:from|in|by|of|at|for|to|since|until|between|per|and|on|with|over|during|after|before)\b"
)
_LONGEST_HEAD = 3  # words
_RULE = "cell or caption of the table"


class Cell(Protocol):
    """A cell of a table."""

    @property
    def start(self) -> int:
        """Character offset of its words."""

    @property
    def text(self) -> str:
        """Its words."""


def done_in(cell: Cell | None) -> Slot | None:
    """The measure of a participle: "*Cancelled* (%)", "Containers *handled*"."""
    if cell is None:
        return None
    verbs = indicator_verbs()
    for word in _WORDS.finditer(cell.text):
        lower = word.group().lower()
        stems = (lower.removesuffix("ed"), lower.removesuffix("d")) if lower.endswith("ed") else ()
        event = next((verbs[stem] for stem in stems if stem in verbs), None)
        if event is not None:
            return Slot(event, word.group(), _RULE, cell.start + word.start())
    return None


def headed_by(cell: Cell | None) -> Slot | None:
    """The words of a caption up to its first preposition or comma: "*Launches* from Kourou"."""
    if cell is None:
        return None
    words = _REST.split(_BRACKET.sub("", cell.text).strip(), maxsplit=1)[0].strip(" :")
    found = _WORDS.findall(words.lower())
    if not found or len(found) > _LONGEST_HEAD or all(_is_unit(word) for word in found):
        return None
    return Slot(normalise(" ".join((*found[:-1], singular(found[-1])))), words, _RULE, cell.start)


def words_in(cell: Cell) -> Slot | None:
    """The words of a heading without brackets, None where they only give scale and unit ("Million tonnes", "€")."""
    words = _BRACKET.sub("", cell.text).strip(" ,:")
    if not any(letter.isalpha() for letter in words) or all(_is_unit(w) for w in _WORDS.findall(words.lower())):
        return None
    return Slot(normalise(words), words, _RULE, cell.start)


def _is_unit(word: str) -> bool:
    known = lexicon()
    plain = (known.scales, known.suffixes, known.unit_words, known.unit_symbols, known.currency_names)
    return (
        any(word in table for table in plain)
        or word.upper() in known.currency_codes
        or not word[0].isalpha()
        or among(singular(word), "generic_units")
    )
