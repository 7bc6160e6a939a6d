"""What each quantity measures: kind, sign, direction, and the figure that it is compared with.

The construction around the figure decides: "rose 545%" is growth, "to 840,000" behind it a level, "up from 2.4
million" the level it is compared with, "50% share of" a share, "trailing by nearly one million" a gap. Surface patterns
close to the figure come first, since the small model's parse errs most in just these constructions; the parse then
finds the verb or noun that governs a figure from further away.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language

from extractor.mentions import Measure, Quantity, quantities, text_of
from extractor.syntax import is_proper
from extractor.tokens import Doc, SpacyDoc, Token, read

from .continuing import continued, in_full, reckoned
from .ellipsis import elliptic_percent, elliptic_unit, is_of_percent, spoken_unit
from .finder import find_quantities
from .gapping import take_over
from .governors import Verdict
from .headed import headed, list_items
from .kinds import kind_of
from .lexicon import lexicon, movement
from .readings import is_magnitude, is_plain_ratio
from .sites import Site, site_of


def measure(doc: Doc, found: Sequence[Quantity]) -> list[Measure]:
    """What each quantity of a document measures, in parallel to `found`."""
    text = text_of(doc)
    sites = [site_of(doc, index, quantity) for index, quantity in enumerate(found)]
    verdicts: list[Verdict] = []
    for site in sites:
        verdicts.append(_repeated(text, site, sites, verdicts) or kind_of(site))
    take_over(text, sites, verdicts)
    measures = [_measure(site, verdict) for site, verdict in zip(sites, verdicts, strict=True)]
    for site, verdict in zip(sites, verdicts, strict=True):
        if verdict.base:
            measures[site.number] = _paired(site, verdict, sites, verdicts, measures)
    for site in sites:
        measures[site.number] = _in_its_unit(text, site, sites, measures)
    for site in sites:
        measures[site.number] = in_full(text, site, sites, measures)
    if items := list_items(text):
        starts = [item.start for item in items]
        for site in sites:
            measures[site.number] = headed(site, measures[site.number], items, starts)
    for site, verdict in zip(sites, verdicts, strict=True):
        if verdict.guess:
            measures[site.number] = reckoned(text, site, sites, measures)
    return measures


def _in_its_unit(text: str, site: Site, sites: list[Site], measures: list[Measure]) -> Measure:
    """A measure with the unit that the words near it give, where its own leave it out or say it loosely."""
    own, quantity = measures[site.number], site.quantity
    if quantity.form == "money" and quantity.per and quantity.per not in lexicon().elapsed and " per " not in own.unit:
        return own._replace(unit=f"{own.unit} per {quantity.per}")  # "$10,114 a tonne"
    if own.unit == "point" and is_of_percent(site, sites, moved=own.kind == "difference"):
        return own._replace(unit="percentage_point")
    if is_magnitude(site):
        return own._replace(kind="level", unit="magnitude")
    if own.unit != "count" or quantity.noun_start >= 0 or quantity.form not in ("number", "range"):
        return own
    if is_plain_ratio(site):
        return own._replace(kind="multiple", unit="times")
    if relative := elliptic_percent(text, site, sites, measures):
        sign = -1 if relative.value < 0 < own.value and relative.kind == "growth" else 1
        ends = (own.low, own.high) if sign > 0 else _turned(own.low, own.high)
        return own._replace(kind=relative.kind, value=sign * own.value, low=ends[0], high=ends[1], unit="percent")
    if money := spoken_unit(text, site, sites):
        return own._replace(unit=money)
    return continued(text, site, sites, measures) or own._replace(unit=elliptic_unit(text, site, sites, measures))


def _turned(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    return None if high is None else -high, None if low is None else -low


def _repeated(text: str, site: Site, sites: list[Site], verdicts: list[Verdict]) -> Verdict | None:
    """The verdict of a figure that repeats the one before it in another unit: "by 600 or 2.2%", "(60 miles)"."""
    if not verdicts:
        return None
    former = sites[site.number - 1].quantity
    between = " ".join(text[max(former.end, former.noun_end) : site.quantity.start].split())
    verdict = verdicts[-1]
    if (
        between in ("(", "/")
        and former.unit != site.quantity.unit
        and site.quantity.form in ("measure", "money", "range")
    ):
        return verdict if verdict.kind in ("level", "difference") else None
    if between.strip(", ") == "or by" and verdict.direction and site.quantity.unit == "percent":
        return Verdict("growth", verdict.direction, verdict.direction)  # "cut from £184,000 to £96,000, or by 48%"
    alike = former.form == "fraction" and site.quantity.unit == former.unit and between.endswith(", or")
    if alike and abs(former.value - site.quantity.value) < former.value / 4:
        return verdict  # "more than one in three vehicles, or 35.8 percent"
    changes = verdict.kind in ("growth", "difference") and verdict.direction
    if not changes or between.strip(",( ") not in ("or", "") or between == "" or former.unit == site.quantity.unit:
        return None
    relative = site.quantity.unit == "percent"
    if between == "," and not relative:
        return None  # "900 boats, up 8%, 700 rafts": the list goes on
    return verdict._replace(kind="growth" if relative else "difference") if site.quantity.form != "rank" else None


def _measure(site: Site, verdict: Verdict) -> Measure:
    quantity = site.quantity
    value, low, high = quantity.value, quantity.low, quantity.high
    if verdict.kind in ("growth", "difference") and verdict.sign < 0 and value > 0:
        value, (low, high) = -value, _turned(low, high)
    head = verdict.head
    if verdict.kind == "growth" and quantity.form == "multiple":
        reading = ("multiple", quantity.value, quantity.low, quantity.high, "times")
        percent = [None if number is None else number * 100 for number in (value, low, high)]
        return Measure("growth", value * 100, percent[1], percent[2], "percent", verdict.direction, head, other=reading)
    if verdict.kind == "multiple" and quantity.unit == "percent":
        parts = [None if number is None else number / 100 for number in (low, high)]
        return Measure("multiple", value / 100, parts[0], parts[1], "times", verdict.direction, head)
    return Measure(verdict.kind, value, low, high, _unit(site), verdict.direction, head)


def _foresees(noun: Token) -> bool:
    """True for the economists of "the 145,000 economists expected", whom nobody has counted."""
    words = lexicon().contexts
    following = noun.doc[noun.i + 1 : noun.i + 3]
    return noun.lower_ in words["foreseers"] and any(word.lower_ in words["foreseeing"] for word in following)


def _unit(site: Site) -> str:
    """The quantity's unit; for a bare count the noun that the parse says it counts."""
    quantity, root = site.quantity, site.root
    if quantity.unit in movement().happenings:
        return "count"
    if root is not None and quantity.noun_start >= 0 and quantity.form == "number":
        noun_span = root.doc.char_span(quantity.noun_start, quantity.noun_end)
        verb = noun_span is not None and (
            all(token.pos_ in ("VERB", "AUX") for token in noun_span)
            or (noun_span[0].tag_ == "VBG" and noun_span[0].dep_ in ("acl", "advcl", "pcomp", "ROOT"))
        )
        people = noun_span is not None and is_proper(noun_span[-1])  # "83,700 Indians a year"
        return "count" if verb or people else quantity.unit
    if quantity.unit != "count" or quantity.noun_start >= 0 or quantity.form not in ("number", "range") or root is None:
        return quantity.unit
    noun = root.head
    counts = root.dep_ == "nummod" and noun.pos_ == "NOUN" and 0 < noun.i - root.i <= 6 and not _foresees(noun)
    between = range(root.i + 1, noun.i)
    counts = counts and all(root.doc[i].pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "ADV", "VERB") for i in between)
    counts = counts and noun.text[0].isalpha()
    counts = counts and noun.lemma_.lower() not in movement().happenings and noun.lemma_.lower() not in movement().nouns
    counts = counts and noun.lemma_.lower() not in lexicon().time_words  # "640 last year"
    return noun.lemma_.lower() if counts and noun.dep_ not in ("compound", "amod", "nmod") else quantity.unit


def _paired(
    site: Site, verdict: Verdict, sites: list[Site], verdicts: list[Verdict], measures: list[Measure]
) -> Measure:
    """The earlier figure of a comparison: it measures the same thing as its partner, and takes over its unit."""
    own = measures[site.number]
    partner = _partner(site, sites, verdicts)
    if partner < 0:
        return own._replace(base=True, kind="share" if own.unit == "percent" and own.kind == "level" else own.kind)
    other = measures[partner]
    unit = own.unit
    if _shares_sign(site, sites[partner]):
        return own._replace(kind=other.kind, unit="percent", partner=partner, base=True)
    if partner == site.number - 1 and _shortens(site, sites, verdicts):
        return own._replace(kind=other.kind, unit="percent", partner=partner, base=True)
    if own.unit == other.unit == "percent" and other.kind == "growth":
        falls = other.value < 0 < own.value  # "fell 3%, compared with 1.2% a month before"
        value, (low, high) = (-own.value, _turned(own.low, own.high)) if falls else (own.value, (own.low, own.high))
        return own._replace(kind="growth", value=value, low=low, high=high, partner=partner, base=True)
    if unit in ("count", "unit") or (other.unit != "count" and unit == other.unit):
        unit = other.unit if not _is_relative(other) or unit == other.unit else unit
    kind = other.kind if own.unit == other.unit and other.kind in ("share", "level", "growth") else "level"
    return own._replace(kind=kind, unit=unit, partner=partner, base=True)


def _is_relative(measure: Measure) -> bool:
    return measure.unit in ("percent", "percentage_point", "basis_point", "times")


def _partner(site: Site, sites: list[Site], verdicts: list[Verdict]) -> int:
    """The figure that a base belongs to: the nearest level of its sentence in the same kind of unit."""
    same = [
        other.number
        for other in sites[max(0, site.number - 8) : site.number + 8]
        if other.number != site.number
        and other.sentence == site.sentence
        and not verdicts[other.number].base
        and verdicts[other.number].kind in ("level", "share", "growth")
        and (
            _comparable(site.quantity, other.quantity, verdicts[other.number])
            or _shares_sign(site, other)
            or _is_of_growth(site, other, verdicts[other.number])
        )
    ]
    forward = (
        not _follows_up(site) and site.left and site.left[0].lower not in ("with", "to", "against", "versus", "vs")
    )
    ahead = [index for index in same if index > site.number]
    before = [index for index in same if index < site.number]
    if _shortens(site, sites, verdicts):
        return site.number - 1
    if before and before[-1] == site.number - 1 and _adjoins(sites[before[-1]], site):
        return before[-1]
    if forward and ahead and (not before or not _broken(site, sites[ahead[0]])):
        return ahead[0]
    return before[-1] if before else (ahead[0] if ahead else -1)


def _shortens(site: Site, sites: list[Site], verdicts: list[Verdict]) -> bool:
    """True where the earlier figure leaves out the percent sign: "To 18 per cent from 16"."""
    quantity = site.quantity
    if not site.number or quantity.form != "number" or quantity.noun_start >= 0 or quantity.value > 100:
        return False
    former = sites[site.number - 1]
    level = former.quantity.unit == "percent" and not verdicts[site.number - 1].sign
    alike = former.quantity.value / 5 <= quantity.value <= 5 * former.quantity.value and _counts_nothing(site)
    return level and former.sentence == site.sentence and (_adjoins(former, site) or alike)


def _counts_nothing(site: Site) -> bool:
    return not site.right or site.right[0].lower in lexicon().contexts["closing"]


def _adjoins(other: Site, site: Site) -> bool:
    """True where nothing but the preposition stands between two figures: "To 1.1% from 1.4%"."""
    return (
        len(other.behind) > 1 and other.behind[0].lower == "from" and other.behind[1].start >= site.quantity.start - 1
    )


def _broken(site: Site, other: Site) -> bool:
    """Whether a clause ends between two figures."""
    return any(word.lower in (",", ";", ":") for word in site.right if word.start < other.quantity.start)


def _follows_up(site: Site) -> bool:
    return len(site.left) > 1 and site.left[1].lower in ("up", "down")


def _is_of_growth(base: Site, other: Site, verdict: Verdict) -> bool:
    """True for the growth of an earlier time, or another place: "Growth was 4.6%, *down from* 4.7%", "rose 2.1%,
    *compared with* 3.2% in Germany".
    """
    words = [word.lower for word in base.left[:2]]
    paced = words[:1] == ["from"] and len(words) > 1 and words[1] in lexicon().contexts["pacing"]
    set_beside = words[:1] != ["from"] and other.number == base.number - 1 and not _follows_up(base)
    return (
        (paced or set_beside)
        and verdict.kind == "growth"
        and base.quantity.unit == other.quantity.unit == "percent"
        and other.number < base.number
    )


def _shares_sign(base: Site, other: Site) -> bool:
    """True where the percent sign stands for both: "From 80 to 65 percent"."""
    alone = base.quantity.unit == "count" and base.quantity.noun_start < 0
    adjacent = 0 <= other.quantity.start - base.quantity.end <= 4
    return alone and adjacent and other.quantity.unit == "percent"


def _comparable(base: Quantity, other: Quantity, verdict: Verdict) -> bool:
    relative = ("percent", "percentage_point", "basis_point", "times")
    if base.unit in relative or other.unit in relative:
        return base.unit == other.unit and verdict.sign == 0
    if base.form == "money" or other.form == "money":
        return base.unit == other.unit or base.unit == "count"
    return other.form in ("number", "measure", "range") and verdict.kind == "level"


@Language.component("claimgraph_quantities", assigns=["doc._.quantities"])
def quantities_component(doc: SpacyDoc) -> SpacyDoc:
    """Write the number expressions of a document to `doc._.quantities`."""
    doc._.quantities = find_quantities(text_of(doc))
    return doc


@Language.component("claimgraph_measures", requires=["doc._.quantities"], assigns=["doc._.measures"])
def measures_component(doc: SpacyDoc) -> SpacyDoc:
    """Write what each quantity measures to `doc._.measures`."""
    text = read(doc)
    doc._.measures = measure(text, quantities(text))
    return doc
