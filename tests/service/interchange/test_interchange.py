"""Exports go there and back: what is written is read again, and what breaks a standard is refused by name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import orjson
import pytest

from extractor.errors import InputError
from extractor.model import Article, Claim, Concept, Period, Product, Source
from reconcile import reconcile
from reconcile.model import Finding, Review
from service.bench.generate import generate
from service.interchange import claim_reviews, prov_document, read_claim_reviews, read_prov, read_sdmx_csv, sdmx_csv
from service.interchange.sdmx import time_period
from service.reading.articles import read_articles


def claim(number: int, value: float, published: dt.date, **slots: object) -> Claim:
    fields = {
        "id": f"c{number}",
        "article": f"a{number}",
        "quote": f"{value:,.0f}",
        "start": 10,
        "end": 10 + len(f"{value:,.0f}"),
        "sentence": {"start": 0, "end": 24},
        "value": value,
        "indicator": Concept(id="exports"),
        "product": Product(id="car"),
        "area": Concept(id="CN"),
        "period": Period(start=dt.date(2023, 1, 1), end=dt.date(2024, 1, 1)),
        "source": Source(id="caam", text="CAAM", kind="association", via=(Concept(id="xinhua"),)),
        "published": published,
    }
    return Claim.model_validate(fields | slots)


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return [claim(1, 4_910_000, dt.date(2024, 1, 10)), claim(2, 5_220_000, dt.date(2024, 3, 10))]


@pytest.fixture(scope="module")
def findings(claims: list[Claim]) -> list[Finding]:
    review = Review(decision="explained", note="Two vintages.", by="R. Desk", at=dt.datetime(2024, 4, 1, 9, 0))
    return [finding.model_copy(update={"review": review}) for finding in reconcile(claims)]


# PROV ----------------------------------------------------------------------------------------------------------------


def test_provenance_leads_from_a_finding_to_articles_and_sources(claims: list[Claim], findings: list[Finding]) -> None:
    document = read_prov(prov_document(claims, findings))
    labels = {name: node["prov:label"] for kind in ("entity", "agent") for name, node in document[kind].items()}
    derived = {(e["prov:generatedEntity"], e["prov:usedEntity"]) for e in document["wasDerivedFrom"].values()}
    assert {labels[used] for made, used in derived if made == "cg:c1"} == {"a1"}
    assert (f"cg:{findings[0].id}", "cg:c1") in derived
    assert ("cg:c2", "cg:c1") in derived  # a revision is derived from what it replaces
    given = {(e["prov:entity"], labels[e["prov:agent"]]) for e in document["wasAttributedTo"].values()}
    assert given == {("cg:c1", "CAAM"), ("cg:c2", "CAAM")}
    relayed = {labels[e["prov:influencer"]] for e in document["wasInfluencedBy"].values()}
    assert relayed == {"xinhua", "R. Desk"}


def test_provenance_holds_every_claim_of_any_set() -> None:
    made = list(generate(200, seed=8))
    document = read_prov(prov_document(made, reconcile(made)))
    assert {f"cg:{each.id}" for each in made} <= set(document["entity"])


def test_a_relation_to_nothing_is_refused(claims: list[Claim]) -> None:
    document = orjson.loads(prov_document(claims))
    del document["entity"]["cg:c1"]
    with pytest.raises(InputError, match="cg:c1"):
        read_prov(orjson.dumps(document))


def test_an_unknown_table_is_refused(claims: list[Claim]) -> None:
    with pytest.raises(InputError, match="hadRumour"):
        read_prov(orjson.dumps({**orjson.loads(prov_document(claims)), "hadRumour": {}}))


# SDMX-CSV ------------------------------------------------------------------------------------------------------------


def day(words: str) -> dt.date:
    return dt.date.fromisoformat(words)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-01-01", "2024-01-01", "2023"),
        ("2023-07-01", "2024-01-01", "2023-S2"),
        ("2023-04-01", "2023-07-01", "2023-Q2"),
        ("2023-06-01", "2023-07-01", "2023-06"),
        ("2023-03-23", "2023-03-24", "2023-03-23"),
        ("2023-01-01", "2023-12-01", "2023-01-01/P11M"),
        ("2022-07-01", "2023-07-01", "2022-07-01/P12M"),
        ("2023-09-20", "2024-01-01", "2023-09-20/P103D"),
    ],
)
def test_periods_in_codes(start: str, end: str, words: str) -> None:
    period = Period(start=day(start), end=day(end))
    assert time_period(period) == words
    written = claim(1, 1.0, dt.date(2024, 1, 1), period=period)
    (row,) = read_sdmx_csv(sdmx_csv([written]))
    assert row["START"] == day(start)


def test_observations_come_back_as_they_went() -> None:
    made = list(generate(300, seed=4))
    rows = {row["CLAIM"]: row for row in read_sdmx_csv(sdmx_csv(made))}
    for each in made:
        assert rows[each.id]["OBS_VALUE"] == each.value
        assert each.product is not None
        assert rows[each.id]["PRODUCT"] == each.product.id


def test_what_a_claim_leaves_open_is_not_applicable(claims: list[Claim]) -> None:
    bare = claims[0].model_copy(update={"period": None, "area": None, "source": None, "status": "target"})
    (row,) = read_sdmx_csv(sdmx_csv([bare]))
    assert (row["TIME_PERIOD"], row["REF_AREA"], row["SOURCE"], row["START"]) == ("_Z", "_Z", "_Z", None)
    assert (row["OBS_STATUS"], row["CLAIM_STATUS"]) == ("F", "target")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (b"OBS_VALUE", b"VALUE", "columns"),
        (b"4910000.0", b"many", "many"),
        (b"CLAIMGRAPH:CLAIMS", b"ESTAT:CLAIMS", "structure"),
    ],
)
def test_a_broken_file_is_refused(claims: list[Claim], old: bytes, new: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_sdmx_csv(sdmx_csv(claims).replace(old, new))


def test_no_observation_comes_twice(claims: list[Claim]) -> None:
    with pytest.raises(InputError, match="came before"):
        read_sdmx_csv(sdmx_csv([claims[0], claims[0]]))


# ClaimReview ---------------------------------------------------------------------------------------------------------


def test_reviewed_findings_become_claim_reviews(claims: list[Claim], findings: list[Finding]) -> None:
    text = "China shipped 4,910,000 cars."
    articles = {"a1": Article(id="a1", text=text, publisher="Vell Post", url="https://vell.example/1")}
    nodes = read_claim_reviews(claim_reviews(claims, findings, articles))
    (review,) = [node for node in nodes if node["@type"] == "ClaimReview"]
    assert review["claimReviewed"] == findings[0].explanation
    assert review["reviewRating"]["alternateName"] == "The figures differ for a known reason"
    assert (review["author"]["name"], review["datePublished"]) == ("R. Desk", "2024-04-01")
    first = next(node for node in nodes if node["@id"] == "urn:claimgraph:c1")
    assert first["text"] == text[:24]
    assert first["appearance"]["publisher"] == "Vell Post"
    assert first["author"] == {"@type": "Organization", "name": "CAAM"}


def test_findings_that_nobody_ruled_on_are_left_out(claims: list[Claim]) -> None:
    assert read_claim_reviews(claim_reviews(claims, reconcile(claims))) == []


def test_a_review_of_what_is_not_there_is_refused(claims: list[Claim], findings: list[Finding]) -> None:
    document = orjson.loads(claim_reviews(claims, findings))
    document["@graph"] = document["@graph"][1:]
    with pytest.raises(InputError, match="not there"):
        read_claim_reviews(orjson.dumps(document))


# The door ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "node-link", "graphml", "prov", "sdmx-csv", "claimreview"])
def test_every_form_is_written_from_a_run(
    form: str, claims: list[Claim], findings: list[Finding], tmp_path: Path
) -> None:
    from service.writing.export import Run, write_form
    from service.writing.outputs import json_lines

    (tmp_path / "claims.jsonl").write_bytes(json_lines(claims))
    (tmp_path / "findings.jsonl").write_bytes(json_lines(findings))
    write_form(Run(tmp_path), to=tmp_path / "out", form=form)
    content = (tmp_path / "out").read_bytes()
    readers = {"prov": read_prov, "sdmx-csv": read_sdmx_csv, "claimreview": read_claim_reviews}
    assert readers[form](content) if form in readers else content


def test_an_export_without_any_decision_says_why_it_is_empty(
    claims: list[Claim], findings: list[Finding], tmp_path: Path
) -> None:
    from service.writing.export import Run, why_empty
    from service.writing.outputs import json_lines

    for folder, found in (("open", reconcile(claims)), ("decided", findings)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "findings.jsonl").write_bytes(json_lines(found))
    assert "nobody has decided" in (why_empty(Run(tmp_path / "open"), "claimreview") or "")
    assert why_empty(Run(tmp_path / "decided"), "claimreview") is None
    assert why_empty(Run(tmp_path / "open"), "csv") is None


@pytest.mark.parametrize("form", ["labelstudio", "prodigy", "docbin"])
def test_gold_of_the_articles_of_a_run_goes_to_an_annotation_tool_and_back(
    root: Path, form: str, tmp_path: Path
) -> None:
    from service.interchange.files import export_annotations, import_annotations
    from service.scoring.gold import load_gold
    from service.writing.outputs import json_lines

    articles = list(read_articles([root / "corpus" / "steel"], on_skip=lambda skip: None))
    names = [article.id for article in articles]
    (tmp_path / "articles.jsonl").write_bytes(json_lines(articles))
    (tmp_path / "claims.jsonl").write_bytes(b"")
    written = export_annotations(tmp_path, tmp_path / "tasks", form, gold=root / "gold")
    assert import_annotations(written[0], tmp_path / "back", form) == len(names)
    before, after = load_gold(root / "gold").articles, load_gold(tmp_path / "back").articles
    for name in names:
        assert [(each.start, each.value[0]) for each in after[name].claims] == [
            (each.start, each.value[0]) for each in before[name].claims
        ]


def test_gold_of_none_of_the_articles_of_a_run_is_refused(root: Path, tmp_path: Path) -> None:
    from service.interchange.files import export_annotations
    from service.writing.outputs import json_lines

    (tmp_path / "articles.jsonl").write_bytes(json_lines([Article(id="another", text="It sold 5 cars.")]))
    with pytest.raises(InputError, match="the folder holds gold of other articles only"):
        export_annotations(tmp_path, tmp_path / "tasks", "prodigy", gold=root / "gold")


_ANNOTATED = (
    '{"meta": {"id": "a"}, "text": "It sold 5 cars.", "spans": '
    '[{"start": 8, "end": 9, "label": "level", "slots": {"value": ["5"], "unit": ["count"]}}]}'
)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{broken", "line 3: not JSON: unexpected character, expected a string key (column 2)"),
        ('{"text": "It sold 5 cars."}', "line 3, field 'meta': is missing"),
        ("[]", "line 3: not in the prodigy form"),
        (_ANNOTATED, "line 3: the article 'a' stands there twice"),
        (_ANNOTATED.replace('"a"', '"a/b"'), "line 3: 'a/b' can be no file's name"),
        (_ANNOTATED.replace('"a"', '"b"').replace("9", "99"), "line 3, field 'spans[0]': 8 to 99 does not lie in"),
        (_ANNOTATED.replace('"a"', '"b"').replace('"value": ["5"], ', ""), "line 3, field \"spans[0] '5' value\""),
    ],
)
def test_an_annotation_file_is_refused_by_the_line_that_is_wrong(tmp_path: Path, line: str, problem: str) -> None:
    from service.interchange.files import import_annotations

    file = tmp_path / "tasks.jsonl"
    file.write_text(f"{_ANNOTATED}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        import_annotations(file, tmp_path / "gold")
    assert f"tasks.jsonl, {problem}" in str(refused.value)
    assert not (tmp_path / "gold").exists()
