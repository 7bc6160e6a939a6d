"""Places that only say where a body sits, whose capital stands for a country, whose customers a firm has, and whose
land a body counts for.
"""

from __future__ import annotations

from extractor.mentions import Measure, Name, Slot
from extractor.names.words import body_kind
from extractor.scope.clause.views import Frame
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import ancestors, is_proper
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc, Token


def is_body_name(head: Token, terms: Terms) -> bool:
    """True for a name that a demonym or a country before it only places: "*Finnish* games company Polarfox"."""
    lemma = head.lemma_.lower()
    if body_kind(lemma) is not None or among(lemma, "rival_nouns"):
        named = (child for child in head.rights if child.dep_ == "appos" and child.left_edge.i <= head.i + 2)
        # "the Swiss *bank* Ruchti & Cie", "Chinese car *maker* BYD", "its Chinese *rival*, BYD"
        head = head.head if head.dep_ == "compound" else next(named, head)
    name = terms.names.get(head.i)
    return name is not None and name.type in {"organisation", "name"} and is_proper(head)


def is_seat(place: Token, terms: Terms) -> bool:
    """True for where a body sits that is named before it: "at Daehan *in Seoul*"."""
    if place.head.lower_ not in {"in", "of"} or place.head.i != place.head.head.i + 1:
        return False
    body = terms.names.get(place.head.head.i)
    return body is not None and body.type in {"organisation", "name"} and place.i in terms.inside_areas


def is_based(name: Name, doc: Doc) -> bool:
    """True for where a body sits: "*Tokyo*-based"."""
    return name.last + 1 < len(doc) and doc[name.last].text == "-" and among(doc[name.last + 1].lower_, "seat_words")


def speaking_for(name: Name, token: Token) -> Name:
    """The country instead of its capital, where that only stands for those who govern: "*Rome's* health ministry"."""
    land = taxonomy().areas[name.id].speaks_for if name.id in taxonomy().areas else None
    if land is None or not _governs(token):
        return name
    return name._replace(id=land, kind=taxonomy().areas[land].kind)


def _governs(capital: Token) -> bool:
    if capital.dep_ in {"poss", "compound", "nmod"}:
        lemma = capital.head.lemma_.lower()
        return among(lemma, "governing_nouns")
    first = next((above for above in (capital, *ancestors(capital)) if above.dep_ != "conj"), capital)
    return first.dep_ == "nsubj" and among(first.head.lemma_.lower(), "governing_verbs")


def stands_alone(word: Token) -> bool:
    """True for a word for some of the things just told: "those", "most of them", "*many* from Syria"."""
    return word.pos_ in {"PRON", "DET"} or among(word.lower_, "some_words")


def is_market_of_firm(area: Slot | None, indicator: Slot | None, measure: Measure, terms: Terms) -> bool:
    """True for a country from which so much of what the article's firm sells comes: "customers in *America* made up 60
    percent of revenue".
    """
    home = terms.home
    if area is None or home is None or indicator is None or measure.kind != "share":
        return False
    firm = any(name.kind == "company" for name in terms.names.values() if name.id == home.id)
    known = taxonomy().areas.get(area.id)
    return firm and known is not None and among(indicator.id, "firm_measures")


def home_of_body(frame: Frame, terms: Terms) -> Slot | None:
    """The country of an association or customs service whose own figure it is: "*the CPCA's* 5.26 million", "that
    *JAMA* reported".
    """
    for view in frame.views:
        for token in (view.node, *view.visible):
            if token.dep_ == "poss" or (token.dep_ == "nsubj" and token.head.dep_ == "relcl"):
                land = _land_of_body(token, terms)
                if land is not None:
                    return land
    return None


def reported_by(frame: Frame, terms: Terms) -> Slot | None:
    """The country of such a body where the figure itself has the clause: "less than the 4.91 million that *China's
    association* gave".
    """
    for node in (frame.anchor, *frame.tokens):
        for clause in (child for child in node.rights if child.dep_ == "relcl" and verb_class(child) is not None):
            subject = next((child for child in clause.lefts if child.dep_ == "nsubj"), None)
            return _land_of_body(subject, terms) if subject is not None else None
    return None


def _land_of_body(body: Token, terms: Terms) -> Slot | None:
    """The country of an association or customs service, by its name or its land's: "the *China* association"."""
    nodes, name = taxonomy().areas, terms.names.get(body.i)
    if name is not None:
        counts = name.kind in {"association", "customs"}
        land = terms.lands_of_bodies.get(name.id) if counts else None
    else:
        beside = (terms.names.get(child.i) for child in body.lefts)
        counts = body_kind(body.lemma_.lower()) in {"association", "customs"}
        land = next((other.id for other in beside if other is not None and other.kind == "country" and counts), None)
    return Slot(land, nodes[land].names[0], "country of the body", body.idx) if land is not None else None
