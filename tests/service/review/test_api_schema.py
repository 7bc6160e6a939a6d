"""schemathesis asks the API everything that its description allows, and much that it does not: no 5xx, schema kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from store_samples import clash, put_all, reading

from service.review.app import create_app, guarded
from service.review.settings import Settings
from service.store import Database

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: ./scripts/setup dev")
EXAMPLES = 60
_STREAM = r"events$"
_NAMES = ("testserver", "localhost", "127.0.0.1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'store.db'}")
    put_all(made, [*clash(), reading("third", "4.5 million", 4.5e6)])
    yield made
    made.close()


@pytest.mark.slow
def test_the_api_keeps_its_word(store: Database) -> None:
    app = create_app(store, Settings(names=_NAMES, rate=1e9, seconds=300))
    schema = schemathesis.openapi.from_dict(app.openapi()).exclude(path_regex=_STREAM)
    schema.app = guarded(app)
    faults: list[str] = []
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        asked += 1

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: object) -> None:
            response = case.call(app=schema.app)  # type: ignore[attr-defined]
            assert response.status_code < 500, response.text
            case.operation.validate_response(response)  # type: ignore[attr-defined]

        try:
            ask()
        except Exception as fault:
            faults.append(f"{operation.method.upper()} {operation.path}: {fault}")
    assert asked > 25
    assert faults == []
