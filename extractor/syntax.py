"""Small questions to a parsed sentence: its words, its children, where a noun phrase begins and ends.

Everything here also answers for tokens that were never parsed (no head, no label): such a token stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.mentions import text_between
from extractor.tokens import Doc, Token

PROPER = ("NNP", "NNPS")
"""Tags of proper nouns."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_NOUNS = frozenset({"NN", "NNS", *PROPER})
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
_BEFORE_HEAD = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "punct", "case", "predet"}
)


def is_parsed(token: Token) -> bool:
    """True where the token was tagged and parsed."""
    return bool(token.tag_)


def is_noun(token: Token) -> bool:
    """True for common and proper nouns."""
    return token.tag_ in _NOUNS


def is_proper(token: Token) -> bool:
    """True for a proper noun, one or many."""
    return token.tag_ in PROPER


def is_verb(token: Token) -> bool:
    """True for verbs and auxiliaries, in any form."""
    return token.tag_ in _VERBS


def ancestors(token: Token) -> Sequence[Token]:
    """The heads of a token, nearest first, itself left out."""
    return token.ancestors


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
    for child in reversed(head.lefts):
        if child.dep_ not in _BEFORE_HEAD:
            break
        first = child.left_edge.i
    return first, head.i + 1


def children(token: Token) -> Sequence[Token]:
    """What hangs on a token itself, in the order of the text."""
    return token.children


def children_with(token: Token, *labels: str) -> list[Token]:
    """The children of a token that carry one of the labels, in the order of the text."""
    return [child for child in token.children if child.dep_ in labels]


def sentence_start(token: Token) -> int:
    """The index of the first token of a token's sentence."""
    return token.sent.start


def sentence_end(token: Token) -> int:
    """The index behind the last token of a token's sentence."""
    return token.sent.end


def sentence_text(token: Token) -> str:
    """The words of a token's sentence."""
    return text_between(token.doc, token.sent.start, token.sent.end)


def sentence_offsets(token: Token) -> tuple[int, int]:
    """Half-open character offsets of a token's sentence."""
    return token.sent.start_char, token.sent.end_char


def paragraph_starts(doc: Doc) -> list[int]:
    """Token indices at which paragraphs begin: sentence starts that follow a line break."""
    starts = [sentence.start for sentence in doc.sents]
    return [start for start in starts if start == 0 or "\n" in doc.text[doc[start - 1].idx : doc[start].idx]]
