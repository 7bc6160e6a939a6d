"""The store from the command line: a scheduled job's exit status, copies, gold that goes back into scoring."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import orjson

MONDAY = "Port counts cars\n\nThe Harbour Board said Freedonia exported 5.22 million vehicles in 2023."
TUESDAY = "Guild counts cars\n\nThe Motor Guild said Freedonia exported 4.91 million vehicles in 2023."


def claimgraph(*arguments: object, status: int = 0) -> str:
    command = [sys.executable, "-m", "service.cli", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def write(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def test_a_scheduled_job_from_first_article_to_gold(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'desk.db'}"
    monday, tuesday = write(tmp_path, "monday.txt", MONDAY), write(tmp_path, "tuesday.txt", TUESDAY)
    said = claimgraph("batch", monday, "--db", store)
    assert "1 article: 1 added" in said
    assert "0 new conflicts with figures on file" in said

    said = claimgraph("batch", monday, tuesday, "--db", store, "--fail-on", "conflict", status=4)
    assert "2 articles: 1 added, 1 unchanged" in said
    assert "1 new conflict with figures on file" in said
    assert f"Review them: claimgraph review --db {store}" in said
    assert re.search(r"contradiction: .*5\.22 million.*4\.91 million", said)

    said = claimgraph("batch", monday, tuesday, "--db", store, "--fail-on", "conflict", "--out", tmp_path / "out")
    assert "2 articles: 2 unchanged" in said
    assert (
        orjson.loads((tmp_path / "out" / "findings.jsonl").read_bytes().splitlines()[0])["relation"] == "contradiction"
    )

    write(tmp_path, "tuesday.txt", TUESDAY.replace("4.91", "5.22"))
    said = claimgraph("batch", monday, tuesday, "--db", store, "--fail-on", "contradiction")
    assert "1 changed, 1 unchanged" in said

    claimgraph("backup", "--db", store, "--to", tmp_path / "copy.db")
    assert "rows restored" in claimgraph("restore", tmp_path / "copy.db", "--db", f"sqlite:///{tmp_path / 'new.db'}")
    assert "is there already" in claimgraph("backup", "--db", store, "--to", tmp_path / "copy.db", status=1)

    assert claimgraph("token", "Ann", "--db", store).startswith("cg_")
    assert "0 gold files" in claimgraph("export", "--gold", "--db", store, "--to", tmp_path / "gold")


def test_gold_from_reviewing_scores_the_instrument(tmp_path: Path) -> None:
    from sqlalchemy import select

    from service.store import Database, edits
    from service.store.models import ClaimRow

    url = f"sqlite:///{tmp_path / 'desk.db'}"
    claimgraph("batch", write(tmp_path, "monday.txt", MONDAY), "--db", url)
    store = Database(url)
    with store.write() as session:
        name = session.scalars(select(ClaimRow.id)).one()
        edits.correct(session, name, {"status": "preliminary"}, by="Ann")
    store.close()
    assert "1 gold files" in claimgraph("export", "--gold", "--db", url, "--to", tmp_path / "gold")
    claimgraph("batch", tmp_path / "gold" / "articles.jsonl", "--out", tmp_path / "run")
    board = orjson.loads(claimgraph("score", tmp_path / "gold", "--run", tmp_path / "run", "--json"))
    assert board["claims"]["f1"] == 100.0
    assert board["slots"]["status"]["accuracy" if "accuracy" in board["slots"]["status"] else "right"] == 0


def test_faults_are_one_line_each(tmp_path: Path) -> None:
    article = write(tmp_path, "a.txt", MONDAY)
    said = claimgraph("batch", article, "--db", "store.db", status=1)
    assert said.count("\n") == 1
    assert "is no database address" in said
    assert "--fail-on nonsense: there are" in claimgraph(
        "batch", article, "--db", f"sqlite:///{tmp_path / 's.db'}", "--fail-on", "nonsense", status=2
    )
    said = claimgraph("export", "--gold", "--db", f"sqlite:///{tmp_path / 'none.db'}", "--to", tmp_path, status=1)
    assert "no such store" in said
    assert "no article could be read" in claimgraph(
        "batch", tmp_path / "none", "--db", f"sqlite:///{tmp_path / 's.db'}", status=1
    )
