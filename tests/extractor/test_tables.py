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


def cells(text: str) -> dict[str, Claim]:
    return {claim.quote: claim for claim in extract(Article(id="t", text=text, published="2024-05-15"))}


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


def test_prose_with_a_bar_is_no_table() -> None:
    assert cells("Exports rose 5% | our correspondent writes\n\nThe end.")["5%"].kind == "growth"
