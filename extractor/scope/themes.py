"""The indicator by its place: the words that tell what is measured where no pack knows them."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.mentions import Measure, Quantity, Slot
from extractor.names import body_kind, name_words
from extractor.quantities.lexicon import lexicon, movement
from extractor.scope.frame import Frame, View, subject_of
from extractor.scope.phrases import (
    is_money,
    label_before,
    names_something,
    phrase,
    verb_event,
)
from extractor.scope.products import is_actor
from extractor.scope.terms import Terms
from extractor.scope.verbs import is_content_verb, moves, only_reported
from extractor.scope.words import among, dimensions, idioms, unit_indicators
from extractor.sources.cues import verb_class
from extractor.syntax import is_noun, is_verb

PRICE = "price"
POPULATION = "population"
PERSON = "person"
_PRONOUNS = frozenset({"it", "that", "those", "they", "this", "these"})


def worded_indicator(frame: Frame, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """The words that tell what is measured where no pack knows them: the counted noun, or the theme of the clause."""
    described = _described(frame, measure) or _inhabitants(frame, terms)
    if described is not None:
        return described
    if is_money(quantity.unit) and (worth := _worth(frame, terms)) is not None:
        return worth
    numbering = _numbering(frame)
    if numbering is not None:
        return phrase(numbering, terms, "number of things")
    if _is_dearer(frame):
        return Slot(PRICE, "", "adjective of price")
    if not is_money(quantity.unit) and (currency := _currency(frame)) is not None:
        return Slot("exchange_rate", currency.text, "currency that moves", currency.idx)
    counted = frame.counted
    if counted is not None and names_something(counted, terms):
        answered = _deed(frame, counted, terms) if measure.kind == "share" else None
        if answered is not None:
            return answered
        if counted.i in terms.products or quantity.form == "measure":
            return _deed(frame, counted, terms) or None
        return None if _only_measures(counted, frame) else phrase(counted, terms, "counted noun")
    label = label_before(frame)
    if label is not None:
        return _labelled(label, terms)
    return _theme(frame, terms, quantity) or _bare_growth(frame, measure)


def _labelled(label: Token, terms: Terms) -> Slot | None:
    """What the label of a line counts: "Chadian *returnees*: 158,900", "People *relocated* inland: 336,000"."""
    done = next((child for child in label.rights if child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"}), None)
    if done is not None:
        return verb_event(done, "people") or phrase(done, terms, "what is done to the label of the line")
    if not names_something(label, terms) or label.i in terms.inside_periods or not label.tag_.startswith("NNS"):
        return None
    return phrase(label, terms, "label of the line")


def _bare_growth(frame: Frame, measure: Measure) -> Slot | None:
    """Growth that says not of what: "expects *growth* of 0.2%"."""
    if measure.kind != "growth":
        return None
    for view in frame.views[:3]:
        node = view.node
        if node.lower_ == "growth" and not any(c.dep_ == "compound" for c in node.lefts):
            return Slot("growth", node.text, "growth by itself", node.idx)
    return None


def _worth(frame: Frame, terms: Terms) -> Slot | None:
    """The value of things counted: "eight jewels *worth* €88 million"; of exports it is their own measure."""
    first = frame.tokens[0]
    while first.i > first.sent.start and first.nbor(-1).dep_ in {"quantmod", "advmod", "nmod"}:
        first = first.nbor(-1)
    before = first.nbor(-1) if first.i > first.sent.start else None
    if before is None or before.lower_ != "worth" or before.i == first.sent.start:
        return None
    noun = before.nbor(-1)
    thing = noun.tag_ == "NNS" and noun.i not in terms.indicators
    return Slot("value", before.text, "what things are worth", before.idx) if thing else None


def _numbering(frame: Frame) -> Token | None:
    """The noun before the verb "number", however that was parsed: "foreign *residents* number 3.67 million"."""
    first = frame.tokens[0]
    before = first.nbor(-1) if first.i > first.sent.start else None
    if before is None or before.lower_ not in {"number", "numbered"} or before.i == first.sent.start:
        return None
    subject = subject_of(before) if is_verb(before) else before.nbor(-1)
    return subject if subject is not None and subject.tag_ == "NNS" else None


def _only_measures(noun: Token, frame: Frame) -> bool:
    """True for "three times *the target*": what the target is of must be told by others."""
    lemma = noun.lemma_.lower()
    whose = noun.dep_ == "pobj" and noun.head.lower_ == "of" and frame.anchor.head.i != noun.i
    if whose and body_kind(lemma) is not None:
        return True  # "the 119,000 of the police *prefecture*"
    percent = frame.anchor.lower_ in {"%", "percent", "cent", "pct"}
    if (percent and lemma in movement().nouns) or (noun.tag_ == "NN" and among(lemma, "never_measured")):
        return True  # "a 32% *drop*", "the 42-million *hope*"
    if noun.tag_ == "NNS" and frame.anchor.dep_ == "nummod" and not among(lemma, "generic_units"):
        return False  # "19 *goals*" are counted
    return among(lemma, "measure_nouns") and not among(lemma, "own_measures")


def extent(frame: Frame, quantity: Quantity) -> Slot | None:
    """What an adjective or "from" says that a unit measures: "1.8km *long*", "24 billion kilometres *from* Earth"."""
    if quantity.form != "measure":
        return None
    head = frame.anchor.head
    named = dimensions().get(head.lower_) if frame.anchor.dep_ in {"npadvmod", "advmod", "nummod", "dep"} else None
    if named is not None:
        return Slot(named, head.text, "adjective with a measure", head.idx)
    last = frame.tokens[-1]
    behind = last.nbor(1) if last.i + 1 < last.sent.end else None
    named = dimensions().get(behind.lower_) if behind is not None else None
    if (
        behind is None
        or named is None
        or (behind.pos_ == "ADP" and frame.verb is not None and frame.verb.lemma_ != "be")
    ):
        return None
    return Slot(named, behind.text, "adjective with a measure", behind.idx)


def _described(frame: Frame, measure: Measure) -> Slot | None:
    """The adjective that a figure measures or leaves people in: "18% *full*", "left 410,000 people *homeless*"."""
    head = frame.anchor.head
    if frame.anchor.dep_ == "npadvmod" and head.tag_ == "JJ" and head.dep_ == "acomp" and measure.kind == "share":
        return Slot(head.lower_, head.text, "adjective with a measure", head.idx)
    verb = frame.verb
    if verb is not None and measure.kind == "share" and verb.lemma_ == "be" and _is_subject(frame, verb):
        state = next((child for child in verb.rights if child.dep_ == "acomp" and child.tag_ in {"JJ", "VBN"}), None)
        if (
            state is not None
            and not among(state.lower_, "price_adjectives")
            and state.lower_ not in {"due", "likely", "sure"}
        ):
            return Slot(state.lower_, state.text, "state of what is counted", state.idx)
    if verb is None or frame.counted is None or frame.counted.dep_ not in {"dobj", "nsubjpass", "nsubj"}:
        return None
    state = next((child for child in verb.rights if child.dep_ in {"oprd", "acomp"} and child.tag_ == "JJ"), None)
    if state is None or not among(verb.lemma_.lower(), "state_verbs"):
        return None
    return Slot(state.lower_, state.text, "state of what is counted", state.idx)


def _is_subject(frame: Frame, verb: Token) -> bool:
    """True where the figure, or what it counts, is the verb's subject."""
    tops = (frame.anchor, frame.counted) if frame.counted is not None else (frame.anchor,)
    return any(top is not None and top.dep_ == "nsubj" and top.head.i == verb.i for top in tops)


def _inhabitants(frame: Frame, terms: Terms) -> Slot | None:
    """ "the city of 660,000 *people*": so many live there."""
    counted = frame.counted
    of = counted.head if counted is not None else None
    if counted is None or of is None or of.lower_ != "of" or not _are_people(counted, terms):
        return None
    return (
        Slot(POPULATION, counted.text, "people of a place", counted.idx)
        if among(of.head.lemma_.lower(), "area_references")
        else None
    )


def _are_people(noun: Token, terms: Terms) -> bool:
    match = terms.products.get(noun.i)
    return match is not None and match.id == PERSON


def _is_dearer(frame: Frame) -> bool:
    return any(among(view.node.lower_, "price_adjectives") for view in frame.views)


def _currency(frame: Frame) -> Token | None:
    """The currency that a clause is about: "the *crown* firmed 0.3%", "sees the *rupee* at 83.5"."""
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None or view.came_from is None or frame.counted is not None:
        return None
    own = (t for t in view.visible if t.head.i == view.node.i and t.dep_ in {"nsubj", "dobj"} and not _has_number(t))
    return next((t for t in own if among(t.lemma_.lower(), "currencies")), None)


def _has_number(noun: Token) -> bool:
    """True for a currency that is part of a sum: "took 421 trillion *dong*"."""
    return any(child.pos_ == "NUM" for child in noun.lefts)


def _deed(frame: Frame, counted: Token, terms: Terms) -> Slot | None:
    """What is done to the things counted, or what the people counted do: "*charged* 31 people", "the *culling* of 6.8
    million hens".
    """
    match = terms.products.get(counted.i)
    for view in frame.views:
        if view.came_from is None or view.node.i == counted.i:
            continue
        link = view.came_from.dep_
        if is_verb(view.node):
            event = idioms().get((view.node.lemma_.lower(), counted.lemma_.lower()))
            if event is not None and link == "dobj":
                return Slot(event, f"{view.node.text} {counted.text}", "verb with its object", view.node.idx)
            if link in {"nsubj", "nsubjpass", "dative"} or (link == "prep" and view.came_from.lower_ == "to"):
                supported = done_or_had(view, terms)
                if supported is not None:
                    return supported
            does = link in {"nsubj", "nsubjpass"} and match is not None and is_actor(match.id)
            acts = does and any(child.dep_ == "dobj" for child in view.node.children)
            state = _state(view.node, terms) if does else None
            if state is not None:
                return state
            if ((link in {"dobj", "nsubjpass"} or does) and is_content_verb(view.node)) or acts:
                return phrase(view.node, terms, "what is done")
            return None
        if is_noun(view.node) and link == "prep" and view.came_from.lower_ == "of" and _is_theme(view.node, terms):
            if among(view.node.lemma_.lower(), "measure_nouns"):
                return None
            noun = through_measure(view.node, terms, frame)
            return phrase(noun, terms, "noun of what is done") if noun is not None and noun.i == view.node.i else None
    return None


def done_or_had(view: View, terms: Terms) -> Slot | None:
    """What people have, take or are given: "640 people *got the jab*", "11% of men have no *immunity*", "are known to
    have been *hurt*".
    """
    verb = view.node
    for _ in range(3):  # "are believed to have started to leave"
        below = next((child for child in verb.rights if child.dep_ == "xcomp" and is_verb(child)), None)
        if below is None or not among(verb.lemma_.lower(), "knowing_verbs"):
            break
        verb = below
    lemma = verb.lemma_.lower()
    thing = next((child for child in verb.rights if child.dep_ in {"dobj", "oprd"} and is_noun(child)), None)
    event = idioms().get((lemma, thing.lemma_.lower())) if thing is not None else None
    if event is not None and thing is not None:
        return Slot(event, f"{verb.text} {thing.text}", "verb with its object", verb.idx)
    if thing is not None and among(lemma, "support_verbs") and names_something(thing, terms):
        match = terms.indicators.get(thing.i)
        slot = phrase(thing, terms, "what people have or take")
        return slot if match is None or match.role != "noun" else slot._replace(id=match.id)
    if verb.i == view.node.i:
        return None
    return verb_event(verb, "people") or (phrase(verb, terms, "what is done") if is_content_verb(verb) else None)


def _answered(view: View, frame: Frame, terms: Terms) -> Slot | None:
    """What those do or are who were asked: "58 per cent *said* they had *bought* something"."""
    below = view.came_from
    share = frame.anchor.lower_ in {"%", "percent", "cent", "pct"} or frame.anchor.lower_ in lexicon().fractions
    if below is None or below.dep_ != "nsubj" or not share or not among(view.node.lemma_.lower(), "answering_verbs"):
        return None
    told = next((c for c in view.node.rights if c.dep_ in {"ccomp", "xcomp"} and is_verb(c)), None)
    if told is None:
        return None
    thing = next((c for c in told.rights if c.dep_ in {"dobj", "acomp", "attr"} and c.text[0].isalpha()), None)
    if thing is not None and (told.lemma_ == "be" or among(told.lemma_.lower(), "support_verbs")):
        return phrase(thing, terms, "what those asked have or are")
    return verb_event(told, "people") or phrase(told, terms, "what those asked do")


def _acted(view: View, terms: Terms) -> Slot | None:
    """What so many did to something: "Nearly four out of five *crossed* the northern border"."""
    below = view.came_from
    bare = below is not None and (below.lower_ in {"average", "total", "%", "percent", "cent"} or below.pos_ == "NUM")
    if below is None or below.dep_ != "nsubj" or not bare:
        return None
    thing = next((child for child in view.node.rights if child.dep_ == "dobj" and is_noun(child)), None)
    if thing is None or verb_class(view.node) is not None or thing.i in terms.inside_periods:
        return None
    return done_or_had(view, terms) or phrase(view.node, terms, "what so many did")


def _is_led(view: View) -> bool:
    """True for the verb of a lead told by its size: "her club *leads* the table by eight points"."""
    below = view.came_from
    return below is not None and below.lower_ == "by" and among(view.node.lemma_.lower(), "lead_verbs")


def _is_numbered(noun: Token) -> bool:
    """True for "the *number* of chargers", "*sheep* numbers"."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    above = noun.head if noun.dep_ == "compound" else above
    return above is not None and among(above.lemma_.lower(), "number_nouns")


def _tells(verb: Token) -> bool:
    """True for a verb of saying: what stands beside it is who says it, not what is measured."""
    return verb.lemma_.lower() in {"say", "tell", "add", "write"}


def _is_bare_subject(frame: Frame, view: View) -> bool:
    """True for a number alone as the subject of what so many did: "3.29 million *lived* here"."""
    alone = view.came_from is not None and view.came_from.i == frame.anchor.i and view.came_from.dep_ == "nsubj"
    if among(view.node.lemma_.lower(), "copular_verbs"):
        return False
    bare = frame.anchor.pos_ == "NUM" or frame.anchor.lower_ in {"percent", "cent", "%"}
    return alone and bare and is_content_verb(view.node) and not moves(view)


def _state(verb: Token, terms: Terms) -> Slot | None:
    """What people are on, go on or are taken into: "teachers went *on strike*", "15 were taken *into custody*"."""
    if not among(verb.lemma_.lower(), "stative_verbs"):
        return None
    ends = (end for child in verb.rights if among(child.lower_, "state_prepositions") for end in child.children)
    end = next((end for end in ends if end.dep_ == "pobj" and end.i == end.head.i + 1 and is_noun(end)), None)
    if end is None or not names_something(end, terms) or end.i in terms.inside_periods:
        return None
    match = terms.indicators.get(end.i)
    state = phrase(end, terms, "state of who is counted")
    return state._replace(id=match.id if match else state.id, text=f"{end.head.text} {state.text}", start=end.head.idx)


def _theme(frame: Frame, terms: Terms, quantity: Quantity) -> Slot | None:
    for view in frame.clause:
        if is_verb(view.node) and (answer := _answered(view, frame, terms)) is not None:
            return answer
        if is_verb(view.node) and view.came_from is not None and (_tells(view.node) or only_reported(view, frame)):
            return None
        if is_verb(view.node) and _is_led(view):
            return phrase(view.node, terms, "lead by so much")
        acted = _acted(view, terms) if is_verb(view.node) else None
        if acted is not None:
            return acted
        if is_verb(view.node) and among(view.node.lemma_.lower(), "part_verbs"):
            return None  # "renewables made up over half of …": of what, others tell
        if is_verb(view.node) and _is_bare_subject(frame, view):
            return phrase(view.node, terms, "what so many did")
        noun = _measured_noun(view, terms, frame)
        if noun is not None:
            if _is_theme(noun, terms):
                return phrase(noun, terms, "theme of the clause")
            if noun.i in terms.products and _is_numbered(noun):
                return phrase(noun, terms, "number of things")
            if is_money(quantity.unit) and is_content_verb(view.node) and verb_class(view.node) is None:
                return phrase(view.node, terms, "what is paid for")  # "charges students £31,000"
            return None
    return None


def takes_up_subject(frame: Frame) -> bool:
    """True where the clause takes up what went before: "Those stood at $21.8bn", "customs put it at …"."""
    verb = frame.verb
    if verb is None or frame.counted is not None:
        return False
    subject = subject_of(verb) if among(verb.lemma_.lower(), "measure_verbs") or _changes(verb) else None
    moved = next((child for child in verb.children if child.dep_ == "dobj"), None)
    return any(t is not None and (t.lower_ in _PRONOUNS or _is_absolute(t)) for t in (subject, moved))


def _changes(verb: Token) -> bool:
    return verb.lemma_.lower() in movement().verbs


def _is_absolute(token: Token) -> bool:
    return among(token.lower_, "absolute_possessives")


def last_resort(frame: Frame, terms: Terms) -> Slot | None:
    """The counted thing itself, where neither the clause nor the article tells what is measured of it."""
    counted = frame.counted
    if counted is None or not names_something(counted, terms) or _only_measures(counted, frame):
        return None
    return phrase(counted, terms, "counted noun, for want of a measure")


def by_unit(unit: str) -> Slot | None:
    """What a figure measures by its unit alone: gigawatts are capacity."""
    indicator = unit_indicators().get(unit)
    return Slot(indicator, "", "unit") if indicator is not None else None


def _is_theme(noun: Token, terms: Terms) -> bool:
    """False for what a figure may be near but never measures: things counted, bodies, people, periods, rises and
    falls.
    """
    lemma = noun.lemma_.lower()
    if is_verb(noun):
        reckons = among(lemma, "light_verbs") or among(lemma, "reckoning_verbs") or among(lemma, "lead_verbs")
        return verb_class(noun) is None and not reckons
    if noun.i in terms.products or noun.i in terms.inside_periods or lemma in movement().nouns:
        return False
    if among(lemma, "never_measured") or noun.tag_ in {"NNP", "NNPS"}:
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
        return through_measure(node, terms, frame)
    if not is_verb(node):
        return None
    moved = _moved_object(view)
    if moved is not None:
        return through_measure(moved, terms, frame)
    if view.came_from is None:  # the figure is the verb: "doubled the number of dealers", "exports doubled"
        direct = next((t for t in view.visible if t.dep_ in {"dobj", "nsubjpass"}), None) or subject_of(node)
        return through_measure(direct, terms, frame) if direct is not None else None
    if among(node.lemma_.lower(), "measure_verbs") or moves(view):
        subject = None if _reckons(node) else _measured_by(node)
        found = through_measure(subject, terms, frame) if subject is not None else None
        return found or next((t for t in view.visible if t.dep_ == "dobj" and names_something(t, terms)), None)
    if among(node.lemma_.lower(), "light_verbs"):
        return next((t for t in view.visible if t.dep_ in {"dobj", "attr"} and names_something(t, terms)), None)
    if view.came_from is not None and view.came_from.dep_ in {"dobj", "nsubjpass"}:
        return node
    return node if _is_limit(view) else None


def _is_limit(view: View) -> bool:
    """True for the deed of a passive with its measure: "are *restricted* to 300 litres a day", "was *capped* at 5%"."""
    passive = any(child.dep_ == "auxpass" for child in view.node.lefts)
    tied = view.came_from is not None and view.came_from.dep_ == "prep" and view.came_from.lower_ in {"to", "at"}
    return passive and tied and is_content_verb(view.node)


def _reckons(verb: Token) -> bool:
    """True for an active verb of those who only tell: "*Antwerp* last week reported an increase of 4.1%"."""
    lemma = verb.lemma_.lower()
    active = any(child.dep_ == "nsubj" for child in verb.lefts)
    return active and lemma != "have" and among(lemma, "reckoning_verbs")


def _moved_object(view: View) -> Token | None:
    """The object that a figure in an adverbial tells about: "put *the toll* at 2,975", "cut *prices* by 5%", "carried
    *people*, up 9%".
    """
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


def through_measure(noun: Token, terms: Terms, frame: Frame) -> Token | None:
    """The thing itself where a noun only says how much of it: "the number of dealers" gives "dealers", "a pay rise"
    "pay"."""
    for _ in range(3):
        if not among(noun.lemma_.lower(), "measure_nouns") and noun.lemma_.lower() not in movement().nouns:
            return noun if names_something(noun, terms) else None
        below = [
            end
            for child in noun.children
            if child.dep_ == "prep" and child.lower_ in {"of", "in"}
            for end in child.children
            if end.dep_ == "pobj" and end not in frame.tokens and end.pos_ not in {"NUM", "SYM"}
            if names_something(end, terms) and end.i not in terms.inside_periods
        ]
        if not below:
            compound = (child for child in noun.lefts if child.dep_ == "compound" and names_something(child, terms))
            own = noun if among(noun.lemma_.lower(), "own_measures") else None
            return next(compound, own)
        noun = below[0]
    return None
