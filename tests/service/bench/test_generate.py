"""Claims made to order: as many as asked for, the same for the same seed, and what is said of them is known."""

from __future__ import annotations

import io
import sys
from collections import Counter
from pathlib import Path

import orjson
import pytest

from reconcile import FLAGS, reconcile, update
from service.bench.generate import AS_PRINTED, RATES, as_read, generate, main, stories


@pytest.mark.parametrize("count", [0, 1, 7, 500])
def test_as_many_as_asked_for_and_no_id_twice(count: int) -> None:
    claims = list(generate(count, seed=5))
    assert len(claims) == len({claim.id for claim in claims}) == count


def test_the_same_seed_gives_the_same_claims() -> None:
    assert list(generate(60, seed=3)) == list(generate(60, seed=3))
    assert list(generate(60, seed=3)) != list(generate(60, seed=4))


def test_quotes_stand_where_they_say() -> None:
    assert all(claim.end - claim.start == len(claim.quote) for claim in generate(300))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_reconciler_flags_what_was_put_in_and_nothing_else(seed: int) -> None:
    made = list(stories(1500, seed=seed))
    found = reconcile(claim for story in made for claim in story.claims)
    said = {(finding.relation, frozenset(finding.claims)) for finding in found}
    expected = {(each.relation, frozenset(each.claims)) for story in made for each in story.expected}
    assert {each for each in said if each[0] in FLAGS} == {each for each in expected if each[0] in FLAGS}
    assert expected <= said
    assert {story.kind for story in made} == set(RATES)


def test_rates_are_kept() -> None:
    kinds = Counter(story.kind for story in stories(900, rates={"contradiction": 3, "revision": 1}))
    assert set(kinds) == {"contradiction", "revision"}
    assert kinds["contradiction"] > 2 * kinds["revision"]


def test_as_articles_have_them_three_figures_in_four_stand_alone() -> None:
    kinds = Counter(story.kind for story in stories(4000, rates=AS_PRINTED) for _ in story.claims)
    assert 0.65 < kinds["single"] / kinds.total() < 0.85
    assert set(AS_PRINTED) == set(RATES)


def test_read_claims_say_the_same_less_surely() -> None:
    given = list(generate(50, seed=9))
    read = list(as_read(given))
    like = {"sentence", "context", "confidence"}
    assert [claim.model_dump(exclude=like) for claim in read] == [claim.model_dump(exclude=like) for claim in given]
    assert all(claim.quote in claim.context and claim.confidence < 0.98 for claim in read)


def test_a_story_that_there_is_not_is_named() -> None:
    with pytest.raises(ValueError, match="quarrel"):
        list(generate(3, rates={"quarrel": 1}))


def test_the_command_writes_lines_and_what_is_expected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", written)
    main(["40", "--seed", "2", "--rate", "revision=1", "--expected", str(tmp_path / "expected.jsonl")])
    written.flush()
    lines = written.buffer.getvalue().splitlines()
    expected = [orjson.loads(line) for line in (tmp_path / "expected.jsonl").read_bytes().splitlines()]
    assert len(lines) == 40
    assert {row["relation"] for row in expected} == {"revision"}


def test_neither_order_nor_coming_later_changes_what_is_said() -> None:
    claims = list(generate(240, seed=6))
    whole = reconcile(claims)
    assert reconcile(claims[::-1]) == whole
    assert update(claims[:200], reconcile(claims[:200]), claims[200:]) == whole
