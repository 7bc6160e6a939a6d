"""The small rooms of the report: marks, axis, plot, sums, names."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import BEFORE, YEAR, article, claim

from extractor.model import Article, Claim
from service.report.axis import axis
from service.report.claims import article_title
from service.report.evidence import paragraphs, passages, segments
from service.report.forest import MOST_ROWS, NARROW, WIDE, Row, picture, plottable, row_of
from service.report.names import figures, product_notes, topic
from service.report.safety import visible
from service.report.sums import written_out


def made(**fields: Any) -> Claim:
    """A claim without a text."""
    base = {"id": repr(sorted(fields.items())), "article": "a", "quote": "q", "start": 0, "end": 1, "value": 1.0}
    return Claim.model_validate({**base, **fields})


def test_the_heading_of_a_markdown_article_is_its_title_without_the_marks() -> None:
    assert (
        article_title(Article(id="a", text="# Ferries carry more lorries\n\nIt rose 5%."))
        == "Ferries carry more lorries"
    )


# Marks ---------------------------------------------------------------------------------------------------------------

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 70), st.integers(1, 20)), max_size=8)


@given(TEXTS, SPANS, st.integers(0, 40), st.integers(0, 70))
def test_segments_join_to_the_text_and_never_overlap(
    text: str, spans: list[tuple[int, int]], start: int, end: int
) -> None:
    claims = [made(start=first, end=first + length) for first, length in spans]
    pieces = segments(text, claims, start=start, end=end)
    assert "".join(piece.text for piece in pieces) == text[start:end]
    marked = [one.id for piece in pieces for one in piece.claims]
    assert len(marked) == len(set(marked)) or len(claims) != len({one.id for one in claims})


def test_offsets_count_code_points() -> None:
    text = "𝔘n 🚗🚗 sold 5 cars"
    start = text.index("5")
    assert [piece.text for piece in segments(text, [made(start=start, end=start + 1)])] == [
        "𝔘n 🚗🚗 sold ",
        "5",
        " cars",
    ]


def test_paragraphs_part_at_line_breaks_but_not_in_a_figure() -> None:
    text = "Head\n\nSold 5\nmillion.\r\nEnd"
    pieces = segments(text, [made(start=11, end=20)])
    lines = ["".join(piece.text for piece in one) for one in paragraphs(pieces)]
    assert lines == ["Head", "Sold 5\nmillion.", "End"]


def test_claims_of_one_sentence_share_a_passage() -> None:
    one = article("a", "Intro.\nSold 5 cars and 7 trucks.\nEnd.")
    claims = [claim(one, "7", value=7), claim(one, "5", value=5)]
    (passage,) = passages(one, claims)
    assert "".join(piece.text for piece in passage.segments) == "Sold 5 cars and 7 trucks."
    assert [each.quote for each in passage.claims] == ["5", "7"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It **sold 5 cars** in May.", "It sold 5 cars in May."),
        ("## Sold 5 cars", "Sold 5 cars"),
        ("Sold 5 cars, the #1 * of all.", "Sold 5 cars, the #1 * of all."),
    ],
)
def test_evidence_shows_no_marks_of_markdown(text: str, shown: str) -> None:
    one = article("a", text)
    (passage,) = passages(one, [claim(one, "5", value=5)])
    assert "".join(piece.text for piece in passage.segments) == shown


@pytest.mark.parametrize("sentence", [None, {"start": 900, "end": 950}, {"start": 0, "end": 5000}])
def test_a_sentence_that_cannot_be_shown_becomes_a_window(sentence: dict[str, int] | None) -> None:
    one = Article(id="a", text="x " * 1000 + "sold 5 cars" + " y" * 2000)
    (passage,) = passages(one, [made(start=2005, end=2006, sentence=sentence)])
    shown = "".join(piece.text for piece in passage.segments)
    assert "sold 5 cars" in shown
    assert len(shown) < 400
    assert passage.cut_before
    assert passage.cut_after


@given(st.text())
def test_visible_text_can_be_written_and_hides_nothing(text: str) -> None:
    shown = visible(text)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x1b\r")


# Axis and plot -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "unit", "labels", "counts"),
    [
        ([4.905e6, 5.265e6], "count", ["4.9", "5.0", "5.1", "5.2"], "million"),
        ([0, 840000], "count", ["0", "200,000", "400,000", "600,000", "800,000"], ""),
        ([67.4e6, 1.03e9], "tonne", ["0", "0.2", "0.4", "0.6", "0.8", "1.0"], "billion tonnes"),
        ([101.5e9, 118e9], "USD", ["$105", "$110", "$115"], "billion"),
        ([-2.6, 8.7], "percent", ["−2.5%", "0%", "2.5%", "5.0%", "7.5%"], ""),
        ([3, 3], "times", ["2.8", "3.0", "3.2"], "times"),
    ],
)
def test_axis_has_round_ticks_in_one_scale(values: list[float], unit: str, labels: list[str], counts: str) -> None:
    scale = axis(values, unit)
    assert [tick.label for tick in scale.ticks] == labels
    assert scale.counts == counts


@given(st.lists(st.floats(min_value=-1e300, max_value=1e300), min_size=1, max_size=5))
def test_axis_holds_its_values_in_order(values: list[float]) -> None:
    scale = axis(values, "count")
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert 1 <= len(scale.ticks) <= 9
    places = [scale.place(value, 0, 100) for value in sorted(values)]
    assert all(before <= after for before, after in itertools.pairwise([0, *places, 100]))


def rows(*intervals: tuple[float | None, float, float | None]) -> list[Row]:
    return [Row("who", "what", str(value), "", "actual", value, low, high) for low, value, high in intervals]


def test_open_ends_reach_the_edge_of_the_plot() -> None:
    drawn = picture(rows((None, 5.0, 5.0), (4.0, 4.0, None), (1.0, 2.0, 3.0)), "count", WIDE)
    first, second, third = drawn.rows
    assert (first.open_left, first.left) == (True, drawn.plot_left)
    assert (second.open_right, second.right) == (True, drawn.plot_right)
    assert not third.open_left
    assert drawn.plot_left < third.left < third.value < third.right < drawn.plot_right


def test_a_plot_is_cut_after_its_most_rows() -> None:
    drawn = picture(rows(*[(None, float(number), None) for number in range(100)]), "count", NARROW)
    assert len(drawn.rows) == MOST_ROWS
    assert drawn.hidden == 100 - MOST_ROWS


def test_one_axis_holds_one_unit_and_no_changes_among_levels() -> None:
    levels = [made(value=1.0), made(value=2.0, unit="vehicle")]
    others = [made(value=5.0, unit="percent", kind="growth"), made(value=3.0, unit="USD"), made(value=float("inf"))]
    assert plottable([*others, *levels]) == levels


def test_a_claim_from_elsewhere_without_bounds_gets_those_of_its_digits() -> None:
    row = row_of(made(value=4.91e6, quote="4.91 million"), label="", scope="")
    assert (row.low, row.high, row.interval) == (4.905e6, 4.915e6, "4.905 to 4.915 million")


# Sums ----------------------------------------------------------------------------------------------------------------

GROWTH = {"kind": "growth", "unit": "percent"}
EARLIER = {"start": "2022-01-01", "end": "2023-01-01"}


@pytest.mark.parametrize(
    ("claims", "line"),
    [
        ([{"value": 545, **GROWTH}, {"value": 840000}], "840,000 ÷ (1 + 545%) = 130,200"),
        ([{"value": -2.6, **GROWTH}, {"value": 1.9e6}], "1.9 million ÷ (1 − 2.6%) = 1.951 million"),
        (
            [{"value": 20, **GROWTH}, {"value": 1e6, "period": EARLIER}, {"value": 1.3e6, "period": YEAR}],
            "1.3 million ÷ (1 + 20%) = 1.083 million; stated: 1 million",
        ),
        (
            [{"value": -20, **GROWTH}, {"value": 1e6}, {"value": 1.2e6}],
            "1 million ÷ (1 − 20%) = 1.25 million; stated: 1.2 million",
        ),
        (
            [{"value": 1e6, "kind": "difference", "modifier": "nearly"}, {"value": 5.26e6}, {"value": 4.3e6}],
            "5.26 million − 4.3 million = 960,000; stated: nearly 1 million",
        ),
        (
            [{"value": 25, "kind": "share", "unit": "percent"}, {"value": 1e6}, {"value": 240000}],
            "240,000 ÷ 1 million = 24%; stated: 25%",
        ),
        ([{"value": 2, "kind": "multiple"}, {"value": 50}, {"value": 110}], "110 ÷ 50 = 2.2; stated: 2 times"),
        ([{"value": 4.91e6}, {"value": 4.76e6}], "4.91 million − 4.76 million = 150,000"),
        ([{"value": 4.91e6}, {"value": 4.76e6, "unit": "USD"}], ""),
        ([{"value": 402}, {"value": 421}, {"value": 425}, {"value": 1250}], "402 + 421 + 425 = 1,248; stated: 1,250"),
        ([{"value": 1}, {"value": 5}, {"value": 3}], ""),
        ([{"value": 1, **GROWTH}, {"value": 2, **GROWTH}], ""),
        ([], ""),
    ],
)
def test_written_out(claims: list[dict[str, Any]], line: str) -> None:
    assert written_out([made(**fields) for fields in claims]) == line


# Names ---------------------------------------------------------------------------------------------------------------

EXPORTS = {"indicator": {"id": "exports"}, "area": {"id": "CN"}, "period": YEAR}
ELEVEN = {"start": "2023-01-01", "end": "2023-12-01"}


@pytest.mark.parametrize(
    ("claims", "headline"),
    [
        ([EXPORTS], "China’s exports in 2023"),
        ([{**EXPORTS, "product": {"id": "car"}}], "China’s exports of cars in 2023"),
        ([{**EXPORTS, "product": {"id": "steel"}, "unit": "percent"}], "China’s exports of steel in 2023"),
        (
            [{**EXPORTS, "product": {"id": "car"}}, {**EXPORTS, "product": {"id": "vehicle"}}],
            "China’s exports of cars / vehicles in 2023",
        ),
        (
            [{**EXPORTS, "counterpart": {"id": "RU"}, "period": ELEVEN}],
            "China’s exports to Russia in the first 11 months of 2023",
        ),
        ([EXPORTS, {**EXPORTS, "period": ELEVEN}], "China’s exports, 2023 / Jan–Nov 2023"),
        ([EXPORTS, {**EXPORTS, "area": {"id": "JP"}}], "China / Japan: exports in 2023"),
        ([{**EXPORTS, **GROWTH, "base_period": BEFORE}], "growth of China’s exports in 2023"),
        ([{**EXPORTS, "period": {"start": "2023-03-23", "end": "2023-03-24"}}], "China’s exports on 23 March 2023"),
        ([{**EXPORTS, "period": {"text": "ever"}}], "China’s exports, ever"),
        ([{"indicator": {"id": "market_share"}, "area": {"id": "BYD"}, "kind": "share"}], "BYD’s market share"),
        (
            [{"indicator": {"id": "prison_population"}, "product": {"id": "prisoner"}, "area": {"id": "KE"}}],
            "Kenya’s prison population",
        ),
        (
            [{"indicator": {"id": "x", "text": "demonstrators"}, "product": {"id": "protester"}}],
            "demonstrators",
        ),
        ([{}], "a figure"),
    ],
)
def test_topic(claims: list[dict[str, Any]], headline: str) -> None:
    assert topic([made(**fields) for fields in claims]) == headline


def test_a_range_is_told_by_its_ends() -> None:
    assert (
        figures([made(quote="between 3.9 and 4.1 million", value=4e6, low=3.9e6, high=4.1e6)]) == "3.9 to 4.1 million"
    )
    assert figures([made(quote="2–3%", value=2.5, low=2, high=3, unit="percent", kind="share")]) == "2% to 3%"


def test_many_alternatives_are_counted() -> None:
    claims = [made(value=float(value)) for value in range(1, 6)]
    assert figures(claims[:3]) == "1, 2 or 3"
    assert figures(claims) == "1, 2 or 3 other figures"


def test_the_taxonomy_tells_how_products_relate() -> None:
    notes = product_notes([made(product={"id": "car"}), made(product={"id": "vehicle"})])
    assert notes[0].startswith("cars: a loose word, which may mean passenger cars or vehicles; part of vehicles")
    assert product_notes([made(product={"id": "no such thing"})]) == []
    assert product_notes([made(product={"id": "cod"}), made(product={"id": "beer"})]) == [
        "beer: part of alcohol; HS code 2203",
        "cod: part of fish",
    ]
