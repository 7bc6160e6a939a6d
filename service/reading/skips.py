"""What was left out of what was to be read, or read in another way than it asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Skip(NamedTuple):
    """Something that was not read, and why."""

    path: str
    line: int | None
    reason: str
    lost: bool = True
    """False for a remark on something that was read all the same."""

    @property
    def place(self) -> str:
        """The file, and the line where it has several articles."""
        return self.path if self.line is None else f"{self.path}, line {self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def shown(path: Path | str) -> str:
    """A path as it can be printed: bytes of its name that are no UTF-8 become question marks."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


OnSkip = Callable[[Skip], None]
"""What hears of each, as it comes."""
