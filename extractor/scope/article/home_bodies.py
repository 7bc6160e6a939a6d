"""The firm, club or unknown place that an article is about, counted in its bare text: headline and figureless sentences
were not parsed.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from extractor.mentions import Name, Slot, text_of
from extractor.names.words import PUBLIC_BODIES, body_kind, core_of, is_area_name, name_words, normalise
from extractor.scope.areas.onlookers import only_tells
from extractor.scope.areas.references import is_reference
from extractor.scope.article.name_counts import DOERS
from extractor.scope.terms import FIRST_PARAGRAPH, Terms, words_of
from extractor.scope.words import among, words_in
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc, Token

_OWNER = re.compile(r"\b([A-Z][a-z]{3,})[’']s\b")
_TITLED = re.compile(r"\b([A-Za-z]+) ([A-ZÀ-Þ][\w’-]{2,})|^([A-ZÀ-Þ][\w’-]{2,})(?= [a-z])")
"""A capitalised word of a headline with the word before it."""
_PREFIX = re.compile(r"^(?:#+ +|[A-Z]{4,}(?: \d+)?[:-] ?)+")
_LEAST_TITLED = 2  # times that a text has the place that only its headline tells
_CLEARLY = 1.5  # times the weight of the next body: an article on rivals is about neither
_SHORTEST = 3  # letters, and more, of the word that stands for a firm
_LONGEST_WORD = 20
_FRONT = 8  # characters of a headline: what stands there is what it is about
_RULE = "topic of the article"
_PUBLIC = PUBLIC_BODIES | {"other"}
_LEAST_DOING = 6  # times that a public body does or has something
_TELLING = 2  # of them, that each time outweighs at which it only tells


class Body(NamedTuple):
    """The firm, club or unknown land that an article names most."""

    id: str
    weight: int
    known: bool
    """False for a name of which nothing tells what it is."""


_NO_BODY = Body("", 0, known=False)


def main_body(doc: Doc, terms: Terms, opening: int) -> Body:
    """The firm, club or unknown land of the opening that is named most; none where another comes close.

    It is counted in the bare text, since headline and figureless sentences were not parsed.
    """
    text = text_of(doc)
    lead = doc[opening].idx if opening < len(doc) else len(text)
    candidates = _candidates(doc, terms, opening)
    for owner in _owners_in(text[:lead], doc, terms):
        candidates.setdefault(normalise(owner), _Candidate({owner}, does=True))
    weights: Counter[str] = Counter()
    headed: dict[str, int] = {}  # by name, where the headline has it
    for name_id, candidate in candidates.items():
        places = _mentions(text, candidate)
        begun = sum(place < lead for place in places)
        other = _is_event(name_id, text, places) or (not candidate.known and _is_model(text, candidate, len(places)))
        again = _taken_up(text, candidate)
        if begun and (candidate.does or len(places) + again > 1) and not other:
            weights[name_id] = 4 * begun + len(places) - begun + again
            if places[0] < headline_end(text):
                headed[name_id] = places[0]
    weights.update(firm for firm in _firms_again(doc, terms) if firm in weights)
    body, weight = next(iter(weights.most_common(1)), ("", 0))
    first = min(headed, key=lambda name_id: (headed[name_id], name_id), default="")
    if body in headed and first not in body and body not in first:
        return _NO_BODY  # "Lumo on *Orchard's* heels"
    leads = opens_title(doc, body)
    rivals = (
        times
        for name_id, times in weights.items()
        if name_id not in body and body not in name_id and not (leads and name_id not in headed)
    )
    clear = weight >= _CLEARLY * max(rivals, default=0)
    return Body(body, weight, candidates[body].known) if body and clear else _NO_BODY


@dataclass
class _Candidate:
    """A name that can be what an article is about."""

    forms: set[str]
    does: bool = False
    """True where it does or has something."""
    known: bool = False
    """True for what is known for a body."""
    nouns: set[str] = field(default_factory=set)
    """Nouns that take it up: "the *university*"."""


def _candidates(doc: Doc, terms: Terms, opening: int) -> dict[str, _Candidate]:
    """The names that can be what an article is about, by id."""
    found: dict[str, _Candidate] = {}
    acting = _acting_bodies(doc, terms)
    for i, name in sorted(terms.heads.items()):
        if name.id not in acting and not _can_be_topic(i, name, doc, terms, opening):
            continue
        candidate = found.setdefault(name.id, _Candidate(set()))
        candidate.forms.add(words_of(doc, name.first, name.last))
        if name.kind == "company" and (core := core_of(words_of(doc, name.first, name.last))):
            candidate.forms.add(core)
        candidate.does |= doc[i].dep_ in DOERS
        candidate.known |= bool(name.kind)
        if noun := _establishment(name, doc):
            candidate.nouns.add(noun)
            candidate.known = True
        elif name.type == "area":
            candidate.nouns |= words_in("settlements")
    return found


def _acting_bodies(doc: Doc, terms: Terms) -> frozenset[str]:
    """The public bodies that do or have something again and again and seldom only tell: "*NASA* will receive $18
    billion", "*NASA's* budget".
    """
    does: Counter[str] = Counter()
    for i, name in terms.names.items():
        token = doc[i]
        if name.kind not in _PUBLIC or token.dep_ not in DOERS or among(doc[name.last - 1].lower_, "establishments"):
            continue
        tells = token.dep_ != "poss" and only_tells(token.head)
        does[name.id] += -_TELLING if tells else 1
    return frozenset(name_id for name_id, times in does.items() if times >= _LEAST_DOING)


def _can_be_topic(i: int, name: Name, doc: Doc, terms: Terms, opening: int) -> bool:
    """True for firms, unknown names and local bodies that do or have something and do not only speak."""
    if among(name.id, "party_names") or is_reference(name, doc[i]):
        return False
    token = doc[i]
    if _establishment(name, doc):
        return i < opening
    unknown = name.type == "name" or (name.type == "area" and name.id not in taxonomy().areas)
    if not (unknown or name.kind in {"company", "media"}):
        return False
    titled = name.type != "area" and _is_titled(name, doc)
    own = name.id not in terms.speakers or (i < opening and token.dep_ == "poss") or opens_title(doc, name.id)
    own = own or (titled and _firm_noun().search(text_of(doc)) is not None)
    return own and ((titled and bool(name.kind)) or _takes_part(token) or (name.type == "area" and i < opening))


def _is_titled(name: Name, doc: Doc) -> bool:
    """True for a name that the headline has, a firm's with or without its last word: "*US Airways* Group"."""
    words = words_of(doc, name.first, name.last)
    return any(form and form in text_of(doc)[: headline_end(text_of(doc))] for form in (words, core_of(words)))


def _establishment(name: Name, doc: Doc) -> str:
    """The noun by which a name is that of a body with figures of its own, what it runs and whom it serves: "Halden
    *University*", "the *University* of Halden"; empty for others.
    """
    if name.type == "area" or name.type == "person" or name.id in taxonomy().organisations:
        return ""
    last = name.last - 1
    ends = (f"{doc[last - 1].lower_} {doc[last].lower_}", doc[last].lower_, doc[name.first].lower_)
    rest = (word for word in doc[name.first : name.last] if word.is_title and not among(word.lower_, "establishments"))
    if all(among(word.lower_, "body_qualifiers") for word in rest):
        return ""  # "the City Council", "the Fire Brigade"
    return next((word.split()[-1] for word in ends if among(word, "establishments")), "")


def _taken_up(text: str, candidate: _Candidate) -> int:
    """How often a noun takes a body up: "the *university*"."""
    return sum(1 for noun in sorted(candidate.nouns) for _ in _places_of(f"he {noun}", text))


def _firms_again(doc: Doc, terms: Terms) -> Iterator[str]:
    """The firm named last before each "the company"."""
    firms = [(doc[name.first].idx, name.id) for _, name in sorted(terms.names.items()) if name.kind == "company"]
    for match in _firm_noun().finditer(text_of(doc)) if firms else ():
        before = bisect.bisect_left(firms, (match.start(), ""))
        if before:
            yield firms[before - 1][1]


@cache
def _firm_noun() -> re.Pattern[str]:
    return re.compile(rf"\b[Tt]he (?:{'|'.join(sorted(words_in('firm_nouns')))})\b")


def _places_of(words: str, text: str) -> Iterator[int]:
    """Where a text has the words, nothing behind them that goes on with the last."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not text[end : end + 1].isalnum():
            yield start
        start = text.find(words, end)


def _mentions(text: str, candidate: _Candidate) -> list[int]:
    """Where a text mentions a name by any of its forms, or by the word with which a firm's begins ("*Jadeline*
    Semiconductor"). Plain searches: a pattern for each name would cost more to compile than to run.
    """
    forms = candidate.forms
    short = min(forms, key=lambda form: (len(form), form)).split()[0]
    plain = candidate.known and len(short) > _SHORTEST and body_kind(short) is None and not is_area_name(short)
    starts: list[int] = []
    covered: set[int] = set()
    for form in (*sorted(forms, key=lambda form: (-len(form), form)), *((short,) if plain else ())):
        for start in _places_of(form, text):
            if start not in covered and not text[max(start - 1, 0) : start].isalnum():
                starts.append(start)
                covered.update(range(start, start + len(form)))
    return starts


def _owners_in(text: str, doc: Doc, terms: Terms) -> list[str]:
    """Names that no parse has shown and that have something in the opening: "*Bulawayo*'s water crisis"."""
    known = {doc[i].text for i in (*terms.inside_names, *terms.inside_areas)}
    known.update(doc[name.last - 1].text for name in terms.names.values())
    found = dict.fromkeys(match.group(1) for match in _OWNER.finditer(text))
    return [word for word in found if word not in known and not _is_common(word, doc)]


def _is_common(word: str, doc: Doc) -> bool:
    """True for a word that only has a capital where its sentence begins, and for days and months."""
    low, words = word.lower(), name_words()
    if (
        low in words.never
        or low in words.gendered
        or low in words.crowd
        or low in STOP_WORDS
        or body_kind(low) is not None
        or is_area_name(word)
    ):
        return True
    return re.search(rf"\b{re.escape(low)}\b", text_of(doc)) is not None


def _takes_part(token: Token) -> bool:
    """True for a name that does or has something, or in which something happens."""
    return token.dep_ in DOERS or (token.dep_ == "pobj" and token.head.lower_ in {"in", "at"})


def _is_event(name_id: str, text: str, places: list[int]) -> bool:
    """True for the name of a storm, an operation, a feast, by its own first word or the one before it."""
    before = (text[max(place - _LONGEST_WORD, 0) : place].split() for place in places)
    words = name_id.split()
    return (
        among(words[0], "event_names")
        or among(words[-1], "event_heads")
        or any(beside and among(beside[-1].lower(), "event_names") for beside in before)
    )


def _is_model(text: str, candidate: _Candidate, times: int) -> bool:
    """True for what somebody makes and numbers, mostly: "*Ariane* 6", "*Galaxy* S24"."""
    numbered = (re.findall(rf"\b{re.escape(form)} [A-Z]?\d{{1,3}}\b(?![.,]?\d| %)", text) for form in candidate.forms)
    return 2 * sum(map(len, numbered)) >= times


def titled_place(doc: Doc, terms: Terms) -> Slot | None:
    """The place that no pack knows and that the headline alone names: "Floods came to *Aldmoor*", where the text has
    that name again, and in a place's position at least once.
    """
    text = text_of(doc)
    title = text.split("\n", 1)[0]
    end = len(title)
    if any(doc[name.first].idx < end and (name.kind or name.type == "area") for name in terms.names.values()):
        return None
    matches = (m for m in _TITLED.finditer(title) if not among((m.group(1) or "").lower(), "not_about"))
    words = dict.fromkeys(match.group(2) or match.group(3) for match in matches)
    found = [word for word in words if word.isalpha() and not _is_common(word, doc)]
    times = len(re.findall(rf"\b{re.escape(found[0])}\b", text)) if len(found) == 1 else 0
    if times < _LEAST_TITLED:
        return None
    if found[0].lower() in name_words().given or _is_event(normalise(found[0]), text, [text.find(found[0])]):
        return None
    before = re.search(rf"\b((?i:in|at|near|around|across|outside|of|from|to)) {re.escape(found[0])}\b", text[end:])
    if before is None or (times == _LEAST_TITLED and before.group(1) in {"of", "from", "to"}):
        return None
    return Slot(normalise(found[0]), found[0], _RULE, title.find(found[0]))


def opens_title(doc: Doc, name_id: str) -> bool:
    """True for the name at the front of a headline, whole or by its first word: "*Katana* lowers sights"."""
    title, name_id = title_of(doc), name_id.replace("_", " ")
    if not name_id:
        return False
    short = name_id.split()[0]
    by_first_word = len(short) > _SHORTEST and title.startswith(f"{short} ") and not is_area_name(short.capitalize())
    return by_first_word or 0 <= title.find(name_id) < _FRONT


def headline_end(text: str) -> int:
    """Where the headline ends: with the first line, unless that is the first paragraph already."""
    return 0 if FIRST_PARAGRAPH.match(text) else max(text.find("\n"), 0)


def title_of(doc: Doc) -> str:
    """The headline in lower case, without what an agency puts before it: "UPDATE 2-"."""
    return _PREFIX.sub("", text_of(doc).split("\n", 1)[0]).lower().replace("’", "'")
