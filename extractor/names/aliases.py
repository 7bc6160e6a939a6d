"""One entity, many forms: short forms of names that an article introduces or leaves to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.mentions import Name, text_of
from extractor.names.words import body_kind, identity, name_words
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc

_ACRONYM = re.compile(r"\(\s?[“\"]?((?:the )?[A-Z][A-Za-z&.-]{1,9})[”\"]?\s?\)")
_FEWEST_INITIALS = 3
_SURE = 5  # letters of a short form that no two bodies share


def aliases_of(doc: Doc, names: list[Name]) -> dict[str, Name]:
    """Short forms that the article introduces in brackets after the full name: "… Association (CPCA)"."""
    found: dict[str, Name] = {}
    ends = {doc[name.last - 1].idx + len(doc[name.last - 1].text): name for name in names}
    for match in _ACRONYM.finditer(text_of(doc)):
        short = match.group(1).removeprefix("the ")
        end = len(text_of(doc)[: match.start()].rstrip())
        name = ends.get(end)
        if name is None or name.type == "area":
            continue
        full = doc.span(name.first, name.last).text
        body = name.type == "organisation" and short.isupper() and short[0] == full[0]
        if body or _abbreviates(short, full):  # "Frankfurt Airport (FRA)", "Maruti Suzuki (MSIL)"
            found.setdefault(short, name)
    for name in names:  # "Kempegowda International Airport … KIA": the initials of a name, bracketed or not
        words = [word for word in name.id.split() if word not in name_words().small]
        if name.type in ("organisation", "name") and _FEWEST_INITIALS <= len(words) == name.last - name.first:
            found.setdefault("".join(word[0] for word in words).upper(), name)
    return found


def _abbreviates(short: str, full: str) -> bool:
    """True where the capitals of the short form come in order among the initials of the full one."""
    initials = iter(word[0].upper() for word in re.findall(r"[^\W\d_]+", full))
    capitals = [letter for letter in short if letter.isupper()]
    if len(capitals) == 1 and len(short) > 3:  # "Cocobod" for the Ghana Cocoa Board
        letters = iter(full[max(full.find(short[0]), 0) :].lower())
        return short[0] in full and all(letter in letters for letter in short.lower())
    return len(capitals) >= 2 and all(letter in initials for letter in capitals)


def link(doc: Doc, names: list[Name], aliases: dict[str, Name]) -> list[Name]:
    """The names again, short forms with the id, type and kind of the full form that the article gives, or both with
    those of a short form by which the packs know the body: "National Association of … of SA (*Naamsa*)".
    """
    full: dict[str, Name] = {}
    for name in names:
        if name.type in ("person", "organisation", "name") and name.last - name.first > 1:
            for key in _short_forms(doc, name):
                full.setdefault(key, name)
    for name in names:  # family names that stand first come second: "Cui" for "Cui Dongshu"
        if name.type == "person" and name.last - name.first == 2:
            full.setdefault(doc[name.first].text, name)
    linked = []
    for name in names:
        text = doc.span(name.first, name.last).text
        target = aliases.get(text) if name.type != "area" else None
        target = target or (full.get(text) if name.last - name.first == 1 and name.type != "area" else None)
        if target is not None and target != name and (name.id == identity(text) or text in aliases):
            name = name._replace(id=target.id, type=target.type, kind=target.kind)
        linked.append(name)
    known = _known_by_short_form(doc, names, aliases)
    same = (known.get(name.id, name) for name in linked)
    return [name._replace(id=body.id, type=body.type, kind=body.kind) for name, body in zip(linked, same, strict=True)]


def _known_by_short_form(doc: Doc, names: list[Name], aliases: dict[str, Name]) -> dict[str, Name]:
    """The bodies of the packs by the ids of full forms that an article gives them and the packs do not."""
    known: dict[str, Name] = {}
    for name in names:
        text, body = doc.span(name.first, name.last).text, taxonomy().organisations.get(name.id)
        if body is None or text not in aliases or len(text) < _SURE:
            continue  # "NSO" may be any land's
        if not any(" " in full for full in body.names):
            known[aliases[text].id] = name
    return known


def _short_forms(doc: Doc, name: Name) -> Iterator[str]:
    if name.type == "person":
        yield doc[name.last - 1].text
    elif name.type == "organisation" and name.kind == "company":
        if body_kind(doc[name.first].text) is None:
            yield doc[name.first].text
    elif name.type == "name":
        yield doc[name.last - 1].text
        yield doc[name.first].text
