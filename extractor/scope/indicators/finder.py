"""The indicator: what a figure measures, as far as the packs know it; by its place, see `by_place.py`."""

from __future__ import annotations

from functools import lru_cache

from extractor.lexicon import Match
from extractor.mentions import Measure, Quantity, Slot
from extractor.plurals import singular
from extractor.quantities.lexicon import movement
from extractor.scope.clause.phrases import (
    are_people,
    is_direct,
    is_money,
    is_price_unit,
    names_something,
    phrase,
    sort_counted,
    term,
    verb_event,
)
from extractor.scope.clause.verbs import moves, only_reported, says_how_much
from extractor.scope.clause.views import Frame, View
from extractor.scope.indicators.by_place import numbered_deed, worded_indicator
from extractor.scope.indicators.descriptions import extent, inhabitants, spent_on, time_taken
from extractor.scope.indicators.doings import done_by_part, known_or_words, part_of_things
from extractor.scope.indicators.events import (
    as_event,
    doing_of,
    gapped_passive,
    idiom,
    is_event,
    participle_event,
    taken_in,
    tied_event,
)
from extractor.scope.indicators.measurable import is_theme, through_measure
from extractor.scope.indicators.not_measured import is_beside, is_whole, only_qualifies
from extractor.scope.indicators.prices import (
    DEAREST,
    PRICE,
    is_asked,
    is_dearer,
    is_for_one,
    is_of_unit,
    is_price,
    is_quoted,
    moves_to_price,
)
from extractor.scope.products.things import is_physical
from extractor.scope.rules import DIMENSION, FOR_ONE, KNOWN_NOUN, SHARE_OF_MARKET, SPLIT_NOUN, THEME
from extractor.scope.terms import Terms, words_of
from extractor.scope.words import among, physical_homonyms
from extractor.syntax import SUBJECTS, children, is_noun, is_verb, sentence_end, sentence_start
from extractor.taxonomy import taxonomy
from extractor.tokens import Token

MARKET_SHARE = "market_share"
_PER_SHARE = "earnings_per_share"
_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "advmod"})


def find_indicator(frame: Frame, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """What the figure measures: a term of the packs where one is near, else the words that stand in its place."""
    known = extent(frame, quantity) or time_taken(frame, measure, terms) or _consists_in(frame, terms, quantity)
    known = known or inhabitants(frame, terms) or _of_market(frame, measure)
    known = known or numbered_deed(frame, terms) or _told_in_relative(frame, terms, measure)
    known = known or _shared_out(frame, terms, measure) or _known_indicator(frame, terms, measure)
    known = known or taken_in(frame, terms)
    if known is not None and is_price_unit(quantity.unit) and among(known.id, "never_money"):
        known = None  # "four such *cases* made up $237 million"
    if known is not None and is_physical(quantity.unit):
        known = known._replace(id=physical_homonyms().get(known.id, known.id))  # "*stocks* were 870 tonnes"
    priced = _priced(known, frame, terms, quantity, measure)
    if priced is not None:
        return priced
    if known is not None:
        return with_money(as_event(known, frame), quantity)
    if frame.anaphoric:
        return done_by_part(frame, terms, measure) or part_of_things(frame, terms, measure)
    return spent_on(frame, measure, terms) or worded_indicator(frame, terms, quantity, measure)


def _priced(known: Slot | None, frame: Frame, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """A price, or what is by itself so much for one, where the figure is money for one of something."""
    money = is_price_unit(quantity.unit)
    if quantity.per == "share":
        told = (known, verb_event(frame.verb, "money") if frame.verb is not None else None)
        earned = next((slot for slot in told if slot is not None and among(slot.id, "earnings")), None)
        if earned is not None:
            return earned._replace(id=_PER_SHARE)  # "the chain *earned* $2.03 a share"
    if money and is_dearer(frame):
        return Slot(PRICE, "", "adjective of price")
    rule = ""
    if money and ((quantity.per and not among(quantity.per, "calendar_units")) or is_for_one(frame)):
        rule = FOR_ONE
    elif money and measure.value < DEAREST and is_asked(frame):
        rule = "money that something sells at"
    elif (money or measure.kind == "growth") and is_of_unit(frame):
        rule = FOR_ONE
    if rule:
        return known if known is not None and is_price(known) else Slot(PRICE, "", rule)
    if known is None and measure.kind == "growth" and moves_to_price(frame, terms):
        return Slot(PRICE, "", "growth of a price")
    quoted = known is None and money and measure.value < DEAREST and is_quoted(frame, terms)
    return Slot(PRICE, "", "money that a product is quoted at") if quoted else None


def _consists_in(frame: Frame, terms: Terms, quantity: Quantity) -> Slot | None:
    """What a sum of money consists in: "weighed down by $70 million *in legal fees*", not "in May", "in cash"."""
    last = frame.tokens[-1]
    if not is_money(quantity.unit) or last.i + 1 >= sentence_end(last) or last.nbor(1).lower_ != "in":
        return None
    noun = next((end for end in last.nbor(1).rights if end.dep_ == "pobj"), None)
    if noun is None or not is_theme(noun, terms) or not names_something(noun, terms):
        return None
    lemma = noun.lemma_.lower()
    if any(
        among(lemma, group) for group in ("forms_of_payment", "measure_nouns", "site_references", "place_references")
    ):
        return None
    return known_or_words(noun, terms, "what a sum consists in")


def _told_in_relative(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    """What a relative clause tells the size of: "blamed the loss on *write-offs* which totalled $3 million"."""
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None or view.node.dep_ != "relcl" or not says_how_much(view):
        return None
    tied = view.came_from is not None and view.came_from.dep_ in {"dobj", "attr", "npadvmod", "prep"}
    if (
        not tied
        or view.node.lemma_ == "be"
        or verb_event(view.node, sort_counted(measure, frame.counted, terms)) is not None
    ):
        return None  # "rains that *lasted* three days"
    subject = next((child for child in view.node.lefts if child.dep_ in SUBJECTS), None)
    if subject is None or subject.tag_ not in {"WDT", "WP"} or frame.counted is not None:
        return None
    noun = through_measure(view.node.head, terms, frame)
    return known_or_words(noun, terms, THEME) if noun is not None and is_theme(noun, terms) else None


def _of_market(frame: Frame, measure: Measure) -> Slot | None:
    """The share of a market that somebody has: "the biggest, with *a fifth of the market*, reported a profit"."""
    if measure.kind != "share" or frame.counted is None or frame.counted.lemma_ != "market":
        return None
    return Slot(MARKET_SHARE, "", SHARE_OF_MARKET)


# Known to the packs ---------------------------------------------------------------------------------------------------


def _shared_out(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    """What a share of a whole is a share *by*: the verb or its subject, not the whole.

    "spends 4.1% of its GDP" is spending; "exports were equal to 16.3 percent of sales" are exports.
    """
    if measure.kind != "share" or not any(c.dep_ == "prep" and c.lower_ == "of" for c in frame.anchor.rights):
        return None
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None or view.came_from is None:
        return None
    if view.came_from.dep_ == "nsubjpass":
        return verb_event(view.node)
    if view.came_from.dep_ in SUBJECTS:
        return None
    if view.came_from.dep_ == "dobj" and among(view.node.lemma_.lower(), "drawing_verbs"):
        ends = (end for child in frame.anchor.rights if child.lower_ == "of" for end in child.rights)
        return next((whole for end in ends if (whole := _named_by(end, terms)) is not None), None)
    if view.came_from.dep_ == "dobj" and (event := verb_event(view.node)) is not None:
        return event
    if view.node.dep_ == "acl" and view.node.tag_ == "VBN" and is_noun(view.node.head):
        return _named_by(view.node.head, terms)  # "the *levy*, raised to 10 percent of the price"
    moved = (child for child in children(view.node) if child.dep_ == "dobj" and view.came_from.dep_ == "prep")
    shared = next(moved, None) or next((child for child in children(view.node) if child.dep_ in SUBJECTS), None)
    return None if shared is None else _named_by(shared, terms)


def _named_by(noun: Token, terms: Terms) -> Slot | None:
    match = terms.indicators.get(noun.i)
    if match is None or match.role != "noun":
        return None
    return term(noun, match, "what a share is a share by", terms)


def _known_indicator(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    counted = frame.counted if frame.counted is not None and names_something(frame.counted, terms) else None
    if frame.counted is None and (told := _right_before(frame, terms)) is not None:
        return told
    if measure.kind == "level" and (state := _right_behind(frame, terms)) is not None:
        return state
    for view in frame.clause:
        together = idiom(view.node, view.came_from, frame) if measure.kind != "growth" else None
        together = together or tied_event(view, measure)
        if together is not None:
            return together
        sort = _sort_seen(view, frame, terms, measure)
        reported = is_verb(view.node) and only_reported(view, frame, sort)
        for token in _indicator_order(view):
            deed = verb_event(token, sort) if token.i == view.node.i and is_event(view, measure, sort) else None
            found = None if sort == "time" and token.i == view.node.i else _told_by(token, view, terms)
            if found is None or _acts_on_figure(token, view, frame):
                found = deed or found  # "*killing* 298 people" are no killings
            if found is not None and not is_beside(token, view, frame, counted, reported=reported):
                return found
        own = _own_measure(view, terms) or _moved_noun(view, frame, terms)
        if own is not None or reported:
            return own
    if (measure.kind == "rank" or _is_held_by(frame)) and (agent := _agent(frame, counted, terms, measure)) is not None:
        return agent
    sort = sort_counted(measure, frame.counted, terms)
    return next((event for view in frame.clause if (event := participle_event(view, measure, sort)) is not None), None)


def _acts_on_figure(token: Token, view: View, frame: Frame) -> bool:
    """True for a verb form, spelled as a noun of the packs or not, whose object the figure is or counts."""
    below, acted_on = view.came_from, frame.counted if frame.counted is not None else frame.anchor
    if token.tag_ != "VBG" or token.i != view.node.i or below is None:
        return False
    return below.i == acted_on.i and below.dep_ == "dobj"


def _right_before(frame: Frame, terms: Terms) -> Slot | None:
    """The noun of the packs right before a bare figure, however it was parsed: "with *rents* up 4% and *wages*
    gaining 2%", "*unemployment* at 3.8%".
    """
    first = frame.tokens[0]
    if first.i - 2 < sentence_start(first):
        return None
    noun, link = first.nbor(-2), first.nbor(-1)
    match = terms.indicators.get(noun.i)
    if match is None or match.role != "noun" or only_qualifies(noun, terms):
        return None
    if not (among(link.lower_, "telling_links") or (link.tag_ == "VBG" and link.lemma_.lower() in movement().verbs)):
        return None
    top = noun
    while top.dep_ == "conj" and top.head.i < top.i:
        top = top.head
    apart = top.dep_ == "pobj" and top.head.lower_ == "with"
    return term(noun, match, KNOWN_NOUN, terms) if apart or top.dep_ in SUBJECTS else None


def _right_behind(frame: Frame, terms: Terms) -> Slot | None:
    """What so many are, by the very next word, however it was parsed: "left two dead and 606 *injured*"."""
    last = frame.tokens[-1]
    if last.i + 1 >= sentence_end(last):
        return None
    state = last.nbor(1)
    if frame.counted is not None and frame.counted.i != state.i:
        return None
    if (done := gapped_passive(frame.tokens[0], state)) is not None:
        return done
    if frame.counted is not None or last.pos_ != "NUM":
        return None
    match = terms.indicators.get(state.i)
    if match is None or match.role != "noun" or match.first != state.i or only_qualifies(state, terms):
        return None
    return term(state, match, KNOWN_NOUN, terms)


def _sort_seen(view: View, frame: Frame, terms: Terms, measure: Measure) -> str:
    """The sort of figure that a verb acts on, empty where it does so through something else."""
    below = view.came_from
    tops = {frame.anchor.i, frame.counted.i if frame.counted is not None else frame.anchor.i}
    if below is None or below.i not in tops or not is_direct(view.node, below, frame.tokens):
        return ""
    sort = sort_counted(measure, frame.counted, terms)
    if sort == "money" and _is_paid(view.node, terms):
        return "pay"
    return sort


def _is_paid(verb: Token, terms: Terms) -> bool:
    """True for people who earn: "the average *teacher* earns $102,400 a year"."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    return subject is not None and subject.tag_ == "NN" and are_people(subject, terms)


def _told_by(token: Token, view: View, terms: Terms) -> Slot | None:
    """The measure of the packs that a word names, or what those do whom it tells of."""
    doing = doing_of(token, view, terms)
    if doing is not None:
        return doing
    match = terms.indicators.get(token.i)
    if match is None or match.role == "agent" or only_qualifies(token, terms) or is_whole(token, view, terms):
        return None
    dimension = _dimension(token)
    return _refined(token, match, terms) if dimension is None else phrase(dimension, terms, DIMENSION)


def _is_held_by(frame: Frame) -> bool:
    """True for what somebody has: "remained the leading manufacturer *with 837,000 vehicles*"."""
    return any(view.node.dep_ == "prep" and view.node.lower_ == "with" for view in frame.views[:3])


def _agent(frame: Frame, counted: Token | None, terms: Terms, measure: Measure) -> Slot | None:
    """Who does it, for a rank or what he has: "the largest *exporter*"."""
    for view in frame.clause:
        for token in _indicator_order(view):
            match = terms.indicators.get(token.i)
            if (
                match is not None
                and match.role == "agent"
                and not (measure.kind != "rank" and among(token.lemma_.lower(), "counterpart_nouns"))
                and not is_beside(token, view, frame, counted, reported=False)
            ):
                return term(token, match, "agent noun of the packs", terms)
    return None


def _dimension(token: Token) -> Token | None:
    """The noun above for "the *depth* of the quake"."""
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ in {"of", "under"} else None
    return above if above is not None and among(above.lemma_.lower(), "dimension_nouns") else None


def _own_measure(view: View, terms: Terms) -> Slot | None:
    """The noun that is itself what is measured, nearer than any term of the packs: "the *gap* of $18 billion"."""
    node, below = view.node, view.came_from
    if below is None or below.lower_ != "of" or not is_noun(node):
        return None
    if not any(among(node.lemma_.lower(), group) for group in ("own_measures", "dimension_nouns")):
        return None
    if any(child.dep_ == "prep" and child.i != below.i for child in node.rights):
        return None  # "a margin of 5% in sales"
    return phrase(node, terms, "measure of its own")


def _moved_noun(view: View, frame: Frame, terms: Terms) -> Slot | None:
    """What a noun of rise or fall itself says has moved, nearer than any term above: "a fall of £2.6m in *grants*"."""
    node, below = view.node, view.came_from
    if below is None or not is_noun(node) or node.lemma_.lower() not in movement().nouns:
        return None
    tied = any(child.dep_ == "prep" and child.lower_ in {"in", "of"} and child.i != below.i for child in node.rights)
    noun = through_measure(node, terms, frame) if tied else None
    if noun is None or noun.i in terms.inside_periods or noun.i in terms.products:
        return None
    match = terms.indicators.get(noun.i)
    return term(noun, match, KNOWN_NOUN, terms) if match is not None else phrase(noun, terms, "what moved")


def _indicator_order(view: View) -> list[Token]:
    """The node, then what hangs on it; a verb's subject before its other dependants when the figure is not its
    object.
    """
    if not is_verb(view.node):
        return [view.node, *view.visible]
    moved = view.came_from is not None and view.came_from.dep_ in {"npadvmod", "advmod", "prep"} and moves(view)
    own = ("dobj", "nsubjpass", "nsubj") if moved else ("",)

    def order(token: Token) -> int:
        if token.head.i == view.node.i and token.dep_ in own:
            return own.index(token.dep_)
        return len(own) + (token.dep_ not in {"nsubj", "nsubjpass", "dobj"})

    return [view.node, *sorted(view.visible, key=order)]


def _refined(token: Token, match: Match, terms: Terms) -> Slot:
    """A more specific indicator where a product splits its name: "retail car sales" is "retail sales" of cars."""
    head = token.lemma_.lower()
    for modifier in token.lefts:
        if modifier.dep_ in _PREMODIFIERS and modifier.i not in terms.inside_names:
            split = next((each for each in _named_so(f"{modifier.lower_} {head}") if each != match.id), None)
            if split is not None:
                words = words_of(token.doc, modifier.i, token.i + 1)
                return Slot(split, words, SPLIT_NOUN, modifier.idx)
    return term(token, match, KNOWN_NOUN, terms)


@lru_cache(maxsize=4096)
def _named_so(noun: str) -> tuple[str, ...]:
    """The indicators of the packs that have a noun, in their order."""
    return tuple(node.id for node in taxonomy().indicators.values() if noun in node.nouns)


def with_money(indicator: Slot, quantity: Quantity) -> Slot:
    """Money paid for exports is their value: the node that the packs name for it, in the words for exports alone."""
    node = taxonomy().indicators.get(indicator[0])
    if node is None or not node.monetary or not is_money(quantity.unit) or quantity.per:
        return indicator
    words = indicator.text.split()
    names = (" ".join(words[first:]) for first in range(len(words)))
    text = next((name for name in names if singular(name.lower()) in node.nouns), indicator.text)
    start = indicator.start + len(indicator.text) - len(text) if indicator.start >= 0 else indicator.start
    return indicator._replace(id=node.monetary, text=text, start=start)
