"""Quantities of sentences in the CQE/NewsQuant JSON format, scored in the two ways that its figures are given in.

published  as the paper counts: greedy, values not one to one, value+change and value+concept without a cap
strict     a largest one-to-one matching inside each sentence for each criterion, unit names made alike on both sides
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from service.scoring.benchmarks import BenchmarkScores
from service.scoring.benchmarks.newsquant_units import unit_names
from service.scoring.statistics import bootstrap

Value = float | tuple[float, float] | None
_RELATIVE, _ABSOLUTE = 1e-5, 1e-8
_NO_UNIT = "-"


class Reading(NamedTuple):
    """One quantity, of gold or predicted, in comparable form."""

    value: Value
    unit: str
    change: str | None
    concept: tuple[str, ...]

    @property
    def named(self) -> frozenset[str]:
        """The words of the concept in lower case; empty where there is none."""
        return frozenset(word.lower() for word in self.concept) - {"", _NO_UNIT}


class Sentence(NamedTuple):
    """Gold and predicted quantities of one sentence."""

    gold: list[Reading]
    found: list[Reading]


Fits = Callable[[Reading, Reading], bool]


def run(content: bytes, file: Path) -> BenchmarkScores:
    """Reads every sentence of a file with the extractor's quantities, and scores them."""
    from extractor.parsing import model
    from extractor.quantities.newsquant import newsquant
    from extractor.tokens import read

    records: list[dict[str, Any]] = orjson.loads(content)
    if not isinstance(records, list) or not records:
        raise ValueError("a list of sentences is wanted")
    texts = [record["text"] for record in records]
    predictions = [{"text": doc.text, "quantities": newsquant(read(doc))} for doc in model().pipe(texts)]
    count = sum(len(record["quantities"]) for record in records)
    title = f"{file.name}: {len(records)} sentences, {count} quantities"
    sentences, left_out = _read(records, predictions)
    return BenchmarkScores(title, score(records, predictions), predictions, _intervals(sentences, left_out))


def score(records: Sequence[Mapping[str, Any]], predictions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All figures, published and strict; a criterion that the predictions say nothing of is left out."""
    sentences, left_out = _read(records, predictions)
    given = {line["text"] for line in predictions}
    return {
        "missing_texts": sum(record["text"] not in given for record in records),
        "published": _published(sentences, left_out),
        "strict": _strict(sentences, left_out),
    }


def _read(
    records: Sequence[Mapping[str, Any]], predictions: Sequence[Mapping[str, Any]]
) -> tuple[list[Sentence], set[str]]:
    """The sentences in comparable form, and the criteria that one side says nothing of."""
    by_text = {line["text"]: line["quantities"] for line in predictions}
    sentences = [
        Sentence(
            [_gold(quantity) for quantity in record["quantities"]],
            [_predicted(quantity) for quantity in by_text.get(record["text"], ())],
        )
        for record in records
    ]
    given = {
        criterion
        for criterion, theirs in (("change", "change"), ("concept", "referred_concepts"))
        if any(criterion in quantity for line in predictions for quantity in line["quantities"])
        and any(theirs in quantity for record in records for quantity in record["quantities"])
    }
    return sentences, {"change", "concept"} - given


def unit_name(unit: str | None) -> str:
    """A unit in the vocabulary of the gold files."""
    name = " ".join(str(unit or _NO_UNIT).lower().split())
    known = unit_names()
    if name in known:
        return known[name]
    parts = re.split(r"\s*/\s*|\s+per\s+", name)
    if len(parts) == 2 and all(parts):
        return " per ".join(known.get(part, part) for part in parts)
    return name


def _gold(quantity: Mapping[str, Any]) -> Reading:
    """Gold as it is written; its unit is made alike only where the strict criteria compare it."""
    value, unit = read_value(quantity["value"]), quantity["normalized_unit"]
    return Reading(value, unit, quantity.get("change"), _concept(quantity.get("referred_concepts")))


def _predicted(quantity: Mapping[str, Any]) -> Reading:
    value, unit = read_value(quantity.get("value")), unit_name(quantity.get("unit"))
    return Reading(value, unit, quantity.get("change"), _concept(quantity.get("concept")))


def read_value(value: Any) -> Value:
    """A number, a range, or None where nothing numeric is given (which equals nothing)."""
    try:
        if isinstance(value, list | tuple):
            low, high = value
            return float(low), float(high)
        if isinstance(value, str) and "-" in value[1:] and "E" not in value and value[0] != "-":
            low, high = value.split("-")[:2]
            return float(low), float(high)
        return float(value)
    except (TypeError, ValueError):
        return None


def _concept(concept: Any) -> tuple[str, ...]:
    if isinstance(concept, str):
        concept = re.split(r"[,\s]+", concept)
    return tuple(concept or ()) or (_NO_UNIT,)


def _same_value(gold: Value, found: Value) -> bool:
    """Equal within the benchmark's tolerance; a range equals only a range, end by end."""
    if isinstance(gold, tuple) and isinstance(found, tuple):
        return all(map(_same_value, gold, found))
    if isinstance(gold, float) and isinstance(found, float):
        return abs(gold - found) <= _ABSOLUTE + _RELATIVE * abs(found)
    return False


# ------------------------------------------------------------------------------------------------------- published
def _published(sentences: Sequence[Sentence], left_out: set[str]) -> dict[str, dict[str, float]]:
    hits = {"value": 0, "value+unit": 0, "value+change": 0, "value+concept_partial": 0, "value+concept_complete": 0}
    for sentence in sentences:
        _walk(sentence, hits)
    return {name: _figures(count, *_sizes(sentences)) for name, count in hits.items() if not _says(name, left_out)}


def _walk(sentence: Sentence, hits: dict[str, int]) -> None:
    """The paper's walk: each gold quantity meets every prediction left, until one has its unit too and is used up."""
    left = sorted(sentence.found, key=lambda quantity: quantity.unit)
    budget = len(sentence.gold)
    for gold in sorted(sentence.gold, key=lambda quantity: quantity.unit):
        equal = [index for index, found in enumerate(left) if _same_value(gold.value, found.value)]
        for index in equal:
            found = left[index]
            hits["value"] += budget > 0
            budget -= budget > 0
            hits["value+change"] += gold.change == found.change
            ours, theirs = ([word.lower() for word in side.concept] for side in (gold, found))
            common = set(ours) & set(theirs)
            hits["value+concept_partial"] += bool(common)
            hits["value+concept_complete"] += len(common) == len(ours) == len(theirs)
            if gold.unit.lower() == found.unit:
                hits["value+unit"] += 1
                del left[index]
                break


# ---------------------------------------------------------------------------------------------------------- strict
def _same_unit(gold: Reading, found: Reading) -> bool:
    return unit_name(gold.unit) == found.unit


def _same_change(gold: Reading, found: Reading) -> bool:
    return gold.change == found.change


def _shares_concept(gold: Reading, found: Reading) -> bool:
    return bool(gold.named & found.named) or not (gold.named or found.named)


_STRICT: dict[str, Fits] = {
    "value": lambda gold, found: True,
    "value+unit": _same_unit,
    "value+change": _same_change,
    "value+unit+change": lambda gold, found: _same_unit(gold, found) and _same_change(gold, found),
    "value+concept_partial": _shares_concept,
    "value+concept_complete": lambda gold, found: gold.named == found.named,
    "named_concept_partial": lambda gold, found: bool(gold.named & found.named),
}


def _strict(sentences: Sequence[Sentence], left_out: set[str]) -> dict[str, dict[str, float]]:
    return {
        name: _figures(*(sum(counts) for counts in zip(*_counts(sentences, name), strict=True)))
        for name in _STRICT
        if not _says(name, left_out)
    }


def _counts(sentences: Sequence[Sentence], name: str) -> list[tuple[int, int, int]]:
    """Of each sentence: the hits by a strict criterion, the gold quantities and those that were found."""
    scored = [_with_concept(sentence) for sentence in sentences] if name.startswith("named") else sentences
    return [
        (_most_pairs(sentence.gold, sentence.found, _STRICT[name]), len(sentence.gold), len(sentence.found))
        for sentence in scored
    ]


def _intervals(sentences: Sequence[Sentence], left_out: set[str]) -> dict[str, tuple[float, float]]:
    ratios = {
        f"strict.{name}": {
            str(place): (2.0 * hits, float(gold + found))
            for place, (hits, gold, found) in enumerate(_counts(sentences, name))
        }
        for name in _STRICT
        if not _says(name, left_out)
    }
    return bootstrap(ratios, map(str, range(len(sentences))))


def _with_concept(sentence: Sentence) -> Sentence:
    gold, found = ([quantity for quantity in side if quantity.named] for side in sentence)
    return Sentence(gold, found)


def _most_pairs(gold: Sequence[Reading], found: Sequence[Reading], fits: Fits) -> int:
    """Size of a largest one-to-one matching of equal values that also fit the criterion (augmenting paths)."""
    options = [
        [index for index, other in enumerate(found) if _same_value(one.value, other.value) and fits(one, other)]
        for one in gold
    ]
    holder: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for index in options[one]:
            if index in tried:
                continue
            tried.add(index)
            if index not in holder or place(holder[index], tried):
                holder[index] = one
                return True
        return False

    return sum(place(one, set()) for one in range(len(gold)))


def _says(name: str, left_out: set[str]) -> bool:
    return any(criterion in name for criterion in left_out)


def _sizes(sentences: Sequence[Sentence]) -> tuple[int, int]:
    return sum(len(sentence.gold) for sentence in sentences), sum(len(sentence.found) for sentence in sentences)


def _figures(hits: int, gold: int, found: int) -> dict[str, float]:
    precision, recall = hits / found if found else 0.0, hits / gold if gold else 0.0
    both = precision + recall
    return {
        "P": round(100 * precision, 1),
        "R": round(100 * recall, 1),
        "F1": round(100 * 2 * precision * recall / both, 1) if both else 0.0,
        "hits": hits,
        "gold": gold,
        "found": found,
    }
