"""What `syntax` works out once for a document is what spaCy finds anew at every call."""

from __future__ import annotations

import pytest

from extractor.mentions import text_between
from extractor.model import Article
from extractor.pipeline import documents
from extractor.syntax import children, sentence_end, sentence_offsets, sentence_start, sentence_text
from extractor.tokens import Doc

TEXTS = (
    "Exports rose 5% to 2.1 million cars in 2023, the customs office said.",
    "Harbour dues\n\nThe port took in €40 million. It had hoped for more.\n- Ferries: 12\n- Barges: 300",
    "Nobody counted. Three ferries sank; 12 were saved, and the rest (most of them old) lie idle.\n",
    "7",
)


@pytest.fixture(scope="module", params=TEXTS)
def doc(request: pytest.FixtureRequest) -> Doc:
    return documents([Article(id="text", text=request.param)])[0]


def test_children(doc: Doc) -> None:
    assert [[child.i for child in children(token)] for token in doc] == [
        [child.i for child in token.children] for token in doc.origin
    ]


def test_sentences(doc: Doc) -> None:
    for token in doc:
        sentence = doc.origin[token.i].sent
        assert (sentence_start(token), sentence_end(token)) == (sentence.start, sentence.end)
        assert sentence_offsets(token) == (sentence.start_char, sentence.end_char)
        assert sentence_text(token) == sentence.text


def test_text_between(doc: Doc) -> None:
    for first in range(len(doc) + 1):
        for last in range(len(doc) + 1):
            assert text_between(doc, first, last) == doc.origin[first:last].text
