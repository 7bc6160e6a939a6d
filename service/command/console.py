"""What the terminal shows: progress on stderr, and a table at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from service.reading.skips import Skip
    from service.running.batch import Progress, Summary

_MOST_LISTED = 40


def stdout() -> Console:
    """The console for results; as wide as the terminal, and never folding paths where there is none."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 120, soft_wrap=not sys.stdout.isatty())


def stderr() -> Console:
    """The console for everything that is not a result."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """A function that shows a step's progress; it shows nothing where stderr is no terminal."""
    console = stderr()
    try:
        if not console.is_terminal:
            yield lambda step, done, total: None
            return
        with console.status("Starting …") as status:

            def show(step: str, done: int, total: int | None) -> None:
                count = f" ({done}{f' of {total}' if total else ''})" if done else ""
                status.update(f"{step}{count} …")

            yield show
    except KeyboardInterrupt:
        console.print("Interrupted. The same command goes on where this one stopped.")
        raise


def print_error(problem: object) -> None:
    """A problem that ends the run."""
    stderr().print(f"[bold red]claimgraph:[/] {escape(str(problem))}")


def print_notices(skipped: Sequence[Skip], remarks: Sequence[Skip]) -> None:
    """What was left out, and what was read with a remark."""
    console = stderr()
    for title, notices in (("Skipped", skipped), ("Remarks", remarks)):
        if notices:
            console.print(f"[bold]{title}[/] ({len(notices)})")
        for notice in notices[:_MOST_LISTED]:
            console.print(f"  {escape(str(notice))}")
        if len(notices) > _MOST_LISTED:
            console.print(f"  … and {len(notices) - _MOST_LISTED} more")


def print_summary(summary: Summary) -> None:
    """The table that ends a run, and the paths of what it wrote."""
    console = stdout()
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    table.add_row("Articles read", f"{summary.articles:,}", "")
    table.add_row("Claims", f"{summary.claims.total():,}", _parts(summary.claims))
    table.add_row("Sources", f"{summary.sources:,}", "")
    if summary.compared:
        _add_findings(table, summary.findings)
    table.add_row("Skipped", f"{len(summary.skipped):,}", "")
    console.print(table)
    if summary.severest:
        console.print("Most severe")
    for words in summary.severest:
        console.print(f"  {escape(words)}")
    print_notices(summary.skipped, summary.remarks)
    console.print("Written")
    for path in summary.written:
        console.print(f"  {escape(str(path))}")


def _add_findings(table: Table, findings: Mapping[str, int]) -> None:
    """Two rows: how many conflicts, and how many other findings, each by relation."""
    from reconcile.model import FLAGS

    flags = frozenset[str](FLAGS)
    conflicts = {name: count for name, count in findings.items() if name in flags}
    others = {name: count for name, count in findings.items() if name not in flags}
    table.add_row("Conflicts", f"{sum(conflicts.values()):,}", _relations(conflicts))
    table.add_row("Other findings", f"{sum(others.values()):,}", _relations(others))


def _parts(counts: Mapping[str, int]) -> str:
    """The commonest first: "26 level, 14 rank"."""
    return ", ".join(f"{count:,} {name}" for name, count in _ranked(counts))


def _relations(counts: Mapping[str, int]) -> str:
    """The same of findings, in the words of the report: "3 apparent conflicts, 1 contradiction"."""
    from service.report.words import words

    return ", ".join(f"{count:,} {words().relation_count(name, count)}" for name, count in _ranked(counts))


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))
