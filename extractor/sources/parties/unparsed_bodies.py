"""Bodies named in sentences that were not parsed, by their capitals alone: for "it", "the council", "the HWL".

Most sentences without a figure are never parsed, and one of them may be where a body got its name.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import NamedTuple

from extractor.names.words import body_kind, name_words, normalise
from extractor.sources.cues import small_words

_WINDOW = 900  # characters back in which a bare noun finds its name
_CAPITAL = r"[A-Z][\w’'&-]*"
_JOINED = rf"(?:\s(?:of|for|and|&)(?:\sthe)?(?=\s[A-Z])|\s{_CAPITAL})"
_RUN = re.compile(rf"{_CAPITAL}{_JOINED}{{1,7}}")


class Body(NamedTuple):
    """A body found by its capitals."""

    id: str
    text: str
    kind: str


def body_before(text: str, end: int, head: str = "", start: int | None = None) -> Body | None:
    """The last body named before an offset, of any kind, or the last whose name ends in a noun ("association")."""
    found: Body | None = None
    for match in _RUN.finditer(text, max(0, end - _WINDOW) if start is None else start, end):
        body = _body(match.group())
        if body is not None and (not head or body.id.rsplit(" ", 1)[-1] == head):
            found = body
    return found


def opening_body(text: str, start: int, end: int) -> Body | None:
    """The body that a sentence opens with: "The Lending Council met on Monday."."""
    match = _RUN.match(text, start + 4 if text.startswith("The ", start) else start, end)
    return _body(match.group()) if match is not None else None


@lru_cache(maxsize=256)
def _defined(acronym: str) -> re.Pattern[str]:
    return re.compile(rf"({_CAPITAL}{_JOINED}{{1,7}})\s\({re.escape(acronym)}\)")


def spelt_out(text: str, acronym: str) -> Body | None:
    """What an acronym stands for, where the text defines it: "the Harbour Workers' League (HWL)"."""
    if not (acronym.isupper() and 2 <= len(acronym) <= 8):
        return None
    match = _defined(acronym).search(text)
    return _body(match.group(1)) if match is not None else None


def _body(words: str) -> Body | None:
    parts = words.split()
    while parts and parts[0].lower() in small_words("openers"):
        parts = parts[1:]
    if len(parts) < 2:
        return None
    last = parts[-1].removesuffix("'s").removesuffix("’s")
    text = " ".join([*parts[:-1], last])
    kind = body_kind(last) or name_words().suffixes.get(last.lower()) or _of_name(parts)
    return Body(normalise(text), text, kind) if kind is not None else None


def _of_name(parts: list[str]) -> str | None:
    """The kind of a name that goes on after "of": "Ministry of Salt"."""
    for word, following in itertools.pairwise(parts):
        if following in ("of", "for") and word.lower() in name_words().of_names:
            return body_kind(word)
    return None
