"""Differences between two things, not over time: "a gap of 4 points", "larger by 60,000"."""

from __future__ import annotations

from .constructions import is_part, subject_of
from .governors import PERCENTAGE, Verdict
from .lexicon import lexicon, movement
from .movements import verb_lemma
from .sites import Site, Word


def larger_by(site: Site) -> Verdict | None:
    """The distance of "larger by five per cent", "ahead by 12,000"."""
    left = [word.lower for word in site.left[:2]]
    sign = movement().comparison.get(left[1], 0) if len(left) == 2 and left[0] == "by" else 0
    if not sign:
        return None
    return Verdict("growth" if site.quantity.unit in PERCENTAGE else "difference", sign)


def gap(site: Site) -> Verdict | None:
    """A distance between two levels: "trailing behind by nearly one million", "a lead of 12,000", "ahead … by"."""
    if not site.left or site.quantity.unit == "times":
        return None
    if _subject_is_gap(site) or (site.behind and site.behind[0].lower == "apart"):
        return Verdict("difference", 1)
    link = site.left[0].lower
    return _gap_by(site) if link == "by" else _gap_of(site) if link == "of" else None


def _gap_by(site: Site) -> Verdict | None:
    """The distance of "trails by nearly one million", "ahead of its rival by 12,000"."""
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
    """The distance of "A lead of 12,000", "a premium of $5 over Brent"; a shortfall of three quarters is a part of
    something.
    """
    words, rest = movement(), site.left[1:10]
    if site.quantity.form == "fraction" and is_part(site):
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
    """True for a rate and no gap: "An operating *margin* of 6%"; "won by a margin of 6%" is a gap."""
    return rest[0].lower in movement().rate_nouns and all(word.lower != "by" for word in rest[:3])


def _subject_is_gap(site: Site) -> bool:
    """True for what is said of a gap: "The gap between the two was 1.2 million"."""
    subject = subject_of(site)
    if subject is None or subject.lemma_.lower() not in movement().gap_nouns:
        return False
    rate = subject.lemma_.lower() in movement().rate_nouns
    earned = any(child.dep_ in ("compound", "amod") for child in subject.children)
    return not (
        rate and (site.quantity.unit in PERCENTAGE or earned)
    )  # "the margin was 8%", "the packer margin was $8"
