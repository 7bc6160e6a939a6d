"""One entity, many forms: short forms of names that an article introduces or leaves to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from extractor.mentions import Name, text_of
from extractor.naming import body_kind, identity, name_words

_ACRONYM = re.compile(r"\(\s?[“\"]?((?:the )?[A-Z][A-Za-z&.-]{1,9})[”\"]?\s?\)")
_FEWEST_INITIALS = 3


def aliases_of(doc: Doc, names: list[Name]) -> dict[str, Name]:
    """Short forms that the article introduces in brackets after the full name: "… Association (CPCA)"."""
    found: dict[str, Name] = {}
    ends = {doc[name.last - 1].idx + len(doc[name.last - 1]): name for name in names}
    for match in _ACRONYM.finditer(text_of(doc)):
        short = match.group(1).removeprefix("the ")
        end = len(text_of(doc)[: match.start()].rstrip())
        name = ends.get(end)
        if name is not None and name.type != "area" and _abbreviates(short, doc[name.first : name.last].text):
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
    """The names again, short forms with the id, type and kind of the full form that the article gives."""
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
        text = doc[name.first : name.last].text
        target = aliases.get(text) if name.type != "area" else None
        target = target or (full.get(text) if name.last - name.first == 1 and name.type != "area" else None)
        if target is not None and target != name and (name.id == identity(text) or text in aliases):
            name = name._replace(id=target.id, type=target.type, kind=target.kind)
        linked.append(name)
    return linked


def _short_forms(doc: Doc, name: Name) -> Iterator[str]:
    if name.type == "person":
        yield doc[name.last - 1].text
    elif name.type == "organisation" and name.kind == "company":
        if body_kind(doc[name.first].text) is None:
            yield doc[name.first].text
    elif name.type == "name":
        yield doc[name.last - 1].text
        yield doc[name.first].text
