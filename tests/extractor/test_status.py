"""The standing of each figure: a text in, the standing of each of its figures out. Every sentence is made up."""

from __future__ import annotations

import pytest
from attribution_cases import Figure, cases
from reading import read

from extractor import mentions
from extractor.mentions import Quantity
from extractor.parsing import model
from extractor.status import StatusComponent, polarity
from extractor.syntax import is_parsed
from extractor.tokens import read as plain

STANDINGS = [
    # A plain report.
    ("The valley exported 31,000 casks last year.", {"31,000": "actual"}),
    ("Output rose 4% to 31,000 casks, the union said.", {"4%": "actual", "31,000": "actual"}),
    ("The plant has a capacity of 31,000 casks.", {"31,000": "actual"}),
    # Forecasts: an auxiliary, a word of likelihood, a verb or noun of foreseeing.
    ("Exports will reach 31,000 casks next year.", {"31,000": "forecast"}),
    ("Exports are expected to reach 31,000 casks.", {"31,000": "forecast"}),
    ("Exports are likely to rise 4%.", {"4%": "forecast"}),
    ("Exports are set to fall by 4%.", {"4%": "forecast"}),
    ("Exports could reach 31,000 casks.", {"31,000": "forecast"}),
    ("The result beat the 31,000 casks that nine analysts polled by the bank had predicted.", {"31,000": "forecast"}),
    ("A further 31,000 casks could not be sold.", {"31,000": "actual"}),
    ("The customs office has been told to raise 31,000 crowns next year.", {"31,000": "target"}),
    ("Under the national plan, exports are to grow to 31,000 casks by 2030.", {"31,000": "target"}),
    ("The harbour counts 31 planned berths.", {"31": "target"}),
    # What was planned and has been dealt with is told as it came.
    ("The harbour scrapped 31 planned berths in May.", {"31": "actual"}),
    ("A total of 31 planned sailings were postponed in May.", {"31": "actual"}),
    ("The harbour plans to cancel 31 planned sailings in May.", {"31": "target"}),
    ("Analysts forecast exports of 31,000 casks.", {"31,000": "forecast"}),
    ("The guild predicts that exports rise 4%.", {"4%": "forecast"}),
    ("Pryce Securities sees copper at $9,700 a tonne.", {"$9,700": "forecast"}),
    ("The bank's forecast of 4% looks high.", {"4%": "forecast"}),
    ("The bank raised its forecast to 4%.", {"4%": "forecast"}),
    ("The projected 31,000 casks would be a record.", {"31,000": "forecast"}),
    ("The median forecast of economists was for growth of 4%.", {"4%": "forecast"}),
    ("Economists had expected growth of 4%.", {"4%": "forecast"}),
    ("Exports will rise 4% this year and shrink by 9% next year.", {"4%": "forecast", "9%": "forecast"}),
    ("Grid operator: solar to pass 32% of supply by 2027", {"32%": "forecast"}),
    # Estimates: somebody reckons, or looks back with a guess.
    ("The guild estimates that 31,000 casks were sold.", {"31,000": "estimate"}),
    ("The damage is estimated at 2.4 billion crowns.", {"2.4 billion": "estimate"}),
    ("Insurers put the damage at 2.4 billion crowns.", {"2.4 billion": "estimate"}),
    ("An estimated 3,100 people fled.", {"3,100": "estimate"}),
    ("The country is likely to have exported 31,000 casks last year.", {"31,000": "estimate"}),
    ("The brewers sold 31,000 casks, according to estimates released by the guild.", {"31,000": "estimate"}),
    ("The brewers sold 31,000 casks, the Ledger reported, citing estimates of the guild.", {"31,000": "estimate"}),
    ("Official data put output at 31,000 casks.", {"31,000": "actual"}),
    # Targets: one's own plan, or a limit set by somebody.
    ("The ministry aims to finish 88,000 flats.", {"88,000": "target"}),
    ("The firm plans to hire 400 workers.", {"400": "target"}),
    (
        "The firm was targeting sales of 250,000 vans, up from about 56,000 in 2022.",
        {"250,000": "target", "56,000": "actual"},
    ),
    ("The firm said it would hire 400 workers.", {"400": "target"}),
    ("The minister pledged 88,000 flats.", {"88,000": "target"}),
    ("The cartel agreed on a quota of 31,000 barrels.", {"31,000": "target"}),
    ("The cartel set a ceiling of 31,000 barrels.", {"31,000": "target"}),
    ("Its goal of 88,000 flats is far away.", {"88,000": "target"}),
    (
        "The housing ministry aims to finish 88,000 flats; it finished 61,000 last year.",
        {"88,000": "target", "61,000": "actual"},
    ),
    # Preliminary: first figures, since replaced or soon to be.
    ("Output fell by a preliminary 2.1%.", {"2.1%": "preliminary"}),
    ("Output fell 2.1%, preliminary data showed.", {"2.1%": "preliminary"}),
    (
        "The ministry revised the deficit to $2.7 billion from the $3.1 billion it first reported.",
        {"$2.7 billion": "actual", "$3.1 billion": "preliminary"},
    ),
    ("Growth was revised to 2.1% from 2.4%.", {"2.1%": "actual", "2.4%": "preliminary"}),
    # What is done to a forecast, and what a target is said to be.
    ("The council raised its forecast to 0.9% from 0.6%.", {"0.9%": "forecast", "0.6%": "forecast"}),
    ("The institute kept its outlook at 1.2 billion tonnes.", {"1.2 billion": "forecast"}),
    ("The ministry's target is 5 million visitors.", {"5 million": "target"}),
    ("Exports are seen rising 7%.", {"7%": "forecast"}),
    ("Exports could drop to 31,000 casks if rains fail.", {"31,000": "forecast"}),
    ("He will tell you that 31,000 casks were sold.", {"31,000": "actual"}),
    ("Total capacity is to reach 673 gigawatts.", {"673": "forecast"}),
    ("Builders to add 36 gigawatts in 2031, the agency says", {"36": "target"}),
    ("The drive reached 81 of the 1,430 villages it had aimed for.", {"1,430": "target"}),
    ("The ministry put the number of deaths at 556.", {"556": "actual"}),
    ("The valley will add 36 gigawatts, almost double the 18 gigawatts of last year.", {"18": "actual"}),
    ("The guild looks for sales of 22 million.", {"22 million": "forecast"}),
    # Only what governs the figure counts.
    ("The guild, which expects growth, sold 31,000 casks.", {"31,000": "actual"}),
    ("Exports will rise 4% from 31,000 casks.", {"4%": "forecast", "31,000": "actual"}),
    ("The firm sold 31,000 casks and plans to hire 400 workers.", {"31,000": "actual", "400": "target"}),
    ("The firm, which sold 31,000 casks last year, will hire 400 workers.", {"31,000": "actual"}),
    (
        "The bank, which had expected a loss of 200 million, reported a profit of 50 million.",
        {"200 million": "forecast", "50 million": "actual"},
    ),
    ("The council, which represents 85% of the mills, will publish its report.", {"85%": "actual"}),
    ("Prices rose 4%, more than analysts had expected.", {"4%": "actual"}),
    # An outcome beside what was foreseen.
    ("First-quarter revenue of $12.4 billion beat forecasts.", {"$12.4 billion": "actual"}),
    (
        "The yard's profit of $3.1 billion topped the $2.8 billion that analysts had expected.",
        {"$2.8 billion": "forecast"},
    ),
    ("Growth came in at 2.1%, below the central bank's projection of 2.5%.", {"2.1%": "actual", "2.5%": "forecast"}),
    # Limits and what plans hold.
    ("Rents are capped at 3%.", {"3%": "target"}),
    ("Banks must hold 8% of assets as capital.", {"8%": "target"}),
    ("The budget assumes growth of 2.5%.", {"2.5%": "target"}),
    ("The plan calls for 3,000 beds.", {"3,000": "target"}),
    ("The ministry has fixed the production target for next year at 114 million tonnes.", {"114 million": "target"}),
    ("The bank, whose target range is 3%, met on Monday.", {"3%": "target"}),
    ("The ban is meant to save 65 million litres.", {"65 million": "target"}),
    ("The airline announced that 1,200 posts would go.", {"1,200": "target"}),
    ("The airline will drop four of its 23 routes.", {"23": "actual"}),
    ("The firm said it would hire 400 workers, 300 of them abroad.", {"400": "target", "300": "target"}),
    # What may have been, and what may come together.
    ("The storm may have killed 3,100 people.", {"3,100": "estimate"}),
    ("Double counting could come to 4 billion crowns.", {"4 billion": "estimate"}),
    ("The toll, first given as 48, has been cut to 15.", {"48": "preliminary", "15": "actual"}),
    # Prices and things put somewhere are no aims or guesses.
    ("A load of water goes for $45.", {"$45": "actual"}),
    ("The owner put another $20 million into the club.", {"$20 million": "actual"}),
    # What somebody saw is over; so is what came in above or below what was expected.
    (
        "Maravia saw its copper output slump by 9,000 tonnes, to average 42,000 in July.",
        {"9,000": "actual", "42,000": "actual"},
    ),
    ("The exporter told Radio Norda it saw a 70% decline after the ban.", {"70%": "actual"}),
    ("Velden Port Authority saw monthly revenue almost halve in January.", {"almost halve": "actual"}),
    ("Employers added a fewer-than-expected 136,000 jobs.", {"136,000": "actual"}),
    ("Turnover was $6.2 million vs. $5.9 million expected.", {"$6.2 million": "actual"}),
    ("Orders grew by half to give the yard 2.4% of the trade.", {"2.4%": "actual"}),
    ("The region is still on course to pick 41 million tonnes, Lund said.", {"41 million": "forecast"}),
    ("Forecasts had ranged from $3.2 million to $3.7 million.", {"from $3.2 million to $3.7 million": "forecast"}),
    # Of a revision only the first figure is replaced; a figure of an earlier estimate has its standing.
    ("June was revised down, from 92,000 to 61,000 homes.", {"92,000": "preliminary", "61,000": "actual"}),
    ("The crop is 41.8 million tonnes, up from 39.4 million in an earlier estimate.", {"39.4 million": "estimate"}),
    # What is promised, and what a minister says that his country will do, is a target.
    ("The mill delivered its promised 1,000-tonne cut.", {"1,000-tonne": "target"}),
    ("Chile will cut copper exports by 30,000 tonnes, Energy Minister Ana Novak said.", {"30,000": "target"}),
]


@pytest.mark.parametrize(("text", "expected"), STANDINGS)
def test_standing(text: str, expected: dict[str, str]) -> None:
    doc = StatusComponent()(read(text, *expected).origin)
    assert dict(zip(expected, doc._.statuses, strict=True)) == expected


@pytest.mark.parametrize(("text", "figures"), cases("status"))
def test_standing_on_many_subjects(text: str, figures: list[Figure]) -> None:
    doc = StatusComponent()(read(text, *(figure.quote for figure in figures)).origin)
    for figure, standing in zip(figures, doc._.statuses, strict=True):
        assert standing in figure.statuses, figure


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("Exports reached 31,000 casks.", "31,000", "asserted"),
        ("Exports did not reach 31,000 casks.", "31,000", "negated"),
        ("Exports failed to reach 31,000 casks.", "31,000", "negated"),
        ("Exports never rose above 31,000 casks.", "31,000", "negated"),
        ("If exports hit 31,000 casks, the port will be full.", "31,000", "hypothetical"),
        ("If exports hit a record, prices would fall 4%.", "4%", "hypothetical"),
        ("Could exports reach 31,000 casks?", "31,000", "hypothetical"),
        ("Had turnout reached 70%, the bill would have passed.", "70%", "hypothetical"),
        ("Were prices to fall by 5%, the firm would lose money.", "5%", "hypothetical"),
        ("Had they not sold 31,000 casks? They had.", "31,000", "hypothetical"),
        ("The fair drew 31,000 if you believe its hosts.", "31,000", "asserted"),
        ("If you ask the union, wages rose 5%.", "5%", "asserted"),
        ("The panel said many would quit if wages fell and 28% would work less.", "28%", "asserted"),
        ("The firm had sold 31,000 casks, and would sell more.", "31,000", "asserted"),
        ("Some 3,100 people did not vote.", "3,100", "asserted"),
        ("The guild did not say why 31,000 casks were lost.", "31,000", "asserted"),
        ("The minister denied that 31,000 casks were lost.", "31,000", "negated"),
        ("The minister denied a report by the guild that 31,000 casks were lost.", "31,000", "asserted"),
        ("Growth was 6.8%, not 6.5%.", "6.5%", "asserted"),
        (
            "China exported 4.9 million cars in 2023, not the 5.3 million that customs reported.",
            "4.9 million",
            "asserted",
        ),
        (
            "China exported 4.9 million cars in 2023, not the 5.3 million that customs reported.",
            "5.3 million",
            "asserted",
        ),
        ("No more than 31,000 casks were sold.", "31,000", "asserted"),
    ],
)
def test_polarity(text: str, quote: str, expected: str) -> None:
    doc = read(text, quote)
    assert polarity(doc, mentions.quantities(doc)[0]) == expected


def test_a_figure_in_an_unparsed_sentence_is_actual() -> None:
    doc = model().make_doc("Exports will reach 31,000 casks.")
    doc._.quantities = [tuple(Quantity(19, 25, 31000.0, None, None, "exact", "count", "number"))]
    assert not is_parsed(plain(doc)[0])
    assert StatusComponent()(doc)._.statuses == ["actual"]
    assert polarity(plain(doc), mentions.quantities(doc)[0]) == "asserted"
