"""Money that is a price: so much for one of something, or what a product is quoted, offered or sold at."""

from __future__ import annotations

from extractor.mentions import Measure, Slot
from extractor.plurals import singular
from extractor.quantities.lexicon import lexicon
from extractor.scope.clause.verbs import moves
from extractor.scope.clause.views import Frame
from extractor.scope.terms import Terms
from extractor.scope.words import among, words_in
from extractor.syntax import SUBJECTS, is_verb, sentence_end
from extractor.taxonomy import taxonomy
from extractor.tokens import Token

PRICE = "price"
DEAREST = 1e7
"""More money than that is no price."""
_LONGEST_SUM = 4  # tokens of "to 1,190 Malaysian ringgit"


def is_quoted(frame: Frame, terms: Terms) -> bool:
    """True for the price of a product that moves or trades: "*Brent* for August added 68 cents", "*copper* traded at
    $10,114".
    """
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None or view.came_from is None:
        return False
    subject = next((t for t in view.visible if t.dep_ == "nsubj" and t.head.i == view.node.i), None)
    lemma = view.node.lemma_.lower()
    return subject is not None and subject.i in terms.products and (moves(view) or among(lemma, "quoting_verbs"))


def moves_to_price(frame: Frame, terms: Terms) -> bool:
    """True for the growth of a product's price, told with the money that it came to: "*cocoa* jumped 6% to $10,120 a
    tonne".
    """
    verb = frame.verb
    to = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "to"), None) if verb is not None else None
    if verb is None or to is None or not any(_names_money(word) for word in to.doc[to.i : to.i + _LONGEST_SUM]):
        return False
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    return subject is not None and subject.i in terms.products and any(moves(view) for view in frame.views[1:2])


def _names_money(word: Token) -> bool:
    return word.tag_ == "$" or any(among(singular(word.lower_), group) for group in ("currencies", "coins"))


def is_asked(frame: Frame) -> bool:
    """True for the price in "sells it *at* $1.50", "was launched *at* Rs 13,000", "goes *for* $45"."""
    view = next((view for view in frame.views if view.came_from is not None), None)
    if view is None or view.node.dep_ != "prep" or not is_verb(view.node.head):
        return False
    return among(f"{view.node.head.lemma_.lower()} {view.node.lower_}", "asking_verbs")


def is_dearer(frame: Frame) -> bool:
    """True for what makes something dear: "would be £900 *more expensive*", "made flats 4% *cheaper*"."""
    last = frame.tokens[-1]
    behind = [word.lower_ for word in last.doc[last.i + 1 : min(last.i + 3, sentence_end(last))]]
    adjective = behind[1:] if behind[:1] in (["more"], ["less"]) else behind[:1]
    return any(among(word, "price_adjectives") for word in adjective)


def is_for_one(frame: Frame) -> bool:
    """True for so much "a dose", of things that are no units: the parse ties the noun to the sum."""
    return any(
        child.dep_ == "npadvmod"
        and child.tag_ == "NN"
        and not among(child.lemma_.lower(), "calendar_units")
        and any(below.lower_ in {"a", "an", "each", "every"} for below in child.lefts)
        for child in frame.anchor.rights
    ) or _is_apiece(frame)


def is_of_unit(frame: Frame) -> bool:
    """True for what one unit brings: "*a kilo* of mackerel fetched 31 crowns", "*each barrel* earned 4% less"."""
    verb = frame.verb
    if verb is None or not any(among(verb.lemma_.lower(), group) for group in ("quoting_verbs", "earning_verbs")):
        return False
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    if subject is None or subject.lemma_.lower() not in lexicon().unit_words:
        return False
    return any(child.lower_ in {"a", "an", "each", "every", "one", "per"} for child in subject.lefts)


def _is_apiece(frame: Frame) -> bool:
    """True for so much "apiece"."""
    last = frame.tokens[-1]
    return last.i + 1 < len(last.doc) and last.nbor(1).lower_ == "apiece"


def is_of_world_market(indicator: Slot | None, product: Slot | None, measure: Measure) -> bool:
    """True for what a thing costs in dollars that has one price all over the world: "*gold* edged up to $1,986"."""
    if (
        indicator is None
        or product is None
        or indicator.id != PRICE
        or measure.unit.partition(" ")[0] not in {"USD", "percent"}
    ):
        return False
    kinds = {product.id, *taxonomy().product_ancestors(product.id)}
    return any(among(kind, "world_priced") for kind in kinds)


def is_price(indicator: Slot) -> bool:
    """True for indicators that are so much money for one of something by themselves."""
    return any(stem in indicator.id for stem in words_in("price_stems"))
