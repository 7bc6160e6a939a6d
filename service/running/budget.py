"""A limit to the time that one piece of work may take, so that one poisonous article cannot hold up a batch."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OverBudget(BaseException):
    """The time is up. Not an Exception: what is caught on the way from article to article must let it pass."""


@contextmanager
def cpu_budget(seconds: float) -> Iterator[None]:
    """Raises OverBudget inside the block once this process has spent so many CPU seconds in it.

    CPU seconds, because a busy machine must not change what is read. Without effect outside the main thread, where
    Python delivers no signals, and where a budget is running already.
    """
    if threading.current_thread() is not threading.main_thread() or signal.getitimer(signal.ITIMER_PROF)[0]:
        yield
        return
    before = signal.signal(signal.SIGPROF, _time_is_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _time_is_up(number: int, frame: FrameType | None) -> None:
    raise OverBudget
