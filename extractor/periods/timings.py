"""The components that find the periods of a text, and tie them to its figures.

Each sentence is read by itself first (reader.py); then figures without a period borrow one (lending.py).
"""

from __future__ import annotations

import datetime as dt

from spacy.language import Language

from extractor.mentions import Measure, Timing, measures, quantities, text_of
from extractor.periods.clauses import clauses, first_line_end, usable
from extractor.periods.find import find_periods
from extractor.periods.lending import from_body, lend
from extractor.periods.memory import Memory
from extractor.periods.reader import Reader
from extractor.periods.tenses import Trees
from extractor.tokens import Doc, SpacyDoc, read

_NOTHING = Measure("", 0.0, None, None, "count")


@Language.component("claimgraph_periods", assigns=["doc._.periods"])
def claimgraph_periods(doc: SpacyDoc) -> SpacyDoc:
    """Writes `doc._.periods`: the period expressions, resolved against `doc._.published` where that is known."""
    published = doc._.published
    day = dt.date.fromisoformat(str(published)[:10]) if published else None
    doc._.periods = find_periods(text_of(doc), day)
    return doc


@Language.component(
    "claimgraph_timings",
    requires=["doc._.quantities", "doc._.periods", "doc._.measures"],
    assigns=["doc._.timings"],
)
def claimgraph_timings(doc: SpacyDoc) -> SpacyDoc:
    """Writes `doc._.timings`: period and base period of each quantity."""
    doc._.timings = find_timings(read(doc))
    return doc


def find_timings(doc: Doc) -> list[Timing]:
    """Period and base period of each quantity of a document, in order."""
    figures = quantities(doc)
    kinds = measures(doc) or [_NOTHING] * len(figures)
    found: list[Timing] = [Timing()] * len(figures)
    trees = Trees(doc)
    today = str(doc._.published)[:10] if doc._.published else None
    readers = [
        Reader(clause, usable(clause, trees, today), figures, kinds, trees, today) for clause in clauses(doc, figures)
    ]
    for reader in readers:
        for rank in reader.clause.figures:
            found[rank] = reader.timing(rank)
    lend(readers, found, Memory(today))
    from_body(found, figures, first_line_end(text_of(doc)))
    return found
