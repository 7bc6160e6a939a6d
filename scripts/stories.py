"""The dev stories as the fitting scripts read them, and the packs with a part of what they know hidden."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.taxonomy.model import Taxonomy
    from extractor.tokens import Doc
    from service.scoring.gold import Gold, GoldClaim

HIDDEN = 40  # percent of what the packs know
WAYS = ("", "a", "b")
"""Of hiding it; the first hides nothing."""


class Article(NamedTuple):
    """A dev article, read."""

    story: str
    text: str
    doc: Doc
    claims: Sequence[GoldClaim]


def articles(gold: Gold, corpus: Path) -> list[Article]:
    """The articles of the corpus that gold knows, through the pipeline, in the order of their names."""
    from extractor.pipeline import documents, with_date
    from service.reading.articles import read_articles
    from service.reading.folders import article_files

    read = read_articles(article_files([corpus], on_skip=lambda skip: None), on_skip=lambda skip: None)
    found: list[Article] = []
    for article in sorted(read, key=lambda each: each.id):
        if article.id in gold.articles:
            wanted = gold.articles[article.id]
            doc = documents([with_date(article)])[0]
            found.append(Article(wanted.article.story or article.id, article.text, doc, wanted.claims))
    return found


@contextmanager
def hiding(way: str) -> Iterator[None]:
    """The packs and tables without the nodes and deeds that this way hides."""
    from extractor.scope import words
    from extractor.taxonomy import loader

    def kept(name: str) -> bool:
        return not way or zlib.crc32((way + name).encode()) % 100 >= HIDDEN

    def load(packs: Mapping[str, str]) -> Taxonomy:
        return _part(plain_load(packs), kept)

    def deeds() -> dict[tuple[str, str], str]:
        return {words_: event for words_, event in plain_deeds().items() if kept("d" + event)}

    def idioms() -> dict[tuple[str, str], str]:
        return {words_: event for words_, event in plain_idioms().items() if kept("d" + event)}

    plain_load, plain_deeds, plain_idioms = loader.load_taxonomy, words.deeds, words.idioms
    told = {plain_deeds: lru_cache(maxsize=1)(deeds), plain_idioms: lru_cache(maxsize=1)(idioms)}
    loader.load_taxonomy = load
    _exchange(told)
    try:
        yield
    finally:
        loader.load_taxonomy = plain_load
        _exchange({new: old for old, new in told.items()})


def _exchange(told: Mapping[Any, Any]) -> None:
    """Puts functions in the place of others wherever they were imported, and forgets what was read from the packs."""
    modules = [
        m for name, m in sorted(sys.modules.items()) if name.startswith(("extractor.scope", "extractor.taxonomy"))
    ]
    for module in (*modules, sys.modules["extractor.lexicon"]):
        for name, value in list(vars(module).items()):
            if callable(value) and getattr(value, "cache_clear", None) is not None:
                value.cache_clear()
                if value in told:
                    setattr(module, name, told[value])


def _part(whole: Taxonomy, kept: Callable[[str], bool]) -> Taxonomy:
    """A taxonomy without some of its indicators and products; people stay."""
    from extractor.taxonomy.model import Taxonomy

    measures = {name: node for name, node in whole.indicators.items() if kept(name)}
    products = {name: node for name, node in whole.products.items() if kept("p" + name) or name == "person"}
    one = ("mirror", "monetary", "added", "removed")
    return Taxonomy(
        indicators={
            name: node.model_copy(
                update={
                    "kin": tuple(other for other in node.kin if other in measures),
                    **{link: other if (other := getattr(node, link)) in measures else None for link in one},
                }
            )
            for name, node in measures.items()
        },
        products={
            name: node.model_copy(
                update={
                    link: tuple(o for o in getattr(node, link) if o in products) for link in ("broader", "may_mean")
                }
            )
            for name, node in products.items()
        },
        areas=whole.areas,
        organisations=whole.organisations,
    )


def is_in_table(text: str, position: int) -> bool:
    """True for a figure that another component reads."""
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : end if end >= 0 else len(text)].count("|") > 1
