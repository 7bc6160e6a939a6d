"""The review service in a process of its own, for tests that drive a browser or many clients."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def served(url: str, *options: str) -> Iterator[str]:
    """The address of a service over a store, as `claimgraph review` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "service.cli", "review", "--db", url, "--port", str(port), *options]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, running)
        yield address
    finally:
        running.terminate()
        running.communicate(timeout=30)


def _wait_for(address: str, running: subprocess.Popen[str]) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/static/review.js", timeout=5).close()
        except OSError:
            if running.poll() is not None:
                raise AssertionError(f"the service ended: {running.communicate()[1]}") from None
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the service does not answer")
