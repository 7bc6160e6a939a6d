"""The pictures of a contested figure: independent voices below the claims, revisions by day, the claims around it."""

from __future__ import annotations

import itertools
from typing import Any

from report_samples import article, claim, finding, revised, story

from service.report.contests import Contest, contests, pictures_of
from service.report.timeline import timeline
from service.report.view import build, see


def contest(run: tuple[Any, Any, Any]) -> Contest:
    """The first contested figure as the page has it."""
    return build(*run).contests[0]


# Independent voices --------------------------------------------------------------------------------------------------


def test_each_voice_counts_once_however_often_it_speaks() -> None:
    (wide, _) = contest(revised()).pictures
    (row,) = wide.together
    assert (row.row.label, row.row.scope) == ("Range of 2 independent voices", "China's exports of cars in 2023")
    assert (row.row.low, row.row.high) == (5.095e6, 5.255e6)  # the ministry's last word and customs'
    assert row.top >= wide.rows[-1].top + wide.layout.row
    assert "Range of 2 independent voices" in wide.description


def test_what_independent_voices_share_has_a_point() -> None:
    one = article("a", "Ports say 5.0 million cars. Customs says 5.00 million cars.")
    claims = [
        claim(one, quote, value=5e6, low=5e6 - width, high=5e6 + width, source={"id": who, "text": who})
        for quote, width, who in (("5.0 million", 5e4, "ports"), ("5.00 million", 5e3, "customs"))
    ]
    views = see([one], claims, []).views
    (wide, _), _ = pictures_of(list(views.values()))
    (row,) = wide.together
    assert (row.row.label, row.row.figure, row.row.status) == ("Shared by 2 independent voices", "5 million", "point")


def test_different_things_have_no_range_in_common() -> None:
    assert contest(story()).pictures[0].together == ()


def test_a_row_says_when_it_was_printed() -> None:
    scopes = [mark.row.scope for mark in contest(story()).pictures[0].rows]
    assert scopes == ["19 Jan 2024 about cars · 2023", "9 Jan 2024 about vehicles · 2023 · forecast"]


def test_everything_follows_the_order_of_the_sentence_that_leads() -> None:
    one = contest(story())
    told = [view.claim.id for view in one.lead.views]
    assert [view.claim.id for view in one.views] == told
    assert [mark.row.label for mark in one.pictures[0].rows] == [view.label for view in one.lead.views]


def test_a_plot_names_a_source_in_full_as_the_sentence_does() -> None:
    name = "China Association of Automobile Manufacturers"
    one = article("a", "CAAM says 5.0 million cars. Customs says 6.0 million cars.")
    claims = [
        claim(one, "5.0 million", value=5e6, source={"id": "caam", "text": "CAAM"}),
        claim(one, "6.0 million", value=6e6, source={"id": "customs", "text": "Customs"}),
    ]
    views = see([one], claims, []).views
    pictures, _ = pictures_of(list(views.values()))
    for drawn in pictures:
        first, second = drawn.rows
        assert " ".join(first.label) == name
        assert max(map(len, first.label)) <= drawn.layout.letters
        assert second.top == first.top + first.height
    assert len(pictures[0].rows[0].label) > 1


def test_a_bridge_is_shown_though_a_graver_finding_leads() -> None:
    articles, claims, findings = revised()
    parts = [{"what": "buses", "low": 1e5, "high": 1.2e5}, {"what": "unexplained", "low": 2e5, "high": 2.2e5}]
    milder = finding("apparent_conflict", claims[1], claims[3], severity=0.1, bridge=parts)
    (bridge,) = contest((articles, claims, [*findings, milder])).bridges
    assert bridge.ends == "From 5.02 million (Ministry) to 5.22 million (Customs)"
    assert [(plank.what, plank.value) for plank in bridge.planks] == [
        ("Buses", "100,000 to 120,000"),
        ("Unexplained", "200,000 to 220,000"),
    ]


# Revisions -----------------------------------------------------------------------------------------------------------


def test_a_lane_a_source_and_a_step_a_figure() -> None:
    drawn = contest(revised()).timeline
    assert drawn is not None
    assert [(" ".join(lane.label), [(step.day, step.change) for step in lane.steps]) for lane in drawn.lanes] == [
        ("Ministry", [("11 Jan 2024", ""), ("20 Feb 2024", "+2.2%"), ("15 Jun 2024", "+1.6%")]),
        ("Customs", [("19 Jan 2024", ""), ("25 Feb 2024", "+0.6%")]),
    ]
    first, second, last = drawn.lanes[0].steps
    assert drawn.left < first.x < second.x < last.x < drawn.right
    assert (first.side, second.side) == (-1, 1)  # too near to stand side by side
    assert (
        "Ministry: 4.91 million on 11 January 2024, then 5.02 million on 20 February 2024 (+2.2%)" in drawn.description
    )


def test_a_rate_moves_by_points() -> None:
    articles = [article(day, "up 5% or 7%", published=day) for day in ("2024-01-01", "2024-02-01")]
    rate = {"kind": "growth", "unit": "percent"}
    claims = [
        claim(one, quote, value=value, **rate) for one, quote, value in zip(articles, ("7%", "5%"), (7, 5), strict=True)
    ]
    drawn = timeline([list(see(articles, claims, []).views.values())])
    assert drawn is not None
    assert [step.change for step in drawn.lanes[0].steps] == ["", "−2 points"]


def test_without_days_and_without_revisions_there_is_no_timeline() -> None:
    assert contest(story()).timeline is None
    one = article("a", "5 cars, then 7 cars", published=None)
    claims = [claim(one, quote, value=float(quote)) for quote in "57"]
    assert timeline([list(see([one], claims, []).views.values())]) is None


# The claims around a figure ------------------------------------------------------------------------------------------


def test_sources_claims_and_what_they_count_are_tied() -> None:
    web = contest(story()).web
    assert web is not None
    named = {node.id: node for node in web.nodes}
    cars = next(node for node in web.nodes if node.label == "4.91 million")
    near = {(named[one].kind, named[one].label) for one in cars.near}
    assert near == {
        ("claim", "5.26 million"),
        ("claim", "840,000"),
        ("source", "Ministry of Trade"),
        ("figure", "China's exports of cars in 2023"),
    }
    assert not cars.around
    assert next(node for node in web.nodes if node.label == "840,000").around  # of another figure: a part of this one
    assert [label for _, label in web.relations] == ["apparent conflict", "part and whole"]


def test_ties_go_both_ways_and_nothing_stands_on_anything_else() -> None:
    web = contest(revised()).web
    assert web is not None
    near = {node.id: set(node.near) for node in web.nodes}
    assert all(one in near[other] for one, others in near.items() for other in others)
    assert {end for edge in web.edges for end in edge.ends} <= near.keys()
    places = [(node.x, round(node.y)) for node in web.nodes]
    assert len(places) == len(set(places))
    for kind in ("source", "claim", "figure"):
        heights = sorted(node.y for node in web.nodes if node.kind == kind)
        assert all(later - before >= 20 for before, later in itertools.pairwise(heights))


def test_a_sum_of_three_stands_between_its_claims() -> None:
    articles, claims, findings = revised()
    tied = finding("arithmetic_conflict", *claims[:3], explanation="They do not add up.")
    web = contest((articles, claims, [*findings, tied])).web
    assert web is not None
    (hub,) = [node for node in web.nodes if node.kind == "finding"]
    assert len(hub.near) == 3
    assert hub.title == "does not add up: They do not add up."


def test_a_crowd_is_cut_and_counted() -> None:
    one = article("a", " ".join(f"{number}.5 cars" for number in range(10, 60)))
    claims = [claim(one, f"{number}.5", value=number + 0.5) for number in range(10, 60)]
    run = see([one], claims, [finding("contradiction", *claims)])
    (crowd,) = contests(run.contested, run.texts)
    web = build([one], claims, [finding("contradiction", *claims)]).contests[0].web
    assert len(crowd.views) == 50
    assert web is not None
    assert (sum(node.kind == "claim" for node in web.nodes), web.hidden) == (26, 24)
