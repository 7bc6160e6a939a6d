"""Where sentences end."""

from __future__ import annotations

import itertools

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.sentences import mark_sentences, sentence_spans, unwrapped

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
    whole = unwrapped(text)
    assert len(whole) == len(text)
    assert len(sentence_spans(text)) == len(sentence_spans(whole)) == 2


WRAPPED = """Port of Velden sets a record

VELDEN, May 3 - The port of Velden handled 412,000 tonnes of grain in
April, the most since 2019, the Inland Waterways and Harbour
Authority said on Friday. Exports of barley rose 14 percent to 96,000
tonnes. Wheat was flat. Maize fell by a tenth, as growers kept what
they had for the mills of the Upper Sarn.

Tonnes by cargo
- Wheat 250,000
- Barley 96,000
"""


def test_names_and_figures_over_a_break_are_read_whole_and_paragraphs_and_lists_stay() -> None:
    lines = unwrapped(WRAPPED).split("\n")
    assert [line for line in lines if line] == [
        "Port of Velden sets a record",
        " ".join(WRAPPED.split("\n")[2:7]),
        "Tonnes by cargo",
        "- Wheat 250,000",
        "- Barley 96,000",
    ]


def test_a_line_that_breaks_off_goes_on_in_the_next() -> None:
    text = (
        "Excluding fees, the profit of Corvan rose by a third to $39.9 million from $29.6\nmillion a year before.\nNext"
    )
    assert unwrapped(text).split("\n") == [text[:-5].replace("\n", " "), "Next"]


@given(st.text(alphabet="ab .,\n", max_size=900))
def test_unwrapping_keeps_every_offset_and_is_done_once(text: str) -> None:
    whole = unwrapped(text)
    assert len(whole) == len(text)
    assert all(old == new or (old, new) == ("\n", " ") for old, new in zip(text, whole, strict=True))


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
