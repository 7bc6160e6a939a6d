"""The periods of one sentence's figures, as far as the sentence itself tells: tied to them by construction.

In the order tried, for a figure's own period: the mention that directly follows it ("250,000 in 2023"), the last one
before it ("In June, exports …"), the next one after it ("rose 5% to 2 million in June"). The earlier figure of a
comparison takes the base ("up from 56,000 in 2022"). Periods that the parse shows to hang on a verb of saying, or on
another clause than the figure, are left out.
"""

from __future__ import annotations

import re
from functools import cached_property

from extractor.mentions import COMPARING, Measure, PeriodMention, Quantity, Timing
from extractor.periods import nearby
from extractor.periods.attachment import PAST, PRESENT, UNKNOWN, Trees
from extractor.periods.bases import Interval, length, moved_on, shifted, since_base, year_before
from extractor.periods.clauses import Clause, is_since
from extractor.periods.find import as_day
from extractor.superseded import tells_of_revision

_PRICES = frozenset({"money", "percent", "number", "measure"})
_SHARES = frozenset({"percent", "fraction"})
_PARTS = frozenset({"rank", "multiple"})
_COORDINATOR = re.compile(
    r"\b(?:and|but|while|whereas|then|before|after|which|who|as(?! (?:of|on|at)\b)|although|though)\b"
    r"|;|\.\.\.|…|,\s+with\b",
    re.I,
)


class Reader:
    """Reads the periods of one sentence's figures."""

    def __init__(
        self,
        clause: Clause,
        mentions: list[PeriodMention],
        figures: list[Quantity],
        kinds: list[Measure],
        trees: Trees,
        today: str | None = None,
    ) -> None:
        self.clause, self.figures, self.kinds, self.trees = clause, figures, kinds, trees
        self.today = today or "9999"
        self.mentions = mentions
        self._base_figures: dict[int, bool] = {}
        """What was asked of a figure once, which is asked again of each of its neighbours."""
        self.times = [mention for mention in mentions if mention.role == "period"]
        self.bases = [mention for mention in mentions if mention.role == "base"]

    def timing(self, rank: int) -> Timing:
        """The timing of one figure, from its own sentence."""
        if self._is_now(rank) or self._is_elsewhen(rank):
            return Timing()
        if (holder := self._held_by(rank)) is not None:
            return Timing(period=self.interval(holder))
        if (earlier := self._earlier(rank)) is not None:
            return Timing(period=earlier)
        if (twin := self._twin(rank)) is not None and self.is_base(twin):
            return Timing(period=self.timing(twin).period)
        if self.is_base(rank) and self._given_then(rank):
            return Timing(period=self._own(rank))
        if self.is_base(rank) and not tells_of_revision(self.clause.text):
            return Timing(period=self.base_figure_period(rank) or self._rival_period(rank))
        period = self._next_one(rank) or self._own(rank) or self._of_whole(rank)
        base = self._base(rank, period) if self.kinds[rank].kind in COMPARING else None
        return Timing(period=period, base=base)

    def _is_now(self, rank: int) -> bool:
        """True for "under 6,000 at present"."""
        end = self.figures[rank].end
        return bool(nearby.PRESENTLY.match(self.between(end, end + 20)))

    def _is_elsewhen(self, rank: int) -> bool:
        """True for "71% before the pandemic", "in the decade before Covid 66,000 was normal"."""
        text, end = self.clause.text, self.figures[rank].end - self.clause.start
        if nearby.elsewhen().match(text, end) or nearby.usual().search(text[max(0, end - 60) : end]):
            return True
        opening = nearby.elsewhen_first().match(text)
        if opening is None:
            return False
        start, until = self.clause.start + opening.end(), self.figures[rank].start
        dated = any(start <= mention.start < until for mention in self.times)  # "Before the war, in 2021, …"
        return not dated and not self._figure_between(start, until)

    def _earlier(self, rank: int) -> Interval | None:
        """The period of the 2.9% in "2.4% in June and 2.9% a year ago", or "2.4% in June, after 2.9% in May"."""
        follower, leader = self._earlier_mention(rank), self._leader(rank)
        if follower is None or leader is None:
            return None
        return shifted(follower, self._own(leader))

    def _earlier_mention(self, rank: int) -> PeriodMention | None:
        """What dates the earlier one of two figures: "after 2.9% in May", "and 2.9% a year ago"."""
        follower = self._following(rank, self.mentions)
        if follower is None or self.is_base(rank) or self._leader(rank) is None:
            return None
        between = self.between(self.figures[rank].end, follower.start)
        behind = nearby.RIGHT_BEHIND.fullmatch(between) and self.kinds[rank].kind not in COMPARING
        back = behind and nearby.BACK_THEN.search(follower.text)
        return follower if back or nearby.AFTER.search(self._before(rank)) else None

    def _leader(self, rank: int) -> int | None:
        """The figure before in the same sentence, those that are only compared with left out."""
        leaders = [other for other in self.clause.figures if other < rank and not self.is_base(other)]
        return leaders[-1] if leaders else None

    def whole(self, rank: int) -> int | None:
        """The figure of the same sentence that this one is a part of, or says once more: "302, of which 118 …"."""
        leader = rank - 1
        if leader not in self.clause.figures or self.is_base(leader):
            return None
        between = self.between(self.figures[leader].end, self.figures[rank].start)
        return leader if nearby.SAID_OF_IT.fullmatch(between) else None

    def _twin(self, rank: int) -> int | None:
        """The figure that this one gives once more, in another measure: "from $288 million, or 54 cents a share"."""
        leader = rank - 1
        if leader not in self.clause.figures:
            return None
        between = self.between(self.figures[leader].end, self.figures[rank].start)
        return leader if nearby.SAME_AGAIN.fullmatch(between) else None

    def _next_one(self, rank: int) -> Interval | None:
        """The year after, for the second figure of "3 per cent this year and 3.5 per cent next"."""
        end = self.figures[rank].end
        if rank - 1 not in self.clause.figures or not nearby.NEXT.match(self.between(end, end + 12)):
            return None
        before = self._own(rank - 1)
        days = length(before) if before is not None else 0
        unit = next((unit for unit, sizes in nearby.LENGTHS.items() if days in sizes), None)
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
        return after is not None and heard and not self._figure_between(end, after.start)

    def is_earlier(self, rank: int) -> bool:
        """True for the earlier one of two figures: such a period lends nothing."""
        return self._earlier(rank) is not None

    def is_base(self, rank: int) -> bool:
        """True for the earlier figure of a comparison."""
        found = self._base_figures.get(rank)
        if found is None:
            compared = self.kinds[rank].base or bool(nearby.base_cue().search(self._before(rank)))
            found = compared and not self._is_foreseen(rank) and not self._is_of_other_unit(rank)
            self._base_figures[rank] = found
        return found

    def _is_of_other_unit(self, rank: int) -> bool:
        """True for the tonnes of "brought in $686 million from 127,700 tonnes"."""
        if rank - 1 not in self.clause.figures or not nearby.RIGHT_FROM.search(self._before(rank)):
            return False
        leader, own = self.figures[rank - 1], self.figures[rank]
        if self.kinds[rank - 1].kind != "level" or own.form not in ("money", "number", "measure"):
            return False
        return (leader.form == "money") != (own.form == "money") and self.kinds[rank].unit != self.kinds[rank - 1].unit

    def _is_foreseen(self, rank: int) -> bool:
        """True for the 38 of "came in at 41, above the 38 expected by analysts": of the time of the 41."""
        end = self.figures[rank].end
        if nearby.FROM.search(self._before(rank)):
            return False
        return bool(
            nearby.foreseen_after().match(self.between(end, end + 60))
            or nearby.foreseen_before().search(self._before(rank))
        )

    def may_borrow(self, rank: int) -> bool:
        """False for base figures, what is said to be of now or of no date, what a poll found, and prices of the day."""
        if self._is_now(rank) or self._is_elsewhen(rank) or self._is_polled(rank):
            return False
        if self.kinds[rank].kind != "growth" and self._says_now(rank) and not self.clause.is_first:
            return False
        if self.is_base(rank) and (self.bases or nearby.FROM.search(self._before(rank))):
            return False
        return not self.is_quoted(rank)

    def traits(self, rank: int) -> tuple[str, ...]:
        """What bears on the period that a figure can borrow."""
        asked = (
            ("standing", self._is_standing(rank)),
            ("kept", self.kinds[rank].kind == "level" and self.trees.is_kept(self.figures[rank])),
            ("said of it", self._is_said_of_it(rank)),
            ("taking up", self.takes_up(rank)),
            ("vintage", self.trees.is_vintage(self.figures[rank])),
            ("flowing", self.trees.flows(self.figures[rank])),
            ("item", self.clause.is_item),
            ("headline", self.clause.is_first),
            ("base", self.is_base(rank)),
        )
        return tuple(name for name, holds in asked if holds)

    def _is_standing(self, rank: int) -> bool:
        """True for what is so on the day of writing: "now has 1,500 dealers", "14 of its 96 jets are on the ground"."""
        if self.clause.is_first:
            return False
        if self.takes_up(rank):
            return False
        if self.tense(rank) == PRESENT and nearby.NOW.search(self._before(rank)):
            return True
        if nearby.standing().search(self._before(rank)):
            return True
        told = [other for other in self.clause.figures if other < rank and self.tense(other) == PAST]
        if told and not nearby.TURN.search(self.between(self.figures[told[-1]].end, self.figures[rank].start)):
            return False  # a list without verbs: "brought in 118 million, commercial deals 52 and matchdays 36"
        return self.trees.is_standing(self.figures[rank])

    def takes_up(self, rank: int) -> bool:
        """True for what is said of the figure before: "that is 30 more", "customs has 57%", "40 of them"."""
        if nearby.NOW.search(self._before(rank)):
            return False  # "space now accounts for 12 per cent"
        return self._is_said_of_it(rank) or self.trees.takes_up(self.figures[rank])

    def _says_now(self, rank: int) -> bool:
        """True for "now has 1,500 dealers", "space now accounts for 12 per cent"."""
        return self.tense(rank) == PRESENT and nearby.NOW.search(self._before(rank)) is not None

    def _is_said_of_it(self, rank: int) -> bool:
        """True for words that point back: "that is 30 more", "40 of them", "of these, 90 were vans"."""
        end = self.figures[rank].end
        before = self._before(rank)
        return bool(
            nearby.TAKES_UP.search(before)
            or nearby.OF_THEM.match(self.between(end, end + 30))
            or nearby.OF_THESE.search(before)
        )

    def _is_polled(self, rank: int) -> bool:
        """True for shares that a poll found: they are of no period that other figures have."""
        polled = self.figures[rank].form in _SHARES and self.kinds[rank].kind != "growth"
        return polled and self._polls

    @cached_property
    def _polls(self) -> bool:
        return nearby.polls().search(self.clause.text) is not None

    @cached_property
    def _quotes(self) -> bool:
        return nearby.quoted().search(self.clause.text) is not None

    def is_quoted(self, rank: int) -> bool:
        """True for prices and rates of the day: "Its shares closed up 1.4%"."""
        priced = self.figures[rank].form in _PRICES and self.kinds[rank].kind not in _PARTS
        return priced and self._quotes

    def rebased(self, base: Interval | None, period: Interval | None) -> Interval | None:
        """A base period, counted from a borrowed period."""
        mention = next((mention for mention in self.bases if base is not None and base[2] == mention.text), None)
        return base if mention is None else shifted(mention, period, figure=True)

    def short_base(self) -> Interval | None:
        """A month or quarter that the sentence compares with, where it names no period of its own."""
        named = [self.interval(mention) for mention in self.bases] if not self.times else []
        return next((base for base in named if 27 < length(base) < 94 and not _moves(base[2])), None)

    def tense(self, rank: int) -> str:
        """The time of the clause that a figure stands in."""
        return self.trees.tense(self.figures[rank])

    def looks_back(self) -> bool:
        """True for a sentence that goes back behind what is told: "in May it had been 4"."""
        return any(self.trees.looks_back(self.figures[rank]) for rank in self.clause.figures)

    def spoken(self) -> list[PeriodMention]:
        """The periods that the sentence speaks of, less those of its base figures."""
        return [mention for mention in self.times if mention not in self._taken]

    @cached_property
    def asides(self) -> set[str]:
        """The words of periods that date their own figure only: in a bracket, a deadline ("by next summer")."""
        found = set()
        for mention in self.times:
            before = self.between(self.clause.start, mention.start)
            if before.count("(") > before.count(")") or nearby.DEADLINE.search(before[-12:]):
                found.add(mention.text)
        return found

    def _held_by(self, rank: int) -> PeriodMention | None:
        """The mention that a figure explains: "than in May 2022, when 400 were sold", "the first half (400)"."""
        start = self.figures[rank].start
        last = next((mention for mention in reversed(self.mentions) if mention.end <= start), None)
        if last is None or self._figure_between(last.end, start):
            return None
        between = self.between(last.end, start)
        if between[:1] == ":" and self.kinds[rank].kind in COMPARING:
            return None  # "3,140 in April, after 3,460 in March: 9 per cent less"
        return last if nearby.explains().match(between) else None

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
        if rank + 1 in self.clause.figures and self._twin(rank + 1) == rank and self.is_base(rank):
            end = self.figures[rank + 1].end  # "from $288 million, or 54 cents a share, a year before"
        if after is None or self._figure_between(end, after.start):
            return None
        between = self.between(end, after.start)
        broken = _COORDINATOR.search(between) or nearby.THEN_WILL.search(between) or nearby.PORTION.search(between)
        return None if broken else after

    def _own(self, rank: int) -> Interval | None:
        times = [
            m
            for m in self.times
            if m.end - m.start < len(m.text)  # "since the war began in April", read as "since April"
            or nearby.BESIDE.match(self.between(self.figures[rank].end, m.start))
            or (
                self.figures[rank].start - m.end >= 0
                and nearby.NEXT_TO.match(self.between(m.end, self.figures[rank].start))
            )
            or not (self._lies_ahead(rank, m) or self.trees.is_elsewhere(m, self.figures[rank]))
        ]
        chosen = self._nearest(rank, self._dating(rank, times)) or self._nearest(rank, self._spare(rank, times))
        return (self._running(rank, chosen) or self.interval(chosen)) if chosen else None

    def _lies_ahead(self, rank: int, mention: PeriodMention) -> bool:
        """True for a coming time before what is past: "it will cut 2,300 jobs in 2026 after profit fell 31%"."""
        before = mention.end <= self.figures[rank].start and (mention.first_day or "") > self.today
        return before and self.tense(rank) == PAST and self._figure_between(self.clause.start, mention.start)

    def _running(self, rank: int, mention: PeriodMention) -> Interval | None:
        """A running total's months: "had landed 79,400 tonnes by the end of September" is of January to September."""
        lead = self.between(self.clause.start, mention.start)[-12:]
        last = nearby.UP_TO_MONTH.search(f"{lead}{mention.text}") if 27 < length(self._days(mention)) < 32 else None
        if last is None or mention.last_day is None or mention.first_day is None:
            return None
        if not self.trees.flows(self.figures[rank]):
            return None
        return f"{mention.first_day[:4]}-01-01", mention.last_day, mention.text

    @staticmethod
    def _days(mention: PeriodMention) -> Interval:
        return mention.first_day, mention.last_day, mention.text

    def _spare(self, rank: int, times: list[PeriodMention]) -> list[PeriodMention]:
        """What dates a figure where nothing better is there."""
        if len(self._taken) == len(self.times) and not self.is_base(rank):
            return []
        return [mention for mention in times if not self._is_labelled(mention)]

    def _rival_period(self, rank: int) -> Interval | None:
        """The sentence's period for a rival's figure: "sold 526,000 in the fourth quarter against Tesla's 484,000"."""
        return None if self.bases or nearby.FROM.search(self._before(rank)) else self._own(rank)

    @cached_property
    def _compared(self) -> list[PeriodMention]:
        """The mentions that date the earlier figure of a comparison: "five times the 163,000 that came in 2022"."""
        found = [self._following(rank, self.mentions) for rank in self.clause.figures if self.is_base(rank)]
        return [mention for mention in found if mention is not None]

    @cached_property
    def _taken(self) -> list[PeriodMention]:
        """Those, and what dates the earlier one of two figures: they say nothing of other figures."""
        found = [self._earlier_mention(rank) for rank in self.clause.figures]
        return [*self._compared, *(mention for mention in found if mention is not None)]

    def _dating(self, rank: int, times: list[PeriodMention]) -> list[PeriodMention]:
        """The mentions that can date a figure: to a comparison, "since 2019" gives the base, not the time."""
        times = [m for m in times if not self._is_labelled(m) or self._is_beside(m, rank)]
        if not self.is_base(rank):
            times = [m for m in times if m not in self._taken]
        if self.kinds[rank].kind not in COMPARING or any(m.start >= self.figures[rank].end for m in self.bases):
            return times  # "8,000 since January, twice as many as in the same period of 2023"
        return [mention for mention in times if not is_since(mention)]

    def _is_labelled(self, mention: PeriodMention) -> bool:
        """True for the year of "(2023: 493)", which dates that figure alone."""
        lead, tail = self.between(mention.start - 2, mention.start), self.between(mention.end, mention.end + 1)
        return lead.endswith("(") and tail == ":"

    def _is_beside(self, mention: PeriodMention, rank: int) -> bool:
        """True for the figure that stands right behind a period, in the same bracket."""
        return mention.end <= self.figures[rank].start <= mention.end + 12

    def _nearest(self, rank: int, times: list[PeriodMention]) -> PeriodMention | None:
        quantity = self.figures[rank]
        covering = next((m for m in times if m.start < quantity.end and quantity.start < m.end), None)
        if chosen := covering or self._following(rank, times):
            return chosen
        spent = self.kinds[rank].kind in COMPARING and not any(m.start >= quantity.end for m in self.bases)
        before = [m for m in times if m.end <= quantity.start and not self._is_spent(m, quantity.start, spent)]
        after = [mention for mention in times if mention.start >= quantity.end]
        if (
            after
            and self.kinds[rank].kind not in COMPARING
            and self._is_standing(rank)
            and self._figure_between(quantity.end, after[0].start)
        ):
            after = []
        if not before and after and nearby.WITH.search(self.between(quantity.end, after[0].start)):
            return None
        since = self._following(rank, self.times) if spent else None
        if (
            since is not None
            and is_since(since)
            and not nearby.UP_TO_FIGURE.match(self.between(since.end, since.end + 9))
        ):
            after = []  # "which had gained 11% since January, lost 3% on Wednesday"
        if after and self._breaks_down(quantity.end, after[0].start):
            after = []
        if before or not after or nearby.WILL.search(self.between(quantity.end, after[0].start)):
            return before[-1] if before else None
        return after[0]

    def _breaks_down(self, start: int, end: int) -> bool:
        """True where parts follow a total: "268 million: 91 million on Thursday", "430, including 40 on Monday"."""
        if ";" in self.between(start, end):
            return True
        part = nearby.PARTED.search(self.between(start, end))
        return part is not None and self._figure_between(start + part.end(), end)

    def _is_spent(self, mention: PeriodMention, start: int, compares: bool) -> bool:
        """ "Since 2019" belongs to the figure before it: "down 5% since January, ended 3.6% higher"."""
        if is_since(mention) and nearby.MEANWHILE.search(self.between(mention.end, start)):
            return True
        return compares and is_since(mention) and self._figure_between(self.clause.start, mention.start)

    def interval(self, mention: PeriodMention) -> Interval:
        """The days of a mention; of "at the end of 2023", the day."""
        lead = self.between(self.clause.start, mention.start)[-12:].lower()
        if not nearby.UP_TO.search(lead):
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
            return shifted(follower, main or lent, figure=True)
        mate = self.kinds[rank].partner
        for other in reversed([mate] if mate in leaders else leaders):
            if base := self._base(other, self._own(other) or lent):
                return base
        main = (self._own(leaders[-1]) if leaders else None) or lent
        past = bool(leaders) and self.tense(leaders[-1]) in (PAST, UNKNOWN)
        if main is not None and past and 150 < length(main) < 370 and nearby.FROM.search(self._before(rank)):
            return year_before(main)  # of a year: "revenue rose to 207 million from 172"
        return None

    def _dates_rate(self, rank: int, mention: PeriodMention) -> bool:
        """True for the August of "inflation was 3.1% in September, down from 3.4% in August": two rates, no base."""
        last = [other for other in self.clause.figures if self.figures[other].end <= mention.start]
        other = last[-1] if last else rank
        return (
            other > rank
            and self.is_base(other)
            and self.kinds[rank].kind == "growth"
            and self.kinds[other].kind == "growth"
        )

    def _base(self, rank: int, period: Interval | None) -> Interval | None:
        """What a growth, difference or multiple is compared with, where the sentence says so."""
        end = self.figures[rank].end
        bases = sorted({*self.bases, *self._compared})
        after = [mention for mention in bases if mention.start >= end and not self._dates_rate(rank, mention)]
        before = [mention for mention in bases if mention.end <= self.figures[rank].start]
        if (
            self.kinds[rank].kind != "growth" and not self.kinds[rank].direction
        ):  # a gap between two things is not carried over to another figure
            before = [mention for mention in before if not self._figure_between(self.clause.start, mention.start)]
        chosen = after[0] if after else before[-1] if before else None
        since = next((m for m in self.times if m.start >= end and is_since(m)), None)
        if since is not None and (chosen is None or since.start < chosen.start):
            return since_base(since)
        return shifted(chosen, period) if chosen else None


def _moves(words: str) -> bool:
    """True for bases that point from the figure's own period: "a month earlier", "the same quarter"."""
    return bool(re.search(r"\b(?:earlier|ago|before|previous|same|last|prior)\b", words, re.I))
