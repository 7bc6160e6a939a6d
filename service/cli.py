"""The command `claimgraph`: each sub-command parses its arguments here, and a plain function elsewhere does the work.

Exit status: 0 all well; 1 nothing could be done; 2 wrong usage; 3 done, but something was skipped (it is listed);
4 done, and something came up that `--fail-on` names.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from service.command.options import (
    STORE,
    AnnotationFormat,
    BenchmarkFormat,
    Budget,
    Db,
    Engine,
    ExportFormat,
    Out,
    Paths,
    Role,
    Split,
    Workers,
)

if TYPE_CHECKING:
    from service.running.batch import Summary

FAILED, USAGE, SKIPPED, FOUND = 1, 2, 3, 4

app = typer.Typer(
    name="claimgraph",
    help="Reads news articles, extracts each quantity claim, and says where the figures conflict and why.",
    no_args_is_help=True,
    rich_markup_mode=None,  # rich takes longer to import than all of --help may take
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder to write into (default: out; with --db: none).", file_okay=False
        ),
    ] = None,
    workers: Workers = 1,
    engine: Annotated[Engine, typer.Option(help="Where it runs: on this machine, or on a Ray cluster.")] = Engine.LOCAL,
    ray_address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="With --engine ray: a running cluster; else one is started here."),
    ] = None,
    work: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="With --engine ray: a folder or URL that every node reaches; kept."),
    ] = None,
    budget: Budget = 60,
    db: Annotated[
        str | None,
        typer.Option(
            "--db", metavar="URL", help="Add the articles to a store: sqlite:///FILE or postgresql+psycopg://…"
        ),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(metavar="RELATION", help="Exit 4 when such a conflict comes up (`conflict`: any); repeatable."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="With --db: read unchanged articles again, too.")] = False,
) -> None:
    """The main job: articles in; claims, findings and report out.

    DIR then holds claims, findings, the claim graph and the conflict report, report.html.
    """
    from service.command.console import progress
    from service.running.batch import run_batch

    _relations(fail_on)  # a slip of the pen is told before hours of reading
    if engine is Engine.RAY or ray_address is not None or work is not None:
        if engine is Engine.LOCAL or db is not None:
            _usage("--ray-address and --work go with --engine ray, which writes to --out and not to a store")
        _batch_on_ray(paths, out, workers, budget, fail_on, address=ray_address, work=work)
        return
    if db is not None:
        _batch_into_store(paths, db, out, workers=workers, fail_on=fail_on or [], again=again)
        return
    with progress() as show:
        summary = run_batch(paths, out=out or Path("out"), workers=workers, budget=budget, on_progress=show)
    _finish(summary, fail_on=fail_on)


def _batch_on_ray(
    paths: list[str],
    out: Path | None,
    workers: int,
    budget: float,
    fail_on: list[str] | None,
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
    _finish(summary, fail_on=fail_on)


def _batch_into_store(
    paths: list[str], db: str, out: Path | None, *, workers: int, fail_on: list[str], again: bool
) -> None:
    from service.command.console import progress
    from service.store.commands import print_stored, stored_batch

    failing = _relations(fail_on)
    with progress() as show:
        stored = stored_batch(paths, db, out=out, workers=workers, again=again, on_progress=show)
    print_stored(stored)
    if stored.failing(failing):
        raise typer.Exit(FOUND)
    if stored.skipped:
        raise typer.Exit(SKIPPED)


def _relations(names: list[str] | None) -> list[str]:
    if not names:
        return []
    from service.store.commands import relations

    return relations(names)


@app.command()
def extract(
    paths: Paths,
    out: Out = Path("out"),
    workers: Workers = 1,
    budget: Budget = 60,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the words and the rule behind every slot; nothing is written.")
    ] = False,
) -> None:
    """Articles in, claims out: claims.jsonl, claims.csv."""
    from service.command.console import progress
    from service.running.batch import run_extract

    if explain:
        _explain(paths)
        return
    with progress() as show:
        summary = run_extract(paths, out=out, workers=workers, budget=budget, on_progress=show)
    _finish(summary)


def _explain(paths: list[str]) -> None:
    from service.command.console import print_notices
    from service.reading.articles import Skip
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


@app.command()
def reconcile(
    claims: Annotated[
        Path,
        typer.Argument(
            metavar="CLAIMS", help="Claims as JSON lines, from claimgraph or from anywhere; or a run's folder."
        ),
    ],
    out: Out = Path("out"),
    workers: Workers = 1,
) -> None:
    """Claims in, findings out: findings.jsonl, graph.graphml."""
    from service.running.batch import run_reconcile

    _finish(run_reconcile(claims / "claims.jsonl" if claims.is_dir() else claims, out=out, workers=workers))


@app.command()
def score(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Folder of gold files, or the file of a benchmark (with --format).")
    ],
    run: Annotated[Path | None, typer.Option("--run", metavar="DIR", help="Folder that `batch` wrote.")] = None,
    benchmark: Annotated[BenchmarkFormat | None, typer.Option("--format", help="A public benchmark's format.")] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="With --format: write the predictions here, for the benchmark's own scorer.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List each miss, spurious claim and wrong slot.")] = False,
    slot: Annotated[
        str | None, typer.Option(metavar="SLOT", help="List the errors, only where this slot is wrong.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="DIR", help="An earlier run: says which claims were won and lost.")
    ] = None,
    split: Annotated[Split | None, typer.Option(help="Only the articles of this half of the gold.")] = None,
    browser: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html",
            help="Write the errors as a page to browse; those of the test half only with --split test.",
            dir_okay=False,
        ),
    ] = None,
    fail_under: Annotated[
        list[str] | None, typer.Option(metavar="SLOT=PERCENT", help="Exit 1 when a figure is below; may be repeated.")
    ] = None,
) -> None:
    """Compares a run with gold files, or with a benchmark."""
    if benchmark is not None:
        from service.scoring.benchmarks import run_benchmark
        from service.scoring.terminal import print_benchmark

        print_benchmark(run_benchmark(benchmark.value, gold, predictions=predictions), as_json=as_json)
        return
    if run is None:
        _usage("say which run to score (--run DIR), or which benchmark FILE is (--format NAME)")
    from service.scoring.answers import SLOTS
    from service.scoring.claims import read_thresholds, score_run
    from service.scoring.terminal import print_scores

    if slot is not None and slot not in SLOTS:
        _usage(f"no such slot: {slot!r}; there are {', '.join(SLOTS)}")
    errors = errors or slot is not None
    if split is Split.TEST and errors:
        _usage("errors of the test half are not listed: it is scored, never tuned on")
    thresholds = read_thresholds(fail_under or [])
    open_test = browser is not None and split is Split.TEST
    scores = score_run(gold, run, split=split.value if split else None, open_test=open_test)
    earlier = score_run(gold, against, split=split.value if split else None) if against is not None else None
    print_scores(scores, as_json=as_json, errors=errors, slot=slot, against=earlier)
    if browser is not None:
        from service.scoring.error_browser.writing import write_browser

        write_browser(scores, gold, run, browser, open_test=open_test)
        typer.echo(str(browser), err=as_json)
    below = scores.below(thresholds)
    for line in below:
        typer.echo(line, err=True)
    if below:
        raise typer.Exit(FAILED)


@app.command()
def review(
    db: Db = STORE,
    host: Annotated[str, typer.Option(help="Where to listen; anything but loopback asks for tokens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8321,
    allow: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A host name that the pages may be asked for under.")
    ] = None,
    rate: Annotated[float, typer.Option(min=1, help="Requests a second that one client may make.")] = 50,
    secure: Annotated[bool, typer.Option("--https", help="Served over https by a proxy: cookies demand it.")] = False,
) -> None:
    """Review findings in the browser; JSON API under /api/v1."""
    from service.review.server import serve

    serve(db, host=host, port=port, names=allow or [], rate=rate, secure=secure)


@app.command()
def token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose token it is.")],
    role: Annotated[Role, typer.Option(help="What it allows.")] = Role.REVIEW,
    db: Db = STORE,
) -> None:
    """Makes a token for the API and the pages.

    It is shown this once.
    """
    from service.store.commands import make_token

    typer.echo(make_token(db, name, role.value))


@app.command()
def backup(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="File to write; must not exist.", dir_okay=False)],
    db: Db = STORE,
) -> None:
    """Copies a store into one file, while others work with it."""
    from service.store.commands import make_backup

    typer.echo(str(make_backup(db, to)))


@app.command()
def restore(
    copy: Annotated[Path, typer.Argument(metavar="FILE", help="File that `backup` wrote.", dir_okay=False)],
    db: Annotated[str, typer.Option("--db", metavar="URL", help="An empty store to bring it back into.")],
) -> None:
    """Brings a backup back into an empty store."""
    from service.store.commands import restore_backup

    typer.echo(f"{restore_backup(copy, db)} rows restored")


@app.command()
def export(
    to: Annotated[
        Path, typer.Option("--to", metavar="FILE", help="File to write; a folder for plots, gold, a whole store.")
    ],
    run: Annotated[
        Path | None, typer.Argument(metavar="RUN", help="Folder that `batch` wrote; or name a store with --db.")
    ] = None,
    form: Annotated[
        ExportFormat | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="Claims: csv (the default; the file's ending tells, too), node-link, graphml, prov (W3C), sdmx-csv, "
            "claimreview; for annotators labelstudio, prodigy, docbin. "
            "Conflicts: md, csv with --conflicts, svg and png (a plot each, into a folder).",
        ),
    ] = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="The list of conflicts instead of the claims: csv or md.")
    ] = False,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="URL", help="A store; without --format: the files of a run over all of it."),
    ] = None,
    gold: Annotated[bool, typer.Option("--gold", help="From a store: what people corrected, as gold.")] = False,
    annotations: Annotated[
        Path | None,
        typer.Option(metavar="GOLD", help="For an annotation tool: this gold folder, of the run's articles."),
    ] = None,
) -> None:
    """Writes a run or a store in another form.

    Its claims, its graph, its conflicts, a plot of each.
    """
    form = form or _by_ending(to)
    if run is not None and (gold or db is not None):
        _usage("name a folder of a run, or a store (--db), not both; gold comes from a store")
    if run is None and (gold or (form is None and not conflicts)):
        _export_store(db or STORE, to, gold=gold)
        return
    _export_form(run, db or STORE, to, _export_format(form, conflicts), annotations)


def _by_ending(to: Path) -> ExportFormat | None:
    """The form that a file's ending asks for, where only one form has that ending."""
    endings = (ExportFormat.CSV, ExportFormat.MD, ExportFormat.GRAPHML)
    return next((form for form in endings if to.suffix.lower() == f".{form}"), None)


def _export_format(form: ExportFormat | None, conflicts: bool) -> str:
    from service.writing.export import CONFLICTS_CSV

    if conflicts and form not in (None, ExportFormat.CSV, ExportFormat.MD, ExportFormat.SVG, ExportFormat.PNG):
        _usage("--conflicts goes with --format csv, md, svg or png")
    name = form or ExportFormat.CSV
    return CONFLICTS_CSV if conflicts and name is ExportFormat.CSV else name.value


def _export_form(run: Path | None, db: str, to: Path, form: str, annotations: Path | None) -> None:
    from service.writing.export import Held, Run, why_empty, write_form

    if annotations is not None and form not in set(AnnotationFormat):
        _usage("--annotations is for --format labelstudio, prodigy and docbin")
    if form not in set(AnnotationFormat):
        source = Held(db) if run is None else Run(run)
        written = write_form(source, to=to, form=form)
        if (reason := why_empty(source, form)) is not None:
            typer.echo(reason, err=True)
    elif run is None:
        _usage("the forms of annotation tools are written from a run: export the store first, then its folder")
    else:
        from service.interchange.files import export_annotations

        written = export_annotations(run, to, form, gold=annotations)
    for path in written:
        typer.echo(str(path))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What an annotation tool exported.", dir_okay=False)],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder to write into.", file_okay=False)],
    form: Annotated[
        AnnotationFormat | None,
        typer.Option("--format", help="Without it: .json Label Studio, .jsonl Prodigy, .spacy DocBin."),
    ] = None,
    claims: Annotated[bool, typer.Option("--claims", help="Write claims, as of a run, instead of gold files.")] = False,
) -> None:
    """Turns annotations into gold files, or into claims.

    The claims can be scored and reconciled like those of a run.
    """
    from service.interchange.files import import_annotations, import_run

    name = form.value if form is not None else None
    if claims:
        typer.echo(f"{import_run(file, to, name)} claims in {to}")
    else:
        typer.echo(f"{import_annotations(file, to, name)} gold files in {to}")


def _export_store(db: str, to: Path, *, gold: bool) -> None:
    from service.store.commands import export_gold, export_on_file

    if gold:
        typer.echo(f"{export_gold(db, to)} gold files in {to}")
        return
    for path in export_on_file(db, to):
        typer.echo(str(path))


def _finish(summary: Summary, *, fail_on: list[str] | None = None) -> None:
    from service.command.console import print_summary

    print_summary(summary)
    if any(summary.findings[relation] for relation in _relations(fail_on)):
        raise typer.Exit(FOUND)
    if summary.skipped:
        raise typer.Exit(SKIPPED)


def _usage(problem: str) -> NoReturn:
    typer.echo(f"claimgraph: {problem}", err=True)
    raise typer.Exit(USAGE)


def main() -> None:
    """Runs the command; what claimgraph raises on purpose becomes one line on stderr and exit status 1, or 2."""
    try:
        app()
    except Exception as error:
        from extractor.errors import ClaimgraphError, UsageError

        if not isinstance(error, ClaimgraphError):
            raise
        from service.command.console import print_error, print_notices

        print_notices(getattr(error, "notices", []), [])
        print_error(error)
        sys.exit(USAGE if isinstance(error, UsageError) else FAILED)


if __name__ == "__main__":
    main()
