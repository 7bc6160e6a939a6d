"""Unit phrases that our own list lacks, named by quantulum3.

quantulum3 is good at naming a physical unit and at nothing else that this room needs, and its first use loads for
seconds. So it is asked only about a phrase behind digits that looks like a unit (mixed letters and signs: "mol/L",
"kg/m²", "W/kg"), and each phrase once.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

from .lexicon import lexicon

# A sign of composition between short runs of letters: no ordinary word looks like this.
_UNIT_LIKE = re.compile(
    r"\s?([A-Za-zµμΩ°]{1,5}(?:[²³]|\^\d)?(?:[/·][A-Za-zµμΩ]{1,5}(?:[²³]|\^\d)?|(?<=[²³])))(?![\w/-])"
)


def named_unit(text: str, position: int) -> tuple[str, int, int] | None:
    """The unit that starts at `position` with its place, when it looks like one and quantulum3 knows it."""
    match = _UNIT_LIKE.match(text, position)
    if match is None:
        return None
    if not any(part in lexicon().unit_symbols for part in re.split("[/·]", match[1])):
        return None
    unit = name_of(match[1])
    return (unit, match.start(1), match.end(1)) if unit else None


@lru_cache(maxsize=4096)
def name_of(phrase: str) -> str:
    """quantulum3's name for a unit phrase, or "" where it knows none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantulum3 import parser

        try:
            found = parser.parse(f"1 {phrase}")
        except (ValueError, KeyError, IndexError, AttributeError, TypeError):
            # A phrase that breaks the library is a phrase that it cannot name.
            return ""
    if len(found) != 1 or found[0].unit.entity.name in ("dimensionless", "currency"):
        return ""
    name = str(found[0].unit.name)
    return name if " " in name else ""
