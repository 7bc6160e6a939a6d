"""What a table's headings, caption and note say of scale and unit."""

from __future__ import annotations

import pytest

from extractor import Article, Claim, extract
from extractor.quantities.dimensions import Dimension, dimension_of

HEADINGS = [
    # Scale and unit together, in any order, in brackets, behind a comma or after "in".
    ("Wheat output, '000 tonnes", 1e3, "tonne"),
    ("Tonnes ('000)", 1e3, "tonne"),
    ("Wool clip, 000 kg. Source: growers' union", 1e3, "kilogram"),
    ("Orders at year-end, million CGT (Harbour Index)", 1e6, "CGT"),
    ("Containers, m TEU", 1e6, "TEU"),
    ("Crude (thousand barrels a day)", 1e3, "barrel per day"),
    ("Forest lost, sq km", 0, "square kilometre"),
    ("Steel, kt", 1e3, "tonne"),
    ("2023, GWdc", 0, "gigawatt"),
    # Money: sign, code or name, before or behind the scale.
    ("Net inflow, $ million", 1e6, "USD"),
    ("Budget $bn", 1e9, "USD"),
    ("USD thousand", 1e3, "USD"),
    ("Rs crore", 1e7, "INR"),
    ("Receipts (Rs lakh crore)", 1e12, "INR"),
    ("in thousands of euros", 1e3, "EUR"),
    ("Yen trn", 1e12, "JPY"),
    ("Hourly pay, euros", 0, "EUR"),
    ("€ an hour", 0, "EUR per hour"),
    ("Price ($/t)", 0, "USD per tonne"),
    # A scale alone.
    ("Passengers (lakh)", 1e5, ""),
    ("Journeys (m)", 1e6, ""),
    ("in thousands", 1e3, ""),
    # A bare m is a metre where lengths are measured.
    ("Height (m)", 0, "metre"),
    # Words that are no unit here.
    ("Euro area", 0, ""),
    ("Seats won", 0, ""),
    ("First round, 17 November", 0, ""),
]


@pytest.mark.parametrize(("heading", "scale", "unit"), HEADINGS)
def test_scale_and_unit_of_a_heading(heading: str, scale: float, unit: str) -> None:
    assert dimension_of(heading, "") == Dimension(scale, unit)


def test_a_letter_is_money_where_the_text_is_of_its_country() -> None:
    assert dimension_of("Billed (N billion)", "Lagos, Nigeria") == Dimension(1e9, "NGN")
    assert dimension_of("Billed (N billion)", "Oslo").unit == ""


def cells(text: str) -> dict[str, Claim]:
    return {claim.quote: claim for claim in extract(Article(id="t", text=text, published="2024-05-15"))}


CAPTION = """| Cocoa grindings, '000 tonnes. Source: traders' board |  |  |
|---|---|---|
|  | 2022/23 | 2023/24 |
| Ghana | 610.0 | 429.3 |
| World | 5,030.0 | 4,450.0 |
"""
CORNER = """| Net aid, $ million | 2023 | 2022 |
|---|---|---|
| Kenya | 1,223 | 568 |
| Ghana | 470 | 359 |
"""
ONE_COLUMN = """| Order book at 31 December, million CGT |  |  |
|---|---|---|
| Yard | CGT | Ships |
| Norrvik | 21.9 | 742 |
| Setouchi | 6.4 | 198 |
"""
NOTED = """Rail revenue by line

Line\tFreight\tPassengers
North\t412\t130
South\t388\t95
Figures in thousand euros.
"""
FIRST = """| Monthly pension, francs | from |
|---|---|
| 1,225 | January 2023 |
| 1,260 | January 2025 |
"""


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        (CAPTION, "429.3", 429_300, "tonne"),
        (CAPTION, "5,030.0", 5_030_000, "tonne"),
        (CORNER, "1,223", 1_223_000_000, "USD"),
        (CORNER, "359", 359_000_000, "USD"),
        (ONE_COLUMN, "21.9", 21_900_000, "CGT"),
        (NOTED, "412", 412_000, "EUR"),
        (FIRST, "1,260", 1_260, "CHF"),
    ],
)
def test_cells_take_scale_and_unit_from_around_the_table(text: str, quote: str, value: float, unit: str) -> None:
    claim = cells(text)[quote]
    assert (claim.value, claim.unit) == (value, unit)


def test_a_unit_that_one_heading_names_is_that_columns_alone() -> None:
    assert cells(ONE_COLUMN)["742"].value == 742


def test_the_scale_itself_is_no_figure() -> None:
    assert not [quote for quote in cells(CAPTION) if "000 " in quote or quote == "000"]
