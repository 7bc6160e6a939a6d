"""Names of units that mean the same in the NewsQuant format, read from `newsquant_units.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from extractor.loading import tables

_HEAD = re.compile(r"(.+?)((?: (?:per|of|old|sterling)\b.*)?)")


@lru_cache(maxsize=1)
def unit_names() -> Mapping[str, str]:
    """Every name and sign, in lower case, with the name that the gold files use."""
    families = tables("service.scoring.benchmarks", "newsquant_units.toml")
    units = {name: line for family in families.values() for name, line in family.items()}
    others = {other: name for name, line in units.items() for other in _others(name, line)}
    return {**{name: name for name in units}, **others}


def _others(name: str, line: str) -> Iterator[str]:
    signs, _, words = line.partition(";")
    yield from signs.split()
    for word in filter(None, map(str.strip, words.split(","))):
        singular = word.removesuffix("+")
        if singular:
            yield singular
        if word.endswith("+"):
            yield plural(singular or name)


def plural(name: str) -> str:
    """The plural of a unit: "miles per hour", "pounds sterling", "square metres"."""
    found = _HEAD.fullmatch(name)
    return f"{found[1]}s{found[2]}" if found else f"{name}s"
