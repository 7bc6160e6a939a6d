"""Runs of proper nouns: where a name that only the article knows begins, and how far it goes."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.mentions import Name
from extractor.names.known import is_legal_form
from extractor.names.words import body_kind, is_area_name, name_words
from extractor.syntax import is_parsed, is_proper
from extractor.tokens import Doc, Token

_PLURALS = frozenset({"children", "women", "men", "people"})  # "the Children's Trust"
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


def runs_of_proper_nouns(doc: Doc, taken: dict[int, Name]) -> Iterator[tuple[int, int]]:
    """Half-open token indices of runs of proper nouns in the parsed sentences, inner "of" and "and" included."""
    last, before = 0, None
    for token in doc:
        if is_proper(token) or token.text == "&":  # what stands before a proper noun may open its name
            for opening in (before, token):
                if opening is None or opening.i < last or not _opens(opening, taken):
                    continue
                last = _run_end(doc, opening.i, taken)
                yield opening.i, last
        before = token if is_parsed(token) else None


def _opens(token: Token, taken: dict[int, Name]) -> bool:
    known = taken.get(token.i)
    if known is not None and known.type == "organisation":
        return False
    if not token.text[0].isupper() or token.lower_ in name_words().never:
        return False
    if is_proper(token):
        return True
    # A demonym or a capitalised modifier before the rest of a name: "Chinese Ministry of Industry", "Statistics Norda".
    follower = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if follower is not None and follower.text == "&":
        return token.i + 2 < len(token.doc) and is_proper(token.doc[token.i + 2])
    if follower is None or not follower.text[0].isupper() or not is_proper(follower):
        return False
    return (known is not None and known.adjective) or (
        not token.is_sent_start and token.tag_ in ("JJ", "NN", "NNS", "VBG")
    )


def _run_end(doc: Doc, first: int, taken: dict[int, Name]) -> int:
    last = first + 1
    while last < len(doc) and not doc[last].is_sent_start:
        step = _step(doc, first, last, taken)
        if step == 0:
            break
        last += step
    return last


def _step(doc: Doc, first: int, at: int, taken: dict[int, Name]) -> int:
    """How many tokens the run goes on for at a token: 0 where it ends."""
    token = doc[at]
    known = taken.get(at)
    if known is not None and known.type == "organisation" and known.first == at:
        return 0
    if token.lower_ in name_words().never:
        return 0
    if is_legal_form(token) or (token.text[0].isupper() and (is_proper(token) or token.tag_[:2] in ("NN", "JJ", "VB"))):
        return 1
    if token.text == "-" and at + 1 < len(doc) and not doc[at - 1].whitespace_ and not token.whitespace_:
        return _hyphen_step(doc, at)
    if token.lower_ in name_words().small and at + 1 < len(doc):
        return _small_step(doc, first, at)
    if (
        token.text in _POSSESSIVES
        and at + 1 < len(doc)
        and not (at - 1 in taken and taken[at - 1].type == "area")  # "the Philippines' Bureau of Customs"
        and (doc[at - 1].lower_ in _PLURALS or doc[at - 1].lower_.endswith("s"))
        and not doc[at - 1].lower_.endswith("ss")
    ):
        # The members' possessive inside a name: "Growers' Union".
        return 2 if doc[at + 1].text[0].isupper() and body_kind(doc[at + 1].text) else 0
    return 0


def _hyphen_step(doc: Doc, at: int) -> int:
    """The step over a hyphen, and over a particle between two: "Jamaat-*e*-Maravi"."""
    if doc[at + 1].text[0].isupper():
        return 2
    linked = at + 3 < len(doc) and doc[at + 1].lower_ in name_words().particles and doc[at + 2].text == "-"
    return 4 if linked and doc[at + 3].text[0].isupper() else 0


def _small_step(doc: Doc, first: int, at: int) -> int:
    words = name_words()
    word = doc[at].lower_
    heads = [doc[i].lower_ for i in range(first, at)]
    opened = any(head in words.of_names for head in heads)
    following = at + 1
    if word in ("of", "for", "in") and opened:
        while following < len(doc) and doc[following].lower_ in ("the", "public"):
            following += 1
        if following < len(doc) and (
            doc[following].lower_ in words.never or (word == "in" and is_area_name(doc[following].text))
        ):
            return 0  # where a body sits is no part of its name, nor is a month
        return following - at + 1 if following < len(doc) and doc[following].text[0].isupper() else 0
    upper = following < len(doc) and doc[following].text[0].isupper()
    if word == "&":
        return 2 if upper else 0
    if word == "and":
        # "Ministry of Industry and Trade": only after "of" inside the name, and not before a name of its own.
        inside = any(small in heads for small in ("of", "for"))
        return 2 if upper and inside and is_proper(doc[following]) else 0
    return 2 if upper and word in words.particles else 0
