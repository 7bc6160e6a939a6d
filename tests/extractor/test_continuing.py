"""Bare figures that go on from another one: which unit, scale and kind they share with it, and which share nothing."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extractor.quantities import find_quantities
from extractor.quantities.measures import measure
from extractor.tokens import read


def told(nlp: Language, text: str) -> str:
    found = measure(read(nlp(text)), find_quantities(text))
    return " | ".join(f"{m.kind} {m.value:g} {m.unit}" for m in found)


GOES_ON = [
    # The unit of a measure or of money, across sentences too.
    ("A litre of milk cost 1.19 euros in March. A year ago shoppers paid 0.99.", "level 1.19 EUR | level 0.99 EUR"),
    ("The parcel weighs 3.2 kg, and the other 2.9.", "level 3.2 kilogram | level 2.9 kilogram"),
    ("Rainfall was 812 mm, against 640 last year.", "level 812 millimetre | level 640 millimetre"),
    ("At 14 degrees it was warmer than the 11 of last May.", "level 14 degree | level 11 degree"),
    ("The clinic waits 4.2 weeks for a scan; in 2019 it was 3.1.", "level 4.2 week | level 3.1 week"),
    # The scale, where the plain figure would be absurd.
    (
        "The bank put the loss at $2.4 billion; the regulator thinks it will be nearer 3.",
        "level 2.4e+09 USD | level 3e+09 USD",
    ),
    ("It cost Rs 40 crore; the sequel cost 65.", "level 4e+08 INR | level 6.5e+08 INR"),
    (
        "Ticket sales came to £48m, of which £30m in London and 12 in Leeds.",
        "level 4.8e+07 GBP | level 3e+07 GBP | level 1.2e+07 GBP",
    ),
    (
        "The dam holds 3.2 billion cubic metres, a fifth less than the 4.0 of 2019.",
        "level 3.2e+09 cubic metre | growth -20 percent | level 4e+09 cubic metre",
    ),
    (
        "Norway pumped 2.1 million barrels a day, up from 1.9.",
        "level 2.1e+06 barrel per day | level 1.9e+06 barrel per day",
    ),
    ("Stocks fell from 1.7 to 1.2 million tonnes.", "level 1.7e+06 tonne | level 1.2e+06 tonne"),
    ("It counts 1.2 million seats; its rival has 1.1.", "level 1.2e+06 seat | level 1.1e+06 seat"),
    # Percentages.
    (
        "Lagos took 31.5 percent, Abuja 22.4 and Kano 9.8.",
        "share 31.5 percent | share 22.4 percent | share 9.8 percent",
    ),
    (
        "Much went to Peru (28.3 percent), Chile (26.4) and Cuba (19.9).",
        "share 28.3 percent | share 26.4 percent | share 19.9 percent",
    ),
    ("Only 12.4 percent was recycled. The rest, 87.6, was burnt.", "share 12.4 percent | share 87.6 percent"),
    ("The share of women is 31 per cent (2015: 24).", "share 31 percent | share 24 percent"),
    (
        "The three shares were 53.3, 70.6 and 57.8 percent.",
        "share 53.3 percent | share 70.6 percent | share 57.8 percent",
    ),
    ("The average markup deepened to 27 per cent from 22.", "share 27 percent | share 22 percent"),
    ("The party won 34.2 percent; in the city it got 41.", "share 34.2 percent | share 41 percent"),
    # A list whose last figure has the unit.
    ("They shipped 2m, 1.2m and 1.15m tonnes.", "level 2e+06 tonne | level 1.2e+06 tonne | level 1.15e+06 tonne"),
    # A conversion in brackets is no partner: the amounts are of the main currency.
    (
        "Peru set aside 2.1 billion soles (about $560 million): 1.24 billion for homes, 520 million for roads.",
        "level 2.1e+09 PEN | level 5.6e+08 USD | level 1.24e+09 PEN | level 5.2e+08 PEN",
    ),
    # The money that the sentence names.
    ("The plan costs 40 million euros. In dollars it comes to 44 million.", "level 4e+07 EUR | level 4.4e+07 USD"),
]
STANDS_ALONE = [
    # Readings of an index, scores, quakes, ratios.
    ("Bonds yielded 4.2 percent and the index closed at 5.1.", "level 4.2 percent | level 5.1 count"),
    ("A quake of 5.8 shook Crete at a depth of 10 km.", "level 5.8 magnitude | level 10 kilometre"),
    ("A magnitude 6.9 earthquake hit Peru.", "level 6.9 magnitude"),
    ("The book-to-bill ratio fell to 1.2, with orders of $4.1m.", "multiple 1.2 times | level 4.1e+06 USD"),
    # Hours, and figures that count something.
    ("The rate is 5.25 percent. The talks go on at 10.", "share 5.25 percent | level 10 count"),
    (
        "Double the orders, $900m: orders: 1.4m after 820,000.",
        "multiple 2 times | level 9e+08 USD | level 1.4e+06 count | level 820000 count",
    ),
    ("The fund raised $40m. It has 12 staff.", "level 4e+07 USD | level 12 staff"),
    ("The rupee stood at 83.5 to the dollar after imports of $105 billion.", "level 83.5 INR | level 1.05e+11 USD"),
    ("Cases fell by 92 percent, from 450 to 132 on Monday.", "growth -92 percent | level 450 count | level 132 count"),
]


@pytest.mark.parametrize(("text", "expected"), [*GOES_ON, *STANDS_ALONE], ids=lambda value: value[:40])
def test_what_a_bare_figure_shares(nlp: Language, text: str, expected: str) -> None:
    assert told(nlp, text) == expected


SIGNED = [
    ("Shares were off 3.2% at noon.", "growth -3.2 percent"),
    ("Coats are 15-20% off until Easter.", "growth -17.5 percent"),
    ("The firm laid off 9% of its staff.", "share 9 percent"),
    ("The plan would shorten queues by 6%.", "growth -6 percent"),
    ("Taken together the increases come to 13.9%.", "growth 13.9 percent"),
    ("By how much did fares rise? By 4.5%, the firm says.", "growth 4.5 percent"),
    # A percentage that "that" makes of the two levels before it.
    (
        "A basket cost 1,204 crowns in May. A year ago it was 1,130. That is 6.5 percent.",
        "level 1204 crown | level 1130 crown | growth 6.5 percent",
    ),
    (
        "A basket cost 1,204 crowns in May. A year ago it was 1,130. That is 40 percent.",
        "level 1204 crown | level 1130 crown | share 40 percent",
    ),
    # A gap only where it is said over what.
    ("A premium of €5.21 over Brent is rare.", "difference 5.21 EUR"),
    ("He pays a premium of €520 a year.", "level 520 EUR"),
    ("It costs less than half the 8.86 of a year ago.", "multiple 0.5 times | level 8.86 count"),
    ("Inflows of $3.83bn were welcome.", "level 3.83e+09 USD"),
    ("They must recover 60 per cent of that.", "share 60 percent"),
]


@pytest.mark.parametrize(("text", "expected"), SIGNED, ids=lambda value: value[:40])
def test_signed_changes(nlp: Language, text: str, expected: str) -> None:
    assert told(nlp, text) == expected
