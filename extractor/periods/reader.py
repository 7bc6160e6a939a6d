"""The periods of one sentence's figures, as far as the sentence itself tells: tied to them by construction.

In the order tried, for a figure's own period: the mention that directly follows it ("250,000 in 2023"), the last one
before it ("In June, exports …"), the next one after it ("rose 5% to 2 million in June"). The earlier figure of a
comparison takes the base ("up from 56,000 in 2022"). Periods that the parse shows to hang on a verb of saying, or on
another clause than the figure, are left out.
"""

from __future__ import annotations

import re
from functools import cache

from extractor.mentions import Measure, PeriodMention, Quantity, Timing
from extractor.periods.attachment import Trees
from extractor.periods.bases import Interval, length, shifted, since_base
from extractor.periods.clauses import Clause, is_since
from extractor.periods.find import as_day
from extractor.periods.words import lexicon

COMPARING = frozenset({"growth", "difference", "multiple"})
_PRICES = frozenset({"money", "percent", "number", "measure"})
_PARTS = frozenset({"rank", "multiple"})
_COORDINATOR = re.compile(r"\b(?:and|but|while|whereas|then|before|after|which|who|as|although|though)\b|;", re.I)


class Reader:
    """Reads the periods of one sentence's figures."""

    def __init__(
        self,
        clause: Clause,
        mentions: list[PeriodMention],
        figures: list[Quantity],
        kinds: list[Measure],
        trees: Trees,
    ) -> None:
        self.clause, self.figures, self.kinds, self.trees = clause, figures, kinds, trees
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
        base = self._base(rank, period) if self.kinds[rank].kind in COMPARING else None
        return Timing(period=period, base=base)

    def is_base(self, rank: int) -> bool:
        """True for the earlier figure of a comparison."""
        return self.kinds[rank].base or bool(_base_cue().search(self._before(rank)))

    def may_borrow(self, rank: int) -> bool:
        """False for base figures, stocks in the present tense ("now has 1,500 dealers") and prices of the day."""
        standing = self.kinds[rank].kind not in COMPARING and _STANDING.search(self._before(rank))
        if standing or (self.is_base(rank) and (self.bases or _FROM.search(self._before(rank)))):
            return False
        return not self.is_quoted(rank)

    def is_quoted(self, rank: int) -> bool:
        """True for prices and rates of the day: "Its shares closed up 1.4%"."""
        priced = self.figures[rank].form in _PRICES
        return priced and bool(_quoted().search(self.clause.text)) and self.kinds[rank].kind not in _PARTS

    def rebased(self, base: Interval | None, period: Interval | None) -> Interval | None:
        """A base period, counted from a borrowed period."""
        mention = next((mention for mention in self.bases if base is not None and base[2] == mention.text), None)
        return base if mention is None else shifted(mention, period)

    def short_base(self) -> Interval | None:
        """A month or quarter that the sentence compares with, where it names no period of its own."""
        named = [self.interval(mention) for mention in self.bases] if not self.times else []
        return next((base for base in named if 27 < length(base) < 94 and not _moves(base[2])), None)

    def tense(self, rank: int) -> str:
        """The time of the clause that a figure stands in."""
        return self.trees.tense(self.figures[rank])

    def spoken(self) -> list[PeriodMention]:
        """The periods that the sentence speaks of, less those of its base figures."""
        return [mention for mention in self.times if mention not in self._taken()]

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
        times = [m for m in self.times if not self.trees.is_elsewhere(m, self.figures[rank])]
        chosen = self._nearest(rank, self._dating(rank, times)) or self._nearest(rank, self._spare(rank, times))
        return self.interval(chosen) if chosen else None

    def _spare(self, rank: int, times: list[PeriodMention]) -> list[PeriodMention]:
        """What dates a figure where nothing better is there."""
        return [] if len(self._taken()) == len(self.times) and not self.is_base(rank) else times

    def _rival_period(self, rank: int) -> Interval | None:
        """The sentence's period for a rival's figure: "sold 526,000 in the fourth quarter against Tesla's 484,000"."""
        return None if self.bases or _FROM.search(self._before(rank)) else self._own(rank)

    def _taken(self) -> list[PeriodMention]:
        """The mentions that date the earlier figure of a comparison: "five times the 163,000 that came in 2022"."""
        found = [self._following(rank, self.mentions) for rank in self.clause.figures if self.is_base(rank)]
        return [mention for mention in found if mention is not None]

    def _dating(self, rank: int, times: list[PeriodMention]) -> list[PeriodMention]:
        """The mentions that can date a figure: to a comparison, "since 2019" gives the base, not the time."""
        if not self.is_base(rank):
            times = [m for m in times if m not in self._taken()]
        if self.kinds[rank].kind not in COMPARING:
            return times
        return [mention for mention in times if not is_since(mention)]

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
        return is_since(mention) and self._figure_between(self.clause.start, mention.start) and mention.end <= start

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
            return shifted(follower, main or lent)
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
        since = next((m for m in self.times if m.start >= end and is_since(m)), None)
        if since is not None and (chosen is None or since.start < chosen.start):
            return since_base(since)
        return shifted(chosen, period) if chosen else None


def _moves(words: str) -> bool:
    """True for bases that point from the figure's own period: "a month earlier", "the same quarter"."""
    return bool(re.search(r"\b(?:earlier|ago|before|previous|same|last|prior)\b", words, re.I))


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
        r"(?:\s+(?:about|around|nearly|almost|some|roughly|just|only|mere|a|an|the|its|revised|record"
        r"|more than|less than))*"
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
