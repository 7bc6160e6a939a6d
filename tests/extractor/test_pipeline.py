"""The pipeline as users meet it: two functions, and components for a spaCy pipeline of their own."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extractor import Article, extract, extract_many
from extractor.errors import InputError
from extractor.parsing import MODELS
from extractor.pipeline import AFTER_PARSING, BEFORE_PARSING, LONGEST

TEXT = (
    "Exports of Chinese cars rose 5% to 2.1 million units in 2023, customs data showed.\n\n"
    "Nobody was surprised.\n\nOf these, 700,000 went to Russia."
)


def own_pipeline() -> Language:
    nlp = spacy.load(MODELS[-1], exclude=["ner"])
    nlp.add_pipe("claimgraph")
    return nlp


def test_a_text_gives_its_claims_in_order() -> None:
    assert [claim.quote for claim in extract(TEXT)] == ["5%", "2.1 million", "700,000"]


def test_every_quote_is_the_text_at_its_offsets() -> None:
    assert all(TEXT[claim.start : claim.end] == claim.quote for claim in extract(TEXT))


def test_claims_come_as_a_stream_over_any_iterable() -> None:
    read: list[str] = []

    def articles() -> object:
        for number in range(5):
            read.append(str(number))
            yield Article(id=str(number), text=TEXT)

    stream = extract_many(articles(), batch_size=2)  # type: ignore[arg-type]
    assert next(stream).article == "0"
    assert read == ["0", "1"]


def test_batches_change_nothing() -> None:
    articles = [Article(id=str(number), text=TEXT * (number + 1)) for number in range(4)]
    alone = [claim for article in articles for claim in extract(article)]
    assert list(extract_many(articles, batch_size=3)) == alone


def test_ids_are_stable_and_differ() -> None:
    first, again = extract(TEXT), extract(TEXT)
    assert [claim.id for claim in first] == [claim.id for claim in again]
    assert len({claim.id for claim in first}) == len(first)


def test_a_failing_article_is_handed_over_and_the_others_go_on(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from extractor import pipeline

    assemble = vars(pipeline)["assemble"]

    def fails_on_bad(doc: Doc, article: Article) -> object:
        if article.id == "bad":
            raise ValueError("made to fail")
        return assemble(doc, article)

    monkeypatch.setattr(pipeline, "assemble", fails_on_bad)
    failed: list[str] = []
    articles = [Article(id=name, text=TEXT) for name in ("one", "bad", "two")]
    claims = list(extract_many(articles, on_error=lambda article, error: failed.append(f"{article.id}: {error}")))
    assert {claim.article for claim in claims} == {"one", "two"}
    assert failed == ["bad: made to fail"]


def test_the_component_puts_claims_on_the_documents_of_any_pipeline() -> None:
    doc = own_pipeline()(TEXT)
    assert [claim["quote"] for claim in doc._.claims] == ["5%", "2.1 million", "700,000"]
    assert doc._.claims[1]["area"]["id"] == "CN"


def test_claims_survive_bytes() -> None:
    nlp = own_pipeline()
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.claims == doc._.claims


def test_single_components_fit_together() -> None:
    nlp = spacy.load(MODELS[-1], exclude=["ner"])
    for name in (*BEFORE_PARSING, *AFTER_PARSING, "claimgraph_claims"):
        nlp.add_pipe(name)
    problems = (nlp.analyze_pipes() or {})["problems"]
    assert not any(problems[name] for name in problems if name.startswith("claimgraph"))
    assert [claim["quote"] for claim in nlp(TEXT)._.claims] == ["5%", "2.1 million", "700,000"]


def test_a_text_without_figures_has_no_claims() -> None:
    assert extract("Nobody came. It rained.") == []
    assert extract("") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    assert all(text[claim.start : claim.end] == claim.quote for claim in extract(text))


_PIECES = st.sampled_from(
    ["Exports", "rose", "5%", "to", "2.1 million", "cars", ",", "up from", "$3bn", "in 2023", "said", "China's", "(",
     ")", "“", "”", "of which", "half", "\n", "\n\n", ".", "by", "a third", "which", "and", "followed by", "with",
     "3-5%", "|", "- "]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(_PIECES, max_size=40))
def test_no_jumble_of_news_words_breaks_it(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert all(text[claim.start : claim.end] == claim.quote for claim in extract(text))


def test_a_text_too_long_for_an_article_is_refused_in_plain_words_and_the_others_go_on() -> None:
    failed: list[str] = []
    articles = [Article(id="archive", text="a " * (LONGEST // 2 + 1)), Article(id="short", text="Exports rose 5%.")]
    claims = list(extract_many(articles, on_error=lambda article, error: failed.append(str(error))))
    assert failed == ["archive: 1,000,002 characters, and at most 1,000,000 are read as one article: cut it up"]
    assert [claim.article for claim in claims] == ["short"]
    with pytest.raises(InputError, match="archive"):
        list(extract_many(articles))
