"""Text that is on the page but not in the article: captions, "Related:" lines, newsletter boxes, notes of the site.

Figures in it are no claims: a caption's year and a related headline's rank are another story's.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc

from extractor.mentions import text_of

_LINE = re.compile(r"[^\n]+")
_LONGEST_CREDIT = 90
_CREDITED = re.compile(r"\(([^()]{3,80})\)\W*$")
"""A caption with its credit: "Cars wait at the port on Monday. (AP Photo/Ana Ruiz)"."""
_GALLERY = re.compile(r"\d{1,3} (?:of|/) \d{1,3}\s*[|–—-]")
"""The caption of a picture in a row of them: "1 of 4 | Cars wait at the port"."""
_LONGEST_BOX = 400
_LONGEST_HEADLINE = 120


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    raw = (files("extractor") / "data" / "furniture.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(raw).items()}


@Language.component(
    "claimgraph_furniture", requires=["doc._.quantities"], assigns=["doc._.furniture", "doc._.quantities"]
)
def claimgraph_furniture(doc: Doc) -> Doc:
    """Writes `doc._.furniture`, and takes the number expressions inside it out of `doc._.quantities`."""
    doc._.furniture = furniture_spans(text_of(doc))
    doc._.quantities = [
        quantity
        for quantity in doc._.quantities
        if not any(start <= quantity[0] < end for start, end in doc._.furniture)
    ]
    return doc


def furniture_spans(text: str) -> list[tuple[int, int]]:
    """Half-open character spans of the lines that are furniture, in the order of the text."""
    lines = [(match.start(), match.end(), match.group().strip()) for match in _LINE.finditer(text)]
    credit = [_is_credit(line) for _, _, line in lines]
    listed = _listed([line for _, _, line in lines])
    return [
        (start, end)
        for number, (start, end, line) in enumerate(lines)
        if credit[number] or listed[number] or _is_furniture(line) or _is_caption(lines, credit, number, text)
    ]


def _listed(lines: list[str]) -> list[bool]:
    """Which lines belong to a list of other stories: its heading, and the headlines below it."""
    inside, flags = False, []
    for line in lines:
        if _bare(line) in _words()["list_heads"]:
            inside = True
        elif line.rstrip('"”’').endswith((".", "!", "…")) or len(line) > _LONGEST_HEADLINE or "|" in line:
            inside = False
        flags.append(inside and bool(line))
    return flags


def _bare(line: str) -> str:
    return line.lower().strip(" .:!|·•*#-–—").replace("’", "'")


def _is_furniture(line: str) -> bool:
    words, low = _words(), line.lower().lstrip("([ ")
    if low.startswith(words["line_starts"]):
        return not _looks_like_prose(low)
    if _bare(line) in words["lines"] or _GALLERY.match(line):
        return True
    return len(line) <= _LONGEST_BOX and any(box in low for box in words["boxes"])


def _looks_like_prose(low: str) -> bool:
    """A paragraph that happens to begin with such a word ("Comments by the minister sent 3 million …")."""
    return len(low) > _LONGEST_BOX and ":" not in low[:30]


def _is_credit(line: str) -> bool:
    if len(line) > _LONGEST_CREDIT:
        closing = _CREDITED.search(line)
        if closing is None or len(line) > _LONGEST_BOX:
            return False
        line = closing[1]
    low = line.lower()
    return any(credit in low for credit in _words()["credits"])


def _is_caption(lines: list[tuple[int, int, str]], credit: list[bool], number: int, text: str) -> bool:
    """The line directly below a photo credit (no blank line between): what the picture shows."""
    if number == 0 or not (credit[number - 1] or _is_agency(lines[number - 1][2])):
        return False
    gap = text[lines[number - 1][1] : lines[number][0]]
    return gap.count("\n") == 1


def _is_agency(line: str) -> bool:
    """A line that is nothing but an outlet's name, as it stands above a caption: "CNN"."""
    return 2 <= len(line) <= 12 and line.isupper() and line.isalpha()
