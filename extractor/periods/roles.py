"""What part a period plays in its sentence: the time of a figure, the base of a comparison, or the day of speaking."""

from __future__ import annotations

import re

from extractor.periods.patterns import patterns_of

_cue = patterns_of("roles.toml")
_REACH = 90
"""Characters before and behind an expression that are looked at."""
_COMPARABLE = frozenset({"ago", "same", "year_before", "year", "month", "quarter", "half", "day", "week"})
"""Rules of the grammar whose periods can be what a change is counted from."""
_WHOLE = ("range", "to_date", "ended", "first_months")
"""Rules whose periods are too long for a day of speaking."""
_SPEAKING_UNITS = ("day", "week", "month", "weekend", "trailing", "")
_UNITS = {"day": "day", "numeric": "day", "month": "month", "week": "week"}
_CLAUSE_END = re.compile(r"[;:“”\"—]")
_DATELINE = re.compile(r"^\s*(?:(?:[A-Z][\w.’'/-]*,?\s+){1,6}[(–—-]?\s*)?$")
_CAPITALS = re.compile(r"\s*[A-Z][A-Z .’'/-]{3,}(?:,\s*[A-Z][\w. ]+)?,?\s+")
_SENTENCE = re.compile(r"\s+[“\"‘']?[A-Z]")
_AFTER_DATELINE = re.compile(
    r"^\s*(?:\([^)]{2,40}\)|/[^/]{2,30}/)?\s*(?:[-–—]{1,2}\s|\|)|^\s*$"
    r"|^\s*(?::|\([A-Z][\w&./ -]{1,24}\):?)\s+(?=[\"“'‘A-Z])"
)
_THAT = re.compile(r"\s+(?:that|of)\b")


def is_bare_dateline(before: str, after: str) -> bool:
    """True for the day of a dateline that runs into its sentence: "WELLINGTON Dec 5 The number of …"."""
    return _CAPITALS.fullmatch(before) is not None and _SENTENCE.match(after) is not None


def looks_ahead(before: str, after: str = "") -> bool:
    """True if the words before an expression point to the future; so does "by April", unless the sentence is past."""
    clause = _CLAUSE_END.split(before[-100:])[-1]
    if _cue("ahead").search(clause) or _cue("budgeted_for").search(clause):
        return True
    following = _CLAUSE_END.split(after)[0]
    if not clause.strip() and _cue("modal").match(following):
        return True  # "September may do it"
    if _cue("for_alone").fullmatch(clause) and following[:1] == "," and _cue("ahead").search(following[:60]):
        return True
    return bool(_cue("by").search(clause)) and not _cue("past").search(clause) and not _cue("past").search(following)


def counts_something(after: str) -> bool:
    """True if the words after a bare number of four digits show that it is an amount: "2000 people"."""
    return bool(_cue("counted").search(after))


def is_streak(after: str) -> bool:
    """True if an ordinal and unit only count: "the fourth quarter of growth"."""
    return bool(_cue("streak").search(after))


def is_name(before: str) -> bool:
    """True if the month's name before is a person's: "Theresa May"."""
    return bool(_cue("titled").search(before))


def is_change_over(before: str) -> bool:
    """True if a change stands before "over" and the expression, its base: "a 7% rise over the second quarter"."""
    return bool(_cue("change_over").search(before))


def role_of(rule: str, unit: str, text: str, before: str, after: str, *, gap: int = _REACH) -> str:
    """`base`, `release` or `period`, from the rule and the words around it in its sentence.

    `gap` is the number of characters since the expression before it: a figure counts as the base's only in there.
    """
    before = before[-_REACH:]
    unit = unit or _UNITS.get(rule, "")
    if rule == "on_basis":
        return "base"
    if rule not in _WHOLE and _is_release(unit, before, after[:_REACH], text):
        return "release"
    return "base" if _is_base(rule, unit, text, before, before[-gap:] if gap else "") else "period"


def _is_release(unit: str, before: str, after: str, text: str) -> bool:
    """True for the day (or "last week", "in May") of speaking."""
    pointing = bool(_cue("pointing").match(text)) or text.lower().endswith(" ago")
    if _cue("foreseen_at").search(before) and _cue("outset").match(text):
        return True
    if unit not in _SPEAKING_UNITS:
        return False
    if _cue("dated_paper").search(after) or _cue("contract").search(before):
        return True
    if _cue("foreseen_in").search(before) or (_cue("found_in").search(before) and _cue("listed").search(after)):
        return True
    if pointing and _cue("says").search(after):
        return True
    if (_THAT.match(after) and _cue("told_that").search(before)) or (
        before.endswith(("in ", "on ")) and _cue("handed").search(before)
    ):
        return True
    return _is_day_of_release(before, after, text) if unit == "day" else _is_month_of_release(before, after, pointing)


def _is_month_of_release(before: str, after: str, pointing: bool) -> bool:
    """True for "in May the ministry reported", "data from last month show"."""
    if _cue("counted_then").search(before):
        return False
    spoken = _cue("speaking_before").search(before) and (pointing or _cue("in_month").search(before))
    return bool(spoken or (_cue("paper_from").search(before) and _cue("shows").search(after)))


def _is_day_of_release(before: str, after: str, text: str) -> bool:
    """True for the day on which somebody spoke, and for that of a dateline."""
    if _cue("figure_of").search(before) or _cue("paper_dated").search(before):
        return True
    if _DATELINE.search(before) and (_AFTER_DATELINE.search(after) or is_bare_dateline(before, after)):
        return True
    if _cue("weekday").search(text) and _cue("issued").search(before):
        return True
    if _cue("speaking_before").search(before) or _cue("paper_of").search(after) or _cue("paper_from").search(before):
        return True
    if _cue("paper_on").search(before):
        return True
    return bool(_cue("opening").search(before) and _cue("speaking_after").search(after))


def _is_base(rule: str, unit: str, text: str, before: str, since_last: str) -> bool:
    if unit not in ("day", "weekend") and _cue("change_on").search(before):
        return True
    if _cue("before_another").search(text) and is_change_over(before):
        return True
    if (
        ((" than " in before or " what" in before) and _cue("more_than").search(before))
        or _cue("compared").search(before[-50:])
        or (_cue("digit").search(since_last) and _cue("base_figure").search(since_last))
    ):
        return True
    if rule in _COMPARABLE and "from" in before[-24:].lower() and _cue("from_growth").search(before):
        # "is set to rise to 600 from April" looks ahead, "expects 2.8 million, down 1 percent from 2023" does not
        return bool(_cue("right_from").search(before)) or not _cue("ahead").search(_CLAUSE_END.split(before)[-1])
    if rule == "ago" and not before.strip():
        return False
    if rule == "ago":
        return text.lower().endswith(("earlier", "before", "previously"))
    if rule == "year_before":
        return True
    return rule == "same" and bool(_cue("moved_back").search(text)) and not _cue("fronted").search(before)
