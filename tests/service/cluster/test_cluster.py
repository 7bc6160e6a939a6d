"""The batch on a Ray cluster gives what it gives on one machine, and outlives the loss of a node."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from batch_samples import articles, contents, written

from service.running.batch import run_batch

ray = pytest.importorskip("ray", reason="the extra ray is not installed: pip install 'claimgraph[ray]'")
pa = pytest.importorskip("pyarrow")

from service.cluster.inputs import input_files  # noqa: E402  only where Ray is
from service.cluster.run import run_on_cluster  # noqa: E402
from service.cluster.storage import Storage  # noqa: E402
from service.reading.articles import read_articles  # noqa: E402
from service.reading.skips import Skip  # noqa: E402


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A cluster of one node with two CPUs; gives its address."""
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
    yield made.address
    ray.shutdown()
    made.shutdown()


def test_cluster_gives_the_outputs_of_one_machine(cluster: str, tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    written(stories, 150)  # more than one portion
    (stories / "copy.txt").write_text(articles(1)[0].text, encoding="utf-8")
    (stories / "empty.txt").write_bytes(b"")
    (stories / "a0001.txt").write_text("China exported 4.91 million cars in 2023, the ministry said.", encoding="utf-8")
    here = run_batch([stories], out=tmp_path / "here")
    there = run_on_cluster([stories], out=tmp_path / "there", address=cluster)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert sorted(there.skipped) == sorted(here.skipped)
    assert sorted(there.remarks) == sorted(here.remarks)
    assert there._replace(skipped=[], remarks=[], written=[]) == here._replace(skipped=[], remarks=[], written=[])
    assert not list(tmp_path.glob(".*"))


def test_what_was_read_stays_in_the_work_folder(cluster: str, tmp_path: Path) -> None:
    given, work = written(tmp_path, 20), tmp_path / "work"
    run_on_cluster([given], out=tmp_path / "first", address=cluster, work=str(work))
    (portion,) = (work / "articles").glob("*.parquet")
    before = portion.stat().st_mtime_ns
    run_on_cluster([given], out=tmp_path / "second", address=cluster, work=str(work))
    assert portion.stat().st_mtime_ns == before
    assert contents(tmp_path / "second") == contents(tmp_path / "first")


def test_parquet_is_read_row_by_row(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    path = tmp_path / "news.parquet"
    columns = {"id": ["one", None], "text": ["Exports rose 5%.", None], "published": [date(2024, 1, 5), None]}
    pq.write_table(pa.table(columns), path)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no more")
    skips: list[Skip] = []
    (article,) = read_articles([tmp_path], on_skip=skips.append)
    assert (article.id, article.published) == ("one", date(2024, 1, 5))
    assert [(skip.line, skip.reason.split(":")[0]) for skip in skips] == [
        (None, "not Parquet"),
        (2, "field 'text' is missing"),
    ]


def test_files_are_found_by_url(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / ".hidden.txt").write_text("h")
    (tmp_path / "picture.png").write_bytes(b"")
    skips: list[Skip] = []
    found = input_files([tmp_path.as_uri(), tmp_path.as_uri() + "/none"], on_skip=skips.append)
    assert found == [(tmp_path / "b.txt").as_uri()]
    assert [skip.reason for skip in skips] == ["no such file or folder"]


def test_table_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    storage = Storage(str(tmp_path))
    storage.write("some/table.parquet", pa.table({"n": [1]}))
    storage.write("some/table.parquet", pa.table({"n": [2]}))
    assert storage.names("some") == ["table.parquet"]
    assert storage.read("some/table.parquet").to_pylist() == [{"n": 2}]


@pytest.mark.slow
def test_node_lost_in_the_middle_costs_nothing(tmp_path: Path) -> None:
    """Three real nodes; one is taken down while portions are being read."""
    from ray.cluster_utils import Cluster

    given, work = written(tmp_path, 4000), tmp_path / "work"
    run_batch([given], out=tmp_path / "here")
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    lost = made.add_node(num_cpus=1)
    made.add_node(num_cpus=1)

    def lose() -> None:
        while len(list((work / "articles").glob("*.parquet"))) < 5:
            time.sleep(0.1)
        made.remove_node(lost, allow_graceful=False)

    thread = threading.Thread(target=lose)
    thread.start()
    try:
        run_on_cluster([given], out=tmp_path / "there", address=made.address, work=str(work))
    finally:
        thread.join(timeout=10)
        ray.shutdown()
        made.shutdown()
    assert not thread.is_alive()
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
