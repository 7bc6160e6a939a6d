"""Clocks: CPU time of this process, of its children, and medians of runs that take turns."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

from typer import echo

Work = Callable[[], object]


class Row(NamedTuple):
    """One line of the table: what was measured, what came out, and what was asked for or stands beside it."""

    what: str
    figure: str
    beside: str = ""


class Took(NamedTuple):
    """CPU seconds, seconds by the clock on the wall, and the most memory in megabytes."""

    cpu: float
    wall: float
    memory: float = 0.0


def took(work: Work) -> Took:
    """What a piece of work takes in this process."""
    started, began = perf_counter(), process_time()
    work()
    return Took(process_time() - began, perf_counter() - started)


def in_turns(works: Mapping[str, Work], runs: int) -> dict[str, Took]:
    """The median of each work's runs; they take turns, so that a busy machine is as busy for all of them."""
    times: dict[str, list[Took]] = {name: [] for name in works}
    for run in range(runs):
        for name, work in works.items():
            times[name].append(took(work))
            echo(f"  {name}, run {run + 1} of {runs}: {times[name][-1].cpu:.2f} s", err=True)
    return {name: Took(median(t.cpu for t in each), median(t.wall for t in each)) for name, each in times.items()}


def of_command(command: Sequence[str], runs: int) -> Took:
    """The median of some runs of a command in a process of its own."""
    times = []
    for _ in range(runs):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        times.append(Took(cpu, perf_counter() - started, after.ru_maxrss / 1024))
    return Took(*(median(column) for column in zip(*times, strict=True)))
