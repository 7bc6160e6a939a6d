"""Places in an order: "#1", "the world's largest", "third-biggest", "top three", "No. 2"."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.mentions import Quantity

from .lexicon import alternation, lexicon
from .nouns import counted_noun
from .numerals import read_number
from .surroundings import left_tokens
from .tails import PERCENT

_NEXT = re.compile(r"[\s-]+([A-Za-z][\w’'.-]*)")
_CLAUSE = re.compile(r"[^.;:!?\n]{0,70}")
_SPAN = r"(?:an?|\w+|\d+) (?:years?|decades?|months?|weeks?|days|quarters?|century|generation)"
_OVER_TIME = re.compile(
    r"\b(?:since|ever|on record|in (?:(?:modern |living |recorded )?(?:history|memory|times)|decades|years|months"
    rf"|(?:(?:more than|nearly|almost|about|at least|over) )?{_SPAN}))\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\b(?:one|two|three|four|five|some|many|several|most|any|none|few|\d+)\s+of\s+(?:\S+\s+){1,3}$|\bamong\s+(?:\S+\s+){1,3}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<![\w&])(?:#|[Nn]o\.\s?|NO\.\s?|№\s?|(?i:number)[\s-])$")
_SMALL_COUNT = re.compile(r"\s(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b", re.IGNORECASE)
_PLACES = re.compile(r"\s(?:place|spot|position|rank)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _ordinal() -> re.Pattern[str]:
    return re.compile(r"\b(?:(" + alternation(lexicon().ordinals) + r")|(\d{1,3})(?:st|nd|rd|th))[\s-]$", re.IGNORECASE)


def rank(start: int, end: int, value: float) -> Quantity:
    """A rank as a quantity: exact, unit `count`."""
    return Quantity(start, end, value, value, value, "exact", "count", "rank")


def numbered_rank(text: str, start: int) -> Quantity | None:
    """The place that the number at `start` gives behind a mark of rank: "#1", "No. 2", "number one"; else None."""
    mark = _NUMBERED.search(text, max(0, start - 8), start)
    if mark is None:
        return None
    number = read_number(text, start)
    if number is None or not number.bare or not 1 <= number.value <= 10:
        return None
    word = mark.group().lower().strip()
    if word.startswith("number") and (number.value > 3 or text[number.end : number.end + 3] == " of"):
        return None
    return rank(mark.start(), number.end, number.value)


def numbered_thing(text: str, start: int) -> int:
    """Where the number of a named thing ends: "the No. *3* works", "the number *2* reactor"; 0 for none."""
    if _NUMBERED.search(text, max(0, start - 8), start) is None:
        return 0
    number = read_number(text, start)
    following = _NEXT.match(text, number.end) if number else None
    return number.end if number and following and following[1].lower() in lexicon().ranks["numbered"] else 0


def superlative_rank(text: str, start: int, end: int) -> Quantity | None:
    """The rank that a superlative asserts of the noun after it, or None where it asserts none.

    Left out: superlatives over time ("highest in four years"), members of a group ("one of the largest"), verbs and
    fixed phrases ("leading to", "top executive"), and a superlative without a noun.
    """
    word = text[start:end].lower()
    ordinal = _ordinal().search(text, max(0, start - 12), start)
    if text[end : end + 1] == "-":
        return None
    if ordinal is None and not _opens(text, start, word):
        return None
    begin = ordinal.start() if ordinal else start
    if _ONE_OF.search(text, max(0, begin - 60), begin):
        return None
    if word == "top" and _SMALL_COUNT.match(text, end):
        count = _top_count(text, end)
        return count._replace(start=begin) if count else None
    if not _has_noun(text, end, ordinal is not None) or (ordinal is None and _is_set(text, end)):
        return None
    clause = _CLAUSE.match(text, end)
    if clause and _OVER_TIME.search(clause.group()):
        return None
    return rank(begin, end, _ordinal_value(ordinal))


def _ordinal_value(ordinal: re.Match[str] | None) -> float:
    if ordinal is None:
        return 1.0
    return float(lexicon().ordinals[ordinal[1].lower()] if ordinal[1] else int(ordinal[2]))


def _opens(text: str, start: int, word: str) -> bool:
    """Whether a bare superlative is made definite: "the largest", "China's top", "as the leading"."""
    ranks = lexicon().ranks
    if word in ranks["weak"]:
        return False
    before = next(iter(left_tokens(text, start, 1)), "").strip('("“‘')
    if before.endswith(("'s", "’s", "s'", "s’")) or before in ranks["openers"]:
        return True
    if text[start].isupper() and before in ranks["title_openers"]:
        return True
    two = left_tokens(text, start, 2)
    return len(two) == 2 and two[1] in ("the", "its", "their") and two[0] in ranks["sole"]


def _top_count(text: str, end: int) -> Quantity | None:
    """The places down to a number: "top three destinations"."""
    gap = _NEXT.match(text, end)
    at = gap.start(1) if gap else end + 1
    if at >= len(text) or not (text[at].isdigit() or text[at].isalpha()):
        return None
    number = read_number(text, at)
    if number is None or not number.bare or not 2 <= number.value <= 1000:
        return None
    if PERCENT.match(text, number.end):
        return None
    return rank(end, number.end, number.value) if counted_noun(text, number.end, 2) else None


def _is_set(text: str, end: int) -> bool:
    """Whether the superlative stands for several ("the wealthiest members"), none of which it gives a place."""
    noun = counted_noun(text, end, 2)
    return noun is not None and text[end : noun.start].isspace()


def _has_noun(text: str, end: int, ordered: bool) -> bool:
    ranks = lexicon().ranks
    match = _NEXT.match(text, end)
    if match is None:
        return False
    word = match[1].lower().rstrip(".")
    second = _NEXT.match(text, match.end())
    after = second[1].lower().rstrip(".") if second else ""
    if word in ranks["verb_after"] or (word in ranks["not_nouns"] and not ordered):
        return False
    if ordered:
        return word not in lexicon().contexts["stops"]
    return not (
        after in ranks["not_nouns"] and word not in lexicon().contexts["stops"] and not _PLACES.match(text, match.end())
    )


def leader_phrase(text: str, start: int, end: int) -> Quantity | None:
    """The first place that a definite phrase gives by itself: "the market leader", "its pole position"; else None."""
    if not _opens(text, start, text[start:end].lower()):
        return None
    return rank(start, end, 1.0)
