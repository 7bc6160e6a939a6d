"""Web pages → text and metadata: the article of a saved page, headline first, without navigation and comments."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

_MOST_WRAPPED = 60
_MOST_NESTED = 200
_WRAPPERS = frozenset({"div", "span", "section", "font", "b", "i", "em", "strong", "center", "small", "big"})
"""Elements that say nothing of what they hold: the first to be left out."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)([^<>]*)>")
# Elements without an end tag, or whose end tag pages may leave out: they would make a count of open elements grow.
_UNCOUNTED = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "td", "tr", "th", "dt", "dd", "option", "thead", "tbody", "tfoot",
})  # fmt: skip
_DOCUMENT = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_JSON_LD = re.compile(r"<script[^<>]*application/ld\+json[^<>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(r"<head\b[^<>]*>.*?(?:</head|<body\b)", re.IGNORECASE | re.DOTALL)
_TIME = re.compile(r"<time\b[^<>]*\bdatetime\s*=\s*[\"']?(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^<>]*\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LATEST = "2100-01-01"
"""No page is newer; without a fixed day, htmldate asks the clock."""


class Page(NamedTuple):
    """What a page holds; `text` is empty where no article was found."""

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: dt.date | None = None


def read_page(html: str) -> Page:
    """The article of an HTML page: headline, paragraphs, lists, tables and captions in the order of the page."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs what `Page.text == ""` says already
    html = _SURROGATE.sub("\ufffd", without_deep_nesting(html))
    if _DOCUMENT.search(html) is None:  # a bare fragment, which trafilatura would not take for a page
        html = f"<html><body>{html}</body></html>"
    found: Any = bare_extraction(
        html,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LATEST},
    )
    if found is None or not (found.text or "").strip():
        return Page("")
    title = _clean(found.title)
    declared = _LANGUAGE.search(html)
    return Page(
        text=_headline_first(title, _SURROGATE.sub("\ufffd", found.text)),
        title=title,
        publisher=_clean(found.sitename),
        author=_clean(found.author),
        url=_clean(found.url),
        language=declared.group(1).lower() if declared else None,
        published=published_on(html),
    )


def published_on(html: str) -> dt.date | None:
    """The day that the page's metadata declare; None where only its words could tell."""
    for block in _JSON_LD.findall(html):
        for value in _published_in(block):
            if (day := _day(value)) is not None:
                return day
    head = _HEAD.search(html)
    if head is not None and (day := _day_of_head(head.group())) is not None:
        return day
    times = set(_TIME.findall(html))
    return _day(times.pop()) if len(times) == 1 else None


def without_deep_nesting(html: str) -> str:
    """The page without the tags (never the words) of elements nested too deeply for a tree builder."""
    open_elements: list[bool] = []  # for each, whether its tags are kept
    depth = 0
    kept: list[str] = []
    position = 0
    for tag in _TAG.finditer(html):
        closing, name, rest = tag.groups()
        name = name.lower()
        if name in _UNCOUNTED or rest.endswith("/"):
            continue
        if closing:
            keep = open_elements.pop() if open_elements else True
            depth -= keep and depth > 0
        else:
            keep = depth < (_MOST_WRAPPED if name in _WRAPPERS else _MOST_NESTED)
            open_elements.append(keep)
            depth += keep
        if not keep:
            kept.append(html[position : tag.start()])
            position = tag.end()
    return "".join((*kept, html[position:])) if kept else html


def _published_in(block: str) -> Iterator[str]:
    """Each `datePublished` of a JSON-LD block, outermost first."""
    try:
        waiting: list[Any] = [orjson.loads(block)]
    except orjson.JSONDecodeError:
        return
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, dict):
            if isinstance(node.get("datePublished"), str):
                yield node["datePublished"]
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(node)


def _day_of_head(head: str) -> dt.date | None:
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page = f"<html>{head.rsplit('<', 1)[0]}</head><body><p></p></body></html>"
    found = find_date(page, extensive_search=False, original_date=True, deferred_url_extractor=True, max_date=_LATEST)
    return _day(found or "")


def _day(value: str) -> dt.date | None:
    found = _ISO_DAY.match(value.strip())
    if found is None:
        return None
    try:
        return dt.date.fromisoformat(found.group())
    except ValueError:
        return None


def _clean(value: str | None) -> str | None:
    return " ".join(_SURROGATE.sub("\ufffd", value).split()) or None if value else None


def _headline_first(title: str | None, text: str) -> str:
    """The text with its headline in front, unless it stands there already."""
    text = text.strip()
    opening = " ".join(text[: 2 * len(title or "") + 400].split())
    if title is None or _plain(title) in _plain(opening):
        return text
    return f"{title}\n\n{text}"


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))
