"""The standing of each figure: actual, preliminary, estimate, forecast or target; and whether it is asserted at all.

Only words that govern the figure count: those in its noun phrase first, then its verb and the verbs above it, then the
cue that attributes it. What it is compared with ("up from 2.4 million") does not inherit the standing of the rest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor import mentions
from extractor.mentions import Attribution, Quantity, Timing
from extractor.model import Status
from extractor.naming import singular
from extractor.periods.words import lexicon
from extractor.polarity import Polarity, head_of, polarity
from extractor.sources.cues import cue_words, verb_class
from extractor.sources.entitled import sees_ahead
from extractor.sources.layout import is_bullet
from extractor.status_nouns import OF_NOUN, of_noun
from extractor.status_verbs import OF_CLASS, by_governors, is_to_come
from extractor.status_words import small_words, status_words
from extractor.syntax import (
    ancestors,
    children_with,
    is_noun,
    is_parsed,
    is_verb,
    sentence_offsets,
    sentence_start,
    sentence_text,
    subject,
)

__all__ = ["Polarity", "StatusComponent", "polarity", "status", "statuses"]


def statuses(doc: Doc) -> list[Status]:
    """The standing of each quantity of a document, in parallel to `doc._.quantities`."""
    sources = mentions.attributions(doc)
    quantities = mentions.quantities(doc)
    sources = sources if len(sources) == len(quantities) else [Attribution()] * len(quantities)
    timings = mentions.timings(doc)
    timings = timings if len(timings) == len(quantities) else [Timing()] * len(quantities)
    found: list[Status] = []
    for rank, (quantity, source, timing) in enumerate(zip(quantities, sources, timings, strict=True)):
        before = (
            found[-1] if rank and found[-1] != "actual" and _takes_up(doc, quantities[rank - 1], quantity) else None
        )
        found.append(before or status(doc, quantity, source, timing))
    for rank in _corrected(doc, quantities, timings, found):
        found[rank] = "preliminary"
    return found


def _corrected(doc: Doc, quantities: list[Quantity], timings: list[Timing], found: list[Status]) -> Iterator[int]:
    """Figures that the text says were replaced, and whose successor stands nearby: about as large, of the same time."""
    for rank, replaced in enumerate(doc._.superseded):
        if not replaced or found[rank] not in ("actual", "estimate"):
            continue
        near = (other for other in range(max(0, rank - _NEAR), min(len(found), rank + _NEAR + 1)) if other != rank)
        if any(_succeeds(quantities, timings, rank, other) for other in near):
            yield rank


_NEAR = 2
"""As many figures away stands what a figure was replaced by."""
_ALIKE = 0.15
"""How far a corrected figure is from the first one, at most."""


def _succeeds(quantities: list[Quantity], timings: list[Timing], rank: int, other: int) -> bool:
    """True for two figures of one form and size whose periods, where both have one, are the same."""
    one, two = quantities[rank], quantities[other]
    if one.form != two.form or one.value == two.value or abs(one.value - two.value) > _ALIKE * abs(one.value):
        return False
    mine, its = timings[rank].period, timings[other].period
    return mine is None or its is None or mine[:2] == its[:2]


_OF_THEM = re.compile(r"\s+(?:\w+ )?of (?:them|these|those|which|whom)\b", re.IGNORECASE)


def _takes_up(doc: Doc, before: Quantity, quantity: Quantity) -> bool:
    """True where a figure has the standing of the one before: "1.5 million, a million *of them*", "cut *that* by 5"."""
    text, token = mentions.text_of(doc), head_of(doc, quantity)
    if not is_parsed(token):
        return False
    together = sentence_offsets(token)[0] <= before.start
    if together and _OF_THEM.match(text, quantity.end):
        return True
    if _is_appended(text, before, quantity):
        return True
    verb = next((above for above in ancestors(token) if is_verb(above)), None)
    if verb is None or verb_class(verb) != "revise" or "\n" in text[before.end : quantity.start]:
        return False
    if verb.lemma_ != "set" and any(
        part.lower_ in ("that", "it", "this") for part in children_with(verb, "dobj", "nsubjpass")
    ):
        return True
    first = text.endswith("from ", 0, before.start)  # "revised from 90 to 80": the first one alone is replaced
    return together and not first and _REVISED_TO.fullmatch(text[before.end : quantity.start]) is not None


def _is_appended(text: str, before: Quantity, quantity: Quantity) -> bool:
    """True for what a comma adds to a figure: "2.7 million units this year, a drop of *3 percent*"."""
    if quantity.form not in ("percent", "fraction", "multiple") or before.form == quantity.form:
        return False
    between = text[before.end : quantity.start]
    return bool(_APPENDED.fullmatch(between)) and _OF_BEFORE.match(text, quantity.end) is None


_APPENDED = re.compile(
    r"[^.;:,\n]{0,40},\s+(?:or\s+|up\s+|down\s+|an?\s+(?:\w+\s+){1,2}of\s+)?(?:about\s+|some\s+)?", re.IGNORECASE
)
_OF_BEFORE = re.compile(r"\s+(?:of which|went|was|were|had|came)\b", re.IGNORECASE)
_REVISED_TO = re.compile(r",?\s+(?:to|from)\s+(?:an? )?", re.IGNORECASE)


def status(doc: Doc, quantity: Quantity, source: Attribution | None = None, timing: Timing | None = None) -> Status:
    """The standing of one figure, with the attribution and the period that it has."""
    token = head_of(doc, quantity)
    if _is_unfinished(doc, timing) and _is_in_row(token):
        return "forecast"
    if not is_parsed(token):
        return "actual"
    if _meets(doc, quantity) or _is_of_the_past(doc, quantity):
        return "actual"
    if _was_foreseen().match(mentions.text_of(doc), quantity.end):
        return "forecast"
    near = _earlier(doc, quantity) or _in_phrase(doc, quantity, token)
    if near is not None:
        return near
    governed, is_base = by_governors(token, reached=mentions.text_of(doc).endswith(" to ", 0, quantity.start))
    planned = any(verb_class(above) == "aim" for above in ancestors(token))
    if (
        governed == "forecast"
        and _is_over(doc, timing)
        and not any(verb_class(above) in OF_CLASS for above in ancestors(token))
    ):
        return "actual"  # "which would beat last year's 4.8 million"
    if governed == "target" and not planned and _by_attribution(doc, source) == "forecast":
        return "forecast"  # what somebody else foresees is nobody's own plan
    if governed in (None, "forecast") and quantity.modifier in ("at_most", "less_than") and _is_allowed(token):
        return "target"
    if governed is not None or is_base:
        return governed or "actual"
    ahead: Status = "forecast" if _lies_ahead(doc, timing) else "actual"
    attributed = _by_attribution(doc, source)
    if attributed == "forecast" and _is_told_past(token):
        attributed = None
    return attributed or _by_lead_in(token) or ahead


def _is_told_past(token: Token) -> bool:
    """True inside a clause with a past tense of its own: "expects the yen, *which traded at 145*, to rise"."""
    clause = next((above for above in ancestors(token) if is_verb(above)), None)
    past = clause is not None and clause.dep_ in ("relcl", "advcl") and clause.tag_ == "VBD"
    return clause is not None and past and verb_class(clause) not in OF_CLASS


def _meets(doc: Doc, quantity: Quantity) -> bool:
    """True for the outcome of "revenue of 12 billion beat forecasts"; not of "will be 12 lower than forecast"."""
    if _meeting().match(mentions.text_of(doc), quantity.end) is None:
        return False
    clause = next((above for above in ancestors(head_of(doc, quantity)) if is_verb(above)), None)
    return clause is None or not is_to_come(clause)


@cache
def _meeting() -> re.Pattern[str]:
    words = status_words()
    return re.compile(
        rf"(?:\s+\w+){{0,3}}?,?\s+(?:{_any(words.meeting)})\.?(?:\s+[\w$€£.,%’'-]+){{0,3}}?\s+(?:{_any(words.foretold)})\b",
        re.IGNORECASE,
    )


def _is_of_the_past(doc: Doc, quantity: Quantity) -> bool:
    """True for what is reached or passed: "taking volumes past *the 43 lakh of the previous year*"."""
    text = mentions.text_of(doc)
    definite = text[max(0, quantity.start - 4) : quantity.start].lower().endswith("the ")
    return definite and _past().match(text, quantity.end) is not None


@cache
def _past() -> re.Pattern[str]:
    words = status_words()
    return re.compile(
        rf"(?:\s+[\w’'-]+){{0,2}}?\s+(?:{_any(words.past_links)})\s+(?:(?:the|a)\s+)?(?:{_any(words.past)})\b",
        re.IGNORECASE,
    )


def _earlier(doc: Doc, quantity: Quantity) -> Status | None:
    """The standing of a first figure: "up from 40 tonnes *in an earlier estimate*"."""
    found = _in_earlier().match(mentions.text_of(doc), quantity.end)
    return None if found is None else OF_NOUN.get(cue_words().documents.get(singular(found[1].lower()), ""))


@cache
def _in_earlier() -> re.Pattern[str]:
    before, documents = _any(cue_words().grammar["earlier"]), _any(sorted(cue_words().documents))
    return re.compile(
        rf"(?:\s+[\w-]+){{0,2}}?\s+in\s+(?:an?|its|the|their|his|her)\s+(?:{before})\s+(?:[\w-]+\s+)?({documents})\b",
        re.IGNORECASE,
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=lambda word: (-len(word), word)))


@cache
def _was_foreseen() -> re.Pattern[str]:
    """Behind a figure: "the 6.6 trillion that 19 analysts had predicted", "vs 6.6 trillion won consensus"."""
    return re.compile(
        r"(?:\s+[\w-]+){0,2}?\s+(?:consensus\b|(?:that|which)\b[^.;,:\n]{0,70}\bhad (?:been )?"
        rf"(?:{lexicon().cues.foreseeing})\b)",
        re.IGNORECASE,
    )


def _is_allowed(token: Token) -> bool:
    """True in "the league allows losses of up to 105 million": a limit, though nobody calls it one."""
    verb = next((above for above in ancestors(token) if is_verb(above)), None)
    if verb is None:
        return False
    if verb.lemma_ in small_words("allowing"):
        return True
    happens = verb.lemma_.lower() in status_words().outcomes  # "the wait can last up to two years"
    return not happens and any(aux.lower_ in small_words("permitting") for aux in verb.children)


def _is_over(doc: Doc, timing: Timing | None) -> bool:
    """True for a figure whose own period was over on the day of writing."""
    if timing is None or timing.period is None or "period" in timing.borrowed or not doc._.published:
        return False
    return bool(timing.period[1]) and str(timing.period[1]) <= str(doc._.published)[:10]


def _is_in_row(token: Token) -> bool:
    """True in a row of a table, whose cells bars or tabs keep apart."""
    text = sentence_text(token)
    return text.count("|") > 1 or "\t" in text


def _lies_ahead(doc: Doc, timing: Timing | None) -> bool:
    """True for a figure whose own period had not begun on the day of writing: "gas brings 2.5 gigawatts in 2026"."""
    if timing is None or timing.period is None or "period" in timing.borrowed or not doc._.published:
        return False
    return bool(timing.period[0]) and str(timing.period[0]) > str(doc._.published)[:10]


def _is_unfinished(doc: Doc, timing: Timing | None) -> bool:
    """True for a table's cell of a year that was not over, by a month or more, on the day of writing."""
    if timing is None or timing.period is None or not timing.period[1] or not doc._.published:
        return False
    last, today = dt.date.fromisoformat(timing.period[1]), dt.date.fromisoformat(str(doc._.published)[:10])
    return last - today > dt.timedelta(days=31)


# The noun phrase ------------------------------------------------------------------------------------------------------


def _in_phrase(doc: Doc, quantity: Quantity, token: Token) -> Status | None:
    """From the words right before the number, and from the noun that it is an amount of."""
    words = status_words()
    first = token
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    begin = span.start if span is not None else first.i
    for before in reversed(doc[max(begin - 3, sentence_start(token)) : begin]):
        found = words.modifiers.get(before.lower_)
        if found is not None and _unhyphened(before) in ("than", "as"):
            break  # "fell more than expected to 39%", "a fewer-than-expected 136,000"
        if found is not None:
            return found
        if before.lower_ in words.multiples:
            return "actual"  # "almost double the 18 gigawatts of last year"
        if before.tag_[:2] not in ("JJ", "RB", "IN", "DT", "VB") or before.is_punct:
            break
    if _is_part_of(doc, begin):
        return "actual"  # "will drop four of its 23 routes"
    for above in _phrase_heads(token):
        found = of_noun(above) if quantity.form != "multiple" else None
        if found is not None:
            return found
        reported = _first_reported(above) or _hoped_for(above)
        if reported is not None:
            return reported
    return None


def _unhyphened(token: Token) -> str:
    """The word before a token, over a hyphen; nothing at the start."""
    before = token.nbor(-1) if token.i else token
    if before.text == "-" and before.i:
        before = before.nbor(-1)
    return before.lower_ if before.i < token.i else ""


def _is_part_of(doc: Doc, begin: int) -> bool:
    """True for the whole of which a number is a part: the 23 of "four of its 23 routes"."""
    if begin < 3 or doc[begin - 2].lower_ != "of" or doc[begin - 1].lower_ not in small_words("owned"):
        return False
    return bool(doc[begin - 3].tag_ == "CD" or doc[begin - 3].like_num)


def _phrase_heads(token: Token) -> list[Token]:
    """The nouns above a number up to its verb: % and growth for the 3 of "growth of 3%"."""
    heads = [token]
    for above in ancestors(token):
        if is_verb(above) and above.tag_ != "VBG":
            break
        if above.dep_ == "prep" and (above.lower_ in status_words().bases or above.lower_ == "with"):
            break
        if is_noun(above):
            heads.append(above)
    return heads[:4]


def _first_reported(noun: Token) -> Status | None:
    """ "the $3.3 billion it first reported"."""
    for clause in children_with(noun, "relcl", "acl"):
        for adverb in children_with(clause, "advmod", "amod"):
            if adverb.lower_ in status_words().earlier and verb_class(clause):
                return status_words().earlier[adverb.lower_]
    return None


def _hoped_for(noun: Token) -> Status | None:
    """ "the 1.4 million it had aimed for", "the 3% expected by analysts"."""
    for clause in children_with(noun, "relcl", "acl"):
        if clause.i + 1 < len(clause.doc) and clause.nbor().lower_ == "not":
            continue  # "60 closures, which nobody hopes for"
        own = subject(clause)
        passive = own is None and clause.tag_ in ("VBN", "VBD")  # "the 3% analysts expected", where they are counted
        if passive or (
            own is not None
            and own.tag_ not in ("WDT", "WP")
            and all(part.tag_ in ("WDT", "WP") for part in children_with(clause, "dobj", "ccomp"))
        ):
            found = OF_CLASS.get(verb_class(clause) or "")
            if found is not None:
                return found
    return None


# Attribution ----------------------------------------------------------------------------------------------------------


def _by_attribution(doc: Doc, source: Attribution | None) -> Status | None:
    """From the cue that attributes the figure in its own sentence: "according to estimates", "citing forecasts"."""
    if source is None or source.cue_start < 0 or source.borrowed:
        return None
    span = doc.char_span(source.cue_start, source.cue_start + 1, alignment_mode="expand")
    cue = span[0] if span else None
    if cue is None or not is_parsed(cue):
        return None
    kind = verb_class(cue)
    if cue.lower_ == "saw" and not sees_ahead(cue):
        return None  # "the port saw its revenue halve"
    is_verbal = is_verb(cue) or singular(cue.text) not in cue_words().documents
    if kind in OF_CLASS and is_verbal and kind != "aim":
        return OF_CLASS[kind]
    for document in _documents_of(cue):
        words = [child.lower_ for child in children_with(document, "amod", "compound", "nmod")]
        found = next((status_words().modifiers[word] for word in words if word in status_words().modifiers), None)
        found = found or OF_NOUN.get(cue_words().documents.get(singular(document.text), ""))
        if found is not None and found != "target":
            return found
    return None


def _by_lead_in(token: Token) -> Status | None:
    """For an item of a list, from the sentence with a colon that the list hangs on: "The proposal has three parts:"."""
    doc, first = token.doc, sentence_start(token)
    if ":" in mentions.text_between(doc, first, token.i):
        colon = next((word.i for word in doc[first : token.i] if word.text == ":"), first)
        label = doc[first:colon]
        told = [word for word in label if is_verb(word)]
        if colon > first and not told:
            return _of_words(label)  # "Among the plan's targets: 40% of journeys by bike"
        if colon > first and all(
            verb_class(verb) == "revise" or verb.lemma_ in status_words().setting for verb in told
        ):
            return _of_words(word for word in label if is_noun(word))  # "Growth forecasts updated: 1.4% for 2020"
    if not is_bullet(sentence_text(token)):
        return None
    for _ in range(30):
        if first == 0:
            return None
        end, first = first, sentence_start(doc[first - 1])
        words = mentions.text_between(doc, first, end)
        if not is_bullet(words):
            return _of_words(doc[first:end]) if words.rstrip().endswith(":") and is_parsed(doc[first]) else None
    return None


def _of_words(words: Iterable[Token]) -> Status | None:
    found = [of_noun(word) if is_noun(word) else OF_CLASS.get(verb_class(word) or "") for word in words]
    return next((one for one in found if one is not None and one != "estimate"), None)


def _documents_of(cue: Token) -> list[Token]:
    """The documents beside a cue: "according to estimates", "data showed", "citing forecasts"."""
    behind = cue.doc[cue.i + 1 : min(cue.i + 9, cue.right_edge.i + 1)]
    near = {token.i: token for token in (*children_with(cue, "nsubj"), *filter(cue.is_ancestor, behind))}
    governed = [near[i] for i in sorted(near) if near[i].dep_ in ("pobj", "dobj", "nsubj")]
    return [cue, *(token for token in governed if is_noun(token) and _is_cited(token, cue))]


def _is_cited(token: Token, cue: Token) -> bool:
    above = token.head
    return above.i == cue.i or (above.head.i == cue.i and above.lower_ == "to") or verb_class(above) == "cite"


@Language.factory("claimgraph_status", requires=["doc._.quantities"], assigns=["doc._.statuses"])
def make_status(nlp: Language, name: str) -> StatusComponent:
    """The component that tells the standing of figures."""
    return StatusComponent()


class StatusComponent:
    """Writes `doc._.statuses`, in parallel to `doc._.quantities`."""

    def __call__(self, doc: Doc) -> Doc:
        """The document, with the standing of its figures."""
        doc._.statuses = list(statuses(doc))
        return doc
