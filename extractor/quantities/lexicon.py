"""The word lists of this room, read from its TOML files and turned into look-up tables and patterns.

Each file says in its header what its lists mean. `lexicon()` reads them once, on first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from extractor.errors import DataPackError
from extractor.loading import tables

Table = Mapping[str, Any]
_ADJECTIVES = ("an", "en", "i", "ish", "ese", "wiss", "ch", "ic", "gyz", "men", "bek")


class Lexicon(NamedTuple):
    """Every word list of the room, ready for look-up; keys are lower case where case does not matter."""

    units: dict[str, float]
    tens: dict[str, float]
    scales: dict[str, float]
    suffixes: dict[str, float]
    attached: dict[str, float]
    money: dict[str, float]
    heading_scales: dict[str, float]
    vague: dict[str, float]
    fractions: dict[str, int]
    multiples: dict[str, float]
    ordinals: dict[str, int]
    before: dict[str, str]
    after: dict[str, str]
    passing: dict[str, str]
    carried: dict[str, frozenset[str]]
    limits: dict[str, frozenset[str]]
    marks: dict[str, frozenset[str]]
    currency_symbols: dict[str, str]
    currency_names: dict[str, str]
    ambiguous_currencies: dict[str, str]
    currency_codes: dict[str, str]
    shared_currencies: dict[str, str]
    local_currencies: dict[str, dict[str, tuple[str, ...]]]
    lettered_currencies: dict[str, dict[str, tuple[str, ...]]]
    placed_currencies: frozenset[str]
    subunits: dict[str, dict[str, float]]
    unit_symbols: dict[str, str]
    unit_words: dict[str, str]
    time_words: dict[str, str]
    scaled_units: dict[str, tuple[str, float]]
    measured_units: frozenset[str]
    """Every unit of measurement and currency by its canonical name."""
    sizes: dict[str, tuple[str, float]]
    """Kind and size of a unit that is told in others too."""
    outside: frozenset[str]
    touching: frozenset[str]
    apart: frozenset[str]
    per_nouns: frozenset[str]
    elapsed: frozenset[str]
    adverbs: dict[str, str]
    contexts: dict[str, frozenset[str]]
    ranks: dict[str, frozenset[str]]


class Movement(NamedTuple):
    """Words of rise, fall, gap, share and rate: what a figure measures."""

    verbs: dict[str, int]
    """Lemma → 1 for rise, -1 for fall."""
    nouns: dict[str, int]
    particles: dict[str, int]
    comparison: dict[str, int]
    gap_verbs: frozenset[str]
    gap_nouns: frozenset[str]
    gap_negative: frozenset[str]
    gap_adverbs: frozenset[str]
    gap_over: frozenset[str]
    margins: frozenset[str]
    with_off: frozenset[str]
    summing: frozenset[str]
    share_nouns: frozenset[str]
    share_verbs: frozenset[str]
    share_rates: frozenset[str]
    share_standing: frozenset[str]
    rate_nouns: frozenset[str]
    money_rates: frozenset[str]
    of_nouns: dict[str, int]
    growth_nouns: frozenset[str]
    on_year: tuple[str, ...]
    event_verbs: frozenset[str]
    event_nouns: frozenset[str]
    quotation_units: frozenset[str]
    phrasal: frozenset[str]
    compared: frozenset[str]
    extents: frozenset[str]
    telling: frozenset[str]
    foretelling: frozenset[str]
    happenings: frozenset[str]
    polls: frozenset[str]
    votes: frozenset[str]
    pay_offers: frozenset[str]
    quotations: frozenset[str]
    links: frozenset[str]
    fillers: frozenset[str]
    breaks: frozenset[str]
    causing: frozenset[str]
    percentages: tuple[tuple[str, ...], ...]
    """How a percentage ends, from its end."""


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, grouped by first letter so that a miss is cheap."""
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", r"\s"))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items())) + ")"


def trie(words: Iterable[str]) -> str:
    """A pattern for any of the words, as a tree of shared beginnings: the fastest form for a pass over a whole text."""
    branches: dict[str, list[str]] = {}
    ends = False
    for word in sorted(set(words)):
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not branches:
        return ""
    signs = [(r"\s" if sign == " " else re.escape(sign)) + trie(rest) for sign, rest in sorted(branches.items())]
    pattern = signs[0] if len(signs) == 1 and not ends else f"(?:{'|'.join(signs)})"
    return f"{pattern}?" if ends else pattern


def initial_case(words: Iterable[str]) -> str:
    """A pattern for the words in lower case, capitalised or in capitals: cheaper than to ignore case throughout."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"[{first}{first.upper()}](?:{trie(rest)}|{trie([word.upper() for word in rest])})"
        for first, rest in sorted(groups.items())
    )


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists, read and validated once."""
    numbers, modifiers = tables(__package__, "numbers.toml"), tables(__package__, "modifiers.toml")
    money, units = tables(__package__, "currencies.toml"), tables(__package__, "units.toml")
    contexts, ranks = tables(__package__, "contexts.toml"), tables(__package__, "ranks.toml")
    synonyms = _words(money, "synonyms", "currencies.toml")
    return Lexicon(
        units=_figures(numbers, "units"),
        tens=_figures(numbers, "tens"),
        scales=_figures(numbers, "scales"),
        suffixes=_figures(numbers, "suffixes"),
        attached=_figures(numbers, "attached"),
        money=_figures(numbers, "money"),
        heading_scales=_figures(numbers, "headings"),
        vague=_figures(numbers, "vague"),
        fractions={word: int(value) for word, value in _figures(numbers, "fractions").items()},
        multiples=_figures(numbers, "multiples"),
        ordinals={word: int(value) for word, value in _figures(numbers, "ordinals").items()},
        before=_inverted(modifiers["before"], "modifiers.toml"),
        passing=_inverted(modifiers["verbs"], "modifiers.toml"),
        carried={key: frozenset(value) for key, value in modifiers["carried"].items()},
        limits={key: frozenset(value) for key, value in modifiers["limits"].items()},
        marks={key: frozenset(value) for key, value in modifiers["marks"].items()},
        after=_inverted(modifiers["after"], "modifiers.toml"),
        currency_symbols=_words(money, "symbols", "currencies.toml"),
        currency_names={**_composed(money), **_words(money, "names", "currencies.toml")},
        ambiguous_currencies=_words(money, "ambiguous", "currencies.toml"),
        currency_codes={code: synonyms.get(code, code) for code in money["codes"]},
        shared_currencies=_words(money, "shared", "currencies.toml"),
        local_currencies=_tables(money["local"]),
        lettered_currencies=_tables(money["letters"]),
        placed_currencies=frozenset(money["placed"]["names"]),
        subunits={name: {code: float(parts) for code, parts in row.items()} for name, row in money["subunits"].items()},
        unit_symbols=_words(units, "symbols", "units.toml"),
        unit_words=_spellings(units["words"]),
        time_words=_spellings(units["time"]),
        scaled_units={name: (str(row[0]), float(row[1])) for name, row in units["scaled"].items()},
        measured_units=frozenset(
            (
                *units["symbols"].values(),
                *units["words"],
                *units["time"],
                *money["codes"],
                *money["names"].values(),
                *(code for table in money["local"].values() for code in table),
            )
        ),
        sizes={unit: (kind, float(size)) for kind, row in units["sizes"].items() for unit, size in row.items()},
        outside=frozenset(units["touching"]["outside"]),
        touching=frozenset(units["touching"]["letters"]),
        apart=frozenset(units["touching"]["apart"]),
        per_nouns=frozenset(units["per"]["nouns"]),
        elapsed=frozenset(units["per"]["elapsed"]),
        adverbs=dict(units["per"]["adverbs"]),
        contexts={key: frozenset(value) for key, value in contexts.items() if isinstance(value, list)},
        ranks={key: frozenset(value) for key, value in ranks.items()},
    )


@lru_cache(maxsize=1)
def movement() -> Movement:
    """The words of rise, fall, gap, share and rate."""
    pack = tables(__package__, "movement.toml")
    rise, fall = pack["rise"], pack["fall"]
    return Movement(
        verbs=_signed(rise["verbs"], fall["verbs"]),
        nouns=_signed(rise["nouns"], fall["nouns"]),
        particles=_signed(rise["particles"], fall["particles"]),
        comparison=_signed(pack["comparison"]["more"], pack["comparison"]["less"]),
        gap_verbs=frozenset(pack["gap"]["verbs"]),
        gap_nouns=frozenset(pack["gap"]["nouns"]),
        gap_negative=frozenset(pack["gap"]["negative"]),
        gap_adverbs=frozenset(pack["gap"]["adverbs"]),
        gap_over=frozenset(pack["gap"]["over"]),
        margins=frozenset(pack["gap"]["margins"]),
        with_off=frozenset(pack["off"]["verbs"]),
        summing=frozenset(pack["summing"]["verbs"]),
        share_nouns=frozenset(pack["share"]["nouns"]),
        share_verbs=frozenset(pack["share"]["verbs"]),
        share_rates=frozenset(pack["share"]["rates"]),
        share_standing=frozenset(pack["share"]["standing"]),
        rate_nouns=frozenset(pack["rate"]["nouns"]),
        money_rates=frozenset(pack["rate"]["money"]),
        of_nouns=_signed([*rise["nouns"], *pack["of"]["rise"]], [*fall["nouns"], *pack["of"]["fall"]]),
        growth_nouns=frozenset(pack["growth_nouns"]["nouns"]),
        on_year=tuple(pack["growth_nouns"]["on_year"]),
        event_verbs=frozenset(pack["event"]["verbs"]),
        event_nouns=frozenset(pack["event"]["nouns"]),
        extents=frozenset(pack["extent"]["nouns"]),
        telling=frozenset(pack["telling"]["verbs"]),
        foretelling=frozenset(pack["telling"]["foretelling"]),
        happenings=frozenset(pack["units"]["happenings"]),
        votes=frozenset(pack["units"]["votes"]),
        pay_offers=frozenset(pack["rate"]["pay_offers"]),
        polls=frozenset(pack["units"]["polls"]),
        quotations=frozenset(pack["units"]["quotations"]),
        compared=frozenset(pack["whole"]["compared"]),
        links=frozenset(pack["path"]["links"]),
        fillers=frozenset(pack["path"]["fillers"]),
        breaks=frozenset(pack["path"]["breaks"]),
        causing=frozenset(pack["path"]["causing"]),
        percentages=tuple(tuple(reversed(words.split())) for words in pack["path"]["percentages"]),
        phrasal=frozenset(pack["phrasal"]["verbs"]),
        quotation_units=frozenset(pack["event"]["quotation_units"]),
    )


def _signed(rising: Iterable[str], falling: Iterable[str]) -> dict[str, int]:
    return {**dict.fromkeys(rising, 1), **dict.fromkeys(falling, -1)}


def _figures(pack: Table, table: str) -> dict[str, float]:
    for word, value in pack[table].items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise DataPackError(f"[{table}] holds {value!r} where a number belongs", pack="numbers.toml", entry=word)
    return {word: float(value) for word, value in pack[table].items()}


def _words(pack: Table, table: str, name: str) -> dict[str, str]:
    for word, value in pack[table].items():
        if not isinstance(value, str):
            raise DataPackError(f"[{table}] holds {value!r} where a word belongs", pack=name, entry=word)
    return dict(pack[table])


def _tables(pack: Table) -> dict[str, dict[str, tuple[str, ...]]]:
    return {name: {code: tuple(words) for code, words in table.items()} for name, table in pack.items()}


def _composed(money: Table) -> dict[str, str]:
    """The names that a country's adjective makes of a shared one: "tunisian dinars", "lebanese pounds"."""
    return {
        f"{word.lower()} {name}": code
        for name, table in money["shared"].items()
        if name.isalpha() and name.islower()
        for code, words in money["local"][table].items()
        for word in words
        if word.endswith(_ADJECTIVES) and " " not in word
    }


def _inverted(meanings: Table, name: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for meaning, phrases in meanings.items():
        for phrase in phrases:
            if known.setdefault(phrase, meaning) != meaning:
                raise DataPackError(f"stands under {known[phrase]} and under {meaning}", pack=name, entry=phrase)
    return known


def _spellings(table: Table) -> dict[str, str]:
    return {spelling.lower(): name for name, others in table.items() for spelling in (name, *others)}
