"""The plain tokens of a document answer as spaCy's own do."""

from __future__ import annotations

import pytest

from extractor.model import Article
from extractor.pipeline import documents
from extractor.tokens import Doc, read

TEXTS = (
    "Exports rose 5% to 2.1 million cars in 2023, the customs office said.",
    "Harbour dues\n\nThe port took in €40 million, “a record”. It had hoped for more.\n- Ferries: 12\n- Barges: 300",
    "Nobody counted. Three ferries sank; 12 were saved, and the rest (most of them old) lie idle.\n",
    "Wheat, barley and rye fetched $210, $190 and $180 a tonne, of which growers saw half, says the union.",
    "7",
    "",
)
PLAIN = ("i", "idx", "text", "lower_", "lemma_", "tag_", "pos_", "dep_", "whitespace_")
FLAGS = (
    *("is_title", "is_lower", "is_upper", "is_alpha", "is_digit", "is_space"),
    *("is_punct", "is_stop", "is_quote", "is_currency", "like_num", "is_sent_start"),
)
ONE = ("head", "left_edge", "right_edge")
SEVERAL = ("children", "lefts", "rights", "subtree", "conjuncts")


@pytest.fixture(scope="module", params=TEXTS)
def doc(request: pytest.FixtureRequest) -> Doc:
    return documents([Article(id="text", text=request.param)])[0]


def test_tokens(doc: Doc) -> None:
    assert [token.text for token in doc] == [token.text for token in doc.origin]
    for token, other in zip(doc, doc.origin, strict=True):
        for name in (*PLAIN, *FLAGS):
            assert getattr(token, name) == getattr(other, name), (token, name)
        for name in ONE:
            assert getattr(token, name).i == getattr(other, name).i, (token, name)
        for name in SEVERAL:
            assert [each.i for each in getattr(token, name)] == [each.i for each in getattr(other, name)], (token, name)
        assert [above.i for above in token.ancestors] == [above.i for above in other.ancestors]


def test_sentences(doc: Doc) -> None:
    told = [(s.start, s.end, s.start_char, s.end_char, s.text, s.root.i) for s in doc.sents]
    assert told == [(s.start, s.end, s.start_char, s.end_char, s.text, s.root.i) for s in doc.origin.sents]


@pytest.mark.parametrize("mode", ["strict", "contract", "expand"])
def test_char_spans(doc: Doc, mode: str) -> None:
    for start in range(len(doc.text) + 1):
        for end in range(start + 1, min(start + 20, len(doc.text)) + 1):
            span, other = doc.char_span(start, end, mode), doc.origin.char_span(start, end, alignment_mode=mode)
            assert (span is None) == (other is None), (start, end)
            if span is not None and other is not None:
                assert (span.start, span.end, span.text) == (other.start, other.end, other.text)


def test_spans_of_tokens(doc: Doc) -> None:
    for first in range(-2, len(doc) + 2):
        for last in range(-2, len(doc) + 2):
            assert doc.span(first, last).text == doc.origin[first:last].text


def test_neighbours() -> None:
    doc = documents([Article(id="text", text="Exports rose 5%.")])[0]
    assert (doc[0].nbor().text, doc[1].nbor(-1).text) == ("rose", "Exports")
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
    with pytest.raises(IndexError):
        doc[-1].nbor()


def test_is_read_once() -> None:
    doc = documents([Article(id="text", text="Exports rose 5%.")])[0]
    assert read(doc.origin) is doc
