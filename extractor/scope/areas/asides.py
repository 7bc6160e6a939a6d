"""Names that only say where somebody sits or who is meant: nobody whose figure it is."""

from __future__ import annotations

from extractor.mentions import Name
from extractor.names.words import PUBLIC_BODIES, body_kind
from extractor.scope.areas.onlookers import looks_on
from extractor.scope.areas.references import is_ranked
from extractor.scope.areas.seats import (
    is_body_name,
    is_seat,
)
from extractor.scope.areas.ties import (
    PREMODIFIERS,
)
from extractor.scope.clause.views import View
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.sentences import BULLETS
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, ancestors
from extractor.tokens import Doc, Token


def is_beside(token: Token, view: View, terms: Terms, role: str) -> bool:
    """True for a name that only says where somebody sits or who is meant, and for one in a clause of its own."""
    return _only_tells_whom(token, terms) or _is_apart(token, view, terms, role)


def _only_tells_whom(token: Token, terms: Terms) -> bool:
    """True for "the *London* brokers", "the *Hamburg*-based carrier", "*Europe's* top economy", "*its* rival"."""
    doc, head = token.doc, token.head
    if token.i + 2 < len(doc) and doc[token.i + 1].text == "-" and among(doc[token.i + 2].lower_, "seat_words"):
        return True
    if token.dep_ == "poss":
        return is_ranked(head) or among(head.lemma_.lower(), "rival_nouns")
    if token.dep_ not in PREMODIFIERS:
        return False
    if token.dep_ == "compound" and _is_place(token, terms) and body_kind(head.lower_) in PUBLIC_BODIES:
        return True  # "the *Tokyo* association's ledger"
    return looks_on(head, terms) or (token.i in terms.inside_areas and is_body_name(head, terms))


def _is_apart(token: Token, view: View, terms: Terms, role: str) -> bool:
    """True for a clause of its own: "Kasem Research *in Bangkok* predicts", "Ms Lim, who works *in Singapore*, is"."""
    pronoun = token.tag_ in {"PRP", "PRP$"}
    for node in (token, *ancestors(token)):
        if node.i == view.node.i:
            return False
        if node.dep_ == "relcl" and (pronoun or node.head.i != view.node.i or _goes_on(node, view.node)):
            return True
        if among(node.lower_, "cause_prepositions") and node.i != token.head.i:
            return True  # "due to strikes *in the Alps*"
        if node.dep_ == "pobj" and is_seat(node, terms):
            return True
        if node.dep_ == "appos" and node.head.i in terms.names and node.head.i != view.node.i:
            return True  # "Las Bambas, *the mine run by China's MMG*, put out 17,300 tonnes"
        if node.dep_ in SUBJECTS and role == "place":
            name = terms.names.get(node.i)
            body = name is not None and (name.type == "person" or name.id in terms.speakers)
            return body or (verb_class(view.node) is not None and node.i not in terms.indicators)
    return False


def is_listed(name: Name, token: Token, terms: Terms) -> bool:
    """True for the second area of a list that was parsed to hang on a noun: "Sales in the EU, *Britain* and Norway"."""
    joined = token.dep_ in {"conj", "appos"}
    noun = next((above for above in ancestors(token) if above.dep_ not in {"conj", "appos"}), token)
    if not joined or name.type != "area" or noun.i in terms.names:
        return False
    before = name.first - 1
    while before > 0 and among(token.doc[before].lower_, "list_words"):
        before -= 1
    other = terms.names.get(before)
    return before < name.first - 1 and other is not None and other.type == "area" and not other.adjective


def signs_off(name: Name, doc: Doc) -> bool:
    """True for whoever stands behind the last dash of a line: "Quake toll is now 68 – *OCD*"."""
    if name.type == "area" or name.first == 0 or doc[name.first - 1].text not in BULLETS:
        return False
    return name.last == len(doc) or "\n" in doc[name.last].text


def _goes_on(verb: Token, noun: Token) -> bool:
    """True for a clause that only adds what followed: "a 22% increase, *which cut* into Samsung's lead"."""
    before = noun.doc[verb.left_edge.i - 1]
    return before.text == "," and verb.i > noun.i and any(t.lower_ == "which" and t.dep_ == "nsubj" for t in verb.lefts)


def _is_place(token: Token, terms: Terms) -> bool:
    name = terms.names.get(token.i)
    return name is not None and name.kind == "place"
