"""The publication date of an article that does not give it as metadata, read from its own words.

A printed date near the top decides; a dateline without a year does where a day of the week tells the year. Otherwise
every clue gives an interval of days on which the article can have been written ("last year" compared with 2022: in
2024; "will … by the end of 2023": before 2024), and what is left is where all of them meet. Clues that exclude each
other mean that one was misread, and then there is no answer; nor is there one where what is left is wider than a
year. Months without a year then choose the month of writing. The answer is the day 15 days after the start of what
remains, or its middle if that comes first, because news follows soon upon what it reports; moved to the nearest day
of the week on which somebody "said on Tuesday".
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.mentions import PeriodMention
from extractor.periods.find import find_periods
from extractor.periods.roles import looks_ahead
from extractor.periods.spans import shift_days, shift_months
from extractor.periods.words import lexicon

_TOP = 700
_MOST = 20
"""Expressions of one sentence that are compared with each other."""
_WIDEST = 370
"""Days: an interval wider than a year tells too little."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CENTURY = re.compile(r"(?:19|20)\d\d")
_LABEL = re.compile(
    r"\b(?P<label>(?:first |originally )?(?:published|posted|issued|released|date|dated)"
    r"|(?:last )?(?:updated|modified|revised))\b"
    r"(?:\s+(?:on|at))?\s*[:|–-]?\s*(?:on\s+)?$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:[A-Z][A-Z .’'/-]{2,}(?:,\s*[A-Z][\w. ]+)?|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}),?\s*[(–—-]?\s*$"
)
_AGENCY = re.compile(r"^\s*(?:\([^)]{2,40}\)|/[^/]{2,30}/)\s*[-–—:]")
_BYLINE = re.compile(r"[\s,.|·–—-]*(?:by\s+[A-Z]|By\s+(?:our|a|the)\s)")
_AFTER_DATELINE = re.compile(r"^\s*(?:\([^)]{2,40}\)|/[^/]{2,30}/)?\s*(?:[-–—:]|\(|$)")


_PLANNED = re.compile(
    r"\b(?:would|promis\w+|forecasts?|outlook|pledg\w+|targets?|budget\w*|guidance|predict\w*|could|may|might|should|project(?:s|ed|ions?)|sees)\b"
    r"|\b[Ff]or\s+$",
    re.IGNORECASE,
)
"""Words before a year that may still lie ahead: it says nothing of what is over."""


class Clue(NamedTuple):
    """The article was written on or after `first` and before `last`; None where the clue does not say."""

    first: dt.date | None
    last: dt.date | None
    why: str


class _Spoken(NamedTuple):
    """A period expression with its sentence."""

    mention: PeriodMention
    words: str
    sentence: int
    ahead: bool
    before: str
    year: int | None


@lru_cache(maxsize=64)
def infer_published(text: str) -> dt.date | None:
    """The day on which an article was most likely published, or None where nothing tells."""
    printed = printed_date(text)
    if printed is not None:
        return printed
    if not _CENTURY.search(text):
        return None  # all other clues hang on a year
    spoken = _spoken(text)
    weekday = _speaking_weekday(spoken)
    day = _yearless_dateline(text, spoken, weekday) or _spoken_day(text, spoken)
    if day is not None:
        return day
    interval = _interval(spoken)
    return None if interval is None else _representative(*interval, weekday)


# -------------------------------------------------------------------------------------------------------- printed dates
def printed_date(text: str) -> dt.date | None:
    """The date of a labelled line, a dateline or a line of its own near the top."""
    ranked: list[tuple[int, int, dt.date]] = []
    for start, line in _lines(text[:_TOP]):
        ranked += [(rank, start, day) for rank, day in _dates_of(line)]
    for start, line in _lines(text[_TOP:]):
        ranked += [(rank, _TOP + start, day) for rank, day in _dates_of(line) if rank == 0]
    return min(ranked)[2] if ranked else None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if len(line.strip()) > 5:
            yield start, line
        start += len(line) + 1


def _dates_of(line: str) -> Iterator[tuple[int, dt.date]]:
    """Dates that a line prints as its own: 0 labelled as published, 1 dateline, 2 a line of its own, 3 updated."""
    if not _YEAR.search(line):
        return
    line = line.strip("*_#> \t")  # emphasis of Markdown pages
    for mention in find_periods(line[:200]):
        day = _single_day(mention)
        if day is not None and (rank := _rank(line, mention)) is not None:
            yield rank, day
    if (numeric := re.search(r"\b\d{1,2}[./]\d{1,2}[./]20\d\d\b", line)) and (
        label := _LABEL.search(line[: numeric.start()])
    ):
        parsed = _parse_numeric(numeric[0])
        if parsed is not None:
            yield _label_rank(label), parsed


def _single_day(mention: PeriodMention) -> dt.date | None:
    if mention.first_day is None or mention.last_day is None or not _YEAR.search(mention.text):
        return None
    first = dt.date.fromisoformat(mention.first_day)
    return first if shift_days(first, 1).isoformat() == mention.last_day else None


def _rank(line: str, mention: PeriodMention) -> int | None:
    before, after = line[: mention.start], line[mention.end :]
    if label := _LABEL.search(before):
        return _label_rank(label)
    opens = _PLACE.match(before.lstrip()) if before.strip() else _AGENCY.match(after)
    if opens and _AFTER_DATELINE.match(after):
        return 1
    rest = re.sub(
        r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?|\b(?:[ap]\.?m|GMT|UTC|EST|EDT|ET|CET|BST|IST|PST|PDT)\b\.?|[^A-Za-z]",
        "",
        before + after,
    )
    byline = re.match(r"\s*by\s", before, re.IGNORECASE) is not None
    byline = byline or _BYLINE.match(after) is not None
    if len(rest) <= 12 or (len(rest) <= 60 and (byline or _is_issue(before, after))):
        return 2
    return 2 if _LAST_ISSUE.search(before) and not after.strip(" .") else None


_NUMBERED = re.compile(r"\b(?:no|nr|vol|volume|issue|edition|number|release|bulletin)\.? ?\d", re.IGNORECASE)


_LAST_ISSUE = re.compile(
    r"(?:^|[.!?|·–—-]\s+)(?:issue|number|no\.?|nr\.?|volume|vol\.?|edition|bulletin) ?#?\d[\w./-]*\s*[,:|·–—-]\s*$",
    re.IGNORECASE,
)
"""What stands before the date of an issue at the end of a longer line: "…, the weekly for growers. Issue 61, "."""


def _is_issue(before: str, after: str) -> bool:
    """True for the line that names the paper and its issue: "Harbour Letter no. 51/2023, 26 December 2023"."""
    named = all(word[0].isupper() for word in re.findall(r"[A-Za-z]{3,}", before)) and before.count(" ") > 1
    parted = before.rstrip()[-1:] in (",", "|", "-", "–", "—", "·")
    return not after.strip() and parted and (named or _NUMBERED.search(before) is not None)


def _label_rank(label: re.Match[str]) -> int:
    return 3 if re.search(r"updated|modified|revised", label["label"], re.IGNORECASE) else 0


def _parse_numeric(words: str) -> dt.date | None:
    """A date in figures, which dateparser reads; None where day and month could be exchanged."""
    first, second = (int(part) for part in re.split(r"[./]", words)[:2])
    if first <= 12 and second <= 12 and first != second:
        return None
    import dateparser

    found = dateparser.parse(words, languages=["en"], settings={"DATE_ORDER": "MDY" if second > 12 else "DMY"})
    return found.date() if found else None


def _yearless_dateline(text: str, spoken: list[_Spoken], weekday: int | None) -> dt.date | None:
    """ "NEW DELHI, Jan. 25 (Agency) --": the year in which that day fits what the article reports as over.

    Of the last year spoken of as over and the two that follow, those stay whose day is not before what is over, and,
    where somebody "said on Thursday", falls on that day of the week or the next one; one must be left, the day itself
    before the next.
    """
    line = next((one for one in spoken if one.year is None and _opens_dateline(text, one.mention)), None)
    latest = max((one.year or 0 for one in spoken if one.year is not None and not one.ahead), default=0)
    if line is None or not latest:
        return None
    bounds = [clue.first for one in spoken if one.year is not None for clue in _explicit(one) if clue.first]
    fitting: list[tuple[int, dt.date]] = []
    for year in range(latest, latest + 3):
        found = find_periods(line.mention.text, dt.date(year, 12, 31))
        day = _day(found[0].first_day) if found else dt.date.min
        late = 0 if weekday is None else (day.weekday() - weekday) % 7
        if late <= 1 and all(day >= bound for bound in bounds):
            fitting.append((late, day))
    closest = [day for late, day in fitting if late == min(fitting)[0]]
    return closest[0] if len(closest) == 1 and weekday is not None else None


_BRACKETED = re.compile(r"\s*[(,]\s*")


def _spoken_day(text: str, spoken: list[_Spoken]) -> dt.date | None:
    """ "The ministry announced on Wednesday (Jan 3)": the one year soon after what is over in which that day fits."""
    days = lexicon().weekdays
    latest = max((one.year or 0 for one in spoken if one.year is not None and not one.ahead), default=0)
    for one, other in itertools.pairwise(spoken):
        weekday = days.get(one.words)
        pair = _BRACKETED.fullmatch(text, one.mention.end, other.mention.start)
        if weekday is None or not pair or one.mention.role != "release" or other.year is not None or not latest:
            continue
        found = [
            mention
            for year in range(latest, latest + 3)
            for mention in find_periods(other.mention.text, dt.date(year, 12, 31))
        ]
        fitting = [day for day in map(_fixed, found) if day is not None and day.weekday() == weekday]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _fixed(mention: PeriodMention) -> dt.date | None:
    """The day that a mention with a month and a day means."""
    if not re.search(r"[A-Za-z]{3}", mention.text) or mention.first_day is None or mention.last_day is None:
        return None
    first = _day(mention.first_day)
    return first if shift_days(first, 1).isoformat() == mention.last_day else None


def _opens_dateline(text: str, mention: PeriodMention) -> bool:
    """True for a day of a month that opens a line near the top, after a place at most, and before a dash."""
    start = text.rfind("\n", 0, mention.start) + 1
    before, after = text[start : mention.start], text[mention.end : mention.end + 60].split("\n")[0]
    placed = _PLACE.match(before) if before.strip() else _AGENCY.match(after)
    return mention.start < _TOP and bool(placed and re.search(r"\d", mention.text) and _AFTER_DATELINE.match(after))


# --------------------------------------------------------------------------------------------------------------- clues
def publication_interval(text: str) -> tuple[dt.date, dt.date] | None:
    """Half-open days between which the article was written, by all its clues; None where they do not bound it."""
    return _interval(_spoken(text))


def _interval(spoken: list[_Spoken]) -> tuple[dt.date, dt.date] | None:
    clues = list(_year_clues(spoken))
    first = max((clue.first for clue in clues if clue.first is not None), default=None)
    last = min((clue.last for clue in clues if clue.last is not None), default=None)
    if first is not None and last is not None and first >= last:
        return None  # some clue was misread; nothing tells which
    if first is None or last is None or (last - first).days > _WIDEST:
        return None
    for clue in (*_release_clues(spoken), *_month_of_writing(spoken, first, last)):
        first, last = _meet(first or dt.date.min, last or dt.date.max, clue)
    first = first or dt.date.min
    return _meet(first, last, Clue(None, shift_days(first, 31), "news follows what it reports"))  # type: ignore[return-value]


def _meet(first: dt.date | None, last: dt.date | None, clue: Clue) -> tuple[dt.date | None, dt.date | None]:
    """The intersection with a clue's interval; unchanged where they exclude each other."""
    starts = [day for day in (first, clue.first) if day is not None]
    ends = [day for day in (last, clue.last) if day is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    return (first, last) if start is not None and end is not None and start >= end else (start, end)


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(r"[.!?]['\"”’)]*\s+(?=['\"“‘(]?[A-Z0-9])|\n+")


def _spoken(text: str) -> list[_Spoken]:
    """The period expressions of a text, each with its sentence, and whether it lies ahead."""
    ends = [stop.end() for stop in _stops().finditer(text)]
    found, sentence, start = [], 0, 0
    for mention in find_periods(text):
        while sentence < len(ends) and ends[sentence] <= mention.start:
            start = ends[sentence]
            sentence += 1
        before = text[max(start, mention.start - 300) : mention.start]
        planned = looks_ahead(before) or bool(_PLANNED.search(before))
        years = _YEAR.findall(mention.text)
        year = int(years[-1]) if years and mention.first_day else None
        found.append(_Spoken(mention, mention.text.lower(), sentence, planned, before, year))
    return found


def _day(written: str | None) -> dt.date:
    return dt.date.fromisoformat(written or "0001-01-01")


def _in_year(year: int, why: str) -> Clue:
    return Clue(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), why)


def _year_clues(spoken: list[_Spoken]) -> Iterator[Clue]:
    """What the expressions with a year say, and how those without are tied to them."""
    for one in spoken:
        if one.year is not None:
            yield from _explicit(one)
    yield from _same_part(spoken)
    for group in _sentences(spoken):
        yield from _compared(group)
    yield from _whole_year(spoken)


def _explicit(one: _Spoken) -> Iterator[Clue]:
    first, last = _day(one.mention.first_day), _day(one.mention.last_day)
    if one.ahead and not looks_ahead(one.before):
        return
    if one.ahead and one.mention.role != "base":
        yield Clue(None, last, f"{one.words} lies ahead")
    elif one.mention.last_day is None or (last - first).days > 360:
        yield Clue(first, None, f"{one.words} has begun")
    else:
        yield Clue(last if (last - first).days > 1 else first, None, f"{one.words} is over")


def _sentences(spoken: list[_Spoken]) -> Iterator[list[_Spoken]]:
    group: list[_Spoken] = []
    for one in spoken:
        if group and (group[-1].sentence != one.sentence or len(group) >= _MOST):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


_LAST_YEAR, _THIS_YEAR = re.compile(r"\blast year\b"), re.compile(r"\bthis year\b|\bcurrent year\b")


def _same_part(spoken: list[_Spoken]) -> Iterator[Clue]:
    """ "The first 11 months of last year" beside "the first 11 months of 2023"."""
    named = {_part(one.words): one.year for one in spoken if one.year is not None and _part(one.words)}
    for one in spoken:
        for pattern, later in ((_LAST_YEAR, 1), (_THIS_YEAR, 0)):
            year = named.get(_part(one.words)) if pattern.search(one.words) else None
            if year is not None:
                yield _in_year(year + later, f"{one.words} is that of {year}")


def _part(words: str) -> str:
    """What is left of an expression without its year."""
    bare = re.sub(r"\b(?:19|20)\d\d\b|\b(?:last|this|current) year\b|\b(?:of|in|the)\b|[,'’]", " ", words)
    return " ".join(bare.split())


def _compared(group: list[_Spoken]) -> Iterator[Clue]:
    """Years of one sentence that are compared with each other."""
    bases = [one for one in group if one.mention.role == "base"]
    times = [one for one in group if one.mention.role == "period"]
    for base in bases:
        for time in times:
            if base.year is not None and _LAST_YEAR.search(time.words):
                yield _in_year(base.year + 2, f"{time.words} is compared with {base.words}")
            if base.year is not None and _THIS_YEAR.search(time.words):
                yield _in_year(base.year + 1, f"{time.words} is compared with {base.words}")
            if time.year is not None and _LAST_YEAR.search(base.words) and not time.ahead:
                yield _in_year(time.year, f"{time.words} is compared with {base.words}")
    ahead = [one for one in times if one.year is not None and one.ahead]
    if ahead and any(_LAST_YEAR.search(one.words) for one in group) and not bases:
        yield _in_year(min(one.year or 0 for one in ahead), "a forecast beside last year's figure")


def _whole_year(spoken: list[_Spoken]) -> Iterator[Clue]:
    """ "Last year" in an article that compares all of 2023 with 2022 as over."""
    if not any(_LAST_YEAR.search(one.words) for one in spoken):
        return
    latest = max((one.year or 0 for one in spoken if one.year is not None and not one.ahead), default=0)
    for group in _sentences(spoken):
        whole = any(_is_whole(one) and one.year == latest and one.mention.role == "period" for one in group)
        if whole and any(one.year == latest - 1 and one.mention.role == "base" for one in group):
            yield _in_year(latest + 1, f"last year, and {latest} against {latest - 1}")
            return


def _is_whole(one: _Spoken) -> bool:
    first, last = _day(one.mention.first_day), _day(one.mention.last_day)
    return one.mention.last_day is not None and 360 < (last - first).days < 370


def _release_clues(spoken: list[_Spoken]) -> Iterator[Clue]:
    """ "Data from last month showed … for the first 11 months of 2023": they came out in December or later."""
    for group in _sentences(spoken):
        if not any(re.fullmatch(r"(?:the )?(?:last|past|previous) month", one.words) for one in group):
            continue
        for one in group:
            if one.year is not None and one.mention.last_day and one.mention.role == "period" and not _is_whole(one):
                shown = shift_months(_day(one.mention.last_day).replace(day=1), 1)
                yield Clue(shown, None, "data that came out last month")


def _month_of_writing(spoken: list[_Spoken], first: dt.date, last: dt.date) -> Iterator[Clue]:
    """The month that lies soonest after the months spoken of as over, and soonest before those ahead.

    Months without a year lie within a year of the day of writing, so each candidate costs the distance, in months and
    round the calendar, to every one of them; the cheapest wins, the earliest of equals.
    """
    over, ahead, named = _bare_months(spoken)
    if not (over or ahead or named):
        return
    best: tuple[int, dt.date] | None = None
    month = first.replace(day=1)
    while month < last:
        cost = sum((month.month - one - 1) % 12 + 1 for one in over) + sum((one - month.month) % 12 for one in ahead)
        cost += sum(24 * ((month.month - one) % 12 != 1) for one in named)
        if best is None or cost < best[0]:
            best = cost, month
        month = shift_months(month, 1)
    if best is not None:
        yield Clue(best[1], shift_months(best[1], 1), "soonest after what is over")


def _bare_months(spoken: list[_Spoken]) -> tuple[list[int], list[int], list[int]]:
    """Months without a year: last months of what is over, months that lie ahead, and what "last month" was."""
    over: list[int] = []
    ahead: list[int] = []
    named: list[int] = []
    for group in _sentences(spoken):
        pointed = any(one.words in ("last month", "the last month") for one in group)
        for one in group:
            twin = re.match(r"([a-z]{3,9})\.? (?:of )?last year$", one.words)
            if twin and pointed and (month := _month(twin[1])):
                named.append(month)
            elif one.year is None and (month := _end_month(one)) is not None:
                (ahead if one.ahead else over).append(month)
    return over, ahead, named


_POINTING = re.compile(r"\b(?:last|next|that|previous|past|same|following)\b|\bago\b|\bearlier\b|\bperiod\b")


def _end_month(one: _Spoken) -> int | None:
    """The calendar month in which an expression without a year ends; None where it names none."""
    if one.mention.role != "period" or _YEAR.search(one.words) or _POINTING.search(one.words):
        return None
    resolved = find_periods(one.mention.text, dt.date(2001, 12, 31))
    if not resolved or resolved[0].last_day is None or resolved[0].first_day is None:
        return None
    days = (_day(resolved[0].last_day) - _day(resolved[0].first_day)).days
    named = any(_month(word) for word in re.findall(r"[a-z]+", one.words)) or bool(_PART.search(one.words))
    return shift_days(_day(resolved[0].last_day), -1).month if named and days < 350 else None


_PART = re.compile(r"\b(?:quarter|half|months|q[1-4]|h[12])\b")


def _month(word: str) -> int | None:
    words = lexicon()
    return words.months.get(word, words.month_abbreviations.get(word))


# ------------------------------------------------------------------------------------------------- from interval to day
def _speaking_weekday(spoken: list[_Spoken]) -> int | None:
    """The day of the week on which somebody spoke, where only one is named."""
    words = lexicon().weekdays
    days = {words[one.words] for one in spoken if one.mention.role == "release" and one.words in words}
    return days.pop() if len(days) == 1 else None


def _representative(first: dt.date, last: dt.date, weekday: int | None) -> dt.date:
    """One day for an interval: see the head of this page."""
    day = shift_days(first, min((last - first).days // 2, 15))
    if weekday is None:
        return day
    near = sorted((shift_days(day, step) for step in range(-3, 4)), key=lambda other: abs((other - day).days))
    return next((other for other in near if other.weekday() == weekday and first <= other < last), day)
