"""Who gave a number that need not be a claim: for programs that ask for a source by the place of a number."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.mentions import Attribution, Quantity
from extractor.sources.attribution.finder import attribute


def sources_at(text: str, spans: Sequence[tuple[int, int]]) -> list[Attribution]:
    """The attribution of each half-open stretch of a text, in the order of the stretches. Parses the whole text."""
    from extractor.names.finder import find_names
    from extractor.parsing import model
    from extractor.quantities import find_quantities
    from extractor.sentences import mark_sentences, sentence_spans
    from extractor.tokens import read

    doc = model().make_doc(text)
    mark_sentences(doc, sentence_spans(text))
    for _, component in model().pipeline:
        doc = component(doc)
    asked = [Quantity(start, end, 0.0, None, None, "exact", "count", "number") for start, end in spans]
    beside = [
        quantity
        for quantity in find_quantities(text)
        if not any(quantity.start < end and start < quantity.end for start, end in spans)
    ]
    quantities = sorted((*asked, *beside), key=lambda quantity: quantity.start)
    doc._.quantities = list(quantities)
    text_read = read(doc)
    doc._.names = find_names(text_read)
    found = {quantity.start: each for quantity, each in zip(quantities, attribute(text_read), strict=True)}
    return [found[start] for start, _ in spans]
