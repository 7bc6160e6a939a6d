"""Data files: what they say, checked; and what is said of one that breaks its grammar."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from extractor.errors import DataPackError
from extractor.loading import checked, tables, undisturbed, weights, word_sets


class Colours(BaseModel):
    """What colours.toml may say."""

    warm: list[str]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty package with the name `paintbox`."""
    folder = tmp_path / "paintbox"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "paintbox", raising=False)
    return folder


def test_a_file_is_read_as_it_is_as_sets_as_weights_or_by_a_model(package: Path) -> None:
    (package / "colours.toml").write_text('warm = ["red", "ochre", "red"]\n', encoding="utf-8")
    (package / "fitted.toml").write_text('[weights]\n"sign one" = 2\n', encoding="utf-8")
    assert tables("paintbox", "colours.toml") == {"warm": ["red", "ochre", "red"]}
    assert word_sets("paintbox", "colours.toml") == {"warm": {"red", "ochre"}}
    assert checked(Colours, "paintbox", "colours.toml").warm == ["red", "ochre", "red"]
    assert weights("paintbox", "fitted.toml") == {"sign one": 2.0}


@pytest.mark.parametrize(("content", "says"), [("warm = [", "is no TOML"), ("warm = 3", "warm"), ("", "warm")])
def test_a_broken_file_is_named(package: Path, content: str, says: str) -> None:
    (package / "colours.toml").write_text(content, encoding="utf-8")
    with pytest.raises(DataPackError, match=says) as error:
        checked(Colours, "paintbox", "colours.toml")
    assert error.value.pack == "paintbox/colours.toml"


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_off_inside_and_as_it_was_afterwards(was_on: bool) -> None:
    before = gc.isenabled()
    (gc.enable if was_on else gc.disable)()
    try:
        with undisturbed():
            assert not gc.isenabled()
        assert gc.isenabled() == was_on
    finally:
        (gc.enable if before else gc.disable)()
