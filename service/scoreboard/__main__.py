"""`python -m service.scoreboard REPOSITORY`: measures every figure and writes the scoreboard into its README.md."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from extractor.errors import ClaimgraphError
from service.scoreboard.history import read_history, with_board, write_history
from service.scoreboard.measure import measure
from service.scoreboard.page import into_readme, render

KEPT = Path("scripts") / "scoreboard.json"


def main(root: Path) -> None:
    """Measures, prints the tables, and writes them."""
    readme, kept = root / "README.md", root / KEPT
    words = readme.read_text(encoding="utf-8")
    into_readme(words, "")  # a README without a place is found out before the long work
    measured = measure(root, on_step=lambda step: typer.echo(f"measuring: {step}", err=True))
    history = with_board(read_history(kept), measured)
    board = render(history)
    readme.write_text(into_readme(words, board), encoding="utf-8")
    write_history(history, kept)
    typer.echo(board)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    except ClaimgraphError as problem:
        typer.echo(f"claimgraph: {problem}", err=True)
        sys.exit(1)
