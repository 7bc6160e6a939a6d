"""Who has figures of his own, and who only looks on, counts, or puts others at a figure."""

from __future__ import annotations

from extractor.mentions import Name
from extractor.names.words import body_kind, name_words, phrase_kind
from extractor.scope.clause.views import View
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, ancestors, is_noun
from extractor.tokens import Token


def does_itself(name: Name, token: Token, view: View) -> bool:
    """True for a firm, or a name of unknown sort, that tells of its own doing, though it speaks elsewhere: "*Dukkan*
    announced 1.4 million orders", "claims to be worth $1.2bn", "employs 640 people"; and for a bloc that binds itself:
    "*OPEC* agreed to lower its output".
    """
    verb = token.head
    if name.kind == "other" and view.came_from is not None and view.came_from.dep_ == "xcomp":
        return verb_class(view.node) != "aim" and acts_itself(token, view.node)
    if token.dep_ != "nsubj" or not (name.kind == "company" or name.type == "name"):
        return False
    if among(verb.lemma_.lower(), "announcing_verbs"):
        return verb.i == view.node.i
    governs = view.came_from is not None and view.came_from.dep_ == "xcomp" and verb.i == view.node.i
    if governs or (verb.lemma_ == "have" and verb.i == view.node.i and _is_thing_had(view.came_from)):
        return True
    return verb.i == view.node.i and not only_tells(verb) and among(verb.lemma_.lower(), "owning_verbs")


def only_tells(verb: Token) -> bool:
    """True for the verb of who gives figures: "cut" and "raise" are such of a forecast, and not of jobs or a wage."""
    sort = verb_class(verb)
    if sort != "revise":
        return sort is not None
    thing = next((child for child in verb.rights if child.dep_ == "dobj" and is_noun(child)), None)
    told = ("aims", "document_nouns", "generic_units", "measure_nouns")
    return thing is None or any(among(thing.lemma_.lower(), words) for words in told)


def _is_thing_had(thing: Token | None) -> bool:
    """True for what can be somebody's own, and is no bare amount that he only tells: "has *debts* of £1.1bn"."""
    return (
        thing is not None
        and thing.dep_ == "dobj"
        and is_noun(thing)
        and not among(thing.lemma_.lower(), "generic_units")
    )


def looks_on(noun: Token, terms: Terms) -> bool:
    """True for an onlooker, and for a body that only tells what it reckons: "its Hanoi *office* forecasts"."""
    body = body_kind(noun.lemma_.lower())
    tells = noun.dep_ in SUBJECTS and verb_class(noun.head) is not None and body not in {None, "company"}
    return tells or is_onlooker(noun, terms)


def is_onlooker(noun: Token, terms: Terms) -> bool:
    """True for those who look at figures that are not their own: analysts, brokers, newspapers."""
    name = terms.names.get(noun.i)
    if name is not None and name.kind:
        return name.kind in {"analyst", "media"}
    beside = (
        child for child in noun.lefts if child.dep_ in {"compound", "nmod"}
    )  # "the London *brokers* Harwood & Pell"
    return any(_onlooking(word) for word in (noun, *beside))


def _onlooking(noun: Token) -> bool:
    lemma, crowd = noun.lemma_.lower(), name_words().crowd_kinds
    kind = phrase_kind(noun.doc, noun.i) or crowd.get(noun.lower_) or crowd.get(lemma)
    return kind in {"analyst", "media"}


def puts_at(token: Token, view: View) -> bool:
    """True for whoever puts something else at a figure: "rival *Mossgate* put the annual drop at 3.1%"."""
    verb = token.head
    if token.dep_ == "nsubj" and verb.lemma_ == "make" and verb.i == view.node.i:
        return any(child.lower_ == "it" for child in verb.children)  # "the directorate *makes it* 1,047,300"
    puts = view.node.lemma_ == "put" and view.came_from is not None and view.came_from.lower_ == "at"
    return puts and token.dep_ == "nsubj" and token.head.i == view.node.i


def counts(token: Token, view: View) -> bool:
    """True for whoever only counts what is not theirs: "the *Users' Group* counted 412 cancellations", "an audit by
    *Hydra Partners*".
    """
    if token.dep_ == "nsubj" and among(token.head.lemma_.lower(), "counting_verbs"):
        return True
    if token.dep_ == "nsubj" and among(token.head.lemma_.lower(), "arriving_verbs"):
        return any(child.dep_ == "prep" and child.lower_ in {"at", "to", "on"} for child in token.head.rights)
    by = token.head if token.dep_ == "pobj" else token.head.head
    return by.lower_ == "by" and by.head.i != view.node.i and among(by.head.lemma_.lower(), "document_nouns")


def acts_itself(token: Token, verb: Token) -> bool:
    """True for a body that does something, and does not only count: "*OPEC* cut supply", not "*CAAM* counted 3
    million".
    """
    doer = token.dep_ == "nsubj" and token.head.i in {verb.i, *(above.i for above in ancestors(verb))}
    return doer and not among(verb.lemma_.lower(), "reckoning_verbs")
