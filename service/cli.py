"""The command `claimgraph`: each sub-command parses its arguments here, and a plain function elsewhere does the work.

Exit status: 0 all well; 1 nothing could be done; 2 wrong usage; 3 done, but something was skipped (it is listed).
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from service.batch import Summary

FAILED, USAGE, SKIPPED = 1, 2, 3

app = typer.Typer(
    name="claimgraph",
    help="Reads news articles, extracts each quantity claim, and says where the figures conflict and why.",
    no_args_is_help=True,
    rich_markup_mode=None,  # rich takes longer to import than all of --help may take
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Articles: .txt, .md, .html, .jsonl (one article a line), or folders of them.", show_default=False
    ),
]
Out = Annotated[Path, typer.Option("--out", help="Folder to write into.", file_okay=False)]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes that extract claims side by side.")]


class Engine(StrEnum):
    """Where extraction runs."""

    LOCAL = "local"


class BenchmarkFormat(StrEnum):
    """Public benchmarks that `score` reads."""

    NEWSQUANT = "newsquant"
    POLNEAR = "polnear"
    PERIODS = "periods"


class Split(StrEnum):
    """Halves of the gold: `dev` to tune with, `test` for figures only."""

    DEV = "dev"
    TEST = "test"


class ExportFormat(StrEnum):
    """What `export` writes."""

    CSV = "csv"
    NODE_LINK = "node-link"


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"claimgraph {version('claimgraph')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def batch(
    paths: Paths,
    out: Out = Path("out"),
    workers: Workers = 1,
    engine: Annotated[Engine, typer.Option(help="Where extraction runs: local processes.")] = Engine.LOCAL,
) -> None:
    """The main job: articles in; claims, findings, claim graph and conflict report out."""
    from service.batch import run_batch
    from service.console import progress

    with progress() as show:
        summary = run_batch(paths, out=out, workers=workers, on_progress=show)
    _finish(summary)


@app.command()
def extract(paths: Paths, out: Out = Path("out"), workers: Workers = 1) -> None:
    """Articles in, claims out (claims.jsonl, claims.csv, articles.jsonl)."""
    from service.batch import run_extract
    from service.console import progress

    with progress() as show:
        summary = run_extract(paths, out=out, workers=workers, on_progress=show)
    _finish(summary)


@app.command()
def reconcile(
    claims: Annotated[Path, typer.Argument(help="Claims as JSON lines, from claimgraph or from anywhere.")],
    out: Out = Path("out"),
) -> None:
    """Claims in, findings out (findings.jsonl, graph.graphml)."""
    from service.batch import run_reconcile
    from service.claims_input import read_foreign_claims
    from service.readers import Skip

    skipped: list[Skip] = []
    found = read_foreign_claims(claims, on_skip=skipped.append)
    _finish(run_reconcile(found, out=out, skipped=skipped))


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Folder of gold files, or the file of a benchmark (with --format).")],
    run: Annotated[Path | None, typer.Option("--run", help="Folder that `batch` wrote.")] = None,
    benchmark: Annotated[BenchmarkFormat | None, typer.Option("--format", help="A public benchmark's format.")] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="With --format: write the predictions here, for the benchmark's own scorer.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List each miss, spurious claim and wrong slot.")] = False,
    slot: Annotated[str | None, typer.Option(help="With --errors: only where this slot is wrong.")] = None,
    split: Annotated[Split | None, typer.Option(help="Only the articles of this half of the gold.")] = None,
    fail_under: Annotated[
        list[str] | None, typer.Option(metavar="SLOT=PERCENT", help="Exit 1 when a figure is below; may be repeated.")
    ] = None,
) -> None:
    """Compares a run with gold files, or reads a public benchmark."""
    if benchmark is not None:
        from service.benchmarks import run_benchmark
        from service.score_report import print_benchmark

        print_benchmark(run_benchmark(benchmark.value, gold, predictions=predictions), as_json=as_json)
        return
    if run is None:
        _usage("say which run to score (--run DIR), or which benchmark FILE is (--format NAME)")
    from service.score_report import print_scores
    from service.scoring import read_thresholds, score_run

    if split is Split.TEST and errors:
        _usage("errors of the test half are not listed: it is scored, never tuned on")
    thresholds = read_thresholds(fail_under or [])
    scores = score_run(gold, run, split=split.value if split else None)
    print_scores(scores, as_json=as_json, errors=errors, slot=slot)
    below = scores.below(thresholds)
    for line in below:
        typer.echo(line, err=True)
    if below:
        raise typer.Exit(FAILED)


@app.command()
def review() -> None:
    """Review findings in the browser (not there yet)."""
    _usage("the review service is not there yet; `claimgraph batch` writes report.html, which shows every finding")


@app.command()
def export(
    run: Annotated[Path, typer.Argument(help="Folder that `batch` wrote.")],
    to: Annotated[Path, typer.Option("--to", help="File to write.", dir_okay=False)],
    form: Annotated[
        ExportFormat, typer.Option("--format", help="Table of claims, or the graph as JSON.")
    ] = ExportFormat.CSV,
) -> None:
    """Writes the claims of a run as a table, or the claim graph as node-link JSON."""
    from service.export import export_run

    export_run(run, to=to, form=form.value)
    typer.echo(str(to))


def _finish(summary: Summary) -> None:
    from service.console import print_summary

    print_summary(summary)
    if summary.skipped:
        raise typer.Exit(SKIPPED)


def _usage(problem: str) -> NoReturn:
    typer.echo(f"claimgraph: {problem}", err=True)
    raise typer.Exit(USAGE)


def main() -> None:
    """Runs the command; what claimgraph raises on purpose becomes one line on stderr and exit status 1."""
    try:
        app()
    except Exception as error:
        from extractor.errors import ClaimgraphError

        if not isinstance(error, ClaimgraphError):
            raise
        from service.console import print_error, print_notices

        print_notices(getattr(error, "notices", []), [])
        print_error(error)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
