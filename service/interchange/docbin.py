"""spaCy's DocBin: one Doc an article, the figures in the span group `claims`, labelled with their kinds.

Slots stand in the group's attributes, by the id of the span: `doc.spans["claims"].attrs["slots"][span.id_]`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.interchange.sheets import Mark, Sheet
from service.interchange.tokens import token_span, tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

GROUP = "claims"


def write(sheets: Iterable[Sheet]) -> bytes:
    """The bytes of a `.spacy` file, which `DocBin.from_disk` and `spacy train` read."""
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("en").vocab
    packed: bytes = DocBin(docs=[_doc(sheet, vocab) for sheet in sheets]).to_bytes()
    return packed


def _doc(sheet: Sheet, vocab: Vocab) -> Doc:
    from spacy.tokens import Doc, Span, SpanGroup

    words = tokens(sheet.text, sheet.marks)
    doc = Doc(vocab, words=[word.text for word in words], spaces=[word.space for word in words])
    spans, facts = [], {}
    for mark in sheet.marks:
        first, last = token_span(words, mark)
        name = f"{mark.start}-{mark.end}"
        spans.append(Span(doc, first, last + 1, label=mark.label, span_id=name))
        facts[name] = {"slots": mark.slots, "optional": mark.optional, "claim": mark.claim}
    attributes: dict[str, Any] = {
        "meta": sheet.meta,
        "slots": {name: fact["slots"] for name, fact in facts.items()},
        "optional": [name for name, fact in facts.items() if fact["optional"]],
        "claims": {name: fact["claim"] for name, fact in facts.items() if fact["claim"] is not None},
    }
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, attrs=attributes, spans=spans)
    return doc


def read(content: bytes, file: Path) -> list[Sheet]:
    """The sheets of a `.spacy` file with the span group `claims`."""
    import spacy
    from spacy.tokens import DocBin

    docs = DocBin().from_bytes(content).get_docs(spacy.blank("en").vocab)
    return [_sheet(doc, place) for place, doc in enumerate(docs)]


def _sheet(doc: Doc, place: int) -> Sheet:
    if GROUP not in doc.spans:
        raise ValueError(f"document {place} has no span group {GROUP!r}")
    group = doc.spans[GROUP]
    known: dict[str, Any] = dict(group.attrs)
    meta = known.get("meta") or {"id": f"document-{place}"}
    return Sheet(meta, doc.text, [_mark(span, known) for span in group])


def _mark(span: Any, known: dict[str, Any]) -> Mark:
    slots, claim = known.get("slots", {}).get(span.id_, {}), known.get("claims", {}).get(span.id_)
    return Mark(span.start_char, span.end_char, span.label_, slots, span.id_ in known.get("optional", ()), claim)
