"""Findings kept up to date: what a change touches is looked at again, and nothing else is.

What is touched is asked of the claims' columns (`columns.py`); where nearly all of a group is, all its claims are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from extractor.model import Article, Claim
from reconcile import reconcile
from reconcile.model import Finding
from service.store.audit import record
from service.store.columns import Entry, put_in, said_again, would_be_said
from service.store.decisions import mark_outdated
from service.store.models import ArticleRow, ClaimColumns, ClaimRow, FindingClaim, FindingRow, Meta, Pending
from service.store.rows import Placed, fill, rules_digest

_WAITING = cast(Table, Pending.__table__)
_AT_ONCE = 500
_IN_ONE_GO = 25
"""Groups of one transaction: few, so that other writers need not wait."""


def refresh(session: Session, changes: Iterable[Entry], *, run: int = 0) -> None:
    """Makes the findings what `reconcile` makes of the claims, after some came, went or were corrected.

    `changes` are the rows of claims that are on file no more, or not as they were, and of those that are now.
    """
    session.flush()
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in changes:
        groups[entry["group_key"]].append(entry)
    for group in sorted(groups):
        again = said_again(session, groups[group])
        if again is None:
            _refresh_group(session, group, run)
        else:
            _renew(session, group, _present_of(session, group, again.claims), again.findings, run)
    session.flush()


def postpone(session: Session, changes: Iterable[Entry], *, run: int) -> None:
    """Notes what came and went, to be compared when all articles of a batch are in: each group once."""
    rows = [{**entry, "run": run} for entry in changes]
    if rows:
        session.execute(insert(_WAITING), rows)


def refresh_pending(session: Session) -> bool:
    """Compares what was noted of some groups; false where nothing was left."""
    groups = select(Pending.group).distinct().order_by(Pending.group).limit(_IN_ONE_GO)
    waiting = select(_WAITING).where(_WAITING.c.group_key.in_(groups)).order_by(_WAITING.c.id)
    some = session.execute(waiting).mappings().all()
    for run in sorted({row["run"] for row in some}):
        refresh(session, [dict(row) for row in some if row["run"] == run], run=run)
    for first in range(0, len(some), _AT_ONCE):
        ids = [row["id"] for row in some[first : first + _AT_ONCE]]
        session.execute(delete(Pending).where(Pending.id.in_(ids)))
    return bool(some)


def refresh_all(session: Session, *, run: int = 0) -> bool:
    """Looks at everything again if the rules have changed since the store was written; true if they had."""
    known = session.get(Meta, "rules")
    if known is not None and known.value == rules_digest():
        return False
    before = set(session.scalars(select(ClaimRow.group).distinct()))
    session.execute(delete(ClaimColumns))
    for article in session.scalars(select(ArticleRow.id).order_by(ArticleRow.id)).all():
        _fill_anew(session, article)
    session.flush()
    for group in sorted(before | set(session.scalars(select(ClaimRow.group).distinct()))):
        _refresh_group(session, group, run)
    session.execute(delete(Pending))
    session.merge(Meta(key="rules", value=rules_digest()))
    return True


def found_with(session: Session, article: str, claims: Iterable[Claim]) -> list[Finding]:
    """What would be found of an article's claims if they came in place of those on file; nothing is written."""
    own = select(ClaimRow.id, ClaimRow.group).where(ClaimRow.article == article)
    gone: dict[str, list[str]] = defaultdict(list)
    for name, group in session.execute(own).tuples():
        gone[group].append(name)
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[Placed(claim).group].append(claim)
    found: list[Finding] = []
    for group, come in sorted(groups.items()):
        said = would_be_said(session, gone[group], [(claim, group) for claim in come])
        if said is None:
            others = (claim for claim in _claims(session, group) if claim.article != article)
            said = reconcile([*others, *come])
        found += said
    return found


def _fill_anew(session: Session, article: str) -> None:
    text = Article.model_validate(
        session.scalars(select(ArticleRow.content).where(ArticleRow.id == article)).one()
    ).text
    rows = session.scalars(select(ClaimRow).where(ClaimRow.article == article)).all()
    for row in rows:
        fill(row, Claim.model_validate(row.content), text)
    put_in(session, ((row.content, row.group) for row in rows if row.state != "struck"))


def _refresh_group(session: Session, group: str, run: int) -> None:
    held = select(FindingRow).where(FindingRow.group == group, FindingRow.present == 1)
    present = {row.id: row for row in session.scalars(held)}
    _renew(session, group, present, reconcile(_claims(session, group)), run)


def _claims(session: Session, group: str) -> list[Claim]:
    """The claims that hold in a group, in the order of articles and places."""
    some = select(ClaimRow.content).where(ClaimRow.group == group, ClaimRow.state != "struck")
    held = session.scalars(some.order_by(ClaimRow.article, ClaimRow.start, ClaimRow.id))
    return [Claim.model_validate(content) for content in held]


def _present_of(session: Session, group: str, claims: Set[str]) -> dict[str, FindingRow]:
    """The findings of a group that hold of some claims."""
    wanted = sorted(claims)
    told: set[str] = set()
    for first in range(0, len(wanted), _AT_ONCE):
        of_some = FindingClaim.claim.in_(wanted[first : first + _AT_ONCE])
        told.update(session.scalars(select(FindingClaim.finding).where(of_some)))
    found = _of_ids(session, told)
    return {name: row for name, row in found.items() if row.present and row.group == group}


def _renew(session: Session, group: str, present: dict[str, FindingRow], found: Iterable[Finding], run: int) -> None:
    """Puts what is found in the place of findings of a group that held before."""
    made = {finding.id: finding for finding in found}
    for name in sorted(present.keys() - made.keys()):
        _retire(session, present[name])
    known = {**_of_ids(session, made.keys() - present.keys()), **present}
    for finding in made.values():
        if finding.id in known:
            _update(session, known[finding.id], finding, group, run)
    _add(session, [finding for finding in made.values() if finding.id not in known], group, run)
    for row in known.values():
        if row.decision:
            mark_outdated(session, row)
    session.flush()


def _of_ids(session: Session, ids: Set[str]) -> dict[str, FindingRow]:
    """Findings that hold, or held once, by their ids."""
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


def _add(session: Session, new: list[Finding], group: str, run: int) -> None:
    session.add_all(FindingRow(id=one.id, group=group, run=run, **_columns(one)) for one in new)
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
