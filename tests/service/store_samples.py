"""Small articles with their claims ready, so that the store is tested without the parser."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from extractor.model import Article, Claim, claim_id
from service.store import Database
from service.store.articles import Reading, put
from service.store.batches import run_number
from service.store.models import Base, ClaimRow, FindingRow
from service.store.rows import article_digest

YEAR = {"start": "2023-01-01", "end": "2024-01-01", "text": "2023"}


def text_of(quote: str, source: str = "customs", lead: str = "Car exports") -> str:
    return f"{lead} in the news\n\nChina exported {quote} vehicles in 2023, {source} said."


def claim_of(article: Article, quote: str, value: float, **slots: Any) -> Claim:
    start = article.text.index(quote)
    half = 5_000
    return Claim.model_validate(
        {
            "id": claim_id(article.id, start, quote),
            "article": article.id,
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            "sentence": {"start": article.text.index("China"), "end": len(article.text)},
            "value": value,
            "low": value - half,
            "high": value + half,
            "indicator": {"id": "exports", "text": "exported"},
            "product": {"id": "vehicle", "text": "vehicles"},
            "area": {"id": "CN", "text": "China"},
            "period": YEAR,
            "source": {"id": "harbour", "text": "Harbour Board", "kind": "customs", "cue": "said"},
            "published": article.published,
            **slots,
        }
    )


def reading(name: str, quote: str = "4.91 million", value: float = 4.91e6, **slots: Any) -> Reading:
    """An article with one claim; `text` and `article` among the slots change the article."""
    text = slots.pop("text", text_of(quote))
    article = Article.model_validate({"id": name, "text": text, "published": "2024-01-19", **slots.pop("article", {})})
    return Reading(article_digest(article), article, [claim_of(article, quote, value, **slots)])


GUILD = {"source": {"id": "guild", "text": "Motor Guild", "kind": "association", "cue": "said"}}


def clash() -> list[Reading]:
    """Customs and the makers' association disagree."""
    return [reading("customs", "5.22 million", 5.22e6), reading("makers", "4.91 million", 4.91e6, **GUILD)]


def put_all(database: Database, readings: list[Reading], inputs: str = "test") -> list[str]:
    run = run_number(database, [inputs])
    with database.write() as session:
        return put(session, readings, run=run)


def findings(database: Database, **columns: Any) -> dict[str, dict[str, Any]]:
    """Finding id → content, of those that hold."""
    query = select(FindingRow).where(FindingRow.present == columns.get("present", 1))
    with database.read() as session:
        return {row.id: row.content for row in session.scalars(query)}


def claims(database: Database) -> list[Claim]:
    with database.read() as session:
        held = select(ClaimRow.content).where(ClaimRow.state != "struck")
        return [Claim.model_validate(content) for content in session.scalars(held)]


_CLOCKS = {"at", "replaced_at", "started_at", "finished_at", "created_at", "decided_at"}


def dump(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Everything in the store but the moments at which things happened."""
    with database.read() as session:
        return {
            table.name: [
                {name: value for name, value in row.items() if name not in _CLOCKS}
                for row in session.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }
