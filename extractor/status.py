"""The standing of each figure: actual, preliminary, estimate, forecast or target; and whether it is asserted at all.

Only words that govern the figure count: those in its noun phrase first, then its verb and the verbs above it, then the
cue that attributes it. What it is compared with ("up from 2.4 million") does not inherit the standing of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor import mentions
from extractor.mentions import Attribution, Quantity
from extractor.model import Status
from extractor.naming import body_kind, name_words, phrase_kind, singular
from extractor.polarity import Polarity, head_of, is_supposition, polarity
from extractor.sources.cues import cue_words, verb_class
from extractor.sources.layout import is_bullet
from extractor.sources.verbs import sees_ahead
from extractor.status_words import status_words
from extractor.syntax import SUBJECTS, ancestors, children_with, is_noun, is_parsed, is_verb, subject

__all__ = ["Polarity", "StatusComponent", "polarity", "status", "statuses"]

_OF_CLASS: dict[str, Status] = {"expect": "forecast", "aim": "target", "estimate": "estimate"}
_OF_NOUN: dict[str, Status] = {"forecast": "forecast", "estimate": "estimate", "target": "target"}
_TELLING = frozenset({"say", "announce", "show", "expect", "estimate"})


def statuses(doc: Doc) -> list[Status]:
    """The standing of each quantity of a document, in parallel to `doc._.quantities`."""
    sources = mentions.attributions(doc)
    quantities = mentions.quantities(doc)
    sources = sources if len(sources) == len(quantities) else [Attribution()] * len(quantities)
    return [status(doc, quantity, source) for quantity, source in zip(quantities, sources, strict=True)]


def status(doc: Doc, quantity: Quantity, source: Attribution | None = None) -> Status:
    """The standing of one figure, with the attribution that it has."""
    token = head_of(doc, quantity)
    if not is_parsed(token):
        return "actual"
    near = _in_phrase(doc, quantity, token)
    if near is not None:
        return near
    governed, is_base = _by_governors(token)
    planned = any(verb_class(above) == "aim" for above in ancestors(token))
    if governed == "target" and not planned and _by_attribution(doc, source) == "forecast":
        return "forecast"  # what somebody else foresees is nobody's own plan
    if governed is not None or is_base:
        return governed or "actual"
    return _by_attribution(doc, source) or _by_lead_in(token) or "actual"


# The noun phrase ------------------------------------------------------------------------------------------------------


def _in_phrase(doc: Doc, quantity: Quantity, token: Token) -> Status | None:
    """From the words right before the number, and from the noun that it is an amount of."""
    words = status_words()
    first = token
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    begin = span.start if span is not None else first.i
    for before in reversed(doc[max(begin - 3, token.sent.start) : begin]):
        found = words.modifiers.get(before.lower_)
        if found is not None:
            return found
        if before.lower_ in words.multiples:
            return "actual"  # "almost double the 18 gigawatts of last year"
        if before.tag_[:2] not in ("JJ", "RB", "IN", "DT", "VB") or before.is_punct:
            break
    for above in _phrase_heads(token):
        found = _of_noun(above)
        if found is not None:
            return found
        reported = _first_reported(above) or _hoped_for(above)
        if reported is not None:
            return reported
    return None


def _phrase_heads(token: Token) -> list[Token]:
    """The nouns above a number up to its verb: % and growth for the 3 of "growth of 3%"."""
    heads = [token]
    for above in ancestors(token):
        if is_verb(above) and above.tag_ != "VBG":
            break
        if above.dep_ == "prep" and (above.lower_ in status_words().bases or above.lower_ == "with"):
            break
        if is_noun(above):
            heads.append(above)
    return heads[:4]


def _of_noun(noun: Token) -> Status | None:
    """ "a quota of 5 million", "its forecast of 3%", "a flash estimate": the noun's own standing, or its modifiers'."""
    for child in noun.children:
        if child.lower_ == "likely" and singular(noun.text) in name_words().crowd:
            continue  # "a poll of 812 likely voters"
        if child.dep_ in ("amod", "compound", "nmod") and child.lower_ in status_words().modifiers:
            return status_words().modifiers[child.lower_]
        if child.dep_ == "prep" and child.lower_ in ("in", "under") and (target := children_with(child, "pobj")):
            nested = _OF_NOUN.get(
                cue_words().documents.get(singular(target[0].text), "")
            )  # "$8,900 in its March outlook"
            if nested == "forecast":
                return nested
    name = singular(noun.text)
    return status_words().nouns.get(name) or _OF_NOUN.get(cue_words().documents.get(name, ""))


def _first_reported(noun: Token) -> Status | None:
    """ "the $3.3 billion it first reported"."""
    for clause in children_with(noun, "relcl", "acl"):
        for adverb in children_with(clause, "advmod", "amod"):
            if adverb.lower_ in status_words().earlier and verb_class(clause):
                return status_words().earlier[adverb.lower_]
    return None


def _hoped_for(noun: Token) -> Status | None:
    """ "the 1.4 million it had aimed for", "the 3% expected by analysts"."""
    for clause in children_with(noun, "relcl", "acl"):
        own = subject(clause)
        passive = own is None and clause.tag_ == "VBN"
        if passive or (
            own is not None and own.tag_ not in ("WDT", "WP") and not children_with(clause, "dobj", "ccomp")
        ):
            found = _OF_CLASS.get(verb_class(clause) or "")
            if found is not None:
                return found
    return None


# The verbs above ------------------------------------------------------------------------------------------------------


def _by_governors(token: Token) -> tuple[Status | None, bool]:
    """The standing that the verbs above a figure give, and whether it is only what something is compared with."""
    child = token
    for above in ancestors(token):
        if above.dep_ in ("prep", "agent", "pcomp") and above.lemma_.lower() in status_words().bases:
            return _of_base(above), True
        found = _of_verb(above, child) if is_verb(above) or above.tag_[:2] == "JJ" else _of_governing_noun(above, child)
        if found is not None:
            return found, False
        if (above.dep_ == "relcl" and _is_finite(above)) or (above.dep_ == "advcl" and _is_past(above)):
            return None, False
        if above.dep_ == "conj" and is_verb(above) and _is_finite(above):
            return _past_conjunct(above), False
        child = above
    return None, False


def _of_base(preposition: Token) -> Status | None:
    """The earlier figure of a revision ("revised to 2.9 from 3.3 billion") was a first one."""
    above = preposition.head
    kept = _of_kept(above) if is_verb(above) else None
    if kept is not None:
        return kept  # "raised its forecast to 0.9% from 0.6%"
    return "preliminary" if above.lemma_ in ("revise", "correct", "restate") else None


def _past_conjunct(verb: Token) -> Status | None:
    """A finite verb joined by "and" has its own tense, and shares only what stands above both."""
    head = verb.head
    if head.dep_ in ("ccomp", "xcomp") and is_verb(head.head):
        return _of_verb(head.head, head)
    return None


def _of_verb(verb: Token, child: Token) -> Status | None:
    """What a verb says of the standing of that which hangs on it through `child`."""
    words = status_words()
    lemma = verb.lemma_.lower()
    adverbs = [mark.lower_ for mark in children_with(verb, "advmod")]
    if any(adverb in words.earlier for adverb in adverbs) and verb_class(verb) in ("say", "estimate", "count", "post"):
        return "preliminary"
    if any(adverb in ("provisionally", "preliminarily") for adverb in adverbs):
        return "preliminary"
    likely = words.likelihood.get(lemma)
    if likely is not None and (held := _of_likelihood(likely, verb, child)) is not None:
        return held
    by_class = _of_cue(verb, child)
    if by_class is not None:
        return by_class
    modal = next(
        (words.auxiliaries[aux.lower_] for aux in children_with(verb, "aux") if aux.lower_ in words.auxiliaries), None
    )
    if child.dep_ == "ccomp" and _is_past(child):
        modal = None  # what has been stays so beside a clause of what will be
    if modal is not None and not is_supposition(verb) and not _only_speaks(verb, child):
        if _is_held(child):
            return None
        return "target" if _is_own_plan(verb) or _under_plan(verb) else _by_modal(verb, modal)
    if child.dep_ == "prep" and verb_class(verb) == "revise" and (kept := _of_kept(verb)) is not None:
        return kept
    if child.dep_ == "xcomp" and verb.lemma_ == "be" and _is_infinitive(child):
        return "forecast"  # "capacity is to reach 673 gigawatts"
    if child.dep_ == "attr" and verb.lemma_ == "be" and (owned := _of_subject(verb)) is not None:
        return owned
    if _is_headline_infinitive(verb):
        return "target" if _is_own_plan(verb) else "forecast"
    return None


def _of_likelihood(likely: Status, verb: Token, child: Token) -> Status | None:
    """ "is likely to rise 4%", "is likely to have sold 31,000", "it is thought that 2,500 people came"."""
    if likely == "estimate" and verb.tag_ == "VBN" and child.dep_ == "ccomp" and children_with(verb, "auxpass"):
        return "estimate"
    if child.dep_ in ("xcomp", "ccomp") and _is_infinitive(child):
        return "estimate" if likely == "forecast" and _has_have(child) else likely
    return None


def _is_held(child: Token) -> bool:
    """True for "the firm's 5,200 engineers" as the subject of "will": they are there already."""
    return child.dep_ in SUBJECTS and bool(children_with(child, "nummod") and children_with(child, "poss"))


def _under_plan(verb: Token) -> bool:
    """True in "Under the proposed budget, the city would hire 85": a plan says what will be."""
    for preposition in children_with(verb, "prep"):
        for plan in children_with(preposition, "pobj") if preposition.lower_ == "under" else []:
            if _of_noun(plan) == "target":
                return True
    return False


def _only_speaks(verb: Token, child: Token) -> bool:
    """ "He will tell you that …": the telling is to come, not what is told."""
    return child.dep_ == "ccomp" and verb_class(verb) in ("say", "announce", "show")


def _by_modal(verb: Token, modal: Status) -> Status:
    """A forecast; but "would" outside of what somebody said is the writer's own reckoning."""
    would = any(aux.lower_ == "would" for aux in children_with(verb, "aux"))
    told = any(verb_class(above) is not None for above in ancestors(verb))
    return "estimate" if would and not told and verb.lemma_ == "be" else modal


def _of_kept(verb: Token) -> Status | None:
    """ "kept its outlook at 1.2 billion", "the target was cut to 3%": the standing of what the verb changes."""
    for noun in children_with(verb, "dobj", "nsubjpass"):
        found = _OF_NOUN.get(cue_words().documents.get(singular(noun.text), ""))
        if found is not None:
            return found
    return None


def _of_subject(verb: Token) -> Status | None:
    """ "The ministry's target is 5 million": what the figure is said to be."""
    who = subject(verb)
    return _of_noun(who) if who is not None and is_noun(who) else None


def _of_cue(verb: Token, child: Token) -> Status | None:
    """The verbs of cues.toml: expects, aims, estimates, puts."""
    kind = verb_class(verb)
    if kind == "put" and child.dep_ in ("prep", "pobj", "npadvmod"):
        who = subject(verb)
        return None if who is not None and who.dep_ == "nsubj" and _is_official(who) else "estimate"
    if kind == "expect" and verb.lemma_ == "see":
        if child.dep_ == "xcomp" and verb.tag_ == "VBN":
            return "forecast"  # "are seen rising 7%"
        who = subject(verb)
        foresees = verb.tag_ in ("VBZ", "VBP", "VBG") or sees_ahead(verb)
        holds = child.dep_ in ("dobj", "ccomp", "prep", "npadvmod") and foresees
        return "forecast" if holds and who is not None and _is_voice(who) else None
    if kind == "aim" and verb.lemma_ == "plan" and is_noun(verb):
        return "target"
    if kind in _OF_CLASS and child.dep_ in (
        "ccomp",
        "xcomp",
        "dobj",
        "prep",
        "npadvmod",
        "oprd",
        "attr",
        "nsubjpass",
        "dative",
    ):
        return _OF_CLASS[kind]
    return None


def _of_governing_noun(noun: Token, child: Token) -> Status | None:
    """ "plans to hire 500", "a target to sell 5 million": an infinitive under a noun of planning or forecasting."""
    if child.dep_ in ("acl", "relcl", "ccomp", "xcomp") and _is_infinitive(child):
        return _OF_NOUN.get(cue_words().documents.get(singular(noun.text), ""))
    return None


def _is_official(token: Token) -> bool:
    """True for documents and for authorities: what they "put at" a figure is their count."""
    if token.lower_ in ("which", "that", "who") and is_noun(token.head.head):
        token = token.head.head
    return _is_document(token) or phrase_kind(token.doc, token.i) in ("government", "customs")


def _is_document(token: Token) -> bool:
    return cue_words().documents.get(singular(token.text)) in ("document", "tally", "filing") or token.lower_ in (
        "those",
        "these",
    )


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
    if verb.lemma_.lower() in status_words().outcomes or any(
        aux.lower_ in ("may", "might", "could", "can") for aux in verb.children
    ):
        return False
    who = subject(verb)
    if who is None or who.dep_ != "nsubj":
        return False
    if who.tag_ == "PRP":
        return verb.dep_ == "ccomp" and verb_class(verb.head) == "say"
    is_body = body_kind(who.text) is not None or who.tag_ in ("NNP", "NNPS")
    return is_body and verb.dep_ in ("ccomp", "ROOT", "conj", "parataxis", "relcl") and _speaks(verb, who)


def _speaks(verb: Token, who: Token) -> bool:
    """True where the one who will act is the one who speaks, or nobody else does."""
    if verb.dep_ != "ccomp" or _is_infinitive(verb):
        return True
    speaker = subject(verb.head)
    return speaker is not None and speaker.text == who.text


def _is_headline_infinitive(verb: Token) -> bool:
    """ "Solar to pass 30% by 2027": an infinitive that no finite verb governs."""
    if not _is_infinitive(verb) or verb.tag_ != "VB" or (verb.dep_ == "xcomp" and is_verb(verb.head)):
        return False
    above = [token for token in ancestors(verb) if verb_class(token) not in _TELLING]
    if any(is_verb(token) or (token.tag_[:2] == "JJ" and token.dep_ == "acomp") for token in above):
        return False
    finite = [token for token in verb.sent if token.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    return all(verb_class(token) in _TELLING for token in finite)


# Attribution ----------------------------------------------------------------------------------------------------------


def _by_attribution(doc: Doc, source: Attribution | None) -> Status | None:
    """From the cue that attributes the figure in its own sentence: "according to estimates", "citing forecasts"."""
    if source is None or source.cue_start < 0 or source.borrowed:
        return None
    span = doc.char_span(source.cue_start, source.cue_start + 1, alignment_mode="expand")
    cue = span[0] if span else None
    if cue is None or not is_parsed(cue):
        return None
    kind = verb_class(cue)
    is_verbal = is_verb(cue) or singular(cue.text) not in cue_words().documents
    if kind in _OF_CLASS and is_verbal and kind != "aim":
        return _OF_CLASS[kind]
    for document in _documents_of(cue):
        words = [child.lower_ for child in children_with(document, "amod", "compound", "nmod")]
        found = next((status_words().modifiers[word] for word in words if word in status_words().modifiers), None)
        found = found or _OF_NOUN.get(cue_words().documents.get(singular(document.text), ""))
        if found is not None and found != "target":
            return found
    return None


def _by_lead_in(token: Token) -> Status | None:
    """For an item of a list, from the sentence with a colon that the list hangs on: "The proposal has three parts:"."""
    before = [word for word in token.sent if word.i < token.i]
    colon = next((n for n, word in enumerate(before) if word.text == ":"), None)
    if colon is not None and not any(is_verb(word) for word in before[:colon]):
        return _of_words(before[:colon])  # "Among the plan's targets: 40% of journeys by bike"
    if not is_bullet(token.sent.text):
        return None
    first, sentence = token.sent.start, token.sent
    for _ in range(30):
        if first == 0:
            return None
        sentence = token.doc[first - 1].sent
        if not is_bullet(sentence.text):
            break
        first = sentence.start
    if not sentence.text.rstrip().endswith(":") or not is_parsed(sentence[0]):
        return None
    return _of_words(sentence)


def _of_words(words: Iterable[Token]) -> Status | None:
    found = [_of_noun(word) if is_noun(word) else _OF_CLASS.get(verb_class(word) or "") for word in words]
    return next((one for one in found if one is not None and one != "estimate"), None)


def _documents_of(cue: Token) -> list[Token]:
    """The documents beside a cue: "according to estimates", "data showed", "citing forecasts"."""
    near = [
        token
        for token in cue.subtree
        if cue.i < token.i <= cue.i + 8 or (token.dep_ == "nsubj" and token.head.i == cue.i)
    ]
    governed = [token for token in near if token.dep_ in ("pobj", "dobj", "nsubj")]
    return [cue, *(token for token in governed if is_noun(token) and _is_cited(token, cue))]


def _is_cited(token: Token, cue: Token) -> bool:
    above = token.head
    return above.i == cue.i or (above.head.i == cue.i and above.lower_ == "to") or verb_class(above) == "cite"


@Language.factory("claimgraph_status", requires=["doc._.quantities"], assigns=["doc._.statuses"])
def make_status(nlp: Language, name: str) -> StatusComponent:
    """The component that tells the standing of figures."""
    return StatusComponent()


class StatusComponent:
    """Writes `doc._.statuses`, in parallel to `doc._.quantities`."""

    def __call__(self, doc: Doc) -> Doc:
        """The document, with the standing of its figures."""
        doc._.statuses = list(statuses(doc))
        return doc
