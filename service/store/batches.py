"""Batches: articles are read, and added a few at a time, each few in one transaction; then the groups that they touched
are looked at again, each once, a few groups in one transaction.

A batch that is killed leaves what its finished transactions made; the same command takes it up again under the same
number and ends where it would have ended undisturbed, because the articles still to be read are cut into the same few.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from extractor.model import Article
from reconcile.model import Finding
from service.running.engine import CHUNK, Outcome, extract_articles
from service.store.articles import Reading, digest_on_file, put
from service.store.audit import MACHINE
from service.store.database import Database
from service.store.groups import refresh_all, refresh_pending
from service.store.models import ArticleRow, ClaimRow, FindingClaim, FindingRow, Run
from service.store.rows import article_digest, now

Watch = Callable[[int], None]
"""Hears how many articles have been dealt with."""


class News(NamedTuple):
    """What a batch brought."""

    run: int
    fates: Counter[str]
    """How many articles were added, changed, unchanged."""
    problems: list[tuple[str, str]]
    """Articles that could not be read, and why."""
    with_file: list[Finding]
    """New conflicts that involve a figure that was on file before."""
    among_new: list[Finding]
    """New conflicts within what the batch brought."""

    @property
    def conflicts(self) -> list[Finding]:
        """All new conflicts, most severe first."""
        return sorted([*self.with_file, *self.among_new], key=lambda one: (-one.severity, one.id))


def run_number(database: Database, inputs: Iterable[str]) -> int:
    """The number of a batch over these inputs: a new one, or that of the same batch if it was never finished."""
    digest = hashlib.sha256("\0".join(sorted(inputs)).encode("utf-8", errors="replace")).hexdigest()
    with database.write() as session:
        waiting = select(Run).where(Run.inputs == digest, Run.finished_at.is_(None)).order_by(Run.id)
        run = session.scalars(waiting).first()
        if run is None:
            run = Run(inputs=digest, started_at=now(), finished_at=None)
            session.add(run)
            session.flush()
        refresh_all(session, run=run.id)
        return run.id


def add_articles(
    database: Database,
    articles: Iterable[Article],
    *,
    run: int,
    workers: int = 1,
    by: str = MACHINE,
    watch: Watch | None = None,
    again: bool = False,
) -> News:
    """Reads articles and puts them into the store; `again` reads unchanged ones too."""
    fates: Counter[str] = Counter()
    problems: list[tuple[str, str]] = []
    digests: dict[str, str] = {}
    hear = watch or _unheard
    wanted = _not_on_file(database, articles, digests, fates, again=again)
    for few in _few(extract_articles(wanted, workers=workers)):
        readings = [_reading(outcome, digests) for outcome in few]
        with database.write() as session:
            made = put(session, readings, run=run, by=by, again=again, later=True)
        fates.update(made)
        problems += [(reading.article.id, reading.problem) for reading in readings if reading.problem]
        hear(fates.total())
    catch_up(database)
    hear(fates.total())
    return _finish(database, run, fates, problems)


def catch_up(database: Database) -> None:
    """Looks at every group that articles have touched since it was looked at last."""
    left = True
    while left:
        with database.write() as session:
            left = refresh_pending(session)


def _not_on_file(
    database: Database, articles: Iterable[Article], digests: dict[str, str], fates: Counter[str], *, again: bool
) -> Iterator[Article]:
    """Articles that are new or have changed; notes the digest of each."""
    for article in articles:
        digest = article_digest(article)
        with database.read() as session:
            known = digest_on_file(session, article.id)
        if known == digest and not again:
            fates["unchanged"] += 1
            continue
        digests[article.id] = digest
        yield article


def _few(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """As many at a time as were read together, so that a batch taken up again cuts the rest in the same places."""
    waiting = iter(outcomes)
    while few := list(islice(waiting, CHUNK)):
        yield few


def _reading(outcome: Outcome, digests: dict[str, str]) -> Reading:
    return Reading(digests.pop(outcome.article.id), outcome.article, outcome.claims, outcome.problem)


def _finish(database: Database, run: int, fates: Counter[str], problems: list[tuple[str, str]]) -> News:
    with database.write() as session:
        row = session.get(Run, run)
        if row is not None and row.finished_at is None:
            row.finished_at = now()
        with_file, among_new = new_conflicts(session, run)
    return News(run, fates, problems, with_file, among_new)


def new_conflicts(session: Session, run: int) -> tuple[list[Finding], list[Finding]]:
    """Conflicts that came up in a run: those with figures that were on file before, and those among what it brought."""
    claim, article = aliased(ClaimRow), aliased(ArticleRow)
    on_file = exists(
        select(FindingClaim.finding)
        .join(claim, claim.id == FindingClaim.claim)
        .join(article, article.id == claim.article)
        .where(FindingClaim.finding == FindingRow.id, article.first_run != run)
    )
    found = select(FindingRow).where(FindingRow.run == run, FindingRow.present == 1, FindingRow.conflict == 1)
    ordered = found.order_by(FindingRow.severity.desc(), FindingRow.id)
    sides = (ordered.where(on_file), ordered.where(~on_file))
    with_file, among_new = (_findings(session.scalars(side).all()) for side in sides)
    return with_file, among_new


def _findings(rows: Sequence[FindingRow]) -> list[Finding]:
    return [Finding.model_validate(row.content) for row in rows]


def _unheard(done: int) -> None:
    """Progress that nobody watches."""
