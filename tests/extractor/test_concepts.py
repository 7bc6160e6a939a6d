"""What a quantity is said of, in the way of the NewsQuant benchmark: a sentence in, words out."""

from __future__ import annotations

import pytest

from extractor import Article
from extractor.pipeline import documents
from extractor.quantities.newsquant import newsquant


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Rents rose 5%.", "Rents"),
        # A basis that the noun has, not the sum
        ("The price of silver per ounce is now at $31.", "price silver ounce"),
        ("Diesel averaged $4 per gallon.", "Diesel"),
        # What is made more or less stands behind the verb, with the figure as its object
        ("The strike added $40 million to the wage bill.", "wage bill"),
        # Right before a level
        ("The effect was seen with lead levels at 1,350 parts per million.", "lead levels"),
    ],
)
def test_what_a_quantity_is_said_of(text: str, concept: str) -> None:
    (doc,) = documents([Article(id="a", text=text)])
    assert [" ".join(row["concept"]) for row in newsquant(doc)] == [concept]
