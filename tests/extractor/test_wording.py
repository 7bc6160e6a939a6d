from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.model import Claim, Period, Product
from extractor.wording import (
    claim_words,
    day_words,
    figure_words,
    number_of,
    number_words,
    ordinal,
    period_words,
    range_words,
    round_to,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (7, "7"),
        (0.333, "0.333"),
        (46.70000000001, "46.7"),
        (12345.678, "12,345.678"),
        (1019.08e6, "1.01908 billion"),
        (36095, "36,095"),
        (840000, "840,000"),
        (999999, "999,999"),
        (999999.9999, "1 million"),
        (4910000, "4.91 million"),
        (1234567, "1,234,567"),
        (4907692.3077, "4.907692 million"),
        (999999999.9, "1 billion"),
        (102e9, "102 billion"),
        (1.5e12, "1.5 trillion"),
        (1e17, "1 × 10¹⁷"),
        (1.2e-10, "1.2 × 10⁻¹⁰"),
        (-2.6, "−2.6"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_number_words(value: float, words: str) -> None:
    assert number_words(value) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (4910000, "count", "4.91 million"),
        (287000, "vehicle", "287,000 vehicles"),
        (1, "vehicle", "1 vehicle"),
        (102e9, "USD", "$102 billion"),
        (13.9, "EUR per hour", "€13.9 per hour"),
        (133_000, "VND per kilogram", "₫133,000 per kilogram"),
        (-5e9, "EUR", "−€5 billion"),
        (3.2e6, "CHF", "CHF 3.2 million"),
        (53.2, "percent", "53.2%"),
        (100 / 3, "percent", "33.3%"),
        (0.5, "percentage_point", "0.5 percentage points"),
        (1.2, "times", "1.2 times"),
        (1.2e6, "barrel per day", "1.2 million barrels per day"),
        (3, "person", "3 people"),
    ],
)
def test_figure_words(value: float, unit: str, words: str) -> None:
    assert figure_words(value, unit) == words


def test_figure_words_signs_and_rounds_on_request() -> None:
    assert figure_words(545, "percent", signed=True) == "+545%"
    assert figure_words(130232.558, digits=2) == "130,000"


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        (4905000, 4915000, "count", "4.905 to 4.915 million"),
        (101.5e9, 102.5e9, "USD", "$101.5 to $102.5 billion"),
        (900000, 1000000, "count", "900,000 to 1 million"),
        (1e6, None, "count", "1 million or more"),
        (None, 4e5, "vehicle", "up to 400,000 vehicles"),
        (50, 50, "percent", "50%"),
        (None, None, "count", "any value"),
    ],
)
def test_range_words(low: float | None, high: float | None, unit: str, words: str) -> None:
    assert range_words(low, high, unit) == words


@pytest.mark.parametrize(
    ("start", "end", "short", "long"),
    [
        ("2023-01-01", "2024-01-01", "2023", "2023"),
        ("2023-01-01", "2023-12-01", "Jan–Nov 2023", "the first 11 months of 2023"),
        ("2023-01-01", "2023-07-01", "H1 2023", "the first half of 2023"),
        ("2023-07-01", "2023-10-01", "Q3 2023", "the third quarter of 2023"),
        ("2023-06-01", "2023-07-01", "Jun 2023", "June 2023"),
        ("2023-02-01", "2023-07-01", "Feb–Jun 2023", "February to June 2023"),
        ("2022-04-01", "2023-04-01", "Apr 2022–Mar 2023", "April 2022 to March 2023"),
        ("2021-01-01", "2024-01-01", "2021–2023", "2021 to 2023"),
        ("2024-01-09", "2024-01-10", "9 Jan 2024", "9 January 2024"),
        ("2024-01-03", "2024-01-09", "3–8 Jan 2024", "3 to 8 January 2024"),
        ("2024-01-01", "2024-05-17", "1 Jan–16 May 2024", "1 January to 16 May 2024"),
        ("2023-12-28", "2024-01-03", "28 Dec 2023–2 Jan 2024", "28 December 2023 to 2 January 2024"),
        ("2020-01-01", None, "since 2020", "since 2020"),
        ("2020-03-01", None, "since Mar 2020", "since March 2020"),
        (None, "2024-05-17", "until 16 May 2024", "until 16 May 2024"),
    ],
)
def test_period_words(start: str | None, end: str | None, short: str, long: str) -> None:
    period = Period.model_validate({"start": start, "end": end})
    assert period_words(period) == short
    assert period_words(period, long=True) == long


def test_a_period_without_dates_keeps_its_words() -> None:
    assert period_words(Period(text="recent years")) == "recent years"
    assert period_words(None) == ""
    assert period_words(Period(end=dt.date.min, text="ever")) == "ever"
    assert day_words(dt.date(2024, 1, 19)) == "19 January 2024"


def test_counts_and_places() -> None:
    assert [number_of(count, "conflict") for count in (0, 1, 1200)] == ["0 conflicts", "1 conflict", "1,200 conflicts"]
    assert [ordinal(place) for place in (1, 2, 3, 4, 11, 22, 113)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "22nd",
        "113th",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "growth", "value": 545, "unit": "percent"}, "+545%"),
        ({"kind": "growth", "value": -2.6, "unit": "percent"}, "−2.6%"),
        ({"kind": "share", "value": 50, "unit": "percent"}, "50%"),
        ({"kind": "rank", "value": 3}, "3rd place"),
        ({"kind": "multiple", "value": 2}, "2 times"),
        ({"kind": "difference", "value": 1e6}, "1 million"),
        ({"kind": "difference", "value": 1e6, "base_period": Period(text="a year earlier")}, "+1 million"),
        ({"value": 287000, "unit": "vehicle", "product": Product(id="vehicle")}, "287,000"),
        ({"value": 287000, "unit": "tonne", "product": Product(id="steel")}, "287,000 tonnes"),
    ],
)
def test_claim_words(fields: dict[str, object], words: str) -> None:
    claim = Claim.model_validate({"id": "c", "article": "a", "quote": "q", "start": 0, "end": 1, "value": 0, **fields})
    assert claim_words(claim, noun=False) == words


@given(st.floats(min_value=-1e18, max_value=1e18))
@example(10.56640625)
def test_number_words_are_near_the_number(value: float) -> None:
    words = number_words(value).replace("−", "-").replace(",", "")
    head, _, tail = words.partition(" ")
    scale = {"": 1.0, "million": 1e6, "billion": 1e9, "trillion": 1e12}.get(tail)
    if scale is not None:
        assert math.isclose(float(head) * scale, value, rel_tol=1e-3, abs_tol=1e-6)
    else:
        assert tail.startswith("× 10")


@given(st.floats(allow_nan=False), st.integers(1, 12))
def test_rounding_never_fails(value: float, digits: int) -> None:
    assert number_words(round_to(value, digits))
