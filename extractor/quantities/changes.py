"""Growth and differences: by a word of movement before a figure ("rose 545%") or behind it ("a 5% pay rise")."""

from __future__ import annotations

import re

from extractor.mentions import text_of
from extractor.plurals import singular

from .constructions import is_one_in, is_part, subject_of
from .governors import PERCENTAGE, POINTS, Governor, Verdict, governor, named_governor
from .lexicon import lexicon, movement
from .movements import direction_of
from .sites import Site, Word

_PUT_NEAR = 8
"""How many words before "at" the verb of "put the drop at 3%" may stand."""
_COUNTING = frozenset({"number", "money", "measure", "percent", "range"})
_POINTED = frozenset({*POINTS, "point"})


def change_before(site: Site) -> Verdict | None:
    """Growth and difference by a word of movement to the left: "rose 545%", "a jump of 75.7 percent", "up 19 cents".

    A printed sign does as well: "DAX -1.6%".
    """
    if site.quantity.unit in PERCENTAGE and site.left and (site.quantity.value < 0 or _has_plus(site)):
        sign = -1 if site.quantity.value < 0 else 1
        return Verdict("growth", sign, sign)
    if is_one_in(site):
        return None
    if site.quantity.unit in PERCENTAGE and (sign := _off(site) or _answers(site) or _put_at(site)):
        return Verdict("growth", sign, sign)
    found = _comes_to(site) or governor(site) or _at_a_rate(site) or _subject_moves(site)
    if found and found.link == "" and site.quote.lower().startswith(("above ", "below ", "beyond ")):
        return Verdict("level", direction=found.sign, head=found.head)
    if found is None or found.link not in ("", "by", "of"):
        return None
    relative = site.quantity.unit in PERCENTAGE
    if relative:
        if (
            is_part(site)
            and not _of_value(site)
            and found.lemma in movement().event_verbs | {"lose", "gain", "recover"}
            and not found.link
        ):
            return None
        return Verdict("growth", found.sign, found.sign, head=found.head)
    if _is_event(site, found):
        return Verdict("level", direction=0, head=found.head)
    return Verdict("difference", found.sign, found.sign, head=found.head)


def _has_plus(site: Site) -> bool:
    return site.quote.startswith("+") or site.left[0].text == "+"


def _off(site: Site) -> int:
    """-1 for a fall, 0 else: "Off 9.3% from last year", "15% off"; but not what is "laid off" or "set off"."""
    left = [word.lower for word in site.left[:3]]
    linked = left[1:] if left[:1] == ["by"] else left  # "the firm is off *by* 11%"
    before = linked[:1] == ["off"] and (len(linked) < 2 or linked[1] not in movement().with_off)
    behind = [word.lower for word in site.behind[:2]]
    peak = [word.lower for word in site.behind[2:3]] and site.behind[2].lower in lexicon().contexts["peaks"]
    return -1 if before or (behind[:1] == ["off"] and (peak or behind[1:] not in (["the"], ["guard"]))) else 0


def _put_at(site: Site) -> int:
    """The sign of the noun that says what moved, 0 without: "Analysts had put *the drop* in sales *at* 1.4%"."""
    left = [word.lower for word in site.left[:14]]
    if left[:1] != ["at"]:
        return 0
    verb = next((index for index, word in enumerate(left) if word in lexicon().contexts["putting"]), 0)
    if 1 < verb < _PUT_NEAR and (sign := movement().nouns.get(left[1], 0)):
        return sign  # "they put the *fall* in ferry traffic at 6 percent"
    named = verb > 2 and left[verb - 1] in lexicon().contexts["definite"]
    return movement().nouns.get(left[verb - 2], 0) if named else 0


def _answers(site: Site) -> int:
    """The sign of what the question before says to have moved, 0 without: "By how much did rents go up? *By* 3.7%"."""
    if [word.lower for word in site.left[:2]] != ["by"] or site.root is None:
        return 0
    asked = text_of(site.root.doc)[max(0, site.sentence[0] - 160) : site.sentence[0]]
    question = re.split(r"[.!?:;\n]", asked.rstrip(" \n?!.:"))[-1]
    return next((sign for word in question.split() if (sign := direction_of(word))), 0)


def _is_event(site: Site, found: Governor) -> bool:
    """True for an amount, and no move of a level: "Cut 500 jobs", "dropped four of its 23 routes", "a loss of $3
    million".
    """
    words = movement()
    if found.noun and any(word.lower in lexicon().contexts["one_off"] for word in site.left[:4]):
        return True
    if found.link == "" and not found.noun and is_part(site) and found.word not in words.particles:
        return True
    quotation = site.quantity.unit in words.quotation_units or _reaches_level(site)
    if found.noun or found.link == "of":
        return (
            found.lemma in words.event_nouns
            or found.word in words.event_nouns
            or singular(found.word) in words.event_nouns
        ) and not quotation
    return found.link == "" and found.lemma in words.event_verbs and not quotation


def _reaches_level(site: Site) -> bool:
    """True where the level that a price moved to stands behind the move: "Cattle lost $2.10 *to $341.60*"."""
    right = [word.text for word in site.right[:3]]
    money = site.quantity.form == "money" and len(right) > 1 and right[0] == "to"
    return bool(money and (right[1][0].isdigit() or right[1] in ("$", "£", "€", "¥") or right[1][0] in "$£€¥"))


def _at_a_rate(site: Site) -> Governor | None:
    """The verb before a rate: "Rents rose at an annual rate of 8.9 percent"."""
    words = [word.lower for word in site.left[:8]]
    if site.quantity.unit not in PERCENTAGE or len(words) < 4 or words[0] != "of" or words[1] not in ("rate", "pace"):
        return None
    at = next((index for index, word in enumerate(words) if word == "at"), 0)
    verb = site.left[at + 1] if 0 < at < len(words) - 1 else None
    sign = direction_of(verb.lower) if verb else 0
    return named_governor(verb, sign, "") if verb and sign else None


def _subject_moves(site: Site) -> Governor | None:
    """The subject that says what the percentage is, unless it is a part of something: "The fall would be just 1.4%"."""
    subject = subject_of(site) if site.quantity.unit in PERCENTAGE and not is_part(site) else None
    sign = movement().nouns.get(subject.lemma_.lower(), 0) if subject is not None else 0
    return (
        Governor(sign, "of", subject.lower_, subject.lemma_.lower(), True, int(subject.i)) if sign and subject else None
    )


def _comes_to(site: Site) -> Governor | None:
    """The subject whose sum the verb reckons up: "The increases come to 13.9%"."""
    left = [word.lower for word in site.left[:2]]
    adds_up = len(left) == 2 and left[0] == "to" and left[1] in movement().summing
    return _subject_moves(site) if adds_up else None


def _of_value(site: Site) -> bool:
    """True for a fall, not a part: "Lost a third of its value"."""
    return any(word.lower in movement().extents for word in site.right[:5])


def change_after(site: Site) -> Verdict | None:
    """Growth or a difference by the words behind the figure: "2% growth", "a 5% pay rise", "57% more than", "600 fewer
    deaths".
    """
    relative = site.quantity.unit in PERCENTAGE
    if is_one_in(site) or not (relative or site.quantity.form in _COUNTING):
        return None
    compared = bool(site.right) and site.right[0].lower in movement().comparison
    following = site.right if relative or compared else site.behind
    return _particle_after(site, following) or _noun_after(site, following)


def _particle_after(site: Site, following: list[Word]) -> Verdict | None:
    """A change by a particle behind the figure: "12% up", "20% off", "three points up on last year"."""
    particles = movement().particles
    words = [word.lower for word in following[:2]]
    relative = site.quantity.unit in PERCENTAGE
    if relative and words and words[0] in particles:
        sign = particles[words[0]]
        return Verdict("growth", sign, sign)
    if relative and words[:1] == ["off"] and words[1:] != ["the"]:
        return Verdict("growth", -1, -1)  # "they want 20% off by Easter"
    behind = [word.lower for word in site.behind[:2]]
    if site.quantity.unit in _POINTED and " ".join(behind) in lexicon().contexts["moved_since"]:
        sign = particles[behind[0]]
        return Verdict("difference", sign, sign)
    return None


def _noun_after(site: Site, following: list[Word]) -> Verdict | None:
    """A noun of movement or a comparative in the next few words: "a 5% pay *rise*", "600 *fewer* deaths"."""
    words, ends = movement(), lexicon().contexts["change_ends"]
    relative = site.quantity.unit in PERCENTAGE
    for distance, word in enumerate(following[:4]):
        if word.lower in words.breaks or word.lower in ends:
            break
        compares = distance < (3 if relative else 1) and word.lower in words.comparison
        if compares and (verdict := _compared(site, following, distance, relative)):
            return verdict
        if _is_autumn(following, distance) or (site.quantity.form == "fraction" and distance):
            continue
        names = relative or site.quantity.unit in _POINTED or _is_compound(site, distance, word)
        if names and (sign := words.nouns.get(singular(word.lower), 0)):
            return Verdict("growth" if relative else "difference", sign, sign)
    return None


def _is_autumn(following: list[Word], distance: int) -> bool:
    """True for the season: "This *fall*"."""
    before = following[distance - 1].lower if distance else ""
    return following[distance].lower == "fall" and before in lexicon().contexts["of_seasons"]


def _is_compound(site: Site, distance: int, word: Word) -> bool:
    """True for a singular behind the number: "A *900 unit fall*", "an *18,000 rise* in …"; not "40 price cuts"."""
    led = bool(site.left) and site.left[0].lower in lexicon().contexts["compounding"]
    counted = site.quantity.form == "number" and distance <= 1 and site.quantity.value > 1
    return led and counted and singular(word.lower) == word.lower and word.lower not in movement().event_nouns


def _compared(site: Site, following: list[Word], distance: int, relative: bool) -> Verdict | None:
    words = movement()
    word = following[distance].lower
    sign = words.comparison[word]
    reach = 6 if relative else 4
    than = any(other.lower == "than" for other in following[distance : distance + reach])
    if word in lexicon().contexts["places"]:
        pronoun = len(following) > 1 and following[1].lower in lexicon().contexts["yardsticks"]
        than = distance == 0 and (word not in ("over", "under") or pronoun)
    if word in ("fewer", "less") and not than and not relative:
        return Verdict("difference", -1, -1) if word == "fewer" and distance == 0 else None
    plain = relative and (word in ("higher", "lower") or (distance == 0 and word not in lexicon().contexts["places"]))
    if not than and not plain:
        return Verdict("difference", sign, sign) if distance == 0 and _is_compared_alone(site, following) else None
    moved = plain and (not than or word in ("higher", "lower"))
    return Verdict("growth" if relative else "difference", sign, sign if moved else 0)


def _is_compared_alone(site: Site, following: list[Word]) -> bool:
    """True for a distance, though no "than" follows: "$6,200 more expensive", "two degrees warmer", "over a thousand
    more.".
    """
    word, after = following[0].lower, following[1].lower if len(following) > 1 else "."
    if word in lexicon().contexts["places"]:
        return False
    if word not in ("more", "less", "fewer"):
        return site.quantity.form in ("money", "measure")
    if after in (".", ";"):
        return site.quantity.form == "number" and site.quantity.noun_start < 0
    return site.quantity.form == "money" and _is_adjective(site, following[1])


def _is_adjective(site: Site, word: Word) -> bool:
    span = site.root.doc.char_span(word.start, word.start + len(word.text)) if site.root is not None else None
    return span is not None and span[0].tag_ == "JJ"
