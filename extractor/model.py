"""The contract's objects: articles in, claims out.

Field names follow SDMX (indicator, area, counterpart area, time period, observation status) and W3C PROV. Offsets count
Unicode code points of `Article.text`, half-open; dates are ISO 8601, periods half-open.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Kind = Literal["level", "growth", "difference", "share", "multiple", "rank"]
Modifier = Literal["exact", "about", "nearly", "more_than", "at_least", "less_than", "at_most"]
Status = Literal["actual", "preliminary", "estimate", "forecast", "target"]
SourceKind = Literal["government", "customs", "association", "company", "analyst", "media", "person", "other"]
_FOLLOWING = 260
"""Code points behind a figure's sentence in which a text may say how it was counted."""


def _first_ten(value: object) -> object:
    """Date-times such as 2024-01-19T08:00:00Z, which feeds and web pages carry, are cut to their day."""
    return value[:10] if isinstance(value, str) and len(value) > 10 and value[10] in "T " else value


Date = Annotated[dt.date, BeforeValidator(_first_ten)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Article(_Frozen):
    """One article: its text, headline first, and what is known about it."""

    id: str = Field(min_length=1)
    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: Date | None = None
    published_inferred: bool = False


class Span(_Frozen):
    """Half-open code-point offsets into the article's text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Concept(_Frozen):
    """A node of the taxonomy where one is known, else the normalised words; `text` is the words of the article."""

    id: str
    text: str = ""


class Product(Concept):
    """What is counted; `includes` lists the parts that the text spells out."""

    includes: tuple[str, ...] = ()


class Period(_Frozen):
    """A half-open interval of days: the first eleven months of 2023 are 2023-01-01 to 2023-12-01."""

    start: Date | None = None
    end: Date | None = None
    text: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start}); `end` is exclusive")
        return self


class Source(_Frozen):
    """Who gave the figure; `via` is whoever relayed it, nearest the figure first."""

    id: str
    text: str = ""
    kind: SourceKind = "other"
    cue: str = ""
    via: tuple[Concept, ...] = ()


class Reading(_Frozen):
    """Another way to read the same words: "up 1.2 times" is growth of 120 percent or a multiple of 1.2."""

    kind: Kind
    value: float
    low: float | None = None
    high: float | None = None
    unit: str = "count"


class Claim(_Frozen):
    """One figure as one source gave it. Shares and growth rates are in percent; `low` and `high` null when
    unbounded.
    """

    id: str
    article: str
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    sentence: Span | None = None
    kind: Kind = "level"
    value: float
    low: float | None = None
    high: float | None = None
    modifier: Modifier = "exact"
    unit: str = "count"
    indicator: Concept | None = None
    product: Product | None = None
    area: Concept | None = None
    counterpart: Concept | None = None
    period: Period | None = None
    base_period: Period | None = None
    source: Source | None = None
    status: Status = "actual"
    published: Date | None = None
    confidence: float = Field(default=1.0, ge=0, le=1)
    other_readings: tuple[Reading, ...] = ()
    borrowed: tuple[str, ...] = ()
    """Slots that were filled from another sentence."""
    superseded: bool = False
    """True where the text says that a later figure took this one's place."""
    unresolved_period: str = ""
    """The words of the figure's period where nothing tells its dates: "February" in an article of an unknown day."""
    context: str = ""
    """The sentence of the figure and what follows it: the words by which a text says how it was counted."""

    def to_json(self) -> dict[str, Any]:
        """The claim as JSON-ready values, in the contract's field order."""
        return self.model_dump(mode="json")


def context_of(text: str, start: int, end: int) -> str:
    """The sentence that stands at `start` to `end` of a text, and those that follow it as far as there is room."""
    room = text[end : end + _FOLLOWING]
    if end + _FOLLOWING < len(text):
        room = room[: max(room.rfind(sign) for sign in (". ", ".\n", "\n", "? ", "! ")) + 1]
    return " ".join(f"{text[start:end]}{room}".split())


def stable_id(prefix: str, *parts: object) -> str:
    """A short id that depends on nothing but its parts: equal parts, equal id, in every run and on every machine."""
    joined = "\x1f".join(map(str, parts))
    return f"{prefix}{hashlib.sha256(joined.encode()).hexdigest()[:16]}"


def claim_id(article: str, start: int, quote: str) -> str:
    """The id of the claim whose number expression stands at `start` of the article."""
    return stable_id("c", article, start, quote)
