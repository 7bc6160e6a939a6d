"""What figures without a period can borrow: from their paragraph, else the period that the article is mostly about.

Borrowing follows the tense: what will be, or would be, takes no past period; what was takes none that lies ahead. Base
periods, days of speaking and lengths of records lend nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from functools import cache

from extractor.mentions import PeriodMention, Quantity, Timing
from extractor.periods.attachment import FUTURE, PAST, PERFECT, PRESENT, UNKNOWN
from extractor.periods.bases import Interval, length, one_after, same_size
from extractor.periods.clauses import Clause, is_since
from extractor.periods.reader import Reader
from extractor.periods.words import lexicon

_SINCE = re.compile(r"since\b", re.I)
_LOOKING_BACK = re.compile(r"\b(?:ago|earlier|before|previously)$", re.I)
"""The end of periods that only compare: "twelve months ago it cost 1,130"."""


_SEVERAL = 2
"""As many figures must be of a weekend or a week, for it to be the article's period."""
_LEAD = 4
"""As many figures make up an article's lead."""


class Memory:
    """The periods that the figures of the article have of their own, by paragraph; and what was only spoken of."""

    def __init__(self, today: str | None) -> None:
        self.today = today or "9999"
        self.paragraphs: dict[int, list[Interval]] = {}
        self.spoken: dict[int, Interval] = {}
        self.counts: dict[tuple[str | None, str | None], int] = {}
        self.words: dict[tuple[str | None, str | None], str] = {}
        self.firm: set[tuple[str | None, str | None]] = set()
        """Periods that two figures have of their own, or one of the first: only those become the main one."""
        self.events: set[tuple[str | None, str | None]] = set()
        """Days on which something happened that is counted afterwards."""
        self.caption: Interval | None = None
        """What the line above a table or list dates: it holds for the rows, and for the paragraph after them."""
        self.captions: set[tuple[str | None, str | None]] = set()
        self.latest: Interval | None = None
        """What the last figure of the running text was dated, base figures aside."""
        self._owned: Counter[tuple[str | None, str | None]] = Counter()
        self._single: set[tuple[str | None, str | None]] = set()

    def count(self, period: Interval, *, own: bool) -> None:
        """Counts the period of a figure towards the article's main one."""
        days = period[:2]
        if (own and days in self._single) or sum(self.counts.values()) < _LEAD:
            self.firm.add(days)
        if own:
            self._single.add(days)
            self._owned[days] += 1
        self.counts[days] = self.counts.get(days, 0) + 1
        self.words.setdefault(days, period[2])

    def note(self, paragraph: int, period: Interval, *, behind: bool = False) -> None:
        """Remembers a figure's own period for the figures after it in the paragraph.

        What is `behind`, and came before what the paragraph is of, is only glanced at: "in 2019 it had been 4".
        """
        known = self.paragraphs.setdefault(paragraph, [])
        passing = behind and known and (period[1] or "") <= (known[-1][1] or "")
        known.insert(len(known) - 1 if passing else len(known), period)

    def main(self) -> Interval | None:
        """The period of most figures so far, the first of several that come equally often; none that lies ahead."""
        usable = [days for days in self.counts if days in self.firm and not self.is_ahead((*days, ""))]
        long = [days for days in usable if is_long(days) or days in self.events]
        long = long or [days for days in usable if length((*days, "")) > 1 and self._owned[days] >= _SEVERAL]
        if not long:
            return None
        days = max(long, key=lambda key: self.counts[key])
        return days[0], days[1], self.words[days]

    def _fits(self, period: Interval, tense: str) -> bool:
        """False for what lies ahead where the figure is past, and for what is long over where it is present."""
        if tense == PAST:
            return not self.is_ahead(period)
        if period[:2] in self.captions:
            return True
        if tense == PERFECT:
            return (period[1] or "") >= self.today or period[:2] in self.events
        if tense == PRESENT and (period[0] or "") > self.today:
            return False
        return tense != PRESENT or self.today == "9999" or _days_since(period, self.today) < _STALE

    def is_ahead(self, period: Interval) -> bool:
        """True for a period that is not over on the day of writing, unless it runs to that day."""
        return (period[1] or "") > _next_day(self.today)

    def near(self, paragraph: int) -> Interval | None:
        """What the paragraph last spoke of."""
        own = self.paragraphs.get(paragraph)
        return own[-1] if own else self.spoken.get(paragraph)

    def before(self, paragraph: int) -> Interval | None:
        """What the paragraph before last spoke of, if that is no single day."""
        own = self.paragraphs.get(paragraph - 1)
        last = own[-1] if own else None
        last = last if last and is_long(last[:2]) else self.spoken.get(paragraph - 1)
        return last if last and is_long(last[:2]) else None

    def sized(self, paragraph: int, base: Interval) -> Interval:
        """For what is compared with a month or quarter: the last one spoken of that is as long, else the next."""
        for number in range(paragraph, -1, -1):
            for period in (*reversed(self.paragraphs.get(number, [])), *filter(None, [self.spoken.get(number)])):
                if same_size(period, base) and (period[0] or "") > (base[0] or ""):
                    return period
        return one_after(base)

    def _coming(self, paragraph: int) -> Interval | None:
        """What lies ahead in the paragraph, else in most of the article."""
        ahead = [period for period in self.paragraphs.get(paragraph, []) if self.is_ahead(period)]
        if ahead or not self.counts:
            return ahead[-1] if ahead else None
        days = max(self.counts, key=lambda key: self.counts[key])
        most = (*days, self.words[days])
        return most if self.counts[days] > 1 and self.is_ahead(most) and length(most) > 80 else None

    def lent(self, paragraph: int, tense: str) -> Interval | None:
        """What a figure without a period can borrow, given the tense of its clause."""
        near = self.near(paragraph)
        if tense == FUTURE:
            return self._coming(paragraph) or (near if near is not None and self.is_ahead(near) else None)
        if near is not None and not is_long(near[:2]):
            return (
                near
                if near[:2] in self.events or near[:2] in self.captions or _is_closing(near) or _is_few_days(near)
                else None
            )
        if near is not None and self._fits(near, tense):
            return near
        main = self.main()
        if tense == PERFECT and not (main and main[:2] in self.events):
            return None
        if near is not None:
            return main if main is not None and self._fits(main, tense) else None
        before = self.before(paragraph)
        if main is not None and tense == PRESENT and not self._fits(main, tense):
            return None
        return main or (before if before and not self.is_ahead(before) else None)


_FEW_DAYS = re.compile(r"\bweek (?:to|ended|ending|through)\b|\d.*\d|weekend", re.I)
"""Weeks that figures are published for, weekends, and days from one to another."""
_STALE = 200
"""Days after which a period no longer dates what is told in the present tense."""


def _days_since(period: Interval, today: str) -> int:
    return (dt.date.fromisoformat(today[:10]) - dt.date.fromisoformat(period[1])).days if period[1] else 0


def _is_few_days(period: Interval) -> bool:
    """True for a weekend, a week that is published, or "28 November to 1 December"."""
    return 1 < length(period) < 8 and _FEW_DAYS.search(period[2]) is not None


def _is_closing(period: Interval) -> bool:
    """True for the last day of a month: what is counted then is a stock, and so is what the paragraph adds."""
    return length(period) == 1 and str(period[1]).endswith("-01")


def _next_day(day: str) -> str:
    return day if day == "9999" else (dt.date.fromisoformat(day[:10]) + dt.timedelta(days=1)).isoformat()


def is_long(days: tuple[str | None, str | None]) -> bool:
    """True for a week or more: a single day dates the figures of its paragraph, not those of an article."""
    if days[0] is None or days[1] is None:
        return False
    return (dt.date.fromisoformat(days[1]) - dt.date.fromisoformat(days[0])).days >= 8


def lend(readers: list[Reader], found: list[Timing], memory: Memory) -> None:
    """Gives figures without a period what they can borrow from other sentences."""
    for reader, following in itertools.zip_longest(readers, readers[1:]):
        _lend(reader, found, memory, heads=following is not None and following.clause.is_item)
    _from_whole(readers, found, memory)


def _from_whole(readers: list[Reader], found: list[Timing], memory: Memory) -> None:
    """Gives figures that stand before any period the article's main one, where most figures have it."""
    main = memory.main()
    if main is None or memory.counts[main[:2]] < max(2, sum(memory.counts.values()) / 2):
        return
    for reader in readers:
        for rank in reader.clause.figures:
            if found[rank].period is not None:
                return
            if reader.tense(rank) in (PAST, UNKNOWN) and not reader.is_base(rank) and reader.may_borrow(rank):
                found[rank] = Timing(main, found[rank].base, ("period",))


def _own_periods(reader: Reader, found: list[Timing]) -> list[Interval]:
    """The periods that a sentence's figures have by its own words; those of base figures lend nothing."""
    based = {mention.text for mention in reader.bases} | reader.asides
    own: list[Interval] = []
    for rank in reader.clause.figures:
        period = found[rank].period
        if period is None or period[0] is None or "period" in found[rank].borrowed or _SINCE.match(period[2]):
            continue
        if _LOOKING_BACK.search(period[2]):
            continue
        if (
            reader.kinds[rank].kind
            and not reader.is_base(rank)
            and not reader.is_earlier(rank)
            and period[2] not in based
        ):
            own.append(period)
    return own


def _lend(reader: Reader, found: list[Timing], memory: Memory, *, heads: bool) -> None:
    """Lends to one sentence; `heads` where a list follows it."""
    clause = reader.clause
    if clause.is_row:
        _lend_row(reader, found, memory)
        return
    if clause.is_item and memory.caption is not None:
        memory.note(clause.paragraph, memory.caption)
        memory.captions.add(memory.caption[:2])
    elif not clause.is_item:
        memory.caption = _caption(reader, memory, heads=heads)
    own = _own_periods(reader, found)
    base = reader.short_base()
    sized = memory.sized(clause.paragraph, base) if base else None
    for rank in clause.figures:
        if found[rank].period is None and reader.may_borrow(rank):
            up = reader.takes_up(rank) and reader.tense(rank) != FUTURE
            taken = memory.near(clause.paragraph) if up else None  # however long ago, and however short
            lent = taken or sized or memory.lent(clause.paragraph, reader.tense(rank))
            if lent is not None:
                found[rank] = Timing(lent, reader.rebased(found[rank].base, lent), ("period",))
        elif found[rank].period is None and reader.is_quoted(rank) and memory.today != "9999":
            found[rank] = found[rank]._replace(period=(memory.today, _next_day(memory.today), ""))
        elif reader.is_base(rank) and _leader_borrows(found, clause, rank):
            found[rank] = Timing(reader.base_figure_period(rank, found[rank - 1].period) or found[rank].period)
    _remember(reader, own or ([sized] if sized else []), found, memory)


def _lend_row(reader: Reader, found: list[Timing], memory: Memory) -> None:
    """A table's cells: of the time that its caption names, else of what was last spoken of, or the article mostly is.

    What the table's own heads and labels say goes before this (see cells.py).
    """
    clause = reader.clause
    days = [mention for mention in reader.times if not is_since(mention)]
    if memory.caption is None and len(days) == 1 and not clause.figures:
        memory.caption = reader.interval(days[0])
    if memory.caption is not None:
        memory.note(clause.paragraph + 1, memory.caption)
        memory.captions.add(memory.caption[:2])
    beside = reader.interval(days[0]) if len(days) == 1 else None
    lent = beside or memory.caption or memory.latest or memory.main()
    for rank in clause.figures:
        found[rank] = Timing(found[rank].period or lent, None, ("period",))


def _remember(reader: Reader, own: list[Interval], found: list[Timing], memory: Memory) -> None:
    """Notes what a sentence's figures were dated, and what it spoke of."""
    clause = reader.clause
    backs = reader.looks_back()
    for period in sorted(own, key=lambda period: period[1] or ""):  # what came last in time is what goes on
        memory.note(clause.paragraph, period, behind=backs)
        memory.count(period, own=True)
    for rank in clause.figures:
        lent = found[rank].period
        if reader.is_base(rank):
            continue
        memory.latest = lent
        if lent is not None and "period" in found[rank].borrowed:
            memory.count(lent, own=False)
    for mention in reader.spoken():
        if _is_event(reader, mention, memory.today):
            day = reader.interval(mention)
            memory.events.add(day[:2])
            if not own:
                memory.note(clause.paragraph, day)
                memory.count(day, own=True)
    asides = reader.asides
    spoken = [m for m in reader.spoken() if _lends(m, memory.today) and m.text not in asides]
    if spoken:
        heads = is_heading(reader)
        memory.spoken[clause.paragraph + heads] = reader.interval(spoken[-1])
        if heads and clause.start:
            memory.captions.add(reader.interval(spoken[-1])[:2])


def _is_event(reader: Reader, mention: PeriodMention, today: str) -> bool:
    """True for a past day on which something happened: "they marched through the capital on Thursday"."""
    if mention.first_day is None or mention.last_day is None or mention.first_day > today:
        return False
    one = dt.date.fromisoformat(mention.last_day) - dt.date.fromisoformat(mention.first_day) == dt.timedelta(days=1)
    at = mention.start - reader.clause.start
    text = reader.clause.text
    return one and bool(_events().search(f"{text[:at]} {text[at + len(mention.text) :]}"))


@cache
def _events() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon().cues.events})\b", re.I)


def _caption(reader: Reader, memory: Memory, *, heads: bool) -> Interval | None:
    """What a line dates that announces a table or list: "Bank loans at the end of August:", "Key figures as of 31 May".

    "One by one:" dates what the sentence before it does.
    """
    announces = reader.clause.text.rstrip().endswith(":")
    if reader.clause.figures or not (announces or heads or is_heading(reader)):
        return None
    spoken = reader.spoken()
    if spoken:
        return reader.interval(spoken[-1])
    return memory.near(reader.clause.paragraph) if announces else None


def is_heading(reader: Reader) -> bool:
    """True for a short line without a full stop: its period holds for the paragraph below it."""
    text = reader.clause.text.rstrip()
    dated = all(
        any(m.start <= reader.figures[rank].start < m.end for m in reader.times) for rank in reader.clause.figures
    )
    return len(text) <= 60 and text[-1:] not in tuple(".!?;,”\"'’") and dated


def _leader_borrows(found: list[Timing], clause: Clause, rank: int) -> bool:
    """True if the figure before another in its sentence has a borrowed period."""
    return rank - 1 in clause.figures and "period" in found[rank - 1].borrowed


def _lends(mention: PeriodMention, today: str) -> bool:
    """True for a past period of a week to a year: single days and decades seldom date the figures that follow."""
    if mention.first_day is None or mention.last_day is None or mention.first_day > today or is_since(mention):
        return False
    if _LOOKING_BACK.search(mention.text):
        return False
    if _is_few_days((mention.first_day, mention.last_day, mention.text)):
        return True
    return 8 <= (dt.date.fromisoformat(mention.last_day) - dt.date.fromisoformat(mention.first_day)).days <= 370


def from_body(found: list[Timing], figures: list[Quantity], headline_end: int) -> None:
    """Gives a headline's figure that the body repeats the body's period."""
    for rank, quantity in enumerate(figures):
        if quantity.start >= headline_end:
            return
        if found[rank].period is not None and "period" not in found[rank].borrowed:
            continue
        twins = (o for o in range(rank + 1, len(figures)) if figures[o].start >= headline_end)
        twin = next((o for o in twins if _same_figure(quantity, figures[o])), None)
        if twin is not None and (found[twin].period or "period" in found[rank].borrowed):
            found[rank] = Timing(found[twin].period, found[rank].base or found[twin].base, ("period",))


def _same_figure(one: Quantity, other: Quantity) -> bool:
    """True if one figure can be the other, rounded."""
    if one.form != other.form or one.form == "rank" or not one.value:
        return False
    return abs(one.value - other.value) <= 0.05 * max(abs(one.value), abs(other.value))
