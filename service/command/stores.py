"""`claimgraph review`, `token`, `backup` and `restore`: what a store of claims is kept and judged with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.command.options import STORE, Db, Role


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


def backup(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="File to write; must not exist.", dir_okay=False)],
    db: Db = STORE,
) -> None:
    """Copies a store into one file, while others work with it."""
    from service.store.commands import make_backup

    typer.echo(str(make_backup(db, to)))


def restore(
    copy: Annotated[Path, typer.Argument(metavar="FILE", help="File that `backup` wrote.", dir_okay=False)],
    db: Annotated[str, typer.Option("--db", metavar="URL", help="An empty store to bring it back into.")],
) -> None:
    """Brings a backup back into an empty store."""
    from service.store.commands import restore_backup

    typer.echo(f"{restore_backup(copy, db)} rows restored")
