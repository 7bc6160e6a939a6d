"""The periods that a figure's own sentence offers it, each with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.mentions import PeriodMention
from extractor.periods.attachment import is_elsewhere, tie
from extractor.periods.choice import Offer
from extractor.periods.clauses import is_since
from extractor.periods.memory import Days
from extractor.periods.nearby import near
from extractor.periods.reader import Reader
from extractor.periods.tenses import PAST

_DISTANCES = ((4, "touching"), (12, "beside"), (35, "at hand"), (80, "near by"), (150, "far off"))
"""Characters between a figure and a period."""


def offers_of(reader: Reader, rank: int) -> tuple[Offer, ...]:
    """The periods that a sentence names, less those that date another figure."""
    picked = reader.picked(rank)
    chosen, place = picked or (None, "")
    found: dict[Days, Offer] = {}
    for mention in reader.times:
        if mention.first_day is None or (mention != chosen and not _is_free(reader, rank, mention)):
            continue
        period = reader.dated(rank, mention)
        if period[:2] not in found or mention == chosen:
            how = place if mention == chosen else "other"
            found[period[:2]] = Offer(period, frozenset(("said", f"said: {how}", *_signs(reader, rank, mention))))
    return tuple(found.values())


def _is_free(reader: Reader, rank: int, mention: PeriodMention) -> bool:
    """False for what dates another figure, for what lies ahead of a past verb, and for what a semicolon cuts off."""
    if mention in reader.taken or reader.is_labelled(mention) or _is_cut_off(reader, rank, mention):
        return False
    return reader.tense(rank) != PAST or (mention.first_day or "") <= reader.today


def _is_cut_off(reader: Reader, rank: int, mention: PeriodMention) -> bool:
    """True beyond a semicolon, where the figure's own side has a period: "sank in 1998; last year *40* came"."""
    text, origin = reader.clause.text, reader.clause.start
    at = reader.figures[rank].start - origin
    start, stop = origin + text.rfind(";", 0, at), text.find(";", at)
    end = origin + (len(text) if stop < 0 else stop)
    inside = [other for other in reader.times if start < other.start < end and other.first_day is not None]
    return bool(inside) and mention not in inside


def _signs(reader: Reader, rank: int, mention: PeriodMention) -> Iterator[str]:
    """How far a period is from a figure, what lies between, and how the parse ties them: by the side it stands on."""
    figure = reader.figures[rank]
    behind = mention.start >= figure.end
    start, end = (figure.end, mention.start) if behind else (mention.end, figure.start)
    between = reader.between(start, end)
    figures = sum(start <= reader.figures[other].start < end for other in reader.clause.figures)
    asked = (
        (next((name for limit, name in _DISTANCES if end - start < limit), "remote"), True),
        (hangs := tie(reader.trees, mention, figure), bool(hangs)),
        ("figure between", figures == 1),
        ("figures between", figures > 1),
        ("period between", any(start <= other.start < end for other in reader.times)),
        ("comma", "," in between),
        ("semicolon", ";" in between),
        ("quotation mark", any(mark in between for mark in '"“”')),
        ("new clause", near("new_clause").search(between) is not None),
        (_lead(reader, mention), True),
        ("elsewhere", is_elsewhere(reader.trees, mention, figure)),
        ("since", is_since(mention)),
        ("compares", reader.compares(rank)),
        ("coming", (mention.first_day or "") > reader.today),
        ("one of several", len(reader.times) > 1),
    )
    side = "behind" if behind else "ahead"
    return (f"{side}: {name}" for name, holds in asked if holds)


def _lead(reader: Reader, mention: PeriodMention) -> str:
    """The small word before a period: "in", "by", "since"."""
    before = reader.between(reader.clause.start, mention.start)[-15:]
    if not before.strip():
        return "opens"
    found = near("lead").search(before)
    return f"lead {found[1].lower()}" if found else "no lead"
