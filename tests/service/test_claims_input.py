"""Claims from anywhere: what is taken, and what is said of lines that cannot be."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from extractor.errors import InputError
from service.claims_input import parse_claim, read_foreign_claims
from service.readers import Skip


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
    skips: list[Skip] = []
    claims = list(read_foreign_claims(path, on_skip=skips.append))
    assert [claim.value for claim in claims] == [1.0, 2.0]
    assert [(skip.path, skip.line) for skip in skips] == [(str(path), 3)]
    assert reason in skips[0].reason


def test_second_claim_with_the_same_id_is_named(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text('{"id": "a", "value": 1}\n{"id": "a", "value": 1}\n{"id": "a", "value": 2}\n', encoding="utf-8")
    skips: list[Skip] = []
    assert [claim.value for claim in read_foreign_claims(path, on_skip=skips.append)] == [1.0]
    assert [(skip.line, "another claim has the id 'a'" in skip.reason) for skip in skips] == [(3, True)]


@pytest.mark.parametrize("content", [None, b"", b"\n\n", b"{}\n", b"\x00\x01\xff"])
def test_file_without_a_claim_raises(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "claims.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"claims\.jsonl"):
        list(read_foreign_claims(path, on_skip=lambda skip: None))
