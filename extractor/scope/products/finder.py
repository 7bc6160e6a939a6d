"""The product: what is counted, and what the text says it includes."""

from __future__ import annotations

from extractor.lexicon import Match
from extractor.mentions import Measure, Slot
from extractor.names.words import PUBLIC_BODIES, body_kind
from extractor.quantities.lexicon import movement
from extractor.scope.clause.phrases import (
    indicator_verbs,
    is_measured,
    is_people,
    is_thing,
    label_before,
    object_of,
    sort_counted,
)
from extractor.scope.clause.verbs import only_reported
from extractor.scope.clause.views import Frame, View, subject_of
from extractor.scope.products.things import has_weight, includes, is_a_person, is_actor, is_weighed, product_slot
from extractor.scope.rules import THEME
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, ancestors, is_noun, is_verb
from extractor.tokens import Token

_OF = frozenset({"of"})
_OF_FOR = frozenset({"of", "for"})
_NAMING = frozenset({"compound", "nmod", "poss", "pobj", "conj"})


def find_product(
    frame: Frame, terms: Terms, measure: Measure, indicator: Slot | None = None
) -> tuple[Slot | None, tuple[str, ...]]:
    """What is counted, and what the text says it includes."""
    token = _product_token(frame, terms, measure) or _inside_measure(indicator, frame, terms)
    if token is None:
        return None, ()
    return product_slot(token, terms), includes(token, terms)


def _product_token(frame: Frame, terms: Terms, measure: Measure) -> Token | None:
    part = _part_of_whole(frame, terms, measure)
    if part is not None:
        return part
    counted = frame.counted
    if counted is not None and counted.i in terms.products:
        return counted
    if counted is not None and measure.kind != "rank" and is_thing(counted, terms) and not _is_told(counted, measure):
        return counted
    sort = sort_counted(measure, counted, terms)
    weighed = sort == "volume" or is_weighed(measure.unit)
    physical = weighed or sort in {"money", "pay", "area"}
    for view in frame.views:
        reported = is_verb(view.node) and only_reported(view, frame)
        for token in (view.node, *view.visible):
            if (reported and token.i < frame.anchor.i) or not _is_product_of(token, view, terms):
                continue
            if _has_its_own_number(token, frame, view):
                continue
            product = terms.products[token.i].id
            if (not physical or not among(product, "site_products")) and (
                not weighed or has_weight(product, measure.unit)
            ):
                return token
    return _modifying_noun(frame, terms) or (_priced_thing(frame, terms) if sort == "money" else None)


def _is_told(noun: Token, measure: Measure) -> bool:
    """True for a measure right behind its figure: "40% *containment*", "a 52-kilometre *detour*"."""
    measured = measure.unit == "percent" or is_measured(measure.unit)
    return measured and noun.tag_ == "NN" and noun.i > 0 and noun.nbor(-1).dep_ not in {"pobj", "prep", "det"}


def _inside_measure(indicator: Slot | None, frame: Frame, terms: Terms) -> Token | None:
    """The thing that the words of a measure name: "*wheat* procurement fell 57%"."""
    if indicator is None or indicator.start < 0 or indicator.rule != THEME:
        return None
    span = frame.anchor.doc.char_span(indicator.start, indicator.start + len(indicator.text))
    named = (token for token in span or () if token.i in terms.products and token.dep_ in {"compound", "nmod"})
    return next((token for token in named if not among(terms.products[token.i].id, "site_products")), None)


def _has_its_own_number(token: Token, frame: Frame, view: View) -> bool:
    """True for what another figure counts: "more than half of the 561 have fewer than 120 *pupils*".

    The whole that a part is taken of is not meant: "of the 3,000 *cars* tested, 12% failed".
    """
    below = view.came_from
    if below is None or not any(child.dep_ == "nummod" and child not in frame.tokens for child in token.lefts):
        return False
    if below.dep_ in SUBJECTS:
        return token.dep_ == "dobj" and is_verb(view.node)
    return below.dep_ == "conj" and is_noun(below) and below not in frame.tokens


def _part_of_whole(frame: Frame, terms: Terms, measure: Measure) -> Token | None:
    """The part in "*machinery* accounted for $21.9 billion of the purchases": the subject, not the whole."""
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None or view.came_from is None or view.came_from.dep_ in SUBJECTS:
        return None
    verb = view.node
    if not among(verb.lemma_.lower(), "part_verbs") or (verb.lemma_ == "make" and not _has_particle(verb, "up")):
        return None
    subject = subject_of(verb)
    if subject is None or not is_noun(subject) or body_kind(subject.lemma_.lower()) is not None:
        return None
    match = terms.products.get(subject.i)
    if match is not None and among(match.id, "site_products") and measure.kind == "level":
        return None  # "Toyota's *plant* in Karawang accounted for 62,000"
    if match is not None and among(match.id, "seller_products"):
        return None  # "Chinese *brands* accounted for 7.4 per cent": of cars
    if match is not None or is_thing(subject, terms):
        return subject
    return next((child for child in subject.lefts if child.dep_ == "compound" and child.i in terms.products), None)


def _has_particle(verb: Token, particle: str) -> bool:
    return any(child.dep_ == "prt" and child.lower_ == particle for child in verb.children) and not any(
        child.dep_ == "prep" and child.lower_ == "for" for child in verb.children
    )


def _is_product_of(token: Token, view: View, terms: Terms) -> bool:
    """Whether a product that can be seen from the figure is what it counts.

    Not one that only helps to name another thing ("phone calls", "town hall"), nor one in an adverbial of the verb
    ("from its lorry", "as chips recovered"), nor who does it ("residents counted 1,140 lorries").
    """
    match = terms.products.get(token.i)
    if match is None or not token.tag_.startswith(("NN", "JJ", "CD")):
        return False
    if token.i in terms.indicators and any(c.dep_ == "compound" and c.i in terms.products for c in token.lefts):
        return False  # "the wheat *crop*": the crop is measured, wheat is what is counted
    if token.dep_ in {"compound", "nmod"} and not _is_transparent(token.head, terms):
        return False
    if _is_cause(token, match, terms) or _tells_which_body(token, view.node) or _is_left_out(token):
        return False
    if _is_example(token) or _is_told_or_charged(token, match, view):
        return False
    if _is_aside(token, view.node) or (token.head.lower_ == "by" and is_actor(match.id)) or token.head.lower_ == "than":
        return False
    if token.dep_ == "pobj" and any(child.lower_ in {"every", "each"} for child in token.lefts):
        return False  # "for every 100,000 *inhabitants* Kenya has 1,190 open cases"
    if among(match.id, "site_products") and _is_site(token):
        return False
    if not is_verb(view.node) or token.i == view.node.i:
        return True
    branch = _branch(token, view.node)
    if branch.dep_ in {"prep", "agent", "advcl", "npadvmod"}:
        spends = branch.lower_ == "on" and among(view.node.lemma_.lower(), "spending_verbs")
        earns = branch.lower_ == "from" and among(view.node.lemma_.lower(), "earning_verbs")  # "earned $4bn from *tea*"
        return spends or earns or among(branch.lower_, "content_prepositions")
    return not (_acts(branch, view) and (is_actor(match.id) or among(match.id, "site_products")))


def _is_cause(token: Token, match: Match, terms: Terms) -> bool:
    """True for what people die of or where: "*road* deaths", "*heat* casualties" are of people."""
    event = terms.indicators.get(token.head.i) if token.dep_ in {"compound", "nmod"} else None
    return event is not None and among(event.id, "of_people") and not is_a_person(match.id)


def _tells_which_body(token: Token, top: Token) -> bool:
    """True for a word that says which body is meant: "the ministry of *energy*", "the *fish meal* makers'
    organisation".
    """
    node = token
    while node.i != top.i and node.head.i != node.i and (node.dep_ in _NAMING or node.lower_ == "of"):
        node = node.head
        if node.i != token.i and is_noun(node) and body_kind(node.lemma_.lower()) in PUBLIC_BODIES:
            return True
    return False


def _is_left_out(token: Token) -> bool:
    """True for what a figure is without: "vehicles other than *trucks*", "excluding *mopeds*"."""
    if token.dep_ in {"pobj", "dobj"}:
        upper = token.head
        return among(upper.lower_, "leaving_out") or (
            upper.lemma_ == "leave" and any(child.lower_ == "out" for child in upper.rights)
        )
    return token.dep_ == "conj" and token.head.i != token.i and _is_left_out(token.head)


def _is_example(token: Token) -> bool:
    """True for some of what is counted: "imports, mainly *iron ore* and cotton, rose 6%"."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    first = token.left_edge.i
    before = token.doc[first - 1].lower_ if first else ""
    return token.dep_ == "appos" and any(among(word, "example_words") for word in (before, token.left_edge.lower_))


def _is_told_or_charged(token: Token, match: Match, view: View) -> bool:
    """True for whoever is told or made to pay: "told this *newspaper*", "cost the average *commuter* $1,100"."""
    if any(child.lower_ == "this" for child in token.lefts) and among(token.lemma_.lower(), "own_media"):
        return True
    verb, below = view.node, view.came_from
    if token.dep_ not in {"dobj", "dative"} or token.head.i != verb.i or below is None or below.i < token.i:
        return False
    return is_actor(match.id) and among(verb.lemma_.lower(), "costing_verbs") and below.dep_ in {"dobj", "npadvmod"}


def _is_site(token: Token) -> bool:
    """True behind a preposition of place: "in *hospitals*", "at the ten biggest of our *hospitals*"."""
    while token.dep_ == "pobj":
        if among(token.head.lower_, "site_prepositions"):
            return True
        if token.head.lower_ != "of" or is_verb(token.head.head):
            return False
        token = token.head.head
        if not token.tag_.startswith("JJ"):
            return False
    return False


def _is_aside(token: Token, top: Token) -> bool:
    """True inside a relative clause on the way up: "core inflation, which leaves out *energy*, stood at 3.6%"."""
    for node in (token, *ancestors(token)):
        if node.i == top.i:
            return False
        if node.dep_ == "relcl":
            return True
    return False


def _acts(branch: Token, view: View) -> bool:
    """True for the subject of a verb with an object, unless the object only says how much of the subject there is."""
    if branch.dep_ != "nsubj":
        return False
    below = view.came_from
    if below is not None and below.dep_ == "dobj" and is_noun(below) and among(view.node.lemma_.lower(), "count_verbs"):
        return True  # "hospitals *reported* 487,000 births"
    says_how_much = among(view.node.lemma_.lower(), "measure_verbs")
    return any(
        child.dep_ == "dobj" and not (says_how_much and view.came_from is not None and child.i == view.came_from.i)
        for child in view.node.children
    )


def _is_transparent(noun: Token, terms: Terms) -> bool:
    """True for a noun that a product may stand before without losing itself: "car exports", "car market", "car
    total".
    """
    lemma = noun.lemma_.lower()
    if noun.i in terms.indicators or noun.i in terms.products or lemma in movement().nouns:
        return True
    return any(among(lemma, g) for g in ("whole_nouns", "measure_nouns", "generic_units")) or noun.tag_ == "NNP"


def _branch(token: Token, top: Token) -> Token:
    """The child of the upper word under which the token stands."""
    node = token
    while node.head.i != top.i and node.head.i != node.i:
        node = node.head
    return node


def _modifying_noun(frame: Frame, terms: Terms) -> Token | None:
    """A thing that no pack knows, by its place: "hectares of *rye*", "*malaria* cases", "sold *widgets* worth $5m"."""
    label = label_before(frame)
    if label is not None and is_thing(label, terms):
        return label
    of_anchor = object_of(frame.anchor, terms, _OF)
    if of_anchor is not None:
        return of_anchor
    for view in frame.views:
        for token in (view.node, *view.visible):
            if token.i in terms.indicators and not is_verb(token):
                return _thing_beside(token, terms)
        if is_verb(view.node):
            found = _thing_at(view, terms)
            if found is not None or view.node.lemma_.lower() in indicator_verbs():
                return found
    return None


def _priced_thing(frame: Frame, terms: Terms) -> Token | None:
    """The thing that a price is asked for: "a square foot of *land* fetches $75", "cashew *kernels* earned $4bn"."""
    verb = frame.verb
    if verb is None or not among(verb.lemma_.lower(), "selling_verbs"):
        return None
    subject = subject_of(verb)
    if subject is None or not is_noun(subject) or not is_thing(subject, terms) or is_people(subject, terms):
        return None
    content = object_of(subject, terms, _OF)
    thing = content if content is not None else subject
    match = terms.products.get(thing.i)
    if match is None:
        known = next((child for child in thing.lefts if child.dep_ == "compound" and child.i in terms.products), None)
        if known is not None:
            return known
        return thing if among(verb.lemma_.lower(), "costing_verbs") else None  # firms earn and bring, too
    return None if is_actor(match.id) else thing


def _thing_at(view: View, terms: Terms) -> Token | None:
    """The thing that a verb of the packs acts on, or that is so much "18% *full*"."""
    described = view.came_from is not None and view.came_from.dep_ == "acomp" and view.came_from.tag_ == "JJ"
    if not described and view.node.lemma_.lower() not in indicator_verbs():
        return None
    wanted = {"nsubj"} if described else {"dobj", "nsubjpass"}
    return next((t for t in view.visible if t.dep_ in wanted and is_noun(t) and is_thing(t, terms)), None)


def _thing_beside(noun: Token, terms: Terms) -> Token | None:
    taken = range(terms.indicators[noun.i].first, noun.i + 1)
    compounds = [
        t
        for t in noun.lefts
        if t.dep_ == "compound" and t.i not in taken and t.text[0].isalpha() and is_thing(t, terms)
    ]
    if compounds:
        return compounds[-1]
    return object_of(noun, terms, _OF_FOR)
