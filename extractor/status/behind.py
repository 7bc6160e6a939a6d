"""What stands right behind a figure and tells its standing, by the words alone: "12 billion *beat forecasts*"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from extractor.mentions import Quantity, text_of
from extractor.model import Status
from extractor.periods.words import lexicon
from extractor.sources.cues import cue_words
from extractor.status.assertion import head_of
from extractor.status.nouns import of_document
from extractor.status.verbs import is_to_come
from extractor.status.words import words_in
from extractor.syntax import ancestors, is_verb
from extractor.tokens import Doc


class _Patterns(NamedTuple):
    """What may follow a figure."""

    meeting: re.Pattern[str]
    """The outcome of "revenue of 12 billion *beat forecasts*"."""
    past: re.Pattern[str]
    """What is reached or passed: "taking volumes past the 43 lakh *of the previous* year"."""
    earlier: re.Pattern[str]
    """The document of a first figure: "up from 40 tonnes *in an earlier estimate*"."""
    foreseen: re.Pattern[str]
    """ "the 6.6 trillion *that 19 analysts had predicted*", "vs 6.6 trillion won *consensus*"."""
    remark: re.Pattern[str]
    """What the next clause says that the figure is: "has trucks in it too; *it was an estimate*"."""


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    meeting, foretold = _any(words_in("meeting")), _any(words_in("foretold"))
    links, past = _any(words_in("past_links")), _any(words_in("past"))
    first, documents = _any(cue_words().grammar["earlier"]), _any(cue_words().documents)
    return _Patterns(
        meeting=_compiled(rf"(?:\s+\w+){{0,3}}?,?\s+{meeting}\.?(?:\s+[\w$€£.,%’'-]+){{0,3}}?\s+{foretold}\b"),
        past=_compiled(rf"{_few(2)}\s+{links}\s+(?:(?:the|a)\s+)?{past}\b"),
        earlier=_compiled(rf"{_few(2)}\s+in\s+(?:an?|its|the|their|his|her)\s+{first}\s+(?:[\w-]+\s+)?({documents})\b"),
        remark=_compiled(
            rf"[^.;:!?\d\n]{{0,120}}[.;]\s+(?:it|that|this)\s+(?:is|was)\s+(?:(?:only|just|merely|still)\s+)?"
            rf"(?:an?|the|its|their)\s+(?:[\w-]+\s+)?({documents})\b(?!\s+of)"
        ),
        foreseen=_compiled(
            rf"{_few(2)}\s+(?:consensus\b|(?:that|which)\b[^.;,:\n]{{0,70}}\bhad (?:been )?"
            rf"(?:{lexicon().cues.foreseeing})\b)"
        ),
    )


def _few(most: int) -> str:
    """As few words as will do, up to so many."""
    return rf"(?:\s+[\w’'-]+){{0,{most}}}?"


def _any(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def has_come(doc: Doc, quantity: Quantity) -> bool:
    """True for an outcome that is set beside its forecast ("12 billion beat forecasts"), and for what was reached or
    passed ("past *the 43 lakh of the previous year*"); not for "will be 12 lower than forecast".
    """
    text = text_of(doc)
    if _patterns().meeting.match(text, quantity.end) is not None:
        clause = next((above for above in ancestors(head_of(doc, quantity)) if is_verb(above)), None)
        if clause is None or not is_to_come(clause):
            return True
    definite = text[max(0, quantity.start - 4) : quantity.start].lower().endswith("the ")
    return definite and _patterns().past.match(text, quantity.end) is not None


def was_foreseen(doc: Doc, quantity: Quantity) -> bool:
    """True for what others had foreseen: "the 6.6 trillion *that 19 analysts had predicted*"."""
    return _patterns().foreseen.match(text_of(doc), quantity.end) is not None


def by_remark(doc: Doc, quantity: Quantity) -> Status | None:
    """The standing that the next clause gives a figure, with none between: "5.26 million …; *it was an estimate*"."""
    found = _patterns().remark.match(text_of(doc), quantity.end)
    return None if found is None else of_document(found[1])


def by_earlier_document(doc: Doc, quantity: Quantity) -> Status | None:
    """The standing of a first figure by the document that gave it: "up from 40 tonnes *in an earlier estimate*"."""
    found = _patterns().earlier.match(text_of(doc), quantity.end)
    return None if found is None else of_document(found[1])
