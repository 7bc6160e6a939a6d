"""JSON lines that people hand in: each with its number in the file, and what is wrong with one said in place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from extractor.errors import InputError


def numbered(content: bytes, path: Path) -> Iterator[tuple[int, Any]]:
    """What each line that is not empty holds, with its number from 1. Raises InputError where that is no JSON."""
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            yield number, parsed(line, path, number)


def parsed(line: bytes, path: Path, number: int) -> Any:
    """What one line holds. Raises InputError, with the line's number, where that is no JSON."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise InputError(not_json(error), path=path, line=number) from error


def fault(error: Exception) -> str:
    """What is wrong with a whole file that broke off its reader, in words of files and not of programs."""
    match error:
        case orjson.JSONDecodeError():
            return f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        case KeyError():
            return f"field {error.args[0]!r} is missing"
        case TypeError() | AttributeError() | IndexError():
            return "a value is of another kind than this format has there"
        case _:
            return str(error)


def not_json(error: orjson.JSONDecodeError) -> str:
    """What is wrong with one line; the parser sees no other, so of the place only the column is told."""
    return f"not JSON: {error.msg} (column {error.pos + 1})"
