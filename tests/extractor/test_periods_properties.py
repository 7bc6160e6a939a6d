# ruff: noqa: E501  (tables of words: many to a line)
"""What holds for every text: no exception, offsets that fit, days in order, no guess without a day of writing."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.periods import as_day, find_periods
from extractor.periods.__main__ import answers
from extractor.periods.grammar import _NEEDED, _RULES
from extractor.periods.holidays import easter_sunday
from extractor.periods.words import fiscal_years, lexicon, vocabulary

WORDS = [
    *sorted(vocabulary()),
    "2023", "31", "1st", "Q1", "H2", "FY24", "2023/24", "2023-11", "1990s", "'99", "-", ",", ".", "\n", "/", "'s", "year-on-year",
    "so far", "nineteen eighty", "twenty-first", "May", "March", "said", "from", "five", "29", "February", "0", "9999", "1Q23",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
DAYS = st.none() | st.dates(dt.date(1800, 1, 1), dt.date(2150, 12, 31))


@settings(max_examples=400, deadline=None)
@given(SOUP | st.text(max_size=80), DAYS)
def test_every_text_gives_well_formed_mentions(text: str, written: dt.date | None) -> None:
    last_end = 0
    for mention in find_periods(text, written):
        assert last_end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.role in {"period", "base", "release"}
        if mention.first_day is not None and mention.last_day is not None:
            assert mention.first_day < mention.last_day
        last_end = mention.end


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_explicit_days_do_not_depend_on_the_day_of_writing(day: dt.date) -> None:
    text = f"It happened on {day.day} {day:%B} {day.year}."
    after = day + dt.timedelta(1)
    for written in (None, dt.date(1990, 6, 1), dt.date(2024, 2, 29)):
        (mention,) = find_periods(text, written)
        assert (mention.first_day, mention.last_day) == (day.isoformat(), after.isoformat())


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)), st.sampled_from(sorted(lexicon().months)))
def test_a_month_without_a_year_has_begun_when_it_is_reported(written: dt.date, month: str) -> None:
    (mention,) = find_periods(f"Output in {month.title()} fell.", written)
    assert mention.first_day is not None
    started = dt.date.fromisoformat(mention.first_day)
    assert started <= written
    assert (written - started).days < 366


@pytest.mark.parametrize(
    "expression",
    ["last month", "this year", "Tuesday", "yesterday", "the past decade", "so far this year", "three months ago", "next quarter",
     "the first half", "June", "the first five months", "from May to July", "the last two quarters", "the third quarter"],
)  # fmt: skip
def test_nothing_is_guessed_without_a_day_of_writing(expression: str) -> None:
    assert {(m.first_day, m.last_day) for m in find_periods(f"Output fell in {expression}.")} == {(None, None)}


def test_a_year_in_the_paragraph_dates_its_months() -> None:
    text = "Output fell in 2021. In June it was 400.\nIn May it was 300."
    assert [m.first_day for m in find_periods(text)] == ["2021-01-01", "2021-06-01", None]


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("The agency said on Tuesday that output fell in June.", ["release", "period"]),
        ("Data released on Wednesday were poor.", ["release"]),
        ("Tuesday's report was poor.", ["release"]),
        ("Customs data from last month showed a rise in 2022.", ["release", "period"]),
        ("LONDON, July 19, 2023 (Agency) - Output fell in June.", ["release", "period"]),
        ("Output rose 5% from May in June.", ["base", "period"]),
        ("Output rose in June compared with a year earlier.", ["period", "base"]),
        ("Output rose 5% on the first half of 2022.", ["base"]),
        ("Output is 5% higher than in 2019.", ["base"]),
        ("Output was 400 in June, against a March forecast of 500.", ["period", "release"]),
        ("A year earlier it was 400.", ["period"]),
    ],
)
def test_roles(sentence: str, roles: list[str]) -> None:
    assert [m.role for m in find_periods(sentence, dt.date(2023, 7, 20))] == roles


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May resigned.",
        "The march of time may go on; he sat in the sun and wed.",
        "The 2000 people in the hall sold 1998 cars.",
        "It was a second chance for the third quarter-final.",
        "© 2026 Meridian Wire",
        "It was the fourth quarter of growth in a row.",
        "It was a six-month project.",
        "The company ranks clubs every January.",
        "The fiscal deficit was wide.",
        "Sales of Christmas trees rose.",
        "He was the third to leave.",
        "The institute's year begins in August.",
        "The marketing campaign was short.",
        "They met the night before the vote.",
        "It was counted on the first weekend.",
        "Health staff treated 2,764 people on one Sunday alone.",
        "At the present pace it will take a while.",
        "",
    ],
)
def test_no_period(text: str) -> None:
    assert find_periods(text, dt.date(2023, 7, 20)) == []


def test_the_end_of_a_period_is_a_day_for_a_stock() -> None:
    (mention,) = find_periods("It will have 400 by the end of 2025.", dt.date(2023, 7, 20))
    assert (mention.first_day, mention.last_day) == ("2025-01-01", "2026-01-01")
    assert (as_day(mention).first_day, as_day(mention).last_day) == ("2025-12-31", "2026-01-01")


def test_context_gives_the_antecedent() -> None:
    (mention,) = find_periods("That year output fell.", dt.date(2023, 7, 20), context="It was founded in 1998.")
    assert (mention.first_day, mention.start, mention.text) == ("1998-01-01", 0, "That year")


def test_command_answers_line_by_line() -> None:
    cases = [
        {"text": "It fell in June.", "reference": "2023-07-20", "expression": "June"},
        {"text": "It fell last month.", "reference": None, "expression": "last month"},
        {"text": "Nothing here.", "reference": "2023-07-20", "expression": "Nothing"},
        {
            "text": "It fell that year.",
            "reference": "2023-07-20",
            "expression": "that year",
            "context": "It opened in 1998.",
        },
    ]
    done = subprocess.run(
        [sys.executable, "-m", "extractor.periods"],
        input="".join(json.dumps(case) + "\n" for case in cases),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    expected = [{"start": "2023-06-01", "end": "2023-07-01"}, None, None, {"start": "1998-01-01", "end": "1999-01-01"}]
    assert [json.loads(line) for line in done.stdout.splitlines()] == expected


def test_benchmark_of_expressions(shared: Path) -> None:
    lines = (shared / "benchmarks" / "periods_dev.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    got = [json.loads(reply) for reply in answers(io.StringIO("\n".join(lines)))]
    right = sum(_matches(case, reply) for case, reply in zip(cases, got, strict=True))
    assert right / len(cases) >= 0.97


def _matches(case: dict[str, str], got: dict[str, str] | None) -> bool:
    """As the benchmark's README says: an end on the day of writing may be the day after."""
    after = (dt.date.fromisoformat(case["reference"]) + dt.timedelta(1)).isoformat()
    ends = {None, case["reference"], after} if case["end"] is None else {case["end"]}
    if case["end"] == case["reference"]:
        ends.add(after)
    return got is not None and got["start"] == case["start"] and got["end"] in ends


def test_data_files_are_sound() -> None:
    assert {word.letter for word in vocabulary().values()} >= set("MWdoJZrmwxqhcktKafiTFLCXGsbvVE")
    named = [name for rule in (*fiscal_years().areas, *fiscal_years().organisations) for name in rule.names]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2000, 4, 23), (2008, 3, 23), (2019, 4, 21), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == dt.date(year, month, day)


def _needs_one(pattern: Sequence[tuple[Any, Any]], letters: str) -> bool:
    """True where whatever a pattern matches holds one of some letters."""
    return any(_is_one(sort, parts, letters) for sort, parts in pattern)


def _is_one(sort: Any, parts: Any, letters: str) -> bool:
    match str(sort):
        case "LITERAL":
            return chr(parts) in letters
        case "IN":
            return all(_is_one(each, part, letters) for each, part in parts)
        case "SUBPATTERN":
            return _needs_one(parts[-1], letters)
        case "BRANCH":
            return all(_needs_one(each, letters) for each in parts[1])
        case "MAX_REPEAT":
            least, _, repeated = parts
            return least > 0 and _needs_one(repeated, letters)
        case _:
            return False


@pytest.mark.parametrize("rule", sorted(_NEEDED))
def test_rules_that_need_a_letter_match_nothing_without_it(rule: str) -> None:
    """Such rules are left out of the grammar where no such letter stands (grammar.py)."""
    patterns = importlib.import_module("re._parser")  # how the standard library itself reads a pattern
    assert _needs_one(patterns.parse(dict(_RULES)[rule]), _NEEDED[rule])
    assert not _needs_one(patterns.parse(dict(_RULES)["day"]), _NEEDED[rule])
