"""Where the time goes: CPU time by part of the program, so that the next gain is easy to find."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.model import Article
from service.bench.clocks import Row, Work

_ROOT = Path(__file__).resolve().parents[2]
_LEAST = 0.02
"""Parts below this share of the time are put together."""


def extraction(articles: Sequence[Article]) -> Iterator[Row]:
    """Where extraction spends its time."""
    from extractor import extract_many

    return _profile(lambda: list(extract_many(articles)))


def reconciliation(claims: int) -> Iterator[Row]:
    """Where reconciliation spends its time."""
    from reconcile import reconcile
    from service.generate import generate

    made = list(generate(claims))
    return _profile(lambda: reconcile(made))


def _profile(work: Work) -> Iterator[Row]:
    profile = cProfile.Profile()
    profile.enable()
    work()
    profile.disable()
    parts: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if file != "~" or not callers:
            parts[_part(file, name)] += own
            continue
        for (caller, _, _), (_, _, share, _) in callers.items():
            parts[_part(caller, name)] += share  # what is built in counts for whoever calls it
    total = sum(parts.values())
    shown = [(part, own) for part, own in parts.most_common() if own >= _LEAST * total]
    for part, own in shown:
        yield Row(part, f"{100 * own / total:.0f}%")
    yield Row("all else", f"{100 * (total - sum(own for _, own in shown)) / total:.0f}%")


def _part(file: str, name: str) -> str:
    """`reconcile/explain` for our own files, the package's name for others'."""
    path = Path(file)
    if path.is_relative_to(_ROOT) and ".venv" not in path.parts:
        inside = path.relative_to(_ROOT).with_suffix("").parts
        return "/".join(inside[:2])
    if "site-packages" in path.parts:
        return path.parts[path.parts.index("site-packages") + 1].removesuffix(".py")
    return "spacy and thinc, compiled" if path.suffix in (".pyx", ".pxd") else "Python itself"
