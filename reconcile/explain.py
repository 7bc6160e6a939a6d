"""Plain English for a finding: the figures, who gave them, and the hedge. The templates are in wording.toml."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from functools import lru_cache
from importlib.resources import files

from extractor.taxonomy import Taxonomy
from reconcile.intervals import Interval
from reconcile.normalise import WORLD, Days, View, unit_family
from reconcile.rules import rules

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_PRONOUNS = frozenset({"it", "he", "she", "they", "who", "we"})
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@lru_cache(maxsize=1)
def wording() -> dict[str, dict[str, str]]:
    """The tables of wording.toml."""
    return tomllib.loads((files("reconcile") / "wording.toml").read_text(encoding="utf-8"))


def number(value: float, digits: int = 4) -> str:
    """A figure as newspapers print it: "4.91 million", "840,000", "56"."""
    size = abs(value)
    if size >= 1e15:
        return f"{value:.3g}"
    for scale, word in _SCALES:
        if round(size, -int(math.log10(size)) + digits - 1 if size else 0) >= scale:
            return f"{_trim(value / scale, digits)} {word}"
    if size >= 1000:
        return f"{round(value):,}"
    return _trim(value, digits)


def amount(value: float, unit: str, digits: int = 4) -> str:
    """A figure with its unit: "$102 billion", "53.2%", "3 percentage points", "4.91 million"."""
    text = number(abs(value), digits)
    sign = "-" if value < 0 else ""
    if unit in ("percent", "percentage_point"):
        return f"{sign}{text}%" if unit == "percent" else f"{sign}{text} percentage points"
    if unit == "times":
        return f"{sign}{text} times"
    if unit in _SYMBOLS:
        return f"{sign}{_SYMBOLS[unit]}{text}"
    if unit_family(unit) == ("count", 1.0):
        return f"{sign}{text}"
    return f"{sign}{unit} {text}" if unit.isupper() else f"{sign}{text} {_units(unit, value)}"


def native(interval: Interval, like: View) -> Interval:
    """An interval in the unit that a claim's own words use."""
    return (
        interval.times(like.claim.value / like.value)
        if like.value and like.kind in ("level", "difference")
        else interval
    )


def about(interval: Interval, unit: str) -> str:
    """An interval in words: "about 150,000", "at least 2 million", "at most 4 million"."""
    low, high = interval
    if math.isinf(high):
        return "any figure" if math.isinf(low) else f"at least {amount(_round(low), unit, 3)}"
    if math.isinf(low):
        return f"at most {amount(_round(high), unit, 3)}"
    if low == high:
        return amount(low, unit)
    if low <= 0 <= high and high > 0:
        return f"at most {amount(_round(high), unit, 3)}"
    middle, spread = interval.middle, interval.half_width
    if abs(spread) > 0.25 * abs(middle):
        return f"between {amount(_round(low), unit, 3)} and {amount(_round(high), unit, 3)}"
    text = f"about {amount(_round(middle), unit, 3)}"
    if abs(spread) <= 0.02 * abs(middle):
        return text
    return f"{text} ({amount(_round(low), unit, 3)} to {amount(_round(high), unit, 3)})"


def figure(view: View) -> str:
    """The claim's figure as its source hedged it: "up to 400,000", "first"."""
    if view.kind == "rank":
        place = round(view.value)
        return _ORDINALS[place - 1] if 1 <= place <= len(_ORDINALS) else f"number {place}"
    unit = view.claim.unit if view.unit not in ("count", "percent", "percentage_point", "times") else view.unit
    value = view.value if unit == view.unit else view.claim.value
    if view.kind == "difference" and view.base is None:
        value = abs(value)
    return wording()["modifier"][view.claim.modifier] + amount(value, unit)


def change(rate: View) -> str:
    """A growth rate in words: "growth of 53.2%", "a fall of 2.6%"."""
    said = rate._replace(value=abs(rate.value))
    return wording()["change"]["rise" if rate.value >= 0 else "fall"].format(rate=figure(said))


def who(view: View, known: Taxonomy) -> str:
    """Who gave the figure."""
    source = view.claim.source
    if source is None:
        return f"the article {view.claim.article!r}"
    body = known.organisations.get(view.source or "")
    if body is not None:
        name = body.names[0]
    else:
        name = source.text if source.text and source.text.lower() not in _PRONOUNS else source.id.replace("_", " ")
    name = name.removeprefix("the ").removeprefix("The ")
    return f"the {name}" if source.kind != "person" and _takes_article(name) else name


def verb(view: View, known: Taxonomy) -> str:
    """What the source does with its figure: "puts", "forecasts"; of several people "put"."""
    single = wording()["verb"][view.status]
    name = who(view, known)
    many = name[:1].islower() and name.split(" ")[0].endswith("s") and not name.startswith("customs")
    return single.removesuffix("s") if many and view.claim.source else single


def subject(view: View, known: Taxonomy) -> str:
    """What the figure is of: "China's exports of cars to Russia in 2023"."""
    claim = view.claim
    area = _place(claim.area.id if claim.area else None, view.counterpart if view.flipped else view.area, known)
    other = view.area if view.flipped else view.counterpart
    node = known.indicators.get(view.indicator or "")
    kin = [known.indicators[each] for each in node.kin] if node else []
    outward = node is not None and (node.mirror or (node.id not in rules()["at_home"] and any(k.mirror for k in kin)))
    verb = "from" if view.flipped else "to" if outward else "in"
    gap = view.kind == "difference" and area and other not in (None, WORLD)
    words = {
        "party": area,
        "other": _place(None, other, known),
        "whose": f"{area}'s " if area else "",
        "indicator": indicator(view, known),
        "what": f" of {product(view, known)}" if view.product else "",
        "where": f" {verb} {_place(None, other, known)}" if other not in (None, WORLD) else "",
        "when": f" {when(view.period)}" if view.period else "",
        "base": f" against {period(view.base)}" if view.base else "",
    }
    return wording()["subject"]["gap" if gap else view.kind].format(**words)


def indicator(view: View, known: Taxonomy) -> str:
    """What is measured, in words."""
    return (view.indicator or "the figure").replace("_", " ")


def product(view: View, known: Taxonomy) -> str:
    """What is counted, in words."""
    if view.product is None:
        return "everything"
    node = known.products.get(view.product)
    name = node.names[0] if node else view.product
    return plural(name) if view.unit in ("count", "percent", "percentage_point", "times") else name


def plural(noun: str) -> str:
    """The plural of a noun phrase; a word that has one form only for many keeps it."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es" if not noun.endswith("s") or noun.endswith(("ss", "us")) else noun
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def period(days: Days | None) -> str:
    """A period as people say it: "2023", "June 2023", "the first 11 months of 2023"."""
    if days is None:
        return "an unnamed period"
    first, last = dt.date.fromordinal(days.start), dt.date.fromordinal(days.end - 1)
    if first == last:
        return _day(first)
    whole_months = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
    if not whole_months:
        return f"{_day(first)} to {_day(last)}"
    if first.year != last.year:
        if first.month == 1 and last.month == 12:
            return f"{first.year} to {last.year}"
        return f"{first:%B} {first.year} to {last:%B} {last.year}"
    return _months(first, last)


def when(days: Days) -> str:
    """A period with its preposition: "in June 2023", "on 23 March 2023", "from 3 to …"."""
    words = period(days)
    if days.length == 1:
        return f"on {words}"
    return f"from {words}" if " to " in words else f"in {words}"


def _months(first: dt.date, last: dt.date) -> str:
    year, count = first.year, last.month - first.month + 1
    if count == 12:
        return str(year)
    if count == 1:
        return f"{first:%B} {year}"
    if count == 6 and first.month in (1, 7):
        return f"the {'first' if first.month == 1 else 'second'} half of {year}"
    if count == 3 and first.month % 3 == 1:
        return f"the {_ORDINALS[first.month // 3]} quarter of {year}"
    return f"the first {count} months of {year}" if first.month == 1 else f"{first:%B} to {last:%B} {year}"


def sentence(template: str, **words: str) -> str:
    """A template filled in, with a capital at its start."""
    text = template.format(**words)
    return text[:1].upper() + text[1:]


def joined(clauses: list[str]) -> str:
    """Clauses as one: "a, because b, and because c"."""
    if len(clauses) < 2:
        return "".join(clauses)
    return ", because ".join(clauses[:-1]) + ", and because " + clauses[-1]


def _place(own: str | None, identity: str | None, known: Taxonomy) -> str:
    if identity is None:
        return ""
    node = known.areas.get(identity) or known.organisations.get(identity)
    if identity == WORLD:
        return "the world"
    if node is None:
        return identity if identity != identity.lower() or own is None else own
    return f"the {node.names[0]}" if _takes_article(node.names[0]) and identity in known.areas else node.names[0]


def _takes_article(name: str) -> bool:
    words = name.lower().split()
    return len(words) > 1 and not _article_heads().isdisjoint(words)


@lru_cache(maxsize=1)
def _article_heads() -> frozenset[str]:
    return frozenset(wording()["article"]["heads"].split())


def _units(unit: str, value: float) -> str:
    """A unit as it stands after a number: "tonnes", "barrels per day", "kg"."""
    first, *rest = unit.split(" ", 1)
    many = plural(first) if abs(value) != 1 and len(first) > 3 else first
    return " ".join([many, *rest])


def _trim(value: float, digits: int) -> str:
    text = f"{value:.{digits}g}"
    return f"{float(text):,.10f}".rstrip("0").rstrip(".") if "e" in text else text


def _round(value: float) -> float:
    return float(f"{value:.3g}")


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B} {date.year}"
