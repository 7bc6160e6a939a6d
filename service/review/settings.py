"""How a review service is set up."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Settings(NamedTuple):
    """What the command line says, and limits that are what they are."""

    host: str = "127.0.0.1"
    port: int = 8321
    names: tuple[str, ...] = ()
    """Host names, beside the loopback's, that requests may be addressed to."""
    rate: float = 50.0
    """Requests a second of one client; four seconds' worth may come at once."""
    secure: bool = False
    """Behind https: cookies are never sent without it."""
    most_bytes: int = 8_000_000
    """Of one request's body."""
    body_seconds: float = 20.0
    """For a request's body to arrive."""
    seconds: float = 60.0
    """For a request to be answered."""
    most_text: int = 200_000
    """Characters of an article that is read while somebody waits."""
    most_articles: int = 2_000
    """Articles of one job."""

    @property
    def asks_for_tokens(self) -> bool:
        """True as soon as anybody else could reach it."""
        return not is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """True for an address that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
