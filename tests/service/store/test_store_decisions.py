"""Decisions and corrections: made, undone, made again, by two people at once, and what later articles do to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from store_samples import GUILD, claims, clash, dump, findings, put_all, reading, text_of

from extractor.model import Claim
from reconcile import reconcile
from service.scoring.gold import GoldArticle
from service.store import ConflictError, Database, NotFoundError, RefusedError, edits
from service.store.decisions import RULINGS, Verdict, decide, history, outdated, reviewed, standing_decisions, undo
from service.store.exports import gold_files, on_file
from service.store.models import ClaimRow, Edit, Event, FindingRow
from service.store.queries import Wanted
from service.store.queries import findings as find_findings
from service.store.rulings import Correction, rule, rule_many, take_back

ANN, BOB = "Ann", "Bob"


@pytest.fixture
def finding(database: Database) -> str:
    """The one conflict of two articles on file."""
    put_all(database, clash())
    return next(iter(findings(database)))


def row_of(database: Database, name: str) -> FindingRow:
    with database.read() as session:
        row = session.get_one(FindingRow, name)
        session.expunge(row)
        return row


def claim_named(database: Database, article: str) -> str:
    with database.read() as session:
        return str(session.scalars(select(ClaimRow.id).where(ClaimRow.article == article)).one())


@pytest.mark.parametrize("ruling", RULINGS)
def test_a_decision_stands_and_is_shown_with_the_finding(database: Database, finding: str, ruling: str) -> None:
    with database.write() as session:
        decide(session, finding, Verdict(ruling, ANN, " because "), seen=0)
    row = row_of(database, finding)
    assert (row.decision, row.decided_by) == (ruling, ANN)
    with database.read() as session:
        review = on_file(session).findings[0].review
        assert review is not None
        assert (review.decision, review.note, review.by) == (ruling, "because", ANN)
        assert find_findings(session, Wanted(state=ruling)).total == 1
        assert find_findings(session, Wanted(state="open")).total == 0


def test_undo_brings_the_decision_before_back(database: Database, finding: str) -> None:
    for ruling in ("confirmed", "unsure"):
        with database.write() as session:
            decide(session, finding, Verdict(ruling, ANN), seen=None)
    for expected in ("confirmed", ""):
        with database.write() as session:
            undo(session, finding, by=BOB, seen=None)
        assert row_of(database, finding).decision == expected
    with database.read() as session:
        assert [row.decision for row in history(session, finding)] == ["confirmed", "unsure", "undo", "undo"]
        assert standing_decisions(session, finding) == []
    with pytest.raises(RefusedError, match="no decision to take back"), database.write() as session:
        undo(session, finding, by=BOB, seen=None)


def test_the_second_of_two_is_told_who_was_faster(database: Database, finding: str) -> None:
    seen = row_of(database, finding).version
    with database.write() as session:
        decide(session, finding, Verdict("confirmed", ANN), seen=seen)
    with pytest.raises(ConflictError, match="Ann ruled “confirmed conflict”"), database.write() as session:
        decide(session, finding, Verdict("duplicate", BOB), seen=seen)
    assert row_of(database, finding).decided_by == ANN
    with database.read() as session:
        assert len(history(session, finding)) == 1


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        (Verdict("perhaps", ANN), "no such decision: 'perhaps'"),
        (Verdict("explained", ANN, slots=("colour",)), "no such slot: 'colour'"),
        (Verdict("explained", ANN, reasons=("magic",)), "no such reason: 'magic'"),
        (Verdict("confirmed", ANN, slots=("period",)), "go with the decision “explained”"),
        (Verdict("confirmed", " "), "say who decides"),
        (Verdict("confirmed", ANN, "n" * 5000), "at most 4000 characters"),
    ],
)
def test_decisions_that_make_no_sense(database: Database, finding: str, verdict: Verdict, why: str) -> None:
    with pytest.raises(RefusedError, match=why), database.write() as session:
        decide(session, finding, verdict, seen=None)
    with pytest.raises(NotFoundError), database.write() as session:
        decide(session, "r404", Verdict("confirmed", ANN), seen=None)


def test_a_batch_of_decisions_leaves_what_others_ruled(database: Database) -> None:
    put_all(database, [reading(f"a{n}", f"{n}.5 million", n * 1e6 + 5e5, **GUILD) for n in range(1, 4)])
    names = sorted(findings(database))
    with database.write() as session:
        decide(session, names[0], Verdict("confirmed", ANN), seen=0)
    with database.write() as session:
        made, left = rule_many(session, [(name, 0) for name in names], Verdict("duplicate", BOB))
    assert {row.finding for row in made} == set(names[1:])
    assert [name for name, _ in left] == [names[0]]
    assert row_of(database, names[0]).decision == "confirmed"


def test_a_decision_survives_a_run_that_brings_other_articles(database: Database, finding: str) -> None:
    with database.write() as session:
        decide(session, finding, Verdict("confirmed", ANN), seen=0)
    put_all(database, [reading("third", "4.91 million", 4.91e6, **GUILD)])
    put_all(database, clash())
    row = row_of(database, finding)
    assert (row.present, row.decision) == (1, "confirmed")
    with database.read() as session:
        assert outdated(session, session.get_one(FindingRow, finding)) == ""


def test_a_decision_whose_claims_are_gone_is_kept_and_outdated(database: Database, finding: str) -> None:
    with database.write() as session:
        decide(session, finding, Verdict("confirmed", ANN), seen=0)
    put_all(database, [reading("customs", "4.91 million", 4.91e6)])
    assert finding not in findings(database)
    with database.read() as session:
        row = session.get_one(FindingRow, finding)
        assert (row.decision, outdated(session, row)) == ("confirmed", "the finding no longer holds")
        assert find_findings(session, Wanted(state="outdated")).total == 1
        assert session.scalars(select(Event.action).where(Event.subject == finding)).all() == ["decided", "outdated"]
    put_all(database, clash())
    with database.read() as session:
        row = session.get_one(FindingRow, finding)
        assert (row.present, outdated(session, row)) == (1, "")


def test_a_decision_on_a_claim_that_changed_since_is_outdated_until_it_is_made_again(
    database: Database, finding: str
) -> None:
    def is_outdated() -> list[str]:
        with database.read() as session:
            return [row.id for row in find_findings(session, Wanted(state="outdated")).rows]

    with database.write() as session:
        decide(session, finding, Verdict("confirmed", ANN), seen=0)
    assert is_outdated() == []
    with database.write() as session:
        edits.correct(
            session, claim_named(database, "customs"), {"value": 5.3e6, "low": 5.25e6, "high": 5.35e6}, by=BOB, seen=0
        )
    assert row_of(database, finding).present == 1
    assert is_outdated() == [finding]
    with database.write() as session:
        decide(session, finding, Verdict("confirmed", ANN), seen=None)
    assert is_outdated() == []
    with database.write() as session:
        undo(session, finding, by=ANN, seen=None)
    assert is_outdated() == [finding]  # the first decision stands again, and that was made before
    with database.write() as session:
        undo(session, finding, by=ANN, seen=None)
    assert is_outdated() == []


def test_a_correction_reconciles_the_group_at_once(database: Database, finding: str) -> None:
    wrong = claim_named(database, "customs")
    change = Correction(wrong, {"period": {"start": "2022-01-01", "end": "2023-01-01", "text": "2022"}}, seen=0)
    with database.write() as session:
        rule(session, finding, Verdict("extraction_error", ANN, "it is 2022"), seen=0, corrections=[change])
    assert findings(database) == {}
    row = row_of(database, finding)
    assert (row.present, row.decision) == (0, "extraction_error")
    assert findings(database) == {f.id: f.to_json() for f in reconcile(claims(database))}
    with database.write() as session:
        take_back(session, finding, by=ANN, seen=None)
    assert list(findings(database)) == [finding]
    assert row_of(database, finding).decision == ""
    assert {claim.period.start.year for claim in claims(database) if claim.period and claim.period.start} == {2023}


def test_a_failed_correction_leaves_no_decision(database: Database, finding: str) -> None:
    change = Correction(claim_named(database, "customs"), {"period": {"start": "2024-01-01", "end": "2023-01-01"}})
    before = dump(database)
    with pytest.raises(RefusedError, match="before it starts"), database.write() as session:
        rule(session, finding, Verdict("extraction_error", ANN), seen=0, corrections=[change])
    assert dump(database) == before


def test_struck_claims_leave_every_comparison_and_can_come_back(database: Database, finding: str) -> None:
    claim = claim_named(database, "makers")
    with database.write() as session:
        edits.strike(session, claim, by=ANN)
    assert findings(database) == {}
    with database.write() as session:
        edits.undo(session, claim, by=ANN)
    assert list(findings(database)) == [finding]


def test_a_claim_that_was_missed_is_added(database: Database) -> None:
    made = reading("wire", "4.91 million", 4.91e6, text=f"{text_of('4.91 million')} Analysts counted 5.5 million.")
    put_all(database, [made])
    slots = {name: made.claims[0].to_json()[name] for name in ("indicator", "product", "area", "period")}
    with database.write() as session:
        row = edits.add(session, "wire", {"quote": "5.5 million", "value": 5.5e6, **slots, **GUILD}, by=ANN)
        assert (row.state, row.content["low"], row.content["high"]) == ("added", 5.45e6, 5.55e6)
        assert made.article.text[row.start : row.end] == "5.5 million"
        name = row.id
    assert len(claims(database)) == 2
    assert len(findings(database)) == 1
    with database.write() as session:
        assert edits.undo(session, name, by=ANN) is None
    assert len(claims(database)) == 1
    with pytest.raises(RefusedError, match="do not stand there"), database.write() as session:
        edits.add(session, "wire", {"quote": "7 million", "value": 7e6}, by=ANN)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"start": 3}, "the field 'start' cannot be corrected"),
        ({"value": float("nan")}, "finite"),
        ({"low": 6e6, "high": 5e6}, "low is above high"),
        ({"kind": "guess"}, "kind: "),
        ({"value": 5.22e6}, "nothing would change"),
    ],
)
def test_corrections_that_make_no_sense(database: Database, finding: str, changes: dict[str, object], why: str) -> None:
    with pytest.raises(RefusedError, match=why), database.write() as session:
        edits.correct(session, claim_named(database, "customs"), changes, by=ANN)


def test_a_correction_survives_reading_the_article_again(database: Database, finding: str) -> None:
    claim = claim_named(database, "customs")
    with database.write() as session:
        edits.correct(session, claim, {"status": "forecast"}, by=ANN)
        edits.strike(session, claim_named(database, "makers"), by=ANN)
    longer = [
        reading("customs", "5.22 million", 5.22e6, text=f"{text_of('5.22 million')} More follows."),
        reading("makers", "4.91 million", 4.91e6, text=f"{text_of('4.91 million')} More follows.", **GUILD),
    ]
    assert put_all(database, longer) == ["changed", "changed"]
    assert [claim.status for claim in claims(database)] == ["forecast"]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Edit)) == 2


def test_what_was_edited_since_is_not_undone_with_a_decision(database: Database, finding: str) -> None:
    claim = claim_named(database, "customs")
    change = Correction(claim, {"status": "forecast"}, seen=0)
    with database.write() as session:
        rule(session, finding, Verdict("extraction_error", ANN), seen=0, corrections=[change])
    with database.write() as session:
        edits.correct(session, claim, {"status": "target"}, by=BOB)
    with database.write() as session:
        take_back(session, finding, by=ANN, seen=None)
    assert {one.status for one in claims(database)} == {"actual", "target"}


def test_gold_holds_what_people_looked_at(database: Database) -> None:
    put_all(database, [*clash(), reading("third", "1 million", 1e6)])
    with database.write() as session:
        edits.correct(session, claim_named(database, "customs"), {"status": "preliminary"}, by=ANN)
    with database.read() as session:
        files = list(gold_files(session))
    assert [name for name, _, _ in files] == ["customs"]
    gold = GoldArticle.model_validate(files[0][2])
    assert gold.claims[0].status == ["preliminary"]
    assert not gold.claims[0].optional
    assert files[0][1].text[gold.claims[0].start : gold.claims[0].end] == gold.claims[0].quote


def test_reviews_go_out_with_the_findings(database: Database, finding: str) -> None:
    with database.write() as session:
        decide(session, finding, Verdict("explained", ANN, slots=("status",)), seen=0)
    with database.read() as session:
        row = session.get_one(FindingRow, finding)
        assert reviewed(session, row).review is not None
        assert standing_decisions(session, finding)[0].slots == ["status"]


def test_the_same_on_a_copy(new_url: Callable[[], str], database: Database, finding: str, tmp_path: object) -> None:
    from pathlib import Path

    from service.store.backup import backup, restore
    from service.store.errors import StoreError

    with database.write() as session:
        decide(session, finding, Verdict("confirmed", ANN), seen=0)
    copy = backup(database, Path(str(tmp_path)) / "copy.db")
    with pytest.raises(StoreError, match="is there already"):
        backup(database, copy)
    other = Database(new_url())
    assert restore(copy, other) > 5
    assert dump(other) == dump(database)
    with pytest.raises(StoreError, match="holds something already"):
        restore(copy, other)
    with other.write() as session:  # counters go on after what was copied
        undo(session, finding, by=BOB, seen=None)
    put_all(other, [reading("new", "9 million", 9e6)])
    assert {claim.id for claim in claims(other)} > {claim.id for claim in claims(database)}
    other.close()


def test_claims_are_what_the_contract_says(database: Database, finding: str) -> None:
    with database.read() as session:
        for content in session.scalars(select(ClaimRow.content)):
            assert Claim.model_validate(content).to_json() == content
