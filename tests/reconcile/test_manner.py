"""Signs from how two figures are told of: each is a word that linkage.toml weighs."""

from __future__ import annotations

import pytest
from figures import figure

from reconcile.claims.normalise import View, view
from reconcile.linkage.manner import Printed, joining_words, names_in, near_words, told_signs


def seen(quote: str, context: str, *, article: str = "one", start: int = 0, by: str | None = "union") -> View:
    return view(figure(quote, "production", by=by, article=article, at=start, context=context))


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("The union speaks of 2,100, but the firm of 1,800.", ["between: but", "between: of"]),
        ("It rose to 2,100 from 1,800.", ["between: from"]),
        ("It made 2,100. " + "Nobody knows how many it had made elsewhere. " * 6 + "It was 1,800.", []),
    ],
)
def test_small_words_between_two_figures_are_signs(passage: str, words: list[str]) -> None:
    first, second = seen("2,100", passage), seen("1,800", passage, start=30)
    assert sorted(joining_words(first, second)) == sorted(joining_words(second, first)) == words


def test_only_one_passage_joins_two_figures() -> None:
    passage = "The union speaks of 2,100, but the firm of 1,800."
    assert not list(joining_words(seen("2,100", passage), seen("1,800", passage, article="two")))


def test_what_only_one_of_two_figures_is_called_is_a_sign() -> None:
    plain, added = seen("1,800", "Mills made 1,800 in all."), seen("210", "A further 210 came later.", start=40)
    assert "one is added" in set(told_signs(plain, added))
    assert "one is added" not in set(told_signs(plain, plain))


def test_names_and_words_that_two_articles_share_are_counted() -> None:
    first = seen("1,800", "Last year Haki Watch found 1,800 inmates in Nairobi.")
    second = seen("2,100", "The wardens of Nairobi hold 2,100 inmates.", article="two")
    signs = near_words(first, second)
    assert signs["names shared"] == pytest.approx(0.693, abs=0.001)
    assert signs["near words"] > 0
    assert "names shared" not in near_words(first, first)
    assert names_in("Last year Haki Watch") == {"Haki", "Watch"}


def test_a_figure_that_the_other_article_prints_beside_its_own_is_a_sign() -> None:
    own, theirs = seen("619,400", "", article="docket"), seen("742,000", "", article="pwani", start=60)
    again = seen("619,400", "", article="pwani", start=20)
    signs = list(Printed([own, theirs, again]).signs(own, theirs))
    assert signs == ["printed again: beside", "printed again: beside and nowhere"]
    assert list(Printed([own, theirs]).signs(own, theirs)) == [
        "printed again: nowhere",
        "printed again: nowhere and nowhere",
    ]
