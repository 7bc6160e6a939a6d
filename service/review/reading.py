"""Articles read while somebody waits: what they claim, and what that contradicts of what is on file."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import ValidationError

from extractor.model import Article, Claim, stable_id
from reconcile.model import Finding
from reconcile.reconciler import in_order
from service.reading.articles import LONGEST_WORD
from service.review.settings import Settings
from service.running.engine import extract_group
from service.store.articles import Reading, put
from service.store.batches import new_conflicts, run_number
from service.store.database import Database
from service.store.errors import RefusedError
from service.store.groups import found_with
from service.store.queries import articles_named, claims_named
from service.store.rows import article_digest

_ONE_AT_A_TIME = threading.Lock()
"""The parser is one, and not made to be shared by threads."""
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1}}}")


class Preview(NamedTuple):
    """What an article says, before it is on file."""

    article: Article
    claims: list[Claim]
    findings: list[Finding]
    """New ones: each involves a claim of the article."""
    others: list[Claim]
    """Claims on file that the findings speak of."""
    texts: list[Article]
    """The articles of those claims."""
    on_file: bool
    """True where an article of this id is on file and would be replaced."""
    problem: str


class Put(NamedTuple):
    """What became of an article that was handed in."""

    article: str
    fate: str
    claims: int
    problem: str
    conflicts: list[Finding]
    """That came up with it."""


def read(article: Article) -> Reading:
    """The claims of one article."""
    with _ONE_AT_A_TIME:
        outcome = extract_group([article])[0]
    return Reading(article_digest(article), outcome.article, outcome.claims, outcome.problem)


def preview(database: Database, article: Article) -> Preview:
    """What an article would bring; nothing is written."""
    reading = read(article)
    own = {claim.id for claim in reading.claims}
    with database.read() as session:
        found = in_order(found_with(session, article.id, reading.claims))
        findings = [one for one in found if not own.isdisjoint(one.claims)]
        named = sorted({claim for one in findings for claim in one.claims} - own)
        others = [Claim.model_validate(row.content) for row in claims_named(session, named)]
        known = {one.id for one in articles_named(session, [article.id])}
        texts = articles_named(session, {claim.article for claim in others})
    on_file = article.id in known
    return Preview(reading.article, reading.claims, findings, others, texts, on_file, reading.problem)


def put_one(database: Database, article: Article, *, by: str) -> Put:
    """Reads an article and puts it on file; an unchanged one is passed over."""
    reading = read(article)
    run = run_number(database, [reading.digest])
    with database.write() as session:
        fate = put(session, [reading], run=run, by=by)[0]
    with database.read() as session:
        conflicts = [] if fate == "unchanged" else _brought(new_conflicts(session, run), reading)
    _finish(database, run)
    return Put(article.id, fate, len(reading.claims), reading.problem, conflicts)


def _brought(sides: tuple[list[Finding], list[Finding]], reading: Reading) -> list[Finding]:
    own = {claim.id for claim in reading.claims}
    return [finding for side in sides for finding in side if not own.isdisjoint(finding.claims)]


def _finish(database: Database, run: int) -> None:
    from service.store.models import Run
    from service.store.rows import now

    with database.write() as session:
        row = session.get(Run, run)
        if row is not None:
            row.finished_at = now()


def checked(article: Article, settings: Settings) -> Article:
    """The article, if it is one that can be read while somebody waits."""
    if not article.text.strip():
        raise RefusedError("the article holds no text")
    if len(article.text) > settings.most_text:
        raise RefusedError(f"the article has {len(article.text)} characters; {settings.most_text} is the most")
    if _LONG_WORD.search(article.text):
        raise RefusedError(f"a word of over {LONGEST_WORD} characters: this is no prose")
    if not article.id.strip() or len(article.id) > 200 or "\0" in article.id:
        raise RefusedError("the id of an article has 1 to 200 characters")
    return article


def pasted(text: str, *, title: str = "", publisher: str = "", published: str = "", name: str = "") -> Article:
    """The article that somebody pasted; its id is made of its text where none is given."""
    fields = {
        "id": name.strip() or stable_id("pasted-", text),
        "text": text.replace("\r\n", "\n"),
        "title": title.strip() or None,
        "publisher": publisher.strip() or None,
        "published": published.strip() or None,
    }
    try:
        return Article.model_validate(fields)
    except ValidationError as error:
        faults: Sequence[str] = [f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors(include_url=False)]
        raise RefusedError("; ".join(faults)) from error
