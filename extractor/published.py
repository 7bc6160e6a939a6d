"""The publication date of an article that does not give it as metadata, read from its own words.

A printed date near the top decides. Otherwise the article's clues choose the month in which it was written, if they
tell its year (`publication_clues.py`); in that month it is the day of a dateline that leaves out the year, or the
middle, moved to the nearest day of the week on which somebody "said on Tuesday".
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.mentions import PeriodMention
from extractor.periods.find import find_periods
from extractor.periods.roles import is_bare_dateline
from extractor.periods.spans import shift_days
from extractor.periods.words import lexicon
from extractor.publication_clues import Written, month_of_writing
from extractor.spoken_periods import YEAR, Spoken, day_in_year, is_day, spoken_periods

_TOP = 700
_OWN_LINE = 2
"""How good a date is that stands in a line of its own: see _dates_of."""
_LABEL = re.compile(
    r"\b(?P<label>(?:first |originally )?(?:published|posted|issued|released|date|dated)"
    r"|(?:last )?(?:updated|modified|revised))\b"
    r"(?:\s+(?:on|at))?\s*[:|–-]?\s*(?:on\s+)?$",
    re.IGNORECASE,
)
_LABELLED = re.compile("published|posted|issued|released|date", re.IGNORECASE)
"""What a line holds that has such a label."""
_PLACE = re.compile(
    r"^(?:[A-Z][A-Z .’'/-]{2,}(?:,\s*[A-Z][\w. ]+)?|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}),?\s*"
    r"(?:\([A-Z][\w&./ -]{1,24}\),?\s*)?[(–—-]?\s*$"
)
"""What stands before the day of a dateline: "NEW DELHI, ", "GUWAHATI, India (AFP) "."""
_AGENCY = re.compile(r"^\s*(?:\([^)]{2,40}\)|/[^/]{2,30}/)\s*[-–—:]")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_STOP = re.compile(r"[.!?](?:\s|$)")
_BYLINE = re.compile(r"[\s,.|·–—-]*(?:by\s+[A-Z]|By\s+(?:our|a|the)\s)")
_AFTER_DATELINE = re.compile(r"^\s*(?:\([^)]{2,40}\)|/[^/]{2,30}/)?\s*(?:[-–—:]|\(|$)")


@lru_cache(maxsize=64)
def infer_published(text: str) -> dt.date | None:
    """The day on which an article was most likely published, or None where nothing tells."""
    printed = printed_date(text)
    if printed is not None or not re.search(r"(?:19|20)\d\d", text):  # all other clues hang on a year
        return printed
    spoken = spoken_periods(text)
    dateline, weekday = _spoken_day(text, spoken) or (_yearless_dateline(text, spoken), _speaking_weekday(spoken))
    written = month_of_writing(spoken, dateline, weekday)
    if written is None:
        return None
    day = None if dateline is None else day_in_year(dateline, written.first.year)
    if day is not None and written.first <= day < written.last:
        return day
    return _day_within(written, weekday, _latest_day(spoken, written))


# -------------------------------------------------------------------------------------------------------- printed dates
def printed_date(text: str) -> dt.date | None:
    """The date of a labelled line, a dateline or a line of its own near the top."""
    ranked: list[tuple[int, int, dt.date]] = []
    for start, line in _lines(text[:_TOP]):
        ranked += [(rank, start, day) for rank, day in _dates_of(line)]
    for start, line in _lines(text[_TOP:]):
        if _LABELLED.search(line):
            ranked += [(rank, _TOP + start, day) for rank, day in _dates_of(line) if rank == 0]
    if not ranked:
        return None
    best = min(ranked)
    if best[0] == _OWN_LINE:  # of several lines that only hold a date, the first is the page's, the last the article's
        return max(entry for entry in ranked if entry[0] == _OWN_LINE)[2]
    return best[2]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if len(line.strip()) > 5:
            yield start, line
        start += len(line) + 1


def _dates_of(line: str) -> Iterator[tuple[int, dt.date]]:
    """Dates that a line prints as its own: 0 labelled as published, 1 dateline, 2 a line of its own, 3 updated."""
    if not YEAR.search(line):
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
    if mention.first_day is None or mention.last_day is None or not YEAR.search(mention.text):
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
    if not before.strip() and _ISO.fullmatch(mention.text) and len(after) <= _LONG and not _STOP.search(after):
        return _OWN_LINE  # "2024-02-01 News from the harbour"
    byline = re.match(r"\s*by\s", before, re.IGNORECASE) is not None
    byline = byline or _BYLINE.match(after) is not None
    if len(rest) <= 12 or (len(rest) <= 60 and (byline or _is_issue(before, after))):
        return _OWN_LINE
    return _OWN_LINE if _LAST_ISSUE.search(before) and not after.strip(" .") else None


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


def _yearless_dateline(text: str, spoken: Sequence[Spoken]) -> PeriodMention | None:
    """The day that a dateline gives without a year: "NEW DELHI, Jan. 25 (Agency) --"."""
    return next((one.mention for one in spoken if one.year is None and _opens_dateline(text, one.mention)), None)


_BRACKETED = re.compile(r"\s*[(,]\s*")


def _spoken_day(text: str, spoken: Sequence[Spoken]) -> tuple[PeriodMention, int] | None:
    """The day of a month with its day of the week: "the ministry announced on Wednesday (Jan 3)"."""
    for one, other in itertools.pairwise(spoken):
        weekday = lexicon().weekdays.get(one.words)
        if weekday is None or one.mention.role != "release" or other.year is not None:
            continue
        if _BRACKETED.fullmatch(text, one.mention.end, other.mention.start) and re.search(r"\d", other.mention.text):
            return other.mention, weekday
    return None


_LONG = 60
"""Characters of a headline behind the date of its line."""


def _opens_dateline(text: str, mention: PeriodMention) -> bool:
    """True for a day of a month that opens a line near the top, after a place at most, and before a dash."""
    start = text.rfind("\n", 0, mention.start) + 1
    before, after = text[start : mention.start], text[mention.end : mention.end + 60].split("\n")[0]
    placed = _PLACE.match(before) if before.strip() else _AGENCY.match(after)
    closed = _AFTER_DATELINE.match(after) or is_bare_dateline(before, after)
    return mention.start < _TOP and bool(placed and re.search(r"\d", mention.text) and closed)


# ------------------------------------------------------------------------------------------------- from interval to day
def _speaking_weekday(spoken: Sequence[Spoken]) -> int | None:
    """The day of the week on which somebody spoke, where only one is named."""
    words = lexicon().weekdays
    days = {words[one.words] for one in spoken if one.mention.role == "release" and one.words in words}
    return days.pop() if len(days) == 1 else None


def _latest_day(spoken: Sequence[Spoken], written: Written) -> dt.date | None:
    """The last day of the month that is told as over: "the ministry said on 17 August"."""
    named = (one for one in spoken if not one.ahead and is_day(one) and not one.is_base)
    days = (_single_day(one.mention) or day_in_year(one.mention, written.first.year) for one in named)
    return max((day for day in days if day is not None and written.first <= day < written.last), default=None)


def _day_within(written: Written, weekday: int | None, told: dt.date | None = None) -> dt.date:
    """The middle of the month, moved to the nearest day of the week on which somebody "said on Tuesday".

    Of a month one day of which is told, the first such day of the week from there.
    """
    if told is not None:
        ahead = 0 if weekday is None else (weekday - told.weekday()) % 7
        return min(shift_days(told, ahead), shift_days(written.last, -1))
    middle = written.first.replace(day=15)
    steps = (0, 1, -1, 2, -2, 3, -3)
    days = [middle + dt.timedelta(days=step) for step in steps]
    return next((day for day in days if weekday is None or day.weekday() == weekday), middle)
