"""The indicator: what a figure measures."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.lexicon import Match
from extractor.mentions import Measure, Quantity, Slot
from extractor.names import body_kind, name_words
from extractor.quantities.lexicon import movement
from extractor.scope.frame import Frame, View, subject_of
from extractor.scope.phrases import (
    clause_views,
    indicator_verbs,
    is_money,
    is_price_unit,
    label_before,
    names_something,
    phrase,
    term,
    verb_event,
)
from extractor.scope.products import is_actor
from extractor.scope.terms import Terms, words_of
from extractor.scope.words import among, unit_indicators
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, is_noun, is_verb
from extractor.taxonomy import taxonomy

MARKET_SHARE = "market_share"
PRICE = "price"
_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "advmod"})


def find_indicator(frame: Frame, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """What the figure measures: a term of the packs where one is near, else the words that stand in its place."""
    known = _shared_out(frame, terms, measure) or _known_indicator(frame, terms, measure)
    per_one = quantity.per and not among(quantity.per, "calendar_units")
    if is_price_unit(quantity.unit) and (per_one or _is_for_one(frame)):
        return known if known is not None and _is_price(known) else Slot(PRICE, "", "money for one of something")
    if known is None and is_price_unit(quantity.unit) and _is_quoted(frame, terms):
        return Slot(PRICE, "", "money that a product is quoted at")
    if known is not None:
        return with_money(_as_event(known, frame), quantity)
    if measure.kind == "share" and frame.counted is not None and frame.counted.lemma_ == "market":
        return Slot(MARKET_SHARE, "", "share of a market")
    return None if frame.anaphoric else _worded_indicator(frame, terms, quantity, measure)


# Known to the packs ---------------------------------------------------------------------------------------------------


def _shared_out(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    """What a share of a whole is a share *by*: the verb or its subject, not the whole.

    "spends 4.1% of its GDP" is spending; "exports were equal to 16.3 percent of sales" are exports.
    """
    if measure.kind != "share" or not any(c.dep_ == "prep" and c.lower_ == "of" for c in frame.anchor.rights):
        return None
    view = next((view for view in clause_views(frame) if is_verb(view.node)), None)
    if view is None or view.came_from is None or view.came_from.dep_ in SUBJECTS:
        return None
    if view.came_from.dep_ == "dobj" and (event := verb_event(view.node)) is not None:
        return event
    moved = (child for child in view.node.children if child.dep_ == "dobj" and view.came_from.dep_ == "prep")
    shared = next(moved, None) or next((child for child in view.node.children if child.dep_ in SUBJECTS), None)
    match = terms.indicators.get(shared.i) if shared is not None else None
    if shared is None or match is None or match.role != "noun":
        return None
    return term(shared, match, "what a share is a share by")


def _known_indicator(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    agent: Slot | None = None
    counted = frame.counted if frame.counted is not None and names_something(frame.counted, terms) else None
    for view in clause_views(frame):
        for token in _indicator_order(view):
            if is_verb(view.node) and not _may_measure(token, view, counted):
                continue
            match = terms.indicators.get(token.i)
            if match is not None and match.role == "agent":
                agent = agent or term(token, match, "agent noun of the packs")
            elif match is not None and not _only_qualifies(token, terms):
                return _refined(token, match, terms)
            elif token.i == view.node.i and _is_event(view, measure):
                return verb_event(token)
        own = _own_measure(view, terms)
        if own is not None:
            return own
    if measure.kind == "rank" and agent is not None:
        return agent
    return next((event for view in clause_views(frame) if (event := _participle_event(view)) is not None), None)


def _only_qualifies(token: Token, terms: Terms) -> bool:
    """True for an indicator's noun that only helps to name another thing: "*waste* collection", "low-*income* households"."""
    head = token.head
    if token.dep_ not in {"compound", "nmod"} or not is_noun(head) or head.i < token.i or head.i in terms.indicators:
        return False
    lemma = head.lemma_.lower()
    if lemma in movement().nouns or head.i in terms.products:
        return head.i in terms.products and token.i + 1 < head.i and token.doc[token.i - 1].text == "-"
    return not any(
        among(lemma, group) for group in ("measure_nouns", "generic_units", "whole_nouns", "transparent_nouns")
    )


def _own_measure(view: View, terms: Terms) -> Slot | None:
    """ "the *gap* of $18 billion": a noun that is itself what is measured, nearer than any term of the packs."""
    node, below = view.node, view.came_from
    if below is None or below.lower_ != "of" or not is_noun(node) or not among(node.lemma_.lower(), "own_measures"):
        return None
    if any(child.dep_ == "prep" and child.i != below.i for child in node.rights):
        return None  # "a margin of 5% in sales"
    return phrase(node, terms, "measure of its own")


def _may_measure(token: Token, view: View, counted: Token | None) -> bool:
    """Whether a word that hangs on the verb can be what the figure measures.

    A figure with a noun of its own measures the verb, or the subject of a verb that says how much it is ("exports reached 2
    million cars"), not what else the sentence speaks of ("60 *brands*", "12,000 *officers* were on duty", "blocked at 4
    *refineries*"). One in a "with" phrase never measures the verb's object ("claims a share of the market, with 60 brands"),
    and the object of any other verb never its subject ("the *closure* will save £25 million").
    """
    if token.i == view.node.i:
        return True
    if counted is not None and counted.dep_ != "pobj":
        return token.dep_ in {"nsubj", "nsubjpass", "dobj"} and _says_how_much(view)
    if counted is not None and not _says_how_much(view):
        return False
    if view.came_from is not None and view.came_from.dep_ == "dobj" and _is_content_verb(view.node):
        return token.dep_ not in SUBJECTS or _moves(view)
    return token.dep_ != "dobj" or view.came_from is None or view.came_from.lower_ != "with"


def _says_how_much(view: View) -> bool:
    return among(view.node.lemma_.lower(), "measure_verbs") or _moves(view)


def _is_content_verb(verb: Token) -> bool:
    """True for verbs that say what is done, and do not only say how much there is."""
    lemma = verb.lemma_.lower()
    return (
        is_verb(verb)
        and verb.dep_ not in {"aux", "auxpass"}
        and not among(lemma, "measure_verbs")
        and not among(lemma, "light_verbs")
    )


def _indicator_order(view: View) -> list[Token]:
    """The node, then what hangs on it; a verb's subject before its other dependants when the figure is not its object."""
    rest = (
        sorted(view.visible, key=lambda token: token.dep_ not in {"nsubj", "nsubjpass", "dobj"})
        if is_verb(view.node)
        else view.visible
    )
    return [view.node, *rest]


def _is_event(view: View, measure: Measure) -> bool:
    """True for a verb of the packs whose object the figure is, or is compared with ("shipped 50 million, up 3%")."""
    event = verb_event(view.node)
    if view.came_from is None or event is None:
        return False
    node = taxonomy().indicators[event.id]
    if node.default_kind == "share" and measure.unit != "percent":
        return False  # "owns 14,000 tablets" is no stake
    if among(view.came_from.lemma_.lower(), "aims"):
        return False  # "to make its target of 3 million"
    direct = view.came_from.dep_ in {"dobj", "nsubjpass", "nsubj", "attr", "oprd"} and measure.kind not in {"growth"}
    has_object = any(child.dep_ in {"dobj", "nsubjpass"} for child in view.node.children)
    acts = (
        view.came_from.dep_ == "nsubj" and has_object
    )  # "2,012 people died" counts deaths, "50 firms sold cars" no sales
    if (direct and not acts) or _is_led_astray(view):
        return True
    return has_object and view.came_from.dep_ in {"npadvmod", "advmod", "prep", "advcl", "conj"}


def _is_led_astray(view: View) -> bool:
    """True where a reduced relative was parsed as the main verb: "Grain *shipped* through Odesa fell 12%"."""
    moved = view.came_from
    return (
        moved is not None
        and moved.dep_ in {"advcl", "conj", "ccomp"}
        and moved.tag_ == "VBD"
        and moved.lemma_.lower() in movement().verbs
        and not any(child.dep_ in {"mark", "cc"} or child.dep_ in SUBJECTS for child in moved.children)
        and view.node.tag_ in {"VBD", "VBN"}
        and not any(child.dep_ in {"dobj", "cc"} for child in view.node.children)
    )


def _participle_event(view: View) -> Slot | None:
    """The deed of a reduced relative on what is measured: "cars *built* in Mexico numbered 349,000", "vehicles *exported*".

    One set off by a comma only describes ("the port, built in 1983, handled …").
    """
    if is_verb(view.node):
        nouns = (
            [t for t in view.visible if t.dep_ in SUBJECTS and t.head.i == view.node.i] if _says_how_much(view) else []
        )
    else:
        nouns = [t for t in (view.node, *view.visible) if t.i == view.node.i or t.dep_ == "pobj"]
    for noun in nouns:
        for child in noun.children:
            event = verb_event(child) if not _is_same(child, view.came_from) and _is_participle(child) else None
            if event is not None:
                return event._replace(rule="participle of the packs")
    return None


def _is_same(one: Token, other: Token | None) -> bool:
    return other is not None and one.i == other.i


def _is_participle(child: Token) -> bool:
    """ "cars *exported*", "*exported* cars", "those who *died*", none set off by a comma."""
    if child.dep_ == "relcl":
        return any(below.dep_ in {"nsubj", "nsubjpass"} and below.tag_ in {"WP", "WDT"} for below in child.lefts)
    if child.tag_ != "VBN" or child.dep_ not in {"acl", "amod"}:
        return False
    before = child.doc[child.i - 1].text if child.i else ""
    return before != "-" if child.dep_ == "amod" else before != ","


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
    return term(token, match, "noun of the packs")


def _as_event(indicator: Slot, frame: Frame) -> Slot:
    """What is added to a stock or taken from it is an event of its own: jobs cut are job cuts, capacity added is installed."""
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


def _is_quoted(frame: Frame, terms: Terms) -> bool:
    """True for the price of a product that moves or trades: "*Brent* for August added 68 cents", "*copper* traded at $10,114"."""
    view = next((view for view in clause_views(frame) if is_verb(view.node)), None)
    if view is None or view.came_from is None:
        return False
    subject = next((t for t in view.visible if t.dep_ == "nsubj" and t.head.i == view.node.i), None)
    lemma = view.node.lemma_.lower()
    return subject is not None and subject.i in terms.products and (_moves(view) or among(lemma, "quoting_verbs"))


def _is_for_one(frame: Frame) -> bool:
    """True for so much "a dose", of things that are no units: the parse ties the noun to the sum."""
    return any(
        child.dep_ == "npadvmod"
        and child.tag_ == "NN"
        and not among(child.lemma_.lower(), "calendar_units")
        and any(below.lower_ in {"a", "an", "each", "every"} for below in child.lefts)
        for child in frame.anchor.rights
    )


def _is_price(indicator: Slot) -> bool:
    """True for indicators that are so much money for one of something by themselves."""
    return any(
        word in indicator.id for word in (PRICE, "wage", "rent", "cost", "fare", "tariff", "rate", "earnings", "margin")
    )


def with_money(indicator: Slot, quantity: Quantity) -> Slot:
    """Money paid for exports is their value: the node that the packs name for it."""
    node = taxonomy().indicators.get(indicator[0])
    if node is not None and node.monetary and is_money(quantity.unit) and not quantity.per:
        return indicator._replace(id=node.monetary)
    return indicator


# Known by its place ---------------------------------------------------------------------------------------------------


def _worded_indicator(frame: Frame, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """The words that tell what is measured where no pack knows them: the counted noun, or the theme of the clause."""
    described = _described(frame, measure)
    if described is not None:
        return described
    if _is_dearer(frame):
        return Slot(PRICE, "", "adjective of price")
    if not is_money(quantity.unit) and (currency := _currency(frame)) is not None:
        return Slot("exchange_rate", currency.text, "currency that moves", currency.idx)
    counted = frame.counted
    if counted is not None and names_something(counted, terms):
        if counted.i in terms.products or quantity.form == "measure":
            return _deed(frame, counted, terms)
        return None if _only_measures(counted) else phrase(counted, terms, "counted noun")
    if label_before(frame) is not None:
        return None
    return _theme(frame, terms, quantity)


def _only_measures(noun: Token) -> bool:
    """True for "three times *the target*": what the target is of must be told by others."""
    lemma = noun.lemma_.lower()
    return among(lemma, "measure_nouns") and not among(lemma, "own_measures")


def _described(frame: Frame, measure: Measure) -> Slot | None:
    """The adjective that a figure measures or leaves people in: "18% *full*", "left 410,000 people *homeless*"."""
    head = frame.anchor.head
    if frame.anchor.dep_ == "npadvmod" and head.tag_ == "JJ" and head.dep_ == "acomp" and measure.kind == "share":
        return Slot(head.lower_, head.text, "adjective with a measure", head.idx)
    verb = frame.verb
    if verb is None or frame.counted is None or frame.counted.dep_ not in {"dobj", "nsubjpass", "nsubj"}:
        return None
    state = next((child for child in verb.rights if child.dep_ in {"oprd", "acomp"} and child.tag_ == "JJ"), None)
    if state is None or not among(verb.lemma_.lower(), "state_verbs"):
        return None
    return Slot(state.lower_, state.text, "state of what is counted", state.idx)


def _is_dearer(frame: Frame) -> bool:
    return any(among(view.node.lower_, "price_adjectives") for view in clause_views(frame))


def _currency(frame: Frame) -> Token | None:
    """The currency that a clause is about: "the *crown* firmed 0.3%", "sees the *rupee* at 83.5"."""
    view = next((view for view in clause_views(frame) if is_verb(view.node)), None)
    if view is None or view.came_from is None or frame.counted is not None:
        return None
    own = (t for t in view.visible if t.head.i == view.node.i and t.dep_ in {"nsubj", "dobj"})
    return next((t for t in own if among(t.lemma_.lower(), "currencies")), None)


def _deed(frame: Frame, counted: Token, terms: Terms) -> Slot | None:
    """What is done to the things counted, or what the people counted do: "*charged* 31 people", "the *culling* of 6.8 million hens"."""
    match = terms.products.get(counted.i)
    for view in clause_views(frame):
        if view.came_from is None or view.node.i == counted.i:
            continue
        link = view.came_from.dep_
        if is_verb(view.node):
            does = link == "nsubj" and match is not None and is_actor(match.id)
            acts = does and any(child.dep_ == "dobj" for child in view.node.children)
            if ((link in {"dobj", "nsubjpass"} or does) and _is_content_verb(view.node)) or acts:
                return phrase(view.node, terms, "what is done")
            return _state(view.node, terms) if does else None
        if is_noun(view.node) and link == "prep" and view.came_from.lower_ == "of" and _is_theme(view.node, terms):
            if among(view.node.lemma_.lower(), "measure_nouns"):
                return None
            noun = _through_measure(view.node, terms, frame)
            return phrase(noun, terms, "noun of what is done") if noun is not None and noun.i == view.node.i else None
    return None


def _is_bare_subject(frame: Frame, view: View) -> bool:
    """True for a number alone as the subject of what so many did: "3.29 million *lived* here"."""
    alone = view.came_from is not None and view.came_from.i == frame.anchor.i and view.came_from.dep_ == "nsubj"
    return alone and frame.anchor.pos_ == "NUM" and _is_content_verb(view.node) and not _moves(view)


def _state(verb: Token, terms: Terms) -> Slot | None:
    """What people are on or go on: "teachers went on *strike*"."""
    ends = (end for child in verb.rights if child.dep_ == "prep" and child.lower_ == "on" for end in child.children)
    end = next((end for end in ends if end.dep_ == "pobj" and end.i == end.head.i + 1 and _is_theme(end, terms)), None)
    return phrase(end, terms, "state of who is counted") if end is not None else None


def _theme(frame: Frame, terms: Terms, quantity: Quantity) -> Slot | None:
    for view in clause_views(frame):
        if is_verb(view.node) and among(view.node.lemma_.lower(), "part_verbs"):
            return None  # "renewables made up over half of …": of what, others tell
        if is_verb(view.node) and _is_bare_subject(frame, view):
            return phrase(view.node, terms, "what so many did")
        noun = _measured_noun(view, terms, frame)
        if noun is not None:
            if _is_theme(noun, terms):
                return phrase(noun, terms, "theme of the clause")
            if is_money(quantity.unit) and _is_content_verb(view.node) and verb_class(view.node) is None:
                return phrase(view.node, terms, "what is paid for")  # "charges students £31,000"
            return None
    return None


def takes_up_subject(frame: Frame) -> bool:
    """True where the clause speaks of what went before by a pronoun: "Those stood at $21.8bn", "customs put it at …"."""
    verb = frame.verb
    if verb is None or frame.counted is not None:
        return False
    subject = subject_of(verb)
    moved = next((child for child in verb.children if child.dep_ == "dobj"), None)
    return any(t is not None and t.lower_ in {"it", "that", "those", "they", "this", "these"} for t in (subject, moved))


def last_resort(frame: Frame, terms: Terms) -> Slot | None:
    """The counted thing itself, where neither the clause nor the article tells what is measured of it."""
    counted = frame.counted
    if counted is None or not names_something(counted, terms) or _only_measures(counted):
        return None
    return phrase(counted, terms, "counted noun, for want of a measure")


def by_unit(unit: str) -> Slot | None:
    """What a figure measures by its unit alone: gigawatts are capacity."""
    indicator = unit_indicators().get(unit)
    return Slot(indicator, "", "unit") if indicator is not None else None


def _is_theme(noun: Token, terms: Terms) -> bool:
    """False for what a figure may be near but never measures: things counted, bodies, people, periods, rises and falls."""
    lemma = noun.lemma_.lower()
    if is_verb(noun):
        return verb_class(noun) is None and not among(lemma, "light_verbs")
    if noun.i in terms.products or noun.i in terms.inside_periods or lemma in movement().nouns:
        return False
    if not is_noun(noun) or among(lemma, "whole_nouns"):
        return False
    return body_kind(lemma) is None and lemma not in name_words().crowd and lemma not in name_words().roles


def _measured_noun(view: View, terms: Terms, frame: Frame) -> Token | None:
    """ "a *fine* of $3m", "the *fleet* reached 3 million", "recalled 3 million cars" (the verb itself)."""
    node = view.node
    if (
        is_noun(node)
        and view.came_from is not None
        and view.came_from.dep_ in {"prep", "appos", "amod", "acl", "nummod", "nmod", "compound"}
    ):
        return _through_measure(node, terms, frame)
    if not is_verb(node):
        return None
    moved = _moved_object(view)
    if moved is not None:
        return _through_measure(moved, terms, frame)
    if view.came_from is None:  # the figure is the verb: "doubled the number of dealers", "exports doubled"
        direct = next((t for t in view.visible if t.dep_ in {"dobj", "nsubjpass"}), None) or subject_of(node)
        return _through_measure(direct, terms, frame) if direct is not None else None
    if among(node.lemma_.lower(), "measure_verbs") or _moves(view):
        subject = _measured_by(node)
        found = _through_measure(subject, terms, frame) if subject is not None else None
        return found or next((t for t in view.visible if t.dep_ == "dobj" and names_something(t, terms)), None)
    if among(node.lemma_.lower(), "light_verbs"):
        return next((t for t in view.visible if t.dep_ in {"dobj", "attr"} and names_something(t, terms)), None)
    if view.came_from is not None and view.came_from.dep_ in {"dobj", "nsubjpass"}:
        return node
    return None


def _moved_object(view: View) -> Token | None:
    """The object that a figure in an adverbial tells about: "put *the toll* at 2,975", "cut *prices* by 5%", "carried *people*, up 9%"."""
    if view.came_from is None or view.came_from.dep_ not in {"prep", "npadvmod", "advmod", "advcl", "prt"}:
        return None
    if view.came_from.dep_ == "npadvmod" and view.came_from.i == view.node.i + 1:
        return None  # "rose 5%": nothing stands between the verb and its measure
    return next((child for child in view.node.children if child.dep_ == "dobj"), None)


def _measured_by(verb: Token) -> Token | None:
    """A verb's subject; for "…, accounting for 46%" after "X has 1,500 dealers" it is the dealers, not X."""
    main = verb.head
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and among(main.lemma_.lower(), "light_verbs"):
        had = next((child for child in main.children if child.dep_ in {"dobj", "attr"}), None)
        if had is not None:
            return had
    return subject_of(verb)


def _moves(view: View) -> bool:
    """True where the figure tells how far the verb's subject went: "rose 5%", "fell to 3 million"."""
    if view.came_from is None:
        return False
    return view.node.lemma_.lower() in movement().verbs or view.came_from.dep_ in {"npadvmod", "advmod", "prt"}


def _through_measure(noun: Token, terms: Terms, frame: Frame) -> Token | None:
    """The thing itself where a noun only says how much of it: "the number of dealers" gives "dealers", "a pay rise" "pay"."""
    for _ in range(3):
        if not among(noun.lemma_.lower(), "measure_nouns") and noun.lemma_.lower() not in movement().nouns:
            return noun if names_something(noun, terms) else None
        below = [
            end
            for child in noun.children
            if child.dep_ == "prep" and child.lower_ in {"of", "in"}
            for end in child.children
            if end.dep_ == "pobj" and end not in frame.tokens and end.pos_ not in {"NUM", "SYM"}
        ]
        if not below:
            compound = (child for child in noun.lefts if child.dep_ == "compound" and names_something(child, terms))
            own = noun if among(noun.lemma_.lower(), "own_measures") else None
            return next(compound, own)
        noun = below[0]
    return None
