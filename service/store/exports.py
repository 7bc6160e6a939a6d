"""What goes out of the store: everything on file as a run's objects, and corrections as gold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from extractor.errors import InputError
from extractor.model import Article, Claim, Concept, stable_id
from reconcile.model import Finding
from service.reading.articles import text_digest
from service.store.decisions import reviewed
from service.store.models import ArticleRow, ClaimRow, FindingRow
from service.writing.outputs import in_order, json_lines

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


class OnFile(NamedTuple):
    """Everything that holds now, in the order of every output."""

    articles: list[Article]
    claims: list[Claim]
    findings: list[Finding]


def on_file(session: Session) -> OnFile:
    """The articles, the claims that were not struck, and the findings with the decisions on them."""
    articles = session.scalars(select(ArticleRow.content).order_by(ArticleRow.id))
    claims = session.scalars(select(ClaimRow.content).where(ClaimRow.state != "struck"))
    found = session.scalars(select(FindingRow).where(FindingRow.present == 1)).all()
    findings = [reviewed(session, row) for row in found]
    return OnFile(
        [Article.model_validate(content) for content in articles],
        in_order(Claim.model_validate(content) for content in claims),
        sorted(findings, key=lambda finding: (-finding.severity, finding.id)),
    )


def gold_files(session: Session) -> Iterator[tuple[str, Article, dict[str, Any]]]:
    """For each article that people corrected or checked: a file name, the article, and its gold.

    A claim that nobody looked at in an article that nobody checked whole is `optional`: it counts neither way.
    """
    touched = select(ClaimRow.article).where(ClaimRow.state != "read")
    wanted = select(ArticleRow).where((ArticleRow.checked_by != "") | ArticleRow.id.in_(touched))
    for row in session.scalars(wanted.order_by(ArticleRow.id)):
        article = Article.model_validate(row.content)
        held = select(ClaimRow).where(ClaimRow.article == row.id, ClaimRow.state != "struck")
        claims = session.scalars(held.order_by(ClaimRow.start, ClaimRow.id))
        checked = bool(row.checked_by)
        gold = [gold_claim(Claim.model_validate(claim.content), checked or claim.state != "read") for claim in claims]
        yield _file_name(article.id), article, {"article": _meta(article), "claims": gold}


def write_gold(session: Session, folder: Path) -> int:
    """Writes the gold files and, beside them, their articles (`articles.jsonl`); gives how many there are."""
    files = list(gold_files(session))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, _, gold in files:
            _write(folder / f"{name}.json", orjson.dumps(gold, option=orjson.OPT_INDENT_2) + b"\n")
        _write(folder / "articles.jsonl", json_lines(article for _, article, _ in files))
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=folder) from error
    return len(files)


def gold_claim(claim: Claim, sure: bool) -> dict[str, Any]:
    """The claim as gold has it: words as lists of accepted strings."""
    found = claim.to_json()
    kept = {name: found[name] for name in ("start", "end", "quote", "value", "low", "high", "modifier")}
    source = claim.source
    return {
        **kept,
        **{name: [found[name]] for name in ("kind", "unit", "status")},
        **{name: _words(getattr(claim, name)) for name in ("indicator", "product", "area", "counterpart")},
        "period": [found["period"]],
        "base_period": [found["base_period"]],
        "source": _words(Concept(id=source.id, text=source.text) if source else None),
        "via": [word for relay in source.via for word in _words(relay)] or None if source else None,
        "optional": not sure,
    }


def _file_name(article: str) -> str:
    """The article's id where it is a harmless file name, else one made of it."""
    return article if _FILE_NAME.fullmatch(article) else stable_id("article-", article)


def _meta(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "published": article.published.isoformat() if article.published else None,
        "publisher": article.publisher,
        "text_sha256": text_digest(article.text),
    }


def _words(concept: Concept | None) -> list[str]:
    if concept is None:
        return []
    return list(dict.fromkeys(word for word in (concept.text, concept.id.replace("_", " ")) if word.strip()))


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)
