"""Who gave a figure, and what it is of, in words: sources, indicators, products, places, periods.

The words and templates are in wording.toml.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from extractor.loading import tables
from extractor.model import Period
from extractor.names.words import name_words
from extractor.plurals import plural, singular
from extractor.taxonomy import Taxonomy
from extractor.wording import period_words
from reconcile.claims.normalise import Days, View, in_headline
from reconcile.claims.rules import rules
from reconcile.claims.words import WORLD

_OWNER = ("'s", "’s")
_REMEMBERED = 1 << 12
"""Words of a kind that are kept put together."""
_AT_HAND = 16
"""Figures whose words are kept at hand: while a sentence is made, its figures are asked for theirs again and again."""
_STEM = 5
"""So many letters of a word tell what it is made from."""
_VERB = re.compile(r"[a-z]+(?:ed|en|ing)")


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    """The tables of wording.toml."""
    return tables(__package__, "wording.toml")


@lru_cache(maxsize=16)
def _words(table: str, entry: str) -> frozenset[str]:
    return frozenset(wording()[table][entry].split())


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
    alone = any(name.lower() in _words("article", table) for table in ("people", "titles", "openers", "papers"))
    name = name.lower() if alone else name
    if name[:4] in ("the ", "The "):
        return f"the {name[4:]}"
    if _opens_a_sentence(name, known):
        name = name[:1].lower() + name[1:]
    head = _head(name)
    named = head != head.lower() and head.lower() not in _words("article", "titles")
    return name if kind == "person" and named else _with_article(name)


def _opens_a_sentence(name: str, known: Taxonomy) -> bool:
    """True for several people whom only a sentence's beginning gives a capital: "Technology companies"."""
    first = name.partition(" ")[0]
    if first == name or first.endswith(_OWNER) or first.lower() in _place_words(known):
        return False
    led = first == _head(name) and first.lower() in _words("article", "people")  # "Analysts at Sunda Securities"
    return led or (name[1:] == name[1:].lower() and name.endswith("s"))


@lru_cache(maxsize=8)
def _place_words(known: Taxonomy) -> frozenset[str]:
    """Names and adjectives of places: "Belgian customs" keep their capital."""
    return frozenset(word.lower() for node in known.areas.values() for word in (*node.names, *node.adjectives))


def other(view: View, before: View, known: Taxonomy, *, also: bool = False) -> str:
    """Who gave the second of two figures, after the first was named."""
    voice = wording()["voice"]
    if view.claim.source is not None:
        if view.source is None or view.source != before.source:
            return _other_voice(who(view, known), who(before, known))
        again = "again_many" if several(view, known) else "again_person" if _is_person(view, known) else "again"
        return str(voice["also" if also else again])
    if view.claim.article != before.claim.article:
        return str(voice["headline" if in_headline(view) else "one" if before.claim.source else "another"])
    if in_headline(view):
        return str(voice["own_headline"])
    return str(voice["itself" if before.claim.source or in_headline(before) else "same"])


def _other_voice(name: str, before: str) -> str:
    """The second voice after the first: where both go by one name, as reports do, "other reports"."""
    return str(wording()["voice"]["others"]).format(name=name) if name == before and _are_several(name) else name


def _is_person(view: View, known: Taxonomy) -> bool:
    source = view.claim.source
    return source is not None and source.kind == "person" and view.source not in known.organisations


def _with_article(name: str) -> str:
    """A name with "the" where it takes one: the ministry, the United Nations, the British carrier; but Statsia."""
    bare = name.removeprefix("the ").removeprefix("The ")
    words = bare.split(" ")
    owner = _owner(words)
    if owner:
        common = owner.rpartition(" ")[2].islower() or not _owners().isdisjoint(owner.lower().split(" "))
        return f"the {bare}" if common else bare
    head = _head(bare)
    one = not head.endswith("s") and head not in _words("article", "people") | _words("article", "plurals")
    determined = words[0].lower() in _words("article", "determiners")
    common = head == head.lower() and head.isalpha() and one and not determined
    title = head.lower().partition("-")[0]  # "chancellor-designate"
    office = bare.lower() in _words("article", "heads") or title in _words("article", "titles")
    return f"the {bare}" if common or office or _takes_article(bare) else bare


def _owner(words: Sequence[str]) -> str:
    """Whose a name's first words say that it is: "Saudi Arabia" of "Saudi Arabia's energy minister"."""
    end = next((place for place, word in enumerate(words, start=1) if word.endswith(_OWNER)), 0)
    return " ".join(words[:end])[:-2]


def _owners() -> frozenset[str]:
    """Common nouns that stand in names before what is theirs: the People's Bank, the Commission's own committee."""
    return _words("article", "plurals") | _words("article", "heads")


def _head(name: str) -> str:
    """The word that a name's other words belong to: "court" of "court of auditors"."""
    words = name.split(" ")
    end = next((place for place, word in enumerate(words) if place and word in _words("article", "tails")), len(words))
    return words[end - 1]


def several(view: View, known: Taxonomy) -> bool:
    """True for a figure that several people gave: "analysts", "two officials"."""
    return view.claim.source is not None and _are_several(who(view, known))


@lru_cache(maxsize=_REMEMBERED)
def _are_several(name: str) -> bool:
    last = _head(name)
    common = name == name.lower() and last != "customs" and _is_plural(name)
    return common or last.lower() in _words("article", "people")


# What a figure is of -------------------------------------------------------------------------------------------------


def own(words: str, view: View, known: Taxonomy) -> str:
    """Words for what a figure is of, told behind its source: "its sales" where the source is whose sales they are."""
    parts = _parts(view, known)
    if view.claim.source is None or not parts["party"] or _bare(who(view, known)) != _bare(parts["party"]):
        return words
    voice = wording()["voice"]
    return words.replace(parts["whose"], str(voice["their_own" if several(view, known) else "its_own"]), 1)


@lru_cache(maxsize=_REMEMBERED)
def _bare(name: str) -> str:
    """A name as it is compared with another spelling: "the TimeWarner" and "Timewarner" are one."""
    return name.casefold().removeprefix("the ").replace(" ", "")


def _possessive(party: str) -> str:
    """China's, the United States', and Sainsbury's, which needs nothing more."""
    return party if party.endswith(_OWNER) else f"{party}'" if party.endswith("s") else f"{party}'s"


def subject(view: View, known: Taxonomy) -> str:
    """What the figure is of: "China's exports of cars to Russia in 2023"."""
    return named(view, known).subject


def is_rate(view: View) -> bool:
    """True for growth of what is a rate itself: inflation is at 24%, it has not grown by 24%."""
    return view.kind == "growth" and view.indicator in rules()["rates_of_change"]


def pronoun(view: View, known: Taxonomy) -> str:
    """What stands for the subject when it comes up again: exports are "them", output is "it"."""
    words = wording()["subject"]
    return str(words["them" if named(view, known).plural else "it"])


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
    plural: bool


class _Slots(NamedTuple):
    """What a figure is of, but its periods."""

    kind: str
    own: str | None
    """The article's own words for the area."""
    area: str | None
    counterpart: str
    flipped: bool
    what: str
    """The words for the indicator."""
    indicator: str | None
    product: str | None


def _parts(view: View, known: Taxonomy) -> Mapping[str, str]:
    """The words of a claim's slots."""
    return named(view, known).parts


_at_hand: dict[int, tuple[View, Taxonomy, _Named]] = {}
"""Found by a view's address, as its own hash takes longer than the words do; the view is kept beside them, so that no
other can have the address meanwhile."""


def named(view: View, known: Taxonomy) -> _Named:
    """The words of all slots, and what they make together."""
    met = _at_hand.get(id(view))
    if met is None or met[0] is not view or met[1] is not known:
        if len(_at_hand) >= _AT_HAND:
            _at_hand.clear()
        met = _at_hand[id(view)] = (view, known, _named(view, known))
    return met[2]


def _named(view: View, known: Taxonomy) -> _Named:
    claim = view.claim
    slots = _Slots(
        view.kind,
        _spelled(claim.area.id, claim.area.text) if claim.area else None,
        view.area,
        view.counterpart,
        view.flipped,
        indicator_words(view.indicator, claim.indicator.text if claim.indicator else "", known),
        view.indicator,
        view.product,
    )
    return _put_into_words(slots, view.period, view.base, known)


@lru_cache(maxsize=_REMEMBERED)
def _put_into_words(slots: _Slots, now: Days | None, base: Days | None, known: Taxonomy) -> _Named:
    undated = _put_undated(slots, base is not None, known)
    when_, base_ = f" {when(now)}" if now else "", f" against {period(base)}" if base else ""
    parts = {**undated.parts, "when": when_, "base": base_}
    return _Named(parts, undated.subject.format(**parts), undated.plural)


@lru_cache(maxsize=_REMEMBERED)
def _put_undated(slots: _Slots, based: bool, known: Taxonomy) -> _Named:
    """The words of all slots but the periods; the subject is the template that they go into."""
    kind, own, area, counterpart, flipped, what, indicator, product = slots
    party = place(own, counterpart if flipped else area, known)
    end = area if flipped else counterpart
    named_end = end not in (None, WORLD)
    counted = product_words(product, known)
    if f" {counted.lower()}".endswith((f" {what.lower()}", f" {plural(what.lower())}")):
        what = counted  # "job vacancies" says more than "vacancies", and "rhinos" all that "rhino" does
    elif indicator not in known.indicators and _nouns(what.lower()) < _nouns(counted.lower()):
        what = counted  # "asylum" of asylum seekers
    measured, of, said = _measured(kind, what, indicator, product, known)
    parts = {
        "party": party,
        "other": place(None, end, known),
        "whose": _whose(kind, area, party, measured, of, known),
        "indicator": measured,
        "product": counted,
        "what": of,
        "where": f" {_direction(kind, indicator, flipped, known)} {place(None, end, known)}" if named_end else "",
    }
    form = _subject_form(kind, indicator, None if said else product, parts, based=based)
    many = form in ("level", "share") and _is_plural(parts["indicator"])
    return _Named(parts, str(wording()["subject"][form]), many)


def _whose(kind: str, area: str | None, party: str, measured: str, of: str, known: Taxonomy) -> str:
    """What stands before what is measured: "China's ", "the " of a harvest that is nobody's, or nothing."""
    node = known.areas.get(area or "")
    if node is not None and measured.lower().removesuffix("s") in {name.lower() for name in node.adjectives}:
        return ""  # "Indonesians", and not Indonesia's
    if party:
        return f"{_possessive(party)} "
    counted = bool(of) or _head(measured).lower() in _words("article", "counted")
    return "the " if counted and kind != "rank" and not _is_plural(measured) else ""


@lru_cache(maxsize=_REMEMBERED)
def _measured(
    kind: str, what: str, indicator: str | None, product: str | None, known: Taxonomy
) -> tuple[str, str, bool]:
    """The words for what is measured, those for what is counted behind them, and whether the first say both."""
    counted = product_words(product, known)
    said = product is not None and says(what, indicator, product, known)
    silent = product is None or product in _words("product", "plain") or said
    verb = indicator not in known.indicators and _is_verb(indicator, what)
    if verb and silent and kind in ("level", "share"):
        return f"{'share' if kind == 'share' else 'amount'} {what}", "", said
    if verb and not silent and kind == "level":
        return "number", f" of {counted} ({what})", said
    return what, "" if silent else f" of {counted}", said


def _subject_form(
    kind: str, indicator: str | None, product: str | None, parts: Mapping[str, str], *, based: bool
) -> str:
    if kind == "growth" and indicator in rules()["rates_of_change"]:
        return "level"
    if kind == "difference" and not based:
        return "gap" if parts["party"] and parts["where"] else "open_difference"
    return "share_of" if kind == "share" and product is not None and not _is_share(indicator) else kind


def _is_plural(words: str) -> bool:
    """True for what is measured in the plural: "exports", "missing people"."""
    last = _head(words).lower()
    return last in _words("article", "plurals") or (last.endswith("s") and not last.endswith(("ss", "us", "is", "'s")))


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
    return indicator_words(view.indicator, view.claim.indicator.text if view.claim.indicator else "", known)


def _is_verb(identity: str | None, text: str) -> bool:
    """True for what was done to the things counted, and no measure of them: 9,000 nurses *joined*."""
    return identity is not None and identity != text.lower() and _VERB.fullmatch(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def indicator_words(identity: str | None, text: str, known: Taxonomy) -> str:
    """What is measured, by its id and the words of the text: "exports", "GDP", "bodies" of "more bodies"."""
    if identity is None:
        return "the figure"
    if identity in known.indicators:
        return _indicator_name(identity)
    words = text.removeprefix("the ") or identity
    first, _, rest = words.partition(" ")
    if rest and first.lower() in _words("article", "quantifiers"):
        return rest
    name = words.lower().removesuffix("s") in _place_words(known)  # "Indonesians"
    return words.lower() if words.istitle() and " " not in words and len(words) > 1 and not name else words


def _indicator_name(identity: str) -> str:
    return str(wording()["indicator"].get(identity, identity.replace("_", " ")))


def product(view: View, known: Taxonomy) -> str:
    """What is counted, in words."""
    return product_words(view.product, known)


def says(measured: str, indicator: str | None, product: str, known: Taxonomy) -> bool:
    """True where the words for what is measured say what is counted, too: "border crossings" of borders."""
    what, counted = measured.lower(), product_words(product, known).lower()
    node = known.products.get(product)
    forms = (counted, (node.names[0] if node else product).lower())
    if any(f" {form} " in f" {what} " for form in forms) or _calls(product, what, known):
        return True
    told, things = _nouns(what), _nouns(counted)
    if indicator not in known.indicators:  # a noun of the text: "prison officers" of police officers
        return not things.isdisjoint(told) or _is_next(indicator, product, known)
    return len(things) == 1 and any(_is_of_one_stem(word, thing) for word in told for thing in things)


def _is_next(thing: str | None, other: str, known: Taxonomy) -> bool:
    """True for two things counted one of which is the next broader of the other: cars and vehicles."""
    node, beside = known.products.get(thing or ""), known.products.get(other)
    return node is not None and beside is not None and (other in node.broader or thing in beside.broader)


def _nouns(words: str) -> frozenset[str]:
    """The words of a phrase, in the singular."""
    return frozenset(singular(word) for word in words.replace("-", " ").split(" "))


def _is_of_one_stem(word: str, other: str) -> bool:
    """True for words one of which is made from the other: "prison" and "prisoner", "membership" and "member"."""
    short, long = sorted((word, other), key=len)
    return len(short) >= _STEM and long.startswith(short)


@lru_cache(maxsize=_REMEMBERED)
def _calls(product: str, what: str, known: Taxonomy) -> bool:
    """True where what is measured is only another word for who is counted: "demonstrators" of protesters."""
    node = known.products.get(product)
    return node is not None and any(what.lower() in (name.lower(), f"{name.lower()}s") for name in node.names)


@lru_cache(maxsize=_REMEMBERED)
def product_words(identity: str | None, known: Taxonomy) -> str:
    """A product by its id, in words; in the plural unless it has none."""
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
    said, named = set(text.removeprefix("the ").split(" ")), set(name.split(" "))
    elsewhere = text == text.lower() and (
        said.isdisjoint(named) or said < named
    )  # "the airline" or "the bank" of a name
    if name != name.lower() or (text == text.lower() and not elsewhere):
        return identity
    printed = {} if elsewhere else {word.casefold(): word for word in text.split(" ")}
    small = name_words().small
    return " ".join(printed.get(word) or (word if word in small else _capital(word)) for word in name.split(" "))


def _capital(word: str) -> str:
    """A word of a name as names are written: Bank, and QZ8501 where it holds digits."""
    return word.upper() if any(map(str.isdigit, word)) else word[:1].upper() + word[1:]


@lru_cache(maxsize=_REMEMBERED)
def place(own: str | None, identity: str | None, known: Taxonomy) -> str:
    """An area or company in words, by the name that the packs or else the claim itself gives it."""
    if identity is None:
        return ""
    if identity == WORLD:
        return "the world"
    node = known.areas.get(identity) or known.organisations.get(identity)
    if node is not None:
        name = node.names[0]
        return f"the {name}" if identity in known.areas and _is_the(name) else name
    name = identity if identity != identity.lower() or own is None else own
    return f"the {name}" if name.lower() in _places() else name


def _is_the(place: str) -> bool:
    """True for a place whose name asks for "the": the Netherlands, the Niger Delta, the Strait of Hormuz."""
    name = place.lower()
    return _takes_article(name) or name in _places() or name.split(" ")[-1] in _words("article", "grounds")


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(wording()["article"]["places"])


@lru_cache(maxsize=4096)
def _takes_article(name: str) -> bool:
    words = name.lower().split()
    return len(words) > 1 and not _words("article", "heads").isdisjoint(words)


# Periods -------------------------------------------------------------------------------------------------------------


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
