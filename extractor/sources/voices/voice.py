"""What a voice is: one attribution, found in one sentence."""

from __future__ import annotations

from typing import NamedTuple

from extractor.sources.speakers import Party
from extractor.tokens import Token


class Voice(NamedTuple):
    """One attribution: who, by which words, and the tokens that it covers."""

    chain: tuple[Party, ...]
    """The party nearest the origin first, then those who relay."""
    cue: str
    cue_start: int
    """Character offset of the cue."""
    first: int
    last: int
    kind: str
    """A verb class, `according`, `document`, `colon`, `amount` (held by a noun) or `beside` (a second count)."""
    anchor: int
    """Token index of the cue."""
    introduces: bool = False
    """True where a colon hands over to what follows the sentence."""
    speaker: tuple[int, int] = (0, 0)
    """Half-open tokens of who speaks, with what is told of him: figures in there are the article's own."""


def told_of(who: Token, verb: Token) -> tuple[int, int]:
    """The tokens of who speaks with what is told of him ("said Joseph, who has four children"), the verb left out."""
    first, last = who.left_edge.i, who.right_edge.i + 1
    return (first, last) if first > verb.i or last <= verb.i else (0, 0)
