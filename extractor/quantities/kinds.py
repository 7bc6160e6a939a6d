"""The kind of one figure, by the construction that it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractor.mentions import text_of
from extractor.plurals import singular
from extractor.tokens import Token

from .governors import PERCENTAGE, POINTS, Governor, Verdict, direction_to, governor, governor_left, named_governor
from .lexicon import lexicon, movement
from .movements import direction_of, verb_lemma
from .rates import rate_of
from .sites import Site, Word

_PUT_NEAR = 8
"""How many words before "at" the verb of "put the drop at 3%" may stand."""
_COUNTING = frozenset({"number", "money", "measure", "percent", "range"})
_POINTED = frozenset({*POINTS, "point"})
Rule = Callable[[Site], "Verdict | None"]


def kind_of(site: Site) -> Verdict:
    """The verdict of the first construction that fits."""
    for rule in _RULES:
        verdict = rule(site)
        if verdict is not None:
            return verdict._replace(head=verdict.head if verdict.head >= 0 else _head(site))
    return Verdict("level", head=_head(site))


def _head(site: Site) -> int:
    """The token that governs the figure: past its own noun, unit and prepositions."""
    token = site.root
    if token is None:
        return -1
    for _ in range(5):
        if token.head is token or token.pos_ in ("VERB", "AUX"):
            break
        token = token.head
        if token.pos_ in ("VERB", "AUX", "NOUN", "PROPN"):
            break
    return int(token.i)


# ---------------------------------------------------------------------------------------------- rules, in order


def _rank(site: Site) -> Verdict | None:
    return Verdict("rank") if site.quantity.form == "rank" else None


def _multiple(site: Site) -> Verdict | None:
    """ "Doubled" is a multiple; "up 1.2 times" is growth of 120 percent with the multiple as its other reading."""
    quantity = site.quantity
    if quantity.unit != "times":
        return None
    found = governor_left(site.left)
    if quantity.form == "multiple" and found and found.link in ("", "by") and found.sign > 0 and _in_digits(site):
        return Verdict("growth", 1, 1)
    own = -1 if quantity.value < 1 else 1
    verb = quantity.form == "multiple" and not _in_digits(site)
    return Verdict("multiple", direction=own if verb else 0)


def _in_digits(site: Site) -> bool:
    """ "1.2 times", "three times" rather than "doubled" or "30-fold", which tell what it has become."""
    if site.quote.lower().endswith("fold"):
        return False
    return "times" in site.quote or any(letter.isdigit() for letter in site.quote)


def _base(site: Site) -> Verdict | None:
    """ "Up from 2.4 million", "compared with 63 last year", "from 20 to 29": the earlier figure."""
    left = [word.lower for word in site.left[:4] if word.lower not in ("only", "just")]
    if not left or site.quantity.unit in POINTS:
        return None
    if left[0] == "from":
        found = governor_left(site.left)
        if (found and found.link == "from") or _follows_level(site):
            return Verdict("level", direction=0, base=True)
        return None
    compared = (
        left[0] in ("with", "to", "against") and len(left) > 1 and left[1] in ("compared", "comparison", "up", "down")
    )
    if compared and left[1] in ("compared", "comparison"):
        return Verdict("level", base=True)
    if left[0] == "over" and len(left) > 1 and movement().nouns.get(left[1]):
        return Verdict("level", base=True)  # "a 5 percent growth over $38.58 billion"
    return (
        Verdict("level", base=True) if left[0] in ("versus", "vs", "against") and site.quantity.form != "rank" else None
    )


def _follows_level(site: Site) -> bool:
    """ "To 27 per cent *from* 22": whatever the verb, a level that was reached stands before it."""
    words = [word.lower for word in site.left[1:7]]
    at = next((index for index, word in enumerate(words[:4]) if word[0].isdigit()), -1)
    return at >= 0 and len(words) > at + 1 and words[at + 1] == "to"


def _change(site: Site) -> Verdict | None:
    """Growth and difference by a word of movement to the left: "rose 545%", "a jump of 75.7 percent", "up 19 cents".

    A printed sign does as well: "DAX -1.6%".
    """
    if site.quantity.unit in PERCENTAGE and site.left and (site.quantity.value < 0 or _has_plus(site)):
        sign = -1 if site.quantity.value < 0 else 1
        return Verdict("growth", sign, sign)
    if _is_one_in(site):
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
            _is_part(site)
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
    """ "Off 9.3% from last year", "15% off": a fall; but not what is "laid off" or "set off"."""
    left = [word.lower for word in site.left[:3]]
    linked = left[1:] if left[:1] == ["by"] else left  # "the firm is off *by* 11%"
    before = linked[:1] == ["off"] and (len(linked) < 2 or linked[1] not in movement().with_off)
    behind = [word.lower for word in site.behind[:2]]
    peak = [word.lower for word in site.behind[2:3]] and site.behind[2].lower in lexicon().contexts["peaks"]
    return -1 if before or (behind[:1] == ["off"] and (peak or behind[1:] not in (["the"], ["guard"]))) else 0


def _put_at(site: Site) -> int:
    """ "Analysts had put *the drop* in sales *at* 1.4%": the noun says what moved."""
    left = [word.lower for word in site.left[:14]]
    if left[:1] != ["at"]:
        return 0
    verb = next((index for index, word in enumerate(left) if word in lexicon().contexts["putting"]), 0)
    if 1 < verb < _PUT_NEAR and (sign := movement().nouns.get(left[1], 0)):
        return sign  # "they put the *fall* in ferry traffic at 6 percent"
    named = verb > 2 and left[verb - 1] in lexicon().contexts["definite"]
    return movement().nouns.get(left[verb - 2], 0) if named else 0


def _answers(site: Site) -> int:
    """ "By how much did rents go up? *By* 3.7%": the question before says what moved."""
    if [word.lower for word in site.left[:2]] != ["by"] or site.root is None:
        return 0
    asked = text_of(site.root.doc)[max(0, site.sentence[0] - 160) : site.sentence[0]]
    question = re.split(r"[.!?:;\n]", asked.rstrip(" \n?!.:"))[-1]
    return next((sign for word in question.split() if (sign := direction_of(word))), 0)


def _is_event(site: Site, found: Governor) -> bool:
    """ "Cut 500 jobs", "dropped four of its 23 routes", "a loss of $3 million": an amount, not a move of a level."""
    words = movement()
    if found.noun and any(word.lower in lexicon().contexts["one_off"] for word in site.left[:4]):
        return True
    if found.link == "" and not found.noun and _is_part(site) and found.word not in words.particles:
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
    """ "Cattle lost $2.10 *to $341.60*": the level that a price moved to stands behind the move."""
    right = [word.text for word in site.right[:3]]
    money = site.quantity.form == "money" and len(right) > 1 and right[0] == "to"
    return bool(money and (right[1][0].isdigit() or right[1] in ("$", "£", "€", "¥") or right[1][0] in "$£€¥"))


def _at_a_rate(site: Site) -> Governor | None:
    """ "Rents rose at an annual rate of 8.9 percent"."""
    words = [word.lower for word in site.left[:8]]
    if site.quantity.unit not in PERCENTAGE or len(words) < 4 or words[0] != "of" or words[1] not in ("rate", "pace"):
        return None
    at = next((index for index, word in enumerate(words) if word == "at"), 0)
    verb = site.left[at + 1] if 0 < at < len(words) - 1 else None
    sign = direction_of(verb.lower) if verb else 0
    return named_governor(verb, sign, "") if verb and sign else None


def _subject_moves(site: Site) -> Governor | None:
    """ "The fall would be just 1.4%": the subject says what the percentage is, unless it is a part of something."""
    subject = _subject(site) if site.quantity.unit in PERCENTAGE and not _is_part(site) else None
    sign = movement().nouns.get(subject.lemma_.lower(), 0) if subject is not None else 0
    return (
        Governor(sign, "of", subject.lower_, subject.lemma_.lower(), True, int(subject.i)) if sign and subject else None
    )


def _comes_to(site: Site) -> Governor | None:
    """ "The increases come to 13.9%": the verb reckons up what its subject names."""
    left = [word.lower for word in site.left[:2]]
    adds_up = len(left) == 2 and left[0] == "to" and left[1] in movement().summing
    return _subject_moves(site) if adds_up else None


def _subject(site: Site) -> Token | None:
    """The subject of the copula that a figure completes."""
    token = site.root
    for _ in range(3):
        if token is None or token.pos_ in ("AUX", "VERB"):
            break
        token = token.head
    if token is None or token.lemma_ not in lexicon().contexts["equating"]:
        return None
    clause = token.head if token.dep_ in ("xcomp", "ccomp") else token
    return next((child for verb in (token, clause) for child in verb.children if child.dep_ == "nsubj"), None)


def _of_value(site: Site) -> bool:
    """ "Lost a third of its value": a fall, not a part."""
    return any(word.lower in movement().extents for word in site.right[:5])


def _is_part(site: Site) -> bool:
    return bool(site.right) and site.right[0].lower == "of"


def _is_one_in(site: Site) -> bool:
    """ "One in five", "3 out of 4": always a share."""
    return site.quantity.form == "fraction" and (" in " in site.quote or " out of " in site.quote)


def _change_after(site: Site) -> Verdict | None:
    """ "2% growth", "a 5% pay rise", "57% more than", "600 fewer deaths", "ahead … by 12,000"."""
    relative = site.quantity.unit in PERCENTAGE
    if _is_one_in(site) or not (relative or site.quantity.form in _COUNTING):
        return None
    compared = bool(site.right) and site.right[0].lower in movement().comparison
    following = site.right if relative or compared else site.behind
    return _particle_after(site, following) or _noun_after(site, following)


def _particle_after(site: Site, following: list[Word]) -> Verdict | None:
    """ "12% up", "20% off", "three points up on last year"."""
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
    """ "This *fall*" is a season."""
    before = following[distance - 1].lower if distance else ""
    return following[distance].lower == "fall" and before in lexicon().contexts["of_seasons"]


def _is_compound(site: Site, distance: int, word: Word) -> bool:
    """ "A *900 unit fall*", "an *18,000 rise* in …": a singular behind the number; not "40 price cuts"."""
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
    """ "$6,200 more expensive", "two degrees warmer", "over a thousand more.": a distance, though no "than" follows."""
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


def _larger_by(site: Site) -> Verdict | None:
    """ "Larger by five per cent", "ahead by 12,000"."""
    left = [word.lower for word in site.left[:2]]
    sign = movement().comparison.get(left[1], 0) if len(left) == 2 and left[0] == "by" else 0
    if not sign:
        return None
    return Verdict("growth" if site.quantity.unit in PERCENTAGE else "difference", sign)


def _gap(site: Site) -> Verdict | None:
    """A distance between two levels: "trailing behind by nearly one million", "a lead of 12,000", "ahead … by"."""
    if not site.left or site.quantity.unit == "times":
        return None
    if _subject_is_gap(site) or (site.behind and site.behind[0].lower == "apart"):
        return Verdict("difference", 1)
    link = site.left[0].lower
    return _gap_by(site) if link == "by" else _gap_of(site) if link == "of" else None


def _gap_by(site: Site) -> Verdict | None:
    """ "Trails by nearly one million", "ahead of its rival by 12,000"."""
    words, rest = movement(), site.left[1:10]
    for distance, word in enumerate(rest):
        lemma = verb_lemma(word.lower)
        if distance and rest[distance - 1].lower == "in" and words.nouns.get(word.lower):
            return None  # "there was a fall in fares by a third"
        if lemma in words.gap_verbs or word.lower in words.gap_adverbs:
            below = lemma in words.gap_negative or any(other.lower in words.gap_negative for other in rest)
            return Verdict("growth" if site.quantity.unit in PERCENTAGE else "difference", -1 if below else 1)
        if word.lower in lexicon().contexts["gap_ends"]:
            return None
    return None


def _gap_of(site: Site) -> Verdict | None:
    """ "A lead of 12,000", "a premium of $5 over Brent"; a shortfall of three quarters is a part of something."""
    words, rest = movement(), site.left[1:10]
    if site.quantity.form == "fraction" and _is_part(site):
        return None
    over = any(other.lower in words.gap_over for other in site.behind[:2])
    if rest and site.quantity.unit in PERCENTAGE and _is_rate(rest) and not over:
        return None
    for word in rest[:2]:
        if word.lower in words.gap_nouns or (over and word.lower in words.margins):
            if any(other.lower in lexicon().contexts["gap_filling"] for other in (*rest, *site.right[:6])):
                return Verdict("level")
            negative = verb_lemma(word.lower) in words.gap_negative or word.lower in words.gap_negative
            return Verdict("difference", -1 if negative else 1)
        if word.lower in lexicon().contexts["gap_ends"]:
            return None
    return None


def _is_rate(rest: list[Word]) -> bool:
    """ "An operating *margin* of 6%" is no gap; "won by a margin of 6%" is one."""
    return rest[0].lower in movement().rate_nouns and all(word.lower != "by" for word in rest[:3])


def _subject_is_gap(site: Site) -> bool:
    """ "The gap between the two was 1.2 million"."""
    subject = _subject(site)
    if subject is None or subject.lemma_.lower() not in movement().gap_nouns:
        return False
    rate = subject.lemma_.lower() in movement().rate_nouns
    earned = any(child.dep_ in ("compound", "amod") for child in subject.children)
    return not (
        rate and (site.quantity.unit in PERCENTAGE or earned)
    )  # "the margin was 8%", "the packer margin was $8"


def _part_of_another(site: Site) -> Verdict | None:
    """ "Half of last year's level": a fraction of what it is no part of is a ratio."""
    right = [word.lower for word in site.right[:6]]
    if site.quantity.form != "fraction" or not right or right[0] not in ("of", "the", "its"):
        return None
    if any(verb_lemma(word.lower) in movement().share_verbs for word in site.left[:3]):
        return None
    ends = lexicon().contexts["phrase_ends"]
    phrase = next((right[:end] for end, word in enumerate(right) if end and word in ends), right)
    possessed = any(word.endswith(("'s", "’s", "s'")) for word in phrase)
    compared = [word for word in phrase if word.removesuffix("'s").removesuffix("’s") in movement().compared]
    if (
        right[1:]
        and right[1][0].isdigit()
        and any(word in movement().compared or word in ("year", "month") for word in right[2:])
    ):
        return Verdict("multiple")  # "half the 8.86 of a year ago"
    if not compared or (compared[0] in ("last", "previous") and not possessed):
        return None
    return Verdict("multiple")


def _level(site: Site) -> Verdict | None:
    """Everything else is an amount; "rose … to 840,000" keeps the direction."""
    if site.quantity.unit in POINTS:
        return Verdict("difference", 1)
    return Verdict("level", direction=direction_to(site))


_RULES: tuple[Rule, ...] = (
    _rank,
    _multiple,
    _base,
    _gap,
    _larger_by,
    _change,
    _part_of_another,
    _change_after,
    rate_of,
    _level,
)
