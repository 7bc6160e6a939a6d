"""When an article was written, by the clues of its own words: each month is charged for what it leaves unlikely.

No clue is sure: a forecast is taken for an outcome, a comparison with 2019 for one with the year before. So every month
that could be the one of writing pays for each clue that it fits badly ("last year … more than in 2024" is dear outside
2026, "will … by the end of 2023" after 2023, "the first eight months" before September), and for every month that it
lies behind the latest outcome, because news follows soon upon what it reports. The cheapest month wins, if the best
month of every other year is clearly dearer; otherwise nothing tells.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.mentions import PeriodMention
from extractor.periods.spans import shift_days, shift_months
from extractor.publication.spoken import (
    BareMonths,
    Spoken,
    bare_months,
    clues,
    day_in_year,
    day_of,
    end_month,
    ends_in,
    is_whole,
    part_of_year,
    sentences_of,
)
from extractor.publication.words import Charges, Limits, publication_pack


def _costs() -> Charges:
    return publication_pack().charges


def _limits() -> Limits:
    return publication_pack().limits


class Written(NamedTuple):
    """The month in which an article was written: its first day, and the first day of the next."""

    first: dt.date
    last: dt.date


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
        told = sum(charge.on(month) for charge in self.charges)
        lag = _lag(self.ends, month, by_day=len(self.named.days) > 1)
        return told + lag + _season(self.named, month.month) + self._printed_day(month)

    def support(self, spoken: Sequence[Spoken], month: dt.date) -> int:
        """How many expressions speak of the year of writing or the ones beside it.

        Those near the top count twice, as do a clue that ties the month to one year and a dateline's day of the week.
        """
        near = [one for one in spoken if one.year is not None and not one.passing and abs(one.year - month.year) <= 1]
        ties = [charge for charge in self.charges if charge.first and charge.last and not charge.on(month)]
        fits = self.weekday is not None and (self._days_late(month) or 0) <= 1 and self.dateline is not None
        return len(near) + sum(one.sentence < _limits().top for one in near) + 2 * (len(ties) + fits)

    def _printed_day(self, month: dt.date) -> float:
        """For another month than the dateline's, and for a year in which its day was another day of the week."""
        day = None if self.dateline is None else day_in_year(self.dateline, month.year)
        if day is None:
            return 0.0
        late = self._days_late(month)
        wrong_day = 0.0 if not late else _costs().odd if late == 1 else _costs().wrong
        return wrong_day + (2 * _costs().wrong if day.month != month.month else 0.0)

    def _days_late(self, month: dt.date) -> int | None:
        """Days from the day of the week on which somebody spoke to the dateline's day, in the year of a month."""
        day = None if self.dateline is None else day_in_year(self.dateline, month.year)
        return None if day is None or self.weekday is None else (day.weekday() - self.weekday) % 7


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
    clear = next_cost - cost >= _limits().clear and evidence.support(spoken, month) >= _limits().support
    return Written(month, shift_months(month, 1)) if clear else None


def likelier_day(spoken: Sequence[Spoken], days: Sequence[dt.date], weekday: int | None) -> dt.date:
    """The day whose month is charged less; of equals the first."""
    evidence = _evidence(spoken, None, weekday)
    return min(days, key=lambda day: evidence.cost(day.replace(day=1)))


def _candidates(spoken: Sequence[Spoken]) -> list[int]:
    """Years in which the article may have been written: about those that are over, before those that lie ahead."""
    told = [one for one in spoken if not one.passing]
    after = {one.year + step for one in told if one.year is not None and not one.ahead for step in (-1, 0, 1, 2)}
    before = {one.year - step for one in spoken if one.year is not None and one.ahead for step in (0, 1, 2, 3)}
    return sorted(after | before)


def _has_relative(spoken: Iterable[Spoken], dateline: PeriodMention | None) -> bool:
    """True where the day of writing matters: some expression hangs on it."""
    return dateline is not None or any(one.year is None and one.mention.role in ("period", "base") for one in spoken)


# ------------------------------------------------------------------------------------------------------------- charges
def _evidence(spoken: Sequence[Spoken], dateline: PeriodMention | None, weekday: int | None) -> _Evidence:
    over = [one for one in spoken if one.year is not None and not one.ahead and not one.passing]
    latest = max((one.year for one in over if one.year is not None), default=0)
    running = {one.year for one in spoken if one.runs}
    ends = {
        day_of(one.mention.last_day)
        for one in over
        if one.mention.last_day and not one.describes and not (is_whole(one) and one.year in running)
    }
    ends |= {dt.date(year, 1, 1) for year in running if year is not None}
    ends |= {shift_months(month, 1) for month in _told_months(spoken)}
    return _Evidence(list(_charges(spoken, latest)), sorted(ends), bare_months(spoken), dateline, weekday)


def _charges(spoken: Sequence[Spoken], latest: int) -> Iterator[_Charge]:
    running = {one.year for one in spoken if one.runs}
    explicit = [one for one in spoken if one.year is not None and (one.runs or one.year not in running)]
    yield from dict.fromkeys(charge for one in explicit for charge in _of_explicit(one))
    for group in sentences_of(spoken):
        yield from _of_comparison(group, latest)
        yield from _of_outlook(group, latest)
        yield from _of_release(group)
    yield from _of_same_part(spoken)
    yield from _of_base_month(spoken)
    yield from _of_whole_year(spoken, latest)


def _of_explicit(one: Spoken) -> Iterator[_Charge]:
    """What is over has ended before the month of writing, or in it; what lies ahead has not."""
    if one.mention.first_day is None:
        return
    first, last = day_of(one.mention.first_day), day_of(one.mention.last_day)
    if one.runs and one.year is not None:
        yield _in_year(one.year, _costs().wrong)
    elif one.passing:
        yield _Charge(first, None, _costs().wrong)
    elif one.surely_ahead:
        yield _Charge(None, last, _costs().wrong)
    elif one.ahead:
        return  # a target, a budget: the year may be over or not
    elif one.mention.last_day is None:
        yield _Charge(first, None, _costs().wrong)
    else:
        yield _Charge(first, None, _costs().odd)
        if one.describes:
            return
        yield _Charge(last if (last - first).days > 1 else first, None, _costs().odd)


def _of_comparison(group: Sequence[Spoken], latest: int) -> Iterator[_Charge]:
    """What a comparison costs: "Last year … than in 2022" was written in 2024; "the first eight months …
    the same period of 2024" in 2025.
    """
    bases = [one.year for one in group if one.is_base and one.year is not None]
    for time in (one for one in group if one.mention.role == "period" and not one.ahead):
        if bases:
            year = max(bases)
            repeats = any(clues().same_part.match(one.words) for one in group if one.is_base and one.year == year)
            cost = _costs().wrong if repeats or year >= latest - 1 else _costs().slight
            if clues().last_year.search(time.words):
                yield _in_year(year + 2, cost)
            elif clues().this_year.search(time.words):
                yield _in_year(year + 1, cost)
            elif time.year is None and (month := end_month(time)) is not None:
                yield _soon_after(dt.date(year + 1, month, 1), cost)
        if time.year is not None and any(clues().last_year.search(one.words) for one in group if one.is_base):
            yield _in_year(time.year, _costs().wrong)


def _of_outlook(group: Sequence[Spoken], latest: int) -> Iterator[_Charge]:
    """What an outlook for all of a year costs: "755,000 this year and 803,000 in 2026", "5% in 2024, after
    4.8% last year".
    """
    ahead = [one.year for one in group if one.year is not None and one.ahead]
    for one, other in itertools.pairwise(group):
        if one.ahead and one.year is not None and clues().next_year.search(other.words):
            yield _in_year(one.year, _costs().wrong)  # "4% in 2024 and 3% next year"
    if not ahead:
        return
    if any(clues().this_year.search(one.words) for one in group):
        yield _in_year(min(ahead) - 1, _costs().odd)
    elif any(clues().last_year.search(one.words) for one in group) and not any(one.is_base for one in group):
        yield _in_year(min(ahead), _costs().wrong)
    elif min(ahead) <= latest + 1 or not latest:
        yield _Charge(dt.date(min(ahead) - 1, 10, 1), None, _costs().odd)
        yield _Charge(dt.date(min(ahead), 1, 1), None, _costs().slight)


def _of_release(group: Sequence[Spoken]) -> Iterator[_Charge]:
    """What a release costs: "Data from last month showed … for the first 11 months of 2023" came out in
    December or later.
    """
    if any(clues().last_month.fullmatch(one.words) for one in group):
        for one in group:
            if one.year is not None and one.mention.last_day and one.mention.role == "period" and not is_whole(one):
                yield _Charge(shift_months(day_of(one.mention.last_day).replace(day=1), 1), None, _costs().odd)


def _of_same_part(spoken: Sequence[Spoken]) -> Iterator[_Charge]:
    """What one part of a year costs that is told of twice: "The first 11 months of last year" beside "the
    first 11 months of 2023".
    """
    named = {part_of_year(one.words): one.year for one in spoken if one.year is not None and part_of_year(one.words)}
    ending = {ends_in(one): one.year for one in spoken if one.year is not None and not one.is_base and not one.ahead}
    for one in spoken:
        told = clues().this_year.search(one.words) and ending.get(end_month(one))
        if told and end_month(one) is not None:
            yield _in_year(told, _costs().odd)
        for pattern, later in ((clues().last_year, 1), (clues().this_year, 0)):
            year = named.get(part_of_year(one.words)) if pattern.search(one.words) else None
            if year is not None:
                yield _in_year(year + later, _costs().wrong)


def _of_base_month(spoken: Sequence[Spoken]) -> Iterator[_Charge]:
    """What the month of a base costs: "5% more than in September 2022", in a text that tells of "September", was
    written soon after the next September.
    """
    for month in dict.fromkeys(_told_months(spoken)):
        yield _soon_after(month, _costs().wrong)


def _told_months(spoken: Sequence[Spoken]) -> Iterator[dt.date]:
    """The months that a text tells of without their year, where it compares them with the same month of a year."""
    told = {end_month(one) for one in spoken if one.mention.role == "period" and not one.ahead} - {None}
    for one in spoken:
        if one.is_base and one.year is not None and ends_in(one) in told:
            yield shift_days(day_of(one.mention.last_day), -1).replace(day=1, year=one.year + 1)


def _of_whole_year(spoken: Sequence[Spoken], latest: int) -> Iterator[_Charge]:
    """All of 2023 is compared with 2022 as over: a hint of the year after, and more beside "last year"."""
    cost = _costs().odd if any(clues().last_year.search(one.words) for one in spoken) else _costs().slight
    for group in sentences_of(spoken):
        whole = any(_tells_whole(one, latest) for one in group)
        if whole and any(one.year == latest - 1 and one.is_base for one in group):
            yield _in_year(latest + 1, cost)
            return


def _tells_whole(one: Spoken, year: int) -> bool:
    told = one.mention.role == "period" and not one.ahead and not one.describes
    return told and is_whole(one) and one.year == year


def _in_year(year: int, cost: float) -> _Charge:
    return _Charge(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), cost)


def _soon_after(month: dt.date, cost: float) -> _Charge:
    """For all but the months from one on."""
    return _Charge(month, shift_months(month, _limits().soon), cost)


def _lag(ends: Sequence[dt.date], month: dt.date, *, by_day: bool) -> float:
    """For the months since the latest of some periods that were over.

    `by_day` where days are named without their year: they say when, in the year after a whole year, it was written.
    """
    latest = max((end for end in ends if end <= month), default=month)
    months = 12 * (month.year - latest.year) + month.month - latest.month
    return 0.0 if by_day and latest.month == 1 and months < 12 else _costs().per_month * months


def _season(named: BareMonths, month: int) -> float:
    """For the months since those that are named without a year, and until those that lie ahead, round the calendar."""
    cost = _costs().odd * sum((month - one) % 12 != 1 for one in named.last)
    if named.since:
        since = [(month - one) % 12 for one in named.since]
        cost += _costs().per_month * (sum(since) / len(since) + min(since))
    if named.ahead:
        cost += _costs().per_month * sum((one - month) % 12 for one in named.ahead) / len(named.ahead)
    return cost
