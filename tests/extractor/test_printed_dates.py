# ruff: noqa: E501  (tables of pages: one row, one line)
"""The forms in which pages print their date, and those in which they print another: a page's lines in, its day out."""

from __future__ import annotations

import datetime as dt

import pytest

from extractor.publication.printed import TOP, Place, date_in_address, printed_date

BODY = "The port handled 4,100 containers last month, 5% more than a year earlier, the harbour office said."
FIFTH, LATE = "2019-03-05", "2019-03-25"

LINES = [
    # behind a label
    ("Published: 5 March 2019", FIFTH),
    ("PublishedMarch 5, 2019", FIFTH),
    ("Published 3:14 pm Tuesday, March 5, 2019", FIFTH),
    ("Published: 16:52 BST, 5 March 2019 | Updated: 17:01 BST, 6 March 2019", FIFTH),
    ("March 5, 2019Updated March 6, 2019", FIFTH),
    ("First Published: Tue, Mar 05 2019. 10 37 AM IST", FIFTH),
    ("Posted by Ann Lee on March 5, 2019 in Ports", FIFTH),
    ("Written by Ann Lee on 5 March 2019", FIFTH),
    ("Source: Port Times Published: 2019/3/5 20:10:12", FIFTH),
    ("FOR IMMEDIATE RELEASE: March 5, 2019", FIFTH),
    ("For release 10:00 a.m. (EST) Tuesday, March 5, 2019", FIFTH),
    ("Date of publication: 5 March 2019", FIFTH),
    ("date:Mar 5, 2019", FIFTH),
    ("date 2019-03-05 BREMEN : The port handled 4,100 containers", FIFTH),
    ("Last Modified: 5 March 2019", FIFTH),
    # datelines
    ("LISBON, March 5, 2019 /Newsline/ -- The harbour office", FIFTH),
    ("Lisbon March 5/2019 /ENA/ The harbour office announced", FIFTH),
    ("Lisbon (5 March 2019): The harbour office", FIFTH),
    ("(Lisbon, 5 March 2019) The harbour office", FIFTH),
    ("Port News…Mar 5 2019 – The harbour office", FIFTH),
    ("Harbour and Rail, the weekly of those who ship. Lisbon, 5 March 2019", FIFTH),
    # a line of its own, with who wrote, where and when
    ("Tuesday 5th March 2019", FIFTH),
    ("5-Mar-2019 11:29 AM", FIFTH),
    ("05 Mar'19", FIFTH),
    ("March 5, 201910:14 AM ET", FIFTH),
    ("2019-03-05T06:09:00Z", FIFTH),
    ("2019.03.05 06:09", FIFTH),
    ("2019-03-05 06:09 | www.port.example | 1", FIFTH),
    ("Source: Newsline| 2019-03-05 20:10:12|Editor: Lee", FIFTH),
    ("By Ann Lee | Mar 5, 2019, 10:12am EST", FIFTH),
    ("Containers pile up in Lisbon | Mar. 5, 2019 | Port Times", FIFTH),
    ("5 March 2019 Ann Lee", FIFTH),
    ("• 5 Mar 2019 •", FIFTH),
    # in figures: the order that is possible, that of the time zone, of dots; else the day first
    ("25/03/2019", LATE),
    ("03/25/2019", LATE),
    ("25.03.2019 | 14:05", LATE),
    ("25/03/19", LATE),
    ("ANN LEE | Port Times | 3/25/2019 9:00 AM", LATE),
    ("03/05/2019 9:00 AM EST", FIFTH),
    ("05.03.2019", FIFTH),
    ("Published 05/03/2019 14:22", FIFTH),
    # a picture that is not from the files
    ("A crane lifts boxes in Lisbon, Tuesday, March 5, 2019. (AP Photo/Ann Lee)", FIFTH),
    # the dates of other things
    ("FILE PHOTO: A crane at the port of Lisbon, March 5, 2017. REUTERS/Ann Lee", None),
    ("The port was opened by the king on 5 March 1931 and has been dredged twice since then.", None),
    ("The figures that the office published on 5 March 2019 show that the old quay is used less and less by everybody who ships wine or cork from there.", None),
    ("Version 10.2.2019.1", None),
    ("The ratio is 5/3/2", None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "day"), LINES, ids=[line[:50] for line, _ in LINES])
def test_a_line_near_the_top(line: str, day: str | None) -> None:
    found = printed_date(f"Harbour grows\n{line}\n{BODY}")
    assert (found and found.day.isoformat()) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Posted on March 5, 2019", FIFTH),
        ("Tuesday, March 05, 2019", FIFTH),
        ("25.3.2019", LATE),
        ("5 March 2019\nThe quay sinks.\n6 April 2020", None),  # a chronicle
        ("The office, founded on 5 March 2019, employs nobody.", None),
    ],
)
def test_a_line_below_the_article(line: str, day: str | None) -> None:
    found = printed_date("Harbour grows\n" + f"{BODY}\n" * 8 + line)
    assert (found and found.day.isoformat()) == day


def test_the_end_of_a_paragraph_is_no_line_of_its_own() -> None:
    sentence = "Harbour grows\n" + "The port handles containers. " * 30
    told = sentence[: TOP - 5] + "The new crane, which lifts 40 tonnes, was opened by the mayor on 2 May 2011."
    for cut in range(len("The new crane, "), len(told) - TOP):
        assert printed_date(told[cut:]) is None


def test_both_readings_of_a_date_in_figures() -> None:
    found = printed_date(f"Harbour grows\nPublished 05/03/2019\n{BODY}")
    assert found == (Place.LABELLED, 14, dt.date(2019, 3, 5), dt.date(2019, 5, 3))


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://port.example/2019/03/05/harbour-grows", FIFTH),
        ("https://port.example/news/2019/mar/05/harbour-grows", FIFTH),
        ("https://port.example/news/20190305-harbour.html", FIFTH),
        ("https://port.example/2019/harbour-grows", None),
        ("https://port.example/harbour-20199999-grows", None),
        ("https://port.example/2019/3/5/harbour-grows", FIFTH),
        ("https://port.example/page/201903/1173456.html", None),
        ("https://port.example/story/2019315-harbour", None),
    ],
)
def test_the_address_of_a_page(url: str, day: str | None) -> None:
    found = date_in_address(url)
    assert (found and found.isoformat()) == day
