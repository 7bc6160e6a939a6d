"""Names in a document: areas and organisations of the taxonomy, and bodies and people that only the article knows.

Three sources, the surer first: the taxonomy's lexicon; aliases that the article introduces ("the Harbour Workers'
League (HWL)"); runs of proper nouns, typed by their head words ("Norda Institute") and by what stands beside them.
Unknown names get their normalised words as id, and later short forms ("Oduya", "HWL") the id of the full one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from spacy.attrs import ORTH, TAG
from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor import lexicon, mentions
from extractor.aliases import aliases_of, link
from extractor.mentions import Name, text_of
from extractor.model import SourceKind
from extractor.name_types import (
    described,
    is_never_split,
    is_open_to_description,
    opens_with_trade,
    type_of,
    was_guessed,
)
from extractor.named_places import place_end
from extractor.naming import (
    body_kind,
    described_kind,
    identity,
    is_area_name,
    name_words,
    normalise,
    singular,
)
from extractor.quantities.lexicon import lexicon as lexicon_of_figures
from extractor.sentences import BULLETS
from extractor.syntax import is_parsed
from extractor.taxonomy import WORLD, taxonomy

__all__ = [
    "NamesComponent",
    "body_kind",
    "find_names",
    "full_person",
    "is_area_name",
    "name_words",
    "normalise",
    "resolve_reference",
    "singular",
]

_CODE = re.compile(r"[A-Z]{2,}s|[A-Z]+[’']?[0-9][0-9./,-]*")
_PROPER = ("NNP", "NNPS")
_PERSONAL = {
    "he": "person",
    "she": "person",
    "him": "person",
    "her": "person",
    "it": "body",
    "they": "any",
    "its": "body",
}
_PLURALS = frozenset({"children", "women", "men", "people"})  # "the Children's Trust"
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


# Finding names --------------------------------------------------------------------------------------------------------


def find_names(doc: Doc) -> list[Name]:
    """The names of a document in the order of the text; they do not overlap."""
    known, things = _from_lexicon(doc)
    taken = {index: name for name in known for index in range(name.first, name.last)}
    runs = [run for run in _runs(doc, taken) if run[0] not in things or run[1] - run[0] > 1]
    found = list(_merge(doc, [*known, *_titled(doc, taken)], runs))
    return _agreed(link(doc, found, aliases_of(doc, found)))


def _agreed(names: list[Name]) -> list[Name]:
    """The names, those of a research house that is called one somewhere with that kind everywhere."""
    houses = {name.id for name in names if name.kind == "analyst" and name.type == "organisation"}
    return [
        name._replace(type="organisation", kind="analyst")
        if name.id in houses and (name.kind == "company" or name.type == "name")
        else name
        for name in names
    ]


def _from_lexicon(doc: Doc) -> tuple[list[Name], set[int]]:
    """The areas and organisations of the taxonomy, and the tokens at which its products begin ("EV" is no body)."""
    nodes = taxonomy()
    names, things = [], set()
    for match in lexicon.matches(doc):
        if match.table == "product":
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
    return _without_overlaps(names), things


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
    """Where a firm's name ends with the country of its arm: "Hyundai Motor *India*"; not "Toyota *Japan's* largest"."""
    beside = last + 1 < len(doc) and doc[last].is_title and not doc[last].is_sent_start and doc[last + 1].tag_ != "POS"
    return last + 1 if beside and is_area_name(doc[last].text) else last


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
    return not other and not is_area_name(before.text) and not _is_headline(before)


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    words = "|".join(sorted((title.capitalize() for title in name_words().titles), key=lambda word: (-len(word), word)))
    return re.compile(rf"\b(?:{words})\.? ((?:[A-Z][\w’'-]+ ?\b){{1,3}})")


def _titled(doc: Doc, taken: dict[int, Name]) -> Iterator[Name]:
    """People with a title in sentences that were not parsed: a later "he" or surname may mean them."""
    for match in _titles().finditer(text_of(doc)):
        span = doc.char_span(*match.span(1))
        if span is not None and not span[0].tag and span.start not in taken:
            yield Name(span.start, span.end, normalise(span.text), "person", "person")


def _with_legal_form(doc: Doc, last: int) -> int:
    """Where a name ends with its legal form ("Northvolt AB"), or with the rest of a ministry's field ("and Sports")."""
    if last + 1 < len(doc) and doc[last].lower_ == "and" and doc[last - 2].lower_ == "of" and doc[last + 1].is_title:
        return last + 2
    return last + 1 if last < len(doc) and _is_legal_form(doc[last]) and not doc[last].is_sent_start else last


def _is_legal_form(token: Token) -> bool:
    return token.lower_.rstrip(".") in name_words().legal and not (token.text.islower() and token.lower_ != "plc")


def _without_overlaps(names: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in names:
        if not kept or name.first >= kept[-1].last:
            kept.append(name)
    return kept


def _runs(doc: Doc, taken: dict[int, Name]) -> Iterator[tuple[int, int]]:
    """Half-open token indices of runs of proper nouns in the parsed sentences, inner "of" and "and" included."""
    tags, words = doc.to_array([TAG, ORTH]).T
    proper = np.isin(tags, [doc.vocab.strings[tag] for tag in _PROPER])
    opening = proper.copy()
    opening[:-1] |= proper[1:] & (tags[:-1] != 0)  # what stands before a proper noun may open its name
    opening[:-1] |= (words[1:] == doc.vocab.strings["&"]) & (tags[:-1] != 0)
    last = 0
    for first in np.flatnonzero(opening).tolist():
        if first < last or not _opens(doc[first], taken):
            continue
        last = _run_end(doc, first, taken)
        yield first, last


def _opens(token: Token, taken: dict[int, Name]) -> bool:
    known = taken.get(token.i)
    if known is not None and known.type == "organisation":
        return False
    if not token.text[0].isupper() or token.lower_ in name_words().never:
        return False
    if token.tag_ in _PROPER:
        return True
    # A demonym or a capitalised modifier before the rest of a name: "Chinese Ministry of Industry", "Statistics Norda".
    follower = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if follower is not None and follower.text == "&":
        return token.i + 2 < len(token.doc) and token.doc[token.i + 2].tag_ in _PROPER
    if follower is None or not follower.text[0].isupper() or follower.tag_ not in _PROPER:
        return False
    return (known is not None and known.adjective) or (
        not token.is_sent_start and token.tag_ in ("JJ", "NN", "NNS", "VBG")
    )


def _run_end(doc: Doc, first: int, taken: dict[int, Name]) -> int:
    last = first + 1
    while last < len(doc) and not doc[last].is_sent_start:
        step = _step(doc, first, last, taken)
        if step == 0:
            break
        last += step
    return last


def _step(doc: Doc, first: int, at: int, taken: dict[int, Name]) -> int:
    """How many tokens the run goes on for at a token: 0 where it ends."""
    token = doc[at]
    known = taken.get(at)
    if known is not None and known.type == "organisation" and known.first == at:
        return 0
    if token.lower_ in name_words().never:
        return 0
    if _is_legal_form(token) or (
        token.text[0].isupper() and (token.tag_ in _PROPER or token.tag_[:2] in ("NN", "JJ", "VB"))
    ):
        return 1
    if token.text == "-" and at + 1 < len(doc) and not doc[at - 1].whitespace_ and not token.whitespace_:
        return 2 if doc[at + 1].text[0].isupper() else 0
    if token.lower_ in name_words().small and at + 1 < len(doc):
        return _small_step(doc, first, at)
    if (
        token.text in _POSSESSIVES
        and at + 1 < len(doc)
        and not (at - 1 in taken and taken[at - 1].type == "area")  # "the Philippines' Bureau of Customs"
        and (doc[at - 1].lower_ in _PLURALS or doc[at - 1].lower_.endswith("s"))
        and not doc[at - 1].lower_.endswith("ss")
    ):
        # The members' possessive inside a name: "Growers' Union".
        return 2 if doc[at + 1].text[0].isupper() and body_kind(doc[at + 1].text) else 0
    return 0


def _small_step(doc: Doc, first: int, at: int) -> int:
    words = name_words()
    word = doc[at].lower_
    heads = [doc[i].lower_ for i in range(first, at)]
    opened = any(head in words.of_names for head in heads)
    following = at + 1
    if word in ("of", "for", "in") and opened:
        while following < len(doc) and doc[following].lower_ in ("the", "public"):
            following += 1
        if following < len(doc) and (
            doc[following].lower_ in words.never or (word == "in" and is_area_name(doc[following].text))
        ):
            return 0  # where a body sits is no part of its name, nor is a month
        return following - at + 1 if following < len(doc) and doc[following].text[0].isupper() else 0
    upper = following < len(doc) and doc[following].text[0].isupper()
    if word == "&":
        return 2 if upper else 0
    if word == "and":
        # "Ministry of Industry and Trade": only after "of" inside the name, and not before a name of its own.
        inside = any(small in heads for small in ("of", "for"))
        return 2 if upper and inside and doc[following].tag_ in _PROPER else 0
    return 2 if upper and word in words.particles else 0


def _merge(doc: Doc, known: list[Name], runs: list[tuple[int, int]]) -> Iterator[Name]:
    """Known names and runs in the order of the text; a run that says more than the area inside it replaces it."""
    candidates: list[Name] = []
    for first, last in runs:
        candidates.extend(_from_run(doc, first, last, known))
    covered = [(name.first, name.last) for name in candidates]
    rest = [name for name in known if not _inside(name, covered)]
    yield from _without_overlaps(sorted([*candidates, *rest], key=lambda name: (name.first, -name.last)))


def _inside(name: Name, spans: list[tuple[int, int]]) -> bool:
    return any(first <= name.first and name.last <= last for first, last in spans)


def _from_run(doc: Doc, first: int, last: int, known: list[Name]) -> list[Name]:
    """The name that a run is, or none where the lexicon's areas explain all of it."""
    inner = [name for name in known if first <= name.first and name.last <= last]
    if any(name.first == first and name.last == last for name in inner):
        return []  # "the UK" is an area, whatever its capitals look like
    if doc[first].lower_ in name_words().beside and last - first > 1 and doc[first].is_sent_start:
        first += 1  # "*Rival* Shinsei sold"
    if identity(doc[first:last].text) in name_words().never:
        return []  # "New Year"
    parted = _without_area(doc, first, last, inner)
    if parted is None:
        return []
    first, kind, type_ = parted
    if opens_with_trade(doc, first, last):
        kind = str(described_kind(doc, first) or "other")
        first, type_ = first + 1, "organisation"
    elif is_open_to_description(doc, first, last, type_) and (told := described(doc, first, last)) is not None:
        kind, type_ = told, "organisation"
    if type_ == "name" or (type_ == "person" and was_guessed(doc, first, type_)):
        end = place_end(doc, first, last)
        if end is not None:
            return [Name(first, end, identity(doc[first:last].text), "area", "place")]
        type_ = "name" if is_never_split(doc, first, last) else type_
        kind = "" if type_ == "name" else kind
    first = _skip_titles(doc, first, last) if type_ == "person" else first
    if type_ == "name" and (_is_headline(doc[first]) or doc[last - 1].lower_ in name_words().roles):
        return []
    if last <= first or not any(character.isalpha() for character in doc[first].text) or _is_label(doc, first, last):
        return []
    return [Name(first, last, identity(doc[first:last].text), type_, kind)]


def _without_area(doc: Doc, first: int, last: int, inner: list[Name]) -> tuple[int, str, str] | None:
    """Where a run begins without the demonym in front of it, its kind and its type; None where an area explains it."""
    kind, type_ = type_of(doc, first, last)
    if not inner or type_ == "organisation":
        return first, kind, type_
    adjective = inner[0].first == first and inner[0].last < last
    led = inner[0].first > first and doc[first].lower_ not in name_words().directions  # "Air New Zealand"
    if type_ == "name" and not adjective and not led:
        return None
    whole = inner[0].id == WORLD and doc[first].is_title  # "the World Exposition"
    if adjective and not whole and type_ in ("name", "person") and not _keeps_place(doc, first, last, inner[0]):
        first = inner[0].last  # "Russian Foreign Minister Lavrov": the demonym is an area of its own
        kind, type_ = type_of(doc, first, last)
        if type_ == "name" and last - first == 1 and not doc[first].text[0].isupper():
            return None
    return first, kind, type_


def _keeps_place(doc: Doc, first: int, last: int, place: Name) -> bool:
    """True for "Leeds United" and for "Bangkok Maternity, the largest chain of wards,": the name has the place."""
    club = doc[last - 1].lower_ in name_words().clubs
    return club or (not place.adjective and described(doc, first, last) is not None)


def _is_label(doc: Doc, first: int, last: int) -> bool:
    """True for what has capitals and is no name: "NPAs", "FY24", "GHS", the letter that ends a sentence ("band D. Most
    …"), a word at the head of its sentence that stands in lower case elsewhere ("*Fraud* accounted for").
    """
    opening = doc[first]
    text = opening.text
    if last - first == 1:
        if opening.is_sent_start or doc[first - 1].text in BULLETS:
            return re.search(rf"\b{re.escape(opening.lower_)}\b", text_of(doc)) is not None
        money = lexicon_of_figures()
        return bool(_CODE.fullmatch(text)) or text in money.currency_codes or text in money.currency_symbols
    return len(text) == 2 and text[1] == "." and doc[first + 1].is_stop


def _is_headline(token: Token) -> bool:
    """True in a line set in title case, where capitals tell nothing."""
    words = [word for word in token.sent if word.is_alpha and len(word) > 3]
    return len(words) > 3 and sum(word.text[0].isupper() for word in words) > 0.8 * len(words)


def _skip_titles(doc: Doc, first: int, last: int) -> int:
    words = name_words()
    titles = [i for i in range(first, last - 1) if doc[i].lower_.rstrip(".") in words.titles | words.roles]
    return titles[-1] + 1 if titles else first


def full_person(doc: Doc, surname: str) -> str:
    """The first full name in the article that ends in a surname: "Grace Oduya" for "Oduya"; "" where there is none.

    It looks at the bare text, for the full name may stand in a sentence that was not parsed.
    """
    match = re.search(rf"\b((?:[A-Z][\w'’.-]+ ){{1,2}}){re.escape(surname)}\b", text_of(doc))
    if match is None:
        return ""
    words = name_words()
    given = [w for w in match.group(1).split() if w.lower().rstrip(".") not in words.titles | words.roles]
    return (
        " ".join([*given, surname]) if given and given[-1].lower() not in name_words().small | {"but", "when"} else ""
    )


# References -----------------------------------------------------------------------------------------------------------


def resolve_reference(doc: Doc, token: Token) -> Name | None:
    """The name that a pronoun or a definite noun takes up ("it", "she", "the ministry"), or None.

    Subjects before others, the nearest first; a definite noun wants a name of its kind.
    """
    fits = _wanted(token)
    if fits is None:
        return None
    before = [name for name in mentions.names(doc) if name.last <= token.i and not name.adjective]
    candidates = [name for name in reversed(before[-40:]) if _fits(doc, name, *fits)]
    subjects = [
        name
        for name in candidates[:4]
        if doc[name.last - 1].dep_ in ("nsubj", "nsubjpass") and is_parsed(doc[name.first])
    ]
    return next(iter(subjects or candidates), None)


def _wanted(token: Token) -> tuple[str, tuple[SourceKind, ...]] | None:
    if token.tag_ in ("PRP", "PRP$"):
        wanted = _PERSONAL.get(token.lower_)
        return None if wanted is None else (wanted, ())
    kinds = name_words().references.get(token.lemma_.lower() or token.lower_)
    return None if kinds is None else (token.lower_, kinds)


def _fits(doc: Doc, name: Name, wanted: str, kinds: tuple[SourceKind, ...]) -> bool:
    if wanted == "person":
        return name.type == "person" or (name.type == "name" and name.last - name.first > 1)
    if wanted in ("body", "any"):
        return name.type == "organisation" or (wanted == "any" and name.type == "name")
    if any(doc[i].lower_ == wanted for i in range(name.first, name.last)):
        return True
    return name.type == "organisation" and name.kind in kinds


@Language.factory("claimgraph_names", assigns=["doc._.names"])
def make_names(nlp: Language, name: str) -> NamesComponent:
    """The component that finds names."""
    return NamesComponent()


class NamesComponent:
    """Writes `doc._.names`."""

    def __call__(self, doc: Doc) -> Doc:
        """The document, with its names."""
        doc._.names = [tuple(name) for name in find_names(doc)]
        return doc
