"""A number in its surroundings, as the rules see it that say what it is."""

from __future__ import annotations

import re
from typing import NamedTuple

from .nouns import Noun, is_plural
from .numerals import Number
from .tails import Tail

NOUN_AFTER = re.compile(r"[^\S\n]+([A-Za-z][\w’'-]*)")


class Place(NamedTuple):
    """A number in its surroundings, as the rules below see it."""

    text: str
    start: int
    """Where the number expression starts, currency included, modifier not."""
    end: int
    number: Number
    tail: Tail
    modifier: str
    left: list[str]
    """The words before the expression and its modifiers, nearest first, lower case."""
    noun: Noun | None
    """What the number counts, where it has no unit."""


def noun_follows(place: Place) -> bool:
    """True where a plural noun stands right behind the number."""
    match = NOUN_AFTER.match(place.text, place.end)
    return bool(match and is_plural(match[1]))
