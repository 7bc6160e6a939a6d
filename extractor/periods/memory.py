"""What an article has said of time so far: the periods of its figures, by paragraph, and those only spoken of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from extractor.periods.bases import Interval, is_long_ago, length, one_after, same_size

Days = tuple[str | None, str | None]

_SEVERAL = 2
"""As many figures must be of a weekend or a week, for it to be the article's period."""
_LEAD = 4
"""As many figures make up an article's lead."""
_AGES = 80
"""Days that a coming period of the article's has at least, for a figure elsewhere to be of it."""


class Dated(NamedTuple):
    """A figure with its period, or without: what comes after it may go on in the same way."""

    days: Days
    kind: str
    unit: str
    paragraph: int
    sentence: int


class Memory:
    """The periods that the figures of the article have of their own, by paragraph; and what was only spoken of."""

    def __init__(self, today: str | None) -> None:
        self.today = today or "9999"
        self.paragraphs: dict[int, list[Interval]] = {}
        self.spoken: dict[int, Interval] = {}
        self.counts: dict[Days, int] = {}
        self.words: dict[Days, str] = {}
        self.firm: set[Days] = set()
        """Periods that two figures have of their own, or one of the first: only those become the main one."""
        self.events: set[Days] = set()
        """Days on which something happened that is counted afterwards."""
        self.caption: Interval | None = None
        """What the line above a table or list dates: it holds for the rows, and for the paragraph after them."""
        self.captions: set[Days] = set()
        self.latest: Interval | None = None
        """What the last figure of the running text was dated, base figures aside."""
        self.dated: list[Dated] = []
        self.seen: list[Dated] = []
        """Those that are dated, and those that have no period."""
        self.undated = 0
        self.sentence = 0
        """The number of the sentence at hand, of those with figures or periods."""
        self.named: dict[Days, int] = {}
        """Where a period was last named, by the offset of its sentence."""
        self.sort: tuple[str, ...] = ()
        """How thin the article's figures stand, and how many have a period by their own words."""
        self.whole: Interval | None = None
        """What most figures of the article have by their own words, those further down too."""
        self._owned: Counter[Days] = Counter()
        self._single: set[Days] = set()
        self._total = 0

    def see(self, figure: Dated) -> None:
        """Remembers a figure, with its period or without."""
        self.seen.append(figure)
        self.undated += figure.days[0] is None

    def count(self, period: Interval, *, own: bool) -> None:
        """Counts the period of a figure towards the article's main one."""
        days = period[:2]
        if (own and days in self._single) or self._total < _LEAD:
            self.firm.add(days)
        if own:
            self._single.add(days)
            self._owned[days] += 1
        self.counts[days] = self.counts.get(days, 0) + 1
        self._total += 1
        self.words.setdefault(days, period[2])

    def share(self, days: Days) -> float:
        """The part of the article's figures so far that are of these days."""
        return self.counts.get(days, 0) / self._total if self._total else 0.0

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
        long = [days for days in usable if _is_long(days) or days in self.events]
        long = long or [days for days in usable if length((*days, "")) > 1 and self._owned[days] >= _SEVERAL]
        if not long:
            return None
        days = max(long, key=lambda key: self.counts[key])
        return days[0], days[1], self.words[days]

    def is_ahead(self, period: Interval) -> bool:
        """True for a period that is not over on the day of writing, unless it runs to that day."""
        return (period[1] or "") > next_day(self.today)

    def near(self, paragraph: int) -> Interval | None:
        """What the paragraph last spoke of."""
        own = self.paragraphs.get(paragraph)
        return own[-1] if own else self.spoken.get(paragraph)

    def before(self, paragraph: int) -> Interval | None:
        """What the paragraph before last spoke of, if that is no single day."""
        own = self.paragraphs.get(paragraph - 1)
        last = own[-1] if own else None
        last = last if last and _is_long(last[:2]) else self.spoken.get(paragraph - 1)
        return last if last and _is_long(last[:2]) else None

    def sized(self, paragraph: int, base: Interval) -> Interval:
        """For what is compared with a month or quarter: the last one spoken of that is as long, else the next.

        For what is compared with one of long ago, the same month or quarter of a later year.
        """
        if is_long_ago(base, self.today):
            return one_after(base, self.today)
        for number in range(paragraph, -1, -1):
            for period in (*reversed(self.paragraphs.get(number, [])), *filter(None, [self.spoken.get(number)])):
                if same_size(period, base) and (period[0] or "") > (base[0] or "") and not self.is_ahead(period):
                    return period
        return one_after(base, self.today)

    def coming(self, paragraph: int) -> Interval | None:
        """What lies ahead in the paragraph, else in most of the article."""
        ahead = [period for period in self.paragraphs.get(paragraph, []) if self.is_ahead(period)]
        if ahead or not self.counts:
            return ahead[-1] if ahead else None
        days = max(self.counts, key=lambda key: self.counts[key])
        most = (*days, self.words[days])
        return most if self.counts[days] > 1 and self.is_ahead(most) and length(most) > _AGES else None


@lru_cache(maxsize=1024)
def next_day(day: str) -> str:
    """The day after; of a day that nobody knows, itself."""
    return day if day == "9999" else (dt.date.fromisoformat(day[:10]) + dt.timedelta(days=1)).isoformat()


def _is_long(days: Days) -> bool:
    """True for a week or more: a single day dates the figures of its paragraph, not those of an article."""
    return length((*days, "")) >= 8
