"""The sentences of a document that hold figures or periods, and which of their periods can date a figure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.mentions import PeriodMention, Quantity, periods, text_of
from extractor.periods.speaking import is_spoken
from extractor.periods.tenses import Trees
from extractor.periods.words import lexicon
from extractor.tokens import Doc

_MOST = 40
"""Figures of one sentence that are looked at together."""
_RECORD = re.compile(
    r"\b(?:\w{3,}est|most|least|best|worst|record|peak|low|high|first time|first|seen|unseen|better|worse)\b"
    r"(?:\s+[\w-]+){0,4}\s*$",
    re.I,
)
_RECORD_OF = re.compile(r"\b(?:\w{3,}est|most|best|worst)\b(?:\s+[\w-]+){0,3}\s+(?:of|for)\s*$", re.I)


_BULLET = re.compile(r"[-•*–·]\s")
"""Opens an item of a list."""
_GOES_ON = re.compile(r"[^.;:]*\d[^.;:]*,\s+(?:and\s+)?(?:then\s+)?in\s+", re.I)
"""Between two months in which a figure was given."""
_OPEN = frozenset({"so far", "thus far", "to date"})
"""Words that count from no day of their own: "so far four have died"."""
_SINCE_EVENT = re.compile(
    r"\bsince (?!(?:there|it|they|he|she|we|I|you|this|that)\b)(?:(?:the|an?|its|their|his|her) )?"
    r"(?:(?:[\w-]+ ){1,8}?(?:in|on) (?:late |early )?)?$",
    re.I,
)


class Clause(NamedTuple):
    """A sentence with figures: its text and place, its mentions, its figures."""

    text: str
    start: int
    paragraph: int
    mentions: list[PeriodMention]
    figures: list[int]

    @property
    def is_first(self) -> bool:
        """True for the headline, whose present tense tells of what has been."""
        return self.start == 0

    @property
    def is_item(self) -> bool:
        """True for an item of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def is_row(self) -> bool:
        """True for a row of a table: tables/ reads those, and they lend nothing."""
        return self.text.count("|") >= 2 or "\t" in self.text


def clauses(doc: Doc, figures: list[Quantity]) -> Iterator[Clause]:
    """The sentences, with the mentions and figures that stand in them."""
    text, mentions = text_of(doc), periods(doc)
    place = count = paragraph = last = 0
    for sentence in doc.sents:
        start, end = sentence.start_char, sentence.end_char
        between = text[last:start]
        broken = "\n" in between or (start > 0 and not between and "\n" in text[max(0, last - 2) : last])
        paragraph += broken
        last = end
        here, ranks = [], []
        while place < len(mentions) and mentions[place].start < end:
            here.append(mentions[place])
            place += 1
        while count < len(figures) and figures[count].start < end:
            ranks.append(count)
            count += 1
        if here or ranks or text[start:end].endswith(":"):  # "One by one:"
            yield from _portions(Clause(text[start:end], start, paragraph, here, ranks), figures)


def _portions(clause: Clause, figures: list[Quantity]) -> Iterator[Clause]:
    """The sentence; one with very many figures in portions, so that endless lists cost no more than their length."""
    if len(clause.figures) <= _MOST and len(clause.mentions) <= _MOST:
        yield clause
        return
    end = clause.start + len(clause.text)
    cuts = [figures[rank].start for rank in clause.figures[_MOST::_MOST]]
    for first, last in zip([clause.start, *cuts], [*cuts, end], strict=True):
        inside = [mention for mention in clause.mentions if first <= mention.start < last][:_MOST]
        ranks = [rank for rank in clause.figures if first <= figures[rank].start < last]
        yield Clause(clause.text[first - clause.start : last - clause.start], first, clause.paragraph, inside, ranks)


def usable(clause: Clause, trees: Trees, today: str | None) -> list[PeriodMention]:
    """The mentions that can date a figure: no days of speaking, no lengths of records, no births of companies."""
    every = [_since_event(clause, mention, today) for mention in clause.mentions]
    heard = [
        m for m in _less_spoken(clause, every, trees, today) if m.role != "release" and m.text.lower() not in _OPEN
    ]
    mentions = [m for m in heard if not _is_aside(clause, m) and (m.first_day or not m.text.endswith(" later"))]
    plain = [m for m in mentions if not _RECORD_OF.search(clause.text[: m.start - clause.start])]
    return plain if any(m.role == "period" for m in plain) else mentions


def _less_spoken(
    clause: Clause, mentions: list[PeriodMention], trees: Trees, today: str | None
) -> Iterator[PeriodMention]:
    """Less the days and months of speaking, also where they go on: "in May it had promised 14, in August 13.5"."""
    spoken: PeriodMention | None = None
    for mention in mentions:
        goes_on = spoken is not None and _GOES_ON.fullmatch(
            clause.text, spoken.end - clause.start, mention.start - clause.start
        )
        if goes_on or is_spoken(trees, mention, today):
            spoken = mention
        else:
            yield mention


def _since_event(clause: Clause, mention: PeriodMention, today: str | None) -> PeriodMention:
    """From the day of the event to the day of writing: "14,000 cases since the outbreak was declared in October"."""
    before = clause.text[max(0, mention.start - clause.start - 60) : mention.start - clause.start]
    if today is None or not mention.first_day or not _SINCE_EVENT.search(before):
        return mention
    end = (dt.date.fromisoformat(today) + dt.timedelta(days=1)).isoformat()
    if mention.first_day >= end:
        return mention
    return mention._replace(last_day=end, role="period", text=f"since {mention.text}")


def _is_aside(clause: Clause, mention: PeriodMention) -> bool:
    """True for "the lowest since 2009" and ", built in 1983,": they say nothing of when the figure holds."""
    before = clause.text[: mention.start - clause.start]
    return _RECORD.search(before) is not None if is_since(mention) else _origin().search(before) is not None


@cache
def _origin() -> re.Pattern[str]:
    return re.compile(
        rf"[,(]\s*(?:which |who |that )?(?:was |were |is |had been )?(?:first )?"
        rf"(?:{lexicon().cues.origins}|last [a-z]+|first [a-z]+)"
        r"\s+(?:[A-Za-z]+\s+){0,2}(?:in|on|since)\s*$"
        rf"|\b(?:the|an?|its|their)\s+(?:[^\W\d][\w-]*\s+){{1,3}}(?<!s\s)(?:{lexicon().cues.origins})\s+in\s*$",
        re.I,
    )


def is_since(mention: PeriodMention) -> bool:
    """True for "since 2009"."""
    return mention.text[:5].lower() == "since"


def first_line_end(text: str) -> int:
    """Where the headline ends; 0 where there is none."""
    at = text.find("\n")
    return at if at >= 0 else 0
