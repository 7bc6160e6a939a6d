"""What the tests share: the spaCy pipeline, loaded once; the issue's shared files; the option `--slow`."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the long tests too (fuzzing, load, kill)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="long: switch it on with --slow"))


@pytest.fixture
def nlp() -> Language:
    """The small English model without its entity recogniser, as the extractor has it now: tests may renew it."""
    from extractor.parsing import model

    return model()


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository with seeds and benchmarks that it does not ship."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not there: it holds seeds and benchmarks that this repository does not ship")
    return folder
