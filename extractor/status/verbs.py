"""What the verbs above a figure say of its standing: "will reach", "aims to sell", "was put at", "had announced"."""

from __future__ import annotations

from extractor.mentions import names, text_between
from extractor.model import Status
from extractor.names.words import body_kind, is_area_name, name_words, phrase_kind
from extractor.plurals import singular
from extractor.quantities.movements import direction_of
from extractor.sources.cues import cue_words, verb_class
from extractor.sources.voices.may_speak import sees_ahead
from extractor.status.assertion import is_supposition
from extractor.status.nouns import of_document, of_noun
from extractor.status.words import status_words, words_in
from extractor.syntax import SUBJECTS, ancestors, children, children_with, is_noun, is_proper, is_verb, subject
from extractor.tokens import Token

OF_CLASS: dict[str, Status] = {"expect": "forecast", "aim": "target", "estimate": "estimate"}
_FORESEEN = frozenset({"ccomp", "xcomp", "dobj", "prep", "npadvmod", "oprd", "attr", "nsubjpass", "dative"})
"""By what a figure hangs on a verb of expecting, aiming or estimating that holds it."""
_TELLING = frozenset({"say", "announce", "show", "expect", "estimate"})


def by_governors(token: Token, *, reached: bool = False) -> tuple[Status | None, bool]:
    """The standing that the verbs above a figure give, and whether it is only what something is compared with.

    What is `reached` is the end of a move: in "cut from 90 to *80*" the parser may hang it on the "from".
    """
    if is_verb(token) and (own := _by_own_modal(token)) is not None:
        return own, False  # "sales would double"
    child = token
    for above in ancestors(token):
        if _is_parted(token, above):
            return None, False
        based = above.dep_ in ("prep", "agent", "pcomp") and above.lemma_.lower() in words_in("bases")
        if based and not (reached and above.lower_ == "from"):
            return _of_base(above), True
        found = _of_verb(above, child) if is_verb(above) or above.tag_[:2] == "JJ" else _of_governing_noun(above, child)
        if found is not None:
            return found, False
        aside = above.dep_ == "advcl" and (_is_past(above) or _has_have(above))
        if aside or (above.dep_ == "relcl" and _is_finite(above)):
            return None, False
        if above.dep_ == "conj" and is_verb(above) and _is_finite(above):
            return _past_conjunct(above), False
        child = above
    return None, False


def _is_parted(token: Token, above: Token) -> bool:
    """True for a clause beyond a semicolon: "it has fed 0.3 TWh; full output is not expected before May"."""
    first, last = sorted((token.i, above.i))
    if last - first < 2 or ";" not in text_between(token.doc, first, last):
        return False
    return any(between.text == ";" for between in token.doc[first:last])


def is_to_come(verb: Token) -> bool:
    """True for a verb that tells of what is to be: "will be", "is expected to beat"."""
    return _modal_of(verb) is not None or (_is_infinitive(verb) and verb.dep_ == "xcomp")


def _by_own_modal(verb: Token) -> Status | None:
    modal = _modal_of(verb)
    return None if modal is None or is_supposition(verb) else _by_modal(verb, modal)


def _modal_of(verb: Token) -> Status | None:
    words = status_words().auxiliaries
    if any(aux.lower_ == "could" for aux in children_with(verb, "aux")) and any(children_with(verb, "neg")):
        return None  # "2.1 gigawatts could not be called upon"
    return next((words[aux.lower_] for aux in children_with(verb, "aux") if aux.lower_ in words), None)


def _of_base(preposition: Token) -> Status | None:
    """The earlier figure of a revision ("revised to 2.9 from 3.3 billion") was a first one."""
    above = preposition.head
    kept = (_of_kept(above) or _of_moved(above)) if is_verb(above) and preposition.lower_ == "from" else None
    if kept is not None:
        return kept  # "raised its forecast to 0.9% from 0.6%", "the forecast fell from 0.9%"
    return "preliminary" if above.lemma_ in ("revise", "correct", "restate") else None


def _past_conjunct(verb: Token) -> Status | None:
    """A finite verb joined by "and" has its own tense, and shares only what stands above both."""
    head = verb.head
    if verb_class(verb) == "revise" and verb_class(head) in ("put", "estimate", "expect"):
        return "forecast" if verb_class(head) == "expect" else "estimate"  # "was put at 51 and has been raised to 67"
    if verb.tag_ == "VBD" and _is_infinitive(head):
        return None
    if head.dep_ in ("ccomp", "xcomp") and is_verb(head.head):
        return _of_verb(head.head, head)
    return None


def _of_verb(verb: Token, child: Token) -> Status | None:
    """What a verb says of the standing of that which hangs on it through `child`."""
    if _is_first_report(verb):
        return "preliminary"
    likely = status_words().likelihood.get(verb.lemma_.lower())
    if likely is not None and (held := _of_likelihood(likely, verb, child)) is not None:
        return held
    by_class = _of_cue(verb, child)
    if by_class is not None:
        return by_class
    modal = _modal_of(verb)
    if child.dep_ == "ccomp" and _is_past(child):
        modal = None  # what has been stays so beside a clause of what will be
    if modal is not None and not is_supposition(verb) and not _only_speaks(verb, child):
        if _is_held(child):
            return None
        return "target" if _is_own_plan(verb) or _under_plan(verb) or _is_announced(verb) else _by_modal(verb, modal)
    return _of_object(verb, child) or _of_infinitive(verb, child) or _of_expected(verb, child)


def _of_expected(verb: Token, child: Token) -> Status | None:
    """A forecast in "The number of children *likely to* be malnourished was raised to 1.8 million"."""
    counted = subject(verb) if child.dep_ == "prep" else None
    counts = [counted, *children_with(verb, "dobj")] if counted is not None else []
    for number in counts:
        if number is None or number.lower_ not in words_in("counting") or number.i > child.i:
            continue
        for word in number.subtree:
            if status_words().likelihood.get(word.lemma_.lower()) == "forecast" and children_with(word, "xcomp"):
                return "forecast"
    return None


def _is_first_report(verb: Token) -> bool:
    """True for "First reported", "first given as", "provisionally put at"."""
    adverbs = {mark.lower_ for mark in children_with(verb, "advmod")}
    if adverbs & words_in("provisionally"):
        return True
    given = verb.tag_ == "VBN" and verb.lemma_.lower() in words_in("giving")
    return any(adverb in status_words().earlier for adverb in adverbs) and (
        given or verb_class(verb) in ("say", "estimate", "count", "post")
    )


def _of_object(verb: Token, child: Token) -> Status | None:
    """From what the verb changes, sets or holds: "cut its outlook to 3%", "fixed the target at 114"."""
    lemma = verb.lemma_.lower()
    revised = verb_class(verb) == "revise" or lemma in words_in("setting")
    if child.dep_ == "prep" and revised and (kept := _of_kept(verb)) is not None:
        return kept
    contains = lemma in words_in("containing") or (
        lemma == "set" and any(part.lower_ == "aside" for part in verb.children)
    )
    if child.dep_ in ("dobj", "prep") and contains and (held := _of_subject(verb)) is not None:
        return held
    stands = (child.dep_ == "attr" and lemma == "be") or (child.dep_ == "prep" and lemma in words_in("ranging"))
    stands = stands or (child.dep_ == "prep" and lemma == "be" and child.lower_ == "for")
    if child.dep_ == "prep" and child.lower_ == "to" and (moved := _of_moved(verb)) is not None:
        return moved
    if stands and (owned := _of_subject(verb)) is not None:
        return owned
    foreseen = child.dep_ in ("dobj", "prep", "prt", "npadvmod", "ccomp")
    return status_words().verbs.get(lemma) if foreseen else None


def _of_infinitive(verb: Token, child: Token) -> Status | None:
    completed = any(
        verb.i < moved.i < child.i and direction_of(moved.lower_) for moved in children(verb)
    )  # "up … to give"
    if child.dep_ == "xcomp" and verb.lemma_ == "be" and _is_infinitive(child) and not completed:
        return "target" if _under_plan(verb) else "forecast"  # "capacity is to reach 673 gigawatts"
    if child.dep_ == "xcomp" and verb.lemma_ == "have" and verb.tag_ in ("VBZ", "VBP") and _is_infinitive(child):
        return "target"  # "he has to sell a million robots"
    if child.dep_ == "advcl" and _is_infinitive(child) and _is_on_course(verb):
        return "forecast"
    if _is_headline_infinitive(verb):
        return "target" if _is_own_plan(verb) else "forecast"
    return None


def _is_on_course(verb: Token) -> bool:
    """True for "is still on track to pick 40 million tonnes"."""
    leads = (lead for lead in children_with(verb, "prep") if lead.lower_ == "on")
    return any(noun.lemma_ in words_in("ways") for lead in leads for noun in children_with(lead, "pobj"))


def _of_likelihood(likely: Status, verb: Token, child: Token) -> Status | None:
    """The standing in "is likely to rise 4%", "is likely to have sold 31,000", "it is thought that 2,500 came"."""
    if likely == "estimate" and verb.tag_ == "VBN" and child.dep_ == "ccomp" and children_with(verb, "auxpass"):
        return "estimate"
    if likely == "target" and child.dep_ == "prep" and child.lower_ == "to" and children_with(child, "pcomp"):
        return "target"  # "has committed to creating 167 jobs"
    if child.dep_ in ("xcomp", "ccomp") and _is_infinitive(child):
        return "estimate" if likely == "forecast" and _has_have(child) else likely
    return None


def _is_held(child: Token) -> bool:
    """True for "the firm's 5,200 engineers", "the 127-acre site" as the subject of "will": they are there already."""
    if child.dep_ not in SUBJECTS:
        return False
    measured = any(part.text == "-" for part in child.lefts) or any(
        sign.text == "-" for part in children_with(child, "compound", "nmod", "amod") for sign in part.lefts
    )
    definite = any(article.lower_ in ("the", "this", "that") for article in children_with(child, "det"))
    return bool(children_with(child, "nummod") and children_with(child, "poss")) or (measured and definite)


def _under_plan(verb: Token) -> bool:
    """True in "Under the proposed budget, the city would hire 85": a plan says what will be."""
    for preposition in children_with(verb, "prep"):
        for plan in children_with(preposition, "pobj") if preposition.lower_ == "under" else []:
            if of_noun(plan) == "target":
                return True
    return False


def _is_announced(verb: Token) -> bool:
    """True in "the airline announced that 1,200 posts would go": what is announced is a plan."""
    if verb.dep_ != "ccomp" or verb.head.lemma_ != "announce" or _has_have(verb):
        return False
    return bool(children_with(verb, "auxpass")) or verb.lemma_ in words_in("announced")


def _only_speaks(verb: Token, child: Token) -> bool:
    """True for "He will tell you that …": the telling is to come, not what is told."""
    return child.dep_ == "ccomp" and verb_class(verb) in ("say", "announce", "show")


def _by_modal(verb: Token, modal: Status) -> Status:
    """A forecast; but "would" outside of what somebody said is the writer's own reckoning."""
    helpers = {aux.lower_ for aux in children_with(verb, "aux")}
    would = "would" in helpers
    if _has_have(verb) and not helpers & {"will", "'ll", "’ll"}:
        return "estimate"  # "may have killed 5,000", "would have been 3.1%"
    if helpers & words_in("perhaps") and verb.lemma_ in words_in("summing"):
        return "estimate"  # "double counting could come to $4 billion"
    told = any(verb_class(above) is not None for above in ancestors(verb))
    return "estimate" if would and not told and verb.lemma_ == "be" else modal


def _of_kept(verb: Token) -> Status | None:
    """The standing of what a verb changes: "kept its outlook at 1.2 billion", "the target was cut to 3%"."""
    for noun in children_with(verb, "dobj", "nsubjpass"):
        if of_noun(noun) is None:
            continue
        found = of_document(noun.text)
        if found is not None:
            return "forecast" if of_noun(noun) == "forecast" else found
    return None


def _of_moved(verb: Token) -> Status | None:
    """A forecast where one moves: "forecasts for Japan were scaled back to 4%", "growth forecasts slipping to 1.8%"."""
    passive = children_with(verb, "nsubjpass")
    described = verb.dep_ == "acl" and is_noun(verb.head)
    moved = passive[0] if passive else verb.head if described else subject(verb)
    standing = of_noun(moved) if moved is not None and is_noun(moved) else None
    return standing if standing == "forecast" else None


def _of_subject(verb: Token) -> Status | None:
    """The standing of what a figure is said to be: "the ministry's target is 5 million"."""
    who = subject(verb)
    return of_noun(who) if who is not None and is_noun(who) else None


def _of_cue(verb: Token, child: Token) -> Status | None:
    """The verbs of cues.toml: expects, aims, estimates, puts."""
    kind = verb_class(verb)
    if kind == "put":
        return _of_putting(verb, child)
    if kind == "expect" and verb.lemma_ == "see":
        return _of_seeing(verb, child)
    if kind == "expect" and child.dep_ == "ccomp" and child.tag_ == "VBD":
        return None  # "expects the yen, which traded at 145, to rise", where the parser makes one clause of it
    if kind == "aim" and verb.lemma_ == "plan" and is_noun(verb):
        return "target"
    if kind == "aim" and verb.lemma_ == "go" and any(part.is_currency for part in child.subtree):
        return None  # "a load goes for $45"
    foreseen = child.dep_ in _FORESEEN or (child.dep_ == "nsubj" and _is_bare_passive(verb))
    return OF_CLASS.get(kind or "") if foreseen else None


def _of_putting(verb: Token, child: Token) -> Status | None:
    """An estimate in "insurers put the damage at 2 billion", unless whoever puts it has counted."""
    if child.dep_ == "prep" and child.lower_ not in words_in("put_at"):
        return None
    if verb.dep_ == "advcl" and subject(verb) is None and verb_class(verb.head) is None:
        return None  # "the index rose by 0.4%, putting inflation at 3.5%" reckons nothing
    if child.dep_ not in ("prep", "pobj", "npadvmod"):
        return None
    who = subject(verb)
    if who is None:
        return "estimate"
    if is_noun(who) and of_noun(who) == "preliminary":
        return "preliminary"
    told = who.dep_ == "nsubj" and (_is_official(who) or _is_one_body(who))
    return None if told and not _polls_experts(who) else "estimate"


def _of_seeing(verb: Token, child: Token) -> Status | None:
    """A forecast in "are seen rising 7%", "is seen at 30 million", "the bank sees 3%"."""
    if verb.tag_ == "VBN" and (child.dep_ == "xcomp" or (child.dep_ == "prep" and child.lower_ in words_in("put_at"))):
        return "forecast"
    who = subject(verb)
    foresees = verb.tag_ in ("VBZ", "VBP", "VBG") or sees_ahead(verb)
    holds = child.dep_ in ("dobj", "ccomp", "prep", "npadvmod") and foresees
    return "forecast" if holds and who is not None and _is_voice(who) else None


def _is_bare_passive(verb: Token) -> bool:
    """True in "Growth of 2% promised", "£5bn pledged for schools": headlines leave the "is" of a passive out."""
    if verb.tag_ not in ("VBD", "VBN") or verb.dep_ != "ROOT" or children_with(verb, "aux", "auxpass", "neg"):
        return False
    return not children_with(verb, "dobj", "ccomp", "xcomp", "advcl", "prt", "attr", "npadvmod", "dative")


def _of_governing_noun(noun: Token, child: Token) -> Status | None:
    """The standing that a noun of planning gives its infinitive: "plans to hire 500", "a target to sell 5 million"."""
    if noun.lemma_ in words_in("ways") and noun.head.lower_ == "on" and child.dep_ in ("prep", "acl"):
        return "forecast"  # "is on track for 5 million"
    if child.dep_ in ("acl", "relcl", "ccomp", "xcomp") and _is_infinitive(child):
        return of_document(noun.text)
    return None


def _polls_experts(document: Token) -> bool:
    """True for "a Norda poll of nine analysts": what they put at a figure is no count."""
    asked = (people for of in children_with(document, "prep") for people in children_with(of, "pobj"))
    return _is_document(document) and any(
        name_words().crowd_kinds.get(singular(people.text)) == "analyst" for people in asked
    )


def _is_official(token: Token) -> bool:
    """True for documents and for authorities: what they "put at" a figure is their count."""
    if token.lower_ in ("which", "that", "who") and is_noun(token.head.head):
        token = token.head.head
    return _is_document(token) or phrase_kind(token.doc, token.i) in ("government", "customs")


def _is_one_body(who: Token) -> bool:
    """True for one body, named or not: what it puts at a figure it mostly has counted; insurers or a dealer reckon."""
    if any(name.type == "organisation" and name.first <= who.i < name.last for name in names(who.doc)):
        return True
    several = who.tag_ in ("NNS", "NNPS", "PRP") or singular(who.text) in name_words().crowd
    return not several and phrase_kind(who.doc, who.i) is not None


def _is_document(token: Token) -> bool:
    kind = cue_words().documents.get(singular(token.text))
    return kind in ("document", "tally", "filing") or token.lower_ in words_in("here")


def _is_voice(token: Token) -> bool:
    """True for somebody who can foresee: a body, a name, a person; not "2023 saw" or "the market sees"."""
    return token.tag_ in ("NNP", "NNPS", "PRP") or body_kind(token.text) is not None or token.tag_ == "NNS"


def _is_infinitive(verb: Token) -> bool:
    return any(aux.tag_ == "TO" for aux in children_with(verb, "aux"))


def _has_have(verb: Token) -> bool:
    """True for "to have sold", "will have sold": a look at what has been."""
    return any(aux.lemma_ == "have" for aux in children_with(verb, "aux"))


def _is_finite(verb: Token) -> bool:
    """True for a clause with a tense of its own: "which makes 85% of it"."""
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(
        aux.tag_ in ("VBD", "VBZ", "VBP") for aux in children_with(verb, "aux")
    )


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(aux.tag_ == "VBD" for aux in children_with(verb, "aux", "auxpass"))


def _is_own_plan(verb: Token) -> bool:
    """True where somebody tells of what he will do himself: "it will hire 500", "Tessaro to cut 600 jobs"."""
    moves = verb.lemma_.lower() in words_in("transitive") and bool(children_with(verb, "dobj"))
    if (verb.lemma_.lower() in words_in("outcomes") and not moves) or any(
        aux.lower_ in ("may", "might", "could", "can") for aux in verb.children
    ):
        return False
    who = subject(verb)
    if who is None or who.dep_ != "nsubj":
        return False
    if who.tag_ == "PRP":
        if verb.dep_ != "ccomp":
            return bool(children_with(verb, "dobj"))  # "it will drop four routes"
        return verb_class(verb.head) in ("say", "announce")
    is_body = body_kind(who.text) is not None or is_proper(who)
    return is_body and verb.dep_ in ("ccomp", "ROOT", "conj", "parataxis", "relcl") and _speaks(verb, who)


def _speaks(verb: Token, who: Token) -> bool:
    """True where the one who will act is the one who speaks, or nobody else does."""
    if verb.dep_ != "ccomp" or _is_infinitive(verb):
        return True
    speaker = subject(verb.head)
    if speaker is None:
        return False
    official = any(
        phrase_kind(word.doc, word.i) == "government" or word.lower_ in words_in("rulers") for word in speaker.subtree
    )
    return speaker.text == who.text or (official and is_area_name(who.text))


def _is_headline_infinitive(verb: Token) -> bool:
    """True for "Solar to pass 30% by 2027": an infinitive that no finite verb governs."""
    passive = verb.tag_ == "VBN" and bool(children_with(verb, "auxpass"))  # "levy to be raised to 2%"
    if not _is_infinitive(verb) or not (verb.tag_ == "VB" or passive):
        return False
    if verb.dep_ == "xcomp" and (is_verb(verb.head) or singular(verb.head.text) in words_in("going_on")):
        return False  # "Prices Continue to Lead", where the parser takes the capital for a name
    if verb.dep_ in ("acl", "relcl", "advcl") and children_with(verb.head, "nummod"):
        return False  # "90 million to rebuild the pier"
    above = [token for token in ancestors(verb) if not _is_telling(token)]
    if any(is_verb(token) or (token.tag_[:2] == "JJ" and token.dep_ == "acomp") for token in above):
        return False
    finite = [token for token in verb.sent if token.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    return all(_is_telling(token) for token in finite)


def _is_telling(token: Token) -> bool:
    """True for a verb with which somebody tells; who "saw output fall" went through it."""
    return verb_class(token) in _TELLING and (token.lower_ != "saw" or sees_ahead(token))
