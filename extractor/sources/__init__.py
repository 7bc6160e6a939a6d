"""Who gave each figure, and who relayed it.

`parties/` says whom a noun phrase names as a source, `voices/` finds the attributions of one sentence, `attribution/`
decides which of them each figure has. Each knows those before it. All share `cues.py` (the words that attribute),
`speakers.py` (what can give a figure, and who has spoken so far), `phrases.py` (where a noun phrase begins and ends),
`verb_reach.py` (how far a verb of saying reaches along its sentence) and `layout.py` (sources in tables and lists).
"""

from __future__ import annotations

from spacy.language import Language

from extractor.sources.attribution.finder import attribute
from extractor.sources.cues import has_cue
from extractor.tokens import SpacyDoc, read

__all__ = ["SourcesComponent", "attribute", "has_cue"]


class SourcesComponent:
    """Writes `doc._.sources`, in parallel to `doc._.quantities`."""

    def __call__(self, doc: SpacyDoc) -> SpacyDoc:
        """The document, with the sources of its figures."""
        doc._.sources = attribute(read(doc))
        return doc


@Language.factory("claimgraph_sources", requires=["doc._.quantities", "doc._.names"], assigns=["doc._.sources"])
def make_sources(nlp: Language, name: str) -> SourcesComponent:
    """The component that attributes figures."""
    return SourcesComponent()
