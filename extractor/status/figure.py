"""The standing of one figure, by the first of its surroundings that tells."""

from __future__ import annotations

from extractor.mentions import Attribution, Quantity, Timing, text_of
from extractor.model import Status
from extractor.sources.cues import verb_class
from extractor.status.assertion import head_of
from extractor.status.attribution import by_attribution, by_lead_in
from extractor.status.bearers import of_subject
from extractor.status.behind import by_earlier_document, by_remark, has_come, was_foreseen
from extractor.status.cue_verbs import OF_CLASS
from extractor.status.phrase import by_phrase
from extractor.status.times import is_over, is_unfinished, lies_ahead
from extractor.status.verbs import by_governors
from extractor.status.words import words_in
from extractor.syntax import ancestors, is_parsed, is_verb, sentence_text
from extractor.tokens import Doc, Token


def status(doc: Doc, quantity: Quantity, source: Attribution | None = None, timing: Timing | None = None) -> Status:
    """The standing of one figure, with the attribution and the period that it has."""
    token = head_of(doc, quantity)
    if is_unfinished(doc, timing) and _is_in_row(token):
        return "forecast"
    if not is_parsed(token):
        return "actual"
    if has_come(doc, quantity):
        return "actual"
    if was_foreseen(doc, quantity):
        return "forecast"
    near = by_earlier_document(doc, quantity) or by_phrase(doc, quantity, token) or by_remark(doc, quantity)
    if near is not None:
        return near
    governed, is_base = by_governors(token, reached=text_of(doc).endswith(" to ", 0, quantity.start))
    above = {verb_class(verb) for verb in ancestors(token)}
    called = any(of_subject(verb) == "forecast" for verb in ancestors(token) if is_verb(verb))
    if governed == "forecast" and is_over(doc, timing) and above.isdisjoint(OF_CLASS) and not called:
        return "actual"  # "which would beat last year's 4.8 million"
    if governed == "target" and "aim" not in above and by_attribution(doc, source) == "forecast":
        return "forecast"  # what somebody else foresees is nobody's own plan
    if governed in (None, "forecast") and quantity.modifier in ("at_most", "less_than") and _is_allowed(token):
        return "target"
    if governed is not None or is_base:
        return governed or "actual"
    ahead: Status = "forecast" if lies_ahead(doc, timing) else "actual"
    attributed = by_attribution(doc, source)
    if attributed == "forecast" and _is_told_past(token):
        attributed = None
    return attributed or by_lead_in(token) or ahead


def _is_told_past(token: Token) -> bool:
    """True inside a clause with a past tense of its own: "expects the yen, *which traded at 145*, to rise"."""
    clause = next((above for above in ancestors(token) if is_verb(above)), None)
    past = clause is not None and clause.dep_ in ("relcl", "advcl") and clause.tag_ == "VBD"
    return clause is not None and past and verb_class(clause) not in OF_CLASS


def _is_allowed(token: Token) -> bool:
    """True in "the league allows losses of up to 105 million": a limit, though nobody calls it one."""
    verb = next((above for above in ancestors(token) if is_verb(above)), None)
    if verb is None:
        return False
    if verb.lemma_ in words_in("allowing"):
        return True
    happens = verb.lemma_.lower() in words_in("outcomes")  # "the wait can last up to two years"
    return not happens and any(aux.lower_ in words_in("permitting") for aux in verb.children)


def _is_in_row(token: Token) -> bool:
    """True in a row of a table, whose cells bars or tabs keep apart."""
    text = sentence_text(token)
    return text.count("|") > 1 or "\t" in text
