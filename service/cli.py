"""The command `claimgraph`: its sub-commands, each a function in `command/`, and how an error is told.

Exit status: 0 all well; 1 nothing could be done; 2 wrong usage; 3 done, but something was skipped (it is listed);
4 done, and something came up that `--fail-on` names.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from service.command.ending import FAILED, USAGE
from service.command.forms import export, import_
from service.command.running import batch, extract, reconcile
from service.command.scoring import score
from service.command.stores import backup, restore, review, token


class _Commands(TyperGroup):
    """The sub-commands, without the prefix that pydantic gives to what typer says of an option's value."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


app = typer.Typer(
    name="claimgraph",
    cls=_Commands,
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


# In this order `--help` lists them.
for command in (batch, extract, reconcile, score, review, token, backup, restore, export):
    app.command()(command)
app.command("import")(import_)


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
