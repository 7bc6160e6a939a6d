"""Which period, and which base period, each figure has: mentions tied to quantities by construction.

In the order tried, for a figure's own period: the mention that directly follows it ("250,000 in 2023"), the last one
before it ("In June, exports …"), the next one after it ("rose 5% to 2 million in June"); then what the paragraph last
spoke of, marked as borrowed. The earlier figure of a comparison takes the base ("up from 56,000 in 2022").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extractor.mentions import Measure, PeriodMention, Quantity, Timing, measures, periods, quantities, text_of
from extractor.periods.find import as_day, find_periods
from extractor.periods.lending import Interval, Memory
from extractor.periods.spans import Span as Days
from extractor.periods.spans import shift
from extractor.periods.words import lexicon

_MOST = 40
"""Figures of one sentence that are looked at together."""
_COMPARING = frozenset({"growth", "difference", "multiple"})
_NOTHING = Measure("", 0.0, None, None, "count")
_COORDINATOR = re.compile(r"\b(?:and|but|while|whereas|then|before|after|which|who|as|although|though)\b|;", re.I)
_MOVED = re.compile(
    r"\b(?:a|an|one|two|three|four|five|\d+)\s+(year|quarter|month|week)s?\s+(?:ago|earlier|before|previously)$", re.I
)
_SAME = re.compile(
    r"\b(?:same|corresponding|comparable|equivalent)\b"
    r"|\b(?:year-ago|year-earlier|prior-year|previous-year)\b|^the year (?:before|earlier)$",
    re.I,
)
_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_RECORD = re.compile(
    r"\b(?:\w{3,}est|most|least|best|worst|record|peak|low|high|first time|first|seen|unseen|better|worse)\b"
    r"(?:\s+[\w-]+){0,4}\s*$",
    re.I,
)
_RECORD_OF = re.compile(r"\b(?:\w{3,}est|most|best|worst)\b(?:\s+[\w-]+){0,3}\s+(?:of|for)\s*$", re.I)


class _Clause(NamedTuple):
    """A sentence with figures: its text and place, its mentions, its figures."""

    text: str
    start: int
    paragraph: int
    mentions: list[PeriodMention]
    figures: list[int]


@Language.component("claimgraph_periods", assigns=["doc._.periods"])
def claimgraph_periods(doc: Doc) -> Doc:
    """Writes `doc._.periods`: the period expressions, resolved against `doc._.published` where that is known."""
    published = doc._.published
    day = dt.date.fromisoformat(str(published)[:10]) if published else None
    doc._.periods = [tuple(mention) for mention in find_periods(text_of(doc), day)]
    return doc


@Language.component(
    "claimgraph_timings",
    requires=["doc._.quantities", "doc._.periods", "doc._.measures"],
    assigns=["doc._.timings"],
)
def claimgraph_timings(doc: Doc) -> Doc:
    """Writes `doc._.timings`: period and base period of each quantity."""
    doc._.timings = [tuple(timing) for timing in find_timings(doc)]
    return doc


def find_timings(doc: Doc) -> list[Timing]:
    """Period and base period of each quantity of a document, in order."""
    figures = quantities(doc)
    kinds = measures(doc) or [_NOTHING] * len(figures)
    found: list[Timing] = [Timing()] * len(figures)
    memory = Memory(doc._.published)
    for clause in _clauses(doc, figures):
        reader = _Reader(clause, _usable(clause), figures, kinds)
        for rank in clause.figures:
            found[rank] = reader.timing(rank)
        _borrow(clause, reader, found, memory)
    _from_body(found, figures, _first_line_end(text_of(doc)))
    _from_whole(found, memory)
    return found


def _clauses(doc: Doc, figures: list[Quantity]) -> Iterator[_Clause]:
    """The sentences, with the mentions and figures that stand in them."""
    text, mentions = text_of(doc), periods(doc)
    place = count = paragraph = last = 0
    for sentence in doc.sents:
        start, end = sentence.start_char, sentence.end_char
        between = text[last:start]
        paragraph += "\n" in between or (start > 0 and not between and "\n" in text[max(0, last - 2) : last])
        last = end
        here, ranks = [], []
        while place < len(mentions) and mentions[place].start < end:
            here.append(mentions[place])
            place += 1
        while count < len(figures) and figures[count].start < end:
            ranks.append(count)
            count += 1
        if here or ranks:
            yield from _portions(_Clause(text[start:end], start, paragraph, here, ranks), figures)


def _portions(clause: _Clause, figures: list[Quantity]) -> Iterator[_Clause]:
    """The sentence; one with very many figures in portions, so that endless lists cost no more than their length."""
    if len(clause.figures) <= _MOST and len(clause.mentions) <= _MOST:
        yield clause
        return
    end = clause.start + len(clause.text)
    cuts = [figures[rank].start for rank in clause.figures[_MOST::_MOST]]
    for first, last in zip([clause.start, *cuts], [*cuts, end], strict=True):
        inside = [mention for mention in clause.mentions if first <= mention.start < last][:_MOST]
        ranks = [rank for rank in clause.figures if first <= figures[rank].start < last]
        yield _Clause(clause.text[first - clause.start : last - clause.start], first, clause.paragraph, inside, ranks)


def _usable(clause: _Clause) -> list[PeriodMention]:
    """The mentions that can date a figure: no days of speaking, no lengths of records, no births of companies."""
    mentions = [m for m in clause.mentions if m.role != "release" and not _is_aside(clause, m)]
    plain = [m for m in mentions if not _RECORD_OF.search(clause.text[: m.start - clause.start])]
    return plain if any(m.role == "period" for m in plain) else mentions


def _is_aside(clause: _Clause, mention: PeriodMention) -> bool:
    """True for "the lowest since 2009" and ", built in 1983,": they say nothing of when the figure holds."""
    before = clause.text[: mention.start - clause.start]
    return bool((_is_since(mention) and _RECORD.search(before)) or _origin().search(before))


@cache
def _origin() -> re.Pattern[str]:
    return re.compile(
        rf"[,(]\s*(?:which |who |that )?(?:was |were |is |had been )?(?:first )?"
        rf"(?:{lexicon().cues.origins}|last [a-z]+|first [a-z]+)"
        r"\s+(?:[A-Za-z]+\s+){0,2}(?:in|on|since)\s*$",
        re.I,
    )


def _is_since(mention: PeriodMention) -> bool:
    return mention.text[:5].lower() == "since"


def _first_line_end(text: str) -> int:
    at = text.find("\n")
    return at if at >= 0 else 0


# ---------------------------------------------------------------------------------------------------- within a sentence
class _Reader:
    """Reads the periods of one sentence's figures."""

    def __init__(
        self, clause: _Clause, mentions: list[PeriodMention], figures: list[Quantity], kinds: list[Measure]
    ) -> None:
        self.clause, self.figures, self.kinds = clause, figures, kinds
        self.mentions = mentions
        self.times = [mention for mention in mentions if mention.role == "period"]
        self.bases = [mention for mention in mentions if mention.role == "base"]

    def timing(self, rank: int) -> Timing:
        """The timing of one figure, from its own sentence."""
        if (holder := self._held_by(rank)) is not None:
            return Timing(period=self.interval(holder))
        if self.is_base(rank) and not _REVISED.search(self.clause.text):
            return Timing(period=self.base_figure_period(rank) or self._rival_period(rank))
        period = self._own(rank)
        base = self._base(rank, period) if self.kinds[rank].kind in _COMPARING else None
        return Timing(period=period, base=base)

    def is_base(self, rank: int) -> bool:
        """True for the earlier figure of a comparison."""
        return self.kinds[rank].base or bool(_base_cue().search(self._before(rank)))

    def may_borrow(self, rank: int) -> bool:
        """False for base figures, stocks in the present tense ("now has 1,500 dealers") and prices of the day."""
        standing = self.kinds[rank].kind not in _COMPARING and _STANDING.search(self._before(rank))
        if standing or (self.is_base(rank) and (self.bases or _FROM.search(self._before(rank)))):
            return False
        return not _quoted().search(self.clause.text)

    def rebased(self, base: Interval | None, period: Interval | None) -> Interval | None:
        """A base period, counted from a borrowed period."""
        mention = next((mention for mention in self.bases if base is not None and base[2] == mention.text), None)
        return base if mention is None else self.shifted(mention, period)

    def _held_by(self, rank: int) -> PeriodMention | None:
        """The mention that a figure explains: "than in May 2022, when 400 were sold", "the first half (400)"."""
        start = self.figures[rank].start
        last = next((mention for mention in reversed(self.mentions) if mention.end <= start), None)
        if last is None or self._figure_between(last.end, start):
            return None
        return last if _EXPLAINS.match(self.between(last.end, start)) else None

    def between(self, start: int, end: int) -> str:
        """The words between two offsets."""
        return self.clause.text[max(0, start - self.clause.start) : max(0, end - self.clause.start)]

    def _before(self, rank: int) -> str:
        return self.between(self.clause.start, self.figures[rank].start)[-60:]

    def _figure_between(self, start: int, end: int) -> bool:
        return any(start <= self.figures[rank].start < end for rank in self.clause.figures)

    def _following(self, rank: int, mentions: list[PeriodMention]) -> PeriodMention | None:
        """The next mention after a figure, if no other figure and no new clause lies between."""
        end = self.figures[rank].end
        after = next((mention for mention in mentions if mention.start >= end), None)
        if after is None or self._figure_between(end, after.start):
            return None
        between = self.between(end, after.start)
        return None if _COORDINATOR.search(between) or _THEN_WILL.search(between) else after

    def _own(self, rank: int) -> Interval | None:
        chosen = self._nearest(rank, self._dating(rank)) or self._nearest(rank, self._spare(rank))
        return self.interval(chosen) if chosen else None

    def _spare(self, rank: int) -> list[PeriodMention]:
        """What dates a figure where nothing better is there."""
        return [] if len(self._taken()) == len(self.times) and not self.is_base(rank) else self.times

    def _rival_period(self, rank: int) -> Interval | None:
        """The sentence's period for a rival's figure: "sold 526,000 in the fourth quarter against Tesla's 484,000"."""
        return None if self.bases or _FROM.search(self._before(rank)) else self._own(rank)

    def _taken(self) -> list[PeriodMention]:
        """The mentions that date the earlier figure of a comparison: "five times the 163,000 that came in 2022"."""
        found = [self._following(rank, self.mentions) for rank in self.clause.figures if self.is_base(rank)]
        return [mention for mention in found if mention is not None]

    def _dating(self, rank: int) -> list[PeriodMention]:
        """The mentions that can date a figure: to a comparison, "since 2019" gives the base, not the time."""
        times = self.times if self.is_base(rank) else [m for m in self.times if m not in self._taken()]
        if self.kinds[rank].kind not in _COMPARING:
            return times
        return [mention for mention in times if not _is_since(mention)]

    def _nearest(self, rank: int, times: list[PeriodMention]) -> PeriodMention | None:
        quantity = self.figures[rank]
        covering = next((m for m in times if m.start < quantity.end and quantity.start < m.end), None)
        if chosen := covering or self._following(rank, times):
            return chosen
        before = [m for m in times if m.end <= quantity.start and not self._is_spent(m, quantity.start)]
        after = [mention for mention in times if mention.start >= quantity.end]
        if before or not after or _WILL.search(self.between(quantity.end, after[0].start)):
            return before[-1] if before else None
        return after[0]

    def _is_spent(self, mention: PeriodMention, start: int) -> bool:
        """ "Since 2019" belongs to the figure before it: "down 5% since January, ended 3.6% higher"."""
        return _is_since(mention) and self._figure_between(self.clause.start, mention.start) and mention.end <= start

    def interval(self, mention: PeriodMention) -> Interval:
        """The days of a mention; of "at the end of 2023", the day."""
        lead = self.between(self.clause.start, mention.start)[-12:].lower()
        if re.search(r"\b(?:at|as of|as at|on)\s+$", lead):
            mention = as_day(mention)
        return mention.first_day, mention.last_day, mention.text

    # ------------------------------------------------------------------------------------------------------------ bases
    def base_figure_period(self, rank: int, lent: Interval | None = None) -> Interval | None:
        """The period of "56,000" in "up from 56,000 in 2022" or "2.4 million a year earlier".

        `lent` is the period of the later figure where that was borrowed.
        """
        follower = self._following(rank, self.mentions)
        leaders = [other for other in self.clause.figures if other < rank and not self.is_base(other)]
        if follower is not None:
            main = self._own(leaders[-1]) if leaders else None
            return self.shifted(follower, main or lent)
        mate = self.kinds[rank].partner
        for other in reversed([mate] if mate in leaders else leaders):
            if base := self._base(other, self._own(other) or lent):
                return base
        return None

    def _base(self, rank: int, period: Interval | None) -> Interval | None:
        """What a growth, difference or multiple is compared with, where the sentence says so."""
        end = self.figures[rank].end
        bases = sorted({*self.bases, *self._taken()})
        after = [mention for mention in bases if mention.start >= end]
        before = [mention for mention in bases if mention.end <= self.figures[rank].start]
        if (
            self.kinds[rank].kind != "growth" and not self.kinds[rank].direction
        ):  # a gap between two things is not carried over to another figure
            before = [mention for mention in before if not self._figure_between(self.clause.start, mention.start)]
        chosen = after[0] if after else before[-1] if before else None
        since = next((m for m in self.times if m.start >= end and _is_since(m)), None)
        if since is not None and (chosen is None or since.start < chosen.start):
            return self._since_base(since)
        return self.shifted(chosen, period) if chosen else None

    def _since_base(self, since: PeriodMention) -> Interval | None:
        """ "Up 40% since 2019" compares with 2019."""
        words = since.text.split(None, 1)[-1]
        start = dt.date.fromisoformat(since.first_day) if since.first_day else None
        named = find_periods(words, start)
        return (named[0].first_day, named[0].last_day, since.text) if named else None

    def shifted(self, mention: PeriodMention, period: Interval | None) -> Interval:
        """The base's days: a year-long base of a shorter period, and "a year earlier", mean the same months."""
        own = (mention.first_day, mention.last_day, mention.text)
        if period is None or period[0] is None or period[1] is None:
            return own
        days = Days(dt.date.fromisoformat(period[0]), dt.date.fromisoformat(period[1]))
        unit, count = _step(mention.text)
        if unit:
            moved = shift(days, unit, -count)
            return _iso(moved.start), _iso(moved.end), mention.text
        return self._same_months(mention, days) or own

    def _same_months(self, mention: PeriodMention, days: Days) -> Interval | None:
        """ "June sales rose 5% from 2022" compares with June 2022."""
        if mention.first_day is None or mention.last_day is None or days.start is None or days.end is None:
            return None
        if re.match(r"(?:the )?(?:early|mid|late|end|start|beginning)\b", mention.text, re.I):
            return None
        first, last = dt.date.fromisoformat(mention.first_day), dt.date.fromisoformat(mention.last_day)
        whole_year = 360 < (last - first).days < 370
        if not whole_year or (days.end - days.start).days > 360 or days.start.year <= first.year:
            return None
        moved = shift(days, "year", first.year - days.start.year)
        return _iso(moved.start), _iso(moved.end), mention.text


def _step(words: str) -> tuple[str, int]:
    """How far back "a year earlier", "year on year" and "the same period last year" point."""
    if on_the := re.fullmatch(r"the (year|month|quarter|week)", words, re.I):  # "up 2% on the month"
        return on_the[1].lower(), 1
    moved = _MOVED.search(words)
    if moved:
        return moved[1].lower(), _count(words)
    if _SAME.search(words) and not re.search(r"\b(?:19|20)\d\d\b", words):
        return ("", 0) if re.fullmatch(r"(?:the )?same \w+", words, re.I) else ("year", 1)
    for phrase in lexicon().phrases:
        if phrase.letter == "R" and re.fullmatch(phrase.pattern, words.lower()):
            return phrase.value, 1
    return "", 0


def _count(words: str) -> int:
    first = re.search(r"\b(a|an|one|two|three|four|five|\d+)\b(?=\s+(?:year|quarter|month|week)s?\s+\w+$)", words, re.I)
    number = first[1].lower() if first else "a"
    return int(number) if number.isdigit() else _SMALL[number]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


_THEN_WILL = re.compile(r",\s+(?:will|would)\b", re.I)
_WILL = re.compile(r"\b(?:will|would|could|may|might|should)\b", re.I)
_FROM = re.compile(r"\bfrom\b(?:\s+[a-z]+){0,3}\s*[$€£¥]?$", re.I)
_REVISED = re.compile(
    r"\b(?:revis(?:ed|es|ing)|corrected|(?:cut|cuts|raised|raises|lowered|lowers|trimmed|upgraded|downgraded|lifted|slashed)"
    r"\b[^.;]{0,40}\b(?:forecast|estimate|outlook|target|guidance|projection|prediction|figure)s?)\b",
    re.I,
)
_EXPLAINS = re.compile(r"^(?:,?\s*when\b[^.;]{0,40}|\s*\()(?:about |around |nearly |some )?[$€£¥]?\s*$", re.I)


@cache
def _quoted() -> re.Pattern[str]:
    """A sentence with prices of the day: "Its shares closed up 1.4%"."""
    return re.compile(rf"\b(?:{lexicon().cues.quotes})\b", re.I)


@cache
def _base_cue() -> re.Pattern[str]:
    """Ends the words before the earlier figure of a comparison."""
    comparing = lexicon().cues.comparing.replace("|than", "")
    small = (
        r"(?:\s+(?:about|around|nearly|almost|some|roughly|just|only|a|an|the|its|revised|record|more than|less than))*"
    )
    return re.compile(
        rf"(?:\bfrom|\b(?:{comparing})|\b(?:higher|lower|fewer|bigger|smaller|faster|slower) than"
        rf"|(?:%|percent|per cent|\d) (?:more|less|fewer) than){small}\s*[$€£¥]?$",
        re.I,
    )


# ------------------------------------------------------------------------------------------------ from another sentence
_STANDING = re.compile(
    r"\b(?:now|currently|has|have|employs?|owns?|operates?|runs|boasts?|holds?|is|are|stands?(?: at)?)"
    r"(?:\s+(?:about|around|nearly|almost|some|roughly|only|just|over|more|than|an?|the|total|of|up|to|now|currently|home))*\s*$",
    re.I,
)


def _borrow(clause: _Clause, reader: _Reader, found: list[Timing], memory: Memory) -> None:
    """Gives figures without a period what was last spoken of; and remembers what this sentence spoke of."""
    lent = memory.lent(clause.paragraph)
    for rank in clause.figures if lent else ():
        if found[rank].period is None and reader.may_borrow(rank):
            found[rank] = Timing(lent, reader.rebased(found[rank].base, lent), ("period",))
        elif (
            reader.is_base(rank)
            and found[rank].period is not None
            and "period" in _leader(found, clause, rank).borrowed
        ):
            found[rank] = Timing(reader.base_figure_period(rank, lent) or found[rank].period)
    based = {mention.text for mention in reader.bases}
    for rank in clause.figures:
        period = found[rank].period
        if period is None or period[0] is None or _SINCE.match(period[2]) or period[2] in based:
            continue
        if reader.kinds[rank].kind and not reader.is_base(rank):
            memory.note(clause.paragraph, period, borrowed="period" in found[rank].borrowed)
    spoken = [mention for mention in reader.times if _lends(mention, memory.today)]
    if spoken:
        memory.spoken[clause.paragraph] = reader.interval(spoken[-1])


def _leader(found: list[Timing], clause: _Clause, rank: int) -> Timing:
    """The timing of the figure before another in its sentence."""
    return found[rank - 1] if rank - 1 in clause.figures else Timing()


_SINCE = re.compile(r"since\b", re.I)


def _lends(mention: PeriodMention, today: str) -> bool:
    """True for a past period of a week to a year: single days and decades seldom date the figures that follow."""
    if mention.first_day is None or mention.last_day is None or mention.first_day > today or _is_since(mention):
        return False
    return 7 <= (dt.date.fromisoformat(mention.last_day) - dt.date.fromisoformat(mention.first_day)).days <= 370


def _from_whole(found: list[Timing], memory: Memory) -> None:
    """A figure that stands before any period has the article's main one, where most figures do."""
    main = memory.main()
    if main is None or 2 * memory.counts[main[:2]] < sum(memory.counts.values()):
        return
    for rank, timing in enumerate(found):
        if timing.period is not None:
            return
        found[rank] = Timing(main, timing.base, ("period",))


def _from_body(found: list[Timing], figures: list[Quantity], headline_end: int) -> None:
    """A headline's figure that the body repeats has the body's period."""
    for rank, quantity in enumerate(figures):
        if quantity.start >= headline_end:
            return
        if found[rank].period is None:
            twin = next(
                (
                    o
                    for o in range(rank + 1, len(figures))
                    if figures[o].start >= headline_end and _same_figure(quantity, figures[o])
                ),
                None,
            )
            if twin is not None and found[twin].period:
                found[rank] = Timing(found[twin].period, found[rank].base or found[twin].base, ("period",))


def _same_figure(one: Quantity, other: Quantity) -> bool:
    """True if one figure can be the other, rounded."""
    if one.form != other.form or one.form == "rank" or not one.value:
        return False
    return abs(one.value - other.value) <= 0.05 * max(abs(one.value), abs(other.value))
