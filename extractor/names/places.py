"""Names that no pack knows and that the words beside them show to be places: "Kilbrack county", "the town of Aldor"."""

from __future__ import annotations

from extractor.names.words import body_kind, name_words
from extractor.tokens import Doc, Token

_NOUN_TAGS = frozenset({"NN", "NNP"})
_LONGEST_DESCRIPTION = 7  # tokens from an article to the noun that it belongs to
_DETERMINERS = frozenset({"a", "an", "the"})


def place_end(doc: Doc, first: int, last: int) -> int | None:
    """Where the name of a place ends, its noun included, for a run of proper nouns that is one; else None."""
    if any(character.isdigit() for character in doc.span(first, last).text):
        return None
    places = name_words().places
    behind = doc[last] if last < len(doc) else None
    if behind is not None and behind.is_lower and behind.lower_ in places and behind.tag_ in _NOUN_TAGS:
        return None if _goes_on(behind) else last + 1
    if last - first > 1 and doc[last - 1].is_title and doc[last - 1].lower_ in name_words().fires:
        return last  # "the Dixie Fire"
    if _is_place_of(doc, first) or (behind is not None and _is_described(doc, last)):
        return last
    return None


def _goes_on(noun: Token) -> bool:
    """True where a noun only stands before another: "the Kilbrack *county* council"."""
    if noun.i + 1 >= len(noun.doc):
        return False
    after = noun.doc[noun.i + 1]
    return noun.dep_ in {"compound", "nmod", "amod"} and after.tag_[:2] == "NN" and body_kind(after.lower_) is not None


def _is_place_of(doc: Doc, first: int) -> bool:
    """True for "The *district of* Murrupula", "the *town* Aldmoor"."""
    if first < 2:
        return False
    before = doc[first - 1]
    if before.lower_ == "of":
        return doc[first - 2].lower_ in name_words().place_of
    told = before.is_lower and before.lower_ in name_words().place_of and before.tag_ == "NN"
    return told and doc[first - 2].tag_ in {"DT", "JJ", "NN"}


def _is_described(doc: Doc, last: int) -> bool:
    """True for "Aldmoor, *a market town* in the hills"."""
    if last + 2 >= len(doc) or doc[last].text != "," or doc[last + 1].lower_ not in _DETERMINERS:
        return False
    for token in doc[last + 2 : last + 2 + _LONGEST_DESCRIPTION]:
        ends = token.tag_[:2] == "VB" and doc[token.i - 1].tag_[:2] == "NN"  # "the mine *run* by"
        if not ends and (token.tag_[:2] in {"NN", "JJ", "VB", "RB", "CD"} or token.text in {"-", "'s", "’s"}):
            continue
        before = doc[token.i - 1]
        return before.is_lower and before.lower_ in name_words().places
    return False
