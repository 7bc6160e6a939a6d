"""Figures that the text itself says were replaced."""

from __future__ import annotations

import pytest

from extractor import extract


@pytest.mark.parametrize(
    ("sentence", "replaced"),
    [
        ("The firm put its count at 286.1 million units and not the 285.4 million first given.", "285.4 million"),
        ("The IMF cut its growth forecast for this year to 1.1% from 1.4%.", "1.4%"),
        ("Its forecast was raised from 4.1 million to 4.5 million barrels a day.", "4.1 million"),
        ("The bureau has restated output to 1,028 million tonnes from 1,019 million.", "1,019 million"),
        ("January's rise in payrolls, first given as 48,000, has been cut to 15,000.", "48,000"),
        ("Debt will reach 84% of GDP, up from the 79% it had pencilled in as recently as April.", "79%"),
        ("It now sees profit of 380 million euros, against the 460 million seen in July.", "460 million"),
        ("Growth was 6.8%, not the 6.5% it announced in July.", "6.5%"),
        ("It now expects earnings to rise 12%, having previously guided to growth of 9%.", "9%"),
        ("An earlier estimate of 3.2 million tonnes had been based on a survey.", "3.2 million"),
        ("On Jan 3 it had said 28.04 million visitors came.", "28.04 million"),
        ("Sales grew 4.1% (previously 3.9%) in May.", "3.9%"),
        ("November's 50,067 approvals became 49,313 approvals.", "50,067"),
    ],
)  # fmt: skip
def test_figure_is_marked_as_replaced(sentence: str, replaced: str) -> None:
    assert [claim.quote for claim in extract(sentence) if claim.superseded] == [replaced]


@pytest.mark.parametrize(
    "sentence",
    [
        "Exports rose to 4.9 million cars from 3.1 million a year earlier.",
        "The bank raised its key rate to 4.5% from 4%.",
        "The company cut its dividend to 20 cents from 25 cents.",
        "Profit was 214 million pounds, and 239 million a year earlier.",
        "In the first 11 months the country exported 4.76 million cars.",
        "The union, which counted 100,000 people, and the police, who counted 11,500, disagree.",
    ],
)
def test_figure_that_still_stands_is_not_marked(sentence: str) -> None:
    assert not [claim.quote for claim in extract(sentence) if claim.superseded]
