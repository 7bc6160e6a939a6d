"""What a page's form says of a claim, as the store wants it: only what differs from what is on file.

People write days inclusive ("to 31 December"); the contract's periods end on the day after.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from extractor.model import Concept, Kind, Modifier, SourceKind, Status
from extractor.taxonomy import taxonomy
from reconcile.claims.words import Words
from service.store.errors import RefusedError

CONCEPTS = ("indicator", "product", "area", "counterpart")
PERIODS = ("period", "base_period")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "modifier": get_args(Modifier),
    "status": get_args(Status),
    "source_kind": get_args(SourceKind),
}
_NUMBERS = ("value", "low", "high")
_DAY = dt.timedelta(days=1)
EMPTY: Mapping[str, Any] = {
    "value": None, "low": None, "high": None, "unit": "count", "kind": "level", "modifier": "exact",
    "status": "actual", "source": None, **dict.fromkeys((*CONCEPTS, *PERIODS)),
}  # fmt: skip
"""A claim of which nothing is known yet: the form that adds one starts from it."""


class Field(NamedTuple):
    """One input of the form that corrects a claim."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...] = ()
    kind: str = "text"


def fields_of(content: Mapping[str, Any]) -> list[Field]:
    """The form, filled with what is on file."""
    source = content.get("source") or {}
    fields = [Field("value", "Value", _number(content["value"]), kind="number")]
    for name in ("low", "high"):
        fields.append(Field(name, f"{name.capitalize()} end", _number(content[name]), kind="number"))
    fields += [
        Field("unit", "Unit", str(content["unit"])),
        Field("kind", "Kind", str(content["kind"]), CHOICES["kind"]),
        Field("modifier", "Modifier", str(content["modifier"]), CHOICES["modifier"]),
        Field("status", "Status", str(content["status"]), CHOICES["status"]),
    ]
    fields += [Field(name, name.capitalize(), _id(content.get(name))) for name in CONCEPTS]
    for name, label in (("period", "Period"), ("base_period", "Base")):
        start, end = _ends(content.get(name))
        fields += [Field(f"{name}_start", f"{label} from", start, kind="date")]
        fields += [Field(f"{name}_end", f"{label} to", end, kind="date")]
    fields.append(Field("source", "Source", _id(source)))
    fields.append(Field("source_kind", "Source’s kind", str(source.get("kind", "other")), CHOICES["source_kind"]))
    return fields


def changes(form: Mapping[str, str], content: Mapping[str, Any]) -> dict[str, Any]:
    """What the form changes of a claim."""
    before = {field.name: field.value for field in fields_of(content)}
    said = {name: form[name].strip() for name in before if name in form and form[name].strip() != before[name]}
    made: dict[str, Any] = {name: _read_number(name, said[name]) for name in _NUMBERS if name in said}
    if "value" in said and not {"low", "high"} & set(said):
        made |= _shifted(content, made["value"])
    made |= {name: said[name] for name in ("unit", "kind", "modifier", "status") if name in said}
    made |= {name: _concept(name, said[name], content.get(name)) for name in CONCEPTS if name in said}
    for name in PERIODS:
        if {f"{name}_start", f"{name}_end"} & set(said):
            made[name] = _period(name, form, content.get(name))
    if {"source", "source_kind"} & set(said):
        made["source"] = _source(form, content.get("source"))
    return made


def new_claim(form: Mapping[str, str]) -> dict[str, Any]:
    """The claim that a form adds, with its quote and its place."""
    made = changes(form, EMPTY)
    if made.get("value") is None:
        raise RefusedError("a claim needs a value")
    made["quote"] = form.get("quote", "").strip()
    start = form.get("start", "").strip()
    if start.isdigit():
        made["start"] = int(start)
    return made


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _read_number(name: str, said: str) -> float | None:
    if not said:
        if name == "value":
            raise RefusedError("a claim needs a value")
        return None
    try:
        return float(said.replace(",", "").replace("−", "-"))
    except ValueError as error:
        raise RefusedError(f"{name}: {said!r} is no number") from error


def _shifted(content: Mapping[str, Any], value: float | None) -> dict[str, float]:
    """A value put right takes its interval along, as wide as it was."""
    if value is None or content.get("value") is None:
        return {}
    moved = value - float(content["value"])
    return {name: float(content[name]) + moved for name in ("low", "high") if content.get(name) is not None}


def _id(concept: Mapping[str, Any] | None) -> str:
    return str(concept.get("id", "")) if concept else ""


def _ends(period: Mapping[str, Any] | None) -> tuple[str, str]:
    if not period:
        return "", ""
    end = period.get("end")
    last = (dt.date.fromisoformat(str(end)) - _DAY).isoformat() if end else ""
    return str(period.get("start") or ""), last


def _period(name: str, form: Mapping[str, str], before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    start, last = (form.get(f"{name}_{end}", "").strip() for end in ("start", "end"))
    if not start and not last:
        return None
    try:
        first = dt.date.fromisoformat(start) if start else None
        after = dt.date.fromisoformat(last) + _DAY if last else None
    except (ValueError, OverflowError) as error:
        raise RefusedError(f"{name}: write days as 2023-12-31") from error
    text = str(before.get("text", "")) if before else ""
    return {
        "start": first.isoformat() if first else None,
        "end": after.isoformat() if after else None,
        "text": text,
    }


def _concept(slot: str, said: str, before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not said:
        return None
    node = {"id": _node(slot, said), "text": said}
    return {**node, "includes": list(before.get("includes", ())) if before else []} if slot == "product" else node


def _source(form: Mapping[str, str], before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    said = form.get("source", "").strip()
    if not said:
        return None
    kept = dict(before) if before else {}
    changed = said != _id(before)
    name = {"id": _node("source", said), "text": said} if changed else {}
    return {**kept, **name, "kind": form.get("source_kind", "").strip() or kept.get("kind", "other")}


def _node(slot: str, said: str) -> str:
    """The taxonomy's id for what somebody wrote, else their words."""
    words, concept = _words(), Concept(id=said, text=said)
    found = {
        "indicator": lambda: words.indicator(concept, money=False),
        "product": lambda: words.product(concept),
        "area": lambda: words.area(concept),
        "counterpart": lambda: words.area(concept),
        "source": lambda: words.source(concept),
    }[slot]()
    return found or said


@lru_cache(maxsize=1)
def _words() -> Words:
    return Words(taxonomy())


@lru_cache(maxsize=1)
def suggestions() -> dict[str, list[tuple[str, str]]]:
    """What the inputs offer, by slot: the taxonomy's nodes, each with a name."""
    known = taxonomy()
    areas = [(node.id, node.names[0]) for node in known.areas.values() if node.names]
    bodies = [(node.id, node.names[0]) for node in known.organisations.values() if node.names]
    return {
        "indicator": sorted((node.id, node.nouns[0] if node.nouns else node.id) for node in known.indicators.values()),
        "product": sorted((node.id, node.names[0]) for node in known.products.values() if node.names),
        "area": sorted([*areas, *bodies]),
        "source": sorted(bodies),
    }
