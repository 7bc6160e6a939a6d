"""How far a verb of saying reaches along its sentence: what it governs after it, or all that stands before it."""

from __future__ import annotations

import re

from extractor.mentions import text_between
from extractor.sources.cues import cue_words, small_words, verb_class
from extractor.sources.phrases import is_time
from extractor.sources.speakers import document_class, is_relative
from extractor.syntax import children, children_with, is_verb, subject
from extractor.tokens import Span, Token

_CONTENT = frozenset(
    {"ccomp", "xcomp", "dobj", "prep", "oprd", "attr", "dative", "acomp", "npadvmod", "pobj", "appos", "dep"}
)
_AFTERWARDS = frozenset({"say", "announce", "show", "estimate", "expect", "aim"})  # "…, the board expects"
_BOUND = re.compile(r"[;()]")
BREAKS = frozenset({":", ";", "–", "—"})
_FIGURING = frozenset({"show", "count", "estimate", "hold", "expect"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def reach(verb: Token, who: Token, kind: str, sentence: Span) -> tuple[int, int] | None:
    """Half-open tokens that a verb of saying covers: what it governs after it, or all that stands before it."""
    start, end = bounds(verb, sentence)
    if verb.dep_ == "acl" and kind == "expect" and who.i == verb.head.i:
        return who.left_edge.i, verb.i  # "than the 145,000 economists expected"
    if verb.dep_ == "parataxis" or (verb.dep_ == "advcl" and _is_as_clause(verb)):
        start = _after_but(verb, _after_not(verb, _after_colon(verb, _of_clause(verb, start))))
        return start, _before_but(verb, _before_rival(verb, max(verb.head.right_edge.i + 1, verb.i)))
    if verb.dep_ == "relcl" and _object_is_antecedent(verb):
        return _antecedent_span(verb)
    if is_passive(verb):
        return _passive_reach(verb, kind, start, end)
    if verb.lower_ in cue_words().counting and (amount := counted(verb)) is not None:
        return verb.i + 1, max(_after(verb, end), amount.right_edge.i + 1)
    content = [child for child in children(verb) if child.dep_ in _CONTENT and child.i != who.i]
    left = [child for child in content if child.i < verb.i and child.dep_ in ("ccomp", "xcomp", "dobj")]
    if left and any(token.text in BREAKS for token in verb.doc[left[-1].right_edge.i + 1 : max(who.i, verb.i)]):
        return verb.i + 1, _after(verb, end)  # "The chamber is cautious: it forecasts 290,000"
    right = [child for child in content if verb.i < child.left_edge.i < end and _holds(child, kind)]
    if left and left[-1].dep_ == "ccomp" and kind in _AFTERWARDS:
        return (start, _after(verb, end)) if _goes_on(verb) else (start, verb.i)
    before_figure = kind in _FIGURING and verb.i + 1 < end and verb.nbor().tag_ == "CD"
    if right or before_figure:  # "found 214 last winter", where the parser sees 214 winters
        return verb.i + 1, _after(verb, end)
    return _before_verb(verb, who, kind, sentence)


def _of_clause(verb: Token, start: int) -> int:
    """Where the clause begins that a verb of saying hangs on: "The figures show that …, *while Velda sold 5 million*,
    as the board reported".
    """
    above = verb.head
    marked = any(mark.lower_ in ("while", "whereas") for mark in children_with(above, "mark"))
    return max(start, above.left_edge.i) if above.dep_ == "advcl" and marked and above.i < verb.i else start


def _after_not(verb: Token, start: int) -> int:
    """Where what somebody said begins, behind a "not": "Patients lost 16%, not 18% as the maker had announced"."""
    mark = next((m.i for m in children_with(verb, "mark", "advmod", "prep") if m.lower_ == "as"), verb.i)
    return next((token.i for token in verb.doc[max(start, mark - 8) : mark] if token.lower_ == "not"), start)


def _after_colon(verb: Token, start: int) -> int:
    """Where another begins to speak, behind the colon: "The union says prices rose, and one firm drove it: 5 million
    bags, the board reports".
    """
    colon = next((token.i for token in reversed(verb.doc[start : verb.left_edge.i]) if token.text == ":"), -1)
    said = any(
        verb_class(token) in _AFTERWARDS and token.tag_ in FINITE for token in verb.doc[start : max(colon, start)]
    )
    return colon + 1 if said else start


def _after_but(verb: Token, start: int) -> int:
    """Where what was warned of begins, behind the "but": "It wants 72 but, a report warned, can pay for 50"."""
    first = verb.left_edge.i
    inserted = first - 2 > start and verb.doc[first - 1].text == "," and verb.doc[first - 2].tag_ == "CC"
    return first if inserted else start


def _before_but(verb: Token, end: int) -> int:
    """Where somebody's words end, before the "but": "Not 47 million, as the bureau had announced, but 33 million"."""
    for token in verb.doc[verb.i + 1 : min(end, verb.i + 8)]:
        if token.lower_ == "but" and token.nbor(-1).text == ",":
            return token.i
    return end


def _before_verb(verb: Token, who: Token, kind: str, sentence: Span) -> tuple[int, int] | None:
    """What stands before a verb that governs nothing after it, or follows it where the parser has lost the clause."""
    start, end = bounds(verb, sentence)
    told = verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.i > 0 and verb.nbor(-1).text == ","
    counts = any(children_with(thing, "nummod") for thing in children_with(verb, "dobj"))
    if kind == "say" and told and not counts and _addresses(verb):
        return verb.i + 1, end  # "…, saying inflation, at 3%, was high", where the parser loses the clause
    before = min(who.left_edge.i, verb.i)
    if kind == "show" and verb.tag_ in FINITE and document_class(who) is not None and before <= start + 2:
        return (verb.i + 1, end) if verb.i + 2 < end else None  # "Study finds 1 in 5 wells dry"
    if kind == "show" and verb.tag_ in FINITE and document_class(who) is not None:
        # the parser missed the clause before "…, customs figures show"
        return (start, before) if verb.doc[before - 1].text == "," else None
    if (
        kind in ("say", "announce")
        and not children_with(verb, "prt")
        and (colon := _colon_behind(verb, end)) is not None
    ):
        return colon + 1, end
    loose = verb.dep_ in ("conj", "parataxis") or (verb.dep_ == "ROOT" and bool(children_with(verb, "advcl", "dep")))
    if kind in ("estimate", "expect") and loose and before > start and verb.tag_ in FINITE:
        return (start, before) if verb.doc[before - 1].text == "," else None
    if kind not in ("say", "announce") or verb.tag_ not in FINITE:
        return None
    if ends_in_colon(sentence, verb):
        return verb.i + 1, end
    if verb.dep_ not in ("ROOT", "conj", "parataxis", "ccomp") or not _addresses(verb):
        return None
    # With nothing before it either, the verb speaks only a quotation that stands in another sentence.
    if start >= before - 2:
        return verb.i, verb.i
    return (start, before) if verb.doc[before - 1].is_punct or who.i > verb.i else None


def _colon_behind(verb: Token, end: int) -> int | None:
    """The colon of "put it differently: 40% of them have left"."""
    return next((t.i for t in verb.doc[verb.i + 1 : min(verb.i + 5, end - 1)] if t.text == ":"), None)


def _addresses(verb: Token) -> bool:
    """False where a verb of saying has a thing for its object: "shares added 15 cents", "prices tell a story"."""
    targets = [child for child in children_with(verb, "dobj") if child.i > verb.i]
    if targets and verb.lemma_ == "say" and targets[0].lower_ in ("it", "so", "this", "that"):
        return True  # "“Our deficit has doubled!” The senator said it in May"
    return not targets or (verb.lower_ in cue_words().addressed and not children_with(targets[0], "poss", "amod"))


def counted(verb: Token) -> Token | None:
    """The count in "claimed 3,500 marchers", "spoke of 800", "claims sales of 240"; a share that is claimed is none."""
    for child in children_with(verb, "dobj", "prep"):
        if child.i < verb.i or (child.dep_ == "prep" and child.lower_ != "of"):
            continue
        target = child if child.dep_ == "dobj" else next(iter(children_with(child, "pobj")), child)
        if target.text != "%" and (target.tag_ == "CD" or children_with(target, "nummod")):
            return target
        if child.dep_ == "dobj" and (behind := amount_of(target)) is not None:
            return behind
    return None


def amount_of(noun: Token) -> Token | None:
    """The amount in "sales of 240 crore"; none in "a share of 45%"."""
    for of in children_with(noun, "prep"):
        amount = next(iter(children_with(of, "pobj")), None)
        if of.lower_ == "of" and amount is not None and noun.lemma_ not in ("share", "part"):
            return amount if amount.tag_ in ("CD", "$") or children_with(amount, "nummod", "quantmod") else None
    return None


def _passive_reach(verb: Token, kind: str, start: int, end: int) -> tuple[int, int] | None:
    """The clause of "damage was put at 2 billion by insurers"; of "the loss of 61 cents forecast by analysts" the noun
    phrase.
    """
    if kind in ("post", "aim", "revise"):
        return None
    if verb.dep_ in ("acl", "relcl"):
        return verb.head.left_edge.i, verb.right_edge.i + 1
    agent = next(iter(children_with(verb, "agent")), None)
    if kind == "say" and agent is not None and not children_with(verb, "ccomp", "xcomp"):
        return start, verb.i  # "the song was written by Brandt after 4 officers …"
    return start, _after(verb, end)


def bounds(verb: Token, sentence: Span) -> tuple[int, int]:
    """The part of the sentence between semicolons, or inside brackets, in which the verb stands."""
    start, end = sentence.start, sentence.end
    if not _BOUND.search(text_between(sentence.doc, start, end)):
        return start, end
    opened = -1
    for token in sentence:
        if token.text == ";":
            if token.i > verb.i:
                end = token.i
                break
            start = token.i + 1
        elif token.text == "(" and token.i < verb.i:
            opened = token.i
        elif token.text == ")" and opened >= 0:
            if token.i > verb.i:
                return max(start, opened + 1), token.i
            opened = -1
    return start, end


def _holds(child: Token, kind: str) -> bool:
    """True where a child of a verb can hold what is said: a clause for all, an object or "at 5%" for some."""
    if child.dep_ in ("dobj", "dative") and child.head.lower_ in cue_words().addressed and _hears_clause(child):
        return True
    if child.dep_ in ("ccomp", "xcomp", "oprd"):
        return child.dep_ == "ccomp" or kind != "say" or _addresses(child.head)
    if child.dep_ == "prep" and child.i <= child.head.i + 2 and _is_phrasal(child.head):
        return True  # "came up with a bill of 640 million", "stood by 64"
    if kind == "say" and child.dep_ == "dobj" and child.head.lower_ in small_words("stating"):
        return any(token.like_num for token in child.subtree)  # "fears emissions of 300,000 tonnes"
    if kind == "say":
        said = child.head.lemma_ == "say" and child.head.tag_ != "VBG" and bool(children_with(child, "nummod"))
        counts = is_number(child) or said  # "customs says 5.2 million", "had said 5,000 barrels a day"
        return child.dep_ == "dobj" and counts and not any(right.lower_ == "of" for right in child.rights)
    if kind == "show" and child.dep_ == "npadvmod":
        return is_number(child)  # "the body suggested 5.5%"
    if kind in ("show", "announce"):
        return child.dep_ in ("dobj", "dep", "attr")
    if child.lower_ == "on" and is_time(child):
        return False  # "…, the institute projected on Wednesday"
    return child.dep_ in ("dobj", "prep", "attr", "npadvmod", "pobj", "dep")


def _hears_clause(listener: Token) -> bool:
    """True where the parser hangs the clause on the listener: "Told councillors that the city pumps …"."""
    clauses = children_with(listener, "acl", "ccomp", "relcl")
    return any(mark.lower_ == "that" for clause in clauses for mark in children_with(clause, "mark"))


def _is_phrasal(verb: Token) -> bool:
    return verb.lower_ in cue_words().phrasal and verb_class(verb) != cue_words().verbs.get(verb.lower_)


def _after(verb: Token, end: int) -> int:
    """Where the content after a verb ends: before an aside ("…, while …") or a main clause that speaks for itself."""
    if verb.dep_ in ("relcl", "acl", "advcl") or verb.head.i > verb.i:
        end = min(end, verb.right_edge.i + 1)
    end = _before_circumstances(verb, _before_rival(verb, end))
    for child in verb.rights:
        if child.dep_ == "conj" and _turns_out(verb, child):
            end = min(end, child.left_edge.i)
        if (
            child.dep_ == "advcl" and any(mark.lower_ in small_words("aside") for mark in children_with(child, "mark"))
        ) or (child.dep_ == "conj" and is_verb(child) and verb_class(child) and subject(child) is not None):
            end = min(end, child.left_edge.i)
    return end


def _before_circumstances(verb: Token, end: int) -> int:
    """Cuts off "declared a state of emergency *after 36 cm of snow fell*": what is declared there is no figure."""
    if verb_class(verb) != "announce" or children_with(verb, "ccomp", "xcomp"):
        return end
    things = children_with(verb, "dobj")
    if not things or any(token.like_num for thing in things for token in thing.subtree):
        return end
    clauses = children_with(verb, "advcl", "prep")
    opened = (clause for clause in clauses if clause.i > things[0].i and _is_circumstance(clause))
    return min([end, *(clause.left_edge.i for clause in opened)])


def _is_circumstance(clause: Token) -> bool:
    opening = (clause, *children_with(clause, "mark", "advmod"))
    return any(word.lower_ in small_words("circumstances") for word in opening)


def _turns_out(verb: Token, clause: Token) -> bool:
    """True for "The Senate had expected 4,000 flats, but only 3,200 were built": the second is what came of it."""
    foresees = verb_class(verb) in ("expect", "aim", "estimate") and verb.tag_ in ("VBD", "VBN")
    joined = any(word.lower_ in ("but", "yet") for word in children_with(verb, "cc"))
    return foresees and joined and is_verb(clause) and subject(clause) is not None


def _before_rival(verb: Token, end: int) -> int:
    """Cuts off "…, while analysts had forecast 3%", wherever the parser hangs it: there somebody else speaks."""
    for mark in verb.doc[verb.i + 1 : end]:
        if mark.dep_ == "conj" and verb_class(mark) and mark.head.i < verb.i and (who := subject(mark)) is not None:
            return max(who.left_edge.i, verb.i)
        if (
            mark.lower_ in small_words("aside")
            and mark.dep_ == "mark"
            and verb_class(mark.head)
            and subject(mark.head) is not None
        ):
            return mark.i
    return end


def _goes_on(verb: Token) -> bool:
    """True for a split quotation: "“Demand was up,” said Oduya, “but we shipped only 70,000.”"."""
    return any(child.i > verb.i and child.dep_ in ("ccomp", "conj") and is_verb(child) for child in children(verb))


def _is_as_clause(verb: Token) -> bool:
    """True for "as the board said", "as reported by the Ledger"."""
    if verb.head.tag_[:2] in ("JJ", "RB"):
        return False  # "as many as the government reports"
    own = ("ccomp", "xcomp") if verb.lower_ in cue_words().addressed else ("ccomp", "xcomp", "dobj")
    if any(child.i > verb.i for child in children_with(verb, *own)):
        return False  # "shares fell as buyers sought to leave": a reason, and nobody's words
    return any(mark.lower_ == "as" for mark in children_with(verb, "mark", "advmod", "prep"))


def _object_is_antecedent(verb: Token) -> bool:
    """True for "the rate that the League published": the clause has its own subject, and the noun is its object."""
    own = subject(verb)
    if any(thing.i > verb.i and not is_relative(thing) for thing in children_with(verb, "dobj")):
        return False  # "India, where the minister promised 30 launches"
    return own is not None and not is_relative(own) and own.left_edge.tag_ != "WP$"  # "Colombia, whose ministry says"


def _antecedent_span(verb: Token) -> tuple[int, int]:
    noun = verb.head
    opening = noun.doc[noun.left_edge.i - 1].text if noun.left_edge.i else ""
    apposed = noun.dep_ == "appos" or (noun.dep_ in ("npadvmod", "dep", "conj", "attr") and opening == ",")
    apposed = apposed and not is_contrasted(noun)
    # "the $20 million experts say it costs": what follows belongs to it too
    last = verb.right_edge.i + 1 if children_with(verb, "ccomp", "xcomp") else verb.i
    return (noun.head if apposed else noun).left_edge.i, last


def is_contrasted(noun: Token) -> bool:
    """True for "1.9 million, *not* the 2.4 million", "900, *double* the 450": the figure before is somebody else's."""
    first = noun.left_edge
    return any(word.lower_ in small_words("contrasting") for word in noun.doc[max(first.i - 1, 0) : first.i + 1])


def ends_in_colon(sentence: Span, verb: Token) -> bool:
    """True where a colon after the verb closes the sentence and hands over to the next."""
    for token in reversed(sentence):
        if not token.is_space and not token.is_quote:
            return token.text == ":" and token.i > verb.i
    return False


def is_passive(verb: Token) -> bool:
    """True for "was put at 2 billion", "the rate published by the board"."""
    if verb.tag_ != "VBN":
        return False
    if any(child.dep_ in ("auxpass", "nsubjpass", "agent") for child in children(verb)):
        return True
    return verb.dep_ in ("acl", "advcl", "relcl") and not any(child.dep_ == "aux" for child in children(verb))


def is_number(token: Token) -> bool:
    """True for a figure that counts nothing named: "5.2 million", "57%"."""
    return token.tag_ == "CD" or (token.text == "%" and bool(children_with(token, "nummod")))
