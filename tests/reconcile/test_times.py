"""What the calendar and a clause's year rule out for figures that name no time."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from reconcile.claims.normalise import view
from reconcile.comparison.times import of_other_times, years_named


@pytest.mark.parametrize(
    ("context", "years"),
    [
        ("Mills pressed 5 million tonnes in 2021, and less since.", {2021}),
        ("That is below the 5 million of 2019.", {2019}),
        ("At 5 million it was the largest crop since 2014.", set()),
        ("The crop rose from 2020 to 5 million.", set()),
        ("In 2018 it failed, but the mills pressed 5 million later.", set()),
        ("Part 2021.5 of the file says 5 million.", set()),
        ("It is not in the text.", set()),
    ],
)
def test_a_clause_is_of_the_years_that_it_names_and_not_of_those_that_it_looks_back_to(
    context: str, years: set[int]
) -> None:
    assert years_named(view(figure("5 million", context=context))) == years


@pytest.mark.parametrize(
    ("undated", "dated", "apart"),
    [
        ({"status": "forecast", "day": "2024-06-01"}, {"when": "2023"}, True),
        ({"status": "forecast", "day": "2024-01-20"}, {"when": "2023"}, False),
        ({"status": "estimate", "day": "2024-06-01"}, {"when": "2023"}, False),
        ({"status": "estimate", "day": "2024-09-01"}, {"when": "2023"}, True),
        ({"status": "actual", "day": "2022-11-01"}, {"when": "2023", "status": "forecast"}, True),
        ({"status": "actual", "day": "2023-11-01"}, {"when": "2023", "status": "forecast"}, False),
        ({"status": "forecast", "day": None}, {"when": "2023"}, False),
    ],
)
def test_nobody_expects_what_is_over_nor_has_counted_what_is_to_come(
    undated: dict[str, Any], dated: dict[str, Any], apart: bool
) -> None:
    one, other = view(figure("5 million", when=None, **undated)), view(figure("4 million", **dated))
    assert of_other_times(one, other) is apart
    assert of_other_times(other, one) is apart


def test_a_figure_of_another_year_is_of_another_time() -> None:
    told = view(figure("5 million", when="2023", context="Mills pressed 5 million tonnes in 2021."))
    assert of_other_times(told, view(figure("4 million", when="2023")))
    assert not of_other_times(
        view(figure("4%", when="2023", base="2021", context="It fell 4% in 2021 terms.")), view(figure("5%"))
    )
