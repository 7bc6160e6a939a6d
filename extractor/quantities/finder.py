"""Finding the number expressions of a text, from the words alone.

One cheap pattern walks over the text and stops at digits and number words; everything else happens locally around each
stop, in windows of fixed size, so the work grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.mentions import Quantity

from .distances import repeats
from .exclusions import CLAIM, DURATION, OCCASIONS, SIZE, place_of, role_of
from .expressions import Expression
from .identifiers import junk_end, rate_end, score_end, stretch_end
from .intervals import bounds, clean
from .lexicon import initial_case, lexicon
from .money import lettered_currency
from .nouns import Noun, counted_noun
from .numerals import VULGAR, Number, read_number
from .one_unit import ONE_UNIT, one_point, one_unit, one_unit_pattern
from .ranges import borrowed_scale, range_expression, read_range
from .ranks import leader_phrase, numbered_rank, numbered_thing, superlative_rank
from .ratios import (
    ARTICLE,
    Ratio,
    fraction_after,
    fraction_word,
    is_ratio,
    multiple_word,
    part_of_unit,
    ratio_bounds,
    scale_word,
    times_after,
    vague_word,
)
from .surroundings import currency_before, left_tokens, modifier_after, modifier_before, passing_verb, turned_round
from .tails import ROUND, Tail, per_after, read_tail

_ONE_FULL = re.compile(r"\b(?:an?|one)\s(?:full\s|whole\s)?$", re.IGNORECASE)
_POINT = re.compile(r"[\s-]point\b")


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text: in text order, not overlapping, `text[q.start:q.end]` being the contract's quote."""
    return [expression.quantity for expression in find_expressions(text) if expression.role == CLAIM]


def find_expressions(text: str) -> list[Expression]:
    """Every number expression with its role: also ages, durations and other numbers that make no claim."""
    found: list[Expression] = []
    pattern, position, last_end = candidates(), 0, 0
    while match := pattern.search(text, position):
        expression, position = _at(text, match, last_end)
        position = max(position, match.end())
        if expression is None or expression.quantity.start < last_end:
            continue
        if found:
            if repeats(text, found[-1].quantity, expression.quantity):
                expression = expression._replace(role=SIZE)
            expression = _sized(text, found[-1], _converted(text, found[-1], expression))
            expression = _measured_too(text, found[-1], expression)
        found.append(expression)
        last_end = expression.quantity.end
        position = max(position, last_end, _past_noun(text, expression.quantity))
    return found


def _past_noun(text: str, quantity: Quantity) -> int:
    """Where the noun of a quantity ends, if it holds a number of its own: "*twenty*-foot units", "*737* Max jets"."""
    named = quantity.form == "measure" or any(sign.isdigit() for sign in text[quantity.noun_start : quantity.noun_end])
    return quantity.noun_end if named else 0


def _converted(text: str, former: Expression, latter: Expression) -> Expression:
    """The latter, with the modifier of what it converts in brackets: "more than 100 kilometres (60 miles)".

    A sum told again in another currency is a claim of its own: "about 40 billion yen ($260 million)".
    """
    first, second = former.quantity, latter.quantity
    between = text[max(first.end, first.noun_end) : second.start].strip()
    measured = first.form == second.form == "measure" and first.unit != second.unit
    if between not in ("(", "/") or not measured or second.modifier != "exact" or first.modifier == "exact":
        return latter
    step = (second.high or 0.0) - (second.low or 0.0)
    low, high = bounds(second.value, step, first.modifier)
    return latter._replace(quantity=second._replace(modifier=first.modifier, low=low, high=high))


def _sized(text: str, former: Expression, latter: Expression) -> Expression:
    """The latter, no figure where it is the size of the things that the former counts: "58.8 million *60-kg* bags"."""
    first, second = former.quantity, latter.quantity
    adjacent = first.form == "number" and second.form == "measure" and text[first.end : second.start] == " "
    return latter._replace(role=SIZE) if adjacent and latter.role == CLAIM else latter


def _measured_too(text: str, former: Expression, latter: Expression) -> Expression:
    """The latter, a figure where it is a duration beside a measured one: "a wait of 7.1 months, then *six months*"."""
    first, second = former.quantity, latter.quantity
    if latter.role != DURATION or former.role != CLAIM or first.unit != second.unit or second.form != "measure":
        return latter
    between = text[first.end : second.start]
    told = next(iter(left_tokens(text, second.start, 1)), "") in lexicon().contexts["durations_told"]
    return latter._replace(role=CLAIM) if told and len(between) < 250 and "\n" not in between else latter


@lru_cache(maxsize=1)
def candidates() -> re.Pattern[str]:
    """The pattern of the one pass over the text: a digit, or a word that can open a number expression."""
    words, ranks = lexicon(), lexicon().ranks
    cardinals = {**words.units, **words.tens, **words.scales, **words.vague, **words.multiples, **words.fractions}
    every = initial_case({"percentage", *cardinals, *ranks["superlatives"], *ranks["leaders"]})
    # The look-behind drops most positions at once; capitals and a few letters pass, for "RM23", "Rs500", "Won4", "Kc4".
    return re.compile(rf"(?<![abd-gijlmoqu-z0-9])(?:[\d{''.join(VULGAR)}]|\b(?:{every})\b|{one_unit_pattern()})")


def _at(text: str, match: re.Match[str], last_end: int) -> tuple[Expression | None, int]:
    """The expression at one stop of the pass, and where the pass goes on."""
    start = match.start()
    if text[start].isdigit() or text[start] in VULGAR:
        return _digits(text, start)
    return _word(text, match, last_end)


def _digits(text: str, start: int) -> tuple[Expression | None, int]:
    if text.startswith("000", start) and not text[start + 3 : start + 4].isdigit():
        return None, start + 3  # "'000 tonnes" is a scale
    if named := numbered_thing(text, start):
        return None, named
    if ranked := numbered_rank(text, start):
        return Expression(ranked), ranked.end
    end = max(stretch_end(text, start), rate_end(text, start))
    if end > start:
        return None, end
    before = text[start - 1] if start else " "
    opening, currency = currency_before(text, start - 1 if before in "-−" else start)
    if not currency and before.isupper() and (currency := lettered_currency(text, start)):
        opening = start - 1
    opening = opening if currency else start
    attached = before.isalnum() and before < "\u2e80"
    if not currency and (attached or before in "_#@\\" or _inside_token(text, start)):
        return None, junk_end(text, start)
    number = read_number(text, start, money=bool(currency))
    if _is_denominator(text, start):
        return None, start + 1 if number is None else number.end
    if number is None or (number.bare and text[opening:start] == "PS"):
        return None, junk_end(text, start)
    return _numeric(text, number, opening, currency)


def _is_denominator(text: str, start: int) -> bool:
    """The 1,000 of "5 per 1,000 people" belongs to the figure before it."""
    before = text[max(0, start - 11) : start].lower()
    if before.endswith((" per ", "\nper ")):
        return True
    return before.endswith(("for every ", " of every ")) and bool(ROUND.match(text, start))


def _inside_token(text: str, start: int) -> bool:
    """Whether the digits continue a token: "Covid-19", "F-35", "/2024", "1.DXY2"."""
    if start < 2:
        return False
    before, second = text[start - 1], text[start - 2]
    if before == "/":
        return second.isalnum()
    if before in "-‐‑":
        left = re.search(r"[\w.]+$", text[max(0, start - 24) : start - 1])
        return left is not None and left.group().lower() not in lexicon().contexts["prefixes"]
    return before in ".:" and second.isalnum()


def _word(text: str, match: re.Match[str], last_end: int) -> tuple[Expression | None, int]:
    """A stop at a word: number word, scale, vague plural, fraction, multiple or superlative."""
    words, start, end = lexicon(), match.start(), match.end()
    if match.lastgroup == ONE_UNIT:
        return _single(text, one_unit(text, start, end), end)
    word = re.sub(r"\s", " ", match.group().lower())
    if word in words.units or word in words.tens:
        return _word_number(text, start)
    if word == "percentage":
        return _single(text, one_point(text, start, end), end + 6)
    if word in words.multiples and (ratio := multiple_word(text, start, end)):
        return _ratio(text, ratio), ratio.end
    if word in words.vague and (ratio := vague_word(text, start, end)):
        return _ratio(text, ratio), ratio.end
    if word in words.scales:
        return _bare_scale(text, start, end)
    if word in words.fractions:
        return _fraction_word(text, start, end, last_end)
    return _ranked(text, word, start, end)


def _fraction_word(text: str, start: int, end: int, last_end: int) -> tuple[Expression | None, int]:
    """The expression of "half a per cent", a number of one unit, or of "a third of the", a share; and where it ends."""
    article = ARTICLE.search(text, max(0, start - 4), start)
    begin = article.start() if article else start
    bottom = lexicon().fractions[text[start:end].lower()]
    if begin >= last_end and (found := _part(text, begin, end, 1 / bottom)):
        return found, found.quantity.end
    ratio = fraction_word(text, start, end)
    return (_ratio(text, ratio), ratio.end) if ratio and ratio.start >= last_end else (None, end)


def _single(text: str, number: Number | None, end: int) -> tuple[Expression | None, int]:
    """The expression of one unit, whose name belongs to its quote, and where the pass goes on: at `end`.

    Only a figure is one: "in around a minute" is no more than a turn of phrase.
    """
    if number is None:
        return None, end
    tail = read_tail(text, number, "")
    found = _figure(text, number, number.start, tail._replace(end=max(tail.end, tail.noun_end)))
    return found if found.role == CLAIM else None, end


def _part(text: str, start: int, end: int, part: float) -> Expression | None:
    """A fraction of one unit or scale as a figure in that unit."""
    number = part_of_unit(text, start, end, part)
    if number is None:
        return None
    tail = read_tail(text, number, "")
    if tail.time or not (tail.unit or number.scale >= 1000):
        return None
    return _figure(text, number, start, tail)


def _ranked(text: str, word: str, start: int, end: int) -> tuple[Expression | None, int]:
    ranks = lexicon().ranks
    if word in ranks["leaders"]:
        found: Quantity | None = leader_phrase(text, start, end)
    else:
        found = superlative_rank(text, start, end) if word in ranks["superlatives"] else None
    return (Expression(found), found.end) if found else (None, end)


def _word_number(text: str, start: int) -> tuple[Expression | None, int]:
    if named := numbered_thing(text, start):
        return None, named
    if ranked := numbered_rank(text, start):
        return Expression(ranked), ranked.end
    number = read_number(text, start)
    if number is None:
        return None, start + 1
    if text[start - 1 : start] in ("-", "’", "'") and start:
        return None, number.end
    return _numeric(text, number, start, "")


def _bare_scale(text: str, start: int, end: int) -> tuple[Expression | None, int]:
    found = scale_word(text, start, end)
    if isinstance(found, Ratio):
        return _ratio(text, found), found.end
    if found is None:
        return None, end
    return _numeric(text, found, found.start, "")


def _numeric(text: str, number: Number, opening: int, currency: str) -> tuple[Expression | None, int]:
    """The expression around a number: ratio, range, or figure with its tail."""
    if not currency:
        if fraction := fraction_after(text, number):
            found = _fraction(text, fraction)
            return found, max(fraction.end, found.quantity.end)
        if times := times_after(text, number):
            left = left_tokens(text, modifier_before(text, number.start)[0], 2)
            role = CLAIM if is_ratio(text, times, number, left) else OCCASIONS
            return _ratio(text, times, role=role), times.end
    tail = read_tail(text, number, currency)
    following = text[number.end : number.end + 1]
    if number.digits and max(tail.end, tail.noun_end) == number.end and following.isalnum() and following < "\u2e80":
        return None, junk_end(text, number.end)
    if span := read_range(text, number, opening, currency, tail):
        return range_expression(text, span), span.end
    if not tail.unit and (end := score_end(text, number)):
        return None, end
    return _figure(text, borrowed_scale(text, number, opening, currency, tail), opening, tail), tail.end


class _Signed(NamedTuple):
    start: int
    sign: float


def _signed(text: str, start: int) -> _Signed:
    """A minus before a figure: "-1.3%", "−5 yards", "minus 387"."""
    if start and text[start - 1] in "-−+" and (start == 1 or text[start - 2] in " \t\n(:|"):
        return _Signed(start - 1, 1.0 if text[start - 1] == "+" else -1.0)
    spoken = text[max(0, start - 6) : start].lower() == "minus "
    if (
        spoken
        and text[max(0, start - 14) : start - 6].lower() != "plus or "
        and not text[start - 7 : start - 6].isalnum()
    ):
        return _Signed(start - 6, -1.0)
    return _Signed(start, 1.0)


def _figure(text: str, number: Number, opening: int, tail: Tail) -> Expression:
    signed = _signed(text, opening)
    if opening < number.start and text[number.start - 1] in "-−":
        signed = _Signed(opening, -1.0)
    start, modifier = modifier_before(text, signed.start)
    end = tail.end
    if not modifier and tail.noun_start < 0:
        end, modifier = modifier_after(text, end)
        if modifier and not tail.unit:
            tail = read_tail(text, number._replace(end=end), "")
            end = tail.end
    if not modifier and tail.noun_start >= 0:
        modifier = modifier_after(text, tail.noun_end)[1]
    modifier = turned_round(text, start, modifier) or passing_verb(text, start, end) or "exact"
    place = place_of(text, signed.start, tail.end, number, tail, start, "" if modifier == "exact" else modifier)
    role = role_of(place)
    value = clean(signed.sign * number.value * tail.factor)
    low, high = bounds(value, number.step * tail.factor, modifier)
    quantity = Quantity(
        start,
        end,
        value,
        low,
        high,
        modifier,
        tail.unit or "count",
        tail.form,
        tail.noun_start,
        tail.noun_end,
        tail.per,
    )
    if tail.unit == "percent":
        return Expression(_with_whole(text, quantity), role)
    if tail.unit:
        return Expression(_with_tail_of(text, quantity), role)
    return Expression(_counting(text, quantity, place.noun), role)


def _with_whole(text: str, quantity: Quantity) -> Quantity:
    """The whole that a share is of, where words alone show it: "12% *of the vehicles*", "three in ten *voters*"."""
    if quantity.form == "percent" and not text.startswith(" of ", quantity.end):
        return quantity
    noun = counted_noun(text, quantity.end, 2)
    return quantity._replace(noun_start=noun.start, noun_end=noun.end) if noun else quantity


def _with_noun(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the counted noun behind it, and the noun's lemma as its unit."""
    return _counting(text, quantity, counted_noun(text, quantity.end, quantity.value))


def _counting(text: str, quantity: Quantity, noun: Noun | None) -> Quantity:
    if noun is None:
        denominator, _ = per_after(text, quantity.end)
        return quantity._replace(per=denominator) if denominator else quantity
    denominator, _ = per_after(text, noun.end)
    return quantity._replace(unit=noun.lemma, noun_start=noun.start, noun_end=noun.end, per=denominator)


def _with_tail_of(text: str, quantity: Quantity) -> Quantity:
    """The noun of a measure across "of": "12.3m tonnes *of jet fuel*", "30 MW *of capacity*"."""
    if quantity.form != "measure" or not text.startswith(" of ", quantity.noun_end):
        return quantity
    noun = counted_noun(text, quantity.noun_end, 1)
    return quantity._replace(noun_end=noun.end) if noun else quantity


def _ratio(text: str, ratio: Ratio, *, role: str = CLAIM) -> Expression:
    start, modifier = modifier_before(text, ratio.start)
    modifier = modifier or ("about" if ratio.vague else "exact")
    low, high = ratio_bounds(ratio, modifier)
    quantity = Quantity(start, ratio.end, ratio.value, low, high, modifier, ratio.unit, ratio.form)
    ends = (ratio.vague, 10 * ratio.vague) if ratio.vague else None
    if ratio.vague and text.startswith(" of times", ratio.end):
        return Expression(quantity, OCCASIONS, ends)
    if not ratio.vague:
        return Expression(_with_whole(text, quantity) if ratio.form == "fraction" else quantity, role, ends)
    if text.startswith(" of ", ratio.end):
        money = read_tail(text, Number(start, ratio.end + 3, ratio.value, 0.0, ratio.vague), "")
        if money.form == "money":
            return Expression(quantity._replace(unit=money.unit, form="money"), role, ends)
    return Expression(_with_noun(text, quantity), role, ends)


def _fraction(text: str, ratio: Ratio) -> Expression:
    """A fraction of a whole in percent; a fraction before a unit is a number of it ("1/2 pound")."""
    if ratio.unit:
        return _part(text, ratio.start, ratio.end, ratio.value / 100) or _ratio(text, ratio)
    number = Number(ratio.start, ratio.end, ratio.value, ratio.value / 10, raw=ratio.value)
    skipped = re.compile(r"\s+of\s+(?:an?\s+)?").match(text, ratio.end)
    tail = read_tail(text, number._replace(end=skipped.end() - 1) if skipped else number, "")
    if tail.unit:
        return _figure(text, number, ratio.start, tail._replace(end=ratio.end))
    return _ratio(text, ratio._replace(value=clean(100 * ratio.value), unit="percent"))
