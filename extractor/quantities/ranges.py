"""Ranges: one claim for two figures that bound a value ("between 3.9 and 4.1 million", "3-5%", "$200 to $4 million").

A move from one level to another ("rose from 3.9 to 4.1 million", "4.4 million to 4.5 million" behind a word of rise) is
two quantities, not a range.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.mentions import Quantity

from .exclusions import AGE, CLAIM, NAME, OCCASIONS, place_of, role_of
from .expressions import Expression
from .intervals import clean
from .lexicon import lexicon
from .movements import direction_of
from .nouns import counted_noun, is_plural
from .numerals import Number, read_number
from .surroundings import currency_before, left_tokens, modifier_before
from .tails import Tail, read_tail

_DASH = re.compile(r"(?:\s?[–—−‑]\s?|-|\s-\s?(?=\$?\d))(?=[\d$£€¥₹~]|[A-Z]{2,3}\$?\d)")
_WORD = re.compile(
    r"(?:-?\s+|-(?=to-))(to|and|or|through|till)(?:\s+|(?<=-to)-)(?:(?:as\s(?:much|many|high)\sas|about|around|nearly|almost|up\sto|roughly|over|perhaps|even|maybe)\s+)?",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\$US\s?|(?:[A-Z]{1,3}\s?)?[$£€¥₹₩]\s?|[A-Z]{3}\s(?=\d)|(?:RM|Rs\.?)\s?")
_PLUS_MINUS = re.compile(r",?\s?(?:±|\+/-|\+/−|plus\sor\sminus)\s?(?=\d)", re.IGNORECASE)
_FORMER_MOVE = re.compile(r"\bfrom\s[^;.]{0,4}\d[^;]{0,60}?\sto\s[^;]{0,40}?(?:,|\band)\s(?:\w+\s){1,4}from\s$")
"""A move before this one, whose verb both share: "rose from 4.4 to 4.5 million and margins *from* 3% to 4%"."""
_LED = re.compile(
    r"\b(?:(from)\s(?:an?|the|its|their)\s(?:[a-z]+\s){1,2}|by\s[^;.,\n]{0,12}\d[\d.,]*[^;,\n]{0,30}\sand\s)$",
    re.IGNORECASE,
)
"""The preposition of a pair that other words part from it."""
_BY_SHARE = re.compile(r"\d(?:%|\sper\s?cent|\spercent)\sor\s$")
_GOES_TO = re.compile(r"(?:\s[a-z]+){0,4}\sto\s(?:just\s|only\s|about\s|around\s)?[$€£]?\d")
_OF_THE_DAY = re.compile(r"\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight|[ap]\.?m\b|o['’]clock)", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:!?]\s|\n")
_CLAUSE = 160
"""How many characters back the verb of a move is looked for."""
_TIMES_COMPARED = re.compile(
    r"\stimes(?=\s(?:as|more|higher|lower|larger|bigger|greater|the|its|what|worse|fewer|less|faster)\b)"
)
"""A range of multiples: "five to ten *times* higher"."""
_CHANGE_WORDS = 9


class Range(NamedTuple):
    """Two figures that bound one value."""

    start: int
    end: int
    low: float
    high: float
    tail: Tail
    number: Number
    """The second figure: it stands nearest to the unit and the noun."""


_APART, _FAR = 3, 10
"""From so many times the one end on, the other is likelier a level than the end of a range; and from so many surely."""


def read_range(text: str, number: Number, opening: int, currency: str, tail: Tail) -> Range | None:
    """The range that starts with a number already read, or None."""
    if span := _plus_minus(text, number, opening, tail):
        return span
    pair = read_pair(text, number, opening, currency, tail)
    if pair is None:
        return None
    begins = _dashed(pair) if pair.joint == "-" else _worded(pair, pair.joint)
    if begins is None:
        return None
    second_tail = pair.second_tail
    unit_tail = second_tail if second_tail.unit else tail._replace(end=second_tail.end, noun_start=-1, noun_end=-1)
    low, high = clean(pair.first.value), clean(pair.second.value)
    return Range(begins, unit_tail.end, low, high, unit_tail, pair.second)


def borrowed_scale(text: str, number: Number, opening: int, currency: str, tail: Tail) -> Number:
    """The first figure of a move with the scale that the second one shows: "rose from 3.9 to 4.1 million"."""
    pair = read_pair(text, number, opening, currency, tail)
    return pair.first if pair is not None and pair.joint == "to" else number


def read_pair(text: str, number: Number, opening: int, currency: str, tail: Tail) -> Pair | None:
    """A number with the second one that a dash or a conjunction joins to it, where their units go together."""
    at = max(tail.end, tail.noun_end)
    dash = _DASH.match(text, at)
    joined = dash or _WORD.match(text, at)
    if joined is None:
        return None
    symbol = _SYMBOL.match(text, joined.end())
    begin = symbol.end() if symbol else joined.end()
    if begin >= len(text) or not text[begin].isalnum():
        return None
    second_currency = currency_before(text, begin)[1]
    second = read_number(text, begin, money=bool(currency or second_currency))
    if second is None:
        return None
    second_tail = read_tail(text, second, second_currency or (currency if not symbol else ""))
    first = _shared(number, tail, second, second_tail, currency)
    if first is None or (_is_year(number) and not (second.bare and _is_year(second))):
        return None
    joint = "-" if dash else joined[1].lower()
    return Pair(text, opening, first, second, tail, second_tail, currency, second_currency, joint)


class Pair(NamedTuple):
    """Two numbers that a dash or a conjunction joins."""

    text: str
    opening: int
    first: Number
    second: Number
    tail: Tail
    second_tail: Tail
    currency: str
    second_currency: str
    joint: str
    """`-` or the conjunction."""


def _shared(number: Number, tail: Tail, second: Number, second_tail: Tail, currency: str) -> Number | None:
    """The first figure with the scale it borrows from the second; None where their units do not go together."""
    if tail.unit and second_tail.unit and tail.unit != second_tail.unit:
        return None
    if tail.time and not second_tail.time:
        return None  # "in nine months to 2.8m tonnes"
    if tail.unit and not second_tail.unit and tail.form != "measure" and not currency:
        return None
    if second.scale > 1 and number.scale == 1 and number.raw < second.raw and (number.raw < 1000 or second.raw >= 1000):
        return number._replace(value=clean(number.value * second.scale), scale=second.scale)
    return number


def _dashed(pair: Pair) -> int | None:
    """Where the second number begins in "3-5%", "5-10 people": it is larger, and both measure or count something."""
    first, second = pair.first, pair.second
    if first.value >= second.value or pair.text[pair.second_tail.end : pair.second_tail.end + 2].strip("–").startswith(
        "-"
    ):
        return None
    if first.bare and second.bare and not (pair.tail.unit or pair.second_tail.unit):
        noun = re.compile(r"\s+([A-Za-z][\w’'-]*)").match(pair.text, second.end)
        years = _is_year(first)
        if years or noun is None or not any(is_plural(word) for word in _few_words(pair.text, second.end)):
            return None
    return _opened(pair, ("between", "from"))


def _few_words(text: str, position: int) -> list[str]:
    noun = counted_noun(text, position, 2)
    return [text[noun.start : noun.end].split()[-1]] if noun else []


def _worded(pair: Pair, joint: str) -> int | None:
    before = left_tokens(pair.text, modifier_before(pair.text, pair.opening)[0], 2)
    word = before[0].strip("(\"'“‘,") if before else ""
    if _are_years(pair):
        return None
    if joint == "and":
        ages = " ".join(token.strip(",") for token in before[::-1]) == "ages of"
        return _opened(pair, ("between",)) if word == "between" or ages else None
    if joint == "or":
        return _alternative(pair)
    if _is_move(pair, word):
        return None
    return _opened(pair, ("from", "between"))


def _are_years(pair: Pair) -> bool:
    bare = pair.first.bare and pair.second.bare and not pair.second_tail.unit and not pair.currency
    return (
        bare
        and all(
            number.digits and 1000 <= number.value <= 2199 and number.end - number.start == 4
            for number in (pair.first, pair.second)
        )
        and not counted_noun(pair.text, pair.second.end, 2)
    )


def _alternative(pair: Pair) -> int | None:
    """Where the second number begins in "three or four": neighbours, the first without a unit of its own."""
    step = pair.second.value - pair.first.value
    close = 0 < step <= max(pair.first.scale, pair.first.value / 4)
    alone = not pair.tail.unit and not pair.currency and pair.text[pair.first.end] != "-"
    return pair.opening if close and alone and not pair.second_currency else None


def _is_move(pair: Pair, word: str) -> bool:
    """Whether "A to B" is a way from one level to another rather than a range."""
    if pair.second.value < pair.first.value:
        return True
    tokens = left_tokens(pair.text, pair.opening, _CHANGE_WORDS)
    if word not in ("from", "by") and (led := _LED.search(pair.text, max(0, pair.opening - 60), pair.opening)):
        word = led[1] or "by"  # "upgraded from a magnitude 6.9 to 7.2", "fell by 40 and 25 to 610"
    if word == "from":
        if _FORMER_MOVE.search(pair.text, max(0, pair.opening - 120), pair.opening):
            return True
        return _moves(pair)
    if word == "or" and _BY_SHARE.search(pair.text, max(0, pair.opening - 40), pair.opening):
        return True  # "fell by 9 per cent or 18 million tonnes to 185 million"
    if word == "by":
        rates = "percent" in (pair.tail.unit, pair.second_tail.unit)
        far = pair.second.value > _FAR * pair.first.value and not rates  # "by 400 to 16,300"
        full = pair.first.raw >= 1000 or (bool(pair.currency) and bool(pair.second_currency))
        full = full or (
            _is_plain(pair) and pair.first.raw < 1000 <= pair.second.raw and _apart(pair)
        )  # "by 295 to 1,706"
        return (full and not rates) or (_apart(pair) and (far or _scale_written(pair)))  # "by 30,000 to 95,000"
    if pair.tail.unit == "percent" and not _apart(pair):
        return False  # "to grow 7% to 9%"
    adjacent = bool(tokens) and bool(direction_of(tokens[0]))
    return adjacent and (_scale_written(pair) or _apart(pair))


def _moves(pair: Pair) -> bool:
    """Whether a verb of the clause moves something "from A to B": "the fare went", "raising the duty on cars"."""
    clause = _CLAUSE_END.split(pair.text[max(0, pair.opening - _CLAUSE) : pair.opening])[-1].lower().split()
    words = lexicon()
    if any(token in words.contexts["ranging"] for token in clause[-4:]) or "range" in clause:
        return False
    if len(clause) > 1 and clause[-2] in words.carried["went"]:
        return True
    return any(direction_of(token) and token not in words.contexts["steady"] for token in clause)


def _is_plain(pair: Pair) -> bool:
    """Whether both numbers are written in digits alone, without a scale or a unit."""
    return pair.first.scale == pair.second.scale == 1 and not pair.currency and not pair.tail.unit


def _apart(pair: Pair) -> bool:
    return pair.second.value > _APART * pair.first.value


def _is_year(number: Number) -> bool:
    return number.bare and number.digits and 1900 <= number.value <= 2099 and number.end - number.start == 4


def _scale_written(pair: Pair) -> bool:
    """Whether the first figure carries its own unit or scale ("4.4 million to 4.5 million")."""
    written = pair.text[pair.first.start : pair.first.end]
    return bool(pair.tail.unit) or any(letter.isalpha() for letter in written)


def _opened(pair: Pair, openers: tuple[str, ...]) -> int:
    """Where the range starts: at "between" or "from" where one stands before it."""
    start = modifier_before(pair.text, pair.opening)[0]
    if _GOES_TO.match(pair.text, pair.second_tail.end):
        return pair.opening  # "from 70-80 ships a day to 30-35"
    for opener in openers:
        begin = start - len(opener) - 1
        if begin >= 0 and pair.text[begin:start].lower() == opener + " " and not pair.text[begin - 1 : begin].isalnum():
            return begin
    return pair.opening


def _plus_minus(text: str, number: Number, opening: int, tail: Tail) -> Range | None:
    """The range of "45% ± 3": the figure with the margin to either side."""
    match = _PLUS_MINUS.match(text, tail.end)
    margin = read_number(text, match.end()) if match else None
    if margin is None:
        return None
    margin_tail = read_tail(text, margin, "")
    low, high = number.value - margin.value, number.value + margin.value
    unit = tail if tail.unit else margin_tail
    return Range(opening, margin_tail.end, clean(low), clean(high), unit._replace(end=margin_tail.end), number)


def _is_age_or_hour(text: str, span: Range, start: int) -> bool:
    """True for "Men between 18 and 34", "between 9 and 10 in the evening"."""
    if _OF_THE_DAY.match(text, span.end):
        return span.high <= 24
    before = next(iter(left_tokens(text, start, 1)), "")
    persons = before.strip("(\"'“‘") in lexicon().contexts["persons"]
    return persons and span.high <= 110 and counted_noun(text, span.end, 2) is None


def range_expression(text: str, span: Range) -> Expression:
    """The expression of a range: the midpoint as value, the ends as bounds."""
    start, modifier = modifier_before(text, span.start)
    tail = span.tail
    low, high = (clean(end * tail.factor) for end in sorted((span.low, span.high)))
    place = place_of(text, span.start, span.end, span.number._replace(bare=span.number.bare), tail, start, modifier)
    role = role_of(place) if tail.time or (span.number.bare and not tail.unit) else CLAIM
    if span.number.bare and not tail.unit and _is_age_or_hour(text, span, start):
        role = NAME
    times = _TIMES_COMPARED.match(text, span.end) if not tail.unit else None
    if times is not None:
        span, tail = span._replace(end=times.end()), tail._replace(unit="times")
    role = NAME if role == AGE else OCCASIONS if text.startswith(" times", span.end) and not tail.unit else role
    value = clean((low + high) / 2)
    quantity = Quantity(
        start,
        span.end,
        value,
        low,
        high,
        modifier or "exact",
        tail.unit or "count",
        "range",
        tail.noun_start,
        tail.noun_end,
        tail.per,
    )
    if not tail.unit and (noun := counted_noun(text, span.end, 2)):
        quantity = quantity._replace(unit=noun.lemma, noun_start=noun.start, noun_end=noun.end)
    return Expression(quantity, role, (clean(span.low * tail.factor), clean(span.high * tail.factor)))
