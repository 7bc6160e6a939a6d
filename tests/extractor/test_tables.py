"""Figures in tables: the row's label, the column's heading, and what stands before the table."""

from __future__ import annotations

import pytest

from extractor import Article, Claim, extract

VENDORS = """Smartphone shipments by vendor, first quarter of 2024.

| Vendor | Shipments (million) | Market share | Annual growth |
|---|---|---|---|
| Norvane | 53.5 | 18.5% | 1% |
| Lumo | 42.3 | 14.6% | -27% |
"""
YEARS = """Wheat exports of Maravia

Year\tTonnes ('000)
2022\t310
2023\t295
"""
SPANNING = """The ministry published the exports on 12 May 2024.

| Vehicle exports (thousand) |  |  |  |  |
|---|---|---|---|---|
| Country | 2022 |  | 2023 |  |
|  | Cars | Trucks | Cars | Trucks |
| Japan | 3,400 | 410 | 3,975 | 447 |
| Germany | 2,600 | 210 | 3,100 | 220 |
| Total | 6,000 | 620 | 7,075 | 667 |

Source: Trade ministry
"""
TRANSPOSED = """Results of Quillon, which makes vans.

|  | Q1 2023 | Q1 2024 |
|---|---|---|
| Revenue (EUR million) | 412 | 455 |
| Margin, % | 8.1 | 9.4 |
"""
CAPTIONED = """| Oil output (thousand barrels a day) |  |  |
|---|---|---|
| Country | March | April |
| Iraq | 4,194 | 4,180 |
| Kuwait | 2,427 | 2,432 |
"""


def cells(text: str) -> dict[str, Claim]:
    return {claim.quote: claim for claim in extract(Article(id="t", text=text, published="2024-05-15"))}


def words(claim: Claim, slot: str) -> str | None:
    found = getattr(claim, slot)
    return found.id if found is not None else None


@pytest.mark.parametrize(
    ("quote", "kind", "value", "area"),
    [
        ("53.5", "level", 53_500_000, "norvane"),
        ("18.5%", "share", 18.5, "norvane"),
        ("1%", "growth", 1, "norvane"),
        ("42.3", "level", 42_300_000, "lumo"),
    ],
)
def test_rows_name_owners_and_headings_name_kind_and_scale(quote: str, kind: str, value: float, area: str) -> None:
    claim = cells(VENDORS)[quote]
    assert (claim.kind, claim.value, claim.area and claim.area.id) == (kind, value, area)


def test_a_minus_before_a_growth_is_read() -> None:
    claim = next(claim for quote, claim in cells(VENDORS).items() if "27%" in quote)
    assert claim.value == -27


def test_rows_may_be_periods() -> None:
    claim = cells(YEARS)["295"]
    assert claim.value == 295_000
    assert claim.period is not None
    assert claim.period.start is not None
    assert claim.period.start.year == 2023


@pytest.mark.parametrize(
    ("quote", "value", "area", "product", "year"),
    [
        ("3,400", 3_400_000, "JP", "car", 2022),
        ("447", 447_000, "JP", "truck", 2023),
        ("3,100", 3_100_000, "DE", "car", 2023),
        ("620", 620_000, None, "truck", 2022),
    ],
)
def test_a_heading_may_span_columns(quote: str, value: float, area: str | None, product: str, year: int) -> None:
    claim = cells(SPANNING)[quote]
    assert (claim.value, words(claim, "area"), words(claim, "product")) == (value, area, product)
    assert claim.period is not None
    assert claim.period.start is not None
    assert claim.period.start.year == year


def test_the_credit_below_a_table_gives_its_source() -> None:
    source = cells(SPANNING)["3,975"].source
    assert source is not None
    assert source.text == "Trade ministry"


@pytest.mark.parametrize(
    ("quote", "kind", "value", "unit", "start"),
    [
        ("412", "level", 412_000_000, "EUR", "2023-01-01"),
        ("455", "level", 455_000_000, "EUR", "2024-01-01"),
        ("9.4", "share", 9.4, "percent", "2024-01-01"),
    ],
)
def test_where_columns_are_periods_the_labels_tell_the_unit(
    quote: str, kind: str, value: float, unit: str, start: str
) -> None:
    claim = cells(TRANSPOSED)[quote]
    assert (claim.kind, claim.value, claim.unit) == (kind, value, unit)
    assert claim.period is not None
    assert str(claim.period.start) == start


def test_a_caption_gives_scale_and_unit_to_all() -> None:
    claim = cells(CAPTIONED)["4,180"]
    assert (claim.value, claim.unit, words(claim, "area")) == (4_180_000, "barrel per day", "IQ")


def test_prose_with_a_bar_is_no_table() -> None:
    assert cells("Exports rose 5% | our correspondent writes\n\nThe end.")["5%"].kind == "growth"
