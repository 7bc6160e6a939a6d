"""The indicator: what a figure measures, as far as the packs know it; by its place, see `themes.py`."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.lexicon import Match
from extractor.mentions import Measure, Quantity, Slot
from extractor.quantities.lexicon import movement
from extractor.scope.frame import Frame, View
from extractor.scope.phrases import (
    event_behind,
    indicator_verbs,
    is_direct,
    is_money,
    is_price_unit,
    lacked,
    names_something,
    phrase,
    sort_of,
    term,
    verb_event,
)
from extractor.scope.prices import is_asked, is_for_one, is_of_unit, is_price, is_quoted
from extractor.scope.terms import Terms, words_of
from extractor.scope.themes import PRICE, extent, through_measure, worded_indicator
from extractor.scope.verbs import is_content_verb, is_led_astray, is_sum, moves, only_reported, says_how_much
from extractor.scope.words import among, idioms
from extractor.syntax import SUBJECTS, is_noun, is_verb
from extractor.taxonomy import taxonomy

MARKET_SHARE = "market_share"
PER_SHARE = "earnings_per_share"
_DEAREST = 1e7  # more money than that is no price
_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "advmod"})


def find_indicator(frame: Frame, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """What the figure measures: a term of the packs where one is near, else the words that stand in its place."""
    known = _shared_out(frame, terms, measure) or _known_indicator(frame, terms, measure)
    known = extent(frame, quantity) or known
    if known is not None and is_price_unit(quantity.unit) and among(known.id, "never_money"):
        known = None  # "four such *cases* made up $237 million"
    per_one = quantity.per and not among(quantity.per, "calendar_units")
    if quantity.per == "share" and known is not None and among(known.id, "earnings"):
        return known._replace(id=PER_SHARE)
    if is_price_unit(quantity.unit) and (per_one or is_for_one(frame)):
        return known if known is not None and is_price(known) else Slot(PRICE, "", "money for one of something")
    if is_price_unit(quantity.unit) and measure.value < _DEAREST and is_asked(frame):
        return known if known is not None and is_price(known) else Slot(PRICE, "", "money that something sells at")
    if (is_price_unit(quantity.unit) or measure.kind == "growth") and is_of_unit(frame):
        return known if known is not None and is_price(known) else Slot(PRICE, "", "money for one of something")
    if known is None and is_price_unit(quantity.unit) and measure.value < _DEAREST and is_quoted(frame, terms):
        return Slot(PRICE, "", "money that a product is quoted at")
    if known is not None:
        return with_money(_as_event(known, frame), quantity)
    if measure.kind == "share" and frame.counted is not None and frame.counted.lemma_ == "market":
        return Slot(MARKET_SHARE, "", "share of a market")
    return None if frame.anaphoric else worded_indicator(frame, terms, quantity, measure)


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
    if view.came_from.dep_ == "dobj" and (event := verb_event(view.node)) is not None:
        return event
    moved = (child for child in view.node.children if child.dep_ == "dobj" and view.came_from.dep_ == "prep")
    shared = next(moved, None) or next((child for child in view.node.children if child.dep_ in SUBJECTS), None)
    match = terms.indicators.get(shared.i) if shared is not None else None
    if shared is None or match is None or match.role != "noun":
        return None
    return term(shared, match, "what a share is a share by", terms)


def _known_indicator(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    counted = frame.counted if frame.counted is not None and names_something(frame.counted, terms) else None
    for view in frame.clause:
        together = _idiom(view.node, view.came_from, frame) if measure.kind != "growth" else None
        together = together or _tied_event(view, measure)
        if together is not None:
            return together
        sort = _sort_seen(view, frame, terms, measure)
        reported = is_verb(view.node) and only_reported(view, frame, sort)
        tokens = [t for t in _indicator_order(view) if not _is_beside(t, view, frame, counted, reported=reported)]
        for token in tokens:
            found = None if sort == "time" and token.i == view.node.i else _told_by(token, view, terms)
            if found is None and token.i == view.node.i and _is_event(view, measure, sort):
                found = verb_event(token, sort)
            if found is not None:
                return found
        own = _own_measure(view, terms) or _moved_noun(view, frame, terms)
        if own is not None or reported:
            return own
    if measure.kind == "rank" and (agent := _agent(frame, counted, terms)) is not None:
        return agent
    sort = sort_of(measure, frame.counted, terms)
    return next((event for view in frame.clause if (event := _participle_event(view, measure, sort)) is not None), None)


def _idiom(verb: Token, thing: Token | None, frame: Frame | None = None) -> Slot | None:
    """The event that verb and object are together: "took 129 *lives*", "who lost *power*", "217 *lives* were lost"."""
    if thing is None or thing.dep_ not in {"dobj", "nsubjpass"} or thing.head.i != verb.i:
        return None
    lacking = lacked(verb, thing)
    if lacking is not None:
        return lacking
    if frame is not None and frame.counted is not None and thing.i == frame.anchor.i and thing.dep_ == "dobj":
        thing = frame.counted  # "cut 210 of 5,200 *jobs*"
    event = idioms().get((verb.lemma_.lower(), thing.lemma_.lower()))
    return None if event is None else Slot(event, f"{verb.text} {thing.text}", "verb with its object", verb.idx)


def _tied_event(view: View, measure: Measure) -> Slot | None:
    """The event that a verb is with the preposition before the figure: "institutions *designed for* 34,000"."""
    below = view.came_from
    tied = below is not None and below.dep_ == "prep" and below.head.i == view.node.i and is_verb(view.node)
    event = event_behind(view.node, below) if tied and below is not None else None
    if event is not None and event.id == PRICE and not is_price_unit(measure.unit):
        return None  # "goes for 1,200 TWh"
    many = event is not None and event.id == PRICE and (measure.value >= _DEAREST or _are_many(view.node))
    return event._replace(id="revenue") if many and event is not None else event


def _are_many(verb: Token) -> bool:
    """True for a sum that a number of things brought together: "*263,000 tonnes* went for NOK 9.9bn"."""
    subjects = (child for child in verb.lefts if child.dep_ in SUBJECTS)
    return any(child.tag_ == "NNS" and any(c.dep_ == "nummod" for c in child.lefts) for child in subjects)


def _sort_seen(view: View, frame: Frame, terms: Terms, measure: Measure) -> str:
    """The sort of figure that a verb acts on, empty where it does so through something else."""
    below = view.came_from
    tops = {frame.anchor.i, frame.counted.i if frame.counted is not None else frame.anchor.i}
    if below is None or below.i not in tops or not is_direct(view.node, below, frame.tokens):
        return ""
    return sort_of(measure, frame.counted, terms)


def _is_beside(token: Token, view: View, frame: Frame, counted: Token | None, *, reported: bool) -> bool:
    """True for a word that can be seen and does not measure: in another part of the clause, or of whoever tells."""
    if is_verb(view.node) and not _may_measure(token, view, counted):
        return True
    told_first = reported and token.i < frame.anchor.i and not _is_fronted(token)
    if told_first or _is_purpose(token, counted) or _is_told_by_the_way(token, view):
        return True
    if token.dep_ == "pobj" and among(token.head.lower_, "circumstance_prepositions"):
        return True
    # "of which 2,340 crore was in *loans*": what is measured was named before; "$3.10 per *share*": for one of what
    return token.dep_ == "pobj" and (frame.anaphoric or token.head.lower_ == "per" or _is_cause(token, view))


def _is_fronted(token: Token) -> bool:
    """True for what a sentence opens on: "*For truck registrations* the dealers now see 122,000"."""
    return token.dep_ == "pobj" and token.head.i == token.sent.start and token.head.lower_ in {"for", "on"}


def _is_told_by_the_way(token: Token, view: View) -> bool:
    """True for the subject of a relative clause that the figure is not in: "Yields in Bahia, where *rainfall* has been
    scarce, dropped 22%".
    """
    clause = token.head
    return token.dep_ in SUBJECTS and clause.dep_ == "relcl" and clause.i != view.node.i and clause.i > token.i


def _is_whole(token: Token, view: View, terms: Terms) -> bool:
    """True for what a percentage is told of: "72% of *GDP*"."""
    match = terms.indicators.get(token.i)
    tied = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.i == view.node.i
    percent = view.came_from is None and view.node.lower_ in {"%", "percent", "cent", "pct"}
    return match is not None and tied and percent and among(match.id, "denominators")


def _told_by(token: Token, view: View, terms: Terms) -> Slot | None:
    """The measure of the packs that a word names, or what those do whom it tells of."""
    doing = _doing(token, view, terms)
    if doing is not None:
        return doing
    match = terms.indicators.get(token.i)
    if match is None or match.role == "agent" or _only_qualifies(token, terms) or _is_whole(token, view, terms):
        return None
    dimension = _dimension(token)
    return (
        _refined(token, match, terms)
        if dimension is None
        else phrase(dimension, terms, "dimension of what is measured")
    )


def _agent(frame: Frame, counted: Token | None, terms: Terms) -> Slot | None:
    """Who does it, for a rank: "the largest *exporter*"."""
    for view in frame.clause:
        for token in _indicator_order(view):
            match = terms.indicators.get(token.i)
            if (
                match is not None
                and match.role == "agent"
                and not _is_beside(token, view, frame, counted, reported=False)
            ):
                return term(token, match, "agent noun of the packs", terms)
    return None


def _dimension(token: Token) -> Token | None:
    """The noun above for "the *depth* of the quake"."""
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ in {"of", "under"} else None
    return above if above is not None and among(above.lemma_.lower(), "dimension_nouns") else None


def _doing(token: Token, view: View, terms: Terms) -> Slot | None:
    """What those do of whom a number is told: "the number of people *waiting* for treatment", "of those who *died*"."""
    clause = token.dep_ == "relcl" and _is_participle(token)
    participle = token.dep_ == "acl" and token.tag_ in {"VBG", "VBN"}
    if not (clause or participle) or token.head.dep_ != "pobj" or _is_same(token, view.came_from):
        return None
    of = token.head.head
    if of.lower_ != "of" or not among(of.head.lemma_.lower(), "measure_nouns"):
        return None
    if among(token.lemma_.lower(), "describing_participles") or token.doc[token.i - 1].text == ",":
        return None
    event = verb_event(token, "people")
    if event is not None or clause:
        return event
    return phrase(token, terms, "what so many do") if is_content_verb(token) else None


def _is_purpose(token: Token, counted: Token | None) -> bool:
    """True for what the counted things are for: "50,500 mortgages for house *purchase*"."""
    tied = token.dep_ == "pobj" and token.head.lower_ == "for"
    return tied and counted is not None and token.head.head.i == counted.i


def _is_cause(token: Token, view: View) -> bool:
    """True for what a sum is paid for: "fined the bank €32 million for *fraud*"."""
    return view.came_from is None and token.head.lower_ == "for" and token.head.head.i == view.node.i


def _only_qualifies(token: Token, terms: Terms) -> bool:
    """True for an indicator's noun that only helps to name another thing: "*waste* collection", "low-*income*
    households".
    """
    head = token.head
    if token.dep_ not in {"compound", "nmod"} or not is_noun(head) or head.i < token.i or head.i in terms.indicators:
        return False
    lemma = head.lemma_.lower()
    if token.i and token.doc[token.i - 1].text == "-":
        return not any(among(lemma, group) for group in ("measure_nouns", "generic_units", "whole_nouns"))
    if lemma in movement().nouns:
        return False
    return not any(
        among(lemma, group) for group in ("measure_nouns", "generic_units", "whole_nouns", "transparent_nouns")
    )


def _own_measure(view: View, terms: Terms) -> Slot | None:
    """ "the *gap* of $18 billion": a noun that is itself what is measured, nearer than any term of the packs."""
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
    return term(noun, match, "noun of the packs", terms) if match is not None else phrase(noun, terms, "what moved")


def _may_measure(token: Token, view: View, counted: Token | None) -> bool:
    """Whether a word that hangs on the verb can be what the figure measures.

    A figure with a noun of its own measures the verb, or the subject of a verb that says how much it is ("exports
    reached 2 million cars"), not what else the sentence speaks of ("60 *brands*", "12,000 *officers* were on duty",
    "blocked at 4 *refineries*"). One in a "with" phrase never measures the verb's object ("claims a share of the
    market, with 60 brands"), and the object of any other verb never its subject ("the *closure* will save £25
    million").
    """
    if token.i == view.node.i:
        return True
    if (
        token.dep_ == "pobj"
        and token.head.head.i == view.node.i
        and among(token.head.lower_, "circumstance_prepositions")
    ):
        return False
    if counted is not None and counted.dep_ != "pobj":
        return token.dep_ in {"nsubj", "nsubjpass", "dobj"} and says_how_much(view)
    if counted is not None and not says_how_much(view):
        return False
    if view.came_from is not None and view.came_from.dep_ == "dobj" and is_content_verb(view.node):
        return token.dep_ not in SUBJECTS or moves(view)
    return token.dep_ != "dobj" or view.came_from is None or view.came_from.lower_ != "with"


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


def _is_event(view: View, measure: Measure, sort: str) -> bool:
    """True for a verb of the packs whose object the figure is, or is compared with ("shipped 50 million, up 3%")."""
    event = verb_event(view.node, sort)
    if view.came_from is None or event is None:
        return False
    node = taxonomy().indicators.get(event.id)
    if measure.kind == "growth" and view.came_from.dep_ == "dobj" and view.node.lemma_.lower() in movement().verbs:
        return False  # "lost 12 percent" is a fall
    if node is not None and node.default_kind == "share" and measure.unit != "percent":
        return False  # "owns 14,000 tablets" is no stake
    if view.node.lemma_.lower() == "make" and (
        among(view.came_from.lemma_.lower(), "made_things")
        or measure.unit == "percent"
        or is_sum(view.node, view.came_from)
    ):
        return False  # "made 31.2 million journeys", "makes it £310m"
    if (
        view.node.lemma_.lower() in {"make", "produce", "build"}
        and is_price_unit(measure.unit)
        and event.id == "production"
    ):
        return False  # "made a loss of €3m": nothing was produced
    if among(view.came_from.lemma_.lower(), "aims"):
        return False  # "to make its target of 3 million"
    timed = sort == "time" and view.came_from.dep_ == "npadvmod"
    direct = (timed or view.came_from.dep_ in {"dobj", "nsubjpass", "nsubj", "attr", "oprd"}) and measure.kind not in {
        "growth"
    }
    has_object = any(child.dep_ in {"dobj", "nsubjpass"} for child in view.node.children)
    acts = (
        view.came_from.dep_ == "nsubj" and has_object
    )  # "2,012 people died" counts deaths, "50 firms sold cars" no sales
    if (direct and not acts) or is_led_astray(view):
        return True
    return has_object and view.came_from.dep_ in {"npadvmod", "advmod", "prep", "advcl", "conj"}


def _participle_event(view: View, measure: Measure, sort: str) -> Slot | None:
    """The deed of a reduced relative on what is measured: "cars *built* in Mexico numbered 349,000", "vehicles
    *exported*".

    One set off by a comma only describes ("the port, built in 1983, handled …").
    """
    if is_verb(view.node):
        nouns = (
            [t for t in view.visible if t.dep_ in SUBJECTS and t.head.i == view.node.i] if says_how_much(view) else []
        )
    else:
        nouns = [t for t in (view.node, *view.visible) if t.i == view.node.i or (_is_of(t) and not _is_done(view))]
    for noun in nouns:
        for child in noun.children:
            event = None
            if not _is_same(child, view.came_from) and _is_participle(child):
                event = verb_event(child, sort if _is_had(child) else "")
            if measure.kind == "growth" and child.lemma_.lower() in movement().verbs:
                continue  # "the peso, which lost 12 percent, gained 1.6": a fall
            objects = (below for below in child.rights if below.dep_ == "dobj")
            event = next((told for each in objects if (told := _idiom(child, each)) is not None), event)
            if event is not None:
                return event._replace(rule="participle of the packs")
    return None


def _is_of(token: Token) -> bool:
    """True for what a noun is of, not for where it is: "minors in *centres* built for 2,000"."""
    return token.dep_ == "pobj" and token.head.lower_ == "of"


def _is_done(view: View) -> bool:
    """True for the subject of a passive that tells more: "6.19 million of the 13.4 million *registered* customers had
    been metered".
    """
    return view.node.dep_ == "nsubjpass" and is_content_verb(view.node.head)


def _is_same(one: Token, other: Token | None) -> bool:
    return other is not None and one.i == other.i


def _is_participle(child: Token) -> bool:
    """ "cars *exported*", "*exported* cars", "those who *died*", "the 43.2 billion it had *requested*", none set off by
    a comma.
    """
    if child.dep_ == "relcl":
        return _is_had(child) or any(
            below.dep_ in {"nsubj", "nsubjpass"} and below.tag_ in {"WP", "WDT"} for below in child.lefts
        )
    if child.tag_ != "VBN" or child.dep_ not in {"acl", "amod"}:
        return False
    before = child.doc[child.i - 1].text if child.i else ""
    if child.dep_ == "amod":  # "*registered* camps" are camps
        return before != "-" and not among(child.lemma_.lower(), "describing_participles")
    return before != ","


def _is_had(verb: Token) -> bool:
    """True for a relative clause whose object is the noun that it tells of: "the 43.2 billion *it had requested*"."""
    own = any(child.dep_ == "nsubj" and child.tag_ not in {"WP", "WDT"} for child in verb.lefts)
    return verb.dep_ == "relcl" and own and not any(child.dep_ in {"dobj", "ccomp", "xcomp"} for child in verb.rights)


def _refined(token: Token, match: Match, terms: Terms) -> Slot:
    """A more specific indicator where a product splits its name: "retail car sales" is "retail sales" of cars."""
    names = taxonomy().indicators
    head = token.lemma_.lower()
    for modifier in token.lefts:
        if modifier.dep_ in _PREMODIFIERS and modifier.i not in terms.inside_names:
            split = f"{modifier.lower_} {head}"
            for node in names.values():
                if split in node.nouns and node.id != match.id:
                    words = words_of(token.doc, modifier.i, token.i + 1)
                    return Slot(node.id, words, "noun of the packs, split", modifier.idx)
    return term(token, match, "noun of the packs", terms)


def _as_event(indicator: Slot, frame: Frame) -> Slot:
    """What is added to a stock or taken from it is an event of its own: jobs cut are job cuts, capacity added is
    installed.
    """
    node = taxonomy().indicators.get(indicator.id)
    verbs = (view for view in frame.views if is_verb(view.node) and view.node.dep_ != "prep")  # "including" is no verb
    view = next(verbs, None)
    if node is None or view is None or view.came_from is None or not _is_part_of_object(view.came_from):
        return indicator
    lemma = view.node.lemma_.lower()
    change = movement().verbs.get(lemma, 0)
    event = node.added if change > 0 else node.removed if change < 0 else None
    own = indicator_verbs().get(lemma)
    if own is not None and own in {node.added, node.removed}:
        event = own
    words = f"{view.node.text} {indicator.text}"
    return Slot(event, words, "event on a stock", view.node.idx) if event else indicator


def _is_part_of_object(token: Token) -> bool:
    return token.dep_ in {"dobj", "nsubjpass"} or (token.dep_ == "prep" and token.lower_ == "including")


def with_money(indicator: Slot, quantity: Quantity) -> Slot:
    """Money paid for exports is their value: the node that the packs name for it."""
    node = taxonomy().indicators.get(indicator[0])
    if node is not None and node.monetary and is_money(quantity.unit) and not quantity.per:
        return indicator._replace(id=node.monetary)
    return indicator
