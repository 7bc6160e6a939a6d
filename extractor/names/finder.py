"""Names in a document: areas and organisations of the taxonomy, and bodies and people that only the article knows.

Three sources, the surer first: the taxonomy's lexicon; aliases that the article introduces ("the Harbour Workers'
League (HWL)"); runs of proper nouns, typed by their head words ("Norda Institute") and by what stands beside them.
`known_names` holds the first, `name_runs` finds the runs. Unknown names get their normalised words as id, and later
short forms ("Oduya", "HWL") the id of the full one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language

from extractor import mentions
from extractor.mentions import Name, text_of
from extractor.model import SourceKind
from extractor.names.aliases import aliases_of, link
from extractor.names.known import from_lexicon, is_headline, titled, without_overlaps
from extractor.names.places import place_end
from extractor.names.runs import runs_of_proper_nouns
from extractor.names.types import (
    described,
    is_never_split,
    is_open_to_description,
    opens_with_trade,
    type_of,
    was_guessed,
)
from extractor.names.words import described_kind, identity, name_words
from extractor.quantities.lexicon import lexicon as lexicon_of_figures
from extractor.sentences import BULLETS
from extractor.syntax import is_parsed
from extractor.taxonomy import WORLD
from extractor.tokens import Doc, SpacyDoc, Token, read

_CODE = re.compile(r"[A-Z]{2,}s|[A-Z]+[’']?[0-9][0-9./,-]*")
_PERSONAL = {
    "he": "person",
    "she": "person",
    "him": "person",
    "her": "person",
    "it": "body",
    "they": "any",
    "its": "body",
}


# Finding names --------------------------------------------------------------------------------------------------------


def find_names(doc: Doc) -> list[Name]:
    """The names of a document in the order of the text; they do not overlap."""
    known, things = from_lexicon(doc)
    taken = {index: name for name in known for index in range(name.first, name.last)}
    runs = [run for run in runs_of_proper_nouns(doc, taken) if run[0] not in things or run[1] - run[0] > 1]
    found = list(_merge(doc, [*known, *titled(doc, taken)], runs))
    return _agreed(link(doc, found, aliases_of(doc, found)))


def _agreed(names: list[Name]) -> list[Name]:
    """The names, those of a research house or a firm that is called one somewhere with that kind everywhere, however
    it is spaced: "media giant *TimeWarner* … *Time Warner* said".
    """
    houses = {name.id for name in names if name.kind == "analyst" and name.type == "organisation"}
    firms = {_unspaced(name.id): name for name in reversed(names) if name.kind == "company"}
    agreed: list[Name] = []
    for name in names:
        firm = firms.get(_unspaced(name.id)) if name.type in {"name", "person"} else None
        if name.id in houses and (name.kind == "company" or name.type == "name"):
            name = name._replace(type="organisation", kind="analyst")
        elif firm is not None:
            name = name._replace(id=firm.id, type=firm.type, kind=firm.kind)
        agreed.append(name)
    return agreed


def _unspaced(name_id: str) -> str:
    return name_id.replace(" ", "").replace("_", "")


def _merge(doc: Doc, known: list[Name], runs: list[tuple[int, int]]) -> Iterator[Name]:
    """Known names and runs in the order of the text; a run that says more than the area inside it replaces it."""
    candidates: list[Name] = []
    for first, last in runs:
        candidates.extend(_from_run(doc, first, last, known))
    covered = [(name.first, name.last) for name in candidates]
    rest = [name for name in known if not _inside(name, covered)]
    yield from without_overlaps(sorted([*candidates, *rest], key=lambda name: (name.first, -name.last)))


def _inside(name: Name, spans: list[tuple[int, int]]) -> bool:
    return any(first <= name.first and name.last <= last for first, last in spans)


def _from_run(doc: Doc, first: int, last: int, known: list[Name]) -> list[Name]:
    """The name that a run is, or none where the lexicon's areas explain all of it."""
    inner = [name for name in known if first <= name.first and name.last <= last]
    if any(name.first == first and name.last == last for name in inner):
        return []  # "the UK" is an area, whatever its capitals look like
    if doc[first].lower_ in name_words().beside and last - first > 1 and doc[first].is_sent_start:
        first += 1  # "*Rival* Shinsei sold"
    if identity(doc.span(first, last).text) in name_words().never:
        return []  # "New Year"
    whole = last
    last = next((i for i in range(first + 1, last) if doc[i].lower_ in name_words().tails), last)
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
            return [Name(first, end, identity(doc.span(first, last).text), "area", "place")]
        type_ = "name" if is_never_split(doc, first, last) else type_
        kind = "" if type_ == "name" else kind
    first = _skip_titles(doc, first, last) if type_ == "person" else first
    if type_ == "name" and (is_headline(doc[first]) or doc[last - 1].lower_ in name_words().roles):
        return []
    if last <= first or not any(character.isalpha() for character in doc[first].text) or _is_label(doc, first, last):
        return []
    return [Name(first, whole, identity(doc.span(first, last).text), type_, kind)]


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
    """True for "Leeds United", "the Java Sea", "Bangkok Maternity, the largest chain of wards,": the name has the
    place.
    """
    whole = doc[last - 1].lower_ in name_words().clubs | name_words().places
    return whole or (not place.adjective and described(doc, first, last) is not None)


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

    def __call__(self, doc: SpacyDoc) -> SpacyDoc:
        """The document, with its names."""
        doc._.names = find_names(read(doc))
        return doc
