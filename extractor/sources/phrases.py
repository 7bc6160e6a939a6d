"""The words of a noun phrase that say who somebody is: where they begin and end."""

from __future__ import annotations

from extractor.names.words import name_words
from extractor.sources.cues import small_words
from extractor.sources.speakers import document_class
from extractor.syntax import children_with, noun_phrase_span
from extractor.tokens import Token

DETERMINERS = frozenset({"DT", "PRP$", "PDT", "WP$"})


def phrase(token: Token) -> tuple[str, int, bool]:
    """The words of a noun phrase without its determiner, its first token, and whether it is that noun alone."""
    first, last = noun_phrase_span(token)
    doc = token.doc
    while first < token.i and (
        _is_opening(doc[first]) or doc[first].text[:1].isdigit() or doc[first].lower_ in name_words().never
    ):
        first += 1  # "in May management promised", where the parser joins the two
    while first + 2 <= token.i and doc[first + 1].tag_ == "POS" and _says_nobody(doc[first].lower_):
        first += 2  # "this year's response plan", "the country's director of health"
    bare = first == token.i
    for child in token.rights:
        if child.dep_ != "prep" or child.lower_ not in small_words("attached") or child.i != last or _leads_away(child):
            if child.dep_ in ("amod", "acl") and child.lower_ in small_words("attached") and child.i == last:
                last, bare = child.right_edge.i + 1, False  # "two people close to the talks", "briefed on the talks"
                continue
            break
        last, bare = _phrase_end(child), False
    return doc.span(first, last).text.strip(), first, bare


def _says_nobody(owner: str) -> bool:
    """True for a possessor that tells when or where, and not who."""
    return owner in small_words("times") or owner in small_words("homes")


def _is_opening(token: Token) -> bool:
    """True for what stands before the words of a name: a determiner, a bracket, white space."""
    if token.lower_ == "both":
        return False
    return token.tag_ in DETERMINERS or token.is_punct or token.is_space or token.lower_ == "own"


def _phrase_end(preposition: Token) -> int:
    """Where "at the Harlan Institute" ends, relative clauses and appositions left out."""
    target = next(iter(children_with(preposition, "pobj")), None)
    if target is None:
        return preposition.right_edge.i + 1
    last = target.i + 1
    for child in target.rights:
        if child.dep_ == "prep" and child.i == last and child.lower_ in ("of", "for", "and"):
            last = _phrase_end(child)
    return last


def _leads_away(preposition: Token) -> bool:
    """True where a preposition leads to a date, a document or "their part", which are no part of who somebody is."""
    targets = children_with(preposition, "pobj")
    own = any(child.tag_ == "PRP$" for target in targets for child in target.lefts)
    return own or is_time(preposition) or any(document_class(target) for target in targets)


def is_time(preposition: Token) -> bool:
    """True for "from last month", "on Monday": a date, no body."""
    target = next(iter(children_with(preposition, "pobj")), None)
    if target is None:
        return False
    return target.lower_ in small_words("times") or target.lower_ in name_words().never or target.like_num


def is_span_of_time(noun: Token) -> bool:
    """True for "day", "week", "Monday"."""
    return noun.lower_ in small_words("times")
