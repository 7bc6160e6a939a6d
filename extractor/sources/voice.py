"""What a voice is: one attribution, found in one sentence."""

from __future__ import annotations

from typing import NamedTuple

from extractor.sources.speakers import Party


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
