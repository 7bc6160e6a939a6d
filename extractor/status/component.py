"""Goes through the figures of a document: the standing of each, and what one figure takes over from another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language

from extractor import mentions
from extractor.mentions import Attribution, Quantity, Timing
from extractor.model import Status
from extractor.sources.cues import verb_class
from extractor.status.assertion import head_of
from extractor.status.figure import status
from extractor.syntax import ancestors, children_with, is_parsed, is_verb, sentence_offsets
from extractor.tokens import Doc, SpacyDoc, read

_NEAR = 2
"""As many figures away stands what a figure was replaced by."""
_ALIKE = 0.15
"""How far a corrected figure is from the first one, at most."""
_OF_THEM = re.compile(r"\s+(?:\w+ )?of (?:them|these|those|which|whom)\b", re.IGNORECASE)
_APPENDED = re.compile(
    r"[^.;:,\n]{0,40},\s+(?:or\s+|up\s+|down\s+|an?\s+(?:\w+\s+){1,2}of\s+)?(?:about\s+|some\s+)?", re.IGNORECASE
)
_OF_BEFORE = re.compile(r"\s+(?:of which|went|was|were|had|came)\b", re.IGNORECASE)
_REVISED_TO = re.compile(r",?\s+(?:to|from)\s+(?:an? )?", re.IGNORECASE)


@Language.factory("claimgraph_status", requires=["doc._.quantities"], assigns=["doc._.statuses"])
def make_status(nlp: Language, name: str) -> StatusComponent:
    """The component that tells the standing of figures."""
    return StatusComponent()


class StatusComponent:
    """Writes `doc._.statuses`, in parallel to `doc._.quantities`."""

    def __call__(self, doc: SpacyDoc) -> SpacyDoc:
        """The document, with the standing of its figures."""
        doc._.statuses = list(statuses(read(doc)))
        return doc


def statuses(doc: Doc) -> list[Status]:
    """The standing of each quantity of a document, in parallel to `doc._.quantities`."""
    sources = mentions.attributions(doc)
    quantities = mentions.quantities(doc)
    sources = sources if len(sources) == len(quantities) else [Attribution()] * len(quantities)
    timings = mentions.timings(doc)
    timings = timings if len(timings) == len(quantities) else [Timing()] * len(quantities)
    found: list[Status] = []
    for rank, (quantity, source, timing) in enumerate(zip(quantities, sources, timings, strict=True)):
        before = (
            found[-1] if rank and found[-1] != "actual" and _takes_up(doc, quantities[rank - 1], quantity) else None
        )
        found.append(before or status(doc, quantity, source, timing))
    for rank in _corrected(doc, quantities, timings, found):
        found[rank] = "preliminary"
    return found


def _corrected(doc: Doc, quantities: list[Quantity], timings: list[Timing], found: list[Status]) -> Iterator[int]:
    """Figures that the text says were replaced, and whose successor stands nearby: about as large, of the same time."""
    for rank, replaced in enumerate(doc._.superseded):
        if not replaced or found[rank] not in ("actual", "estimate"):
            continue
        near = (other for other in range(max(0, rank - _NEAR), min(len(found), rank + _NEAR + 1)) if other != rank)
        if any(_succeeds(quantities, timings, rank, other) for other in near):
            yield rank


def _succeeds(quantities: list[Quantity], timings: list[Timing], rank: int, other: int) -> bool:
    """True for two figures of one form and size whose periods, where both have one, are the same."""
    one, two = quantities[rank], quantities[other]
    if one.form != two.form or one.value == two.value or abs(one.value - two.value) > _ALIKE * abs(one.value):
        return False
    mine, its = timings[rank].period, timings[other].period
    return mine is None or its is None or mine[:2] == its[:2]


def _takes_up(doc: Doc, before: Quantity, quantity: Quantity) -> bool:
    """True where a figure has the standing of the one before: "1.5 million, a million *of them*", "cut *that* by 5"."""
    text, token = mentions.text_of(doc), head_of(doc, quantity)
    if not is_parsed(token):
        return False
    together = sentence_offsets(token)[0] <= before.start
    if together and _OF_THEM.match(text, quantity.end):
        return True
    if _is_appended(text, before, quantity):
        return True
    verb = next((above for above in ancestors(token) if is_verb(above)), None)
    if verb is None or verb_class(verb) != "revise" or "\n" in text[before.end : quantity.start]:
        return False
    if verb.lemma_ != "set" and any(
        part.lower_ in ("that", "it", "this") for part in children_with(verb, "dobj", "nsubjpass")
    ):
        return True
    first = text.endswith("from ", 0, before.start)  # "revised from 90 to 80": the first one alone is replaced
    return together and not first and _REVISED_TO.fullmatch(text[before.end : quantity.start]) is not None


def _is_appended(text: str, before: Quantity, quantity: Quantity) -> bool:
    """True for what a comma adds to a figure: "2.7 million units this year, a drop of *3 percent*"."""
    if quantity.form not in ("percent", "fraction", "multiple") or before.form == quantity.form:
        return False
    between = text[before.end : quantity.start]
    return bool(_APPENDED.fullmatch(between)) and _OF_BEFORE.match(text, quantity.end) is None
