"""What the command does with a store, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from rich.markup import escape

from extractor.errors import UsageError
from reconcile.model import FLAGS, Finding
from service.command.console import print_notices, stdout
from service.reading.articles import read_articles
from service.reading.folders import article_files
from service.reading.skips import Skip
from service.running.batch import Extracted, NothingReadError, Progress, write_run
from service.store.backup import backup, restore
from service.store.batches import News, add_articles, run_number
from service.store.database import Database
from service.store.exports import OnFile, on_file, write_gold
from service.store.tokens import create

_MOST_SHOWN = 20
Result = TypeVar("Result")


class Stored(NamedTuple):
    """What a batch into a store brought, what it left out and what it wrote."""

    news: News
    skipped: list[Skip]
    remarks: list[Skip]
    written: list[Path]
    store: str
    """The address of the store, without its password."""

    def failing(self, relations: Collection[str]) -> list[Finding]:
        """New conflicts of the relations that a caller wants to fail on."""
        return [finding for finding in self.news.conflicts if finding.relation in relations]


def stored_batch(
    paths: Iterable[Path | str],
    url: str,
    *,
    out: Path | None = None,
    workers: int = 1,
    again: bool = False,
    on_progress: Progress | None = None,
) -> Stored:
    """Adds articles to a store; with `out`, writes the outputs of everything on file."""
    notices: list[Skip] = []
    given = [Path(path) for path in paths]
    files = article_files(given, on_skip=notices.append, ignore=() if out is None else (out,))
    if not files:
        raise NothingReadError(notices)
    database = Database(url)
    try:
        run = run_number(database, [str(path.resolve()) for path in given])
        articles = read_articles(files, on_skip=notices.append)
        news = add_articles(database, articles, run=run, workers=workers, again=again, watch=_watch(on_progress))
        written = [] if out is None else _write_on_file(database, out)
    finally:
        database.close()
    if not news.fates.total():
        raise NothingReadError(notices)
    notices += [Skip(article, None, problem) for article, problem in news.problems]
    lost, remarks = [n for n in notices if n.lost], [n for n in notices if not n.lost]
    return Stored(news, lost, remarks, written, database.url.render_as_string(hide_password=True))


def _write_on_file(database: Database, out: Path) -> list[Path]:
    """Writes the files of a run over everything that a store holds."""
    with database.read() as session:
        held = on_file(session)
    return write_run(out, Extracted(held.articles, held.claims, [], []), held.findings)


def relations(names: Iterable[str]) -> list[str]:
    """Relations that `--fail-on` names; `conflict` is any of them. Raises UsageError for what is no conflict."""
    wanted: list[str] = []
    for name in names:
        if name != "conflict" and name not in FLAGS:
            raise UsageError(f"--fail-on {name}: there are conflict, {', '.join(sorted(FLAGS))}")
        wanted += sorted(FLAGS) if name == "conflict" else [name]
    return wanted


def print_stored(stored: Stored) -> None:
    """What is new, in the words of a scheduled job's mail."""
    console, news = stdout(), stored.news
    fates = ", ".join(f"{count} {fate.replace('_', ' ')}" for fate, count in sorted(news.fates.items()))
    count = news.fates.total()
    console.print(f"{count} article{'' if count == 1 else 's'}: {fates}")
    print_notices(stored.skipped, stored.remarks)
    for title, found in (
        ("with figures on file", news.with_file),
        ("among the new articles", news.among_new),
    ):
        if found or title == "with figures on file":
            console.print(f"[bold]{len(found)} new conflict{'' if len(found) == 1 else 's'} {title}[/]")
        for finding in found[:_MOST_SHOWN]:
            console.print(f"  {finding.relation.replace('_', ' ')}: {escape(finding.explanation)}")
        if len(found) > _MOST_SHOWN:
            console.print(f"  … and {len(found) - _MOST_SHOWN} more")
    if news.conflicts:
        console.print(f"Review them: claimgraph review --db {escape(stored.store)}")
    for path in stored.written:
        console.print(f"  {escape(str(path))}")


def make_backup(url: str, to: Path) -> Path:
    """A copy of a store in one file."""
    return _with(url, lambda database: backup(database, to))


def restore_backup(copy: Path, url: str) -> int:
    """Brings a copy back into an empty store."""
    database = Database(url)
    try:
        return restore(copy, database)
    finally:
        database.close()


def export_gold(url: str, to: Path) -> int:
    """Writes what people corrected and checked as gold."""

    def write(database: Database) -> int:
        with database.read() as session:
            return write_gold(session, to)

    return _with(url, write)


def export_on_file(url: str, to: Path) -> list[Path]:
    """Writes the outputs of everything on file."""
    return _with(url, lambda database: _write_on_file(database, to))


def held_on_file(url: str) -> OnFile:
    """Everything that a store holds now."""

    def read(database: Database) -> OnFile:
        with database.read() as session:
            return on_file(session)

    return _with(url, read)


def make_token(url: str, name: str, role: str) -> str:
    """A new API token; shown this once."""

    def make(database: Database) -> str:
        with database.write() as session:
            return create(session, name, role, by="command line")

    return _with(url, make)


def _with(url: str, deed: Callable[[Database], Result]) -> Result:
    database = Database(url, create=False)
    try:
        return deed(database)
    finally:
        database.close()


def _watch(on_progress: Progress | None) -> Callable[[int], None] | None:
    return None if on_progress is None else lambda done: on_progress("Adding articles", done, None)
