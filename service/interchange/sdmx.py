"""SDMX-CSV 2.0: each claim an observation, its scope the dimensions.

The series are not those of any agency: the structure named is claimgraph's own. `_Z` (not applicable) stands for what a
claim leaves open; periods that SDMX has no code for are a start with a length ("2023-01-01/P11M").
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

from extractor.errors import InputError
from extractor.model import Claim, Concept, Period, Source
from service.writing.outputs import cell

STRUCTURE_ID = "CLAIMGRAPH:CLAIMS(1.0)"
DIMENSIONS = (
    "CLAIM", "KIND", "INDICATOR", "PRODUCT", "REF_AREA", "COUNTERPART_AREA", "UNIT_MEASURE", "SOURCE", "TIME_PERIOD",
)  # fmt: skip
ATTRIBUTES = ("OBS_STATUS", "CLAIM_STATUS", "OBS_LOW", "OBS_HIGH", "BASE_PERIOD", "PUBLISHED", "ARTICLE", "QUOTE")
COLUMNS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)
_OPEN = "_Z"
_STATUS = {"actual": "A", "preliminary": "P", "estimate": "E", "forecast": "F", "target": "F"}
"""SDMX's code list of observation statuses has no target: CLAIM_STATUS tells it from a forecast."""


def sdmx_csv(claims: Iterable[Claim]) -> bytes:
    """The claims as SDMX-CSV."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in _row(claim).items()} for claim in claims)
    return stream.getvalue().encode()


def _row(claim: Claim) -> dict[str, object]:
    return {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": STRUCTURE_ID,
        "ACTION": "I",
        "CLAIM": claim.id,
        "KIND": claim.kind,
        "INDICATOR": _code(claim.indicator),
        "PRODUCT": _code(claim.product),
        "REF_AREA": _code(claim.area),
        "COUNTERPART_AREA": _code(claim.counterpart),
        "UNIT_MEASURE": claim.unit,
        "SOURCE": _code(claim.source),
        "TIME_PERIOD": time_period(claim.period),
        "OBS_VALUE": repr(claim.value),
        "OBS_STATUS": _STATUS[claim.status],
        "CLAIM_STATUS": claim.status,
        "OBS_LOW": "" if claim.low is None else repr(claim.low),
        "OBS_HIGH": "" if claim.high is None else repr(claim.high),
        "BASE_PERIOD": time_period(claim.base_period) if claim.base_period else "",
        "PUBLISHED": claim.published.isoformat() if claim.published else "",
        "ARTICLE": claim.article,
        "QUOTE": claim.quote,
    }


def _code(concept: Concept | Source | None) -> str:
    return concept.id if concept is not None else _OPEN


def time_period(period: Period | None) -> str:
    """A period by SDMX's formats: "2023", "2023-S1", "2023-Q2", "2023-06", "2023-03-23", "2023-01-01/P11M"."""
    if period is None or period.start is None or period.end is None:
        return _OPEN
    start, end = period.start, period.end
    days = (end - start).days
    if start.day != 1 or end.day != 1:
        return start.isoformat() if days == 1 else f"{start.isoformat()}/P{days}D"
    count = (end.year - start.year) * 12 + end.month - start.month
    if count == 12 and start.month == 1:
        return str(start.year)
    if count == 1:
        return f"{start:%Y-%m}"
    if count == 6 and start.month in (1, 7):
        return f"{start.year}-S{start.month // 6 + 1}"
    if count == 3 and start.month % 3 == 1:
        return f"{start.year}-Q{start.month // 3 + 1}"
    return f"{start.isoformat()}/P{count}M"


def read_sdmx_csv(content: bytes) -> list[dict[str, Any]]:
    """The observations of an SDMX-CSV that `sdmx_csv` wrote, checked: columns, one structure, no key twice, numbers."""
    reader = csv.DictReader(io.StringIO(content.decode(), newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InputError(f"the columns are {', '.join(reader.fieldnames or ())}; expected {', '.join(COLUMNS)}", line=1)
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for number, row in enumerate(reader, start=2):
        if row["STRUCTURE_ID"] != STRUCTURE_ID or row["STRUCTURE"] != "dataflow":
            raise InputError(f"another structure: {row['STRUCTURE_ID']!r}", line=number, field="STRUCTURE_ID")
        key = tuple(row[name] for name in DIMENSIONS)
        if key in found:
            raise InputError("an observation with these dimensions came before", line=number)
        try:
            value = float(row["OBS_VALUE"])
        except ValueError as error:
            raise InputError(f"{row['OBS_VALUE']!r} is no number", line=number, field="OBS_VALUE") from error
        found[key] = {**row, "OBS_VALUE": value, "START": _start(row["TIME_PERIOD"])}
    return list(found.values())


def _start(words: str) -> dt.date | None:
    """The first day of a period as `time_period` writes it."""
    if words == _OPEN:
        return None
    day, _, _ = words.partition("/")
    year, _, part = day.partition("-")
    if part[:1] in ("S", "Q"):
        return dt.date(int(year), (int(part[1:]) - 1) * (6 if part[0] == "S" else 3) + 1, 1)
    return dt.date.fromisoformat(f"{day}-01-01"[:10] if not part else f"{day}-01"[:10])
