"""What part a period plays in its sentence: the time of a figure, the base of a comparison, or the day of speaking."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractor.periods.words import lexicon

_REACH = 90
_NUMBER = (
    r"(?:about |around |nearly |almost |some |roughly |just |only |over |under |more than |less than |a |an )*"
    r"(?:[$€£¥₹]?\s?\d[\d,.]*(?:\s?%)?|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)"
)
_PRECEDING = (
    r"(?:\s+(?:in|for|during|at|on|the|that|those|its|their|level|levels|figures?|total|of|seen|reported|recorded"
    r"|made|sold|set|average|same|peaks?|highs?|lows?|trough|record|recent|previous"
    r"|[a-z]+-[a-z-]+|days|weeks|months|before the [\w-]+))*"
)


class _Cues(NamedTuple):
    ahead: re.Pattern[str]
    modal: re.Pattern[str]
    outset: re.Pattern[str]
    """When something was foreseen: "the five million hoped for at the start of the year"."""
    compared: re.Pattern[str]
    more_than: re.Pattern[str]
    told_that: re.Pattern[str]
    handed: re.Pattern[str]
    from_growth: re.Pattern[str]
    base_figure: re.Pattern[str]
    speaking_before: re.Pattern[str]
    speaking_after: re.Pattern[str]
    paper_of: re.Pattern[str]
    paper_from: re.Pattern[str]
    paper_on: re.Pattern[str]
    """What is before the day of a paper: "citing a filing on [Thursday]"."""
    paper_dated: re.Pattern[str]
    shows: re.Pattern[str]
    counted: re.Pattern[str]
    streak: re.Pattern[str]
    titled: re.Pattern[str]
    dated_paper: re.Pattern[str]
    contract: re.Pattern[str]
    foreseen_in: re.Pattern[str]
    says: re.Pattern[str]
    found_in: re.Pattern[str]
    counted_then: re.Pattern[str]
    """What was counted, before the month in which it was: "9,000 homes finished in [August]"."""
    listed: re.Pattern[str]


@cache
def _cues() -> _Cues:
    cues = lexicon().cues
    papers = rf"(?:{cues.papers})"
    flags = re.IGNORECASE
    return _Cues(
        ahead=re.compile(rf"(?:\b|(?=['’]))(?:{cues.ahead})\b", flags),
        modal=re.compile(rf"\s+(?:{cues.modals})\b"),
        outset=re.compile(rf"(?:the )?(?:{cues.outset})\b", flags),
        compared=re.compile(rf"\b(?:{cues.comparing}|than|{cues.apart}){_PRECEDING}\s*$", flags),
        more_than=re.compile(
            r"(?:(?:\d\s?%|per ?cent|percent|points?|\d[\d.,]*(?: \w+)?|\b(?:fifths?|quarters?|thirds?|half))"
            r" (?:more|less|fewer)"
            r"|\b\w{3,}er) than [^,;:.\d()]{1,50}$"
            r"|\b(?:times|twice|half|double|triple|treble|thirds?|quarters?|fifths?|tenths?|per cent|percent|%)"
            r" (?:of )?what\b[^,;:.\d()]{0,60}$",
            flags,
        ),
        handed=re.compile(
            rf"\b(?:{cues.papers}|papers?)\s+(?:{cues.handing})\b[^,;:.\d()]{{0,40}}\s(?:in|on)\s+$", flags
        ),
        told_that=re.compile(
            rf"\b(?:{cues.speaking}|{cues.giving})\b[^,;:.\d()]{{0,40}}\s(?:in|on|late in|early in)\s+$", flags
        ),
        from_growth=re.compile(
            rf"(?:\d\s?%|(?:percent|per cent|points?|\b(?:{cues.moving}))\b)"
            rf"(?:[^.;,]|[.,](?=\d)){{0,50}}\bfrom(?:\s+{cues.extremes})*\s*$",
            flags,
        ),
        base_figure=re.compile(
            rf"\b(?:from|compared? (?:to|with)|compares with|against|versus|vs\.?|times"
            r"|(?<!more )(?<!less )(?<!fewer )(?<!rather )(?<!later )(?<!sooner )than"
            r"|(?:more|less|fewer) than(?= the\b)"
            r"|(?:growth|increase|rise|gain|improvement|%|percent|per cent) (?:over|on))"
            r"(?:\s+(?:just|only|a|an|the|some|revised))*\s+"
            rf"{_NUMBER}(?:,?\s+(?:and\s+)?{_NUMBER}){{0,3}}(?:,? respectively,?)?"
            r"(?:\s+[\w-]+){0,4}?(?:\s+(?:in|during|for|at|on|of))?(?:\s+the)?\s*$",
            flags,
        ),
        speaking_before=re.compile(
            rf"\b(?:{cues.speaking})(?:\s+(?:reporters|journalists|investors|analysts|parliament|lawmakers|shareholders|media))?"
            rf"(?:\s+(?:in|at|via|through|on|by)\s+(?:a|an|its|the|his|her|their)\s+(?:[\w-]+\s+){{0,3}}?"
            rf"(?:{papers}|website|forum|hearing|event|newspaper|agency|ministry|bureau|office)(?:\s+to\s+\w+)?)?,?"
            r"(?:\s+(?:on|late|early|earlier|late on|early on|in))?\s*$",
            flags,
        ),
        speaking_after=re.compile(rf"^,?\s+[^.;\d]{{0,70}}?\b(?:{cues.speaking})\b", flags),
        paper_of=re.compile(rf"^(?:['’]s?)\s+(?:[\w-]+\s+){{0,2}}{papers}\b", flags),
        paper_from=re.compile(rf"\b{papers}\s+(?:released |published |issued )?from\s+(?:the\s+)?$", flags),
        paper_on=re.compile(
            rf"\b(?:according to|citing|based on) (?:[\w’'.-]+ ){{1,6}}?{papers},?"
            rf" (?:(?:{cues.speaking}|{cues.handing}) )?(?:on |late |late on )?$",
            flags,
        ),
        paper_dated=re.compile(rf"\b{papers} (?:of|dated) (?:the )?$", flags),
        shows=re.compile(rf"^\s+(?:[\w’']+\s+){{0,2}}?(?:{cues.speaking})\b", flags),
        counted=re.compile(rf"^(?:-(?:strong|year|foot|metre|meter|mile|[a-z]+ed)\b|\s(?:{cues.counted})\b)", flags),
        dated_paper=re.compile(rf"^\s+(?:{cues.dated_papers})\b", flags),
        streak=re.compile(rf"^\s+(?:{cues.streaks})\b", flags),
        contract=re.compile(rf"\b(?:{cues.contracts})\s+for\s+$", flags),
        says=re.compile(rf"^,?\s+(?:that\s|(?:had |has |also )?(?:{cues.speaking})\b)", flags),
        foreseen_in=re.compile(
            r"\b(?:forecasts?|estimates?|projections?|outlook|predictions?|guidance),?\s+"
            r"(?:(?:made|given|issued|published|released) )?(?:back )?(?:in|on|from)\s+(?:the\s+)?$",
            flags,
        ),
        found_in=re.compile(rf"\b{papers},?\s+(?:(?:made|given|issued|published|released) )?(?:in|from)\s+$", flags),
        listed=re.compile(
            rf"^,?\s+(?:had |has |which |that )?"
            rf"(?:{cues.speaking}|{cues.giving}|listed|found|put|counted|identified)\b",
            flags,
        ),
        counted_then=re.compile(
            r"\d(?: (?:million|billion|trillion|lakh|crore))?(?: (?!(?:the|an?|that|which|it)\b)[\w-]+){1,3}"
            rf" (?:{cues.counted_then})\s+in\s*$",
            flags,
        ),
        titled=re.compile(rf"\b(?:{cues.titles})\.?\s*$", flags),
    )


def is_bare_dateline(before: str, after: str) -> bool:
    """True for the day of a dateline that runs into its sentence: "WELLINGTON Dec 5 The number of …"."""
    return _CAPITALS.fullmatch(before) is not None and _SENTENCE.match(after) is not None


def looks_ahead(before: str, after: str = "") -> bool:
    """True if the words before an expression point to the future; so does "by April", unless the sentence is past."""
    clause = _CLAUSE_END.split(before[-100:])[-1]
    if _cues().ahead.search(clause) or _BUDGET.search(clause):
        return True
    following = _CLAUSE_END.split(after)[0]
    if not clause.strip() and _cues().modal.match(following):
        return True  # "September may do it"
    if _FOR.fullmatch(clause) and following[:1] == "," and _cues().ahead.search(following[:60]):
        return True
    return bool(_BY.search(clause)) and not _past().search(clause) and not _past().search(following)


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon().cues.past_verbs}|\w{{3,}}ed)\b", re.IGNORECASE)


def counts_something(after: str) -> bool:
    """True if the words after a bare number of four digits show that it is an amount: "2000 people"."""
    return bool(_cues().counted.search(after))


def is_streak(after: str) -> bool:
    """True if an ordinal and unit only count: "the fourth quarter of growth"."""
    return bool(_cues().streak.search(after))


def is_name(before: str) -> bool:
    """True if the month's name before is a person's: "Theresa May"."""
    return bool(_cues().titled.search(before))


def role_of(rule: str, unit: str, text: str, before: str, after: str, *, gap: int = _REACH) -> str:
    """`base`, `release` or `period`, from the rule and the words around it in its sentence.

    `gap` is the number of characters since the expression before it: a figure counts as the base's only in there.
    """
    before = before[-_REACH:]
    unit = unit or {"day": "day", "numeric": "day", "month": "month", "week": "week"}.get(rule, "")
    if rule == "on_basis":
        return "base"
    if rule not in ("range", "to_date", "ended", "first_months") and _is_release(unit, before, after[:_REACH], text):
        return "release"
    return "base" if _is_base(rule, unit, text, before, before[-gap:] if gap else "") else "period"


_CLAUSE_END = re.compile(r"[;:“”\"—]")
_BUDGET = re.compile(r"\b(?:budget(?:ed)?|plan|plans) for\s+$", re.IGNORECASE)
_FOR = re.compile(r"\s*(?:for|over|in|during)\s*", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|until|till)\s*$", re.IGNORECASE)
_ISSUED = re.compile(
    r"\b(?:published|released|issued|posted|unveiled)\b[^;]{0,80}\b(?:this|last|on)?\s*$", re.IGNORECASE
)
_COMPARABLE = frozenset({"ago", "same", "year_before", "year", "month", "quarter", "half", "day", "week"})
_DIGIT = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE)
_ON = re.compile(
    r"(?:\d(?:\s?(?:bn|tn|m|k|million|billion|trillion))?|%|percent|per cent|points?"
    r"|\b(?:half|thirds?|quarters?|fifths?|tenths?)"
    r"|\b(?:up|down|rise|increase|fall|decrease|improvement|gain|change))\s+on\s*(?:the\s*)?$",
    re.IGNORECASE,
)
_BEFORE_IT = re.compile(
    r"\b(?:previous|prior|preceding|same|corresponding)\b"
    r"|^(?:last (?:year|fiscal|season)|FY\W?\d|(?:fiscal )?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
OVER_ON = re.compile(
    r"(?:\d\s?%|\dpc|percent|per cent|points?|\b(?:rise|increase|fall|decrease|improvement|gain|drop|growth))"
    r"\s+over\s*(?:the\s*)?$",
    re.IGNORECASE,
)
"""Between a change and what it is over: "an increase of 27% over the preceding year's 30 billion"."""
_RIGHT_FROM = re.compile(r"(?:%|\bpercent|\bper cent|\bpoints?) (?:up |down )?from\s*$", re.IGNORECASE)
_FRONTED = re.compile(r"(?:^|[.;]\s*)(?:in|during|for|over)\s*$", re.IGNORECASE)
_MOVED = re.compile(r"\b(?:earlier|ago|before|last|previous|prior)\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|,|\band|\bbut)\s*(?:(?:late|early|earlier) )?(?:on\s+)?$", re.IGNORECASE)
_DATELINE = re.compile(r"^\s*(?:(?:[A-Z][\w.’'/-]*,?\s+){1,6}[(–—-]?\s*)?$")
_CAPITALS = re.compile(r"\s*[A-Z][A-Z .’'/-]{3,}(?:,\s*[A-Z][\w. ]+)?,?\s+")
_SENTENCE = re.compile(r"\s+[“\"‘']?[A-Z]")
_AFTER_DATELINE = re.compile(
    r"^\s*(?:\([^)]{2,40}\)|/[^/]{2,30}/)?\s*(?:[-–—]{1,2}\s|\|)|^\s*$"
    r"|^\s*(?::|\([A-Z][\w&./ -]{1,24}\):?)\s+(?=[\"“'‘A-Z])"
)
_THAT = re.compile(r"\s+(?:that|of)\b")
_POINTING = re.compile(r"(?:the )?(?:last|this|earlier|past|previous|a)\b", re.IGNORECASE)


_FORESEEN = re.compile(
    r"\b(?:hoped|expected|forecast(?:ed)?|predicted|planned|projected|promised|anticipated|budgeted|estimated|targeted|set|feared)"
    r"(?: for)? (?:at|since|from)\s+$",
    re.IGNORECASE,
)
_FIGURE_OF = re.compile(
    r"(?:\d|million|billion|trillion|%|percent|per cent|figure|number|estimate)\s+of\s+$", re.IGNORECASE
)
"""What a figure was said on: "not the 7.744 million of last Thursday"."""
_WEEKDAY = re.compile(r"^(?:this |last |on )?[A-Za-z]+day\b")


def _is_release(unit: str, before: str, after: str, text: str) -> bool:
    """True for the day (or "last week", "in May") of speaking."""
    pointing = bool(_POINTING.match(text)) or text.lower().endswith(" ago")
    cues = _cues()
    if _FORESEEN.search(before) and _cues().outset.match(text):
        return True
    if unit not in ("day", "week", "month", "weekend", "trailing", ""):
        return False
    if cues.dated_paper.search(after) or cues.contract.search(before):
        return True
    if cues.foreseen_in.search(before) or (cues.found_in.search(before) and cues.listed.search(after)):
        return True
    if pointing and cues.says.search(after):
        return True
    if (_THAT.match(after) and cues.told_that.search(before)) or (
        before.endswith(("in ", "on ")) and cues.handed.search(before)
    ):
        return True
    return _is_day_of_release(before, after, text) if unit == "day" else _is_month_of_release(before, after, pointing)


def _is_month_of_release(before: str, after: str, pointing: bool) -> bool:
    """True for "in May the ministry reported", "data from last month show"."""
    cues = _cues()
    if cues.counted_then.search(before):
        return False
    spoken = cues.speaking_before.search(before) and (pointing or re.search(r"\bin\s*$", before))
    return bool(spoken or (cues.paper_from.search(before) and cues.shows.search(after)))


def _is_day_of_release(before: str, after: str, text: str) -> bool:
    """True for the day on which somebody spoke, and for that of a dateline."""
    cues = _cues()
    if _FIGURE_OF.search(before) or cues.paper_dated.search(before):
        return True
    if _DATELINE.search(before) and (_AFTER_DATELINE.search(after) or is_bare_dateline(before, after)):
        return True
    if _WEEKDAY.search(text) and _ISSUED.search(before):
        return True
    if cues.speaking_before.search(before) or cues.paper_of.search(after) or cues.paper_from.search(before):
        return True
    if cues.paper_on.search(before):
        return True
    return bool(_OPENING.search(before) and cues.speaking_after.search(after))


def _is_base(rule: str, unit: str, text: str, before: str, since_last: str) -> bool:
    cues = _cues()
    if unit not in ("day", "weekend") and _ON.search(before):
        return True
    if _BEFORE_IT.search(text) and OVER_ON.search(before):
        return True
    if (
        ((" than " in before or " what" in before) and cues.more_than.search(before))
        or cues.compared.search(before[-50:])
        or (_DIGIT.search(since_last) and cues.base_figure.search(since_last))
    ):
        return True
    if rule in _COMPARABLE and "from" in before[-24:].lower() and cues.from_growth.search(before):
        # "is set to rise to 600 from April" looks ahead, "expects 2.8 million, down 1 percent from 2023" does not
        return bool(_RIGHT_FROM.search(before)) or not cues.ahead.search(_CLAUSE_END.split(before)[-1])
    if rule == "ago" and not before.strip():
        return False
    if rule == "ago":
        return text.lower().endswith(("earlier", "before", "previously"))
    if rule == "year_before":
        return True
    return rule == "same" and bool(_MOVED.search(text)) and not _FRONTED.search(before)
