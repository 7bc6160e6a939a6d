"""Every period expression of a text, resolved in the order of the text to the days that it means."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from extractor.mentions import PeriodMention
from extractor.periods.acceptance import PARTS
from extractor.periods.antecedents import Antecedents
from extractor.periods.context import Context
from extractor.periods.expressions import Found, expressions_of
from extractor.periods.fiscal import fiscal_year
from extractor.periods.resolve import resolve
from extractor.periods.roles import looks_ahead, role_of
from extractor.periods.spans import UNKNOWN, Span, iso, shift_days
from extractor.periods.together import Together, compare_over, coordinate_bases, settle_together
from extractor.periods.words import lexicon

_WAS = re.compile(r",?[^.;:]{0,60}?\b(?:was|were|rose|fell|grew|saw|sold|\w{3,}ed)\b")
_BEFORE_THEN = re.compile(r"\b(?:before|until|prior to|up to) (?:then|that)\b", re.IGNORECASE)
_LEANING = frozenset({"ago", "same", "year_before", "on_basis", "period"})
"""Rules whose meaning hangs on another period."""
_MOST = 40
"""Expressions of a sentence that are looked at together: endless lists must not cost the square of their length."""
_NOUN = re.compile(r"\s[a-z]{3,}\b(?<!year)(?<!season)")
_YEARLESS = re.compile(r"b?-?M|Mt?[DOdo]|t?[DOdo]f?M")
"""A month or a day of one, in the grammar's letters."""
_FROM = re.compile(r"\bfrom\s*$", re.IGNORECASE)
_OVER = re.compile(r"\b(?:had|has|have|was|were|rose|fell|grew|\w{3,}ed)\b", re.IGNORECASE)
_END = re.compile(r"^(?:the\s+)?(?:end|close)\b", re.IGNORECASE)


class _Page(NamedTuple):
    """What a text is read with; see find_periods."""

    text: str
    reference: dt.date | None
    about: str
    at: int


def find_periods(
    text: str, reference: dt.date | None = None, *, context: str = "", about: str = "", at: int = 0
) -> list[PeriodMention]:
    """The period expressions of a text, in order, with the days that they mean.

    `reference` is the day of writing; without it, expressions that point from it keep open ends. `context` is text
    that goes before; it gives antecedents and is not reported. `about` is the text to which it belongs, at `at`: that
    tells whose fiscal or marketing year "2023/24" is in a table's head.
    """
    if context:
        offset = len(context) + 1
        every = find_periods(f"{context} {text}", reference)
        return [
            mention._replace(start=mention.start - offset, end=mention.end - offset)
            for mention in every
            if mention.start >= offset
        ]
    page, spoken = _Page(text, reference, about, at), Antecedents()
    mentions: list[PeriodMention] = []
    sentence: list[Found] = []
    for found in expressions_of(text):
        if sentence and (found.new_sentence or len(sentence) >= _MOST):
            mentions += _Sentence(page, sentence, spoken).mentions()
            sentence = []
        if found.new_paragraph:
            spoken.start_paragraph()
        sentence.append(found)
    return mentions + _Sentence(page, sentence, spoken).mentions()


class _Sentence:
    """The expressions of one sentence, and what has been found out of each so far, by its place among them."""

    def __init__(self, page: _Page, expressions: list[Found], spoken: Antecedents) -> None:
        self.page, self.expressions, self.spoken = page, expressions, spoken
        self.done: dict[int, PeriodMention] = {}
        self.spans: dict[int, Span] = {}

    def mentions(self) -> list[PeriodMention]:
        """The mentions: those that stand by themselves are settled first, then those that lean on another."""
        for rank, found in enumerate(self.expressions):
            if found.rule not in _LEANING:
                self._settle(rank, UNKNOWN)
        compare_over(self.expressions, self.done)
        coordinate_bases(self.page.text, self.expressions, self.done)
        for rank, found in enumerate(self.expressions):
            if found.rule in _LEANING:
                near = self._companion(rank)
                if found.rule == "same" and near.start is None and rank and self.spans[rank - 1].start:
                    near = self.spans[rank - 1]  # "from 3,120 in the first half of 2023 to 4,480 in the same period …"
                self._settle(rank, near)
        last = self.spoken.last if self.page.reference is not None else UNKNOWN
        settle_together(Together(self.page.text, self.expressions, self.done, self.spans, last))
        self._remember()
        return [self.done[rank] for rank in sorted(self.done)]

    def _remember(self) -> None:
        for rank in sorted(self.spans):
            span, found = self.spans[rank], self.expressions[rank]
            self.spoken.day = span if span.unit == "day" and span.start else self.spoken.day
            if self.done[rank].role == "period" and not _is_passing(found):
                self.spoken.keep(span, found)

    def _companion(self, rank: int, *, before: bool = False) -> Span:
        """The nearest period of the same sentence, one that stands before if there is one; or only such a one."""
        usable = [other for other in sorted(self.done) if self.done[other].role == "period" and self.spans[other].start]
        earlier = [other for other in usable if other < rank]
        later = [] if before else usable[:1]
        return next((self.spans[other] for other in (*earlier[-1:], *later)), UNKNOWN)

    def _settle(self, rank: int, companion: Span) -> None:
        """Resolves one expression and writes its mention and span."""
        found, page = self.expressions[rank], self.page
        expression = page.text[found.start : found.end]
        heard = found.rule == "day" and _role(found, "day", expression) == "release"
        span = resolve(found.rule, found.bag, self._context(rank, companion, heard=heard))
        year = found.bag.get("Yy")
        if isinstance(year, int):
            self.spoken.year = year
        heard = heard or (found.rule == "counted" and span.start is None)
        role = "release" if heard else _role(found, span.unit, expression)
        self.spans[rank] = span
        self.done[rank] = PeriodMention(found.start, found.end, iso(span.start), iso(span.end), role, expression)

    def _context(self, rank: int, companion: Span, *, heard: bool) -> Context:
        """What an expression may lean on; `heard` is one that only says when somebody spoke."""
        found, spoken, reference = self.expressions[rank], self.spoken, self.page.reference
        lean = companion if companion.start else self._companion(rank, before=True)
        bag = found.bag
        budget = bag.has("LCX") and any(one.unit == "fiscal year" for one in self.spans.values())
        named = budget or bag.has("%S$")
        coming = looks_ahead(found.before, found.after) or _begins(found, reference)
        return Context(
            reference=reference,
            antecedent=spoken.of_size(found, lean if lean.start else spoken.last, beside=lean.start is not None),
            beside=lean,
            part=_part(found) if found.rule == "ordinal" else "",
            near=lean if lean.start else spoken.near,
            told_over=not found.before.strip() and _WAS.match(found.after) is not None,
            lasting=spoken.lasting(found),
            year=spoken.year,
            ahead=not bag.has("YyIJB") and not heard and coming,
            told=self._told_year(rank),
            before_then=found.rule == "trailing" and bool(_BEFORE_THEN.search(found.before)),
            fiscal=self._fiscal(found, named=named),
            budget=budget,
        )

    def _fiscal(self, found: Found, *, named: bool) -> tuple[int, str] | None:
        """The year that the text has told of, named as those are named whose it is; else theirs."""
        told, own = self.spoken.company_year(self.page.text, found.bag), self._fiscal_year(found) if named else None
        return own if told is None or (own is not None and own[0] == told[0]) else told

    def _fiscal_year(self, found: Found) -> tuple[int, str] | None:
        page = self.page
        own = fiscal_year(page.text, found.start, found.end, found.bag, found.before, found.after)
        return own or (fiscal_year(page.about, page.at, page.at, found.bag, "", "") if page.about else None)

    def _told_year(self, rank: int) -> int | None:
        """The past year that the sentence tells of: "In 2017 the first count was 16; it had reached 55 by November"."""
        found, reference = self.expressions[rank], self.page.reference
        if reference is None or not _YEARLESS.fullmatch(found.bag.letters):
            return None
        opening = found.start - len(found.before) + 12  # "In 2017 …", at the head of the sentence
        years = (self.spans[other] for other in self.done if other < rank and self.done[other].start <= opening)
        start = next((span.start for span in years if span.unit == "year"), None)
        return start.year if start is not None and start.year < reference.year else None


@cache
def _peaked() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{lexicon().cues.peaks})\s+(?:(?:set|reached|hit|seen|recorded)\s+)?(?:in|of|on|from)\s+$",
        re.IGNORECASE,
    )


def _is_passing(found: Found) -> bool:
    """True for what the text only glances at: after "a year earlier it had lost 4", "the quarter" is the one before."""
    if found.rule == "ago":
        return found.bag.get("G") != "later"
    if found.rule == "since" and found.bag.has("Y"):
        return True  # "the weakest June since 1996"
    if _peaked().search(found.before):
        return True  # "900 below its peak in May 2025"
    if found.bag.letters == "tS" and _NOUN.match(found.after):
        return True  # "ordered in the 2021-2022 boom"
    return found.rule in ("trailing", "on_basis", "run_up", "year_before") or "one" in found.bag.values


def _begins(found: Found, reference: dt.date | None) -> bool:
    """True for a month soon to come from which something holds: "face a bill of £1,842 from April"."""
    month = found.bag.get("M")
    if reference is None or found.bag.letters != "M" or not isinstance(month, int):
        return False
    soon = 0 < (month - reference.month) % 12 <= 4
    return soon and bool(_FROM.search(found.before)) and not _OVER.search(found.before)


def _part(found: Found) -> str:
    """`quarter` or `half`, whichever the sentence has spoken of last."""
    named = [hit["part"] or "half" for hit in PARTS.finditer(found.before)]
    return named[-1].lower() if named else ""


def _role(found: Found, unit: str, expression: str) -> str:
    return role_of(found.rule, unit, expression, found.before, found.after, gap=found.gap)


def as_day(mention: PeriodMention) -> PeriodMention:
    """The last day of what "the end of 2023" names, for a stock; a flow keeps the whole period."""
    if mention.last_day is None or not _END.search(mention.text):
        return mention
    last = shift_days(dt.date.fromisoformat(mention.last_day), -1)
    return mention._replace(first_day=last.isoformat())
