"""Which files among some paths and folders are articles."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from extractor.wording import number_of
from service.reading.formats import SUFFIXES
from service.reading.skips import OnSkip, Skip, shown

_RUN = frozenset({"articles.jsonl", "claims.jsonl", "findings.jsonl"})
"""What stands in the folder of every run."""
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/(?!/*$)")
"""The beginning of a URL, of whose slashes a path keeps one."""


def article_files(paths: Iterable[Path | str], *, on_skip: OnSkip, ignore: Collection[Path | str] = ()) -> list[Path]:
    """The article files among some files and folders, sorted, each once; folders in `ignore` are not searched."""
    ignored = {Path(folder).resolve() for folder in ignore}
    files: dict[Path, Path] = {}
    for path in sorted({Path(given) for given in paths}):
        for found in _files_of(path, on_skip, ignored):
            files.setdefault(found.resolve(), found)
    return [files[resolved] for resolved in sorted(files)]


def _files_of(path: Path, on_skip: OnSkip, ignored: Collection[Path]) -> list[Path]:
    if path.is_dir():
        return _files_in(path, on_skip, ignored)
    if path.suffix.lower() in SUFFIXES and path.is_file():
        return [path]
    on_skip(Skip(shown(path), None, _why_no_file(path)))
    return []


def _why_no_file(path: Path) -> str:
    if _ADDRESS.match(str(path)):
        return "an address, and no file: those are read with --engine ray"
    if not path.exists():
        return "no such file or folder"
    if not path.is_file():
        return "neither a file nor a folder"
    return f"not an article: claimgraph reads {', '.join(sorted(SUFFIXES))}"


def _files_in(folder: Path, on_skip: OnSkip, ignored: Collection[Path]) -> list[Path]:
    """Article files below a folder; hidden files are passed over, and files of other kinds are counted."""
    files: list[Path] = []
    others: list[str] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: _unreadable(error, on_skip)):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and Path(root, name).resolve() not in ignored
        )
        if set(names) >= _RUN:
            on_skip(
                Skip(shown(root), None, "written by claimgraph: of this folder only articles.jsonl is read", lost=False)
            )
            names = ["articles.jsonl"]
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES:
                files.append(path)
            else:
                others.append(path.suffix.lower() or shown(name))
    if not files:
        on_skip(Skip(shown(folder), None, f"the folder holds no article ({', '.join(sorted(SUFFIXES))})"))
    elif others:
        kinds = ", ".join(sorted(set(others)))
        on_skip(
            Skip(
                shown(folder),
                None,
                f"{number_of(len(others), 'file')} of other kinds passed over ({kinds})",
                lost=False,
            )
        )
    return files


def _unreadable(error: OSError, on_skip: OnSkip) -> None:
    on_skip(Skip(shown(error.filename), None, f"cannot be opened: {error.strerror}"))
