"""The kind of one figure, by the construction that it stands in."""

from __future__ import annotations

from collections.abc import Callable

from .changes import change_after, change_before
from .gaps import gap, larger_by
from .governors import POINTS, Verdict, direction_to, governor_left
from .lexicon import lexicon, movement
from .movements import verb_lemma
from .rates import rate_of
from .sites import Site

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


def _rank(site: Site) -> Verdict | None:
    return Verdict("rank") if site.quantity.form == "rank" else None


def _multiple(site: Site) -> Verdict | None:
    """A multiple for "doubled"; "up 1.2 times" is growth of 120 percent with the multiple as its other reading."""
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
    """True for "1.2 times", "three times" rather than "doubled" or "30-fold", which tell what it has become."""
    if site.quote.lower().endswith("fold"):
        return False
    return "times" in site.quote or any(letter.isdigit() for letter in site.quote)


def _base(site: Site) -> Verdict | None:
    """The earlier figure of a comparison: "Up from 2.4 million", "compared with 63 last year", "from 20 to 29"."""
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
    """True where a level that was reached stands before it, whatever the verb: "To 27 per cent *from* 22"."""
    words = [word.lower for word in site.left[1:7]]
    at = next((index for index, word in enumerate(words[:4]) if word[0].isdigit()), -1)
    return at >= 0 and len(words) > at + 1 and words[at + 1] == "to"


def _part_of_another(site: Site) -> Verdict | None:
    """A ratio for a fraction of what it is no part of: "Half of last year's level"."""
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
    gap,
    larger_by,
    change_before,
    _part_of_another,
    change_after,
    rate_of,
    _level,
)
