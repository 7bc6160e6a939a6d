"""Figures that share one clause: gapped lists, and lists paired off by "respectively".

"Apple took 20% of the market, followed by Samsung with 19%", "trucks for 340,000 and buses for 90,000": the name or
thing before the figure takes the place of its counterpart in the clause before, and all else stays.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from extractor.mentions import Measure, Scope, Slot, text_of
from extractor.names.words import body_kind, name_words
from extractor.quantities.lexicon import lexicon, movement
from extractor.scope.areas.named import name_slot
from extractor.scope.clause.phrases import is_measured, is_people, is_price_unit, is_thing, phrase, term
from extractor.scope.clause.views import Frame
from extractor.scope.products.things import product_slot
from extractor.scope.rules import KNOWN_NOUN, THEME
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.syntax import SUBJECTS, is_noun, is_verb, sentence_start
from extractor.tokens import Doc, Span, Token

_LONGEST_LINK = 3  # tokens between a figure and the same in other words: ", or ("
_CHANGE_AND_LEVEL = 2  # figures that one clause gives of one thing
_LONGEST_GAP = 14  # tokens between one figure of a list and the next
_LONGEST_ROW = 8  # figures that one "respectively" pairs off
_LONGEST_CHANGE = 9  # tokens between a figure and the change that follows it
_LEADING = frozenset({"quantmod", "advmod", "nmod"})  # "nearly", "some", "$"
_OPENINGS = frozenset({",", "(", "–", "—", "-", ";"})
_CHANGE_WORDS = frozenset({"DT", "IN", "JJ", "RB", "VBN"})
_RESPECTIVELY = re.compile(r"\brespectively\b|\bin that order\b", re.IGNORECASE)


class Draft(NamedTuple):
    """The scope that a figure's own clause gives, before anything is borrowed."""

    scope: Scope
    subject_is: str = ""
    shared: str = ""
    """`list` where it is the scope of the figure before it, for another name or thing."""


class Past(NamedTuple):
    """A figure that was read already."""

    position: int
    end: int
    """Token index behind the number expression and its noun."""
    measure: Measure
    draft: Draft


def gapped(doc: Doc, frame: Frame, measure: Measure, terms: Terms, earlier: list[Past]) -> Draft | None:
    """The scope of a figure in a gapped phrase: that of the figure before it in the sentence, for another name or
    thing.
    """
    first = frame.tokens[0].i
    before = _leader(doc, first, measure, earlier)
    if before is None:
        return None
    scope, subject_is = before.draft[:2]
    behind = _name_behind(doc, frame, before, terms)
    if behind is not None:
        return Draft(scope._replace(area=name_slot(terms.names[behind.i], behind, "list: name behind the figure")), "")
    contrast = _contrast(doc, before.end, first, terms)
    if contrast is None:
        return None
    name = terms.names.get(contrast.i)
    lemma = contrast.lemma_.lower()
    if name is None and (body_kind(lemma) is not None or lemma in name_words().roles):
        return Draft(scope, subject_is)  # "and the prefecture 16,000": who counts, not what
    match = terms.indicators.get(contrast.i)
    if match is not None and match.role == "noun":
        return Draft(scope._replace(indicator=term(contrast, match, KNOWN_NOUN, terms)), subject_is)
    if name is None and scope.product is None and _is_measure(doc, before):
        return Draft(scope._replace(indicator=phrase(contrast, terms, THEME)), subject_is)
    if name is None and contrast.i not in terms.products and scope.product is None:
        return Draft(scope, subject_is)  # "hotels added 700 jobs, *construction* 400": who, not what
    if name is None:
        product = product_slot(contrast, terms)._replace(rule="list: thing before the figure")
        return Draft(scope._replace(product=product, includes=()), subject_is)
    if name.id in terms.speakers and subject_is != "area":
        return Draft(scope, subject_is)  # "police counted 119,000 marchers, the union 800,000": who counts, not whose
    slot = name_slot(name, contrast, "list: name before the figure")
    if (
        subject_is == "area"
        and _is_told_before(doc, before, scope.area)
        and not _is_told_before(doc, before, scope.counterpart)
    ):
        other = scope.counterpart if scope.counterpart is None or scope.counterpart.id != slot.id else None
        return Draft(scope._replace(area=slot, counterpart=other), subject_is)
    if subject_is == "counterpart" or (name.type == "area" and scope.counterpart is not None):
        return Draft(scope._replace(counterpart=slot), subject_is)
    return Draft(scope._replace(area=slot), subject_is)


def _is_told_before(doc: Doc, past: Past, slot: Slot | None) -> bool:
    """True for an area whose words stand in front of the figure in its sentence."""
    figure = doc[past.position]
    return slot is not None and doc[sentence_start(figure)].idx <= slot.start < figure.idx


def _name_behind(doc: Doc, frame: Frame, before: Past, terms: Terms) -> Token | None:
    """The name that a figure of a list has right behind it: "36%, against 34% *for Samsung* and 25% *for Micron*"."""
    last = frame.counted.i if frame.counted is not None else frame.tokens[-1].i
    first = frame.tokens[0].i
    if last + 2 >= len(doc) or not among(doc[last + 1].lower_, "names_behind") or last - first > _LONGEST_LINK:
        return None
    cut = next((i for i in range(first, before.end, -1) if _parts(doc[i - 1])), before.end)
    if any(is_verb(token) for token in doc[cut:first]):
        return None
    owner = before.draft.scope.area
    for i in range(last + 2, min(last + 2 + _LONGEST_LINK, len(doc))):
        name = terms.names.get(i)
        if name is not None:
            fits = name.first <= last + 3 and name.type != "person" and not name.adjective
            return doc[i] if fits and owner is not None and owner.id != name.id else None
    return None


def _is_measure(doc: Doc, past: Past) -> bool:
    """True for a figure of what is measured, not counted: "premiums came to $505 million, *claims* to …", and not
    "mines added 700 jobs, *farms* 300".
    """
    slot = past.draft.scope.indicator
    if slot is None or slot.rule not in {KNOWN_NOUN, THEME}:
        return False
    return slot.start < doc[past.position].idx


def restated(doc: Doc, frame: Frame, terms: Terms, earlier: list[Past], *, bracketed: bool) -> Draft | None:
    """The scope of a figure that says the one before it in another way: "£7.1m, *or* 3.8 per cent of net spending",
    of what it counts itself: "9,700 households, *or* 41,000 people".

    With `bracketed`, also of one in brackets behind it: "511,000 units (40.9%)".
    """
    first = frame.tokens[0].i
    if not earlier or earlier[-1].position < sentence_start(doc[first]) or earlier[-1].draft.scope.indicator is None:
        return None
    if first - earlier[-1].end > _LONGEST_LINK:
        return None
    words = [token.lower_ for token in doc[earlier[-1].end : first] if token.text != ","]
    moved = words[:1] == ["("] and all(word in movement().particles for word in words[1:])
    if words != ["or"] and not (bracketed and moved):
        return None
    draft = earlier[-1].draft
    if frame.counted is None or frame.counted.i not in terms.products:
        return draft
    return draft._replace(scope=draft.scope._replace(product=product_slot(frame.counted, terms), includes=()))


def converted(doc: Doc, frame: Frame, measure: Measure, terms: Terms, earlier: list[Past]) -> Draft | None:
    """The scope of a sum or length that stands in another unit behind it, or of its change: "228 million reais (*$39
    million*)", "200 km (*120 miles*)", "4,100 units (*up 3%*)".
    """
    if not earlier:
        return None
    if measure.kind == "growth" and earlier[-1].measure.kind == "level" and frame.counted is None:
        return restated(doc, frame, terms, earlier, bracketed=True)
    if measure.kind != earlier[-1].measure.kind or measure.unit == earlier[-1].measure.unit:
        return None
    units = (measure.unit, earlier[-1].measure.unit)
    if not any(all(is_of_sort(unit) for unit in units) for is_of_sort in (is_price_unit, is_measured)):
        return None
    return restated(doc, frame, terms, earlier, bracketed=True)


def related(frame: Frame, earlier: list[Past]) -> Draft | None:
    """The scope of a figure in a relative clause on the one before: "$598 million, *which is $107 million better*"."""
    verb = frame.verb
    if not earlier or verb is None or verb.dep_ != "relcl" or frame.counted is not None:
        return None
    told = earlier[-1].position <= verb.head.i < earlier[-1].end and among(verb.lemma_.lower(), "relating_verbs")
    return earlier[-1].draft if told and earlier[-1].draft.scope.indicator is not None else None


def trailing(doc: Doc, frame: Frame, terms: Terms, earlier: list[Past]) -> Draft | None:
    """The scope of a change that follows its figure: "a profit of £7m, *down 9 per cent*", "2.7 million units this
    year, *a drop of 3 percent*".
    """
    first = frame.tokens[0].i
    if not earlier or earlier[-1].position < sentence_start(doc[first]) or earlier[-1].draft.scope.indicator is None:
        return None
    between = [token for token in doc[earlier[-1].end : first] if token.i not in terms.inside_periods]
    if _is_compared(doc, frame, between) and earlier[-1].measure.kind == "level":
        return earlier[-1].draft
    if not 2 <= len(between) <= _LONGEST_CHANGE or not any(token.text in _OPENINGS for token in between[:2]):
        return None
    moves = movement()
    told = {t.i for t in between if t.lower_ in moves.particles or t.lemma_.lower() in moves.nouns}
    others = [t for t in between if t.is_alpha and t.i not in told and t.tag_ not in _CHANGE_WORDS]
    return earlier[-1].draft if told and not others else None


def joined(doc: Doc, frame: Frame, measure: Measure, terms: Terms, earlier: list[Past]) -> Draft | None:
    """The scope of a bare number that only goes on for another time: "2,900 rooms will open this year, *and 1,640 in
    2026*", "€57 million in 2024 *after 20 million* the year before".
    """
    first = frame.tokens[0].i
    if not earlier or frame.counted is not None or earlier[-1].position < sentence_start(doc[first]):
        return None
    last = earlier[-1]
    if last.draft.scope.indicator is None or last.measure.kind != measure.kind or first - last.end > _LONGEST_GAP:
        return None
    between = [token for token in doc[last.end : first] if token.i not in terms.inside_periods]
    silent = all(among(token.lower_, "going_on") or token.dep_ in _LEADING for token in between)
    return last.draft if between and silent and any(among(token.lower_, "going_on") for token in between) else None


def _is_compared(doc: Doc, frame: Frame, between: list[Token]) -> bool:
    """True for a change set off by a comma that compares the level before it: "31,770 came by sea, *5.8% fewer*",
    "*three times* as many as in 2023".
    """
    last = frame.tokens[-1].i
    behind = doc[last + 1].lower_ if last + 1 < len(doc) else ""
    opened = bool(between) and between[-1].text in _OPENINGS
    told = any(
        _is_finite(token) and any(c.dep_ in SUBJECTS and c.i >= between[0].i for c in token.children)
        for token in between
    )
    return opened and (behind == "as" or behind in movement().comparison) and not told


def _leader(doc: Doc, first: int, measure: Measure, earlier: list[Past]) -> Past | None:
    """The figure of the same sort that leads the list: the one before, or of a change with its level the change
    ("rose 15.3% *to 1.49 million*, and those to Europe by 9.5%").
    """
    for past in earlier[: -_CHANGE_AND_LEVEL - 1 : -1]:
        if (
            past.position < sentence_start(doc[first])
            or first - past.end > _LONGEST_GAP
            or not any(past.draft.scope[:3])
        ):
            return None
        if _is_of_sort(past.measure, measure):
            return past
        if past.measure.kind != "level" or measure.kind != "growth":
            return None
    return None


def _is_of_sort(one: Measure, other: Measure) -> bool:
    return one.kind == other.kind and (one.unit == other.unit or "count" in (one.unit, other.unit))


def _contrast(doc: Doc, start: int, first: int, terms: Terms) -> Token | None:
    """The name or thing that the gapped phrase opens with: the last one before the figure, with no other verb on the
    way.
    """
    between = _without_brackets(doc.span(start, first))
    cut = next((n for n in range(len(between) - 2, -1, -1) if _parts(between[n])), None)
    if cut is None or any(_is_finite(token) for token in between[cut + 1 : -1]):
        return None
    if _is_with(between[cut + 1 :]) and (wider := _cut_before(between, cut)) is not None:
        between, cut = [*between[:cut], between[-1]], wider  # "and Bali*, with* 6.3 million"
    opening = [token for token in between[cut + 1 :] if token.i not in terms.inside_periods and token.tag_ != "POS"]
    if opening and (opening[-1].dep_ in {"prep", "punct"} or opening[-1].lower_ in {"(", ":"}):
        opening = opening[:-1]
    if len(opening) > 1 and opening[-1].lower_ in lexicon().ordinals:
        opening = opening[:-1]  # "and Spain *third* with 4,118"
    if not opening:
        return None
    last = opening[-1]
    name = terms.names.get(last.i)
    if name is not None:
        return last if name.type != "person" and not name.adjective and not is_people(last, terms) else None
    match = terms.products.get(last.i)
    if any(t.dep_ == "prep" and (match is None or t.i < match.first) for t in opening):
        return None
    if match is not None or (is_noun(last) and body_kind(last.lemma_.lower()) is not None):
        return last
    measured = last.i in terms.indicators and terms.indicators[last.i].role == "noun"
    return last if is_noun(last) and (measured or is_thing(last, terms)) else None


def _is_with(phrase: list[Token]) -> bool:
    return [token.lower_ for token in phrase] in (["with"], ["at"], ["on"])


def _cut_before(between: list[Token], cut: int) -> int | None:
    return next((n for n in range(cut - 2, -1, -1) if _parts(between[n])), None)


def _without_brackets(span: Span) -> list[Token]:
    """The tokens of a span but for what is bracketed within it: "Tesla's (TSLA)"."""
    kept: list[Token] = []
    for token in span:
        if token.text == ")" and (opening := _last_opening(kept)) is not None:
            del kept[opening:]
        else:
            kept.append(token)
    return kept


def _last_opening(tokens: list[Token]) -> int | None:
    return next((n for n in range(len(tokens) - 1, -1, -1) if tokens[n].text == "("), None)


def _is_finite(token: Token) -> bool:
    reduced = token.dep_ == "amod" or (token.tag_ == "VBN" and token.dep_ == "acl")
    return is_verb(token) and token.tag_ != "VBG" and not reduced and not among(token.lemma_.lower(), "gap_verbs")


# "Respectively" -------------------------------------------------------------------------------------------------------


def paired_off(doc: Doc, terms: Terms, pasts: list[Past]) -> dict[int, Scope]:
    """The scopes, by index, that "respectively" puts right: the second figure is the second name's."""
    fixed: dict[int, Scope] = {}
    text = text_of(doc)
    for match in _RESPECTIVELY.finditer(text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None:
            continue
        sentence = span[0].sent
        group = [n for n, past in enumerate(pasts) if sentence.start <= past.position < sentence.end]
        before = [n for n in group if pasts[n].position < span.start]
        if len(before) < 2 or len(group) > _LONGEST_ROW or not sentence[0].dep_:
            continue
        for index, slot_name, slot in _pairs(doc, terms, [pasts[n] for n in group], len(before)):
            fixed[group[index]] = _with(pasts[group[index]].draft.scope, slot_name, slot)
    return fixed


def _with(scope: Scope, name: str, slot: Slot) -> Scope:
    changed: dict[str, Any] = {name: slot}
    return scope._replace(**changed)


def _pairs(doc: Doc, terms: Terms, pasts: list[Past], least: int) -> list[tuple[int, str, Slot]]:
    """The figures to put right: index, the slot to change, and what belongs there.

    Figures may go round the row again: "output and sales came to 1.4 and 1.5 million, down 34 and 35 percent". The last
    ones may be of the whole row ("both up 5 percent"), but not the first `least` ones, which the word stands behind.
    """
    leader = pasts[0].draft.scope
    for slot_name in ("area", "counterpart", "product", "indicator"):
        slot: Slot | None = getattr(leader, slot_name)
        if slot is None:
            continue
        row = _coordinated(doc, terms, slot, pasts[0].position, slot_name)
        if len(row) > 2 and len(row) == len(pasts) - 1:  # what they have together stands first
            return [(index, slot_name, each) for index, each in enumerate(row, start=1)]
        rounds = len(pasts) - len(pasts) % len(row) if len(row) > 1 else 0
        if rounds >= least:
            return [(index, slot_name, row[index % len(row)]) for index in range(rounds) if index % len(row)]
    return []


def _coordinated(doc: Doc, terms: Terms, slot: Slot, position: int, slot_name: str) -> list[Slot]:
    """The names or things that are joined to the one in the slot, itself first."""
    sentence = doc[position].sent
    last = -1
    found: list[Slot] = []
    for token in sentence:
        if slot_name == "product":
            each = product_slot(token, terms) if token.i in terms.products else None
        elif slot_name == "indicator":
            match = terms.indicators.get(token.i)
            each = term(token, match, "paired off by respectively", terms) if match is not None else None
        else:
            name = terms.names.get(token.i)
            each = name_slot(name, token, "paired off by respectively") if name is not None else None
        if each is None:
            if (
                found
                and not among(token.lower_, "joints")
                and not _inside_term(token, terms)
                and not _hangs_on(token, last)
            ):
                return found
            continue
        last = token.i
        if found or each.id == slot[0]:
            found.append(each._replace(rule="paired off by respectively"))
    return found


def _hangs_on(token: Token, noun: int) -> bool:
    """True within a phrase behind a noun of the row: "sales *to dealers* and exports"."""
    if token.dep_ == "pobj":
        token = token.head
    return token.dep_ == "prep" and token.head.i == noun


def _parts(token: Token) -> bool:
    """True for what stands between two figures of a list."""
    return (among(token.lower_, "joints") and token.text != "&") or among(token.lower_, "list_breaks")


def _inside_term(token: Token, terms: Terms) -> bool:
    return token.i in terms.inside_names or token.i in terms.inside_areas or token.dep_ in {"det", "compound", "amod"}
