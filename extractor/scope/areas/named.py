"""The name that stands at a token, or that a reference takes up, unless it can have no figures."""

from __future__ import annotations

from extractor.mentions import Name, Slot
from extractor.names.words import name_words
from extractor.scope.areas.references import is_product, is_reference, stands_for_another, taken_up
from extractor.scope.areas.seats import (
    speaking_for,
)
from extractor.scope.areas.ties import (
    PREMODIFIERS,
)
from extractor.scope.clause.phrases import is_people
from extractor.scope.terms import Terms, words_of
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, is_proper
from extractor.tokens import Token


def named_at(token: Token, terms: Terms) -> tuple[Name, Slot] | None:
    """The name that ends on the token, or that a reference ("the company", "its") takes up."""
    name = terms.heads.get(token.i)
    if name is not None and not (token.text == "Union" and is_reference(name, token)):
        if _is_no_party(name, token) or is_people(token, terms) or stands_for_another(name, token, terms):
            return None
        name = speaking_for(name, token)
        return name, name_slot(name, token, "name")
    name = taken_up(token, terms)
    return None if name is None else (name, name_slot(name, token, "name taken up"))


def _is_no_party(name: Name, token: Token) -> bool:
    """True for what looks like a name and can have no figures: an event, a label ("the *NPA* ratio"), a place in the
    name of something else ("the *Paris* Agreement") or of somebody ("*Arequipa* Gov. Rodrigo Salcedo").
    """
    if is_reference(name, token):
        return True
    if name.type == "area" and name.adjective and token.head.dep_ == "appos" and _is_described(token.head):
        return True  # "Adre, a *Chadian* town"
    if name.type == "area":
        after = token.doc[name.last] if name.last < len(token.doc) else token
        titled = after.is_title and token.dep_ in PREMODIFIERS and after.lower_.rstrip(".") in name_words().titles
        return titled or (after.is_title and among(after.lower_, "event_heads"))
    if name.type == "organisation" and name.kind == "company" and _makes_model(token):
        return True
    if name.type == "organisation":
        return not name.kind and token.dep_ in PREMODIFIERS - {"poss"}
    if is_product(token):
        return True
    if token.dep_ == "compound" and among(token.head.lemma_.lower(), "stock_nouns"):
        return False  # "*Allied Domecq* shares in London rose 4%"
    if is_put_at(token):
        return False
    return name.type == "name" and token.dep_ not in {*SUBJECTS, "poss", "pobj", "appos", "conj", "dative"}


def _makes_model(maker: Token) -> bool:
    """True for a maker before the name of a model, whoever has it: "28 *Airbus* A320s"."""
    model = maker.head
    return maker.dep_ == "compound" and is_proper(model) and any(character.isdigit() for character in model.text)


def _is_described(noun: Token) -> bool:
    """True for a common noun that only says what the name before it is."""
    return noun.tag_ == "NN" and is_proper(noun.head)


def name_slot(name: Name, token: Token, rule: str) -> Slot:
    """The slot for a name of the token's document."""
    return Slot(name.id, words_of(token.doc, name.first, name.last), rule, token.doc[name.first].idx)


def is_put_at(token: Token) -> bool:
    """True for whom somebody puts at a figure: "puts *Ferrand* at 52%", "has *Labour* on 38%"."""
    behind = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return token.dep_ == "dobj" and behind in {"at", "on"} and among(token.head.lemma_.lower(), "placing_verbs")
