"""Which periods only say when somebody spoke, or when a figure was foreseen; and which figures are older forecasts."""

from __future__ import annotations

import datetime as dt

from extractor.mentions import PeriodMention, Quantity
from extractor.periods.tenses import IT, Trees, had, verb_above
from extractor.periods.words import cue
from extractor.sources.cues import verb_class
from extractor.syntax import children, sentence_end, sentence_start, subject
from extractor.tokens import Token

_PRONOUNS = frozenset({"that", "this", "it", "them"})
_NUMBERS = frozenset({"number", "numbers", "figure", "figures"})
_CLOSE = 9
"""Characters from a verb to the month right behind it: "forecast in May"."""
_BACK = 30
"""Words before a sentence among which something was foreseen that "it" can mean."""


def is_spoken(trees: Trees, mention: PeriodMention, today: str | None) -> bool:
    """True for the day on which somebody spoke or put out a figure: "told this newspaper on Thursday".

    Of what was foreseen, also for the month: "in May the exchange had forecast 15 million tonnes".
    """
    size = _days(mention)
    if not 0 < size < 32:
        return False
    head = trees.head(mention.start, mention.end)
    verb = None if head is None else verb_above(head)
    if head is None or verb is None:
        return False
    near = not any(token.like_num for token in head.doc[verb.i + 1 : max(head.i, verb.i + 1)] if token.i != head.i)
    past = today is not None and (mention.last_day or "") <= today
    if past and near and cue("foreseeing").fullmatch(verb.lower_):
        return True
    described = verb.dep_ in ("relcl", "acl") and _is_paper(verb.head)
    if described and (size == 1 or cue("handing").fullmatch(verb.lower_) or cue("speaking").fullmatch(verb.lower_)):
        return True  # "the report that it handed to parliament yesterday", "papers sent to Congress in August"
    if size > 1 and not (mention.text.endswith(" ago") and _is_telling(verb)):
        return _is_month_of_giving(mention, head, verb)
    if _ends_clause(head, verb):
        return False
    return _is_telling(verb) or any(child.dep_ == "dobj" and _is_paper(child) for child in children(verb))


def is_vintage(trees: Trees, quantity: Quantity) -> bool:
    """True for an older figure for what was just foreseen: "it had expected 114,000", "in August it had been 9"."""
    _, verb = trees.head_and_verb(quantity)
    if verb is None or verb.tag_ not in ("VBD", "VBN"):
        return False
    told = cue("giving").fullmatch(verb.lower_) or verb_class(verb) in ("expect", "aim", "hold")
    return bool((told and had(verb)) or _was_foreseen(verb))


def _is_month_of_giving(mention: PeriodMention, head: Token, verb: Token) -> bool:
    """True for the month in which a figure was given: "in May it had said 15", "cut its forecast in May"."""
    told = cue("giving").fullmatch(verb.lower_) or verb_class(verb) in ("say", "expect", "aim")
    if verb.lemma_ == "see" and verb.tag_ == "VBD":
        return False  # "in May it saw sales of 40 million"
    bare = verb.tag_ == "VBN" and not any(child.dep_ in ("aux", "auxpass") for child in children(verb))
    counts = (bare or verb.dep_ in ("acl", "advcl")) and cue("counted_then").fullmatch(verb.lower_)
    if counts and not _is_expected(verb):
        return False  # "9,000 homes finished in August"; but it "expects 400 million, against 500 seen in July"
    if told and verb.tag_ in ("VBD", "VBN"):
        fronted = head.i < verb.i and subject(verb) is not None
        close = 0 < mention.start - (verb.idx + len(verb.text)) <= _CLOSE
        return fronted or close or (had(verb) and head.head.head.i == verb.i)
    if _was_foreseen(verb):
        return True
    if verb_class(verb) != "revise":
        return False
    papers = (child for child in children(verb) if child.dep_ in ("dobj", "nsubjpass"))
    known = (*_NUMBERS, *_PRONOUNS)
    return any(cue("dated_papers").fullmatch(child.lower_) or child.lower_ in known for child in papers)


def _is_expected(verb: Token) -> bool:
    """True for a verb in a sentence that tells what somebody expects or aims for."""
    sentence = verb.doc[sentence_start(verb) : sentence_end(verb)]
    return any(verb_class(other) in ("expect", "aim") for other in sentence if other.i != verb.i)


def _was_foreseen(verb: Token) -> bool:
    """True for "in August the range was 290,000", and for "it had been 1.1 million" behind what is foreseen."""
    who = subject(verb)
    if verb.lemma_ != "be" or verb.tag_ not in ("VBD", "VBN") or who is None:
        return False
    if cue("aims").fullmatch(who.lower_):
        return True
    if who.lower_ not in IT or not had(verb):
        return False
    first = sentence_start(verb)
    return any(
        cue("aims").fullmatch(token.lower_) or verb_class(token) in ("expect", "aim")
        for token in verb.doc[max(0, first - _BACK) : first]
    )


def _is_paper(noun: Token) -> bool:
    """True for "report", "figures" and "forecast"."""
    word = noun.lower_
    return word == "number" or bool(cue("papers").fullmatch(word) or cue("dated_papers").fullmatch(word))


def _is_telling(verb: Token) -> bool:
    """True for verbs of saying and publishing."""
    return cue("speaking").fullmatch(verb.lower_) is not None or verb_class(verb) in ("say", "announce")


def _ends_clause(day: Token, verb: Token) -> bool:
    """True for the day of what happened: "40 were hurt on Thursday, the minister said"."""
    comma = day.doc[day.right_edge.i + 1] if day.right_edge.i + 1 < sentence_end(day) else day
    if comma.text != "," or not comma.i < verb.i:
        return False
    return any(token.tag_ in ("VBD", "VBZ", "VBP") for token in day.doc[sentence_start(day) : day.i])


def _days(mention: PeriodMention) -> int:
    """How many days a mention has; 0 where an end is open."""
    if mention.first_day is None or mention.last_day is None:
        return 0
    return (dt.date.fromisoformat(mention.last_day) - dt.date.fromisoformat(mention.first_day)).days
