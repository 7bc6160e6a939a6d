"""What figures without a period can borrow: the periods that the figures before them had."""

from __future__ import annotations

import datetime as dt

Interval = tuple[str | None, str | None, str]
"""First day, day after the last, and the words."""


class Memory:
    """What the figures so far were dated: by paragraph, and how often each period came."""

    def __init__(self, today: str | None) -> None:
        self.today = today or "9999"
        self.paragraphs: dict[int, Interval] = {}
        self.spoken: dict[int, Interval] = {}
        self.counts: dict[tuple[str | None, str | None], int] = {}
        self.words: dict[tuple[str | None, str | None], str] = {}

    def note(self, paragraph: int, period: Interval, *, borrowed: bool) -> None:
        """Remembers the period of a figure."""
        days = period[:2]
        if not borrowed:
            self.paragraphs[paragraph] = period
        self.counts[days] = self.counts.get(days, 0) + 1
        self.words.setdefault(days, period[2])

    def main(self) -> Interval | None:
        """The period of most figures, the first of them where several come equally often."""
        long = [days for days in self.counts if is_long(days)]
        if not long:
            return None
        days = max(long, key=lambda key: self.counts[key])
        return days[0], days[1], self.words[days]

    def lent(self, paragraph: int) -> Interval | None:
        """What a figure without a period can borrow: from its paragraph, else what most figures of the article have."""
        own = self.paragraphs.get(paragraph) or self.spoken.get(paragraph)
        before = self.paragraphs.get(paragraph - 1)
        return own or self.main() or (before if before and is_long(before[:2]) else self.spoken.get(paragraph - 1))


def is_long(days: tuple[str | None, str | None]) -> bool:
    """True for a week or more: a single day dates the figures of its paragraph, not those of an article."""
    if days[0] is None or days[1] is None:
        return False
    return (dt.date.fromisoformat(days[1]) - dt.date.fromisoformat(days[0])).days >= 7
