"""Lists and tables whose last row is their total."""

from __future__ import annotations

import pytest
from figures import figure

from extractor.model import Claim
from reconcile import reconcile
from reconcile.model import Finding

HARBOURS = [("Keelung", "1,240"), ("Taichung", "860"), ("Kaohsiung", "2,110")]


def listed(rows: list[tuple[str, str]], *, mark: str = "- {}: {}", gap: int = 1) -> list[Claim]:
    """The figures of a list, each row a sentence of its own."""
    claims, start = [], 400
    for label, quote in rows:
        row = mark.format(label, quote)
        claims.append(
            figure(
                quote,
                area=label,
                by="office",
                article="one",
                at=start + row.index(quote),
                sentence=(start, start + len(row)),
                context=row,
            )
        )
        start += len(row) + gap
    return claims


def sums(claims: list[Claim]) -> list[Finding]:
    """What is said of all figures of a list together."""
    return [finding for finding in reconcile(claims) if len(finding.claims) == len(claims)]


@pytest.mark.parametrize(
    ("label", "total", "relation"),
    [
        ("Total", "4,210", "arithmetic_agreement"),
        ("Total", "4,310", "arithmetic_conflict"),
        ("Grand total", "4,310", "arithmetic_conflict"),
        ("All three together", "4,310", "arithmetic_conflict"),
    ],
)
def test_rows_add_up_to_their_total_or_one_is_wrong(label: str, total: str, relation: str) -> None:
    for mark in ("- {}: {}", "| {} | {} |"):
        (finding,) = sums(listed([*HARBOURS, (label, total)], mark=mark))
        assert finding.relation == relation


def test_the_sentence_names_the_rows_and_their_sum() -> None:
    (finding,) = sums(listed([*HARBOURS, ("Total", "4,310")]))
    assert finding.explanation == (
        "The rows that the office gives for exports of cars in 2023 add up to about 4,210, and their total is given as "
        "4,310: the figures do not add up."
    )


@pytest.mark.parametrize("label", ["All others", "Hualien", "Totally new"])
def test_a_row_that_is_not_called_a_total_is_none(label: str) -> None:
    assert not sums(listed([*HARBOURS, (label, "4,310")]))


def test_a_list_with_a_row_that_was_not_read_says_nothing() -> None:
    claims = listed([*HARBOURS, ("Total", "4,310")])
    assert not [finding for finding in reconcile([*claims[:2], claims[3]]) if finding.is_flag]
