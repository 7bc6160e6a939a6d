"""A figure is set against one of those that a voice tells apart, the likeliest."""

from __future__ import annotations

from typing import Any

import pytest
from figures import figure

from reconcile.claims.normalise import view
from reconcile.comparison.rivals import Contest, without_rivals


def contests(likely: float, **third: Any) -> list[Contest]:
    """One paper's figure against two of another's, of which the first is as likely as 0.6."""
    asked = view(figure("5.1 million", article="one", by="jama"))
    near = view(figure("4.9 million", article="two", by="caam"))
    far = view(figure(**{"quote": "4.6 million", "article": "two", "by": "caam", **third}))
    return [Contest(asked, near, 0.6, told=False), Contest(asked, far, likely, told=False)]


def test_of_two_figures_that_one_voice_tells_apart_the_likelier_stays() -> None:
    first, second = contests(0.5)
    assert without_rivals([first, second]) == [first]
    assert without_rivals([first, second._replace(told=True)]) == [second._replace(told=True)]


@pytest.mark.parametrize(
    "third",
    [{"by": "miit"}, {"article": "three"}, {"quote": "4.90 million"}, {"superseded": True}],
    ids=["another body", "another article", "the same again", "one that was replaced"],
)
def test_what_no_voice_tells_apart_is_no_rival(third: dict[str, Any]) -> None:
    both = contests(0.5, **third)
    assert without_rivals(both) == both


def test_two_that_contradict_each_other_are_no_rivals() -> None:
    both = contests(0.5)
    own = Contest(both[0].second, both[1].second, 0.9, told=True)
    assert without_rivals([*both, own]) == [*both, own]
