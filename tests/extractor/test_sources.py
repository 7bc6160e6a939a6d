"""Who gave each figure: a text in, the source of each of its figures out.

The texts stand in two tables: `who_said.toml`, by construction, and `attributions.toml`, by subject.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from attribution_cases import Figure, cases
from reading import read

from extractor import Article, mentions
from extractor.mentions import Attribution
from extractor.parsing import model
from extractor.pipeline import documents
from extractor.sentences import mark_sentences, sentence_spans
from extractor.sources import has_cue
from extractor.sources.attribution.any_number import sources_at
from extractor.sources.attribution.quotations import find_quotations
from extractor.sources.cues import cue_words, inflections
from extractor.sources.parties.unparsed_bodies import body_before, opening_body, spelt_out
from extractor.syntax import paragraph_starts
from extractor.tokens import read as plain


def by_construction() -> list[Any]:
    """The rows of `who_said.toml` as parameters: the text, and what is expected of each figure."""
    table = tomllib.loads((Path(__file__).parent / "who_said.toml").read_text(encoding="utf-8"))["case"]
    return [
        pytest.param(
            row["text"],
            row["figures"],
            id=f"{row['construction']}: {row.get('name') or row['text'][:50]}".split("\n")[0],
        )
        for row in table
    ]


def attributed(text: str, quote: str) -> list[str]:
    """A quote with its source's id and kind, and the relays: as a row of the table has it."""
    (doc,) = documents([Article(id="t", text=text, published=dt.date(2024, 5, 15))])
    start = text.index(quote)
    found = next(
        attribution
        for quantity, attribution in zip(mentions.quantities(doc), mentions.attributions(doc), strict=True)
        if quantity.start < start + len(quote) and quantity.end > start
    )
    relays = "; ".join(identity for identity, _ in found.via)
    return [quote, *([found.id, found.kind] if found.id else []), *([relays] if relays else [])]


@pytest.mark.parametrize(("text", "figures"), by_construction())
def test_who_gave_each_figure(text: str, figures: list[list[str]]) -> None:
    assert [attributed(text, figure[0]) for figure in figures] == figures


@pytest.mark.parametrize("name", ["000_228226f78baa6fe3", "001_640521042949933e", "003_a74725f312195958"])
def test_the_sources_of_the_seeds_are_right(name: str, shared: Path) -> None:
    text = (shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
    claims = json.loads((shared / "seeds" / "gold" / f"{name}.json").read_text(encoding="utf-8"))["claims"]
    required = [claim for claim in claims if not claim.get("optional")]
    found = mentions.attributions(read(text, *((claim["start"], claim["end"]) for claim in required)))
    right = [_accepts(claim["source"] or [None], one) for claim, one in zip(required, found, strict=True)]
    assert sum(right) >= 0.92 * len(right)


def _accepts(answers: list[str | None], found: Attribution) -> bool:
    if not found.id:
        return None in answers
    return any(answer is not None and answer.lower() in (found.id, found.text.lower()) for answer in answers)


@pytest.mark.parametrize(("text", "figures"), cases("source"))
def test_attributions_on_many_subjects(text: str, figures: list[Figure]) -> None:
    found = mentions.attributions(read(text, *(figure.quote for figure in figures)))
    for figure, one in zip(figures, found, strict=True):
        assert {one.id, one.text.lower()} & figure.sources or (not one.id and "" in figure.sources), figure
        if one.id:
            assert one.kind in figure.kinds, figure
            assert figure.relays in (None, ";".join(text.lower() for _, text in one.via)), figure


@pytest.mark.parametrize(
    "text",
    [
        "By its own tally, its spokesman counted 400 members.",
        " ".join(["The mill closed.", *["Its price rose."] * 300, "Its members sold 900 tonnes, by its own count."]),
        "\n".join(['"We sold 300 boats, and then a few more."', *['"And then we sold many more of them."'] * 300]),
        f"The {'spokesman for the ' * 80}mill said 300 left.",
    ],
)
def test_who_is_meant_is_looked_for_within_bounds(text: str) -> None:
    (doc,) = documents([Article(id="t", text=text)])
    assert len(mentions.attributions(doc)) == len(mentions.quantities(doc)) > 0


def test_the_cue_and_its_place_are_told() -> None:
    text = "Wine exports slipped to 310,000 cases, customs data showed."
    (found,) = mentions.attributions(read(text, "310,000"))
    assert (found.cue, text[found.cue_start :]) == ("data showed", "showed.")


def test_the_text_is_that_of_the_article_without_its_determiner() -> None:
    (found,) = mentions.attributions(read("The Lending Council said 400 loans failed.", "400"))
    assert found.text == "Lending Council"


def test_a_borrowed_source_is_marked() -> None:
    doc = read("The union said 300 mills closed. Some 600 are left.", "300", "600")
    assert [found.borrowed for found in mentions.attributions(doc)] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board said so.", True),
        ("A poll of bakers followed.", True),
        ("He told Radio Norda:", True),
        ("The mill burned down in May.", False),
    ],
)
def test_has_cue(text: str, expected: bool) -> None:
    assert has_cue(text) is expected


def test_every_form_of_every_verb_of_saying_is_a_cue() -> None:
    for verb, kind in cue_words().verbs.items():
        if kind in ("say", "show", "cite", "estimate"):
            assert has_cue(f"they {verb} it"), verb


@pytest.mark.parametrize(
    ("verb", "form"), [("deny", "denied"), ("warn", "warning"), ("note", "noted"), ("stress", "stresses")]
)
def test_inflections(verb: str, form: str) -> None:
    assert form in set(inflections(verb))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
        ('"One," he said.', ['"One,"']),
        ("“One goes on.\n\n“Two ends.” Three.", ["“One goes on.\n\n", "“Two ends.”"]),
        ("No marks at all.", []),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    cut = model().make_doc(text)
    mark_sentences(cut, sentence_spans(text))
    doc = plain(cut)
    found = find_quotations(doc, paragraph_starts(doc))
    assert [doc.span(one.first, one.last).text.strip(" ") for one in found] == quoted


UNREAD = "The Harbour Workers' League (HWL) met. In May the Ministry of Salt spoke. Corvan Motors sold a foundry."


@pytest.mark.parametrize(
    ("head", "found"),
    [("", "corvan motors"), ("league", "harbour workers' league"), ("council", None)],
)
def test_bodies_are_found_by_their_capitals(head: str, found: str | None) -> None:
    body = body_before(UNREAD, len(UNREAD), head)
    assert (body.id if body else None) == found


def test_the_body_that_a_sentence_opens_with() -> None:
    body = opening_body(UNREAD, 0, 40)
    assert body is not None
    assert (body.text, body.kind) == ("Harbour Workers' League", "association")


@pytest.mark.parametrize(("acronym", "found"), [("HWL", "harbour workers' league"), ("WHO", None), ("it", None)])
def test_acronyms_are_spelt_out(acronym: str, found: str | None) -> None:
    body = spelt_out(UNREAD, acronym)
    assert (body.id if body else None) == found


def test_a_number_that_is_no_claim_has_a_source_too() -> None:
    text = "The Lending Council said that the three of them had met. Nobody saw the other two."
    spans = [(text.index(word), text.index(word) + len(word)) for word in ("three", "two")]
    first, second = sources_at(text, spans)
    assert (first.id, first.cue, second.borrowed) == ("lending council", "said", True)
