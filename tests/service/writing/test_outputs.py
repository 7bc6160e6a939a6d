"""Files that a run writes: whole or not at all, in a fixed order, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import InputError
from extractor.model import Claim, Concept, Period, Source, Span
from service.writing.graphml import write_graph
from service.writing.outputs import cell, claims_csv, in_order, json_lines, staged


def claim(article: str = "a", start: int = 0, **fields: object) -> Claim:
    given = {
        "id": f"{article}{start}",
        "article": article,
        "quote": "5%",
        "start": start,
        "end": start + 2,
        "value": 5.0,
    }
    return Claim.model_validate({**given, **fields})


def test_files_appear_together_at_the_end(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with staged(out) as folder:
        (folder / "a.txt").write_text("new")
        assert not out.exists()
    assert (out / "a.txt").read_text() == "new"
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_failed_run_leaves_the_previous_files_whole(tmp_path: Path) -> None:
    with staged(tmp_path / "out") as folder:
        (folder / "a.txt").write_text("old")

    def fail() -> None:
        with staged(tmp_path / "out") as folder:
            (folder / "a.txt").write_text("new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (tmp_path / "out" / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_killed_run_leaves_the_previous_files_whole_and_the_next_one_clears_up(tmp_path: Path) -> None:
    with staged(tmp_path / "out") as folder:
        (folder / "a.txt").write_text("old")
    script = (
        "import os, signal, sys; from pathlib import Path; from service.writing.outputs import staged\n"
        "with staged(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'a.txt').write_text('half a')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path / "out")], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert (tmp_path / "out" / "a.txt").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
    with staged(tmp_path / "out") as folder:
        (folder / "a.txt").write_text("new")
    assert (tmp_path / "out" / "a.txt").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_files_of_a_run_that_still_goes_on_are_left_alone(tmp_path: Path) -> None:
    with staged(tmp_path / "out") as first:
        (first / "a.txt").write_text("first")
        with staged(tmp_path / "out") as second:
            (second / "b.txt").write_text("second")
        assert first.exists()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.txt", "b.txt"]


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(InputError, match="out: is a file"), staged(tmp_path / "out"):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot write here"), staged(tmp_path / "out"):
        pass


def test_claims_stand_by_article_then_place() -> None:
    claims = [claim("b", 5), claim("a", 9), claim("a", 1), claim("b", 0)]
    assert [(one.article, one.start) for one in in_order(claims)] == [("a", 1), ("a", 9), ("b", 0), ("b", 5)]


def test_json_lines_read_back_as_the_same_claims() -> None:
    claims = [claim(period=Period(start="2023-01-01", end="2024-01-01", text="2023")), claim(value=-2.6)]
    assert [Claim.model_validate(orjson.loads(line)) for line in json_lines(claims).splitlines()] == claims


def test_graph_holds_no_character_that_xml_cannot_hold(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a\x00", label="4.9\x0bmillion \U0001f697")
    graph.add_edge("a\x00", "a\x01", key="k", why="\ud800")
    write_graph(graph, tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml")
    assert dict(read.nodes(data=True)) == {
        "a\ufffd0000": {"label": "4.9\ufffdmillion \U0001f697"},
        "a\ufffd0001": {},
    }
    assert [data["why"] for _, _, data in read.edges(data=True)] == ["\ufffd"]


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\t\n\r<>&\"'"))
_ABOUT = st.fixed_dictionaries(
    {"label": _WORDS}, optional={"value": st.floats(allow_nan=False), "start": st.integers()}
)


@given(st.dictionaries(_WORDS, _ABOUT, min_size=1, max_size=4), _ABOUT)
def test_graph_is_written_as_networkx_writes_it(
    tmp_path_factory: pytest.TempPathFactory, nodes: dict[str, dict[str, Any]], about: dict[str, Any]
) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(nodes.items())
    first, *_, last = [*nodes, *nodes]
    graph.add_edge(first, last, key="with words", **about)
    graph.add_edge(last, first, key="without")
    folder = tmp_path_factory.mktemp("graphs")
    write_graph(graph, folder / "ours")
    nx.write_graphml(graph, folder / "theirs", encoding="utf-8", prettyprint=True)
    assert (folder / "ours").read_bytes() == (folder / "theirs").read_bytes()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (4910000.0, "4910000"),
        (-2.6, "-2.6"),
        (1e300, "1e+300"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("-2.6%", "-2.6%"),
        ("+5", "+5"),
        ("two\r\nlines", "two  lines"),
        ("plain", "plain"),
    ],
)
def test_cell(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_csv_has_one_row_a_claim_with_its_sentence() -> None:
    one = claim(
        sentence=Span(start=0, end=20),
        product={"id": "vehicle", "text": "vehicles", "includes": ["bus", "truck"]},
        source=Source(id="caam", text="CAAM", kind="association", cue="said", via=(Concept(id="xinhua"),)),
        period=Period(start="2023-01-01", end="2024-01-01", text="in 2023"),
    )
    written = claims_csv([one], {"a": "5% more, „ümläut“ ok and the rest"})
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert len(rows) == 1
    expected = {
        "quote": "5%", "product": "vehicle", "includes": "bus; truck", "source": "caam", "source_kind": "association",
        "via": "xinhua", "period_start": "2023-01-01", "period_end": "2024-01-01", "sentence": "5% more, „ümläut“ ok",
    }  # fmt: skip
    assert {column: rows[0][column] for column in expected} == expected
