"""What ties a name to what a figure measures, and the role in its clause that follows: owner, place, the other end.

"China's exports *to* Russia", "sales *of* Chinese cars *in* Russia": prepositions, possessives and the verb tell.
"""

from __future__ import annotations

from extractor.mentions import COMPARING, Measure, Name, Slot
from extractor.scope.areas.seats import stands_alone
from extractor.scope.clause.phrases import is_money
from extractor.scope.clause.views import View, preposition_of
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, is_verb
from extractor.taxonomy import ABROAD, taxonomy
from extractor.tokens import Token

PREMODIFIERS = frozenset({"poss", "amod", "compound", "nmod"})
_MADE_IN = "made in"


def _tie(token: Token, view: View) -> str:
    """The preposition that ties a name to what is measured, where a participle before it says more: "cars *made in*
    Spain" come from there, "cars *bound for* Spain" go to it.
    """
    preposition = preposition_of(token, view.node)
    bracketed = token.i == view.node.i and token.i + 1 < len(token.doc) and token.nbor().text == "("
    if bracketed and token.dep_ == "pobj" and among(token.head.lower_, "counterpart_prepositions"):
        return token.head.lower_  # "delivered to *Asia* (70 percent)"
    above = token.head.head
    if token.dep_ == "pobj" and preposition == "for" and among(above.lower_, "bound_participles"):
        return "to"
    of_goods = token.dep_ == "pobj" and above.dep_ in {"acl", "amod"} and above.i != view.node.i
    return _MADE_IN if of_goods and preposition == "in" and among(above.lower_, "making_participles") else preposition


def role_of(token: Token, view: View, name: Name, indicator: Slot | None, measure: Measure, terms: Terms) -> str:
    """`owner`, `place`, `other` (the counterpart), `rival`; empty for a name that plays none."""
    preposition = _tie(token, view)
    if name.id == ABROAD:
        return "" if has_two_ends(indicator) and indicator is not None else "other"  # exports go abroad
    if token.lower_ == "there":
        return "other" if is_word_of(token.nbor(-1), indicator) and has_two_ends(indicator) else "place"
    if among(preposition, "circumstance_prepositions") and token.dep_ != "pobj":
        return ""  # "without the *China* charge"
    if token.dep_ in PREMODIFIERS or name.adjective:
        return _premodifier_role(token, preposition, indicator, measure)
    if not preposition:
        return _bare_role(token, view, name, measure)
    share = measure.kind == "share" and not in_subject(token, view.node)
    role = _preposition_role(preposition, indicator, measure, of_share=share)
    if measure.kind in COMPARING and token.dep_ == "pobj" and token.head.head.lower_ in {"those", "that"}:
        return role  # "sales in Spain rose by 5% and *those in Italy* by 3%"
    return _behind_preposition(token, view, name, preposition, role, terms, indicator)


def _bare_role(token: Token, view: View, name: Name, measure: Measure) -> str:
    """The role of a name that no preposition ties: a subject, an object, an apposition."""
    if token.dep_ in SUBJECTS or (token.dep_ in {"appos", "conj"} and in_subject(token, view.node)):
        return "owner"
    if costs(token, measure):
        return "owner"
    if token.dep_ == "dative":
        return "owner" if is_share_won(measure) or among(view.node.lemma_.lower(), "dative_owner_verbs") else "other"
    if token.dep_ not in {"dobj", "appos", "conj"} or not is_verb(view.node):
        return "owner" if token.i == view.node.i else "place"
    below = view.came_from.lower_ if view.came_from is not None and token.dep_ == "dobj" else ""
    if below in {"at", "on"}:
        return "owner"  # "puts Ferrand at 52%"
    if name.type == "name" and not among(view.node.lemma_.lower(), "lead_verbs"):
        return "rival"
    if below == "with":
        return "owner"  # "left India with a deficit of $99.2 billion"
    return "other" if measure.kind == "difference" and token.dep_ == "dobj" else "rival"


def costs(token: Token, measure: Measure) -> bool:
    """True for whom a sum of money is taken from, or given, by a verb alone: "fined *Barclays* £40 million"."""
    sum_ = is_money(measure.unit) and token.dep_ in {"dobj", "dative"}
    return sum_ and among(token.head.lemma_.lower(), "dative_owner_verbs")


def is_share_won(measure: Measure) -> bool:
    """True for what a poll or a count gives somebody: "gave Ferrand *47.9 percent*"."""
    return measure.unit in {"percent", "percentage_point", "point"}


def _behind_preposition(
    token: Token, view: View, name: Name, preposition: str, role: str, terms: Terms, indicator: Slot | None
) -> str:
    if token.dep_ == "pobj" and stands_alone(token.head.head):
        return ""  # "those from Darfur", "most in Paris": who they are
    if role != "place" or name.type == "area" or preposition == "in":
        return role
    if preposition == "for" and terms.home is not None and name.id == terms.home.id:
        return "owner"  # "analysts expect 11.6 million *for Katana*"
    if preposition != "at":
        return ""
    if name.kind == "company" and (token.head.head.i == view.node.i or is_word_of(token.head.head, indicator)):
        return "owner"  # "were up 2.2% *at Stellantis*"
    hangs = is_word_of(token.head.head, indicator) or token.head.head.i == view.node.i  # "1,340 flights *at O'Hare*"
    return role if hangs or sets_scene(token, view) else ""


def is_word_of(token: Token, indicator: Slot | None) -> bool:
    """True for a word of what is measured."""
    return indicator is not None and indicator.start <= token.idx < indicator.start + len(indicator.text)


def _premodifier_role(token: Token, preposition: str, indicator: Slot | None, measure: Measure) -> str:
    """The owner for "China's exports", "Chinese cars"; but "of the Russian market" is where a share holds.

    What is imported or taxed is another's: "imports of *Chinese* cars", "duties on *Chinese* e-bikes".
    """
    if indicator is not None and token.dep_ != "poss" and token.head.dep_ not in SUBJECTS:
        if among(indicator[0], "inbound") and preposition in {"", "of"} and token.head.lemma_.lower() != "import":
            return "other" if token.head.dep_ in {"pobj", "dobj", "nmod", "compound"} else "owner"
        if among(indicator[0], "levied") and preposition in {"on", "against"}:
            return "other"
    if among(token.head.lemma_.lower(), "whole_nouns") and (measure.kind == "share" or preposition == "in"):
        return "place"
    if among(preposition, "counterpart_prepositions"):
        return "other"
    return "place" if preposition == "in" else "owner"


def _preposition_role(preposition: str, indicator: Slot | None, measure: Measure, *, of_share: bool) -> str:
    if preposition in {"than", "behind", "ahead of", "after", "before"} or (
        preposition == "over" and measure.kind == "difference"
    ):
        return "other" if measure.kind in {"difference", "multiple"} else "rival"
    if preposition == "by":
        return "owner"
    if indicator is not None and among(indicator[0], "inbound") and preposition in {"to", "into"}:
        return "owner"
    if indicator is not None and among(indicator[0], "levied") and preposition in {"on", "against"}:
        return "other"
    if among(preposition, "counterpart_prepositions"):
        return "other"
    if among(preposition, "origin_prepositions") or preposition == _MADE_IN:
        return "other" if indicator is not None and among(indicator[0], "inbound") else "owner"
    if preposition == "for" and indicator is not None and among(indicator[0], "personal"):
        return "owner"  # "support *for the Greens*"
    if preposition == "of":
        return "place" if of_share else "owner"
    return "place" if among(preposition, "place_prepositions") else ""


def is_flow(indicator: Slot | None) -> bool:
    """True for what goes from one to another, goods that are sold included."""
    return indicator is None or has_two_ends(indicator) or among(indicator.id, "sold_measures")


def has_two_ends(indicator: Slot | None) -> bool:
    """True for flows between two areas: exports, imports, trade, shipments."""
    node = taxonomy().indicators.get(indicator[0]) if indicator else None
    return node is None or node.mirror is not None or any(taxonomy().indicators[kin].mirror for kin in node.kin)


def in_subject(token: Token, stop: Token) -> bool:
    """True for a word of the subject of the node that it is seen from."""
    node = token
    while node.i != stop.i and node.head.i != node.i:
        if node.dep_ in SUBJECTS:
            return True
        node = node.head
    return False


def sets_scene(token: Token, view: View) -> bool:
    """True for a place in front of its clause, where the next ones stay: "*In Paris*, police counted 119,000. The CGT
    claimed 800,000".
    """
    preposition = token.head
    if token.dep_ != "pobj" or preposition.dep_ != "prep" or preposition.head.i != view.node.i:
        return False
    return not any(child.i < preposition.i and child.dep_ in SUBJECTS for child in view.node.lefts) and (
        preposition.i < view.node.i
    )


def is_known(indicator: Slot | None) -> bool:
    """True for a measure of the packs."""
    return indicator is not None and indicator[0] in taxonomy().indicators
