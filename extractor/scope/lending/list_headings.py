"""The line above a list, which says what its items are figures of: "Car sales in April:"."""

from __future__ import annotations

import re

from extractor.mentions import text_of
from extractor.scope.article.topic import NO_TOPIC, Topic, nouns_of
from extractor.scope.clause.phrases import label_before
from extractor.scope.clause.views import Frame
from extractor.scope.lending.told import Told
from extractor.sentences import BULLETS
from extractor.syntax import sentence_start

_LONGEST_LIST = 15  # lines between an item and the heading of its list
_LONGEST_HEADING = 120  # characters
_IN_BRACKETS = re.compile(r"\b([\w-]+(?: [\w-]+)?) in (?:brackets|parentheses)\b", re.IGNORECASE)


class ListHeadings:
    """The headings of an article's lists, each read once for every figure."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._headings: dict[int, Topic] = {}

    def above(self, position: int, frame: Frame | None) -> Topic:
        """What the line above a list says of its items: "Car sales in April:"; nothing for figures outside lists."""
        if position not in self._headings:
            self._headings[position] = self._heading_above(position, frame)
        return self._headings[position]

    def _heading_above(self, position: int, frame: Frame | None) -> Topic:
        item = self._told.doc[sentence_start(self._told.doc[position])].text in BULLETS
        if frame is None or (not item and label_before(frame) is None):
            return NO_TOPIC
        text = text_of(self._told.doc)
        end = text.rfind("\n", 0, self._told.doc[position].idx)
        for _ in range(_LONGEST_LIST):
            if end < 0:
                break
            start = text.rfind("\n", 0, end) + 1
            line = text[start:end].strip()
            bracketed = _IN_BRACKETS.search(line)
            if bracketed and self._is_bracketed(position):
                return self._named_in(start + bracketed.start(1), start + bracketed.end(1), said=True)
            if line.endswith(":") or (item and line and line[0] not in BULLETS and len(line) <= _LONGEST_HEADING):
                return self._named_in(start, end, said=not line.endswith(":"))
            end = start - 1
        return NO_TOPIC

    def _is_bracketed(self, position: int) -> bool:
        return position > 0 and self._told.doc[position - 1].text == "("

    def _named_in(self, start: int, end: int, *, said: bool = False) -> Topic:
        """Area, product and indicator named first in a stretch of the text; with `said`, what it counts is measured."""
        span = self._told.doc.char_span(start, end, alignment_mode="contract")
        if span is None:
            return NO_TOPIC
        inside = range(span.start, span.end)
        found = [
            next((table[i] for i in inside if i in table), None)
            for table in (
                {i: name for i, name in self._told.terms.names.items() if name.type == "area"},
                self._told.terms.products,
                nouns_of(self._told.terms),
            )
        ]
        area, product, indicator = (
            None if one is None else self._told.slot(one, "heading of the list") for one in found
        )
        return Topic(area, product, indicator or (product if said else None))
