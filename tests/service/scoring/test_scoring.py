"""What the board counts."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from extractor.errors import InputError, UsageError
from extractor.model import Article, Claim
from service.cli import app
from service.scoring.board import PRF, Scores, Share
from service.scoring.claims import half_of, match, read_thresholds, score, score_run
from service.scoring.gold import Gold, GoldClaim
from service.scoring.terminal import print_scores
from service.writing.outputs import json_lines

TEXT = "Exports rose 5% to 2.1 million cars in 2023, and 40 ships waited in 3 ports."
FIGURES = {"5%": 5.0, "2.1 million": 2_100_000.0, "40": 40.0, "3": 3.0}


def gold_claim(quote: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {
        "start": start, "end": start + len(quote), "quote": quote, "value": FIGURES[quote],
        "kind": "level", "unit": "count", "indicator": ["exports"],
        "product": [], "area": [], "source": [], "period": [],
        **fields,
    }  # fmt: skip


def claim(quote: str, article: str = "a", **fields: Any) -> Claim:
    start = TEXT.index(quote)
    given = {"id": f"{article}-{quote}", "article": article, "quote": quote, "start": start, "end": start + len(quote),
             "value": FIGURES[quote], "indicator": {"id": "exports"}}  # fmt: skip
    return Claim.model_validate({**given, **fields})


def gold(*claims: dict[str, Any], pairs: list[dict[str, Any]] | None = None) -> Gold:
    article = {"article": {"id": "a"}, "claims": list(claims)}
    return Gold.model_validate({"articles": {"a": article}, "pairs": pairs or []})


def scored(gold: Gold, claims: list[Claim], findings: list[dict[str, Any]] | None = None) -> Scores:
    return score(gold, [Article(id="a", text=TEXT)], claims, findings)


def test_claims_found_missed_and_spurious() -> None:
    scores = scored(gold(gold_claim("5%"), gold_claim("2.1 million")), [claim("5%"), claim("40")])
    assert scores.claims == PRF(hits=1, false=1, missed=1)
    assert (scores.claims.precision, scores.claims.recall, scores.claims.f1) == (50.0, 50.0, 50.0)


def test_optional_claims_count_neither_when_found_nor_when_missed() -> None:
    wanted = gold(gold_claim("5%"), gold_claim("40", optional=True), gold_claim("3", optional=True))
    assert scored(wanted, [claim("5%"), claim("40", value=7.0)]).claims == PRF(hits=1)


def test_overlap_finds_a_claim_but_not_exactly() -> None:
    wider = claim("2.1 million", start=TEXT.index("to 2.1"))
    scores = scored(gold(gold_claim("2.1 million")), [wider])
    assert (scores.claims, scores.exact) == (PRF(hits=1), PRF(false=1, missed=1))


def test_matching_is_one_to_one_and_prefers_the_larger_overlap() -> None:
    whole = GoldClaim.model_validate(gold_claim("2.1 million"))
    start = whole.start
    parts = [
        claim("2.1 million", id=name, start=start + a, end=start + b) for name, a, b in (("x", 0, 3), ("y", 4, 11))
    ]
    assert [found.id for _, found in match([whole], parts)] == ["y"]


def test_slots_and_claims_entirely_right() -> None:
    wanted = gold(gold_claim("5%", kind="growth", unit="percent"), gold_claim("2.1 million"))
    scores = scored(wanted, [claim("5%", kind="growth", unit="percent"), claim("2.1 million", status="forecast")])
    assert (scores.slots["status"], scores.slots["kind"]) == (Share(1, 2), Share(2, 2))
    assert scores.entirely == Share(1, 2)
    assert scores.kinds == {"growth": (Share(1, 1), Share(1, 1)), "level": (Share(1, 1), Share(0, 1))}
    assert [found.wrong for found in scores.errors[0].wrong] == [["status"]]


def test_gold_article_that_was_not_read_is_named_and_its_claims_are_missed() -> None:
    scores = score(gold(gold_claim("5%")), [], [], None)
    assert (scores.absent, scores.claims) == (["a"], PRF(missed=1))


def test_gold_that_does_not_fit_the_text_is_refused() -> None:
    with pytest.raises(InputError, match=r"claims\[0\].quote"):
        score(gold(gold_claim("5%")), [Article(id="a", text=TEXT.replace("5%", "6%"))], [], None)


@pytest.mark.parametrize(
    ("known", "accepted", "found", "right"),
    [
        ("2024-01-19", [], "2024-01-19", 1),
        ("2024-01-19", [], "2024-01-18", 0),
        (None, ["2024-01-01", "2024-02-01"], "2024-01-19", 1),
        (None, ["2024-01-01", "2024-02-01"], "2024-02-01", 0),
        (None, ["2024-01-01", "2024-02-01"], None, 0),
    ],
)
def test_publication_date(known: str | None, accepted: list[str], found: str | None, right: int) -> None:
    article = {"article": {"id": "a", "published": known, "published_accept": accepted}, "claims": [gold_claim("5%")]}
    wanted = Gold.model_validate({"articles": {"a": article}, "pairs": []})
    assert scored(wanted, [claim("5%", published=found)]).published == Share(right, 1)


def pair(*quotes: str, relation: list[str], explained_by: tuple[str, ...] = ()) -> dict[str, Any]:
    claims = [("a", TEXT.index(quote)) for quote in quotes]
    return {"claims": claims, "relation": relation, "explained_by": list(explained_by)}


def finding(*quotes: str, relation: str, explained_by: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"claims": [f"a-{quote}" for quote in quotes], "relation": relation, "explained_by": list(explained_by)}


@pytest.mark.parametrize(
    ("accepted", "asked", "said", "conflicts"),
    [
        (["contradiction"], (), [("contradiction", ())], PRF(hits=1)),
        (["contradiction"], (), [], PRF(missed=1)),
        (["contradiction"], (), [("apparent_conflict", ())], PRF(false=1, missed=1)),
        (["contradiction"], (), [("agreement", ())], PRF(missed=1)),
        (["contradiction", "revision"], (), [("revision", ())], PRF(hits=1)),
        (["apparent_conflict"], ("product",), [("apparent_conflict", ("product", "status"))], PRF(hits=1)),
        (["apparent_conflict"], ("product",), [("apparent_conflict", ("status",))], PRF(false=1, missed=1)),
        (["nested", "none"], (), [("contradiction", ())], PRF(false=1)),
        (["nested", "none"], (), [], PRF()),
        (["apparent_conflict", "none"], (), [("apparent_conflict", ())], PRF()),
        (["apparent_conflict", "none"], (), [], PRF()),
        (["agreement"], (), [("agreement", ())], PRF()),
    ],
)
def test_conflict_of_a_listed_pair(
    accepted: list[str], asked: tuple[str, ...], said: list[tuple[str, tuple[str, ...]]], conflicts: PRF
) -> None:
    wanted = gold(gold_claim("5%"), gold_claim("40"), pairs=[pair("5%", "40", relation=accepted, explained_by=asked)])
    findings = [finding("40", "5%", relation=relation, explained_by=slots) for relation, slots in said]
    assert scored(wanted, [claim("5%"), claim("40")], findings).conflicts == conflicts


def test_unlisted_conflict_is_false_once_and_unlisted_agreement_is_nothing() -> None:
    wanted = gold(gold_claim("5%"), gold_claim("40"), gold_claim("3"))
    findings = [
        finding("5%", "40", relation="contradiction"),
        finding("40", "5%", relation="revision"),
        finding("5%", "3", relation="agreement"),
    ]
    assert scored(wanted, [claim("5%"), claim("40"), claim("3")], findings).conflicts == PRF(false=1)


def test_conflict_over_a_claim_that_gold_does_not_have_is_false() -> None:
    findings = [finding("5%", "40", relation="contradiction")]
    assert scored(gold(gold_claim("5%")), [claim("5%"), claim("40")], findings).conflicts == PRF(false=1)


def test_triples_count_by_set() -> None:
    quotes = ("5%", "40", "3")
    wanted = gold(*map(gold_claim, quotes), pairs=[pair(*quotes, relation=["arithmetic_conflict"])])
    for order in itertools.permutations(quotes):
        findings = [finding(*order, relation="arithmetic_conflict")]
        assert scored(wanted, [claim(quote) for quote in quotes], findings).conflicts == PRF(hits=1)
    part = [finding("5%", "40", relation="arithmetic_conflict")]
    assert scored(wanted, [claim(quote) for quote in quotes], part).conflicts == PRF(false=1, missed=1)


def test_other_relations_count_over_listed_pairs() -> None:
    wanted = gold(
        *map(gold_claim, ("5%", "40", "3")),
        pairs=[pair("5%", "40", relation=["nested"]), pair("5%", "3", relation=["agreement"])],
    )
    findings = [finding("5%", "40", relation="nested"), finding("5%", "3", relation="nested")]
    scores = scored(wanted, [claim("5%"), claim("40"), claim("3")], findings)
    assert scores.relations == {"nested": PRF(hits=1, false=1), "agreement": PRF(missed=1)}


def test_counts_add_up() -> None:
    assert PRF(1, 2, 3) + PRF(1, 1, 1) == PRF(2, 3, 4)
    assert Share(1, 2) + Share(3, 4) == Share(4, 6)
    assert (PRF().f1, Share().percent) == (0.0, 0.0)


def test_thresholds() -> None:
    scores = scored(gold(gold_claim("5%")), [claim("5%", status="target")])
    assert scores.below(read_thresholds(["status=50", "kind=100"])) == ["status is 0.0, under 50.0"]
    with pytest.raises(UsageError, match="colour"):
        scores.below({"colour": 5})
    with pytest.raises(UsageError, match="SLOT=PERCENT"):
        read_thresholds(["status"])


def test_run_folder_is_scored(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_bytes(orjson.dumps({"article": {"id": "a"}, "claims": [gold_claim("5%")]}))
    run = tmp_path / "run"
    run.mkdir()
    (run / "articles.jsonl").write_bytes(json_lines([Article(id="a", text=TEXT)]))
    (run / "claims.jsonl").write_bytes(json_lines([claim("5%")]))
    (run / "findings.jsonl").write_bytes(b"")
    assert score_run(tmp_path / "gold", run).claims == PRF(hits=1)
    with pytest.raises(InputError, match=r"articles\.jsonl: cannot be opened"):
        score_run(tmp_path / "gold", tmp_path / "gold")
    with pytest.raises(InputError, match="a run is a folder that `claimgraph batch` wrote"):
        score_run(tmp_path / "gold", tmp_path / "nowhere")
    with pytest.raises(InputError, match='no gold file says "split": "dev"'):
        score_run(tmp_path / "gold", run, split="dev")


def test_flags_are_false_only_where_the_gold_says_which_pairs_conflict(tmp_path: Path) -> None:
    wanted, run = tmp_path / "gold", tmp_path / "run"
    wanted.mkdir()
    run.mkdir()
    article = {"article": {"id": "a"}, "claims": [gold_claim("5%"), gold_claim("40")]}
    (wanted / "a.json").write_bytes(orjson.dumps(article))
    (run / "articles.jsonl").write_bytes(json_lines([Article(id="a", text=TEXT)]))
    (run / "claims.jsonl").write_bytes(json_lines([claim("5%"), claim("40")]))
    (run / "findings.jsonl").write_bytes(orjson.dumps(finding("5%", "40", relation="contradiction")))
    assert score_run(wanted, run).conflicts == PRF()
    board = CliRunner().invoke(app, ["score", str(wanted), "--run", str(run)]).stdout
    assert "conflicts                   not judged: needs findings.jsonl in the run and relations/*.json" in board
    (wanted / "relations").mkdir()
    assert score_run(wanted, run).conflicts == PRF(false=1)


def test_of_many_articles_that_were_not_read_some_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    print_scores(Scores(absent=[f"story-{number:02}" for number in range(25)]))
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("count as missed: " + ", ".join(f"story-{number:02}" for number in range(10)))
    assert told[1].startswith("… and 15 more articles")


def test_half_of_the_gold_holds_its_articles_and_the_pairs_among_them() -> None:
    articles = {
        name: {"article": {"id": name, "split": split}, "claims": [gold_claim("5%"), gold_claim("40")]}
        for name, split in (("a", "dev"), ("b", "test"))
    }
    start = TEXT.index("40")
    pairs = [
        {"claims": [("a", TEXT.index("5%")), (other, start)], "relation": ["contradiction"]} for other in ("a", "b")
    ]
    half = half_of(Gold.model_validate({"articles": articles, "pairs": pairs}), "dev")
    assert (list(half.articles), len(half.pairs)) == (["a"], 1)


def test_missed_conflict_says_where_the_claims_differ() -> None:
    wanted = gold(gold_claim("5%"), gold_claim("40"), pairs=[pair("5%", "40", relation=["contradiction"])])
    scores = scored(wanted, [claim("5%"), claim("40", area={"id": "CN"}, status="forecast")], [])
    error = scores.pair_errors[0]
    assert (error.problem, error.differing) == ("missed conflict", ["area", "status"])
    assert scored(wanted, [claim("5%")], []).pair_errors[0].differing == ["a claim was not found"]


def test_errors_of_the_test_half_are_counted_and_never_listed() -> None:
    article = {"article": {"id": "a", "split": "test"}, "claims": [gold_claim("5%"), gold_claim("40")]}
    pairs = [pair("5%", "40", relation=["contradiction"])]
    scores = scored(Gold.model_validate({"articles": {"a": article}, "pairs": pairs}), [claim("5%"), claim("3")], [])
    assert (scores.claims, scores.conflicts) == (PRF(1, 1, 1), PRF(missed=1))
    assert (scores.errors, scores.pair_errors) == ([], [])


def test_the_test_half_is_listed_when_asked_for() -> None:
    article = {"article": {"id": "a", "split": "test"}, "claims": [gold_claim("5%")]}
    wanted = Gold.model_validate({"articles": {"a": article}, "pairs": []})
    assert len(score(wanted, [Article(id="a", text=TEXT)], [], None, open_test=True).errors) == 1


@pytest.mark.parametrize(
    ("accepted", "said", "cell"),
    [
        (["nested", "agreement"], ["agreement"], ("agreement", "agreement")),
        (["nested"], ["agreement"], ("nested", "agreement")),
        (["nested"], [], ("nested", "none")),
        (["nested", "none"], [], ("none", "none")),
        (["none"], ["revision"], ("none", "revision")),
    ],
)
def test_confusion_has_each_listed_pair_once(accepted: list[str], said: list[str], cell: tuple[str, str]) -> None:
    wanted = gold(gold_claim("5%"), gold_claim("40"), pairs=[pair("5%", "40", relation=accepted)])
    findings = [finding("5%", "40", relation=relation) for relation in said]
    assert scored(wanted, [claim("5%"), claim("40")], findings).confusion == {cell: 1}


def test_all_relations_together_are_the_sum_of_each() -> None:
    wanted = gold(*map(gold_claim, ("5%", "40", "3")), pairs=[pair("5%", "40", relation=["nested"])])
    findings = [finding("5%", "40", relation="agreement"), finding("5%", "3", relation="revision")]
    scores = scored(wanted, [claim("5%"), claim("40"), claim("3")], findings)
    assert scores.every_relation == PRF(false=2, missed=1)
    assert sum((prf for _, _, prf in scores.ties), PRF()) == scores.every_relation


def run_folder(folder: Path, *claims: Claim) -> Path:
    folder.mkdir()
    (folder / "articles.jsonl").write_bytes(json_lines([Article(id="a", text=TEXT)]))
    (folder / "claims.jsonl").write_bytes(json_lines(claims))
    return folder


def test_two_runs_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    content = {"article": {"id": "a"}, "claims": [gold_claim(quote) for quote in ("5%", "40", "3")]}
    (tmp_path / "gold" / "a.json").write_bytes(orjson.dumps(content))
    before = run_folder(tmp_path / "before", claim("5%"), claim("40", status="target"))
    after = run_folder(tmp_path / "after", claim("5%", kind="share"), claim("40"), claim("3"))
    base = ["score", str(tmp_path / "gold"), "--run", str(after), "--against", str(before)]
    shown = CliRunner().invoke(app, base)
    assert shown.exit_code == 0, shown.output
    for line in (
        f"WON  a:{TEXT.index('40')} '40', was wrong in status",
        f"WON  a:{TEXT.index('3')} '3', was missed",
        f"LOST a:{TEXT.index('5%')} '5%', now wrong in kind",
        "claims found                       2     3     1     0   p = 1.000",
        "claims entirely right              1     2     2     1   p = 1.000",
    ):
        assert line in shown.stdout.splitlines()
    as_json = orjson.loads(CliRunner().invoke(app, [*base, "--json"]).stdout)
    assert as_json["against"]["figures"]["entirely"]["won"] == 2
    under = CliRunner().invoke(app, [*base, "--fail-under", "entirely=90", "--fail-under", "claims=99"])
    assert (under.exit_code, under.stderr) == (1, "entirely is 66.7, under 90.0\n")


def test_the_board_shows_how_far_confidence_can_be_trusted(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    content = {"article": {"id": "a"}, "claims": [gold_claim("5%"), gold_claim("40")]}
    (tmp_path / "gold" / "a.json").write_bytes(orjson.dumps(content))
    run = run_folder(tmp_path / "run", claim("5%", confidence=0.75), claim("40", confidence=0.78, status="target"))
    shown = CliRunner().invoke(app, ["score", str(tmp_path / "gold"), "--run", str(run)]).stdout
    assert "  0.7 to 0.8      2 claims   said 0.77   right 0.50   ██████████" in shown.splitlines()


def test_flags_between_two_stories_are_told_and_in_no_figure() -> None:
    articles = {
        name: {"article": {"id": name, "story": f"story of {name}"}, "claims": [gold_claim("5%")]} for name in "ab"
    }
    wanted = Gold.model_validate({"articles": articles, "pairs": []})
    claims = [claim("5%"), claim("5%", article="b")]
    findings = [{"claims": ["a-5%", "b-5%"], "relation": relation} for relation in ("contradiction", "agreement")]
    scores = score(wanted, [Article(id=name, text=TEXT) for name in "ab"], claims, findings)
    assert (scores.between_stories, scores.conflicts) == (1, PRF())
