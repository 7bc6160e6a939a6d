"""Claims from anywhere: what is taken, and what is said of lines that cannot be."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from extractor.errors import InputError
from extractor.model import Claim
from service.bench.generate import generate
from service.reading.claims import Taken, parse_claim, take_claims
from service.running.reconciling import claims_at, crew
from service.writing.outputs import json_lines


def taken(path: Path, *, workers: int = 1) -> tuple[list[Claim], Taken]:
    """The claims that are taken from a file, in its order."""
    copy = path.with_name("copy.jsonl")
    with crew(workers) as hands:
        found = take_claims(path, copy, hands)
    return claims_at(copy, found.rows), found


def test_value_alone_is_a_claim() -> None:
    claim = parse_claim(b'{"value": 5}', article="file")
    assert (claim.value, claim.article, claim.quote, claim.kind, claim.unit) == (5.0, "file", "5", "level", "count")


def test_strings_serve_as_slots() -> None:
    line = orjson.dumps(
        {"value": 5, "area": "China", "product": {"text": "cars"}, "source": {"id": "caam", "via": ["Xinhua"]}}
    )
    claim = parse_claim(line, article="file")
    assert claim.area is not None
    assert claim.product is not None
    assert claim.source is not None
    assert (claim.area.id, claim.area.text, claim.product.id) == ("China", "China", "cars")
    assert [relay.id for relay in claim.source.via] == ["Xinhua"]


def test_same_line_gets_the_same_id_in_every_run() -> None:
    ids = {parse_claim(b'{"value": 5, "area": "China"}', article="file").id for _ in range(2)}
    ids.add(parse_claim(b'{"area": "China", "value": 5}', article="file").id)
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("5", "a claim is a JSON object"),
        ("{}", "field 'value'"),
        ('{"value": "many"}', "field 'value'"),
        ('{"value": 5, "kind": "guess"}', "field 'kind'"),
        ('{"value": 5, "period": {"start": "2024-01-01", "end": "2023-01-01"}}', "field 'period'"),
        ('{"value": 5, "source": {"text": "x", "kind": "ghost"}}', "field 'source.kind'"),
        ('{"value": 5, "published": "soon"}', "field 'published'"),
        ('{"value": 5, "area": 7}', "field 'area'"),
        ('{"value": 5, "confidence": 2}', "field 'confidence'"),
        ('{"id": "c1", "value": "inf"}', "field 'value': claim 'c1': inf is no figure"),
        ('{"id": "c1", "value": 1e101}', "field 'value': claim 'c1': 1e+101 is no figure"),
        ('{"id": "c1", "value": 5, "low": "nan"}', "field 'low': claim 'c1': nan is no figure"),
        (
            '{"id": "c1", "value": 5, "other_readings": [{"kind": "level", "value": 5, "high": "inf"}]}',
            "field 'other_readings.0.high': claim 'c1': inf is no figure",
        ),
        (
            '{"id": "c1", "value": 5, "kind": "growth", "period": {"start": "2023-01-01", "end": "2024-01-01"},'
            ' "base_period": {"start": "2023-01-01", "end": "2024-01-01", "text": "2023"}}',
            "field 'base_period': claim 'c1' compares its period with itself (2023)",
        ),
        ('{"id": "c1", "value": 5, "area": "China", "counterpart": "CN"}', "claim 'c1' names 'China' at both ends"),
    ],
)
def test_bad_line_is_named_with_its_field(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(f'{{"value": 1}}\n\n{line}\n{{"value": 2}}\n', encoding="utf-8")
    claims, found = taken(path)
    assert [claim.value for claim in claims] == [1.0, 2.0]
    assert [(skip.path, skip.line) for skip in found.skipped] == [(str(path), 3)]
    assert reason in found.skipped[0].reason


def test_share_of_a_place_in_itself_costs_no_other_claim(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_bytes(b'{"value": 7}\n{"value": 60, "kind": "share", "area": "China", "counterpart": "CN"}\n')
    claims, found = taken(path)
    assert [claim.value for claim in claims] == [7.0, 60.0]
    assert found.skipped == []


def test_second_claim_with_the_same_id_is_named(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text('{"id": "a", "value": 1}\n{"id": "a", "value": 1}\n{"id": "a", "value": 2}\n', encoding="utf-8")
    claims, found = taken(path)
    assert [claim.value for claim in claims] == [1.0]
    assert [(skip.line, "another claim has the id 'a'" in skip.reason) for skip in found.skipped] == [(3, True)]
    assert found.kinds.total() == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_taken_does_not_depend_on_the_workers(tmp_path: Path, workers: int) -> None:
    written = list(generate(200, seed=3))
    path, odd = tmp_path / "claims.jsonl", b'{"value": 7, "source": "customs"}\n\nnone\n'
    path.write_bytes(json_lines(written[:120]) + odd + json_lines(written[100:]) + odd)
    claims, found = taken(path, workers=workers)
    assert [claim for claim in claims if claim.value != 7] == written
    assert len(claims) == 201
    assert [(skip.line, "not JSON" in skip.reason) for skip in found.skipped] == [(123, True), (226, True)]
    assert found.sources == len({claim.source.id for claim in claims if claim.source is not None})
    assert found.articles == len({claim.article for claim in claims})


@pytest.mark.parametrize("content", [None, b"", b"\n\n", b"{}\n", b"\x00\x01\xff"])
def test_file_without_a_claim_raises(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "claims.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"claims\.jsonl"):
        taken(path)


def test_a_file_of_another_kind_is_told_what_is_wrong_with_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("id,article,value\nc1,story,7\n")
    with pytest.raises(InputError, match="holds no claim, one a line as JSON; line 1: not JSON"):
        taken(path)
