"""Indicator and product: what is measured, and of what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from extractor.lexicon import Match
from extractor.mentions import Measure, Quantity
from extractor.names import body_kind, name_words
from extractor.quantities.lexicon import movement
from extractor.scope.frame import Frame, View, subject_of
from extractor.scope.terms import Terms, lemma_phrase, words_of
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import is_noun, is_verb
from extractor.taxonomy import taxonomy

Slot = tuple[str, str]
"""An id and the words of the article."""

MARKET_SHARE = "market_share"
PRICE = "price"
_LONGEST_LABEL = 8  # tokens before the colon of a list item
_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "advmod"})


@lru_cache(maxsize=1)
def indicator_verbs() -> dict[str, str]:
    """Verb lemma to indicator."""
    return {verb: node.id for node in taxonomy().indicators.values() for verb in node.verbs}


def is_money(unit: str) -> bool:
    """True for an ISO 4217 code."""
    return len(unit) == 3 and unit.isupper() and unit.isalpha()


def clause_views(frame: Frame) -> Iterator[View]:
    """The views of a figure up to the end of its clause: what a reporting verb above it governs is not its scope."""
    for view in frame.views:
        yield view
        if view.node.dep_ in {"ccomp", "parataxis"} and is_verb(view.node):
            return


# Indicator ------------------------------------------------------------------------------------------------------------


def find_indicator(frame: Frame, terms: Terms, quantity: Quantity, measure: Measure) -> Slot | None:
    """What the figure measures: a term of the packs where one is near, else the words that stand in its place."""
    known = _known_indicator(frame, terms, measure)
    if is_money(quantity.unit) and quantity.per and not among(quantity.per, "calendar_units"):
        return known if known is not None and _is_price(known) else (PRICE, "")
    if known is not None:
        return with_money(_as_event(known, frame), quantity)
    if measure.kind == "share" and frame.counted is not None and frame.counted.lemma_ == "market":
        return (MARKET_SHARE, "")
    return None if frame.anaphoric else _worded_indicator(frame, terms)


def _known_indicator(frame: Frame, terms: Terms, measure: Measure) -> Slot | None:
    agent: Slot | None = None
    counted = frame.counted if frame.counted is not None and _names_something(frame.counted, terms) else None
    for view in clause_views(frame):
        for token in _indicator_order(view):
            if is_verb(view.node) and not _may_measure(token, view, counted):
                continue
            match = terms.indicators.get(token.i)
            if match is not None and match.role == "agent":
                agent = agent or _term(token, match)
            elif match is not None:
                return _refined(token, match, terms)
            elif token is view.node and _is_event(view, measure):
                return (indicator_verbs()[token.lemma_.lower()], token.text)
    return agent if measure.kind == "rank" else None


def _may_measure(token: Token, view: View, counted: Token | None) -> bool:
    """Whether a word that hangs on the verb can be what the figure measures.

    A figure with a noun of its own measures the verb, or the subject of a verb that says how much it is ("exports reached 2
    million cars"), not what else the sentence speaks of ("60 *brands*", "12,000 *officers* were on duty", "blocked at 4
    *refineries*"). One in a "with" phrase never measures the verb's object ("claims a share of the market, with 60 brands").
    """
    if token is view.node:
        return True
    if counted is not None and counted.dep_ != "pobj":
        return token.dep_ in {"nsubj", "nsubjpass", "dobj"} and _says_how_much(view)
    if counted is not None and not _says_how_much(view):
        return False
    return token.dep_ != "dobj" or view.came_from is None or view.came_from.lower_ != "with"


def _says_how_much(view: View) -> bool:
    return among(view.node.lemma_.lower(), "measure_verbs") or _moves(view)


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
    if not is_verb(view.node) or view.node.lemma_.lower() not in indicator_verbs() or view.came_from is None:
        return False
    if any(child.dep_ == "prt" for child in view.node.children):
        return False  # "made up", "sold out", "shipped off" say something else
    direct = view.came_from.dep_ in {"dobj", "nsubjpass", "nsubj", "attr", "oprd"} and measure.kind not in {"growth"}
    has_object = any(child.dep_ in {"dobj", "nsubjpass"} for child in view.node.children)
    acts = (
        view.came_from.dep_ == "nsubj" and has_object
    )  # "2,012 people died" counts deaths, "50 firms sold cars" no sales
    return (direct and not acts) or (
        has_object and view.came_from.dep_ in {"npadvmod", "advmod", "prep", "advcl", "conj"}
    )


def _refined(token: Token, match: Match, terms: Terms) -> Slot:
    """A more specific indicator where a product splits its name: "retail car sales" is "retail sales" of cars."""
    names = taxonomy().indicators
    head = token.lemma_.lower()
    for modifier in token.lefts:
        if modifier.dep_ in _PREMODIFIERS and modifier.i not in terms.inside_names:
            phrase = f"{modifier.lower_} {head}"
            for node in names.values():
                if phrase in node.nouns and node.id != match.id:
                    return (node.id, words_of(token.doc, modifier.i, token.i + 1))
    return _term(token, match)


def _term(token: Token, match: Match) -> Slot:
    return (match.id, words_of(token.doc, match.first, match.last))


def _as_event(indicator: Slot, frame: Frame) -> Slot:
    """What is added to a stock or taken from it is an event of its own: jobs cut are job cuts, capacity added is installed."""
    node = taxonomy().indicators.get(indicator[0])
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if node is None or view is None or view.came_from is None or not _is_part_of_object(view.came_from):
        return indicator
    lemma = view.node.lemma_.lower()
    change = movement().verbs.get(lemma, 0)
    event = node.added if change > 0 else node.removed if change < 0 else None
    if indicator_verbs().get(lemma) in {node.added, node.removed}:
        event = indicator_verbs().get(lemma)
    return (event, f"{view.node.text} {indicator[1]}") if event else indicator


def _is_part_of_object(token: Token) -> bool:
    return token.dep_ in {"dobj", "nsubjpass"} or (token.dep_ == "prep" and token.lower_ == "including")


def _is_price(indicator: Slot) -> bool:
    """True for indicators that are so much money for one of something by themselves."""
    return any(
        word in indicator[0] for word in (PRICE, "wage", "rent", "cost", "fare", "tariff", "rate", "earnings", "margin")
    )


def with_money(indicator: Slot, quantity: Quantity) -> Slot:
    """Money paid for exports is their value: the node that the packs name for it."""
    node = taxonomy().indicators.get(indicator[0])
    if node is not None and node.monetary and is_money(quantity.unit) and not quantity.per:
        return (node.monetary, indicator[1])
    return indicator


def _worded_indicator(frame: Frame, terms: Terms) -> Slot | None:
    """The words that tell what is measured where no pack knows them: the counted noun, or the theme of the clause."""
    counted = frame.counted
    if counted is not None and counted.i not in terms.products and _names_something(counted, terms):
        return _phrase(counted, terms)
    if label_before(frame) is not None:
        return None
    for view in clause_views(frame):
        noun = _measured_noun(view, terms)
        if noun is not None:
            return _phrase(noun, terms) if _is_theme(noun, terms) else None
    return None


def label_before(frame: Frame) -> Token | None:
    """The noun of a label: "Dishwashers: 300,000 units" is so many dishwashers of whatever the list is about."""
    first = frame.tokens[0]
    sentence = first.sent
    colon = next((t for t in sentence if t.text == ":" and t.i < first.i), None)
    if colon is None or colon.i - sentence.start > _LONGEST_LABEL or first.i - colon.i > 3:
        return None
    return next((t for t in reversed(sentence.doc[sentence.start : colon.i]) if is_noun(t)), None)


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
    return _phrase(counted, terms) if counted is not None and _names_something(counted, terms) else None


def _is_theme(noun: Token, terms: Terms) -> bool:
    """False for what a figure may be near but never measures: things counted, bodies, people, periods, rises and falls."""
    lemma = noun.lemma_.lower()
    if is_verb(noun):
        return verb_class(noun) is None and not among(lemma, "light_verbs")
    if noun.i in terms.products or noun.i in terms.inside_periods or lemma in movement().nouns:
        return False
    return body_kind(lemma) is None and lemma not in name_words().crowd and lemma not in name_words().roles


def _measured_noun(view: View, terms: Terms) -> Token | None:
    """ "a *fine* of $3m", "the *fleet* reached 3 million", "recalled 3 million cars" (the verb itself)."""
    node = view.node
    if (
        is_noun(node)
        and view.came_from is not None
        and view.came_from.dep_ in {"prep", "appos", "amod", "acl", "nummod", "nmod", "compound"}
    ):
        return _through_measure(node, terms)
    if not is_verb(node):
        return None
    moved = _moved_object(view)
    if moved is not None:
        return _through_measure(moved, terms)
    if view.came_from is None:  # the figure is the verb: "doubled the number of dealers", "exports doubled"
        direct = next((t for t in view.visible if t.dep_ in {"dobj", "nsubjpass"}), None) or subject_of(node)
        return _through_measure(direct, terms) if direct is not None else None
    if among(node.lemma_.lower(), "measure_verbs") or _moves(view):
        subject = _measured_by(node)
        found = _through_measure(subject, terms) if subject is not None else None
        return found or next((t for t in view.visible if t.dep_ == "dobj" and _names_something(t, terms)), None)
    if among(node.lemma_.lower(), "light_verbs"):
        return next((t for t in view.visible if t.dep_ in {"dobj", "attr"} and _names_something(t, terms)), None)
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


def _through_measure(noun: Token, terms: Terms) -> Token | None:
    """The thing itself where a noun only says how much of it: "the number of dealers" gives "dealers"."""
    for _ in range(3):
        if not among(noun.lemma_.lower(), "measure_nouns") and noun.lemma_.lower() not in movement().nouns:
            return noun if _names_something(noun, terms) else None
        below = [
            end
            for child in noun.children
            if child.dep_ == "prep" and child.lower_ in {"of", "in"}
            for end in child.children
            if end.dep_ == "pobj"
        ]
        if not below:
            return next(
                (child for child in noun.lefts if child.dep_ == "compound" and _names_something(child, terms)), None
            )
        noun = below[0]
    return None


def _names_something(noun: Token, terms: Terms) -> bool:
    """False for pronouns, bare units, figures, and names of bodies and places."""
    if noun.pos_ in {"PRON", "NUM", "SYM", "DET"} or not noun.text[0].isalpha():
        return False
    if noun.i in terms.inside_names or noun.i in terms.inside_areas or noun.i in terms.names:
        return False
    lemma = noun.lemma_.lower()
    return not any(among(lemma, group) for group in ("generic_units", "company_references", "area_references"))


def _phrase(noun: Token, terms: Terms) -> Slot:
    """A noun with its compound modifiers as id ("dealer partner"), and with all its modifiers as text."""
    if is_verb(noun):
        return (noun.lemma_.lower(), noun.text)
    compounds = [
        t
        for t in noun.lefts
        if t.dep_ == "compound" and t.i not in terms.inside_areas and t.i not in terms.inside_names
    ]
    compounds = [t for t in compounds if t.text[0].isalpha()]
    words = [
        t
        for t in noun.lefts
        if t.dep_ in {"compound", "amod"} and t.i not in terms.inside_areas and t.text[0].isalpha()
    ]
    first = words[0].i if words else noun.i
    return (lemma_phrase([*compounds, noun]), words_of(noun.doc, first, noun.i + 1))


# Product --------------------------------------------------------------------------------------------------------------


def find_product(frame: Frame, terms: Terms, measure: Measure) -> tuple[Slot | None, tuple[str, ...]]:
    """What is counted, and what the text says it includes."""
    token = _product_token(frame, terms, measure)
    if token is None:
        return None, ()
    match = terms.products.get(token.i)
    slot = _restricted(token, match, terms) if match is not None else _phrase(token, terms)
    return slot, _includes(token, terms)


def _product_token(frame: Frame, terms: Terms, measure: Measure) -> Token | None:
    counted = frame.counted
    if counted is not None and counted.i in terms.products:
        return counted
    for view in clause_views(frame):
        found = next((t for t in (view.node, *view.visible) if _is_product_of(t, view, terms)), None)
        if found is not None:
            return found
    if counted is not None and measure.kind != "rank" and _is_thing(counted, terms):
        return counted
    return _modifying_noun(frame, terms)


def _is_product_of(token: Token, view: View, terms: Terms) -> bool:
    """Whether a product that can be seen from the figure is what it counts.

    Not one that only helps to name another thing ("phone calls", "town hall"), nor one in an adverbial of the verb
    ("from its lorry", "as chips recovered"), nor who does it ("residents counted 1,140 lorries").
    """
    match = terms.products.get(token.i)
    if match is None or not token.tag_.startswith(("NN", "JJ", "CD")):
        return False
    if token.dep_ in {"compound", "nmod"} and not _is_transparent(token.head, terms):
        return False
    if not is_verb(view.node) or token is view.node:
        return True
    branch = _branch(token, view.node)
    if branch.dep_ in {"prep", "agent", "advcl", "npadvmod"}:
        return among(branch.lower_, "content_prepositions")
    acts = branch.dep_ == "nsubj" and any(child.dep_ == "dobj" for child in view.node.children)
    return not (acts and _is_actor(match.id))


def _is_transparent(noun: Token, terms: Terms) -> bool:
    """True for a noun that a product may stand before without losing itself: "car exports", "car market", "car total"."""
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


def _is_actor(product: str) -> bool:
    return any(among(node, "actor_products") for node in (product, *taxonomy().product_ancestors(product)))


def _is_thing(noun: Token, terms: Terms) -> bool:
    lemma = noun.lemma_.lower()
    if noun.i in terms.indicators or noun.i in terms.inside_periods or lemma in movement().nouns:
        return False
    return _names_something(noun, terms) and not among(lemma, "whole_nouns") and not among(lemma, "measure_nouns")


def _modifying_noun(frame: Frame, terms: Terms) -> Token | None:
    """A thing that no pack knows, by its place: "hectares of *rye*", "*malaria* cases", "sold *widgets* worth $5m"."""
    label = label_before(frame)
    if label is not None and _is_thing(label, terms):
        return label
    of_anchor = _object_of(frame.anchor, terms, {"of"})
    if of_anchor is not None:
        return of_anchor
    for view in clause_views(frame):
        for token in (view.node, *view.visible):
            if token.i in terms.indicators and not is_verb(token):
                return _thing_beside(token, terms)
        if is_verb(view.node) and view.node.lemma_.lower() in indicator_verbs():
            things = (t for t in view.visible if t.dep_ in {"dobj", "nsubjpass"} and is_noun(t) and _is_thing(t, terms))
            return next(things, None)
    return None


def _thing_beside(noun: Token, terms: Terms) -> Token | None:
    taken = range(terms.indicators[noun.i].first, noun.i + 1)
    compounds = [
        t
        for t in noun.lefts
        if t.dep_ == "compound" and t.i not in taken and t.text[0].isalpha() and _is_thing(t, terms)
    ]
    if compounds:
        return compounds[-1]
    return _object_of(noun, terms, {"of", "for"})


def _object_of(noun: Token, terms: Terms, prepositions: set[str]) -> Token | None:
    """The thing behind a preposition that hangs on the noun."""
    ends = (
        end for child in noun.rights if child.dep_ == "prep" and child.lower_ in prepositions for end in child.children
    )
    return next((end for end in ends if end.dep_ == "pobj" and is_noun(end) and _is_thing(end, terms)), None)


def _restricted(token: Token, match: Match, terms: Terms) -> Slot:
    """The product's node, or the words where a modifier makes it a narrower thing ("used cars" are not cars)."""
    first = match.first
    narrowing = [
        child
        for child in token.lefts
        if child.i < first and child.dep_ in {"amod", "compound"} and child.text[0].isalpha() and _narrows(child, terms)
    ]
    if not narrowing:
        return (match.id, words_of(token.doc, first, match.last))
    words = [*narrowing, *token.doc[first : match.last]]
    return (lemma_phrase(list(words)), words_of(token.doc, narrowing[0].i, match.last))


def _narrows(modifier: Token, terms: Terms) -> bool:
    if modifier.i in terms.inside_areas or modifier.i in terms.inside_names or modifier.i in terms.indicators:
        return False
    if modifier.tag_ in {"JJR", "JJS", "CD", "NNP", "NNPS", "VBG"} or modifier.lemma_.lower() in indicator_verbs():
        return False
    return not among(modifier.lemma_.lower(), "non_restrictive") and not among(modifier.lower_, "non_restrictive")


def _includes(token: Token, terms: Terms) -> tuple[str, ...]:
    """The parts that the text spells out: "vehicles — including passenger cars, buses and trucks"."""
    opener = next(
        (c for c in token.rights if c.dep_ == "prep" and c.lower_ in {"including", "comprising", "with"}), None
    )
    if opener is None or opener.lower_ == "with":
        return ()
    first = next((below for below in opener.children if below.dep_ == "pobj"), None)
    if first is None:
        return ()
    parts = sorted((first, *first.conjuncts), key=lambda each: each.i)
    return tuple(_part(part, terms) for part in parts)


def _part(token: Token, terms: Terms) -> str:
    match = terms.products.get(token.i)
    return match.id if match is not None else _phrase(token, terms)[0]
