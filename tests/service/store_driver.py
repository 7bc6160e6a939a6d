"""A batch whose claims are ready: run as a process of its own, so that a test can kill it while it writes."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Iterator

from store_samples import GUILD, reading

from extractor.model import Article
from service.running.engine import Outcome
from service.store import Database, batches
from service.store.articles import Reading

ARTICLES = 90


def readings(count: int = ARTICLES) -> dict[str, Reading]:
    """Articles in several groups, with conflicts inside each."""
    made: dict[str, Reading] = {}
    for number in range(count):
        group = {"product": {"id": f"thing{number % 7}", "text": "things"}, "confidence": 0.9}
        value = 1e6 + 1e5 * (number % 5)
        quote = f"{value / 1e6:.1f} million"
        given = reading(f"a{number:03}", quote, value, **group, **(GUILD if number % 2 else {}))
        made[given.article.id] = given
    return made


def outcomes(articles: Iterable[Article], *, workers: int = 1) -> Iterator[Outcome]:
    """What extraction would give, at the pace of a quick reader."""
    ready = readings()
    for article in articles:
        time.sleep(random.uniform(0, 0.004))
        yield Outcome(article, ready[article.id].claims)


def main(url: str) -> None:
    """Adds all articles."""
    batches.extract_articles = outcomes  # type: ignore[assignment, attr-defined]
    database = Database(url)
    run = batches.run_number(database, ["the same command"])
    news = batches.add_articles(database, (one.article for one in readings().values()), run=run)
    sys.stdout.write(f"{len(news.conflicts)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
