"""Everything that claimgraph raises on purpose.

ClaimgraphError
├── InputError      an article, a claims file or a gold file that cannot be used: names the file, the line, the field
├── DataPackError   a data file of ours that breaks its own grammar: names the file and the entry
├── UsageError      a command line, or a call, that asks for what there is not: names what there is
└── SetupError      something that the installation lacks: names what, and the command that puts it right

Each message says what was found, where, and what to do about it.
"""

from __future__ import annotations

from pathlib import Path


class ClaimgraphError(Exception):
    """Base of the family: catch this to catch everything that claimgraph raises on purpose."""


class InputError(ClaimgraphError):
    """Input that cannot be used, with the place where it stands."""

    def __init__(
        self, problem: str, *, path: Path | str | None = None, line: int | None = None, field: str | None = None
    ) -> None:
        self.problem, self.path, self.line, self.field = problem, path, line, field
        place = "".join(
            part
            for part in (
                str(path) if path is not None else "",
                f", line {line}" if line is not None else "",
                f", field {field!r}" if field is not None else "",
            )
        ).lstrip(", ")
        super().__init__(f"{place}: {problem}" if place else problem)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_input_error, (self.problem, self.path, self.line, self.field)


def _rebuild_input_error(problem: str, path: Path | str | None, line: int | None, field: str | None) -> InputError:
    return InputError(problem, path=path, line=line, field=field)


class DataPackError(ClaimgraphError):
    """A data file of ours that breaks its grammar."""

    def __init__(self, problem: str, *, pack: str, entry: str | None = None) -> None:
        self.problem, self.pack, self.entry = problem, pack, entry
        super().__init__(f"{pack}{f', entry {entry!r}' if entry else ''}: {problem}")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_pack_error, (self.problem, self.pack, self.entry)


def _rebuild_pack_error(problem: str, pack: str, entry: str | None) -> DataPackError:
    return DataPackError(problem, pack=pack, entry=entry)


class UsageError(ClaimgraphError):
    """Something asked for that there is not; says what there is."""


class SetupError(ClaimgraphError):
    """Something that the installation lacks."""
