"""The data files of fitted weights: what is said of the fit, and a weight for each sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path


def write_weights(
    path: Path, comments: Iterable[str], weights: Mapping[str, float], *, bias: float | None = None
) -> None:
    """Writes `[weights]`, by sign in the order of the alphabet, below the comments and a bias where there is one."""
    lines = [f"# {comment}" for comment in comments] + [""]
    if bias is not None:
        lines += [f"bias = {bias:.3f}", ""]
    lines += ["[weights]", *(f'"{sign}" = {weight:.3f}' for sign, weight in sorted(weights.items()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
