"""The words of a finding: who gave which figure of what, and when. Numbers and periods are worded by the extractor.

The templates are in wording.toml; `telling.py` puts them together into sentences.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import Any, NamedTuple

from extractor.model import Period
from extractor.taxonomy import Taxonomy
from extractor.wording import figure_words, number_words, period_words, plural, range_words, unit_symbol
from reconcile.intervals import Interval
from reconcile.normalise import WORLD, Days, View, in_headline, unit_family
from reconcile.rules import rules

__all__ = ["plural"]

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_RELATIVE = ("percent", "percentage_point", "times")
_POSSESSIVE = ("'s", "'")
_SCALED = re.compile(r"[\d,.]+ (?:million|billion|trillion)\b")
_MOST_DECIMALS = 3
_NARROW = 0.005
_REMEMBERED = 1 << 12
"""Words of a kind that are kept put together."""
_VERB = re.compile(r"[a-z]+(?:ed|en|ing)")
_TAIL = re.compile(r" (?:of|for|in|at|on|with|from|to|who|which|that) ")
"""Where the words after a name's head begin."""
_NUMBER = re.compile(r"\d[\d,.]*")


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    """The tables of wording.toml."""
    return tomllib.loads((files("reconcile") / "wording.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _words(table: str, entry: str) -> frozenset[str]:
    return frozenset(wording()[table][entry].split())


# Figures -------------------------------------------------------------------------------------------------------------


def amount(value: float, unit: str, *, digits: int | None = None) -> str:
    """A figure with its unit: "$102 billion", "53.2%"; what counts things one by one has none: the product says it."""
    counted = unit_family(unit) == ("count", 1.0)
    return figure_words(value, "count" if counted else unit, digits=digits)


def native(interval: Interval, like: View) -> Interval:
    """An interval in the unit that a claim's own words use."""
    if not like.value or like.kind not in ("level", "difference"):
        return interval
    return interval.times(like.claim.value / like.value)


def about(interval: Interval, unit: str) -> str:
    """An interval in words: "about 150,000", "at least 2 million", "at most 4 million"."""
    low, high = interval
    if math.isinf(high):
        return "any figure" if math.isinf(low) else f"at least {amount(low, unit, digits=3)}"
    if math.isinf(low) or low <= 0 < high:
        return f"at most {amount(high, unit, digits=3)}"
    if low == high:
        return amount(low, unit, digits=4)
    if interval.half_width > 0.25 * abs(interval.middle):
        return f"between {_range(interval, unit).replace(' to ', ' and ')}"
    text = f"about {amount(interval.middle, unit, digits=3)}"
    return text if interval.half_width <= 0.02 * abs(interval.middle) else f"{text} ({_range(interval, unit)})"


def _range(interval: Interval, unit: str) -> str:
    counted = unit_family(unit) == ("count", 1.0)
    return range_words(interval.low, interval.high, "count" if counted else unit, digits=3)


def figure(view: View) -> str:
    """The claim's figure as its source hedged it: "up to 400,000", "between 4 and 6%", "first"."""
    if view.kind == "rank":
        place = round(view.value)
        return _ORDINALS[place - 1] if 1 <= place <= len(_ORDINALS) else f"number {place}"
    claim, unit = view.claim, _unit(view)
    if claim.low is not None and claim.high is not None and len(_NUMBER.findall(claim.quote)) > 1:
        return f"between {range_words(claim.low, claim.high, unit).replace(' to ', ' and ')}"
    value = view.value if unit in _RELATIVE else claim.value
    if view.kind == "difference":
        value = abs(value)
    words = figure_words(value, unit)
    printed = _SCALED.search(claim.quote) if len(words.split(" ")[0].rpartition(".")[2]) > _MOST_DECIMALS else None
    if printed and "." in words and not any(unit_symbol(unit)):
        words = " ".join([printed[0], *words.split(" ")[2:]])  # 1,019.08 million reads better than 1.01908 billion
    return str(wording()["modifier"][claim.modifier]).format(figure=words)


def _unit(view: View) -> str:
    if view.kind == "growth" and view.claim.kind == "multiple":
        return "percent"  # "doubled" is growth of 100%
    return view.unit if view.unit == "count" or view.unit in _RELATIVE else view.claim.unit


def change(view: View) -> str:
    """A growth rate or a change in words: "growth of 53.2%", "a fall of 2.6%", "no change"."""
    words = wording()["change"]
    if view.value == 0:
        return str(words["none"])
    rise = "rise" if view.kind == "growth" else "gain"
    return str(words[rise if view.value > 0 else "fall"]).format(rate=_size(view))


def _size(view: View) -> str:
    return figure(view._replace(value=abs(view.value)))


def apart(a: View, b: View, gap: float, *, clause: str = "apart") -> str:
    """How far two figures are from each other, as the end of a sentence: "the difference of 6%".

    `clause` is a table of wording.toml: `apart`, or `yet` for "they are 6% apart".
    """
    words = wording()[clause]
    if a.unit in ("percent", "percentage_point"):
        points = figure_words(abs(a.value - b.value), "percentage_point", digits=3)
        return str(words["points"]).format(size=points)
    small, large = sorted((abs(a.value), abs(b.value)))
    if small and large >= 2 * small:
        return str(words["times"]).format(size=f"{number_words(large / small, digits=2)} times")
    if gap < _NARROW and large:  # the margins of rounding nearly meet: say how far the printed figures are apart
        gap = 1 - small / large
    return str(words["part"]).format(size=figure_words(100 * gap, "percent", digits=2))


# Voices --------------------------------------------------------------------------------------------------------------


def who(view: View, known: Taxonomy) -> str:
    """Who gave the figure; an article that speaks in its own voice is "one article"."""
    source = view.claim.source
    if source is None:
        return str(wording()["voice"]["headline" if in_headline(view) else "one"])
    return _voice(view.source, source.id, source.text, source.kind, known)


@lru_cache(maxsize=_REMEMBERED)
def _voice(source: str | None, identity: str, text: str, kind: str, known: Taxonomy) -> str:
    body = known.organisations.get(source or "")
    if body is not None:
        return _with_article(body.names[0])
    name = text if text and text.lower() not in _words("article", "pronouns") else identity.replace("_", " ")
    name = name.lower() if name.lower() in _words("article", "people") else name
    if name[:4] in ("the ", "The "):
        return f"the {name[4:]}"
    if " " in name and name[1:] == name[1:].lower() and name.endswith("s"):
        name = name.lower()  # "Technology companies" stood at the beginning of a sentence
    return name if kind == "person" and name != name.lower() else _with_article(name)


def other(view: View, before: View, known: Taxonomy, *, also: bool = False) -> str:
    """Who gave the second of two figures, after the first was named."""
    voice = wording()["voice"]
    if view.claim.source is not None:
        same = view.source == before.source and before.source is not None
        return str(voice["also" if also else "again"]) if same else who(view, known)
    if view.claim.article != before.claim.article:
        return str(voice["headline" if in_headline(view) else "one" if before.claim.source else "another"])
    return str(voice["own_headline" if in_headline(view) else "itself"])


def _with_article(name: str) -> str:
    bare = name.removeprefix("the ").removeprefix("The ")
    words = bare.split(" ")
    if words[0].endswith(("'s", "’s")):
        return bare
    one = not _head(bare).endswith("s") and _head(bare) not in _words("article", "people")
    common = bare == bare.lower() and words[0] not in _words("article", "determiners") and one
    return f"the {bare}" if common or _takes_article(bare) else bare


def _head(name: str) -> str:
    """The word that a name's other words belong to: "court" of "court of auditors"."""
    return _TAIL.split(name)[0].rpartition(" ")[2]


@lru_cache(maxsize=_REMEMBERED)
def _several(name: str) -> bool:
    """True for a source that is several people: "analysts", "two officials"."""
    last = _head(name)
    common = name == name.lower() and last.endswith("s") and not name.startswith(("the ", "customs"))
    return common or last in _words("article", "people")


# What a figure is of -------------------------------------------------------------------------------------------------


def said(view: View, known: Taxonomy, *, again: bool = False) -> str:
    """What a source does with its figure: "puts China's exports of cars in 2023 at 4.91 million"."""
    several = view.claim.source is not None and _several(who(view, known))
    template = _saying("again" if again else "say", _form(view), view.status, several)
    if again:
        return fill(template, {"figure": lambda: figure(view), "change": lambda: change(view)})
    named = _named(view, known)
    parts, subjects = named.parts, wording()["subject"]
    return fill(
        template,
        {
            "subject": lambda: named.subject,
            "figure": lambda: figure(view),
            "change": lambda: change(view),
            "moving": lambda: str(subjects["moving"]).format(**parts),
            "field": lambda: str(subjects["field"]).format(**parts),
            "moved": lambda: _move(view, to_come=False),
            "move": lambda: _move(view, to_come=True),
            "when": lambda: parts["when"],
            "base": lambda: f" from {period(view.base)}" if view.base else "",
            "area": lambda: parts["party"] or "it",
        },
    )


@lru_cache(maxsize=256)
def _saying(table: str, form: str, status: str, several: bool) -> str:
    """The template for what a source, or several, does with a figure."""
    words = wording()
    template = str(words[table][form][status])
    return " ".join(words["many"].get(word, word) for word in template.split(" ")) if several else template


def _move(view: View, *, to_come: bool) -> str:
    """ "rose 57.9%", "fell by about 2%", "did not change"; of what is to come "rise 57.9%"."""
    words = wording()["change"]
    way = "still" if view.value == 0 else "rose" if view.value > 0 else "fell"
    exact_rate = view.kind == "growth" and view.claim.modifier == "exact"
    rate = _size(view) if exact_rate else str(words["by"]).format(rate=_size(view))
    return str(words[_TO_COME[way] if to_come else way]).format(rate=rate)


_TO_COME = {"still": "still_to_come", "rose": "rise_to_come", "fell": "fall_to_come"}


def fill(template: str, makers: Mapping[str, Callable[[], str]]) -> str:
    """A template with only those words made that it asks for."""
    return template.format(**{name: makers[name]() for name in _names(template)})


@lru_cache(maxsize=256)
def _names(template: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(template) if name))


@lru_cache(maxsize=256)
def asks_of_one(template: str) -> bool:
    """True for a template with the words of the first figure alone."""
    return all(name.endswith("_a") for name in _names(template))


def _form(view: View) -> str:
    if view.kind == "growth" or (view.kind == "difference" and view.base is not None):
        return "change"
    return "rank" if view.kind == "rank" else "level"


def subject(view: View, known: Taxonomy) -> str:
    """What the figure is of: "China's exports of cars to Russia in 2023"."""
    return _named(view, known).subject


def area(view: View, known: Taxonomy) -> str:
    """Whose figure it is, in words."""
    return _parts(view, known)["party"]


def field(view: View, known: Taxonomy) -> str:
    """What is measured, without whose it is: "exports of cars in 2023"."""
    return str(wording()["subject"]["field"]).format(**_parts(view, known))


class _Named(NamedTuple):
    """What a figure is of, in words."""

    parts: Mapping[str, str]
    subject: str


def _parts(view: View, known: Taxonomy) -> Mapping[str, str]:
    """The words of a claim's slots."""
    return _named(view, known).parts


def _named(view: View, known: Taxonomy) -> _Named:
    claim = view.claim
    return _put_into_words(
        view.kind,
        _spelled(claim.area.id, claim.area.text) if claim.area else None,
        view.area,
        view.counterpart,
        view.flipped,
        _indicator_of(view.indicator, claim.indicator.text if claim.indicator else "", known),
        view.indicator,
        view.product,
        view.period,
        view.base,
        known,
    )


@lru_cache(maxsize=_REMEMBERED)
def _put_into_words(
    kind: str,
    own: str | None,
    area: str | None,
    counterpart: str,
    flipped: bool,
    what: str,
    indicator: str | None,
    product: str | None,
    now: Days | None,
    base: Days | None,
    known: Taxonomy,
) -> _Named:
    party = place(own, counterpart if flipped else area, known)
    end = area if flipped else counterpart
    named_end = end not in (None, WORLD)
    counted = _product_of(product, known)
    if f" {counted.lower()}".endswith(f" {what.lower()}"):
        what = counted  # "job vacancies" says more than "vacancies"
    silent = product is None or product in _words("product", "plain") or counted == what or _calls(product, what, known)
    verb = kind == "level" and not silent and indicator not in known.indicators and _is_verb(indicator, what)
    parts = {
        "party": party,
        "other": place(None, end, known),
        "whose": f"{party}{_POSSESSIVE[party.endswith('s')]} " if party else "",
        "indicator": "number" if verb else what,
        "product": counted,
        "what": f" of {counted} ({what})" if verb else "" if silent else f" of {counted}",
        "where": f" {_direction(kind, indicator, flipped, known)} {place(None, end, known)}" if named_end else "",
        "when": f" {when(now)}" if now else "",
        "base": f" against {period(base)}" if base else "",
    }
    return _Named(
        parts, str(wording()["subject"][_subject_form(kind, indicator, product, base, parts)]).format(**parts)
    )


def _subject_form(
    kind: str, indicator: str | None, product: str | None, base: Days | None, parts: Mapping[str, str]
) -> str:
    if kind == "difference" and base is None:
        return "gap" if parts["party"] and parts["where"] else "open_difference"
    return "share_of" if kind == "share" and product is not None and not _is_share(indicator) else kind


@lru_cache(maxsize=4096)
def _direction(kind: str, indicator: str | None, flipped: bool, known: Taxonomy) -> str:
    """The word before the other end: exports to, imports from, sales in."""
    if flipped:
        return "from"
    node = known.indicators.get(indicator or "")
    kin = [known.indicators[each] for each in node.kin] if node else []
    outward = node is not None and (node.mirror or (node.id not in rules()["at_home"] and any(k.mirror for k in kin)))
    return "to" if outward and kind != "share" else "in"


def _is_share(indicator: str | None) -> bool:
    return (indicator or "").replace("_", " ").endswith(("share", "rate", "rating"))


def indicator(view: View, known: Taxonomy) -> str:
    """What is measured, in words."""
    return _indicator_of(view.indicator, view.claim.indicator.text if view.claim.indicator else "", known)


def _is_verb(identity: str | None, text: str) -> bool:
    """True for what was done to the things counted, and no measure of them: 9,000 nurses *joined*."""
    return identity is not None and identity != text.lower() and _VERB.fullmatch(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def _indicator_of(identity: str | None, text: str, known: Taxonomy) -> str:
    if identity is None:
        return "the figure"
    if identity in known.indicators:
        return _indicator_name(identity)
    return text.removeprefix("the ") or identity


def _indicator_name(identity: str) -> str:
    return str(wording()["indicator"].get(identity, identity.replace("_", " ")))


def product(view: View, known: Taxonomy) -> str:
    """What is counted, in words; in the plural unless it has none."""
    return _product_of(view.product, known)


@lru_cache(maxsize=_REMEMBERED)
def _calls(product: str, what: str, known: Taxonomy) -> bool:
    """True where what is measured is only another word for who is counted: "demonstrators" of protesters."""
    node = known.products.get(product)
    return node is not None and any(what.lower() in (name.lower(), f"{name.lower()}s") for name in node.names)


def _product_of(identity: str | None, known: Taxonomy) -> str:
    if identity is None:
        return "everything"
    node = known.products.get(identity)
    name = node.names[0] if node else identity
    return name if name.split(" ")[-1].lower() in _words("product", "mass") else plural(name)


@lru_cache(maxsize=_REMEMBERED)
def _spelled(identity: str, text: str) -> str:
    """The id of an area that no pack knows as people write it: "gomti bank", said as "Gomti", is Gomti Bank."""
    name = identity.replace("_", " ")
    if name.lower() == text.lower():
        return text
    if name != name.lower() or text == text.lower():
        return identity
    return " ".join(
        word if word in _words("article", "small") else word[:1].upper() + word[1:] for word in name.split(" ")
    )


@lru_cache(maxsize=_REMEMBERED)
def place(own: str | None, identity: str | None, known: Taxonomy) -> str:
    """An area or company in words, by the name that the packs or else the claim itself gives it."""
    if identity is None:
        return ""
    if identity == WORLD:
        return "the world"
    node = known.areas.get(identity) or known.organisations.get(identity)
    if node is None:
        return identity if identity != identity.lower() or own is None else own
    return f"the {node.names[0]}" if _takes_article(node.names[0]) and identity in known.areas else node.names[0]


@lru_cache(maxsize=4096)
def _takes_article(name: str) -> bool:
    words = name.lower().split()
    return len(words) > 1 and not _words("article", "heads").isdisjoint(words)


# Periods and sentences -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def period(days: Days | None) -> str:
    """A period as people say it: "2023", "June 2023", "the first 11 months of 2023"."""
    if days is None:
        return "an unnamed period"
    start, end = dt.date.fromordinal(days.start), dt.date.fromordinal(days.end)
    return period_words(Period(start=start, end=end), long=True)


@lru_cache(maxsize=4096)
def when(days: Days) -> str:
    """A period with its preposition: "in June 2023", "on 23 March 2023", "from 3 to …"."""
    words = period(days)
    if days.length == 1:
        return f"on {words}"
    return f"from {words}" if " to " in words else f"in {words}"


def sentence(template: str, **words: str | Callable[[], str]) -> str:
    """A template filled in, with a capital at its start; words that take some making may be given as functions."""
    asked = [(name, words[name]) for name in _names(template)]
    text = template.format(**{name: word if isinstance(word, str) else word() for name, word in asked})
    return text[:1].upper() + text[1:]


def joined(clauses: list[str]) -> str:
    """Clauses as one: "a, because b, and because c"."""
    if len(clauses) < 2:
        return "".join(clauses)
    return ", because ".join(clauses[:-1]) + ", and because " + clauses[-1]
