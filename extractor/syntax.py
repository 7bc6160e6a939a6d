"""Small questions to a parsed sentence: its words, its children, where a noun phrase begins and ends.

Everything here also answers for tokens that were never parsed (no head, no label): such a token stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import DEP, HEAD, SENT_START
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from extractor.mentions import text_between, text_of

PROPER = ("NNP", "NNPS")
"""Tags of proper nouns."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_NOUNS = frozenset(map(get_string_id, ("NN", "NNS", "NNP", "NNPS")))
_VERBS = frozenset(map(get_string_id, ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD")))
"""Tags by their numbers, which spaCy need not look up."""
_BEFORE_HEAD = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "punct", "case", "predet"}
)
_CLIMB_LIMIT = 40  # a parse is no deeper than this unless it is broken
_SENTENCES, _TREE = "claimgraph_sentences", "claimgraph_tree"
"""Where a document keeps what is worked out once: spaCy searches the sentence anew at every `token.sent`, and at every
`token.children` all that hangs on the token.
"""


class _Tree(NamedTuple):
    """How the words of a document hang together; entry n of each is of token n."""

    heads: list[int]
    children: list[list[int]]
    labels: list[str]


def is_parsed(token: Token) -> bool:
    """True where the token was tagged and parsed."""
    return bool(token.tag)


def is_noun(token: Token) -> bool:
    """True for common and proper nouns."""
    return token.tag in _NOUNS


def is_proper(token: Token) -> bool:
    """True for a proper noun, one or many."""
    return token.tag_ in PROPER


def is_verb(token: Token) -> bool:
    """True for verbs and auxiliaries, in any form."""
    return token.tag in _VERBS


def ancestors(token: Token) -> Iterator[Token]:
    """The heads of a token, nearest first, itself left out."""
    doc, at = token.doc, token.i
    heads = _tree(doc).heads
    for _ in range(_CLIMB_LIMIT):
        above = heads[at]
        if above == at:
            return
        at = above
        yield doc[at]


def subtree_span(token: Token) -> tuple[int, int]:
    """Half-open token indices of all that hangs on a word."""
    return token.left_edge.i, token.right_edge.i + 1


def subject(verb: Token) -> Token | None:
    """The subject of a verb, where it has one of its own; the nearest, should a broken parse give it two."""
    found = children_with(verb, *SUBJECTS)
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
    below = _tree(doc).children[token.i]
    return [doc[index] for index in below] if below else []


def children_with(token: Token, *labels: str) -> list[Token]:
    """The children of a token that carry one of the labels, in the order of the text."""
    doc = token.doc
    tree = _tree(doc)
    below = tree.children[token.i]
    return [doc[index] for index in below if tree.labels[index] in labels] if below else []


def _tree(doc: Doc) -> _Tree:
    tree: _Tree | None = doc.user_data.get(_TREE)
    if tree is None:
        tree = doc.user_data[_TREE] = _grown(doc)
    return tree


def _grown(doc: Doc) -> _Tree:
    """How the words of a document hang together, from its parse."""
    columns: Any = doc.to_array([HEAD, DEP])
    heads = (np.arange(len(doc)) + columns[:, 0].astype("int64")).tolist()
    leaf: list[int] = []
    rows = [leaf] * len(doc)
    for index, head in enumerate(heads):
        if head != index:
            if rows[head] is leaf:
                rows[head] = [index]
            else:
                rows[head].append(index)
    names = {label: doc.vocab.strings[label] for label in set(columns[:, 1].tolist())}
    return _Tree(heads, rows, [names[label] for label in columns[:, 1].tolist()])


def forget_tree(doc: Doc) -> None:
    """Has the tree looked at anew: for whoever parses a document."""
    doc.user_data.pop(_TREE, None)


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
    text, starts = text_of(doc), sorted({0, *_sentences(doc)[0]}) if len(doc) else []
    return [start for start in starts if start == 0 or "\n" in text[doc[start - 1].idx : doc[start].idx]]
