"""What the text around two figures says of how they were counted, and what follows for the two."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from extractor.model import Claim, context_of
from reconcile import reconcile
from reconcile.claims.context import content_words, is_added, is_earlier, is_former, is_rate, said_of, tells_of_event
from reconcile.claims.normalise import view
from reconcile.model import Finding

HINTS = [
    ("The club's count leaves out season tickets.", "population_coverage"),
    ("Customs ignores parcels below 150 euros.", "population_coverage"),
    ("The institute attributes 40 of them to the heat.", "attribution_rule"),
    ("Transfer passengers are counted twice.", "double_count"),
    ("Some 9,000 doses were given, two per head.", "count_unit"),
    ("The guild accused the mayor of hiding the rest.", "interested_party"),
    ("That was before returns and rebates.", "gross_net"),
    ("The broker values it at replacement cost.", "valuation"),
    ("The cargo had been loaded but had not left port.", "stage"),
    ("Two provinces have yet to report for the month.", "imputation"),
    ("It counts knocked-down kits as well.", "brand_v_place"),
    ("That is in 2015 prices, they said.", "price_basis"),
    ("The operator's count excludes auxiliary consumption.", "gross_net"),
    ("Measured by dry weight, it is a fifth less.", "technical_unit"),
    ("Late returns are booked when they come in.", "recording_time"),
    ("Its crop year begins in October.", "fiscal_calendar"),
    ("A survey of 900 farms found as much.", "sampling"),
    ("The tally is provisional.", "vintage"),
]


@pytest.mark.parametrize(("text", "code"), HINTS, ids=[code for _, code in HINTS])
def test_a_phrase_hints_at_a_reason(text: str, code: str) -> None:
    assert code in said_of(text)
    assert said_of(text)[code] in text.lower()


@pytest.mark.parametrize("text", ["", "Cars sold well in May.", "The portrait was unveiled by the minister."])
def test_other_words_hint_at_nothing(text: str) -> None:
    assert said_of(text) == {}


def two(context: str = "", **second: Any) -> list[Claim]:
    """Two bodies' figures for one thing, with what stands around the first."""
    return [
        figure("4.91 million", by="one", article="first", context=context),
        figure("5.22 million", **({"by": "two", "article": "second"} | second)),
    ]


def only(claims: list[Claim]) -> Finding:
    (finding,) = reconcile(claims)
    return finding


def test_bodies_that_are_said_to_count_differently_do_not_contradict_each_other() -> None:
    plainly, told = only(two()), only(two("Its count leaves out vans."))
    assert (plainly.relation, plainly.explained_by) == ("contradiction", ())
    assert (told.relation, told.explained_by) == ("apparent_conflict", ("source_definition",))
    assert "('leaves out vans')" in told.explanation


def test_reasons_that_a_text_hints_at_stand_behind_what_the_slots_show() -> None:
    found = only(two("Its count leaves out vans.", status="forecast"))
    assert [reason.code for reason in found.reasons] == ["forecast_actual", "population_coverage"]
    assert found.reasons[0].confidence > found.reasons[1].confidence


def test_where_nothing_is_known_the_bodies_coverage_is_offered_and_not_told() -> None:
    found = only(two())
    assert [(reason.code, reason.confidence) for reason in found.reasons] == [("population_coverage", 0.15)]
    assert "because" not in found.explanation


def test_one_body_gives_no_reason_to_ask_what_two_bodies_cover() -> None:
    found = only(two("Its count leaves out vans.", by="one", day="2024-05-01"))
    assert "population_coverage" not in {reason.code for reason in found.reasons}


@pytest.mark.parametrize(
    ("quote", "context", "added"),
    [
        ("a further 250,000", "Inspectors found a further 250,000 in the yard.", True),
        ("400,000", "Another 400,000 were on their way.", True),
        ("96", "It hurt 1,348 people, of whom 96 gravely.", True),
        ("400,000", "In all 400,000 were on their way, further than ever.", False),
        ("400,000", "", False),
    ],
)
def test_a_figure_on_top_of_another_is_no_total(quote: str, context: str, added: bool) -> None:
    assert is_added(view(figure("400,000", context=context).model_copy(update={"quote": quote}))) is added


def test_a_part_that_is_called_one_does_not_contradict_a_total() -> None:
    rest = figure("4.1 million", by="two", context="It has a further 4.1 million at sea.")
    assert reconcile([figure("4.91 million", by="one"), rest]) == []


@pytest.mark.parametrize(("quote", "apart"), [("1.8 million", True), ("480,000", False)])
def test_some_of_them_are_no_total(quote: str, apart: bool) -> None:
    some = figure("466,000", by="two", context="Around 1.7 million are at risk, 466,000 of them gravely.")
    assert (reconcile([figure(quote, by="one"), some]) == []) is apart


@pytest.mark.parametrize(
    ("context", "apart"),
    [
        ("Pensioners make up 466,000.", True),
        ("Pensioners accounted for most of them (466,000), it said.", True),
        ("The total stands at 466,000.", False),
    ],
)
def test_a_group_that_a_total_is_made_of_is_no_total(context: str, apart: bool) -> None:
    claims = [
        figure("800,000", by="one", context="In all 800,000."),
        figure("466,000", by="two", context=context),
    ]
    assert (reconcile(claims) == []) is apart


@pytest.mark.parametrize(
    ("context", "apart"),
    [
        ("Excluding ships, the value would have fallen 4%.", True),
        ("Adding in ships, it fell 4%.", True),
        ("It fell 4%.", False),
    ],
)
def test_a_figure_out_of_which_its_source_left_something_is_another(context: str, apart: bool) -> None:
    growth: dict[str, Any] = {"by": "institute", "base": "2022"}
    claims = [
        figure("7%", context="It rose 7%.", **growth),
        figure("4%", value=-4.0, low=-4.5, high=-3.5, context=context, **growth),
    ]
    assert (reconcile(claims) == []) is apart


@pytest.mark.parametrize(
    ("first", "second", "flagged"),
    [
        ("By value, exports rose 3.7%.", "Exports fell 4.7%.", False),
        ("In terms of volume, exports fell 4.7%.", "Exports rose 3.7%.", True),
        ("Exports rose 3.7%.", "Exports fell 4.7%.", True),
    ],
)
def test_growth_of_value_is_not_growth_of_number(first: str, second: str, flagged: bool) -> None:
    claims = [
        figure(context.split()[-1].rstrip("."), base="2022", by=by, context=context)
        for by, context in (("one", first), ("two", second))
    ]
    claims = [each.model_copy(update={"value": -each.value}) if "fell" in each.context else each for each in claims]
    assert any(finding.is_flag for finding in reconcile(claims)) is flagged


@pytest.mark.parametrize(
    ("context", "former"),
    [
        ("It now expects 54.6%, having forecast 41% in February.", True),
        ("Previously it had 41%.", True),
        ("It now expects 41%.", False),
    ],
)
def test_words_tell_which_figure_came_first(context: str, former: bool) -> None:
    assert is_former(view(figure("41%", context=context))) is former


def test_an_article_that_says_what_replaced_what_revises_its_figure() -> None:
    article: dict[str, Any] = {"article": "one", "by": "bureau"}
    first = figure("4.91 million", at=300, context="The bureau raised its count from 4.91 million.", **article)
    then = figure("5.02 million", at=500, context="It is 5.02 million.", **article)
    assert only([first, then]).relation == "revision"
    assert reconcile([first.model_copy(update={"context": "Then it rained."}), then]) == []


def test_a_headline_that_its_article_repeats_says_nothing_of_its_own() -> None:
    head = figure("4.9 million", by=None, article="one", at=10, sentence=(0, 40))
    lead = figure("4.91 million", by="one", article="one", at=400, sentence=(380, 470))
    other = figure("5.22 million", by="two", article="two", at=400, sentence=(380, 470))
    flagged = [set(finding.claims) for finding in reconcile([head, lead, other]) if finding.is_flag]
    assert flagged == [{lead.id, other.id}]


def test_the_context_is_the_sentence_and_what_follows_as_far_as_there_is_room() -> None:
    text = "Prices rose. Rents rose 4%.\nThe index leaves out new leases. " + "Owners agree. " * 30
    found = context_of(text, 13, 27)
    assert found.startswith("Rents rose 4%. The index leaves out new leases. Owners agree.")
    assert found.endswith("Owners agree.")
    assert len(found) < 300


def test_content_words_are_those_that_say_what_a_text_is_about() -> None:
    assert content_words("The mills crushed more cane last year") == {"mill", "crush", "cane"}


@pytest.mark.parametrize(
    ("context", "earlier"),
    [
        ("Vacancies were down to 1,870 from 2,310.", True),
        ("That compares with 1,870, against just 2,310 in spring.", True),
        ("The fleet grew by 440 more than 2,310 boats.", True),
        ("The port counted 2,310 boats.", False),
        ("Boats from 31 harbours, 2,310 in all, took part.", False),
    ],
)
def test_what_another_figure_is_set_against_is_known_by_the_words_before_it(context: str, earlier: bool) -> None:
    assert is_earlier(view(figure("2,310", context=context))) == earlier


@pytest.mark.parametrize(
    ("context", "rate"),
    [
        ("Fires killed 74 in every million last year.", True),
        ("It was 74 on average, and the EU average is 60.", True),
        ("A household uses 74 litres a day.", True),
        ("The fire killed 74 people.", False),
    ],
)
def test_so_many_for_each_are_no_total(context: str, rate: bool) -> None:
    assert is_rate(view(figure("74", context=context))) == rate


@pytest.mark.parametrize(
    ("context", "event"),
    [
        ("The storm killed 64 people.", True),
        ("Rescuers reached the collapsed mine; 64 were dead.", True),
        ("Heart disease killed 64 people more than a year before.", False),
        ("The march ended with 64 injured.", True),
        ("In the year to March 64 people died on building sites.", False),
    ],
)
def test_an_event_has_a_name(context: str, event: bool) -> None:
    assert tells_of_event(view(figure("64", context=context))) == event


@pytest.mark.parametrize(
    ("kinds", "code", "offered"),
    [
        ({}, "valuation", False),
        ({"unit": "USD"}, "valuation", True),
        ({"what": "deaths", "of": None}, "stage", False),
        ({}, "stage", True),
    ],
    ids=["prices of what is counted", "prices of money", "deaths at a stage", "goods at a stage"],
)
def test_a_hint_is_offered_where_it_can_be_why(kinds: dict[str, Any], code: str, offered: bool) -> None:
    text = {"valuation": "They are valued at more now.", "stage": "They had been loaded by then."}[code]
    one, other = two(text, **kinds)
    finding = only([one.model_copy(update=dict(other) | {n: getattr(one, n) for n in KEPT}), other])
    assert (code in {reason.code for reason in finding.reasons}) == offered


KEPT = ("id", "article", "quote", "start", "end", "value", "source", "context")


def test_a_hint_that_both_texts_give_tells_nothing_apart() -> None:
    claims = [claim.model_copy(update={"context": "Its count leaves out vans."}) for claim in two()]
    assert "leaves out" not in only(claims).explanation


def test_a_figure_without_words_of_its_own_says_nothing_of_what_stands_around_it() -> None:
    silent = view(
        figure("5 million").model_copy(update={"quote": "", "context": "Earlier, on average, a further few."})
    )
    assert not any(says(silent) for says in (is_added, is_earlier, is_former, is_rate))


@pytest.mark.parametrize(
    ("words", "flagged"),
    [("Drugs killed many people there, the police say.", False), ("Airlines counted the dead of crashes.", True)],
)
def test_a_years_dead_of_two_articles_are_of_one_thing_where_these_have_words_in_common(
    words: str, flagged: bool
) -> None:
    crashes = figure("244", what="deaths", of="person", by="one", context="The dead of crashes, airlines counted.")
    others = figure("312", what="deaths", of="person", by="two", context=words)
    assert any(finding.is_flag for finding in reconcile([crashes, others])) == flagged
