"""Fifty readers and five reviewers at once: no error, and no decision lost."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from statistics import quantiles

import httpx
import pytest
from review_server import served
from sqlalchemy import select
from store_samples import GUILD, put_all, reading

from service.store import Database
from service.store.decisions import history
from service.store.models import FindingRow

READERS, REVIEWERS = 50, 5


@pytest.fixture
def store(new_url: Callable[[], str]) -> Iterator[tuple[str, Database]]:
    url = new_url()
    made = Database(url)
    many = [reading(f"a{n:02}", f"{1 + n / 100} million", 1e6 + n * 1e4, **(GUILD if n % 2 else {})) for n in range(24)]
    put_all(made, many)
    yield url, made
    made.close()


def run_load(url: str, database: Database, *, seconds: float) -> tuple[Counter[str], list[float]]:
    """Who got what, and how long reading took."""
    with database.read() as session:
        names = list(session.scalars(select(FindingRow.id).where(FindingRow.conflict == 1).order_by(FindingRow.id)))
    paths = ["/", "/api/v1/findings", "/articles", "/articles/a01", "/figures", "/claims?q=exported", "/sources"]
    answers: Counter[str] = Counter()
    took: list[float] = []
    lock = threading.Lock()
    with served(url, "--rate", "1000000") as address:
        ready = threading.Barrier(READERS + REVIEWERS)

        def read(number: int) -> None:
            chance = random.Random(number)
            with httpx.Client(base_url=address, timeout=120, verify=False) as client:
                ready.wait()
                until = time.monotonic() + seconds
                while True:
                    begun = time.monotonic()
                    status = client.get(chance.choice([*paths, f"/findings/{chance.choice(names)}"])).status_code
                    with lock:
                        answers[f"read {status}"] += 1
                        took.append(time.monotonic() - begun)
                    if time.monotonic() > until:
                        return
                    time.sleep(chance.uniform(0.2, 1.0))

        def review(number: int) -> None:
            chance = random.Random(100 + number)
            headers = {"X-Claimgraph-Reviewer": f"reviewer {number}"}
            with httpx.Client(base_url=address, timeout=120, headers=headers, verify=False) as client:
                ready.wait()
                until = time.monotonic() + seconds
                while True:
                    name = chance.choice(names[:8])
                    seen = client.get(f"/api/v1/findings/{name}").json()["finding"]["version"]
                    said = {"decision": chance.choice(["confirmed", "unsure"]), "seen": seen}
                    status = client.post(f"/api/v1/findings/{name}/decisions", json=said).status_code
                    with lock:
                        answers[f"decided {status}"] += 1
                    if time.monotonic() > until:
                        return

        people = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
        people += [threading.Thread(target=review, args=(n,)) for n in range(REVIEWERS)]
        for person in people:
            person.start()
        for person in people:
            person.join()
    return answers, took


def check(store: tuple[str, Database], seconds: float) -> None:
    url, database = store
    answers, took = run_load(url, database, seconds=seconds)
    assert set(answers) <= {"read 200", "decided 201", "decided 409"}, answers
    with database.read() as session:
        kept = sum(len(history(session, name)) for name in session.scalars(select(FindingRow.id)))
    assert kept == answers["decided 201"] > 0
    print(f"\n{database.url.get_backend_name()}: {dict(answers)}, reading 95%: {quantiles(took, n=20)[-1]:.2f} s")  # noqa: T201


def test_fifty_readers_and_five_reviewers_for_a_moment(store: tuple[str, Database]) -> None:
    check(store, seconds=4)


@pytest.mark.slow
def test_fifty_readers_and_five_reviewers_for_a_minute(store: tuple[str, Database]) -> None:
    check(store, seconds=60)
