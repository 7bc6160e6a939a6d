"""The words that a quantity refers to, in the way of the NewsQuant benchmark: the noun phrase that it is said of.

"MacBook Pro 16 inch is worth $2000" refers to "MacBook Pro"; what is counted is the unit there and no concept, so
that "has 1,000 customers" refers to whoever has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from extractor.mentions import Quantity
from extractor.syntax import SUBJECTS, ancestors, is_noun, is_parsed, is_verb

_LINKS = frozenset({"of", "in", "for", "among", "across", "on"})
_PARTS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "npadvmod"})
_ACROSS = frozenset({"xcomp", "conj", "aux", "ccomp", "advcl", "pcomp"})
_HYPHENS = frozenset({"-", "–", "‑"})
_HOLLOW = frozenset({"record", "more", "less", "total", "rate"})
_EMPTY = frozenset({"PRON", "DET", "PUNCT", "SYM", "SPACE", "ADP", "PART", "CCONJ", "SCONJ"})
_UNSAID = frozenset({"old", "aged", "more", "less", "such", "other", "same"})
_CALENDAR = frozenset(
    (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "year",
        "years",
        "month",
        "months",
        "week",
        "weeks",
        "day",
        "days",
        "quarter",
        "evening",
        "morning",
        "night",
        "decade",
        "season",
        "total",
    )
)


def concept_words(doc: Doc, quantity: Quantity, figures: frozenset[int]) -> list[str]:
    """The words that the quantity refers to, in the order of the text; empty where it refers to nothing that is named.

    `figures` are the tokens of all number expressions of the document, with their units: no concept holds any.
    """
    span = doc.char_span(quantity.start, max(quantity.end, quantity.noun_end), alignment_mode="expand")
    if span is None or not all(is_parsed(token) for token in span):
        return []
    inside = figures | frozenset(range(span.start, span.end))
    own = frozenset(range(span.start, span.end))
    roots = [token for token in span if token.head.i not in own or token.head.i == token.i]
    nouns = [token for token in roots if is_noun(token) or token.pos_ in {"NUM", "SYM"}]
    if not roots:
        return []
    tokens = _referred((nouns or roots)[-1], inside)
    return _written(sorted({token.i: token for token in tokens if token.i not in inside}.values(), key=lambda t: t.i))


def figure_tokens(doc: Doc, found: Iterable[Quantity]) -> frozenset[int]:
    """The tokens of number expressions with their units."""
    spans = (doc.char_span(each.start, max(each.end, each.noun_end), alignment_mode="expand") for each in found)
    return frozenset(i for span in spans if span is not None for i in range(span.start, span.end))


def _written(tokens: list[Token]) -> list[str]:
    """The words as they are written, hyphens and all, without the possessive."""
    words: dict[int, str] = {}
    for token in tokens:
        first, last = token.i, token.i
        while first > token.sent.start and _is_joined(token.doc[first - 1], token.doc[first]):
            first -= 1
        while last + 1 < token.sent.end and _is_joined(token.doc[last], token.doc[last + 1]):
            last += 1
        words.setdefault(first, token.doc[first : last + 1].text)
    return list(words.values())


def _is_joined(left: Token, right: Token) -> bool:
    """True inside a hyphenated word."""
    return not left.whitespace_ and (left.text in _HYPHENS or right.text in _HYPHENS)


def _referred(root: Token, inside: frozenset[int]) -> list[Token]:
    below = _below(root, inside)
    node = root
    for above in ancestors(root):
        if above.i in inside:
            below = below or _below(above, inside)
        elif is_verb(above):
            subject = _of_verb(above, node, inside)
            return [*below, *subject]
        elif is_noun(above) and above.lower_ not in _HOLLOW and not _is_time(above):
            phrase = list(_phrase(above, inside))
            if phrase:
                return [*phrase, *below, *_clause_subject(above, inside)]
        node = above
    return below


def _clause_subject(noun: Token, inside: frozenset[int]) -> list[Token]:
    """The subject of the clause that the noun stands in: "put it on an 8-inch touchscreen" is said of the car, too."""
    node = noun
    for above in ancestors(noun):
        if is_verb(above):
            subject = _named_subject(above) if node.dep_ not in SUBJECTS else None
            return list(_phrase(subject, inside)) if subject is not None else []
        node = above
    return []


def _below(root: Token, inside: frozenset[int]) -> list[Token]:
    """The noun phrases behind "of" and the like: "60 per cent of its *revenue*"."""
    ends = (
        end
        for child in root.rights
        if child.dep_ == "prep" and child.lower_ in _LINKS and child.i not in inside
        for end in child.children
        if end.dep_ == "pobj" and not _is_time(end)
    )
    return [token for end in ends for token in _phrase(end, inside)]


def _of_verb(verb: Token, came_from: Token, inside: frozenset[int]) -> list[Token]:
    """The subject of the verb, and its object where the figure is another part of the clause."""
    found: list[Token] = []
    if came_from.dep_ in {"prep", "npadvmod", "advmod", "prt", "dative"}:
        moved = next((child for child in verb.children if child.dep_ == "dobj" and child.i not in inside), None)
        if moved is not None:
            found.extend(_phrase(moved, inside))
    if came_from.dep_ in SUBJECTS:
        return found
    subject = _named_subject(verb)
    if subject is not None:
        found.extend(_phrase(subject, inside))
    return found


def _named_subject(verb: Token) -> Token | None:
    """The subject, or for "it" in what somebody says the one who says it: "*Cayman Airways* said it was grounding two
    jets"."""
    subject = _subject(verb)
    if subject is None or subject.pos_ != "PRON":
        return subject
    said = next((node for node in (verb, *ancestors(verb)) if node.dep_ == "ccomp"), None)
    return _subject(said.head) if said is not None and said.head.i != said.i else subject


def _subject(verb: Token) -> Token | None:
    for node in (verb, *ancestors(verb)):
        own = next((child for child in node.children if child.dep_ in SUBJECTS and child.dep_ != "expl"), None)
        if own is not None:
            return node.head if own.tag_ in {"WDT", "WP"} and node.dep_ == "relcl" else own
        if node.dep_ in {"acl", "relcl"} and is_noun(node.head):
            return node.head
        if node.dep_ not in _ACROSS:
            return None
    return None


def _phrase(noun: Token, inside: frozenset[int]) -> Iterator[Token]:
    """The words of a noun phrase that carry sense: modifiers, the noun, and what hangs on it by "of" or "in"."""
    for child in noun.lefts:
        if child.dep_ in _PARTS and child.i not in inside:
            yield from _phrase(child, inside)
    if noun.pos_ not in _EMPTY and noun.i not in inside and noun.lower_ not in _UNSAID:
        yield noun
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in _LINKS and child.i not in inside:
            for end in child.children:
                if end.dep_ == "pobj" and not _is_time(end):
                    yield from _phrase(end, inside)
        elif child.dep_ == "conj" and is_noun(child) and not _holds(child, inside):
            yield from _phrase(child, inside)


def _holds(token: Token, inside: frozenset[int]) -> bool:
    return any(i in inside for i in range(token.left_edge.i, token.right_edge.i + 1))


def _is_time(noun: Token) -> bool:
    """True for dates and stretches of time: "in *May*", "in the *1970s*"."""
    return noun.lower_ in _CALENDAR or noun.lower_[:4].isdigit()
