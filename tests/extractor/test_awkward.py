"""The awkward sentences of `awkward.txt`: each line of it is a test."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extractor import Article, Claim, extract_many

WRITTEN = "2024-05-15"
SLOTS = {"i": "indicator", "p": "product", "a": "area", "c": "counterpart", "s": "source"}
PERIODS = {"t": "period", "b": "base_period"}
PLAIN = {"kind": "kind", "u": "unit", "m": "modifier", "st": "status"}


class Row(NamedTuple):
    """A line of the table: a claim that must be read, or (no expectations) a number that must be none."""

    construction: str
    sentence: str
    quote: str
    expected: dict[str, str] | None
    known_gap: bool = False
    """Marked `~` in the table: still read wrong."""


def _rows() -> Iterator[Row]:
    construction = sentence = ""
    for line in (Path(__file__).parent / "awkward.txt").read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        known_gap = mark.startswith("~")
        mark = mark.removeprefix("~")
        if mark == "@":
            construction = rest
        elif mark == ">":
            sentence = rest.replace("\\n", "\n")
        elif mark == "!":
            yield Row(construction, sentence, rest, None, known_gap)
        elif mark == "=":
            quote, _, facts = rest.partition(": ")
            yield Row(construction, sentence, quote, dict(_facts(facts)), known_gap)


def _facts(text: str) -> Iterator[tuple[str, str]]:
    name = value = ""
    for word in text.split():
        head, equals, tail = word.partition("=")
        if equals and head in {*SLOTS, *PERIODS, *PLAIN, "v", "inc"}:
            if name:
                yield name, value
            name, value = head, tail
        else:
            value = f"{value} {word}"
    if name:
        yield name, value


ROWS = list(_rows())


def _cases() -> Iterator[object]:
    for row in ROWS:
        marks = (pytest.mark.xfail(reason="marked ~ in awkward.txt", strict=True),) if row.known_gap else ()
        yield pytest.param(row, marks=marks, id=f"{row.construction}: {row.quote}")


@lru_cache(maxsize=1)
def _claims() -> dict[str, list[Claim]]:
    sentences = sorted({row.sentence for row in ROWS})
    articles = [Article(id=str(n), text=text, published=WRITTEN) for n, text in enumerate(sentences)]
    found: dict[str, list[Claim]] = {sentence: [] for sentence in sentences}
    for claim in extract_many(articles):
        found[sentences[int(claim.article)]].append(claim)
    return found


@pytest.mark.parametrize("row", _cases())
def test_awkward_sentence(row: Row) -> None:
    start = row.sentence.index(row.quote)
    overlapping = [c for c in _claims()[row.sentence] if c.start < start + len(row.quote) and start < c.end]
    if row.expected is None:
        assert not overlapping
        return
    assert overlapping, f"no claim for {row.quote!r}; found {[c.quote for c in _claims()[row.sentence]]}"
    claim = overlapping[0]
    wrong = {name: _got(claim, name) for name, value in row.expected.items() if not _fits(claim, name, value)}
    assert not wrong, f"expected { {name: row.expected[name] for name in wrong} }"


def _fits(claim: Claim, name: str, value: str) -> bool:
    got, accepted = _got(claim, name), value.split("/")
    if name == "v":
        return any(got == float(answer) for answer in accepted)
    if name == "inc":
        return claim.product is not None and set(map(_lemma, accepted)) == set(map(_lemma, claim.product.includes))
    if got is None:
        return "-" in accepted
    if name in SLOTS:
        return any(_lemma(answer) in {_lemma(part) for part in got} for answer in accepted if answer != "-")
    return got in accepted


def _got(claim: Claim, name: str) -> Any:
    if name == "v":
        return claim.value
    if name == "inc":
        return claim.product and claim.product.includes
    if name in PLAIN:
        return getattr(claim, PLAIN[name])
    if name in PERIODS:
        period = getattr(claim, PERIODS[name])
        return None if period is None else f"{period.start}..{period.end}"
    slot = getattr(claim, SLOTS[name])
    return None if slot is None else (slot.id, slot.text)


def _lemma(words: str) -> str:
    plain = words.lower().replace("_", " ").replace("-", " ")
    return plain.removesuffix("es") if plain.endswith(("ches", "shes", "xes", "sses")) else plain.rstrip("s")
