"""Who a noun phrase names as a source: its words, its id, its kind, and for a document whoever made or only saw it."""

from __future__ import annotations

from extractor.sources.parties.bodies import common_party, named_party
from extractor.sources.parties.documents import Whom, is_part, makers, with_sight
from extractor.sources.parties.pronouns import pronoun
from extractor.sources.speakers import (
    Memory,
    Party,
    antecedent,
    document_class,
    is_named_survey,
    is_pro_document,
    is_relative,
)
from extractor.syntax import children_with, is_noun
from extractor.tokens import Token

_DEEPEST = 3
"""How many steps inside one another nouns are followed: "the spokesman of the maker of the survey"."""


def parties(token: Token, memory: Memory, *, depth: int = 0) -> tuple[Party, ...]:
    """Whom a noun or pronoun names, the one nearest the origin first, then those who relay; () for nobody."""
    if depth > _DEEPEST:
        return ()
    whom = _below(depth)
    if is_relative(token):
        above = antecedent(token)
        return parties(above, memory, depth=depth + 1) if above is not None else ()
    if token.tag_ in ("PRP", "PRP$") or token.lower_ in ("they", "it", "he", "she"):
        return pronoun(token, memory, whom)
    if is_pro_document(token):
        return makers(token, memory, depth, whom)  # "those compiled by the co-operatives"
    named = memory.name_at(token.i)
    is_document = (document_class(token) is not None or is_part(token)) and not is_named_survey(token, named)
    if named is not None and named.type != "area" and not named.adjective and not is_document:
        return with_sight(token, (named_party(token, named, memory, whom),), memory, depth, whom)
    if is_document:
        return makers(token, memory, depth, whom)
    if named is not None and named.type == "area":
        text = memory.doc.span(named.first, named.last).text
        return (Party(named.id, text, "government", named.first, of_area=True),)
    apposed = next((child for child in children_with(token, "appos") if token.tag_ in ("CD", "DT", "JJ")), None)
    if apposed is not None and (person := memory.name_at(apposed.i)) is not None:
        return (named_party(apposed, person, memory, whom),)  # "says one of them, Abdelkerim Saleh"
    if not is_noun(token) and token.tag_ not in ("CD", "JJ", "JJS", "DT", "VBG", "NFP", "ADD", "FW", "WP"):
        return ()
    return with_sight(token, (common_party(token, memory, whom),), memory, depth, whom)


def _below(depth: int) -> Whom:
    """What the other modules ask for the nouns inside a noun: each answer lies a step deeper than the question."""

    def whom(token: Token, memory: Memory, at: int) -> tuple[Party, ...]:
        return parties(token, memory, depth=max(at, depth + 1))

    return whom
