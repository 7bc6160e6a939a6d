"""The error browser of a run, written to a file."""

from __future__ import annotations

from pathlib import Path

from extractor.errors import InputError
from service.scoring.board import Scores
from service.scoring.error_browser import render
from service.scoring.gold import load_gold
from service.writing.outputs import read_articles_written


def write_browser(scores: Scores, gold: Path, run: Path, file: Path, *, open_test: bool = False) -> None:
    """Writes the page; `gold` and `run` are the folders that the scores come from."""
    page = render(scores, load_gold(gold), read_articles_written(run / "articles.jsonl"), open_test=open_test)
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(page, encoding="utf-8", newline="\n")
        part.replace(file)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=file) from error
