"""The stages on the cluster, one after the other, and the outputs: those of `service.running.batch`, byte for byte."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from extractor.errors import SetupError
from extractor.model import Article
from service.cluster.extraction import Reader, note_of
from service.cluster.findings import by_block, findings_of
from service.cluster.inputs import FILES, Key, input_files, read_part, skips
from service.cluster.portions import portions
from service.cluster.storage import Storage
from service.reading.skips import Skip
from service.running.batch import NothingReadError, Progress, Reading, Summary, overviews, summary, unheard
from service.running.engine import BUDGET
from service.writing.outputs import csv_head, staged

_TRIES = 3
"""Grouping by block is begun anew so often when nodes are lost in the middle of it; what was extracted stands."""


def run_on_cluster(
    paths: Iterable[Path | str],
    *,
    out: Path,
    address: str | None = None,
    work: str | None = None,
    workers: int = 1,
    budget: float = BUDGET,
    on_progress: Progress | None = None,
) -> Summary:
    """Runs the main job on Ray and writes its files to `out`; raises InputError where there was nothing to do.

    `address`: of a running cluster; without one, `workers` processes on this machine. `work`: a folder or URL that all
    nodes reach, for what lies between the stages (default: beside `out`, which suits one machine); a run that was
    killed goes on from what is there, and where `work` is named, the Parquet files stay.
    """
    report_progress = on_progress or unheard
    beside = out.absolute().parent / f".{out.absolute().name}.claimgraph-cluster"
    storage = Storage(work or str(beside))
    with _cluster(address, workers):
        reading = _read(storage, paths, out, budget, report_progress)
        with staged(out) as folder:
            _write_read(storage, folder, reading)
            report_progress("Comparing claims", 0, None)
            _reconcile(storage, folder / "findings.jsonl", reading)
            report_progress("Writing", 0, None)
            remarks = overviews(folder, reading, partial(_articles, folder))
            told = summary(reading, folder, out)
    if work is None:
        shutil.rmtree(beside, ignore_errors=True)
    return told._replace(remarks=[*told.remarks, *remarks])


@contextmanager
def _cluster(address: str | None, workers: int) -> Iterator[None]:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        raise SetupError("the engine ray is not installed: pip install 'claimgraph[ray]'") from error
    import logging

    owned = not ray.is_initialized()
    if owned and address is None:
        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level=logging.WARNING)
    elif owned:
        ray.init(address=address, log_to_driver=False, logging_level=logging.WARNING)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        yield
    finally:
        if owned:
            ray.shutdown()


def _read(
    storage: Storage, paths: Iterable[Path | str], out: Path, budget: float, report_progress: Progress
) -> Reading:
    import ray

    notices: list[Skip] = []
    files = input_files(paths, on_skip=notices.append, ignore=(out,))
    keys = _keys(storage, files, notices)
    work = portions(keys, on_skip=notices.append)
    places, kinds, sources = 0, Counter[str](), set[str]()
    problems: list[Skip] = []
    if work:
        most = max(1, min(len(work), int(ray.cluster_resources().get("CPU", 1))))
        actors = ray.data.ActorPoolStrategy(min_size=1, max_size=most)
        read = ray.data.from_items(work, override_num_blocks=len(work)).map(
            Reader, fn_constructor_args=(storage, budget), compute=actors, num_cpus=1
        )
        for row in read.iter_rows():
            note = note_of(row)
            places += note["articles"]
            kinds.update(note["kinds"])
            sources.update(note["sources"])
            problems += [Skip(name, None, problem) for name, problem in note["problems"]]
            notices += [Skip(*fields) for fields in note["notices"]]
            report_progress("Reading articles", places, None)
    notices += sorted(problems)
    if len(problems) == places:
        raise NothingReadError(notices)
    names = [f"{row['name']}.parquet" for row in work]
    return Reading(names, places, kinds, len(sources), notices)


def _keys(storage: Storage, files: list[str], notices: list[Skip]) -> Iterator[Key]:
    """The keys of all drafts, in the order of the files."""
    import ray

    parts = [
        {"part": number, "files": orjson.dumps(files[first : first + FILES])}
        for number, first in enumerate(range(0, len(files), FILES))
    ]
    if not parts:
        return
    read = ray.data.from_items(parts, override_num_blocks=len(parts)).map(partial(read_part, storage=storage))
    for row in sorted(read.iter_rows(), key=lambda each: int(each["part"])):
        notices += skips(row["notices"])
        yield from (Key(*fields) for fields in orjson.loads(row["keys"]))


def _write_read(storage: Storage, folder: Path, reading: Reading) -> None:
    names = ("articles.jsonl", "claims.jsonl", "claims.csv")
    articles, claims, table = ((folder / name).open("wb") for name in names)
    with articles, claims, table:
        table.write(csv_head())
        for block in _sorted(storage, "articles", reading.names, ["id"]):
            articles.writelines(block["line"].to_pylist())
            claims.writelines(block["claims"].to_pylist())
            table.writelines(block["rows"].to_pylist())


def _reconcile(storage: Storage, path: Path, reading: Reading) -> None:
    """Writes the findings, as Parquet and then as lines, most severe first."""
    for tries_left in reversed(range(_TRIES)):
        try:
            storage.clear("findings")
            if reading.kinds.total():
                _find(storage, reading.names)
            break
        except Exception:
            if not tries_left:
                raise
    with path.open("wb") as stream:
        names = storage.names("findings")
        for block in _sorted(storage, "findings", names, ["severity", "id"], [True, False]) if names else ():
            stream.writelines(block["line"].to_pylist())


def _find(storage: Storage, names: list[str]) -> None:
    articles = _dataset(storage, "articles", names, ["claims"])
    claims = articles.map_batches(by_block, batch_format="pyarrow")
    found = claims.groupby("block", num_partitions=_partitions(len(names))).map_groups(
        findings_of, batch_format="pyarrow"
    )
    for number, block in enumerate(found.iter_batches(batch_size=None, batch_format="pyarrow")):
        if block.num_rows:
            storage.write(f"findings/{number:08}.parquet", block)


def _partitions(portions: int) -> int:
    """Into how many parts the blocks are shared out: a few for each CPU, and no more than there is work for."""
    import ray

    return max(1, min(portions, 4 * int(ray.cluster_resources().get("CPU", 1))))


def _sorted(
    storage: Storage, folder: str, names: list[str], by: list[str], descending: bool | list[bool] = False
) -> Iterator[Any]:
    ordered = _dataset(storage, folder, names, None).sort(by, descending=descending)
    yield from ordered.iter_batches(batch_size=None, batch_format="pyarrow")


def _dataset(storage: Storage, folder: str, names: list[str], columns: list[str] | None) -> Any:
    """The rows of some files of a folder."""
    import ray

    files = ray.data.from_items([f"{folder}/{name}" for name in names], override_num_blocks=len(names))
    load = partial(_loaded, storage=storage, columns=columns)
    return files.map_batches(load, batch_size=1, batch_format="pyarrow")


def _loaded(file: Any, *, storage: Storage, columns: list[str] | None) -> Any:
    return storage.read(file["item"][0].as_py(), columns)


def _articles(folder: Path, wanted: Collection[str] | None) -> list[Article]:
    with (folder / "articles.jsonl").open("rb") as stream:
        found = (Article.model_validate_json(line) for line in stream)
        return [article for article in found if wanted is None or article.id in wanted]
