"""Which period a figure takes: of all that its sentence and the article offer, the one for which most speaks.

Each candidate (what its sentence names, what the paragraph last spoke of, what most of the article is of, what the
figure before has …; none at all is one, too) has signs, each sign a weight in lending.toml, written by
scripts/fit-lending. The largest sum wins.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from extractor.periods.bases import Interval
from extractor.periods.memory import Dated, Days, Memory, next_day
from extractor.periods.tenses import PAST, UNKNOWN
from extractor.periods.words import lending_weights
from extractor.weighing import heaviest

_TIMELY = frozenset({"standing", "kept", "vintage"})
"""Traits that go with some places in time."""
_SHORT = frozenset({"day", "week", "days"})
_MOST = 0.5
"""Part of an article's figures that makes their period the article's."""
_LEAST = 3
"""Figures of a period that make it more than a passing one."""
_GAPS = ((1, "here"), (200, "beside"), (500, "at hand"), (1200, "near by"), (3000, "far off"))
"""Characters since a period was named."""
_AT_HAND = frozenset({"near", "leader", "latest"})
"""What "of these" and "that is" point to."""
_PARTS = ((0.1, "few"), (0.3, "some"), (0.6, "many"), (1.1, "most"))
_BACK = 12
"""Figures before this one that are asked for their periods."""
_NEAR = 4
"""Sentences back that are told apart."""
_YEAR = re.compile(r"\d{4}")
_TRAILING = re.compile(
    r"(?:the )?(?:past|last|previous) (?:[\w-]+ )?(?:days|weeks|months|years|decades?)\b|the past \w+", re.IGNORECASE
)
"""Stretches up to the day of writing: "the past year", "the last six months"."""
_SIZES = ((2, "day"), (8, "week"), (27, "days"), (32, "month"), (93, "quarter"), (360, "months"), (370, "year"))
_AGES = ((4, "just over"), (70, "fresh"), (200, "recent"), (500, "old"))


class Offer(NamedTuple):
    """A period that the figure's own sentence names, with what speaks for and against it (see offers.py)."""

    period: Interval
    signs: frozenset[str]


class Seeker(NamedTuple):
    """A figure whose period is open, and what its sentence tells of it."""

    kind: str
    unit: str
    form: str
    """`number`, `percent`, `money` …; `rate` for what is told by the tonne or the head."""
    tense: str
    paragraph: int
    traits: tuple[str, ...]
    """`standing`, `takes up`, `vintage` …: see traits.py."""
    offers: tuple[Offer, ...]
    may_borrow: bool
    """Whether it can take a period of another sentence."""
    leader: Interval | None
    """The period of the figure before in the same sentence."""
    sized: Interval | None
    """A period as long as the month or quarter that the sentence compares with."""
    start: int
    """The offset of its sentence."""
    clocked: bool
    """Whether its sentence tells an hour or a part of the day: "by 10 a.m.", "in early trading"."""


class PeriodCandidate(NamedTuple):
    """A period that a figure can take, or None, with what speaks for and against it."""

    period: Interval | None
    signs: frozenset[str]


def chosen(candidates: list[PeriodCandidate], weights: Mapping[str, float] | None = None) -> Interval | None:
    """The period for which most speaks; of equals the first."""
    weights = lending_weights() if weights is None else weights
    return heaviest(candidates, weights).period


def candidates(seeker: Seeker, memory: Memory) -> list[PeriodCandidate]:
    """All that a figure can take: no period first, then what is near, then what is further away."""
    said: dict[Days, frozenset[str]] = {}
    roles: dict[Days, list[str]] = {}
    words: dict[Days, Interval] = {}
    for offer in seeker.offers:
        days = offer.period[:2]
        said[days], roles[days], words[days] = offer.signs, [], offer.period
    for role, period in _offers(seeker, memory) if seeker.may_borrow else ():
        if period is not None and period[0] is not None and _may_be(role, period, seeker, memory):
            roles.setdefault(period[:2], []).append(role)
            words.setdefault(period[:2], period)
    near = any("near" in named for named in roles.values())
    found = [PeriodCandidate(None, frozenset(_against_all(seeker, memory, near=near, any_left=bool(roles))))]
    for days, named in roles.items():
        signs = {
            *(said.get(days, ()) if days in said or not said else ("another is said",)),
            *_by_role(seeker, named),
            *_by_sort(named, memory, said=days in said),
            *_by_length(seeker, days, named),
            *_by_spread(seeker, days, memory, near=near),
        }
        found.append(PeriodCandidate(words[days], frozenset(signs)))
    return found


def _may_be(role: str, period: Interval, seeker: Seeker, memory: Memory) -> bool:
    """False for what lies ahead of a past verb, and for what is far from words that point back."""
    if seeker.tense == PAST and "vintage" not in seeker.traits and (period[0] or "") > memory.today:
        return False
    return "said of it" not in seeker.traits or role in _AT_HAND


def _tells_of_event(seeker: Seeker, memory: Memory) -> bool:
    """True for what is past in an article about one day: "unions marched on Thursday; police counted 80,000"."""
    main = memory.main()
    if main is None or main[:2] not in memory.events or seeker.tense not in (PAST, UNKNOWN):
        return False
    return _place(main[:2], memory.today) not in ("old", "long over")


def _offers(seeker: Seeker, memory: Memory) -> Iterator[tuple[str, Interval | None]]:
    yield "near", memory.near(seeker.paragraph)
    yield "leader", seeker.leader
    yield "sized", seeker.sized
    yield "coming", memory.coming(seeker.paragraph)
    yield "main", memory.main()
    yield "before", memory.before(seeker.paragraph)
    own = memory.paragraphs.get(seeker.paragraph, [])
    for period in (*own[:1], *own[-3:-1]):
        yield "paragraph", period
    yield "spoken", memory.spoken.get(seeker.paragraph)
    for role, dated in (("latest", memory.dated[-1:]), ("lead", memory.dated[:1])):
        for each in dated:
            yield role, (*each.days, memory.words.get(each.days, ""))
    yield "whole", memory.whole
    if seeker.clocked and memory.today != "9999":
        yield "clock", (memory.today, next_day(memory.today), "")


def _against_all(seeker: Seeker, memory: Memory, *, near: bool, any_left: bool) -> Iterator[str]:
    """What speaks for no period at all."""
    yield "none"
    told = (seeker.tense or "no verb", seeker.kind, *seeker.traits)
    yield from (f"none: {each}" for each in told)
    yield f"none: {seeker.form}"
    if seeker.offers:
        yield "none, though one is said"
        yield from (f"none, though one is said: {each}" for each in told)
    elif not near:
        yield "none: nothing near" if any_left else "none: nothing left"
    if seeker.leader is not None:
        yield "none: after another"
    if memory.today == "9999":
        yield "none: undated"
    yield from (f"none: {each}" for each in memory.sort)
    if not near and _tells_of_event(seeker, memory):
        yield "none: event"
    main = memory.main()
    if main is None:
        yield "none: no main"
    elif memory.share(main[:2]) > _MOST:
        yield "none: one main"
    yield from _none_before(seeker, memory)


_FIRST, _LATE = 4, 16
"""Figures at the top of an article, and from which on one stands low down."""


def _none_before(seeker: Seeker, memory: Memory) -> Iterator[str]:
    """Whether the figures before have a period, and how many are before."""
    seen = memory.seen
    yield "none: top" if len(seen) < _FIRST else "none: amid" if len(seen) < _LATE else "none: low down"
    if not seen:
        return
    named = zip(("last", "last but one"), reversed(seen[-2:]), strict=False)
    alike = _alike(seeker, seen[-_BACK:])[-1:]
    for name, figure in (*named, *(("last alike", each) for each in alike)):
        yield f"none: {name} has {'none' if figure.days[0] is None else 'one'}"
    part = memory.undated / len(seen)
    yield f"none: {next(name for limit, name in _PARTS if part < limit)} have none"


def _by_role(seeker: Seeker, roles: list[str]) -> Iterator[str]:
    """How the figure comes by the period."""
    for role in roles:
        yield role
    if "near" in roles or "latest" in roles:
        role = "near" if "near" in roles else "latest"
        yield from (f"{role}: {trait}" for trait in seeker.traits)


def _by_sort(roles: list[str], memory: Memory, *, said: bool) -> Iterator[str]:
    """How much the way by which a figure comes by the period is worth in an article of this sort."""
    ways = [role for role in ("near", "main") if role in roles]
    for way in (*ways, "said") if said else ways:
        yield from (f"{way}: {each}" for each in memory.sort)


def _by_length(seeker: Seeker, days: Days, roles: list[str]) -> Iterator[str]:
    """Whether a period of this length suits what is counted."""
    size = _size(days)
    yield size
    yield f"{size}: {seeker.kind}"
    if "near" in roles:
        yield f"{size}: near"
    if "main" in roles:
        yield f"{size}: main"
    if "standing" in seeker.traits:
        yield f"{size}: standing"


def _by_spread(seeker: Seeker, days: Days, memory: Memory, *, near: bool) -> Iterator[str]:
    """Where the period lies for the writer and the verb, and how much of the article is of it."""
    place = _place(days, memory.today)
    yield place
    yield f"{place}: {seeker.tense or 'no verb'}"
    for trait in _TIMELY & {*seeker.traits}:
        yield f"{place}: {trait}"
    if memory.share(days) > _MOST:
        yield "most figures" if near else "most figures, nothing near"
    elif memory.share(days) > 0.25:
        yield "many figures"
    if memory.counts.get(days, 0) >= _LEAST:
        yield "three figures"
    if _YEAR.search(memory.words.get(days, "")):
        yield "by year"
    yield _far(seeker, days, memory)
    if days in memory.captions:
        yield "caption"
    if _TRAILING.match(memory.words.get(days, "")):
        yield "trailing"
    if days in memory.events:
        yield "event"
    if days in memory.events or _size(days) in _SHORT:
        main = memory.main()
        if main is not None and main[:2] == days:
            yield "short, and main"
    yield from _by_neighbours(seeker, days, memory)


def _far(seeker: Seeker, days: Days, memory: Memory) -> str:
    """How far back the period was last named, however many figures stand between."""
    place = memory.named.get(days)
    if place is None:
        return "named: not yet"
    return f"named: {next((name for most, name in _GAPS if seeker.start - place < most), 'long ago')}"


def _by_neighbours(seeker: Seeker, days: Days, memory: Memory) -> Iterator[str]:
    """Which of the figures before have the period: those in the paragraph, those of the same sort."""
    last = memory.dated[-_BACK:]
    alike = _alike(seeker, last)
    if alike and alike[-1].days == days:
        yield "of the last alike"
    if any(each.days == days for each in alike):
        yield "of one alike"
    if any(each.days == days and each.paragraph == seeker.paragraph for each in last):
        yield "in the paragraph"
    if last and last[-1].days == days and memory.sentence - last[-1].sentence <= 1:
        yield "in the sentence before"
    back = next((memory.sentence - each.sentence for each in reversed(last) if each.days == days), _BACK)
    yield f"back {back if back < _NEAR else 'some' if back < 2 * _NEAR else 'many'}"
    distance = next((number for number, each in enumerate(reversed(last)) if each.days == days), _BACK)
    yield "close" if distance < 2 else "not far" if distance < 6 else "far"


def _alike(seeker: Seeker, figures: list[Dated]) -> list[Dated]:
    """Those of the same kind and unit."""
    return [each for each in figures if (each.kind, each.unit) == (seeker.kind, seeker.unit)]


@lru_cache(maxsize=1024)
def _size(days: Days) -> str:
    if days[0] is None or days[1] is None:
        return "open"
    count = (dt.date.fromisoformat(days[1]) - dt.date.fromisoformat(days[0])).days
    return next((name for limit, name in _SIZES if count < limit), "years")


@lru_cache(maxsize=1024)
def _place(days: Days, today: str) -> str:
    """Where a period lies for whoever writes today."""
    if today == "9999" or days[0] is None or days[1] is None:
        return "undated"
    now, first, last = (dt.date.fromisoformat(day[:10]) for day in (today, *days) if day)
    if first > now:
        return "ahead"
    age = (now - last).days
    return "running" if age < -1 else next((name for limit, name in _AGES if age < limit), "long over")
