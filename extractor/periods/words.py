"""The words of the period grammar, loaded once from lexicon.toml and fiscal.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from extractor.loading import checked, weights


class Phrase(BaseModel):
    """Several words that are one token."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    letter: str = Field(alias="class", min_length=1, max_length=1)
    value: str
    pattern: str


class Cues(BaseModel):
    """Words around an expression that say what part it plays; regular expressions."""

    model_config = ConfigDict(extra="forbid")

    speaking: str
    papers: str
    past_verbs: str
    peaks: str
    results: str
    comparing: str
    apart: str
    ahead: str
    modals: str
    outset: str
    planned: str
    pointing: str
    parts_of_years: str
    last_year: str
    this_year: str
    this_month: str
    last_month: str
    same_part: str
    next_year: str
    reaching_back: str
    running: str
    counted: str
    titles: str
    streaks: str
    dated_papers: str
    origins: str
    quotes: str
    contracts: str
    events: str
    foreseeing: str
    giving: str
    handing: str
    elsewhen: str
    clock: str
    market_hours: str
    polls: str
    harvests: str
    movements: str
    markets: str
    reckoned: str
    implying: str
    summing: str
    parting: str
    flows: str
    levels: str
    keeping: str
    aims: str
    standing: str
    usual: str
    counted_then: str
    arriving: str
    moving: str
    extremes: str


class Anchors(BaseModel):
    """Words around which a text is searched for period expressions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    before_one: tuple[str, ...]
    spelt: tuple[str, ...]
    phrases: tuple[str, ...]
    ambiguous: frozenset[str]
    inner: frozenset[str]


class Lexicon(BaseModel):
    """What lexicon.toml may say."""

    model_config = ConfigDict(extra="forbid")

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    cardinals: dict[str, int]
    tens: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    centuries: dict[str, int]
    anchors: Anchors
    classes: dict[str, list[str]]
    relative_days: dict[str, int]
    seasons: dict[str, int]
    phrases: list[Phrase]
    cues: Cues


class YearRule(BaseModel):
    """From which month the year of an area, organisation or crop runs, and how it is named."""

    model_config = ConfigDict(extra="forbid")

    names: list[str] = Field(min_length=1)
    start: int = Field(ge=1, le=12)
    label: str = Field(default="end", pattern="^(start|end)$")
    areas: list[str] = []


class Feast(BaseModel):
    """One holiday of holidays.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str
    fixed: str = ""
    nth: tuple[int, int, int] | None = None
    easter: int | None = None
    table: dict[int, str] = {}
    shift: int = 0
    days: int = 1
    holiday: int = 0


class _Feasts(BaseModel):
    model_config = ConfigDict(extra="forbid")

    feasts: list[Feast]


class YearKinds(BaseModel):
    """Words before "year", by whose year they tell of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    public: frozenset[str]
    school: frozenset[str]
    seasons: frozenset[str]
    others: frozenset[str]


class FiscalYears(BaseModel):
    """What fiscal.toml may say."""

    model_config = ConfigDict(extra="forbid")

    areas: list[YearRule]
    organisations: list[YearRule]
    crops: list[YearRule]
    currencies: list[YearRule]
    kinds: YearKinds


class Word(NamedTuple):
    """What one word means to the grammar: its class letter and its value."""

    letter: str
    value: int | str


@cache
def lexicon() -> Lexicon:
    """The lexicon, validated."""
    return checked(Lexicon, __package__, "lexicon.toml")


@cache
def cue(name: str) -> re.Pattern[str]:
    """The cue of lexicon.toml by that name."""
    return re.compile(str(getattr(lexicon().cues, name)), re.IGNORECASE)


@cache
def fiscal_years() -> FiscalYears:
    """The fiscal and marketing years, validated."""
    return checked(FiscalYears, __package__, "fiscal.toml")


@cache
def lending_weights() -> dict[str, float]:
    """What each sign weighs for a period that a figure can borrow."""
    return weights(__package__, "lending.toml")


@cache
def feasts() -> list[Feast]:
    """The holidays, validated."""
    return checked(_Feasts, __package__, "holidays.toml").feasts


@cache
def vocabulary() -> dict[str, Word]:
    """Every single word of the grammar, in lower case."""
    words = lexicon()
    found = {text: Word(letter, text) for letter, group in words.classes.items() for text in group}
    for letter, table in (
        ("M", words.months),
        ("M", words.month_abbreviations),
        ("W", words.weekdays),
        ("W", words.weekday_abbreviations),
        ("d", words.cardinals),
        ("o", words.ordinals),
        ("Z", words.relative_days),
        ("J", {name: 1900 + tens for name, tens in words.decades.items() if tens >= 20}),
    ):
        found.update({text: Word(letter, value) for text, value in table.items()})
    return found
