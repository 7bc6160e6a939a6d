"""Where sentences end."""

from __future__ import annotations

import itertools

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.sentences import mark_sentences, sentence_spans

NLP = spacy.blank("en")

ROWS = [
    ("One. Two.", ["One.", "Two."]),
    ("Headline without a stop\nBody.", ["Headline without a stop", "Body."]),
    ("It cost $1.5 million. It rained.", ["It cost $1.5 million.", "It rained."]),
    ("Mr. Smith of Smith & Co. Ltd. sold 5 cars.", ["Mr. Smith of Smith & Co. Ltd. sold 5 cars."]),
    ("No. 2 was best.", ["No. 2 was best."]),
    ("Sales fell in the U.S. in May.", ["Sales fell in the U.S. in May."]),
    ("He left the U.S. She stayed.", ["He left the U.S.", "She stayed."]),
    ("J. D. Power said so. It did.", ["J. D. Power said so.", "It did."]),
    ("“It is done.” He left.", ["“It is done.”", "He left."]),
    ("Up? Down! Yes.", ["Up?", "Down!", "Yes."]),
    ("It rose on Jan. 5 by 3%. Good.", ["It rose on Jan. 5 by 3%.", "Good."]),
    ("- one\n- two\n\nThree", ["- one", "- two", "Three"]),
    ("LONDON, May 14, 2024 (Norda) - Trade fell.", ["LONDON, May 14, 2024 (Norda) -", "Trade fell."]),
    ("Velden, 3 June – Trade fell.", ["Velden, 3 June –", "Trade fell."]),
    ("OPEC - the club - cut output.", ["OPEC - the club - cut output."]),
    ("", []),
    (" \n ", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


def test_a_hard_wrapped_text_breaks_at_its_stops_only() -> None:
    line = "the quick brown fox jumps over the lazy dog and goes on to the next"
    text = "\n".join([f"So {line}"] + [line] * 6) + ".\nNext."
    assert len(sentence_spans(text)) == 2


@given(st.text(max_size=400))
def test_sentences_are_in_order_apart_and_trimmed(text: str) -> None:
    spans = sentence_spans(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@settings(deadline=None)
@given(st.text(max_size=200))
def test_marks_follow_the_spans(text: str) -> None:
    doc = NLP(text)
    spans = sentence_spans(text)
    mark_sentences(doc, spans)
    assert len(list(doc.sents)) <= max(len(spans), 1) + 1
