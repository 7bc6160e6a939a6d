"""The service put together: the API, the pages, the errors, and the guard around all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.types import ASGIApp

from service.review import api_articles, api_findings, api_more, pages_articles, pages_findings, pages_more, problems
from service.review.guard import Guard
from service.review.jobs import Worker
from service.review.security import failures
from service.review.settings import Settings
from service.store.batches import catch_up
from service.store.database import Database
from service.store.groups import refresh_all

_PREFIX = "/api/v1"


def create_app(database: Database, settings: Settings | None = None) -> FastAPI:
    """The service without its guard: routes over one store."""
    app = FastAPI(
        title="claimgraph",
        version=version("claimgraph"),
        description="Articles, their quantity claims, the findings between them and what people ruled.",
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{_PREFIX}/openapi.json",
        lifespan=_lifespan,
    )
    app.state.database, app.state.settings = database, settings or Settings()
    app.state.worker, app.state.failures = Worker(database), failures()
    problems.install(app)
    for api in (api_findings, api_articles, api_more):
        app.include_router(api.router, prefix=_PREFIX)
    for pages in (pages_findings, pages_articles, pages_more):
        app.include_router(pages.router, include_in_schema=False)
    return app


def guarded(app: FastAPI) -> ASGIApp:
    """The service as it meets the world."""
    return Guard(app, app.state.settings)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    with app.state.database.write() as session:
        refresh_all(session)
    catch_up(app.state.database)
    app.state.worker.start()
    yield
    app.state.worker.stop()
