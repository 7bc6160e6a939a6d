"""The area of a figure whose clause names none: its list item's label, a section's heading, a figure before it, or the
article's home."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence

from extractor.mentions import Name, Scope, Slot, text_of
from extractor.names.words import body_kind, normalise
from extractor.scope.areas.parties import SCENE
from extractor.scope.areas.references import is_own_matter, is_reference
from extractor.scope.areas.seats import is_based, speaking_for
from extractor.scope.clause.phrases import phrase
from extractor.scope.clause.views import Frame
from extractor.scope.lending.doers import Asked, Focus, is_place
from extractor.scope.lending.lists import Past
from extractor.scope.lending.owners import Owners
from extractor.scope.terms import Terms, country_of, words_of
from extractor.scope.words import among
from extractor.sentences import BULLETS
from extractor.syntax import SUBJECTS, is_verb, sentence_end, sentence_start
from extractor.taxonomy import ABROAD, WORLD, taxonomy
from extractor.tokens import Doc, Span, Token

_LONGEST_LABEL = 12  # tokens between a bullet and its figure
_LONGEST_NAME = 4  # words of a label that is a name as a whole
_HEADING = re.compile(r"^[^\n\d]{2,60}(?<![.,:;!?])$|^[A-ZÀ-Þ][A-ZÀ-Þ '-]{2,30}[.:](?= |$)", re.MULTILINE)
_LONGEST_QUESTION = 6  # tokens
_BODY = re.compile(r"^[^\n]{60,}[.!?][”\"’']?$", re.MULTILINE)
"""The first paragraph of the article itself."""
_LONGEST_HEADING = 8  # words
_SHORT = 9  # tokens of a sentence that only turns to an area
_REMEMBERED = 40  # figures of a paragraph that tell of the next
_LONGEST_LEAD_IN = 4  # tokens before and of the name with which a paragraph opens


class Areas:
    """What the article so far tells of the area of figures that name none."""

    def __init__(self, doc: Doc, terms: Terms, paragraphs: list[int]) -> None:
        self._doc, self._terms, self._home = doc, terms, terms.home
        self._paragraphs = paragraphs
        self._sections = _sections(doc, terms)
        self._section_starts = [start for start, _ in self._sections]
        self._focus = Focus(doc, terms)
        self._owners = Owners(doc, terms, self._focus.firms, paragraphs)

    def relabelled(self, position: int, area: Slot) -> Slot:
        """The area of a list item's figure by its whole label, where it was read from a part of that."""
        start = sentence_start(self._doc[position])
        if self._doc[start].text not in BULLETS or not self._doc[start].idx <= area.start < self._doc[position].idx:
            return area
        label = [t for t in self._doc[start + 1 : position] if t.is_alpha or t.text == ":"]
        return (self._joined_label(label) if label else None) or area

    def fill(self, asked: Asked, past: Sequence[Past]) -> Slot | None:
        """The area, or None where nothing tells, and where a person speaks of what is his own."""
        label = self._label(asked)
        if label is not None or asked.heading is not None:
            return label or asked.heading
        if asked.frame is not None:
            if _is_private(asked.frame):
                return None
            whole = self._whole(asked.frame) or self._all_over(asked.position) or self._trade(asked.frame)
            if whole is not None:
                return whole
            if (subject := _whole_subject(asked.frame)) is not None:
                firm = self._focus.is_of_firm() and not among(subject.lemma_.lower(), "firm_wholes")
                return self._focus.own_land() if firm else self._home
        start, area = self._section(asked.position)
        if area is not None:  # the section's own figures alone tell of it
            past = past[bisect.bisect_left(past, start, key=lambda each: each.position) :]
        told = list(self._told_before(asked.position, past))
        near = next((each.draft.scope.area for each in told if each.draft.scope.area is not None), self._home)
        return (
            self._raised(asked.position, past)
            or self._focus.of_government(asked, near)
            or self._focus.foreign_doer(asked)
            or self._owners.choose(asked, area or self._home, self._opening_name(asked.position, told), past)
        )

    def turned(self, scope: Scope, frame: Frame | None, past: Sequence[Past], position: int) -> Scope:
        """The scope of a figure in a list of destinations: "Shipments to China came to 80,000 tonnes. *Korea took*
        29,000" of what the same country sent; and of one right behind the largest: "*Russia* remained the biggest
        destination. Customs recorded 909,000 cars".
        """
        if frame is None or scope.area is None or scope.counterpart is not None or self._home is None:
            return scope
        verb = frame.verb
        if verb is None or not among(verb.lemma_.lower(), "taking_verbs"):
            return self._at_destination(scope, past, position)
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        name = self._terms.names.get(subject.i) if subject is not None else None
        here = [p.draft.scope for p in reversed(past) if self._paragraph(p.position) == self._paragraph(position)]
        flows = (p for p in here if p.counterpart is not None or (frame.anaphoric and _is_sent(p.indicator)))
        owner = next((flow.area for flow in flows), None)
        if owner is None or name is None or name.id != scope.area.id or owner.id in {name.id, WORLD}:
            return scope
        return scope._replace(area=owner, counterpart=scope.area)

    def _at_destination(self, scope: Scope, past: Sequence[Past], position: int) -> Scope:
        """The scope with the other end that the sentence before ranks: what follows tells how much went there."""
        start = sentence_start(self._doc[position])
        last = next((p for p in reversed(past) if p.position < start), None)
        if last is None or last.measure.kind != "rank" or last.position < sentence_start(self._doc[start - 1]):
            return scope
        area, there = last.draft.scope.area, last.draft.scope.counterpart
        if scope.area is None or area is None or there is None or scope.area.id != area.id:
            return scope
        whole = any(among(token.lemma_.lower(), "whole_nouns") for token in self._doc[start:position])
        if whole or country_of(there.id) == area.id or self._paragraph(last.position) != self._paragraph(position):
            return scope
        return scope._replace(counterpart=there._replace(rule="destination of the sentence before"))

    # Labels and headings

    def _label(self, asked: Asked) -> Slot | None:
        """The name that labels an item of a list: "- Everton: £172.2m", "- Water available in Adre: 9 litres"."""
        doc, first = self._doc, asked.position
        start = sentence_start(doc[first])
        if doc[start].text not in BULLETS or not 1 < first - start <= _LONGEST_LABEL:
            return None
        label = [doc[i] for i in range(start + 1, first) if doc[i].is_alpha or doc[i].text in {":", "'s", "’s"}]
        if not label or any(is_verb(token) for token in label):
            return None
        joined = self._joined_label(label)
        if joined is not None:
            return joined
        if among(label[0].lower_, "total_labels") and asked.heading is None and self._is_placed():
            text = words_of(doc, label[0].i, label[0].i + 1)
            return Slot(normalise(text), text, "label of the item", label[0].idx)
        names = [name for i in range(start, first) if (name := self._terms.names.get(i)) is not None]
        own = next((name for name in reversed(names) if _labels(name, doc)), None)
        if own is not None:
            return Slot(own.id, words_of(doc, own.first, own.last), "label of the item", doc[own.first].idx)
        words = [token for token in label if token.is_alpha]
        if any(i in self._terms.inside_names for i in range(start, first)):
            return None  # a body that speaks: "- Millers' Federation: 1,020 lakh tonnes"
        if not 0 < len(words) <= _LONGEST_NAME or not all(_is_name_like(word, doc, self._terms) for word in words):
            return None
        text = words_of(doc, words[0].i, words[-1].i + 1)
        return Slot(normalise(text), text, "label of the item", words[0].idx)

    def _is_placed(self) -> bool:
        """True in an article on a place or a firm, of which a list's total need not be."""
        return self._home is not None and (self._home.id in self._focus.firms or is_place(self._home))

    def _joined_label(self, label: list[Token]) -> Slot | None:
        """A label of capitals joined by "and", as one: "Dublin and Midlands"."""
        words = [token for token in label if token.is_alpha]
        if label[-1].text != ":" or not any(word.lower_ == "and" for word in words[1:-1]):
            return None
        if not all(word.is_title or word.lower_ in {"and", "of", "the"} for word in words) or words[-1].lower_ == "and":
            return None
        if not any(word.i in self._terms.inside_areas for word in words):
            return None
        text = words_of(self._doc, words[0].i, words[-1].i + 1)
        return Slot(normalise(text), text, "label of the item", words[0].idx)

    def _section(self, position: int) -> tuple[int, Slot | None]:
        """Where the section of a position begins, and the area that its heading names."""
        number = bisect.bisect_right(self._section_starts, position) - 1
        return self._sections[number] if number >= 0 else (0, None)

    def _raised(self, position: int, past: Sequence[Past]) -> Slot | None:
        """The name that a bare question brings up in the paragraph, no figure since: "And *Norway*? Seven ships"."""
        doc, first = self._doc, self._paragraphs[max(self._paragraph(position) - 1, 0)]
        first = max(first, past[-1].position if past else 0)
        start = sentence_start(doc[position])
        while start > first:
            end, start = start, sentence_start(doc[start - 1])
            if doc[end - 1].text != "?" or end - start > _LONGEST_QUESTION:
                continue
            names = [name for i in range(start, end) if (name := self._terms.names.get(i)) is not None]
            if len(names) == 1 and _labels(names[0], doc):
                name = names[0]
                return Slot(name.id, words_of(doc, name.first, name.last), "name brought up", doc[name.first].idx)
        return None

    def _opening_name(self, position: int, told: Sequence[Past]) -> Slot | None:
        """The area with which a paragraph opens whose first sentence tells no figure: "*Italy* is the reverse. Ismea
        expects 244,000 tonnes".
        """
        doc, start = self._doc, self._paragraphs[max(self._paragraph(position) - 1, 0)]
        if told and told[-1].position < sentence_end(doc[start]):
            return None  # whether that figure's area goes on is known from its clause
        first = start
        while first < start + _LONGEST_LEAD_IN and among(doc[first].lower_, "lead_in_words"):
            first += 1
        end = min(first + _LONGEST_LEAD_IN, len(doc))
        name = next((name for i in range(first, end) if (name := self._terms.names.get(i)) is not None), None)
        if name is None or name.first != first:
            name, first = self._only_area(doc[start].sent)
        name = speaking_for(name, doc[name.last - 1]) if name is not None else None
        if name is None or name.id not in taxonomy().areas or name.id in {WORLD, ABROAD} or is_based(name, doc):
            return None
        people = doc[name.last - 1].text.endswith("s")  # "For the *Thais* themselves"
        if name.adjective and not people and not among(doc[name.last].lower_, "side_nouns"):
            return None
        if self._focus.is_of_firm() and doc[name.last].lower_ in {"'s", "’s", "'", "’"}:
            return None  # "*Luxembourg's* satellite operator is changing": who sits there
        return Slot(name.id, words_of(doc, name.first, name.last), "opening of the paragraph", doc[first].idx)

    def _only_area(self, sentence: Span) -> tuple[Name | None, int]:
        """The one area in a short sentence without a figure: "No such modesty in *China*."."""
        if len(sentence) > _SHORT:
            return None, 0
        names = [name for i in range(sentence.start, sentence.end) if (name := self._terms.names.get(i)) is not None]
        areas = {name.id: name for name in names if name.type == "area" and not name.adjective}
        only = next(iter(areas.values()), None)
        if only is None or len(areas) != 1 or len(names) != 1 or self._doc[only.first - 1].lower_ == "from":
            return None, 0
        return only, only.first

    # Words for a whole

    def _whole(self, frame: Frame) -> Slot | None:
        """The country or the world where the clause says that it speaks of all of it: "*nationally*", "*national*
        total".
        """
        land = self._terms.land
        for view in frame.views:
            for token in (view.node, *view.visible):
                if among(token.lower_, "world_words") and not self._focus.is_of_firm():
                    return Slot(WORLD, token.text, "word for the whole", token.idx)
                if land and _is_national(token):
                    return Slot(land, taxonomy().areas[land].names[0], "word for the whole", token.idx)
            if is_verb(view.node) and view.node.dep_ not in {"xcomp", "conj"}:
                break
        return None

    def _all_over(self, position: int) -> Slot | None:
        """The country where the sentence opens with that: "*Nationwide*, the chief justice told parliament, …"."""
        first, land = self._doc[position].sent[0], self._terms.land
        if not land or not among(first.lower_, "nationwide_words"):
            return None
        return Slot(land, taxonomy().areas[land].names[0], f"{SCENE}: all of it", first.idx)

    def _trade(self, frame: Frame) -> Slot | None:
        """A whole trade in an article on one of its firms: "*banks* struck 1.7 lakh crore off their books"."""
        if self._home is None or self._home.id in taxonomy().areas:
            return None
        verb = frame.verb
        subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None) if verb is not None else None
        if subject is None or subject.tag_ != "NNS" or body_kind(subject.lemma_.lower()) != "company":
            return None
        if any(child.dep_ in {"poss", "det", "nummod"} for child in subject.lefts):
            return None
        return phrase(subject, self._terms, "trade as owner")

    # Figures before

    def _told_before(self, position: int, past: Sequence[Past]) -> Iterator[Past]:
        """The figures of the paragraph so far, the last first."""
        paragraph = self._paragraph(position)
        near = itertools.islice(reversed(past), _REMEMBERED)
        return itertools.takewhile(lambda each: self._paragraph(each.position) == paragraph, near)

    def _paragraph(self, position: int) -> int:
        return bisect.bisect_right(self._paragraphs, position)


def _sections(doc: Doc, terms: Terms) -> list[tuple[int, Slot | None]]:
    """The sections of a text: the token at which each begins, and the area of which its heading is the name."""
    text = text_of(doc)
    body = _BODY.search(text)
    running = sum(match.group().isupper() for match in _HEADING.finditer(text))
    found: list[tuple[int, Slot | None]] = []
    for match in _HEADING.finditer(text):
        if running < 2 if match.group().isupper() else body is None or match.start() < body.end():
            continue  # headline, byline, place and day
        span = doc.char_span(match.start(), match.end(), alignment_mode="contract")
        if span is None or len(match.group().split()) > _LONGEST_HEADING or doc[span.start].text in BULLETS:
            continue
        if "|" in match.group():
            continue
        names = {name.id: name for i in range(span.start, span.end) if (name := terms.names.get(i)) is not None}
        areas = [name for name in names.values() if name.type == "area" and not name.adjective]
        own = areas[0] if len(areas) == 1 else None
        slot = None
        words = (word.i for word in span if word.is_alpha and not word.is_stop)
        if own is not None and all(own.first <= i < own.last for i in words):
            slot = Slot(own.id, words_of(doc, own.first, own.last), "heading of the section", doc[own.first].idx)
        found.append((span.start, slot))
    return found


def _labels(name: Name, doc: Doc) -> bool:
    """True for a name that can be whose figure a list item gives."""
    fits = name.type in {"area", "name"} or name.kind == "company"
    return fits and not name.adjective and not is_reference(name, doc[name.last - 1])


def _is_name_like(word: Token, doc: Doc, terms: Terms) -> bool:
    """True for a capitalised word that no pack knows as a thing and that the text never has in lower case."""
    if not word.is_title or word.i in terms.products or word.i in terms.indicators or word.i in terms.inside_periods:
        return False
    return not word.is_stop and re.search(rf"\b{re.escape(word.lower_)}\b", text_of(doc)) is None


def _is_national(token: Token) -> bool:
    """True for "nationally", and for "national" beside a count or a total."""
    if among(token.lower_, "nationwide_words"):
        return True
    return token.lower_ == "national" and token.dep_ == "amod" and among(token.head.lemma_.lower(), "measure_nouns")


def _is_sent(indicator: Slot | None) -> bool:
    """True for exports and their like, of which others take a part."""
    return indicator is not None and among(indicator.id, "outbound")


def _is_private(frame: Frame) -> bool:
    """True where somebody tells what he himself does, pays or earns."""
    return frame.verb is not None and is_own_matter(frame.verb, frame.anchor)


def _whole_subject(frame: Frame) -> Token | None:
    """The whole of which the clause speaks: "the *industry* had shipped 268 million"; no firm's name is taken over
    then.
    """
    subjects = (child for child in frame.verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}) if frame.verb else ()
    wholes = (child for child in subjects if among(child.lemma_.lower(), "whole_nouns"))
    return next((whole for whole in wholes if any(below.lower_ == "the" for below in whole.lefts)), None)
