"""The audit of the dependencies: it says which answer it got, and never takes no answer for a clean one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

CLEAN: dict[str, Any] = {"name": "rich", "version": "15.0", "vulns": []}
UNKNOWN: dict[str, Any] = {"name": "ours", "skip_reason": "Dependency not found on PyPI"}
HOLED: dict[str, Any] = {
    "name": "jinja2",
    "version": "3.1.2",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.3"]}, {"id": "PYSEC-2", "fix_versions": []}],
}


@pytest.mark.parametrize(
    ("dependencies", "status", "said"),
    [
        ([CLEAN], 0, "no known vulnerability in 1 dependencies"),
        ([CLEAN, UNKNOWN], 0, "not in the database: ours"),
        ([CLEAN, HOLED], 1, "jinja2 3.1.2: PYSEC-2, fixed in no version yet"),
        ([UNKNOWN], 3, "could not be asked: nothing is known"),
        ([], 3, "could not be asked: nothing is known"),
        (None, 3, "could not be asked: nothing is known"),
    ],
)
def test_what_the_answer_means(
    root: Path, tmp_path: Path, dependencies: list[dict[str, Any]] | None, status: int, said: str
) -> None:
    answer = tmp_path / "answer.json"
    answer.write_text("" if dependencies is None else json.dumps({"dependencies": dependencies}), encoding="utf-8")
    done = subprocess.run([root / "scripts" / "audit", "--read", answer], check=False, capture_output=True, text=True)
    assert (done.returncode, said in done.stderr) == (status, True), done.stderr
