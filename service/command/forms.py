"""`claimgraph export` and `import`: runs, stores and gold in other forms, and annotations back from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.command.ending import usage
from service.command.options import STORE, AnnotationFormat, ExportFormat

_To = Annotated[
    Path, typer.Option("--to", metavar="FILE", help="File to write; a folder for plots, gold, a whole store.")
]
_Run = Annotated[
    Path | None, typer.Argument(metavar="RUN", help="Folder that `batch` wrote; or name a store with --db.")
]
_Form = Annotated[
    ExportFormat | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="Claims: csv (the default; the file's ending tells, too), node-link, graphml, prov (W3C), sdmx-csv, "
        "claimreview; for annotators labelstudio, prodigy, docbin. "
        "Conflicts: md, csv with --conflicts, svg and png (a plot each, into a folder).",
    ),
]
_Conflicts = Annotated[
    bool, typer.Option("--conflicts", help="The list of conflicts instead of the claims: csv or md.")
]
_From = Annotated[
    str | None,
    typer.Option("--db", metavar="URL", help="A store; without --format: the files of a run over all of it."),
]
_Gold = Annotated[bool, typer.Option("--gold", help="From a store: what people corrected, as gold.")]
_Annotations = Annotated[
    Path | None,
    typer.Option(metavar="GOLD", help="For an annotation tool: this gold folder, of the run's articles."),
]


def export(
    to: _To,
    run: _Run = None,
    form: _Form = None,
    conflicts: _Conflicts = False,
    db: _From = None,
    gold: _Gold = False,
    annotations: _Annotations = None,
) -> None:
    """Writes a run or a store in another form.

    Its claims, its graph, its conflicts, a plot of each.
    """
    form = form or _by_ending(to)
    if run is not None and (gold or db is not None):
        usage("name a folder of a run, or a store (--db), not both; gold comes from a store")
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
        usage("--conflicts goes with --format csv, md, svg or png")
    name = form or ExportFormat.CSV
    return CONFLICTS_CSV if conflicts and name is ExportFormat.CSV else name.value


def _export_form(run: Path | None, db: str, to: Path, form: str, annotations: Path | None) -> None:
    from service.writing.export import Held, Run, why_empty, write_form

    if annotations is not None and form not in set(AnnotationFormat):
        usage("--annotations is for --format labelstudio, prodigy and docbin")
    if form not in set(AnnotationFormat):
        source = Held(db) if run is None else Run(run)
        written = write_form(source, to=to, form=form)
        if (reason := why_empty(source, form)) is not None:
            typer.echo(reason, err=True)
    elif run is None:
        usage("the forms of annotation tools are written from a run: export the store first, then its folder")
    else:
        from service.interchange.files import export_annotations

        written = export_annotations(run, to, form, gold=annotations)
    for path in written:
        typer.echo(str(path))


def _export_store(db: str, to: Path, *, gold: bool) -> None:
    from service.store.commands import export_gold, export_on_file

    if gold:
        typer.echo(f"{export_gold(db, to)} gold files in {to}")
        return
    for path in export_on_file(db, to):
        typer.echo(str(path))


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
