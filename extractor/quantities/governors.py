"""The word of movement that governs a figure, found close to its left or by the parse."""

from __future__ import annotations

from typing import NamedTuple

from extractor.plurals import singular

from .lexicon import lexicon, movement
from .movements import direction_of, verb_lemma
from .sites import Site, Word

PERCENTAGE = ("percent",)
POINTS = ("percentage_point", "basis_point")


class Verdict(NamedTuple):
    """What a figure measures, before figures are paired."""

    kind: str
    sign: int = 0
    """-1 or 1 for growth and difference."""
    direction: int = 0
    base: bool = False
    head: int = -1
    guess: bool = False
    """A percentage of which nothing near it says what it measures: a share, unless its neighbours say more."""


class Governor(NamedTuple):
    """The word of movement that governs a figure: its direction, and the preposition between them."""

    sign: int
    link: str
    """`by`, `to`, `from`, `of`, or "" where nothing stands between."""
    word: str
    lemma: str
    noun: bool
    head: int = -1


def governor(site: Site) -> Governor | None:
    """The word of movement that governs a figure: close to its left, else by the parse."""
    relative = site.quantity.unit in PERCENTAGE
    twin = _before_twin(site.left) if relative and (not site.right or site.right[0].lower != "of") else None
    return governor_left(site.left if twin is None else twin, relative=relative) or _governor_parsed(site)


def _before_twin(left: list[Word]) -> list[Word] | None:
    """What stands before the percentage that a figure is joined to: "down 34.3 percent *and* 35.0 percent"."""
    words = [word.lower for word in left[:5]]
    at = next((index for index, word in enumerate(words) if word not in ("and", "or", ",")), 0)
    unit = next((len(form) for form in movement().percentages if words[at : at + len(form)] == list(form)), 0)
    if not at or not unit or len(words) <= at + unit or not words[at + unit][0].isdigit():
        return None
    return left[at + unit + 1 :]


def governor_left(left: list[Word], *, relative: bool = False) -> Governor | None:
    """The word of movement close to the left of a figure, and the preposition between them."""
    words = _past_praise(left)
    link = ""
    if words and words[0].lower in movement().links:
        link = words.pop(0).lower
    if link == "by" and words and words[0].lower in movement().causing:
        return None  # "the fall was driven by 3 million in fees"
    reach = {"": 2, "by": 7, "to": 9, "from": 7, "of": 5}.get(link, 0)
    topic: Governor | None = None
    for distance, word in enumerate(words[:reach]):
        sign = direction_of(word.lower) if link != "of" else movement().of_nouns.get(singular(word.lower), 0)
        if sign and not link and verb_lemma(word.lower) in lexicon().contexts["ratio_verbs"]:
            return None
        if sign and not link and _describes(words, distance):
            return None
        if sign and not _completes_verb(words, distance, relative=relative):
            if not link and verb_lemma(word.lower) in lexicon().contexts["with_particle"]:
                return None
            if link not in ("to", "from") or word.lower not in movement().growth_nouns:
                return named_governor(word, sign, link)
            topic = topic or named_governor(word, sign, link)  # "trimmed its growth forecast to 1.1%": the verb leads
        if sign and link == "from" and word.lower in movement().particles:
            return None
        if not link and word.lower not in movement().fillers and not word.lower.endswith("ly"):
            return topic
        if word.lower in movement().breaks and not (link == "to" and word.lower in (",", "as")):
            return topic
    return topic


def _past_praise(left: list[Word]) -> list[Word]:
    """What stands before "a *healthy* 20%": the adjective only says what the writer thinks of the move."""
    words = [word.lower for word in left[:3]]
    praised = len(words) == 3 and words[1] in ("a", "an") and words[0].isalpha() and words[0] not in movement().links
    return left[2:] if praised and (words[2] in movement().links or direction_of(words[2])) else list(left)


def _describes(words: list[Word], distance: int) -> bool:
    """True for a participle behind an article that says what the thing is like: "A tapered 14-gauge tip", "an increased
    300 MW".
    """
    after = words[distance + 1].lower if distance + 1 < len(words) else ""
    return words[distance].lower.endswith(("ed", "en", "ing")) and after in ("a", "an", "the", "its", "their")


def _completes_verb(words: list[Word], distance: int, *, relative: bool) -> bool:
    """True for "up" and "down" that belong to another word: "made up of", "set up by", "ups and downs"."""
    if words[distance].lower not in movement().particles or distance + 1 >= len(words):
        return False
    verb = words[distance + 1].lower
    return verb in movement().phrasal and (not relative or verb_lemma(verb) == "make" or verb.startswith("end"))


def named_governor(word: Word, sign: int, link: str, head: int = -1) -> Governor:
    """A word of movement as governor."""
    lemma = verb_lemma(word.lower)
    noun = not lemma or (link == "of" and word.lower in movement().of_nouns)
    return Governor(sign, link, word.lower, lemma or word.lower, noun and word.lower not in movement().particles, head)


def _governor_parsed(site: Site) -> Governor | None:
    """Climb from the figure over prepositions to a verb or noun of movement."""
    token, link = site.root, ""
    if token is None:
        return None
    if token.dep_ in ("nummod", "quantmod", "compound") and token.head.i > token.i:
        token = token.head
        if token.pos_ not in ("NOUN", "SYM", "NUM", "PROPN"):
            return None
    if token.dep_ == "pobj":
        link = token.head.lower_
        token = token.head
    if token.dep_ not in ("prep", "npadvmod", "dobj", "advmod", "obj", "attr", "oprd") or link not in (
        "",
        "by",
        "to",
        "from",
        "of",
    ):
        return None
    head = token.head
    lemma = head.lemma_.lower()
    words = movement()
    sign = words.verbs.get(lemma, 0) if head.pos_ == "VERB" else words.nouns.get(lemma, 0) if head.pos_ == "NOUN" else 0
    if not link and lemma in lexicon().contexts["with_particle"]:
        return None
    if not sign or (not link and token.dep_ == "attr") or (link == "of" and head.pos_ != "NOUN"):
        return None
    return Governor(sign, link, head.lower_, lemma, head.pos_ == "NOUN", int(head.i))


def direction_to(site: Site) -> int:
    """The direction of a move that ends at a figure ("fell to 3%")."""
    found = governor(site)
    return found.sign if found and found.link == "to" else 0
