"""Numbers that belong to names: labels, addresses, identifiers, clock times, scores, the items of a list."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.names.words import is_area_name

from .lexicon import alternation, lexicon
from .numerals import Number
from .place import NOUN_AFTER, Place, noun_follows

# Whole stretches that hold digits and are never figures; matched where a digit run starts.
_STRETCHES = re.compile(
    r"""
    \d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?                  # clock times, running times
    |\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m\b\.?                          # 5 a.m., 1.05am
    |(?<!.)[012]\d\.[0-5]\d(?=[^\S\n]+(?-i:[A-Z"“]))                # "06.25 Divers have …": the hours of a live report
    |\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?                               # ISO dates
    |\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b                                # 12/05/2024
    |(?:19|20)\d{2}\s?[-–—/]\s?(?:(?:19|20)\d{2}|\d{2})(?![\d,.%]|\s?(?:million|billion|per\s?cent))  # 2014-15
    |(?:\d{1,4}[-–]){2,40}\d{1,40}\b                                       # phone numbers, identifiers, 4-2-3-1
    |(?!\d{1,3}(?:\.\d{3}){2,9}(?![\d.]))\d{1,40}(?:\.\d{1,40}){2,40}\b(?!,\d)  # versions, IP addresses
    |\d{1,9}(?:st|nd|rd|th)\b                                           # ordinals
    |['’]?\d{2,4}['’]?s\b(?!\s?-)                                   # 1970s, 90s
    |\d{4}\s(?:GMT|BST|EST|EDT|UTC|CET|hours)\b
    |(?<=(?:GMT|UTC)[+−–-])\d{1,2}(?::\d{2})?\b                      # GMT+3
    |(?<=(?:GMT|UTC)\s[+−–-])\d{1,2}(?::\d{2})?\b
    |\d{1,3}x\d{1,4}\b
    |(?<=\bat\s)\d{1,3}/\d{1,2}\b(?!\s(?:of|an?)\b)                # odds
    |\d['’′]\s?\d{1,2}(?:["”″]|\b(?=\stall))                        # heights of persons
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PHONE = re.compile(r"\d{1,4}(?:[\s-]\d)?(?:[\s-]\d{2,5}){2,6}\b|0\d{2,5}\s\d{4,8}\b")
_RATE_LINE = re.compile(r"1(?:[.,]0+)?(?:\s[A-Za-z.]+){0,3}\s?=\s?[^\s\d]{0,4}\s?\d[\d.,]*")
_HEX = re.compile(r"(?=\w*[a-f])(?=\w*\d)[0-9a-f]{4,}")
_ADDRESS = re.compile(
    r"(?:\s(?:[A-Z][\w.’'-]{0,15}|\d{1,3}(?:st|nd|rd|th))){1,3}\s(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Square)\b"
)
_PAIRED_LABEL = re.compile(r"(\w[\w.’'-]*) \d{1,4}(?:, \d{1,4}){0,8},? (?:and|or|to) $")
_TEXTED = re.compile(r"\b[Tt]ext(?:ing)?\s[\w“”‘’'\"]+(?:\s[\w“”‘’'\"]+)?\sto\s$")
"""What stands before a short code: "text GIVE to *70070*"."""
_PAIRED = re.compile(r"(?:, \d{1,4}){0,8},? (?:and|or|to) \d{1,4}\b(?![.,]?\d|\s?%|\s[a-z]+s\b)")
_REACH = 240  # characters that such a list may be long
_OTHER_END = {"to": re.compile(r"\bfrom\s\d{7,12}\b"), "from": re.compile(r"\bto\s\d{7,12}\b")}
"""By the preposition of the one end of a move, the other end, where it is a long figure without grouping."""
_NEAR = 60  # characters between the two
_LIST_NUMBER = re.compile(r"[.)]\s+[A-Z“\"‘'$€£¥₹]")
_ODDS = re.compile(r"(?:\sto\s|-to-)(one|\d{1,3})\b(?![\d,.%]\d|\s?%|\s(?:per|million|billion))", re.IGNORECASE)
_SCORE = re.compile(r"\s?[-–]\s?\d{1,3}(?![\d%]|[.,]\d|\s?(?:%|per\s?cent|percent|million|billion|bn|m\b))")
_TOLD_OF = re.compile(r",\s(?:the|an?|which|whose|where)\s|\s(?:was|is|has|had|will|would|could|may)\s")
COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b")


def stretch_end(text: str, position: int) -> int:
    """The end of a date, clock time, identifier … that starts at `position`; `position` itself for none."""
    match = _STRETCHES.match(text, position)
    phone = _PHONE.match(text, position)
    if phone and (text[position] == "0" or text[position - 1 : position] == "+"):
        return phone.end()
    if match:
        return match.end()
    return position


def rate_end(text: str, position: int) -> int:
    """The end of an exchange rate in brackets that starts at `position`: "($1 = 144.90 yen)"; `position` for none."""
    match = _RATE_LINE.match(text, position) if text[position] == "1" else None
    return match.end() if match else position


def junk_end(text: str, position: int) -> int:
    """The end of the unbroken run of letters, digits and signs around `position`: what an identifier takes with it."""
    end = position
    limit = len(text)
    while end < limit and (
        text[end].isalnum() or text[end] in "_-‑/#@.:" or (text[end] == "," and text[end + 1 : end + 2].isdigit())
    ):
        end += 1
    return max(end, position + 1)


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


def is_name(place: Place) -> bool:
    """A whole number that belongs to a name or a label: "Boeing 737", "page 12", "the 90049 ZIP code", "Model 3"."""
    if place.modifier and not (
        place.modifier == "at_least" and place.left and place.left[0] in lexicon().contexts["labels"]
    ):
        return False  # but "phase 3 or above"
    if not place.number.digits and not place.text[place.number.start].isupper():
        return _is_word_label(place)
    if _ADDRESS.match(place.text, place.end):
        return True
    if labelled_after(place):
        return True
    before = place.text[max(0, place.start - 40) : place.start]
    if not before or before[-1] not in "  -":
        return False
    words = before.split()
    if not words:
        return False
    word = words[-1].strip("(\"'“‘").removesuffix("'s").removesuffix("’s")
    if place.number.digits and _TEXTED.search(before):
        return True
    pair = _PAIRED_LABEL.search(before)
    if pair and _is_label_word(pair[1]) and place.number.digits:
        return not noun_follows(place)  # "junctions 7 and 9"
    return _opens_pair(place, word) or _labels(place, word, words)


@lru_cache(maxsize=1)
def _gapped() -> re.Pattern[str]:
    """What stands before a number in a list that leaves its verb out: "Jordan lost 99 people, *the Greens* 63"."""
    words = lexicon()
    spelt = alternation({**words.units, **words.tens, **words.scales})
    name = r"(?:[Tt]he\ )?[A-Z][\w.’'-]*(?:\ [A-Z][\w.’'-]*){0,4}"
    link = r"(?:,\ and|,|;|\ and)\ (?:in\ )?"
    figure = r"\d+(?:[.,]\d+)*%?"
    first = rf"(?!(?:19|20)\d\d,){figure}|{spelt}"
    return re.compile(
        rf"\b[a-z]+\ (?:{first})(?:\ [a-z]+){{0,6}}"  # the first, with its verb: "lost 99 people"
        rf"(?:{link}{name}\ {figure}){{0,12}}{link}{name}\ $"
    )


def _is_label_word(word: str) -> bool:
    """True for "Line", and for the "Lines" of "Lines 1 and 2"."""
    lower, labels = word.lower(), lexicon().contexts["labels"]
    return lower in labels or (lower.endswith("s") and lower[:-1] in labels)


def _opens_pair(place: Place, word: str) -> bool:
    """True for "Lines *1* and 2": the first number behind a label in the plural."""
    plural = word.lower().endswith("s") and _is_label_word(word)
    return plural and _PAIRED.match(place.text, place.number.end) is not None


def _is_word_label(place: Place) -> bool:
    """True for "In year two", "years three and four"."""
    left = [word.strip("(\"'“‘,") for word in place.left[:3]]
    if not left or noun_follows(place) or place.number.value > 20:
        return False
    paired = len(left) == 3 and left[0] in ("and", "or", "to") and left[2] in lexicon().contexts["word_labels"]
    return left[0] in lexicon().contexts["word_labels"] or (paired and bool(COUNTED.fullmatch(left[1])))


def labelled_after(place: Place) -> bool:
    """True for "the 90049 ZIP code", "98.5 FM": the label stands behind the number."""
    following = place.text[place.end : place.end + 14].lower().lstrip("- ")
    return any(following.startswith(label) for label in lexicon().contexts["labels_after"])


def _labels(place: Place, word: str, words: list[str]) -> bool:
    labels = lexicon().contexts["labels"]
    lower = word.lower()
    if lower in lexicon().contexts["word_labels"] and _is_determined(words):
        return False  # "last year 40,000 people"
    if lower == "number" and words[-2:-1] and words[-2] in lexicon().contexts["before_verb"]:
        return False  # "the injured *now* number 934"
    if lower in labels and (place.number.digits or word[0].isupper()):
        return not (noun_follows(place) and lower not in lexicon().contexts["naming_labels"])
    possessive = words[-1].endswith(("'s", "’s"))
    capital = not possessive and word[:1].isupper() and word[-1:].isalnum() and lower not in lexicon().contexts["stops"]
    if not capital or noun_follows(place):
        return False
    if _gapped().search(place.text, max(0, place.start - _REACH), place.start):
        return False
    if place.number.value >= 100 and is_area_name(word):
        return False  # "has offered Sweden 600"
    opens_sentence = len(words) < 2 or words[-2][-1] in ".!?"
    return not opens_sentence or not place.text[place.end : place.end + 2].strip() or _is_told_of(place)


def _is_determined(words: list[str]) -> bool:
    """True for the "last" before "year": with it a word names no one stretch by number, as "Year 7" does."""
    return len(words) > 1 and words[-2].lower() in lexicon().contexts["stretch_determiners"]


def _is_told_of(place: Place) -> bool:
    """True for "Flamanville 3, the first in 25 years, …", "Reactor 4 was shut": what opens the sentence is a name."""
    return place.number.value <= 20 and _TOLD_OF.match(place.text, place.end) is not None


def opens_name(place: Place) -> bool:
    """True for "Zero Hedge", "Seven Seas Ltd": a capital number word before a capital word that it does not count."""
    match = NOUN_AFTER.match(place.text, place.end)
    capitals = place.text[place.number.start].isupper() and match is not None and match[1][0].isupper()
    return capitals and place.noun is None


def is_junk(place: Place) -> bool:
    """Identifiers: leading zeros, hexadecimal neighbours, list numbers."""
    text, start, end = place.text, place.number.start, place.number.end
    if place.number.digits and text[start] == "0" and end - start > 1:
        return True
    if end - start >= 8 and place.number.digits and not _is_moved(place):
        return True
    before = text[max(0, start - 24) : start].split()
    after = text[end : end + 24].split()
    if (before and _HEX.fullmatch(before[-1])) or (after and _HEX.fullmatch(after[0])):
        return True
    if _numbers_item(place):
        return True
    if not _LIST_NUMBER.match(text, end):
        return False
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t(")


def _is_moved(place: Place) -> bool:
    """True for "fell to *12896356* from 14874104", "from 7979954 in 2013 to *16858900*": two long figures, one move."""
    other = _OTHER_END.get(place.left[0]) if place.left else None
    near = (max(0, place.start - _NEAR), place.end + _NEAR)
    return other is not None and other.search(place.text, *near) is not None


def _numbers_item(place: Place) -> bool:
    """True for items that are counted up within a paragraph: "… in this order. 1. Multiple entries. 2. The cloth …"."""
    text, start, value = place.text, place.number.start, place.number.value
    if not (place.number.digits and 1 <= value <= 30 and _LIST_NUMBER.match(text, place.number.end)):
        return False
    if start < 2 or text[start - 2] not in ".!?:;)" or text[start - 1] != " ":
        return False
    return f" {int(value) + 1}. " in text[start:] if value == 1 else f"{int(value) - 1}. " in text[:start]
