"""What the verbs above a figure say of its standing: "will reach", "aims to sell", "was put at", "had announced"."""

from __future__ import annotations

from extractor.mentions import text_between
from extractor.model import Status
from extractor.quantities.movements import direction_of
from extractor.sources.cues import verb_class
from extractor.status.assertion import is_supposition
from extractor.status.bearers import of_kept, of_moved, of_subject
from extractor.status.cue_verbs import of_cue
from extractor.status.nouns import of_document
from extractor.status.plans import is_announced, is_headline_infinitive, is_own_plan, under_plan
from extractor.status.verb_forms import has_have, is_finite, is_infinitive, is_past
from extractor.status.words import status_words, words_in
from extractor.syntax import SUBJECTS, ancestors, children, children_with, is_verb, subject
from extractor.tokens import Token


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
        aside = above.dep_ == "advcl" and (is_past(above) or has_have(above))
        if aside or (above.dep_ == "relcl" and is_finite(above)):
            return None, False
        if above.dep_ == "conj" and is_verb(above) and is_finite(above):
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
    return _modal_of(verb) is not None or (is_infinitive(verb) and verb.dep_ == "xcomp")


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
    kept = (of_kept(above) or of_moved(above)) if is_verb(above) and preposition.lower_ == "from" else None
    if kept is not None:
        return kept  # "raised its forecast to 0.9% from 0.6%", "the forecast fell from 0.9%"
    return "preliminary" if above.lemma_ in ("revise", "correct", "restate") else None


def _past_conjunct(verb: Token) -> Status | None:
    """A finite verb joined by "and" has its own tense, and shares only what stands above both."""
    head = verb.head
    if verb_class(verb) == "revise" and verb_class(head) in ("put", "estimate", "expect"):
        return "forecast" if verb_class(head) == "expect" else "estimate"  # "was put at 51 and has been raised to 67"
    if verb.tag_ == "VBD" and is_infinitive(head):
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
    by_class = of_cue(verb, child)
    if by_class is not None:
        return by_class
    modal = _modal_of(verb)
    if child.dep_ == "ccomp" and is_past(child):
        modal = None  # what has been stays so beside a clause of what will be
    if modal is not None and not is_supposition(verb) and not _only_speaks(verb, child):
        if _is_held(child):
            return None
        return "target" if is_own_plan(verb) or under_plan(verb) or is_announced(verb) else _by_modal(verb, modal)
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
    if child.dep_ == "prep" and revised and (kept := of_kept(verb)) is not None:
        return kept
    contains = lemma in words_in("containing") or (
        lemma == "set" and any(part.lower_ == "aside" for part in verb.children)
    )
    if child.dep_ in ("dobj", "prep") and contains and (held := of_subject(verb)) is not None:
        return held
    stands = (child.dep_ == "attr" and lemma == "be") or (child.dep_ == "prep" and lemma in words_in("ranging"))
    stands = stands or (child.dep_ == "prep" and lemma == "be" and child.lower_ == "for")
    if child.dep_ == "prep" and child.lower_ == "to" and (moved := of_moved(verb)) is not None:
        return moved
    if stands and (owned := of_subject(verb)) is not None:
        return owned
    foreseen = child.dep_ in ("dobj", "prep", "prt", "npadvmod", "ccomp")
    return status_words().verbs.get(lemma) if foreseen else None


def _of_infinitive(verb: Token, child: Token) -> Status | None:
    completed = any(
        verb.i < moved.i < child.i and direction_of(moved.lower_) for moved in children(verb)
    )  # "up … to give"
    if child.dep_ == "xcomp" and verb.lemma_ == "be" and is_infinitive(child) and not completed:
        return "target" if under_plan(verb) else "forecast"  # "capacity is to reach 673 gigawatts"
    if child.dep_ == "xcomp" and verb.lemma_ == "have" and verb.tag_ in ("VBZ", "VBP") and is_infinitive(child):
        return "target"  # "he has to sell a million robots"
    if child.dep_ == "advcl" and is_infinitive(child) and _is_on_course(verb):
        return "forecast"
    if is_headline_infinitive(verb):
        return "target" if is_own_plan(verb) else "forecast"
    return None


def _is_on_course(verb: Token) -> bool:
    """True for "is still on track to pick 40 million tonnes"."""
    leads = (lead for lead in children_with(verb, "prep") if lead.lower_ == "on")
    return any(noun.lemma_ in words_in("ways") for lead in leads for noun in children_with(lead, "pobj"))


def _of_likelihood(likely: Status, verb: Token, child: Token) -> Status | None:
    """The standing in "is likely to rise 4%", "is likely to have sold 31,000", "it is thought that 2,500 came"."""
    if likely == "estimate" and child.dep_ == "ccomp":
        return "estimate"  # "it is thought that 2,500 came", "officials believe that 90 are ill"
    if likely == "estimate" and child.dep_ == "nsubjpass" and any(map(is_infinitive, children_with(verb, "xcomp"))):
        return "estimate"  # "some 300 people are believed to have drowned"
    if likely == "target" and child.dep_ == "prep" and child.lower_ == "to" and children_with(child, "pcomp"):
        return "target"  # "has committed to creating 167 jobs"
    if child.dep_ in ("xcomp", "ccomp") and is_infinitive(child):
        return "estimate" if likely == "forecast" and has_have(child) else likely
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


def _only_speaks(verb: Token, child: Token) -> bool:
    """True for "He will tell you that …": the telling is to come, not what is told."""
    return child.dep_ == "ccomp" and verb_class(verb) in ("say", "announce", "show")


def _by_modal(verb: Token, modal: Status) -> Status:
    """A forecast; but "would" outside of what somebody said is the writer's own reckoning."""
    helpers = {aux.lower_ for aux in children_with(verb, "aux")}
    would = "would" in helpers
    if has_have(verb) and not helpers & {"will", "'ll", "’ll"}:
        return "estimate"  # "may have killed 5,000", "would have been 3.1%"
    if helpers & words_in("perhaps") and verb.lemma_ in words_in("summing"):
        return "estimate"  # "double counting could come to $4 billion"
    told = any(verb_class(above) is not None for above in ancestors(verb))
    return "estimate" if would and not told and verb.lemma_ == "be" else modal


def _of_governing_noun(noun: Token, child: Token) -> Status | None:
    """The standing that a noun of planning gives its infinitive: "plans to hire 500", "a target to sell 5 million"."""
    if noun.lemma_ in words_in("ways") and noun.head.lower_ == "on" and child.dep_ in ("prep", "acl"):
        return "forecast"  # "is on track for 5 million"
    if child.dep_ in ("acl", "relcl", "ccomp", "xcomp") and is_infinitive(child):
        return of_document(noun.text)
    return None
