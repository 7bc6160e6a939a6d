"""Whose a figure is where its clause names nobody: of all areas and bodies that the article offers, the one for which
most speaks; nobody is one, too.

What a rule would lend, what the paragraph names, who told the figure and whom the article is about are candidates. Each
has signs, each sign a weight (`data/owners.toml`, written by `scripts/fit-owners`); the largest sum wins.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.loading import weights
from extractor.mentions import Attribution, Name, Slot, attributions, quantities, text_of
from extractor.scope.clause.phrases import is_money
from extractor.scope.lending.counted import class_of_measure, sort_counted
from extractor.scope.lending.doers import Asked
from extractor.scope.lending.kinship import are_kin, signs_of_kin
from extractor.scope.lending.lists import Past
from extractor.scope.terms import Terms, country_of, words_of
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, sentence_end, sentence_start
from extractor.taxonomy import ABROAD, WORLD, taxonomy
from extractor.tokens import Doc
from extractor.weighing import SlotCandidate, heaviest

_REMEMBERED = 40  # figures before this one that tell whose it is
_BACK = 8  # of them, whose areas are candidates
_LOOKED_BACK = 30  # names before a figure that are
_OFTEN = 3  # times that a name is named
_SORTS_OF_MEASURES = (
    "firm_accounts",
    "firm_measures",
    "country_measures",
    "market_measures",
    "inbound",
    "outbound",
    "personal",
)
_WHERE = (
    "in the paragraph before",
    "in the paragraph",
    "in the sentence before",
    "here, before it",
    "here, behind it",
)
_SHARED_MONEY = frozenset({"USD", "EUR"})


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return weights("extractor", "data/owners.toml")


class Owners:
    """Those whose figures an article can give."""

    def __init__(self, doc: Doc, terms: Terms, firms: frozenset[str], paragraphs: list[int]) -> None:
        self._doc, self._terms, self._firms, self._paragraphs = doc, terms, firms, paragraphs
        self._named = [
            (i, name) for i, name in sorted(terms.names.items()) if name.type != "person" and name.id != ABROAD
        ]
        self._places = [i for i, _ in self._named]
        self._names = {name.id: name for _, name in reversed(self._named)}
        self._often = Counter(name.id for _, name in self._named)
        self._most = max(self._often.values(), default=0)
        headline = text_of(doc).find("\n")
        self._titled = {name.id for i, name in self._named if doc[i].idx < headline}
        self._told = list(zip((each.start for each in quantities(doc)), attributions(doc), strict=False))

    def choose(self, asked: Asked, home: Slot | None, opening: Slot | None, past: Sequence[Past]) -> Slot | None:
        """The area or body for which most speaks; the first of equals."""
        return heaviest(self.candidates(asked, home, opening, past), _weights()).slot

    def candidates(
        self, asked: Asked, home: Slot | None, opening: Slot | None, past: Sequence[Past]
    ) -> list[SlotCandidate]:
        """All whose the figure may be, nobody first; `home` is whom article or section is about, `opening` what the
        paragraph turns to.

        Its other end is none of them, and no firm has what a market has ("contract *prices* of memory dropped").
        """
        past = past[-_REMEMBERED:]
        slots: dict[str, Slot] = {}
        signs: dict[str, set[str]] = {}
        other = asked.scope.counterpart.id if asked.scope.counterpart is not None else ""
        of_market = asked.scope.indicator is not None and among(asked.scope.indicator.id, "market_measures")

        def add(slot: Slot | None, *found: str) -> None:
            if slot is not None and slot.id not in {"", other} and not (of_market and slot.id in self._firms):
                slots.setdefault(slot.id, slot)
                signs.setdefault(slot.id, set()).update(found)

        if opening is not None:
            add(
                opening,
                "turned to",
                f"turned to: {self._kind(opening.id)}",
                f"turned to, {sort_counted(asked.measure)}",
            )
        for each in reversed(past[-_BACK:]):
            add(each.draft.scope.area)
        subject = _form_of_subject(asked, self._terms)
        for slot, found in self._around(asked.position, subject):
            add(slot, *found)
        source = self._source(asked.position)
        for slot, found in self._of_source(source, asked):
            add(slot, *found)
        add(home, f"home: subject {subject}", f"home: source {source.kind}")
        land = self._terms.land
        if land:
            add(Slot(land, taxonomy().areas[land].names[0], "country of the article"), "land")
        nobody = SlotCandidate(None, frozenset((*self._of_nobody(asked, home), f"nobody: source {source.kind}")))
        kin = [each for each in past if are_kin(each.draft.scope.indicator, asked.scope.indicator)]
        for name, slot in slots.items():
            signs[name].update((*self._signs(slot, asked), *self._beside_home(slot, home)))
            signs[name].update(self._of_past(slot, asked, past, kin))
        return [nobody, *(SlotCandidate(slot, frozenset(signs[name])) for name, slot in slots.items())]

    # What the text names ----------------------------------------------------------------------------------------------

    def _around(self, position: int, subject: str) -> Iterator[tuple[Slot, set[str]]]:
        """Names of the figure's sentence, its paragraph and the sentence before it, with where and as what they
        stand.
        """
        doc = self._doc
        here, end = sentence_start(doc[position]), sentence_end(doc[position])
        opening = self._paragraphs[max(self._paragraph(position) - 1, 0)]
        before = sentence_start(doc[here - 1]) if here else here
        bounds = (opening, max(opening, before), here, position)
        last = bisect.bisect_left(self._places, end)
        first = max(bisect.bisect_left(self._places, min(opening, before)), last - _LOOKED_BACK)
        found: dict[str, tuple[Slot, set[str]]] = {}
        latest = latest_subject = leader = ""
        for i, name in self._named[first:last]:
            part = self._part(i, name)
            if name.id not in found:
                found[name.id] = self._slot(name, "name near the figure"), set()
            found[name.id][1].add(f"{part} {_WHERE[bisect.bisect_right(bounds, i)]}")
            if opening <= i < position:
                leader = leader or (name.id if i < here else "")
                latest = latest if name.adjective else name.id
                latest_subject = name.id if part == "subject" else latest_subject
        for name_id, sign in ((leader, "opens the paragraph"), (latest, "latest"), (latest_subject, "latest subject")):
            if name_id:
                found[name_id][1].update((sign, f"{sign}: {self._kind(name_id)}", f"{sign}, {subject} here"))
        yield from found.values()

    def _part(self, i: int, name: Name) -> str:
        """What a name is in its clause."""
        dep = self._doc[i].dep_
        if dep in SUBJECTS:
            return "subject"
        return "owner" if dep == "poss" else "adjective" if name.adjective else "named"

    def _slot(self, name: Name, rule: str) -> Slot:
        return Slot(name.id, words_of(self._doc, name.first, name.last), rule, self._doc[name.first].idx)

    def _source(self, position: int) -> Attribution:
        """Who told the figure."""
        number = bisect.bisect_right(self._told, self._doc[position].idx, key=lambda each: each[0]) - 1
        return self._told[number][1] if number >= 0 else Attribution()

    def _of_source(self, source: Attribution, asked: Asked) -> Iterator[tuple[Slot, set[str]]]:
        """Who told the figure, and the country of that body."""
        if source.id in self._names:
            kind, told = self._kind(source.id), "told before" if source.borrowed else "told here"
            of = _sort_of_measure(asked.scope.indicator)
            signs = {told, f"tells it: {kind}", f"tells it: {kind}, of {of}"}
            yield Slot(source.id, source.text, "who tells it"), signs
        land = self._terms.lands_of_bodies.get(source.id)
        if land is not None:
            words = taxonomy().areas[land].names[0]
            yield Slot(land, words, "country of who tells it"), {"land of who tells it", f"land of {source.kind}"}

    # What speaks for it -----------------------------------------------------------------------------------------------

    def _of_nobody(self, asked: Asked, home: Slot | None) -> Iterator[str]:
        sort, of, frame = sort_counted(asked.measure), _sort_of_measure(asked.scope.indicator), asked.frame
        yield "nobody"
        yield f"nobody: {sort}"
        yield f"nobody: {asked.measure.kind}"
        yield f"nobody: {of}"
        yield f"nobody: {sort} of {of}"
        node = taxonomy().indicators.get(asked.scope.indicator.id) if asked.scope.indicator is not None else None
        if node is not None:
            yield f"nobody: pack {node.pack}"
        if home is None:
            yield "nobody: no home"
        yield f"nobody: subject {_form_of_subject(asked, self._terms)}"
        if frame is not None and frame.anaphoric:
            yield "nobody: anaphoric"
        if frame is not None and frame.counted is not None:
            yield f"nobody: counts, {sort}"

    def _kind(self, name_id: str) -> str:
        """What sort of area or body it is."""
        node = taxonomy().areas.get(name_id)
        if node is not None:
            return "world" if name_id == WORLD else node.kind
        name = self._names.get(name_id)
        return "firm" if name_id in self._firms else "words" if name is None else name.kind or name.type

    def _signs(self, slot: Slot, asked: Asked) -> Iterator[str]:
        kind = self._kind(slot.id)
        yield kind
        yield f"{kind} in {sort_counted(asked.measure)}"
        yield f"{kind} of {_sort_of_measure(asked.scope.indicator)}"
        if slot.id in self._titled:
            yield "in the title"
        if slot.id in self._terms.speakers:
            yield "speaks"
            yield f"speaks: {kind}"
        times = self._often[slot.id]
        yield "never named" if not times else "named often" if times > _OFTEN else "named"
        if times and times == self._most:
            yield "named most"
        unit = asked.measure.unit
        if is_money(unit) and unit not in _SHARED_MONEY and unit[:2] in taxonomy().areas:
            yield "its currency" if country_of(slot.id) == unit[:2] else "another's currency"

    def _beside_home(self, slot: Slot, home: Slot | None) -> Iterator[str]:
        """How it lies to whom the article is about."""
        kind = self._kind(slot.id)
        if home is None:
            yield f"no home: {kind}"
        elif slot.id == home.id:
            yield "home"
            yield f"home: {kind}"
        elif country_of(slot.id) == home.id:
            yield "in home"
        elif country_of(home.id) == slot.id:
            yield "around home"
        else:
            yield "elsewhere"
            yield f"elsewhere: {kind}, home {self._kind(home.id)}"

    def _of_past(self, slot: Slot, asked: Asked, past: Sequence[Past], kin: Sequence[Past]) -> Iterator[str]:
        """What ties it to the figures before, `kin` those of the same measure."""
        owned = [each for each in past if each.draft.scope.area is not None]
        mine = [each for each in owned if _is_of(each, slot)]
        if not mine:
            yield "has none before"
            return
        last, measure = mine[-1], asked.measure
        gap = self._paragraph(asked.position) - self._paragraph(last.position)
        yield "has one in the paragraph" if not gap else "has one in the paragraph before" if gap == 1 else "has one"
        if last.position >= sentence_start(self._doc[asked.position]):
            yield "has one in the sentence"
        if last is owned[-1] and last.draft.scope.area is not None:
            where = "in the paragraph" if not gap else "before"
            rule = last.draft.scope.area.rule.split(":")[0]
            yield f"has the last {where}"
            yield f"has the last {where}: {rule}"
            yield f"has the last {where}, {last.draft.subject_is}"
            if len(owned) > 1 and not _is_of(owned[-2], slot) and self._are_together(owned[-2], last):
                yield "has the last of a list"
        if last is past[-1]:
            yield "has the figure before"
        if (last.measure.kind, last.measure.unit) == (measure.kind, measure.unit):
            yield "has one like it"
        if 2 * len(mine) > len(owned):
            yield "has most"
        if asked.taken_up is not None and _is_of(asked.taken_up, slot):
            yield "taken up"
        here = self._paragraph(asked.position)
        yield from signs_of_kin(
            kin,
            has_it=lambda past: _is_of(past, slot),
            is_here=lambda past: self._paragraph(past.position) == here,
        )

    def _are_together(self, one: Past, other: Past) -> bool:
        """True for figures of one sentence."""
        return one.position >= sentence_start(self._doc[other.position])

    def _paragraph(self, position: int) -> int:
        return bisect.bisect_right(self._paragraphs, position)


def _is_of(past: Past, slot: Slot) -> bool:
    area = past.draft.scope.area
    return area is not None and area.id == slot.id


def _form_of_subject(asked: Asked, terms: Terms) -> str:
    """What sort of word does what the figure tells: a name, a pronoun, "the" somebody, anybody."""
    verb = asked.frame.verb if asked.frame is not None else None
    if verb is None:
        return "no verb"
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    if subject is None:
        return "none"
    if subject.i in terms.names:
        return "name"
    if subject.tag_ == "PRP":
        return "it" if among(subject.lower_, "neuter_pronouns") else "person"
    if subject.tag_[0] == "W":
        return "relative"
    leading = next((child.lower_ for child in subject.lefts if child.dep_ in {"det", "poss"}), "")
    definite = among(leading, "definite_determiners")
    return "the" if definite else "its" if among(leading, "neuter_pronouns") else "bare"


def _sort_of_measure(indicator: Slot | None) -> str:
    """What sort of measure it is, by whose it can be."""
    groups = (group for group in _SORTS_OF_MEASURES if indicator is not None and among(indicator.id, group))
    return next(groups, None) or class_of_measure(indicator)
