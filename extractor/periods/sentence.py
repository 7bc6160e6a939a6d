"""One sentence's figures and periods: what stands where, which figures belong together, which are compared with."""

from __future__ import annotations

import re
from functools import cached_property

from extractor.mentions import COMPARING, Measure, PeriodMention, Quantity
from extractor.periods.bases import Interval
from extractor.periods.clauses import Clause
from extractor.periods.find import as_day
from extractor.periods.nearby import near
from extractor.periods.tenses import Trees

_WHEN = re.compile(r",?\s*when\b", re.I)
"""Behind any time, that of a record too: "the most since 2017, when 95 were sold"."""


class Sentence:
    """A sentence's figures and periods, asked by the rank of a figure in the document."""

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
        self.open: set[int] = set()
        """Figures to which nothing ties a period but the order of the words, if that does."""
        self._picked: dict[int, tuple[PeriodMention, str] | None] = {}
        self._has: dict[str, bool] = {}
        self._base_figures: dict[int, bool] = {}
        """What was asked of a figure once, which is asked again of each of its neighbours."""
        self.times = [mention for mention in mentions if mention.role == "period"]
        self.bases = [mention for mention in mentions if mention.role == "base"]

    # ------------------------------------------------------------------------------------------------------- the words
    def between(self, start: int, end: int) -> str:
        """The words between two offsets."""
        return self.clause.text[max(0, start - self.clause.start) : max(0, end - self.clause.start)]

    def before(self, rank: int) -> str:
        """The words right before a figure."""
        return self.between(self.clause.start, self.figures[rank].start)[-60:]

    def behind(self, rank: int, length: int) -> str:
        """The words right behind a figure."""
        return self.between(self.figures[rank].end, self.figures[rank].end + length)

    def has(self, pattern: str) -> bool:
        """True if the sentence holds a pattern of nearby.toml: prices of the day, polls."""
        if pattern not in self._has:
            self._has[pattern] = near(pattern).search(self.clause.text) is not None
        return self._has[pattern]

    def tense(self, rank: int) -> str:
        """The time of the clause that a figure stands in."""
        return self.trees.tense(self.figures[rank])

    def compares(self, rank: int) -> bool:
        """True for a growth, difference or multiple."""
        return self.kinds[rank].kind in COMPARING

    def interval(self, mention: PeriodMention) -> Interval:
        """The days of a mention; of "at the end of 2023", the day."""
        lead = self.between(self.clause.start, mention.start)[-12:].lower()
        if not near("up_to").search(lead):
            mention = as_day(mention)
        return mention.first_day, mention.last_day, mention.text

    # ----------------------------------------------------------------------------------------------------- the figures
    def figure_between(self, start: int, end: int) -> bool:
        """True if a figure begins between two offsets."""
        return any(start <= self.figures[rank].start < end for rank in self.clause.figures)

    def leader(self, rank: int) -> int | None:
        """The figure before in the same sentence, those that are only compared with left out."""
        leaders = [other for other in self.clause.figures if other < rank and not self.is_base(other)]
        return leaders[-1] if leaders else None

    def whole(self, rank: int) -> int | None:
        """The figure of the same sentence that this one is a part of, or says once more: "302, of which 118 …"."""
        leader = self._linked(rank, "said_of_it")
        return None if leader is None or self.is_base(leader) else leader

    def twin(self, rank: int) -> int | None:
        """The figure that this one gives once more, in another measure: "from $288 million, or 54 cents a share"."""
        return self._linked(rank, "same_again")

    def _linked(self, rank: int, pattern: str) -> int | None:
        """The figure right before, where the words between are of a pattern of nearby.toml."""
        leader = rank - 1
        if leader not in self.clause.figures:
            return None
        between = self.between(self.figures[leader].end, self.figures[rank].start)
        return leader if near(pattern).fullmatch(between) else None

    def _last_of_list(self, rank: int) -> int:
        """The last of the earlier figures that stand in a row: the 66.6% of "with 62.5%, 61% and 66.6% in May"."""
        while rank + 1 in self.clause.figures and self._goes_on_list(rank + 1):
            rank += 1
        return rank

    def _goes_on_list(self, rank: int) -> bool:
        """True for the second and following of earlier figures in a row."""
        leader = self._linked(rank, "listed")
        return leader is not None and self.figures[leader].form == self.figures[rank].form and self.is_base(leader)

    # ------------------------------------------------------------------------------------------------- earlier figures
    def is_base(self, rank: int) -> bool:
        """True for the earlier figure of a comparison."""
        found = self._base_figures.get(rank)
        if found is None:
            compared = self.kinds[rank].base or bool(near("base_cue").search(self.before(rank)))
            found = compared and not self._is_foreseen(rank) and not self._is_of_other_unit(rank)
            found = found or self._goes_on_list(rank)
            self._base_figures[rank] = found
        return found

    def _is_of_other_unit(self, rank: int) -> bool:
        """True for the tonnes of "brought in $686 million from 127,700 tonnes"."""
        if rank - 1 not in self.clause.figures or not near("right_from").search(self.before(rank)):
            return False
        leader, own = self.figures[rank - 1], self.figures[rank]
        if self.kinds[rank - 1].kind != "level" or own.form not in ("money", "number", "measure"):
            return False
        return (leader.form == "money") != (own.form == "money") and self.kinds[rank].unit != self.kinds[rank - 1].unit

    def _is_foreseen(self, rank: int) -> bool:
        """True for the 38 of "came in at 41, above the 38 expected by analysts": of the time of the 41."""
        before = self.before(rank)
        if near("from").search(before):
            return False
        foreseen = near("foreseen_after").match(self.behind(rank, 60)) or near("foreseen_before").search(before)
        return foreseen is not None

    # ----------------------------------------------------------------------------------------------------- the periods
    def following(self, rank: int, mentions: list[PeriodMention]) -> PeriodMention | None:
        """The next mention after a figure, if no other figure and no new clause lies between."""
        end = self.figures[rank].end
        after = next((mention for mention in mentions if mention.start >= end), None)
        if self.is_base(rank):
            last = self._last_of_list(rank)
            if last + 1 in self.clause.figures and self.twin(last + 1) == last:
                last += 1  # "from $288 million, or 54 cents a share, a year before"
            end = self.figures[last].end
        if after is None or after.start < end or self.figure_between(end, after.start):
            return None
        between = self.between(end, after.start)
        return None if any(near(name).search(between) for name in ("new_clause", "then_will", "portion")) else after

    def holder(self, rank: int) -> PeriodMention | None:
        """The mention that a figure explains: "than in May 2022, when 400 were sold", "the first half (400)"."""
        start = self.figures[rank].start
        last = next((mention for mention in reversed(self.clause.mentions) if mention.end <= start), None)
        if last is None or self.figure_between(last.end, start):
            return None
        between = self.between(last.end, start)
        if between[:1] == ":" and self.compares(rank):
            return None  # "3,140 in April, after 3,460 in March: 9 per cent less"
        held = near("explains").match(between) is not None
        return last if held and (last in self.mentions or _WHEN.match(between)) else None

    def earlier_mention(self, rank: int) -> PeriodMention | None:
        """What dates the earlier one of two figures: "after 2.9% in May", "and 2.9% a year ago"."""
        follower = self.following(rank, self.mentions)
        if follower is None or self.is_base(rank) or self.leader(rank) is None:
            return None
        between = self.between(self.figures[rank].end, follower.start)
        behind = near("right_behind").fullmatch(between) and not self.compares(rank)
        back = behind and near("back_then").search(follower.text)
        return follower if back or near("after").search(self.before(rank)) else None

    @cached_property
    def compared(self) -> list[PeriodMention]:
        """The mentions that date the earlier figure of a comparison: "five times the 163,000 that came in 2022"."""
        found = [self.following(rank, self.mentions) for rank in self.clause.figures if self.is_base(rank)]
        return [mention for mention in found if mention is not None]

    @cached_property
    def taken(self) -> list[PeriodMention]:
        """Those, and what dates the earlier one of two figures: they say nothing of other figures."""
        found = [self.earlier_mention(rank) for rank in self.clause.figures]
        return [*self.compared, *(mention for mention in found if mention is not None)]

    def spoken(self) -> list[PeriodMention]:
        """The periods that the sentence speaks of, less those of its base figures."""
        return [mention for mention in self.times if mention not in self.taken]

    @cached_property
    def asides(self) -> set[str]:
        """The words of periods that date their own figure only: in a bracket, a deadline ("by next summer")."""
        found = set()
        for mention in self.times:
            before = self.between(self.clause.start, mention.start)
            if before.count("(") > before.count(")") or near("deadline").search(before[-12:]):
                found.add(mention.text)
        return found
