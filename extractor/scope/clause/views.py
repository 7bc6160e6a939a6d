"""What can be seen from a figure: the words around it, then around the word it hangs on, and so on up to its
sentence.

Every slot is filled from the nearest such view that has something to offer. This one idea covers objects ("exported
4.91 million cars"), subjects ("car exports reached 2.14 million"), nouns with "of" ("exports of 673,000 units"),
adverbials ("up 53.2%") and participles ("accounting for 46%") alike, because what a figure belongs to hangs closer to
it in the parse than what it does not belong to.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extractor.mentions import Measure, Quantity
from extractor.scope.words import among
from extractor.syntax import (
    SUBJECTS,
    ancestors,
    children,
    is_noun,
    is_parsed,
    is_verb,
    sentence_end,
    sentence_start,
    subtree_span,
)
from extractor.tokens import Doc, Token

_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "parataxis", "csubj", "acl", "pcomp"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_LONGEST_SUBJECT = 6  # tokens from a subject to its verb
_PARTICIPLE_CLIMB = frozenset({"acl", "relcl"})


class View(NamedTuple):
    """A word above the figure, and the words that hang on it, nearest first; other clauses and rival figures left
    out.
    """

    node: Token
    visible: tuple[Token, ...]
    came_from: Token | None


@dataclass(frozen=True, eq=False)
class Frame:
    """A figure in its parsed sentence."""

    tokens: tuple[Token, ...]
    anchor: Token
    """The word of the number expression on which the rest hangs ("million", "%")."""
    counted: Token | None
    """The noun that the number counts ("cars"), None where there is none beside it."""
    views: tuple[View, ...]

    @cached_property
    def anaphoric(self) -> bool:
        """True where the figure counts things named before: "of which 2.1 million", "More than a quarter of them"."""
        if self.counted is not None and among(self.counted.lower_, "taken_up"):
            return True
        first = self.tokens[0]
        before = [first.doc[i].lower_ for i in range(max(sentence_start(first), first.i - 4), first.i)]
        if before[-4:-1] == ["of", "the", "total"] and before[-1] == ",":
            return True
        verb = self.verb
        if verb is not None and verb.dep_ == "relcl":  # "of which robusta made up 5.1 million"
            edge = verb.left_edge.i
            before = [*(first.doc[i].lower_ for i in range(edge, min(edge + 2, first.i))), "", *before[-3:]]
        return any(one in {"of", "among"} and among(other, "taken_up") for one, other in itertools.pairwise(before))

    @cached_property
    def clause(self) -> tuple[View, ...]:
        """The views that tell what the figure measures.

        They end with a relative clause of place or time, which tells nothing of what stands above it ("losses in
        Europe, *where* mills idled 14 furnaces"), and with the whole that a figure is ("590,000 of the *1.38 million*
        hectares").
        """
        kept: list[View] = []
        for view in self.views:
            if view.came_from is not None and _ends_whole(view):
                break
            kept.append(view)
            if view.node.dep_ == "relcl" and any(among(child.lower_, "scene_openers") for child in view.node.lefts):
                break
            if view.node.dep_ == "pcomp" and any(child.dep_ in SUBJECTS for child in view.node.lefts):
                break  # "…, with *sales* plunging 40%"
        return tuple(kept)

    @cached_property
    def verb(self) -> Token | None:
        """The nearest verb above the figure."""
        return next((view.node for view in self.views if is_verb(view.node)), None)


def _ends_whole(view: View) -> bool:
    """True for a figure of which the figure below is the whole."""
    below = view.came_from
    return below is not None and below.lower_ in {"of", "among"} and (view.node.pos_ == "NUM" or view.node.text == "%")


def frames(doc: Doc, quantities: list[Quantity], measures: list[Measure]) -> list[Frame | None]:
    """The frame of each quantity, None where its sentence was not parsed."""
    spans = [_tokens(doc, quantity) for quantity in quantities]
    figures = frozenset(token.i for span in spans for token in span)
    return [
        _frame(span, figures) if span and all(is_parsed(token) for token in span) and measure.kind else None
        for span, measure in zip(spans, measures, strict=True)
    ]


def _tokens(doc: Doc, quantity: Quantity) -> tuple[Token, ...]:
    """The number expression, with the unit words behind it where it is a measure: "440.1 million *barrels*"."""
    end = (
        quantity.noun_end
        if quantity.form in {"measure", "money"} and quantity.noun_end > quantity.end
        else quantity.end
    )
    span = doc.char_span(quantity.start, end, alignment_mode="expand")
    return tuple(span) if span is not None else ()


def _frame(span: tuple[Token, ...], figures: frozenset[int]) -> Frame:
    inside = {token.i for token in span}
    outer = [token for token in span if token.head.i not in inside or token.head.i == token.i]
    content = [token for token in outer if token.pos_ in {"NUM", "NOUN", "VERB", "SYM", "ADJ"}] or outer or list(span)
    anchor = content[-1]
    counted = _counted(anchor, inside)
    return Frame(span, anchor, counted, tuple(_views(anchor, inside, figures - inside, counted)))


def _counted(anchor: Token, inside: set[int]) -> Token | None:
    """The noun that the number counts: "4.91 million *cars*", "dozens of *makers*", "a 50% *share*"."""
    if (
        anchor.dep_ in {"nummod", "quantmod", "compound", "nmod", "amod"}
        and is_noun(anchor.head)
        and anchor.head.dep_ != "dative"  # "fined *Optus* A$100 million"
        and anchor.head.i not in inside
    ):
        return anchor.head
    for child in anchor.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and _is_next(anchor, child):
            return next((below for below in child.children if below.dep_ == "pobj"), None)
    return None


def _is_next(anchor: Token, word: Token) -> bool:
    """True for the word right behind another, or behind the same in other units: "7.5 inches (19 cm) *of* snow"."""
    between = [anchor.doc[i].text for i in range(anchor.i + 1, word.i)]
    return not between or (between[0] == "(" and ")" not in between[:-1] and between[-1] == ")")


def _views(anchor: Token, inside: set[int], figures: frozenset[int], counted: Token | None) -> Iterator[View]:
    """The views of a figure up to the end of its clause: what a reporting verb above it governs is not its scope.

    Of a relative clause, the noun that it tells of and what that depends on are seen, and not the verb above. A figure
    with a noun of its own has nothing of the figure that it is joined to: "37% of the vote and *188 seats*".
    """
    yield View(anchor, tuple(t for t in _visible(anchor, None, figures) if t.i not in inside), None)
    came_from, relative = anchor, False
    for above in ancestors(anchor):
        node = _nearest_joined(above, came_from)
        verb = is_verb(node)
        if node.i not in inside:
            if relative and verb:
                return
            own = counted is not None and not among(counted.lemma_.lower(), "generic_units")
            joined = came_from.dep_ == "conj" and own and not verb and _is_counted(node, figures)
            if not joined:
                yield View(node, tuple(t for t in _visible(node, came_from, figures) if t.i not in inside), came_from)
        relative = relative or (verb and node.dep_ == "relcl")
        if verb and (node.dep_ in {"ccomp", "parataxis"} or _stands_apart(node)):
            return
        came_from = node


def _is_counted(noun: Token, figures: frozenset[int]) -> bool:
    """True for a figure, and for a noun with a figure of its own: "17.5% *inflation* and 4% growth"."""
    return noun.i in figures or any(child.i in figures for child in noun.lefts)


def _nearest_joined(noun: Token, below: Token) -> Token:
    """The last of joined nouns, where a preposition right behind it was parsed to hang on the first: "earnings per
    share and *revenue* of $9.24 billion".
    """
    if below.dep_ != "prep" or below.i == noun.i + 1 or not is_noun(noun):
        return noun
    before = below.doc[below.i - 1]
    return before if before.dep_ == "conj" and before.head.i == noun.i and is_noun(before) else noun


def _stands_apart(verb: Token) -> bool:
    """True for a clause beside another with a subject of its own: "…, *while* prices in the South West dropped by
    1.7%", "*when* 300,000 people took part, revenue fell".
    """
    if verb.dep_ != "advcl":
        return False
    marks = (child.lower_ for child in verb.lefts if child.dep_ in {"mark", "advmod", "cc"})
    return any(among(mark, "clause_beside") for mark in marks) and any(child.dep_ in SUBJECTS for child in verb.lefts)


def _visible(node: Token, came_from: Token | None, figures: frozenset[int]) -> Iterator[Token]:
    """The words that hang on a node, nearest first, without the branch that the climb came from."""
    level = [
        child for child in children(node) if child is not came_from and (came_from is None or child.i != came_from.i)
    ]
    if came_from is not None and came_from.dep_ == "conj" and is_verb(came_from):
        # Joined verbs share a subject, not their objects; one with a subject of its own shares nothing.
        own = any(child.dep_ in SUBJECTS for child in children(came_from)) or _lost_subject(came_from) is not None
        level = [child for child in level if (child.dep_ in SUBJECTS and not own) or (own and _is_scene(child, node))]
    level = [child for child in level if _belongs(child, node, figures)]
    if (subject := _of_infinitive(node) or _lost_subject(node)) is not None:
        level.insert(0, subject)
    while level:
        yield from level
        level = [below for above in level for below in children(above) if _belongs(below, above, figures)]


def _of_infinitive(verb: Token) -> Token | None:
    """The noun right before an infinitive that was parsed as joined to the verb above: "expect the economy to create
    jobs and the unemployment *rate* to average 11.8%".
    """
    to = next((child for child in verb.lefts if child.lower_ == "to" and child.dep_ == "aux"), None)
    if to is None or verb.dep_ not in {"advcl", "xcomp"} or to.i == sentence_start(to):
        return None
    before = to.nbor(-1)
    joined = is_noun(before) and before.dep_ == "conj" and verb.head.i in {before.head.i, before.head.head.i}
    return before if joined else None


def _lost_subject(verb: Token) -> Token | None:
    """The subject of a joined clause that was parsed as joined to the noun before it: "output fell to 216,000 vehicles
    and *exports* dropped 11.9%".
    """
    if verb.dep_ not in {"conj", "advcl"} or verb.tag_ not in _FINITE or verb.i - 1 <= sentence_start(verb):
        return None
    if any(child.dep_ in SUBJECTS or child.dep_ == "mark" for child in verb.lefts):
        return None
    node = verb.nbor(-1)
    if node.dep_ == "pobj" and node.head.dep_ == "prep" and node.head.i - 1 > sentence_start(verb):
        node = node.head.nbor(-1)  # "and exports *to Russia* fell"
    joined = node.dep_ == "conj" and is_noun(node) and verb.head.i < node.head.i < node.i
    return node if joined else None


def _is_lost_subject(noun: Token) -> bool:
    if noun.dep_ != "conj":
        return False
    verbs = (noun.doc[i] for i in range(noun.i + 1, min(noun.i + _LONGEST_SUBJECT, sentence_end(noun))))
    verb = next((token for token in verbs if token.tag_ in _FINITE), None)
    found = _lost_subject(verb) if verb is not None else None
    return found is not None and found.i == noun.i


def _belongs(child: Token, parent: Token, figures: frozenset[int]) -> bool:
    """False for what speaks of something else: other clauses, attributions, and joined phrases with figures of their
    own.
    """
    if child.dep_ in _CLAUSES:
        return (
            child.dep_ in {"acl", "relcl"}
            and not _holds_figure(child, figures)
            and not among(child.lemma_, "gap_verbs")
        )
    if child.dep_ == "conj":
        if _is_lost_subject(child):
            return False
        joined_to_unit = parent.dep_ == "pobj" and parent.head.lower_ == "per"  # "$3.10 per share and *revenue* …"
        return not is_verb(child) and not joined_to_unit and not _holds_figure(child, figures)
    if child.dep_ in {"prep", "agent"}:
        if (among(child.lower_, "figure_beside") or parent.dep_ == "prep") and _holds_figure(child, figures):
            return False  # "stood at 1,126, *with 658 from Egypt*", "from 7.5 percent *to 10 percent of the price*"
        return not among(child.lower_, "aside_prepositions") and not (is_verb(parent) and _starts_comparison(child))
    return not (child.dep_ in {"appos", "npadvmod"} and _holds_figure(child, figures))


def _is_scene(child: Token, verb: Token) -> bool:
    """True for the place in front of a clause, where the one joined to it is too: "*In Basra* the heat closed offices
    and hospitals counted 64 deaths".
    """
    if child.dep_ != "prep" or not among(child.lower_, "leading_prepositions") or child.i > verb.i:
        return False
    return all(other.i > child.i for other in verb.lefts if other.dep_ in SUBJECTS)


def _starts_comparison(preposition: Token) -> bool:
    """True where what follows is another figure's scope: "compared with", "versus"."""
    return among(preposition.lower_, "comparing_prepositions")


def _holds_figure(token: Token, figures: frozenset[int]) -> bool:
    return not figures.isdisjoint(range(*subtree_span(token)))


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb that it depends on or is joined to.

    "Exports rose 5% and *reached* 2 million"; "is expected to have *shipped*"; "the firm, *having sold*"; "volume
    *reaching*".
    """
    for node in (verb, *ancestors(verb)):
        own = next((child for child in children(node) if child.dep_ in SUBJECTS and child.dep_ != "expl"), None)
        own = own or _lost_subject(node)
        if own is not None and node.i >= 0:
            return node.head if own.tag_ in {"WDT", "WP"} and node.dep_ == "relcl" else own
        if node.dep_ in _PARTICIPLE_CLIMB and is_noun(node.head):
            return node.head
        if node.dep_ not in {
            "xcomp",
            "advcl",
            "conj",
            "pcomp",
            "prep",
            "acomp",
            "aux",
            "auxpass",
            "oprd",
            "ccomp",
            "attr",
        }:
            return None
    return None


def _is_other_part(noun: Token) -> bool:
    """True for a part of an area that is the other end of something: "to the *rest* of Asia"."""
    return among(noun.lower_, "part_words") and among(noun.head.lower_, "counterpart_prepositions")


def preposition_of(token: Token, stop: Token) -> str:
    """The nearest preposition between a word and the node that it is seen from: "to" for Russia in "shipments to
    Russia".
    """
    for node in (token, *ancestors(token)):
        if node.i == stop.i:
            return ""
        if node.dep_ in {"pobj", "pcomp"}:
            upper = node.head.head
            if node.head.lower_ == "of" and _is_other_part(upper):
                continue  # "those to the *rest of* Asia": what ties the part ties the whole
            if (
                node.head.lower_ == "of"
                and upper.dep_ in {"prep", "advmod"}
                and among(upper.lower_, "compound_prepositions")
            ):
                return f"{upper.lower_} of"
            return node.head.lower_
        if node.i != token.i and node.dep_ in SUBJECTS:
            return ""
    return ""
