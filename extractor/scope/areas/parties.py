"""The names of a figure's clause, each with the role that it plays there, and the two ends that they come to."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from extractor.mentions import Measure, Name, Slot
from extractor.names.words import body_kind
from extractor.scope.areas.asides import is_beside, is_listed, signs_off
from extractor.scope.areas.named import is_put_at, named_at
from extractor.scope.areas.onlookers import acts_itself, counts, does_itself, only_tells, puts_at
from extractor.scope.areas.ties import (
    costs,
    in_subject,
    is_share_won,
    is_word_of,
    role_of,
    sets_scene,
)
from extractor.scope.clause.views import Frame, View
from extractor.scope.terms import Terms
from extractor.scope.words import among
from extractor.sources.cues import verb_class
from extractor.syntax import SUBJECTS, ancestors, is_verb
from extractor.taxonomy import taxonomy
from extractor.tokens import Token

SCENE = "scene of the sentence"


class Party(NamedTuple):
    """A name with the role that it plays in a figure's clause."""

    slot: Slot
    role: str
    """`owner` (possessive, adjective, subject, agent), `place`, `other` (the counterpart), `rival`."""
    subject: bool
    type: str
    tied: bool = False
    """True for a place or other end that hangs on the words of the indicator: "*sales* of Chinese brands in Russia"."""
    pronoun: bool = False
    """True for a name that only a pronoun stands for: "In Nice *it* was 40,000"."""
    of_object: bool = False
    """True for a demonym of what somebody deals with: "the port took in 170,000 *Chinese* cars"."""
    modifies: bool = False
    """True for a name that only says more of the subject: "Tesla's *EU* sales"."""
    of_figure: bool = False
    """True for a place that hangs on the figure itself: "compared with 8.1% *in Cork*"."""


class Ends(NamedTuple):
    """Both ends of a figure, and which of them is the subject of its clause."""

    area: Slot | None
    counterpart: Slot | None
    subject_is: str = ""


def parties_of(frame: Frame, terms: Terms, indicator: Slot | None, measure: Measure) -> list[Party]:
    """Every name of a clause that plays a role for the figure, nearest first, each once."""
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
    named = named_at(token, terms)
    if named is None:
        return None
    name, slot = named
    if name.type == "person" and not _is_personal(indicator, measure):
        return None
    if (
        name.type == "name"
        and token.dep_ in {"dative", "dobj"}
        and not (is_share_won(measure) or costs(token, measure))
    ):
        return None  # "the council pays *ParkEasy* $212,000"
    subject = in_subject(token, view.node)
    role = role_of(token, view, name, indicator, measure, terms)
    if role == "owner" and not (_has_won(token, view, indicator) or _can_own(name, token, view, measure, terms)):
        return None
    if role == "owner" and _only_guesses(name, token, view, indicator):
        return None
    if role in {"place", "other"} and not _can_host(name, measure, terms):
        return None
    if role == "place" and token.i not in terms.names and name.id == token.lemma_.lower():
        return None  # "at the mill": a site of which nobody knows which
    if is_beside(token, view, terms, role) or is_listed(name, token, terms) or signs_off(name, token.doc):
        return None
    if measure.kind != "rank" and token.dep_ == "pobj" and token.head.head.tag_ == "JJS":
        return None  # "among the highest *in Asia*"
    unknown = name.kind == "place" and name.id not in taxonomy().areas
    sort = "company" if name.kind == "company" else "place" if unknown else "name"
    role_words = SCENE if role == "place" and sets_scene(token, view) else role
    tied = role in {"place", "other"} and any(
        is_word_of(above, indicator) for above in itertools.islice(ancestors(token), 4)
    )
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
        role == "place" and token.dep_ == "pobj" and _is_of_figure(token.head, view),
    )


def _is_of_figure(token: Token, view: View) -> bool:
    """True for what hangs on the figure itself."""
    return view.came_from is None and token.head.i == view.node.i


def _tells_of_others(name: Name, token: Token, view: View) -> bool:
    """True for whoever puts others at a figure or counts what is not theirs: "*its* survey"."""
    theirs = token.tag_ == "PRP$" and among(token.head.lemma_.lower(), "document_nouns")
    return theirs or puts_at(token, view) or (name.type != "area" and counts(token, view))


def _is_given(name: Name, token: Token, view: View, measure: Measure, terms: Terms) -> bool:
    """True for whom somebody gives or takes the figure, and whose it is called: "gave *Ferrand* 47.9 percent", "fined
    *Barclays* £40 million", "*Arsenal's* £515m"; what a body possesses is what it counts.
    """
    if token.dep_ == "poss" and _is_of_figure(token, view):
        return name.type != "organisation" and name.id not in terms.speakers
    return token.dep_ == "dative" or is_put_at(token) or costs(token, measure)


def _has_won(token: Token, view: View, indicator: Slot | None) -> bool:
    """True for whoever has votes, seats or support: "*Petrov* had 54.2% of the vote"."""
    doer = token.dep_ == "nsubj" and token.head.i == view.node.i
    measured = indicator is not None and among(indicator.id, "personal")
    return doer and measured and among(view.node.lemma_.lower(), "winning_verbs")


def _can_host(name: Name, measure: Measure, terms: Terms) -> bool:
    """False for a body that counts or speaks: "in *the Airports Authority's* books", "against *the DGCA's* 161
    million".
    """
    if name.type in {"area", "person"} or name.kind == "company":
        return True
    if measure.kind in {"difference", "multiple"} or not name.kind:
        return name.id not in terms.speakers
    return False


def _can_own(name: Name, token: Token, view: View, measure: Measure, terms: Terms) -> bool:
    """Whether a figure can be a name's own: areas and companies; other bodies where the words say so.

    "NATO's spending" is NATO's; "CAAM's figure" and "the ministry said" only tell who gives it. A name of unknown
    sort owns what it possesses, and what it does by a verb of the packs ("Norvane shipped 2 million").
    """
    if _tells_of_others(name, token, view):
        return False
    if _is_given(name, token, view, measure, terms):
        return True
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
    if indicator is None or indicator.id not in taxonomy().indicators:
        return points or measure.kind == "share"
    return among(indicator.id, "personal")
