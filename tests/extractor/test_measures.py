"""What each figure measures: a text in, kind and signed value of each figure out. Every sentence is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractor.mentions import Measure, measures, quantities
from extractor.quantities import find_quantities
from extractor.quantities.measures import measure
from extractor.quantities.newsquant import newsquant
from extractor.tokens import read

ROWS = [
    # Levels, and levels that a word of movement leads to.
    ("The yard built 31,000 boats.", [("level", 31_000, 0)]),
    ("Output rose 545% to 840,000 boats.", [("growth", 545, 1), ("level", 840_000, 1)]),
    ("Output fell in June to 840,000 boats.", [("level", 840_000, -1)]),
    ("The yard cut 500 jobs.", [("level", 500, 0)]),
    ("The yard added 20 GW of capacity.", [("level", 20, 0)]),
    ("The yard raised $5 million.", [("level", 5e6, 0)]),
    ("The yard posted a loss of $3 million.", [("level", 3e6, 0)]),
    # Changes in a list, and shares beside changes.
    ("They saw 3%, 4% and 5% increases in rents.", [("growth", 3, 1), ("growth", 4, 1), ("growth", 5, 1)]),
    (
        "Asia had a share of 36% (6% increase), followed by Europe (29%, 8% increase).",
        [("share", 36, 0), ("growth", 6, 1), ("share", 29, 0), ("growth", 8, 1)],
    ),
    # Growth: verb, particle, noun before, noun after, comparative, printed sign.
    ("Output rose 5.2%.", [("growth", 5.2, 1)]),
    ("Output fell by 2.6 percent.", [("growth", -2.6, -1)]),
    ("Output was up 53.2% on the year.", [("growth", 53.2, 1)]),
    ("Output was down a tenth.", [("growth", -10, -1)]),
    ("That was a jump of 75.7 percent from a year ago.", [("growth", 75.7, 1)]),
    ("The yard saw a decline of 3%.", [("growth", -3, -1)]),
    ("The yard reported 2% growth.", [("growth", 2, 1)]),
    ("Workers got a 5% pay rise.", [("growth", 5, 1)]),
    ("Output was 57% higher than last year.", [("growth", 57, 1)]),
    ("It built 57% more boats than its rival.", [("growth", 57, 0)]),
    ("The index closed at -1.3%.", [("growth", -1.3, -1)]),
    ("Exports grew nearly 57%.", [("growth", 57, 1)]),
    ("Exports grew between 3 and 5 percent.", [("growth", 4, 1)]),
    ("Inflation was 3.1%.", [("growth", 3.1, 0)]),
    ("Output was 3.2% year on year.", [("growth", 3.2, 0)]),
    ("Rents rose at an annual rate of 8.9 percent.", [("growth", 8.9, 1)]),
    ("It is usually larger by five per cent.", [("growth", 5, 0)]),
    ("It built a fifth more than in the past.", [("growth", 20, 0)]),
    ("Shares lost a third of their value.", [("growth", -100 / 3, -1)]),
    (
        "Iron rose 3% to 9 million tonnes, and steel 5.2% to 8 million.",
        [("growth", 3, 1), ("level", 9e6, 1), ("growth", 5.2, 1), ("level", 8e6, 1)],
    ),
    # Whatever the writer thinks of the move, and a percentage that two figures add up to.
    ("Output is up a mere 1.7%.", [("growth", 1.7, 1)]),
    ("Rents surged by a noteworthy 12.6%.", [("growth", 12.6, 1)]),
    ("They pegged the decline of the herds at 6 percent.", [("growth", -6, -1)]),
    ("The strike brought a drop in fares by 30 percent.", [("growth", -30, -1)]),
    (
        "It fell from 12,000 boats to 9,000 (25%).",
        [("level", 12_000, 0), ("level", 9_000, -1), ("growth", -25, -1)],
    ),
    # A threshold that is crossed is a level.
    ("Imports slipped below $100 bn.", [("level", 100e9, -1)]),
    # Differences: absolute change, points, gaps.
    ("Output rose by 200,000 boats.", [("difference", 200_000, 1)]),
    ("The index lost 162.31 points, or 2.14%.", [("difference", -162.31, -1), ("growth", -2.14, -1)]),
    ("The rate rose 0.3 percentage points.", [("difference", 0.3, 1)]),
    ("The bank cut rates by 25 basis points.", [("difference", -25, -1)]),
    ("That is an increase of 60,600 jobs.", [("difference", 60_600, 1)]),
    ("The county saw 600 fewer deaths.", [("difference", -600, -1)]),
    ("Japan trails by nearly one million.", [("difference", -1e6, 0)]),
    ("The yard is ahead of Ford by 12,000 boats.", [("difference", 12_000, 0)]),
    ("She holds a lead of 12,000 votes.", [("difference", 12_000, 0)]),
    ("That leaves a shortfall of 300 boats.", [("difference", -300, 0)]),
    ("The yard built 1.27 million fewer than its rival.", [("difference", -1.27e6, 0)]),
    # Shares, and rates by what they are a percentage of.
    ("The yard has a 50% share of the market.", [("share", 50, 0)]),
    ("The yard accounts for 46% of the total.", [("share", 46, 0)]),
    ("More than a quarter of them are electric.", [("share", 25, 0)]),
    ("Two-thirds of exports went to Asia.", [("share", 200 / 3, 0)]),
    ("Nine out of ten boats float.", [("share", 90, 0)]),
    ("Its market share fell to 12.5% from 14%.", [("share", 12.5, -1), ("share", 14, 0)]),
    ("The unemployment rate was 7.3%.", [("share", 7.3, 0)]),
    ("The mortgage rate climbed to 6.7%.", [("level", 6.7, 1)]),
    ("The import tariff is 25%.", [("level", 25, 0)]),
    ("Corvan grew, its market share reaching 12.4%.", [("share", 12.4, 0)]),
    ("The cuts would come to 4% of the fleet.", [("share", 4, -1)]),
    ("It has an operating margin of 6%.", [("level", 6, 0)]),
    # What a move is due to, and what a list goes on with.
    ("The fall was driven by $3 million in fees.", [("level", 3e6, 0)]),
    (
        "It built 900 boats, up 8.4%, 700 rafts, up 7.6%.",
        [("level", 900, 0), ("growth", 8.4, 1), ("level", 700, 0), ("growth", 7.6, 1)],
    ),
    ("Despite a 1,340 unit fall, it led.", [("difference", -1_340, -1)]),
    # Multiples.
    ("Exports doubled.", [("multiple", 2, 1)]),
    ("Exports halved.", [("multiple", 0.5, -1)]),
    ("Output was three times higher than in the past.", [("multiple", 3, 0)]),
    # A fraction of what it is no part of is a ratio.
    ("Output was half of last year's level.", [("multiple", 0.5, 0)]),
    ("Prices are a third of the national average.", [("multiple", 1 / 3, 0)]),
    # Ranks.
    ("Ruritania is the world's second largest exporter.", [("rank", 2, 0)]),
]


def verdicts(nlp: Language, text: str) -> list[Measure]:
    return measure(read(nlp(text)), find_quantities(text))


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_kind_value_and_direction(nlp: Language, text: str, expected: list[tuple[str, float, int]]) -> None:
    found = verdicts(nlp, text)
    assert [(m.kind, m.direction) for m in found] == [(kind, direction) for kind, _, direction in expected]
    assert [m.value for m in found] == pytest.approx([value for _, value, _ in expected])


SURFACE = [row for row in ROWS if "gap" not in row[0]]


@pytest.mark.parametrize(("text", "expected"), SURFACE, ids=[row[0] for row in SURFACE])
def test_unparsed_text_is_read_by_its_surface(text: str, expected: list[tuple[str, float, int]]) -> None:
    doc = read(spacy.blank("en")(text))
    found = measure(doc, find_quantities(text))
    assert [m.kind for m in found] == [kind for kind, _, _ in expected]
    assert [m.value for m in found] == pytest.approx([value for _, value, _ in expected])


def test_bounds_of_a_fall_are_turned_round(nlp: Language) -> None:
    (fall,) = verdicts(nlp, "Output fell more than 2.6%.")
    assert (fall.value, fall.low, fall.high) == (-2.6, None, -2.6)


def test_up_times_keeps_both_readings(nlp: Language) -> None:
    level, rise = verdicts(nlp, "Exports reached 673,000 units, up 1.2 times.")
    assert (level.kind, rise.kind, rise.value, rise.unit) == ("level", "growth", 120, "percent")
    assert rise.other is not None
    assert rise.other[:2] == ("multiple", 1.2)
    assert rise.other[4] == "times"


BASES = [
    ("Sales rose 60% to 3.9 million sets, up from 2.4 million.", 2, 1, "set"),
    ("Sales came to 3.9 million sets, compared with 2.4 million a year earlier.", 1, 0, "set"),
    ("Output rose from 21 tonnes to 23.", 0, 1, "tonne"),
    ("Output fell to $7.3 billion from $8.1 billion.", 1, 0, "USD"),
    ("Sales climbed 4.4 million to 4.5 million.", 0, 1, "count"),
]


@pytest.mark.parametrize(("text", "base", "partner", "unit"), BASES)
def test_the_earlier_figure_of_a_comparison(nlp: Language, text: str, base: int, partner: int, unit: str) -> None:
    found = verdicts(nlp, text)
    assert [index for index, m in enumerate(found) if m.base] == [base]
    assert (found[base].kind, found[base].partner, found[base].unit) == ("level", partner, unit)


ELLIPSES = [
    ("Use fell from 80 to 65 percent.", ["percent", "percent"]),
    ("India made 140.2 million tonnes, and Japan's output fell 2.5% to 87 million.", ["tonne", "percent", "tonne"]),
    ("It raised 280 million of the 1.5 billion shekels it needs.", ["ILS", "ILS"]),
    ("It offers 435 homes by sale and 187 by tender.", ["home", "home"]),
    ("Output rose from 21 tonnes to 23.", ["tonne", "tonne"]),
    ("The index stood at 16,369.03, up 58.06 points.", ["point", "point"]),
    ("Lumo led with 22 per cent, then Norda on 17 and Velden with 12.", ["percent", "percent", "percent"]),
    ("Velden accounted for 121 tonnes, Norda for 118 and the Ostland for 59.", ["tonne", "tonne", "tonne"]),
    ("Load was 2.1 gigawatts out of an installed 20.2.", ["gigawatt", "gigawatt"]),
    ("The mean was 27.1 degrees, 1.9 above the average.", ["degree", "degree"]),
    ("It seized 419 tonnes. The death toll is put at 7,500.", ["tonne", "count"]),
    ("It calls 3,100 stores, recorded 1.27 million and closed.", ["store", "count"]),
]


@pytest.mark.parametrize(("text", "units"), ELLIPSES)
def test_units_that_are_left_out(nlp: Language, text: str, units: list[str]) -> None:
    assert [m.unit for m in verdicts(nlp, text)] == units


def test_the_subject_names_the_change(nlp: Language) -> None:
    (fall,) = verdicts(nlp, "The fall would be just 1.4%.")
    assert (fall.kind, fall.value) == ("growth", -1.4)


def test_head_is_the_governing_word(nlp: Language) -> None:
    doc = read(nlp("Exports rose 5.2% in June."))
    (rise,) = measure(doc, find_quantities(doc.text))
    assert doc[rise.head].text == "rose"


def test_components_write_their_slots(nlp: Language) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("claimgraph_quantities")
    pipeline.add_pipe("claimgraph_measures")
    assert (pipeline.analyze_pipes() or {})["problems"] == {"claimgraph_quantities": [], "claimgraph_measures": []}
    doc = pipeline("Exports rose 5.2% to 840,000 units.")
    assert [m.kind for m in measures(doc)] == ["growth", "level"]
    assert len(quantities(doc)) == 2
    restored = Doc(pipeline.vocab).from_bytes(doc.to_bytes())
    assert measures(restored) == measures(doc)


def test_newsquant_rows(nlp: Language) -> None:
    text = "Shares rose about 5% and she paid between 3 and 4 million yuan to a 45-year-old man."
    rows = newsquant(read(nlp(text)))
    assert [(row["value"], row["unit"], row["change"]) for row in rows] == [
        (5.0, "percent", "up"),
        ([3e6, 4e6], "CNY", "="),
        (45.0, "year of age", "="),
    ]


def test_required_claims_of_the_seeds_are_measured(nlp: Language, shared: Path) -> None:
    wrong = []
    for path in sorted((shared / "seeds" / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = gold["article"].get("text") or (shared / "seeds" / f"{path.stem}.txt").read_text(encoding="utf-8")
        found = find_quantities(text)
        measured = measure(read(nlp(text)), found)
        for claim in (claim for claim in gold["claims"] if not claim.get("optional")):
            start, end = claim["start"], claim["start"] + len(claim["quote"])
            index = next(i for i, q in enumerate(found) if q.start < end and start < q.end)
            values = claim["value"] if isinstance(claim["value"], list) else [claim["value"]]
            kinds = claim["kind"] if isinstance(claim["kind"], list) else [claim["kind"]]
            if measured[index].kind not in kinds or measured[index].value not in values:
                wrong.append((claim["quote"], measured[index]))
    assert wrong == []
