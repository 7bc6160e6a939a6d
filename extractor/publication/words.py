"""What publication.toml says, read once."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from extractor.loading import checked


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PrintedWords(_Frozen):
    """Words around the dates that a page prints of itself: regular expressions."""

    first: str
    changed: str
    zones: str
    month_first: str
    pictures: str
    credits: str
    issues: str
    footers: str


class Charges(_Frozen):
    """What a month pays for a clue, by how badly it fits."""

    wrong: float
    odd: float
    slight: float
    per_month: float


class Limits(_Frozen):
    """From where on the clues are enough."""

    clear: float
    support: int
    top: int
    soon: int


class PublicationPack(_Frozen):
    """What publication.toml may say."""

    printed: PrintedWords
    charges: Charges
    limits: Limits


@cache
def publication_pack() -> PublicationPack:
    """The contents of publication.toml."""
    return checked(PublicationPack, "extractor", "data/publication.toml")
