"""Numbers that are no figures: years, dates, clock times, ages, names, labels, scores, identifiers, durations.

`role_of` looks at a number with its surroundings and says what it is. "claim" is a figure; the other roles are kept
apart because other programs count some of them (ages and durations are quantities for a unit extractor).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .inflect import direction_of
from .lexicon import alternation, lexicon
from .nouns import Noun, counted_noun, is_plural
from .numerals import Number
from .surroundings import Tail, left_tokens

CLAIM, AGE, DURATION, DEFINITE, ONE, NAME, OCCASIONS, ATTRIBUTE, SIZE = (
    "claim", "age", "duration", "definite", "one", "name", "occasions", "attribute", "size",
)  # fmt: skip

# Whole stretches that hold digits and are never figures; matched where a digit run starts.
_STRETCHES = re.compile(
    r"""
    \d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?                  # clock times, running times
    |\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m\b\.?                          # 5 a.m., 1.05am
    |\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?                               # ISO dates
    |\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b                                # 12/05/2024
    |(?:19|20)\d{2}\s?[-–—/]\s?(?:(?:19|20)\d{2}|\d{2})(?![\d,.%]|\s?(?:million|billion|per\s?cent))  # 2014-15
    |(?:\d{1,4}[-–]){2,40}\d{1,40}\b                                       # phone numbers, identifiers, 4-2-3-1
    |(?!\d{1,3}(?:\.\d{3}){2,9}(?![\d.]))\d{1,40}(?:\.\d{1,40}){2,40}\b(?!,\d)  # versions, IP addresses
    |\d{1,9}(?:st|nd|rd|th)\b                                           # ordinals
    |['’]?\d{2,4}['’]?s\b(?!\s?-)                                   # 1970s, 90s
    |\d{4}\s(?:GMT|BST|EST|EDT|UTC|CET|hours)\b
    |\d{1,3}x\d{1,4}\b
    |\d['’′]\s?\d{1,2}(?:["”″]|\b(?=\stall))                        # heights of persons
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PHONE = re.compile(r"\d{1,4}(?:[\s-]\d{2,5}){2,6}\b|0\d{2,5}\s\d{4,8}\b")
_HEX = re.compile(r"(?=\w*[a-f])(?=\w*\d)[0-9a-f]{4,}")
_TOKEN_AROUND = re.compile(r"\S*")
_AGE_AFTER = re.compile(
    r"[\s-]?(?:years?|months?|weeks?|days?)?[\s-](?:old|olds|of\sage)\b|-(?:years?|months?)-olds?\b|[\s-](?:years?|months?)[\s-]olds?\b",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(r"[^\S\n]+([A-Za-z][\w’'-]*)")
_OF_NOUN = re.compile(r"\sof\s(?:\w+\s)?([a-z]+)")
_APPOSED_AGE = re.compile(r"[A-Z][\w’'-]+\)?,\s$")
_ADDRESS = re.compile(
    r"(?:\s(?:[A-Z][\w.’'-]{0,15}|\d{1,3}(?:st|nd|rd|th))){1,3}\s(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Square)\b"
)
_PAIRED_LABEL = re.compile(r"(\w[\w.’'-]*) \d{1,4}(?:, \d{1,4}){0,8},? (?:and|or|to) $")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d%])")
_ON_A_DAY = re.compile(r" on (?:\d|Mon|Tue|Wed|Thu|Fri|Sat|Sun)")
_WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_LIST_NUMBER = re.compile(r"[.)]\s+[A-Z]")
_ODDS = re.compile(r"(?:\sto\s|-to-)(one|\d{1,3})\b(?![\d,.%]\d|\s?%|\s(?:per|million|billion))", re.IGNORECASE)
_HYPHENED = re.compile(r"[-‐‑][A-Za-z]")
_COUNTING = re.compile(r"-(?:strong|magnitude)\b")
"""What a hyphen joins to a figure all the same: "a 5,000-strong crowd", "a 6.3-magnitude quake"."""
_ONE_OF = re.compile(r"\s+of\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b")
_WORD_LABELS = ("year", "years", "week", "weeks", "phase", "stage", "round", "chapter", "episode", "tier", "category")
_STRETCHING = ("after", "for", "in", "within", "over", "last", "past", "every", "next", "first", "during")
_NAMED = re.compile(r", (?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?:, | and )){1,9}[A-Z]")
"""The names that a small count only announces: "two banks, *Danske and Nordea*"."""
_OPENING = re.compile(r"(?:^|[.!?:\n][\"”’')]*\s*)[A-Z]\w+\s$")
"""One word from the start of a sentence or line."""
_AND_ONE = re.compile(r", (?:one|two|three) [a-z]", re.IGNORECASE)
_SCORE = re.compile(r"\s?[-–]\s?\d{1,3}(?![\d%]|[.,]\d|\s?(?:%|per\s?cent|percent|million|billion|bn|m\b))")


class Place(NamedTuple):
    """A number in its surroundings, as the rules below see it."""

    text: str
    start: int
    """Where the number expression starts, currency included, modifier not."""
    end: int
    number: Number
    tail: Tail
    modifier: str
    left: list[str]
    """The words before the expression and its modifiers, nearest first, lower case."""
    noun: Noun | None
    """What the number counts, where it has no unit."""


def stretch_end(text: str, position: int) -> int:
    """The end of a date, clock time, identifier … that starts at `position`; `position` itself for none."""
    match = _STRETCHES.match(text, position)
    phone = _PHONE.match(text, position)
    if phone and (text[position] == "0" or text[position - 1 : position] == "+"):
        return phone.end()
    if match:
        return match.end()
    return position


def junk_end(text: str, position: int) -> int:
    """The end of the unbroken run of letters, digits and signs around `position`: what an identifier takes with it."""
    end = position
    limit = len(text)
    while end < limit and (
        text[end].isalnum() or text[end] in "_-‑/#@.:" or (text[end] == "," and text[end + 1 : end + 2].isdigit())
    ):
        end += 1
    return max(end, position + 1)


def role_of(place: Place) -> str:
    """What a number is: "claim" for a figure, else the reason why it is none."""
    if _is_ingredient(place):
        return SIZE
    if _is_age(place):
        return AGE
    if place.tail.unit == "percent" and place.left and place.left[0] in lexicon().contexts["brackets"]:
        return DEFINITE
    if place.tail.hyphen and not place.number.digits and place.tail.unit != "point":
        return ATTRIBUTE
    if place.tail.time:
        return DURATION if not _is_measured_duration(place) else CLAIM
    if not place.tail.unit:
        return _unitless_role(place)
    return CLAIM


def _is_ingredient(place: Place) -> bool:
    """ "Add 200 g of flour and 3 eggs": an amount in a recipe."""
    kitchen = lexicon().contexts["kitchen"]
    if place.tail.unit not in kitchen and (place.noun is None or place.noun.lemma not in kitchen):
        return False
    return _cooking().search(place.text, max(0, place.start - 200), place.start) is not None


@lru_cache(maxsize=1)
def _cooking() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[.!?;:\n]\s*)(?:{alternation(lexicon().contexts['cooking'])})\s[^.!?\n]*$")


def _unitless_role(place: Place) -> str:
    noun = place.noun
    words = lexicon().contexts
    if noun and (noun.lemma in words["furniture"] or (noun.lemma in words["uncounted"] and place.number.value <= 12)):
        return DEFINITE
    if _is_clock_time(place) or (not place.number.bare and _labelled_after(place)) or _is_oclock(place):
        return NAME
    if place.left[:3] == ["take", "or", "give"]:
        return DEFINITE
    if _COUNTING.match(place.text, place.number.end):
        return CLAIM
    if _HYPHENED.match(place.text, place.number.end) and place.modifier not in ("at_least", "about"):
        return ATTRIBUTE
    if place.number.bare:
        return _bare_role(place)
    return NAME if place.number.digits and place.number.scale == 1 and _is_label(place) else CLAIM


def _is_label(place: Place) -> bool:
    """ "Class 27.51", "section 4.2"."""
    return bool(place.left) and not place.modifier and place.left[0] in lexicon().contexts["labels"]


def _bare_role(place: Place) -> str:
    if _is_apposed_age(place) or _is_year(place) or _is_date(place) or _is_name(place) or _is_junk(place):
        return NAME
    if place.number.value == 1 and not place.number.digits:
        return _role_of_one(place)
    if not place.number.digits and _opens_name(place):
        return NAME
    return DEFINITE if _is_definite(place) else CLAIM


def _is_age(place: Place) -> bool:
    text, end = place.text, place.number.end
    if place.number.value > 120:
        return False
    if _AGE_AFTER.match(text, end) or (place.tail.time and _AGE_AFTER.match(text, place.tail.noun_end)):
        return True
    return _is_spoken_age(place) or _is_predicate_age(place)


def _is_predicate_age(place: Place) -> bool:
    """ "He will be 35 by the end of the year", "she is 67": of a person, with nothing to count."""
    left = [word for word in place.left[:3] if word not in ("now", "just", "only")]
    person = any(word in ("he", "she", "he’ll", "he'll", "she’ll", "she'll") for word in left)
    plain = place.number.digits and place.number.bare and 10 <= place.number.value <= 110 and not place.tail.unit
    follows = _NOUN_AFTER.match(place.text, place.end)
    closed = follows is None or follows[1].lower() in ("by", "when", "in", "and", "on", "but", "this", "next")
    return bool(plain and person and left[0] in ("be", "is", "was") and closed)


def _is_spoken_age(place: Place) -> bool:
    """ "Aged 45", "the age of 5 years", "who was 10"."""
    if place.tail.unit and not place.tail.time:
        return False
    left = [word.strip("(,\"'“‘") for word in place.left[:2]]
    two = " ".join(left[1::-1]) if len(left) > 1 else ""
    ages = lexicon().contexts["ages"]
    limit = place.modifier in ("less_than", "more_than", "at_least") and bool(left) and not _noun_follows(place)
    if limit and left[0] in lexicon().contexts["persons"] and place.number.bare:
        return True
    return bool(left) and (left[0] in ages or (two in ages and (place.tail.time or not _noun_follows(place))))


def _is_apposed_age(place: Place) -> bool:
    """ "Jamie Armstrong, 25, said"."""
    text, number, end = place.text, place.number, place.number.end
    if not number.digits or not 10 <= number.value <= 110 or place.modifier:
        return False
    apposed = _APPOSED_AGE.search(text, max(0, place.start - 30), place.start)
    return bool(apposed) and text[end : end + 1] in (",", ".", ";", ")")


def _noun_follows(place: Place) -> bool:
    match = _NOUN_AFTER.match(place.text, place.end)
    return bool(match and is_plural(match[1]))


def _noun_follows_later(place: Place) -> bool:
    """Whether the number counts something: "a 12 page document" does not, "a record 32 goals" does."""
    return place.noun is not None


def _is_measured_duration(place: Place) -> bool:
    """A duration is a figure only where a duration is what is measured ("an average wait of 12 days")."""
    if place.tail.per:
        return True
    if place.tail.hyphen or not place.left:
        return False
    after = _NOUN_AFTER.match(place.text, place.tail.noun_end)
    if after and after[1].lower() in lexicon().contexts["placing_after"]:
        return False
    if _covers(place) or place.text.startswith(" on average", place.tail.noun_end):
        return True
    moved = place.left[0] in ("to", "by")
    if moved and len(place.left) > 1 and direction_of(place.left[1]):
        return True  # "the wait fell to 12 days"
    if any(word in lexicon().contexts["measured"] for word in place.left[: 6 if moved else 3]):
        return True
    durations = lexicon().contexts["durations"]
    return any(" ".join(place.left[size - 1 :: -1]) in durations for size in range(1, min(4, len(place.left)) + 1))


def _covers(place: Place) -> bool:
    """ "4.6 months of imports", "covers 12 days of demand", "in 2019 it was 9.3 days": how long something lasts."""
    exact = place.number.digits and not place.number.bare
    if exact and (
        place.left[0] in ("is", "was", "be", "been") or place.tail.unit in ("hour", "day", "minute", "second")
    ):
        return place.left[0] not in _STRETCHING
    covered = _OF_NOUN.match(place.text, place.tail.noun_end)
    words = lexicon().contexts
    return bool(covered and covered[1].lower() in words["covered"]) and (exact or place.left[0] in words["covering"])


def _is_year(place: Place) -> bool:
    value, number = place.number.value, place.number
    if not (number.digits and 1000 <= value <= 2199 and number.end - number.start == 4):
        return False
    if place.modifier:
        return 1900 <= value <= 2099 and place.noun is None
    if 1900 <= value <= 2099:
        return not (_noun_follows(place) and place.left and place.left[0] in ("some", "another"))
    return bool(place.left) and place.left[0] in lexicon().contexts["temporal"] and not _noun_follows(place)


@lru_cache(maxsize=1)
def _month() -> re.Pattern[str]:
    months = alternation(month.capitalize() for month in lexicon().contexts["months"])
    capitals = alternation(month.upper() for month in lexicon().contexts["months"])
    return re.compile(rf"\s?(?:(?:(?:and|to|or|-|–)\s?\d{{1,2}}(?:st|nd|rd|th)?\s)?(?:of\s)?(?:{months}|{capitals})\b)")


def _is_date(place: Place) -> bool:
    if not (place.number.digits and 1 <= place.number.value <= 31) or place.modifier:
        return False
    if _month().match(place.text, place.end):
        return True
    before = place.text[max(0, place.start - 12) : place.start].split()
    return bool(before) and bool(_month().fullmatch(before[-1].strip('.("“')))


def _is_name(place: Place) -> bool:
    """A whole number that belongs to a name or a label: "Boeing 737", "page 12", "the 90049 ZIP code", "Model 3"."""
    if place.modifier:
        return False
    if not place.number.digits and not place.text[place.number.start].isupper():
        return _is_word_label(place)
    if _ADDRESS.match(place.text, place.end):
        return True
    if _labelled_after(place):
        return True
    before = place.text[max(0, place.start - 40) : place.start]
    if not before or before[-1] not in "  -":
        return False
    words = before.split()
    if not words:
        return False
    word = words[-1].strip("(\"'“‘").removesuffix("'s").removesuffix("’s")
    pair = _PAIRED_LABEL.search(before)
    if pair and pair[1].lower() in lexicon().contexts["labels"] and place.number.digits:
        return not _noun_follows(place)  # "junctions 7 and 9"
    return _labels(place, word, words)


def _is_word_label(place: Place) -> bool:
    """ "In year two", "years three and four"."""
    left = [word.strip("(\"'“‘,") for word in place.left[:3]]
    if not left or _noun_follows(place) or place.number.value > 20:
        return False
    paired = len(left) == 3 and left[0] in ("and", "or", "to") and left[2] in _WORD_LABELS
    return left[0] in _WORD_LABELS or (paired and bool(_COUNTED.fullmatch(left[1])))


def _labelled_after(place: Place) -> bool:
    following = place.text[place.end : place.end + 14].lower().lstrip("- ")
    return any(following.startswith(label) for label in lexicon().contexts["labels_after"])


def _is_clock_time(place: Place) -> bool:
    """ "At 9.30 on 4 May", "on Tuesday 13 February at 19.30": with a point, as the British write it, beside a day."""
    text, number = place.text, place.number
    match = _CLOCK.match(text, number.start) if number.scale == 1 else None
    if match is None or place.modifier or not place.left or place.left[0] not in ("at", "from", "until", "by", "to"):
        return False
    before = {word.strip(",.") for word in text[max(0, number.start - 40) : number.start].lower().split()}
    on_a_day = bool(_ON_A_DAY.match(text, match.end()))
    return on_a_day or bool(before & {*lexicon().contexts["months"], *_WEEKDAYS})


def _is_oclock(place: Place) -> bool:
    if _is_train_time(place):
        return True
    return place.text[place.number.end : place.number.end + 8].lower() in (" o'clock", " o’clock")


def _is_train_time(place: Place) -> bool:
    """ "The 7.14 does turn up": with "the", a point and nothing that it counts, as the British call a train."""
    match = _CLOCK.match(place.text, place.number.start)
    exact = match is not None and match.end() == place.number.end == place.end
    return bool(exact and place.left and place.left[0] == "the" and not place.noun and not place.modifier)


def _labels(place: Place, word: str, words: list[str]) -> bool:
    labels = lexicon().contexts["labels"]
    lower = word.lower()
    if lower in labels and (place.number.digits or word[0].isupper()):
        return not (
            _noun_follows(place) and lower not in ("boeing", "airbus", "model", "iphone", "s&p", "fortune", "ftse")
        )
    possessive = words[-1].endswith(("'s", "’s"))
    capital = not possessive and word[:1].isupper() and word[-1:].isalnum() and lower not in lexicon().contexts["stops"]
    if not capital or _noun_follows(place):
        return False
    opens_sentence = len(words) < 2 or words[-2][-1] in ".!?"
    return not opens_sentence or not place.text[place.end : place.end + 2].strip()


def _opens_name(place: Place) -> bool:
    """ "Zero Hedge", "Seven Seas Ltd": a capital number word before a capital word that it does not count."""
    match = _NOUN_AFTER.match(place.text, place.end)
    capitals = place.text[place.number.start].isupper() and match is not None and match[1][0].isupper()
    return capitals and place.noun is None


def _is_junk(place: Place) -> bool:
    """Identifiers: leading zeros, hexadecimal neighbours, list numbers."""
    text, start, end = place.text, place.number.start, place.number.end
    if place.number.digits and text[start] == "0" and end - start > 1:
        return True
    if end - start >= 8 and place.number.digits:
        return True
    before = text[max(0, start - 24) : start].split()
    after = text[end : end + 24].split()
    if (before and _HEX.fullmatch(before[-1])) or (after and _HEX.fullmatch(after[0])):
        return True
    opens_line = text.rfind("\n", max(0, start - 8), start) >= 0 or start < 4
    return opens_line and not text[max(0, start - 4) : start].strip(" \n\t(") and bool(_LIST_NUMBER.match(text, end))


def _role_of_one(place: Place) -> str:
    """A bare "one" is a pronoun ("one of the") or an article ("one area"), unless it counts ("one person died")."""
    if _ONE_OF.match(place.text, place.number.end):
        return ONE
    match = _NOUN_AFTER.match(place.text, place.number.end)
    if match is None or match[1].lower() in lexicon().contexts["stops"]:
        return NAME
    if place.left and place.left[0] == "and" and place.noun and _COUNTED.search(" ".join(place.left[1:5])):
        return CLAIM  # "two total collapses and one partial collapse"
    if place.modifier and match and match[1].lower() not in lexicon().contexts["stops"]:
        return CLAIM
    counts = match and match[1].lower() in lexicon().contexts["countable"]
    return CLAIM if counts and not (place.left and place.left[0] in lexicon().contexts["definite"]) else ONE


def _is_definite(place: Place) -> bool:
    """ "The two countries", "first 11 months", "his three sons": the number gives no count."""
    if place.modifier:
        return False
    if not place.left:
        return not place.number.digits and place.number.value <= 5 and _lists_ones(place)
    if place.left[0] in ("a", "an") and not _noun_follows_later(place):
        return True
    if not place.number.digits and place.number.value <= 5 and (_leads_on(place) or _lists_ones(place)):
        return True
    word = place.left[0].strip("(\"'“‘")
    if word in ("first", "last", "next", "past", "previous", "opening", "final") and place.number.value <= 31:
        return True
    return word in lexicon().contexts["definite"] and place.number.value <= 10 and place.number.bare


def _leads_on(place: Place) -> bool:
    """ "Ask three people", "put two officers in a room": an order to the reader counts nobody."""
    if place.left[0] not in lexicon().contexts["orders"]:
        return False
    return bool(_OPENING.search(place.text, max(0, place.start - 24), place.start))


def _lists_ones(place: Place) -> bool:
    """ "Two lenders, one market": a heading of bare nouns counts nothing."""
    match = _AND_ONE.match(place.text, place.noun.end) if place.noun else None
    if place.noun and _NAMED.match(place.text, place.noun.end):
        return True
    return match is not None and place.number.start == place.text.rfind("\n", 0, place.number.start) + 1


def score_end(text: str, number: Number) -> int:
    """Where a score or odds that start with a number end ("2-1", "3 to 1"); 0 where it starts none."""
    if not number.bare:
        return 0
    odds = _ODDS.match(text, number.end)
    moved = text[max(0, number.start - 5) : number.start].lower() == "from "
    if odds and not moved and number.value < 1000 and (odds[1].lower() == "one" or int(odds[1]) < number.value):
        return odds.end()
    match = _SCORE.match(text, number.end) if number.digits else None
    return junk_end(text, match.end()) if match else 0


def place_of(text: str, start: int, end: int, number: Number, tail: Tail, modifier_start: int, modifier: str) -> Place:
    """The number with its surroundings, for the rules of this module."""
    noun = None if tail.unit else counted_noun(text, end, number.value)
    return Place(text, start, end, number, tail, modifier, left_tokens(text, modifier_start), noun)
