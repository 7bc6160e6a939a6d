"""An article with gold and claims that err in several ways, for the tests of the error browser."""

from __future__ import annotations

import re
from typing import Any

from extractor.model import Article, Claim
from service.scoring.gold import Gold

TEXT = (
    "Exports rise 5%\n\nThe ministry said on Monday that exports from China rose 5% in 2023. "
    "They reached 2.1 million cars.\n\n- Spain | 40\n"
)


def figure(quote: str, nth: int = 0, **fields: Any) -> dict[str, Any]:
    start = [match.start() for match in re.finditer(re.escape(quote), TEXT)][nth]
    return {"quote": quote, "start": start, "end": start + len(quote), **fields}


def wanted(quote: str, nth: int = 0, **fields: Any) -> dict[str, Any]:
    base = {"value": 1.0, "kind": "level", "unit": "count", "indicator": ["exports"], "product": [], "area": ["China"],
            "source": ["ministry"], "period": []}  # fmt: skip
    return figure(quote, nth, **{**base, **fields})


def claimed(quote: str, nth: int = 0, **fields: Any) -> Claim:
    base = {"id": f"{quote}{nth}", "article": "a", "value": 1.0, "indicator": {"id": "exports"}, "area": {"id": "CN"},
            "source": {"id": "ministry"}}  # fmt: skip
    return Claim.model_validate(figure(quote, nth, **{**base, **fields}))


def gold(split: str = "dev") -> Gold:
    claims = [wanted("5%"), wanted("5%", 1), wanted("2.1 million", product=["car", None]), wanted("40")]
    meta = {"id": "a", "subject": "trade", "split": split, "published": "2024-01-19"}
    return Gold.model_validate({"articles": {"a": {"article": meta, "claims": claims}}, "pairs": []})


CLAIMS = [
    claimed("5%", area={"id": "China trade", "text": "China's trade"}),
    claimed("5%", 1, source=None, kind="growth"),
    claimed("2.1 million", area={"id": "ES", "text": "Spain"}, borrowed=["area"]),
    claimed("2023"),
]
ARTICLES = [Article(id="a", text=TEXT)]
