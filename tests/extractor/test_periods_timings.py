# ruff: noqa: E501  (tables of sentences: one row, one line)
"""Which period and base period each figure gets: a specification by construction.

In a row, `{12%|growth}` marks a figure and its kind (a level where none is given, `base` for the earlier figure of a
comparison); the expectations list a pair for each figure, in order: its period, and its base period or None.
"""

from __future__ import annotations

import re

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractor.mentions import Measure, Quantity, Timing, timings
from extractor.periods.timings import claimgraph_periods, claimgraph_timings
from extractor.sentences import mark_sentences, sentence_spans

JULY, LATE_JAN = "2023-07-20", "2024-01-19"
Y21, Y22, Y23, Y24 = ("2021", "2022"), ("2022", "2023"), ("2023", "2024"), ("2024", "2025")
MAY, JUNE = ("2023-05", "2023-06"), ("2023-06", "2023-07")
JUNE22, MAY22 = ("2022-06", "2022-07"), ("2022-05", "2022-06")
H1, H1_22 = ("2023-01", "2023-07"), ("2022-01", "2022-07")
M11, M11_22 = ("2023-01", "2023-12"), ("2022-01", "2022-12")
Q2, Q2_22 = ("2023-04", "2023-07"), ("2022-04", "2022-07")

ROWS = [
    # the period in the figure's own clause
    ("The yard delivered {42} ships in 2022.", JULY, [(Y22, None)]),
    ("Exports stood at {382,000} units in June, up {53.2%|growth} on a yearly basis.", JULY, [(JUNE, None), (JUNE, JUNE22)]),
    ("June exports rose {5%|growth} to {2.1 million} units.", JULY, [(JUNE, None), (JUNE, None)]),
    ("Exports rose {5%|growth} to {2.1 million} units in June from a year earlier.", JULY, [(JUNE, JUNE22), (JUNE, None)]),
    ("It sold {5 million} phones in May and {6 million} in June.", JULY, [(MAY, None), (JUNE, None)]),
    ("In May it sold {5 million} phones and in June {6 million}.", JULY, [(MAY, None), (JUNE, None)]),
    # a fronted period holds for the whole sentence
    ("In June, the port handled {4 million} tonnes of coal, {2 million} of ore and {900,000} of grain.", JULY, [(JUNE, None)] * 3),
    ("During the first 11 months of last year, shipments soared {545%|growth} to {840,000} units, compared to a year ago.", LATE_JAN, [(M11, M11_22), (M11, None)]),
    ("In December alone, the leader shipped {36,095} vehicles, followed by its rival with {19,427}.", LATE_JAN, [(("2023-12", "2024-01"), None)] * 2),
    # the earlier figure of a comparison takes the base
    ("It sold {250,000} cars in 2023, up from about {56,000|base} in 2022.", LATE_JAN, [(Y23, None), (Y22, None)]),
    ("It sold {250,000} cars in June, up from {56,000|base} a year earlier.", JULY, [(JUNE, None), (JUNE22, None)]),
    ("Losses narrowed to {$4 million} in the first half from {$9 million|base} in the same period last year.", JULY, [(H1, None), (H1_22, None)]),
    ("Second-quarter profit was {$4 million}, compared with {$3 million|base} a year earlier.", JULY, [(Q2, None), (Q2_22, None)]),
    ("Output grew from {4 million|base} tonnes in 2021 to {5 million} in 2022.", JULY, [(Y21, None), (Y22, None)]),
    # bases of growth
    ("Sales stood at {1.9 million} in June, up {8.7%|growth} from May.", JULY, [(JUNE, None), (JUNE, MAY)]),
    ("In 2023, exports rose {62%|growth} from 2022.", LATE_JAN, [(Y23, Y22)]),
    ("Exports of {5.26 million} last year were up {56%|growth} from 2022.", LATE_JAN, [(Y23, None), (Y23, Y22)]),
    ("In the first half, exports reached {2.14 million}, a jump of {75.7 percent|growth} from a year ago.", JULY, [(H1, None), (H1, H1_22)]),
    ("Prices rose {3.1%|growth} year-on-year and {0.2%|growth} month on month in June.", JULY, [(JUNE, JUNE22), (JUNE, MAY)]),
    ("Sales fell {3%|growth} in June from May and {5%|growth} from a year earlier.", JULY, [(JUNE, MAY), (JUNE, JUNE22)]),
    ("Compared with a year earlier, sales in June fell {3%|growth}.", JULY, [(JUNE, JUNE22)]),
    ("Sales in June fell {3%|growth}.", JULY, [(JUNE, None)]),
    ("Sales fell {2.6%|growth} last month on a yearly basis.", JULY, [(JUNE, JUNE22)]),
    ("June sales rose {5%|growth} from last year.", JULY, [(JUNE, JUNE22)]),
    ("In 2023, sales were {40%|growth} higher than in 2019.", LATE_JAN, [(Y23, ("2019", "2020"))]),
    ("Jobs rose by {12,000|difference} in June from May.", JULY, [(JUNE, MAY)]),
    ("Sales in June were {twice|multiple} those of a year earlier.", JULY, [(JUNE, JUNE22)]),
    # no base for a level, a share, a rank
    ("It held {46%|share} of the market in June, up from a year earlier.", JULY, [(JUNE, None)]),
    # days of speaking are no periods
    ("The agency said on Tuesday that {40} people died in June.", JULY, [(JUNE, None)]),
    ("Data released on Wednesday showed exports of {40} tonnes in 2022.", JULY, [(Y22, None)]),
    ("Data from last month showed sales of {4.76 million} for the first 11 months of 2023.", LATE_JAN, [(M11, None)]),
    ("On Tuesday, the ministry said {40} people had died.", JULY, [(None, None)]),
    # periods borrowed from the sentence before
    ("Exports to Mexico reached {159,000} in the first half. Among the total, vans were {40,000}.", JULY, [(H1, None), (H1, None)]),
    ("Exports reached {4.76 million} in the first 11 months of 2023. During the same period, Japan's reached {3.99 million}.", LATE_JAN, [(M11, None), (M11, None)]),
    ("In 2023, exports rose {62%|growth} from 2022. More than {a quarter|share} were electric.", LATE_JAN, [(Y23, Y22), (Y23, None)]),
    ("Sales reached {400} in June.\nOf these, {90} were vans.", JULY, [(JUNE, None), (JUNE, None)]),
    ("Exports in the first half were {2 million}, down from {3 million|base} a year ago. Imports were {1 million}.", JULY, [(H1, None), (H1_22, None), (H1, None)]),
    # looking ahead
    ("Sales are expected to reach {400,000} by the end of 2023.", JULY, [(Y23, None)]),
    ("Capacity will reach {90} gigawatts by 2030.", JULY, [(("2030", "2031"), None)]),
    ("It will build {900} homes in October.", JULY, [(("2023-10", "2023-11"), None)]),
    # a stock on a day
    ("Reserves were {$5 billion} at the end of 2022.", JULY, [(("2022-12-31", "2023-01-01"), None)]),
    ("The toll stood at {41,000} as of 30 June.", JULY, [(("2023-06-30", "2023-07-01"), None)]),
    # a headline that the body repeats
    ("Exports top {2 million}\n\nExports reached {2.04 million} units in the first half, customs said.", JULY, [(H1, None), (H1, None)]),
    # a relative clause dates only its own figures
    ("The group, which cut {900} jobs in 2021, made {$4 million} in June.", JULY, [(Y21, None), (JUNE, None)]),
    ("The company, founded in 1995, sold {400} ships in June.", JULY, [(JUNE, None)]),
    ("The mill, built in 1983, made {400} tonnes in June.", JULY, [(JUNE, None)]),
    ("Output was the lowest since 2009, at {35 million} tonnes, in 2022.", JULY, [(Y22, None)]),
    # a rival's figure has the same period; "times the …" makes a base
    ("It sold {526} cars in the second quarter against {484|base} of its rival.", JULY, [(Q2, None), (Q2, None)]),
    ("It took {909} cars in 2023, more than {five times|multiple} the {163|base} that came in 2022.", LATE_JAN, [(Y23, None), (Y23, Y22), (Y22, None)]),
    ("It made {400} tonnes in June, {4%|growth} more than in May, when {385} were made.", JULY, [(JUNE, None), (JUNE, MAY), (MAY, None)]),
    ("Output rose by {3%|growth} on the first half of 2022 ({400}).", JULY, [(None, H1_22), (H1_22, None)]),
    ("It revised output in June to {286} tonnes from {285|base}.", JULY, [(JUNE, None), (JUNE, None)]),
    # prices of the day are of the day of writing
    ("It made {400} tonnes in June. Its shares closed up {2%|growth}.", JULY, [(JUNE, None), (("2023-07-20", "2023-07-21"), None)]),
    # to date
    ("So far this year, {40} ships have called.", JULY, [(("2023-01", "2023-07-21"), None)]),
    # two years, two figures
    ("Imports were {4 million} tonnes in 2021, {5 million} in 2022 and {6 million} last year.", LATE_JAN, [(Y21, None), (Y22, None), (Y23, None)]),
    ("Revenue rose {4%|growth} in the second quarter, while costs fell {3%|growth} in June.", JULY, [(Q2, None), (JUNE, None)]),
    ("Growth slowed to {4%|growth} in June from {5%|base} in May.", JULY, [(JUNE, MAY), (MAY, None)]),
    ("Sales in May totalled {400}, {12%|growth} more than in May 2022.", JULY, [(MAY, None), (MAY, MAY22)]),
    ("Sales last year totalled {400}, {12%|growth} more than the year before.", LATE_JAN, [(Y23, None), (Y23, Y22)]),
    ("Exports jumped {30%|growth} in the second quarter versus the same quarter of 2022.", JULY, [(Q2, Q2_22)]),
    ("Sales have risen {30%|growth} since 2019, to {4 million} in 2023.", LATE_JAN, [(Y23, ("2019", "2020")), (Y23, None)]),
    # a fraction or multiple of what was, and a change on a year, compare
    ("The airport handled {3 million} people in 2023, {four-fifths|multiple} of what it had in 2019.", LATE_JAN, [(Y23, None), (Y23, ("2019", "2020"))]),
    ("It will add {36} gigawatts in 2024, {double|multiple} the {18} gigawatts of 2023.", LATE_JAN, [(Y24, None), (Y24, Y23), (Y23, None)]),
    ("Rates in June were up by {a quarter|growth} on 2019.", JULY, [(JUNE, ("2019-06", "2019-07"))]),
    # what is compared with a month is of the month after it, or of the last one spoken of
    ("Output rose in May. It averaged {26 million}, down by {4|difference} from April.", JULY, [(MAY, None), (MAY, ("2023-04", "2023-05"))]),
    # the day of a figure's release, and the outset at which it was foreseen, date nothing
    ("In 2023 sales were {7.73 million}, not the {7.74 million} of last Thursday.", LATE_JAN, [(Y23, None)] * 2),
    ("In 2023 it had {3 million} guests, short of the {5 million} hoped for at the start of the year.", LATE_JAN, [(Y23, None)] * 2),
    # contracts that a month names are sold today
    ("Brent for September added {68|difference} cents to settle at {$82}.", JULY, [(("2023-07-20", "2023-07-21"), None)] * 2),
    # from a month soon to come
    # budgets: beside a split year, the current year is one, too
    ("The council plans a budget of {£187m} for 2025/26, an increase of {£8m|difference} on the current year.", "2025-02-06", [(("2025-04", "2026-04"), None), (("2025-04", "2026-04"), ("2024-04", "2025-04"))]),
    ("Imports were {$19 billion} in the last fiscal year, which ended on 31 March 2023.", LATE_JAN, [(("2022-04", "2023-04"), None)]),
    # the days of a month spoken of; the months of a past year told of
    ("December began slowly: in its first 17 days it sold {1 million} cars.", "2023-12-26", [(("2023-12", "2023-12-18"), None)]),
    # since an event
    ("It has counted {14,187} cases since the outbreak was declared in October.", "2024-01-25", [(("2023-10", "2024-01-26"), None)]),
    # "twelve months ago" compares, and lends nothing
    ("Twelve months ago the basket cost {1,130}. Coffee is up {6.5%|growth}.", JULY, [(("2022-07", "2022-08"), None), (None, None)]),
    # a heading dates what stands below it; a table's rows lend nothing
    ("Between Jan 1 and 15\nIt had {2 million} guests.", LATE_JAN, [(("2024-01", "2024-01-16"), None)]),
    ("It made {400} tonnes in June, {300} of them at home.\n| Market | 2021 | 2022 |\nIt exported {90}.", JULY, [(JUNE, None)] * 3),
    # the day of an event is lent to the figures that count it; a day of other things is not
    ("Unions marched through the capital on Thursday.\n\nPolice counted {80,000}, the unions {300,000}.", JULY, [(("2023-07-20", "2023-07-21"), None)] * 2),
    ("The shop opened on Thursday.\n\nIt has room for {80} people.", JULY, [(None, None)]),
]  # fmt: skip

PARSED_ROWS = [
    ("Sales reached {400} in June. The firm now has {1,500} dealers.", JULY, [(JUNE, None), (None, None)]),
    ("Households face a bill of {1,842} from April.", "2025-02-07", [(("2025-04", "2025-05"), None)]),
    ("In 2017 the first count was {16}; it had reached {55} by early November.", "2022-09-19", [(("2017", "2018"), None), (("2017-11", "2017-12"), None)]),
    # what was said or put out on a day
    ("The port took in {170,000} cars last year, {a fifth|growth} more than in 2022, its manager told this newspaper on Thursday.", LATE_JAN, [(Y23, None), (Y23, Y22)]),
    ("Sales rose last year. The agency lowered its estimate on Wednesday to {960,000}.", LATE_JAN, [(Y23, None)]),
    ("In May the ministry had predicted {15 million} tonnes.", JULY, [(None, None)]),
    # another clause than the figure's
    ("\"We have {800} beds,\" said the doctor at the stadium, where football was last played on July 16.", JULY, [(None, None)]),
    ("Officials say {27} factories, which did not exist in 2015, are running.", JULY, [(None, None)]),
    ("The agency, which reported in May, counts {40} ships.", JULY, [(None, None)]),
    # borrowing follows the tense
    ("Sales reached {400} in June.\n\nExports came to {90}.", JULY, [(JUNE, None), (JUNE, None)]),
    ("Sales will reach {400} next year.\n\nExports came to {90}.", JULY, [(Y24, None), (None, None)]),
    ("Sales are expected to reach {400} next year. Exports will come to {90}.", JULY, [(Y24, None), (Y24, None)]),
]  # fmt: skip

_MARK = re.compile(r"\{([^|{}]+)(?:\|(\w+))?\}")


def _doc(marked: str, written: str, nlp: Language | None = None) -> Doc:
    """A tokenised, or parsed, document with the marked figures as quantities and measures, as earlier components leave
    it."""
    text, figures, kinds, shift = _MARK.sub(r"\1", marked), [], [], 0
    for mark in _MARK.finditer(marked):
        start = mark.start() - shift
        shift += len(mark[0]) - len(mark[1])
        kind = mark[2] or "level"
        value = float(re.sub(r"[^\d.]", "", mark[1]) or 1)
        form = "percent" if mark[1][-1] == "%" else "number"
        figures.append(Quantity(start, start + len(mark[1]), value, value, value, "exact", "count", form))
        kinds.append(Measure("level" if kind == "base" else kind, value, value, value, "count", base=kind == "base"))
    doc = (nlp or spacy.blank("en")).make_doc(text)
    mark_sentences(doc, sentence_spans(text))
    for _, component in nlp.pipeline if nlp is not None else ():
        doc = component(doc)
    doc._.quantities, doc._.measures, doc._.published = figures, kinds, written
    timed: Doc = claimgraph_timings(claimgraph_periods(doc))
    return timed


def _full(days: tuple[str, str] | None) -> tuple[str, str] | None:
    return None if days is None else (days[0] + "-01-01"[len(days[0]) - 4 :], days[1] + "-01-01"[len(days[1]) - 4 :])


def _cut(slot: tuple[str | None, str | None, str] | None) -> tuple[str | None, str | None] | None:
    return None if slot is None or slot[:2] == (None, None) else slot[:2]


def _pairs(found: list[Timing]) -> list[tuple[object, object]]:
    return [(_cut(timing.period), _cut(timing.base)) for timing in found]


@pytest.mark.parametrize(("marked", "written", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_figure_is_dated(
    marked: str, written: str, expected: list[tuple[tuple[str, str] | None, tuple[str, str] | None]]
) -> None:
    found = _pairs(timings(_doc(marked, written)))
    assert found == [(_full(period), _full(base)) for period, base in expected]


@pytest.mark.parametrize(("marked", "written", "expected"), PARSED_ROWS, ids=[row[0] for row in PARSED_ROWS])
def test_parse_decides(
    marked: str,
    written: str,
    expected: list[tuple[tuple[str, str] | None, tuple[str, str] | None]],
    nlp: Language,
) -> None:
    found = _pairs(timings(_doc(marked, written, nlp)))
    assert found == [(_full(period), _full(base)) for period, base in expected]


def test_what_has_grown_since_is_not_of_the_year_that_it_grew_from(nlp: Language) -> None:
    marked = "In 2022 the gap was {4 billion}, so it has grown by {3 billion|difference}."
    assert _pairs(timings(_doc(marked, LATE_JAN, nlp))) == [(_full(Y22), None), (None, None)]
