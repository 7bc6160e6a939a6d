"""The time of a clause by its verb, for the tokens of a document by character offset.

Where a sentence was never parsed, every answer is "nothing known", and the order of the words decides alone.
"""

from __future__ import annotations

import bisect

from extractor.mentions import Quantity
from extractor.periods.words import cue
from extractor.sources.cues import verb_class
from extractor.syntax import ancestors, children, is_parsed, is_verb, subject
from extractor.tokens import Doc, Token

PAST, PRESENT, PERFECT, FUTURE, UNKNOWN = "past", "present", "perfect", "future", ""
"""The time of a clause by its verb: `future` for all that is not so yet ("would", "to spend")."""
IT = frozenset({"it", "they"})
"""Subjects that take up what was told before, or nothing at all."""
_HAVE = frozenset({"has", "have", "'ve", "’ve"})
_PRESENT_TAGS = frozenset({"VBZ", "VBP"})


class Trees:
    """The tokens of a document by character offset."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts = doc.offsets
        self._heads: dict[tuple[int, int], Token | None] = {}
        self._tenses: dict[int, str] = {}

    def head(self, start: int, end: int) -> Token | None:
        """The parsed token of a stretch on which its other tokens hang."""
        if (start, end) not in self._heads:
            self._heads[start, end] = self._head(start, end)
        return self._heads[start, end]

    def _head(self, start: int, end: int) -> Token | None:
        first, last = (bisect.bisect_right(self._starts, at) - 1 for at in (start, max(start, end - 1)))
        if first < 0 or not is_parsed(self._doc[first]):
            return None
        heads = [(token, token.head.i) for token in self._doc[first : last + 1]]
        outer = [token for token, above in heads if not first <= above <= last or above == token.i]
        return outer[-1] if outer else None

    def head_and_verb(self, quantity: Quantity) -> tuple[Token | None, Token | None]:
        """The head of a figure, and the nearest verb above it."""
        head = self.head(quantity.start, quantity.end)
        return head, None if head is None else verb_above(head)

    def tense(self, quantity: Quantity) -> str:
        """The time of the clause that a figure stands in."""
        head = self.head(quantity.start, quantity.end)
        if head is None:
            return UNKNOWN
        if head.i not in self._tenses:
            self._tenses[head.i] = FUTURE if _is_foreseen(head) else PAST if _was_awaited(head) else tense_at(head)
        return self._tenses[head.i]


def verb_above(token: Token) -> Token | None:
    """The nearest verb above a token."""
    return next((above for above in ancestors(token) if is_verb(above)), None)


def tensed_verb(head: Token) -> Token | None:
    """The nearest verb that has a tense, the token itself included."""
    return next((verb for verb in (head, *ancestors(head)) if is_verb(verb) and tense_of(verb)), None)


def tense_at(head: Token) -> str:
    """The time of the clause that a token stands in."""
    for verb in (head, *ancestors(head)):
        if is_verb(verb) and not _is_as_past_as_above(verb) and (found := tense_of(verb)):
            return found
    return UNKNOWN


def _is_as_past_as_above(verb: Token) -> bool:
    """True for infinitives that share the time of the verb above: "had to pay", "rose 4% to reach 300"."""
    if verb.dep_ == "xcomp" and cue("implying").fullmatch(verb.head.lemma_):
        return True
    if verb.dep_ not in ("xcomp", "advcl") or verb.tag_ != "VB" or not cue("arriving").fullmatch(verb.lemma_):
        return False
    return tense_of(verb.head) == PAST and verb_class(verb.head) not in ("expect", "aim")


def tense_of(verb: Token) -> str:
    """The tense of one verb; nothing for participles and gerunds, which share that of the verb above."""
    helpers = [child for child in children(verb) if child.dep_ in ("aux", "auxpass")]
    tags = {child.tag_ for child in helpers}
    if "MD" in tags or (verb.tag_ == "VB" and "TO" in tags):
        return FUTURE
    if not _HAVE.isdisjoint([child.lower_ for child in helpers]):
        return PERFECT
    tags.add(verb.tag_)
    if "VBD" in tags:
        return PAST
    return UNKNOWN if _PRESENT_TAGS.isdisjoint(tags) else PRESENT


def had(verb: Token) -> bool:
    """True for "had fallen"."""
    return any(child.lower_ == "had" and child.dep_ == "aux" for child in children(verb))


def _was_awaited(head: Token) -> bool:
    """True for what markets had expected of the time that is told: "economists had thought that tolls would rise"."""
    verb = tensed_verb(head)
    if verb is None or tense_of(verb) != FUTURE or not any(child.lower_ == "would" for child in children(verb)):
        return False
    above = verb_above(verb)
    who = subject(above) if above is not None and verb_class(above) in ("expect", "say") else None
    if above is None or who is None or tense_of(above) not in (PAST, UNKNOWN):
        return False
    who = above.head if who.lower_ == "who" and above.dep_ == "relcl" else who
    return cue("markets").fullmatch(who.lower_) is not None


def _is_foreseen(head: Token) -> bool:
    """True under "expects", "sees" and "aims for" in the present: what is foreseen lies ahead."""
    verb = tensed_verb(head)
    return verb is not None and tense_of(verb) == PRESENT and verb_class(verb) in ("expect", "aim")
