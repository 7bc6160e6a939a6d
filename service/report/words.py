"""The words of headings, labels and legends, from `words.toml`."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from extractor.loading import checked


class RelationWords(BaseModel):
    """What a relation is called, and what it means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    one: str
    many: str
    meaning: str


class Words(BaseModel):
    """The tables of `words.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    relation: dict[str, RelationWords]
    slot: dict[str, str]
    status: dict[str, str]
    kind: dict[str, str]
    counterpart: dict[str, str]
    severity: dict[str, float]
    likelihood: dict[str, float]

    def relation_label(self, relation: str) -> str:
        """The name of a relation; its code in plain letters where the file does not know it."""
        known = self.relation.get(relation)
        return known.label if known else spaced(relation)

    def relation_count(self, relation: str, count: int) -> str:
        """What stands under a count of a relation's findings."""
        known = self.relation.get(relation)
        if known is None:
            return spaced(relation)
        return known.one if count == 1 else known.many

    def slot_label(self, slot: str) -> str:
        """The name of a slot."""
        return self.slot.get(slot, spaced(slot).capitalize())


@lru_cache(maxsize=1)
def words() -> Words:
    """The words that claimgraph ships, loaded once."""
    return checked(Words, "service.report", "words.toml")


def spaced(code: str) -> str:
    """A code as words: "market_share" gives "market share"."""
    return code.replace("_", " ").strip()


def graded(grades: dict[str, float], value: float) -> str:
    """The first grade whose threshold the value reaches, from the highest down."""
    ranked = sorted(grades.items(), key=lambda row: -row[1])
    return next((label for label, least in ranked if value >= least), ranked[-1][0])
