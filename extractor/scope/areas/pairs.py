"""Two areas between which something is: "between India and China", "the two countries"."""

from __future__ import annotations

from extractor.mentions import Slot
from extractor.scope.areas.named import name_slot, named_at
from extractor.scope.clause.views import Frame, preposition_of
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.tokens import Token


def ends_between(frame: Frame, terms: Terms) -> tuple[Slot, Slot] | None:
    """The two names that follow "between", or the last two areas where only "the two countries" does; None without."""
    for view in frame.views:
        for token in (view.node, *view.visible):
            if token.dep_ != "pobj" or preposition_of(token, view.node) != "between":
                continue
            both = [named_at(each, terms) for each in (token, *token.conjuncts)]
            named = [each[1] for each in both if each is not None]
            if len(named) == 2:
                return named[0], named[1]
            if among(token.lemma_.lower(), "pair_nouns"):
                return _last_pair(token, terms)
    return None


def _last_pair(token: Token, terms: Terms) -> tuple[Slot, Slot] | None:
    """The last two areas before the token that stand side by side ("China and Russia"), else the last two different
    ones.
    """
    areas = [
        name
        for i, name in sorted(terms.names.items())
        if i < token.i and name.type == "area" and name.kind == "country"
    ]
    doc = token.doc
    for left, right in zip(reversed(areas[:-1]), reversed(areas[1:]), strict=True):
        between = doc.span(left.last, right.first).text.strip().lower()
        if between in {"and", "-", "–", "’s and", "'s and"} and left.id != right.id:
            return name_slot(left, token, "pair named before"), name_slot(right, token, "pair named before")
    if areas:
        other = next((name for name in reversed(areas) if name.id != areas[-1].id), None)
        if other is not None:
            last = areas[-1]
            return name_slot(other, token, "pair named before"), name_slot(last, token, "pair named before")
    return None
