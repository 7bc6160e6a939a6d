"""The words of a finding: figures as newspapers print them, periods as people say them, whole sentences."""

from __future__ import annotations

import math
from typing import Any

import pytest
from figures import figure, period

from extractor.taxonomy import taxonomy
from reconcile import explain, reconcile
from reconcile.intervals import Interval
from reconcile.normalise import days, view


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (4_910_000, "count", "4.91 million"),
        (840_000, "count", "840,000"),
        (999_950, "count", "1 million"),
        (36_095, "count", "36,095"),
        (1_019_080_000, "tonne", "1.019 billion tonnes"),
        (102e9, "USD", "$102 billion"),
        (-2.6, "percent", "-2.6%"),
        (3, "percentage_point", "3 percentage points"),
        (117.68e9, "CNY", "CNY 117.7 billion"),
        (60, "brand", "60"),
        (0, "count", "0"),
        (1e30, "count", "1e+30"),
    ],
)
def test_amounts(value: float, unit: str, words: str) -> None:
    assert explain.amount(value, unit) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2023", "2023"),
        ("2023-06", "June 2023"),
        ("2023H1", "the first half of 2023"),
        ("2023Q3", "the third quarter of 2023"),
        ("2023-01..2023-11", "the first 11 months of 2023"),
        ("2023-07..2023-11", "July to November 2023"),
        ("2023-07..2024-04", "July 2023 to April 2024"),
        ("2023-03-23", "23 March 2023"),
    ],
)
def test_periods(when: str, words: str) -> None:
    assert explain.period(days(period(when))) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (149_000, 151_000, "about 150,000"),
        (140_000, 160_000, "about 150,000 (140,000 to 160,000)"),
        (50_000, 150_000, "between 50,000 and 150,000"),
        (2e6, math.inf, "at least 2 million"),
        (-math.inf, 2e6, "at most 2 million"),
        (-5, 10_000, "at most 10,000"),
    ],
)
def test_intervals(low: float, high: float, words: str) -> None:
    assert explain.about(Interval(low, high), "count") == words


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ({"to": "RU"}, "China's exports of cars to Russia in 2023"),
        ({"what": "sales", "to": "RU"}, "China's sales of cars in Russia in 2023"),
        ({"what": "imports", "area": "RU", "to": "CN"}, "Russia's imports of cars from China in 2023"),
        ({"kind": "growth", "base": "2022"}, "growth in China's exports of cars in 2023 against 2022"),
        ({"kind": "difference", "to": "JP"}, "the gap between China and Japan in exports of cars in 2023"),
        ({"area": None, "of": None, "when": None}, "exports"),
    ],
)
def test_subjects(slots: dict[str, Any], words: str) -> None:
    assert explain.subject(view(figure("5 million", **slots)), taxonomy()) == words


def test_an_apparent_conflict_reads_like_a_desk_editors_note() -> None:
    ministry = figure("4.91 million", source={"id": "harbour_office", "text": "the harbour office"})
    association = figure("5.26 million", of="vehicle", by="cpca", status="forecast")
    text = reconcile([ministry, association])[0].explanation
    assert text == (
        "The harbour office puts China's exports of cars in 2023 at 4.91 million, but "
        "the China Passenger Car Association forecasts China's exports of vehicles in 2023 at 5.26 million. They may "
        "differ because one counts cars and the other vehicles, and because one is an actual figure and the other a "
        "forecast."
    )


def test_a_hedge_is_kept() -> None:
    claims = [figure("up to 400,000", "sales", to="RU", by="one"), figure("840,000", "sales", to="RU", by="two")]
    assert "up to 400,000" in reconcile(claims)[0].explanation


def test_no_template_is_left_unfilled() -> None:
    for tables in explain.wording().values():
        assert all(isinstance(words, str) for words in tables.values())
    claims = [figure("4.91 million", by="one"), figure("5.22 million", by="two"), figure("4.9 million", by=None)]
    assert all("{" not in finding.explanation for finding in reconcile(claims))
