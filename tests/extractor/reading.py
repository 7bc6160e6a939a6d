"""Reads a made-up text as the pipeline would, as far as names and sources: for the tests of those components."""

from __future__ import annotations

from extractor.mentions import Quantity
from extractor.names.finder import NamesComponent
from extractor.parsing import model
from extractor.sentences import mark_sentences, sentence_spans
from extractor.sources import SourcesComponent
from extractor.tokens import Doc
from extractor.tokens import read as plain


def read(text: str, *quotes: str | tuple[int, int]) -> Doc:
    """The text, parsed, with its quotes (words or offsets) as quantities, its names and its sources."""
    doc = model().make_doc(text)
    mark_sentences(doc, sentence_spans(text))
    for _, component in model().pipeline:
        doc = component(doc)
    spans = [quote if isinstance(quote, tuple) else _find(text, quote) for quote in quotes]
    doc._.quantities = [
        tuple(Quantity(start, end, 0.0, None, None, "exact", "count", "number")) for start, end in spans
    ]
    return plain(SourcesComponent()(NamesComponent()(doc)))


def _find(text: str, quote: str) -> tuple[int, int]:
    start = text.index(quote)
    return start, start + len(quote)
