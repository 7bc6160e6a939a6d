"""Names that are known before the article is read: areas and organisations of the taxonomy, people with a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor import lexicon
from extractor.mentions import Name, text_of
from extractor.names.words import body_kind, is_area_name, name_words, normalise
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc, Token


def from_lexicon(doc: Doc) -> tuple[list[Name], set[int]]:
    """The areas and organisations of the taxonomy, and the tokens of products and measures ("EV", "CPI")."""
    nodes = taxonomy()
    names, things = [], set()
    for match in lexicon.matches(doc):
        if match.table == "product" or (match.table == "indicator" and doc[match.first].text.isupper()):
            things.add(match.first)
        elif match.table == "area":
            area = nodes.areas[match.id]
            names.append(Name(match.first, match.last, match.id, "area", area.kind, match.role == "adjective"))
        elif match.table == "organisation":
            if match.last - match.first == 1 and _goes_on_with_of(doc, match.last):
                continue  # "Vale of Iron"
            if match.last - match.first == 1 and (_ends_longer_name(doc, match.first) or _is_joined(doc, match.last)):
                continue  # "Estate Intel" is not Intel, nor "Bernstein & Loewe" Bernstein
            kind = nodes.organisations[match.id].kind
            last = _with_country(doc, match.last) if kind == "company" else match.last
            names.append(Name(match.first, _with_legal_form(doc, last), match.id, "organisation", kind))
    names.sort(key=lambda name: (name.first, name.type != "organisation", -name.last))
    return without_overlaps(names), things


def _goes_on_with_of(doc: Doc, last: int) -> bool:
    return (
        last + 1 < len(doc)
        and doc[last].text == "of"
        and doc[last + 1].is_title
        and not doc[last - 1].text.isupper()
        and not is_area_name(doc[last + 1].text)  # "Transsion of Shenzhen"
    )


def _is_joined(doc: Doc, last: int) -> bool:
    """True before "& Loewe": the name goes on, unless another known name follows ("Toyota & Honda")."""
    joined = last + 1 < len(doc) and doc[last].text == "&" and doc[last + 1].is_title
    return joined and not any(
        match.first == last + 1 and match.table == "organisation" for match in lexicon.matches(doc)
    )


def _with_country(doc: Doc, last: int) -> int:
    """Where a firm's name ends with the country of its arm: "Hyundai Motor *India*", "Toyota *South Africa Motors*";
    not "Toyota *Japan's* largest".
    """
    end = next((last + size for size in (2, 1) if is_area_name(doc.span(last, last + size).text)), last)
    if end == last or end >= len(doc) or not doc[last].is_title or doc[last].is_sent_start or doc[end].tag_ == "POS":
        return last
    return end + 1 if doc[end].is_title and doc[end].lower_ in name_words().suffixes else end


def _ends_longer_name(doc: Doc, first: int) -> bool:
    """True for a firm's name that is only the last word of another's: a proper noun stands before it that is neither a
    title nor a trade, a place or a day.
    """
    before = doc[first - 1] if first else doc[first]
    if (
        before.i == first
        or before.tag_ != "NNP"
        or not before.is_title
        or before.is_sent_start
        or before.lower_ in name_words().never
    ):
        return False
    words = name_words()
    other = before.lower_ in words.titles or before.lower_ in words.roles or body_kind(before.text) is not None
    return not other and not is_area_name(before.text) and not is_headline(before)


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    words = "|".join(sorted((title.capitalize() for title in name_words().titles), key=lambda word: (-len(word), word)))
    return re.compile(rf"\b(?:{words})\.? ((?:[A-Z][\w’'-]+ ?\b){{1,3}})")


def titled(doc: Doc, taken: dict[int, Name]) -> Iterator[Name]:
    """People with a title in sentences that were not parsed: a later "he" or surname may mean them."""
    for match in _titles().finditer(text_of(doc)):
        span = doc.char_span(*match.span(1))
        if span is not None and not span[0].tag_ and span.start not in taken:
            yield Name(span.start, span.end, normalise(span.text), "person", "person")


def _with_legal_form(doc: Doc, last: int) -> int:
    """Where a name ends with its legal form ("Northvolt AB"), or with the rest of a ministry's field ("and Sports")."""
    if last + 1 < len(doc) and doc[last].lower_ == "and" and doc[last - 2].lower_ == "of" and doc[last + 1].is_title:
        return last + 2
    return last + 1 if last < len(doc) and is_legal_form(doc[last]) and not doc[last].is_sent_start else last


def is_legal_form(token: Token) -> bool:
    """True for "AB", "Ltd", "plc" behind a firm's name."""
    return token.lower_.rstrip(".") in name_words().legal and not (token.text.islower() and token.lower_ != "plc")


def without_overlaps(names: list[Name]) -> list[Name]:
    """The names of a sorted list, each that begins inside the one before left out."""
    kept: list[Name] = []
    for name in names:
        if not kept or name.first >= kept[-1].last:
            kept.append(name)
    return kept


def is_headline(token: Token) -> bool:
    """True in a line set in title case, where capitals tell nothing."""
    words = [word for word in token.sent if word.is_alpha and len(word.text) > 3]
    return len(words) > 3 and sum(word.text[0].isupper() for word in words) > 0.8 * len(words)
