"""What an event's reports of different days count: the newer count takes the older one's place."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from extractor.model import Claim, Concept
from reconcile import reconcile

STORM = "The cyclone tore the roofs off hundreds of houses along the coast, the relief office said."
MONDAY, THURSDAY = "2023-05-15", "2023-05-18"


def reports(**second: Any) -> list[Claim]:
    """Two papers' counts of a cyclone's dead, three days apart; the second differs as asked."""
    told: dict[str, Any] = {"area": "MM", "when": None, "of": None, "by": None, "context": STORM, "confidence": 0.6}
    first = figure("145", "deaths", article="one", day=MONDAY, **told)
    other = {"what": "deaths", "article": "two", "day": THURSDAY, **told} | second
    return [first, figure(**{"quote": "198", **other})]


def flags(claims: list[Claim]) -> list[str]:
    return [finding.relation for finding in reconcile(claims) if finding.is_flag]


def test_a_later_report_s_count_takes_the_earlier_one_s_place() -> None:
    (finding,) = reconcile(reports())
    assert finding.relation == "revision"
    assert "as the count went on" in finding.explanation


def test_the_older_count_comes_first_and_without_days_the_smaller() -> None:
    for second in ({"quote": "131"}, {"day": None}):
        claims = reports(**second)
        (finding,) = reconcile(claims)
        assert finding.claims == tuple(claim.id for claim in claims)


def test_two_bodies_counts_differ_by_the_day_that_each_goes_up_to() -> None:
    first, second = reports(by="red cross")
    army = second.source and second.source.model_copy(update={"id": "army", "text": "army"})
    (finding,) = reconcile([first.model_copy(update={"source": army}), second])
    assert finding.relation == "apparent_conflict"
    assert "period" in finding.explained_by


@pytest.mark.parametrize("what", ["injuries", "houses damaged or destroyed", "villages evacuated"])
def test_whatever_an_event_has_harmed_is_counted_on_and_however_surely_it_was_read(what: str) -> None:
    for sure in (0.6, 1.0):
        claims = [
            claim.model_copy(update={"indicator": Concept(id=what, text=what), "confidence": sure})
            for claim in reports()
        ]
        assert flags(claims) == ["revision"]


@pytest.mark.parametrize("sure", [0.6, 1.0])
def test_a_month_s_victims_are_none_of_the_next_month_s(sure: float) -> None:
    months = {"when": "2023-04", "confidence": sure}, {"when": "2023-05", "confidence": sure}
    first, second = (reports(**month)[1] for month in months)
    assert flags([first.model_copy(update={"value": 145.0, "quote": "145"}), second]) == []


def papers(count: int) -> list[Claim]:
    """A first count that half of so many papers print, and a later one that the others do, all read surely."""
    printed = (("145", MONDAY), ("198", THURSDAY))
    slots = {"by": "relief office", "confidence": 1.0}
    return [
        reports(quote=quote, day=day, article=f"{quote} {number}", **slots)[1]
        for quote, day in printed
        for number in range(count // 2)
    ]


def test_what_further_papers_copy_is_not_said_of_each_of_them() -> None:
    assert flags(papers(2)) == ["revision"]
    assert len(flags(papers(120))) == len(flags(papers(60))) > 1


@pytest.mark.parametrize(
    "second",
    [
        {"day": "2023-09-20"},
        {"area": "BD"},
        {"quote": "1,980"},
        {"quote": "145"},
        {"status": "forecast"},
        {"what": "injuries"},
        {"when": "2022"},
        {"context": "Police counted the dead on the roads over the holiday."},
        {"context": f"{STORM} Among them were 198 more."},
    ],
    ids=[
        "months later",
        "another country",
        "far more",
        "the same",
        "still to come",
        "something else",
        "a year's deaths",
        "no event",
        "some more",
    ],
)
def test_silence_where_it_may_be_another_count(second: dict[str, Any]) -> None:
    claims = reports(**second)
    if "holiday" in second.get("context", ""):
        claims = [claim.model_copy(update={"context": second["context"]}) for claim in claims]
    assert flags(claims) == []
