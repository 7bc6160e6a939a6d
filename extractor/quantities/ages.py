"""Ages, and durations: which of them are what a figure measures."""

from __future__ import annotations

import re

from .lexicon import lexicon
from .movements import direction_of
from .place import NOUN_AFTER, Place, noun_follows

_PERSON = re.compile(r"\b[A-Z][a-z’'-]+ (?:[A-Z][\w’'.-]* )?[A-Z][a-z][\w’'-]* $")
_BRACKETED = re.compile(r"\(\d[\d.,]*\)[^()]{1,55}\(\d[\d.,]*%?\)")
"""Figures in brackets behind each of a list ("Spain (58), France (41)"), which are no ages."""
_AGE_AFTER = re.compile(
    r"[\s-]?(?:years?|months?|weeks?|days?)?[\s-](?:old|olds|of\sage)\b|-(?:years?|months?)-olds?\b|[\s-](?:years?|months?)[\s-]olds?\b",
    re.IGNORECASE,
)
_APPOSED_AGE = re.compile(r"[A-Z][\w’'-]+\)?,\s$")
_SEVERAL = re.compile(r"\b(?:[Tt]wo|[Tt]hree|[Ff]our|[Bb]oth)\s[a-z]+(?:\s[a-z]+)?,\s(?:\d\d,?\s(?:and\s)?){0,3}$")
_CLOSES_AGES = re.compile(r"(?:,?\sand|,)\s\d\d\b|,(?!\d)")
_OF_NOUN = re.compile(r"\sof\s(?:\w+\s)?([a-z]+)")


def _is_share_below(place: Place, left: list[str]) -> bool:
    """True for "With 45 percent under 25", "two-thirds over 60": of the people, by their age."""
    share = bool(left) and (left[0] in ("percent", "cent") or left[0].endswith(("%", "thirds", "half", "quarters")))
    plain = place.number.bare and 10 <= place.number.value <= 100 and place.noun is None
    return share and plain and place.text[place.start - 6 : place.start].lower().endswith(("under ", "over "))


def is_age(place: Place) -> bool:
    """True for "45-year-old", "aged 45", "he will be 35"."""
    text, end = place.text, place.number.end
    if place.number.value > 120:
        return False
    if _AGE_AFTER.match(text, end) or (place.tail.time and _AGE_AFTER.match(text, place.tail.noun_end)):
        return True
    return _is_spoken_age(place) or _is_predicate_age(place)


def _is_predicate_age(place: Place) -> bool:
    """True for "He will be 35 by the end of the year", "she is 67": of a person, with nothing to count."""
    words = lexicon().contexts
    left = [word for word in place.left[:3] if word not in ("now", "just", "only")]
    person = not words["somebody"].isdisjoint(left)
    plain = place.number.digits and place.number.bare and 10 <= place.number.value <= 110 and not place.tail.unit
    follows = NOUN_AFTER.match(place.text, place.end)
    closed = follows is None or follows[1].lower() in words["age_after"]
    return bool(plain and person and left[0] in ("be", "is", "was") and closed)


def _is_spoken_age(place: Place) -> bool:
    """True for "Aged 45", "the age of 5 years", "who was 10"."""
    if place.tail.unit and not place.tail.time:
        return False
    left = [word.strip("(,\"'“‘") for word in place.left[:2]]
    two = " ".join(left[1::-1]) if len(left) > 1 else ""
    ages = lexicon().contexts["ages"]
    if place.modifier in ("less_than", "more_than") and _is_share_below(place, left):
        return True
    limit = place.modifier in ("less_than", "more_than", "at_least") and bool(left) and not noun_follows(place)
    if limit and left[0] in lexicon().contexts["persons"] and place.number.bare:
        return True
    if len(place.left) > 2 and left[0] in ("and", "to", "or") and place.left[2] in ages and place.number.bare:
        return True  # "between ages 5 and *17*"
    return bool(left) and (left[0] in ages or (two in ages and (place.tail.time or not noun_follows(place))))


def is_apposed_age(place: Place) -> bool:
    """True for "Jamie Armstrong, 25, said", "Jamie Armstrong (25) said"."""
    text, number, end = place.text, place.number, place.number.end
    if not number.digits or not 10 <= number.value <= 110 or place.modifier:
        return False
    if text[place.start - 1 : place.start] == "(" and text[end : end + 1] == ")":
        person = _PERSON.search(text, max(0, place.start - 40), place.start - 1)
        return person is not None and not _BRACKETED.search(text, max(0, place.start - 60), end + 60)
    if _SEVERAL.search(text, max(0, place.start - 40), place.start) and _CLOSES_AGES.match(text, end):
        return True  # "two fishermen, 28 and 61, are missing"
    apposed = _APPOSED_AGE.search(text, max(0, place.start - 30), place.start)
    return bool(apposed) and text[end : end + 1] in (",", ".", ";", ")")


def is_measured_duration(place: Place) -> bool:
    """A duration is a figure only where a duration is what is measured ("an average wait of 12 days")."""
    if place.tail.per:
        return True
    if place.tail.hyphen or not place.left:
        return False
    after = NOUN_AFTER.match(place.text, place.tail.noun_end)
    if after and after[1].lower() in lexicon().contexts["placing_after"]:
        return False
    if _covers(place) or place.text.startswith(" on average", place.tail.noun_end):
        return True
    if place.left[0] == "for" and place.number.digits and not place.number.bare and place.left[1:2] != ["the"]:
        return any(word in lexicon().contexts["waiting"] for word in place.left[1:3])  # "waits for 7.1 months"
    moved = place.left[0] in ("to", "by")
    if moved and len(place.left) > 1 and direction_of(place.left[1]):
        return True  # "the wait fell to 12 days"
    told = place.left[0] in lexicon().contexts["helpers"]  # "the wait to see a doctor *is* 18 months"
    near = place.left[: 9 if told else 6 if moved else 3]
    reckoned = place.left[0] in lexicon().contexts["stretching"] and not moved  # "the average wage for 45 years"
    if any(
        word in lexicon().contexts["measured"] and not (reckoned and word in lexicon().contexts["averaged"])
        for word in near
    ):
        return True
    durations = lexicon().contexts["durations"]
    return any(" ".join(place.left[size - 1 :: -1]) in durations for size in range(1, min(4, len(place.left)) + 1))


def _covers(place: Place) -> bool:
    """True for what lasts so long: "4.6 months of imports", "covers 12 days of demand", "in 2019 it was 9.3 days"."""
    exact = place.number.digits and not place.number.bare
    words = lexicon().contexts
    if exact:
        lasts = place.left[0] == "last" and place.left[1:2] and place.left[1] in words["before_verb"]
        return bool(lasts) or place.left[0] not in words["stretching"]
    covered = _OF_NOUN.match(place.text, place.tail.noun_end)
    return bool(covered and covered[1].lower() in words["covered"]) and (exact or place.left[0] in words["covering"])
