"""The terms and names of a document, looked up by the token on which they end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import NamedTuple

from extractor import lexicon
from extractor.lexicon import Match
from extractor.mentions import Name, Slot, attributions, names, periods, text_between, text_of
from extractor.names.words import body_kind, core_of, normalise
from extractor.plurals import singular
from extractor.scope.words import among
from extractor.syntax import is_parsed, is_verb, sentence_start
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc, Token

_DATELINE = re.compile(
    r"^(?:[A-ZÀ-Þ][A-Za-zÀ-ÿ.'/ ]{2,30}(?:[, ][^\n(–—]{2,40})?(?: ?\([^)\n]{2,40}\))? ?[-–—]+"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ.' -]{2,30}:) (?=\S)",
    re.MULTILINE,
)
_PLACE_AND_DAY = re.compile(
    r"(?:^|\| )[A-ZÀ-Þ][A-Za-zÀ-ÿ.' ]{2,30}, (?=(?:\w+day,? )?(?:\d{1,2} )?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))",
    re.MULTILINE,
)
_PLACE_BEFORE_BODY = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ'’]{2,20}(?: [A-ZÀ-Þ][a-zà-ÿ'’]{2,20})?: (?=[A-ZÀ-Þ“\"])")
"""Where the first paragraph was written: "Manila: Philippine authorities said"."""
_HEADER = re.compile(
    r"^(?:[Bb]y [A-ZÀ-Þ][^\n.]{3,80}|[^\n]{0,80}\b(?:19|20)\d\d\b[^\n]{0,40}"
    r"|(?:[A-ZÀ-Þ][\w'’.-]+ ){1,4}(?:in |[|] )?[A-ZÀ-Þ][\w'’.-]+"
    r"|(?:[A-ZÀ-Þ][\w'’.-]+ ){2,4}[-–—|] (?:[A-ZÀ-Þ][\w'’.-]+ ?){1,5}"
    r"|(?:[A-ZÀ-Þ][\w'’.-]+ ){0,4}[A-ZÀ-Þ][\w'’.-]+ ?, [A-ZÀ-Þ][^\n,.]{2,30})$",
    re.MULTILINE,
)
"""A line below the headline that says who wrote, where and when: "Kilbrack Courier, Galway"."""
FIRST_PARAGRAPH = re.compile(r"^[^\n]{80,}[.!?][”\"’']?$", re.MULTILINE)
"""The first paragraph of the article itself."""
_SHORTEST_AGAIN = 4  # letters of a name that is looked for
_DETERMINERS = frozenset({"the", "a", "her", "his", "their", "your"})


class Terms(NamedTuple):
    """What the lexicon and the names component found, by token index of the last word."""

    products: dict[int, Match]
    indicators: dict[int, Match]
    names: dict[int, Name]
    heads: dict[int, Name]
    """The same names by the index of the word on which the rest hangs: "*Museum* of Rome"."""
    inside_names: frozenset[int]
    """Tokens that are part of an organisation's or a person's name: no product, no indicator."""
    inside_areas: frozenset[int]
    inside_periods: frozenset[int]
    areas_of_bodies: dict[int, str]
    """Areas of the packs in the names of bodies ("Ghana Cocoa Board"), by the index of the name's last token."""
    lands_of_bodies: dict[str, str]
    """The countries among them, by the body's id: a short form's too."""
    speakers: frozenset[str]
    """Ids of bodies and people that give figures here and are no companies: what they report is not about them."""
    home: Slot | None = None
    """Whose figures the article tells, once that was found."""
    land: str = ""
    """The country that it tells of most; empty where there is none."""


def terms_of(doc: Doc) -> Terms:
    """The terms of a document."""
    matched = lexicon.matches(doc)
    found = _without_common_words(doc, _without_terms(names(doc), matched))
    again = _named_again(doc, found)
    inside = {i for name in again for i in range(name.first, name.last)}
    found = [*(name for name in found if name.first not in inside), *again]
    bodies = frozenset(
        i for name in found if name.type in {"organisation", "person"} for i in range(name.first, name.last)
    )
    areas = frozenset(i for name in found if name.type == "area" for i in range(name.first, name.last))
    by_table: dict[str, dict[int, Match]] = {"product": {}, "indicator": {}}
    datelines = dateline_tokens(doc)
    for match in matched:
        if match.table in by_table and match.first not in bodies and not _is_no_term(doc, match):
            by_table[match.table][match.last - 1] = match
    of_bodies = _areas_of_bodies(doc, found, matched)
    kept = [
        name
        for name in found
        if not _is_code(name)
        and name.last not in datelines
        and not _is_of_money(doc, name)
        and not _is_of_scale(doc, name)
        and not _is_document(name)
    ]
    return Terms(
        products=by_table["product"],
        indicators=by_table["indicator"],
        names={_last(doc, name): name for name in kept},
        heads={_head(doc, name): name for name in kept},
        inside_names=bodies,
        inside_areas=areas,
        inside_periods=_period_tokens(doc),
        areas_of_bodies=of_bodies,
        lands_of_bodies={
            name.id: of_bodies[last]
            for name in found
            if (last := _last(doc, name)) in of_bodies and taxonomy().areas[of_bodies[last]].kind == "country"
        },
        speakers=frozenset(source.id for source in attributions(doc) if source.id and source.kind != "company"),
    )


def _head(doc: Doc, name: Name) -> int:
    """The index of the word of a name that governs a preposition or a joined word in it, else of its last:
    "*Mahindra* & Mahindra".
    """
    inside = range(name.first + 1, name.last)
    small = (i for i in inside if doc[i].dep_ == "prep" or (doc[i].dep_ == "conj" and i == name.last - 1))
    heads = (doc[i].head.i for i in small)
    return next((head for head in heads if name.first <= head < name.last - 1), _last(doc, name))


def _last(doc: Doc, name: Name) -> int:
    """The index of the last word of a name, a possessive mark left out: "*Sainsbury*'s said"."""
    return name.last - 2 if name.last - name.first > 1 and doc[name.last - 1].tag_ == "POS" else name.last - 1


def _named_again(doc: Doc, found: list[Name]) -> list[Name]:
    """The firms and names of unknown sort of an article where its sentences without figures, which were not parsed,
    have them: what such a sentence tells of, the next one takes up.
    """
    text = text_of(doc)
    taken = {i for name in found if name.type != "area" for i in range(name.first, name.last)}
    forms: dict[str, Name] = {}
    for name in found:
        words = doc.span(name.first, name.last).text
        if name.type == "name" or name.kind == "company":
            forms.setdefault(words, name)
        if name.kind == "company" and (core := core_of(words)):
            forms.setdefault(core, name)
    again: list[Name] = []
    for form, name in sorted(forms.items(), key=lambda item: (-len(item[0]), item[0])):
        start = text.find(form) if len(form) >= _SHORTEST_AGAIN else -1
        while start >= 0:
            span = doc.char_span(start, start + len(form))
            if span is not None and not is_parsed(span[0]) and taken.isdisjoint(range(span.start, span.end)):
                again.append(name._replace(first=span.start, last=span.end))
                taken.update(range(span.start, span.end))
            start = text.find(form, start + len(form))
    return again


def _areas_of_bodies(doc: Doc, found: list[Name], matched: list[Match]) -> dict[int, str]:
    nodes = taxonomy()
    bodies = {_last(doc, name): name for name in found if name.type == "organisation"}
    ends = {i: last for last, name in bodies.items() for i in range(name.first, name.last)}
    areas = {ends[match.first]: match.id for match in matched if match.table == "area" and match.first in ends}
    for i, name in bodies.items():
        body = nodes.organisations.get(name.id)
        if body is not None and body.country in nodes.areas:
            areas[i] = str(body.country)
    return {i: area for i, area in areas.items() if nodes.areas[area].kind != "region"}


def _without_terms(found: list[Name], matched: list[Match]) -> list[Name]:
    """The names but for those that are terms of the packs and only look like names: "GDP", "EV", "Brent"."""
    known = taxonomy().organisations
    spans = {(match.first, match.last) for match in matched if match.table in {"product", "indicator"}}
    return [name for name in found if (name.first, name.last) not in spans or name.id in known or name.type == "area"]


def _without_common_words(doc: Doc, found: list[Name]) -> list[Name]:
    """The names but for words that the text has in lower case, too: "*Knife* offences rose", "so many *Tigers*"."""
    inside = {name.id for name in found if not _opens_sentence(doc, name)}
    text = text_of(doc)

    def is_common(name: Name) -> bool:
        if name.type != "name" or name.kind or name.last - name.first > 1:
            return False
        word = doc[name.first]
        if word.tag_ not in {"NNS", "NNPS"} and name.id in inside:
            return False
        forms = (word.lower_, singular(word.lower_)) if word.tag_ in {"NNS", "NNPS"} else (word.lower_,)
        return any(f" {form}{mark}" in text for form in forms for mark in " ,.")

    return [name for name in found if not is_common(name)]


def _opens_sentence(doc: Doc, name: Name) -> bool:
    return name.first == 0 or doc[name.first].is_sent_start or doc[name.first - 1].is_quote


def dateline_tokens(doc: Doc) -> frozenset[int]:
    """Token indices behind the words of datelines: "DHAKA, May 2 (BNI) -" tells where a reporter sat, not whose
    figure it is.
    """
    text = text_of(doc)
    body = FIRST_PARAGRAPH.search(text)
    opening = _PLACE_BEFORE_BODY.match(text, body.start()) if body is not None else None
    lines = itertools.chain(_DATELINE.finditer(text), _PLACE_AND_DAY.finditer(text))
    return _token_ends(doc, lines if opening is None else (opening, *lines))


def header_tokens(doc: Doc) -> frozenset[int]:
    """Token indices behind the words of the lines between headline and body that give writer, place and day."""
    text = text_of(doc)
    body, title = FIRST_PARAGRAPH.search(text), text.find("\n")
    return _token_ends(doc, _HEADER.finditer(text, title + 1, body.start())) if body and title >= 0 else frozenset()


def _token_ends(doc: Doc, matches: Iterable[re.Match[str]]) -> frozenset[int]:
    found: set[int] = set()
    for match in matches:
        span = doc.char_span(match.start(), match.end(), alignment_mode="contract")
        if span is not None:
            found.update(range(span.start, span.end + 1))
    return frozenset(found)


def _is_no_term(doc: Doc, match: Match) -> bool:
    """True for a term's words where they are something else."""
    if match.first > 1 and doc[match.first - 1].text == "-" and among(doc[match.first - 2].lower_, "hyphened_prefixes"):
        return True
    if match.table == "product" and (_is_half_of_name(doc, match) or _is_whose_home(doc, match)):
        return True
    return match.table == "indicator" and (
        _is_adjective(doc, match)
        or _names_body(doc[match.last - 1])
        or _is_half(doc, match)
        or _is_basis(doc, match)
        or _is_one_event(doc, match)
    )


def _is_one_event(doc: Doc, match: Match) -> bool:
    """True for one event that is told of, where the measure is how many there were: "the toll of Saturday's
    *earthquake*", "38,000 *quake* dead"; not "12 *fires*", "a *fire* a day".
    """
    token = doc[match.last - 1]
    if not among(match.id, "told_events") or token.tag_ not in {"NN", "NNP"}:
        return False
    if match.last < len(doc) and among(doc[match.last].lower_, "state_terms"):
        return True
    return any(child.dep_ == "poss" or among(child.lower_, "definite_determiners") for child in token.lefts)


def _is_basis(doc: Doc, match: Match) -> bool:
    """True for what figures are given in: "tonnes *live weight*", "at constant *exchange rates*"."""
    before = doc[match.first - 1].lower_ if match.first else ""
    if match.id in {"exchange_rate", "price"}:
        return among(before, "price_bases")
    return match.id == "weight" and among(before, "weight_bases")


def _is_half_of_name(doc: Doc, match: Match) -> bool:
    """True for the first half of a hyphened name: "Typhoon *Man*-yi"."""
    first, last = doc[match.first], doc[match.last - 1]
    if not first.is_title or first.tag_ != "NNP" or last.whitespace_ or match.last + 1 >= len(doc):
        return False
    return doc[match.last].text == "-" and match.first > sentence_start(first)


def _is_whose_home(doc: Doc, match: Match) -> bool:
    """True for "*home* to three million people" and "the *home* of a fifth of them"."""
    after = doc[match.last] if match.last < len(doc) else doc[-1]
    before = doc[match.first - 1].lower_ if match.first else ""
    alone = match.last - match.first == 1 and doc[match.first].lower_ == "home"
    return alone and (
        (after.lower_ == "to" and before not in _DETERMINERS) or (after.lower_ == "of" and before == "the")
    )


def _is_half(doc: Doc, match: Match) -> bool:
    """True for the first half of a hyphened word: "a *catch*-up campaign", "a *sell*-off"."""
    if match.last + 1 >= len(doc) or doc[match.last].text != "-" or doc[match.last - 1].whitespace_:
        return False
    return among(doc[match.last + 1].lower_, "hyphened_halves")


def _names_body(token: Token) -> bool:
    """True for a term that only tells which body is meant: "*distribution* companies", "the *trade* ministry"."""
    return token.dep_ == "compound" and token.head.i > token.i and body_kind(token.head.lemma_.lower()) is not None


def _is_adjective(doc: Doc, match: Match) -> bool:
    """True for an adjective that is spelled as an indicator's noun: "a *fine* comb"."""
    token = doc[match.first]
    single = match.table == "indicator" and match.last - match.first == 1
    return single and token.tag_ == "JJ" and token.dep_ == "amod" and not among(token.lower_, "state_terms")


def _is_code(name: Name) -> bool:
    """True for what looks like a name and is a label: "FY23", "Q1"."""
    return name.type == "name" and any(character.isdigit() for character in name.id)


def _is_of_money(doc: Doc, name: Name) -> bool:
    """True for the country of a currency: "70 *US* cents", "*US*$90.1 billion", "101.6 billion *U.S.* dollars"."""
    if name.type != "area" or name.last >= len(doc):
        return False
    after = doc[name.last].lower_
    if is_verb(doc[name.last]) and not (name.first and doc[name.first - 1].pos_ == "NUM"):
        return False  # "*Italy* won 40 medals"
    sign = after == "$" and not doc[name.last - 1].whitespace_  # not "Qatar $241 million"
    return sign or any(among(singular(after), group) for group in ("currencies", "coins"))


def _is_of_scale(doc: Doc, name: Name) -> bool:
    """True for a name within a unit: "2 degrees *Celsius*"."""
    return name.type != "area" and name.first > 0 and among(doc[name.first - 1].lower_, "scale_nouns")


def _is_document(name: Name) -> bool:
    """True for what tells figures and has none: "the HTTP Archive *Report*", "the *Index* of Consumer Sentiment"."""
    return name.type == "name" and not name.kind and among(name.id.rpartition(" ")[2], "document_nouns")


def _period_tokens(doc: Doc) -> frozenset[int]:
    spans = (doc.char_span(period.start, period.end, alignment_mode="expand") for period in periods(doc))
    return frozenset(i for span in spans if span is not None for i in range(span.start, span.end))


def country_of(area: str) -> str:
    """The country that a place lies in; any other area is itself."""
    nodes = taxonomy().areas
    node = nodes.get(area)
    if node is None or node.kind != "place":
        return area
    return next((parent for parent in node.within if parent in nodes and nodes[parent].kind == "country"), area)


def words_of(doc: Doc, first: int, last: int) -> str:
    """The words of a half-open token span, as they stand in the article."""
    return text_between(doc, first, last)


def lemma_phrase(tokens: list[Token]) -> str:
    """The normalised words of a phrase: lemmas in lower case, the id of a thing that no pack knows; a word
    said twice ("hybrid hybrid cars") stands once.
    """
    words = (token.lemma_.lower() if token.tag_ in {"NNS", "NNPS"} else token.lower_ for token in tokens)
    return normalise(" ".join(word for word, _ in itertools.groupby(words)))
