"""When a figure holds, seen from the day of writing: what lies ahead was not counted, what is over is no forecast."""

from __future__ import annotations

import datetime as dt

from extractor.mentions import Timing
from extractor.tokens import Doc


def _own_period(doc: Doc, timing: Timing | None) -> tuple[str, str, str]:
    """Day of writing, first day and day after the last of a figure's own period, as ISO words; "" where not known."""
    if timing is None or timing.period is None or "period" in timing.borrowed or not doc._.published:
        return "", "", ""
    return str(doc._.published)[:10], timing.period[0] or "", timing.period[1] or ""


def is_over(doc: Doc, timing: Timing | None) -> bool:
    """True for a figure whose own period was over on the day of writing."""
    today, _, end = _own_period(doc, timing)
    return bool(end) and end <= today


def lies_ahead(doc: Doc, timing: Timing | None) -> bool:
    """True for a figure whose own period had not begun on the day of writing: "gas brings 2.5 gigawatts in 2026"."""
    today, start, _ = _own_period(doc, timing)
    return start > today


def is_unfinished(doc: Doc, timing: Timing | None) -> bool:
    """True for a period, own or borrowed, that on the day of writing was not over by a month or more."""
    if timing is None or timing.period is None or not timing.period[1]:
        return False
    published = doc._.published
    if not published:
        return False
    last, today = dt.date.fromisoformat(timing.period[1]), dt.date.fromisoformat(str(published)[:10])
    return last - today > dt.timedelta(days=31)
