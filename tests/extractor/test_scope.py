"""Indicator, product, area and counterpart by construction: a text in, the slots of one figure out.

The subjects are made up on purpose: what is read here must not hang on a pack that knows them.
"""

from __future__ import annotations

from functools import lru_cache

import pytest

from extractor import Claim, extract
from extractor.taxonomy import taxonomy
from service.scoring.answers import answer


@lru_cache(maxsize=256)
def _claims(text: str) -> tuple[Claim, ...]:
    return tuple(extract(text))


def _claim(text: str, quote: str) -> Claim:
    return next(claim for claim in _claims(text) if quote in claim.quote)


def _is(slot: object, words: str | None) -> bool:
    """Whether a slot's id or its words are the wanted ones, whole lemmas compared; None for an empty slot."""
    if words is None or slot is None:
        return slot is None and words is None
    return answer(words) in {answer(getattr(slot, "id")), answer(getattr(slot, "text"))}  # noqa: B009  a concept


@pytest.mark.parametrize(
    ("text", "quote", "area"),
    [
        # The article's own subject: a town, a firm, a land that no pack knows
        ("Thousands marched through Lille. Lille had seen nothing like it. Unions spoke of 45,000.", "45,000", "Lille"),
        ("Varnholt Bank earned €5m. Varnholt Bank's costs shrank. Provisions fell to €6m.", "€6m", "Varnholt Bank"),
        ("Castoria's harvest fails\n\nCastoria weeps. Rye output fell to 2 million tonnes.", "2 million", "Castoria"),
        ("DHAKA, May 2 - The country's exports reached $47 billion.", "$47 billion", "BD"),
        # A scene set in front of a sentence holds for the next one, a place inside a clause does not
        ("France marched\n\nIn Paris, police counted 119,000 marchers. The union claimed 800,000.", "800,000", "Paris"),
        ("French sales fell 2%. French dealers in Brest sat on 900 cars. Prices rose 3%.", "3%", "FR"),
        # Who only looks on, counts or tells is not whose figure it is
        ("Ghana's cocoa crop is small. London analysts put the crop at 500,000 tonnes.", "500,000", "GH"),
        ("Thai arrivals rose. Kasem Research in Bangkok predicts 33 million arrivals.", "33 million", "TH"),
        ("In Paris police counted 119,000 marchers and the union 800,000.", "800,000", "Paris"),
        ("Norva's trains are late. An audit by Hydra Partners found 412 cancellations.", "412", "Norva"),
        # What has capitals and is no name
        ("India's bad assets (NPAs) stood at 2.3%. In India, NPAs were 2.9% a year ago.", "2.9%", "IN"),
        ("Japan's trade is up. Exports reached 101.6 billion U.S. dollars, up 68.9 percent.", "68.9", "JP"),
        ("Crime in Britain fell. There was less fraud. Fraud cost £32 million.", "£32 million", "GB"),
        # A list that leaves its verb out: its names are no labels of numbers
        ("Jordan lost 99 people, Indonesia 236 and Egypt 658.", "236", "ID"),
        ("Jordan lost 99 people, Indonesia 236 and Egypt 658.", "658", "EG"),
        # A firm told by its rank in the world has figures of its own
        ("Toyota cut its outlook. Its profit fell 5%. The world's biggest automaker expects sales of 43 trillion yen.",
         "43 trillion", "Toyota"),
        # "Those" are the sales of the clause before
        ("Sales in Spain rose 5% to 4 million units, while those in Italy were up 3%.", "3%", "IT"),
        # Names of clubs and firms
        ("Leeds United paid £12m in wages.", "£12m", "Leeds United"),
        ("Northern & Dales Trains cancelled 2.9% of its services.", "2.9%", "Northern & Dales Trains"),
        # A name that ends in a possessive mark, one that the article spaces in two ways
        ("Sainsbury's profit fell. Costs rose. Sainsbury's said sales had climbed 4.4%.", "4.4%", "Sainsbury's"),
        ("Profits at media giant NorvaLine jumped 76%. Norva Line said its costs fell 8%.", "8%", "NorvaLine"),
        # What only tells which model, scale, or place of trading
        ("Norvane Air is new. Norvane Air has another 28 Airbus A320s.", "28", "Norvane Air"),
        ("Allied Brewers shares in London rose 4% by noon.", "4%", "Allied Brewers"),
        ("The Java Sea is less than 100 metres deep.", "100", "Java Sea"),
        # People have votes and leads
        ("A poll gave Lucia Ferrand 47.9 percent of the vote and Hector Dumas 41.0 percent.", "47.9", "Lucia Ferrand"),
    ],
)  # fmt: skip
def test_whose_figure_it_is(text: str, quote: str, area: str) -> None:
    claim = _claim(text, quote)
    assert _is(claim.area, area), claim.area


@pytest.mark.parametrize(
    ("text", "quote", "counterpart"),
    [
        ("Hanseong shares rose 0.7% to 84,400 won in Seoul.", "84,400", None),
        ("Sales of Chinese cars in Russia topped 500,000.", "500,000", "RU"),
        ("BYD, which sold 526,409 cars, is building a plant in Hungary.", "526,409", None),
        ("In Nice it was 40,000 against 5,200.", "40,000", None),
    ],
)
def test_the_other_end(text: str, quote: str, counterpart: str | None) -> None:
    claim = _claim(text, quote)
    assert _is(claim.counterpart, counterpart), claim.counterpart


@pytest.mark.parametrize(
    ("text", "quote", "indicator"),
    [
        # The words that say which: the modifiers of the noun are part of its text
        ("Gross non-performing assets stood at 2.3% of advances.", "2.3%", "gross non-performing assets"),
        # Verbs with a particle
        ("The bank wrote off ₹860 crore in August.", "₹860 crore", "write_offs"),
        ("The women's team brought in £1.3m.", "£1.3m", "revenue"),
        ("Nearly a third of the teachers walked out.", "third", "strikes"),
        # A state, and who is in it
        ("Fifteen people were taken into custody.", "Fifteen", "into custody"),
        ("The city of 660,000 people is dry.", "660,000", "population"),
        # What moved stands nearer than what is named above
        ("The gap opened because of rising demand for care and a fall of £2.6m in grants.", "£2.6m", "grant"),
        ("Orders lift profit 57%.", "57%", "profit"),
        # A price is what something sells at, and never billions
        ("The maker hopes to sell it at $1.50.", "$1.50", "price"),
        ("Garments fetched $40.5 billion abroad.", "$40.5 billion", "garment"),
        # A passive with its measure
        ("Households are restricted to 300 litres a day.", "300", "restrict"),
        # What somebody is fined for, and what they lose
        ("A court fined the bank €32 million for tax fraud.", "€32 million", "fines"),
        # A relative clause tells of its noun, not of the verb above
        ("A firm spending $90 million on a plant that can fill 30 million pens a year.", "30 million", "pen"),
        # Taken up by a pronoun: the measure of the last figure, and not where the pronoun does something of its own
        ("Exports of rye reached $21 billion. They had stood at $19 billion.", "$19 billion", "export_value"),
        ("Norva's sales rose 10%. It aims to spend $35 billion on research.", "$35 billion", "spending"),
        # A sum consists in something; what it is paid in or paid for is another matter
        ("The loss was driven by $70 million in legal settlements.", "$70 million", "legal settlements"),
        ("It paid $3 million in cash for the site.", "$3 million", "payments"),
        # A relative clause tells the size of what it stands behind
        ("Profit was hurt by write-offs which totalled $9 million.", "$9 million", "write_offs"),
        ("The storms, which lasted nine days, felled trees.", "nine", "duration"),
        # Where, by what and why is not what is measured
        ("Ploughing in the continent's largest economy fell by 12%.", "12%", "ploughing"),
        ("Amid duties of 15% on all imports of tyres, mills closed.", "15%", "duties"),
        ("Freight passage has dropped by 50 percent due to attacks at sea.", "50 percent", "freight passage"),
        ("The firm sold 1,900 tractors (home market plus exports) in May.", "1,900", "sales"),
        # A part of somebody's income is of the income, not of earning it
        ("The bank derives over 40% of its revenue from fees.", "over 40%", "revenue"),
        # Right before a figure, however it is parsed
        ("Spring was mild, with rents up 4 percent and wages gaining 2 percent.", "4 percent", "rents"),
        # What people are, or are known to be
        ("A year ago 6 million people were jobless.", "6 million", "unemployed"),
        ("They mourned the 31 sailors reported drowned in the gale.", "31", "deaths"),
        ("Those waiting more than a year numbered 10,517.", "10,517", "waiting_list"),
        # A deed done so much more; a rise by itself is no measure
        ("The ferries carried 4.9 percent more passengers than in May.", "4.9 percent", "traffic"),
        ("The clinic saw strong 61% growth.", "61%", "growth"),
        # A length before its conversion; how an average is taken is not what it is of
        ("The vent lies about 200 km (120 miles) from the port.", "200 km", "distance"),
        ("The 50-day moving average stood at 312.4.", "312.4", "moving average"),
        # Who did so much is not what was done
        ("In May hotels added 71,000 jobs, construction over 40,000.", "over 40,000", "jobs"),
        ("Sales to dealers and exports stood at 4,180 and 1,720 units, respectively.", "1,720", "exports"),
        # A verb form whose object is counted is that deed, and no noun that is spelled like it
        ("The ferry sank off Varn, killing all 298 people on board.", "298", "deaths"),
        # The state of another thing than those counted
        ("On the missing ferry were 155 passengers, including 17 children.", "17", "children"),
        # What so many are, right behind the number, however it is parsed
        ("The unrest has left two dead and 606 injured on the mainland.", "606", "injuries"),
        # A clause with a subject of its own says what its figure is, and not the clause that it opens or follows
        ("Last Saturday, when 300,000 people took part, shops' daily revenue fell 35 percent.", "300,000", "took part"),
        # What there is so much of, behind the same in other units
        ("Some 7.5 inches (19 centimetres) of snow fell in Varnholt.", "7.5", "snow"),
    ],
)  # fmt: skip
def test_what_is_measured(text: str, quote: str, indicator: str) -> None:
    claim = _claim(text, quote)
    assert _is(claim.indicator, indicator), claim.indicator


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("The bank wrote off 32 million dollars.", "write_offs"),
        ("The bank charged off 32 million dollars.", "write_offs"),
        ("The show brought in 32 million dollars.", "revenue"),
        ("The show raked in 32 million dollars.", "revenue"),
        ("The firm laid off 32 workers.", "job_cuts"),
        ("The firm shut down 32 shops.", "closures"),
        ("The firm closed down 32 shops.", "closures"),
        ("At noon 32 teachers walked out.", "strikes"),
    ],
)
def test_a_verb_with_a_particle_has_its_indicator(text: str, indicator: str) -> None:
    assert _is(_claim(text, "32").indicator, indicator)


def test_every_verb_with_a_particle_is_in_the_table_above() -> None:
    phrasal = {node.id for node in taxonomy().indicators.values() for verb in node.verbs if " " in verb}
    assert phrasal == {"write_offs", "job_cuts", "closures", "strikes"}


@pytest.mark.parametrize(
    ("text", "quote", "product"),
    [
        # Which body it is, is not what it counts
        ("The ministry of energy has processed 47,800 applications.", "47,800", None),
        # There are no tonnes of people or sites
        ("Some 900 divers hauled up 146,000 tonnes of kelp.", "146,000", "kelp"),
        # What people die of is no thing counted
        ("The province counted 2,940 road deaths in 2022.", "2,940", None),
        # Who counts, and what is left out
        ("Hospitals reported 487,000 births last year.", "487,000", None),
        ("Sales of phones excluding refurbished tablets rose 6%.", "6%", "phone"),
        # What another figure counts
        ("Of the villages, the remaining 561 have fewer than 120 pupils.", "561", "village"),
        # A thing by its price
        ("A bottle of cider that cost £3 in May now costs £4.", "£4", "cider"),
        ("Walnut kernels earned $4.3 billion last year.", "$4.3 billion", "walnut"),
        # One number of several things is of the whole
        ("China exported 4.42 million cars, trucks and buses in 2023.", "4.42 million", "vehicle"),
        ("The yard built 3,100 buses and 400 trucks in May.", "3,100", "bus"),
        # A disease is itself
        ("The county recorded 1,204 cholera cases last week.", "1,204", "cholera"),
        # Goods go on in tonnes, and behind a pronoun; a thing counted in passing does not
        ("The harvest brought 340,000 tonnes of sorghum. Exports came to 12,000 tonnes.", "12,000", "sorghum"),
        ("Barley fared better. Its output rose by 4%.", "4%", "barley"),
        ("A charity that reads papers in nine languages has 733 deaths.", "733", None),
        # The same number in other words counts its own, and what a change in brackets is of stands before it
        ("In all 9,700 households or 41,000 people were moved.", "41,000", "person"),
        ("It shipped 4,100 tonnes of rye (up 3%) and 900 tonnes of oats (down 7%).", "7%", "oat"),
        # What is measured is no thing, nor is a sum's noun, nor how wide a figure reaches
        ("By dusk the gorse fire had reached 40% containment.", "40%", None),
        ("The yard faces a 40 million euro hit.", "40 million euro", None),
        ("Farmers face a 52-kilometre detour.", "52", None),
        ("Systemwide traffic rose 2.5 percent.", "2.5 percent", None),
        ("The museum has 300 guards.", "300", "guard"),
        # Of all that the passage offers, that for which most speaks; a sum by itself counts nothing
        ("The mill sold 900 tonnes of rye. Its owner Anna Brok earned 4 million euros last year.", "4 million", None),
        ("Sales of tractors rose 4%. Exports of tractors rose 9% to 3,100 units.", "3,100", "tractor"),
        # The thing that a measure's words name
        ("Barley procurement shrank by 31%.", "31%", "barley"),
    ],
)  # fmt: skip
def test_what_is_counted(text: str, quote: str, product: str | None) -> None:
    claim = _claim(text, quote)
    assert claim.product is None if product is None else _is(claim.product, product), claim.product


@pytest.mark.parametrize(
    ("text", "includes"),
    [
        ("China exported 4.42 million cars, trucks and buses in 2023.", ("car", "truck", "bus")),
        ("It expects 5.26 million vehicles to leave the country, buses and trucks included.", ("bus", "truck")),
        ("Dealers sold 31,000 vehicles, including vans.", ("van",)),
    ],
)
def test_what_a_product_is_said_to_include(text: str, includes: tuple[str, ...]) -> None:
    claim = extract(text)[0]
    assert claim.product is not None
    assert (claim.product.id, tuple(claim.product.includes), claim.unit) == ("vehicle", includes, "vehicle")


@pytest.mark.parametrize("amount", ["£22m", "£22bn", "$3.4m", "22m"])
def test_a_scale_that_the_full_stop_cuts_off_is_no_product(amount: str) -> None:
    assert _claim(f"The brewery made a profit of {amount}.", amount).product is None
