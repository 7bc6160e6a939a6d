"""Reading the number itself: digits in every grouping, number words, scales.

`read_number(text, position)` reads one number that starts there, with its scale words, and nothing around it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from .intervals import clean, step_of
from .lexicon import Lexicon, alternation, lexicon

LARGEST = 1e30
"""Figures beyond this are junk (account numbers, keys), not quantities."""
_SPACES = "\u00a0\u202f\u2009\u2007"
_DIGITS = re.compile(
    rf"""
    (?P<western>\d{{1,3}}(?:,\d{{3}}){{1,99}}(?:\.\d{{1,99}})?(?![\d]))
    |(?P<indian>\d{{1,2}}(?:,\d{{2}}){{1,9}},\d{{3}}(?:\.\d{{1,99}})?(?!\d))
    |(?P<spaced>\d{{1,3}}
        (?:(?:[{_SPACES}]\d{{3}}){{1,20}}|(?:[ ]\d{{3}}){{2,20}}|(?:[ ]\d{{3}}){{1,20}}(?=,\d{{1,2}}\b))
        (?:[.,]\d{{1,99}})?(?!\d))
    |(?P<apostrophe>\d{{1,3}}(?:['’]\d{{3}}){{1,20}}(?:\.\d{{1,99}})?(?!\d))
    |(?P<european>\d{{1,3}}(?:(?:\.\d{{3}}){{2,20}}(?:,\d{{1,99}})?|(?:\.\d{{3}}){{1,20}},\d{{1,2}})(?!\d))
    |(?P<comma>\d{{1,3}},\d{{1,2}}(?![\d,]))
    |(?P<plain>\d{{1,320}}(?:\.\d{{1,320}})?(?!\d))
    """,
    re.VERBOSE,
)
_PARTED = re.compile(r"(?P<spaced>[1-9]\d{0,2} \d{3})(?=\s[a-z]|\)?[.,;:)](?:\s|$)|\)\s)")
"""One plain space between thousands: "49 191 units"."""
_NAMED = re.compile(r"[A-Z]\w*\.?\s$")
"""A name before it takes the first digits for itself: "Route 66 100 years on", "May 12 500 people"."""
_POWER = re.compile(r"\s?[×x]\s?10(?:\^|\*\*)?\s?([-−]?)(\d{1,2})\b")
VULGAR = {
    sign: (top, bottom)
    for sign, top, bottom in (
        ("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5), ("⅖", 2, 5), ("⅗", 3, 5),
        ("⅘", 4, 5), ("⅙", 1, 6), ("⅛", 1, 8), ("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8),
    )
}  # fmt: skip
"""Fractions that are one sign: numerator and denominator."""
_THOUSANDS = re.compile(r"\s(\d{1,3})\s(lakh|thousand)\b(?:\s(\d{3})\b(?![.,]?\d))?", re.IGNORECASE)
_DETERMINED = re.compile(r"(?<!\w)(?:an?|the)\s$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[\s-]{1,2}([A-Za-z]+)")


class Number(NamedTuple):
    """A number as written, with its scale."""

    start: int
    end: int
    value: float
    step: float
    """What one of the last printed digit stands for, scale included."""
    scale: float = 1.0
    digits: bool = True
    """Written in digits rather than words."""
    bare: bool = False
    """A whole number without grouping, decimals or scale: such may be a year, a page, a name."""
    raw: float = 0.0
    """The value before the scale."""


class NumberPatterns(NamedTuple):
    """Patterns put together from the word lists."""

    word: re.Pattern[str]
    gap: re.Pattern[str]
    scale: re.Pattern[str]
    suffix: re.Pattern[str]
    attached: re.Pattern[str]
    money: re.Pattern[str]
    half: re.Pattern[str]


@lru_cache(maxsize=1)
def number_patterns() -> NumberPatterns:
    """The patterns of number words and scales."""
    words = lexicon()
    cardinals = {**words.units, **words.tens, **words.scales}
    return NumberPatterns(
        word=re.compile(alternation(cardinals) + r"(?![\w’']\w)\b", re.IGNORECASE),
        gap=re.compile(r"(?:[-‐‑]|\s{1,2})(?:and\s{1,2})?", re.IGNORECASE),
        scale=re.compile(r"[-‐‑\s]?\s?(" + alternation(words.scales) + r")\b", re.IGNORECASE),
        suffix=re.compile(
            r"\s?("
            + alternation(words.suffixes)
            + r")(?![A-Za-z])\.?(?!\w)"
            + "|("
            + alternation(k for k in words.suffixes if ord(k[0]) > 0x3000)
            + ")"
        ),
        attached=re.compile("(" + alternation(words.attached) + r")(?![\w/²³]|\.\w)"),
        money=re.compile(r"\s?(" + alternation(words.money) + r")(?![\w/²³]|\.\w)"),
        half=re.compile(r"[\s-]+and[\s-]+(?:a|one)[\s-](half|quarter)\b", re.IGNORECASE),
    )


def read_number(text: str, position: int, *, money: bool = False) -> Number | None:
    """The number that starts at `position`, or None."""
    if text[position].isdigit() or text[position] in VULGAR:
        number = _read_digits(text, position)
        return _scaled(text, number, money=money) if number else None
    return _read_words(text, position)


def _read_digits(text: str, position: int) -> Number | None:
    if text[position] in VULGAR:
        top, bottom = VULGAR[text[position]]
        return Number(position, position + 1, top / bottom, 1 / bottom, raw=top / bottom)
    match = _DIGITS.match(text, position)
    parted = _PARTED.match(text, position)
    if parted is not None and not _is_named(text, position):
        match = parted
    if match is None or match.end() - match.start() > 400:
        return None
    digits = _plain_digits(match)
    value = float(digits)
    if not isfinite(value) or value > LARGEST:
        return None
    bare = match.lastgroup == "plain" and "." not in digits
    step = step_of(digits, written_out=True)
    number = Number(position, match.end(), value, step, bare=bare, raw=value)
    return _with_extras(text, number)


def _is_named(text: str, position: int) -> bool:
    """Whether the name before the digits takes the first of them; "Some" opens a sentence and names nothing."""
    name = _NAMED.search(text, max(0, position - 20), position)
    word = name.group().strip().lower() if name else ""
    return bool(word) and word not in lexicon().before and word not in lexicon().contexts["stops"]


def _plain_digits(match: re.Match[str]) -> str:
    """ASCII-like digits with a point before the decimals."""
    written, style = match.group(), match.lastgroup
    if style in ("european", "comma"):
        return written.replace(".", "").replace(",", ".")
    if style == "spaced":
        return "".join(written.split()).replace(",", ".")
    return written.replace(",", "").replace("'", "").replace("’", "")


def _with_extras(text: str, number: Number) -> Number:
    """Vulgar fractions ("1½") and powers of ten ("3×10⁸" is not read, "3×10^8" is) behind the digits."""
    following = text[number.end : number.end + 1]
    if following in VULGAR and following:
        top, bottom = VULGAR[following]
        value = number.value + top / bottom
        return number._replace(end=number.end + 1, value=value, raw=value, bare=False, step=1 / bottom)
    power = _POWER.match(text, number.end) if following in "×x " and following else None
    if power is None:
        return number
    factor = float(10.0 ** (int(power[2]) * (-1 if power[1] else 1)))
    return number._replace(end=power.end(), value=clean(number.value * factor), step=number.step * factor, bare=False)


def _scaled(text: str, number: Number, *, money: bool) -> Number | None:
    """The number with the scale that follows it: "4.91 million", "12bn", "1.2 lakh crore"."""
    words, patterns = lexicon(), number_patterns()
    end, scale = number.end, 1.0
    while match := patterns.scale.match(text, end):
        scale *= words.scales[match[1].lower()]
        end = match.end()
        if scale > LARGEST:
            return None
    if end == number.end:
        end, scale = _abbreviated(text, number, words, patterns, money=money)
    return _with_lower_scales(text, _apply(number, end, scale)) if end != number.end else number


def _with_lower_scales(text: str, number: Number) -> Number:
    """The whole of "60 million 697 thousand 843", "2 crore 35 lakh": what lower scales add to a number."""
    while match := _THOUSANDS.match(text, number.end):
        scale = lexicon().scales[match[2].lower()]
        more = float(match[1]) * scale
        if more >= number.scale:
            break
        rest = float(match[3] or 0)
        step = 1.0 if match[3] else scale
        number = number._replace(end=match.end(), value=clean(number.value + more + rest), step=step, scale=scale)
    return number


def _abbreviated(
    text: str, number: Number, words: Lexicon, patterns: NumberPatterns, *, money: bool
) -> tuple[int, float]:
    if match := patterns.suffix.match(text, number.end):
        written = match[1] or match[2]
        return match.end(match.lastindex or 0), words.suffixes[written]
    if money and (match := patterns.money.match(text, number.end)):
        return match.end(), words.money[match[1]]
    if (match := patterns.attached.match(text, number.end)) and not _is_metres(text, number, match):
        return match.end(), words.attached[match[1]]
    return number.end, 1.0


def _is_metres(text: str, number: Number, match: re.Match[str]) -> bool:
    """Whether the letter after the digits is a metre ("a 50m pool", "12m high") or a name ("4K", "the 5k run")."""
    following = _NEXT_WORD.match(text, match.end())
    if following and following[1].lower() in lexicon().contexts["dimensions"]:
        return True
    article = _DETERMINED.search(text, max(0, number.start - 4), number.start) is not None
    small = number.bare and number.value <= 1000
    if match[1] == "m":
        return article and small and not (following and following[1].endswith("s"))
    return match[1] == "K" and number.bare and number.value in (2, 4, 5, 8)


def scaled_up(text: str, number: Number) -> Number:
    """The number with the scale word that follows it, where one does: "half a *million*"."""
    match = number_patterns().scale.match(text, number.end)
    return _apply(number, match.end(), lexicon().scales[match[1].lower()]) if match else number


def _apply(number: Number, end: int, scale: float) -> Number:
    """A figure with a scale rounds as its digits are printed: "20 million" has a step of a million."""
    step = min(number.step, 1.0) if number.raw >= 1000 else number.step
    value = clean(number.value * scale)
    return number._replace(end=end, value=value, step=step * scale, scale=scale, bare=False)


def _read_words(text: str, position: int) -> Number | None:
    """Number words: "twenty-three", "two hundred and five thousand", "half" excluded."""
    words, patterns = lexicon(), number_patterns()
    total = current = last = 0.0
    end, seen_scale, count = position, 1.0, 0
    at = position
    while match := patterns.word.match(text, at):
        word = match.group().lower()
        if not _continues(words, word, last, count):
            break
        total, current, last, seen_scale = _add(words, word, total, current, seen_scale)
        end, count = match.end(), count + 1
        gap = patterns.gap.match(text, end)
        if gap is None or count > 24:
            break
        at = gap.end()
    if not count:
        return None
    value = total + current
    step = seen_scale if last >= 1000 and total and not current else 1.0
    number = Number(position, end, value, step, seen_scale, digits=False, raw=value / seen_scale, bare=seen_scale == 1)
    return _and_a_half(text, number) if value <= LARGEST else None


def _continues(words: Lexicon, word: str, last: float, count: int) -> bool:
    """Whether a number word can follow the one before: units after tens or scales, scales after anything."""
    if not count:
        return True
    if word in words.scales:
        return word != "dozen" or last < 100
    if word in words.tens:
        return last >= 100
    return last >= 100 or (last >= 20 and words.units[word] < 10 and words.units[word] > 0)


def _add(words: Lexicon, word: str, total: float, current: float, seen: float) -> tuple[float, float, float, float]:
    if word in words.scales:
        scale = words.scales[word]
        if scale < 1000:
            return total, (current or 1.0) * scale, scale, seen
        return total + (current or (total or 1.0)) * scale - (0 if current else total), 0.0, scale, scale
    value = words.units.get(word, words.tens.get(word, 0.0))
    return total, current + value, value, seen


def _and_a_half(text: str, number: Number) -> Number:
    """The whole of "Two and a half million", "one and a half times"."""
    match = number_patterns().half.match(text, number.end)
    if match is None:
        return number
    part = 0.5 if match[1].lower() == "half" else 0.25
    value = number.value + part * number.scale
    with_half = number._replace(end=match.end(), value=value, raw=value, step=part * number.scale, bare=False)
    scale = number_patterns().scale.match(text, match.end())
    return _apply(with_half, scale.end(), lexicon().scales[scale[1].lower()]) if scale else with_half
