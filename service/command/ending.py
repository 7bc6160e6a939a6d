"""How the command ends: its exit statuses, and the line on stderr that goes with wrong usage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from service.running.batch import Summary

FAILED, USAGE, SKIPPED, FOUND = 1, 2, 3, 4
"""Nothing could be done; wrong usage; done, but something was skipped; done, and `--fail-on` names what came up."""


def finish(summary: Summary, *, fail_on: Sequence[str] = ()) -> None:
    """Prints what a run did; exits with FOUND where it found one of `fail_on`, with SKIPPED where it left out any."""
    from service.command.console import print_summary

    print_summary(summary)
    leave(found=any(summary.findings[relation] for relation in fail_on), skipped=bool(summary.skipped))


def leave(*, found: bool, skipped: bool) -> None:
    """Exits where what was found, or else what was skipped, asks for a status of its own."""
    if found:
        raise typer.Exit(FOUND)
    if skipped:
        raise typer.Exit(SKIPPED)


def usage(problem: str) -> NoReturn:
    """Says what is wrong with the arguments, and exits with USAGE."""
    typer.echo(f"claimgraph: {problem}", err=True)
    raise typer.Exit(USAGE)
