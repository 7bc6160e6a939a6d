"""The conflicts as Markdown and CSV: what the report says, with nothing that a viewer or a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from report_samples import HOSTILE, finding, hostile, revised, story

from reconcile.model import Review
from service.report.lists import CSV_COLUMNS, conflicts_csv, conflicts_markdown, plain
from service.report.safety import visible

markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed: it reads the Markdown")


def html_of(words: str) -> str:
    return str(markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(words))


def words_of(html: str) -> str:
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_table_has_one_row_a_conflict_with_both_sides() -> None:
    articles, claims, findings = story()
    (row,) = rows_of(conflicts_csv(articles, claims, findings))
    expected = {
        "relation": "apparent_conflict",
        "about": "China’s exports of cars / vehicles in 2023",
        "first_figure": "4.91 million",
        "first_source": "Ministry of Trade",
        "second_figure": "5.26 million",
        "second_status": "forecast",
        "second_published": "2024-01-09",
        "explained_by": "product; status",
        "implied": "Vehicles that are no cars: 340,000 to 360,000",
        "decision": "",
    }
    assert {name: row[name] for name in expected} == expected
    assert row["first_sentence"].startswith("Freedonia exported 4.91 million cars in 2023")
    assert list(row) == list(CSV_COLUMNS)


def test_the_table_says_what_was_ruled() -> None:
    articles, claims, findings = story()
    ruled = findings[0].model_copy(update={"review": Review(decision="explained", note="=1+1", by="Ann")})
    (row,) = rows_of(conflicts_csv(articles, claims, [ruled]))
    assert (row["decision"], row["note"], row["decided_by"]) == ("explained", "'=1+1", "Ann")


def test_no_cell_runs_as_a_formula() -> None:
    articles, claims, findings = hostile()
    evil = [one.model_copy(update={"explanation": f"=HYPERLINK({number})"}) for number, one in enumerate(findings)]
    for row in rows_of(conflicts_csv(articles, claims, evil)):
        assert [value for value in row.values() if re.match(r"[=+@\t]|-(?![\d.])", value)] == []


def test_the_markdown_says_what_the_report_says() -> None:
    articles, claims, findings = story()
    said = words_of(html_of(conflicts_markdown(articles, claims, findings)))
    for words in (
        "Conflict report 1 conflict in 2 articles; the widest:",
        "1. China’s exports of cars / vehicles in 2023: 4.91 million or 5.26 million?",
        "apparent conflict · severity high (0.72)",
        "Product (differs)",
        "Vehicle Association 5.26 million",
        "Freedonia exported 4.91 million cars in 2023",
        "— The Daily Plough, 19 January 2024",
        "One counts cars and the other vehicles (likely, 80%)",
        "The ministry's cars: 4.905 to 4.915 million",
        "Vehicles that are no cars: 340,000 to 360,000",
        "Source’s definition: what the figures cover is not on file",
    ):
        assert words in said


def test_sums_that_do_not_add_up_stand_at_the_end() -> None:
    articles, claims, _ = story()
    clash = finding("arithmetic_conflict", claims[1], claims[2], explanation="They do not add up.")
    said = words_of(html_of(conflicts_markdown(articles, claims, [clash])))
    assert re.search(r"Sums that do not add up .* 840,000 ÷ \(1 \+ 545%\) = 130,200 They do not add up\.", said)


def test_more_findings_on_one_figure_are_listed() -> None:
    said = words_of(html_of(conflicts_markdown(*revised())))
    assert "More findings on this figure revision: The ministry looked again. revision: And once more." in said


def test_hostile_words_stay_words() -> None:
    articles, claims, findings = hostile()
    written = conflicts_markdown(articles, claims, findings)
    html = html_of(written)
    assert set(re.findall(r"<(\w+)", html)) <= {
        "h1", "h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "ul", "li",
    }  # fmt: skip
    assert words_of(html_of(plain(HOSTILE))) == " ".join(visible(HOSTILE).split())


TEXTS = st.text(alphabet=st.sampled_from("ab1 9.)-+=*_`[]()<>|~#&$!\\:/\n'\"{}@w"), max_size=40)


@given(TEXTS)
@example("1)")
@example("300. x")
def test_plain_words_come_out_as_they_went_in(text: str) -> None:
    html = html_of(plain(text))
    assert re.sub(r"</?p>", "", html).strip().count("<") == 0
    assert words_of(html) == " ".join(text.split())


@given(TEXTS)
@example("1)")
@example("300. x")
def test_plain_words_stay_within_their_cell_and_item(text: str) -> None:
    table = html_of(f"| a | b |\n| --- | --- |\n| {plain(text)} | x |")
    assert table.count("<td>") == 2
    assert html_of(f"- {plain(text)}\n- x").count("<li>") == 2


def test_no_address_becomes_a_link() -> None:
    assert plain("see https://evil.example and www.evil.example") == "see https\\://evil.example and www\\.evil.example"
