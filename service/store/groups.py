"""Findings kept up to date: the groups that something touched are looked at again, and nothing else is.

A group is read and compared whole. `reconcile.held.Held` would compare fewer claims, but it has to see the group's
columns first: for an article of 15 claims among 20,000 (13 groups, 3,899 claims) it took 0.65 CPU seconds against 0.8
for reading and comparing all, of 1.2 to 1.6 with what is written. That does not pay for a second notion of what an
article can touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from extractor.model import Article, Claim
from reconcile import reconcile
from reconcile.model import Finding
from service.store.audit import record
from service.store.decisions import mark_outdated
from service.store.models import ArticleRow, ClaimRow, FindingClaim, FindingRow, Meta, Pending
from service.store.rows import fill, rules_digest

_AT_ONCE = 500
_IN_ONE_GO = 25
"""Groups of one transaction: few, so that other writers need not wait."""


def refresh(session: Session, groups: Iterable[str], *, run: int = 0) -> None:
    """Makes the findings of some groups what `reconcile` makes of their claims."""
    session.flush()
    wanted = sorted(set(groups))
    for first in range(0, len(wanted), _AT_ONCE):
        _refresh(session, wanted[first : first + _AT_ONCE], run)
    session.flush()


def postpone(session: Session, groups: Iterable[str], *, run: int) -> None:
    """Notes groups to be looked at again when all articles of a batch are in: each once, however many touch it."""
    for group in sorted(set(groups)):
        session.merge(Pending(group=group, run=run))


def refresh_pending(session: Session) -> bool:
    """Looks at some of the groups that were noted; false where none was left."""
    some = session.scalars(select(Pending).order_by(Pending.group).limit(_IN_ONE_GO)).all()
    for run in sorted({row.run for row in some}):
        refresh(session, [row.group for row in some if row.run == run], run=run)
    for row in some:
        session.delete(row)
    return bool(some)


def refresh_all(session: Session, *, run: int = 0) -> bool:
    """Looks at everything again if the rules have changed since the store was written; true if they had."""
    known = session.get(Meta, "rules")
    if known is not None and known.value == rules_digest():
        return False
    before = set(session.scalars(select(ClaimRow.group).distinct()))
    for row, text in _rows_with_texts(session):
        fill(row, Claim.model_validate(row.content), text)
    session.flush()
    refresh(session, before | set(session.scalars(select(ClaimRow.group).distinct())), run=run)
    session.merge(Meta(key="rules", value=rules_digest()))
    return True


def claims_of_groups(session: Session, groups: Iterable[str]) -> list[Claim]:
    """The claims that hold in some groups, in the order of articles and places."""
    return _claims(session, sorted(set(groups)))[1]


def _rows_with_texts(session: Session) -> Iterable[tuple[ClaimRow, str]]:
    for article in session.scalars(select(ArticleRow.id).order_by(ArticleRow.id)).all():
        content = session.scalars(select(ArticleRow.content).where(ArticleRow.id == article)).one()
        text = Article.model_validate(content).text
        for row in session.scalars(select(ClaimRow).where(ClaimRow.article == article)).all():
            yield row, text


def _refresh(session: Session, groups: list[str], run: int) -> None:
    group_of, claims = _claims(session, groups)
    made = {finding.id: finding for finding in reconcile(claims)}
    held = select(FindingRow).where(FindingRow.group.in_(groups), FindingRow.present == 1)
    present = {row.id: row for row in session.scalars(held)}
    for name in sorted(present.keys() - made.keys()):
        _retire(session, present[name])
    known = {**_retired(session, made.keys() - present.keys()), **present}
    for finding in made.values():
        if finding.id in known:
            _update(session, known[finding.id], finding, group_of[finding.claims[0]], run)
    _add(session, [finding for finding in made.values() if finding.id not in known], group_of, run)
    for row in known.values():
        if row.decision:
            mark_outdated(session, row)
    session.flush()


def _claims(session: Session, groups: list[str]) -> tuple[dict[str, str], list[Claim]]:
    """The claims that hold in some groups, in the order of articles and places, and the group of each."""
    held = select(ClaimRow.id, ClaimRow.group, ClaimRow.content)
    some = held.where(ClaimRow.group.in_(groups), ClaimRow.state != "struck")
    rows = session.execute(some.order_by(ClaimRow.article, ClaimRow.start, ClaimRow.id)).tuples().all()
    return {name: group for name, group, _ in rows}, [Claim.model_validate(content) for _, _, content in rows]


def _retired(session: Session, ids: Set[str]) -> dict[str, FindingRow]:
    """Findings that held once, or hold in a group that is about to be looked at."""
    found: dict[str, FindingRow] = {}
    wanted = sorted(ids)
    for first in range(0, len(wanted), _AT_ONCE):
        some = select(FindingRow).where(FindingRow.id.in_(wanted[first : first + _AT_ONCE]))
        found.update({row.id: row for row in session.scalars(some)})
    return found


def _retire(session: Session, row: FindingRow) -> None:
    row.present = 0
    if row.version:
        record(session, "outdated", "finding", row.id, "the finding no longer holds; the decision on it is kept")


def _add(session: Session, new: list[Finding], group_of: dict[str, str], run: int) -> None:
    session.add_all(FindingRow(id=one.id, group=group_of[one.claims[0]], run=run, **_columns(one)) for one in new)
    session.flush()
    _link(session, new)


def _update(session: Session, row: FindingRow, finding: Finding, group: str, run: int) -> None:
    columns = _columns(finding)
    if not row.present:
        row.run = run
    if row.content.get("claims") != columns["content"]["claims"]:
        session.execute(delete(FindingClaim).where(FindingClaim.finding == finding.id))
        _link(session, [finding])
    for name, value in {**columns, "group": group}.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _link(session: Session, some: list[Finding]) -> None:
    links = [
        {"finding": finding.id, "place": place, "claim": claim}
        for finding in some
        for place, claim in enumerate(finding.claims)
    ]
    if links:
        session.execute(insert(FindingClaim), links)


def _columns(finding: Finding) -> dict[str, Any]:
    return {
        "relation": finding.relation,
        "severity": finding.severity,
        "conflict": int(finding.is_flag),
        "content": finding.to_json(),
        "present": 1,
    }
