"""What the README shows is what happens."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^ *```(\w+)\n(.*?)```", README, re.DOTALL | re.MULTILINE)


def test_the_python_example_prints_what_stands_below_it() -> None:
    code = next(block for language, block in BLOCKS if language == "python")
    shown = next(block for language, block in BLOCKS if language == "text")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    assert printed.getvalue() == shown


def test_the_example_pack_loads_beside_those_that_are_there(root: Path) -> None:
    from extractor.taxonomy import load_taxonomy

    example = next(block for language, block in BLOCKS if language == "toml")
    packs = (root / "extractor/taxonomy/packs").glob("*.toml")
    loaded = load_taxonomy({pack.name: pack.read_text(encoding="utf-8") for pack in packs} | {"new.toml": example})
    products, indicators = loaded.products.values(), loaded.indicators.values()
    assert {node.id for node in products if node.pack == "new.toml"} == {"mega_ship", "transit_passenger"}
    assert {node.id for node in indicators if node.pack == "new.toml"} == {"port_calls"}


@pytest.mark.parametrize("command", ["batch", "extract", "reconcile", "score", "export", "review"])
def test_every_subcommand_explains_itself(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", command, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "Usage" in done.stdout


@pytest.mark.parametrize("script", re.findall(r"\./(scripts/\w+)", README))
def test_every_script_that_it_names_is_there(script: str, root: Path) -> None:
    assert (root / script).stat().st_mode & 0o111


@pytest.mark.parametrize("path", re.findall(r"`((?:extractor|reconcile|service|scripts)/[\w./-]+)`", README))
def test_every_path_that_it_names_is_there(path: str, root: Path) -> None:
    assert (root / path).exists()
