"""Small questions to the verb that a figure hangs on."""

from __future__ import annotations

from extractor.quantities.lexicon import movement
from extractor.scope.clause.phrases import verb_event
from extractor.scope.clause.views import Frame, View
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, is_verb
from extractor.tokens import Token


def says_how_much(view: View) -> bool:
    """True for verbs that say how large their subject is."""
    return adds_up(view.node) or among(view.node.lemma_.lower(), "measure_verbs") or moves(view)


def adds_up(verb: Token) -> bool:
    """True for "*added up* to 850,000 minutes", however the particle was parsed."""
    after = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    return among(f"{verb.lemma_.lower()} {after}", "summing_verbs")


def is_content_verb(verb: Token) -> bool:
    """True for verbs that say what is done, and do not only say how much there is."""
    lemma = verb.lemma_.lower()
    return (
        is_verb(verb)
        and not adds_up(verb)
        and verb.dep_ not in {"aux", "auxpass"}
        and not among(lemma, "measure_verbs")
        and not among(lemma, "light_verbs")
    )


def moves(view: View) -> bool:
    """True where the figure tells how far the verb's subject went: "rose 5%", "fell to 3 million"."""
    if view.came_from is None:
        return False
    return view.node.lemma_.lower() in movement().verbs or view.came_from.dep_ in {"npadvmod", "advmod", "prt"}


def changes(verb: Token) -> bool:
    """True for a verb of rise or fall, by itself or with a particle: "had gone *up*"."""
    return verb.lemma_.lower() in movement().verbs or (
        verb.lemma_ in {"go", "come"} and any(child.lower_ in movement().particles for child in verb.rights)
    )


def only_reported(view: View, frame: Frame, sort: str = "") -> bool:
    """True for a bare number that somebody gives: "the union *says* 4.5 million", "an audit *found* 46 per cent"."""
    bare = view.came_from is not None and view.came_from.i == frame.anchor.i and frame.counted is None
    tells = bare and frame.anchor.dep_ in {"dobj", "ccomp", "attr"} and verb_class(view.node) is not None
    return tells and verb_event(view.node, sort) is None


def is_sum(verb: Token, sum_: Token) -> bool:
    """True where a pronoun or a thing reckoned "makes" so much: "*That* makes 435", "makes *it* £310m", and where the
    sum is made something: "made $175 million *available*".
    """
    after = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    pronoun = any(child.lower_ in {"that", "this", "which"} and child.dep_ == "nsubj" for child in verb.lefts)
    made = any(
        child.dep_ in {"oprd", "acomp", "ccomp"} or child.lower_ == "available"
        for child in (*verb.rights, *sum_.rights)
    )
    return pronoun or made or after == "it"


def is_led_astray(view: View) -> bool:
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
