"""Who gave each figure, and who relayed it.

`cues` holds the words. `parties` says whom a noun phrase names: `bodies` for names and nouns, `pronouns`, `documents`
for what somebody made, and `unread` for bodies in sentences that were not parsed. `voices` finds the attributions of a
sentence: `according`, `verbs` (with `entitled`, `extent`), `indirect` speech, `stances`, `owned` figures, `papers`
that speak, `labels`; `trailing` and `unparsed` serve where the parser errs. `quotations` are the quoted stretches,
`layout` is that of tables and lists. `article` holds an article's sentences and quotations with their voices,
`standing` says which voice goes on where a sentence has none, and `reach` decides which attribution each figure has.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.sources.cues import has_cue
from extractor.sources.reach import attribute

__all__ = ["SourcesComponent", "attribute", "has_cue"]


class SourcesComponent:
    """Writes `doc._.sources`, in parallel to `doc._.quantities`."""

    def __call__(self, doc: Doc) -> Doc:
        """The document, with the sources of its figures."""
        doc._.sources = attribute(doc)
        return doc


@Language.factory("claimgraph_sources", requires=["doc._.quantities", "doc._.names"], assigns=["doc._.sources"])
def make_sources(nlp: Language, name: str) -> SourcesComponent:
    """The component that attributes figures."""
    return SourcesComponent()
