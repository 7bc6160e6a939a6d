"""Text that is on the page but not in the article: captions, "Related:" lines, newsletter boxes, notes of the site.

Figures in it are no claims: a caption's year and a related headline's rank are another story's.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from spacy.language import Language

from extractor.loading import tables
from extractor.mentions import text_of
from extractor.tokens import SpacyDoc

_LINE = re.compile(r"[^\n]+")
_LONGEST_CREDIT = 90
_CREDITED = re.compile(r"\(([^()]{3,80})\)\W*$")
"""A caption with its credit: "Cars wait at the port on Monday. (AP Photo/Ana Ruiz)"."""
_GALLERY = re.compile(r"\d{1,3} (?:of|/) \d{1,3}(?:\s*[|–—-]|\.\s)")
"""The caption of a picture in a row of them: "1 of 4 | Cars wait at the port", "1 of 4. Cars wait"."""
_LONGEST_BOX = 400
_SHORTEST_SENTENCE = 5
"""Spaces in the shortest line that is taken for a sentence."""
_LONGEST_HEADLINE = 120
_RULE = re.compile(r"[-–—•*·_=~\s]+")
"""A line of nothing but dashes or dots, as it parts the headlines of a sidebar."""
_QUOTED = re.compile(
    r"[A-Z][A-Za-z&.^=/-]*(?: [A-Z0-9][A-Za-z0-9&]*){0,3}? [$€£¥₹]?\d[\d.,]*\s*"
    r"(?:[+−-]\s?[$€£¥₹]?[\d.,]+\s?[\s(]\(?[+−-]?[\d.,]+\s?%\)?|[▲▼↑↓△▽]\s?[\d.,]+\s?%?(?:\s?\(?[\d.,]+\s?%\)?)?)"
)
"""A price in a box of the markets: "NRD 172.40 +1.27 (0.7%)", "Brent 82.10 ▲ 0.5%"."""
_FIGURE_ALONE = re.compile(r"[$€£¥₹]?[+−-]?\d[\d.,]*\s?(?:%|[KkMm]|bn|mn)?")
_HOUR_ALONE = re.compile(r"(?:[01]?\d|2[0-3])[.:h]?[0-5]\d:?(?:\s?[ap]\.?m\.?)?:?", re.IGNORECASE)
_FEWEST_HOURS = 3
"""From so many lines on that hold an hour and nothing else, they are the marks of a live report ("12.57", "1242:")."""
_PLAN = re.compile(r"[$€£¥₹]\s?\d[\d.,]*(?:\s?/\s?\w+)?")
"""What a plan of subscription costs, as a line of its own: "£9", "₹225/Month"."""
_TO_THE_READER = re.compile(r"\byou(?:r|rs)?\b")
_ROW_NUMBER = re.compile(r"^[ |]*(\d{1,3})[.)]?[ ]*[|\t][ ]*[^\W\d]", re.MULTILINE)
_FEWEST_CELLS = 3
"""From so many lines on that hold a figure and nothing else, they are the cells of a table that lost its rows."""


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in tables("extractor", "data/furniture.toml").items()}


@lru_cache(maxsize=1)
def _counter() -> re.Pattern[str]:
    """What a page counts of itself: "1.2K shares", "Views: 3,400", "(12) Comments"."""
    things = "|".join(sorted((re.escape(word) for word in _words()["counters"]), key=lambda word: (-len(word), word)))
    number = r"\(?\d[\d.,]*\s?[KkMm]?\+?\)?"
    return re.compile(rf"\W*(?:{number}\s?(?:{things})s?|(?:{things})s?\s?[:(]?\s?{number})\W*", re.IGNORECASE)


@Language.component(
    "claimgraph_furniture", requires=["doc._.quantities"], assigns=["doc._.furniture", "doc._.quantities"]
)
def claimgraph_furniture(doc: SpacyDoc) -> SpacyDoc:
    """Writes `doc._.furniture`, and takes the number expressions inside it out of `doc._.quantities`."""
    spans = doc._.furniture = furniture_spans(text_of(doc))
    if spans:
        doc._.quantities = [
            quantity for quantity in doc._.quantities if not any(start <= quantity[0] < end for start, end in spans)
        ]
    return doc


def furniture_spans(text: str) -> list[tuple[int, int]]:
    """Half-open character spans of the lines that are furniture, in the order of the text."""
    lines = [(match.start(), match.end(), match.group().strip()) for match in _LINE.finditer(text)]
    numbered = _row_numbers(text)
    bare = [line for _, _, line in lines]
    credit = [_is_credit(line) for line in bare]
    elsewhere = [
        any(signs) for signs in zip(_listed(bare), _parted(bare), _cells(bare), _hours(bare), _plans(bare), strict=True)
    ]
    whole = [
        (start, end)
        for number, (start, end, line) in enumerate(lines)
        if credit[number] or elsewhere[number] or _is_furniture(line) or _is_caption(lines, credit, number, text)
    ]
    return sorted({*whole, *numbered})


def _row_numbers(text: str) -> list[tuple[int, int]]:
    """The cells that only count the rows of a table: "1 | Velden | 402", "2 | Tarnby | 377"."""
    found = [(int(match[1]), match.span(1)) for match in _ROW_NUMBER.finditer(text)]
    counted = [number for number, _ in found] == list(range(1, len(found) + 1))
    return [span for _, span in found] if counted and len(found) > 1 else []


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


def _parted(lines: list[str]) -> list[bool]:
    """Which lines are headlines that rules part from one another: each alone between two of them, or last of all."""
    flags = [False] * len(lines)
    printed = [number for number, line in enumerate(lines) if line]
    for before, number, after in zip(printed, printed[1:], [*printed[2:], -1], strict=False):
        ends = after < 0 or _RULE.fullmatch(lines[after]) is not None
        if ends and _RULE.fullmatch(lines[before]) and not lines[number].rstrip('"”’').endswith((".", "!", "…")):
            flags[number] = True
    return flags if sum(flags) > 1 else [False] * len(lines)


def _cells(lines: list[str]) -> list[bool]:
    """Which lines are cells of a table that lost its rows: a figure alone, line upon line."""
    flags = [False] * len(lines)
    alone = [bool(line) and _FIGURE_ALONE.fullmatch(line) is not None for line in lines]
    for is_alone, run in itertools.groupby(range(len(lines)), key=lambda number: alone[number]):
        numbers = list(run)
        if is_alone and len(numbers) >= _FEWEST_CELLS:
            for number in numbers:
                flags[number] = True
    return flags


def _hours(lines: list[str]) -> list[bool]:
    """Which lines are the hours of a live report."""
    flags = [_HOUR_ALONE.fullmatch(line) is not None for line in lines]
    return flags if sum(flags) >= _FEWEST_HOURS else [False] * len(lines)


def _plans(lines: list[str]) -> list[bool]:
    """Which lines offer plans of subscription: those below a wall, up to a sentence, if prices are among them."""
    flags = [False] * len(lines)
    walls = [number for number, line in enumerate(lines) if any(wall in line.lower() for wall in _words()["walls"])]
    for wall in walls:
        below = range(wall + 1, next((n for n in range(wall + 1, len(lines)) if _is_sentence(lines[n])), len(lines)))
        if any(_PLAN.fullmatch(lines[number]) for number in below):
            flags[below.start : below.stop] = [True] * len(below)
    return flags


def _bare(line: str) -> str:
    return line.lower().strip(" .:!|·•*#-–—").replace("’", "'")


def _is_furniture(line: str) -> bool:
    words, low = _words(), line.lower().lstrip("([ ")
    if low.startswith(words["line_starts"]) and (start := _start(low)):
        return not _looks_like_prose(low, start)
    if _bare(line) in words["lines"] or _GALLERY.match(line):
        return True
    if len(line) <= _LONGEST_CREDIT and (_counter().fullmatch(line) or _QUOTED.fullmatch(line)):
        return True
    return len(line) <= _LONGEST_BOX and _is_box(line, low)


def _is_box(line: str, low: str) -> bool:
    """A call to join or to pay; a sentence with such words is the article's ("On his Telegram channel …")."""
    if any(box in low for box in _words()["boxes"]):
        return True
    if not any(offer in low for offer in _words()["offers"]):
        return False
    return not _is_sentence(line) or low.startswith(_words()["offers"]) or _TO_THE_READER.search(low) is not None


def _is_sentence(line: str) -> bool:
    return line.rstrip('"”’').endswith((".", "!", "?")) and line.count(" ") >= _SHORTEST_SENTENCE


def _start(low: str) -> str:
    """The longest phrase of furniture that a line begins with, up to the end of a word; "" for none."""
    whole = [start for start in _words()["line_starts"] if low.startswith(start) and not _goes_on(start, low)]
    return max(whole, key=len, default="")


def _goes_on(start: str, low: str) -> bool:
    """Whether a word goes on where a phrase ends: the "subscribers" of "subscribe"."""
    return start[-1].isalpha() and low[len(start) : len(start) + 1].isalpha()


def _looks_like_prose(low: str, start: str) -> bool:
    """A sentence that happens to begin with such a word ("Comments by the minister sent 3 million …")."""
    if ":" in low[:30] or "|" in low[:30]:
        return False
    return len(low) > _LONGEST_BOX or (_is_sentence(low) and start in _words()["nouns"])


def _is_credit(line: str) -> bool:
    if len(line) > _LONGEST_CREDIT:
        closing = _CREDITED.search(line)
        if closing is None or len(line) > _LONGEST_BOX:
            return False
        line = f"({closing[1]})"
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
