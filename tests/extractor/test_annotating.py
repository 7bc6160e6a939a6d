"""Tags, features and lemmas of chosen sentences are those that the model's own pipeline gives."""

from __future__ import annotations

import pytest
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language

from extractor.parsing import parse_sentences
from extractor.sentences import mark_sentences, sentence_spans

SENTENCES = [
    "Exports rose 5% to 2.1 million units in June, the ministry said.",
    "There were 40 ships in port, and there is room for 12 more.",
    "They're gonna sell 400 of them, and we gotta buy.",
    "Let's say that 3 of the 12 don't count.",
    "It had been selling more than it does now; its rivals have, too.",
    "Those that did so were doing better than this one.",
    "I can't tell you who bought them: 7,000 went to us.",
    "Y'all come on in.",
]


@pytest.mark.parametrize("text", [*SENTENCES, " ".join(SENTENCES), "\n\n".join([*SENTENCES, *SENTENCES])])
def test_is_what_the_model_says(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    mark_sentences(doc, sentence_spans(text))
    spans = [(sentence.start, sentence.end) for sentence in doc.sents]
    pieces = [doc[first:last].as_doc() for first, last in spans]
    parse_sentences([(doc, spans)])
    for (first, last), piece in zip(spans, pieces, strict=True):
        for _, component in nlp.pipeline:
            piece = component(piece)
        for attribute in (TAG, POS, LEMMA, MORPH, DEP, HEAD):
            assert doc[first:last].as_doc().to_array([attribute]).tolist() == piece.to_array([attribute]).tolist()
