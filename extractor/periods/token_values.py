"""What a token means to the grammar: its class letter and its value, by the form in which it is written."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractor.periods.words import feasts, lexicon

Value = int | str | tuple[int, ...] | None
_SIGNS = {"–": "-", "—": "-", "-": "-", ",": ",", "/": "/", "~": "T"}
_FEAST_DAYS = re.compile(r"\s(?:holidays?|week|break|travel rush|season)$")


def _feast(word: str) -> tuple[int, int]:
    """Which holiday, and how many days of it."""
    name = _FEAST_DAYS.sub("", word)
    for rank, feast in enumerate(feasts()):
        if re.fullmatch(feast.pattern, name):
            return rank, feast.holiday or feast.days if name != word else feast.days
    return 0, 1


def _number(word: str) -> int:
    words = lexicon()
    parts = re.split(r"[- ]", word)
    return sum(words.tens.get(part) or words.cardinals.get(part) or words.ordinals.get(part) or 0 for part in parts)


def _spelt_year(word: str) -> int:
    parts = re.split(r"[- ]", word)
    if parts[0] == "two":
        return 2000 + _number(" ".join(parts[2:]))
    return lexicon().centuries[parts[0]] + _number(" ".join(parts[1:]))


def _spelt_decade(word: str) -> int:
    first, last = re.split(r"[- ]", word)
    if first == "two":
        return 2000
    return lexicon().centuries[first] + lexicon().decades[last]


def full_year(two_digits: int) -> int:
    """The year that two digits stand for: 2000 to 2049, else the last century."""
    return two_digits + (2000 if two_digits < 50 else 1900)


def _decade(word: str) -> int:
    digits = int(re.sub(r"\D", "", word))
    return digits if digits > 99 else full_year(digits) if digits < 30 else 1900 + digits


def _fiscal(word: str) -> tuple[int, ...]:
    """(year,) of FY24 and (first, last) of FY2023/24."""
    digits = [int(part) for part in re.findall(r"\d+", word)]
    first = digits[0] if digits[0] > 99 else full_year(digits[0])
    return (first,) if len(digits) == 1 else (first, first + 1)


def _split(word: str) -> tuple[str, Value]:
    first, last = re.split(r"[/–-]", word)
    if int(last[-2:]) == (int(first) + 1) % 100 and (len(last) == 2 or int(last) == int(first) + 1):
        return "S", int(first)
    if len(last) == 2 and 1 <= int(last) <= 12 and "–" not in word:
        return "I", (int(first), int(last))
    if len(last) == 2 and "/" not in word and int(first[:2] + last) > int(first):
        return "B", (int(first), int(first[:2] + last))
    if len(last) == 4 and int(last) > int(first):
        return "B", (int(first), int(last))
    return "#", None


def _numbered(word: str) -> tuple[str, Value]:
    """The letter and (number, year) of "Q1", "1Q23" and "H1'23"; the year may be missing."""
    digits = re.sub(r"\D", "", word)
    number, year = int(digits[0]), digits[1:]
    return ("Q" if "q" in word else "H"), (
        number,
        full_year(int(year)) if len(year) == 2 else int(year),
    ) if year else (number,)


def _digits(word: str) -> tuple[str, Value]:
    if not word.isdigit() or len(word) > 4:
        return "#", None
    number = int(word)
    if len(word) == 4:
        return ("Y", number) if 1500 <= number <= 2199 else ("#", None)
    if 1 <= number <= 31:
        return "D", number
    return ("u", number) if 32 <= number <= 99 else ("N", number)


def _iso(word: str) -> tuple[int, int, int]:
    year, month, day = re.split(r"[-/]", word)
    return int(year), int(month), int(day)


_READERS: dict[str, Callable[[str], tuple[str, Value]]] = {
    "feast": lambda word: ("P", _feast(word)),
    "gap": lambda _: ("|", None),
    "number": _digits,
    "iso": lambda word: ("I", _iso(word)),
    "fiscal": lambda word: ("%", _fiscal(word)),
    "split": _split,
    "glued": lambda word: ("Y", int(word)),
    "quarter": _numbered,
    "semester": _numbered,
    "short_year": lambda word: ("y", full_year(int(word[1:]))),
    "nth": lambda word: ("O", int(word[:-2])),
    "decade": lambda word: ("J", _decade(word)),
    "spelt_year": lambda word: ("Y", _spelt_year(word)),
    "spelt_decade": lambda word: ("J", _spelt_decade(word)),
    "spelt_ordinal": lambda word: ("o", _number(word)),
    "spelt_number": lambda word: ("d", _number(word)),
    "pause": lambda _: ("=", None),
    "owner": lambda _: ("'", None),
    "sign": lambda word: (_SIGNS.get(word, "."), None),
}
"""Letter and value of a token, by the group of the token pattern that it matched."""


def letter_and_value(kind: str, word: str, match: re.Match[str]) -> tuple[str, Value]:
    """Letter and value of a token; "_" for what means nothing to the grammar."""
    if kind == "phrase":
        phrase = next(phrase for rank, phrase in enumerate(lexicon().phrases) if match[f"p{rank}"])
        return phrase.letter, int(phrase.value) if phrase.value.isdigit() else phrase.value
    reader = _READERS.get(kind)
    return ("_", None) if reader is None else reader(word)
