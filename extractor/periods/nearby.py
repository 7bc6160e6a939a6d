"""What the words around a figure say of its time: the patterns of nearby.toml, put together once."""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from extractor.errors import DataPackError
from extractor.loading import checked
from extractor.periods.words import lexicon

_PACK = "nearby.toml"
_REFERENCE = re.compile(r"<<(\w+)>>")


@cache
def near(name: str) -> re.Pattern[str]:
    """The pattern of that name."""
    words = _tables().patterns.get(name)
    if words is None:
        raise DataPackError(f"no pattern {name}", pack=f"extractor/periods/{_PACK}")
    return re.compile(_REFERENCE.sub(_named, words), re.IGNORECASE)


class _Nearby(BaseModel):
    """What nearby.toml may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: dict[str, str]
    patterns: dict[str, str]


@cache
def _tables() -> _Nearby:
    return checked(_Nearby, __package__, _PACK)


def _named(reference: re.Match[str]) -> str:
    """What `<<name>>` stands for: a pattern of [parts], else a cue of lexicon.toml."""
    name = reference[1]
    part = _tables().parts.get(name)
    if part is not None:
        return _REFERENCE.sub(_named, part)
    words = getattr(lexicon().cues, name, None)
    if not isinstance(words, str):
        raise DataPackError(f"no words {name}", pack=f"extractor/periods/{_PACK}")
    return words
