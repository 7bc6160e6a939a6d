"""Whatever a file holds, reading it ends with articles that can go on, or with a reason; never with an exception.

A few thousand files always, a hundred thousand with --slow.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.reading.articles import read_articles
from service.reading.formats import LONGEST_ID
from service.reading.skips import Skip

COPIES = 10
ENGLISH = "Exports of cars rose by 5% to 2.1 million in 2023, the customs office said on Friday in a short statement."
WORDS = st.sampled_from((
    ENGLISH, "5%", "4.91 million", "\n\n", "\r\n", "\t", "\x00", "\ufeff", "\u202e", "\u200b", "\U0001f697", "é", "„x“",
    "---\n", "title: x\n", "date: 2024-01-05\n", "published: 31/31/2024\n", "# ", "| a | b |\n", "- ", "a" * 4000,
    "9" * 400,
))  # fmt: skip
PIECES = st.sampled_from((
    "<html", ">", "<p>", "</p>", "<div>", "</div>", "<article>", "<table><tr><td>", "</table>", "<!--", "-->",
    "<script>", "</script>", "<style>", "<title>", "</title>", "<body>", "&amp;", "&#0;", "&#x110000;", "&nbsp",
    '<meta property="article:published_time" content="2024-13-45">', '<meta charset="utf-7">', "<br/>", "<svg>",
    '<html lang="de">', '<script type="application/ld+json">', '{"@type":"NewsArticle","datePublished":"2024-01-05"}',
    '{"datePublished":', "[" * 60, "<h1>", "</h1>", "<a href='javascript:x'>", "\x00", "\ud800", "<![CDATA[",
    "<time datetime='9'>", "<p " + "x=1 " * 50,
))  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=30), max_size=12).map("".join)
PAGES = st.lists(PIECES | WORDS | st.text(max_size=20), max_size=16).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("id", "text", "title", "publisher", "author", "url", "language", "published", "published_inferred", "more")
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6)
ARTICLES = st.builds(lambda fields, text: {**fields, "text": ENGLISH + text}, OBJECTS, TEXTS)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32-le", "cp1252", "koi8-r", "shift_jis")


def line_of(content: object) -> bytes:
    try:
        return orjson.dumps(content)
    except TypeError:  # an integer beyond 64 bits, a lone surrogate
        return repr(content).encode("utf-8", "surrogatepass")


def encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


ANY_BYTES = st.binary(max_size=200)
CONTENTS = {
    "txt": st.builds(encoded, TEXTS, st.sampled_from(ENCODINGS)) | ANY_BYTES,
    "md": st.builds(encoded, TEXTS, st.sampled_from(ENCODINGS)) | ANY_BYTES,
    "html": st.builds(encoded, PAGES, st.sampled_from(ENCODINGS)) | ANY_BYTES,
    "jsonl": st.lists((ARTICLES | OBJECTS | VALUES).map(line_of) | ANY_BYTES, max_size=4).map(b"\n".join),
}


def damaged(content: bytes, seed: int) -> Iterator[bytes]:
    """The content, and copies of it with stretches left out, doubled, moved or overwritten."""
    dice = random.Random(seed)
    yield content
    for _ in range(COPIES - 1):
        piece = bytearray(content)
        for _ in range(dice.randint(1, 4)):
            first, last = sorted(dice.randrange(len(piece) + 1) for _ in range(2))
            cut = piece[first:last]
            deed = dice.randrange(4)
            if deed != 1:
                del piece[first:last]
            place = dice.randrange(len(piece) + 1)
            piece[place:place] = (b"", cut, cut, dice.randbytes(len(cut) % 9))[deed]
        yield bytes(piece)


def fuzz(form: str, examples: int) -> Counter[str]:
    """Reads so many files of a form, each in some damaged copies as well, and says what became of them."""
    fates: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{form}"

        @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(content=CONTENTS[form], seed=st.integers(0, 2**32))
        def ask(content: bytes, seed: int) -> None:
            for piece in damaged(content, seed):
                path.write_bytes(piece)
                fates["files"] += 1
                fates["read"] += is_read(path)

        ask()
    return fates


def is_read(path: Path) -> bool:
    """Reads a file, and sees to it that what comes of it can go on."""
    skips: list[Skip] = []
    articles = list(read_articles([path], on_skip=skips.append))
    assert articles or skips
    for article in articles:
        assert article.text.strip()
        article.text.encode("utf-8")
        assert 0 < len(article.id) <= LONGEST_ID
    assert len({article.id for article in articles}) == len(articles)
    assert all(skip.reason and str(skip).encode("utf-8") for skip in skips)
    return bool(articles)


@pytest.mark.parametrize("form", CONTENTS)
def test_any_file_ends_as_articles_or_reasons(form: str) -> None:
    fates = fuzz(form, 80)
    assert 0 < fates["read"] < fates["files"]


@pytest.mark.slow
@pytest.mark.parametrize("form", CONTENTS)
def test_a_hundred_thousand_files_end_as_articles_or_reasons(form: str) -> None:
    assert fuzz(form, 25_000 // COPIES)["files"] >= 25_000
