"""Text in, claims out.

>>> from extractor import extract
>>> [claim.quote for claim in extract("Exports rose 5% to 2.1 million cars in 2023, customs data showed.")]
['5%', '2.1 million']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.errors import ClaimgraphError
from extractor.model import Article, Claim

if TYPE_CHECKING:
    from extractor.pipeline import extract, extract_many

__all__ = ["Article", "Claim", "ClaimgraphError", "extract", "extract_many"]


def __getattr__(name: str) -> Any:
    """Loads the pipeline when it is first asked for, so that the objects alone import in milliseconds."""
    if name in {"extract", "extract_many"}:
        from extractor.loading import undisturbed

        with undisturbed():
            from extractor import pipeline
        return getattr(pipeline, name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
