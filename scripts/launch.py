"""How the Python scripts of this folder start, and what they take from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
_OWN = ROOT / ".venv"


def launch(main: Callable[[list[str]], int | None]) -> NoReturn:
    """Runs `main` with the command line's arguments in the project's environment, and exits with what it returns.

    A script that was called with the system's Python makes `.venv` where there is none and calls itself with that one.
    """
    in_own, in_any = Path(sys.prefix).resolve() == _OWN.resolve(), sys.prefix != sys.base_prefix
    if not in_own and (_OWN.exists() or not in_any):
        subprocess.run([str(ROOT / "scripts" / "setup")], check=True)
        python = str(_OWN / "bin" / "python")
        os.execv(python, [python, *sys.argv])
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))


def gold_and_corpus(arguments: Sequence[str]) -> tuple[Path, Path]:
    """The folders of gold and articles that the arguments name, else the project's own."""
    named = [Path(argument) for argument in arguments]
    gold, corpus = [*named, *(ROOT / "gold", ROOT / "corpus")[len(named) :]]
    return gold, corpus
