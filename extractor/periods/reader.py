"""The periods of one sentence's figures, as far as the sentence itself tells: tied to them by construction.

In the order tried, for a figure's own period: the mention that directly follows it ("250,000 in 2023"), the last one
before it ("In June, exports …"), the next one after it ("rose 5% to 2 million in June"). The earlier figure of a
comparison takes the base ("up from 56,000 in 2022"). Periods that the parse shows to hang on a verb of saying, or on
another clause than the figure, are left out.
"""

from __future__ import annotations

import re
from functools import cache, cached_property

from extractor.mentions import Measure, PeriodMention, Quantity, Timing
from extractor.periods.attachment import PAST, UNKNOWN, Trees
from extractor.periods.bases import Interval, length, shifted, since_base, year_before
from extractor.periods.clauses import Clause, is_since
from extractor.periods.find import as_day
from extractor.periods.words import lexicon
from extractor.superseded import tells_of_revision

COMPARING = frozenset({"growth", "difference", "multiple"})
_PRICES = frozenset({"money", "percent", "number", "measure"})
_SHARES = frozenset({"percent", "fraction"})
_PARTS = frozenset({"rank", "multiple"})
_COORDINATOR = re.compile(
    r"\b(?:and|but|while|whereas|then|before|after|which|who|as(?! (?:of|on|at)\b)|although|though)\b|;|,\s+with\b",
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
        if self.is_base(rank) and self._given_then(rank):
            return Timing(period=self._own(rank))
        if self.is_base(rank) and not tells_of_revision(self.clause.text):
            return Timing(period=self.base_figure_period(rank) or self._rival_period(rank))
        period = self._own(rank)
        base = self._base(rank, period) if self.kinds[rank].kind in COMPARING else None
        return Timing(period=period, base=base)

    def _is_now(self, rank: int) -> bool:
        """True for "under 6,000 at present"."""
        end = self.figures[rank].end
        return bool(_PRESENTLY.match(self.between(end, end + 20)))

    def _is_elsewhen(self, rank: int) -> bool:
        """True for "71% before the pandemic", "in the decade before Covid 66,000 was normal"."""
        text, end = self.clause.text, self.figures[rank].end - self.clause.start
        if _elsewhen().match(text, end) or _usual().search(text[max(0, end - 60) : end]):
            return True
        opening = _elsewhen_first().match(text)
        return opening is not None and not self._figure_between(
            self.clause.start + opening.end(), self.figures[rank].start
        )

    def _earlier(self, rank: int) -> Interval | None:
        """The period of the 2.9% in "2.4% in June and 2.9% a year ago", or "2.4% in June, after 2.9% in May"."""
        follower = self._following(rank, self.mentions)
        if follower is None or self.is_base(rank):
            return None
        between = self.between(self.figures[rank].end, follower.start)
        behind = _RIGHT_BEHIND.fullmatch(between) and self.kinds[rank].kind not in COMPARING
        if not (behind and _BACK_THEN.search(follower.text)) and not _AFTER.search(self._before(rank)):
            return None
        leaders = [other for other in self.clause.figures if other < rank and not self.is_base(other)]
        main = self._own(leaders[-1]) if leaders else None
        return shifted(follower, main) if main is not None else None

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
            found = self._base_figures[rank] = self.kinds[rank].base or bool(_base_cue().search(self._before(rank)))
        return found

    def may_borrow(self, rank: int) -> bool:
        """False for base figures, stocks in the present tense ("now has 1,500 dealers") and prices of the day."""
        if (
            self._is_now(rank)
            or self._is_elsewhen(rank)
            or self._is_polled(rank)
            or (self.kinds[rank].kind != "growth" and self._is_standing(rank))
        ):
            return False
        if self.is_base(rank) and (self.bases or _FROM.search(self._before(rank))):
            return False
        return not self.is_quoted(rank)

    def _is_standing(self, rank: int) -> bool:
        """True for what is so on the day of writing: "now has 1,500 dealers", "14 of its 96 jets are on the ground"."""
        if self.clause.is_first:
            return False
        if _TAKES_UP.search(self._before(rank)) or self.trees.takes_up(self.figures[rank]):
            return False
        if _standing().search(self._before(rank)):
            return True
        told = [other for other in self.clause.figures if other < rank and self.tense(other) == PAST]
        if told and not _TURN.search(self.between(self.figures[told[-1]].end, self.figures[rank].start)):
            return False  # a list without verbs: "brought in 118 million, commercial deals 52 and matchdays 36"
        return self.trees.is_standing(self.figures[rank])

    def _is_polled(self, rank: int) -> bool:
        """True for shares that a poll found: they are of no period that other figures have."""
        polled = self.figures[rank].form in _SHARES and self.kinds[rank].kind != "growth"
        return polled and self._polls

    @cached_property
    def _polls(self) -> bool:
        return _polls().search(self.clause.text) is not None

    @cached_property
    def _quotes(self) -> bool:
        return _quoted().search(self.clause.text) is not None

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

    def spoken(self) -> list[PeriodMention]:
        """The periods that the sentence speaks of, less those of its base figures."""
        return [mention for mention in self.times if mention not in self._taken]

    @cached_property
    def asides(self) -> set[str]:
        """The words of periods that date their own figure only: in a bracket, a deadline ("by next summer")."""
        found = set()
        for mention in self.times:
            before = self.between(self.clause.start, mention.start)
            if before.count("(") > before.count(")") or _DEADLINE.search(before[-12:]):
                found.add(mention.text)
        return found

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
        times = [
            m
            for m in self.times
            if m.end - m.start < len(m.text)  # "since the war began in April", read as "since April"
            or _BESIDE.match(self.between(self.figures[rank].end, m.start))
            or (m.end <= self.figures[rank].start and _NEXT_TO.match(self.between(m.end, self.figures[rank].start)))
            or not self.trees.is_elsewhere(m, self.figures[rank])
        ]
        chosen = self._nearest(rank, self._dating(rank, times)) or self._nearest(rank, self._spare(rank, times))
        return self.interval(chosen) if chosen else None

    def _spare(self, rank: int, times: list[PeriodMention]) -> list[PeriodMention]:
        """What dates a figure where nothing better is there."""
        return [] if len(self._taken) == len(self.times) and not self.is_base(rank) else times

    def _rival_period(self, rank: int) -> Interval | None:
        """The sentence's period for a rival's figure: "sold 526,000 in the fourth quarter against Tesla's 484,000"."""
        return None if self.bases or _FROM.search(self._before(rank)) else self._own(rank)

    @cached_property
    def _taken(self) -> list[PeriodMention]:
        """The mentions that date the earlier figure of a comparison: "five times the 163,000 that came in 2022"."""
        found = [self._following(rank, self.mentions) for rank in self.clause.figures if self.is_base(rank)]
        return [mention for mention in found if mention is not None]

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
        if not before and after and _WITH.search(self.between(quantity.end, after[0].start)):
            return None
        if after and self._breaks_down(quantity.end, after[0].start):
            after = []
        if before or not after or _WILL.search(self.between(quantity.end, after[0].start)):
            return before[-1] if before else None
        return after[0]

    def _breaks_down(self, start: int, end: int) -> bool:
        """True where parts follow a total: "268 million: 91 million on Thursday", "430, including 40 on Monday"."""
        if ";" in self.between(start, end):
            return True
        part = _PARTED.search(self.between(start, end))
        return part is not None and self._figure_between(start + part.end(), end)

    def _is_spent(self, mention: PeriodMention, start: int, compares: bool) -> bool:
        """ "Since 2019" belongs to the figure before it: "down 5% since January, ended 3.6% higher"."""
        if is_since(mention) and _MEANWHILE.search(self.between(mention.end, start)):
            return True
        return compares and is_since(mention) and self._figure_between(self.clause.start, mention.start)

    def interval(self, mention: PeriodMention) -> Interval:
        """The days of a mention; of "at the end of 2023", the day."""
        lead = self.between(self.clause.start, mention.start)[-12:].lower()
        if not _UP_TO.search(lead):
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
        if main is not None and past and 150 < length(main) < 370 and _FROM.search(self._before(rank)):
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
        bases = sorted({*self.bases, *self._taken})
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


_BESIDE = re.compile(r"^(?:\s+[\w-]+){0,2}\s+(?:as of|as at|as on|in|on|at|for|during)\s+(?:the )?$", re.I)
"""Between a figure and a period right behind it: no parse shall part them."""
_PRESENTLY = re.compile(r"^[\"”']?\s+(?:at present|at the moment|right now|now|today|currently)\b", re.I)
_BACK_THEN = re.compile(r"\b(?:ago|earlier|before|previously)$", re.I)
_AFTER = re.compile(r"\bafter(?: an? (?:[\w-]+ ){1,3}of)?\s*[$€£¥]?$", re.I)
_TAKES_UP = re.compile(
    r"\b(?:that|this|which|the (?:number|figure|total|gap|difference)) (?:is|are|makes?|means)(?: \w+){0,2}\s*$", re.I
)
_RIGHT_BEHIND = re.compile(r"(?:\s+(?!compared|than|from|versus|against|to\b)[\w-]+){0,2}\s+", re.I)
_MEANWHILE = re.compile(r"\b(?:while|whereas|but)\b|;", re.I)
_WITH = re.compile(r",\s+with\b", re.I)
_PARTED = re.compile(r":\s|\b(?:of which|of whom|of them|including|among them)\b", re.I)
_NEXT_TO = re.compile(r"^,?\s+(?:(?:up|down|an?)\s(?:[\w-]+ ){0,2}?(?:(?:of|by)\s)?)?$", re.I)
"""Between a period and a figure right behind it: "2.7 million units this year, a drop of 3 percent"."""
_TURN = re.compile(r"\bnow\b|;", re.I)
_UP_TO = re.compile(r"\b(?:by|until|till|to|through|before)\s+$", re.I)
"""Before the end of a year that is no day on which something stood."""
_DEADLINE = re.compile(r"\bby\s+$", re.I)
_THEN_WILL = re.compile(r",\s+(?:will|would)\b", re.I)
_WILL = re.compile(r"\b(?:will|would|could|may|might|should)\b", re.I)
_FROM = re.compile(r"\bfrom\b(?:\s+[a-z]+){0,3}\s*[$€£¥]?$", re.I)
_EXPLAINS = re.compile(
    r"^(?:,?\s*when\b[^.;]{0,40}|\s*\(|['’]s?\s+|:\s+)(?:about |around |nearly |some )?[$€£¥]?\s*$", re.I
)


@cache
def _quoted() -> re.Pattern[str]:
    """A sentence with prices of the day: "Its shares closed up 1.4%"."""
    return re.compile(rf"\b(?:{lexicon().cues.quotes})\b", re.I)


@cache
def _elsewhen() -> re.Pattern[str]:
    return re.compile(rf"(?:\s+(?!and\b|but\b)[\w-]+){{0,3}}?\s+(?:{lexicon().cues.elsewhen})\b", re.I)


@cache
def _elsewhen_first() -> re.Pattern[str]:
    return re.compile(rf"(?:In the (?:decades?|years?|months) )?(?:{lexicon().cues.elsewhen})\b", re.I)


@cache
def _polls() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon().cues.polls})\b", re.I)


@cache
def _base_cue() -> re.Pattern[str]:
    """Ends the words before the earlier figure of a comparison."""
    comparing = lexicon().cues.comparing.replace("|than", "")
    small = (
        r"(?:\s+(?:about|around|nearly|almost|some|roughly|just|only|mere|a|an|the|its|revised|record"
        r"|more than|less than))*"
    )
    return re.compile(
        rf"(?:\bfrom(?: an? (?:[\w-]+ ){{1,3}}of)?|\b(?:{comparing})"
        rf"|\b(?:higher|lower|fewer|bigger|smaller|faster|slower) than|\b(?:more|less) than(?= the\b)"
        rf"|(?:%|percent|per cent|\d) (?:more|less|fewer) than){small}\s*[$€£¥]?$",
        re.I,
    )


@cache
def _usual() -> re.Pattern[str]:
    """Before and with a figure that is of no time: "the long-term average of 594mm"."""
    return re.compile(rf"\b(?:{lexicon().cues.usual}) (?:average|mean|norm|level)s? of\s+\S+(?:\s\S+)?$", re.I)


@cache
def _standing() -> re.Pattern[str]:
    """Ends the words before a figure that holds on the day of writing."""
    return re.compile(
        rf"\b(?:{lexicon().cues.standing})(?:\s+(?:about|around|nearly|almost|some|roughly|only|just|over|more|than|an?|the"
        r"|total|of|up|to|now|currently|home))*\s*$",
        re.I,
    )
