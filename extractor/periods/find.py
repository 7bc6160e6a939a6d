"""Every period expression of a text, found in one pass and resolved in the order of the text."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from extractor.mentions import PeriodMention
from extractor.periods.acceptance import PARTS, is_period
from extractor.periods.context import Context, count_of, is_other_year
from extractor.periods.fiscal import counts_in_rupees, fiscal_year, half_year_from, is_of_others, speaks_of_crops
from extractor.periods.grammar import Bag, Match, matches
from extractor.periods.lexer import Tokens, tokenise
from extractor.periods.resolve import resolve
from extractor.periods.roles import counts_something, looks_ahead, role_of
from extractor.periods.spans import UNKNOWN, Span, iso, shift_days, shift_months, unit_span

_STOP = re.compile(r"[.!?]['\"”’)]*\s+(?=['\"“‘(]?[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|vs|Inc|Corp|Co|Ltd)$"
)
_BEFORE_THEN = re.compile(r"\b(?:before|until|prior to|up to) (?:then|that)\b", re.IGNORECASE)
_LEANING = frozenset({"ago", "same", "year_before", "on_basis", "period"})
"""Rules whose meaning hangs on another period."""
_SENTENCE, _AFTER = 300, 100
"""As much of a sentence as is looked at before and after an expression."""
_MOST = 40
"""Expressions of a sentence that are looked at together: endless lists must not cost the square of their length."""


_STRETCHES = frozenset({"months", "quarter", "half", "to date", "year"})


class _Found(NamedTuple):
    """An expression with its place in the text."""

    rule: str
    bag: Bag
    start: int
    end: int
    before: str
    after: str
    new_sentence: bool
    new_paragraph: bool
    gap: int
    """Characters since the expression before it."""


class _Memory:
    """What has been spoken of so far in the text."""

    def __init__(self) -> None:
        self.last = UNKNOWN
        self.near = UNKNOWN
        self.year: int | None = None
        self.units: dict[str, Span] = {}
        """The last period of each size."""
        self.latest: dict[str, Span] = {}
        """The same, by the calendar."""
        self.lengths: dict[int, Span] = {}
        """The last period of so many months, for "the same 12 months"."""
        self.days: dict[int, Span] = {}
        """The last period of so many days, for "over the six weeks"."""
        self.years: Counter[int] = Counter()
        """How often a year was spoken of: "the year" of a new paragraph is the one that most of the text is of."""
        self.day = UNKNOWN
        """The last day, of speaking too: what "that day" points to."""
        self.twelve = UNKNOWN
        """The last twelve months that are no calendar year."""
        self.stretch = UNKNOWN
        """The last stretch of months, for "the period" behind a day."""
        self.parts_from = 0
        """The first month of the fiscal year of which a part was spoken of: "first half of 2025-26", "Q2 FY26"."""

    def keep_part(self, span: Span, bag: Bag) -> None:
        """Keeps the first month of a fiscal year, from a half or quarter of it by number."""
        number = bag.get("QH") or bag.get("oO")
        order = number[0] if isinstance(number, tuple) else number
        size = {"quarter": 3, "half": 6}.get(span.unit, 0)
        if size and bag.has("S%$") and isinstance(order, int) and span.start is not None:
            self.parts_from = (span.start.month - 1 - (order - 1) * size) % 12 + 1

    def keep(self, span: Span, yearly: bool) -> None:
        """Keeps a period if it is the latest of its size so far."""
        if span.unit == "year" and span.start is not None:
            self.years[span.start.year] += 1
        if yearly and is_other_year(span):
            self.twelve = span
        if span.start and span.end and span.unit != "year":
            self.lengths[round((span.end - span.start).days / 30.4)] = span
            self.days[(span.end - span.start).days] = span
        before = self.latest.get(span.unit, UNKNOWN)
        if span.start and (before.start is None or span.start > before.start):
            self.latest[span.unit] = span


def find_periods(
    text: str, reference: dt.date | None = None, *, context: str = "", about: str = "", at: int = 0
) -> list[PeriodMention]:
    """The period expressions of a text, in order, with the days that they mean.

    `reference` is the day of writing; without it, expressions that point from it keep open ends. `context` is text
    that goes before; it gives antecedents and is not reported. `about` is the text to which it belongs, at `at`: that
    tells whose fiscal or marketing year "2023/24" is in a table's head.
    """
    if context:
        offset = len(context) + 1
        every = find_periods(f"{context} {text}", reference)
        return [
            mention._replace(start=mention.start - offset, end=mention.end - offset)
            for mention in every
            if mention.start >= offset
        ]
    memory, mentions = _Memory(), []
    sentence: list[_Found] = []
    for found in _expressions_of(text):
        if sentence and (found.new_sentence or len(sentence) >= _MOST):
            mentions += _resolve_sentence(text, sentence, memory, reference, (about, at))
            sentence = []
        if found.new_paragraph:
            memory.near, memory.day, memory.year = UNKNOWN, UNKNOWN, None
        sentence.append(found)
    return mentions + _resolve_sentence(text, sentence, memory, reference, (about, at))


@lru_cache(maxsize=512)
def _expressions_of(text: str) -> tuple[_Found, ...]:
    """The expressions of a text. It is asked for twice: to infer the day of writing, and, once that is known, again."""
    return tuple(_expressions(text, tokenise(text)))


def _expressions(text: str, tokens: Tokens) -> list[_Found]:
    """What the grammar finds, less bare numbers that are no years and months that are names."""
    found: list[_Found] = []
    previous = sentence_start = last_end = 0
    new_sentence = new_paragraph = False
    for match in (_less_count(_less_fraction(match, tokens, text), tokens, text) for match in matches(tokens)):
        start, end = tokens.starts[match.first], tokens.ends[match.last - 1]
        for stop in _STOP.finditer(text, previous, start + 1):  # the stop is known by what follows it
            if stop[0][0] == "." and _ABBREVIATED.search(text, max(0, stop.start() - 8), stop.start()):
                continue
            sentence_start, new_sentence = stop.end(), True
            new_paragraph = new_paragraph or "\n" in stop[0]
        gap, previous = start - last_end, start
        last_end = end
        before = text[max(sentence_start, start - _SENTENCE) : start]
        after = _upto_stop(text[end : end + _AFTER])
        bag = Bag(tokens, match.first, match.last)
        if "campaign" in bag.values and not speaks_of_crops(text):
            continue
        if is_period(match, bag, text[start:end], before, after):
            found.append(_Found(match.rule, bag, start, end, before, after, new_sentence, new_paragraph, gap))
            new_sentence = new_paragraph = False
    return found


_ONE = re.compile(r"\b(?:a|one)\s+$", re.IGNORECASE)
_ABOUT_ONE = re.compile(r"\b(?:by|almost|nearly|about|around|roughly|some|than|over)\s+(?:a|one)\s+$", re.IGNORECASE)


def _less_fraction(match: Match, tokens: Tokens, text: str) -> Match:
    """Less the fraction of "up by a quarter on 2019", which is no quarter of a year."""
    letters = tokens.letters[match.first : match.last]
    if match.rule != "quarter" or letters[:3] not in ("qiY", "qiL", "qit"):
        return match
    before = text[max(0, tokens.starts[match.first] - 16) : tokens.starts[match.first]]
    fraction = _ONE if tokens.values[match.first + 1] == "on" else _ABOUT_ONE
    return Match("year", match.first + 2, match.last) if fraction.search(before) else match


_COUNTING = re.compile(r"\s+[a-z]")


def _less_count(match: Match, tokens: Tokens, text: str) -> Match:
    """Less the number of "in May 98 died", and of "in May 30 people died", which count and are no year or day."""
    letters = tokens.letters[match.first : match.last]
    if letters[-2:] == "tD" and match.rule == "range":
        return _less_article(match, tokens, text)
    if letters[-2:] not in ("Mu", "MD") or match.last - match.first < 2 or match.rule not in ("month", "day", "since"):
        return match
    start, end = tokens.starts[match.first], tokens.ends[match.last - 1]
    after = text[end : end + _AFTER]
    on_day = text[max(0, start - 3) : start].lower() == "on "
    counts = _COUNTING.match(after) if letters[-1] == "u" else not on_day and counts_something(after)
    return Match("month" if match.rule == "day" else match.rule, match.first, match.last - 1) if counts else match


_COUNTED_NOUN = re.compile(r"\s+(?!(?:of|in|at|on|to|and|for|from|with|by|as|or|it|the|this|last)\b)[a-z]{3,}")


def _less_article(match: Match, tokens: Tokens, text: str) -> Match:
    """Less the end of "from January to September the 27 countries of the Union"."""
    counts = _COUNTED_NOUN.match(text, tokens.ends[match.last - 1])
    return Match("range", match.first, match.last - 2) if counts else match


def _upto_stop(after: str) -> str:
    stop = _STOP.search(after)
    return after[: stop.start()] if stop else after


# -------------------------------------------------------------------------------------------------- in their order
def _resolve_sentence(
    text: str, sentence: list[_Found], memory: _Memory, reference: dt.date | None, about: tuple[str, int]
) -> list[PeriodMention]:
    """The mentions of one sentence: those that stand by themselves first, then those that lean on another."""
    done: dict[int, PeriodMention] = {}
    spans: dict[int, Span] = {}
    for rank, found in enumerate(sentence):
        if found.rule not in _LEANING:
            _settle(text, rank, found, memory, reference, done, spans, UNKNOWN, about)
    for rank, found in enumerate(sentence):
        if found.rule in _LEANING:
            near = _companion(rank, done, spans)
            if found.rule == "same" and near.start is None and rank and spans[rank - 1].start:
                near = spans[rank - 1]  # "from 3,120 in the first half of 2023 to 4,480 in the same period this year"
            _settle(text, rank, found, memory, reference, done, spans, near, about)
    _close_fiscal_years(text, sentence, done)
    _drop_labels(text, sentence, done)
    _name_bases(text, sentence, done)
    _date_quarters(sentence, done)
    for rank in sorted(spans):
        memory.day = spans[rank] if spans[rank].unit == "day" and spans[rank].start else memory.day
        if done[rank].role == "period" and spans[rank].start and not _is_passing(sentence[rank]):
            memory.last = memory.near = memory.units[spans[rank].unit] = spans[rank]
            bag = sentence[rank].bag
            memory.keep(spans[rank], bag.has("r%S$") and "season" not in bag.values)
            memory.keep_part(spans[rank], bag)
            memory.stretch = spans[rank] if spans[rank].unit in _STRETCHES else memory.stretch
    return [done[rank] for rank in sorted(done)]


def _is_passing(found: _Found) -> bool:
    """True for what the text only glances at: after "a year earlier it had lost 4", "the quarter" is the one before."""
    if found.rule == "ago":
        return found.bag.get("G") != "later"
    if found.rule == "since" and found.bag.has("Y"):
        return True  # "the weakest June since 1996"
    return found.rule in ("trailing", "on_basis", "run_up", "year_before") or "one" in found.bag.values


_BY_NAME = frozenset({"weekend", "feast", "week", "season"})
_SPELT_OUT = frozenset({"days", "range", "numeric", "day", "pair"})


def _drop_labels(text: str, sentence: list[_Found], done: dict[int, PeriodMention]) -> None:
    """ "The first ten months of the current fiscal year (FY24)": the bracket only names the year once more.

    "Over the Easter weekend (18 to 21 April)": it tells which days are meant.
    """
    for rank, found in enumerate(sentence[1:], start=1):
        named, label = sentence[rank - 1], done[rank]
        if text[named.end : found.start] == " (" and text[found.end : found.end + 1] == ")":
            done[rank] = label._replace(role="release")
            if found.rule in _SPELT_OUT and named.rule in _BY_NAME and label.first_day:
                done[rank - 1] = done[rank - 1]._replace(first_day=label.first_day, last_day=label.last_day)


def _name_bases(text: str, sentence: list[_Found], done: dict[int, PeriodMention]) -> None:
    """ "6% less than in its last full year, 2019": the year behind the comma says which one is compared with."""
    for rank, found in enumerate(sentence[1:], start=1):
        named, label = done[rank - 1], done[rank]
        if found.bag.letters == "Y" and named.role == "base" and text[named.end : found.start] == ", ":
            done[rank], done[rank - 1] = label._replace(role="base"), named._replace(role="release")


def _date_quarters(sentence: list[_Found], done: dict[int, PeriodMention]) -> None:
    """ "Third-quarter profit rose …, for the three months ended June 27": those three months."""
    ended = [done[rank] for rank, found in enumerate(sentence) if found.rule == "ended" and done[rank].role == "period"]
    days = next((one for one in ended if one.first_day and one.last_day and _length(one) in _QUARTER), None)
    for rank, found in enumerate(sentence):
        if days is not None and found.rule == "quarter" and not found.bag.has("YySr%LCXGs") and found.bag.has("oOQ"):
            done[rank] = done[rank]._replace(first_day=days.first_day, last_day=days.last_day)


_QUARTER = range(84, 100)


def _length(mention: PeriodMention) -> int:
    first, last = mention.first_day or "", mention.last_day or ""
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


_WHICH_ENDED = re.compile(r"\s*,?\s*(?:which|that)?\s*(?:ended|ends|ending|closed)\s+(?:on\s+|in\s+)?", re.IGNORECASE)


def _close_fiscal_years(text: str, sentence: list[_Found], done: dict[int, PeriodMention]) -> None:
    """ "The last fiscal year, which ended on 31 March 2023": the year up to that day."""
    for rank, found in enumerate(sentence[:-1]):
        year, day = done[rank], done[rank + 1]
        if found.bag.has("$") and day.last_day and _WHICH_ENDED.fullmatch(text, year.end, day.start):
            end = dt.date.fromisoformat(day.last_day)
            done[rank] = year._replace(first_day=shift_months(end, -12).isoformat(), last_day=day.last_day)
            done[rank + 1] = day._replace(role="release")


def _companion(rank: int, done: dict[int, PeriodMention], spans: dict[int, Span]) -> Span:
    """The nearest period of the same sentence, one that stands before if there is one."""
    usable = [other for other in sorted(done) if done[other].role == "period" and spans[other].start]
    before = [other for other in usable if other < rank]
    return spans[before[-1]] if before else spans[usable[0]] if usable else UNKNOWN


def _settle(
    text: str,
    rank: int,
    found: _Found,
    memory: _Memory,
    reference: dt.date | None,
    done: dict[int, PeriodMention],
    spans: dict[int, Span],
    companion: Span,
    about: tuple[str, int],
) -> None:
    """Resolves one expression and writes its mention and span."""
    earlier = _companion(rank, {key: value for key, value in done.items() if key < rank}, spans)
    lean = companion if companion.start else earlier
    expression = text[found.start : found.end]
    budget = found.bag.has("LCX") and any(one.unit == "fiscal year" for one in spans.values())
    spoken = found.rule == "day" and _role(found, "day", expression) == "release"
    context = Context(
        reference=reference,
        antecedent=_of_size(found, lean if lean.start else memory.last, memory, beside=lean.start is not None),
        beside=lean,
        part=_part(found) if found.rule == "ordinal" else "",
        near=lean if lean.start else memory.near,
        lasting=_lasting(found, memory),
        year=memory.year,
        ahead=not found.bag.has("YyIJB")
        and not spoken
        and (looks_ahead(found.before, found.after) or _begins(found, reference)),
        told=_told_year(rank, found, done, spans, reference),
        before_then=found.rule == "trailing" and bool(_BEFORE_THEN.search(found.before)),
        fiscal=_fiscal_year(text, found, about)
        if (budget or found.bag.has("%S$")) and not _of_the_text(found, memory)
        else _company_year(text, found, memory),
        budget=budget,
    )
    span = resolve(found.rule, found.bag, context)
    year = found.bag.get("Yy")
    if isinstance(year, int):
        memory.year = year
    role = (
        "release" if spoken or (found.rule == "counted" and span.start is None) else _role(found, span.unit, expression)
    )
    spans[rank] = span
    done[rank] = PeriodMention(found.start, found.end, iso(span.start), iso(span.end), role, expression)


def _fiscal_year(text: str, found: _Found, about: tuple[str, int]) -> tuple[int, str] | None:
    own = fiscal_year(text, found.start, found.end, found.bag, found.before, found.after)
    whole, at = about
    return own or (fiscal_year(whole, at, at, found.bag, "", "") if whole else None)


_FROM = re.compile(r"\bfrom\s*$", re.IGNORECASE)
_OVER = re.compile(r"\b(?:had|has|have|was|were|rose|fell|grew|\w{3,}ed)\b", re.IGNORECASE)


def _begins(found: _Found, reference: dt.date | None) -> bool:
    """True for a month soon to come from which something holds: "face a bill of £1,842 from April"."""
    month = found.bag.get("M")
    if reference is None or found.bag.letters != "M" or not isinstance(month, int):
        return False
    soon = 0 < (month - reference.month) % 12 <= 4
    return soon and bool(_FROM.search(found.before)) and not _OVER.search(found.before)


def _told_year(
    rank: int, found: _Found, done: dict[int, PeriodMention], spans: dict[int, Span], reference: dt.date | None
) -> int | None:
    """The past year that the sentence tells of: "In 2017 the first count was 16; it had reached 55 by November"."""
    if found.bag.letters not in ("M", "bM", "b-M") or reference is None:
        return None
    opening = found.start - len(found.before) + 12  # "In 2017 …", at the head of the sentence
    years = [other for other in done if other < rank and spans[other].unit == "year" and done[other].start <= opening]
    start = spans[years[0]].start if years else None
    return start.year if start is not None and start.year < reference.year else None


_SIZES = {"q": "quarter", "m": "month", "h": "half", "w": "week", "x": "day"}


def _of_size(found: _Found, lean: Span, memory: _Memory, *, beside: bool) -> Span:
    """What "the same quarter" points to: the last quarter, where a month has been spoken of since."""
    if found.rule not in ("same", "year_before"):
        return lean
    count = count_of(found.bag, 0) if found.bag.has("s") and found.bag.has("m") else 0
    if count:
        return memory.lengths.get(count, lean)
    size = next((_SIZES[letter] for letter in found.bag.letters if letter in _SIZES), lean.unit)
    if found.rule == "same" and not beside and not found.bag.has("GLX") and memory.near.unit != size:
        return memory.latest.get(size, lean)  # what the text is of, not what it last compared with
    return lean if lean.unit in (size, "months") else memory.units.get(size, lean)


def _of_the_text(found: _Found, memory: _Memory) -> bool:
    """True for "2021-22", "last season" or "FY24" in a text that has told of its year: "the year to 30 June 2023"."""
    return memory.twelve.start is not None and found.bag.has("%S$") and not is_of_others(found.bag)


def _company_year(text: str, found: _Found, memory: _Memory) -> tuple[int, str] | None:
    """The fiscal year of which "Q2" or "the second quarter" is a part, in papers that count in crores of rupees."""
    if _of_the_text(found, memory) and memory.twelve.start is not None:
        return memory.twelve.start.month, "end"
    if found.bag.letters == "*-r" and (first := half_year_from(text)):
        return first, "end"
    if not found.bag.has("QqHh") or found.bag.has("YySr%$") or not (found.bag.has("QH") or found.bag.has("oO")):
        return None
    if memory.parts_from:
        return memory.parts_from, "end"
    first = half_year_from(text) or (4 if counts_in_rupees(text) else None)
    return (first, "end") if first else None


def _part(found: _Found) -> str:
    named = [hit["part"] or "half" for hit in PARTS.finditer(found.before)]
    return named[-1].lower() if named else ""


_DAYS = {"w": 7, "x": 1}


def _as_long(bag: Bag, memory: _Memory) -> Span:
    """The last period spoken of that has as many months, weeks or days: "in the ten months", "over the six weeks"."""
    count = count_of(bag) or 0
    if bag.has("m") and count == 12:
        return (memory.units.get("year") or memory.twelve) if bag.has("t") else UNKNOWN
    if bag.has("m"):
        return memory.lengths.get(count, UNKNOWN)
    days = next((size for letter, size in _DAYS.items() if bag.has(letter)), 0) * count
    near = (memory.days.get(days + more) for more in (0, 1, -1))
    return next((span for span in near if span is not None and bag.has("t")), UNKNOWN)


def _lasting(found: _Found, memory: _Memory) -> Span:
    """The last period spoken of that is as long as what the expression points to."""
    if found.rule == "counted":
        return _as_long(found.bag, memory)
    if found.bag.letters == "tp":
        return memory.stretch
    if (
        found.bag.letters in ("t*r", "*r", "*-r")
        and not {"calendar", "cy"} & set(found.bag.values)
        and memory.twelve.start is not None
    ):
        return memory.twelve
    if found.bag.letters == "tr" and memory.near.start is None and memory.years and memory.twelve.start is None:
        return unit_span(dt.date(memory.years.most_common(1)[0][0], 1, 1), "year")
    if found.bag.letters in ("tr", "r"):
        return (
            memory.twelve if is_other_year(memory.near) or memory.latest.get("year", UNKNOWN).start is None else UNKNOWN
        )
    if found.bag.letters == "Kx":
        return memory.day
    size = next((_SIZES[letter] for letter in found.bag.letters if letter in _SIZES), "")
    return memory.latest.get(size, UNKNOWN)


def _role(found: _Found, unit: str, expression: str) -> str:
    return role_of(found.rule, unit, expression, found.before, found.after, gap=found.gap)


# ------------------------------------------------------------------------------------------------------------ the hooks
_END = re.compile(r"^(?:the\s+)?(?:end|close)\b", re.IGNORECASE)


def as_day(mention: PeriodMention) -> PeriodMention:
    """The last day of what "the end of 2023" names, for a stock; a flow keeps the whole period."""
    if mention.last_day is None or not _END.search(mention.text):
        return mention
    last = shift_days(dt.date.fromisoformat(mention.last_day), -1)
    return mention._replace(first_day=last.isoformat())
