"""Area and counterpart: whose figure it is, and who is at the other end.

A name's role follows from the word that ties it to what is measured: "China's exports *to* Russia", "sales *of*
Chinese cars *in* Russia", "trade *between* India *and* China", "Russia is China's top export *market*".
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

from extractor.mentions import COMPARING, Measure, Name, Slot
from extractor.names.words import PUBLIC_BODIES, body_kind, name_words
from extractor.scope.areas.onlookers import acts_itself, counts, does_itself, looks_on, only_tells, puts_at
from extractor.scope.areas.references import is_product, is_ranked, is_reference, stands_for_another, taken_up
from extractor.scope.areas.seats import (
    home_of_body,
    is_body_name,
    is_market_of_firm,
    is_seat,
    reported_by,
    speaking_for,
)
from extractor.scope.areas.ties import (
    PREMODIFIERS,
    has_two_ends,
    in_subject,
    is_flow,
    is_known,
    is_word_of,
    role_of,
    sets_scene,
)
from extractor.scope.clause.phrases import is_people
from extractor.scope.clause.views import Frame, View, preposition_of
from extractor.scope.terms import Terms, country_of, words_of
from extractor.scope.words import among
from extractor.sentences import BULLETS
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, ancestors, is_proper, is_verb
from extractor.taxonomy import ABROAD, WORLD, taxonomy
from extractor.tokens import Doc, Token

SCENE = "scene of the sentence"
_OF_NOUNS = frozenset({"acl", "relcl"})
"""Clauses that say something of a noun: its owner is who does it."""
_HELD = frozenset({"share", "rank"})  # what holds in a market


class Party(NamedTuple):
    """A name with the role that it plays in a figure's clause."""

    slot: Slot
    role: str
    """`owner` (possessive, adjective, subject, agent), `place`, `other` (the counterpart), `rival`."""
    subject: bool
    type: str
    tied: bool = False
    """True for a place that hangs on the words of the indicator: "*sales* of Chinese brands in Russia"."""
    pronoun: bool = False
    """True for a name that only a pronoun stands for: "In Nice *it* was 40,000"."""
    of_object: bool = False
    """True for a demonym of what somebody deals with: "the port took in 170,000 *Chinese* cars"."""
    modifies: bool = False
    """True for a name that only says more of the subject: "Tesla's *EU* sales"."""


class Ends(NamedTuple):
    """Both ends of a figure, and which of them is the subject of its clause."""

    area: Slot | None
    counterpart: Slot | None
    subject_is: str = ""


def find_ends(frame: Frame, terms: Terms, indicator: Slot | None, measure: Measure) -> Ends:
    """The area and counterpart of a figure, as far as its own clause tells."""
    parties = _parties(frame, terms, indicator, measure)
    pair = _between(frame, terms)
    if pair is not None:
        return Ends(*pair)
    if (land := reported_by(frame, terms)) is not None:
        return Ends(land, None)
    if _is_counterpart_clause(frame, terms):
        return _destination(parties, next_one=frame.verb is not None and among(frame.verb.lemma_.lower(), "gap_verbs"))
    if _lists_counterparts(frame):
        return _listed(parties)
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


def _parties(frame: Frame, terms: Terms, indicator: Slot | None, measure: Measure) -> list[Party]:
    found: list[Party] = []
    for view in frame.views:
        for token in (view.node, *view.visible):
            party = _party(token, view, terms, indicator, measure)
            if party is None:
                continue
            same = next((n for n, other in enumerate(found) if other.slot.id == party.slot.id), None)
            if same is None:
                found.append(party)
            elif found[same].pronoun and found[same].role == "place" and party.role == "owner":
                found[same] = party  # "*Norvik*, which has raised the share in *its* portfolio"
    return found


def _party(token: Token, view: View, terms: Terms, indicator: Slot | None, measure: Measure) -> Party | None:
    named = _named(token, terms)
    if named is None:
        return None
    name, slot = named
    if name.type == "person" and not _is_personal(indicator, measure):
        return None
    subject = in_subject(token, view.node)
    role = role_of(token, view, name, indicator, measure, terms)
    if role == "owner" and (not _can_own(name, token, view, terms) or _only_guesses(name, token, view, indicator)):
        return None
    if role in {"place", "other"} and not _can_host(name, measure, terms):
        return None
    if role == "place" and token.i not in terms.names and name.id == token.lemma_.lower():
        return None  # "at the mill": a site of which nobody knows which
    if _is_beside(token, view, terms, role) or _is_listed(name, token, terms) or _signs_off(name, token.doc):
        return None
    if measure.kind != "rank" and token.dep_ == "pobj" and token.head.head.tag_ == "JJS":
        return None  # "among the highest *in Asia*"
    unknown = name.kind == "place" and name.id not in taxonomy().areas
    sort = "company" if name.kind == "company" else "place" if unknown else "name"
    role_words = SCENE if role == "place" and sets_scene(token, view) else role
    tied = role == "place" and any(is_word_of(above, indicator) for above in itertools.islice(ancestors(token), 4))
    if not role:
        return None
    pronoun = token.tag_ in {"PRP", "PRP$"}
    of_object = name.adjective and token.head.i in terms.products and token.head.dep_ == "dobj"
    return Party(
        slot._replace(rule=f"{sort} as {role_words}"),
        role,
        subject,
        name.type,
        tied,
        pronoun,
        of_object,
        token.dep_ not in SUBJECTS,
    )


def _can_host(name: Name, measure: Measure, terms: Terms) -> bool:
    """False for a body that counts or speaks: "in *the Airports Authority's* books", "against *the DGCA's* 161
    million".
    """
    if name.type in {"area", "person"} or name.kind == "company":
        return True
    if measure.kind in {"difference", "multiple"} or not name.kind:
        return name.id not in terms.speakers
    return False


def _can_own(name: Name, token: Token, view: View, terms: Terms) -> bool:
    """Whether a figure can be a name's own: areas and companies; other bodies where the words say so.

    "NATO's spending" is NATO's; "CAAM's figure" and "the ministry said" only tell who gives it. A name of unknown
    sort owns what it possesses, and what it does by a verb of the packs ("Norvane shipped 2 million").
    """
    if puts_at(token, view) or (token.tag_ == "PRP$" and among(token.head.lemma_.lower(), "document_nouns")):
        return False
    if name.type != "area" and counts(token, view):
        return False
    if name.type == "area" or (name.kind == "company" and name.id not in terms.speakers):
        return True
    if token.dep_ == "compound" and token.head.is_title and body_kind(token.head.lower_) == "company":
        return True  # "the *New York Times* Company"
    if name.type == "person":
        return token.dep_ not in SUBJECTS or verb_class(view.node) is None
    if token.dep_ == "poss" and among(token.head.lemma_.lower(), "member_nouns"):
        return name.kind != "association"  # a trade's members are their country's
    if does_itself(name, token, view):
        return True
    if name.id in terms.speakers:
        return False
    if token.dep_ == "poss":
        return token.head.i in terms.indicators or token.head.i in terms.products
    if is_verb(view.node) and among(view.node.lemma_.lower(), "lead_verbs"):
        return True
    governs = view.came_from is not None and view.came_from.dep_ == "xcomp"  # "agreed to cut": no report
    if not is_verb(view.node) or (only_tells(view.node) and not governs):
        return False
    return not name.kind or (name.kind == "other" and acts_itself(token, view.node))


def _only_guesses(name: Name, token: Token, view: View, indicator: Slot | None) -> bool:
    """True for a firm that expects something which is not its own: "*Kontinental Bank* sees salmon supply up 3%"."""
    if name.kind != "company" or token.dep_ != "nsubj" or indicator is None or token.head.i != view.node.i:
        return False
    target = any(child.dep_ == "dobj" and among(child.lemma_.lower(), "aims") for child in view.node.rights)
    guess = target or among(view.node.lemma_.lower(), "guessing_verbs")
    return guess and not among(indicator.id, "firm_measures")


def _is_personal(indicator: Slot | None, measure: Measure) -> bool:
    """True for what a person can have: votes, seats, a lead over a rival, pay; not for what a country or firm does."""
    points = measure.unit in {"point", "percentage_point"} and measure.kind == "difference"
    return points or measure.kind == "share" if indicator is None else among(indicator.id, "personal")


def _is_beside(token: Token, view: View, terms: Terms, role: str) -> bool:
    """True for a name that only says where somebody sits or who is meant, and for one in a clause of its own."""
    return _only_tells_whom(token, terms) or _is_apart(token, view, terms, role)


def _only_tells_whom(token: Token, terms: Terms) -> bool:
    """ "The *London* brokers", "the *Hamburg*-based carrier", "*Europe's* top economy", "*its* rival"."""
    doc, head = token.doc, token.head
    if token.i + 2 < len(doc) and doc[token.i + 1].text == "-" and among(doc[token.i + 2].lower_, "seat_words"):
        return True
    if token.dep_ == "poss":
        return is_ranked(head) or among(head.lemma_.lower(), "rival_nouns")
    if token.dep_ not in PREMODIFIERS:
        return False
    if token.dep_ == "compound" and _is_place(token, terms) and body_kind(head.lower_) in PUBLIC_BODIES:
        return True  # "the *Tokyo* association's ledger"
    return looks_on(head, terms) or (token.i in terms.inside_areas and is_body_name(head, terms))


def _is_apart(token: Token, view: View, terms: Terms, role: str) -> bool:
    """ "Kasem Research *in Bangkok* predicts", "Ms Lim, who works *in Singapore*, is at 30.5 million"."""
    pronoun = token.tag_ in {"PRP", "PRP$"}
    for node in (token, *ancestors(token)):
        if node.i == view.node.i:
            return False
        if node.dep_ == "relcl" and (pronoun or node.head.i != view.node.i or _goes_on(node, view.node)):
            return True
        if among(node.lower_, "cause_prepositions") and node.i != token.head.i:
            return True  # "due to strikes *in the Alps*"
        if node.dep_ == "pobj" and is_seat(node, terms):
            return True
        if node.dep_ == "appos" and node.head.i in terms.names and node.head.i != view.node.i:
            return True  # "Las Bambas, *the mine run by China's MMG*, put out 17,300 tonnes"
        if node.dep_ in SUBJECTS and role == "place":
            name = terms.names.get(node.i)
            body = name is not None and (name.type == "person" or name.id in terms.speakers)
            return body or (verb_class(view.node) is not None and node.i not in terms.indicators)
    return False


def _is_listed(name: Name, token: Token, terms: Terms) -> bool:
    """True for the second area of a list that was parsed to hang on a noun: "Sales in the EU, *Britain* and Norway"."""
    joined = token.dep_ in {"conj", "appos"}
    noun = next((above for above in ancestors(token) if above.dep_ not in {"conj", "appos"}), token)
    if not joined or name.type != "area" or noun.i in terms.names:
        return False
    before = name.first - 1
    while before > 0 and among(token.doc[before].lower_, "list_words"):
        before -= 1
    other = terms.names.get(before)
    return before < name.first - 1 and other is not None and other.type == "area" and not other.adjective


def _signs_off(name: Name, doc: Doc) -> bool:
    """True for whoever stands behind the last dash of a line: "Quake toll is now 68 – *OCD*"."""
    if name.type == "area" or name.first == 0 or doc[name.first - 1].text not in BULLETS:
        return False
    return name.last == len(doc) or "\n" in doc[name.last].text


def _goes_on(verb: Token, noun: Token) -> bool:
    """True for a clause that only adds what followed: "a 22% increase, *which cut* into Samsung's lead"."""
    before = noun.doc[verb.left_edge.i - 1]
    return before.text == "," and verb.i > noun.i and any(t.lower_ == "which" and t.dep_ == "nsubj" for t in verb.lefts)


def _is_place(token: Token, terms: Terms) -> bool:
    name = terms.names.get(token.i)
    return name is not None and name.kind == "place"


def _named(token: Token, terms: Terms) -> tuple[Name, Slot] | None:
    """The name that ends on the token, or that a reference ("the company", "its") takes up."""
    name = terms.heads.get(token.i)
    if name is not None and not (token.text == "Union" and is_reference(name, token)):
        if _is_no_party(name, token) or is_people(token, terms) or stands_for_another(name, token, terms):
            return None
        name = speaking_for(name, token)
        return name, name_slot(name, token, "name")
    name = taken_up(token, terms)
    return None if name is None else (name, name_slot(name, token, "name taken up"))


def _is_no_party(name: Name, token: Token) -> bool:
    """True for what looks like a name and can have no figures: an event, a label ("the *NPA* ratio"), a place in the
    name of something else ("the *Paris* Agreement") or of somebody ("*Arequipa* Gov. Rodrigo Salcedo").
    """
    if is_reference(name, token):
        return True
    if name.type == "area" and name.adjective and token.head.dep_ == "appos" and _is_described(token.head):
        return True  # "Adre, a *Chadian* town"
    if name.type == "area":
        after = token.doc[name.last] if name.last < len(token.doc) else token
        titled = after.is_title and token.dep_ in PREMODIFIERS and after.lower_.rstrip(".") in name_words().titles
        return titled or (after.is_title and among(after.lower_, "event_heads"))
    if name.type == "organisation" and name.kind == "company" and _makes_model(token):
        return True
    if name.type == "organisation":
        return not name.kind and token.dep_ in PREMODIFIERS - {"poss"}
    if is_product(token):
        return True
    if token.dep_ == "compound" and among(token.head.lemma_.lower(), "stock_nouns"):
        return False  # "*Allied Domecq* shares in London rose 4%"
    return name.type == "name" and token.dep_ not in {*SUBJECTS, "poss", "pobj", "appos", "conj"}


def _makes_model(maker: Token) -> bool:
    """True for a maker before the name of a model, whoever has it: "28 *Airbus* A320s"."""
    model = maker.head
    return maker.dep_ == "compound" and is_proper(model) and any(character.isdigit() for character in model.text)


def _is_described(noun: Token) -> bool:
    """True for a common noun that only says what the name before it is."""
    return noun.tag_ == "NN" and is_proper(noun.head)


def name_slot(name: Name, token: Token, rule: str) -> Slot:
    """The slot for a name of the token's document."""
    return Slot(name.id, words_of(token.doc, name.first, name.last), rule, token.doc[name.first].idx)


def _between(frame: Frame, terms: Terms) -> tuple[Slot, Slot] | None:
    """ "between India and China", "the two countries" after both were named."""
    for view in frame.views:
        for token in (view.node, *view.visible):
            if token.dep_ != "pobj" or preposition_of(token, view.node) != "between":
                continue
            both = [_named(each, terms) for each in (token, *token.conjuncts)]
            named = [each[1] for each in both if each is not None]
            if len(named) == 2:
                return named[0], named[1]
            if among(token.lemma_.lower(), "pair_nouns"):
                return _last_pair(token, terms)
    return None


def _last_pair(token: Token, terms: Terms) -> tuple[Slot, Slot] | None:
    """The last two areas before the token that stand side by side ("China and Russia"), else the last two different
    ones.
    """
    areas = [
        name
        for i, name in sorted(terms.names.items())
        if i < token.i and name.type == "area" and name.kind == "country"
    ]
    doc = token.doc
    for left, right in zip(reversed(areas[:-1]), reversed(areas[1:]), strict=True):
        between = doc.span(left.last, right.first).text.strip().lower()
        if between in {"and", "-", "–", "’s and", "'s and"} and left.id != right.id:
            return name_slot(left, token, "pair named before"), name_slot(right, token, "pair named before")
    if areas:
        other = next((name for name in reversed(areas) if name.id != areas[-1].id), None)
        if other is not None:
            last = areas[-1]
            return name_slot(other, token, "pair named before"), name_slot(last, token, "pair named before")
    return None


def _is_counterpart_clause(frame: Frame, terms: Terms) -> bool:
    """ "Russia has become China's top export destination", "Germany remained the biggest buyer": the subject is the
    other end, if whose it is is said, or if it is another country than the article's.
    """
    for view in frame.views:
        nouns = (view.node, *(t for t in view.visible if t.dep_ in {"attr", "oprd", "appos"}))
        for noun in nouns:
            if among(noun.lemma_.lower(), "counterpart_nouns") and noun.dep_ in {"attr", "oprd", "appos"}:
                return any(child.dep_ == "poss" for child in noun.lefts) or _is_foreign(noun.head, terms)
    return False


def _is_foreign(verb: Token, terms: Terms) -> bool:
    """True where the subject of a verb is another country than the one that the article tells of."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    name = terms.names.get(subject.i) if subject is not None else None
    home = terms.home.id if terms.home is not None else ""
    own = home in taxonomy().areas and home == terms.land
    return own and name is not None and name.kind == "country" and name.id != home


def _lists_counterparts(frame: Frame) -> bool:
    """ "Russia's biggest wheat buyers were Egypt (7.1 million tonnes), Turkey …": what is listed are the other ends."""
    view = next((view for view in frame.views if is_verb(view.node)), None)
    if view is None or view.node.lemma_ != "be":
        return False
    subject = next((t for t in view.visible if t.dep_ == "nsubj" and t.head.i == view.node.i), None)
    if subject is None or not among(subject.lemma_.lower(), "counterpart_nouns"):
        return False
    return any(child.dep_ == "poss" for child in subject.lefts)


def _listed(parties: list[Party]) -> Ends:
    owner = next((party for party in parties if party.subject), None)
    other = next((party for party in parties if party is not owner), None)
    return Ends(owner.slot if owner else None, other.slot if other else None, "counterpart")


def _destination(parties: list[Party], *, next_one: bool) -> Ends:
    """`next_one`: the figure is that of who comes after the subject: "followed by *Malaysia* with 350,000"."""
    rest = [party for party in parties if party.role == "owner" and not party.subject]
    if next_one:
        other, rest = next(iter(rest), None), rest[1:]
    else:
        other = next((party for party in parties if party.subject), None)
    owner = next(iter(rest), None)
    return Ends(owner.slot if owner else None, other.slot if other else None, "counterpart")


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
    places = sorted((party for party in parties if party.role == "place"), key=lambda party: not party.tied)
    other = next((party for party in parties if party.role == "other"), None)
    world = next((party for party in parties if party.slot[0] == WORLD), None)
    scene = next((party for party in places if SCENE in party.slot.rule and party.type == "area"), None)
    if owner is not None and owner.pronoun and owner.type == "area" and scene is not None:
        owner = None
    area = owner or next(iter(places), None)
    if other is not None and other.type != "area" and measure.kind not in COMPARING and not is_flow(indicator):
        other = None  # "insured with the institute"
    if area is None and other is not None and other.slot.id != ABROAD and not has_two_ends(indicator):
        area, other = other, None
    area = area or world
    if other is None and area is owner and owner is not None:
        held, sold = measure.kind in _HELD, is_flow(indicator) and is_known(indicator)
        ends = (place for place in places if held or (sold and place.tied))
        other = next((place for place in ends if not _contains(place, owner)), None)
    subject_is = "area" if area is not None and area.subject else ""
    return Ends(area.slot if area else None, other.slot if other else None, subject_is)


def _contains(place: Party, owner: Party) -> bool:
    """True where the place says nothing about the other end: it is the owner, or the owner's own country or region."""
    nodes = taxonomy()
    home = nodes.organisations[owner.slot[0]].country if owner.slot[0] in nodes.organisations else owner.slot[0]
    return place.slot[0] == owner.slot[0] or (
        owner.type == "area" and place.slot[0] in nodes.area_ancestors(home or "")
    )
