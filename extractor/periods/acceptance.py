"""What the grammar matches that is no period after all: amounts, people's names, papers, lengths of time."""

from __future__ import annotations

import re

from extractor.periods.context import FROM_BEFORE
from extractor.periods.fiscal import is_declaration
from extractor.periods.grammar import Bag, Match
from extractor.periods.patterns import patterns_of
from extractor.periods.roles import counts_something, is_name, is_streak

_cue = patterns_of("acceptance.toml")
PARTS = re.compile(r"\b(?P<part>quarter|half)s?\b(?!-)|\bhalves\b", re.IGNORECASE)
"""Parts of a year, of which "the third" can be one."""
_ANY_PART = re.compile(r"[oO]-?[qh]")
"""A numbered part of a year, in the grammar's letters."""
_NOUN = re.compile(r"\s+[a-z]+(?<!ed)\b(?<! to)")


def is_period(match: Match, bag: Bag, raw: str, before: str, after: str) -> bool:
    """False for numbers that count something, people's names, and words that only look like a period."""
    if is_declaration(bag, before, after) or _cue("every").search(before):
        return False
    if _is_other_thing(bag, raw, before, after) or _only_counts(match.rule, bag, after):
        return False
    return _by_rule(match.rule, bag, raw.lower(), before, after) and _by_letters(bag, raw.lower(), before, after)


def _by_rule(rule: str, bag: Bag, words: str, before: str, after: str) -> bool:
    """What single rules ask of the words around."""
    match rule:
        case "decade":
            return _is_decade(bag.letters, words, before)
        case "just_ended":
            return bag.values[-1] == "latest"
        case "adjective":
            return bool(_cue("results").match(after)) and not _cue("one").search(before)
        case "ordinal":
            return bool(PARTS.search(before) and _cue("at_ordinal").search(before))
        case "feast":
            return not before.strip() or bag.letters != "P" or bool(_cue("at_feast").search(before))
        case "ago":
            return not (bag.has("x") and bag.has("t")) or bool(_cue("closed").match(after))
        case "counted":
            within = _cue("within") if bag.letters[0] == "t" else _cue("counted")
            return within.search(before) is not None and not _cue("from_event").match(after)
        case "begun":  # "its year begins in August" dates nothing
            return not {"begins", "starts"} & set(bag.values)
        case "weekend":
            return not _cue("ordinal").search(before)
        case "same":
            return bag.letters not in ("tsp", "sp") or "time" not in bag.values  # "at the same time, exports rose"
        case "trailing":
            return not _cue("record").search(before)
    return True


def _by_letters(bag: Bag, words: str, before: str, after: str) -> bool:
    """What bare words ask of the words around: "the years since", "the fiscal deficit", "the period-tracking app"."""
    letters = bag.letters
    if (letters == "W" or _ANY_PART.fullmatch(letters)) and _cue("one").search(before):
        return False  # "on one Sunday alone", "a record for a first half"
    if letters in ("tr", "tm", "tq", "tw"):
        return not words.endswith("s")
    if letters[-1:] == "$" and letters.strip("tLCX") == "$":
        return bag.values[-1] in ("fiscal", "season", "campaign") and not _NOUN.match(after)
    if "one" in bag.values:
        return bool(_cue("for_one").search(before))
    if letters == "tLp":
        return bag.get("L") in FROM_BEFORE
    if letters in ("tCp", "tXp", "tpG"):
        return False
    if letters == "tp":
        return after[:1] != "-" and "period" in bag.values
    if letters in ("Kp", "trG"):
        return "time" not in bag.values and "point" not in bag.values
    return letters != "ac" or bool(_cue("lasting").search(before) and not _cue("record").search(before))


def _is_other_thing(bag: Bag, raw: str, before: str, after: str) -> bool:
    """True for amounts, names of people and papers, copyright years, and "so far from"."""
    letters = bag.letters
    if letters in ("Y", "tY"):
        year = int(str(bag.values[-1]))
        return counts_something(after) or not 1900 <= year <= 2100 or bool(_cue("copyright").search(before))
    if letters == "M":
        return is_name(before)
    if letters in ("Z", "tZ"):
        if letters == "tZ" and _NOUN.match(after):
            return True  # "at the present pace"
        title = raw[0].isupper() and before[-2:-1].isalpha()  # "Russia Today"
        return title or raw.lower() in ("now", "date", "present")
    return letters == "@" and bool(_cue("far").match(after))


def _only_counts(rule: str, bag: Bag, after: str) -> bool:
    """True for "the fourth quarter of growth", "the third quarter-final", "the second half of the match"."""
    if rule not in ("quarter", "half", "first_months"):
        return False
    if is_streak(after) or re.match(r"-[a-z]", after):
        return True
    return rule != "first_months" and not bag.has("YySr%$") and bool(re.match(r"\s+of\b", after))


def _is_decade(letters: str, words: str, before: str) -> bool:
    """False for ages and rates of two digits: "in her early 20s", "the mid-30s"."""
    if re.search(r"[a-z]{5}|\d{4}", words):
        return True
    return "b" not in letters and (letters[0] == "t" or before.lower().endswith("in "))
