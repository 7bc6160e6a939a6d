"""Area and counterpart: whose figure it is, and who is at the other end.

A name's role follows from the word that ties it to what is measured: "China's exports *to* Russia", "sales *of*
Chinese cars *in* Russia", "trade *between* India *and* China", "Russia is China's top export *market*".
"""

from __future__ import annotations

from extractor.mentions import COMPARING, Measure, Slot
from extractor.scope.areas.counterparts import destination_ends, is_counterpart_clause, listed_ends, lists_counterparts
from extractor.scope.areas.pairs import ends_between
from extractor.scope.areas.parties import SCENE, Ends, Party, parties_of
from extractor.scope.areas.seats import (
    home_of_body,
    is_market_of_firm,
    reported_by,
)
from extractor.scope.areas.ties import (
    has_two_ends,
    is_flow,
    is_known,
)
from extractor.scope.clause.views import Frame
from extractor.scope.terms import Terms, country_of
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.taxonomy import ABROAD, WORLD, taxonomy

_OF_NOUNS = frozenset({"acl", "relcl"})
"""Clauses that say something of a noun: its owner is who does it."""
_HELD = frozenset({"share", "rank"})  # what holds in a market


def find_ends(frame: Frame, terms: Terms, indicator: Slot | None, measure: Measure) -> Ends:
    """The area and counterpart of a figure, as far as its own clause tells."""
    parties = parties_of(frame, terms, indicator, measure)
    pair = ends_between(frame, terms)
    if pair is not None:
        return Ends(*pair)
    if (land := reported_by(frame, terms)) is not None:
        return Ends(land, None)
    if is_counterpart_clause(frame, terms):
        return destination_ends(
            parties, next_one=frame.verb is not None and among(frame.verb.lemma_.lower(), "gap_verbs")
        )
    if lists_counterparts(frame):
        return listed_ends(parties)
    verb = frame.verb
    parted = verb is not None and verb.dep_ not in _OF_NOUNS and among(verb.lemma_.lower(), "part_verbs")
    inserted = _inserted(frame, terms)
    parties = [party for party in parties if party.slot.id == inserted] or parties
    ends = _resolve(parties, indicator, measure, parted=parted or _has_part(frame, parties, measure))
    if is_market_of_firm(ends.area, indicator, measure, terms):
        return Ends(None, ends.counterpart or ends.area)
    if parted or _takes_part_of(frame, ends.area, terms):
        ends = ends._replace(subject_is="")  # "North America contributed 46%": not what the text goes on with
    return ends if ends.area is not None else ends._replace(area=home_of_body(frame, terms))


def _has_part(frame: Frame, parties: list[Party], measure: Measure) -> bool:
    """True for an area or firm that does so much of what another does: "*Punjab* grows 70 percent of the country's
    basmati".
    """
    doer = next((party for party in parties if party.subject and not party.modifies), None)
    told = frame.verb is None or verb_class(frame.verb) is not None
    return measure.kind == "share" and not told and doer is not None and doer.type in {"area", "organisation"}


def _inserted(frame: Frame, terms: Terms) -> str:
    """The name of which a figure is told between commas: "*Italy*, with 5.6 percent, trails France"; empty without."""
    for view in frame.views:
        node = view.node
        if node.dep_ == "prep" and node.lower_ in {"with", "at", "on"} and node.i and node.doc[node.i - 1].text == ",":
            name = terms.names.get(node.i - 2) if node.head.i == node.i - 2 else None
            return name.id if name is not None and name.type != "person" else ""
    return ""


def _takes_part_of(frame: Frame, area: Slot | None, terms: Terms) -> bool:
    """True for whoever takes so much of what another has: "*America* took 1.4 million of the vehicles", and for another
    country than the article's that takes anything.
    """
    verb = frame.verb
    if verb is None or not among(verb.lemma_.lower(), "taking_verbs"):
        return False
    of = any(child.dep_ == "prep" and child.lower_ == "of" for child in frame.anchor.rights)
    return of or (area is not None and terms.home is not None and terms.home.id == terms.land != country_of(area.id))


def _resolve(parties: list[Party], indicator: Slot | None, measure: Measure, *, parted: bool) -> Ends:
    """Owner before place; what is left of the places is the counterpart where it is no part of the owner.

    `parted`: the clause says that its subject is a part of another's ("*Leeds* accounts for 7% of the firm's sales").
    """
    parties = [
        party for party in parties if party.slot[0] != WORLD or (party.role == "owner" and measure.kind != "rank")
    ]
    owners = [party for party in parties if party.role == "owner" and party.slot[0] != WORLD]
    owners.sort(key=lambda party: (parted and not party.subject, party.of_object))
    owner = next(iter(owners), None)
    places = sorted(
        (party for party in parties if party.role == "place"), key=lambda party: (not party.of_figure, not party.tied)
    )
    other = next((party for party in parties if party.role == "other"), None)
    world = next((party for party in parties if party.slot[0] == WORLD), None)
    scene = next((party for party in places if SCENE in party.slot.rule and party.type == "area"), None)
    if owner is not None and owner.pronoun and owner.type == "area" and scene is not None:
        owner = None
    if owner is not None and places and _only_did_it(owner, indicator):
        owner = None
    beside = measure.base and any(place.of_figure and place.type == "area" for place in places)
    if owner is not None and owner.type == "area" and beside:
        owner = None  # "China's inflation was 2.1%, compared with 3.2% *in Germany*"
    area = owner or next(iter(places), None)
    if other is not None and other.type != "area" and measure.kind not in COMPARING and not is_flow(indicator):
        other = None  # "insured with the institute"
    if area is None and other is not None and other.slot.id != ABROAD and not _is_end_of_flow(other, indicator):
        area, other = other, None
    area = area or world
    if other is None and area is owner and owner is not None:
        held, sold = measure.kind in _HELD, is_flow(indicator) and is_known(indicator)
        ends = (place for place in places if held or (sold and place.tied))
        other = next((place for place in ends if not _contains(place, owner)), None)
    subject_is = "area" if area is not None and area.subject else ""
    return Ends(area.slot if area else None, other.slot if other else None, subject_is)


def _only_did_it(owner: Party, indicator: Slot | None) -> bool:
    """True for an area that only says whose deed befell a place: "a *Russian* missile killed nine in Kharkiv"."""
    befell = indicator is not None and among(indicator.id, "of_a_place")
    return befell and owner.type == "area" and owner.subject and owner.modifies


def _is_end_of_flow(other: Party, indicator: Slot | None) -> bool:
    """True for the other end of what goes from one to another: "sales *to the United States*" are not its own."""
    return has_two_ends(indicator) or (other.tied and is_flow(indicator))


def _contains(place: Party, owner: Party) -> bool:
    """True where the place says nothing about the other end: it is the owner, or the owner's own country or region."""
    nodes = taxonomy()
    home = nodes.organisations[owner.slot[0]].country if owner.slot[0] in nodes.organisations else owner.slot[0]
    return place.slot[0] == owner.slot[0] or (
        owner.type == "area" and place.slot[0] in nodes.area_ancestors(home or "")
    )
