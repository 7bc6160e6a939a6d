"""Claims for tests, in one line each: `figure("4.91 million", of="car", by="caam")`."""

from __future__ import annotations

import datetime as dt
import re
from itertools import count
from typing import Any

from extractor.model import Claim, Concept, Period, Product, Source

_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_WORDS = {"about": "about", "nearly": "nearly", "more than": "more_than", "up to": "at_most", "at least": "at_least"}
_places = count()


def figure(
    quote: str,
    what: str | None = "exports",
    *,
    of: str | None = "car",
    area: str | Concept | None = "CN",
    to: str | None = None,
    when: str | None = "2023",
    base: str | None = None,
    by: str | None = "caam",
    status: str = "actual",
    kind: str | None = None,
    article: str | None = None,
    at: int | None = None,
    day: str | None = "2024-01-20",
    sentence: tuple[int, int] | None = None,
    **more: Any,
) -> Claim:
    """A claim with what its quote says; each stands in an article of its own."""
    place = next(_places)
    value, unit, modifier = read(quote)
    kind = kind or ("growth" if unit == "percent" else "level")
    fields: dict[str, Any] = {
        "id": f"c{place:05d}",
        "article": article or f"article-{place:05d}",
        "quote": quote,
        "start": 1000 + 40 * (place % 1000) if at is None else at,
        "kind": kind,
        "value": value,
        "unit": unit,
        "modifier": modifier,
        "indicator": what and Concept(id=what, text=what),
        "product": of and Product(id=of, text=of),
        "area": Concept(id=area, text=area) if isinstance(area, str) else area,
        "counterpart": to and Concept(id=to, text=to),
        "period": when and period(when),
        "base_period": base and period(base),
        "source": by and Source(id=by, text=by),
        "status": status,
        "published": day,
    }
    fields |= more
    fields["end"] = fields["start"] + len(quote)
    if sentence is not None:
        fields["sentence"] = {"start": sentence[0], "end": sentence[1]}
    return Claim(**fields)


def read(quote: str) -> tuple[float, str, str]:
    """Value, unit and modifier of a quote such as "nearly $1.2 billion" or "-2.6%"."""
    found = re.search(r"(-?[\d,]*\.?\d+)\s*(thousand|million|billion)?", quote)
    assert found, quote
    value = float(found.group(1).replace(",", "")) * _SCALE.get(found.group(2) or "", 1)
    unit = "percent" if "%" in quote else "USD" if "$" in quote else "times" if "times" in quote else "count"
    modifier = next((modifier for words, modifier in _WORDS.items() if quote.startswith(words)), "exact")
    return value, unit, modifier


def period(words: str) -> Period:
    """A period from "2023", "2023-06", "2023-06-01", "2023H1", "2023Q2" or "2023-01..2023-11" ."""
    if ".." in words:
        first, last = (period(each) for each in words.split(".."))
        return Period(start=first.start, end=last.end, text=words)
    if found := re.fullmatch(r"(\d{4})([HQ])(\d)", words):
        size = 6 if found[2] == "H" else 3
        return _months(int(found[1]), (int(found[3]) - 1) * size + 1, size, words)
    parts = [int(part) for part in words.split("-")]
    if len(parts) == 3:
        day = dt.date(*parts)
        return Period(start=day, end=day + dt.timedelta(days=1), text=words)
    return _months(parts[0], parts[1] if len(parts) > 1 else 1, 1 if len(parts) > 1 else 12, words)


def _months(year: int, first: int, size: int, words: str) -> Period:
    last = first + size
    return Period(start=dt.date(year, first, 1), end=dt.date(year + (last > 12), (last - 1) % 12 + 1, 1), text=words)


_SLOT = re.compile(r" (\w+)=(\S+)")


def read_claim(spec: str, number: int) -> Claim:
    """A claim written as in cases.txt: a quote and then slots; `number` is its place in its article."""
    quote = _SLOT.sub("", f" {spec}").strip()
    slots: dict[str, Any] = {name: None if value == "-" else value for name, value in _SLOT.findall(f" {spec}")}
    what = slots.pop("what", "exports")
    if slots.get("by"):
        slots["by"] = slots["by"].replace("_", " ")
    if "in" in slots:
        slots["article"], slots["at"] = slots.pop("in"), 200 + 60 * number
    if "sentence" in slots:
        slots["sentence"] = (200, 600)
    if "unit" in slots:
        slots["unit"] = slots["unit"].replace("_", " ") if " per " in slots["unit"].replace("_", " ") else slots["unit"]
    return figure(quote, what, **slots)
