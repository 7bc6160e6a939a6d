"""Fractions, multiples and vague plurals: numbers that are not written as a number.

"a quarter", "two-thirds", "one in five", "half" → percent; "doubled", "1.2 times", "threefold" → times; "dozens",
"tens of thousands", "several hundred" → an order of magnitude.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .intervals import Bounds, bounds, clean, fraction_bounds
from .lexicon import alternation, lexicon, movement
from .numerals import Number, read_number, scaled_up
from .surroundings import left_tokens

ARTICLE = re.compile(r"\b(an?|one)[\s-]$", re.IGNORECASE)
_GOOD = re.compile(r"\ba\s(?:good|full)\s$", re.IGNORECASE)
_HALF_A = re.compile(r"\bhalf[\s-](?:an?|of\sa)[\s-]$", re.IGNORECASE)
_FEW = re.compile(r"\b(?:several|an?\sfew|few|many|some)\s$", re.IGNORECASE)
_OF_WHOLE = re.compile(r"[\"”’']?\s+(?:of|the|its|their|his|her|all|that|our|as|those)\b", re.IGNORECASE)
_OF = re.compile(r"[\"”’']?\sof\s", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+([a-z]+)")
_NEXT_WORD_UNQUOTED = re.compile(r"[\"”’']?\s+([a-z]+)")
_IN = re.compile(r"\s(?:in(?:\severy)?|out\sof(?:\severy)?|of\severy)\s", re.IGNORECASE)
_NOUN_IN = re.compile(
    r"\s(?!(?:in|out|of|million|billion|hundred|thousand|dozen)\b)[a-z][\w-]*(?:\s(?!in\b)[a-z][\w-]*)?"
    r"\s(?:in(?:\severy)?|out\sof(?:\severy)?)\s"
)
_NOUN_BEHIND = re.compile(r"[\s-]+(?!is\b|was\b|has\b|as\b|across\b|uses\b)[A-Za-z][a-z]*[^\W\ds]s\b|-")
_TO_ONE = re.compile(r"(?:\sto\s|-to-)(?:one|1)\b(?![\d,.%]\d|\s?%)", re.IGNORECASE)
_RATIO_OF = re.compile(r"\bratio\s(?:of|is|was)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_PART_OF_UNIT = re.compile(r"(?P<of>[\s-]of)?[\s-](?P<article>an?|one)(?=[\s-])", re.IGNORECASE)
_PART_AND_UNIT = re.compile(r"(?=[\s-](?:per\s?cent|percent|percentage|point|basis)\b)", re.IGNORECASE)
_TIMES = re.compile(r"[\s-]?(?:times\b|(?-i:(?<!\d{3})X|x)\b(?!\s?\d|-[a-z])|×(?!\s?\d))|[\s-]?fold\b", re.IGNORECASE)
_PER_TIME = re.compile(r"\s+(?:an?|per|each|every)\s+(?:day|week|month|year|hour|night|season)", re.IGNORECASE)
_SCALED = re.compile(
    r"\s*(?:[,;:)\]|\n]|$|(?:of\s)?(?:U\.?S\.?\s)?(?:dollars|euros|pounds|yen)\b|except\b)", re.IGNORECASE
)
"""What follows "in millions" where that is the scale of a table: "(in millions)", "in thousands, except per share"."""
_SLASH = re.compile(r"\s?[/⁄]\s?(\d{1,4})(?![\d/.,]\d)")
_MULTIPLIED = re.compile(r"(?:\s+[\w’'-]+){1,4}")


class Ratio(NamedTuple):
    """A fraction, multiple or vague plural with its extent."""

    start: int
    end: int
    value: float
    unit: str
    form: str
    step: float = 0.0
    vague: float = 0.0
    """The scale of a vague plural: 100 for "hundreds"."""


@lru_cache(maxsize=1)
def _fraction_tail() -> re.Pattern[str]:
    return re.compile(
        r"[\s-]("
        + alternation(word + "s" for word in lexicon().fractions)
        + "|"
        + alternation(lexicon().fractions)
        + r")\b",
        re.IGNORECASE,
    )


def fraction_after(text: str, number: Number) -> Ratio | None:
    """The fraction that starts with a number: "two-thirds", "three quarters", "one in five", "3 out of 4", "1/16"."""
    if not number.bare:
        return None
    return _slashed(text, number) or _spelt(text, number) or _n_in_m(text, number)


def _slashed(text: str, number: Number) -> Ratio | None:
    match = _SLASH.match(text, number.end)
    if match is None or not number.digits:
        return None
    bottom = int(match[1])
    plain = number.value < bottom and (bottom in (2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 128) or number.value == 1)
    if not plain or (text[number.end] == "/" and not re.compile(r"\s+(?:of|[a-z]+)").match(text, match.end())):
        return None
    return Ratio(number.start, match.end(), number.value / bottom, "", "fraction")


def _spelt(text: str, number: Number) -> Ratio | None:
    match = _fraction_tail().match(text, number.end)
    if match is None or number.digits or number.value > 20:
        return None
    bottom = lexicon().fractions.get(match[1].lower()) or lexicon().fractions[match[1].lower()[:-1]]
    before = next(iter(left_tokens(text, number.start, 1)), "")
    if bottom == 4 and before in lexicon().contexts["not_fraction"] and not _OF_WHOLE.match(text, match.end()):
        return None  # "in the first three quarters"
    singular = not match[1].lower().endswith("s")
    if singular != (number.value == 1) or number.value >= bottom * 3 or (bottom == 4 and number.value >= 4):
        return None  # "over four quarters" is a year
    if bottom == 4 and text[match.start()] == " " and not (_OF_WHOLE.match(text, match.end()) or number.value == 3):
        return None
    return _share(number.start, match.end(), number.value / bottom)


def _n_in_m(text: str, number: Number) -> Ratio | None:
    """The share that "one in five" or "3 out of 4 voters" gives; with the noun between, "one job in ten"."""
    match = _IN.match(text, number.end)
    apart = match is None and not number.digits and number.value < 10
    match = _NOUN_IN.match(text, number.end) if apart else match
    if match is None or match.end() >= len(text):
        return None
    second = _second(text, match.end())
    if second is None or not second.bare or not number.value < second.value <= 100_000:
        return None
    round_figure = (
        apart
        or number.value == 1
        or second.value in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50)
        or second.value % 100 == 0
    )
    year = second.digits and 1900 <= second.value <= 2099
    behind = _stretch().match(text, second.end) or (apart and _NOUN_BEHIND.match(text, second.end))
    if not round_figure or year or behind:
        return None
    return _share(number.start, second.end, number.value / second.value)


@lru_cache(maxsize=1)
def _stretch() -> re.Pattern[str]:
    """Times and games behind "one in five", which count no people."""
    return re.compile(rf"[\s-]{alternation(lexicon().contexts['stretches'])}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _halved() -> re.Pattern[str]:
    """Nouns that make one word with "half" and "quarter": "half *an hour*"."""
    return re.compile(rf"[\s-](?:an?\s)?{alternation(lexicon().contexts['halved'])}", re.IGNORECASE)


def _second(text: str, position: int) -> Number | None:
    if text[position].isdigit() or text[position].isalpha():
        return read_number(text, position)
    return None


def _share(start: int, end: int, part: float) -> Ratio:
    return Ratio(start, end, clean(100 * part), "percent", "fraction")


def part_of_unit(text: str, start: int, end: int, part: float) -> Number | None:
    """The number that a fraction of one unit makes: "half *a* per cent", "a quarter *of one* point" are 0.5 and 0.25.

    It ends where the unit begins; a scale is taken along ("three quarters *of a million*").
    """
    match = _PART_OF_UNIT.match(text, end) or _PART_AND_UNIT.match(text, end)
    if match is None:
        return None
    number = Number(start, match.end(), part, part / 10, digits=False, raw=part)
    spoken = match.lastgroup is None or match["of"] or part == 0.5
    scaled = scaled_up(text, number) if match.lastgroup else number
    return scaled if spoken else None


def fraction_word(text: str, start: int, end: int) -> Ratio | None:
    """The fraction whose word stands at `start`: "a quarter", "a third of"; None for "the first half"."""
    word = text[start:end].lower()
    bottom = lexicon().fractions.get(word)
    if bottom is None:
        return None
    if word == "half":
        return _half(text, start, end)
    if text[max(0, start - 6) : start].lower() == "every " and bottom != 4 and not _stretch().match(text, end):
        return _share(start - 6, end, 1 / bottom)
    article = _GOOD.search(text, max(0, start - 8), start) or ARTICLE.search(text, max(0, start - 4), start)
    if article is None:
        return None
    cues = {*_cues(text, article.start())}
    following = re.compile(r"[^\S\n]+([\w’'-]+)").match(text, end)
    if following and following[1].lower() in movement().comparison:
        return _share(article.start(), end, 1 / bottom)
    closed = following is None or following[1].strip("-").lower() in {"", *lexicon().contexts["stops"]}
    if (
        _OF.match(text, end)
        or (closed and bottom != 4 and cues & lexicon().contexts["fraction_cues"])
        or (closed and cues & lexicon().contexts["change_cues"])
    ):
        return _share(article.start(), end, 1 / bottom)
    return None


def _cues(text: str, start: int) -> list[str]:
    """The word before a fraction, and the one before a modifier: "about" and "by" of "by about a quarter"."""
    left = left_tokens(text, start, 2)
    return left if left and lexicon().before.get(left[0]) == "about" else left[:1]


def _half(text: str, start: int, end: int) -> Ratio | None:
    cue = next(iter(left_tokens(text, start, 1)), "")
    if _halved().match(text, end) or text[end : end + 1] == "-" or cue in lexicon().contexts["not_fraction"]:
        return None
    article = ARTICLE.search(text, max(0, start - 4), start)
    begin = article.start() if article else start
    before = next(iter(left_tokens(text, begin, 1)), "")
    if _OF_WHOLE.match(text, end) or before in lexicon().contexts["fraction_cues"]:
        return _share(begin, end, 0.5)
    return None


def times_after(text: str, number: Number) -> Ratio | None:
    """The multiple that starts with a number: "1.2 times", "3x", "ten-fold"."""
    match = _TIMES.match(text, number.end)
    if match is None and number.scale == 1 and (match := _TO_ONE.match(text, number.end)):
        stated = _RATIO_OF.search(text, max(0, number.start - 30), number.start)
        match = match if stated or (number.digits and not number.bare) else None
    if match is None or number.scale >= 1e6:
        return None
    return Ratio(number.start, match.end(), number.value, "times", "multiple", number.step)


def is_ratio(text: str, ratio: Ratio, number: Number, left: list[str]) -> bool:
    """Whether "N times" is a ratio, not a number of occasions ("three times a week", "five times champion")."""
    if text[ratio.end - 1] in "xX×1" or text[ratio.start : ratio.end].lower().endswith(("fold", "one")):
        return True
    if _PER_TIME.match(text, ratio.end):
        return False
    if not number.bare:
        return True
    multiplied = _MULTIPLIED.match(text, ratio.end)
    if multiplied is not None and not lexicon().contexts["multiplied"].isdisjoint(multiplied[0].split()):
        return True  # "21 times forward earnings"
    words = lexicon().contexts
    following = _NEXT_WORD.match(text, ratio.end)
    if following and following[1] in words["ratio_after"]:
        return following[1] not in words["occasions_after"]
    return bool(left) and left[0] in words["multiplying"]


def multiple_word(text: str, start: int, end: int) -> Ratio | None:
    """The multiple that one word gives: "doubled", "doubling", "twice as many", "double the number", "threefold"."""
    word = text[start:end].lower()
    value = lexicon().multiples.get(word)
    if value is None or text[end : end + 1] in ("-", "'", "’"):
        return None
    if word in lexicon().contexts["doubling"] and not _is_ratio_word(text, start, end, word):
        return None
    return Ratio(start, end, value, "times", "multiple", 0.1)


def _is_ratio_word(text: str, start: int, end: int, word: str) -> bool:
    """Whether "double" or "twice" multiplies here, and names no thing ("a double room", "the men's doubles")."""
    words = lexicon().contexts
    following = _NEXT_WORD_UNQUOTED.match(text, end)
    after = following[1] if following else ""
    before = next(iter(left_tokens(text, start, 1)), "").strip("(\"'“‘")
    if after in words["headline_after"] and word not in words["occasions"] and _is_headline_verb(before, word):
        return True
    if word.endswith("es") and before not in words["doubles_before"]:
        return after in words["ratio_after"] or after in words["doubles_after"]
    if word in words["occasions"]:
        return after in words["twice_after"]
    if before in words["adjectival_before"]:
        return False
    if after in words["double_of"] or before in words["doubling_before"]:
        return True
    return before in words["ratio_before"] and (not after or after in words["doubling_after"])


def _is_headline_verb(before: str, word: str) -> bool:
    """True behind a plural, as in a headline: "Cancellations *halve* at Northern"."""
    return before.endswith("s") and not before.endswith(("'s", "’s", "ss")) and not word.endswith("es")


def vague_word(text: str, start: int, end: int) -> Ratio | None:
    """The order of magnitude that a plural scale gives: "dozens of", "hundreds", "tens of thousands"."""
    words = lexicon()
    value = words.vague.get(text[start:end].lower())
    if value is None or (_SCALED.match(text, end) and text[max(0, start - 3) : start].lower() == "in "):
        return None
    match = re.compile(r"\sof\s(" + alternation(words.vague) + r")\b", re.IGNORECASE).match(text, end)
    if match:
        return _vague(start, match.end(), value * words.vague[match[1].lower()])
    if text[start:end].lower() in ("tens", "scores") and text[end : end + 4] != " of ":
        return None
    return None if text[start:end].lower() == "scores" else _vague(start, end, value)


def scale_word(text: str, start: int, end: int) -> Number | Ratio | None:
    """The number of "a million", "half a billion"; the order of magnitude of "several hundred", "a dozen"."""
    if half := _HALF_A.search(text, max(0, start - 12), start):
        value = lexicon().scales[text[start:end].lower()]
        return Number(half.start(), end, value / 2, value / 10, value, digits=False, raw=0.5)
    if few := _FEW.search(text, max(0, start - 9), start):
        ratio = _vague(few.start(), end, lexicon().scales[text[start:end].lower()])
        return None if text[few.start() : few.start() + 4].lower() == "some" else ratio
    article = ARTICLE.search(text, max(0, start - 4), start)
    if article is None:
        return None
    number = read_number(text, start)
    return number._replace(start=article.start()) if number else None


def _vague(start: int, end: int, scale: float) -> Ratio:
    return Ratio(start, end, 2 * scale, "count", "number", scale, scale)


def ratio_bounds(ratio: Ratio, modifier: str) -> Bounds:
    """The lowest and highest value that a ratio's words allow."""
    if ratio.vague:
        return ratio.vague, 10 * ratio.vague
    if ratio.unit == "percent":
        return fraction_bounds(ratio.value, modifier)
    return bounds(ratio.value, ratio.step, modifier)
