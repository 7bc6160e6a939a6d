"""Figures that the text itself says were replaced: "to 286.1 million, from the 285.4 million that it first reported".

The words around a figure tell, within its sentence, and no parse is needed. Two figures of one source for one thing are
then a revision, and no contradiction.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.language import Language

from extractor.folding import in_small_letters
from extractor.loading import tables
from extractor.mentions import Quantity, quantities, text_of
from extractor.sources.cues import cue_words
from extractor.syntax import sentence_offsets
from extractor.tokens import Doc, SpacyDoc, read
from extractor.wording import MONTHS

_REACH = 90
"""Characters on either side of a figure in which the words for it stand."""


class _Patterns(NamedTuple):
    before: re.Pattern[str]
    """What stands right before a replaced figure."""
    after: re.Pattern[str]
    """What stands right behind one."""
    compared: re.Pattern[str]
    """The word before a figure that is compared with; then `given` may stand behind it."""
    given: re.Pattern[str]
    revised: re.Pattern[str]
    """A verb that replaces a figure, somewhere before the two."""
    old: re.Pattern[str]
    """Between the new figure and the old one."""
    new: re.Pattern[str]
    """Between the old figure and the new one."""


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    lists: dict[str, list[str]] = tables("extractor", "data/superseded.toml")
    verbs = [form for form, kind in cue_words().verbs.items() if kind == "revise" and form not in lists["keeping"]]
    lists["revised"] = [*verbs, *lists["revised"]]
    words = {name: "|".join(map(re.escape, listed)) for name, listed in lists.items()}
    earlier, stated, figure = words["earlier"], words["stated"], words["figures"]
    then = r"(?:an?|the|its|their|his|her|what was)\s+(?:\w+\s+)?"
    little = r"(?:[\w’'-]+\s+){0,4}"
    return _Patterns(
        before=_compiled(
            rf"\b(?:{earlier})\s+(?:been\s+)?(?:{stated})\s+(?:\w+\s+){{0,2}}(?:as|at|to|of)?\s*(?:\w+\s+of\s+)?"
            rf"|\b(?:{words['former']})\s+(?:[\w-]+\s+){{0,2}}(?:{figure})(?:\s+of|\s+for\s+{little}of|:|,)\s+(?:an?\s+)?"
            rf"|\bhad\s+(?:{earlier}\s+)?(?:{stated})\s+(?:in\s+|at\s+|{then})?"
            rf"|\b(?:{figure})\s+(?:{stated})\s+(?:\w+\s+){{1,3}}(?:[^.;]{{0,20}}\s)?(?:was|were|of|at)\s+"
            rf"|\b(?:{words['set_against']})\s+"
        ),
        after=_compiled(
            rf"\s+(?:[\w%-]+\s+){{0,3}}?(?:that\s+|which\s+)?(?:[\w’']+\s+){{0,3}}?(?:had\s+|was\s+|were\s+)?(?:been\s+)?"
            rf"(?:{earlier})\s+(?:{stated})\b"
            rf"|\s+(?:[\w-]+\s+){{0,3}}became\s+(?=\D{{0,3}}\d)"
        ),
        compared=_compiled(rf"\b(?:{words['against']})\s+(?:the\s+)?|\b(?:{words['instead']})\s+(?:the\s+|an?\s+)"),
        given=_compiled(
            rf"\s+(?:[\w%-]+\s+){{0,3}}?(?:(?:that\s+|which\s+)?(?:it|they|he|she|the\s+\w+)\s+(?:had\s+)?(?:{stated})\b"
            rf"|(?:{stated})\s+(?:in|on|at|last|a|earlier|back)\b|of\s+(?:last"
            rf"|{'|'.join(MONTHS).lower()}|a\s+(?:week|month|year)\s+ago)\b)"
        ),
        revised=_compiled(
            rf"\b(?:{words['revised']})\b[^.;]{{0,60}}?\b(?:{figure})\b|\b(?:{figure})\b[^.;]{{0,40}}?\b(?:{words['revised']})\b"
            rf"|\b(?:{words['corrected']})\b"
        ),
        old=_compiled(r"(?:\s+[\w-]+){0,4},?\s+(?:from|instead\s+of|rather\s+than)\s+(?:an?\s+|the\s+)?"),
        new=_compiled(r"(?:\s+[\w-]+){0,4},?\s+to\s+(?:an?\s+|just\s+|only\s+)?"),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern for a text in small letters."""
    return re.compile(f"(?:{pattern})")


def superseded(doc: Doc) -> list[bool]:
    """For each quantity of a document, whether the text says that a later figure took its place."""
    found = [False] * len(doc._.quantities)
    numbered = list(enumerate(quantities(doc)))
    text = in_small_letters(text_of(doc))
    for first, last in _by_sentence(doc, [quantity for _, quantity in numbered]):
        inside = numbered[first:last]
        span = doc.char_span(inside[0][1].start, inside[0][1].end, alignment_mode="expand")
        begin, end = sentence_offsets(doc[span.start]) if span else (0, len(text))
        for number, quantity in inside:
            found[number] = _is_replaced(text, quantity, begin, end)
        if len(inside) > 1:
            _mark_moves(text, begin, inside, found)
    return found


def tells_of_revision(sentence: str) -> bool:
    """True where a sentence tells of a figure that was put in the place of another: "cut its forecast to 3%"."""
    return _patterns().revised.search(in_small_letters(sentence)) is not None


def _is_replaced(text: str, quantity: Quantity, begin: int, end: int) -> bool:
    patterns = _patterns()
    before = text[max(begin, quantity.start - _REACH) : quantity.start]
    after = text[quantity.end : min(end, quantity.end + _REACH)]
    if patterns.after.match(after) or _ends_with(patterns.before, before):
        return True
    return _ends_with(patterns.compared, before) and patterns.given.match(after) is not None


def _mark_moves(text: str, begin: int, inside: Sequence[tuple[int, Quantity]], found: list[bool]) -> None:
    """Marks what was left behind: "lowered its forecast to 1.1% from 1.4%", "revised from 48,000 to 15,000"."""
    patterns = _patterns()
    for (number, one), (other, two) in itertools.pairwise(inside):
        alike = one.unit == two.unit or "count" in (one.unit, two.unit)  # "from 4.1 million to 4.5 million barrels"
        if not alike or not patterns.revised.search(text, max(begin, one.start - 2 * _REACH), one.start):
            continue
        between = text[one.end : two.start]
        if patterns.old.fullmatch(between):
            found[other] = True
        elif patterns.new.fullmatch(between) and text[max(begin, one.start - _REACH) : one.start].rstrip().endswith(
            "from"
        ):
            found[number] = True


def _ends_with(pattern: re.Pattern[str], text: str) -> bool:
    return any(found.end() == len(text) for found in pattern.finditer(text))


def _by_sentence(doc: Doc, given: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Half-open runs of quantities that stand in one sentence."""
    runs: list[tuple[int, int]] = []
    ends = iter([sentence.end_char for sentence in doc.sents])
    end, first = 0, 0
    for number, quantity in enumerate(given):
        if quantity.start >= end:
            if number > first:
                runs.append((first, number))
            first = number
            while quantity.start >= end:
                end = next(ends)
    if given:
        runs.append((first, len(given)))
    return runs


@Language.component("claimgraph_superseded", requires=["doc._.quantities"], assigns=["doc._.superseded"])
def claimgraph_superseded(doc: SpacyDoc) -> SpacyDoc:
    """Writes `doc._.superseded`, in parallel to `doc._.quantities`."""
    doc._.superseded = superseded(read(doc))
    return doc
