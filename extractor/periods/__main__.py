"""Answers JSON lines `{text, reference, expression, context?}` with `{start, end}` or null: `-m extractor.periods`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator

from extractor.mentions import PeriodMention
from extractor.periods.find import find_periods


def answer(text: str, reference: dt.date | None, expression: str, context: str = "") -> dict[str, str | None] | None:
    """The days that an expression of a text means, or None where nothing tells."""
    best = _best(find_periods(text, reference, context=context), text, expression)
    if best is None:
        alone = find_periods(expression, reference, context=context)
        best = max(alone, key=lambda mention: mention.end - mention.start, default=None)
    if best is None or (best.first_day is None and best.last_day is None):
        return None
    return {"start": best.first_day, "end": best.last_day}


def _best(mentions: list[PeriodMention], text: str, expression: str) -> PeriodMention | None:
    """The mention that covers the same words, but for small words at the edges."""
    at = text.find(expression)
    if at < 0:
        return None
    until = at + len(expression)
    shared = [(min(m.end, until) - max(m.start, at), m) for m in mentions]
    close = [(size, m) for size, m in shared if size > 0 and (m.end - m.start - size) + (len(expression) - size) <= 5]
    return max(close, key=lambda pair: pair[0])[1] if close else None


def answers(lines: Iterable[str]) -> Iterator[str]:
    """One JSON line for each JSON line, in order."""
    for line in lines:
        if line.strip():
            case = json.loads(line)
            day = dt.date.fromisoformat(case["reference"][:10]) if case.get("reference") else None
            yield json.dumps(answer(case["text"], day, case["expression"], case.get("context") or ""))


if __name__ == "__main__":
    for reply in answers(sys.stdin):
        sys.stdout.write(reply + "\n")
