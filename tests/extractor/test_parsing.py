"""The text as tokens, which of its sentences are parsed, and the model that is loaded anew before it grows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English

from extractor import Article, extract_many
from extractor.parsing import cut, model, parser, renew_model
from extractor.pipeline import documents
from extractor.syntax import is_parsed

TEXTS = [
    "Don't ask: exports of the U.S. firm's cars rose 5% to 2.1 million units in 2023, (customs) data showed.",
    "The ministry said output fell 3%.\n\nNobody was there.",
]


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A model that is too large as soon as it is loaded."""
    monkeypatch.setattr(parser, "_MOST_STRINGS", 0)
    yield
    monkeypatch.undo()
    renew_model()


@given(st.lists(st.sampled_from(["don't", "U.S.", "5%,", "(cars)", "e-mail", "x" * 50, "10-year", "\n\n", "end."])))
@settings(deadline=None, max_examples=25)
def test_a_text_is_cut_as_if_no_word_had_been_met_before(words: list[str]) -> None:
    text = " ".join(words)
    doc = cut(text)
    assert [token.text_with_ws for token in doc] == [token.text_with_ws for token in English().tokenizer(text)]
    assert doc.text == text


@pytest.mark.parametrize("signs", ["()" * 300, "'" * 900, '"[' * 150 + "…" * 80, "-" * 250])
def test_many_signs_in_a_row_are_one_token_and_the_text_stays_what_it_was(signs: str) -> None:
    text = f"Output rose 5% {signs} to\n2 million."
    doc = cut(text)
    assert doc.text == text
    assert [token.text for token in doc if token.text in signs] == [signs]
    assert [claim.value for claim in extract_many([Article(id="a", text=text)])] == [5, 2_000_000]


def test_a_sentence_without_end_lends_its_claims_the_words_near_them() -> None:
    text = "Output: " + ", ".join(f"a mill made {number} tonnes of steel" for number in range(100, 500))
    claims = list(extract_many([Article(id="a", text=f"{text}.")]))
    assert len(claims) == 400
    assert max(len(claim.context) for claim in claims) < 4_500
    assert all(f"{claim.quote} tonnes" in claim.context for claim in claims)


def parsed_sentences(text: str) -> list[str]:
    (doc,) = documents([Article(id="a", text=text)])
    return [sentence.text.strip() for sentence in doc.sents if is_parsed(sentence[0])]


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        pytest.param("Sales rose 5%. It rained.", ["Sales rose 5%."], id="with a figure"),
        pytest.param("The firm said so. Sales rose 5%.", ["The firm said so.", "Sales rose 5%."], id="who speaks"),
        pytest.param(
            "The firm said so.\n\nSales rose 5%.", ["The firm said so.", "Sales rose 5%."], id="in the paragraph before"
        ),
        pytest.param("Sales rose 5%.\n\nThe firm said so.", ["Sales rose 5%."], id="not in the paragraph after"),
        pytest.param("The firm said so.\n\nIt rained.\n\nSales rose 5%.", ["Sales rose 5%."], id="nor further off"),
        pytest.param("The firm said that it rained.", [], id="no figure, nothing"),
    ],
)
def test_sentences_with_figures_are_parsed_and_those_that_say_who_gives_them(text: str, parsed: list[str]) -> None:
    assert parsed_sentences(text) == parsed


def test_a_model_that_is_loaded_anew_finds_the_same(monkeypatch: pytest.MonkeyPatch, small_model: None) -> None:
    articles = [Article(id=str(number), text=text) for number, text in enumerate(TEXTS)]
    before = model()
    renewed = list(extract_many(articles, batch_size=1))
    assert model() is not before
    monkeypatch.setattr(parser, "_MOST_STRINGS", 10**9)
    kept = model()
    assert list(extract_many(articles, batch_size=1)) == renewed
    assert model() is kept


def test_what_is_remembered_of_a_models_words_goes_with_it(small_model: None) -> None:
    cut("Ungewohnlich words")
    assert "Ungewohnlich" in parser._met()
    renew_model()
    assert "Ungewohnlich" not in parser._met()
    assert "Ungewohnlich" not in model().vocab.strings
