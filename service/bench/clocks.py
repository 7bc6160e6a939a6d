"""Clocks: CPU time of this process, of its children, and medians of runs that take turns."""

from __future__ import annotations

import os
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
    """The median of some runs of a command in a process of its own.

    Its memory is at least what this process holds at the time: Linux counts from before the command is loaded.
    """
    times = [_of_one(command) for _ in range(runs)]
    return Took(*(median(column) for column in zip(*times, strict=True)))


def _of_one(command: Sequence[str]) -> Took:
    started = perf_counter()
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # the median run finds bytecode, as all but a first run do
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=kept)
    _, status, used = os.wait4(process.pid, 0)  # RUSAGE_CHILDREN has the memory of the largest child so far
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Took(used.ru_utime + used.ru_stime, perf_counter() - started, used.ru_maxrss / 1024)
