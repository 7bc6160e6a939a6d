"""Long batches, read while nobody waits.

A job's articles lie in the store from the moment that it is accepted. One thread works on jobs, oldest first; a
service that starts again takes up what another left, and the articles that were done are passed over.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Sequence

from sqlalchemy import select, update

from extractor.model import Article
from service.store.batches import News, add_articles, run_number
from service.store.database import Database
from service.store.errors import NotFoundError
from service.store.models import Job
from service.store.rows import now

log = logging.getLogger("claimgraph.jobs")
_PAUSE = 2.0
"""Seconds between looks for new jobs when nobody calls."""
_WORKERS = 2
"""Processes that read a job's articles: beside the pages, so that these stay quick."""
_MOST_NAMED = 200


def hand_in(database: Database, articles: Sequence[Article], *, by: str) -> Job:
    """Keeps a job for the worker."""
    job = Job(
        id=secrets.token_hex(8),
        state="waiting",
        articles=[article.model_dump(mode="json") for article in articles],
        done=0,
        total=len(articles),
        outcome={},
        run=0,
        by=by,
        created_at=now(),
    )
    with database.write() as session:
        session.add(job)
        session.flush()
        session.expunge(job)
    return job


def job(database: Database, name: str) -> Job:
    """A job as it stands; raises NotFoundError."""
    with database.read() as session:
        found = session.get(Job, name)
        if found is None:
            raise NotFoundError(f"no job {name!r}")
        session.expunge(found)
        return found


class Worker:
    """Works on jobs until it is told to stop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stop, self._call = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)

    def start(self) -> None:
        """Begins, with what a service that stopped has left."""
        with self._database.write() as session:
            session.execute(update(Job).where(Job.state == "running").values(state="waiting"))
        self._thread.start()

    def call(self) -> None:
        """There is something to do."""
        self._call.set()

    def stop(self) -> None:
        """Ends after the articles at hand; the rest waits for the next start."""
        self._stop.set()
        self._call.set()
        self._thread.join(timeout=30)

    def _work(self) -> None:
        while not self._stop.is_set():
            waiting = self._next()
            if waiting is None:
                self._call.wait(_PAUSE)
                self._call.clear()
                continue
            try:
                self._do(waiting)
            except _StoppedError:
                return
            except Exception as error:
                log.exception("job %s", waiting.id)
                self._set(waiting.id, state="failed", outcome={"problem": f"{type(error).__name__}: {error}"})

    def _next(self) -> Job | None:
        with self._database.read() as session:
            query = select(Job).where(Job.state == "waiting").order_by(Job.created_at, Job.id)
            found = session.scalars(query).first()
            if found is not None:
                session.expunge(found)
            return found

    def _do(self, waiting: Job) -> None:
        run = run_number(self._database, [f"job {waiting.id}"])
        self._set(waiting.id, state="running", run=run)
        articles = [Article.model_validate(fields) for fields in waiting.articles]

        def watch(done: int) -> None:
            self._set(waiting.id, done=done)
            if self._stop.is_set():
                raise _StoppedError

        news = add_articles(self._database, articles, run=run, workers=_WORKERS, by=waiting.by, watch=watch)
        self._set(waiting.id, state="done", done=waiting.total, outcome=_outcome(news), articles=[])

    def _set(self, name: str, **values: object) -> None:
        with self._database.write() as session:
            session.execute(update(Job).where(Job.id == name).values(**values))


class _StoppedError(Exception):
    """The service ends; the job goes on when it starts again."""


def _outcome(news: News) -> dict[str, object]:
    return {
        "fates": dict(news.fates),
        "problems": [list(problem) for problem in news.problems],
        "new_conflicts_with_file": [finding.id for finding in news.with_file[:_MOST_NAMED]],
        "new_conflicts_among_new": [finding.id for finding in news.among_new[:_MOST_NAMED]],
    }
