"""Who may give a figure by doing what a verb says: everybody who says, a firm that books, a body that has figures."""

from __future__ import annotations

from extractor.names.known import is_headline
from extractor.names.words import PUBLISHERS, body_kind, name_words
from extractor.plurals import singular
from extractor.quantities.movements import direction_of
from extractor.sources.cues import cue_words, small_words, verb_class
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import (
    Memory,
    antecedent,
    counts_heads,
    document_class,
    does_something,
    is_relative,
    is_speaker,
    publishes,
)
from extractor.sources.verb_reach import amount_of, counted
from extractor.sources.voices.standpoints import is_bare_figure
from extractor.syntax import children_with, is_noun, sentence_end
from extractor.tokens import Token

_FINITE = ("VBD", "VBZ", "VBP")


def answers(who: Token) -> bool:
    """True for those who were asked, or a part of them ("60% said", "half said"): the survey speaks, not they."""
    return who.tag_ == "CD" or who.lower_ in small_words("percent") or singular(who.text) in cue_words().respondents


def may_speak(verb: Token, who: Token, kind: str, memory: Memory) -> bool:
    """True where what the verb does makes its subject the source of what the verb governs."""
    if who.lower_ in cue_words().asides or who.lower_ in small_words("nobody") or answers(who):
        return False
    if verb.lower_ in cue_words().counting and not children_with(verb, "ccomp") and counted(verb) is not None:
        if any(child.lower_ == "of" and child.i == verb.i + 1 for child in verb.children):  # "speaks of 18 injured"
            return is_speaker(who, memory) or does_something(who)
        amounts = verb.dep_ != "ccomp" and any(amount_of(target) is not None for target in children_with(verb, "dobj"))
        return counts_heads(who, memory) or (amounts and is_speaker(who, memory))
    if kind == "say":
        return _may_say(verb, who, memory)
    if kind == "hold":
        given = verb.lower_ == "given" and verb.dep_ == "acl" and memory.in_figure(verb.head.i)
        return is_speaker(who, memory) if given else _may_hold(verb, who, memory)  # "the £20bn given by the firm"
    if not _is_phrasal_with_figure(verb, kind, memory):
        return False
    if not is_speaker(who, memory) and not (verb.tag_ in _FINITE and (does_something(who) or _tells(verb, who, kind))):
        return False
    if _has_seen(verb) and not sees_ahead(verb) and not _observes(verb, who, memory):
        return False  # "saw its profits fall" is no foresight
    return _does(verb, who, kind, memory)


def _tells(verb: Token, who: Token, kind: str) -> bool:
    """True for whoever reports, reckons or finds that something is so: only people and bodies do."""
    if not is_noun(who) or not (kind in ("announce", "estimate") or verb.lower_ in small_words("finding")):
        return False
    return any(clause.i > verb.i and clause.tag_ != "VBG" for clause in children_with(verb, "ccomp"))


def _does(verb: Token, who: Token, kind: str, memory: Memory) -> bool:
    """What some classes of verbs ask for beyond a speaker."""
    if verb.lower_ in ("read", "reads"):
        return document_class(who) is not None  # "“They stole 4 million,” the complaint reads"
    if kind == "post":
        return _may_post(verb, who, memory)
    if kind == "show" and memory.is_place(who.i) and not children_with(verb, "ccomp"):
        return False  # "Tarnby showed a small increase"
    if verb.lemma_ == "admit" and any(_is_let_in(thing) for thing in children_with(verb, "dobj")):
        return False  # "the hospitals admitted 310 patients"
    if kind == "revise" and _restates_count(verb, memory):
        return not (memory.is_place(who.i) and is_headline(verb))  # "Dorana raises toll to 80": whoever it was there
    if kind == "revise" and memory.is_place(who.i) and not _revises_forecast(verb):
        return False  # "Germany cut its total by 3%"
    if kind == "revise" and verb.lemma_ not in small_words("revising"):
        given = small_words("tolls") | small_words("tallies")
        own = not memory.is_place(who.i) and any(thing.lower_ in given for thing in children_with(verb, "dobj"))
        return own or _keeps_forecast(verb) or _revises_forecast(verb)
    if kind == "show" and document_class(who) is None and not children_with(verb, "ccomp"):
        # "plants show no sign of slowing"
        return any(memory.in_figure(token.i) for token in verb.doc[verb.i + 1 : verb.right_edge.i + 1])
    if kind == "put" and not _puts_at(verb, memory):
        return False
    named = memory.name_at(who.i)
    if named is None or named.type != "area":
        return True
    # a country has a government that plans; a place within it only lies there
    return kind != "count" and not (kind == "aim" and named.kind == "place")


def _is_phrasal_with_figure(verb: Token, kind: str, memory: Memory) -> bool:
    """False for "looking for a job, a rate of 21%": who looks for something without a figure foresees none."""
    if kind not in ("expect", "aim") or cue_words().verbs.get(verb.lower_) == kind:
        return True
    following = (
        child
        for child in verb.children
        if child.i == verb.i + 1 or (child.i > verb.i and child.dep_ in ("xcomp", "advcl"))
    )
    return any(memory.in_figure(token.i) for child in following for token in child.subtree)


def _may_say(verb: Token, who: Token, memory: Memory) -> bool:
    if verb.lower_ in small_words("unspoken"):
        if any(child.i > verb.i for child in children_with(verb, "xcomp")):
            return False  # "the maker continued to lead the market", "the allies agreed to cut output"
        if not (is_speaker(who, memory) or does_something(who)):
            return False  # "the disparity continues", "prices recovered and added 3%"
    if who.lower_ == "people" and who.i and not list(who.lefts) and who.nbor(-1).is_quote:
        return False  # "“People say it costs 90 million,” said Petrova": nobody in particular
    if children_with(who, "nummod") and not is_speaker(who, memory):
        return False  # "more than 430,000 fines written"
    return is_noun(who) or who.tag_ in ("PRP", "WP", "WDT") or is_speaker(who, memory)


def _may_hold(verb: Token, who: Token, memory: Memory) -> bool:
    """True for a body that publishes figures and has one: "customs has 57%", "Mirador had Dumas on 44%"."""
    above = antecedent(who) if is_relative(who) else None
    who = above if above is not None else who  # "the audit, which gives 31%"
    if _gives_reader(verb) or _has_it_that(verb):
        return is_speaker(who, memory)
    if verb.dep_ == "relcl" and above is None and verb.head.tag_ == "CD" and memory.in_figure(verb.head.i):
        return counts_heads(who, memory)  # "rather than the 40 *the police gave*"
    if _gives_victims(verb):
        return is_speaker(who, memory)
    held = _holds_at(verb, memory) or _has_victims(verb, who, memory)
    if _is_known_to_count(verb, who, memory, held=held):
        return True
    if not _is_publisher(who, memory, held=held):
        return False
    if singular(who.text) in cue_words().inquiries and verb.lemma_ == "have":
        held = held or any(memory.in_figure(token.i) for token in verb.subtree if token.i > verb.i)
    return held or any(
        (is_bare_figure(target, memory) and verb.lemma_ != "give" and not _is_owned(target, memory))
        or _gives(verb, who, memory)
        or _rated(target)
        for target in children_with(verb, "dobj", "npadvmod")
    )


def _gives_reader(verb: Token) -> bool:
    """True for "Officials there will give you 5.8 gigawatts"."""
    return verb.lemma_ == "give" and any(child.lower_ == "you" for child in children_with(verb, "dative", "dobj"))


def _has_it_that(verb: Token) -> bool:
    """True for "The council has it that one in five waits"."""
    things = (thing for thing in children_with(verb, "dobj", "nsubj") if thing.lower_ == "it" and thing.i > verb.i)
    it = next(things, None)
    return it is not None and verb.doc.span(it.i + 1, it.i + 2).text.lower() == "that"


def _is_known_to_count(verb: Token, who: Token, memory: Memory, *, held: bool) -> bool:
    """True for a name that has a figure as its own count, whether or not it publishes figures.

    `held`: the words tell by themselves that a figure is held ("had Dumas on 44%").
    """
    named = memory.name_at(who.i)
    if held and named is not None and named.type == "name":
        return True
    body = named is not None and named.type in ("organisation", "name")
    counts = named is not None and body and named.kind != "company" and memory.has_spoken(named.id)
    if counts and _has_many(verb, memory):
        return True  # "Perigee has 154 American launches", if it has counted others before
    return (body or singular(who.text) in name_words().roles) and _rivals(verb, memory)


def _is_publisher(who: Token, memory: Memory, *, held: bool) -> bool:
    """True for a body that publishes figures, its papers, its owner's where a figure is held, and "it" for such."""
    if publishes(who, memory, others=True) or document_class(who) is not None:
        return True
    if held and any(publishes(owner, memory) for owner in children_with(who, "poss")):
        return True  # "the ministry's panel had the state at 297,500"
    return who.lower_ == "it" and any(party.kind in PUBLISHERS for party in parties(who, memory))


def _rivals(verb: Token, memory: Memory) -> bool:
    """True for "Dhow puts it at $1.9bn. Fundnote has $2.3bn.": a bare figure, after another's in the paragraph."""
    objects = children_with(verb, "dobj")
    figures = [token for thing in objects for token in (thing, *thing.lefts) if memory.in_figure(token.i)]
    if verb.lower_ not in ("has", "had", "have") or not figures or memory.spoken_at < 0:
        return False
    last = figures[0].i
    while last + 1 < len(verb.doc) and memory.in_figure(last + 1):
        last += 1
    between = verb.doc.span(memory.spoken_at, verb.i).text
    following = verb.doc[last + 1] if last + 1 < len(verb.doc) else verb
    bare = following.i > last and (following.is_punct or following.lower_ == "for")
    return (bare or _has_things(verb, following)) and "\n" not in between


def _has_many(verb: Token, memory: Memory) -> bool:
    """True where what somebody has is a number of things, and no part of himself ("has 900 employees")."""
    things = children_with(verb, "dobj") if verb.lower_ in ("has", "had", "have") else []
    counted = [thing for thing in things if any(memory.in_figure(child.i) for child in thing.lefts)]
    return any(thing.lemma_ not in small_words("admitted") | name_words().crowd for thing in counted)


def _has_things(verb: Token, noun: Token) -> bool:
    """True for "the department has 30.1 million bags": so many things are nobody's own; its members are."""
    large = any(token.lower_ in small_words("scales") for token in verb.doc[verb.i + 1 : noun.i])
    return large and is_noun(noun) and noun.lemma_ not in small_words("admitted") | name_words().crowd


def _has_victims(verb: Token, who: Token, memory: Memory) -> bool:
    """True for "the office has 21,000 displaced", "her book has 48 dead", "the inventory has Brazil emitting 2bn"."""
    if verb.lower_ not in ("has", "had", "have"):
        return False
    figures = [token for token in verb.doc[verb.i + 1 : verb.right_edge.i + 1] if memory.in_figure(token.i)]
    going_on = (
        *children_with(verb, "ccomp"),
        *(c for t in children_with(verb, "dobj") for c in children_with(t, "acl")),
    )
    if document_class(who) is not None and any(clause.tag_ == "VBG" for clause in going_on):
        return bool(figures)  # "the statistics have 2.5 million cars arriving"
    if figures and _found_so(verb, figures[-1]):
        return True
    return any(
        token.lower_ in small_words("stricken")
        for figure in figures[-1:]
        for token in verb.doc[figure.i + 1 : figure.i + 3]
    )


def _gives_victims(verb: Token) -> bool:
    """True for "officials had given 25,000 dead", whichever of the two the parser takes for the head."""
    given = children_with(verb, "dobj") if verb.lemma_ == "give" else []
    return any(
        word.lower_ in small_words("stricken")
        for thing in given
        for word in (*(children_with(thing, "amod") if thing.tag_ == "CD" else ()), thing)
        if thing.tag_ == "CD" or children_with(thing, "nummod")
    )


def _found_so(verb: Token, figure: Token) -> bool:
    """True for "the agency had 419 tonnes of cocaine seized": what was done with it, and nobody named who did."""
    done = (token for token in verb.doc[figure.i + 1 : verb.right_edge.i + 1] if token.tag_ == "VBN")
    return any(clause.dep_ in ("acl", "ccomp") and not children_with(clause, "agent") for clause in done)


def _may_post(verb: Token, who: Token, memory: Memory) -> bool:
    """A firm reports on itself; a country that "posted growth" reports nothing, and a person who "booked" neither."""
    above = antecedent(who) if is_relative(who) else None
    who = above if above is not None else who  # "the department, which recorded 212mm, …"
    if verb.lower_ in small_words("undergone") and not (publishes(who, memory) or _posts_money(verb, memory)):
        return False  # "the ferry registered 9,000 passengers"
    named = memory.name_at(who.i)
    is_body = body_kind(who.text) is not None or (named is not None and named.type in ("organisation", "name"))
    is_area = named is not None and named.type == "area"
    return (is_body and not is_area) or who.lower_ == "it" or document_class(who) is not None


def _posts_money(verb: Token, memory: Memory) -> bool:
    """True for "recorded a profit of 41 million crowns": only its own books tell of that."""
    return any(memory.is_money(token.i) for token in verb.doc[verb.i + 1 : verb.right_edge.i + 1])


def _holds_at(verb: Token, memory: Memory) -> bool:
    """True for "had output at 26.5 million", "has Dumas on 44%"."""
    return any(
        is_bare_figure(target, memory) or (at.lower_ == "at" and bool(children_with(target, "nummod")))
        for host in (verb, *children_with(verb, "dobj"))
        for at in children_with(host, "prep")
        if at.lower_ in ("at", "on") and verb.lower_ in ("has", "had", "have")
        for target in children_with(at, "pobj")
    )


def _is_owned(amount: Token, memory: Memory) -> bool:
    """True for "has 40 million euros in cash": its own money, and no figure that it gives."""
    after = amount.i + 1
    while after < len(amount.doc) and (memory.in_figure(after) or memory.in_measure(after)):
        after += 1
    return any(token.lower_ in small_words("wealth") for token in amount.doc[after + 1 : after + 3])


def _rated(noun: Token) -> bool:
    """True for the growth of "the institute has growth of 2.9%"; a stake of 20% has its article."""
    rates = [amount for of in children_with(noun, "prep") if of.lower_ == "of" for amount in children_with(of, "pobj")]
    return not children_with(noun, "det", "poss") and any(amount.lower_ in small_words("percent") for amount in rates)


def _gives(verb: Token, who: Token, memory: Memory) -> bool:
    """True for "the survey gives an average of 5", "the board gave no more than 7"; gifts of money say nothing."""
    return verb.lower_ in ("gave", "give", "gives", "given") and (
        document_class(who) is not None
        or not any(memory.is_money(token.i) for thing in children_with(verb, "dobj") for token in (thing, *thing.lefts))
    )


def _keeps_forecast(verb: Token) -> bool:
    """True for whatever somebody does to a forecast of his own: "kept its outlook", "left their estimate"."""
    moved = next((it for it in children_with(verb, "dobj") if it.lower_ in ("that", "it", "this")), None)
    if moved is not None and any(place.lower_ == "to" for place in children_with(verb, "prep")):
        # "It lowered that to 1.55 million", but "imposed a duty and lowered it to 15%"
        imposed = verb.dep_ == "conj" and any(children_with(thing, "det") for thing in children_with(verb.head, "dobj"))
        return not (imposed and moved.lower_ == "it")
    return verb_class(verb) == "revise" and any(
        document_class(target) in ("forecast", "estimate", "target", "tally") and children_with(target, "poss")
        for host in (
            verb,
            *(place for place in children_with(verb, "prep") if place.lower_ in ("to", "with", "by", "as")),
        )
        for target in children_with(host, "dobj", "pobj")
    )


def _revises_forecast(verb: Token) -> bool:
    """True where the object is a forecast, an estimate or a target, and no total."""
    return any(document_class(thing) in ("forecast", "estimate", "target") for thing in children_with(verb, "dobj"))


def _restates_count(verb: Token, memory: Memory) -> bool:
    """True for a count that is given anew: of victims, whatever is done to it ("raised the number of its dead to 136"),
    of anything where the verb is one of correcting ("updated the number of arrests to 312").
    """
    moves = [place for place in children_with(verb, "prep") if place.lower_ in ("to", "from")]
    if not moves or any(memory.is_money(token.i) for place in moves for token in place.subtree):
        return False  # "raised the toll from $2 to $4"
    counts = [noun for noun in children_with(verb, "dobj") if document_class(noun) == "tally"]
    if verb.lemma_ in small_words("restating") | small_words("revising"):
        return bool(counts)
    return any(
        word.lower_ in small_words("stricken") | small_words("tolls") for noun in counts for word in noun.subtree
    )


def _puts_at(verb: Token, memory: Memory) -> bool:
    """True for "put the damage at 2 billion", "assessed it as 4%"; not for "put 40 officers on the streets"."""
    stretch = verb.doc[verb.i + 1 : min(verb.i + 30, sentence_end(verb))]
    return any(
        token.lower_ in small_words("standing_at")
        and any(memory.in_figure(t.i) for t in verb.doc[token.i : token.i + 5])
        for token in stretch
    )


def _is_let_in(noun: Token) -> bool:
    """True for people who can be admitted: to a ward, a country, a school."""
    return singular(noun.text) in name_words().crowd or noun.lemma_ in small_words("admitted")


def _observes(verb: Token, who: Token, memory: Memory) -> bool:
    """True for "the health ministry saw deaths among the old rise by 7%": it watches them, and they are not its own."""
    seen = children_with(verb, "ccomp", "dobj")
    own = any(token.tag_ == "PRP$" for thing in seen for token in thing.subtree)
    # "Meadow Capital saw a 4% increase to 90 million" is the increase that it had
    had = any(direction_of(thing.lower_) and not _is_of_others(thing) for thing in seen if is_noun(thing))
    return (
        bool(seen)
        and not own
        and not had
        and publishes(who, memory)
        and who.tag_ != "NNS"
        and not any(word.lower_ == "had" for word in verb.lefts)
    )


def _is_of_others(change: Token) -> bool:
    """True for "a rise *in* deaths", "the fall *among* the young"."""
    return any(child.lower_ in ("in", "among", "of") for child in children_with(change, "prep"))


def _has_seen(verb: Token) -> bool:
    """True for "saw" and "have seen": what somebody went through."""
    return verb.lower_ == "saw" or (verb.lower_ == "seen" and any(aux.lemma_ == "have" for aux in verb.lefts))


def sees_ahead(verb: Token) -> bool:
    """True for "now saw two rate cuts", "said that it saw output at 355 TWh": foresight told of in the past."""
    if any(child.lower_ == "now" for child in verb.lefts):
        return True
    reported = verb.dep_ == "ccomp" and verb_class(verb.head) in ("say", "announce")
    own = any(child.dep_ == "nsubj" and child.tag_ == "PRP" for child in verb.lefts)
    # "told the Ledger it saw a decline of 70%" is what it went through, and so is "they saw takings of 90 million"
    seen = children_with(verb, "dobj")
    lived = any(children_with(thing, "det") and direction_of(thing.lower_) for thing in seen)
    over = any(token.lower_ in small_words("over") for token in verb.subtree)
    return reported and own and not lived and not over
