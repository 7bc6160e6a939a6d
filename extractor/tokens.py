"""A read text in plain Python: its tokens with what the parser said of them, each worked out once.

spaCy keeps a document in C, and makes a Python object or looks a string up at every `doc[i]`, `token.head` and
`token.lemma_`. The rooms ask such things some thousand times a figure. So each document is turned once, after parsing,
into the same shape of plain objects: `Doc`, `Token` and `Span` answer as spaCy's objects of these names do, in a tenth
of the time. They also answer for tokens that were never parsed: such a token has no label and stands alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, overload
from weakref import WeakValueDictionary

import numpy as np
import spacy.tokens
from spacy.attrs import DEP, HEAD, IDX, LEMMA, LOWER, ORTH, POS, SENT_START, SPACY, TAG
from spacy.lang.en.lex_attrs import like_num
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.lang.lex_attrs import is_currency, is_punct, is_quote

from extractor.mentions import set_text, text_of

SpacyDoc = spacy.tokens.Doc
_STRINGS = [ORTH, LOWER, LEMMA, TAG, POS, DEP]
_CLIMB_LIMIT = 40  # a parse is no deeper than this unless it is broken


class Token:
    """One word or sign of a document, and its place in the parse of its sentence."""

    __slots__ = (
        "_ancestors",
        "children",
        "dep_",
        "doc",
        "head",
        "i",
        "idx",
        "is_sent_start",
        "left_edge",
        "lefts",
        "lemma_",
        "lower_",
        "pos_",
        "right_edge",
        "rights",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: Doc
    i: int
    idx: int
    """Character offset in the text."""
    text: str
    lower_: str
    lemma_: str
    tag_: str
    pos_: str
    dep_: str
    whitespace_: str
    is_sent_start: bool
    head: Token
    """What it hangs on; itself at the top of a sentence."""
    children: Sequence[Token]
    """What hangs on it, in the order of the text."""
    lefts: Sequence[Token]
    rights: Sequence[Token]
    left_edge: Token
    """The first token of all that hangs on it."""
    right_edge: Token
    sent: Span
    _ancestors: Sequence[Token] | None

    def __repr__(self) -> str:
        return self.text

    @property
    def ancestors(self) -> Sequence[Token]:
        """Its heads, nearest first, itself left out."""
        if self._ancestors is None:
            above: list[Token] = []
            at = self
            while at.head is not at and len(above) < _CLIMB_LIMIT:
                at = at.head
                above.append(at)
            self._ancestors = above
        return self._ancestors

    @property
    def subtree(self) -> Iterator[Token]:
        """All that hangs on it, itself included, in the order of the text."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def conjuncts(self) -> Sequence[Token]:
        """What is coordinated with it, itself left out."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found += [child for child in token.rights if child.dep_ == "conj"]
        return [token for token in found if token is not self]

    def nbor(self, step: int = 1) -> Token:
        """The token so many places on. Raises IndexError outside the document."""
        if self.i + step < 0:
            raise IndexError(self.i + step)
        return self.doc[self.i + step]

    def is_ancestor(self, other: Token) -> bool:
        """True where the other hangs on it, however far down."""
        return self in other.ancestors

    @property
    def is_title(self) -> bool:
        """True for a capital and small letters."""
        return self.text.istitle()

    @property
    def is_lower(self) -> bool:
        """True for small letters."""
        return self.text.islower()

    @property
    def is_upper(self) -> bool:
        """True for capitals."""
        return self.text.isupper()

    @property
    def is_alpha(self) -> bool:
        """True for letters alone."""
        return self.text.isalpha()

    @property
    def is_digit(self) -> bool:
        """True for digits alone."""
        return self.text.isdigit()

    @property
    def is_space(self) -> bool:
        """True for white space."""
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        """True for marks of punctuation."""
        return is_punct(self.text)

    @property
    def is_quote(self) -> bool:
        """True for quotation marks."""
        return is_quote(self.text)

    @property
    def is_currency(self) -> bool:
        """True for the signs of currencies."""
        return is_currency(self.text)

    @property
    def is_stop(self) -> bool:
        """True for the commonest words, which say little."""
        return self.lower_ in STOP_WORDS

    @property
    def like_num(self) -> bool:
        """True for digits and number words."""
        return bool(like_num(self.text))  # type: ignore[no-untyped-call]


class Span:
    """Some tokens of a document in a row."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...
    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        if isinstance(place, slice):
            return self.doc[self.start : self.end][place]
        return self.doc[self.start + place if place >= 0 else self.end + place]

    @property
    def start_char(self) -> int:
        """Where it begins, in characters of the text."""
        return self.doc[self.start].idx

    @property
    def end_char(self) -> int:
        """Where it ends, in characters of the text."""
        final = self.doc[self.end - 1]
        return final.idx + len(final.text)

    @property
    def text(self) -> str:
        """Its words as they stand in the text."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def root(self) -> Token:
        """The token nearest to the top of the sentence; the first of them."""
        tokens = self.doc[self.start : self.end]
        top = next((token for token in tokens if token.head is token), None)
        return top or min(tokens, key=lambda token: len(token.ancestors), default=self.doc[self.start])


class Doc(list[Token]):
    """A document: the list of its tokens, and what the components found, as `doc._`."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # each document is itself alone

    def __init__(self, origin: SpacyDoc, text: str) -> None:
        super().__init__()
        self.origin = origin
        self.text = text
        self.user_data: dict[str, Any] = {}
        """What a component keeps for itself or for others as long as the text is read."""
        set_text(self, text)
        self.sents: list[Span] = []
        self.offsets: list[int] = []
        """Where each token begins, in characters of the text."""

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def _(self) -> Any:
        """What the components found (see `mentions`)."""
        return self.origin._

    def span(self, first: int, last: int) -> Span:
        """The tokens between two indices, which may lie outside as those of a slice may."""
        inside = range(len(self))[first:last]
        return Span(self, inside.start, max(inside.start, inside.stop))

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        """The tokens between two characters, None where there are none.

        A token that is cut in two makes it None ("strict"), is left out ("contract") or taken in ("expand").
        """
        first = self._at(start)
        within = first is not None and first.idx < end <= first.idx + len(first.text)
        last = first if within else self._at(end - 1)
        if first is None or last is None:
            return None
        from_, to = first.i, last.i + 1
        begins, ends = first.idx, last.idx + len(last.text)
        if alignment_mode == "strict" and (begins != start or ends != end):
            return None
        if alignment_mode == "contract":
            from_, to = from_ + (begins < start), to - (end < ends)
            return Span(self, from_, to) if from_ < to else None
        if alignment_mode == "expand" and start == begins + len(first.text):  # the space behind a token
            from_ += 1
        return Span(self, from_, to)

    def _at(self, character: int) -> Token | None:
        """The token at a character, the space behind it included."""
        place = bisect_right(self.offsets, character) - 1
        if place < 0:
            return None
        token = self[place]
        return token if character < token.idx + len(token.text) + len(token.whitespace_) else None


_read: WeakValueDictionary[int, Doc] = WeakValueDictionary()
"""The plain documents that somebody holds, by the identity of what they were made of, which they hold in turn."""


def read(origin: SpacyDoc) -> Doc:
    """A document of spaCy's as plain objects: the same ones for as long as somebody holds them."""
    doc = _read.get(id(origin))
    if doc is None:
        doc = _read[id(origin)] = _made(origin)
    return doc


def _made(origin: SpacyDoc) -> Doc:
    doc = Doc(origin, text_of(origin))
    columns: Any = origin.to_array([*_STRINGS, HEAD, IDX, SENT_START, SPACY])
    known, count = origin.vocab.strings, len(_STRINGS)
    names = {key: known[key] for key in np.unique(columns[:, :count]).tolist()}
    heads = (np.arange(len(columns)) + columns[:, count].astype("int64")).tolist()
    doc.offsets = columns[:, count + 1].tolist()
    starts = columns[:, count + 2] == 1
    spaces = columns[:, count + 3].astype(bool).tolist()
    for i, row in enumerate(columns[:, :count].tolist()):
        token = Token()
        token.doc, token.i, token.idx = doc, i, doc.offsets[i]
        token.text, token.lower_, token.lemma_, token.tag_, token.pos_, token.dep_ = [names[key] for key in row]
        token.whitespace_ = " " if spaces[i] else ""
        token.children = token.lefts = token.rights = ()
        token.left_edge = token.right_edge = token
        token._ancestors = None
        doc.append(token)
    _hang(doc, heads)
    _part(doc, starts.tolist())
    return doc


def _hang(doc: Doc, heads: list[int]) -> None:
    """Tells each token what it hangs on and what hangs on it, from the indices of the heads."""
    below: list[list[Token]] = [[] for _ in heads]
    for token, head in zip(doc, heads, strict=True):
        token.head = doc[head]
        if head != token.i:
            below[head].append(token)
    for token, children in zip(doc, below, strict=True):
        if children:
            token.children = children
            token.lefts = [child for child in children if child.i < token.i]
            token.rights = children[len(token.lefts) :]
    for token in doc:  # the first to come by is the leftmost
        above = token
        while above.head is not above and token.i < above.head.left_edge.i:
            above = above.head
            above.left_edge = token
    for token in reversed(doc):
        above = token
        while above.head is not above and token.i > above.head.right_edge.i:
            above = above.head
            above.right_edge = token


def _part(doc: Doc, starts: list[bool]) -> None:
    """Tells each token its sentence, from where sentences start."""
    firsts = [i for i, is_start in enumerate(starts) if is_start or i == 0]
    for first, end in pairwise([*firsts, len(doc)]):
        sentence = Span(doc, first, end)
        doc.sents.append(sentence)
        for i in range(first, end):
            doc[i].sent = sentence
            doc[i].is_sent_start = i == first
