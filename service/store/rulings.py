"""A decision together with the corrections that it brings: both are kept, or neither, and undone together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from service.store import decisions, edits
from service.store.decisions import Verdict
from service.store.errors import ConflictError, RefusedError
from service.store.models import Decision, FindingRow


class Correction(NamedTuple):
    """Slots of one claim put right."""

    claim: str
    changes: Mapping[str, Any]
    seen: int | None = None


def rule(
    session: Session, finding: str, verdict: Verdict, *, seen: int | None, corrections: Sequence[Correction] = ()
) -> Decision:
    """Decides, and corrects claims of the finding where the decision is an extraction error."""
    if corrections and verdict.decision != "extraction_error":
        raise RefusedError("corrections go with the decision “extraction error”")
    decision = decisions.decide(session, finding, verdict, seen=seen)
    members = session.get_one(FindingRow, finding).content["claims"]
    for one in corrections:
        if one.claim not in members:
            raise RefusedError(f"the claim {one.claim!r} is not part of this finding")
        edits.correct(
            session, one.claim, one.changes, by=verdict.by, note=verdict.note, seen=one.seen, decision=decision.id
        )
    return decision


def rule_many(
    session: Session, findings: Sequence[tuple[str, int | None]], verdict: Verdict
) -> tuple[list[Decision], list[tuple[str, str]]]:
    """The same decision on many findings; those that somebody else ruled in the meantime are left and named."""
    made: list[Decision] = []
    left: list[tuple[str, str]] = []
    for finding, seen in findings:
        try:
            made.append(decisions.decide(session, finding, verdict, seen=seen))
        except ConflictError as error:
            left.append((finding, str(error)))
    return made, left


def take_back(session: Session, finding: str, *, by: str, seen: int | None) -> Decision:
    """Undoes the decision that stands, with the corrections that were made with it."""
    back = decisions.undo(session, finding, by=by, seen=seen)
    edits.undo_with_decision(session, back.id, by=by)
    return back
