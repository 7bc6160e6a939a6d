"""Period expressions: does the resolver turn a time expression and a reference date into the right interval?

Right means that both ends are equal. Where the interval ends on the reference date ("so far this year"), the day after
is right as well; where it has no end ("since 2015"), none, the reference date and the day after are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from service.scoring.benchmarks import BenchmarkScores, json_rows
from service.scoring.statistics import bootstrap

Interval = Mapping[str, str | None] | None


def run(content: bytes, file: Path) -> BenchmarkScores:
    """Resolves and scores every case of a file."""
    from extractor.periods.__main__ import answer

    cases = json_rows(content, file)
    answers = [
        answer(
            case["text"],
            dt.date.fromisoformat(case["reference"][:10]) if case.get("reference") else None,
            case["expression"],
            case.get("context") or "",
        )
        for case in cases
    ]
    ratios = {
        str(place): (float(is_right(case, given)), 1.0)
        for place, (case, given) in enumerate(zip(cases, answers, strict=True))
    }
    within = bootstrap({"accuracy": ratios}, ratios)
    return BenchmarkScores(f"{file.name}: {len(cases)} period expressions", score(cases, answers), answers, within)


def score(cases: Sequence[Mapping[str, Any]], answers: Sequence[Interval]) -> dict[str, Any]:
    """Cases that are right, of all and of those that were answered, and by group where the file names groups."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for case, given in zip(cases, answers, strict=True):
        groups[case.get("group") or case.get("rule") or "all"].append(is_right(case, given))
    right = sum(sum(results) for results in groups.values())
    answered = sum(bool(given) for given in answers)
    return {
        "cases": len(cases),
        "right": right,
        "accuracy": round(right / len(cases), 4),
        "answered": answered,
        "precision_of_answers": round(right / answered, 4) if answered else 0.0,
        "groups": {name: f"{sum(results)}/{len(results)}" for name, results in sorted(groups.items())},
    }


def is_right(case: Mapping[str, Any], given: Interval) -> bool:
    """Whether an answer is the case's interval, within the latitudes above."""
    if not given or given.get("start") != case["start"]:
        return False
    reference = case["reference"]
    day_after = (dt.date.fromisoformat(reference) + dt.timedelta(days=1)).isoformat()
    accepted = {case["end"]}
    if case["end"] in (None, reference):
        accepted |= {reference, day_after}
    return given.get("end") in accepted
