"""What people rule on findings: decided, taken back, decided again; nothing is ever overwritten.

Two people may have the same finding open. Whoever decides says which state they saw (`seen`: the number of the last
decision on it); if somebody else decided in the meantime, nothing is written and they are told who did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from reconcile.model import SLOTS, Finding, Review
from reconcile.reasons.reasons import rows as reason_rows
from service.store.audit import record
from service.store.errors import ConflictError, NotFoundError, RefusedError
from service.store.models import ClaimRow, Decision, FindingRow
from service.store.rows import claim_digest, now, plain

Ruling = Literal["confirmed", "explained", "not_comparable", "extraction_error", "duplicate", "unsure"]
RULINGS: tuple[Ruling, ...] = get_args(Ruling)
LABELS: Mapping[str, str] = {
    "confirmed": "confirmed conflict",
    "explained": "explained",
    "not_comparable": "not comparable",
    "extraction_error": "extraction error",
    "duplicate": "duplicate",
    "unsure": "unsure",
}
LONGEST_NOTE = 4000


class Verdict(NamedTuple):
    """What somebody wants to rule."""

    decision: str
    by: str
    note: str = ""
    slots: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def decide(session: Session, finding: str, verdict: Verdict, *, seen: int | None) -> Decision:
    """Rules on a finding. Raises ConflictError where somebody ruled since `seen`; None asks for no such check."""
    _check(verdict)
    row = _row(session, finding, seen)
    decision = Decision(
        finding=finding,
        decision=verdict.decision,
        slots=list(verdict.slots),
        reasons=list(verdict.reasons),
        note=plain(verdict.note).strip(),
        by=plain(verdict.by),
        at=now(),
        claims=_claims_as_they_stand(session, row),
        undoes=None,
    )
    session.add(decision)
    session.flush()
    _show(session, row, decision, version=decision.id)
    why = ", ".join((*verdict.slots, *verdict.reasons))
    told = ": ".join(part for part in (LABELS[verdict.decision] + (f" ({why})" if why else ""), decision.note) if part)
    record(session, "decided", "finding", finding, told, by=verdict.by)
    return decision


def undo(session: Session, finding: str, *, by: str, seen: int | None) -> Decision:
    """Takes the decision that stands back; the one before it, if any, stands again. Gives the one taken back."""
    row = _row(session, finding, seen)
    standing = standing_decisions(session, finding)
    if not standing:
        raise RefusedError("there is no decision to take back")
    back = standing[-1]
    deed = Decision(
        finding=finding,
        decision="undo",
        slots=[],
        reasons=[],
        note="",
        by=plain(by),
        at=now(),
        claims={},
        undoes=back.id,
    )
    session.add(deed)
    session.flush()
    _show(session, row, standing[-2] if len(standing) > 1 else None, version=deed.id)
    record(session, "undone", "finding", finding, f"took back: {LABELS[back.decision]} (by {back.by})", by=by)
    return back


def standing_decisions(session: Session, finding: str) -> list[Decision]:
    """The decisions that nobody took back, oldest first; the last one stands."""
    rows = history(session, finding)
    undone = {row.undoes for row in rows if row.undoes is not None}
    return [row for row in rows if row.undoes is None and row.id not in undone]


def history(session: Session, finding: str) -> Sequence[Decision]:
    """Everything that was ever ruled on a finding, oldest first."""
    return session.scalars(select(Decision).where(Decision.finding == finding).order_by(Decision.id)).all()


def _review_of(decision: Decision | None) -> Review | None:
    """The decision as the contract has it."""
    if decision is None:
        return None
    return Review(decision=decision.decision, note=decision.note, by=decision.by, at=decision.at)


def reviewed(session: Session, row: FindingRow) -> Finding:
    """The finding with the decision that stands."""
    finding = Finding.model_validate(row.content)
    if not row.decision:
        return finding
    standing = standing_decisions(session, row.id)
    return finding.model_copy(update={"review": _review_of(standing[-1] if standing else None)})


def outdated(session: Session, row: FindingRow) -> str:
    """Why the decision that stands no longer fits what is on file; "" where it does."""
    standing = standing_decisions(session, row.id) if row.decision else []
    if not standing:
        return ""
    if not row.present:
        return "the finding no longer holds"
    return "a claim has changed since" if _changed(session, row, standing[-1]) else ""


def mark_outdated(session: Session, row: FindingRow, decision: Decision | None = None) -> None:
    """Notes on a finding whether the decision that stands (looked up where not given) was made on other claims."""
    if decision is None and row.decision:
        decision = standing_decisions(session, row.id)[-1]
    row.outdated = int(decision is not None and _changed(session, row, decision))


def _changed(session: Session, row: FindingRow, decision: Decision) -> bool:
    now_said = _claims_as_they_stand(session, row)
    return any(now_said.get(claim) != digest for claim, digest in decision.claims.items())


def _claims_as_they_stand(session: Session, row: FindingRow) -> dict[str, Any]:
    """Claim id → digest of what the claim says now, for the claims of a finding that are still on file."""
    claims = list(row.content.get("claims", []))
    found = session.execute(select(ClaimRow.id, ClaimRow.content).where(ClaimRow.id.in_(claims)))
    return {claim: claim_digest(content) for claim, content in sorted(found.tuples())}


def _row(session: Session, finding: str, seen: int | None) -> FindingRow:
    row = session.get(FindingRow, finding)
    if row is None:
        raise NotFoundError(f"no finding {finding!r}")
    if seen is not None and seen != row.version:
        who = f"{row.decided_by} ruled “{LABELS[row.decision]}”" if row.decision else "the decision was taken back"
        raise ConflictError(f"somebody was faster: {who}; look again, then decide")
    return row


def _show(session: Session, row: FindingRow, decision: Decision | None, *, version: int) -> None:
    row.decision = decision.decision if decision else ""
    row.decided_by = decision.by if decision else ""
    row.decided_at = decision.at if decision else None
    row.version = version
    mark_outdated(session, row, decision)


def _check(verdict: Verdict) -> None:
    if verdict.decision not in RULINGS:
        raise RefusedError(f"no such decision: {verdict.decision!r}; there are {', '.join(RULINGS)}")
    known = {row.code for row in reason_rows()}
    for what, given, allowed in (("slot", verdict.slots, set(SLOTS)), ("reason", verdict.reasons, known)):
        strange = [one for one in given if one not in allowed]
        if strange:
            raise RefusedError(f"no such {what}: {strange[0]!r}")
    if (verdict.slots or verdict.reasons) and verdict.decision != "explained":
        raise RefusedError("slots and reasons go with the decision “explained”")
    if len(verdict.note) > LONGEST_NOTE:
        raise RefusedError(f"a note has at most {LONGEST_NOTE} characters")
    if not verdict.by.strip():
        raise RefusedError("say who decides")
