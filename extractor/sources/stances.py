"""Where somebody stands: a figure that a body has, is at, sticks to or makes something, without a word of saying.

"The fund is at 3%, the World Bank is gloomier, with 2.4%"; "the office now makes it 0.4%"; "Mirador had Dumas on 44%".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractor.naming import name_words, singular
from extractor.sources.cues import cue_words
from extractor.sources.extent import is_number
from extractor.sources.parties import parties
from extractor.sources.speakers import Memory, document_class, publishes
from extractor.sources.voice import Voice, told_of
from extractor.syntax import children_with, is_verb, subject

_PRONOUNS = frozenset({"it", "they", "he", "she"})
FIGURES_OF = frozenset({"government", "customs", "association", "analyst"})


def stance(verb: Token, memory: Memory) -> Voice | None:
    """The voice of whoever stands at a figure, if the verb says that somebody does."""
    place = _figure_at(verb, memory)
    who = subject(verb) if place is not None else None
    if place is None or who is None or not _holds_figures(who, memory):
        return None
    chain = parties(who, memory)
    if not chain or (who.lower_ in _PRONOUNS and chain[0].kind not in (*FIGURES_OF, "person")):
        return None
    kind = "count" if verb.lemma_ == "make" else "hold"
    last = max(place.right_edge.i, place.i) + 1
    return Voice(chain, verb.text, verb.idx, verb.i + 1, last, kind, verb.i, speaker=told_of(who, verb))


def _figure_at(verb: Token, memory: Memory) -> Token | None:
    """What holds the bare figure: the preposition in "is at 3%", the object of "makes it 0.4%"."""
    if not is_verb(verb) or any(child.dep_ == "neg" for child in verb.children):
        return None
    if verb.lower_ in cue_words().making:
        return _made(verb, memory)
    prepositions = cue_words().stances.get(verb.lower_)
    if prepositions is None:
        return None
    for preposition in _prepositions(verb):
        target = next(iter(children_with(preposition, "pobj")), None)
        if preposition.lower_ in prepositions and target is not None and is_bare_figure(target, memory):
            return preposition
    return None


def _made(verb: Token, memory: Memory) -> Token | None:
    """The figure of "makes it 0.4%", "made it 100,000"."""
    it = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    if it.lower_ != "it" or it.i + 1 >= len(verb.doc):
        return None
    figure = it.nbor()
    return figure if memory.in_figure(figure.i) else None


def _prepositions(verb: Token) -> Iterator[Token]:
    """The prepositions after a verb, also those that hang on its adjective ("is gloomier, with 2.4%")."""
    hosts = [verb, *children_with(verb, "acomp", "attr", "advmod", "prt")]
    for host in hosts:
        yield from (child for child in children_with(host, "prep") if child.i > verb.i)


def is_bare_figure(token: Token, memory: Memory) -> bool:
    """True for a figure that counts nothing named, or that measures: "3%", "30.5 million", "18.4 gigawatts"."""
    if memory.in_figure(token.i) or memory.in_measure(token.i):
        return not any(child.lower_ == "of" for child in token.rights) or token.text == "%"
    return is_number(token)


def _holds_figures(who: Token, memory: Memory) -> bool:
    """True for bodies whose trade is figures, for analysts, for named people, and for pronouns of such."""
    if document_class(who) in ("forecast", "estimate"):
        return True
    if who.lower_ in _PRONOUNS or (publishes(who, memory, others=True) and document_class(who) is None):
        return True
    if name_words().crowd_kinds.get(singular(who.text)) == "analyst":
        return True
    named = memory.name_at(who.i)
    return named is not None and named.type == "person"
