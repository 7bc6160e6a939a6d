"""Figures as news writes them, by construction: a sentence in, its figures out. Every sentence is made up."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extractor.mentions import Measure
from extractor.quantities import find_quantities
from extractor.quantities.measures import measure
from extractor.tokens import read

MONEY = [
    # Signs and letters before the figure.
    ("It cost A$4.1m, C$3.2 billion, HK$5.6bn, NT$30, R$2.5 billion and S$4 million.", "AUD CAD HKD TWD BRL SGD"),
    ("It earned 15.8 mln dlrs, 3.2 billion stg, 120 mln Deutsche marks and 40 billion pesetas.", "USD GBP DEM ESP"),
    ("It cost RM2.70, RMB 30 million, Rp15,000, Tk500 crore and GH¢33,120.", "MYR CNY IDR BDT GHS"),
    ("It cost ₹2,416 crore, ₩3 trillion, ₦500, ₫20,000, ฿35, ₱70 and Dh2.99.", "INR KRW NGN VND THB PHP AED"),
    ("It cost Rs 300 crore, Rs.500, Rs1,500 and KSh200 million.", "INR INR INR KES"),
    # Names behind it.
    ("It cost 300 baht, 12 ringgit, 3.5 lakh rupees, 40 hryvnias and 9 Saudi riyals.", "THB MYR INR UAH SAR"),
    # A name or sign of several countries is told apart by the places that the text names.
    ("Norway earned 122.5 billion kroner.", "NOK"),
    ("Denmark earned 122.5 billion kroner.", "DKK"),
    ("In Mexico it costs 500 pesos.", "MXN"),
    ("In Manila it costs 500 pesos.", "PHP"),
    ("In Chad it costs 5,000 francs.", "XAF"),
    ("The Swiss firm paid 5,000 francs.", "CHF"),
    ("Pakistan raised Rs 300 billion.", "PKR"),
    ("In Cairo it costs 5 million pounds.", "EGP"),
    ("It costs 500 pesos and 300 crowns.", "peso crown"),
    ("He paid 500 Tunisian dinars, 30 Lebanese pounds and 8 Kenyan shillings.", "TND LBP KES"),
    ("Malawi paid 3 billion kwacha.", "MWK"),
    ("Minsk paid 30 roubles.", "BYN"),
    ("In Chad it costs 5,000 CFA francs.", "XAF"),
    # Names that are also other words are money in their country alone.
    ("Peru set aside 500 soles a month.", "PEN"),
    ("She resoled 500 soles.", "sole"),
    ("Armenia gave 300 drams.", "AMD"),
    ("He drank 3 drams.", "dram"),
    ("It paid 40 lempiras, 3 bn kwanzas, 7 somonis and 50 patacas.", "HNL AOA TJS MOP"),
    # A single capital is money only in a text of its country.
    ("In Nigeria petrol costs N617 a litre, up from N68.", "NGN NGN"),
    ("South Africa's Eskom owes R18.5 billion.", "ZAR"),
    ("Zambia set a floor of K3,600.", "ZMW"),
    # Pounds are money where money is spoken of or the figure is large, else a weight.
    ("It costs 50 pounds.", "GBP"),
    ("It weighs 50 pounds.", "pound"),
    # A bare dollar is the American one unless the text speaks of another dollar's country alone.
    ("The club paid $4.3 million.", "USD"),
    ("Ottawa paid $4.3 million, and Canada's provinces $2 million.", "CAD CAD"),
    ("Canada paid America $4.3 million.", "USD"),
]

SUBUNITS = [
    ("In Tunis it pays 150 millimes a kilo.", 0.15, "TND"),
    ("Dubai cut petrol by 20 fils a litre.", 0.2, "AED"),
    ("Kuwait cut petrol by 20 fils a litre.", 0.02, "KWD"),
    ("Indian diesel rose by 30 paise.", 0.3, "INR"),
    ("Iran pays 5,000 tomans.", 50_000, "IRR"),
    ("It fell by 20 fils.", 20, "fils"),
]


@pytest.mark.parametrize(("text", "value", "unit"), SUBUNITS)
def test_subunits_are_parts_of_the_money_of_the_place(text: str, value: float, unit: str) -> None:
    (found,) = find_quantities(text)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


NO_MONEY = ["The F-35 and the R2-D2 toy.", "Model N617 and unit K3,600x."]


def units(text: str) -> list[str]:
    return [quantity.unit for quantity in find_quantities(text)]


@pytest.mark.parametrize(("text", "codes"), MONEY, ids=[row[0] for row in MONEY])
def test_money(text: str, codes: str) -> None:
    assert units(text) == codes.split()


@pytest.mark.parametrize("text", NO_MONEY)
def test_letters_before_digits_are_no_money(text: str) -> None:
    assert units(text) == []


READ = [
    # Units by sign and by word; signs of tonnage stay outside, as their words do.
    ("Fires burnt 9,001 square km.", "9,001", 9_001, "square kilometre"),
    ("Orders came to 65.8m CGT.", "65.8m", 65_800_000, "CGT"),
    ("Orders came to 65.8 million compensated gross tons.", "65.8 million", 65_800_000, "CGT"),
    ("It shipped 800,000t.", "800,000", 800_000, "tonne"),
    ("It shipped 14 kt.", "14 kt", 14_000, "tonne"),
    ("They sailed 200 nautical miles.", "200", 200, "nautical mile"),
    ("It used 12 bcf.", "12 bcf", 12e9, "cubic foot"),
    ("Stocks are worth $1.5tr.", "$1.5tr", 1.5e12, "USD"),
    # "3m" behind "than" are millions; before "wide" they are metres.
    ("It sees no more than 3m next year.", "no more than 3m", 3e6, "count"),
    ("The tunnel is 3m wide.", "3m", 3, "metre"),
    # A printed sign belongs to the figure.
    ("Spending rose (+24%).", "+24%", 24, "percent"),
    ('China had "five times ours".', "five times", 5, "times"),
    ("It has twice as much oil as last year.", "twice", 2, "times"),
    # Fractions of one unit, of a scale, and with the noun inside.
    ("Output fell by half a per cent.", "half a per cent", 0.5, "percent"),
    ("They see growth of a quarter of one per cent.", "a quarter of one per cent", 0.25, "percent"),
    ("Three quarters of a million people marched.", "Three quarters of a million", 750_000, "people"),
    ("More than half a million of them left.", "More than half a million", 500_000, "count"),
    ("The firm axes one job in ten.", "one job in ten", 10, "percent"),
    ("They recover less than one rupee in five.", "less than one rupee in five", 20, "percent"),
    ("One ballot in 38 was blank.", "One ballot in 38", 100 / 38, "percent"),
    ("It found every third one dry.", "every third", 100 / 3, "percent"),
    ("It rose by a full percentage point.", "a full percentage point", 1, "percentage_point"),
    # Multiples.
    ("Sales rose two-and-a-half times.", "two-and-a-half times", 2.5, "times"),
    ("That is a ratio of 17.5 to one.", "17.5 to one", 17.5, "times"),
    ("Cancellations halve at Northern.", "halve", 0.5, "times"),
    # Units.
    ("The crop came to 110.55 mln T, they say.", "110.55 mln T", 110.55e6, "tonne"),
    ("The port moved 6.84 million twenty-foot equivalent units.", "6.84 million", 6.84e6, "TEU"),
    ("The utility put up 184,300 meters in homes.", "184,300", 184_300, "meter"),
    ("It sold 63,150 Model 3s.", "63,150", 63_150, "model 3"),
    ("A 6.3-magnitude earthquake shook it.", "6.3", 6.3, "count"),
    ("A 5,000-strong crowd came.", "5,000", 5_000, "count"),
    # A point between two figures of a figure with a scale is no clock time.
    ("It cut its number from 1.06 million in May.", "1.06 million", 1.06e6, "count"),
]


@pytest.mark.parametrize(("text", "quote", "value", "unit"), READ, ids=[row[0] for row in READ])
def test_quote_value_and_unit(text: str, quote: str, value: float, unit: str) -> None:
    (found,) = find_quantities(text)
    assert (text[found.start : found.end], found.unit) == (quote, unit)
    assert found.value == pytest.approx(value)


MODIFIERS = [
    ("They are just under 36 million.", "less_than"),
    ("They are just over 36 million.", "more_than"),
    ("The toll may be as low as 793.", "at_least"),
    ("Deaths may top 4,600.", "more_than"),
    ("Imports top 549 billion pieces.", "more_than"),
    ("It took turnover past £200m.", "more_than"),
    ("They want two points or less.", "at_most"),
    ("It is $18 million at the very most.", "at_most"),
    ("It is £400m, give or take.", "about"),
    # "Up to" behind a verb of going leads to a level.
    ("The wage goes up to £11.44 an hour.", "exact"),
    ("I put the wage up to £13.50 an hour.", "exact"),
    ("They pay up to £500.", "at_most"),
    # A ceiling that a verb sets; a modifier that "never" turns round; "another" between modifier and figure.
    ("They will limit warming to 1.5 degrees.", "at_most"),
    ("Fares are capped at £2.", "at_most"),
    ("They never had more than 15,100 guests.", "at_most"),
    ("We will need at least another £35,000.", "at_least"),
    ("It was more like $3.1bn.", "about"),
    # An estimate is a matter of status.
    ("Spending rose to an estimated $149 billion.", "exact"),
    # "Over" behind a noun of growth compares.
    ("It marked a growth over $38.58 billion.", "exact"),
]


@pytest.mark.parametrize(("text", "modifier"), MODIFIERS)
def test_modifier(text: str, modifier: str) -> None:
    (found,) = find_quantities(text)
    assert found.modifier == modifier


NO_FIGURES = [
    "Two lenders, one market",
    "Ask three people in the trade.",
    "Put two customs officers in a room.",
    "The drums started at two o'clock.",
    "Write to 14 Rat-U-Thit Road.",
    "The No. 3 works of the firm will move.",
    "The 7.14 does turn up now and then.",
    "It rises in year two and in years three and four.",
    "The same forty-foot box was cheaper.",
    "Officials had counted them two or three times.",
    "Two banks, Danske and Nordea, agreed.",
    "Add 200 g of flour and 3 eggs; bake for 40 minutes at 180C.",
    "He will be 35 by the end of the year.",
    # Ages, hours, parts that are gone through, and small sets with "the".
    "Few men between 18 and 34 came.",
    "Ana Reyes (58) from Lugo will not.",
    "It was busiest between 9 and 10 in the evening.",
    "They were granted in three batches, then in two tranches.",
    "She arrived on day two.",
    "Of the big three, only Ford came; the rest of the top five did not.",
    "Whoever earned the average wage for 45 years gets it.",
    "Read the top line with care.",
    # Where something is, and the offset of a clock.
    "The tremor struck 90 km (56 miles) south of Velden.",
    "Windows broke within 30 km of the works.",
    "The trawler sank 90 miles off the coast.",
    "It opened at 11:22:36 (GMT+3).",
]


CONVERTED = [
    ("The peak has a height of 3 km (2 miles).", ["3 km"]),
    ("It fell to 25C (77F) in the shade.", ["25C"]),
    ("The fish weighed 20 kg (44 pounds).", ["20 kg"]),
    # Money and areas are told twice as news.
    ("It cost 24 million euros ($26 million).", ["24 million euros", "$26 million"]),
    ("It burned 300 hectares (741 acres).", ["300", "741"]),
]


@pytest.mark.parametrize(("text", "quotes"), CONVERTED)
def test_a_measure_told_twice_is_one_figure(text: str, quotes: list[str]) -> None:
    assert [text[found.start : found.end] for found in find_quantities(text)] == quotes


APART = [
    ("Wages fell by 31 crowns and 17 crowns to 640 crowns.", [31, 17, 640]),
    ("The count was cut by 30,000 to 95,000.", [30_000, 95_000]),
    ("It was upgraded from a magnitude 6.9 to 7.2.", [6.9, 7.2]),
    ("Forecasts were running from 40,000 to 160,000.", [100_000]),
    # Metric tons behind a scale and in thousands, else millions of them.
    ("It made 3.25 million mt of rails.", [3.25e6]),
    ("It made 25,000 MT of rails.", [25_000]),
    ("It harvested 41.55 MT of rye.", [41.55e6]),
    # A plain space between thousands, at the start of a sentence and in brackets.
    ("Some 6 000 felt it in Velden (population 15 468), it said.", [6_000, 15_468]),
]


@pytest.mark.parametrize(("text", "values"), APART)
def test_figures_that_stand_close_are_told_apart(text: str, values: list[float]) -> None:
    assert [found.value for found in find_quantities(text)] == pytest.approx(values)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_no_figure(text: str) -> None:
    assert find_quantities(text) == []


DURATIONS = [
    ("Reserves cover 4.6 months of imports.", [4.6]),
    ("Stocks equal 1.5 months of sales.", [1.5]),
    ("Homes went without power for 84 days on average.", [84]),
    ("In the north it was 9.3 days.", [9.3]),
    ("The gap between the schools widened to 19 months.", [19]),
    ("The median age rose from 36.2 to 38.9 years.", [36.2, 38.9]),
    ("Patients wait for 7.1 months; doctors speak of nine months.", [7.1, 9]),
    ("In the nine months to June it shipped 2.81m t.", [2_810_000]),
    ("He left after three months of sales.", []),
    ("He put it back by the end of two weeks.", []),
]


@pytest.mark.parametrize(("text", "values"), DURATIONS)
def test_measured_durations(text: str, values: list[float]) -> None:
    assert [quantity.value for quantity in find_quantities(text)] == values


def measured(nlp: Language, text: str) -> list[Measure]:
    return measure(read(nlp(text)), find_quantities(text))


KINDS = [
    # Changes whose verb stands with an earlier figure, or far before.
    (
        "All sectors contracted: services by 0.2%, production by 1.0% and building by 1.3%.",
        "growth -0.2 growth -1.0 growth -1.3",
    ),
    ("Food was 2.2% dearer than a year before and electricity 11%.", "growth 2.2 growth 11"),
    ("Leather fared worse, its earnings falling 13.3 percent and 7 percent.", "growth -13.3 growth -7"),
    ("England was down 2.1%; Wales, 2.5% at the end.", "growth -2.1 growth -2.5"),
    ("Sales were up 47% from a year ago and 12% from November.", "growth 47 growth 12"),
    ("Wages rose 7.2%; the unions say 4.5 percent.", "growth 7.2 growth 4.5"),
    ("It cut its growth forecast to 1.1% from 1.4% and left that for May at 2.0%.", "growth 1.1 growth 1.4 growth 2"),
    # Comparatives without "than".
    ("The fee is £1.80, 20 per cent more.", "level 1.8 growth 20"),
    ("That box is nearly 17 per cent cheaper.", "growth -17"),
    ("Duties would make the car $6,200 more expensive.", "difference 6200"),
    ("It fetched £4,000 or 1.4% less than a year earlier.", "difference -4000 growth -1.4"),
    ("Output was 3.93 million, or 70,000 under it.", "level 3930000 difference -70000"),
    ("The two sides were 2.4 million people apart.", "difference 2400000"),
    ("Turnout was 61.4%, four points up on May.", "share 61.4 difference 4"),
    # A fall of an extent is no part that was given away; a part of what is dropped is an amount.
    ("Britain lost 0.5% of its output.", "growth -0.5"),
    ("It will drop four of its 23 routes.", "level 4 level 23"),
    # Shares by how much of a thing is so, and by the rate's name.
    ("The plan is 31 percent funded.", "share 31"),
    ("She aims for a cancellation rate of 2%.", "share 2"),
    ("The central bank kept its rate at 2%.", "level 2"),
    ("Of which 58% was abroad.", "share 58"),
    ("Only one in 12 patients waited less.", "share 8.333333"),
    ("A third of the wells are dry; of which a third are deep.", "share 33.333333 share 33.333333"),
    ("Exports to Asia climbed by a fifth, and those to Chad by a tenth.", "growth 20 growth 10"),
    ("They expect capacity to grow 7% to 9%.", "growth 8"),
    ("The jobless rate held at 3.9%, a 0.1 point rise.", "share 3.9 difference 0.1"),
    # A gap that is closed is a sum of money.
    ("The council has closed a gap of £14.2m.", "level 14200000"),
    ("That is a gap of 14,000 votes.", "difference 14000"),
    # A draw on stocks is a fall, a verb that draws is none.
    ("They saw a draw of 1 million barrels.", "difference -1000000"),
    ("Protests draw more than 1 million people.", "level 1000000"),
    ("He shot 47.6% from the field.", "share 47.6"),
]


@pytest.mark.parametrize(("text", "expected"), KINDS, ids=[row[0] for row in KINDS])
def test_kind_and_value(nlp: Language, text: str, expected: str) -> None:
    words = expected.split()
    found = measured(nlp, text)
    assert [m.kind for m in found] == words[::2]
    assert [m.value for m in found] == pytest.approx([float(word) for word in words[1::2]], abs=1e-4)


BORROWED = [
    ("The agency has 91.3 gigawatts in plants plus 47.7 on roofs.", "gigawatt gigawatt"),
    ("He sent goods worth 117.68 billion dollars, but only 99.59 billion arrived.", "USD USD"),
    ("They found a rise of 3.7 million barrels, to 459.7 million.", "barrel barrel"),
    ("It pledged five per cent in the first year and two in the second.", "percent percent"),
    ("Hotels were 71 percent full; a year earlier it was 49.", "percent percent"),
    ("The tax goes up to 18 per cent from 16.", "percent percent"),
    ("In rupees, the bill came to 8.22 lakh crore.", "INR"),
    ("It sees the rupee at 83.5 to the dollar.", "INR"),
    ("Disease has infected 590,000 of the country's 1.38 million hectares.", "hectare hectare"),
    ("The union counts 800,000, seven times the 119,000 of the police.", "count times count"),
    ("More than one million of its new-energy sales went abroad.", "count"),
    # Points of a poll or a rate are percentage points, those of an index are not.
    ("Labour leads in the poll by 20 points.", "percentage_point"),
    ("In May 70% opposed it, 3 points more than in April.", "percent percentage_point"),
    ("The Dow fell 300 points.", "point"),
    # A price keeps what it is the price of; amounts by the year do not.
    ("Copper traded at $10,114 a tonne.", "USD per tonne"),
    ("Gas costs €34 per MWh.", "EUR per megawatt hour"),
    ("The rent is £2,035 a month.", "GBP"),
]


@pytest.mark.parametrize(("text", "expected"), BORROWED, ids=[row[0] for row in BORROWED])
def test_units_by_what_stands_near(nlp: Language, text: str, expected: str) -> None:
    found = " | ".join(m.unit for m in measured(nlp, text))
    wanted = expected if " per " in expected else expected.replace(" ", " | ")
    assert found == wanted
