"""A limit to the time that each piece of work may take, so that one poisonous article cannot hold up a batch."""

from __future__ import annotations

import signal
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from types import FrameType

Turn = Callable[[str], None]
"""Hears whose work is done next; "" stands for work on all together, with a budget of its own."""


class OverBudget(BaseException):
    """The time is up. Not an Exception: what is caught on the way from article to article must let it pass."""

    def __init__(self, whose: str) -> None:
        super().__init__(whose)
        self.whose = whose
        """Whose work has taken too long."""


@contextmanager
def cpu_budget(seconds: float) -> Iterator[Turn]:
    """Raises OverBudget inside the block once this process has spent so many CPU seconds on the work of one of several.

    Gives what is to hear whose turn it is. CPU seconds, because a busy machine must not change what is read. Without
    effect outside the main thread, where Python delivers no signals, and where a budget is running already.
    """
    if threading.current_thread() is not threading.main_thread() or signal.getitimer(signal.ITIMER_PROF)[0]:
        yield _uncounted
        return
    account = _Account(seconds)
    before = signal.signal(signal.SIGPROF, account.time_is_up)
    try:
        account.turn("")
        yield account.turn
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _uncounted(whose: str) -> None:
    """Turns where no budget can be kept."""


class _Account:
    """What each has spent, in CPU seconds; the timer runs for whose turn it is."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._whose, self._since = "", process_time()

    def turn(self, whose: str) -> None:
        """Ends a turn and begins another. Raises OverBudget where nothing is left to spend on it."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        now = process_time()
        self._spent[self._whose] += now - self._since
        self._whose, self._since = whose, now
        left = self._seconds - self._spent[whose]
        if left <= 0:
            raise OverBudget(whose)
        signal.setitimer(signal.ITIMER_PROF, left)

    def time_is_up(self, number: int, frame: FrameType | None) -> None:
        """What the timer calls."""
        raise OverBudget(self._whose)
