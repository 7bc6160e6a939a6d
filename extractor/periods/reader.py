"""The periods of one sentence's figures, as far as the sentence itself tells: tied to them by construction.

In the order tried, for a figure's own period: the mention that directly follows it ("250,000 in 2023"), the last one
before it ("In June, exports …"), the next one after it ("rose 5% to 2 million in June"). The earlier figure of a
comparison takes the base ("up from 56,000 in 2022"). Periods that the parse shows to hang on a verb of saying, or on
another clause than the figure, are left out.
"""

from __future__ import annotations

from extractor.mentions import PeriodMention, Timing
from extractor.periods.attachment import is_elsewhere
from extractor.periods.bases import Interval, ends_of_change, length, moved_on, shifted, since_base, year_before
from extractor.periods.clauses import is_since
from extractor.periods.nearby import near
from extractor.periods.sentence import Sentence
from extractor.periods.standing import flows
from extractor.periods.tenses import PAST, UNKNOWN
from extractor.periods.traits import is_elsewhen, is_now, is_standing
from extractor.superseded import tells_of_revision

_LENGTHS = {"month": range(28, 32), "quarter": range(89, 93), "year": range(365, 367)}


class Reader(Sentence):
    """Reads the periods of one sentence's figures."""

    def timing(self, rank: int) -> Timing:
        """The timing of one figure, from its own sentence."""
        told = self._told(rank)
        if told is not None:
            return told
        own, picked = self._own(rank), self.picked(rank)
        period = own or self._of_whole(rank)
        if period is own and (picked is None or not (self._is_alone(rank) or self._is_beside(rank, picked[0]))):
            self.open.add(rank)
        return self.retimed(rank, period)

    def _is_alone(self, rank: int) -> bool:
        """True for the one figure of a sentence with one period, about the past: "9,000 marched on 7 March 2023"."""
        return len(self.times) == 1 and [*self.clause.figures] == [rank] and self.tense(rank) in (PAST, UNKNOWN)

    def retimed(self, rank: int, period: Interval | None) -> Timing:
        """The timing of a figure with a period of its sentence, or none: what it compares with hangs on it."""
        return Timing(period=period, base=self._base(rank, period) if self.compares(rank) else None)

    def _told(self, rank: int) -> Timing | None:
        """What constructions give a figure that leave no choice."""
        if is_now(self, rank) or is_elsewhen(self, rank):
            return Timing()
        if (holder := self.holder(rank)) is not None:
            return Timing(period=since_base(holder) if is_since(holder) else self.interval(holder))
        if (earlier := self._earlier(rank)) is not None:
            return Timing(period=earlier)
        if (twin := self.twin(rank)) is not None and self.is_base(twin):
            return Timing(period=self.timing(twin).period)
        if self.is_base(rank) and self._given_then(rank):
            return Timing(period=self._own(rank))
        if self.is_base(rank) and (self._names_its_year(rank) or not tells_of_revision(self.clause.text)):
            return Timing(period=self.base_figure_period(rank) or self._rival_period(rank))
        if (following := self._next_one(rank)) is not None:
            return self.retimed(rank, following)
        period = self._own(rank)
        if (change := ends_of_change(period)) is not None and self._is_of_change(rank):
            return Timing(period=change[1], base=change[0] if self.compares(rank) else None)
        return None

    def _is_of_change(self, rank: int) -> bool:
        """True for a change, unless by the year, and for what it came to: "grew by 2% between 2021 and 2022 to 88"."""
        if self.compares(rank):
            return near("by_the_year").match(self.behind(rank, 30)) is None
        change = rank - 1
        if change not in self.clause.figures or not self.compares(change):
            return False
        return near("right_from_to").search(self.before(rank)) is not None

    # ------------------------------------------------------------------------------------------- by another figure
    def is_earlier(self, rank: int) -> bool:
        """True for the earlier one of two figures: such a period lends nothing."""
        return self._earlier(rank) is not None

    def _earlier(self, rank: int) -> Interval | None:
        """The period of the 2.9% in "2.4% in June and 2.9% a year ago", or "2.4% in June, after 2.9% in May"."""
        follower, leader = self.earlier_mention(rank), self.leader(rank)
        return None if follower is None or leader is None else shifted(follower, self._own(leader))

    def _next_one(self, rank: int) -> Interval | None:
        """The year after, for the second figure of "3 per cent this year and 3.5 per cent next"."""
        if rank - 1 not in self.clause.figures or not near("next_one").match(self.behind(rank, 12)):
            return None
        before = self._own(rank - 1)
        days = length(before) if before is not None else 0
        unit = next((unit for unit, sizes in _LENGTHS.items() if days in sizes), None)
        return None if before is None or unit is None else moved_on(before, unit)

    def _of_whole(self, rank: int) -> Interval | None:
        """The period of the figure that this one is said of, where its own words give none."""
        leader = self.whole(rank)
        return None if leader is None else self.timing(leader).period

    def _given_then(self, rank: int) -> bool:
        """True for an earlier figure of the same thing: "up from the 1.2 million forecast in May"."""
        end = self.figures[rank].end
        after = next((mention for mention in self.clause.mentions if mention.start >= end), None)
        heard = after is not None and all(mention.start != after.start for mention in self.mentions)
        return after is not None and heard and not self.figure_between(end, after.start)

    def _names_its_year(self, rank: int) -> bool:
        """True for "from 640 in 2022": no forecast that was given then, whatever was revised."""
        base = self.following(rank, self.bases)
        return base is not None and base.text.isdigit()

    # ----------------------------------------------------------------------------------------------- by its own words
    def _own(self, rank: int) -> Interval | None:
        """The period that the sentence's words give a figure."""
        picked = self.picked(rank)
        if picked is None:
            return None if self.compares(rank) else self._beside_base(rank)
        return self.dated(rank, picked[0])

    def dated(self, rank: int, mention: PeriodMention) -> Interval:
        """The days of a mention for a figure: those of a running total go back to the start of the year."""
        return self._running(rank, mention) or self.interval(mention)

    def picked(self, rank: int) -> tuple[PeriodMention, str] | None:
        """The mention that the order of the words gives a figure, and where it stands."""
        if rank not in self._picked:
            times = [m for m in self.times if self._is_beside(rank, m) or self._may_date(rank, m)]
            chosen = self._nearest(rank, self._dating(rank, times)) or self._nearest(rank, self._spare(rank, times))
            self._picked[rank] = None if chosen is None else (chosen, self._place(rank, chosen, times))
        return self._picked[rank]

    def _place(self, rank: int, mention: PeriodMention, times: list[PeriodMention]) -> str:
        figure = self.figures[rank]
        if mention.start < figure.end:
            return "covering" if figure.start < mention.end else "before"
        return "following" if mention == self.following(rank, times) else "after"

    def _beside_base(self, rank: int) -> Interval | None:
        """The period of a level that stands by itself in an earlier time: "it was 118 in the same month of 2022"."""
        base = self.following(rank, self.bases)
        beside = base is not None and near("beside").match(self.between(self.figures[rank].end, base.start))
        return self.interval(base) if base is not None and beside else None

    def _is_beside(self, rank: int, mention: PeriodMention) -> bool:
        """True for a period right behind a figure or right before it: no parse parts them."""
        figure = self.figures[rank]
        if mention.end - mention.start < len(mention.text):  # "since the war began in April", read as "since April"
            return True
        if near("beside").match(self.between(figure.end, mention.start)):
            return True
        before = figure.start >= mention.end
        return before and near("next_to").match(self.between(mention.end, figure.start)) is not None

    def _may_date(self, rank: int, mention: PeriodMention) -> bool:
        """False where a period lies ahead of what is past, or belongs to another clause."""
        return not (self._lies_ahead(rank, mention) or is_elsewhere(self.trees, mention, self.figures[rank]))

    def _lies_ahead(self, rank: int, mention: PeriodMention) -> bool:
        """True for a coming time before what is past: "it will cut 2,300 jobs in 2026 after profit fell 31%"."""
        before = mention.end <= self.figures[rank].start and (mention.first_day or "") > self.today
        return before and self.tense(rank) == PAST and self.figure_between(self.clause.start, mention.start)

    def _running(self, rank: int, mention: PeriodMention) -> Interval | None:
        """A running total's months: "had landed 79,400 tonnes by the end of September" is of January to September.

        So is "79,400 people came through 17 October", up to that day.
        """
        if mention.last_day is None or mention.first_day is None:
            return None
        lead = self.between(self.clause.start, mention.start)[-12:]
        days = length((mention.first_day, mention.last_day, ""))
        to_day = days == 1 and any(sign.isdigit() for sign in mention.text) and near("through").search(lead)
        to_month = 27 < days < 32 and near("up_to_month").search(f"{lead}{mention.text}")
        if not to_day and not (to_month and flows(self.trees, self.figures[rank])):
            return None
        return f"{mention.first_day[:4]}-01-01", mention.last_day, mention.text

    def _spare(self, rank: int, times: list[PeriodMention]) -> list[PeriodMention]:
        """What dates a figure where nothing better is there."""
        if all(mention in self.taken for mention in self.times) and not self.is_base(rank):
            return []
        return [mention for mention in times if not self.is_labelled(mention)]

    def _dating(self, rank: int, times: list[PeriodMention]) -> list[PeriodMention]:
        """The mentions that can date a figure: to a comparison, "since 2019" gives the base, not the time."""
        times = [m for m in times if not self.is_labelled(m) or self._is_in_bracket(m, rank)]
        if not self.is_base(rank):
            times = [m for m in times if m not in self.taken]
        if not self.compares(rank) or any(m.start >= self.figures[rank].end for m in self.bases):
            return times  # "8,000 since January, twice as many as in the same period of 2023"
        return [mention for mention in times if not is_since(mention)]

    def is_labelled(self, mention: PeriodMention) -> bool:
        """True for the year of "(2023: 493)", which dates that figure alone."""
        lead, tail = self.between(mention.start - 2, mention.start), self.between(mention.end, mention.end + 1)
        return lead.endswith("(") and tail == ":"

    def _is_in_bracket(self, mention: PeriodMention, rank: int) -> bool:
        """True for the figure that stands right behind a period, in the same bracket."""
        return mention.end <= self.figures[rank].start <= mention.end + 12

    def _nearest(self, rank: int, times: list[PeriodMention]) -> PeriodMention | None:
        """The one of some mentions that dates a figure, by the order of the words."""
        quantity = self.figures[rank]
        covering = next((m for m in times if m.start < quantity.end and quantity.start < m.end), None)
        if chosen := covering or self.following(rank, times) or self._of_total(rank, times):
            return chosen
        spent = self.compares(rank) and not any(m.start >= quantity.end for m in self.bases)
        before = [m for m in times if m.end <= quantity.start and not self._is_spent(m, quantity.start, spent)]
        after = next((mention for mention in times if mention.start >= quantity.end), None)
        if before or after is None:
            return before[-1] if before else None
        between = self.between(quantity.end, after.start)
        parted = near("with").search(between) or near("will").search(between)
        return None if parted or self._is_of_later(rank, after, spent) else after

    def _of_total(self, rank: int, times: list[PeriodMention]) -> PeriodMention | None:
        """What follows the figure that a change came to: "fell by 8.6 percent to 15.3 million in the first half"."""
        total = rank + 1
        if not self.compares(rank) or total not in self.clause.figures or self.compares(total):
            return None
        between = self.between(self.figures[rank].end, self.figures[total].start)
        return self.following(total, times) if near("came_to").fullmatch(between) else None

    def _is_of_later(self, rank: int, after: PeriodMention, spent: bool) -> bool:
        """True where a mention behind a figure belongs to a later one."""
        end = self.figures[rank].end
        another = self.figure_between(end, after.start)
        if another and not self.compares(rank) and is_standing(self, rank):
            return True
        since = self.following(rank, self.times) if spent else None
        if (
            since is not None
            and is_since(since)
            and not near("up_to_figure").match(self.between(since.end, since.end + 9))
        ):
            return True  # "which had gained 11% since January, lost 3% on Wednesday"
        return self._breaks_down(end, after.start)

    def _breaks_down(self, start: int, end: int) -> bool:
        """True where parts follow a total: "268 million: 91 million on Thursday", "430, including 40 on Monday"."""
        if ";" in self.between(start, end):
            return True
        part = near("parted").search(self.between(start, end))
        return part is not None and self.figure_between(start + part.end(), end)

    def _is_spent(self, mention: PeriodMention, start: int, compares: bool) -> bool:
        """True for a period that belongs to the figure before it, as "since 2019": "down 5% since January, ended 3.6%
        higher".
        """
        if is_since(mention) and near("meanwhile").search(self.between(mention.end, start)):
            return True
        return compares and is_since(mention) and self.figure_between(self.clause.start, mention.start)

    # ------------------------------------------------------------------------------------------------------------ bases
    def base_figure_period(self, rank: int, lent: Interval | None = None) -> Interval | None:
        """The period of "56,000" in "up from 56,000 in 2022" or "2.4 million a year earlier".

        `lent` is the period of the later figure where that was borrowed.
        """
        follower = self.following(rank, self.mentions)
        leaders = [other for other in self.clause.figures if other < rank and not self.is_base(other)]
        if follower is not None:
            main = self._own(leaders[-1]) if leaders else None
            return shifted(follower, main or lent, figure=True)
        mate = self.kinds[rank].partner
        for other in reversed([mate] if mate in leaders else leaders):
            if base := self._base(other, self._own(other) or lent):
                return base
        main = (self._own(leaders[-1]) if leaders else None) or lent
        past = bool(leaders) and self.tense(leaders[-1]) in (PAST, UNKNOWN)
        if main is not None and past and 150 < length(main) < 370 and near("from").search(self.before(rank)):
            return year_before(main)  # of a year: "revenue rose to 207 million from 172"
        return None

    def _rival_period(self, rank: int) -> Interval | None:
        """The sentence's period for a rival's figure: "sold 526,000 in the fourth quarter against Tesla's 484,000"."""
        return None if self.bases or near("from").search(self.before(rank)) else self._own(rank)

    def rebased(self, base: Interval | None, period: Interval | None) -> Interval | None:
        """A base period, counted from a borrowed period."""
        mention = next((mention for mention in self.bases if base is not None and base[2] == mention.text), None)
        return base if mention is None else shifted(mention, period, figure=True)

    def short_base(self) -> Interval | None:
        """A month or quarter that the sentence compares with, where it names no period of its own."""
        named = [self.interval(mention) for mention in self.bases] if not self.times else []
        return next((base for base in named if 27 < length(base) < 94 and not near("moves").search(base[2])), None)

    def _base(self, rank: int, period: Interval | None) -> Interval | None:
        """What a growth, difference or multiple is compared with, where the sentence says so."""
        start, end = self.figures[rank].start, self.figures[rank].end
        bases = sorted({*self.bases, *self.compared})
        after = [mention for mention in bases if mention.start >= end and not self._dates_rate(rank, mention)]
        before = [mention for mention in bases if mention.end <= start]
        if self.kinds[rank].kind != "growth" and not self.kinds[rank].direction:
            # a gap between two things is not carried over to another figure
            before = [mention for mention in before if not self.figure_between(self.clause.start, mention.start)]
        chosen = after[0] if after else before[-1] if before else None
        since = next((m for m in self.times if m.start >= end and is_since(m)), None)
        if since is not None and (chosen is None or since.start < chosen.start):
            return since_base(since)
        return shifted(chosen, period) if chosen else None

    def _dates_rate(self, rank: int, mention: PeriodMention) -> bool:
        """True for the August of "inflation was 3.1% in September, down from 3.4% in August": two rates, no base."""
        last = [other for other in self.clause.figures if self.figures[other].end <= mention.start]
        other = last[-1] if last else rank
        rates = self.kinds[rank].kind == "growth" and self.kinds[other].kind == "growth"
        return other > rank and rates and self.is_base(other)
