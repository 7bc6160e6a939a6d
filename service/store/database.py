"""Engine, transactions, migrations; and what databases complain of, in words that say what to do.

Writers take turns: a write transaction takes SQLite's write lock, or one advisory lock of PostgreSQL, when it begins.
They are short (extraction and the reader's typing happen outside), so that waiting for a turn is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from service.store.errors import StoreError

HEAD = "0004"
"""The newest migration."""
PATIENCE = 60
"""Seconds that a writer waits for its turn."""
_LOCK = 7_302_117_461
"""Number of the advisory lock that PostgreSQL's writers share."""
_WRITES = {"claimgraph_writes": True}
_SQLITE = {
    "SQLITE_FULL": "the disk is full; what was finished is kept: make room and run the same command again",
    "SQLITE_READONLY": "the file or its folder cannot be written: check who owns it, or name another place",
    "SQLITE_CANTOPEN": "cannot be opened or made: check that the folder exists and that you may write in it",
    "SQLITE_BUSY": f"another process has been writing for over {PATIENCE} seconds; try again when it is done",
    "SQLITE_LOCKED": f"another process has been writing for over {PATIENCE} seconds; try again when it is done",
    "SQLITE_NOTADB": "is not a database; name another file",
    "SQLITE_CORRUPT": "the file is damaged; bring back a copy made with `claimgraph backup`",
    "SQLITE_IOERR": "the disk reported a failure; what was finished is kept: check the disk and its free space",
    "SQLITE_PERM": "the file may not be opened: check who owns it",
}
_POSTGRES = {
    "53100": "the server's disk is full; what was finished is kept: make room and run the same command again",
    "55P03": f"another process has been writing for over {PATIENCE} seconds; try again when it is done",
    "25006": "the server takes no changes (read-only)",
    "42501": "this user may not write here",
    "28P01": "the server refused the password",
    "3D000": "the server has no such database: create it first",
}


class Database:
    """A database with the newest tables, and short transactions on it."""

    def __init__(self, url: str, *, create: bool = True) -> None:
        self.url = _parsed(url)
        if create:
            _make_folder(self.url)
        else:
            _must_exist(self.url)
        self.engine = _engine(self.url)
        self._writer = self.engine.execution_options(**_WRITES)
        with self.complaints():
            self._migrate()

    @property
    def is_sqlite(self) -> bool:
        """True for a file, false for a server."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def name(self) -> str:
        """The address as it may be shown: without its password."""
        return self.url.database or "" if self.is_sqlite else self.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that sees one state of the store and changes nothing."""
        with self.complaints(), Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that no other writer runs beside; all of it is kept, or nothing."""
        with self.complaints(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def complaints(self) -> Iterator[None]:
        """Turns what the database raises into a StoreError."""
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"{self.name}: {_in_words(error, self.is_sqlite)}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"{self.name}: {error}") from error

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()

    def _migrate(self) -> None:
        with self.engine.connect() as connection:
            if _revision(connection) == HEAD:
                return
        with self._writer.begin() as connection:
            if _revision(connection) != HEAD:  # nobody else did it while we waited for the lock
                upgrade(connection)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Runs the migrations on a connection, inside its transaction."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise StoreError(
            "the store was made by another version of claimgraph, whose tables this one does not know; "
            "install that version, or name another store"
        ) from error


def _revision(connection: Connection) -> str | None:
    """The migration that the tables stand at; None for an empty database."""
    names = set(connection.dialect.get_table_names(connection, connection.dialect.default_schema_name))
    if "alembic_version" in names:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if names:
        raise StoreError("the database holds other tables, and no claimgraph store; name another one")
    return None


def _parsed(url: str) -> URL:
    if "://" not in url:
        raise StoreError(f"{url!r} is no database address: write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME")
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"the database address cannot be read: {error}") from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"claimgraph keeps its store in SQLite or PostgreSQL, not in {parsed.get_backend_name()!r}")
    if parsed.get_backend_name() == "sqlite" and not parsed.database:
        raise StoreError("name the file: sqlite:///FILE")
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername == "postgresql" else parsed


def _make_folder(url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        try:
            Path(url.database or "").absolute().parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{url.database}: the folder cannot be made: {error.strerror}") from error


def _must_exist(url: URL) -> None:
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise StoreError(f"{url.database}: no such store; `claimgraph batch --db {url} ARTICLES…` makes one")


def _engine(url: URL) -> Engine:
    options: dict[str, Any] = {"json_serializer": _json, "json_deserializer": orjson.loads}
    is_sqlite = url.get_backend_name() == "sqlite"
    if is_sqlite:
        options["connect_args"] = {"timeout": PATIENCE, "check_same_thread": False}
    try:
        engine = create_engine(url, pool_size=20, max_overflow=40, pool_pre_ping=not is_sqlite, **options)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(
            f"the driver for this database is not installed: pip install 'claimgraph[postgres]' ({error})"
        ) from error
    if is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite if is_sqlite else _begin_postgres)
    return engine


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says, not where the driver guesses
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("claimgraph_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get("claimgraph_writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _in_words(error: DBAPIError, is_sqlite: bool) -> str:
    if is_sqlite:
        name = getattr(error.orig, "sqlite_errorname", "")
        return next((said for code, said in _SQLITE.items() if name.startswith(code)), str(error.orig))
    state = getattr(error.orig, "sqlstate", None) or ""
    return _POSTGRES.get(state) or str(error.orig).strip()
