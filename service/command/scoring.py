"""`claimgraph score`: a run against gold, or claimgraph against a public benchmark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.command.ending import FAILED, usage
from service.command.options import BenchmarkFormat, Split

if TYPE_CHECKING:
    from service.scoring.board import Scores

_Gold = Annotated[
    Path, typer.Argument(metavar="GOLD", help="Folder of gold files, or the file of a benchmark (with --format).")
]
_Run = Annotated[Path | None, typer.Option("--run", metavar="DIR", help="Folder that `batch` wrote.")]
_Benchmark = Annotated[BenchmarkFormat | None, typer.Option("--format", help="A public benchmark's format.")]
_Predictions = Annotated[
    Path | None, typer.Option(help="With --format: write the predictions here, for the benchmark's own scorer.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Errors = Annotated[bool, typer.Option("--errors", help="List each miss, spurious claim and wrong slot.")]
_Slot = Annotated[str | None, typer.Option(metavar="SLOT", help="List the errors, only where this slot is wrong.")]
_Against = Annotated[
    Path | None, typer.Option(metavar="DIR", help="An earlier run: says which claims were won and lost.")
]
_Half = Annotated[Split | None, typer.Option(help="Only the articles of this half of the gold.")]
_Browser = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.html",
        help="Write the errors as a page to browse; those of the test half only with --split test.",
        dir_okay=False,
    ),
]
_FailUnder = Annotated[
    list[str] | None, typer.Option(metavar="SLOT=PERCENT", help="Exit 1 when a figure is below; may be repeated.")
]


def score(
    gold: _Gold,
    run: _Run = None,
    benchmark: _Benchmark = None,
    predictions: _Predictions = None,
    as_json: _Json = False,
    errors: _Errors = False,
    slot: _Slot = None,
    against: _Against = None,
    split: _Half = None,
    browser: _Browser = None,
    fail_under: _FailUnder = None,
) -> None:
    """Compares a run with gold files, or with a benchmark."""
    if benchmark is not None:
        _score_benchmark(benchmark, gold, predictions, as_json=as_json)
        return
    if run is None:
        usage("say which run to score (--run DIR), or which benchmark FILE is (--format NAME)")
    from service.scoring.claims import read_thresholds, score_run
    from service.scoring.terminal import print_scores

    errors = errors or slot is not None
    _may_list(slot, split, errors=errors)
    thresholds = read_thresholds(fail_under or [])
    half, open_test = split and split.value, browser is not None and split is Split.TEST
    scores = score_run(gold, run, split=half, open_test=open_test)
    earlier = score_run(gold, against, split=half) if against is not None else None
    print_scores(scores, as_json=as_json, errors=errors, slot=slot, against=earlier)
    if browser is not None:
        from service.scoring.error_browser.writing import write_browser

        write_browser(scores, gold, run, browser, open_test=open_test)
        typer.echo(str(browser), err=as_json)
    _fail_below(scores, thresholds)


def _score_benchmark(benchmark: BenchmarkFormat, file: Path, predictions: Path | None, *, as_json: bool) -> None:
    from service.scoring.benchmarks import run_benchmark
    from service.scoring.terminal import print_benchmark

    print_benchmark(run_benchmark(benchmark.value, file, predictions=predictions), as_json=as_json)


def _may_list(slot: str | None, split: Split | None, *, errors: bool) -> None:
    """Exits with what is wrong with the wish to see errors: of a slot that there is not, or of the test half."""
    from service.scoring.answers import SLOTS

    if slot is not None and slot not in SLOTS:
        usage(f"no such slot: {slot!r}; there are {', '.join(SLOTS)}")
    if split is Split.TEST and errors:
        usage("errors of the test half are not listed: it is scored, never tuned on")


def _fail_below(scores: Scores, thresholds: dict[str, float]) -> None:
    below = scores.below(thresholds)
    for line in below:
        typer.echo(line, err=True)
    if below:
        raise typer.Exit(FAILED)
