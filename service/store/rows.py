"""Articles and claims as rows: what is looked up by, what is searched, how they are named."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import orjson

from extractor.model import Article, Claim, stable_id
from reconcile.claims.lattice import shipped_lattice
from reconcile.claims.normalise import View, views
from reconcile.comparison.blocking import group_key
from reconcile.wording import explain
from service.report.names import source_name
from service.store.models import ClaimRow

_LONGEST_KEY = 200
_LONGEST_WORDS = 4000
_NO_WORD = re.compile(r"[\W_]+")
"""Parts words in the same places in every database: "4.91" is 4 and 91, "new-energy" new and energy."""


def article_digest(article: Article) -> str:
    """Equal for articles with equal text and equal metadata."""
    return hashlib.sha256(orjson.dumps(article.model_dump(mode="json"))).hexdigest()


def claim_digest(content: Mapping[str, Any]) -> str:
    """Equal for claims that say the same; how sure the extractor was does not count."""
    said = {name: value for name, value in content.items() if name not in ("confidence", "borrowed")}
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


@lru_cache(maxsize=1)
def rules_digest() -> str:
    """Changes with everything that decides which claims meet and what they say of each other."""
    seen = hashlib.sha256()
    for package in ("reconcile", "extractor.taxonomy"):
        for path, content in sorted(_files(files(package), package)):
            seen.update(path.encode() + b"\0" + content + b"\0")
    return seen.hexdigest()


def _files(folder: Traversable, prefix: str) -> Iterable[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, name)
        elif entry.name.endswith((".py", ".toml")):
            yield name, entry.read_bytes()


class Placed:
    """What can be said of a claim's place among the others, from the claim alone."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self._view: View = views([claim])[0]
        self._lattice = shipped_lattice()

    @property
    def group(self) -> str:
        """Key of the group in which it can meet others."""
        return short("|".join(group_key(self._view, self._lattice)))

    @property
    def figure(self) -> str:
        """Id of the figure that it speaks of."""
        return self._view.cell

    @property
    def subject(self) -> str:
        """The figure's scope in words."""
        return plain(explain.subject(self._view, self._lattice.known))

    @property
    def source(self) -> str:
        """Id of whoever gave it; "" for an article's own voice."""
        return short(self._view.source or "")


def claim_row(claim: Claim, text: str, *, state: str, extracted: Claim | None, version: int = 0) -> ClaimRow:
    """The row of a claim; `text` is its article's."""
    row = ClaimRow(id=claim.id, article=claim.article, state=state, version=version)
    row.extracted = extracted.to_json() if extracted is not None else None
    row.number = int(hashlib.sha256(claim.id.encode()).hexdigest()[:15], 16)
    fill(row, claim, text)
    return row


def fill(row: ClaimRow, claim: Claim, text: str) -> None:
    """Sets everything of a row that depends on what the claim says."""
    placed = Placed(claim)
    row.content = claim.to_json()
    row.start, row.end, row.published = claim.start, claim.end, claim.published
    row.group, row.figure, row.subject, row.source = placed.group, placed.figure, placed.subject, placed.source
    for slot in ("indicator", "product", "area"):
        concept = getattr(claim, slot)
        setattr(row, slot, short(concept.id) if concept is not None else "")
    row.source_name = plain(source_name(claim))
    row.words = _NO_WORD.sub(" ", plain(_words(claim, text)))[:_LONGEST_WORDS]


def _words(claim: Claim, text: str) -> str:
    sentence = text[claim.sentence.start : claim.sentence.end] if claim.sentence else claim.quote
    slots = (claim.indicator, claim.product, claim.area, claim.counterpart, claim.source)
    said = [word for slot in slots if slot is not None for word in (slot.text, slot.id.replace("_", " "))]
    return " ".join([claim.quote, *said, source_name(claim), sentence])


def plain(words: str) -> str:
    """Words that every database can hold: without zero characters and lone surrogates."""
    return words.replace("\0", " ").encode("utf-8", errors="replace").decode("utf-8")


def short(words: str) -> str:
    """Words short enough to stand in an index."""
    words = plain(words)
    return words if len(words) <= _LONGEST_KEY else stable_id(words[:60], words)


def now() -> dt.datetime:
    """This moment, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
