"""Where the time goes: CPU time by part of the program, so that the next gain is easy to find.

The program is interrupted a thousand times in each of its CPU seconds, and what has passed since the last time goes to
the innermost of our own functions that is at work: what a library does counts for whoever calls it. Unlike a profiler
that counts calls, this costs small functions no more than large ones.
"""

from __future__ import annotations

import signal
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import process_time
from types import FrameType
from typing import TypeVar

from extractor.model import Article
from service.bench.clocks import Row, Work

_ROOT = Path(__file__).resolve().parents[2]
_LEAST = 0.02
"""Parts below this share of the time are put together."""
_FUNCTIONS = 6
"""As many of the costliest functions are shown."""
_TICK = 0.001

Place = tuple[str, str]
"""A file and a function of it."""
_Key = TypeVar("_Key")


def extraction(articles: Sequence[Article]) -> Iterator[Row]:
    """Where extraction spends its time."""
    from extractor import extract_many

    return profile(lambda: list(extract_many(articles)))


def reconciliation(claims: int) -> Iterator[Row]:
    """Where reconciliation spends its time."""
    from reconcile import reconcile
    from service.bench.generate import generate

    made = list(generate(claims))
    return profile(lambda: reconcile(made))


def profile(work: Work) -> Iterator[Row]:
    """The shares of the parts in the CPU time of a piece of work, the largest first, then the costliest functions."""
    with _sampled() as places:
        work()
    total = sum(places.values()) or 1.0
    parts: defaultdict[str, float] = defaultdict(float)
    for (file, _), seconds in places.items():
        parts[_part(file)] += seconds
    shown = [(part, seconds) for part, seconds in _most(parts) if seconds >= _LEAST * total]
    for part, seconds in shown:
        yield Row(part, f"{100 * seconds / total:.0f}%")
    yield Row("all else", f"{100 * (total - sum(seconds for _, seconds in shown)) / total:.0f}%")
    for (file, function), seconds in _most(places)[:_FUNCTIONS]:
        yield Row(f"`{function}`", f"{100 * seconds / total:.0f}%", _inside(file))


def _most(seconds: dict[_Key, float]) -> list[tuple[_Key, float]]:
    """The costliest first."""
    return sorted(seconds.items(), key=lambda item: -item[1])


@contextmanager
def _sampled() -> Iterator[defaultdict[Place, float]]:
    """CPU seconds by place, of what runs inside the block."""
    places: defaultdict[Place, float] = defaultdict(float)
    last, looking = process_time(), False

    def sample(_: int, frame: FrameType | None) -> None:
        nonlocal last, looking
        if looking:
            return  # a garbage collection that the look itself set off is nobody's time
        looking = True
        places[_place(frame)] += process_time() - last  # one long call in C may be many ticks
        last, looking = process_time(), False

    before = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
    try:
        yield places
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _place(frame: FrameType | None) -> Place:
    """The innermost function of our own."""
    while frame is not None:
        file = frame.f_code.co_filename
        if _inside(file):
            return file, frame.f_code.co_qualname
        frame = frame.f_back
    return "", "Python itself"


@cache
def _inside(file: str) -> str:
    """The path of one of our own files inside the project; nothing for others."""
    path = Path(file)
    if path.is_relative_to(_ROOT) and ".venv" not in path.parts:
        return str(path.relative_to(_ROOT))
    return ""


def _part(file: str) -> str:
    """`reconcile/explain`, `extractor/scope`: a file, or the folder that it stands in."""
    return "/".join(Path(_inside(file)).with_suffix("").parts[:2]) if file else "Python itself"
