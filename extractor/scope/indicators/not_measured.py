"""Words that can be seen from a figure and do not measure it: of other clauses, circumstances, purposes and wholes."""

from __future__ import annotations

import itertools

from extractor.quantities.lexicon import movement
from extractor.scope.clause.verbs import is_content_verb, moves, says_how_much
from extractor.scope.clause.views import Frame, View
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, ancestors, is_noun, is_verb, sentence_start
from extractor.tokens import Token


def is_beside(token: Token, view: View, frame: Frame, counted: Token | None, *, reported: bool) -> bool:
    """True for a word that can be seen and does not measure: in another part of the clause, or of whoever tells."""
    if is_verb(view.node) and not _may_measure(token, view, counted):
        return True
    if _is_in_other_clause(token, view):
        return True
    told_first = reported and token.i < frame.anchor.i and not _is_fronted(token)
    if told_first or _is_purpose(token, counted) or _is_told_by_the_way(token, view):
        return True
    if token.dep_ == "pobj" and (_is_by_the_way(token, view) or _is_added(token, frame)):
        return True
    if token.i != view.node.i and _is_bracketed(token, frame):
        return True
    if counted is not None and (_is_scene_of(counted, token) or _is_said_of_other(token, counted)):
        return True
    if view.came_from is None and _is_in_participle(token, view.node):
        return True
    return frame.anaphoric and _is_oblique(token)  # "of which 2,340 crore was in *loans*": it was named before


def _is_by_the_way(token: Token, view: View) -> bool:
    """True behind a preposition by which a word tells of something else than what the figure measures."""
    preposition = token.head
    if preposition.lower_ == "per" or _is_example(token) or _is_cause(token, view):
        return True  # "per *share*": one of what
    if preposition.lower_ == "of" and among(preposition.head.lower_, "circumstance_nouns"):
        return True  # "jumped on the back of a new *minimum wage*"
    if token.i == view.node.i:
        return False  # "amid *tariffs* of 25%"
    return among(preposition.lower_, "circumstance_prepositions") or _is_where(token, view) or _is_ground(preposition)


def _is_added(token: Token, frame: Frame) -> bool:
    """True for what is only added behind a bare figure: "deaths rose by 10%, *with crashes* up as well"."""
    preposition = token.head
    return frame.counted is None and preposition.lower_ == "with" and preposition.head.i == frame.anchor.i


def _is_where(token: Token, view: View) -> bool:
    """True for what only says of a noun where, for whom or by what: "milling in the top *economy* fell 12%", "the
    biggest by *sales*", "a levy of 4% on all *rents*", "homes hit by *earthquakes*".
    """
    preposition = token.head
    noun = preposition.head
    if preposition.dep_ == "agent" or (preposition.lower_ == "by" and not is_verb(noun)):
        return True
    if preposition.lower_ == "on" and view.came_from is None:
        return True
    if not among(preposition.lower_, "placing_prepositions") or not noun.tag_.startswith("NN") or noun.i == view.node.i:
        return False
    lemma = noun.lemma_.lower()
    hollow = any(among(lemma, group) for group in ("measure_nouns", "generic_units", "whole_nouns", "percent_words"))
    return not hollow and lemma not in movement().nouns


def _is_ground(preposition: Token) -> bool:
    """True before what only tells why: "fell by half *due to* attacks", "*owing to* lower sales"."""
    before = preposition.nbor(-1).lower_ if preposition.i > sentence_start(preposition) else ""
    return among(f"{before} {preposition.lower_}", "ground_prepositions")


def _is_bracketed(token: Token, frame: Frame) -> bool:
    """True inside brackets that the figure is not in: "sold 2,000 cars (home market plus *exports*)"."""
    first, last = sorted((token.i, frame.anchor.i))
    words = [word.text for word in token.doc[first:last]]
    unclosed = words.count("(") - words.count(")")
    return unclosed > 0 if token.i > frame.anchor.i else unclosed < 0


def _is_oblique(token: Token) -> bool:
    """True behind a preposition, joined to others or not: "for *tents* and *staff*"."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token.dep_ == "pobj"


def _is_example(token: Token) -> bool:
    """True for "hazards *such as* heavy rain"."""
    return token.head.lower_ == "as" and any(child.lower_ == "such" for child in token.head.lefts)


def _is_in_participle(token: Token, counted: Token) -> bool:
    """True for what is only told in a participle clause of the thing counted: "13 tonnes of cocaine hidden in a
    *shipment*".
    """
    if token.dep_ != "pobj":
        return False
    above = itertools.takewhile(lambda node: node.i != counted.i, ancestors(token))
    return any(node.dep_ == "acl" and node.tag_ == "VBN" for node in above)


def _is_scene_of(counted: Token, token: Token) -> bool:
    """True for what happens in or at so many things: "*outages* at its 18 plants", "*arrests* in 12 towns"."""
    if counted.dep_ != "pobj" or not among(counted.head.lower_, "scene_prepositions"):
        return False
    return counted.head.head.i == token.i and is_noun(token)


def _is_said_of_other(token: Token, counted: Token) -> bool:
    """True for the state of another thing than those counted: "on the *missing* plane were 155 passengers"."""
    return token.dep_ == "amod" and token.head.i not in {counted.i, counted.head.i}


def _is_fronted(token: Token) -> bool:
    """True for what a sentence opens on: "*For truck registrations* the dealers now see 122,000"."""
    return token.dep_ == "pobj" and token.head.i == sentence_start(token) and token.head.lower_ in {"for", "on"}


def _is_told_by_the_way(token: Token, view: View) -> bool:
    """True for the subject of a relative clause that the figure is not in: "Yields in Bahia, where *rainfall* has been
    scarce, dropped 22%".
    """
    clause = token.head
    return token.dep_ in SUBJECTS and clause.dep_ == "relcl" and clause.i != view.node.i and clause.i > token.i


def _is_in_other_clause(token: Token, view: View) -> bool:
    """True for what a relative clause only tells of a thing: "133 of the tanks that it ordered under a *contract*"."""
    if token.i == view.node.i or token.dep_ != "pobj":
        return False
    between = itertools.takewhile(lambda above: above.i != view.node.i, ancestors(token))
    return any(above.dep_ == "relcl" for above in between)


def is_whole(token: Token, view: View, terms: Terms) -> bool:
    """True for what a percentage is told of: "72% of *GDP*"."""
    match = terms.indicators.get(token.i)
    tied = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.i == view.node.i
    percent = view.came_from is None and among(view.node.lower_, "percent_words")
    return match is not None and tied and percent and among(match.id, "denominators")


def _is_purpose(token: Token, counted: Token | None) -> bool:
    """True for what the counted things are for: "50,500 mortgages for house *purchase*", "the 95% needed for herd
    *immunity*".
    """
    if token.dep_ != "pobj" or token.head.lower_ != "for":
        return False
    above = token.head.head
    return (counted is not None and above.i == counted.i) or (
        above.tag_ == "VBN" and among(above.lemma_, "needing_verbs")
    )


def _is_cause(token: Token, view: View) -> bool:
    """True for what a sum is paid for: "fined the bank €32 million for *fraud*"."""
    return view.came_from is None and token.head.lower_ == "for" and token.head.head.i == view.node.i


def only_qualifies(token: Token, terms: Terms) -> bool:
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
