"""What is on the page but not in the article."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.furniture import furniture_spans

FURNITURE = [
    "Related: Exports Hit 5 Million in Record Year",
    "Jane Doe/Getty Images",
    "Editor's Note: Sign up for our newsletter, 3 times a week.",
    "View all comments",
    "Read more: 10 things to know",
    "© 2024 The Daily. All rights reserved.",
    "Photo: volunteers fill 5,000 sandbags in Velden.",
    "Volunteers carry one of 5,000 sandbags. Photograph: Jane Doe/AFP",
    "Most read",
    "1 of 18. Ewes wait at the market of Tarnby, where 1,200 were sold on Monday.",
    "1 of 4 | Ewes wait at the market of Tarnby, where 1,200 were sold on Monday.",
    "Ewes wait at the market of Tarnby, where 1,200 were sold on the first Monday of May. (AP Photo/Ana Ruiz, File)",
    "Mobile: 07384 514 978",
    "$1 for 6 months: Subscribe now",
    "This article is only available to subscribers: 6 issues a year",
    # What a page counts of itself, boxes of the markets, calls to pay and to join.
    "1.2K shares",
    "Views: 3,400",
    "(12) Comments",
    "4 min read",
    "3 hours ago",
    "NRDX 172.40 +1.27 (0.7%)",
    "Brent 82.10 ▲ 0.5%",
    "Unlimited access for your first 3 months",
    "Join our WhatsApp channel: 40,000 readers already have",
    "Must read: 7 ferries that never sailed",
    "Wheat is loaded on one of 40 barges. (Photo: AFP)",
    "Sign up for 3 of our letters",
    "Save up to 50% when you subscribe to The Ledger today.",
    "+ ↺ − 16 px",
    "Open this photo in gallery: Two of 40 barges on the Arn.",
]
PROSE = [
    "Exports rose 5% to 2.1 million.",
    "The related company sold 3 million cars.",
    "Reuters reported that 300 people attended.",
    "The most read book sold 3 million copies.",
    "Photographs of 40 victims were shown in court.",
    "Subscribers to the ferry pass numbered 41,000 in May.",
    "Cookie sales rose 3% to 40 million packs last year.",
    "Comments sent to the board fell by 12% last year.",
    "Published in May, the survey put the herd at 3,100 head.",
    "Advertisement spending rose 5% to 40 million crowns.",
    "Tarnby 6.84 6.69 +2.2%",
    "Exports for the first three months of 2024 rose 5% to 3 million tonnes.",
    "The governor said on his Telegram channel that 12 barges had sunk.",
    "The yard hopes to save up to 2 million euros by leaving the site.",
    "Households that subscribe to broadband rose by 5% to 3 million.",
    "Handouts to farmers rise 5% to 3 million euros",
    "4 of 12 mills closed last year.",
    "Mills shipped 900 tonnes in May and 850 in April, when a strike shut two of the largest ports (Agency report).",
]
LIVE = """Live: floods in Velden

14:05 Police: 40 missing
Police say 40 people are missing.

13:02
• Fire service: 12 freed
• Power cut off for 9,000 homes, grid operator says

Related stories
300 jobs lost at Corvan mill
Tessaro sells 8,200 vans

The mayor said that 250 beds were ready.
"""


SIDEBAR = """Two miners died at Velden, the union said.
-
Singer, 40, sells out 3 halls
-
Woman of 104 sues airline
-
Town council meets for 5th time"""
CELLS = """Output of the three pits in tonnes

Velden
41,200
38,900
-5.6%

The union expects 40,000 tonnes next year."""


HOURS = """Storm: what we know

12.57
Power is back in 300 homes.

13.02
Ferries resume.

1316:
The mayor thanks all."""
WALL = """Mills shipped 900 tonnes.
Already subscribed? Log in
Monthly plan
£9
Yearly plan
£81/Year
The union expects 950 tonnes."""
RANKED = "# | Port | Tonnes\n1 | Velden | 402\n2 | Tarnby | 377\n3 | Arnmouth | 291"


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


def test_a_live_blog_gives_its_figures_and_nothing_of_other_stories() -> None:
    claims = [(claim.quote, claim.source.text if claim.source else None) for claim in extract(LIVE)]
    assert claims == [
        ("40", "Police"),
        ("40", "Police"),
        ("12", "Fire service"),
        ("9,000", "grid operator"),
        ("250", "mayor"),
    ]


@pytest.mark.parametrize(
    ("page", "figures"),
    [
        (SIDEBAR, ["Two"]),
        (CELLS, ["three", "40,000"]),
        (HOURS, ["300"]),
        (WALL, ["900", "950"]),
        (RANKED, ["402", "377", "291"]),
    ],
)
def test_sidebars_hours_plans_and_row_numbers_give_no_figures(page: str, figures: list[str]) -> None:
    spans = furniture_spans(page)
    kept = [page[claim.start : claim.end] for claim in extract(page)]
    assert spans
    assert set(kept) <= set(figures)
