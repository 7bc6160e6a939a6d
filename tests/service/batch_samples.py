"""Articles for batches: as many as a test wants, each with two figures, and what a run wrote of them."""

from __future__ import annotations

from pathlib import Path

from extractor.model import Article

PLACES = ("Aland", "Borland", "Corland", "Dorland")


def articles(count: int) -> list[Article]:
    return [
        Article(
            id=f"a{n:04}",
            text=f"{PLACES[n % 4]} exported {n + 2}.5 million cars in 2023, up {n % 9 + 1}%, its customs office said.",
        )
        for n in range(count)
    ]


def written(folder: Path, count: int) -> Path:
    path = folder / "articles.jsonl"
    path.write_text("".join(f"{article.model_dump_json()}\n" for article in articles(count)), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
