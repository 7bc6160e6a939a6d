"""Who gave each figure: a text in, the source of each of its figures out.

Every sentence is made up, as are the bodies in it. A row names, for each quote, the id of the source, its kind, and the
ids of those who relayed it, nearest the figure first; None is the article's own voice.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attribution_cases import Figure, cases
from reading import read

from extractor import mentions
from extractor.mentions import Attribution
from extractor.parsing import model
from extractor.sentences import mark_sentences, sentence_spans
from extractor.sources import has_cue
from extractor.sources.cues import cue_words, inflections
from extractor.sources.quotations import find_quotations
from extractor.syntax import paragraph_starts

Expected = dict[str, Any]


def sources(text: str, *quotes: str) -> dict[str, tuple[str, str, tuple[str, ...]] | None]:
    """Id, kind and relays of each quote's source."""
    found = mentions.attributions(read(text, *quotes))
    return {
        quote: (one.id, one.kind, tuple(identity for identity, _ in one.via)) if one.id else None
        for quote, one in zip(quotes, found, strict=True)
    }


def rows(*cases: tuple[str, str, Expected]) -> Any:
    return pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=name) for name, t, e in cases])


def check(text: str, expected: Expected) -> None:
    assert sources(text, *expected) == expected


ROASTERS = ("coffee roasters' league of maravia", "association", ())
OFFICE = ("maravian harvest office", "government", ())


@rows(
    (
        "according to, at the end, over both clauses",
        "Cafes sold 31 million cups, 4% fewer than a year before, according to the Coffee Roasters' League of Maravia.",
        {"31 million": ROASTERS, "4%": ROASTERS},
    ),
    (
        "according to, in front, with a document",
        "According to figures from the Maravian Harvest Office, farmers cut 7,400 hectares, up from 6,900 in 2021.",
        {"7,400": OFFICE, "6,900": OFFICE},
    ),
    (
        "according to, inside the clause",
        "Ferries, according to the Port Authority of Velden, carried 212,000 lorries last year.",
        {"212,000": ("port authority of velden", "government", ())},
    ),
    (
        "according to, with its own clause after it",
        "Rents rose 5% in May, according to the Tenants' League, and deposits climbed 9%.",
        {"5%": ("tenants' league", "association", ()), "9%": ("tenants' league", "association", ())},
    ),
    (
        "two of them in one sentence",
        "Rents rose 5% according to the Tenants' League, and 2% according to the Landlords' Association.",
        {"5%": ("tenants' league", "association", ()), "2%": ("landlords' association", "association", ())},
    ),
)
def test_according_to(text: str, expected: Expected) -> None:
    check(text, expected)


@rows(
    (
        "a body before the noun",
        "Wine exports slipped to 310,000 cases in the first quarter, customs data showed on Friday.",
        {"310,000": ("customs", "customs", ())},
    ),
    (
        "the same in front, with a date that is no maker",
        "Customs data from last week showed that wine exports slipped to 310,000 cases.",
        {"310,000": ("customs", "customs", ())},
    ),
    (
        "a country's body",
        "Maravian customs data showed exports of 410,000 carts in May.",
        {"410,000": ("maravian customs", "customs", ())},
    ),
    (
        "official data have no name",
        "Inflation eased to 2.9% in April, official data showed.",
        {"2.9%": ("official data", "government", ())},
    ),
    (
        "industry data",
        "Industry data put berth occupancy at 74% in June.",
        {"74%": ("industry data", "other", ())},
    ),
    (
        "released by, and what is inherited by those",
        "Figures released by the Egg Board on Monday put output at 81 million dozen; those compiled by the farmers "
        "come to 84 million.",
        {"81 million": ("egg board", "association", ()), "84 million": ("farmers", "other", ())},
    ),
    (
        "a study published by",
        "A study published by the Norda Institute found that 38% of bakers work at night.",
        {"38%": ("norda institute", "analyst", ())},
    ),
    (
        "a report by, with the clause inside the noun phrase",
        "The town denied a report by the Velden Courier News that 1,200 homes had no heating.",
        {"1,200": ("velden courier news", "media", ())},
    ),
    (
        "the maker's report",
        "The union's report says 640 drivers left last winter.",
        {"640": ("union", "association", ())},
    ),
    (
        "in a survey by",
        "In a survey by the Bakers' Guild, 46% said they would raise prices.",
        {"46%": ("bakers' guild", "association", ())},
    ),
    (
        "seen by: no maker, so the words, and whoever saw them",
        "Farmers lost 9,000 goats, according to figures seen by Radio Norda.",
        {"9,000": ("figures", "other", ("radio norda",))},
    ),
)
def test_documents_speak_for_their_makers(text: str, expected: Expected) -> None:
    check(text, expected)


@rows(
    (
        "the tagger takes the verb for a noun",
        "Cobalt fell by 40%, data from the Harlan Institute shows.",
        {"40%": ("harlan institute", "analyst", ())},
    ),
    (
        "the verb before the document",
        "Sales of bicycles grew by 35% in the valley last year, shows a report by the Harlan Institute.",
        {"35%": ("harlan institute", "analyst", ())},
    ),
    (
        "by one's count",
        "The firm shipped 55 million lamps, the Harlan Institute estimated, against 58 million by the guild's count.",
        {"55 million": ("harlan institute", "analyst", ()), "58 million": ("guild", "association", ())},
    ),
    (
        "a number that belongs to a body that publishes",
        "The Egg Board's 5.2 million also has ducks in it.",
        {"5.2 million": ("egg board", "association", ())},
    ),
    (
        "a body that publishes has a number",
        "The Egg Board has 57%, the mill has 900 workers.",
        {"57%": ("egg board", "association", ()), "900": None},
    ),
    (
        "a filing is received, not made, by the exchange",
        "The layoffs hit 1,200 people, according to a regulatory filing.",
        {"1,200": ("regulatory filing", "other", ())},
    ),
    (
        "keeping an outlook",
        "The Harlan Institute kept its outlook for 2031 at 1.2 billion tonnes.",
        {"1.2 billion": ("harlan institute", "analyst", ())},
    ),
)
def test_documents_in_unusual_places(text: str, expected: Expected) -> None:
    check(text, expected)


@rows(
    (
        "put at",
        "Insurers put the storm damage at 2.4 billion crowns.",
        {"2.4 billion": ("insurers", "company", ())},
    ),
    (
        "put at, passive with an agent",
        "The storm damage was put at 2.4 billion crowns by insurers.",
        {"2.4 billion": ("insurers", "company", ())},
    ),
    (
        "estimated, passive without an agent",
        "The storm damage is estimated at 2.4 billion crowns.",
        {"2.4 billion": None},
    ),
    (
        "a firm reports on itself",
        "Quillon Motors posted a loss of 41 million euros on Thursday.",
        {"41 million": ("quillon motors", "company", ())},
    ),
    (
        "a country does not report by growing",
        "Germany posted growth of 0.3% in the third quarter.",
        {"0.3%": None},
    ),
    (
        "a bare fact",
        "The statue weighs 41 tonnes and stands on 12 pillars.",
        {"41": None, "12": None},
    ),
    (
        "counting",
        "The forest agency counted 3,900 fires in August.",
        {"3,900": ("forest agency", "government", ())},
    ),
    (
        "expecting",
        "The Hop Growers' Association expects a harvest of 51,000 tonnes next year.",
        {"51,000": ("hop growers' association", "association", ())},
    ),
    (
        "seeing",
        "Brokerage Pryce Securities sees copper at $9,700 a tonne.",
        {"$9,700": ("pryce securities", "analyst", ())},
    ),
    (
        "aiming",
        "The housing ministry aims to finish 88,000 flats by 2028.",
        {"88,000": ("housing ministry", "government", ())},
    ),
    (
        "a forecast in numbers",
        "The central bank's forecast of 3.1% looks high.",
        {"3.1%": ("central bank", "government", ())},
    ),
    (
        "revising",
        "The salt ministry revised the April deficit to $2.7 billion from the $3.1 billion it first reported.",
        {"$2.7 billion": ("salt ministry", "government", ()), "$3.1 billion": ("salt ministry", "government", ())},
    ),
)
def test_verbs_that_hold_the_figure(text: str, expected: Expected) -> None:
    check(text, expected)


RUO = ("anselm ruo", "person", ("radio norda",))


@rows(
    (
        "a person with a role tells a medium",
        '"We sheared 4.4 million sheep," Anselm Ruo, secretary general of the Wool Council, told Radio Norda.',
        {"4.4 million": RUO},
    ),
    (
        "told reporters relays nothing",
        "Anselm Ruo, head of the Wool Council, told reporters that 4.4 million sheep were shorn.",
        {"4.4 million": ("anselm ruo", "person", ())},
    ),
    (
        "an interview relays",
        "They sheared 4.4 million sheep, Anselm Ruo, head of the Wool Council, said in an interview with Radio Norda.",
        {"4.4 million": RUO},
    ),
    (
        "a surname means the person named in full before",
        "The boiler maker was founded by Grace Oduya.\n\n"
        "“Demand was up 17%,” said Oduya, “but we shipped only 68,000 boilers. Some 9,000 are stuck.”",
        {
            "17%": ("grace oduya", "person", ()),
            "68,000": ("grace oduya", "person", ()),
            "9,000": ("grace oduya", "person", ()),
        },
    ),
    (
        "a colon, and the quotation in the next paragraph",
        "Anselm Ruo, head of the Wool Council, told Radio Norda:\n\n“We sheared 4.4 million sheep.”",
        {"4.4 million": RUO},
    ),
    (
        "a quotation that goes on in a new paragraph",
        "“Orders rose 12% in spring,” said Lena Brandt, head of the guild.\n\n“Exports fell by 30%.”",
        {"12%": ("lena brandt", "person", ()), "30%": ("lena brandt", "person", ())},
    ),
    (
        "a quotation of two sentences with the speaker at the end",
        "“Orders rose 12% in spring. Exports fell by 30%,” said Lena Brandt.",
        {"12%": ("lena brandt", "person", ()), "30%": ("lena brandt", "person", ())},
    ),
    (
        "a spokesman speaks for the firm named before",
        "Corvan Motors sold its foundry. The site had 1,700 workers, a spokesman said at the time.",
        {"1,700": ("corvan motors", "company", ())},
    ),
    (
        "a spokesman for a body",
        "The site has 1,700 workers, a spokesman for the foundry said.",
        {"1,700": ("foundry", "company", ())},
    ),
    (
        "unnamed people",
        "The sale would cost 300 jobs, two people close to the talks said.",
        {"300": ("two people close to the talks", "other", ())},
    ),
    (
        "it",
        "The Lending Council met on Monday. It estimated that 2.2% of loans were in arrears.",
        {"2.2%": ("lending council", "association", ())},
    ),
    (
        "it, at the end of the sentence",
        "The Lending Council said on Monday that 13,000 loans were approved. More than 400 were in arrears, it said.",
        {"13,000": ("lending council", "association", ()), "400": ("lending council", "association", ())},
    ),
    (
        "the association",
        "The Hop Growers' Association met in Velden. Growers picked 50,000 tonnes, the association said.",
        {"50,000": ("hop growers' association", "association", ())},
    ),
    (
        "the acronym",
        "The Harbour Workers' League (HWL) met in Velden.\n\nSome 4,000 dockers struck, the HWL said.",
        {"4,000": ("harbour workers' league", "association", ())},
    ),
    (
        "she",
        "Lena Brandt, head of the guild, spoke on Monday. She said that 450 bakeries had closed.",
        {"450": ("lena brandt", "person", ())},
    ),
)
def test_speakers(text: str, expected: Expected) -> None:
    check(text, expected)


@rows(
    (
        "citing",
        "The canal has passed 52 ships, the canal ministry said in a statement, citing the port authority.",
        {"52": ("port authority", "government", ("canal ministry",))},
    ),
    (
        "citing estimates of",
        "They move 280,000 tonnes, the Evening Ledger reported, citing estimates of experts at the Harlan Institute.",
        {"280,000": ("experts at the harlan institute", "analyst", ("evening ledger",))},
    ),
    (
        "three steps",
        "The airline flew 5.1 million people, the Evening Ledger said, quoting the Norda agency, which had seen the "
        "carrier's annual report.",
        {"5.1 million": ("carrier", "company", ("norda agency", "evening ledger"))},
    ),
    (
        "a poll of economists",
        "The median forecast of 20 economists in a Norda poll was for growth of 0.5%.",
        {"0.5%": ("economists", "analyst", ("norda",))},
    ),
    (
        "a person repeats another's figure",
        "Mayor Petra Lund said she was sad that rents had climbed 13%, the rate that the Tenants' League published.",
        {"13%": ("tenants' league", "association", ("petra lund",))},
    ),
    (
        "according to, inside what somebody says",
        "The minister said that 40,000 tourists came, according to the border police.",
        {"40,000": ("border police", "government", ("minister",))},
    ),
    (
        "economists polled by",
        "Output fell 3.4%, the statistics bureau said, while economists polled by Radio Norda had forecast 3.6%.",
        {
            "3.4%": ("statistics bureau", "government", ()),
            "3.6%": ("economists", "analyst", ("radio norda",)),
        },
    ),
    (
        "a chairman with a name",
        "The firm sold 2.3 million vans, the Evening Ledger reported, citing its chairman Petra Lund.",
        {"2.3 million": ("petra lund", "person", ("evening ledger",))},
    ),
    (
        "as reported by",
        "Some 600 jobs will go, as reported by the Evening Ledger.",
        {"600": ("evening ledger", "media", ())},
    ),
)
def test_relays(text: str, expected: Expected) -> None:
    check(text, expected)


@rows(
    (
        "of these, across a paragraph",
        "The forest agency counted 3,900 fires in July.\n\nOf these, 240 burned more than 100 hectares.",
        {"240": ("forest agency", "government", ())},
    ),
    (
        "a new paragraph without a link",
        "The forest agency counted 3,900 fires in July.\n\nThe region has 240 villages.",
        {"240": None},
    ),
    (
        "the same paragraph",
        "A survey of bakers by Brandt & Lisle found a trade under strain. Some 19% had let staff go.",
        {"19%": ("brandt & lisle", "other", ())},
    ),
    (
        "nothing is carried backwards",
        "The valley has 12 mills. Two more will close, the union said.",
        {"12": None},
    ),
    (
        "between two attributions to one source",
        "The market grew 12%, the Harlan Institute said.\n\n"
        "Quillon led with 54 million lamps. Its share was the largest, the Harlan Institute said.",
        {"54 million": ("harlan institute", "analyst", ())},
    ),
    (
        "a report that is only announced",
        "Quillon reports earnings on July 31. Its shares were up 0.7%.",
        {"0.7%": None},
    ),
    (
        "a forecast mentioned in passing is not carried on",
        "Sales beat the guild's forecast of 900 lamps. Shares rose 4%.",
        {"900": ("guild", "association", ()), "4%": None},
    ),
    (
        "the writer's own sum",
        "The union said 300 of 900 mills closed. That means 600 are left.",
        {"300": ("union", "association", ()), "600": None},
    ),
    (
        "a headline with a colon",
        "Grid operator: solar to pass 32% of supply by 2027",
        {"32%": ("grid operator", "company", ())},
    ),
    (
        "a wire's headline with a dash",
        "Herring catch falls 40% in May -industry body",
        {"40%": ("industry body", "association", ())},
    ),
    (
        "a headline with a comma",
        "Herring catch to fall 40% next year, scientists warn",
        {"40%": ("scientists", "analyst", ())},
    ),
    (
        "a headline without a cue",
        "Herring catch falls 40%\n\nThe catch was 9,000 tonnes, the fisheries ministry said.",
        {"40%": None, "9,000": ("fisheries ministry", "government", ())},
    ),
)
def test_reach(text: str, expected: Expected) -> None:
    check(text, expected)


@rows(
    (
        "the actor is not the source",
        "Tessaro Steel cut 550 jobs at its Velden mill, union officials said.",
        {"550": ("union officials", "association", ())},
    ),
    (
        "the rival is not the source",
        "Corvan Motors outsold Tessaro by 11,000 vans, registration office data showed.",
        {"11,000": ("registration office", "government", ())},
    ),
    (
        "two sources in one sentence",
        "The airport handled 31,500 flights, the regulator said, but the operator counts 29,000.",
        {"31,500": ("regulator", "government", ()), "29,000": ("operator", "company", ())},
    ),
    (
        "nobody has spoken yet",
        "The firm did not say how many of its 900 workers would leave.",
        {"900": None},
    ),
    (
        "a brand that claims a share says nothing",
        "Lena Brandt runs the guild. She revealed that foreign brands now claim 45% of the market.",
        {"45%": ("lena brandt", "person", ())},
    ),
)
def test_the_nearest_name_is_not_the_source(text: str, expected: Expected) -> None:
    check(text, expected)


@pytest.mark.parametrize("name", ["000_228226f78baa6fe3", "001_640521042949933e", "003_a74725f312195958"])
def test_the_sources_of_the_seeds_are_right(name: str, shared: Path) -> None:
    text = (shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
    claims = json.loads((shared / "seeds" / "gold" / f"{name}.json").read_text(encoding="utf-8"))["claims"]
    required = [claim for claim in claims if not claim.get("optional")]
    found = mentions.attributions(read(text, *((claim["start"], claim["end"]) for claim in required)))
    right = [_accepts(claim["source"] or [None], one) for claim, one in zip(required, found, strict=True)]
    assert sum(right) >= 0.92 * len(right)


def _accepts(answers: list[str | None], found: Attribution) -> bool:
    if not found.id:
        return None in answers
    return any(answer is not None and answer.lower() in (found.id, found.text.lower()) for answer in answers)


@rows(
    (
        "the verb left out",
        "Organisers claimed 3,500 marchers, the interior ministry 1,080 people.",
        {"3,500": ("organisers", "other", ()), "1,080": ("ministry_of_interior", "government", ())},
    ),
    (
        "two according to",
        "In Velden, 22,000 people marched according to the prefecture and 55,000 people according to the unions.",
        {"22,000": ("prefecture", "government", ()), "55,000": ("unions", "association", ())},
    ),
    (
        "in brackets",
        "Between 30,000 people (police) and 90,000 people (unions) took part.",
        {"30,000": ("police", "government", ()), "90,000": ("unions", "association", ())},
    ),
    (
        "spoke of",
        "Police counted 119,000 marchers; the dockers' union spoke of 800,000 people.",
        {"119,000": ("police", "government", ()), "800,000": ("dockers' union", "association", ())},
    ),
    (
        "five times the other's figure",
        "The Dockers' Union put the crowd at 250,000, five times the police figure of 48,000.",
        {"250,000": ("dockers' union", "association", ()), "48,000": ("police", "government", ())},
    ),
    (
        "the denier's own count",
        "The regulator said 31,000 jets landed. The Dockers' Union disputes that: it counts 29,000.",
        {"31,000": ("regulator", "government", ()), "29,000": ("dockers' union", "association", ())},
    ),
    (
        "its own number",
        "The Harlan Institute lowered its own number to 960,000 barrels.",
        {"960,000": ("harlan institute", "analyst", ())},
    ),
    (
        "a body whose acronym is a pronoun in lower case",
        "The WHO says 1.7 million doses have come.",
        {"1.7 million": ("who", "other", ())},
    ),
)
def test_contested_counts(text: str, expected: Expected) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "figures"), cases("source"))
def test_attributions_on_many_subjects(text: str, figures: list[Figure]) -> None:
    found = mentions.attributions(read(text, *(figure.quote for figure in figures)))
    for figure, one in zip(figures, found, strict=True):
        assert {one.id, one.text.lower()} & figure.sources or (not one.id and "" in figure.sources), figure
        if one.id:
            assert one.kind in figure.kinds, figure
            assert figure.relays in (None, ";".join(text.lower() for _, text in one.via)), figure


def test_the_cue_and_its_place_are_told() -> None:
    text = "Wine exports slipped to 310,000 cases, customs data showed."
    (found,) = mentions.attributions(read(text, "310,000"))
    assert (found.cue, text[found.cue_start :]) == ("data showed", "showed.")


def test_the_text_is_that_of_the_article_without_its_determiner() -> None:
    (found,) = mentions.attributions(read("The Lending Council said 400 loans failed.", "400"))
    assert found.text == "Lending Council"


def test_a_borrowed_source_is_marked() -> None:
    doc = read("The union said 300 mills closed. Some 600 are left.", "300", "600")
    assert [found.borrowed for found in mentions.attributions(doc)] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board said so.", True),
        ("A poll of bakers followed.", True),
        ("He told Radio Norda:", True),
        ("The mill burned down in May.", False),
    ],
)
def test_has_cue(text: str, expected: bool) -> None:
    assert has_cue(text) is expected


def test_every_form_of_every_verb_of_saying_is_a_cue() -> None:
    for verb, kind in cue_words().verbs.items():
        if kind in ("say", "show", "cite", "estimate"):
            assert has_cue(f"they {verb} it"), verb


@pytest.mark.parametrize(
    ("verb", "form"), [("deny", "denied"), ("warn", "warning"), ("note", "noted"), ("stress", "stresses")]
)
def test_inflections(verb: str, form: str) -> None:
    assert form in set(inflections(verb))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
        ('"One," he said.', ['"One,"']),
        ("“One goes on.\n\n“Two ends.” Three.", ["“One goes on.\n\n", "“Two ends.”"]),
        ("No marks at all.", []),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    doc = model().make_doc(text)
    mark_sentences(doc, sentence_spans(text))
    found = find_quotations(doc, paragraph_starts(doc))
    assert [doc[one.first : one.last].text_with_ws.strip(" ") for one in found] == quoted
