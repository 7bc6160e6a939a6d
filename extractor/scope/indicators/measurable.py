"""Which noun or verb of a clause a figure can measure, and whether the clause only takes up what went before."""

from __future__ import annotations

from extractor.names.words import body_kind, name_words
from extractor.quantities.lexicon import movement
from extractor.scope.clause.phrases import names_something
from extractor.scope.clause.verbs import changes, is_content_verb, moves
from extractor.scope.clause.views import Frame, View, subject_of
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import is_noun, is_proper, is_verb
from extractor.tokens import Token


def takes_up_subject(frame: Frame) -> bool:
    """True where the clause takes up what went before: "Those stood at $21.8bn", "customs put it at …"."""
    verb = frame.verb
    if verb is None or frame.counted is not None:
        return False
    tells = among(verb.lemma_.lower(), "measure_verbs") or verb.lemma_ == "compare" or changes(verb)
    subject = subject_of(verb) if tells else None
    moved = next((child for child in verb.children if child.dep_ == "dobj"), None)
    taken_up = any(t is not None and _stands_for_figure(t) for t in (subject, moved))
    return taken_up or (subject is not None and _is_bare_measure(subject))


def _is_bare_measure(noun: Token) -> bool:
    """True for "the *figure*" and "that *total*", which say of nothing what they are of."""
    if not among(noun.lemma_.lower(), "taking_up_nouns") or noun.tag_ != "NN":
        return False
    if [child.lower_ for child in noun.lefts] not in (["the"], ["that"], ["this"]):
        return False
    return not any(child.dep_ in {"prep", "relcl", "acl"} for child in noun.rights)


def _stands_for_figure(token: Token) -> bool:
    return among(token.lower_, "taking_up_pronouns") or among(token.lower_, "absolute_possessives")


def is_theme(noun: Token, terms: Terms) -> bool:
    """False for what a figure may be near but never measures: things counted, bodies, people, periods, rises and
    falls.
    """
    lemma = noun.lemma_.lower()
    if is_verb(noun):
        reckons = among(lemma, "light_verbs") or among(lemma, "reckoning_verbs") or among(lemma, "lead_verbs")
        return verb_class(noun) is None and not reckons
    if noun.i in terms.products or noun.i in terms.inside_periods or lemma in movement().nouns:
        return False
    if among(lemma, "never_measured") or among(lemma, "counterpart_nouns") or is_proper(noun):
        return False
    if not is_noun(noun) or among(lemma, "whole_nouns") or takes_in(noun.head):
        return False
    return body_kind(lemma) is None and lemma not in name_words().crowd and lemma not in name_words().roles


def takes_in(verb: Token) -> bool:
    """True for "…, trams *included*, a fall of 16%": an aside, and what fell stands before it."""
    closed = verb.i + 1 < len(verb.doc) and verb.nbor().text == ","
    return closed and among(verb.lower_, "taking_in") and not any(child.dep_.startswith("aux") for child in verb.lefts)


def measured_noun(view: View, terms: Terms, frame: Frame) -> Token | None:
    """The word for what is measured: "a *fine* of $3m", "the *fleet* reached 3 million", "*recalled* 3 million"."""
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
    below = view.came_from
    if below is not None and below.dep_ in {"dobj", "nsubjpass"}:
        figure = below in frame.tokens or among(below.lemma_.lower(), "number_nouns")
        return node if figure else None  # "the forecast of 24% will be *reviewed*"
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
            compound = next((c for c in noun.lefts if c.dep_ == "compound" and names_something(c, terms)), None)
            if compound is not None and not among(compound.lower_, "averaging_words"):
                return compound
            return noun if compound is not None or among(noun.lemma_.lower(), "own_measures") else None
        noun = below[0]
    return None
