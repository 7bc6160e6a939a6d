"""Text to tokens of the period grammar: one letter for each, so that the grammar is regular expressions over letters.

Only the surroundings of anchor words (a month, a year, "quarter" …) are cut into tokens; the rest of the text is passed
over by one cheap regular expression.

Letters: M month, W weekday, Y year, y short year ('24), S split year (2023/24), B two years (2014-18), I ISO date,
D number from 1 to 31, u from 32 to 99, d the same in words, N other counts, O ordinal in digits, o in words, Q and H
numbered quarter and half, J decade, % fiscal year (FY24), g a small "may" or "march", `#` any other number, `_` other
words, `.` end of a sentence, `=` a dash between blanks, `|` a gap; the rest stands in lexicon.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from extractor.folding import in_small_letters
from extractor.periods.words import feasts, lexicon, vocabulary

Value = int | str | tuple[int, ...] | None

_BEFORE, _BEHIND = 44, 30
"""Characters before and behind an anchor that may belong to its expression."""
_LONG = 5
"""Letters of "tens" and "teens", which mean too much else to be anchors."""

_NEXT_WORD = re.compile(r"[\s,]*([a-z]+)")
WRAP = r"(?:(?<=[a-z,])\n(?=[a-z])|(?:(?<=\bof)|(?<=\bin)|(?<=\bto))\n(?=\d))"
"""A line's end within a sentence: "in the same\nperiod of 2012"; a pattern."""
_WRAPPED = re.compile(WRAP)
_SIGNS = {"–": "-", "—": "-", "-": "-", ",": ",", "/": "/", "~": "T"}


class Tokens(NamedTuple):
    """A text cut into tokens, column by column."""

    letters: str
    values: list[Value]
    starts: list[int]
    ends: list[int]


def _either(words: dict[str, int] | list[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


def _anchors() -> Iterator[str]:
    """The words without which there is no period expression, in lower case; some come twice."""
    words = lexicon()
    for names in (words.months, words.month_abbreviations, words.weekdays, words.weekday_abbreviations):
        yield from names
    for letter in "rmwxqhckjz":
        yield from words.classes[letter]
    yield from words.anchors.words
    yield from _feast_anchors()
    yield from (f"{word} one" for word in words.anchors.before_one)
    yield from (name for name in words.decades if len(name) > _LONG)
    yield from words.anchors.spelt
    yield from words.anchors.phrases


@cache
def _anchor_pattern() -> re.Pattern[str]:
    """Finds the words, and the numbers in their forms, without which there is no period expression."""
    words = lexicon()
    initials: dict[str, list[str]] = {}
    for name in dict.fromkeys(_anchors()):
        initials.setdefault(name[0], []).append(re.escape(name[1:]))
    groups = [f"[{first}{first.upper()}](?:{'|'.join(rest)})" for first, rest in sorted(initials.items())]
    capitals = [name.upper() for name in [*words.months, *words.month_abbreviations] if name != "mar"]
    numbers = r"[12][0-9]{3}|['’]?[0-9]0\s?['’]?s|[0-9][QqHh]|[QqHh][1-4]|FY\s?['’]?[0-9]{2,4}"
    numbers += r"|[369]M(?=['’]?\d\d\b| 20\d\d)|[Yy]/[Yy]|[Mm]/[Mm]|[Qq]/[Qq]|YTD|YEAR|[YMQW]o[YMQW]"
    return re.compile(
        rf"(?:(?<![A-Za-z0-9])|(?<=[0-9]))(?:{numbers}|(?:{'|'.join(groups)}|{'|'.join(capitals)})(?![a-z]))"
    )


_FEAST_WORD = re.compile(r"[a-z]{3,}")
_FEAST_DAYS = re.compile(r"\s(?:holidays?|week|break|travel rush|season)$")


@cache
def _feast_anchors() -> list[str]:
    """The longest word of each name of a holiday."""
    names = [name for feast in feasts() for name in re.split(r"\|", re.sub(r"\(\?:| day\)\?|[()]", " ", feast.pattern))]
    found = [max(words, key=len) for name in names if (words := _FEAST_WORD.findall(name))]
    return sorted({*found, "year"} - {"the"})


def _feast_pattern() -> str:
    names = "|".join(sorted((feast.pattern for feast in feasts()), key=len, reverse=True))
    return rf"\b(?:{names})(?:\s(?:holidays?|week|break|travel\srush))?\b"


def _feast(word: str) -> tuple[int, int]:
    """Which holiday, and how many days of it."""
    name = _FEAST_DAYS.sub("", word)
    for rank, feast in enumerate(feasts()):
        if re.fullmatch(feast.pattern, name):
            return rank, feast.holiday or feast.days if name != word else feast.days
    return 0, 1


def _known_words() -> str:
    """Matches a whole word that the grammar may need; everything else can be passed over in one go."""
    words = lexicon()
    known = {*vocabulary(), *words.tens, *words.decades, *words.anchors.inner}
    known.update(word for feast in feasts() for word in _FEAST_WORD.findall(feast.pattern))
    for phrase in words.phrases:
        known.update(re.findall(r"(?:^|\||\(|\?:)([a-z]+)", phrase.pattern))
    initials: dict[str, list[str]] = {}
    for word in sorted(word for word in known if word.isalpha()):
        initials.setdefault(word[0], []).append(word[1:])
    branches = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in initials.items())
    return rf"(?:{branches})\b"


def _spaced(pattern: str) -> str:
    """The pattern with its blanks kept in verbose mode."""
    return pattern.replace(" ", r"\ ")


@cache
def _token_pattern() -> re.Pattern[str]:
    """One token of the grammar, or one word or sign that means nothing to it."""
    words = lexicon()
    units, teens = (
        _either([n for n in words.cardinals if words.cardinals[n] < 10]),
        _either([n for n in words.cardinals if words.cardinals[n] >= 10]),
    )
    tens, centuries = _either(words.tens), _either(words.centuries)
    ordinals = _either([n for n in words.ordinals if words.ordinals[n] < 10])
    below_hundred = rf"(?:(?:{tens})(?:[- ](?:{units}))?|{teens}|{units})"
    phrases = "|".join(f"(?P<p{rank}>{_spaced(phrase.pattern)})" for rank, phrase in enumerate(words.phrases))
    return re.compile(
        rf"""
        (?P<gap>\n+)
      | (?P<skip>(?:(?!{_known_words()})[a-z]+\ )+)
      | (?P<feast>{_spaced(_feast_pattern())})
      | (?P<phrase>\b(?:{phrases})\b)
      | (?P<spelt_decade>\b(?:(?:{centuries})[-\ ](?:{_either(words.decades)})|two[-\ ]thousands)\b)
      | (?P<spelt_year>\b(?:(?:{centuries})[-\ ](?:(?:{tens})(?:[-\ ](?:{units}))?|{teens}
            |(?:oh|zero|o)[-\ ](?:{units}))|two[-\ ]thousand(?:(?:[-\ ]and)?[-\ ]{below_hundred})?)\b
            (?!\ (?:{units})\b))
      | (?P<spelt_ordinal>\b(?:twenty|thirty)[-\ ](?:{ordinals})\b)
      | (?P<spelt_number>\b(?:{tens})(?:[-\ ](?:{units}))?\b)
      | (?P<iso>(?<![\d-])(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])(?!\d))
      | (?P<fiscal>(?:\b|(?<=[qh][1-4])|(?<=[1-4][qh]))fy[\ -]?['’]?
            (?:\d{{4}}[/–-]\d{{2}}(?:\d\d)?|\d{{2}}[/–-]\d\d|\d{{4}}|\d{{2}})\b)
      | (?P<decade>(?:\b[12]\d\d0|['’]\d0|\b[2-9]0)(?:['’]?s|\ s)\b)
      | (?P<split>(?<![a-z]-)\b[12]\d{{3}}[/–-]\d{{2}}(?:\d\d)?\b(?![/–-]?\d|[/-][a-z]))
      | (?P<glued>\b[12]\d{{3}}(?=[qh][1-4]\b))
      | (?P<quarter>(?:\b|(?<=\d{{4}}))(?:[1-4]q|q[1-4])(?:['’]?\d\d(?:\d\d)?\b|(?=fy)|\b))
      | (?P<semester>(?:\b|(?<=\d{{4}}))(?:[12]h|h[12])(?:['’]?\d\d(?:\d\d)?\b|(?=fy)|\b))
      | (?P<short_year>['’]\d\d\b(?!\d))
      | (?P<nth>\b\d{{1,2}}(?:st|nd|rd|th)\b)
      | (?P<months_of>\b[369]m(?:['’]?\d\d(?:\d\d)?\b|(?=\ (?:19|20)\d\d\b)))
      | (?P<number>(?:[$€£¥₹]\ ?)?\d+(?:[.,:]\d+)*
            (?:\ ?(?:%|percent\b|per\ cent\b|million\b|billion\b|trillion\b|bn\b|m\b))?)
      | (?P<word>[a-z]+\.?)
      | (?P<pause>(?<=\ )[-–—](?=\ )|--)
      | (?P<owner>['’]s\b|(?<=s)['’](?=\s))
      | (?P<sign>[^\s\w])
      | (?P<other>[^\W\d_]+|\w)
        """,
        re.VERBOSE,
    )


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


def _full_year(two_digits: int) -> int:
    """The year that two digits stand for: 2000 to 2049, else the last century."""
    return two_digits + (2000 if two_digits < 50 else 1900)


def _decade(word: str) -> int:
    digits = int(re.sub(r"\D", "", word))
    return digits if digits > 99 else _full_year(digits) if digits < 30 else 1900 + digits


def _fiscal(word: str) -> tuple[int, ...]:
    """(year,) of FY24 and (first, last) of FY2023/24."""
    digits = [int(part) for part in re.findall(r"\d+", word)]
    first = digits[0] if digits[0] > 99 else _full_year(digits[0])
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
        _full_year(int(year)) if len(year) == 2 else int(year),
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


def _word(bare: str, small: bool, beside_number: Callable[[], bool]) -> tuple[str, Value]:
    """Letter and value of a known word; "may" and "sat" in small letters count only beside a number."""
    letter, value = vocabulary()[bare]
    if letter in "MW" and small and (bare in lexicon().anchors.ambiguous or len(bare) < 4) and not beside_number():
        return "g" if bare in ("may", "march") else "_", value
    return letter, value


def _classify(kind: str, word: str, match: re.Match[str]) -> tuple[str, Value]:  # noqa: C901
    match kind:
        case "phrase":
            phrase = next(phrase for rank, phrase in enumerate(lexicon().phrases) if match[f"p{rank}"])
            return phrase.letter, int(phrase.value) if phrase.value.isdigit() else phrase.value
        case "feast":
            return "P", _feast(word)
        case "gap":
            return "|", None
        case "number":
            return _digits(word)
        case "iso":
            year, month, day = re.split(r"[-/]", word)
            return "I", (int(year), int(month), int(day))
        case "fiscal":
            return "%", _fiscal(word)
        case "split":
            return _split(word)
        case "glued":
            return "Y", int(word)
        case "quarter" | "semester":
            return _numbered(word)
        case "short_year":
            return "y", _full_year(int(word[1:]))
        case "nth":
            return "O", int(word[:-2])
        case "decade":
            return "J", _decade(word)
        case "spelt_year":
            return "Y", _spelt_year(word)
        case "spelt_decade":
            return "J", _spelt_decade(word)
        case "spelt_ordinal":
            return "o", _number(word)
        case "spelt_number":
            return "d", _number(word)
        case "pause":
            return "=", None
        case "owner":
            return "'", None
        case "sign":
            return _SIGNS.get(word, "."), None
    return "_", None


def _regions(text: str) -> list[tuple[int, int]]:
    """Where the anchors are, with room around them, cut at blanks and merged where they meet."""
    found: list[tuple[int, int]] = []
    blank = re.compile(r"\s")
    for match in _anchor_pattern().finditer(text):
        floor = found[-1][1] if found else 0
        start, end = max(0, match.start() - _BEFORE), match.end() + _BEHIND
        if end <= floor:
            continue
        while start > floor and not text[start - 1].isspace():
            start -= 1
        end = stop.start() if (stop := blank.search(text, end)) else len(text)
        if found and start <= floor:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def tokenise(text: str) -> Tokens:
    """The tokens around the anchors of a text."""
    lowered = in_small_letters(text)
    letters: list[str] = []
    tokens = Tokens("", [], [], [])
    for start, end in _regions(text):
        for match in _token_pattern().finditer(lowered, start, end):
            kind = match.lastgroup
            if kind == "gap" and _WRAPPED.match(text, match.start()):
                continue
            if kind == "skip":
                letters.append("_")
                tokens.values.append(None)
                tokens.starts.append(match.start())
                tokens.ends.append(match.end())
            else:
                for letter, value, first, last in _read(kind or "other", match, text, lowered):
                    letters.append(letter)
                    tokens.values.append(value)
                    tokens.starts.append(first)
                    tokens.ends.append(last)
        letters.append("|")
        tokens.values.append(None)
        tokens.starts.append(end)
        tokens.ends.append(end)
    return tokens._replace(letters="".join(letters))


def _read(kind: str, match: re.Match[str], text: str, lowered: str) -> list[tuple[str, Value, int, int]]:
    """The token of a match: letter, value and place; a word with a full stop that ends a sentence is two."""
    start, end = match.span()
    if kind == "months_of":
        return _months_of(text, start, end)
    if kind != "word":
        return [(*_classify(kind, match[0], match), start, end)]
    bare = match[0].rstrip(".")
    letter, value = "_", None
    if bare in vocabulary():
        letter, value = _word(bare, text[start].islower(), lambda: _beside_number(lowered, start, end))
    if match[0][-1] != "." or (letter in "MW" and bare in _abbreviations() and _goes_on(text, end)):
        return [(letter, value, start, end)]
    return [(letter, value, start, end - 1), (".", None, end - 1, end)]


def _months_of(text: str, start: int, end: int) -> list[tuple[str, Value, int, int]]:
    """ "9M 2023" and "9M23": so many months, and the year; with a small letter, an amount."""
    if text[start + 1] != "M":
        return [("#", None, start, end)]
    found: list[tuple[str, Value, int, int]] = [
        ("D", int(text[start]), start, start + 1),
        ("m", "months", start + 1, start + 2),
    ]
    year = text[start + 2 : end].strip("'’")
    if year:
        found.append(("Y", int(year) if len(year) == 4 else _full_year(int(year)), start + 2, end))
    return found


def _beside_number(text: str, start: int, end: int) -> bool:
    """True if a number, in digits or words, stands beside a word."""
    if text[max(0, start - 2) : start].strip(" -/")[-1:].isdigit() or text[end : end + 2].strip(" -/,")[:1].isdigit():
        return True
    following = _NEXT_WORD.match(text, end)
    return following is not None and following[1] in _number_words()


@cache
def _number_words() -> frozenset[str]:
    words = lexicon()
    return frozenset([*words.cardinals, *words.tens, *words.ordinals]) - {"one"}


def _goes_on(text: str, at: int) -> bool:
    """True where the full stop before belongs to an abbreviation: a digit, a comma or a small letter follows."""
    following = text[at : at + 2].strip()
    return bool(following) and (following[0].isdigit() or following[0] in ",-–" or following[0].islower())


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset([*lexicon().month_abbreviations, *lexicon().weekday_abbreviations])
