"""The dates that a page prints of itself: behind "Published", in a dateline, in a line of their own.

A page prints many dates; what stands around one says whether it is the page's own. Names of months decide their order
themselves; of "05/03/2019" both readings are given where neither its line nor a month that cannot be decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from extractor.periods.words import lexicon
from extractor.publication.words import PrintedWords, publication_pack

TOP = 700
"""Characters from the head of a text in which its dateline and its own lines stand."""
_LONGEST = 300
_ENOUGH = re.compile(r"\d\d")
_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<y>(?:19|20)\d\d)(?P<by>[-/.])(?P<m>[01]?\d)(?P=by)(?P<d>[0-3]?\d)(?!\d)"
    r"|(?P<one>[0-3]?\d)(?P<sign>[-/.])(?P<two>[0-3]?\d)(?P=sign)(?P<late>(?:19|20)?\d\d))(?![\d%]|[-/.]\d)"
)
_PLACE_NAME = re.compile(
    r"^\(?(?:[A-Z][A-Z .’'/-]{2,}(?:,\s*[A-Z][\w. ]+)?|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}),?…?\s*"
    r"(?:\([A-Z][\w&./ -]{1,24}\),?\s*)?[(–—-]?\s*$"
)
"""What stands before the day of a dateline: "NEW DELHI, ", "GUWAHATI, India (AFP) ", "Lisbon (", "Harbour News…"."""
_AGENCY = re.compile(r"^\s*(?:\([^)]{2,40}\)|/[^/]{2,30}/)\s*[-–—:]")
_AFTER_DATELINE = re.compile(
    r"^\)?\s*(?:/[^/]{2,30}/\s|(?:\([^)]{2,40}\)|/[^/]{2,30}/)?\s*(?:[-–—:]|\(|$))|^\)\s+[A-Z]"
)
_SENTENCES = re.compile(r"[.!?]\s+")
_SHORT = 100
_BYLINE = re.compile(r"[\s,.|·–—-]*(?:[Bb]y\s+[A-Z]|By\s+(?:our|a|the)\s)")
_NAMES = re.compile(r"[\s,]*(?:[A-Z][\w.’'-]*[\s,]*){1,4}")
_PARTED = "|·•–—-/)"
_LEFT_OPEN = re.compile(r"^$|[|·•–—/-]\s*$|\($")
_RIGHT_OPEN = re.compile(r"^$|^\s*(?:[|·•]|[–—/-]\s|\)?\s*$)")
_STOP = re.compile(r"[.!?](?:\s|$)")
_ALL = re.compile(r"[^A-Za-z]")
_IN_ADDRESS = re.compile(
    r"/(?P<y>20[0-3]\d)[/-]?(?P<m>[01]\d|(?<=[/-])[1-9](?=[/-])|(?P<w>[a-z]{3}))[/-]?(?P<d>[0-3]\d|(?<=[/-])[1-9])(?=[/_.-])"
)
"""One digit is a month or a day only between marks: in "/201912/1173456.html" no day is named."""


class Place(IntEnum):
    """Where a printed date stands, the best first."""

    LABELLED = 0
    DATELINE = 1
    OWN_LINE = 2
    CHANGED = 3
    PICTURED = 4
    FURTHER_DOWN = 5


class Printed(NamedTuple):
    """A date that a page gives as its own."""

    place: Place
    start: int
    day: dt.date
    other: dt.date | None = None
    """What it is if the month stands first, where that is possible too."""


def _words() -> PrintedWords:
    return publication_pack().printed


# ----------------------------------------------------------------------------------------------- what a date looks like
class _Date(NamedTuple):
    """A date in a line, with the offsets of its words."""

    start: int
    end: int
    day: dt.date
    other: dt.date | None
    is_iso: bool


@cache
def _months() -> dict[str, int]:
    return lexicon().months | lexicon().month_abbreviations


@cache
def _written() -> re.Pattern[str]:
    """The pattern of "Tuesday, March 5th, 2019", "5-Mar-2019", "05 Mar'19", also where a page lost the space before or
    behind.
    """
    words = lexicon()
    month = rf"(?i:{'|'.join(sorted(_months(), key=len, reverse=True))})(?![a-z])\.?"
    weekday = rf"(?:(?i:{'|'.join([*words.weekdays, *words.weekday_abbreviations])})(?![a-z])\.?,?\s+(?:the\s+)?)?"
    number = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th|ST|ND|RD|TH)?"
    year = r"(?P<{}>(?:19|20)\d\d)(?!\d(?!\d?:\d\d))"
    day_first = (
        rf"{number.format('d1')}[\s-]*(?:of\s+)?(?P<m1>{month})(?:[\s,.-]*{year.format('y1')}|\s?['’](?P<s1>\d\d)\b)"
    )
    month_first = rf"(?P<m2>{month})[\s-]*{number.format('d2')}(?:\s*[,/.]\s*|\s+|-){year.format('y2')}"
    return re.compile(rf"(?:(?<![A-Za-z\d])|(?<=[a-z])(?=[A-Z])){weekday}(?:{day_first}|{month_first})")


def _dates_of(line: str) -> Iterator[_Date]:
    for hit in _written().finditer(line):
        found = hit.groupdict()
        number, month = found["d1"] or found["d2"], _months()[(found["m1"] or found["m2"]).rstrip(".").lower()]
        year = found["y1"] or found["y2"] or f"20{found['s1']}"
        if (day := _day(int(year), month, int(number))) is not None:
            yield _Date(hit.start(), hit.end(), day, None, is_iso=False)
    for hit in _NUMERIC.finditer(line):
        yield from _numeric(hit, line)


def _numeric(hit: re.Match[str], line: str) -> Iterator[_Date]:
    """A date in figures: the year first, else day and month in the order that is possible, else in both."""
    if hit["y"]:
        day = _day(int(hit["y"]), int(hit["m"]), int(hit["d"]))
        if day is not None:
            yield _Date(hit.start(), hit.end(), day, None, is_iso=True)
        return
    year = int(hit["late"]) if len(hit["late"]) > 2 else 2000 + int(hit["late"])
    day_first = _day(year, int(hit["two"]), int(hit["one"]))
    month_first = None if hit["sign"] == "." else _day(year, int(hit["one"]), int(hit["two"]))
    if _is_month_first(line):
        day_first, month_first = month_first or day_first, None
    day = day_first or month_first
    if day is not None:
        yield _Date(hit.start(), hit.end(), day, month_first if month_first != day else None, is_iso=False)


@cache
def _month_first() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words().month_first})\b")


def _is_month_first(line: str) -> bool:
    """True beside a time zone of the United States."""
    return _month_first().search(line) is not None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


# ----------------------------------------------------------------------------------------------------- whose date it is
def printed_date(text: str) -> Printed | None:
    """The date that a page prints as its own; None where it prints none."""
    top = _lines(text[:TOP])
    found = [Printed(place, start, day, other) for start, line in top for place, day, other in _of_line(line)]
    found += list(_further_down(text))
    if not found:
        return None
    best = min(found)
    if best.place is Place.OWN_LINE:  # of several such lines, the first is the page's, the last the article's
        return max(each for each in found if each.place is Place.OWN_LINE)
    if best.place is Place.FURTHER_DOWN and len({each.day for each in found}) > 1:
        return None  # a chronicle, or a list of other articles
    return best


def _further_down(text: str) -> Iterator[Printed]:
    """The labelled lines below the top, and those that hold nothing but a date."""
    below = text.find("\n", TOP - 1) + 1  # the rest of a line that the top cuts is none
    for start, line in _lines(text[below:] if below else ""):
        if len(line) > _LONGEST // 2:
            continue
        for place, day, other in _of_line(line):
            if place is Place.LABELLED:
                yield Printed(place, below + start, day, other)
            elif place in (Place.OWN_LINE, Place.CHANGED):
                yield Printed(Place.FURTHER_DOWN, below + start, day, other)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if len(line) > 5 and _ENOUGH.search(line, 0, _LONGEST):
            yield start, line[:_LONGEST]
        start += len(line) + 1


_Placed = tuple[Place, dt.date, dt.date | None]


def _of_line(line: str) -> Iterator[_Placed]:
    """The dates of a line that are its page's, with their places."""
    line = line.strip("*_#> \t•·|–—-")  # emphasis and bullets of Markdown pages
    if _is_of_picture(line):
        return
    for date in _dates_of(line):
        place = _place(line, date)
        if place is not None:
            yield place, date.day, date.other


@cache
def _pictures() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_words().pictures})", re.IGNORECASE)


def _is_of_picture(line: str) -> bool:
    """True for the line of a picture, which may be from years ago: "File photo: the harbour on 2 March 2017"."""
    return _pictures().search(line) is not None


@cache
def _credits() -> re.Pattern[str]:
    return re.compile(_words().credits)


@cache
def _furniture() -> re.Pattern[str]:
    """A line about an old picture; of a line about rights, the sentence."""
    words = _words()
    return re.compile(
        rf"^.*(?<!\w)(?:{words.pictures}).*$|(?<!\w)(?:{words.footers})[^.\n]*", re.IGNORECASE | re.MULTILINE
    )


def without_furniture(text: str) -> str:
    """The text without what has dates of anything but what it tells: of old pictures, of rights."""
    return _furniture().sub("", text)


def is_dateline(before: str, after: str) -> bool:
    """True for the words before and behind the day of a dateline: "LISBON, 2 May (Agency) – ", "(Lisbon, 2 May) "."""
    place = before.lstrip() if after else _SENTENCES.split(before)[-1]
    opens = _PLACE_NAME.match(place) if before.strip() else _AGENCY.match(after)
    return bool(opens and _AFTER_DATELINE.match(after))


def _place(line: str, date: _Date) -> Place | None:
    before, after = line[: date.start], line[date.end :]
    if label := _label().search(before):
        if _is_anchored(label, before, line):
            return Place.CHANGED if label["changed"] else Place.LABELLED
        return None
    if is_dateline(before, after):
        return Place.DATELINE
    if _credits().search(line):
        return Place.PICTURED
    return Place.OWN_LINE if _is_alone(before, after, is_iso=date.is_iso) else None


@cache
def _label() -> re.Pattern[str]:
    words = _words()
    name = r"[A-Z][\w.’'-]*"
    return re.compile(
        rf"(?<![A-Za-z])(?i:(?P<first>{words.first})|(?P<changed>{words.changed}))"
        rf"(?:\s+(?i:date|on|at|time|of publication)|\s+(?i:by)\s+{name}(?:\s+{name}){{0,3}})*\s*[:,|/–—-]?\s*"
        rf"(?:{_time()}[\s,]*)?(?:(?i:on)\s+)?$"
    )


def _is_anchored(label: re.Match[str], before: str, line: str) -> bool:
    """False for "the figures that were published on 5 March" in a sentence."""
    lead = before[: label.start()].rstrip()
    return not lead or lead[-1] in "|·•–—-/,.;:)" or lead[-1].isdigit() or ":" in label[0] or len(line) < _SHORT


@cache
def _time() -> str:
    """The time of day with its zone, as a pattern."""
    zone = rf"(?:\(?(?:{_words().zones}|{_words().month_first})\b\)?)"
    clock = r"T?\d{1,2}[:.]\d\d(?:[:.]\d\d)?Z?\s*(?:(?i:[ap]\.?m\b\.?)\s*)?"
    return rf"(?:{clock}{zone}?|{zone}|\d{{1,2}}\s?(?i:[ap]m\b))"


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(rf"\b{_time()}")


_FEW, _LINE = 12, 60


def _is_alone(before: str, after: str, *, is_iso: bool) -> bool:
    """True for a date whose line holds little else: the time, who wrote, the paper and its issue, a headline beside."""
    before, after = (_clock().sub("", words).strip() for words in (before, after))
    letters = len(_ALL.sub("", before + after))
    if letters <= _FEW:
        return True
    if is_iso and not before and letters <= _LINE and not _STOP.search(after):
        return True  # "2024-02-01 News from the harbour"
    if letters <= _LINE:
        if re.match(r"by\s", before, re.IGNORECASE) or _BYLINE.match(after) or _is_issue(before, after):
            return True
        if not (before and after) and _NAMES.fullmatch(before or after):
            return True  # "5 March 2019 Ann Lee"
    if _last_issue().search(before) and not after.strip(" ."):
        return True
    parted = _LEFT_OPEN.search(before) is not None and _RIGHT_OPEN.search(after) is not None
    return parted and letters <= 2 * _LINE and not _STOP.search(f"{before} {after}"[:-1])


@cache
def _issue() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words().issues})\.? ?#?\d", re.IGNORECASE)


@cache
def _last_issue() -> re.Pattern[str]:
    """What stands before the date of an issue at the end of a longer line: "…, the weekly for growers. Issue 61, "."""
    return re.compile(rf"(?:^|[.!?|·–—-]\s+)(?:{_words().issues})\.? ?#?\d[\w./-]*\s*[,:|·–—-]\s*$", re.IGNORECASE)


def _is_issue(before: str, after: str) -> bool:
    """True for the line that names the paper and its issue: "Harbour Letter no. 51/2023, 26 December 2023"."""
    named = all(word[0].isupper() for word in re.findall(r"[A-Za-z]{3,}", before)) and before.count(" ") > 1
    parted = before.rstrip()[-1:] in (",", "|", "-", "–", "—", "·")
    return not after and parted and (named or _issue().search(before) is not None)


# ---------------------------------------------------------------------------------------------------------- addresses


def date_in_address(url: str) -> dt.date | None:
    """The day in the path of a page's address: "…/2019/03/05/harbour-grows", "…/2019/mar/05/harbour-grows"."""
    for hit in _IN_ADDRESS.finditer(url.lower()):
        month = _months().get(hit["w"]) if hit["w"] else int(hit["m"])
        day = _day(int(hit["y"]), month, int(hit["d"])) if month else None
        if day is not None:
            return day
    return None
