"""The command as a user meets it: exit status, messages, help."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from service.command.console import progress

STORY = "Car exports at a record\n\nChina exported 4.91 million cars in 2023, the industry ministry said on Friday."


def claimgraph(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "service.cli", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def test_help_names_every_command_and_version_is_shown() -> None:
    shown = claimgraph("--help")
    assert shown.returncode == 0
    for command in ("batch", "extract", "reconcile", "review", "score", "export"):
        assert re.search(rf"^  {command}  ", shown.stdout, re.MULTILINE)
    assert re.fullmatch(r"claimgraph \d+\.\d+\.\d+\n", claimgraph("--version").stdout)


def test_help_imports_nothing_heavy() -> None:
    script = "import sys, service.cli; print([m for m in sys.modules if m.partition('.')[0] in sys.argv[1:]])"
    heavy = ["spacy", "numpy", "pydantic", "networkx", "trafilatura", "scipy", "rich", "jinja2"]
    shown = subprocess.run([sys.executable, "-c", script, *heavy], check=True, capture_output=True, text=True)
    assert shown.stdout == "[]\n"


def test_batch_then_score_and_export(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    done = claimgraph("batch", tmp_path / "story.txt", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"Articles read +1", done.stdout)
    assert str(tmp_path / "out" / "report.html") in done.stdout
    start = STORY.index("4.91")
    claim = {
        "start": start, "end": start + 12, "quote": "4.91 million", "value": 4_910_000, "kind": "level",
        "unit": ["vehicle", "car"], "indicator": "exports", "product": "car",
        "area": "Chinese", "source": None, "period": None,
    }  # fmt: skip
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "story.json").write_bytes(orjson.dumps({"article": {"id": "story"}, "claims": [claim]}))
    board = claimgraph("score", tmp_path / "gold", "--run", tmp_path / "out", "--json")
    assert orjson.loads(board.stdout)["claims"]["f1"] == 100.0
    again = claimgraph("score", tmp_path / "gold", "--run", tmp_path / "out", "--against", tmp_path / "out")
    assert "0 claims won, 0 lost" in again.stdout
    below = claimgraph("score", tmp_path / "gold", "--run", tmp_path / "out", "--errors", "--fail-under", "source=50")
    assert below.returncode == 1
    assert "source      got" in below.stdout
    assert below.stderr == "source is 0.0, under 50.0\n"
    for form, name in (("csv", "t.csv"), ("node-link", "t.json")):
        assert claimgraph("export", tmp_path / "out", "--to", tmp_path / name, "--format", form).returncode == 0
        assert (tmp_path / name).stat().st_size > 100


CUSTOMS = STORY.replace("4.91 million", "5.91 million").replace("industry ministry", "customs administration")


def test_conflicts_go_out_of_a_run_and_of_a_store(tmp_path: Path) -> None:
    for name, words in (("ministry", STORY), ("customs", CUSTOMS)):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    articles, store = [tmp_path / "ministry.txt", tmp_path / "customs.txt"], f"sqlite:///{tmp_path / 'desk.db'}"
    assert claimgraph("batch", *articles, "--db", store, "--out", tmp_path / "out").returncode == 0
    for name, of in (("run", (tmp_path / "out",)), ("store", ("--db", store))):
        listed, table, pictures = (tmp_path / f"{name}{ending}" for ending in (".md", ".csv", "-plots"))
        assert claimgraph("export", *of, "--format", "md", "--to", listed).stdout == f"{listed}\n"
        assert claimgraph("export", *of, "--conflicts", "--to", table).stdout == f"{table}\n"
        drawn = claimgraph("export", *of, "--format", "svg", "--to", pictures).stdout.split()
        assert re.search(r"^## 1\\\. China’s exports of cars in 2023: .*\?$", listed.read_text(), re.MULTILINE)
        assert b",contradiction," in table.read_bytes()
        assert [Path(path).read_bytes()[:4] for path in drawn] == [b"<svg"]
    assert (tmp_path / "run.md").read_text() == (tmp_path / "store.md").read_text()


def test_a_slip_in_fail_on_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    done = claimgraph("batch", tmp_path / "story.txt", "--out", tmp_path / "out", "--fail-on", "contradictions")
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "out").exists()


def test_a_run_is_taken_up_again_by_its_folder(tmp_path: Path) -> None:
    for name, words in (("ministry", STORY), ("customs", CUSTOMS)):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    run, again = tmp_path / "out", tmp_path / "again"
    assert claimgraph("batch", tmp_path, "--out", run).returncode == 0
    assert claimgraph("reconcile", run, "--out", again).returncode == 0
    assert (again / "findings.jsonl").read_bytes() == (run / "findings.jsonl").read_bytes()
    read = claimgraph("batch", run, "--out", again)
    assert (read.returncode, (again / "claims.csv").read_bytes()) == (0, (run / "claims.csv").read_bytes())
    assert f"{run}: written by claimgraph: of this folder only articles.jsonl is read" in read.stderr
    listed = tmp_path / "new" / "conflicts.md"
    assert claimgraph("export", run, "--to", listed).stdout == f"{listed}\n"
    assert listed.read_text(encoding="utf-8").startswith("# Conflict report")


def test_an_interrupted_batch_says_how_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), progress():
        raise KeyboardInterrupt
    assert capsys.readouterr().err == "Interrupted. The same command goes on where this one stopped.\n"


def test_something_skipped_is_status_three(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = claimgraph("extract", tmp_path / "story.txt", tmp_path / "empty.txt", "--out", tmp_path / "out")
    assert done.returncode == 3
    assert re.search(r"Skipped +1", done.stdout)
    assert "Conflicts" not in done.stdout  # nothing was compared
    assert f"{tmp_path / 'empty.txt'}: empty" in done.stderr


def test_foreign_claims_are_reconciled(tmp_path: Path) -> None:
    given = {"indicator": "exports", "product": "cars", "period": {"start": "2023-01-01", "end": "2024-01-01"}}
    lines = [
        {**given, "value": 4_910_000, "area": "China", "source": "ministry", "article": "a"},
        {**given, "value": 5_910_000, "area": "Chinese", "source": "customs", "article": "b"},
        {"value": "many"},
    ]
    (tmp_path / "claims.jsonl").write_bytes(b"\n".join(orjson.dumps(line) for line in lines))
    done = claimgraph("reconcile", tmp_path / "claims.jsonl", "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "claims.jsonl, line 3: field 'value'" in done.stderr
    findings = [orjson.loads(line) for line in (tmp_path / "out" / "findings.jsonl").read_bytes().splitlines()]
    assert [finding["relation"] for finding in findings] == ["contradiction"]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ((), 2, "Usage"),
        (("batch",), 2, "Missing argument"),
        (("batch", "nowhere.txt", "--workers", "0"), 2, "workers"),
        (("batch", "nowhere.txt"), 1, "nowhere.txt: no such file or folder"),
        (("batch", "nowhere.txt", "--fail-on", "contradictions"), 2, "there are conflict, apparent_conflict"),
        (("extract", "nowhere.txt", "--explain"), 1, "nowhere.txt: no such file or folder"),
        (("reconcile", "nowhere.jsonl"), 1, "nowhere.jsonl: cannot be opened"),
        (("score", "nowhere", "--run", "nowhere", "--slot", "perod"), 2, "no such slot: 'perod'; there are kind"),
        (("score", "nowhere"), 2, "--run"),
        (("score", "nowhere", "--run", "nowhere"), 1, "nowhere: no such folder"),
        (("score", __file__, "--run", "nowhere"), 1, "test_cli.py: is a file, and no folder"),
        (("score", "nowhere", "--run", "nowhere", "--fail-under", "period"), 2, "write SLOT=PERCENT"),
        (("score", "nowhere", "--run", "nowhere", "--fail-under", "perod=9"), 2, "no such figure: 'perod'; there are"),
        (("batch", "s3://news/2024"), 1, "those are read with --engine ray"),
        (("import", "nowhere", "--to", "x"), 1, "nowhere: cannot be opened"),
        (("review", "--db", "sqlite:///nowhere.db"), 1, "nowhere.db: no such store"),
        (("token", "Ann", "--role", "chief", "--db", "sqlite:///nowhere.db"), 2, "'--role': 'chief' is not one of"),
        (("batch", "nowhere.txt", "--engine", "spark"), 2, "'--engine': 'spark' is not one of 'local', 'ray'"),
        (("score", "nowhere.json", "--format", "newsquant"), 1, "nowhere.json: cannot be opened"),
        (("export", "nowhere", "--to", "x.csv"), 1, "nowhere: no such folder; a run is a folder that"),
        (("export", __file__, "--to", "x.csv"), 1, "test_cli.py: is a file, and no folder; a run is a folder that"),
        (("export", "nowhere", "--to", "x", "--format", "svg"), 1, "nowhere"),
        (("export", "nowhere", "--to", "x", "--format", "prov", "--conflicts"), 2, "--conflicts goes with"),
        (("export", "--to", "x", "--format", "prodigy"), 2, "export the store first"),
        (("export", "nowhere", "--to", "x", "--format", "md", "--annotations", "gold"), 2, "--annotations is for"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], status: int, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = claimgraph(*arguments)
    assert done.returncode == status
    assert message in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
