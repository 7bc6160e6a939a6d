"""When a slot counts as right."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.model import Claim
from service.scoring.answers import SLOTS, answer, is_right
from service.scoring.gold import GoldClaim

GOLD: dict[str, Any] = {
    "start": 0, "end": 2, "quote": "5%", "kind": "growth", "value": 5, "unit": "percent", "indicator": ["exports"],
    "product": ["car", "passenger car"], "area": ["China"], "counterpart": [], "source": [None, "CAAM"],
    "period": [None, {"start": "2023-01-01", "end": "2024-01-01"}], "base_period": None,
}  # fmt: skip
CLAIM: dict[str, Any] = {
    "id": "c", "article": "a", "quote": "5%", "start": 0, "end": 2, "kind": "growth", "value": 5.0, "unit": "percent",
    "indicator": {"id": "exports", "text": "exports"}, "product": {"id": "car", "text": "cars"},
    "area": {"id": "CN", "text": "Chinese"},
}  # fmt: skip


@pytest.mark.parametrize("slot", SLOTS)
def test_right_claim_is_right_in_every_slot(slot: str) -> None:
    assert is_right(slot, Claim.model_validate(CLAIM), GoldClaim.model_validate(GOLD))


@pytest.mark.parametrize(
    ("slot", "given", "accepted", "right"),
    [
        ("kind", "level", ["level", "difference"], True),
        ("kind", "share", ["level", "difference"], False),
        ("value", 5.000001, 5, True),
        ("value", 5.001, 5, False),
        ("value", -5.0, 5, False),
        ("value", 0.0, 0, True),
        ("value", 2.0, [1, 2], True),
        ("modifier", "nearly", "about", False),
        ("unit", "cars", ["count", "car"], True),
        ("unit", "USD", ["usd"], True),
        ("unit", "barrel per day", ["barrels per day"], True),
        ("unit", "percentage_point", ["percentage point"], True),
        ("unit", "percent", ["percentage point"], False),
        ("product", {"id": "passenger_car", "text": "sedans"}, ["passenger car"], True),
        ("product", {"id": "x1", "text": "the passenger cars"}, ["passenger car"], True),
        ("product", {"id": "new_energy_vehicle", "text": "NEVs"}, ["vehicle"], False),
        ("product", {"id": "vehicle", "text": "vehicles"}, ["new-energy vehicle"], False),
        ("product", {"id": "new_energy_vehicle", "text": "NEVs"}, ["New-Energy Vehicles"], True),
        ("product", None, ["car"], False),
        ("product", None, ["car", None], True),
        ("product", None, [], True),
        ("product", {"id": "car", "text": "cars"}, [], False),
        ("area", {"id": "CN", "text": ""}, ["Chinese"], True),
        ("area", {"id": "RU", "text": "Russia"}, ["China"], False),
        ("area", {"id": "china", "text": "the Chinese"}, ["CN"], True),
        ("area", {"id": "US", "text": "America"}, ["U.S."], True),
        ("area", {"id": "GB", "text": "Britain"}, ["the UK"], True),
        ("area", {"id": "byd", "text": "BYD"}, ["China"], False),
        ("counterpart", {"id": "RU", "text": "Russian"}, ["Russia", None], True),
        ("source", {"id": "caam", "text": "the association"}, ["CAAM"], True),
        ("source", {"id": "x", "text": "the ministry’s office"}, ["ministry's office"], True),
        ("source", {"id": "x", "text": "Ministry of Commerce"}, ["Ministry of Industry"], False),
        ("source", None, ["CAAM"], False),
        ("period", {"start": "2023-01-01", "end": "2024-01-01", "text": "last year"}, GOLD["period"], True),
        ("period", {"start": "2023-01-01", "end": "2023-12-31"}, GOLD["period"], False),
        ("period", None, GOLD["period"], True),
        ("period", None, {"start": "2023-01-01", "end": "2024-01-01"}, False),
        ("base_period", {"start": "2022-01-01", "end": "2023-01-01"}, None, False),
        ("status", "actual", ["actual", "preliminary"], True),
        ("status", "forecast", ["actual", "preliminary"], False),
    ],
)
def test_slot(slot: str, given: Any, accepted: Any, right: bool) -> None:
    claim = Claim.model_validate({**CLAIM, slot: given})
    gold = GoldClaim.model_validate({**GOLD, slot: accepted})
    assert is_right(slot, claim, gold) is right


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("new-energy vehicles", "new_energy_vehicle"),
        ("The companies", "company"),
        ("buses", "bus"),
        ("batteries", "battery"),
    ],
)
def test_answers_that_are_the_same(one: str, other: str) -> None:
    assert answer(one) == answer(other)
