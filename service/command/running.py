"""`claimgraph batch`, `extract` and `reconcile`: articles in, claims, findings and the report out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.command.ending import FAILED, SKIPPED, finish, leave, usage
from service.command.options import Budget, Engine, Out, Paths, Workers

_BatchOut = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder to write into (default: out; with --db: none).", file_okay=False),
]
_BatchEngine = Annotated[Engine, typer.Option(help="Where it runs: on this machine, or on a Ray cluster.")]
_RayAddress = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="With --engine ray: a running cluster; else one is started here."),
]
_Work = Annotated[
    str | None,
    typer.Option(metavar="FOLDER", help="With --engine ray: a folder or URL that every node reaches; kept."),
]
_Into = Annotated[
    str | None,
    typer.Option("--db", metavar="URL", help="Add the articles to a store: sqlite:///FILE or postgresql+psycopg://…"),
]
_FailOn = Annotated[
    list[str] | None,
    typer.Option(metavar="RELATION", help="Exit 4 when such a conflict comes up (`conflict`: any); repeatable."),
]
_Again = Annotated[bool, typer.Option("--again", help="With --db: read unchanged articles again, too.")]
_Explain = Annotated[
    bool, typer.Option("--explain", help="Print the words and the rule behind every slot; nothing is written.")
]
_Claims = Annotated[
    Path,
    typer.Argument(metavar="CLAIMS", help="Claims as JSON lines, from claimgraph or from anywhere; or a run's folder."),
]


def batch(
    paths: Paths,
    out: _BatchOut = None,
    workers: Workers = 1,
    engine: _BatchEngine = Engine.LOCAL,
    ray_address: _RayAddress = None,
    work: _Work = None,
    budget: Budget = 60,
    db: _Into = None,
    fail_on: _FailOn = None,
    again: _Again = False,
) -> None:
    """The main job: articles in; claims, findings and report out.

    DIR then holds claims, findings, the claim graph and the conflict report, report.html.
    """
    from service.command.console import progress
    from service.running.batch import run_batch

    failing = _relations(fail_on)  # a slip of the pen is told before hours of reading
    if engine is Engine.RAY or ray_address is not None or work is not None:
        if engine is Engine.LOCAL or db is not None:
            usage("--ray-address and --work go with --engine ray, which writes to --out and not to a store")
        _batch_on_ray(paths, out, workers, budget, failing, address=ray_address, work=work)
        return
    if db is not None:
        _batch_into_store(paths, db, out, workers=workers, failing=failing, again=again)
        return
    with progress() as show:
        summary = run_batch(paths, out=out or Path("out"), workers=workers, budget=budget, on_progress=show)
    finish(summary, fail_on=failing)


def _batch_on_ray(
    paths: list[str],
    out: Path | None,
    workers: int,
    budget: float,
    failing: list[str],
    *,
    address: str | None,
    work: str | None,
) -> None:
    from service.cluster.run import run_on_cluster
    from service.command.console import progress

    with progress() as show:
        summary = run_on_cluster(
            paths,
            out=out or Path("out"),
            address=address,
            work=work,
            workers=workers,
            budget=budget,
            on_progress=show,
        )
    finish(summary, fail_on=failing)


def _batch_into_store(
    paths: list[str], db: str, out: Path | None, *, workers: int, failing: list[str], again: bool
) -> None:
    from service.command.console import progress
    from service.store.commands import print_stored, stored_batch

    with progress() as show:
        stored = stored_batch(paths, db, out=out, workers=workers, again=again, on_progress=show)
    print_stored(stored)
    leave(found=bool(stored.failing(failing)), skipped=bool(stored.skipped))


def _relations(names: list[str] | None) -> list[str]:
    """The relations of findings that some names mean; UsageError for a name of none."""
    if not names:
        return []
    from service.store.commands import relations

    return relations(names)


def extract(
    paths: Paths, out: Out = Path("out"), workers: Workers = 1, budget: Budget = 60, explain: _Explain = False
) -> None:
    """Articles in, claims out: claims.jsonl, claims.csv."""
    from service.command.console import progress
    from service.running.batch import run_extract

    if explain:
        _explain(paths)
        return
    with progress() as show:
        summary = run_extract(paths, out=out, workers=workers, budget=budget, on_progress=show)
    finish(summary)


def _explain(paths: list[str]) -> None:
    from service.command.console import print_notices
    from service.reading.skips import Skip
    from service.running.explaining import explain_paths

    notices: list[Skip] = []
    said = False
    for line in explain_paths(paths, on_skip=notices.append):
        typer.echo(line)
        said = True
    skipped = [notice for notice in notices if notice.lost]
    print_notices(skipped, [notice for notice in notices if not notice.lost])
    if skipped:
        raise typer.Exit(SKIPPED if said else FAILED)


def reconcile(claims: _Claims, out: Out = Path("out"), workers: Workers = 1) -> None:
    """Claims in, findings out: findings.jsonl, graph.graphml."""
    from service.running.batch import run_reconcile

    finish(run_reconcile(claims / "claims.jsonl" if claims.is_dir() else claims, out=out, workers=workers))
