"""What the words around a figure say of its time: patterns of reader.py, put together once."""

from __future__ import annotations

import re
from functools import cache

from extractor.periods.words import lexicon

BESIDE = re.compile(r"^(?:\s+[\w-]+){0,2}\s+(?:as of|as at|as on|in|on|at|for|during)\s+(?:the )?$", re.I)
"""Between a figure and a period right behind it: no parse shall part them."""
PRESENTLY = re.compile(r"^[\"”']?\s+(?:at present|at the moment|right now|now|today|currently)\b", re.I)
BACK_THEN = re.compile(r"\b(?:ago|earlier|before|previously)$", re.I)
AFTER = re.compile(r"\bafter(?: an? (?:[\w-]+ ){1,3}of)?\s*[$€£¥]?$", re.I)
TAKES_UP = re.compile(
    r"\b(?:that|this|which|the (?:number|figure|total|gap|difference)) (?:is|are|makes?|means)(?: \w+){0,2}\s*$", re.I
)
OF_THEM = re.compile(r"(?:\s+[\w-]+)?\s+of (?:them|these)\b", re.I)
OF_THESE = re.compile(
    r"\b[Oo]f (?:these|those|them|this|that(?: total| sum| number| amount)?),?\s+(?:[\w-]+\s+){0,2}[$€£¥]?$"
)
RIGHT_BEHIND = re.compile(r"(?:\s+(?!compared|than|from|versus|against|to\b)[\w-]+){0,2}\s+", re.I)
MEANWHILE = re.compile(r"\b(?:while|whereas|but)\b|;", re.I)
WITH = re.compile(r",\s+with\b", re.I)
PARTED = re.compile(r":\s|\b(?:of which|of whom|of them|including|among them)\b", re.I)
NEXT = re.compile(r"\s+next(?=[.,;:)]|\s+and\b|$)")
LENGTHS = {"month": range(28, 32), "quarter": range(89, 93), "year": range(365, 367)}
NEXT_TO = re.compile(r"^,?\s+(?:(?:up|down|an?)\s(?:[\w-]+ ){0,2}?(?:(?:of|by)\s)?)?$", re.I)
"""Between a period and a figure right behind it: "2.7 million units this year, a drop of 3 percent"."""
TURN = re.compile(r"\bnow\b|;", re.I)
NOW = re.compile(r"\b(?:now|still|already|currently|today|at present)\b[^;:]*$", re.I)
UP_TO = re.compile(r"\b(?:by|until|till|to|through|before)\s+$", re.I)
"""Before the end of a year that is no day on which something stood."""
UP_TO_MONTH = re.compile(
    r"\b(?:(?:by|until|till|to|through) (?:the )?(?:end|close)\b|(?:up to|until|till|through) )", re.I
)
"""A month up to whose end something was counted."""
DEADLINE = re.compile(r"\bby\s+$", re.I)
UP_TO_FIGURE = re.compile(r",?\s+to\b", re.I)
"""Behind "since": the figure to which something rose has the time, "up 75% since March, to 2,860 in May"."""
PORTION = re.compile(r",[^,]*\bof (?:them|these|those|which|whom)\b|:\s*[\"“]", re.I)
"""Between a figure and the period of a part of it, or of what somebody says: "1,560 people, half of them in July"."""
THEN_WILL = re.compile(r",\s+(?:will|would)\b", re.I)
WILL = re.compile(r"\b(?:will|would|could|may|might|should)\b", re.I)
RIGHT_FROM = re.compile(r"\bfrom\s*(?:(?:about|some|only|just|a)\s+)*$", re.I)
FROM = re.compile(r"\b(?:from|on)\b(?:\s+[a-z]+){0,3}\s*[$€£¥]?$", re.I)


@cache
def explains() -> re.Pattern[str]:
    """Between a period and the one figure that it dates: "the first half (400", "last week’s revised level of 218"."""
    return re.compile(
        r"^(?:,?\s*(?:when|(?:for|in|during|at the end of) which)\b[^.;]{0,40}|\s*\(|:\s+"
        rf"|['’]s?\s+(?:(?:[\w-]+\s+){{0,2}}?(?:{lexicon().cues.levels})\s+of\s+)?)"
        r"(?:about |around |nearly |some )?[$€£¥]?\s*$",
        re.I,
    )


SAID_OF_IT = re.compile(
    r"(?:\s+[\w-]+){0,8}?(?:,?\s+(?:or|of which|of whom|including|among them|that is,?|i\.e\.)|\s*\()\s*"
    r"(?:(?:some|about|around|nearly|almost|roughly|only|just|a|an)\s+)*[$€£¥]?",
    re.I,
)
"""Between a figure and one that is a part of it, or the same again: "302 trams, of which 118", "149 billion (7.1%)"."""


SAME_AGAIN = re.compile(r"(?:\s+[\w-]+){0,2}(?:,\s+or|\s*\()\s*(?:(?:some|about|around|nearly|a|an)\s+)*[$€£¥]?", re.I)
"""Between a figure and the same in another measure: "$288 million, or 54 cents a share", "149 billion (7.1%)"."""


@cache
def foreseen_after() -> re.Pattern[str]:
    """Behind a figure: "the 38 million expected by analysts", "the 5% that the bank had forecast"."""
    return re.compile(
        rf"(?:\s+[\w-]+){{0,2}}?\s+(?:(?:that |which )?(?:[\w’'-]+ ){{0,3}}?(?:had |have |was |were )?(?:been )?)?"
        rf"(?:{lexicon().cues.foreseeing}|targeted|planned|hoped for|seen)\b(?! in| back| at the)",
        re.I,
    )


@cache
def foreseen_before() -> re.Pattern[str]:
    """Before a figure: "above a consensus of 38 million", "against a target of 40"."""
    return re.compile(
        r"\b(?:forecasts?|estimates?|expectations?|consensus|targets?|goals?|projections?|predictions?|guidance|plans?)"
        r"(?: (?:of|for|at))?(?: an?| the| some| about| around)*\s*[$€£¥]?$",
        re.I,
    )


@cache
def quoted() -> re.Pattern[str]:
    """A sentence with prices of the day: "Its shares closed up 1.4%"."""
    return re.compile(rf"\b(?:{lexicon().cues.quotes})\b", re.I)


@cache
def elsewhen() -> re.Pattern[str]:
    """Behind a figure, a time that no calendar gives: "71% before the pandemic"."""
    return re.compile(rf"(?:\s+(?!and\b|but\b)[\w-]+){{0,3}}?\s+(?:{lexicon().cues.elsewhen})\b", re.I)


@cache
def elsewhen_first() -> re.Pattern[str]:
    """The same at the head of a sentence."""
    return re.compile(rf"(?:In the (?:decades?|years?|months) )?(?:{lexicon().cues.elsewhen})\b", re.I)


@cache
def polls() -> re.Pattern[str]:
    """A sentence that tells what a poll or trial found."""
    return re.compile(rf"\b(?:{lexicon().cues.polls})\b", re.I)


@cache
def base_cue() -> re.Pattern[str]:
    """Ends the words before the earlier figure of a comparison."""
    comparing = lexicon().cues.comparing.replace("|than", "")
    small = (
        r"(?:\s+(?:about|around|nearly|almost|some|roughly|just|only|mere|a|an|the|its|revised|record"
        r"|more than|less than))*"
    )
    return re.compile(
        rf"(?:\bfrom(?: an? (?:[\w-]+ ){{1,3}}of)?|\b(?:{comparing})"
        rf"|\b(?:higher|lower|fewer|bigger|smaller|faster|slower) than|\b(?:more|less) than(?= the\b)"
        rf"|(?:%|percent|per cent|\d) (?:more|less|fewer) than"
        rf"|(?:%|percent|per cent|\b(?:{lexicon().cues.movements})) on"
        rf")(?:{small}|\s+(?:the|an?|its|their|[\w ]+['’]s?)\s+(?:[\w-]+\s+){{0,2}}?"
        rf"(?:{lexicon().cues.levels})\s+of{small})\s*[$€£¥]?$",
        re.I,
    )


@cache
def usual() -> re.Pattern[str]:
    """Before and with a figure that is of no time: "the long-term average of 594mm"."""
    return re.compile(
        rf"(?:\b(?:{lexicon().cues.usual}) (?:average|mean|norm|level)s? of|\b(?:a|the) (?:usual|normal|customary))"
        r"\s+\S+(?:\s\S+)*$",
        re.I,
    )


@cache
def standing() -> re.Pattern[str]:
    """Ends the words before a figure that holds on the day of writing."""
    return re.compile(
        rf"\b(?:{lexicon().cues.standing})(?:\s+(?:about|around|nearly|almost|some|roughly|only|just|over|more|than|an?|the"
        r"|total|of|up|to|now|currently|home))*\s*$",
        re.I,
    )
