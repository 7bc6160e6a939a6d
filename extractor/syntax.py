"""Small questions to a parsed sentence: its words, its children, where a noun phrase begins and ends.

Everything here also answers for tokens that were never parsed (no head, no label): such a token stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import HEAD, SENT_START
from spacy.tokens import Doc, Token

from extractor.mentions import text_between

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_BEFORE_HEAD = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "punct", "case", "predet"}
)
_CLIMB_LIMIT = 40  # a parse is no deeper than this unless it is broken
_SENTENCES, _CHILDREN = "claimgraph_sentences", "claimgraph_children"
"""Where a document keeps what is worked out once: spaCy searches the sentence anew at every `token.sent`, and at every
`token.children` all that hangs on the token.
"""


def is_parsed(token: Token) -> bool:
    """True where the token was tagged and parsed."""
    return bool(token.tag)


def is_noun(token: Token) -> bool:
    """True for common and proper nouns."""
    return token.tag_ in _NOUNS


def is_verb(token: Token) -> bool:
    """True for verbs and auxiliaries, in any form."""
    return token.tag_[:2] in ("VB", "MD")


def ancestors(token: Token) -> Iterator[Token]:
    """The heads of a token, nearest first, itself left out."""
    for _ in range(_CLIMB_LIMIT):
        above = token.head  # a property that makes a token at every call
        if above.i == token.i:
            return
        token = above
        yield token


def subtree_span(token: Token) -> tuple[int, int]:
    """Half-open token indices of all that hangs on a word."""
    return token.left_edge.i, token.right_edge.i + 1


def subject(verb: Token) -> Token | None:
    """The subject of a verb, where it has one of its own; the nearest, should a broken parse give it two."""
    found = [child for child in children(verb) if child.dep_ in SUBJECTS]
    found = [child for child in found if child.dep_ != "csubj"] or found
    return min(found, key=lambda child: abs(child.i - verb.i)) if found else None


def noun_phrase_span(head: Token) -> tuple[int, int]:
    """Half-open token indices of a noun with the words before it; nothing that follows the noun."""
    first = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _BEFORE_HEAD:
            break
        first = child.left_edge.i
    return first, head.i + 1


def children(token: Token) -> list[Token]:
    """What hangs on a token itself, in the order of the text: a faster `token.children`."""
    doc = token.doc
    rows: list[list[int]] | None = doc.user_data.get(_CHILDREN)
    if rows is None:
        rows = doc.user_data[_CHILDREN] = _children(doc)
    return [doc[index] for index in rows[token.i]]


def _children(doc: Doc) -> list[list[int]]:
    """The indices of the children of each token."""
    steps: Any = doc.to_array([HEAD]).ravel().view("int64")
    leaf: list[int] = []
    rows = [leaf] * len(doc)
    below = np.flatnonzero(steps)
    for index, head in zip(below.tolist(), (below + steps[below]).tolist(), strict=True):
        if rows[head] is leaf:
            rows[head] = [index]
        else:
            rows[head].append(index)
    return rows


def forget_tree(doc: Doc) -> None:
    """Has the children looked for anew: for whoever parses a document."""
    doc.user_data.pop(_CHILDREN, None)


def children_with(token: Token, *labels: str) -> list[Token]:
    """The children of a token that carry one of the labels, in the order of the text."""
    return [child for child in children(token) if child.dep_ in labels]


def sentence_start(token: Token) -> int:
    """The index of the first token of a token's sentence: a faster `token.sent.start`."""
    return _sentences(token.doc)[0][token.i]


def sentence_end(token: Token) -> int:
    """The index behind the last token of a token's sentence: a faster `token.sent.end`."""
    return _sentences(token.doc)[1][token.i]


def sentence_text(token: Token) -> str:
    """The words of a token's sentence: a faster `token.sent.text`."""
    return text_between(token.doc, sentence_start(token), sentence_end(token))


def sentence_offsets(token: Token) -> tuple[int, int]:
    """Half-open character offsets of a token's sentence."""
    doc = token.doc
    final = doc[sentence_end(token) - 1]
    return doc[sentence_start(token)].idx, final.idx + len(final)


def _sentences(doc: Doc) -> list[list[int]]:
    """For each token where its sentence starts, and for each where it ends."""
    bounds: list[list[int]] | None = doc.user_data.get(_SENTENCES)
    if bounds is None:
        marks: Any = doc.to_array([SENT_START]).ravel()
        marks[:1] = 1
        firsts = np.flatnonzero(marks == 1)
        lasts = np.append(firsts[1:], len(doc))
        bounds = [np.repeat(edges, lasts - firsts).tolist() for edges in (firsts, lasts)]
        doc.user_data[_SENTENCES] = bounds
    return bounds


def paragraph_starts(doc: Doc) -> list[int]:
    """Token indices at which paragraphs begin: sentence starts that follow a line break."""
    starts = [0] if len(doc) else []
    for sentence in doc.sents:
        before = sentence.start - 1
        if before >= 0 and "\n" in doc[before].text_with_ws:
            starts.append(sentence.start)
    return starts
