"""What the parse says of periods: which hang on a verb of saying, and which on another clause than a figure.

The surface order that reader.py reads from is right for most sentences; the parse is asked what order cannot tell.
Where a sentence was never parsed, every answer is "nothing known", and surface order decides alone.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import re
from functools import cache
from typing import Any

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from extractor.mentions import PeriodMention, Quantity
from extractor.naming import PUBLISHERS, phrase_kind
from extractor.periods.words import lexicon
from extractor.sources.cues import verb_class
from extractor.syntax import ancestors, children, is_parsed, is_verb, sentence_end, sentence_start, subject

PAST, PRESENT, PERFECT, FUTURE, UNKNOWN = "past", "present", "perfect", "future", ""
"""The time of a clause by its verb: `future` for all that is not so yet ("would", "to spend")."""
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "csubj"})
_HAVE = frozenset({"has", "have", "'ve", "’ve"})
_COUNTED = frozenset({"nummod", "quantmod", "compound", "nmod", "appos"})


_IT = frozenset({"it", "they"})
_TAKING_UP = frozenset({"that", "this", "which", "those", "these"})
_PRONOUNS = frozenset({"that", "this", "it", "them"})
_NUMBERS = frozenset({"number", "numbers", "figure", "figures"})


class Trees:
    """The tokens of a document by character offset."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        offsets: Any = doc.to_array([IDX])
        self._starts: list[int] = offsets.ravel().tolist()
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

    def tense(self, quantity: Quantity) -> str:
        """The time of the clause that a figure stands in."""
        head = self.head(quantity.start, quantity.end)
        if head is None:
            return UNKNOWN
        if head.i not in self._tenses:
            self._tenses[head.i] = FUTURE if _is_foreseen(head) else _tense(head)
        return self._tenses[head.i]

    def is_spoken(self, mention: PeriodMention, today: str | None) -> bool:
        """True for the day on which somebody spoke or put out a figure: "told this newspaper on Thursday".

        Of what was foreseen, also for the month: "in May the exchange had forecast 15 million tonnes".
        """
        size = _days(mention)
        if not 0 < size < 32:
            return False
        head = self.head(mention.start, mention.end)
        verb = next((above for above in ancestors(head) if is_verb(above)), None) if head is not None else None
        if head is None or verb is None:
            return False
        near = not any(token.like_num for token in head.doc[verb.i + 1 : max(head.i, verb.i + 1)] if token.i != head.i)
        if today is not None and (mention.last_day or "") <= today and near and _foreseeing().fullmatch(verb.lower_):
            return True
        described = verb.dep_ in ("relcl", "acl") and _papers().fullmatch(verb.head.lower_)
        if described and (size == 1 or _handing().fullmatch(verb.lower_)):
            return True  # "the report that it handed to parliament yesterday", "papers sent to Congress in August"
        if size > 1 and not (mention.text.endswith(" ago") and _is_telling(verb)):
            return self._is_vintage(mention, head, verb)
        if _ends_clause(head, verb):
            return False
        if _is_telling(verb):
            return True
        return any(child.dep_ == "dobj" and _papers().fullmatch(child.lower_) for child in children(verb))

    def _is_vintage(self, mention: PeriodMention, head: Token, verb: Token) -> bool:
        """True for the month in which a figure was given: "in May it had said 15", "cut its forecast in May"."""
        told = _giving().fullmatch(verb.lower_) or verb_class(verb) in ("say", "expect", "aim")
        if told and verb.tag_ in ("VBD", "VBN"):
            fronted = head.i < verb.i and subject(verb) is not None
            close = 0 < mention.start - (verb.idx + len(verb)) <= _CLOSE
            return fronted or close or (_had(verb) and head.head.head.i == verb.i)
        if _was_foreseen(verb):
            return True
        if verb_class(verb) != "revise":
            return False
        papers = (child for child in children(verb) if child.dep_ in ("dobj", "nsubjpass"))
        known = (*_NUMBERS, *_PRONOUNS)
        return any(_dated_papers().fullmatch(child.lower_) or child.lower_ in known for child in papers)

    def is_vintage(self, quantity: Quantity) -> bool:
        """True for an older figure for what was just foreseen: "it had expected 114,000", "in August it had been 9"."""
        head = self.head(quantity.start, quantity.end)
        verb = next((above for above in ancestors(head) if is_verb(above)), None) if head is not None else None
        if verb is None or verb.tag_ not in ("VBD", "VBN"):
            return False
        told = _giving().fullmatch(verb.lower_) or verb_class(verb) in ("expect", "aim", "hold")
        return bool((told and _had(verb)) or _was_foreseen(verb))

    def is_kept(self, quantity: Quantity) -> bool:
        """True for what somebody has day by day, in the present tense: "employs 11,900 people", "of its 96 jets"."""
        head = self.head(quantity.start, quantity.end)
        verb = next((above for above in ancestors(head) if is_verb(above)), None) if head is not None else None
        if verb is None or head is None or _tense_of(verb) != PRESENT:
            return False
        owned = any(child.dep_ == "poss" for noun in (head, head.head) for child in children(noun))
        return owned or _keeping().fullmatch(verb.lemma_) is not None

    def flows(self, quantity: Quantity) -> bool:
        """True for what adds up over time, and has done so: "had landed 79,400", "will have sold 40"."""
        head = self.head(quantity.start, quantity.end)
        verb = next((above for above in ancestors(head) if is_verb(above)), None) if head is not None else None
        if verb is None or _flows().fullmatch(verb.lemma_) is None:
            return False
        return _tense_of(verb) != FUTURE or any(child.lower_ == "have" for child in children(verb))

    def is_standing(self, quantity: Quantity) -> bool:
        """True for what is so at the time of writing: "costs 500", "is home to 300 plants"; not for what a body says.

        Figures that take up what was just spoken of are left out, too: "that is 30 more", "the number comes to 500".
        """
        head = self.head(quantity.start, quantity.end)
        verb = (
            next((above for above in (head, *ancestors(head)) if is_verb(above) and _tense_of(above)), None)
            if head is not None
            else None
        )
        if head is None or verb is None or _tense_of(verb) != PRESENT or _is_told(head, verb):
            return False
        who = subject(verb)
        if who is None or verb.dep_ == "relcl":
            return verb.dep_ == "relcl"
        if who.lower_ in _TAKING_UP or _reckoned().fullmatch(who.lower_):
            return False
        if _is_ranked(head, verb):
            return False
        return who.lower_ != "it" or _summing().fullmatch(verb.lemma_) is None

    def takes_up(self, quantity: Quantity) -> bool:
        """True for what is said of a figure at hand: "their number is 800", "the gap of 25 is …", "customs has 57%"."""
        head = self.head(quantity.start, quantity.end)
        if head is None:
            return False
        chain = list(itertools.takewhile(lambda token: not is_verb(token), (head, *ancestors(head))))
        verb = next((above for above in ancestors(head) if is_verb(above)), None)
        if any(_reckoned().fullmatch(token.lower_) and _is_definite(token) for token in chain):
            return True
        if verb is None or verb.dep_ == "relcl":
            return False
        who = subject(verb)
        if who is None or _parting().fullmatch(verb.lemma_) or _is_ranked(head, verb):
            return who is not None and _tense_of(verb) == PRESENT
        if who.lower_ in _IT and verb.lemma_ == "be" and verb.dep_ == "ccomp":
            return True  # "the lobby says it is 22.8 billion"
        if _reckoned().fullmatch(who.lower_) and _is_definite(who):
            return _summing().fullmatch(verb.lemma_) is not None
        if who.i == head.i and verb.lemma_ == "be":  # "4.14 million is its figure for cars"
            return any(c.dep_ == "attr" and _reckoned().fullmatch(c.lower_) for c in children(verb))
        bare = quantity.noun_start < 0 and _tense_of(verb) in (PRESENT, PERFECT)
        bare = bare and quantity.modifier not in ("at_least", "at_most")  # a norm: "the body recommends at least 95%"
        return bare and _is_given(verb, head) and (_is_counter(who) or (_is_named(who) and _gives_figures(verb)))

    def looks_back(self, quantity: Quantity) -> bool:
        """True under "had been" and the like."""
        head = self.head(quantity.start, quantity.end)
        verb = next((above for above in ancestors(head) if is_verb(above)), None) if head is not None else None
        if verb is None:
            return False
        return _had(verb)

    def is_elsewhere(self, mention: PeriodMention, quantity: Quantity) -> bool:
        """True where a period stands in a clause that tells of something else than the figure.

        "We have 800 beds", said the doctor at the stadium, where football was *last played on December 16*.
        """
        own, other = self.head(quantity.start, quantity.end), self.head(mention.start, mention.end)
        if own is None or other is None:
            return False
        above = {own.i, *(token.i for token in ancestors(own))}
        follows = mention.start >= quantity.end
        if not follows and _turns(own, other):
            return True
        for token in (other, *ancestors(other)):
            if token.i in above:
                return False
            if _is_remark(token) or (follows and _is_other_clause(token, own, other)):
                return True
            if token.dep_ == "appos" and other.dep_ == "poss" and other.head.i != token.i:
                return True  # "Para, host of next year's summit, lost 2,362"
            if token.dep_ == "acl" and _begetting().match(token.text) and _counts_other(token.head, quantity):
                return True  # "19.8 billion from its fund of 100 billion set up in 2022"
        return False


def _is_foreseen(head: Token) -> bool:
    """True under "expects", "sees" and "aims for" in the present: what is foreseen lies ahead."""
    verb = next((above for above in (head, *ancestors(head)) if is_verb(above) and _tense_of(above)), None)
    return verb is not None and _tense_of(verb) == PRESENT and verb_class(verb) in ("expect", "aim")


def _is_told(figure: Token, verb: Token) -> bool:
    """True where a body says a figure: "counts 40", "customs has 57%"; not for "the firm has 40 ships"."""
    kind = verb_class(verb)
    if kind == "hold":
        return figure.head.i == verb.i and not any(child.dep_ == "nummod" for child in children(figure))
    return kind not in (None, "aim")


_CLOSE = 9
"""Characters from a verb to the month right behind it: "forecast in May"."""


def _is_ranked(figure: Token, verb: Token) -> bool:
    """True for "China is on top with 339,000", "Germany comes second with 5,210"."""
    return verb.lemma_ in ("be", "come", "rank", "follow", "lead", "remain") and figure.head.lower_ == "with"


def _was_foreseen(verb: Token) -> bool:
    """True for "in August the range was 290,000", and for "it had been 1.1 million" behind what is foreseen."""
    who = subject(verb)
    if verb.lemma_ != "be" or verb.tag_ not in ("VBD", "VBN") or who is None:
        return False
    if _aims().fullmatch(who.lower_):
        return True
    if who.lower_ not in _IT or not _had(verb):
        return False
    first = sentence_start(verb)
    return any(
        _aims().fullmatch(token.lower_) or verb_class(token) in ("expect", "aim")
        for token in verb.doc[max(0, first - _BACK) : first]
    )


_BACK = 30
"""Words before a sentence among which something was foreseen that "it" can mean."""


def _is_definite(noun: Token) -> bool:
    """True for "the gap", "their number", "the union's figure"."""
    return any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ in ("the", "that", "this"))
        for child in children(noun)
    )


def _is_counter(who: Token) -> bool:
    """True for a body that publishes figures of others: what it has or gets to is its count, not its property."""
    named = (who, *(child for child in children(who) if child.dep_ == "appos"))
    return any(phrase_kind(token.doc, token.i) in PUBLISHERS for token in named)


_FIGURES = frozenset({"say", "announce", "show", "count", "post", "estimate", "put", "hold"})


def _gives_figures(verb: Token) -> bool:
    """True for "lists", "has", "arrives at", "comes to"; not for "recommends" and "expects"."""
    return verb_class(verb) in _FIGURES or _summing().fullmatch(verb.lemma_) is not None


def _is_named(who: Token) -> bool:
    """True for a name, and for a paper or count: what they "have", with no noun behind it, is their figure."""
    return (
        who.tag_ in ("NNP", "NNPS")
        or _papers().fullmatch(who.lower_) is not None
        or _reckoned().fullmatch(who.lower_) is not None
    )


def _is_given(verb: Token, figure: Token) -> bool:
    """True for the figure of "has 57%", "gets to 33,400", "makes it 83%", "enters just 1.03 trillion"."""
    return figure.dep_ in ("dobj", "pobj", "attr", "oprd", "ccomp", "npadvmod") and verb.lemma_ != "be"


def _days(mention: PeriodMention) -> int:
    """How many days a mention has; 0 where an end is open."""
    if mention.first_day is None or mention.last_day is None:
        return 0
    return (dt.date.fromisoformat(mention.last_day) - dt.date.fromisoformat(mention.first_day)).days


def _describes(clause: Token, figure: Token) -> bool:
    """True for a relative clause of what the figure counts, unless it denies: "the 163,000 *that came in 2022*"."""
    if clause.dep_ != "relcl" or any(child.dep_ == "neg" for child in children(clause)):
        return False
    above = (clause.head, *ancestors(clause.head))
    return any(token.i == figure.i for token in above) or (figure.dep_ in _COUNTED and clause.head.i == figure.head.i)


def _is_telling(verb: Token) -> bool:
    """True for verbs of saying and publishing."""
    return _speaking().fullmatch(verb.lower_) is not None or verb_class(verb) in ("say", "announce")


def _ends_clause(day: Token, verb: Token) -> bool:
    """True for the day of what happened: "40 were hurt on Thursday, the minister said"."""
    comma = day.doc[day.right_edge.i + 1] if day.right_edge.i + 1 < sentence_end(day) else day
    if comma.text != "," or not comma.i < verb.i:
        return False
    return any(token.tag_ in ("VBD", "VBZ", "VBP") for token in day.doc[sentence_start(day) : day.i])


def _counts_other(noun: Token, quantity: Quantity) -> bool:
    """True for a noun that goes with another number than the figure: "its fund of 100 billion"."""
    near = noun.doc[noun.i : noun.i + 5] if noun.tag_ != "CD" else noun.doc[noun.i : noun.i + 1]
    numbers = [token.idx for token in (*noun.lefts, *near) if token.tag_ == "CD"]
    return bool(numbers) and not any(quantity.start <= at < quantity.end for at in numbers)


def _turns(figure: Token, period: Token) -> bool:
    """True where a sentence turns from what was to what is or will be: "In 2022 it was 4, so it has grown by 3"."""
    verb = next((token for token in (figure, *ancestors(figure)) if is_verb(token) and _tense_of(token)), None)
    if (
        verb is None
        or _tense(period) != PAST
        or (_tense(figure) == PAST and (_had(verb) or not _opens_pluperfect(period)))
    ):
        return False
    return all(token.i != verb.i for token in ancestors(period))


def _opens_pluperfect(token: Token) -> bool:
    """True before a pluperfect and its subject: "a year earlier crashes *had cost* 1,600 lives"."""
    verb = next((above for above in ancestors(token) if is_verb(above) and _tense_of(above)), None)
    who = subject(verb) if verb is not None and _had(verb) else None
    return who is not None and token.i < who.i


def _had(verb: Token) -> bool:
    return any(child.lower_ == "had" and child.dep_ == "aux" for child in children(verb))


def _counts(verb: Token, period: Token) -> bool:
    """True for "12 were hurt on Thursday": a clause whose subject is counted, and that a period ends."""
    who = subject(verb)
    return period.i > verb.i and who is not None and any(child.dep_ == "nummod" for child in children(who))


def _is_remark(token: Token) -> bool:
    """True for a relative clause after a comma: "the office, *which moved in May*, counts 40"."""
    before = token.left_edge.i - 1
    return token.dep_ == "relcl" and before >= 0 and token.doc[before].text == ","


def _is_other_clause(token: Token, figure: Token, period: Token) -> bool:
    """True for a clause below the figure's, or beside it with a subject of its own: "and in May the toll *was set*".

    What ends two such clauses dates both: "40 were arrested and 12 were hurt on Thursday".
    """
    if token.dep_ in _CLAUSES:
        return not _describes(token, figure)
    if token.dep_ == "conj" and _counts(token, period) and any(above.i == token.head.i for above in ancestors(figure)):
        return False
    return token.dep_ == "conj" and is_verb(token) and any(child.dep_[:5] == "nsubj" for child in children(token))


def _tense(head: Token) -> str:
    for verb in (head, *ancestors(head)):
        if is_verb(verb) and not (verb.dep_ == "xcomp" and _implying().fullmatch(verb.head.lemma_)):
            found = _tense_of(verb)
            if found:
                return found
    return UNKNOWN


def _tense_of(verb: Token) -> str:
    """The tense of one verb; nothing for participles and gerunds, which share that of the verb above."""
    helpers = [child for child in children(verb) if child.dep_ in ("aux", "auxpass")]
    if any(child.tag_ == "MD" for child in helpers) or (verb.tag_ == "VB" and any(c.tag_ == "TO" for c in helpers)):
        return FUTURE
    words = {child.lower_ for child in helpers}
    if words & _HAVE:
        return PERFECT
    if any(child.tag_ == "VBD" for child in helpers) or verb.tag_ == "VBD":
        return PAST
    present = verb.tag_ in ("VBZ", "VBP") or any(child.tag_ in ("VBZ", "VBP") for child in helpers)
    return PRESENT if present else UNKNOWN


@cache
def _summing() -> re.Pattern[str]:
    return re.compile(lexicon().cues.summing)


@cache
def _keeping() -> re.Pattern[str]:
    return re.compile(lexicon().cues.keeping)


@cache
def _flows() -> re.Pattern[str]:
    return re.compile(lexicon().cues.flows)


@cache
def _aims() -> re.Pattern[str]:
    return re.compile(lexicon().cues.aims, re.I)


@cache
def _parting() -> re.Pattern[str]:
    return re.compile(lexicon().cues.parting)


@cache
def _implying() -> re.Pattern[str]:
    return re.compile(lexicon().cues.implying)


@cache
def _begetting() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon().cues.origins}|set)\b", re.I)


@cache
def _reckoned() -> re.Pattern[str]:
    return re.compile(lexicon().cues.reckoned, re.I)


@cache
def _speaking() -> re.Pattern[str]:
    return re.compile(lexicon().cues.speaking, re.I)


@cache
def _foreseeing() -> re.Pattern[str]:
    return re.compile(lexicon().cues.foreseeing, re.I)


@cache
def _handing() -> re.Pattern[str]:
    return re.compile(rf"{lexicon().cues.handing}|{lexicon().cues.speaking}", re.I)


@cache
def _giving() -> re.Pattern[str]:
    return re.compile(lexicon().cues.giving, re.I)


@cache
def _dated_papers() -> re.Pattern[str]:
    return re.compile(lexicon().cues.dated_papers, re.I)


@cache
def _papers() -> re.Pattern[str]:
    cues = lexicon().cues
    return re.compile(rf"{cues.papers}|{cues.dated_papers}|number", re.I)
