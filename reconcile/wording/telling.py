"""Verdicts in plain English: the figures, who gave them, the hedge, and what follows. Templates are in wording.toml."""

from __future__ import annotations

import math
from collections.abc import Sequence

from extractor.taxonomy import Taxonomy
from reconcile.claims.intervals import Interval, finite
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import Days, View
from reconcile.claims.rules import is_running
from reconcile.claims.standing import is_of_known_age
from reconcile.comparison.verdict import Verdict
from reconcile.comparison.wholes import remainder
from reconcile.model import FLAGS, Implied
from reconcile.reasons.bridge import Bridge
from reconcile.reasons.reasons import Offered
from reconcile.wording import explain

_CLAUSES = 3
"""So many reasons are told in the sentence; the finding lists them all."""
_MONTH = 30.44
_NEAR, _NEAR_A_BOUND = 0.1, 0.02
"""How far apart two figures may be that agree, as a part of the larger one; the second where one sets a bound."""
_TRIFLE = 0.01
"""A part of so little says nothing of the rest."""
_UNSURE = "scope: the words do not settle that both figures count the same thing ({chance} in 100 that they do)"


def explanation(verdict: Verdict, offered: Sequence[Offered], lattice: Lattice) -> str:
    """One or two sentences that a desk editor could paste."""
    known, first, second = lattice.known, verdict.first, verdict.second
    words = explain.wording()
    subject_a, subject_b = explain.subject(first, known), explain.subject(second, known)
    also = verdict.relation in ("contradiction", "apparent_conflict", "agreement")
    loosely = verdict.relation == "agreement" and bool(verdict.scopes.differing())
    changes = first.kind == "growth" and not explain.is_rate(first)
    reasons = because(offered, verdict.explained_by) if verdict.relation in _EXPLAINED else ""
    text = explain.sentence(
        words["relation"][_template(verdict, reasoned=bool(reasons))],
        who_a=lambda: explain.who(first, known),
        said_a=lambda: explain.said(first, known),
        subject_a=lambda: _what(first, lattice),
        figure_a=lambda: explain.change(first) if changes else explain.figure(first),
        gives=lambda: explain.verb("gives", first, known),
        has=lambda: explain.verb("has", first, known),
        who_b=lambda: explain.other(second, first, known, also=also),
        said_b=lambda: explain.said(second, known, again=subject_a == subject_b),
        subject_b=lambda: explain.pronoun(second, known) if subject_a == subject_b else subject_b,
        figure_b=lambda: explain.change(second) if changes else explain.figure(second),
        gives_b=lambda: explain.verb("gives", second, known),
        apart=lambda: explain.apart(first, second, verdict.gap),
        yet=lambda: explain.apart(first, second, verdict.gap, clause="yet"),
        loosely=words["clause"]["loosely"] if loosely else "",
    )
    if verdict.chance < 1:
        hedge = words["clause"]["again" if verdict.relation in ("repetition", "agreement") else "linked"]
        text = hedge + explain.within_a_sentence(text)
    return text + reasons


_EXPLAINED = ("apparent_conflict", "contradiction")


def is_of_first_alone(verdict: Verdict) -> bool:
    """True where the sentence tells of the first figure alone, whatever the second is."""
    if verdict.chance < 1:
        return False
    return verdict.relation not in _EXPLAINED and explain.asks_of_one(explain.wording()["relation"][verdict.relation])


def because(offered: Sequence[Offered], explained_by: Sequence[str] = (), *, clause: str = "may_differ") -> str:
    """The sentence "They may differ because …", of reasons in the slots that differ, else of all; empty without any."""
    telling = [each for each in offered if each.slot in explained_by] or list(offered)
    told = (each.clause for each in telling if each.reason.code != "our_misreading")
    clauses = list(dict.fromkeys(filter(None, told)))[:_CLAUSES]
    return str(explain.wording()["clause"][clause]).format(because=explain.joined(clauses)) if clauses else ""


def _what(view: View, lattice: Lattice) -> str:
    """The subject after "growth of 3% for": the thing that grew."""
    whole = explain.own(explain.subject(view, lattice.known), view, lattice.known)
    return whole.removeprefix("growth in ") if view.kind == "growth" else whole


def _template(verdict: Verdict, *, reasoned: bool) -> str:
    if verdict.relation == "contradiction" and verdict.first.kind == "rank" and verdict.scopes.area is not Match.SAME:
        return "contradiction_place"
    if verdict.relation == "contradiction" and verdict.scopes.within() is not Match.SAME:
        return "contradiction_part_hedged" if explain.is_hedged(verdict.second) else "contradiction_part"
    if verdict.chance < 1:
        return _unsure_template(verdict)
    if verdict.relation == "agreement" and _is_loose(verdict.first, verdict.second):
        return "agreement_loose"
    if verdict.relation == "nested" and explain.is_hedged(verdict.second):
        return "nested_hedged"
    if verdict.relation == "contradiction" and _is_quoted_twice(verdict):
        return "contradiction_quoted"
    if verdict.relation == "contradiction" and reasoned:
        return "contradiction_reasoned"
    if verdict.relation == "revision" and verdict.first.origin != verdict.second.origin and _is_counted_on(verdict):
        return "revision_counted"
    if verdict.relation == "revision" and not is_of_known_age(verdict.first, verdict.second):
        return "revision_unordered"
    return verdict.relation


def _is_loose(first: View, second: View) -> bool:
    """True for figures whose words leave so much open that they agree in nothing: "dozens", 112 and "38 or more"."""
    if explain.is_in_round_words(first.claim) or explain.is_in_round_words(second.claim):
        return True
    least, most = sorted((abs(first.value), abs(second.value)))
    one_sided = any(math.isinf(end) for view in (first, second) for end in view.figure)
    return most - least > (_NEAR_A_BOUND if one_sided else _NEAR) * most


def _is_counted_on(verdict: Verdict) -> bool:
    """True for what is counted from report to report of one event."""
    return is_running(verdict.first.indicator)


def _is_quoted_twice(verdict: Verdict) -> bool:
    """True for one source to whom two articles ascribe different figures."""
    first, second = verdict.first, verdict.second
    one_source = first.source is not None and first.source == second.source
    levels = first.kind not in ("rank", "difference") and first.status == second.status
    return one_source and levels and first.claim.article != second.claim.article


def _unsure_template(verdict: Verdict) -> str:
    """The template where the slots alone do not say that both figures are of one thing."""
    if verdict.relation == "contradiction":
        return "apparent_conflict"
    if verdict.relation not in ("repetition", "agreement"):
        return verdict.relation
    one_body = verdict.first.source is not None and verdict.first.source == verdict.second.source
    return "repetition_unsure" if one_body else "printed_again"


def crossing(found: Bridge, lattice: Lattice) -> str:
    """The known parts of a difference, in words."""
    parts = "; ".join(_plank(view, view.period, lattice.known) for view in found.parts if view.period)
    unit = found.parts[0].claim.unit
    rest = explain.about(explain.native(found.rest, found.parts[0]), unit)
    words = explain.wording()["clause"]
    template: str = words["bridge_whole" if found.rest.low <= 0 <= found.rest.high else "bridge"]
    return template.format(parts=parts, rest=rest)


def _plank(part: View, period: Days, known: Taxonomy) -> str:
    """A known part in words: "600,000 trucks in 2023", "3.2 tonnes of cocaine in May 2024"."""
    counted = explain.counts(part.claim.unit)
    form = "bridge_bare" if part.product is None else "bridge_counted" if counted else "bridge_part"
    template: str = explain.wording()["clause"][form]
    return template.format(figure=explain.figure(part), product=explain.product(part, known), when=explain.when(period))


def rest_of(verdict: Verdict, lattice: Lattice) -> tuple[tuple[Implied, ...], str]:
    """What the rest of the period would be for part and whole to hold, set against the part's monthly average."""
    part = verdict.first
    if verdict.relation != "nested" or verdict.scopes.strict() != ["period"] or part.period is None:
        return (), ""
    left = remainder(part, verdict.second)
    trifle = part.value < _TRIFLE * verdict.second.value
    if left is None or trifle or (left[0].low == 0 and math.isinf(left[0].high)):
        return (), ""
    interval, days = explain.native(left[0], part), Days(*left[1])
    clauses, unit = explain.wording()["clause"], part.claim.unit
    average = monthly(part)
    which = "average" if part.period.end <= days.start else "average_after"
    against = clauses[which].format(average=explain.about(explain.native(average, part), unit)) if average else ""
    subject = explain.subject(part._replace(period=days), lattice.known)
    text = clauses["remainder"].format(
        rest=explain.period(days), implied=explain.about(interval, unit), average=against
    )
    return (Implied(what=subject, low=finite(interval.low), high=finite(interval.high), unit=unit),), text


def monthly(part: View) -> Interval | None:
    """The part's average a month, where it spans at least two."""
    if part.period is None or part.period.length < 59:
        return None
    return part.figure.times(1 / max(1, round(part.period.length / _MONTH)))


def not_checked(verdict: Verdict) -> tuple[str, ...]:
    """Checks that lacked what they need, and what that is; else whether both are of one thing."""
    missing = [_UNSURE.format(chance=round(100 * verdict.chance))] if verdict.chance < 1 else []
    if verdict.relation not in FLAGS:
        return tuple(missing)
    sources = (verdict.first.source, verdict.second.source)
    if None in sources:
        missing.append("source_definition: not every figure names its source")
    elif verdict.scopes.source_definition is Match.UNKNOWN:
        missing.append("source_definition: what the sources' figures cover is not on file for both")
    if verdict.first.published is None or verdict.second.published is None:
        missing.append("vintage: not every article is dated")
    if verdict.first.period is None or verdict.second.period is None:
        missing.append("period: not every figure says when")
    return tuple(missing)
