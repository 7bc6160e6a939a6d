"""Databases for the tests of the store and the review service, on SQLite and on PostgreSQL where it is installed; and a
browser.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from store_samples import clash, put_all

from service.store import Database

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NUMBERS = itertools.count(1)


def _program(name: str) -> Path | None:
    """A program of the server's, which Debian keeps out of the path."""
    found = shutil.which(name)
    if found:
        return Path(found).resolve()
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return versions[-1] if versions else None


def _unprivileged() -> dict[str, object]:
    """The server refuses to run as root: another account runs it then."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    pytest.skip("PostgreSQL does not run as root, and there is no other account here")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a private server, without a database name; skips where no server is installed."""
    initdb, server = _program("initdb"), _program("postgres")
    if initdb is None or server is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    account = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="claimgraph-pg-"))
    if account:
        os.chown(folder, int(str(account["user"])), int(str(account["group"])))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **account}
    cluster = folder / "data"
    subprocess.run(
        [initdb, "-D", cluster, "-A", "trust", "-U", "test", "-E", "UTF8", "--locale=C"], check=True, **quiet
    )
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    running = subprocess.Popen([server, "-D", cluster, "-p", str(port), *options], **quiet)
    try:
        _wait_for(port, running)
        yield f"postgresql+psycopg://test@127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    import time

    import psycopg

    for _ in range(200):
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="test", dbname="postgres").close()
        except psycopg.OperationalError:
            if running.poll() is not None:
                pytest.skip(f"the PostgreSQL server ended at once (status {running.returncode})")
            time.sleep(0.1)
        else:
            return
    pytest.fail("the PostgreSQL server does not answer")


@pytest.fixture(params=["sqlite", "postgres"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Addresses of empty databases, on either kind of server."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / f'store{next(_NUMBERS)}.db'}"
    server = request.getfixturevalue("postgres")

    def make() -> str:
        import psycopg

        name = f"t{next(_NUMBERS)}"
        with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{server}/{name}"

    return make


@pytest.fixture
def database(new_url: Callable[[], str]) -> Iterator[Database]:
    """An empty store."""
    made = Database(new_url())
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """A store on SQLite with articles that clash, for the pages and the API."""
    made = Database(f"sqlite:///{tmp_path / 'store.db'}")
    put_all(made, clash())
    yield made
    made.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the browser tests of one module."""
    from chromium import launched  # it skips whoever imports it where playwright is missing

    with launched() as chromium:
        yield chromium
