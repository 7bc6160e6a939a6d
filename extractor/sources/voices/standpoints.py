"""Where somebody stands: a figure that a body has, gives, is at, sticks to or makes something, though it says nothing.

"The fund is at 3%, the World Bank is gloomier, with 2.4%"; "the office now makes it 0.4%"; "Mirador had Dumas on 44%";
"the prefecture gave a figure of 25,000".
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.names.words import PUBLISHERS, name_words
from extractor.plurals import singular
from extractor.sources.cues import cue_words, small_words
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import (
    Memory,
    document_class,
    does_something,
    is_first_person,
    is_speaker,
    publishes,
)
from extractor.sources.verb_reach import is_number
from extractor.sources.voices.voice import Voice, told_of
from extractor.syntax import children_with, is_verb, sentence_end, subject
from extractor.tokens import Token


def stance(verb: Token, memory: Memory) -> Voice | None:
    """The voice of whoever stands at a figure, if the verb says that somebody does."""
    if (given := _offered(verb, memory)) is not None:
        return given
    place = _figure_at(verb, memory)
    who = subject(verb) if place is not None else None
    if place is None or who is None or not _holds_figures(who, memory):
        return None
    chain = parties(who, memory)
    if not chain or (who.lower_ in small_words("named_before") and chain[0].kind not in (*PUBLISHERS, "person")):
        return None
    kind = "count" if verb.lemma_ == "make" else "hold"
    since = [
        child.right_edge.i for child in children_with(verb, "prep") if child.lower_ == "from" and child.i > place.i
    ]
    # as in "has come down to 10% from 13%" and "had got to 312, and to 298 a year before"
    since.extend(child.right_edge.i for child in children_with(place, "conj", "prep"))
    last = max(place.right_edge.i, place.i, *since) + 1
    return Voice(chain, verb.text, verb.idx, verb.i + 1, last, kind, verb.i, speaker=told_of(who, verb))


def _offered(verb: Token, memory: Memory) -> Voice | None:
    """The voice of "the prefecture gave a figure of 25,000", "has another number, 4.1 million", "waves one number:
    31%".
    """
    if verb.lower_ not in cue_words().giving or not is_verb(verb):
        return None
    if any(child.dep_ == "neg" for child in verb.children):
        return None
    noun = next((child for child in children_with(verb, "dobj") if child.i > verb.i), None)
    who = subject(verb)
    if noun is None or who is None or document_class(noun) not in ("tally", "estimate"):
        return None
    if noun.lower_ == "total" and not children_with(noun, "amod"):
        return None  # "has a total of 12 libraries"
    place = _figure_behind(noun, memory)
    if place is None or is_first_person(who) or not (is_speaker(who, memory) or does_something(who)):
        return None
    chain = parties(who, memory)
    last = max(place, noun.right_edge.i + 1)
    return Voice(chain, verb.text, verb.idx, verb.i + 1, last, "count", verb.i) if chain else None


def _figure_behind(noun: Token, memory: Memory) -> int | None:
    """Where the figure ends that stands behind a noun, after "of", a comma or a colon; None where there is none."""
    doc, end = noun.doc, sentence_end(noun)
    mark = next((t for t in doc[noun.i + 1 : min(end, noun.i + 12)] if t.lower_ in ("of", ",", ":")), None)
    if mark is None:
        return None
    if mark.text == ",":  # "a different number for the city, 40.49 million"
        following = doc[mark.i + 1 : mark.i + 2]
    elif mark.text == ":":
        following = doc[mark.i + 1 : mark.i + 4]
    else:
        following = doc[mark.i + 1 : mark.i + 3]
    figure = next((token for token in following if memory.in_figure(token.i)), None)
    if figure is None and mark.lower_ == "of":
        colon = next((t for t in doc[mark.i : min(end, mark.i + 16)] if t.text in (":", ",")), None)
        if colon is not None and colon.i + 1 < end and memory.in_figure(colon.i + 1):
            figure = colon.nbor()
    if figure is None:
        return None
    last = figure.i
    while last + 1 < end and memory.in_figure(last + 1):
        last += 1
    return last + 1


def _figure_at(verb: Token, memory: Memory) -> Token | None:
    """What holds the bare figure: the preposition in "is at 3%", the object of "makes it 0.4%"."""
    if not is_verb(verb) or any(child.dep_ == "neg" for child in verb.children):
        return None
    if (given := _given_as(verb, memory)) is not None:
        return given
    if verb.lower_ in cue_words().making:
        return _made(verb, memory)
    prepositions = cue_words().stances.get(verb.lower_)
    if prepositions is None:
        return None
    for preposition in _prepositions(verb):
        target = next(iter(children_with(preposition, "pobj")), None)
        if preposition.lower_ not in prepositions or target is None:
            continue
        stuck = verb.lower_ in _sticking() and any(memory.in_figure(child.i) for child in target.lefts)
        if stuck or is_bare_figure(target, memory):
            return preposition
    return None


def _given_as(verb: Token, memory: Memory) -> Token | None:
    """The 99,540 of "has given 99,540 as its exports", the preposition in "has given the rate *as* 5,000 barrels"."""
    links = [as_ for as_ in children_with(verb, "prep") if as_.lower_ == "as" and as_.i > verb.i]
    if verb.lower_ not in cue_words().giving or not links:
        return None
    given = next((thing for thing in children_with(verb, "dobj") if is_bare_figure(thing, memory)), None)
    if given is not None or not children_with(verb, "dobj"):
        return given
    return next((as_ for as_ in links if _holds_amount(as_, memory)), None)


def _holds_amount(preposition: Token, memory: Memory) -> bool:
    """True for "as 5,000 barrels", not for "as saying 40 ships had been turned back"."""
    things = children_with(preposition, "pobj")
    return any(memory.in_figure(token.i) for thing in things for token in (thing, *thing.lefts))


def _sticking() -> frozenset[str]:
    """Verbs by which somebody keeps to a figure of his own: "sticks to 30 million bags"."""
    return small_words("sticking")


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
    if who.lower_ in small_words("named_before") or (
        publishes(who, memory, others=True) and document_class(who) is None
    ):
        return True
    if name_words().crowd_kinds.get(singular(who.text)) == "analyst":
        return True
    named = memory.name_at(who.i)
    if is_speaker(who, memory) and (who.head.lower_ in _sticking() or _given_as(who.head, memory) is not None):
        return True
    if named is None:
        return False
    known = named.last - named.first > 1 or memory.is_capital(who)  # not the first word of "Turnout came to 71%"
    return named.type == "person" or (named.type == "name" and known)
