"""Starts the review service."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from service.command.console import stderr
from service.review.settings import Settings, is_loopback
from service.store.database import Database
from service.store.models import ArticleRow


def serve(
    url: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8321,
    names: Sequence[str] = (),
    rate: float = 50,
    secure: bool = False,
) -> None:
    """Serves a store until it is interrupted. Raises StoreError where there is none."""
    import uvicorn

    from service.review.app import create_app, guarded

    settings = Settings(host=host, port=port, names=tuple(names), rate=rate, secure=secure)
    database = Database(url, create=False)
    try:
        app = guarded(create_app(database, settings))
        shown = "localhost" if is_loopback(host) else host
        console = stderr()
        console.print(f"Reviewing {database.name}: http://{shown}:{port}/  (end with Ctrl-C)")
        with database.read() as session:
            empty = session.scalar(select(ArticleRow.id).limit(1)) is None
        if empty:
            console.print(f"The store is empty; fill it: claimgraph batch ARTICLES --db {database.url}")
        if settings.asks_for_tokens:
            console.print(f"Tokens are asked for; make one with: claimgraph token NAME --db {database.url}")
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=10,
            h11_max_incomplete_event_size=64 * 1024,
        )
    finally:
        database.close()
