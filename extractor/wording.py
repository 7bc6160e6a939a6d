"""Figures, units and periods in words for people: "4.91 million", "$102 billion", "+545%", "Jan–Nov 2023".

Pure functions over values. Symbols and scales are data (`data/wording.toml`).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import lru_cache
from typing import NamedTuple

from extractor.loading import tables
from extractor.model import Claim, Period
from extractor.plurals import plural

MINUS = "−"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINAL_QUARTERS = ("first", "second", "third", "fourth")
_ISO_4217 = re.compile(r"[A-Z]{3}")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_CLEAN = 10
"""Signs of a number that is too short to have any noise at its end."""
_WORTH = 3
"""Significant digits of a number whose decimals go on: nobody printed them, they were worked out."""
_DECIMALS = 6
"""Of a million or a billion, so many decimals are kept: a printed 1,019.08 million is 1.01908 billion."""


class _Words(NamedTuple):
    symbols: dict[str, str]
    suffixes: dict[str, str]
    scales: tuple[tuple[str, float], ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    found = tables("extractor", "data/wording.toml")
    scales = sorted(found["scales"].items(), key=lambda row: -int(row[1]))
    return _Words(
        symbols=found["symbols"],
        suffixes=found["suffixes"],
        scales=tuple((name, 10.0**power) for name, power in scales),
    )


# Numbers -------------------------------------------------------------------------------------------------------------


def number_words(value: float, *, digits: int | None = None, signed: bool = False) -> str:
    """A bare number: 4910000 gives "4.91 million", 840000 "840,000".

    Every digit is kept, as a source's figure wants; a computed one wants `digits`, so many significant ones.
    """
    if digits is not None:
        value = round_to(value, digits)
    size = abs(value)
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return sign + _size_words(size)


def _size_words(size: float) -> str:
    if not math.isfinite(size):
        return "∞" if size == math.inf else "not a number"
    if size < 1e6 and not _rounds_up(size, 1e6):
        return _plain(size) if size >= 1e-6 or size == 0 else _scientific(size)
    if size < 1e9 and size == int(size) and not _is_round(size):
        return f"{int(size):,}"  # 1,234,567: every digit was given, so every digit is shown
    for name, scale in _words().scales:
        if size >= scale or _rounds_up(size, scale):
            mantissa = round(size / scale, _DECIMALS)
            return f"{_plain(mantissa)} {name}" if mantissa < 1e4 else _scientific(size)
    return _plain(size)


def _rounds_up(size: float, scale: float) -> bool:
    """Just below a scale: 999,999,999.9 is a billion, not "1,000 million"."""
    return size > scale / 2 and round(size / scale, _DECIMALS) >= 1


def _is_round(size: float) -> bool:
    """Three decimals of a million say it all: 4,905,000 but not 4,905,123, which is easier to read in full."""
    return int(size) % 1000 == 0


def _scientific(size: float) -> str:
    mantissa, power = f"{size:.3e}".split("e")
    return f"{_plain(float(mantissa))} × 10{str(int(power)).translate(_SUPERSCRIPTS)}"


def _plain(size: float) -> str:
    """Digits with thousands separators and no trailing noise: 46.70000000001 is 46.7."""
    digits = repr(size)
    if size < 1000 and len(digits) <= _CLEAN and "e" not in digits:
        return digits.removesuffix(".0")
    rounded = round(size) if size >= 1e5 else round_to(size, 9)
    if 1 <= size < 1000 and round(rounded, _DECIMALS) != rounded:
        rounded = _short(size)
    return f"{rounded:,.10f}".rstrip("0").rstrip(".")


def _short(size: float) -> float:
    """A third as 33.3, and 10.566 with one digit more: a thousandth of the size is the most that is left out."""
    rounded = round_to(size, _WORTH)
    return rounded if math.isclose(rounded, size, rel_tol=1.000001e-3) else round_to(size, _WORTH + 1)


def round_to(value: float, digits: int) -> float:
    """The value rounded to some significant digits; 0 and infinities are left alone."""
    if value == 0 or not math.isfinite(value):
        return value
    return float(f"{value:.{digits - 1}e}")


def scale_of(size: float) -> tuple[str, float]:
    """The scale word that fits a size, and its factor: ("million", 1e6); ("", 1.0) where none fits."""
    return next(((name, scale) for name, scale in _words().scales if scale <= abs(size) < scale * 1e4), ("", 1.0))


@lru_cache(maxsize=1024)
def unit_symbol(unit: str) -> tuple[str, str]:
    """What stands right before and after the digits: ("$", "") for USD, ("$", " per hour") for its rate, ("", "%")."""
    words = _words()
    money, rate, per = unit.partition(" per ")
    if _ISO_4217.fullmatch(money) and unit not in words.suffixes:
        return words.symbols.get(money, f"{money} "), rate + per
    return "", words.suffixes.get(unit, "")


@lru_cache(maxsize=4096)
def figure_words(value: float, unit: str = "count", *, digits: int | None = None, signed: bool = False) -> str:
    """A value with its unit: "$102 billion", "53.2%", "287,000 vehicles", "1.2 times", "0.5 percentage points"."""
    number = number_words(value, digits=digits, signed=signed)
    before, after = unit_symbol(unit)
    if before or after:
        sign = number[0] if number[0] in (MINUS, "+") else ""
        return f"{sign}{before}{number[len(sign) :]}{after}"
    return number if unit in ("", "count") else f"{number} {unit_words(unit, value)}"


def unit_words(unit: str, value: float = 2.0) -> str:
    """A unit or counted noun in the number that its value asks for: "barrels per day", "percentage points"."""
    written = unit.replace("_", " ")
    return written if abs(value) == 1 or unit == "times" else plural(written)


def number_of(count: int, noun: str) -> str:
    """A count with its noun: "1 conflict", "2 conflicts", "1,200 articles"."""
    return f"{count:,} {noun if count == 1 else plural(noun)}"


def range_words(low: float | None, high: float | None, unit: str = "count", *, digits: int | None = None) -> str:
    """An interval: "4.905 to 4.915 million", "more than 1 million", "up to 400,000", "any value"."""
    if low is None and high is None:
        return "any value"
    if high is None:
        return f"{figure_words(low or 0.0, unit, digits=digits)} or more"
    if low is None:
        return f"up to {figure_words(high, unit, digits=digits)}"
    first, last = figure_words(low, unit, digits=digits), figure_words(high, unit, digits=digits)
    if first == last:
        return first
    # "4.905 million to 4.915 million" says its scale and noun once
    opening, closing = first.split(" ", 1), last.split(" ", 1)
    shared = len(opening) == 2 and len(closing) == 2 and opening[1] == closing[1]
    return f"{opening[0] if shared else first} to {last}"


def ordinal(place: int) -> str:
    """A place in a ranking: "1st", "2nd", "11th"."""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def claim_words(claim: Claim, *, noun: bool = True) -> str:
    """The figure of a claim, signed where it is a change: "+545%", "−2.6%", "4.91 million", "3rd place", "2 times".

    A gap between two levels that compares with no earlier period is no change and has a sign only where it is negative.

    Without `noun`, a counted noun is left out ("287,000" for 287,000 vehicles); money and measures keep their unit.
    """
    if claim.kind == "rank":
        return f"{ordinal(int(claim.value))} place" if claim.value == int(claim.value) else number_words(claim.value)
    unit = claim.unit
    if claim.kind == "multiple" and unit == "count":
        unit = "times"
    if not noun and _is_counted_noun(claim):
        unit = "count"
    change = claim.kind == "growth" or (claim.kind == "difference" and claim.base_period is not None)
    return figure_words(claim.value, unit, signed=change)


def _is_counted_noun(claim: Claim) -> bool:
    """The unit only repeats the product ("vehicle" of vehicles)."""
    return claim.product is not None and claim.unit in (claim.product.id, claim.product.text)


# Periods -------------------------------------------------------------------------------------------------------------


def period_words(period: Period | None, *, long: bool = False) -> str:
    """A period for people: "2023", "Jan–Nov 2023", "Q1 2023", "9 Jan 2024", "since 2020"; "" where nothing is known.

    With `long`, as it stands in a sentence: "the first 11 months of 2023", "the first quarter of 2023", "June 2023".
    """
    if period is None:
        return ""
    start, end = period.start, period.end
    if start is not None and end is not None:
        return _closed(start, end, long=long)
    if start is not None:
        return f"since {_opening(start, long=long)}"
    if end is not None and end > dt.date.min:
        return f"until {_day(end - dt.timedelta(days=1), long=long)}"
    return period.text


def _closed(start: dt.date, end: dt.date, *, long: bool) -> str:
    last = end - dt.timedelta(days=1)
    if start.day == 1 and end.day == 1:
        return _months(start, last, long=long)
    if start == last:
        return _day(start, long=long)
    joint = " to " if long else "–"
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}{joint}{_day(last, long=long)}"
    if start.year == last.year:
        return f"{start.day} {_month(start, long=long)}{joint}{_day(last, long=long)}"
    return f"{_day(start, long=long)}{joint}{_day(last, long=long)}"


def _months(start: dt.date, last: dt.date, *, long: bool) -> str:
    """Whole months, from the first of one to the last of another."""
    count = (last.year - start.year) * 12 + last.month - start.month + 1
    if start.month == 1 and count % 12 == 0:
        return str(start.year) if count == 12 else f"{start.year}{' to ' if long else '–'}{last.year}"
    if count == 1:
        return f"{_month(start, long=long)} {start.year}"
    if start.year == last.year:
        return _part_of_year(start, last, count, long=long)
    joint = " to " if long else "–"
    return f"{_month(start, long=long)} {start.year}{joint}{_month(last, long=long)} {last.year}"


def _part_of_year(start: dt.date, last: dt.date, count: int, *, long: bool) -> str:
    year = start.year
    if count == 3 and start.month % 3 == 1:
        quarter = start.month // 3
        return f"the {_ORDINAL_QUARTERS[quarter]} quarter of {year}" if long else f"Q{quarter + 1} {year}"
    if count == 6 and start.month in (1, 7):
        half = start.month // 7
        return f"the {_ORDINAL_QUARTERS[half]} half of {year}" if long else f"H{half + 1} {year}"
    if long and start.month == 1:
        return f"the first {count} months of {year}"
    joint = " to " if long else "–"
    return f"{_month(start, long=long)}{joint}{_month(last, long=long)} {year}"


def _opening(start: dt.date, *, long: bool) -> str:
    if (start.month, start.day) == (1, 1):
        return str(start.year)
    return f"{_month(start, long=long)} {start.year}" if start.day == 1 else _day(start, long=long)


def _day(day: dt.date, *, long: bool) -> str:
    return f"{day.day} {_month(day, long=long)} {day.year}"


def _month(day: dt.date, *, long: bool) -> str:
    name = MONTHS[day.month - 1]
    return name if long else name[:3]


def day_words(day: dt.date | None) -> str:
    """A date for people: "19 January 2024"; "" where none is known."""
    return "" if day is None else _day(day, long=True)
