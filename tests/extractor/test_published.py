# ruff: noqa: E501  (tables of sentences: one row, one line)
"""When an article was written, by its own words: printed dates first, then clues that bound the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from extractor.publication.inference import infer_published

PRINTED = [
    ("Rail freight grows\n\nFriday January 19, 2024 - 21:56:29\nStaff Reporter\nRail freight grew last year.", "2024-01-19"),
    ("Rail freight grows\nJan. 9, 2024\nRail freight grew last year.", "2024-01-09"),
    ("Rail freight grows\n12 March 2023\n\nFreight grew.", "2023-03-12"),
    ("Rail freight grows\n\nLONDON, 12 March 2023 (Agency) - Rail freight grew last year.", "2023-03-12"),
    ("Rail freight grows\n\nBEIJING, Jan. 9, 2024 -- Rail freight grew last year.", "2024-01-09"),
    ("Rail freight grows\nPublished: 2 May 2023\nFreight grew in 2022.", "2023-05-02"),
    ("Rail freight grows\nPublished on May 2, 2023 | Updated May 4, 2023\nFreight grew.", "2023-05-02"),
    ("Rail freight grows\nUpdated 4 May 2023\nFreight grew.", "2023-05-04"),
    ("Rail freight grows\nPosted 2023-05-02 10:15 GMT\nFreight grew.", "2023-05-02"),
    ("Rail freight grows\nBy Ann Lee, 2 May 2023\nFreight grew.", "2023-05-02"),
    ("Rail freight grows\nPublished: 25/05/2023\nFreight grew.", "2023-05-25"),
    ("Rail freight grows\nFreight grew in 2022 by a tenth.\n\nLast updated: 3 June 2023", "2023-06-03"),
    ("Rail freight grows\nMay 2, 2023 by Ann Lee\nFreight grew.", "2023-05-02"),
    ("Rail freight grows\nHarbour Rail Letter no. 51/2023, 26 December 2023\n\nFreight grew.", "2023-12-26"),
    ("Rail freight grows\n\nMay 2, 2023. By our transport correspondent\n\nFreight grew.", "2023-05-02"),
    ("Rail freight grows\n\nRAIL SOUTH, the newsletter for those who ship by rail. Issue 61, 17 April 2025\n\nFreight grew.", "2025-04-17"),
    ("Ferry lost off the cape\nLISBON, Portugal (AFP) Oct 11, 2004\nDivers found five more bodies Monday.", "2004-10-11"),
    ("2024-02-01 News from the harbour\nFreight grew.", "2024-02-01"),
    # a dateline that runs into its sentence
    ("HOBART Dec 5 The number of new ferries fell 6.4 percent in November 2013 from a year before, data showed on Thursday.", "2013-12-05"),
    # of two lines that hold a date, the first is the page's
    ("Tuesday, 09 January 2024 08:40 GMT\nRail freight grows\n\n2024-03-19 02:29:25\nFreight grew.", "2024-03-19"),
    # a day of the week beside a day of the month tells the year
    ("Rail freight grows\n\nPORTSEA, Aug. 1 (Newsline) — Rail freight grew 4% in the first seven months of 2024, the board said Thursday.", "2024-08-01"),
    ("Rail freight beats its 2023 goal\n\nFreight grew last year, the ministry announced on Wednesday (Jan 3).", "2024-01-03"),
]  # fmt: skip

MONTHS = [
    # last year is 2023: the same part of it is named both ways
    (
        "Tea exports reached 900 tonnes in the first 11 months of 2023, customs said. During the first 11 months of last "
        "year, sales to Egypt doubled. In December alone, the port shipped 80 tonnes.",
        "2024-01",
    ),
    # last year is compared with 2022
    (
        "The union said Tuesday that members worked a record 4 million hours last year, up 3% from 2022. "
        "In December, 300 joined.",
        "2024-01",
    ),
    # parts of this year are over, and its end lies ahead
    (
        "Ferry traffic was already the heaviest in Europe as of Q1 2023. Passengers in June numbered 40,000. In the first "
        "half of the year they were 200,000. Sales fell 2% last month against June last year. The operator expects to "
        "carry 400,000 by the end of 2023.",
        "2023-07",
    ),
    # this year is compared with 2021
    (
        "Harvests this year will be 5% above those of 2021, the board said. The crop so far this year, compared with 2021, is good. "
        "In the first quarter, farms delivered 40 tonnes; deliveries this year rose 4% from 2021.",
        "2022-04",
    ),
    # a month with its year, against last year: the year of writing
    (
        "Visitors rose 5% in May 2023 from last year. The board will publish the summer's figures by the end of 2023.",
        "2023-06",
    ),
    # a forecast for the year beside last year's figure
    ("The bank expects growth of 5% in 2024, after 4.8% last year. It grew 1% in March.", "2024-04"),
    # a part of the year without its year, against the same part of another
    (
        "Ferries carried 40,200 lorries in the six months to June, 7% fewer than in the first half of 2024. The operator "
        "hopes for 82,000 this year and 85,000 in 2026.",
        "2025-07",
    ),
    # last year is compared with the one before it, and with one of long ago
    (
        "Orchards yielded 4.1 million tonnes last year, two percent more than in 2024 and a tenth less than in 2019, the "
        "growers said. For 2026 they forecast 4.3 million.",
        "2026-01",
    ),
    # an outcome for all of a year, a goal for the next, and a month
    (
        "Cement makers earned $41 million in 2025, 11% more than the previous year. They are aiming for $43 million in 2026. "
        "In December sales grew 16%.",
        "2026-01",
    ),
    # the month of another year that this year's is compared with
    (
        "The harbour moved 61,300 boxes in September, customs said. That is 5.4% more than in September 2022. Imports rose "
        "14%, and those of the nine months fell 18% from the same period in 2022.",
        "2023-10",
    ),
    # a year that only describes may still run
    (
        "Bus sales recorded only their second 2019 year-on-year increase in October, beating October 2018 by 122. By the end of "
        "October, the cities had bought 4,500, fewer than at the same stage in 2018.",
        "2019-11",
    ),
    # this month is the one that is told of
    (
        "Tram traffic has fallen in July, a survey found. The operators have carried 27 million people this month, down from "
        "28 million in June, the fewest since September 2021. They sold fewer tickets under a pact of late 2022.",
        "2023-07",
    ),
    # a day on which something was said is in the month of writing
    (
        "The ministry raised its wheat forecast for 2022, although others foresee less. Officials said on Aug. 11 that they expect "
        "31 million tonnes. Prices fell after the ban of May 12.",
        "2022-08",
    ),
    # the records that are broken say nothing, the year that still runs does
    (
        "2021 is already the wettest year on the island, the weather office said on Friday. Some 1,900 litres have fallen so "
        "far, the most since records began in 1961. By August 20, 1,700 litres were counted.",
        "2021-08",
    ),
    # all of a year is compared with the one before
    (
        "Mills shipped 9,000 tonnes in February, 4% fewer than in January. Output in 2023 reached 99,000 tonnes, a 6% jump "
        "from 2022.",
        "2024-03",
    ),
    # results are over, an outlook is not
    (
        "The ferry line told its results for the quarter to December 2014: it made £31m, after £44m a year earlier. "
        "For the year to March 2015 it expects more. Lorries rose by 3% in January, it said on Friday.",
        "2015-02",
    ),
    # days that are told say when in the year it was
    (
        "Lifeboats landed 64 people in 2019 by 21 October, a tenth fewer than in the same period last year. They brought in 12 on "
        "3 October and 9 on 14 October, below the totals of 2018.",
        "2019-10",
    ),
    # what a goal for a far year says is nothing
    (
        "Mills shipped 900 tonnes in May 2024, up from 850 in April, and want to ship 2,000 by 2030. In the first five "
        "months of the year they shipped 4,000.",
        "2024-06",
    ),
]

UNKNOWN = [
    "",
    "Rail freight grew last year. It fell last month.",
    "Rail freight grew 5% in 2019, and 4% in 2020.",
    "The company was founded in 1995 and went public in 2003.",
    "Exports rose to 3 million in June, customs said on Tuesday.",
    "Capacity will reach 90 gigawatts by 2030.",
    "On 10 May 2023, a ferry sank off the coast, killing 12 of its 90 passengers, the coast guard said.",
    "The fair in Lyon, photographed on September 6, 2023, drew 900.",
    # the year since which there has been no such thing is not that of writing
    "At the end of October 900 pupils had no desk, up from 850 in September and the most since counting started in May 2011.",
    # the one year that is named may be one of long ago
    "Turnout in June was 40%. The mayor won with 300 votes more. It is her third term, and nobody doubts it.\nShe spoke "
    "for an hour.\nHer party grew by a tenth last year.\nIt had 20 seats in 2007.",
]


@pytest.mark.parametrize(("text", "day"), PRINTED, ids=[row[0].replace("\n", " ")[20:70] for row in PRINTED])
def test_printed_date_decides(text: str, day: str) -> None:
    assert infer_published(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(("text", "month"), MONTHS, ids=[row[0][:50] for row in MONTHS])
def test_clues_choose_the_month(text: str, month: str) -> None:
    day = infer_published(text)
    assert day is not None
    assert day.isoformat()[:7] == month


@pytest.mark.parametrize("text", UNKNOWN)
def test_nothing_tells(text: str) -> None:
    assert infer_published(text) is None


def test_dateline_without_a_year_takes_the_year_that_fits() -> None:
    line = "Tea trade grows\n\nNEW DELHI, Jan. 25 (Agency) -- Tea exports reached 9,000 tonnes in 2023, up 5% year on year, "
    assert infer_published(line + "the board said on Thursday.") == dt.date(2024, 1, 25)
    assert infer_published(line + "the board said.") == dt.date(2024, 1, 25)


def test_day_of_the_week_tells_the_year_of_a_dateline() -> None:
    line = "Lamb prices fall\n\nWELLINGTON, Sept 24 (Agency) - Lamb prices fell 4%, against 6% in the same period of 2024, "
    assert infer_published(line + "the board said on Wednesday.") == dt.date(2025, 9, 24)


def test_day_of_speaking_moves_the_day() -> None:
    base = "The union's members worked 4 million hours last year, up 3% from 2022. In December, 300 joined."
    monday, tuesday = (
        infer_published(f"{base} The union said {day} that it was a record.") for day in ("Monday", "Tuesday")
    )
    assert monday is not None
    assert tuesday is not None
    assert (monday.weekday(), tuesday.weekday()) == (0, 1)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("000_228226f78baa6fe3.txt", "2024-01-19", "2024-01-20"),
        ("001_640521042949933e.txt", "2023-07-01", "2023-08-01"),
        ("003_a74725f312195958.txt", "2024-01-09", "2024-01-20"),
    ],
)
def test_seed_articles(shared: Path, name: str, first: str, last: str) -> None:
    day = infer_published((shared / "seeds" / name).read_text(encoding="utf-8"))
    assert day is not None
    assert first <= day.isoformat() < last
