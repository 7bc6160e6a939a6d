"""Small questions to the verb that a figure hangs on."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.quantities.lexicon import movement
from extractor.scope.frame import Frame, View
from extractor.scope.phrases import verb_event
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import is_verb


def says_how_much(view: View) -> bool:
    """True for verbs that say how large their subject is."""
    return among(view.node.lemma_.lower(), "measure_verbs") or moves(view)


def is_content_verb(verb: Token) -> bool:
    """True for verbs that say what is done, and do not only say how much there is."""
    lemma = verb.lemma_.lower()
    return (
        is_verb(verb)
        and verb.dep_ not in {"aux", "auxpass"}
        and not among(lemma, "measure_verbs")
        and not among(lemma, "light_verbs")
    )


def moves(view: View) -> bool:
    """True where the figure tells how far the verb's subject went: "rose 5%", "fell to 3 million"."""
    if view.came_from is None:
        return False
    return view.node.lemma_.lower() in movement().verbs or view.came_from.dep_ in {"npadvmod", "advmod", "prt"}


def only_reported(view: View, frame: Frame, sort: str = "") -> bool:
    """True for a bare number that somebody gives: "the union *says* 4.5 million", "an audit *found* 46 per cent"."""
    bare = view.came_from is not None and view.came_from.i == frame.anchor.i and frame.counted is None
    tells = bare and frame.anchor.dep_ in {"dobj", "ccomp", "attr"} and verb_class(view.node) is not None
    return tells and verb_event(view.node, sort) is None
