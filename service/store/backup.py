"""Copies of a store: one file, made while others work, that `restore` brings back into SQLite or PostgreSQL."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.engine import URL

from service.store.database import Database
from service.store.errors import StoreError
from service.store.models import Base

_AT_ONCE = 500


def backup(database: Database, to: Path) -> Path:
    """A whole and consistent copy as a SQLite file, checked before it takes its name."""
    if to.exists():
        raise StoreError(f"{to}: is there already; a backup never overwrites anything")
    beside = to.with_name(f".{to.name}.part")
    _remove(beside)
    try:
        copy = Database(URL.create("sqlite", database=str(beside)).render_as_string())
        try:
            _copy(database, copy)
            _settle(copy)
        finally:
            copy.close()
        _check(beside)
        beside.replace(to)
    except OSError as error:
        raise StoreError(f"{to}: cannot be written: {error.strerror}") from error
    finally:
        _remove(beside)
    return to


def restore(copy: Path, database: Database) -> int:
    """Brings a copy back into an empty store; gives how many rows it held."""
    if not copy.is_file():
        raise StoreError(f"{copy}: no such file")
    _check(copy)
    source = Database(URL.create("sqlite", database=str(copy)).render_as_string(), create=False)
    try:
        return _copy(source, database)
    finally:
        source.close()


def _copy(source: Database, target: Database) -> int:
    rows = 0
    with source.read() as given, target.write() as session:
        taken = session.connection()
        if any(taken.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables):
            raise StoreError(f"{target.name}: holds something already; a backup is restored into an empty store")
        for table in Base.metadata.sorted_tables:
            result = given.connection().execution_options(yield_per=_AT_ONCE).execute(select(table))
            for some in result.mappings().partitions(_AT_ONCE):
                taken.execute(insert(table), [dict(row) for row in some])
                rows += len(some)
        _go_on_counting(taken, target)
    return rows


def _go_on_counting(connection: Connection, target: Database) -> None:
    """PostgreSQL's counters go on after the highest number that was copied."""
    if target.is_sqlite:
        return
    for name in ("article_versions", "decisions", "edits", "events", "pending_claims", "runs", "tokens"):
        highest = f"SELECT COALESCE(MAX(id), 0) + 1 FROM {name}"
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), ({highest}), false)"))


def _settle(copy: Database) -> None:
    """One file without helpers beside it."""
    with copy.complaints(), copy.engine.connect() as connection:
        connection.rollback()
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA journal_mode=DELETE")


def _check(path: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: is no claimgraph backup ({error})") from error
    if said != "ok":
        raise StoreError(f"{path}: the copy is damaged ({said})")


def _remove(path: Path) -> None:
    for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        name.unlink(missing_ok=True)
