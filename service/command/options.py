"""The command's arguments and options that several sub-commands share, and the names that an option may take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Articles: .txt, .md, .html, .jsonl or .parquet (one article a row), or folders of them.",
        show_default=False,
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write into.", file_okay=False)]
Workers = Annotated[int, typer.Option("--workers", metavar="N", min=1, help="Processes that work side by side.")]
Budget = Annotated[
    float,
    typer.Option(
        "--budget", metavar="SECONDS", min=0.01, help="CPU seconds an article may take; a longer one is set aside."
    ),
]

Db = Annotated[
    str,
    typer.Option("--db", metavar="URL", help="The store: sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."),
]
STORE = "sqlite:///out/claimgraph.db"
"""The store where none is named."""


class Engine(StrEnum):
    """Where extraction runs."""

    LOCAL = "local"
    RAY = "ray"


class BenchmarkFormat(StrEnum):
    """Public benchmarks that `score` reads."""

    NEWSQUANT = "newsquant"
    POLNEAR = "polnear"
    PERIODS = "periods"


class AnnotationFormat(StrEnum):
    """Forms of annotation tools, to and from which gold and claims go."""

    LABELSTUDIO = "labelstudio"
    PRODIGY = "prodigy"
    DOCBIN = "docbin"


class Split(StrEnum):
    """Halves of the gold: `dev` to tune with, `test` for figures only."""

    DEV = "dev"
    TEST = "test"


class Role(StrEnum):
    """What a token allows."""

    READ = "read"
    REVIEW = "review"
    ADMIN = "admin"


class ExportFormat(StrEnum):
    """What `export` writes."""

    CSV = "csv"
    MD = "md"
    SVG = "svg"
    PNG = "png"
    NODE_LINK = "node-link"
    GRAPHML = "graphml"
    PROV = "prov"
    SDMX_CSV = "sdmx-csv"
    CLAIMREVIEW = "claimreview"
    LABELSTUDIO = "labelstudio"
    PRODIGY = "prodigy"
    DOCBIN = "docbin"
