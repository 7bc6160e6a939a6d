"""Our figures on the public benchmarks are those of the benchmarks' own scorers, to the digit."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extractor.errors import InputError
from service.scoring.benchmarks import newsquant, periods, polnear, run_benchmark
from service.scoring.benchmarks.newsquant import read_value, unit_name


def tool(shared: Path, name: str) -> ModuleType:
    path = shared / "benchmarks" / "tools" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def guess(index: int, quantity: dict[str, Any]) -> dict[str, Any]:
    """A prediction that is right in some ways and wrong in others, by turns."""
    return {
        "value": quantity["value"] if index % 5 else 7,
        "unit": quantity["normalized_unit"] if index % 3 else quantity["unit"],
        "change": quantity["change"] if index % 4 else "=",
        "concept": quantity["referred_concepts"].split() if index % 2 else quantity["referred_concepts"][: index % 9],
    }


def guesses(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines = []
    for place, record in enumerate(records):
        found = [guess(place + index, quantity) for index, quantity in enumerate(record["quantities"])]
        lines.append({"text": record["text"], "quantities": found + found[: place % 2]})
    return lines[1:]  # and one text is missing


@pytest.mark.parametrize("left_out", [(), ("change",), ("concept",), ("change", "concept")])
def test_newsquant_figures_are_those_of_its_scorer(shared: Path, tmp_path: Path, left_out: tuple[str, ...]) -> None:
    scorer = tool(shared, "newsquant")
    records = json.loads((shared / "benchmarks" / "newsquant_dev.json").read_text(encoding="utf-8"))
    lines = [
        {**line, "quantities": [{k: v for k, v in q.items() if k not in left_out} for q in line["quantities"]]}
        for line in guesses(records)
    ]
    written = tmp_path / "predictions.jsonl"
    written.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    predictions, has = scorer.read_predictions(str(written), True)
    expected, _ = scorer.score(records, predictions, has)
    assert newsquant.score(records, lines) == expected


def test_newsquant_perfect_predictions_score_a_hundred_strictly() -> None:
    records = [
        {
            "text": "Sales rose 5% to 2 million cars.",
            "quantities": [
                {"value": "5.0", "normalized_unit": "percentage", "change": "up", "referred_concepts": "Sales"},
                {"value": "2000000.0", "normalized_unit": "car", "change": "=", "referred_concepts": "-"},
            ],
        }
    ]
    found = [
        {"value": 5, "unit": "percent", "change": "up", "concept": ["sales"]},
        {"value": 2e6, "unit": "car", "change": "=", "concept": []},
    ]
    figures = newsquant.score(records, [{"text": records[0]["text"], "quantities": found}])
    assert {figure["F1"] for figure in figures["strict"].values()} == {100.0}


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("USD", "dollar"),
        ("percent", "percentage"),
        (None, "-"),
        ("", "-"),
        ("km/h", "kilometre per hour"),
        ("cars", "cars"),
        ("tonnes per year", "metric ton per year"),
        ("EUR / litres", "euro per litre"),
    ],
)
def test_newsquant_unit_names(unit: str | None, name: str) -> None:
    assert unit_name(unit) == name


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5.0", 5.0),
        ("3-5", (3.0, 5.0)),
        ([3, 5], (3.0, 5.0)),
        ("-2.6", -2.6),
        ("many", None),
        (None, None),
        ("1E-5", 1e-5),
    ],
)
def test_newsquant_values(written: Any, value: Any) -> None:
    assert read_value(written) == value


def made_claims(articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Claims that name the gold source, a neighbour's, a wrong one, or none, by turns; some numbers have no claim."""
    claims = []
    for article in articles:
        last = None
        for index, number in enumerate(article["numbers"]):
            gold = number["source"]
            choices = [gold, gold, last, {"text": "the Ministry of Magic", "id": "magic"}, None]
            source = choices[(index + len(article["id"])) % 5]
            if source is not None:
                source = {"text": source["text"], "id": source["text"].lower()}
            if index % 6 != 5:
                claims.append({"article": article["id"], "start": number["start"] + index % 2, "end": number["end"],
                               "source": source})  # fmt: skip
            last = gold or last
    return claims


def test_polnear_figures_are_those_of_its_scorer(shared: Path, tmp_path: Path) -> None:
    scorer = tool(shared, "attribution")
    task = shared / "benchmarks" / "polnear_dev.jsonl"
    articles = [json.loads(line) for line in task.read_text(encoding="utf-8").splitlines()]
    claims = made_claims(articles)
    written = tmp_path / "claims.jsonl"
    written.write_text("".join(json.dumps(claim) + "\n" for claim in claims), encoding="utf-8")
    expected = scorer.rounded(scorer.score(list(scorer.load_task(task)), scorer.claims_by_article(written)))
    assert polnear.score(articles, claims) == expected


@pytest.mark.parametrize(
    ("gold", "given", "same"),
    [
        ("Ann Lee, head of research at Acme", "Lee", True),
        ("the Census Bureau", "Bureau", True),
        ("a CDC report", "CDC", True),
        ("the ministry", "The association", False),
        ("officials", "officials at the bank", True),
    ],
)
def test_polnear_sources_that_are_the_same(gold: str, given: str, same: bool) -> None:
    assert polnear.same_source(gold, given) is same


def test_periods_figures_are_those_of_its_scorer(shared: Path) -> None:
    scorer = tool(shared, "periods")
    lines = (shared / "benchmarks" / "periods_dev.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    answers = [
        [{"start": case["start"], "end": case["end"]}, {"start": case["start"], "end": case["reference"]}, None][
            place % 3
        ]
        for place, case in enumerate(cases)
    ]
    right = [scorer.matches(case, given) for case, given in zip(cases, answers, strict=True)]
    assert [periods.is_right(case, given) for case, given in zip(cases, answers, strict=True)] == right
    figures = periods.score(cases, answers)
    assert figures["right"] == sum(right)
    assert figures["answered"] == sum(map(bool, answers))


@pytest.mark.parametrize(
    ("end", "given", "right"),
    [
        ("2024-01-19", "2024-01-19", True),
        ("2024-01-19", "2024-01-20", True),
        ("2024-01-18", "2024-01-19", False),
        (None, None, True),
        (None, "2024-01-20", True),
        (None, "2024-02-01", False),
    ],
)
def test_periods_latitudes(end: str | None, given: str | None, right: bool) -> None:
    case = {"reference": "2024-01-19", "start": "2024-01-01", "end": end}
    assert periods.is_right(case, {"start": "2024-01-01", "end": given}) is right


@pytest.mark.parametrize("content", ["", "{}", "[1]", "not json", '{"text": 1}', '[{"text": "x"}]'])
@pytest.mark.parametrize("name", ["newsquant", "polnear", "periods"])
def test_file_that_is_no_benchmark_is_named(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / "benchmark"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=f"benchmark(, line 1)?: not in the {name} format"):
        run_benchmark(name, path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{broken", "not JSON: unexpected character, expected a string key (line 1, column 2)"),
        ("[1]", "a value is of another kind than this format has there"),
        ('[{"text": "x"}]', "field 'quantities' is missing"),
    ],
)
def test_what_is_wrong_with_a_benchmark_is_said_in_words_of_files(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "benchmark"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        run_benchmark("newsquant", path)
    assert str(refused.value) == f"{path}: not in the newsquant format: {problem}"


def test_predictions_are_written_for_the_benchmarks_own_scorer(tmp_path: Path) -> None:
    case = {
        "text": "in 2023",
        "reference": "2024-01-19",
        "expression": "in 2023",
        "start": "2023-01-01",
        "end": "2024-01-01",
    }
    (tmp_path / "cases.jsonl").write_text(json.dumps(case), encoding="utf-8")
    scores = run_benchmark("periods", tmp_path / "cases.jsonl", predictions=tmp_path / "out.jsonl")
    assert scores.figures["right"] == 1
    assert json.loads((tmp_path / "out.jsonl").read_text()) == {"start": "2023-01-01", "end": "2024-01-01"}
