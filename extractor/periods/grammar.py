"""Period expressions as regular expressions over the letters of lexer.py.

Each rule has a name; resolve.py has a reader of that name. A rule that stands earlier wins where two begin at the same
token, so longer constructions stand before the shorter ones that begin them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractor.periods.lexer import Tokens
from extractor.periods.token_values import Value

_REL = "[LCX]"
# A year that stands by itself: "2023", "last year", "the year", "that year", "FY24", "fiscal 2024", "2023/24".
_YEAR = (
    r"(?:t?\*?(?:rf?)?Y(?!-?[QH])(?:\$r?)?|y|t?(?:[*$]*|\*?\$?rf?)S(?:\$r?)?|t?(?:\$r?f?)?%|t?\$(?:rf?)?Y"
    r"|t?[LCX]+[*$]*r|(?:t|t?[LCX])\$(?![rqhmwxpjYSQHdDoOPu%])|ts[*$]*r|t[*$]*r|K[*$]?r|(?:a|d|D)rG)"
)
# What may follow a month, quarter or half and gives its year: "of 2023", ", 2023", "last year", "a year earlier".
_OF = rf"(?:(?:[fi'/-]|,[fi])?{_YEAR}|,[Yy])"
_MONTH = rf"(?:Y[/-]?M|b?-?M(?:f?i?{_OF}|f?u(?!-))|{_REL}X?M|b?-?M(?:/Y)?)"
_NUMERIC = r"(?:I|Y[-/]M[-/]D|Y[-/]D[-/]M|M[-/]D[-/]Y|M[-/]Y[-/]D|D[-/]Y[-/]M|D[-/]M[-/]Y)"
# The year of a day: ", 2018", "of 1992", "nineteen seventy eight", "last year".
_TAIL = rf"(?:,?[fi]?[Yy]|[fi]?{_YEAR}|f?u)"
_DAY = (
    rf"(?:{_NUMERIC}|(?:W,?)?M[-/,]?t?[DO](?:{_TAIL})?|(?:W,?)?Mt?[DO]{_TAIL}|W,?M[-/,]?t?[do](?:{_TAIL})?"
    rf"|Mt?[do]{_TAIL}|Mto|(?:W,?)?t?[DO]f?[-/ ]?[Mg](?:-?{_TAIL})?|(?:W,?)?t?ofM(?:{_TAIL})?|(?:W,?)?t?[do]M{_TAIL}"
    rf"|W,?(?:t[DOdo]|[Oo])(?![rmwxqhck])|t?[DOo]ft?{_REL}m"
    rf"|t?oW[fi]t?(?:{_REL}m|M(?:{_TAIL})?)|W,?[fi]?t?{_REL}w|t?{_REL}w'?i?W|{_REL}X?W|t?{_REL}x(?!s)|Kx(?!s)|W|Z)"
)
_ORDER = r"(?:o|O|L)"
_QUARTER = (
    rf"(?:Y-?Q|%[- ,]?Q|t?\$Q|Q,?(?:{_OF}|Y)|Q|t?[LC]r'?{_ORDER}-?q|Y'{_ORDER}-?q"
    rf"|t?\$?{_ORDER}-?\$?q(?:{_OF})?|t?{_REL}X?\$?q(?:{_OF})?"
    rf"|t?s?\$?q(?:{_OF}|(?:a|d|D)rG)|tq|t?Kq)"
)
_HALF = (
    rf"(?:Y-?H|%[- ,]?H|t?\$H|H,?(?:{_OF}|Y)|H|t?[LC]r'?{_ORDER}-?h|Y'{_ORDER}-?h"
    rf"|t?{_ORDER}-?(?:h-?r?|r-h)(?:{_OF})?|t?{_REL}h(?:{_OF})?|th{_OF})"
)
_COUNT = "[DdN]"
_SEASON = rf"(?:t?b?z(?:{_OF})|t{_REL}?z|{_REL}z)"
_FEAST = rf"(?:t?[LC]r'|Y'|t?{_REL})?t?P(?:,?[fi]?{_YEAR})?"
_SUBYEAR = f"(?:{_DAY}|{_MONTH}|{_QUARTER}|{_HALF})"
_END = r"(?:v[-f]?t?)?"
_ENDED = (
    rf"(?:t?L?[DdNu]?-?(?:\$?{_ORDER}-?\$?q|\$?r|m(?:-?p)?|q(?:-?p)?|w|x|c|j|h-?r?|p),?K?i?(?:E|T)(?:i|T)?t?{_END}"
    rf"(?:{_DAY}|{_MONTH}|{_YEAR}))"
)

_RULES = (
    ("numeric", rf"{_NUMERIC}(?![T-])"),
    # "so far this year", "year to date", "since the beginning of the year"
    (
        "to_date",
        rf"@(?:,?[fi]?(?:{_YEAR}|t?{_REL}[mqwh]|{_MONTH}))?|(?:t?{_REL}[rmqw])@|UtVft?(?:{_YEAR}|{_MONTH}|t?{_REL}?[mqw])|Ut?V?f?t?C[rmqw]|{_YEAR}@",
    ),
    # "this time last year", "this time two years ago"
    ("this_time", rf"Cp(?:Lr|(?:a|{_COUNT})rG)"),
    # "the same period a year earlier", "the corresponding quarter of 2022", "the same month last year"
    (
        "same",
        rf"t?s-?[pmqhwxj](?:,?(?:a|{_COUNT})?[rmqwc]G|,?[fi]?t?{_REL}(?:[rmqw]|\$r?)|,?[fi]{_YEAR}|,?tr[GL])?|t?s{_COUNT}[mqw]p?(?:,?(?:a|{_COUNT})rG|,?[fi]?{_YEAR})?|t?s[Mm](?:,?arG|,?[fi]?{_YEAR})",
    ),
    # "the year-ago quarter", "the prior-year period"
    ("year_before", r"t?a?r-?G-?[pmqhw]|t?a?r-G(?!-)|t?Lr-[pmqhw]|t?L-r-?'?[pmqhw]|t?Lr'?[pmq]"),
    # "the year just ended"
    ("just_ended", r"t?\*?\$?[rmqh]L(?![A-Za-z])"),
    # "the year before last"
    ("before_last", r"t[rmwq$]GL(?![rmwqxhDdN])"),
    # "the decade before that", "the ten years before 2014"
    ("run_up", rf"t?(?:{_COUNT}[rmqwx]|c)G(?:K(?![rmqwxhpck])|{_YEAR}|{_MONTH})"),
    # "last year's third quarter" is a quarter; "a year earlier", "three months ago", "the year before"
    ("ago", rf"(?:a|{_COUNT})f?(?:[rmwxqcj]|\$)G|t[rmwqx$]G"),
    # "the three months to June", "the year ended 30 June 2023", "the quarter through September"
    (
        "ended",
        _ENDED,
    ),
    # "the first 11 months of 2023", "the last three months of the year"
    (
        "first_months",
        rf"(?:t?[LC]r'|Y')?t?{_ORDER}-?{_COUNT}-?[mqwx](?:,?[fi]t?(?:{_YEAR}|{_MONTH}|{_REL}?[mq])|,?t?[LC]r|,?Y)?|t?(?:o|O|X){_COUNT}[mqwx]|[DdN]mf?(?:{_YEAR})|t?{_ORDER}m[fi]t?{_YEAR}",
    ),
    # "in the ten months", "over the six weeks": as many as the text has spoken of, else the first ones of the year
    ("counted", r"(?<=i)t?[DdN](?:[mwx]|mp)(?![-A-Za-z'])"),
    # "26 June to 28 June 2020", "January to May", "from Q1 2022 to Q3 2023", "between January and now"
    ("numeric_month", r"Y[-/]D(?![-/]?[DMxmwqr])"),
    (
        "days",
        rf"F?(?:M[DO](?:T|-|&)t?[DO](?:{_TAIL})?|(?:t?W)?t?[DO](?:T|-|F?&)(?:t?W)?t?[DO]f?(?:M(?:{_TAIL})?|t?{_REL}m))",
    ),
    (
        "range",
        rf"(?!F?(?:a|{_COUNT})rG)(?:t?p(?=[Ff]))?(?:[FU]|(?<=p)f)?t?(?:Vft?)?(?:{_SUBYEAR}|{_YEAR})(?:-?T-?|-)V?t?{_END}(?:{_SUBYEAR}|{_YEAR}|{_REL}m)(?:-?[pqh](?:{_OF})?)?|(?:t?p)?Ft?{_END}(?:{_SUBYEAR}|{_YEAR})&t?{_END}(?:{_SUBYEAR}|{_YEAR})|M=M(?:{_OF})?"
        rf"|F{_FEAST}T(?:{_SUBYEAR}|{_FEAST})|F{_SUBYEAR}T{_FEAST}",
    ),
    ("years", r"B"),
    ("pair", rf"M(?:,M)*,?&M(?:{_OF})?|W(?:,W)*,?&W"),
    # "the 1970s", "the past decade", "the previous 20 years"
    ("half_month", rf"t?{_ORDER}-?h[fi]{_MONTH}"),
    ("decade", r"t?b?J"),
    ("decade_end", r"t?v[-f]?t?C?c"),
    ("trailing", rf"t?[LX]{_COUNT}f?(?:[rmwxqcj]|\$r)|t?Lc|t?Cc|ac|t?Ll|tlT?"),
    (
        "since",
        rf"F{_MONTH}\+|Ut?\*?\$?r?Vi?t?(?:{_DAY}|{_MONTH})|U(?:t?v-?f?t?)?(?:{_ENDED}|{_SUBYEAR}|{_SEASON}|{_FEAST}|{_YEAR})",
    ),
    ("rest", rf"t?nt?(?:{_YEAR}|{_REL}?[mqwr])"),
    ("begun", rf"t?\*?\$?[rw],?K?Vi?t?(?:{_DAY}|{_MONTH})|t?wf{_DAY}"),
    ("week_of", rf"t?(?:o|L)w[fi](?:{_MONTH}|t?{_REL}m)"),
    ("month_quarter", rf"t?M-?q(?:{_OF})?"),
    ("season", _SEASON),
    ("feast", _FEAST),
    ("day", rf"t?{_DAY}"),
    ("quarter", rf"t?{_END}{_QUARTER}"),
    ("half", rf"t?{_END}{_HALF}"),
    ("month", rf"t?(?:(?:v[-f]?t?|b[fi]?)-?|mf)?(?:{_MONTH}|t?{_REL}X?m|tsm|t\*?m|t?Km)"),
    ("week", rf"t?(?:(?:v[-f]?t?|b)-?)?t?{_REL}w|tw"),
    ("weekend", rf"t?{_REL}?k"),
    ("year", rf"t?(?:v[-f]?t?|b-?|Vft?)?{_YEAR}|t?\*f{_YEAR}|\*-?r?Y|v-Y|t?[LC]?e(?:[fi]?Y)?|\*-r"),
    ("ordinal", r"t[oO](?=[.,|&\-=]|$)"),
    ("adjective", r"[Dd]-m(?![-A-Za-z])|h-r(?![-A-Za-z])"),
    ("period", r"t[LCX]p|tpG|tp|t?Kp"),
    ("on_basis", r"R"),
)

_NEEDED = {"range": "T&=-", "since": "U+"}
"""Letters of which a rule needs one. These rules are the longest by far, and take most of the time in which the grammar
is compiled: where no such letter stands, they are left out."""
_NEEDS = re.compile(f"[{re.escape(''.join(_NEEDED.values()))}]")
_RUN = re.compile(r"[^_.|#]*[MWYyIQHSBJZR@%PpqrmwxhckjlneoOz$][^_.|#]*")
"""Known tokens in a row, with at least one among them without which nothing is a period."""


class Match(NamedTuple):
    """An expression as it stands: which rule, and which tokens."""

    rule: str
    first: int
    last: int


@cache
def grammar(*, whole: bool) -> re.Pattern[str]:
    """All rules, in order, as one pattern; or those that need no certain letter."""
    rules = (rule for rule in _RULES if whole or rule[0] not in _NEEDED)
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in rules))


def matches(tokens: Tokens) -> list[Match]:
    """The expressions of a tokenised text, in order; they do not overlap."""
    found: list[Match] = []
    letters = tokens.letters
    for run in _RUN.finditer(letters):
        pattern = grammar(whole=_NEEDS.search(letters, *run.span()) is not None)
        found += [Match(one.lastgroup or "", *one.span()) for one in pattern.finditer(letters, *run.span())]
    return found


class Bag:
    """The tokens of one expression, looked up by letter."""

    def __init__(self, tokens: Tokens, first: int, last: int) -> None:
        self.letters = tokens.letters[first:last]
        self.values = tokens.values[first:last]

    def get(self, letters: str, *, at: int = 0) -> Value:
        """The value of the first token (or the `at`-th) with one of these letters."""
        seen = 0
        for letter, value in zip(self.letters, self.values, strict=True):
            if letter in letters:
                if seen == at:
                    return value
                seen += 1
        return None

    def has(self, letters: str) -> bool:
        """True if a token with one of these letters is there."""
        return any(letter in self.letters for letter in letters)

    def part(self, first: int, last: int) -> Bag:
        """The tokens from `first` to `last`."""
        other = Bag.__new__(Bag)
        other.letters, other.values = self.letters[first:last], self.values[first:last]
        return other
