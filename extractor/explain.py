"""Why each slot of a claim holds what it holds: the words it was read from, and the rule that read them.

The components leave their reasons in what they hand on (a slot's rule and offset, a cue, a period's words); nothing
is computed here that the normal run pays for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.assemble import Parts, assemble, asserted_parts
from extractor.mentions import PeriodMention, Slot, periods
from extractor.model import Article, Claim
from extractor.pipeline import documents, with_date
from extractor.tokens import Doc

_DIGITS = 15
"""What a double holds exactly: 1,350,000 is shown in full and without noise at its end."""
_FORMS = {"number": "number expression", "measure": "number with a unit", "money": "sum of money"}


class Reason(NamedTuple):
    """One slot of a claim: what fills it, the words behind it, where they stand, and the rule."""

    slot: str
    value: str
    words: str
    start: int
    """Character offset of the words, -1 where there are none."""
    rule: str


def explain(article: Article | str) -> list[tuple[Claim, list[Reason]]]:
    """The claims of an article, in the order of the text, each with the reasons for its slots."""
    if isinstance(article, str):
        article = Article(id="text", text=article)
    dated = with_date(article)
    doc = documents([dated])[0]
    return [
        (claim, list(_reasons(doc, claim, parts)))
        for claim, parts in zip(assemble(doc, dated), asserted_parts(doc), strict=True)
    ]


def _reasons(doc: Doc, claim: Claim, parts: Parts) -> Iterator[Reason]:
    form = _FORMS.get(parts.quantity.form, parts.quantity.form)
    yield Reason("value", f"{claim.value:,.{_DIGITS}g}", claim.quote, claim.start, form)
    yield _kind(doc, claim, parts)
    scope = parts.scope
    for name, slot in (
        ("indicator", scope.indicator),
        ("product", scope.product),
        ("area", scope.area),
        ("counterpart", scope.counterpart),
    ):
        yield _slot(name, slot, borrowed=name in scope.borrowed)
    yield _period(doc, "period", parts.timing.period, claim, borrowed="period" in parts.timing.borrowed)
    base = parts.timing.base if claim.base_period is not None else None
    yield _period(doc, "base_period", base, claim, borrowed="base_period" in parts.timing.borrowed)
    yield _source(parts)
    yield Reason("status", claim.status, "", -1, "nothing marks it" if claim.status == "actual" else "words of status")


def _kind(doc: Doc, claim: Claim, parts: Parts) -> Reason:
    head = parts.measure.head
    if head < 0:
        return Reason("kind", claim.kind, "", -1, "form of the number and the words beside it")
    return Reason("kind", claim.kind, doc[head].text, doc[head].idx, "word that governs the figure")


def _slot(name: str, slot: Slot | None, *, borrowed: bool) -> Reason:
    if slot is None:
        return Reason(name, "-", "", -1, "nothing found")
    rule = slot.rule or "words of the article"
    return Reason(name, slot.id, slot.text, slot.start, f"{rule}; taken over" if borrowed else rule)


def _period(
    doc: Doc, name: str, period: tuple[str | None, str | None, str] | None, claim: Claim, *, borrowed: bool
) -> Reason:
    if period is None:
        return Reason(name, "-", "", -1, "nothing found")
    start = _position(periods(doc), period, claim.start)
    rule = "period expression" if start >= 0 else "words of the article"
    return Reason(name, f"{period[0]} to {period[1]}", period[2], start, f"{rule}; taken over" if borrowed else rule)


def _position(found: list[PeriodMention], period: tuple[str | None, str | None, str], near: int) -> int:
    """Where the expression stands that gave the period: the nearest with its days."""
    same = [mention for mention in found if (mention.first_day, mention.last_day) == period[:2]]
    return min((mention.start for mention in same), key=lambda start: (abs(start - near), start), default=-1)


def _source(parts: Parts) -> Reason:
    source = parts.attribution
    if not source.id:
        return Reason("source", "-", "", -1, "the article's own voice")
    rule = f"cue {source.cue!r}" if source.cue else "attribution"
    return Reason(
        "source", source.id, source.text, source.cue_start, f"{rule}; carried on" if source.borrowed else rule
    )


def explanation(article: Article) -> Iterator[str]:
    """The reasons as lines for people."""
    text = article.text
    for claim, reasons in explain(article):
        yield f"{article.id}:{claim.start}  {' '.join(text[claim.start : claim.end].split())!r}"
        for reason in reasons:
            if reason.rule == "nothing found":
                continue
            words = f" ← {' '.join(reason.words.split())!r}" if reason.words else ""
            place = f" at {reason.start}" if reason.start >= 0 else ""
            yield f"    {reason.slot:12} {reason.value}{words}{place}  ({reason.rule})"
