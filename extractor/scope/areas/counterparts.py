"""Clauses whose subject or list is the other end of what is measured: "China's top export destination"."""

from __future__ import annotations

from extractor.scope.areas.parties import Ends, Party
from extractor.scope.clause.views import Frame
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.syntax import is_verb
from extractor.taxonomy import taxonomy
from extractor.tokens import Token


def is_counterpart_clause(frame: Frame, terms: Terms) -> bool:
    """True where the subject is the other end, if whose it is is said, or if it is another country than the article's:
    "Russia has become China's top export destination", "Germany remained the biggest buyer".
    """
    for view in frame.views:
        nouns = (view.node, *(t for t in view.visible if t.dep_ in {"attr", "oprd", "appos"}))
        for noun in nouns:
            if among(noun.lemma_.lower(), "counterpart_nouns") and noun.dep_ in {"attr", "oprd", "appos"}:
                return any(child.dep_ == "poss" for child in noun.lefts) or _is_foreign(noun.head, terms)
    return False


def _is_foreign(verb: Token, terms: Terms) -> bool:
    """True where the subject of a verb is another country than the one that the article tells of."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    name = terms.names.get(subject.i) if subject is not None else None
    home = terms.home.id if terms.home is not None else ""
    own = home in taxonomy().areas and home == terms.land
    return own and name is not None and name.kind == "country" and name.id != home


def lists_counterparts(frame: Frame) -> bool:
    """True where what is listed are the other ends: "Russia's biggest wheat buyers were Egypt (7.1 million)"."""
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None or view.node.lemma_ != "be":
        return False
    subject = next((t for t in view.visible if t.dep_ == "nsubj" and t.head.i == view.node.i), None)
    if subject is None or not among(subject.lemma_.lower(), "counterpart_nouns"):
        return False
    return any(child.dep_ == "poss" for child in subject.lefts)


def listed_ends(parties: list[Party]) -> Ends:
    """The subject as owner and the first other name as the other end: "Russia's biggest buyers were *Egypt* …"."""
    owner = next((party for party in parties if party.subject), None)
    other = next((party for party in parties if party is not owner), None)
    return Ends(owner.slot if owner else None, other.slot if other else None, "counterpart")


def destination_ends(parties: list[Party], *, next_one: bool) -> Ends:
    """Whose the other end's figure is, and that end.

    `next_one`: the figure is that of who comes after the subject: "followed by *Malaysia* with 350,000".
    """
    rest = [party for party in parties if party.role == "owner" and not party.subject]
    if next_one:
        other, rest = next(iter(rest), None), rest[1:]
    else:
        other = next((party for party in parties if party.subject), None)
    owner = next(iter(rest), None)
    return Ends(owner.slot if owner else None, other.slot if other else None, "counterpart")
