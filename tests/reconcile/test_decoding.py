"""Claims from lines: whatever way a line is read, it is the claim that the model's own validation makes of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson
import pytest
from figures import figure
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from test_reconcile_properties import some_claim

from extractor.model import Claim, Concept, Product, Reading, Source
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.words import shipped_words
from reconcile.scale.decoding import Decoder, cut
from reconcile.scale.numbers import distinct, number_of, numbers_of
from reconcile.scale.table import Lines


def line_of(claim: Claim) -> bytes:
    return orjson.dumps(claim.to_json(), option=orjson.OPT_APPEND_NEWLINE)


@settings(deadline=None, max_examples=60)
@given(st.lists(some_claim(), max_size=6), st.text(max_size=12))
def test_a_line_gives_back_its_claim(claims: list[Claim], words: str) -> None:
    decoder = Decoder()
    for claim in claims:
        odd = claim.model_copy(update={"quote": f'{words}","source":{{', "article": words or "a", "context": words})
        for each in (claim, odd, claim):
            (read,) = decoder.claims([line_of(each)])
            assert read == each
            assert read.model_dump_json() == each.model_dump_json()
    assert decoder.claims([line_of(claim) for claim in claims]) == claims


FULL = figure(
    "up 1.2 times",
    kind="growth",
    other_readings=(Reading(kind="multiple", value=1.2),),
    borrowed=("area", "period"),
    product=Product(id="car", text="cars", includes=("bus", "truck")),
    source=Source(id="one", text="One", via=(Concept(id="two", text="Two"),)),
    sentence=(0, 90),
)


def test_a_line_of_claimgraph_is_read_without_the_model() -> None:
    for claim in (FULL, FULL.model_copy(update={"context": 'It said: ","context":"".', "other_readings": ()})):
        (read,) = Decoder().plain([line_of(claim)])
        assert read == claim
        assert list(vars(read)) == list(Claim.model_fields)
    with pytest.raises(ValueError, match="as claimgraph writes"):
        Decoder().plain([line_of(FULL), b'{"value": 5}'])


def changed(fields: dict[str, Any], **changes: Any) -> bytes:
    return orjson.dumps({name: value for name, value in (fields | changes).items() if value != "left out"})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"value": 5},
        {"borrowed": "left out", "other_readings": "left out"},
        {"sentence": "left out"},
        {"counterpart": "left out"},
        {"product": {"id": "car"}},
        {"published": "2024-01-19T08:00:00Z"},
        {"of": "another program"},
        {"sentence": {"end": 90, "start": 0}},
        {"period": None},
    ],
    ids=str,
)
def test_a_line_from_elsewhere_gives_what_the_model_makes_of_it(changes: dict[str, Any]) -> None:
    line = changed(FULL.to_json(), **changes)
    claim = Claim.model_validate_json(line)
    assert Decoder().claims([line, line_of(claim)]) == [claim, claim]
    assert [view.claim for view in Decoder().views([line, line_of(claim)])] == [claim, claim]
    one, other = Lines(shipped_words(), shipped_lattice()).rows([line, line_of(claim)], [0, 0])
    assert all(one[name] == other[name] for name in one.dtype.names if name != "length")


def test_fields_in_another_order_are_read_whole() -> None:
    fields = FULL.to_json()
    line = orjson.dumps(dict(reversed(fields.items())))
    with pytest.raises(ValueError, match="as claimgraph writes"):
        cut(line)
    assert Decoder().claims([line]) == [FULL]
    rows = Lines(shipped_words(), shipped_lattice()).rows([line, line_of(FULL)], [0, 0])
    assert rows["number"][0] == rows["number"][1]
    assert rows["group"][0] == rows["group"][1]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "guess"},
        {"confidence": 2.0},
        {"start": -1},
        {"modifier": "hardly"},
        {"status": "rumour"},
        {"quote": None},
        {"period": {"start": "2024-01-01", "end": "2023-01-01", "text": ""}},
        {"area": {"text": "China"}},
        {"area": 5},
        {"sentence": 5},
        {"status": ["actual"]},
        {"kind": {}},
        {"context": 5},
    ],
    ids=str,
)
def test_a_line_that_holds_no_claim_is_refused_as_the_model_refuses_it(changes: dict[str, Any]) -> None:
    line = changed(FULL.to_json(), **changes)
    with pytest.raises(ValidationError) as expected:
        Claim.model_validate_json(line)
    with pytest.raises(ValidationError) as found:
        Decoder().claims([line])
    assert str(found.value) == str(expected.value)


NAMES = [
    "",
    "a",
    "a\0",
    "\0a",
    "b",
    "ä",
    "\ud800",
    "g0000001-0",
    "g0000001-1",
    "g0000010-0",
    "x" * 64,
    "x" * 65,
    "x" * 999,
]


def test_each_name_has_a_number_of_its_own_in_whatever_company() -> None:
    numbers = numbers_of(NAMES).tolist()
    assert numbers == [number_of(name) for name in NAMES]
    assert len(set(numbers)) == len(NAMES)
    assert min(numbers) >= 0
    assert numbers_of([]).size == 0


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=70), max_size=8, unique=True), st.lists(st.text(max_size=70), max_size=8))
def test_names_have_one_number_only_where_they_are_equal(names: list[str], others: list[str]) -> None:
    known = dict(zip(names, numbers_of([*names, *others]).tolist(), strict=False))
    assert len(set(known.values())) == len(names)
    assert numbers_of([*others, *names]).tolist()[len(others) :] == list(known.values())


@given(st.lists(st.sampled_from([-(1 << 63), -1, 0, 7, (1 << 63) - 1])))
def test_the_distinct_keys_of_a_column_are_numbered_in_their_order(column: list[int]) -> None:
    keys = np.array(column, dtype=np.int64)
    found, (expected, code) = distinct(keys), np.unique(keys, return_inverse=True)
    assert found.keys.tolist() == keys[found.at].tolist() == expected.tolist()
    assert found.code.tolist() == code.tolist()
