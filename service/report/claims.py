"""A claim as the report shows it: every slot in words, and what tells it from others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from extractor.model import Article, Claim, Concept, Period
from extractor.plurals import plural
from extractor.wording import day_words, period_words
from service.report.forest import clipped, interval_words, unit_of
from service.report.names import (
    area_name,
    claim_product,
    figure,
    indicator_name,
    preposition,
    source_name,
)
from service.report.safety import anchor
from service.report.words import spaced, words

SCOPE_SLOTS = ("kind", "unit", "indicator", "product", "area", "counterpart", "period", "base_period", "status")
"""Slots in which claims of one finding can differ, and which a table marks."""
_NOTHING = "—"
_OPENING = 2000
"""Characters of an article in which its title is looked for."""
_LONGEST_TITLE = 120
_TITLE_BLANKS = 3
"""A line of four words or more can be a title; a shorter one is a dateline or a byline."""


class Cell(NamedTuple):
    """One slot of one claim: its words, a note (the article's own words, say), and what it is compared by."""

    text: str
    note: str
    key: object


class ClaimView(NamedTuple):
    """A claim in words, with the anchors of its places in the page."""

    claim: Claim
    mark: str
    """Anchor of its figure in the article's text."""
    row: str
    """Anchor of its line in the article's list of claims."""
    figure: str
    interval: str
    status: str
    label: str
    """Who says so, for the label of a row."""
    voice: str
    """Who says so, where the article is named beside it."""
    publisher: str
    """Where it was published: the publisher, else the article's title or id."""
    article: str
    """Anchor of the article; "" where its text was not given."""
    where: str
    """Publisher and date."""
    scope: str
    """Every slot but the figure, in one line."""
    tooltip: str


class SlotRow(NamedTuple):
    """One slot of several claims side by side."""

    slot: str
    label: str
    cells: tuple[Cell, ...]
    differs: bool
    explains: bool
    """Named by the reconciler as what may explain the gap."""


def article_title(article: Article) -> str:
    """What the article is called: its title, else its first line that is no caption or note, else its id."""
    if article.title:
        return article.title
    from extractor.furniture import furniture_spans  # imports spaCy, which a run without texts need not load

    opening = article.text[:_OPENING]
    furniture = furniture_spans(opening)
    for line in re.finditer(r"\S[^\n\r]*", opening):
        if not any(start <= line.start() < end for start, end in furniture) and line[0].count(" ") >= _TITLE_BLANKS:
            return clipped(line[0].strip().lstrip("# "), _LONGEST_TITLE)
    return article.id


def _article_label(article: Article, title: str) -> str:
    """A short name for where a figure was published."""
    return article.publisher or clipped(title, 60)


def view_claim(claim: Claim, article: Article | None, title: str) -> ClaimView:
    """The claim in words; `article` is None where the claims came without their texts."""
    publisher = _article_label(article, title) if article else claim.article
    scope = _scope(claim, publisher)
    return ClaimView(
        claim=claim,
        mark=anchor("mark", claim.id),
        row=anchor("claim", claim.id),
        figure=figure(claim),
        interval=interval_words(claim),
        status=words().status.get(claim.status, claim.status),
        label=source_name(claim) or publisher,
        voice=source_name(claim) or "in the article’s own voice",
        publisher=publisher,
        article=anchor("article", claim.article) if article else "",
        where=", ".join(part for part in (publisher, day_words(claim.published)) if part),
        scope=scope,
        tooltip=f"{figure(claim)} · {scope}",
    )


def _scope(claim: Claim, publisher: str) -> str:
    parts = [
        claim.kind if claim.kind != "level" else "",
        indicator_name(claim.indicator),
        claim_product(claim),
        area_name(claim.area),
        f"{preposition([claim])} {area_name(claim.counterpart)}" if claim.counterpart else "",
        period_words(claim.period),
        source_name(claim) or f"{clipped(publisher, 60)}, in its own voice",
        words().status.get(claim.status, claim.status),
    ]
    return " · ".join(part for part in parts if part)


# Slots ---------------------------------------------------------------------------------------------------------------


def _concept(concept: Concept | None, name: str) -> Cell:
    if concept is None:
        return Cell(_NOTHING, "", None)
    return Cell(name, _own_words(concept.text, name), concept.id)


def _own_words(text: str, name: str) -> str:
    """The article's words in quotation marks, where they are not the name itself."""
    return f"“{text}”" if text and name.casefold() not in (text.casefold(), plural(text).casefold()) else ""


def _period(period: Period | None) -> Cell:
    if period is None:
        return Cell(_NOTHING, "", None)
    name = period_words(period)
    return Cell(name or _NOTHING, _own_words(period.text, name), (period.start, period.end))


def _source(view: ClaimView) -> Cell:
    source = view.claim.source
    if source is None:
        return Cell("the article’s own voice", "", None)
    name = source_name(view.claim)
    notes = [_own_words(source.text, name), source.kind if source.kind != "other" else ""]
    if source.via:
        notes.append("via " + ", ".join(relay.text or spaced(relay.id) for relay in source.via))
    return Cell(name, "; ".join(note for note in notes if note), source.id)


def _product(view: ClaimView) -> Cell:
    product = view.claim.product
    cell = _concept(product, claim_product(view.claim))
    if product is None or not product.includes:
        return cell
    included = f"including {', '.join(plural(spaced(each)) for each in product.includes)}"
    return Cell(cell.text, "; ".join(note for note in (cell.note, included) if note), (product.id, product.includes))


def _figure(view: ClaimView) -> Cell:
    return Cell(view.figure, _own_words(view.claim.quote, view.figure), view.claim.value)


_CELLS: Mapping[str, Callable[[ClaimView], Cell]] = {
    "source": _source,
    "figure": _figure,
    "range": lambda view: Cell(view.interval or _NOTHING, "", view.interval),
    "kind": lambda view: Cell(view.claim.kind, "", view.claim.kind),
    "unit": lambda view: Cell(spaced(view.claim.unit), "", unit_of(view.claim)),
    "indicator": lambda view: _concept(view.claim.indicator, indicator_name(view.claim.indicator)),
    "product": _product,
    "area": lambda view: _concept(view.claim.area, area_name(view.claim.area)),
    "counterpart": lambda view: _concept(view.claim.counterpart, area_name(view.claim.counterpart)),
    "period": lambda view: _period(view.claim.period),
    "base_period": lambda view: _period(view.claim.base_period),
    "status": lambda view: Cell(view.status, "", view.claim.status),
    "published": lambda view: Cell(day_words(view.claim.published) or _NOTHING, "", view.claim.published),
    "article": lambda view: Cell(view.publisher, "", view.claim.article),
}


def cell(view: ClaimView, slot: str) -> Cell:
    """One slot of one claim in words."""
    return _CELLS[slot](view)


def slot_rows(views: Sequence[ClaimView], explained_by: Sequence[str] = ()) -> list[SlotRow]:
    """All slots of some claims side by side; those that nobody fills are left out."""
    rows: list[SlotRow] = []
    for slot in _CELLS:
        cells = tuple(cell(view, slot) for view in views)
        if all(one.key is None for one in cells) and slot != "source":
            continue
        differs = slot in SCOPE_SLOTS and len({one.key for one in cells}) > 1
        if slot in ("kind", "unit") and not differs:
            continue
        explains = slot in explained_by or (slot == "source" and "source_definition" in explained_by)
        rows.append(SlotRow(slot, words().slot_label(slot), cells, differs, explains))
    return rows


def varying(views: Sequence[ClaimView]) -> tuple[str, ...]:
    """The scope slots in which some claims differ."""
    return tuple(slot for slot in SCOPE_SLOTS if len({cell(view, slot).key for view in views}) > 1)


def scope_line(view: ClaimView, slots: Sequence[str]) -> str:
    """What tells a claim from its companions, with its period: "passenger cars · 2023 · forecast · own voice"."""
    named = [slot for slot in slots if slot not in ("kind", "unit", "period", "status")]
    parts = [cell(view, slot).text for slot in (*named, "period")]
    if view.claim.status != "actual":
        parts.append(view.status)
    if view.claim.source is None:
        parts.append("own voice")
    return " · ".join(part for part in parts if part != _NOTHING)
