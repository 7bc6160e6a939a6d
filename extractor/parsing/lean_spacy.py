"""Imports spaCy without its command line.

`import spacy` brings `spacy.cli` along for the one function `spacy.info`: downloader, web client, project tools, 360
modules that claimgraph never calls, and 0.3 of the 0.9 CPU seconds that the import takes. They are kept out for as long
as spaCy is being imported; whoever asks for `spacy.cli` afterwards gets it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def _info(*args: Any, **kwargs: Any) -> Any:
    """What `spacy.info` says."""
    from spacy.cli.info import info

    return info(*args, **kwargs)


@contextmanager
def _without_commands() -> Iterator[None]:
    """Puts empty modules in the place of spaCy's commands; does nothing where spaCy has been imported before."""
    standing_in = [] if "spacy" in sys.modules else [ModuleType(name) for name in _COMMANDS]
    for module in standing_in:
        module.__dict__.update(info=_info, __path__=[])
        sys.modules[module.__name__] = module
    try:
        yield
    finally:
        for module in standing_in:
            del sys.modules[module.__name__]


with _without_commands():
    import spacy  # noqa: F401
