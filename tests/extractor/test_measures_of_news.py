"""What is measured, and of what, over the subjects of the news: `measures_of_news.toml`, a sentence a row."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import pytest

from extractor import Claim, extract
from service.scoring.answers import answer

_TABLES = tomllib.loads(Path(__file__).with_suffix("").with_name("measures_of_news.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def _claims(text: str) -> tuple[Claim, ...]:
    return tuple(extract(text))


def _names(slot: object, words: str) -> bool:
    """Whether a slot's id or its words are these; "" for an empty slot, "*" for any."""
    if words == "*" or slot is None:
        return words in {"*", ""}
    concept: tuple[str, str] = (getattr(slot, "id"), getattr(slot, "text"))  # noqa: B009
    return answer(words) in {answer(each) for each in concept if each}


@pytest.mark.parametrize(("text", "quote", "indicator", "product"), _TABLES["alone"])
def test_a_sentence_says_what_its_figure_measures(text: str, quote: str, indicator: str, product: str) -> None:
    claim = next(claim for claim in _claims(text) if quote in claim.quote)
    assert _names(claim.indicator, indicator), claim.indicator
    assert _names(claim.product, product), claim.product


@pytest.mark.parametrize(("text", "quote", "indicator", "product"), _TABLES["together"])
def test_a_figure_takes_what_it_measures_from_those_around_it(
    text: str, quote: str, indicator: str, product: str
) -> None:
    claim = next(claim for claim in _claims(text) if quote in claim.quote)
    assert _names(claim.indicator, indicator), claim.indicator
    assert _names(claim.product, product), claim.product
