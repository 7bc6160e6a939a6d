"""When an article was written, by the clues of its own words: each month is charged for what it leaves unlikely.

No clue is sure: a forecast is taken for an outcome, a comparison with 2019 for one with the year before. So every month
that could be the one of writing pays for each clue that it fits badly ("last year … more than in 2024" is dear outside
2026, "will … by the end of 2023" after 2023, "the first eight months" before September), and for every month that it
lies behind the latest outcome, because news follows soon upon what it reports. The cheapest month wins, if the best
month of every other year is clearly dearer; otherwise nothing tells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.mentions import PeriodMention
from extractor.periods.find import find_periods
from extractor.periods.roles import looks_ahead
from extractor.periods.spans import shift_days, shift_months
from extractor.periods.words import lexicon

_WRONG, _ODD, _SLIGHT = 2.0, 1.0, 0.3
"""Charges, weighed on the dev articles of the gold with their printed dates taken out."""
_PER_MONTH = 0.07
"""The charge for each month between the latest outcome and the month of writing."""
_CLEAR = 0.4
"""By how much the best month of every other year must be dearer."""
_ENOUGH = 2
"""Less support than this, and the only year that is named may be one of long ago."""
_NEAR_TOP = 4
"""Sentences, the headline among them."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Spoken(NamedTuple):
    """A period expression with what surrounds it."""

    mention: PeriodMention
    words: str
    sentence: int
    ahead: bool
    """Whether it may lie in the future, by a word such as "target"; nothing that is compared with does."""
    surely_ahead: bool
    year: int | None
    """The last year that it names."""

    @property
    def is_base(self) -> bool:
        """True for what something is compared with."""
        return self.mention.role == "base"


class Written(NamedTuple):
    """The month in which an article was written: its first day, and the first day of the next."""

    first: dt.date
    last: dt.date


class BareMonths(NamedTuple):
    """Calendar months (1 is January) that are named without a year."""

    over: list[int]
    """In which something ended that is over."""
    ahead: list[int]
    last: list[int]
    """What "last month" was: "sales fell 2% last month against June last year"."""


class _Charge(NamedTuple):
    """What a month costs that does not lie in the half-open interval from `first` to `last`; None is open."""

    first: dt.date | None
    last: dt.date | None
    cost: float

    def on(self, month: dt.date) -> float:
        before = self.first is not None and month < self.first.replace(day=1)
        after = self.last is not None and month >= self.last
        return self.cost if before or after else 0.0


class _Evidence(NamedTuple):
    """All that speaks for one month or another."""

    charges: list[_Charge]
    ends: list[dt.date]
    """When the outcomes that are dated in full were over."""
    named: BareMonths
    dateline: PeriodMention | None
    weekday: int | None

    def cost(self, month: dt.date) -> float:
        """What a month, given by its first day, is charged in all."""
        clues = sum(charge.on(month) for charge in self.charges)
        return clues + _lag(self.ends, month) + _season(self.named, month.month) + self._printed_day(month)

    def support(self, spoken: Sequence[Spoken], month: dt.date) -> int:
        """How many expressions speak of the year of writing or the ones beside it.

        Those near the top count twice, as do a clue that ties the month to one year and a dateline's day of the week.
        """
        near = [one for one in spoken if one.year is not None and abs(one.year - month.year) <= 1]
        ties = [charge for charge in self.charges if charge.first and charge.last and not charge.on(month)]
        fits = self.weekday is not None and (self._days_late(month) or 0) <= 1 and self.dateline is not None
        return len(near) + sum(one.sentence < _NEAR_TOP for one in near) + 2 * (len(ties) + fits)

    def _printed_day(self, month: dt.date) -> float:
        """For another month than the dateline's, and for a year in which its day was another day of the week."""
        day = None if self.dateline is None else day_in_year(self.dateline, month.year)
        if day is None:
            return 0.0
        late = self._days_late(month)
        wrong_day = 0.0 if not late else _ODD if late == 1 else _WRONG
        return wrong_day + (2 * _WRONG if day.month != month.month else 0.0)

    def _days_late(self, month: dt.date) -> int | None:
        """Days from the day of the week on which somebody spoke to the dateline's day, in the year of a month."""
        day = None if self.dateline is None else day_in_year(self.dateline, month.year)
        return None if day is None or self.weekday is None else (day.weekday() - self.weekday) % 7


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(r"[.!?]['\"”’)]*\s+(?=['\"“‘(]?[A-Z0-9])|\n+")


class _Clues(NamedTuple):
    """The words of lexicon.toml that hang on the day of writing."""

    pointing: re.Pattern[str]
    parts: re.Pattern[str]
    last_year: re.Pattern[str]
    this_year: re.Pattern[str]
    last_month: re.Pattern[str]


@cache
def _clues() -> _Clues:
    cues = lexicon().cues
    whole = (cues.pointing, cues.parts_of_years, cues.last_year, cues.this_year, cues.last_month)
    return _Clues(*(re.compile(rf"\b(?:{words})\b") for words in whole))


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{lexicon().cues.planned})\b|\b(?:for|by|until|till|from)\s+(?:the )?(?:end of )?$", re.IGNORECASE
    )


def spoken_periods(text: str) -> list[Spoken]:
    """The period expressions of a text, in its order."""
    ends = [stop.end() for stop in _stops().finditer(text)]
    found, sentence, start = [], 0, 0
    for mention in find_periods(text):
        while sentence < len(ends) and ends[sentence] <= mention.start:
            start = ends[sentence]
            sentence += 1
        before = text[max(start, mention.start - 300) : mention.start]
        surely = mention.role != "base" and looks_ahead(before)
        planned = surely or (mention.role != "base" and bool(_planned().search(before)))
        years = YEAR.findall(mention.text)
        found.append(
            Spoken(mention, mention.text.lower(), sentence, planned, surely, int(years[-1]) if years else None)
        )
    return found


def month_of_writing(spoken: Sequence[Spoken], dateline: PeriodMention | None, weekday: int | None) -> Written | None:
    """The month in which an article was written, or None where nothing tells its year.

    `dateline` is a printed day of a month without its year; `weekday` the day of the week (0 is Monday) on which the
    article's people spoke.
    """
    years = _candidates(spoken)
    if not years or not _has_relative(spoken, dateline):
        return None
    evidence = _evidence(spoken, dateline, weekday)
    months = {year: [dt.date(year, number, 1) for number in range(1, 13)] for year in years}
    ranked = sorted(min((evidence.cost(month), month) for month in months[year]) for year in years)
    (cost, month), (next_cost, _) = ranked[:2]
    clear = next_cost - cost >= _CLEAR and evidence.support(spoken, month) >= _ENOUGH
    return Written(month, shift_months(month, 1)) if clear else None


def _candidates(spoken: Sequence[Spoken]) -> list[int]:
    """Years in which the article may have been written: about those that are over, before those that lie ahead."""
    after = {one.year + step for one in spoken if one.year is not None and not one.ahead for step in (-1, 0, 1, 2)}
    before = {one.year - step for one in spoken if one.year is not None and one.ahead for step in (0, 1, 2, 3)}
    return sorted(after | before)


def _has_relative(spoken: Iterable[Spoken], dateline: PeriodMention | None) -> bool:
    """True where the day of writing matters: some expression hangs on it."""
    return dateline is not None or any(one.year is None and one.mention.role in ("period", "base") for one in spoken)


# ------------------------------------------------------------------------------------------------------------- charges
def _evidence(spoken: Sequence[Spoken], dateline: PeriodMention | None, weekday: int | None) -> _Evidence:
    over = [one for one in spoken if one.year is not None and not one.ahead]
    latest = max((one.year for one in over if one.year is not None), default=0)
    ends = sorted(_day(one.mention.last_day) for one in over if one.mention.last_day)
    return _Evidence(list(_charges(spoken, latest)), ends, bare_months(spoken), dateline, weekday)


def _charges(spoken: Sequence[Spoken], latest: int) -> Iterator[_Charge]:
    yield from dict.fromkeys(charge for one in spoken if one.year is not None for charge in _of_explicit(one))
    for group in sentences_of(spoken):
        yield from _of_comparison(group, latest)
        yield from _of_outlook(group, latest)
        yield from _of_release(group)
    yield from _of_same_part(spoken)
    yield from _of_whole_year(spoken, latest)


def _of_explicit(one: Spoken) -> Iterator[_Charge]:
    """What is over has ended before the month of writing, or in it; what lies ahead has not."""
    if one.mention.first_day is None:
        return
    first, last = _day(one.mention.first_day), _day(one.mention.last_day)
    if one.surely_ahead:
        yield _Charge(None, last, _WRONG)
    elif one.ahead:
        return  # a target, a budget: the year may be over or not
    elif one.mention.last_day is None:
        yield _Charge(first, None, _WRONG)
    else:
        yield _Charge(first, None, _ODD)
        yield _Charge(last if (last - first).days > 1 else first, None, _ODD)


def _of_comparison(group: Sequence[Spoken], latest: int) -> Iterator[_Charge]:
    """ "Last year … than in 2022": written in 2024; "the first eight months … the same period of 2024": in 2025."""
    bases = [one.year for one in group if one.is_base and one.year is not None]
    for time in (one for one in group if one.mention.role == "period" and not one.ahead):
        if bases:
            year = max(bases)
            cost = _WRONG if year >= latest - 1 else _SLIGHT
            if _clues().last_year.search(time.words):
                yield _in_year(year + 2, cost)
            elif _clues().this_year.search(time.words):
                yield _in_year(year + 1, cost)
            elif time.year is None and (month := end_month(time)) is not None:
                yield _Charge(dt.date(year + 1, month, 1), shift_months(dt.date(year + 1, month, 1), 8), cost)
        if time.year is not None and any(_clues().last_year.search(one.words) for one in group if one.is_base):
            yield _in_year(time.year, _WRONG)


def _of_outlook(group: Sequence[Spoken], latest: int) -> Iterator[_Charge]:
    """ "755,000 this year and 803,000 in 2026", "5% in 2024, after 4.8% last year"; a forecast for all of a year."""
    ahead = [one.year for one in group if one.year is not None and one.ahead]
    if not ahead:
        return
    if any(_clues().this_year.search(one.words) for one in group):
        yield _in_year(min(ahead) - 1, _ODD)
    elif any(_clues().last_year.search(one.words) for one in group) and not any(one.is_base for one in group):
        yield _in_year(min(ahead), _WRONG)
    elif min(ahead) <= latest + 1 or not latest:
        yield _Charge(dt.date(min(ahead) - 1, 10, 1), None, _ODD)
        yield _Charge(dt.date(min(ahead), 1, 1), None, _SLIGHT)


def _of_release(group: Sequence[Spoken]) -> Iterator[_Charge]:
    """ "Data from last month showed … for the first 11 months of 2023": they came out in December or later."""
    if any(_clues().last_month.fullmatch(one.words) for one in group):
        for one in group:
            if one.year is not None and one.mention.last_day and one.mention.role == "period" and not _is_whole(one):
                yield _Charge(shift_months(_day(one.mention.last_day).replace(day=1), 1), None, _ODD)


def _of_same_part(spoken: Sequence[Spoken]) -> Iterator[_Charge]:
    """ "The first 11 months of last year" beside "the first 11 months of 2023"."""
    named = {_part(one.words): one.year for one in spoken if one.year is not None and _part(one.words)}
    for one in spoken:
        for pattern, later in ((_clues().last_year, 1), (_clues().this_year, 0)):
            year = named.get(_part(one.words)) if pattern.search(one.words) else None
            if year is not None:
                yield _in_year(year + later, _WRONG)


def _of_whole_year(spoken: Sequence[Spoken], latest: int) -> Iterator[_Charge]:
    """ "Last year" in an article that compares all of 2023 with 2022 as over."""
    if not any(_clues().last_year.search(one.words) for one in spoken):
        return
    for group in sentences_of(spoken):
        whole = any(_is_whole(one) and one.year == latest and one.mention.role == "period" for one in group)
        if whole and any(one.year == latest - 1 and one.is_base for one in group):
            yield _in_year(latest + 1, _ODD)
            return


def _in_year(year: int, cost: float) -> _Charge:
    return _Charge(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), cost)


def _lag(ends: Sequence[dt.date], month: dt.date) -> float:
    """For the months since the latest of some periods that were over."""
    latest = max((end for end in ends if end <= month), default=month)
    return _PER_MONTH * (12 * (month.year - latest.year) + month.month - latest.month)


def _season(named: BareMonths, month: int) -> float:
    """For the months since those that are named without a year, and until those that lie ahead, round the calendar."""
    cost = _ODD * sum((month - one) % 12 != 1 for one in named.last)
    if named.over:
        since = [(month - one - 1) % 12 for one in named.over]
        cost += _PER_MONTH * (sum(since) / len(since) + min(since))
    if named.ahead:
        cost += _PER_MONTH * sum((one - month) % 12 for one in named.ahead) / len(named.ahead)
    return cost


@lru_cache(maxsize=256)
def day_in_year(mention: PeriodMention, year: int) -> dt.date | None:
    """The day that a mention with a day and a month, but no year, means in a year."""
    found = find_periods(mention.text, dt.date(year, 12, 31))
    return _day(found[0].first_day) if found and found[0].first_day else None


# -------------------------------------------------------------------------------------------------- reading expressions
def sentences_of(spoken: Sequence[Spoken]) -> list[list[Spoken]]:
    """The expressions of each sentence that has any."""
    groups: list[list[Spoken]] = []
    for one in spoken:
        if groups and groups[-1][-1].sentence == one.sentence:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def bare_months(spoken: Sequence[Spoken]) -> BareMonths:
    """The months that are named without a year."""
    found = BareMonths([], [], [])
    for group in sentences_of(spoken):
        pointed = any(_clues().last_month.fullmatch(one.words) for one in group)
        for one in group:
            twin = re.match(r"([a-z]{3,9})\.? (?:of )?last year$", one.words)
            if twin and pointed and (month := _month(twin[1])):
                found.last.append(month)
            elif one.year is None and one.mention.role == "period" and (month := end_month(one)) is not None:
                (found.ahead if one.ahead else found.over).append(month)
    return found


def end_month(one: Spoken) -> int | None:
    """The calendar month in which an expression without a year ends; None where it names none."""
    if one.year is not None or _clues().pointing.search(one.words):
        return None
    resolved = find_periods(one.mention.text, dt.date(2001, 12, 31))
    if not resolved or resolved[0].last_day is None or resolved[0].first_day is None:
        return None
    days = (_day(resolved[0].last_day) - _day(resolved[0].first_day)).days
    named = any(_month(word) for word in re.findall(r"[a-z]+", one.words)) or bool(_clues().parts.search(one.words))
    return shift_days(_day(resolved[0].last_day), -1).month if named and days < 350 else None


def _month(word: str) -> int | None:
    words = lexicon()
    return words.months.get(word, words.month_abbreviations.get(word))


def _part(words: str) -> str:
    """What is left of an expression without its year."""
    bare = re.sub(r"\b(?:19|20)\d\d\b|\b(?:last|this|current) year\b|\b(?:of|in|the)\b|[,'’]", " ", words)
    return " ".join(bare.split())


def _is_whole(one: Spoken) -> bool:
    first, last = _day(one.mention.first_day), _day(one.mention.last_day)
    return one.mention.last_day is not None and 360 < (last - first).days < 370


def _day(written: str | None) -> dt.date:
    return dt.date.fromisoformat(written or "0001-01-01")
