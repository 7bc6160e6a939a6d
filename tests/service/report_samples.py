"""A small story of our own for the report's tests: a ministry, an association and a port disagree about cars."""

from __future__ import annotations

from typing import Any

from extractor.model import Article, Claim, claim_id
from reconcile.model import Finding

MINISTRY = "\n".join(
    (
        "Freedonia sells more cars abroad than ever",
        "",
        "Freedonia exported 4.91 million cars in 2023, the Ministry of Trade said. "
        "Shipments to Sylvania rose 545% to 840,000.",
    )
)
TRADE = "\n".join(
    (
        "Trade body sees a record",
        "",
        "The Vehicle Association expects exports of 5.26 million vehicles, including buses and trucks, for 2023. "
        "Sylvania's dealers hope to sell up to 400,000.",
    )
)
YEAR = {"start": "2023-01-01", "end": "2024-01-01", "text": "2023"}
BEFORE = {"start": "2022-01-01", "end": "2023-01-01", "text": "a year earlier"}


def article(name: str, text: str, **fields: Any) -> Article:
    return Article.model_validate({"id": name, "text": text, "published": "2024-01-19", **fields})


def claim(of: Article, quote: str, **fields: Any) -> Claim:
    """A claim on the first place where the article has the quote; its sentence is the line."""
    start = of.text.index(quote)
    line_start = of.text.rfind("\n", 0, start) + 1
    line_end = of.text.find("\n", start)
    return Claim.model_validate(
        {
            "id": claim_id(of.id, start, quote),
            "article": of.id,
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            "sentence": {"start": line_start, "end": line_end if line_end >= 0 else len(of.text)},
            "published": of.published,
            "indicator": {"id": "exports", "text": "exports"},
            "area": {"id": "CN", "text": "Freedonia"},
            "period": YEAR,
            **fields,
        }
    )


def finding(relation: str, *claims: Claim, **fields: Any) -> Finding:
    names = [one.id for one in claims]
    return Finding.model_validate({"id": f"f-{relation}-{names[0]}", "claims": names, "relation": relation, **fields})


HOSTILE = (
    "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> {{ 7 * 7 }} {% raw %} \u202egnirts\u202c \x00 &amp;"
)


def hostile() -> tuple[list[Article], list[Claim], list[Finding]]:
    """A run in which every slot of every object holds markup."""
    word = {"id": HOSTILE, "text": HOSTILE}
    text = f"{HOSTILE}\n\nSales of 3 {HOSTILE} or 4 units."
    one = article(HOSTILE, text, title=HOSTILE, author=HOSTILE, url="javascript:alert(3)")
    slots = {
        "indicator": word,
        "product": {**word, "includes": [HOSTILE]},
        "area": word,
        "counterpart": word,
        "period": {"text": HOSTILE},
        "source": {**word, "cue": HOSTILE, "via": [word]},
        "unit": HOSTILE,
    }
    claims = [claim(one, quote, value=number, **slots) for number, quote in ((3, "3 <script>"), (4, "4 units"))]
    said = {
        "explanation": HOSTILE,
        "reasons": [{"code": HOSTILE, "evidence": HOSTILE, "confidence": 0.5}],
        "implied": [{"what": HOSTILE, "low": 1, "high": 2, "unit": HOSTILE}],
        "checks_not_made": [HOSTILE],
        "review": {"decision": HOSTILE, "note": HOSTILE, "by": HOSTILE},
    }
    relations = ("contradiction", "arithmetic_conflict", "nested")
    return [one], claims, [finding(relation, *claims, **said) for relation in relations]


def story() -> tuple[list[Article], list[Claim], list[Finding]]:
    """Two articles, five claims, one conflict, one check that fits, one nested pair, one repetition."""
    ministry = article("ministry", MINISTRY, publisher="The Daily Plough", url="https://plough.example/1")
    trade = article("trade", TRADE, publisher="Field & Furrow", published="2024-01-09")
    cars = claim(
        ministry,
        "4.91 million",
        value=4.91e6,
        low=4.905e6,
        high=4.915e6,
        product={"id": "car", "text": "cars"},
        source={"id": "ministry of trade", "text": "Ministry of Trade", "kind": "government", "cue": "said"},
    )
    growth = claim(
        ministry,
        "545%",
        kind="growth",
        value=545,
        low=544.5,
        high=545.5,
        unit="percent",
        product={"id": "vehicle", "text": "shipments"},
        base_period=BEFORE,
    )
    russia = claim(
        ministry,
        "840,000",
        value=840000,
        low=839500,
        high=840500,
        product={"id": "vehicle", "text": "shipments"},
        counterpart={"id": "RU", "text": "Sylvania"},
        borrowed=["period"],
    )
    vehicles = claim(
        trade,
        "5.26 million",
        value=5.26e6,
        low=5.255e6,
        high=5.265e6,
        status="forecast",
        product={"id": "vehicle", "text": "vehicles", "includes": ["buses", "trucks"]},
        source={"id": "vehicle association", "text": "Vehicle Association", "kind": "association", "cue": "expects"},
    )
    sales = claim(
        trade,
        "up to 400,000",
        value=400000,
        high=400000,
        modifier="at_most",
        status="target",
        indicator={"id": "sales", "text": "sell"},
        counterpart={"id": "RU", "text": "Sylvania"},
        source={"id": "dealers", "text": "Sylvania's dealers", "via": [{"id": "reuters", "text": "Reuters"}]},
    )
    findings = [
        finding(
            "apparent_conflict",
            cars,
            vehicles,
            explained_by=["product", "status"],
            gap=0.0669,
            severity=0.72,
            reasons=[
                {"code": "product_scope", "evidence": "cars | vehicles", "confidence": 0.8},
                {"code": "a_new_code", "evidence": "words of ours", "confidence": 0.2},
            ],
            implied=[{"what": "vehicles that are no cars", "low": 340000, "high": 360000, "unit": "count"}],
            bridge=[{"what": "the ministry's cars", "low": 4.905e6, "high": 4.915e6}],
            explanation="The ministry counts 4.91 million cars; the association expects 5.26 million vehicles.",
            checks_not_made=["source_definition: what the figures cover is not on file"],
            voices=[1, 2],
        ),
        finding(
            "arithmetic_agreement",
            growth,
            russia,
            implied=[{"what": "exports to Sylvania in 2022", "low": 130000, "high": 130500, "unit": "count"}],
            explanation="Growth of 545% to 840,000 puts 2022 at about 130,000.",
        ),
        finding("nested", russia, cars, explanation="Sylvania lies within the world."),
        finding("agreement", sales, russia, explanation="Nothing speaks against it."),
    ]
    return [ministry, trade], [cars, growth, russia, vehicles, sales], findings


def revised() -> tuple[list[Article], list[Claim], list[Finding]]:
    """A ministry that gave three figures one after the other, customs that gave two, and the two against each other."""
    told = (
        ("ministry", "2024-01-11", "4.91 million", 4.91e6),
        ("ministry", "2024-02-20", "5.02 million", 5.02e6),
        ("ministry", "2024-06-15", "5.10 million", 5.1e6),
        ("customs", "2024-01-19", "5.22 million", 5.22e6),
        ("customs", "2024-02-25", "5.25 million", 5.25e6),
    )
    articles = [
        article(
            f"{who}-{day}", f"Freedonia's {who} counts {quote} cars for 2023.", published=day, publisher=f"On {day}"
        )
        for who, day, quote, _ in told
    ]
    claims = [
        claim(
            one,
            quote,
            value=value,
            low=value - 5000,
            high=value + 5000,
            product={"id": "car", "text": "cars"},
            source={"id": who, "text": who.capitalize(), "kind": "government"},
        )
        for one, (who, _, quote, value) in zip(articles, told, strict=True)
    ]
    findings = [
        finding("revision", claims[0], claims[1], gap=0.02, severity=0.4, explanation="The ministry looked again."),
        finding("revision", claims[1], claims[2], gap=0.016, severity=0.3, explanation="And once more."),
        finding("revision", claims[3], claims[4], gap=0.006, severity=0.2, explanation="Customs counted late forms."),
        finding("contradiction", claims[0], claims[3], gap=0.06, severity=0.7, explanation="They do not agree."),
    ]
    return articles, claims, findings
