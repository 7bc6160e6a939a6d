"""Number expressions: a text in, its quantities out. Every sentence is made up."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.mentions import Quantity
from extractor.quantities import find_expressions, find_quantities
from extractor.quantities.intervals import bounds
from extractor.quantities.lexicon import lexicon, movement, trie
from extractor.quantities.unit_phrases import name_of


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, [text[q.start : q.end] for q in found]
    return found[0]


VALUES = [
    # Grouping and decimals.
    ("They shipped 36,095 crates.", "36,095", 36_095),
    ("They shipped 1,234.5 tonnes.", "1,234.5", 1_234.5),
    ("They shipped 1\u202f234\u202f567 crates.", "1\u202f234\u202f567", 1_234_567),
    ("They shipped 1 234 567 crates.", "1 234 567", 1_234_567),
    ("They shipped 49 191 crates.", "49 191", 49_191),
    ("Sales fell to 36 754, from R297 065 a day.", "36 754", 36_754),
    ("They shipped 1.234.567 crates.", "1.234.567", 1_234_567),
    ("They shipped 12,34,567 crates.", "12,34,567", 1_234_567),
    ("They shipped 3½ crates.", "3½", 3.5),
    ("They shipped ٣٤ crates.", "٣٤", 34),
    # Scales, as words, suffixes and letters.
    ("They shipped 4.91 million crates.", "4.91 million", 4_910_000),
    ("They shipped 5.22m crates.", "5.22m", 5_220_000),
    ("They shipped 12bn crates.", "12bn", 12e9),
    ("They shipped 40k crates.", "40k", 40_000),
    ("They shipped 3 mn crates.", "3 mn", 3e6),
    ("They shipped 1.2 lakh crore crates.", "1.2 lakh crore", 1.2e12),
    ("They shipped 491万 crates.", "491万", 4_910_000),
    ("They shipped 1.2亿 crates.", "1.2亿", 120_000_000),
    # Number words.
    ("They shipped twenty-three crates.", "twenty-three", 23),
    ("They shipped two hundred and five thousand crates.", "two hundred and five thousand", 205_000),
    ("They shipped a million crates.", "a million", 1e6),
    ("They shipped half a million crates.", "half a million", 500_000),
    ("They shipped two and a half million crates.", "two and a half million", 2.5e6),
    ("They shipped half a dozen crates.", "half a dozen", 6),
    # Fractions, in percent.
    ("A quarter of the crates broke.", "A quarter", 25),
    ("Two-thirds of the crates broke.", "Two-thirds", 200 / 3),
    ("Half of the crates broke.", "Half", 50),
    ("Three in ten crates broke.", "Three in ten", 30),
    ("One in five crates broke.", "One in five", 20),
    ("Nine out of ten crates broke.", "Nine out of ten", 90),
    ("Shipments fell by a tenth in June.", "a tenth", 10),
    # Multiples.
    ("Shipments doubled.", "doubled", 2),
    ("Shipments have halved.", "halved", 0.5),
    ("Shipments rose threefold.", "threefold", 3),
    ("Shipments rose 30-fold.", "30-fold", 30),
    ("Shipments were 1.2 times the plan.", "1.2 times", 1.2),
    ("It shipped twice as many crates.", "twice", 2),
    # Vague plurals.
    ("Dozens of crates broke.", "Dozens", 24),
    ("Tens of thousands of crates broke.", "Tens of thousands", 20_000),
    # Ranges.
    ("They shipped between 3.9 and 4.1 million crates.", "between 3.9 and 4.1 million", 4e6),
    ("Prices should rise 3-5%.", "3-5%", 4),
    ("Prices run from $200 to $4 million.", "from $200 to $4 million", 2_000_100),
    ("They want $10 to $15 billion.", "$10 to $15 billion", 12.5e9),
    ("They shipped three or four crates.", "three or four", 3.5),
    ("Support stands at 45%, plus or minus 3 points.", "45%, plus or minus 3", 45),
    # Signs.
    ("The index closed at -1.3%.", "-1.3%", -1.3),
    ("It was minus 40 degrees.", "minus 40", -40),
]


@pytest.mark.parametrize(("text", "quote", "value"), VALUES, ids=[row[1] for row in VALUES])
def test_quote_and_value(text: str, quote: str, value: float) -> None:
    quantity = only(text)
    assert text[quantity.start : quantity.end] == quote
    assert quantity.value == pytest.approx(value)


UNITS = [
    ("It cost $3.5 billion.", "USD"),
    ("It cost US$3.5 billion.", "USD"),
    ("It cost A$3.5m.", "AUD"),
    ("It cost HK$216,925.", "HKD"),
    ("It cost NT$40 billion.", "TWD"),
    ("It cost R$12m.", "BRL"),
    ("It cost RM2.70.", "MYR"),
    ("It cost Rs 500 crore.", "INR"),
    ("It cost ₹1.2 lakh.", "INR"),
    ("It cost 1,200€.", "EUR"),
    ("It cost £5m.", "GBP"),
    ("It cost ¥300.", "JPY"),
    ("It cost 99 yuan.", "CNY"),
    ("It cost RMB 3bn.", "CNY"),
    ("It cost 3bn USD.", "USD"),
    ("It cost 2 million pounds.", "GBP"),
    ("It weighs 200 pounds.", "pound"),
    ("It cost 7.5 million Danish crowns.", "DKK"),
    ("It cost 49 zł.", "PLN"),
    ("It cost 450 Kč.", "CZK"),
    ("It holds 312 micrograms per cubic metre.", "microgram per cubic metre"),
    ("It rose 5%.", "percent"),
    ("It rose 5 per cent.", "percent"),
    ("It rose 5 percentage points.", "percentage_point"),
    ("It rose 25 basis points.", "basis_point"),
    ("It made 30 GW.", "gigawatt"),
    ("It made 30 MWh.", "megawatt hour"),
    ("It covers 500 sq km.", "square kilometre"),
    ("It covers 250,000 hectares.", "hectare"),
    ("It runs at 80km/h.", "kilometre per hour"),
    ("It reached 40 °C.", "celsius"),
    ("It has a 50m pool.", "metre"),
    ("It lies 35m below.", "metre"),
    ("It pumps 3 million barrels per day.", "barrel per day"),
    ("It pumps 1.2 mb/d.", "barrel per day"),
    ("It makes 12 mn tonnes of steel a year.", "tonne"),
    ("It holds 7.5 kg/m².", "kilogram per square metre"),
    ("It sold 5.22m cars.", "car"),
    ("It has 60 different Chinese brands.", "brand"),
    ("It has 35m of its old devices.", "device"),
    ("It has 460 Kia and Hyundai vans.", "van"),
    ("It has 20 EVs.", "EV"),
    ("It has 3,000 people.", "people"),
    ("It logged 6.2 million rider days.", "rider day"),
    ("It let 88,000 bed nights.", "bed night"),
    ("It ran 3.5 billion passenger-miles.", "passenger mile"),
    ("It took 240 man-hours.", "man hour"),
    ("It moved 700 million tonne-kilometres.", "tonne-kilometre"),
    ("It lost 9,000 working days.", "day"),
    ("It made 5,100 x-rays.", "x-ray"),
    ("It sold 5.22m.", "count"),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_unit(text: str, unit: str) -> None:
    assert only(text).unit == unit


PER = [
    ("It cost $1,200 a tonne.", "tonne"),
    ("It cost €25/kg.", "kilogram"),
    ("It hit 5 per 1,000 people.", "1000 people"),
    ("It grows 5% a year.", "year"),
    ("It makes 12 tonnes a year.", "year"),
    ("It cost $1,200 a year ago.", ""),
]


@pytest.mark.parametrize(("text", "per"), PER)
def test_denominator(text: str, per: str) -> None:
    assert only(text).per == per


BOUNDS = [
    # Rounding of the digits printed.
    ("They shipped 4.91 million crates.", "exact", 4_905_000, 4_915_000),
    ("They shipped 60 crates.", "exact", 59.5, 60.5),
    ("They shipped 840,000 crates.", "exact", 839_500, 840_500),
    ("They shipped 1,500 crates.", "exact", 1_450, 1_550),
    ("They shipped 5,260,431 crates.", "exact", 5_260_430.5, 5_260_431.5),
    ("Prices rose 53.2%.", "exact", 53.15, 53.25),
    # Modifiers before the figure.
    ("They shipped about 56,000 crates.", "about", 55_000, 57_000),
    ("They shipped some 300 crates.", "about", 270, 330),
    ("They shipped ~80 crates.", "about", 72, 88),
    ("They shipped nearly 1,500 crates.", "nearly", 1_400, 1_500),
    ("They shipped just under 300 crates.", "less_than", None, 300),
    ("They shipped just short of 300 crates.", "nearly", 270, 300),
    ("They shipped nearly one million crates.", "nearly", 900_000, 1e6),
    ("They shipped more than 500 crates.", "more_than", 500, None),
    ("They shipped well over 500 crates.", "more_than", 500, None),
    ("They shipped at least 500 crates.", "at_least", 500, None),
    ("They shipped no fewer than 500 crates.", "at_least", 500, None),
    ("They shipped fewer than 500 crates.", "less_than", None, 500),
    ("They shipped up to 400,000 crates.", "at_most", None, 400_000),
    ("They shipped as many as 500 crates.", "at_most", None, 500),
    ("More than a quarter of the crates broke.", "more_than", 25, None),
    ("Shipments more than doubled.", "more_than", 2, None),
    # Modifiers behind the figure.
    ("They shipped 500 or more crates.", "at_least", 500, None),
    ("They shipped 500+ crates.", "at_least", 500, None),
    ("They shipped 30-odd crates.", "about", 27, 33),
    ("They spent $200 or less.", "at_most", None, 200),
    # A verb of passing says it too, outside the quote.
    ("Sales topped 500 crates.", "more_than", 500, None),
    ("Sales did not reach 500 crates.", "less_than", None, 500),
    ("Sales exceeded the 500 mark.", "more_than", 500, None),
    ("Sales broke through the 500 barrier.", "more_than", 500, None),
    ("Sales hit the 500 mark.", "exact", 499.5, 500.5),
    # "Up to" behind a word of movement leads to a level.
    ("Trade edged up to $136.2 bn.", "exact", 136.15e9, 136.25e9),
    # A figure of a move borrows the scale of the other.
    ("They want between 1,000 and 1,010 million crates.", "exact", 1e9, 1.01e9),
    # Ranges keep their ends.
    ("They shipped between 3.9 and 4.1 million crates.", "exact", 3.9e6, 4.1e6),
]


@pytest.mark.parametrize(("text", "modifier", "low", "high"), BOUNDS)
def test_modifier_and_bounds(text: str, modifier: str, low: float | None, high: float | None) -> None:
    quantity = only(text)
    assert (quantity.modifier, quantity.low, quantity.high) == (modifier, low, high)


def test_modifier_belongs_to_the_quote() -> None:
    text = "They have nearly 1,500 depots."
    quantity = only(text)
    assert text[quantity.start : quantity.end] == "nearly 1,500"
    assert text[quantity.noun_start : quantity.noun_end] == "depots"


def test_a_measure_in_brackets_shares_the_modifier_and_a_sum_does_not() -> None:
    first, second = find_quantities("Fire burned more than 100 acres (40 hectares).")
    assert (first.modifier, second.modifier, second.low, second.high) == ("more_than", "more_than", 40.0, None)
    first, second = find_quantities("It cost more than 24 million euros ($26m).")
    assert (first.modifier, second.modifier) == ("more_than", "exact")


RANKS = [
    ("Ruritania is the world's largest exporter.", "largest", 1),
    ("Ruritania is now China’s #1 export market.", "#1", 1),
    ("Ruritania is the number one exporter.", "number one", 1),
    ("Ruritania is the third-biggest exporter.", "third-biggest", 3),
    ("Ruritania became its second largest market.", "second largest", 2),
    ("Ruritania is No. 2 in the table.", "No. 2", 2),
    ("These are the top three destinations.", "top three", 3),
    ("Ruritania emerged as the leading exporter.", "leading", 1),
    ("Ruritania is the current market leader.", "market leader", 1),
    ("Ruritania is its fastest-growing market.", "fastest-growing", 1),
]


@pytest.mark.parametrize(("text", "quote", "place"), RANKS)
def test_rank(text: str, quote: str, place: float) -> None:
    quantity = only(text)
    assert (text[quantity.start : quantity.end], quantity.value) == (quote, place)
    assert (quantity.form, quantity.unit) == ("rank", "count")


NO_CLAIMS = [
    # Superlatives that give no place.
    "It was the highest level in four years.",
    "It was the largest rise since 2010.",
    "It is one of the largest exporters.",
    "The top executive left, leading to questions.",
    "They met the wealthiest members of the club.",
    "The lowest-paid workers left.",
    # Years, dates, times.
    "It happened in 2019, not in the 1970s.",
    "It covers 2019-2020 and the 2014-15 season.",
    "It happened on May 12, 2020, and on 19 January 2024.",
    "It opened on 2024-01-19 and shut on 12/05/2024.",
    "It opens at 10:30 and shuts at 5 p.m. or 1.05am.",
    "It fell in Q1 and in the first 11 months of 2023.",
    "It fell in the first quarter and the second half.",
    "It grew in the first five months of the year.",
    # Ages.
    "Ann Lee, 45, and a 45-year-old man came.",
    "Men aged 18 to 34 came.",
    # Names, labels, identifiers.
    "The Boeing 737, the A320, the G7 and the F-35 are names.",
    "The Model 3 and the Fortune 500 are names.",
    "Covid-19 and H1N1 are names.",
    "See page 12 of chapter 3 and version 4.2.1.",
    "Call 555-123-4567 or write to the 90049 ZIP code.",
    "Children in Year 8 wrote it in week 14.",
    "The key is bc0d3081 0560 4905 aa5f 25ec6aec76b0.",
    "The ticket is 4711081512345.",
    "1. Introduction",
    "Call +86 10 5555 0142 or 0800 555 014.",
    "Release No. 118/2024 on NACE class 27.51 is at stand 41.",
    "The meeting is on 7 and 8 February.",
    "A 6,500-car ship and a 7,000-slot carrier came.",
    "It has 3 photos, 480 words and three reasons.",
    "The net zero minister said that they were halfway to net zero.",
    "Traffic is back at pre-September 11 levels.",
    "Zero Hedge wrote that children under five are no figures.",
    "The top 10 percent live at 131 West 23rd Street.",
    # Scores and odds.
    "Town won 2-1 and the vote was tied 89-89.",
    "They won by a 3 to 1 margin.",
    # Durations that place an event.
    "It happened 20 years ago, two decades before, and again in three years.",
    # Pronouns, definite numbers, occasions.
    "One of the firms left and the two countries signed.",
    "No one knows which one it is.",
    "He came three times a week.",
    "A three-course meal and a 12-page letter.",
    "She has a second house, half an hour away.",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_no_claim(text: str) -> None:
    assert [text[q.start : q.end] for q in find_quantities(text)] == []


KEPT = [
    ("The average wait of 12 days is too long.", "12"),
    ("They sold more than 2,000 flats.", "more than 2,000"),
    ("At least one person died.", "At least one"),
    ("It holds 1200 parts per million.", "1200"),
    ("| Ruritania | 4,910 |", "4,910"),
    ("Last year 26,000 people drowned.", "26,000"),
    ("Last season 9 theatres shut.", "9"),
]


@pytest.mark.parametrize(("text", "quote"), KEPT)
def test_claims_that_look_like_none(text: str, quote: str) -> None:
    assert [text[q.start : q.end] for q in find_quantities(text)] == [quote]


def test_a_move_is_two_quantities() -> None:
    text = "Output rose from 4.4 million to 4.5 million tonnes."
    assert [text[q.start : q.end] for q in find_quantities(text)] == ["4.4 million", "4.5 million"]


def test_a_move_shares_its_scale() -> None:
    assert [q.value for q in find_quantities("Output rose from 3.9 to 4.1 million tonnes.")] == [3.9e6, 4.1e6]


def test_a_measure_between_number_and_noun_is_a_size() -> None:
    quantity = only("They shipped 58.8 million 60-kg bags.")
    assert (quantity.value, quantity.unit) == (58.8e6, "bag")


def test_growth_then_level_is_two_quantities() -> None:
    text = "Exports rose 60% in 2018 to 3.9 million sets, up from 2.4 million."
    assert [text[q.start : q.end] for q in find_quantities(text)] == ["60%", "3.9 million", "2.4 million"]


def test_ages_and_durations_are_kept_apart() -> None:
    roles = [expression.role for expression in find_expressions("A 45-year-old waited in 2019 for three days.")]
    assert roles == ["age", "name", "duration"]


PIECES = st.sampled_from(
    ["4.91", "million", "$", "€", "%", "-", "–", " ", "to", "between", "and", "1,500", "nearly", "half", "a", "largest",
     "m", "km", "per", "#1", "½", "٣", "\n", "(", ")", "9" * 400, "1.2.3", "percentage points", "万", "²", "Ⅷ", "①"]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
    )
)
@example("9" * 400)
@example("9" * 5000)
@example("$" * 3000 + "1")
@example("1e400 10×10^99 ½½½ ²")
def test_any_text_is_read_without_fault(text: str) -> None:
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end
        assert math.isfinite(quantity.value)
        assert quantity.low is None or quantity.low <= quantity.value + 1e-9 * abs(quantity.value)
        assert quantity.high is None or quantity.high >= quantity.value - 1e-9 * abs(quantity.value)


@given(st.integers(0, 10**15))
def test_grouped_digits_read_back(number: int) -> None:
    text = f"They shipped {number:,} crates."
    values = [quantity.value for quantity in find_quantities(text)]
    assert values == [number] or 1900 <= number <= 2099


@given(
    value=st.floats(-1e12, 1e12, allow_nan=False),
    step=st.floats(0.001, 1e6),
    modifier=st.sampled_from(["exact", "about", "nearly", "more_than", "at_least", "less_than", "at_most"]),
)
def test_bounds_hold_the_value(value: float, step: float, modifier: str) -> None:
    low, high = bounds(value, step, modifier)
    slack = 1e-9 * abs(value) + 1e-9
    assert low is None or low <= value + slack
    assert high is None or high >= value - slack


def test_the_word_lists_do_not_contradict_one_another() -> None:
    words, moves = lexicon(), movement()
    assert not set(words.units) & set(words.scales)
    assert words.touching | words.apart <= set(words.unit_symbols)
    assert not {verb for verb, sign in moves.verbs.items() if sign > 0} & {v for v, s in moves.verbs.items() if s < 0}
    assert all(key == key.lower() for key in (*words.before, *words.after, *words.currency_names, *words.unit_words))


@given(st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=8))
def test_trie_matches_exactly_its_words(words: list[str]) -> None:
    import re

    pattern = re.compile(trie(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert all(bool(pattern.fullmatch(other)) == (other in words) for other in ("a", "ab", "abc", "cab", "bb"))


@pytest.mark.parametrize(("phrase", "name"), [("kg/m²", "kilogram per square metre"), ("zz/qq", "")])
def test_unit_phrases_are_named(phrase: str, name: str) -> None:
    assert name_of(phrase) == name


def test_required_claims_of_the_seeds_are_found(shared: Path) -> None:
    missed = []
    for path in sorted((shared / "seeds" / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = gold["article"].get("text") or (shared / "seeds" / f"{path.stem}.txt").read_text(encoding="utf-8")
        found = find_quantities(text)
        for claim in gold["claims"]:
            start, end = claim["start"], claim["start"] + len(claim["quote"])
            if not claim.get("optional") and not any(q.start < end and start < q.end for q in found):
                missed.append(claim["quote"])
    assert missed == []
