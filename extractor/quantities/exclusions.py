"""Numbers that are no figures: years, dates, clock times, ages, names, labels, scores, identifiers, durations.

`role_of` looks at a number with its surroundings and says what it is. "claim" is a figure; the other roles are kept
apart because other programs count some of them (ages and durations are quantities for a unit extractor).
"""

from __future__ import annotations

import re
from functools import lru_cache

from .ages import is_age, is_apposed_age, is_measured_duration
from .distances import is_location
from .identifiers import (
    COUNTED,
    is_junk,
    is_name,
    labelled_after,
    opens_name,
)
from .lexicon import alternation, lexicon
from .nouns import counted_noun
from .numerals import Number
from .place import NOUN_AFTER, Place, noun_follows
from .surroundings import left_tokens
from .tails import Tail

CLAIM, AGE, DURATION, DEFINITE, ONE, NAME, OCCASIONS, ATTRIBUTE, SIZE = (
    "claim", "age", "duration", "definite", "one", "name", "occasions", "attribute", "size",
)  # fmt: skip

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d%])")
_ON_A_DAY = re.compile(r" on (?:\d|Mon|Tue|Wed|Thu|Fri|Sat|Sun)")
_HYPHENED = re.compile(r"[-‐‑][A-Za-z]")
_COUNTING = re.compile(r"-(?:strong|magnitude)\b")
"""What a hyphen joins to a figure all the same: "a 5,000-strong crowd", "a 6.3-magnitude quake"."""
_QUOTES = frozenset("'’‘“”\"")
_ONE_OF = re.compile(r"\s+of\b", re.IGNORECASE)
_NAMED = re.compile(r", (?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?:, | and )){1,9}[A-Z]")
"""The names that a small count only announces: "two banks, *Danske and Nordea*"."""
_OPENING = re.compile(r"(?:^|[.!?:\n][\"”’')]*\s*)[A-Z]\w+\s$")
"""One word from the start of a sentence or line."""
_AND_ONE = re.compile(r", (?:one|two|three) [a-z]", re.IGNORECASE)


def role_of(place: Place) -> str:
    """What a number is: "claim" for a figure, else the reason why it is none."""
    if _is_ingredient(place):
        return SIZE
    if is_age(place):
        return AGE
    if place.tail.unit == "percent" and place.left and place.left[0] in lexicon().contexts["brackets"]:
        compared = place.left[1:2] and place.left[1] in lexicon().contexts["comparing_after"]
        return CLAIM if compared else DEFINITE  # "a much lower 24.9 percent"
    if place.tail.hyphen and place.tail.unit != "point":
        if not place.number.digits:
            return ATTRIBUTE
        if _is_dimension(place):
            return SIZE
    if is_location(place):
        return SIZE
    if place.tail.time:
        return DURATION if not is_measured_duration(place) else CLAIM
    if not place.tail.unit:
        return _unitless_role(place)
    return CLAIM


def _is_dimension(place: Place) -> bool:
    """True for "The *12-metre* trawler": how long, wide or high a thing is."""
    return place.tail.unit in lexicon().contexts["extents"] and not place.modifier


def _is_pack(place: Place) -> bool:
    """True for "The price of *a dozen* eggs", "$4.79 a dozen", "a dozen went for $4.79": what is sold for a price."""
    text, end = place.text, place.number.end
    if text[end - 5 : end].lower() != "dozen" or place.number.value != 12:
        return False
    before = text[max(0, place.start - 24) : place.start]
    return bool(_sold().search(before) or _sells().match(text, place.noun.end if place.noun else end))


@lru_cache(maxsize=1)
def _sold() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:{alternation(lexicon().contexts['priced'])})|[$£€]\s?\d[\d.,]*\d(?:\sfor)?)\s(?:an?\s)?$"
    )


@lru_cache(maxsize=1)
def _sells() -> re.Pattern[str]:
    return re.compile(rf"[^.;,\n$£€]{{0,30}}?\s(?:{alternation(lexicon().contexts['pricing'])})\s(?:[a-z]+\s)?[$£€]\d")


def _is_ingredient(place: Place) -> bool:
    """True for "Add 200 g of flour and 3 eggs": an amount in a recipe."""
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
    if noun and noun.lemma in lexicon().time_words and _runs_on(place):
        return DURATION
    if _is_pack(place):
        return SIZE
    if _is_clock_time(place) or (not place.number.bare and labelled_after(place)) or _is_oclock(place):
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


def _runs_on(place: Place) -> bool:
    """True for "Two *straight* months of falling sales": how long it went on."""
    following = NOUN_AFTER.match(place.text, place.end)
    return following is not None and following[1].lower() in lexicon().contexts["running"]


def _is_label(place: Place) -> bool:
    """True for "Class 27.51", "section 4.2"; not for "last year 40,000 people", whose digits are grouped."""
    grouped = "," in place.text[place.number.start : place.number.end]
    return bool(place.left) and not (place.modifier or grouped) and place.left[0] in lexicon().contexts["labels"]


def _bare_role(place: Place) -> str:
    if is_apposed_age(place) or _is_year(place) or _is_date(place) or is_name(place) or is_junk(place):
        return NAME
    if _is_quoted_name(place):
        return NAME
    if place.number.value == 1 and not place.number.digits:
        return _role_of_one(place)
    if not place.number.digits and (opens_name(place) or _is_without(place)):
        return NAME
    return DEFINITE if _is_definite(place) else CLAIM


def _is_quoted_name(place: Place) -> bool:
    """True for "the '69' plate": a number in quotation marks between "the" and what is called by it."""
    text, following = place.text, NOUN_AFTER.match(place.text, place.end + 1)
    marks = text[place.start - 1 : place.start] in _QUOTES and text[place.end : place.end + 1] in _QUOTES
    named = following is not None and following[1].lower() not in lexicon().contexts["stops"]
    return bool(marks and named and not lexicon().contexts["compounding"].isdisjoint(place.left[1:2]))


def _is_without(place: Place) -> bool:
    """True for "A *zero* emission van", "zero tolerance", "net zero": without any, and no count of them."""
    if place.number.value == 0 and place.left and place.left[0] in lexicon().contexts["towards_nothing"]:
        return True
    following = NOUN_AFTER.match(place.text, place.end) if place.number.value == 0 else None
    return following is not None and following[1].lower().split("-")[0] in lexicon().contexts["without"]


def _noun_follows_later(place: Place) -> bool:
    """Whether the number counts something: "a 12 page document" does not, "a record 32 goals" does."""
    return place.noun is not None


def _is_year(place: Place) -> bool:
    value, number = place.number.value, place.number
    if not (number.digits and 1000 <= value <= 2199 and number.end - number.start == 4):
        return False
    if place.modifier:
        return 1900 <= value <= 2099 and place.noun is None
    if 1900 <= value <= 2099:
        return not (noun_follows(place) and _counts_not_dates(place))
    if place.left[:1] == ["from"] and place.left[1:2] and place.left[1].strip(",") in lexicon().contexts["pacing"]:
        return False  # "up from 1702"
    return bool(place.left) and place.left[0] in lexicon().contexts["temporal"] and not noun_follows(place)


def _counts_not_dates(place: Place) -> bool:
    """True for "some 2015 people", and for a round "2000 people" that no "in" or "the" makes a year of."""
    if place.left[:1] and place.left[0] in ("some", "another"):
        return True
    if place.number.value % 100 or place.noun is None:
        return False
    near = place.left[0] if place.left else ""
    return not any(near in lexicon().contexts[words] for words in ("temporal", "definite", "months"))


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
    return bool(before) and bool(_month().fullmatch(before[-1].rpartition("-")[2].strip('.("“')))  # "pre-September 11"


def _is_clock_time(place: Place) -> bool:
    """True for an hour with a point, as the British write it, beside a day: "At 9.30 on 4 May"."""
    text, number = place.text, place.number
    match = _CLOCK.match(text, number.start) if number.scale == 1 else None
    if match is None or place.modifier or not place.left or place.left[0] not in ("at", "from", "until", "by", "to"):
        return False
    before = {word.strip(",.") for word in text[max(0, number.start - 40) : number.start].lower().split()}
    on_a_day = bool(_ON_A_DAY.match(text, match.end()))
    return on_a_day or bool(before & {*lexicon().contexts["months"], *lexicon().contexts["weekdays"]})


def _is_oclock(place: Place) -> bool:
    if _is_train_time(place):
        return True
    return place.text[place.number.end : place.number.end + 8].lower() in (" o'clock", " o’clock")


def _is_train_time(place: Place) -> bool:
    """True for "The 7.14 does turn up": with "the", a point and nothing that it counts, as the British call a train."""
    match = _CLOCK.match(place.text, place.number.start)
    exact = match is not None and match.end() == place.number.end == place.end
    return bool(exact and place.left and place.left[0] == "the" and not place.noun and not place.modifier)


def _role_of_one(place: Place) -> str:
    """A bare "one" is a pronoun ("one of the") or an article ("one area"), unless it counts ("one person died")."""
    if _ONE_OF.match(place.text, place.number.end):
        return ONE
    match = NOUN_AFTER.match(place.text, place.number.end)
    if match is None or match[1].lower() in lexicon().contexts["stops"]:
        return NAME
    if place.left and place.left[0] == "and" and place.noun and COUNTED.search(" ".join(place.left[1:5])):
        return CLAIM  # "two total collapses and one partial collapse"
    if place.modifier and match and match[1].lower() not in lexicon().contexts["stops"]:
        return CLAIM
    counts = match and match[1].lower() in lexicon().contexts["countable"]
    return CLAIM if counts and not (place.left and place.left[0] in lexicon().contexts["definite"]) else ONE


def _is_definite(place: Place) -> bool:
    """True for "The two countries", "first 11 months", "his three sons": the number gives no count."""
    if place.modifier:
        return False
    if not place.left:
        return not place.number.digits and place.number.value <= 5 and _lists_ones(place)
    if place.left[0] in ("a", "an") and not _noun_follows_later(place):
        return True
    if not place.number.digits and place.number.value <= 5 and (_leads_on(place) or _lists_ones(place)):
        return True
    word = place.left[0].strip("(\"'“‘")
    if word == "top" and _describes_list(place):
        return True
    if word in ("big", "top") and place.number.value <= 10:
        opens = len(place.left) == 1 or _OPENING.search(place.text, max(0, place.start - 24), place.start) is not None
        return opens or place.left[1] in lexicon().contexts["definite"]  # "the big three", "Top five brands"
    if word in lexicon().contexts["sequential"] and place.number.value <= 31:
        return True
    if _is_possessed(place, word) or _introduces(place):
        return True
    if word == "all" and place.noun is not None:
        return False  # "all six crew members died"
    return word in lexicon().contexts["definite"] and place.number.value <= 10 and place.number.bare


def _describes_list(place: Place) -> bool:
    """True for "The top *50* list", "a top 20 club": one thing among so many; not "the top 50 firms"."""
    following = NOUN_AFTER.match(place.text, place.end)
    return place.noun is None and following is not None and following[1].lower() not in lexicon().contexts["stops"]


def _is_possessed(place: Place, word: str) -> bool:
    """True for "The group's three plants": how many somebody has is only mentioned; not "Sunday's three deaths"."""
    owner = word.removesuffix("'s").removesuffix("’s")
    words = lexicon().contexts
    dated = (
        owner in words["months"]
        or owner in words["weekdays"]
        or owner in lexicon().time_words
        or owner in words["days"]
    )
    return (
        owner != word and not dated and not place.number.digits and place.number.value <= 10 and place.noun is not None
    )


def _introduces(place: Place) -> bool:
    """True for "Identifies three risks: …": what follows the colon tells them."""
    small = not place.number.digits and place.number.value <= 10 and place.noun is not None
    return bool(small and place.noun and place.text[place.noun.end : place.noun.end + 2] == ": ")


def _leads_on(place: Place) -> bool:
    """True for "Ask three people", "put two officers in a room": an order to the reader counts nobody."""
    if place.left[0] not in lexicon().contexts["orders"]:
        return False
    return bool(_OPENING.search(place.text, max(0, place.start - 24), place.start))


def _lists_ones(place: Place) -> bool:
    """True for "Two lenders, one market": a heading of bare nouns counts nothing."""
    match = _AND_ONE.match(place.text, place.noun.end) if place.noun else None
    if place.noun and _NAMED.match(place.text, place.noun.end):
        return True
    return match is not None and place.number.start == place.text.rfind("\n", 0, place.number.start) + 1


def place_of(text: str, start: int, end: int, number: Number, tail: Tail, modifier_start: int, modifier: str) -> Place:
    """The number with its surroundings, for the rules of this module."""
    noun = None if tail.unit else counted_noun(text, end, number.value)
    return Place(text, start, end, number, tail, modifier, left_tokens(text, modifier_start), noun)
