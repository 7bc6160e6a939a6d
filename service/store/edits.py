"""Corrections of claims: a slot put right, a claim added or struck; each can be undone, and is compared again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from extractor.errors import InputError
from extractor.model import Claim, claim_id
from reconcile.claims.intervals import bounds
from service.store.audit import record
from service.store.columns import put_in, take_out
from service.store.errors import ConflictError, NotFoundError, RefusedError
from service.store.groups import refresh
from service.store.models import ArticleRow, ClaimRow, Edit
from service.store.rows import claim_row, fill, now, plain

CORRECTABLE = (
    "kind", "value", "low", "high", "modifier", "unit", "indicator", "product", "area", "counterpart", "period",
    "base_period", "source", "status",
)  # fmt: skip
"""Slots that a person may put right; where a claim stands is a matter of adding and striking."""


def correct(
    session: Session,
    claim: str,
    changes: Mapping[str, Any],
    *,
    by: str,
    note: str = "",
    seen: int | None = None,
    decision: int | None = None,
) -> ClaimRow:
    """Puts slots of a claim right, and looks again at what it said and at what it says now."""
    row = _row(session, claim, seen)
    strange = sorted(set(changes) - set(CORRECTABLE))
    if strange:
        raise RefusedError(f"the field {strange[0]!r} cannot be corrected; these can: {', '.join(CORRECTABLE)}")
    if row.state == "struck":
        raise RefusedError("the claim is struck; bring it back first")
    content = _valid({**row.content, **changes, "confidence": 1.0})
    changed = sorted(name for name in changes if content.to_json()[name] != row.content[name])
    if not changed:
        raise RefusedError("nothing would change")
    before = _state(row)
    row.state = "added" if row.state == "added" else "corrected"
    _refill(session, row, content)
    edit = _note_edit(session, row, "correct", before, by=by, note=note, decision=decision)
    row.version = edit.id
    _compare(session, row)
    record(session, "corrected", "claim", row.id, f"{row.content['quote']!r}: {', '.join(changed)}", by=by)
    return row


def strike(session: Session, claim: str, *, by: str, note: str = "", seen: int | None = None) -> ClaimRow:
    """Takes a claim out of every comparison; it stays on file and can be brought back."""
    row = _row(session, claim, seen)
    if row.state == "struck":
        raise RefusedError("the claim is struck already")
    before = _state(row)
    row.state = "struck"
    row.version = _note_edit(session, row, "strike", before, by=by, note=note).id
    _compare(session, row)
    record(session, "struck", "claim", row.id, repr(row.content["quote"]), by=by)
    return row


def add(session: Session, article: str, fields: Mapping[str, Any], *, by: str, note: str = "") -> ClaimRow:
    """Adds a claim that was not found; its quote must stand in the article at `start`."""
    held = session.get(ArticleRow, article)
    if held is None:
        raise NotFoundError(f"no article {article!r}")
    text = str(held.content["text"])
    content = _placed(fields, held, text)
    if session.get(ClaimRow, content.id) is not None:
        raise RefusedError("there is a claim on this figure already; correct it, or bring it back")
    row = claim_row(content, text, state="added", extracted=None)
    session.add(row)
    session.flush()
    row.version = _note_edit(session, row, "add", None, by=by, note=note).id
    _compare(session, row)
    record(session, "added", "claim", row.id, f"{content.quote!r} in {article}", by=by)
    return row


def undo(session: Session, claim: str, *, by: str, seen: int | None = None) -> ClaimRow | None:
    """Takes the last edit of a claim back; None where that removes a claim that was added."""
    row = _row(session, claim, seen)
    standing = standing_edits(session, claim)
    if not standing:
        raise RefusedError("there is no edit to take back")
    return _undo_edit(session, row, standing[-1], by=by)


def undo_with_decision(session: Session, decision: int, *, by: str) -> None:
    """Takes back the edits that were made as part of a decision, last one first, where nothing was edited since."""
    edits = session.scalars(select(Edit).where(Edit.decision == decision).order_by(Edit.id.desc())).all()
    for edit in edits:
        row = session.get(ClaimRow, edit.claim)
        if row is not None and row.version == edit.id:
            _undo_edit(session, row, edit, by=by)


def standing_edits(session: Session, claim: str) -> list[Edit]:
    """The edits of a claim that nobody took back, oldest first."""
    rows = session.scalars(select(Edit).where(Edit.claim == claim).order_by(Edit.id)).all()
    undone = {row.undoes for row in rows if row.undoes is not None}
    return [row for row in rows if row.undoes is None and row.id not in undone]


def _undo_edit(session: Session, row: ClaimRow, edit: Edit, *, by: str) -> ClaimRow | None:
    now_is = _state(row)
    deed = Edit(
        claim=row.id, article=row.article, action="undo", before=now_is, after=edit.before, note="", by=plain(by),
        at=now(), decision=None, undoes=edit.id,
    )  # fmt: skip
    session.add(deed)
    session.flush()
    record(session, "undone", "claim", row.id, f"took back: {edit.action} {row.content['quote']!r}", by=by)
    if edit.before is None:
        session.delete(row)
        refresh(session, take_out(session, [row.id]))
        return None
    row.state, row.version = str(edit.before["state"]), deed.id
    _refill(session, row, Claim.model_validate(edit.before["content"]))
    _compare(session, row)
    return row


def _compare(session: Session, row: ClaimRow) -> None:
    """Looks again at what a claim said before, and at what it says now."""
    before = take_out(session, [row.id])
    holds = [] if row.state == "struck" else [(row.content, row.group)]
    refresh(session, [*before, *put_in(session, holds)])


def _row(session: Session, claim: str, seen: int | None) -> ClaimRow:
    row = session.get(ClaimRow, claim)
    if row is None:
        raise NotFoundError(f"no claim {claim!r}")
    if seen is not None and seen != row.version:
        raise ConflictError("somebody else edited this claim in the meantime; look again, then correct")
    return row


def _state(row: ClaimRow) -> dict[str, Any]:
    return {"state": row.state, "content": row.content}


def _refill(session: Session, row: ClaimRow, content: Claim) -> None:
    article = session.get_one(ArticleRow, row.article)
    fill(row, content, str(article.content["text"]))
    session.flush()


def _note_edit(
    session: Session,
    row: ClaimRow,
    action: str,
    before: dict[str, Any] | None,
    *,
    by: str,
    note: str,
    decision: int | None = None,
) -> Edit:
    edit = Edit(
        claim=row.id, article=row.article, action=action, before=before, after=_state(row), note=plain(note).strip(),
        by=plain(by), at=now(), decision=decision, undoes=None,
    )  # fmt: skip
    session.add(edit)
    session.flush()
    return edit


def _placed(fields: Mapping[str, Any], article: ArticleRow, text: str) -> Claim:
    """The claim with its place checked against the text."""
    quote, start = str(fields.get("quote", "")), fields.get("start")
    if not quote:
        raise RefusedError("a claim needs the figure as the article has it (quote)")
    if not isinstance(start, int):
        start = text.find(quote)
    if start < 0 or text[start : start + len(quote)] != quote:
        raise RefusedError(f"the words {quote!r} do not stand there in the article")
    given = {name: fields[name] for name in CORRECTABLE if name in fields}
    place = {
        "id": claim_id(article.id, start, quote),
        "article": article.id,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "sentence": _sentence(text, start, start + len(quote)),
        "published": article.published,
        "confidence": 1.0,
    }
    return _with_bounds(_valid({**given, **place}))


def _with_bounds(claim: Claim) -> Claim:
    """The claim with what its digits allow, where nobody said otherwise."""
    if claim.low is not None or claim.high is not None:
        return claim
    allowed = bounds(claim)
    ends = {"low": allowed.low, "high": allowed.high}
    return claim.model_copy(update={name: end if math.isfinite(end) else None for name, end in ends.items()})


def _sentence(text: str, start: int, end: int) -> dict[str, int]:
    """The sentence that a quote stands in."""
    from extractor.sentences import sentence_spans

    for first, last in sentence_spans(text):
        if first <= start and end <= last:
            return {"start": first, "end": last}
    return {"start": start, "end": end}


def _valid(fields: Mapping[str, Any]) -> Claim:
    try:
        claim = Claim.model_validate(dict(fields))
        _finite(claim)
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_url=False))
        raise RefusedError("; ".join(faults)) from error
    except InputError as error:
        raise RefusedError(str(error)) from error
    return claim


def _finite(claim: Claim) -> None:
    numbers = [number for number in (claim.value, claim.low, claim.high) if number is not None]
    if not all(math.isfinite(number) and abs(number) < 1e300 for number in numbers):
        raise RefusedError("a figure must be a finite number")
    if claim.low is not None and claim.high is not None and claim.low > claim.high:
        raise RefusedError("low is above high")
