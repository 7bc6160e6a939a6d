# ruff: noqa: E501  (tables of sentences: one row, one line)
"""What period expressions of the news mean: a specification in one table.

Each row: the sentence with the expression in [brackets], the day of writing, the first day and the day after the last.
"""

from __future__ import annotations

import datetime as dt

import pytest

from extractor.periods import find_periods

LATE_JAN, JULY, NOVEMBER = "2024-01-19", "2023-07-20", "2023-11-08"

ROWS = [
    # years
    ("The yard delivered 42 ships in [2023].", LATE_JAN, "2023-01-01", "2024-01-01"),
    ("In [calendar 2023] the port handled less grain.", LATE_JAN, "2023-01-01", "2024-01-01"),
    ("[Full-year 2023] revenue was flat.", LATE_JAN, "2023-01-01", "2024-01-01"),
    ("For [the whole of 2022], arrivals stayed low.", LATE_JAN, "2022-01-01", "2023-01-01"),
    ("Orders fell throughout [the year 2022].", LATE_JAN, "2022-01-01", "2023-01-01"),
    ("Arrivals fell [last year].", LATE_JAN, "2023-01-01", "2024-01-01"),
    ("Arrivals should recover [this year].", LATE_JAN, "2024-01-01", "2025-01-01"),
    ("The plant opens [next year].", LATE_JAN, "2025-01-01", "2026-01-01"),
    ("In 2021 the mine reopened. Over the course of [the year] it shipped 3 million tonnes.", LATE_JAN, "2021-01-01", "2022-01-01"),
    ("In 2019 it hired 400. [That year], profit doubled.", LATE_JAN, "2019-01-01", "2020-01-01"),
    ("Capacity is to reach 90 gigawatts by [2030].", LATE_JAN, "2030-01-01", "2031-01-01"),
    ("Sales should reach 2 million by [the end of 2025].", LATE_JAN, "2025-01-01", "2026-01-01"),
    ("It will hire 900 people by [year-end].", JULY, "2023-01-01", "2024-01-01"),
    ("Output in [late 2022] disappointed.", JULY, "2022-01-01", "2023-01-01"),
    ("Output in [mid-2022] disappointed.", JULY, "2022-01-01", "2023-01-01"),
    # months
    ("Exports in [June] stood at 382,000.", JULY, "2023-06-01", "2023-07-01"),
    ("Exports in [June 2022] were lower.", JULY, "2022-06-01", "2022-07-01"),
    ("Exports in [June last year] were lower.", JULY, "2022-06-01", "2022-07-01"),
    ("Exports in [June of last year] were lower.", JULY, "2022-06-01", "2022-07-01"),
    ("Prices fell in [November].", LATE_JAN, "2023-11-01", "2023-12-01"),
    ("In [December] alone, it shipped 36,095.", LATE_JAN, "2023-12-01", "2024-01-01"),
    ("A festival in [late May] drew 9,000.", JULY, "2023-05-01", "2023-06-01"),
    ("A festival in [early March 2021] drew 9,000.", JULY, "2021-03-01", "2021-04-01"),
    ("A fair in [mid-April] drew 9,000.", JULY, "2023-04-01", "2023-05-01"),
    ("Sales fell 2.6% [last month].", JULY, "2023-06-01", "2023-07-01"),
    ("Sales will rise [this month].", JULY, "2023-07-01", "2023-08-01"),
    ("The line will open [next month].", JULY, "2023-08-01", "2023-09-01"),
    ("It sent a team to a show [last September].", LATE_JAN, "2023-09-01", "2023-10-01"),
    ("The law will take effect in [October].", JULY, "2023-10-01", "2023-11-01"),
    ("[Sept. 2016] was warm.", JULY, "2016-09-01", "2016-10-01"),
    ("China's [May] exports rose.", JULY, "2023-05-01", "2023-06-01"),
    ("[January and February] sales fell together.", JULY, "2023-01-01", "2023-03-01"),
    ("In 2021 demand came back. In [January of that year] it sold 4,000.", JULY, "2021-01-01", "2021-02-01"),
    ("Sales peaked in [June of this year].", NOVEMBER, "2023-06-01", "2023-07-01"),
    ("The stock stood at 5 million at [the end of March].", JULY, "2023-03-01", "2023-04-01"),
    # days and weeks
    ("The quake of [10 May 2023] killed 12.", JULY, "2023-05-10", "2023-05-11"),
    ("The quake on [May 10] killed 12.", JULY, "2023-05-10", "2023-05-11"),
    ("A storm on [Dec. 27] killed 12.", LATE_JAN, "2023-12-27", "2023-12-28"),
    ("A storm on [the 3rd of January] killed 12.", LATE_JAN, "2024-01-03", "2024-01-04"),
    ("Reserves as of [30 June 2023] were 5 billion.", JULY, "2023-06-30", "2023-07-01"),
    ("Twelve people died on [Tuesday].", LATE_JAN, "2024-01-16", "2024-01-17"),
    ("Twelve people died [last Friday].", LATE_JAN, "2024-01-12", "2024-01-13"),
    ("Twelve people died [yesterday].", LATE_JAN, "2024-01-18", "2024-01-19"),
    ("Shares fell 3% [today].", LATE_JAN, "2024-01-19", "2024-01-20"),
    ("The bank meets [next Tuesday].", LATE_JAN, "2024-01-23", "2024-01-24"),
    ("The panel will meet on [Monday].", LATE_JAN, "2024-01-22", "2024-01-23"),
    ("Claims fell to 187,000 [last week].", LATE_JAN, "2024-01-08", "2024-01-15"),
    ("Claims are falling [this week].", LATE_JAN, "2024-01-15", "2024-01-22"),
    ("Claims fell in [the week ended Jan. 13].", LATE_JAN, "2024-01-07", "2024-01-14"),
    ("Between [12 and 15 May] 300 were hurt.", JULY, "2023-05-12", "2023-05-16"),
    ("From [May 5 to 9, 2022], 300 were hurt.", JULY, "2022-05-05", "2022-05-10"),
    ("It ran [from 28 February to 3 March 2023].", JULY, "2023-02-28", "2023-03-04"),
    ("In [the first week of May] 300 came.", JULY, "2023-05-01", "2023-05-08"),
    ("It was sold [3 days ago].", LATE_JAN, "2024-01-16", "2024-01-17"),
    ("It was sold [three months ago].", LATE_JAN, "2023-10-01", "2023-11-01"),
    ("It was sold [two years ago].", LATE_JAN, "2022-01-01", "2023-01-01"),
    # quarters and halves
    ("[Q1 2023] exports beat Japan's.", JULY, "2023-01-01", "2023-04-01"),
    ("It led as of [Q1, 2023].", JULY, "2023-01-01", "2023-04-01"),
    ("[1Q23] margins shrank.", JULY, "2023-01-01", "2023-04-01"),
    ("[2022 Q4] was poor.", JULY, "2022-10-01", "2023-01-01"),
    ("In [the first quarter] it sold 900.", JULY, "2023-01-01", "2023-04-01"),
    ("In [the first quarter of 2021] it sold 900.", JULY, "2021-01-01", "2021-04-01"),
    ("[Third-quarter] profit rose.", NOVEMBER, "2023-07-01", "2023-10-01"),
    ("[Fourth-quarter] profit rose.", LATE_JAN, "2023-10-01", "2024-01-01"),
    ("Profit rose in [the fourth quarter of last year].", NOVEMBER, "2022-10-01", "2023-01-01"),
    ("It beat [last year's third quarter].", NOVEMBER, "2022-07-01", "2022-10-01"),
    ("Profit fell in [the last quarter of 2022].", NOVEMBER, "2022-10-01", "2023-01-01"),
    ("Profit fell [last quarter].", NOVEMBER, "2023-07-01", "2023-10-01"),
    ("It expects 5 million in [the current quarter].", NOVEMBER, "2023-10-01", "2024-01-01"),
    ("It expects 5 million [next quarter].", NOVEMBER, "2024-01-01", "2024-04-01"),
    ("In [the first half] it sold 900.", JULY, "2023-01-01", "2023-07-01"),
    ("In [the first half of the year], exports reached 2.14 million.", JULY, "2023-01-01", "2023-07-01"),
    ("[H1 2022] was poor.", JULY, "2022-01-01", "2022-07-01"),
    ("In [the second half of last year] it sold 900.", JULY, "2022-07-01", "2023-01-01"),
    ("[2023's first half] was poor.", NOVEMBER, "2023-01-01", "2023-07-01"),
    ("[First-half] sales rose.", JULY, "2023-01-01", "2023-07-01"),
    # several months
    ("Shipments reached 4.76 million in [the first 11 months of 2023].", LATE_JAN, "2023-01-01", "2023-12-01"),
    ("During [the first 11 months of last year], shipments soared.", LATE_JAN, "2023-01-01", "2023-12-01"),
    ("During [the first 5 months of the calendar year], it led.", JULY, "2023-01-01", "2023-06-01"),
    ("In [the first nine months] it earned 4 billion.", NOVEMBER, "2023-01-01", "2023-10-01"),
    ("In [the first eleven months] it earned 4 billion.", LATE_JAN, "2023-01-01", "2023-12-01"),
    ("In [the first three quarters of 2022] it earned 4 billion.", JULY, "2022-01-01", "2022-10-01"),
    ("In [the last three months of 2022] it earned 4 billion.", JULY, "2022-10-01", "2023-01-01"),
    ("In [the final two months of the year] it will earn more.", JULY, "2023-11-01", "2024-01-01"),
    ("It earned 4 billion in [nine months of 2022].", JULY, "2022-01-01", "2022-10-01"),
    ("In [January-November] it earned 4 billion.", LATE_JAN, "2023-01-01", "2023-12-01"),
    ("In [the January–June period] it earned 4 billion.", JULY, "2023-01-01", "2023-07-01"),
    ("From [January to May] it sold 900.", JULY, "2023-01-01", "2023-06-01"),
    ("It sold 900 [from August to October].", NOVEMBER, "2023-08-01", "2023-11-01"),
    ("It sold 900 [between April and June 2021].", NOVEMBER, "2021-04-01", "2021-07-01"),
    ("It sold 900 [from November to January].", "2023-03-10", "2022-11-01", "2023-02-01"),
    ("It sold 900 [from Q2 2022 to Q1 2023].", JULY, "2022-04-01", "2023-04-01"),
    ("[The April-June quarter] was strong.", JULY, "2023-04-01", "2023-07-01"),
    ("In [the three months to June] it earned 4 billion.", JULY, "2023-04-01", "2023-07-01"),
    ("In [the three months ended September 30, 2022] it lost.", NOVEMBER, "2022-07-01", "2022-10-01"),
    ("In [the quarter ended Dec. 31] it lost.", LATE_JAN, "2023-10-01", "2024-01-01"),
    ("In [the six months through March 2023] it lost.", NOVEMBER, "2022-10-01", "2023-04-01"),
    ("In [the half-year to December] it lost.", LATE_JAN, "2023-07-01", "2024-01-01"),
    ("In [the nine months to end-September] it lost.", NOVEMBER, "2023-01-01", "2023-10-01"),
    ("In [the 12 months to March] it lost.", JULY, "2022-04-01", "2023-04-01"),
    ("In [the year to March] it lost.", JULY, "2022-04-01", "2023-04-01"),
    ("Inflation was 6.8% in [the year to May 2023].", JULY, "2022-06-01", "2023-06-01"),
    ("In [the year ended 30 June] it lost.", JULY, "2022-07-01", "2023-07-01"),
    ("In [the financial year ended March 31, 2022] it lost.", JULY, "2021-04-01", "2022-04-01"),
    ("In [the 12 months through June] it lost.", JULY, "2022-07-01", "2023-07-01"),
    ("In [the four weeks to June 18] it gained.", JULY, "2023-05-22", "2023-06-19"),
    # trailing years and decades
    ("Output doubled over [the past decade].", LATE_JAN, "2014-01-19", "2024-01-20"),
    ("That had not happened in [the previous 20 years].", JULY, "2003-07-20", "2023-07-21"),
    ("Prices doubled over [the last three years].", LATE_JAN, "2021-01-19", "2024-01-20"),
    ("Prices rose 8% over [the past 12 months].", LATE_JAN, "2023-01-19", "2024-01-20"),
    ("Prices rose 8% over [the past year].", LATE_JAN, "2023-01-19", "2024-01-20"),
    ("Sales grew in [the last two quarters].", NOVEMBER, "2023-04-01", "2023-10-01"),
    ("Sales took off in 2021. Before then they hovered around 1 million for almost [a decade].", LATE_JAN, "2011-01-01", "2021-01-01"),
    ("The fleet grew in [the 1990s].", LATE_JAN, "1990-01-01", "2000-01-01"),
    ("The fleet grew [between 2015 and 2020].", LATE_JAN, "2015-01-01", "2021-01-01"),
    ("The fleet grew in [2014-2018].", LATE_JAN, "2014-01-01", "2019-01-01"),
    # to date
    ("It has sold 900 [so far this year].", JULY, "2023-01-01", "2023-07-21"),
    ("[Year to date], it has sold 900.", JULY, "2023-01-01", "2023-07-21"),
    ("[Since the beginning of the year] it has sold 900.", JULY, "2023-01-01", "2023-07-21"),
    ("[Since the start of the year] it has sold 900.", JULY, "2023-01-01", "2023-07-21"),
    ("It has sold 900 [so far in 2023].", JULY, "2023-01-01", "2023-07-21"),
    ("It has sold 900 [so far this month].", JULY, "2023-07-01", "2023-07-21"),
    ("It has sold 900 [since March].", JULY, "2023-03-01", "2023-07-21"),
    ("It has sold 900 [since 10 March 2022].", JULY, "2022-03-10", "2023-07-21"),
    # fiscal and marketing years
    ("India grew 8.2% in [FY24].", "2024-06-10", "2023-04-01", "2024-04-01"),
    ("Apple's sales in [fiscal 2023] fell.", NOVEMBER, "2022-10-01", "2023-10-01"),
    ("Japan's tax take in [fiscal 2022] rose.", NOVEMBER, "2022-04-01", "2023-04-01"),
    ("Pakistan's exports in [fiscal year 2022-23] fell.", NOVEMBER, "2022-07-01", "2023-07-01"),
    ("U.S. corn exports in [the 2023/24 marketing year] rose.", LATE_JAN, "2023-09-01", "2024-09-01"),
    ("Ukraine's wheat exports in [the 2023/24 season] fell.", LATE_JAN, "2023-07-01", "2024-07-01"),
    ("The U.S. deficit in [the 2023 fiscal year] widened.", NOVEMBER, "2022-10-01", "2023-10-01"),
    ("Australia's surplus in [2022/23] was a surprise.", NOVEMBER, "2022-07-01", "2023-07-01"),
    ("Walmart's profit in [fiscal 2024] rose.", "2024-03-01", "2023-02-01", "2024-02-01"),
    # periods that lean on others
    ("Exports rose to 2 million in the first half of 2023. In [the same period], Japan's fell.", NOVEMBER, "2023-01-01", "2023-07-01"),
    ("Exports hit 2 million in the first half of 2023, up from 1 million in [the same period a year earlier].", NOVEMBER, "2022-01-01", "2022-07-01"),
    ("Exports hit 2 million in May, against 1 million in [the same month last year].", JULY, "2022-05-01", "2022-06-01"),
    ("Exports hit 2 million in the first quarter; in [the same quarter of 2021] they were 1 million.", JULY, "2021-01-01", "2021-04-01"),
    ("Exports in June rose 5% from [a year earlier].", JULY, "2022-06-01", "2022-07-01"),
    ("Exports in June rose 5% from [a year ago].", JULY, "2022-06-01", "2022-07-01"),
    ("Exports rose 5% from [a year earlier] in June.", JULY, "2022-06-01", "2022-07-01"),
    ("Exports in June rose 5% from [a month earlier].", JULY, "2023-05-01", "2023-06-01"),
    ("In June, sales rose 5% [year on year].", JULY, "2022-06-01", "2022-07-01"),
    ("Prices rose 5% [year-on-year] in June.", JULY, "2022-06-01", "2022-07-01"),
    ("In June, sales rose 5% [on a yearly basis].", JULY, "2022-06-01", "2022-07-01"),
    ("In June, sales rose 5% [month over month].", JULY, "2023-05-01", "2023-06-01"),
    ("In the third quarter, sales rose 5% [quarter on quarter].", NOVEMBER, "2023-04-01", "2023-07-01"),
    ("Sales were 4 million in the first quarter, against 3 million in [the year-ago quarter].", JULY, "2022-01-01", "2022-04-01"),
    ("Sales were 5 in 2021, and 4 in [the previous year].", JULY, "2020-01-01", "2021-01-01"),
    ("Sales were 5 in 2021, and 7 in [the following year].", JULY, "2022-01-01", "2023-01-01"),
    ("Sales were 5 in May, and 4 in [the previous month].", JULY, "2023-04-01", "2023-05-01"),
    ("Exports fell in the first five months of 2023. Over [the period], Mexico bought 159,000.", JULY, "2023-01-01", "2023-06-01"),
    ("Sales peaked in March 2022. In [that month] it sold 900.", JULY, "2022-03-01", "2022-04-01"),
    ("Sales rose 8.7% from [May] in June.", JULY, "2023-05-01", "2023-06-01"),
    ("Sales rose 56% from [2022].", LATE_JAN, "2022-01-01", "2023-01-01"),
]  # fmt: skip


def _marked(sentence: str) -> tuple[str, int, int]:
    start, end = sentence.index("["), sentence.index("]")
    return sentence.replace("[", "").replace("]", ""), start, end - 1


@pytest.mark.parametrize(("sentence", "written", "first", "last"), ROWS, ids=[row[0] for row in ROWS])
def test_expression_means(sentence: str, written: str, first: str, last: str) -> None:
    text, start, end = _marked(sentence)
    found = [m for m in find_periods(text, dt.date.fromisoformat(written)) if m.start < end and start < m.end]
    assert [(m.first_day, m.last_day) for m in found] == [(first, last)]
    assert text[found[0].start : found[0].end] == found[0].text
