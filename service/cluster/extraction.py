"""A portion of articles → its articles and claims as Parquet, by actors that load the model once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import orjson

from service.cluster.inputs import draft_at, drafts_of, plain_skips
from service.cluster.portions import Member, members_of
from service.cluster.storage import Storage
from service.reading.articles import built
from service.reading.skips import Skip
from service.running.engine import groups_of, over_groups
from service.running.journal import Lines, lines_of, read_group

if TYPE_CHECKING:
    import pyarrow as pa

    from extractor.model import Article

_TRIES = 2
"""A portion that has been begun so often without an end is read with each group in a process of its own."""


class Reader:
    """Reads portions. An actor keeps one, and with it the model."""

    def __init__(self, storage: Storage, budget: float) -> None:
        self._storage = storage
        self._work = partial(read_group, budget=budget)
        self._drafts: Callable[[int], pa.Table] = lru_cache(maxsize=4)(partial(drafts_of, storage))

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Sees to it that the portion's articles and claims are there; gives its tallies and notices."""
        name = str(row["name"])
        done = f"articles/{name}.parquet"
        if not self._storage.holds(done):
            notices: list[Skip] = []
            articles = [self._article(member, notices) for member in members_of(row)]
            lines = [line for group in self._read(name, articles) for line in group]
            self._storage.write(done, _table(lines, notices))
        return {"name": name, "note": self._storage.metadata(done)[b"claimgraph"]}

    def _article(self, member: Member, notices: list[Skip]) -> Article:
        return built(draft_at(self._drafts(member.part), member.row), member.id, notices.append)

    def _read(self, name: str, articles: list[Article]) -> Iterator[list[Lines]]:
        """With one process, unless an article of this portion may have taken a process down before."""
        begun = sum(each.startswith(name) for each in self._storage.names("begun"))
        self._storage.write(f"begun/{name}-{begun}.parquet", _nothing())
        workers = 1 if begun < _TRIES else 2
        return over_groups(groups_of(articles), self._work, lines_of, workers=workers)


def note_of(row: dict[str, Any]) -> dict[str, Any]:
    """What a portion's reader noted: `kinds`, `sources`, `problems` and `notices`."""
    found: dict[str, Any] = orjson.loads(row["note"])
    return found


def _table(lines: list[Lines], notices: list[Skip]) -> pa.Table:
    """A row an article, with the portion's tallies beside the table, so that nobody has to read it for them."""
    import pyarrow as pa

    kinds: Counter[str] = Counter()
    for each in lines:
        kinds.update(each.kinds)
    note = {
        "kinds": kinds,
        "sources": sorted({source for each in lines for source in each.sources}),
        "problems": [[each.id, each.problem] for each in lines if each.problem],
        "articles": len(lines),
        "notices": orjson.Fragment(plain_skips(notices)),
    }
    table = pa.table(
        {
            "id": pa.array([each.id for each in lines], pa.string()),
            "line": pa.array([each.article for each in lines], pa.large_binary()),
            "claims": pa.array([each.claims for each in lines], pa.large_binary()),
            "rows": pa.array([each.rows for each in lines], pa.large_binary()),
        }
    )
    return table.replace_schema_metadata({"claimgraph": orjson.dumps(note)})


def _nothing() -> pa.Table:
    import pyarrow as pa

    return pa.table({"begun": pa.array([], pa.int8())})
