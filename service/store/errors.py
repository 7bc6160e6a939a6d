"""What the store raises on purpose; each message says what was met and what to do about it."""

from __future__ import annotations

from extractor.errors import ClaimgraphError


class StoreError(ClaimgraphError):
    """The database cannot be used: not reachable, not writable, full, or no store at all."""


class ConflictError(ClaimgraphError):
    """Somebody else changed the same thing in the meantime; nothing was written."""


class NotFoundError(ClaimgraphError):
    """Nothing on file has this id."""


class RefusedError(ClaimgraphError):
    """What was asked for makes no sense here: an unknown decision, a quote that is not in the text."""
