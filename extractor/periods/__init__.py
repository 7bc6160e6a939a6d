"""Period expressions: found, resolved to half-open ISO dates, and tied to the figures that they date."""

from __future__ import annotations

from extractor.periods.find import as_day, find_periods

__all__ = ["as_day", "find_periods"]
