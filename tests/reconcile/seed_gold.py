"""Claims of the gold files that lie beside the repository: the first answer that each slot accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractor.model import Claim, claim_id

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def seed_claims(folder: Path = SEEDS / "gold") -> list[Claim]:
    """Every gold claim, required and optional, in file order."""
    claims = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        article = content["article"]
        published = article.get("published") or next(iter(article.get("published_accept", [])), None)
        claims += [_claim(row, article["id"], published) for row in content["claims"]]
    return claims


def _claim(row: dict[str, Any], article: str, published: str | None) -> Claim:
    slots = {slot: _concept(row.get(slot)) for slot in ("indicator", "product", "area", "counterpart", "source")}
    return Claim(
        id=claim_id(article, row["start"], row["quote"]),
        article=article,
        quote=row["quote"],
        start=row["start"],
        end=row["end"],
        kind=_first(row["kind"]),
        value=_first(row["value"]),
        unit=_first(row["unit"]),
        modifier=row["modifier"],
        period=_first(row.get("period")),
        base_period=_first(row.get("base_period")),
        status=_first(row.get("status", "actual")),
        published=published,
        **slots,
    )


def _first(answer: Any) -> Any:
    if isinstance(answer, list):
        return answer[0] if answer else None
    return answer


def _concept(answers: Any) -> dict[str, str] | None:
    word = _first(answers)
    return None if word is None else {"id": word, "text": word}
