"""What is on the page but not in the article."""

from __future__ import annotations

import pytest

from extractor.furniture import furniture_spans

FURNITURE = [
    "Related: Exports Hit 5 Million in Record Year",
    "Jane Doe/Getty Images",
    "Editor's Note: Sign up for our newsletter, 3 times a week.",
    "View all comments",
    "Read more: 10 things to know",
    "© 2024 The Daily. All rights reserved.",
]
PROSE = [
    "Exports rose 5% to 2.1 million.",
    "The related company sold 3 million cars.",
    "Reuters reported that 300 people attended.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line: str) -> None:
    text = f"First paragraph.\n\n{line}\n\nLast paragraph."
    assert [text[start:end] for start, end in furniture_spans(text)] == [line]


@pytest.mark.parametrize("line", PROSE)
def test_prose_stays(line: str) -> None:
    assert furniture_spans(f"First paragraph.\n\n{line}\n\nLast paragraph.") == []


def test_a_caption_below_its_credit_is_furniture() -> None:
    text = "Jane Doe/Getty Images\nA worker checks one of 400 cars on May 10, 2023.\n\nExports rose 5%."
    assert [text[start:end] for start, end in furniture_spans(text)] == [
        "Jane Doe/Getty Images",
        "A worker checks one of 400 cars on May 10, 2023.",
    ]
