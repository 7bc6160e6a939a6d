"""Full-text search over claims: the sentence, the words of the slots, the source. Each word may be the start of one."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, bindparam, func, text
from sqlalchemy.orm import Session

from service.store.models import ClaimRow

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
_LONGEST_WORD = 60


def matches(session: Session, query: str) -> ColumnElement[bool] | None:
    """The condition that a claim holds all words of a query; None for a query without words."""
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(query)[:_MOST_WORDS]]
    if not words:
        return None
    if session.get_bind().dialect.name == "sqlite":
        asked = " ".join(f'"{word}"*' for word in words)
        rows = text("SELECT rowid FROM claim_words WHERE claim_words MATCH :asked")
        return ClaimRow.number.in_(rows.bindparams(bindparam("asked", asked)))
    asked = " & ".join(f"{word}:*" for word in words)
    vector = func.to_tsvector(text("'english'"), ClaimRow.words)
    return vector.op("@@")(func.to_tsquery(text("'english'"), asked))
