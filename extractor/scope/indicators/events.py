"""Events of the packs that a verb tells: by itself, with its object, with a preposition, or as a participle."""

from __future__ import annotations

from extractor.mentions import Measure, Slot
from extractor.quantities.lexicon import movement
from extractor.scope.clause.phrases import event_behind, indicator_verbs, is_price_unit, lacked, phrase, verb_event
from extractor.scope.clause.verbs import is_content_verb, is_led_astray, is_sum, says_how_much
from extractor.scope.clause.views import Frame, View, subject_of
from extractor.scope.indicators.prices import DEAREST, PRICE
from extractor.scope.products.things import is_actor
from extractor.scope.rules import EVENT_ON_STOCK, KNOWN_VERB, VERB_WITH_OBJECT
from extractor.scope.terms import Terms
from extractor.scope.words import among, deeds, idioms
from extractor.syntax import SUBJECTS, is_verb, sentence_start
from extractor.taxonomy import taxonomy
from extractor.tokens import Token

_OWN_PARTS = SUBJECTS | {"dobj", "ccomp", "xcomp"}
_IMPORTING = ("country_references", "place_references", "site_references")
_BEHIND_OBJECT = frozenset({"npadvmod", "advmod", "prep", "advcl", "conj"})  # "shipped 50 million, *up* 3%"


def taken_in(frame: Frame, terms: Terms) -> Slot | None:
    """The imports of a country, port or market that takes goods: "New Zealand *took* 91,000 used cars"."""
    verb, counted = frame.verb, frame.counted
    if verb is None or counted is None or counted.dep_ != "dobj" or counted.head.i != verb.i:
        return None
    match = terms.products.get(counted.i)
    if match is None or is_actor(match.id) or not among(verb.lemma_.lower(), "intake_verbs"):
        return None
    particle = next((child.lower_ for child in verb.rights if child.dep_ == "prt"), "in")
    subject = subject_of(verb)
    if subject is None or particle not in {"in", "up"}:
        return None
    name = terms.names.get(subject.i)
    if name is not None:
        abroad = name.type == "area"
    else:
        abroad = any(among(subject.lemma_.lower(), group) for group in _IMPORTING)
    return Slot("imports", verb.text, KNOWN_VERB, verb.idx) if abroad else None


def idiom(verb: Token, thing: Token | None, frame: Frame | None = None) -> Slot | None:
    """The event that verb and object are together: "took 129 *lives*", "who lost *power*", "217 *lives* were lost"."""
    if thing is None or thing.dep_ not in {"dobj", "nsubjpass"} or thing.head.i != verb.i:
        return None
    lacking = lacked(verb, thing)
    if lacking is not None:
        return lacking
    if frame is not None and frame.counted is not None and thing.i == frame.anchor.i and thing.dep_ == "dobj":
        thing = frame.counted  # "cut 210 of 5,200 *jobs*"
    event = idioms().get((verb.lemma_.lower(), thing.lemma_.lower()))
    return None if event is None else Slot(event, f"{verb.text} {thing.text}", VERB_WITH_OBJECT, verb.idx)


def tied_event(view: View, measure: Measure) -> Slot | None:
    """The event that a verb is with the preposition before the figure: "institutions *designed for* 34,000"."""
    below = view.came_from
    tied = below is not None and below.dep_ == "prep" and below.head.i == view.node.i and is_verb(view.node)
    event = event_behind(view.node, below) if tied and below is not None and measure.kind != "growth" else None
    if event is not None and not is_price_unit(measure.unit) and (event.id == PRICE or among(event.id, "money_asked")):
        return None  # "goes for 1,200 TWh"
    many = event is not None and event.id == PRICE and (measure.value >= DEAREST or _are_many(view.node))
    return event._replace(id="revenue") if many and event is not None else event


def _are_many(verb: Token) -> bool:
    """True for a sum that a number of things brought together: "*263,000 tonnes* went for NOK 9.9bn"."""
    subjects = (child for child in verb.lefts if child.dep_ in SUBJECTS)
    return any(child.tag_ == "NNS" and any(c.dep_ == "nummod" for c in child.lefts) for child in subjects)


def gapped_passive(figure: Token, state: Token) -> Slot | None:
    """What is done to so many where only the participle is left of the passive: "two were killed, three *hurt* and four
    *arrested*", however it was parsed.
    """
    start = sentence_start(figure)
    if figure.i == start or not among(figure.nbor(-1).lower_, "list_words"):
        return None
    if any(child.dep_ in {"dobj", "aux", "auxpass"} for child in state.children):
        return None
    said_before = (figure.doc[position] for position in range(start, figure.i - 1))
    if not any(token.dep_ == "auxpass" or among(token.lower_, "state_terms") for token in said_before):
        return None
    event = deeds().get((state.lemma_.lower(), "people"))
    return None if event is None else Slot(event, state.text, KNOWN_VERB, state.idx)


def doing_of(token: Token, view: View, terms: Terms) -> Slot | None:
    """What those do of whom a number is told: "the number of people *waiting* for treatment", "of those who *died*"."""
    clause = token.dep_ == "relcl" and _is_participle(token)
    participle = token.dep_ == "acl" and token.tag_ in {"VBG", "VBN"}
    if not (clause or participle) or token.head.dep_ != "pobj" or _is_same(token, view.came_from):
        return None
    of = token.head.head
    if of.lower_ != "of" or not among(of.head.lemma_.lower(), "measure_nouns"):
        return None
    lemma = token.lemma_.lower()
    if among(lemma, "describing_participles") or lemma in movement().verbs or token.doc[token.i - 1].text == ",":
        return None
    event = verb_event(token, "people")
    if event is not None or clause:
        return event
    return phrase(token, terms, "what so many do") if is_content_verb(token) else None


def is_event(view: View, measure: Measure, sort: str) -> bool:
    """True for a verb of the packs whose object the figure is, or is compared with ("shipped 50 million, up 3%")."""
    event = verb_event(view.node, sort)
    if view.came_from is None or event is None:
        return False
    if _is_no_sum(event.id, measure):
        return False
    if view.came_from.dep_ == "dobj" and among(view.came_from.lemma_.lower(), "expectations"):
        return False  # "*crushed* the estimate of $2.1 billion"
    if _is_done_less(view, measure):
        return True
    if _says_no_amount(view, view.came_from, event.id, measure):
        return False
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
    return has_object and view.came_from.dep_ in _BEHIND_OBJECT and not _acts_itself(view.came_from)


def _says_no_amount(view: View, came_from: Token, event: str, measure: Measure) -> bool:
    """True where the figure is no amount of what the verb does: its growth, a part, a loss, an aim."""
    if measure.kind == "growth" and came_from.lower_ == "with":
        return True  # "traffic was *hit*, with a 30 percent drop in May"
    if measure.kind == "growth" and came_from.dep_ == "dobj" and view.node.lemma_.lower() in movement().verbs:
        return True  # "lost 12 percent" is a fall
    node = taxonomy().indicators.get(event)
    if node is not None and node.default_kind == "share" and measure.unit != "percent":
        return True  # "owns 14,000 tablets" is no stake
    if view.node.lemma_.lower() == "make" and (
        among(came_from.lemma_.lower(), "made_things") or measure.unit == "percent" or is_sum(view.node, came_from)
    ):
        return True  # "made 31.2 million journeys", "makes it £310m"
    if among(view.node.lemma_.lower(), "making_verbs") and is_price_unit(measure.unit) and event == "production":
        return True  # "made a loss of €3m": nothing was produced
    return among(came_from.lemma_.lower(), "aims")  # "to make its target of 3 million"


def _is_no_sum(event: str, measure: Measure) -> bool:
    """True for what is no money beside a verb of money: "earned $2.2 billion from *1.27 million tonnes*"."""
    unit = next(iter(measure.unit.split()), "")
    if measure.kind not in {"level", "difference"} or is_price_unit(unit) or unit == "percent":
        return False
    return among(event, "money_measures") and not among(event, "money_or_things")


def _is_done_less(view: View, measure: Measure) -> bool:
    """True for a deed done so much more or less: "*emitted* 9 per cent less"."""
    below = view.came_from
    if measure.kind != "growth" or below is None or below.dep_ not in {"dobj", "npadvmod", "advmod"}:
        return False
    near = (below, below.doc[min(below.i + 1, len(below.doc) - 1)], *below.lefts)  # "sold 5 per cent *more* cars"
    compared = any(word.lower_ in movement().comparison for word in near)
    lemma = view.node.lemma_.lower()
    return compared and lemma not in movement().verbs and not among(lemma, "quoting_verbs")


def _acts_itself(below: Token) -> bool:
    """True for a verb with a subject or object of its own: "treated 6,200 people and *has* 120 beds" treats no beds."""
    return is_verb(below) and any(child.dep_ in _OWN_PARTS for child in below.children)


def participle_event(view: View, measure: Measure, sort: str) -> Slot | None:
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
            known = _known_of(child) if child.dep_ == "acl" else None
            if known is not None:
                event = verb_event(known, sort)
            elif child.tag_ == "VBG" and child.dep_ == "acl" and noun.lower_ == "those":
                event = verb_event(child, "people")  # "those *waiting* more than a year"
            elif not _is_same(child, view.came_from) and _is_participle(child):
                event = verb_event(child, sort if _is_had(child) else "")
            if measure.kind == "growth" and child.lemma_.lower() in movement().verbs:
                continue  # "the peso, which lost 12 percent, gained 1.6": a fall
            objects = (below for below in child.rights if below.dep_ == "dobj")
            event = next((told for each in objects if (told := idiom(child, each)) is not None), event)
            if event is not None:
                return event._replace(rule="participle of the packs")
    return None


def _known_of(verb: Token) -> Token | None:
    """What is known of those counted: "26 people reported *killed*", "feared *drowned*"."""
    if not among(verb.lemma_.lower(), "knowing_verbs"):
        return None
    return next((child for child in verb.rights if child.dep_ in {"xcomp", "oprd"} and child.tag_ == "VBN"), None)


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
    """True for "cars *exported*", "*exported* cars", "those who *died*", "the 43.2 billion it had *requested*", none
    set off by a comma.
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


def as_event(indicator: Slot, frame: Frame) -> Slot:
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
    return Slot(event, words, EVENT_ON_STOCK, view.node.idx) if event else indicator


def _is_part_of_object(token: Token) -> bool:
    return token.dep_ in {"dobj", "nsubjpass"} or (token.dep_ == "prep" and token.lower_ == "including")
