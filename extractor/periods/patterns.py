"""The named patterns of this room: regular expressions in data files, put together from parts and cues."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial

from pydantic import BaseModel, ConfigDict

from extractor.errors import DataPackError
from extractor.folding import Folded
from extractor.loading import checked
from extractor.periods.words import lexicon

_REFERENCE = re.compile(r"<<(\w+)>>")
_MINDS_CASE = re.compile(r"\(\?-i:|(?<!\\)[A-Z]")


class _Patterns(BaseModel):
    """What a file of patterns may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: dict[str, str]
    patterns: dict[str, str]


def patterns_of(pack: str) -> Callable[[str], re.Pattern[str] | Folded]:
    """What gives a pattern of a data file of this room by its name, compiled once and without regard to case.

    `<<name>>` in a pattern stands for one of the file's [parts], else for a cue of lexicon.toml; `<<cardinals>>` for
    the number words there. The file is read with the first pattern that is asked for; DataPackError is raised where it
    does not hold the name.
    """

    @cache
    def pattern(name: str) -> re.Pattern[str] | Folded:
        held = _read(pack)
        words = held.patterns.get(name)
        if words is None:
            raise DataPackError(f"no pattern {name}", pack=f"extractor/periods/{pack}")
        whole = _REFERENCE.sub(partial(_words_of, held, pack), words)
        return re.compile(whole, re.IGNORECASE) if _MINDS_CASE.search(whole) else Folded(whole)

    return pattern


@cache
def _read(pack: str) -> _Patterns:
    return checked(_Patterns, __package__, pack)


def _words_of(held: _Patterns, pack: str, reference: re.Match[str]) -> str:
    """What `<<name>>` stands for."""
    name = reference[1]
    part = held.parts.get(name)
    if part is not None:
        return _REFERENCE.sub(partial(_words_of, held, pack), part)
    words = "|".join(lexicon().cardinals) if name == "cardinals" else getattr(lexicon().cues, name, None)
    if not isinstance(words, str):
        raise DataPackError(f"no words {name}", pack=f"extractor/periods/{pack}")
    return words
