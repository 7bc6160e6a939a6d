"""What stands around a number: currency and modifiers before it; percent sign, unit, denominator and noun after it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.plurals import singular

from .lexicon import alternation, lexicon, movement
from .money import local_currency, singular_name, subunit
from .movements import direction_of
from .numerals import Number
from .unit_phrases import named_unit

_WINDOW = 72
"""How many characters to the left are looked at: more than any modifier, age or label needs."""


class Tail(NamedTuple):
    """What follows a number: its unit, and where the number expression and its noun end."""

    end: int
    unit: str = ""
    form: str = "number"
    factor: float = 1.0
    noun_start: int = -1
    noun_end: int = -1
    per: str = ""
    time: bool = False
    hyphen: bool = False
    """The unit hangs on the number by a hyphen ("12-page"): the pair describes something else."""


class TailPatterns(NamedTuple):
    """Patterns put together from the word lists."""

    currency_before: re.Pattern[str]
    currency_after: re.Pattern[str]
    unit_symbol: re.Pattern[str]
    unit_word: re.Pattern[str]
    per: re.Pattern[str]
    after: re.Pattern[str]


PERCENT = re.compile(
    r"""\s?-?(?:
        (?P<points>(?:%|per\s?cent|percent)[\s-](?:points?|pts?)\b(?!\s(?:to\s(?!\d)|out\b|towards))|percentage[\s-]points?\b|p\.?p\.?t?s?(?![\w]))
        |(?P<basis>basis[\s-]points?\b|(?-i:bps?|BPS)\b)
        |(?P<percent>[%％]|per[\s-]cents?\b|percents?\b|pct\b\.?|pc\b(?!s))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN_PER = re.compile(
    r"(?:[\s-](?:per|for\severy(?=\s1[0,]+\s))[\s-](\d{1,3}(?:,\d{3})*\s)?|(/))((?:cubic\s|square\s)?[A-Za-z]+(?:[\s-]hours?\b)?)",
    re.IGNORECASE,
)
ROUND = re.compile(r"1[0,]+\s")
"""What "for every" makes a denominator of: "5.7 for every *100* employees"."""
_BRACKET = re.compile(r"\s\([^()\s]{0,4}\s?[\d.,]+(?:\s(?:million|billion|trillion))?\)")
_DEVICES = re.compile(r"\smeters\s(?:were|was|have|had|are|will|installed|fitted|rolled|on|in\shomes)\b")
"""Meters that are put up, and no lengths."""
_PER_CENT = re.compile(r"cent|capita|se\b", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_QUALIFIER = re.compile(r"\s(?:U\.?S\.?|US)(?=\s(?:per|an?|million|billion)\b)")
_METRES = re.compile(r"\sm\s([a-z]+)\b")
"""A metre apart from its digits: "366 *m* long"."""
_RESOLUTIONS = (480, 720, 1080, 1440, 2160)


@lru_cache(maxsize=1)
def _tail_patterns() -> TailPatterns:
    """The patterns of currencies, units and denominators."""
    words = lexicon()
    shared = {name for name in words.shared_currencies if name.islower() and name.isalpha()}
    coins = {form for name in words.subunits for form in (name, name + "s")}
    names = {*words.currency_names, *words.ambiguous_currencies, *shared, *coins}
    symbols = alternation(words.currency_symbols)
    signs = alternation(symbol for symbol in words.currency_symbols if not symbol.isascii() or symbol[0] == "$")
    codes = alternation(words.currency_codes)
    single = words.touching | words.apart
    symbols_long = alternation(symbol for symbol in words.unit_symbols if symbol not in single)
    return TailPatterns(
        currency_before=re.compile(
            rf"(?:(?<![A-Za-z])(?:{codes}|US\s|HK\s|NT\s|S\s)?\s?(?:{symbols})|(?<![A-Za-z]){codes})\s?$"
        ),
        currency_after=re.compile(rf"[\s-]?(?:({signs})(?![\w$])|({codes})\b|((?i:{alternation(names)}))\b)"),
        unit_symbol=re.compile(
            rf"[\s-]?({symbols_long})(?![\w²³/]|-\d)|({alternation(words.touching)})(?![\w²³/]|\.\w)"
            rf"|\s({alternation(words.apart)})(?![\w²³/’'-]|\.\w)"
        ),
        unit_word=re.compile(
            r"[-\s]{1,2}(" + alternation({**words.unit_words, **words.time_words}) + r")\b", re.IGNORECASE
        ),
        per=re.compile(
            r"(?:\s|-)(?:an?|each|every)(?:\s|-)("
            + alternation(words.per_nouns)
            + r")s?\b(?!\s(?:ago|earlier|later|before|prior|from|in))",
            re.IGNORECASE,
        ),
        after=re.compile(r"[-\s]?\s?(" + alternation(words.after) + r")(?!\w|\s?[\d$€£])", re.IGNORECASE),
    )


def left_tokens(text: str, start: int, count: int = 6) -> list[str]:
    """The words before `start`, nearest first, in lower case, as they stand (punctuation included)."""
    tokens = _TOKEN.findall(text[max(0, start - _WINDOW) : start])
    return [token.lower() for token in tokens[: -count - 1 : -1]]


def currency_before(text: str, start: int) -> tuple[int, str]:
    """Where a currency written before `start` begins, and its code; `start` and "" where there is none."""
    if start == 0 or (text[start - 1] in "0123456789.," and text[start - 3 : start] not in ("Rs.", "SFr")):
        return start, ""
    near = text[start - 1] if text[start - 1] != " " else text[start - 2 : start - 1]
    if near not in _last_signs():
        return start, ""
    window = max(0, start - 9)
    match = _tail_patterns().currency_before.search(text, window, start)
    if match is None or match.end() != start:
        return start, ""
    words, written = lexicon(), match.group().strip()
    compact = re.sub(r"\s", "", written)
    code = words.currency_symbols.get(compact) or words.currency_codes.get(compact)
    if code is None:
        tail = next((compact[cut:] for cut in range(1, len(compact)) if compact[cut:] in words.currency_symbols), "")
        code = words.currency_codes.get(compact[: len(compact) - len(tail)], words.currency_symbols.get(tail, ""))
    if compact in words.shared_currencies:
        code = local_currency(text, words.shared_currencies[compact]) or code
    return (match.start() + len(match.group()) - len(match.group().lstrip()), code) if code else (start, "")


@lru_cache(maxsize=1)
def _last_signs() -> frozenset[str]:
    words = lexicon()
    return frozenset(name[-1] for name in (*words.currency_symbols, *words.currency_codes))


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in lexicon().before)


def modifier_before(text: str, start: int) -> tuple[int, str]:
    """Where the modifiers before `start` begin, and what they mean; `start` and "" where there are none."""
    words, found, meaning = lexicon(), start, ""
    at = start - 2 if text[start : start + 1].isdigit() and text[max(0, start - 3) : start].lower() == " a " else start
    for _ in range(2):
        step = _one_modifier(text, at, words.before)
        if step is None:
            break
        at, phrase_meaning = step
        if (text[at : at + 5].lower() == "up to" and _moves(text, at)) or _compares(text, at, start):
            break
        if phrase_meaning != "exact":
            found, meaning = at, phrase_meaning if meaning in ("", "about") else meaning
    return found, meaning


_OF_HUNDRED = re.compile(r"\d[\d.,]*\s?(?:%|per\s?cent\b|percent\b)")
_FIGURE_BEFORE = re.compile(r"[$€£¥₹]\s?\d|\d(?:%|\s(?:%|[a-z])|[\d.,]*(?:bn|mn?|tn|k)\b)")


def _compares(text: str, at: int, start: int) -> bool:
    """True for "was 11.05%, *lower than* 11.84% in May": a measure against the next figure, which gets no bound.

    So does "growth *over* $38.58 billion"; "exports rise over 5%" does not.
    """
    words = text[at:start].lower().split()
    if words[:1] == ["over"] and movement().nouns.get(next(iter(left_tokens(text, at, 1)), "")):
        return _OF_HUNDRED.match(text, start) is None
    if len(words) != 2 or words[1] != "than" or words[0] not in lexicon().contexts["comparatives"]:
        return False
    clause = text[max(0, at - _WINDOW) : at]
    before = left_tokens(text, at, 1)
    joined = clause.rstrip().endswith((",", "–", "—", "-")) or (
        bool(before) and before[0] in lexicon().contexts["comparing_after"]
    )
    return joined and _FIGURE_BEFORE.search(re.split(r"[.!?]\s|\n", clause)[-1]) is not None


def _moves(text: str, start: int) -> bool:
    """Whether a word of movement stands before `start`: "edged up to $136 bn" reaches a level, it gives no limit.

    So does a verb that carries its object there: "put the wage up to £13.50".
    """
    before, words = left_tokens(text, start, 5), lexicon().carried
    if not before:
        return False
    if direction_of(before[0]) or before[0] in words["goes"]:
        return True
    if before[0] in words["carries"]:  # "was put up to £13.50", but "took up to £40 off"
        return any(helper in lexicon().contexts["helpers"] for helper in before[1:3])
    for index, word in enumerate(before[1:], start=1):
        if word in words["carries"]:
            return before[index - 1] in words["determiners"]
        if word[-1] in ",;:" or word in lexicon().contexts["stops"] - words["determiners"]:
            return False
    return False


def passing_verb(text: str, start: int, end: int) -> str:
    """What a verb of passing before a figure says of it: "topped half a million" is more than that; else ""."""
    words = left_tokens(text, start, 2)
    known = lexicon().passing
    if len(words) == 2 and words[0] in ("the", "a") and _mark().match(text, end):
        return "more_than" if words[1] in lexicon().marks["passing"] else known.get(words[1], "")
    if words and words[0] in ("to", "at") and _is_limited(text, start, words[0]):
        return "at_most"
    if words and words[0] in ("past", "top"):
        return _passing_word(*words)
    return known.get(" ".join(words[::-1]), "") or (known.get(words[0], "") if words else "")


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    """The mark of "exceeded the 70,000 mark", "the 2 million unit mark"."""
    return re.compile(rf"[\s-](?:(?:an?\s)?[a-z]+[\s-]){{0,2}}{alternation(lexicon().marks['nouns'])}\b", re.IGNORECASE)


def _is_limited(text: str, start: int, link: str) -> bool:
    """True for "Limit net emissions *to* 1.3 billion", "fares were capped *at* £2": the figure is a ceiling."""
    for word in left_tokens(text, start, 8)[1:]:
        if word in lexicon().limits[link]:
            return True
        if word[-1] in ",;:." or word in ("and", "but", "which", "that"):
            return False
    return False


def turned_round(text: str, start: int, modifier: str) -> str:
    """A modifier in its clause: "*never* had more than 15,000" is at most that."""
    opposite = {"more_than": "at_most", "less_than": "at_least"}.get(modifier, "")
    if not opposite:
        return modifier
    before = left_tokens(text, start, 3)
    denied = any(word in lexicon().limits["never"] or word.endswith(("n't", "n’t")) for word in before)
    return opposite if denied or (" no time " in text[max(0, start - 24) : start].lower()) else modifier


def _passing_word(word: str, before: str = "") -> str:
    """The modifier that a word of passing gives: "taking turnover *past* £200m"; "" for "half past 9"."""
    if word == "past":
        return "" if before in lexicon().contexts["definite"] or before in ("half", "quarter", "") else "more_than"
    verb = before.endswith("s") and not before.endswith(("'s", "’s", "ss"))
    return "more_than" if verb or lexicon().passing.get(f"{before} {word}") else ""


def _one_modifier(text: str, start: int, known: dict[str, str]) -> tuple[int, str] | None:
    if start and text[start - 1] in "~≈∼<>≥≤":
        return start - 1, known[text[start - 1]]
    if text[max(0, start - 4) : start].lower() == "sub-":
        return start - 4, "less_than"
    if start < 2 or not text[start - 1].isspace():
        return None
    nearest = text[max(0, start - 20) : start].split()
    if not nearest or nearest[-1].lower().lstrip("(\"'“‘[") not in _last_words():
        return None
    tokens = list(_TOKEN.finditer(text, max(0, start - _WINDOW), start))[-5:]
    for first in range(len(tokens)):
        phrase = " ".join(token.group().lower() for token in tokens[first:]).lstrip("(\"'“‘[")
        if phrase in known:
            return tokens[-1].end() - len(phrase) if len(tokens) - first == 1 else _phrase_start(tokens[first]), known[
                phrase
            ]
    return None


def _phrase_start(token: re.Match[str]) -> int:
    written = token.group()
    return token.start() + len(written) - len(written.lstrip("(\"'“‘["))


def modifier_after(text: str, end: int) -> tuple[int, str]:
    """Where a modifier after `end` stops ("or more", "+"), and what it means."""
    if text.startswith((", give or take", " give or take"), end):
        return end, "about"
    match = _tail_patterns().after.match(text, end)
    return (match.end(), lexicon().after[match[1].lower()]) if match else (end, "")


def read_tail(text: str, number: Number, currency: str) -> Tail:
    """The unit that follows a number, or a tail without one."""
    end = number.end
    if currency:
        qualifier = _QUALIFIER.match(text, end)
        end = qualifier.end() if qualifier else end
        code = re.compile(r"\s?[A-Z]{3}\b").match(text, end) if text[end : end + 4].strip()[:3] == currency else None
        end = code.end() if code else end
        return _with_per(text, Tail(end, currency, "money"))
    if match := PERCENT.match(text, end):
        return _with_per(text, _percent_tail(match))
    if tail := _currency_tail(text, number):
        return _with_per(text, tail)
    tail = _unit_tail(text, number)
    return _with_per(text, tail) if tail else Tail(end)


def _percent_tail(match: re.Match[str]) -> Tail:
    unit = {"points": "percentage_point", "basis": "basis_point", "percent": "percent"}[match.lastgroup or "percent"]
    return Tail(match.end(), unit, "percent")


@lru_cache(maxsize=1)
def _money_talk() -> re.Pattern[str]:
    return re.compile(rf"\b{alternation(lexicon().contexts['money_talk'])}", re.IGNORECASE)


def _currency_tail(text: str, number: Number) -> Tail | None:
    """Money written behind the figure: "99 yuan", "1,200€", "3bn USD", "2 million pounds"."""
    match = _tail_patterns().currency_after.match(text, number.end)
    if match is None:
        return None
    words = lexicon()
    if match[1]:
        return Tail(match.end(), words.currency_symbols[match[1]], "money")
    if match[2]:
        return Tail(match.end(), words.currency_codes[match[2]], "money")
    name = re.sub(r"\s", " ", match[3].lower())
    if name.removesuffix("s") in words.subunits or name in words.subunits:
        code, parts = subunit(text, name)
        return Tail(match.end(), code, "money", 1 / parts)
    shared = words.shared_currencies.get(name)
    if shared and name not in words.ambiguous_currencies:
        return _shared_currency(text, number, match, name, local_currency(text, shared))
    if name in words.currency_names:
        return Tail(match.end(), words.currency_names[name], "money")
    return _ambiguous_currency(text, number, match, name)


def _shared_currency(text: str, number: Number, match: re.Match[str], name: str, code: str) -> Tail | None:
    """Money named "pesos" or "crowns", of the place that the text is about, else by its name."""
    known = code or lexicon().currency_names.get(name, "")
    if not known and (text[match.start()] == "-" or name in lexicon().placed_currencies):
        return None
    return Tail(match.end(), known or singular_name(name), "money")


def _ambiguous_currency(text: str, number: Number, match: re.Match[str], name: str) -> Tail | None:
    """Money named "won", "rand" or "pounds", after a scale word or a large figure, or where money is spoken of."""
    least = 1e3 if name.startswith("pound") else 1e6
    large = number.scale >= least or (number.value >= 1000 and name in ("won", "rand"))
    spoken = any(
        _money_talk().search(text, *ends)
        for ends in ((max(0, number.start - _WINDOW), number.start), (match.end(), match.end() + _WINDOW // 2))
    )
    substance = text[match.end() : match.end() + 4] == " of "
    if (large or (spoken and name.startswith("pound"))) and not substance:
        code = local_currency(text, name.rstrip("s")) if name.startswith("pound") else ""
        return Tail(match.end(), code or lexicon().ambiguous_currencies[name], "money")
    if name.startswith("pound"):
        return Tail(number.end, "pound", "measure", noun_start=match.start(3), noun_end=match.end(3))
    return None


_MEGATONNES = 2500
"""From here on "MT" stands for metric tons: no crop or output weighs so many millions of them."""


def _unit_tail(text: str, number: Number) -> Tail | None:
    """A unit of measurement: "30 GW", "12.3m tonnes", "5 °C", "40 minutes"."""
    words, patterns = lexicon(), _tail_patterns()
    if (match := patterns.unit_symbol.match(text, number.end)) and number.digits:
        written = match[match.lastindex or 0]
        if not (written == "p" and number.value in _RESOLUTIONS) and (written != "T" or number.scale >= 1000):
            unit, factor = words.scaled_units.get(words.unit_symbols[written], (words.unit_symbols[written], 1.0))
            metric = words.unit_symbols[written] == "million tonnes" and (number.scale > 1 or number.raw >= _MEGATONNES)
            factor = 1.0 if metric else factor  # "3 million mt", "25,000 MT", where "41.5 MT" of rye are millions
            time = unit in words.time_words
            end = number.end if metric or written in words.outside else match.end()
            return Tail(end, unit, "measure", factor, match.start(match.lastindex or 0), match.end(), time=time)
    if number.digits and (metres := _METRES.match(text, number.end)) and metres[1] in words.contexts["dimensions"]:
        return Tail(metres.start(1) - 1, "metre", "measure", 1.0, metres.start(1) - 1, metres.start(1) - 1)
    if (match := patterns.unit_word.match(text, number.end)) and not _DEVICES.match(text, match.start()):
        word = re.sub(r"\s", " ", match[1].lower())
        hyphen = text[match.start()] in "-‐‑"
        unit = words.unit_words.get(word) or words.time_words[word]
        unit, factor = words.scaled_units.get(unit, (unit, 1.0))
        return Tail(
            number.end,
            unit,
            "measure",
            factor,
            match.start(1),
            match.end(1),
            time=word in words.time_words,
            hyphen=hyphen,
        )
    phrase = named_unit(text, number.end)
    if phrase:
        unit, start, end = phrase
        return Tail(number.end, unit, "measure", 1.0, start, end)
    return None


def _with_per(text: str, tail: Tail) -> Tail:
    """The tail with its denominator: "$1,200 a tonne", "3 million barrels per day", "5 km/h"."""
    at = max(tail.end, tail.noun_end)
    denominator, end = per_after(text, at)
    if not denominator and tail.form == "money" and (bracket := _BRACKET.match(text, at)):
        denominator, _ = per_after(text, bracket.end())
        return tail._replace(per=denominator)
    if not denominator:
        return tail
    words = lexicon()
    unit = tail.unit
    compound = tail.form == "measure" and denominator not in words.elapsed and not tail.time
    if compound:
        unit = f"{tail.unit} per {denominator}"
    noun_start = tail.noun_start if tail.noun_start >= 0 else -1
    return tail._replace(unit=unit, per=denominator, noun_start=noun_start, noun_end=end if noun_start >= 0 else -1)


_NEXT_NOUN = re.compile(r"\s([a-z]+)\b")


def per_after(text: str, position: int) -> tuple[str, int]:
    """The denominator at `position` and where it ends: ("tonne", …) for " a tonne"; ("", position) if none."""
    if match := _tail_patterns().per.match(text, position):
        return match[1].lower(), match.end()
    match = _PLAIN_PER.match(text, position)
    if match is None or _PER_CENT.match(match[3]):
        return "", position
    noun = match[3].lower()
    words = lexicon()
    if noun in words.contexts["per_adjectives"] and (counted := _NEXT_NOUN.match(text, match.end(3))):
        return singular(counted[1].lower()), counted.end()  # "$3.92 per diluted share"
    lemma = singular(noun)
    lemma = words.unit_words.get(noun) or words.unit_symbols.get(match[3]) or lemma
    scale = (match[1] or "").replace(",", "").strip()
    return (f"{scale} {noun}" if scale else lemma), match.end(3)
