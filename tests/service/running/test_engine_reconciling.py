"""Claims in a file to findings in a file: what `reconcile` gives, byte for byte, whatever the number of processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import orjson
import pytest

from extractor.model import Claim
from reconcile import reconcile
from reconcile.scale.numbers import number_of
from service.bench.generate import generate
from service.running.reconciling import claims_at, reconcile_file
from service.writing.outputs import json_lines


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return list(generate(600, seed=7))


@pytest.fixture
def path(claims: list[Claim], tmp_path: Path) -> Path:
    found = tmp_path / "claims.jsonl"
    found.write_bytes(json_lines(claims))
    return found


@pytest.mark.parametrize("workers", [1, 2])
def test_findings_are_those_of_reconcile_to_the_byte(claims: list[Claim], path: Path, workers: int) -> None:
    out = path.with_name("findings.jsonl")
    told = reconcile_file(path, out, workers=workers)
    assert out.read_bytes() == json_lines(reconcile(claims))
    assert told.rows.size == len(claims)


def test_each_finding_is_found_at_its_place(path: Path) -> None:
    out = path.with_name("findings.jsonl")
    told = reconcile_file(path, out)
    written = out.read_bytes()
    for place in told.places[:: max(1, told.places.size // 20)]:
        finding = orjson.loads(written[place["offset"] : place["offset"] + place["length"]])
        assert finding["id"] == f"r{int(place['id']):016x}"
        assert number_of(finding["claims"][0]) == place["claim"]


def test_rows_lead_back_to_their_claims(claims: list[Claim], path: Path) -> None:
    told = reconcile_file(path, path.with_name("findings.jsonl"))
    some = told.rows[::50]
    known = {number_of(claim.id): claim for claim in claims}
    assert claims_at(path, some) == [known[number] for number in some["number"].tolist()]
    assert np.unique(told.rows["number"]).size == len(claims)


def test_nothing_is_left_beside_the_findings(path: Path) -> None:
    reconcile_file(path, path.with_name("findings.jsonl"))
    assert sorted(each.name for each in path.parent.iterdir()) == ["claims.jsonl", "findings.jsonl"]


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_a_file_without_claims_gives_a_file_without_findings(content: bytes, tmp_path: Path) -> None:
    path, out = tmp_path / "claims.jsonl", tmp_path / "findings.jsonl"
    path.write_bytes(content)
    assert reconcile_file(path, out).places.size == 0
    assert out.read_bytes() == b""


def test_no_worker_loads_the_parser() -> None:
    """It takes longer to load than many claims to reconcile."""
    told = "import sys, reconcile.reconciler, service.running.reconciling; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0
