"""Nothing is lost: killed at any moment, run twice at once, out of room, not allowed to write.

Real processes and SIGKILL. A handful of kills run always, a hundred with --slow.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, select
from store_driver import readings
from store_samples import dump, findings, put_all

from reconcile import reconcile
from service.store import Database, StoreError
from service.store.articles import Reading
from service.store.batches import catch_up
from service.store.models import Run

DRIVER = Path(__file__).parents[1] / "store_driver.py"
NOBODY = 65534
HANGS = 900
"""Seconds after which a run hangs: on a machine with ten others at work one takes minutes, and nothing is wrong."""


def start(url: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(DRIVER), url]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finished(url: str) -> str:
    """What the same command says when nobody disturbs it."""
    running = start(url)
    said, complaints = running.communicate(timeout=HANGS)
    assert running.returncode == 0, complaints
    return said


def settled(url: str) -> dict[str, list[dict[str, object]]]:
    store = Database(url)
    try:
        return {table: rows for table, rows in dump(store).items() if table != "runs"}
    finally:
        store.close()


def killed_somewhere(url: str, longest: float) -> bool:
    """One run that is killed at a random moment, its start included; false where it was done before."""
    running = start(url)
    time.sleep(random.uniform(0.0, longest))
    running.kill()
    running.communicate()
    return running.returncode != 0


def kill_until_done(new_url: Callable[[], str], kills: int) -> None:
    undisturbed = new_url()
    begun = time.monotonic()
    conflicts = finished(undisturbed)
    longest = 1.1 * (time.monotonic() - begun)
    expected = settled(undisturbed)
    done = 0
    while done < kills:
        url = new_url()
        while done < kills and killed_somewhere(url, longest):
            done += 1
        was_done = is_done(url)  # the kill came after the last transaction: then there is nothing new to tell
        assert finished(url) == ("0\n" if was_done else conflicts)
        assert settled(url) == without_serials(expected, settled(url))


def is_done(url: str) -> bool:
    """Whether the batch had finished."""
    store = Database(url)
    with store.read() as session:
        done = session.scalars(select(Run.finished_at)).first() is not None
    store.close()
    return done


def without_serials(
    expected: dict[str, list[dict[str, object]]], found: dict[str, list[dict[str, object]]]
) -> dict[str, list[dict[str, object]]]:
    """PostgreSQL does not give a number back that a killed transaction had drawn: trails are compared in order."""
    numbers = [row["id"] for row in found["events"]]
    lines = [{**row, "id": number} for row, number in zip(expected["events"], numbers, strict=True)]
    return {**expected, "events": lines}


def test_a_batch_killed_a_few_times_ends_where_an_undisturbed_one_does(new_url: Callable[[], str]) -> None:
    kill_until_done(new_url, kills=4)


@pytest.mark.slow
def test_a_batch_killed_a_hundred_times_ends_where_an_undisturbed_one_does(new_url: Callable[[], str]) -> None:
    kill_until_done(new_url, kills=100)


def test_what_is_on_file_after_a_kill_is_what_reconcile_says(new_url: Callable[[], str]) -> None:
    from store_samples import claims

    url = new_url()
    for longest in (1.5, 2.5):
        killed_somewhere(url, longest)
        store = Database(url)
        catch_up(store)  # as whoever opens the store next does
        assert findings(store) == {finding.id: finding.to_json() for finding in reconcile(claims(store))}
        store.close()


def test_two_batches_at_once_add_everything_once(new_url: Callable[[], str]) -> None:
    alone, shared = new_url(), new_url()
    finished(alone)
    both = [start(shared), start(shared)]
    for running in both:
        _, complaints = running.communicate(timeout=HANGS)
        assert running.returncode == 0, complaints
    one, two = Database(alone), Database(shared)
    assert findings(one) == findings(two)
    assert len(settled(shared)["articles"]) == len(readings())
    assert len([row for row in settled(shared)["events"] if row["action"] == "article_added"]) == len(readings())
    one.close()
    two.close()


def put_in_tens(store: Database, ready: list[Reading]) -> None:
    for first in range(0, len(ready), 10):
        put_all(store, ready[first : first + 10], "more")


def test_a_full_disk_is_said_and_what_was_finished_is_kept(tmp_path: Path) -> None:
    ready = list(readings().values())
    store = Database(f"sqlite:///{tmp_path / 'full.db'}")
    put_all(store, ready[:10])
    before = dump(store)

    @event.listens_for(store.engine, "connect")
    def almost_full(connection: object, record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    store.engine.dispose()
    with pytest.raises(StoreError, match=r"full\.db: the disk is full; what was finished is kept"):
        put_in_tens(store, ready[10:])
    store.close()
    again = Database(f"sqlite:///{tmp_path / 'full.db'}")
    after = dump(again)
    assert {row["id"] for row in before["articles"]} <= {row["id"] for row in after["articles"]}
    put_all(again, ready)
    assert len(findings(again)) > 0
    again.close()


def as_nobody(deed: Callable[[], object]) -> str:
    """What a deed raises in a process that may not do everything; root may write anywhere."""
    receiver, sender = os.pipe()
    child = os.fork()
    if not child:
        if not os.geteuid():
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        said = "nothing"
        try:
            deed()
        except StoreError as error:
            said = str(error)
        os.write(sender, said.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(sender)
    with os.fdopen(receiver, "rb") as said_there:
        return said_there.read().decode()


def test_a_folder_that_cannot_be_written_is_said() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        Database(f"sqlite:///{folder / 'old.db'}").close()
        folder.chmod(0o555)
        (folder / "old.db").chmod(0o444)
        assert as_nobody(lambda: Database(f"sqlite:///{folder / 'new.db'}").close()).endswith(
            "cannot be opened or made: check that the folder exists and that you may write in it"
        )
        said = as_nobody(lambda: Database(f"sqlite:///{folder / 'new' / 'new.db'}").close())
        assert said.endswith("the folder cannot be made: Permission denied")
        said = as_nobody(lambda: put_all(Database(f"sqlite:///{folder / 'old.db'}"), []) and None)
        assert said.endswith("the file or its folder cannot be written: check who owns it, or name another place")
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"These are no pages of a database, only words. " * 200, "is not a database"),
        (b"SQLite format 3\0" + b"\xff" * 8000, "damaged|not a database"),
    ],
)
def test_a_file_that_is_no_store(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=why):
        Database(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreError, match="holds other tables, and no claimgraph store"):
        Database(f"sqlite:///{path}")


def test_a_store_of_another_version_is_named_and_left_alone(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "desk.db"
    Database(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="made by another version of claimgraph"):
        Database(f"sqlite:///{path}")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("store.db", "is no database address"),
        ("mysql://localhost/x", "not in 'mysql'"),
        ("sqlite://", "name the file"),
        ("postgresql+psycopg://me:secret@127.0.0.1:1/x", r"me:\*\*\*@127\.0\.0\.1"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, why: str) -> None:
    with pytest.raises(StoreError, match=why):
        Database(url)
