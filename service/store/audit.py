"""The audit trail: one line for each thing that anybody did; the database refuses to change or delete a line."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.store.models import Event
from service.store.rows import now, plain

MACHINE = "claimgraph"
"""Who did what no person did."""
_LONGEST = 500


def record(session: Session, action: str, kind: str, subject: str, summary: str, *, by: str = MACHINE) -> None:
    """Adds a line to the trail, in the transaction of the deed itself."""
    line = Event(at=now(), by=plain(by), action=action, kind=kind, subject=subject, summary=plain(summary)[:_LONGEST])
    session.add(line)
