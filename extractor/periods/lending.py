"""Figures whose period is open take one: choice.py says which; here stands who asks, and what is remembered for whom.

Base periods, days of speaking and lengths of records lend nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from functools import cache

from extractor.mentions import PeriodMention, Quantity, Timing
from extractor.periods.bases import Interval, length
from extractor.periods.choice import Offer, PeriodCandidate, Seeker, candidates, chosen
from extractor.periods.clauses import Clause, is_since
from extractor.periods.memory import Dated, Memory, next_day
from extractor.periods.nearby import near
from extractor.periods.offers import offers_of
from extractor.periods.reader import Reader
from extractor.periods.tenses import PAST, UNKNOWN
from extractor.periods.traits import is_quoted, looks_back, may_borrow, traits
from extractor.periods.words import lexicon

_SINCE = re.compile(r"since\b", re.I)
_FEW_DAYS = re.compile(r"\bweek (?:to|ended|ending|through)\b|\d.*\d|weekend", re.I)
"""Weeks that figures are published for, weekends, and days from one to another."""
_THIN = (9, 12, 15, 18, 22)
"""Figures per thousand characters: ordinary news has fewer than any of these, and more figures that are of no time."""
_DATED = ((0.2, "few"), (0.4, "some"), (0.6, "many"))
"""The part of an article's figures that have a period by their own words."""
_NEWS = 60
"""Days after which what happened on a day is no news: photographs are often older."""
_FRONTED = 12
"""Characters before a day that opens its sentence: what happened stands behind it."""


def _is_few_days(period: Interval) -> bool:
    """True for a weekend, a week that is published, or "28 November to 1 December"."""
    return 1 < length(period) < 8 and _FEW_DAYS.search(period[2]) is not None


def lend(readers: list[Reader], found: list[Timing], memory: Memory) -> None:
    """Gives figures whose period is open what their own sentences offer, or what they can borrow from others."""
    memory.whole = _whole([period for reader in readers for period in _own_periods(reader, found)])
    memory.sort = _sort(readers, found)
    for reader, following in itertools.zip_longest(readers, readers[1:]):
        _lend(reader, found, memory, heads=following is not None and following.clause.is_item)
    _from_whole(readers, found, memory)


def _sort(readers: list[Reader], found: list[Timing]) -> tuple[str, ...]:
    """How thin the article's figures stand, and how many have a period by their own words."""
    figures = sum(len(reader.clause.figures) for reader in readers)
    if not figures:
        return ()
    length = readers[-1].clause.start + len(readers[-1].clause.text)
    dated = sum(found[rank].period is not None for reader in readers for rank in reader.clause.figures)
    part = next((name for most, name in _DATED if dated < most * figures), "most")
    return f"{part} dated", *(f"under {most}" for most in _THIN if 1000 * figures < most * length)


def _whole(own: list[Interval]) -> Interval | None:
    """The period that most figures of an article have by their own words, if two have it."""
    counts = Counter(period[:2] for period in own)
    if not counts:
        return None
    days, count = counts.most_common(1)[0]
    return next(period for period in own if period[:2] == days) if count > 1 else None


def _from_whole(readers: list[Reader], found: list[Timing], memory: Memory) -> None:
    """Gives figures that stand before any period the article's main one, where most figures have it."""
    main = memory.main()
    if main is None or memory.counts[main[:2]] < max(2, sum(memory.counts.values()) / 2):
        return
    for reader in readers:
        for rank in reader.clause.figures:
            if found[rank].period is not None:
                return
            if reader.tense(rank) in (PAST, UNKNOWN) and not reader.is_base(rank) and may_borrow(reader, rank):
                found[rank] = Timing(main, found[rank].base, ("period",))


def _own_periods(reader: Reader, found: list[Timing]) -> list[Interval]:
    """The periods that a sentence's figures have by its own words; those of base figures lend nothing."""
    based = {mention.text for mention in reader.bases} | reader.asides
    own: list[Interval] = []
    for rank in reader.clause.figures:
        period = found[rank].period
        if period is None or period[0] is None or "period" in found[rank].borrowed or _SINCE.match(period[2]):
            continue
        if near("back_then").search(period[2]):
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
    memory.sentence += 1
    base = reader.short_base()
    sized = memory.sized(clause.paragraph, base) if base else None
    for rank in clause.figures:
        offers = _offered(reader, rank, found)
        lends = (bool(offers) or found[rank].period is None) and may_borrow(reader, rank)
        if offers or lends:
            held = memory.caption if clause.is_item and not offers else None  # a list hangs on the line above it
            taken = held or chosen(candidates_of(reader, rank, found, memory, offers=offers, sized=sized, lends=lends))
            found[rank] = _retimed(reader, rank, found[rank], taken, offers)
        elif found[rank].period is None and is_quoted(reader, rank) and memory.today != "9999":
            found[rank] = found[rank]._replace(period=(memory.today, next_day(memory.today), ""))
        elif reader.is_base(rank) and _leader_borrows(found, clause, rank):
            found[rank] = Timing(reader.base_figure_period(rank, found[rank - 1].period) or found[rank].period)
    own = _own_periods(reader, found)
    _remember(reader, own or ([sized] if sized else []), found, memory)


def _offered(reader: Reader, rank: int, found: list[Timing]) -> tuple[Offer, ...]:
    """What a figure's sentence offers it, where no construction settles its period."""
    period = found[rank].period
    unresolved = period is not None and period[0] is None
    return () if rank not in reader.open or unresolved else offers_of(reader, rank)


def _retimed(reader: Reader, rank: int, timing: Timing, taken: Interval | None, offers: tuple[Offer, ...]) -> Timing:
    """The timing with the period that was chosen for it: of another sentence, of its own, or none."""
    if taken is not None and all(offer.period[:2] != taken[:2] for offer in offers):
        return Timing(taken, reader.rebased(timing.base, taken), ("period",))
    unchanged = timing.period is taken or (taken and timing.period and timing.period[:2] == taken[:2])
    return timing if unchanged else reader.retimed(rank, taken)


def candidates_of(
    reader: Reader,
    rank: int,
    found: list[Timing],
    memory: Memory,
    *,
    offers: tuple[Offer, ...],
    sized: Interval | None,
    lends: bool,
) -> list[PeriodCandidate]:
    """What a figure can take, by what its sentence tells of it."""
    measure, clause, figure = reader.kinds[rank], reader.clause, reader.figures[rank]
    leader = rank - 1 if rank - 1 in clause.figures and not reader.is_base(rank - 1) else None
    seeker = Seeker(
        kind=measure.kind,
        unit=measure.unit,
        form="rate" if figure.per else figure.form,
        tense=reader.tense(rank),
        paragraph=clause.paragraph,
        traits=traits(reader, rank),
        offers=offers,
        may_borrow=lends,
        leader=None if leader is None else found[leader].period,
        sized=sized,
        start=clause.start,
        clocked=reader.has("clock"),
    )
    return candidates(seeker, memory)


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
    backs = looks_back(reader)
    memory.named |= {reader.interval(mention)[:2]: clause.start for mention in reader.spoken()}
    memory.named |= {period[:2]: clause.start for period in own}
    for period in sorted(own, key=lambda period: period[1] or ""):  # what came last in time is what goes on
        memory.note(clause.paragraph, period, behind=backs)
        memory.count(period, own=True)
    for rank in clause.figures:
        lent = found[rank].period
        if reader.is_base(rank):
            continue
        memory.latest = lent
        measure = reader.kinds[rank]
        days = lent[:2] if lent is not None else (None, None)
        figure = Dated(days, measure.kind, measure.unit, clause.paragraph, memory.sentence)
        memory.see(figure)
        if lent is not None and lent[0] is not None and not reader.is_earlier(rank):
            memory.dated.append(figure)
            memory.words.setdefault(lent[:2], lent[2])
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
        heads = _is_heading(reader)
        memory.spoken[clause.paragraph + heads] = reader.interval(spoken[-1])
        if heads and clause.start:
            memory.captions.add(reader.interval(spoken[-1])[:2])


def _is_event(reader: Reader, mention: PeriodMention, today: str) -> bool:
    """True for a past day on which something happened: "they marched through the capital on Thursday"."""
    if length(reader.interval(mention)) != 1 or (mention.first_day or "") > today:
        return False
    if today != "9999" and length((mention.first_day, today, "")) > _NEWS:
        return False
    ends = [other.end for other in reader.clause.mentions if other.end <= mention.start]
    begin = max(ends, default=reader.clause.start)
    before = reader.between(begin, mention.start)
    starts = [other.start for other in reader.clause.mentions if other.start >= mention.end]
    end = min(starts, default=reader.clause.start + len(reader.clause.text))
    last = not starts or len(before) <= _FRONTED
    words = f"{before} {reader.between(mention.end, end)}" if last else before
    return _events().search(words) is not None


@cache
def _events() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon().cues.events})\b", re.I)


def _caption(reader: Reader, memory: Memory, *, heads: bool) -> Interval | None:
    """What a line dates that announces a table or list: "Bank loans at the end of August:", "Key figures as of 31 May".

    "One by one:" dates what the sentence before it does.
    """
    announces = reader.clause.text.rstrip().endswith(":")
    if reader.clause.figures or not (announces or heads or _is_heading(reader)):
        return None
    spoken = reader.spoken()
    if spoken:
        return reader.interval(spoken[-1])
    return memory.near(reader.clause.paragraph) if announces else None


def _is_heading(reader: Reader) -> bool:
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
    if near("back_then").search(mention.text):
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
    close = abs(one.value - other.value) <= 0.05 * max(abs(one.value), abs(other.value))
    return close and (one.value == other.value or _is_rounded(one.value) or _is_rounded(other.value))


def _is_rounded(value: float) -> bool:
    """True for a value of at most two digits and zeros: "2 million", "54"."""
    return value == float(f"{value:.1e}")
