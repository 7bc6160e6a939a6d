"""What documents say: surveys, estimates, tallies and plans that hold a figure, or that a sentence opens with."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.plurals import singular
from extractor.sources.cues import cue_words, participle_classes, small_words
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import Memory, Party, counts_heads, document_class, is_speaker
from extractor.sources.verb_reach import bounds
from extractor.sources.voices.voice import Voice
from extractor.syntax import SUBJECTS, ancestors, children_with, is_verb, sentence_end, subject
from extractor.tokens import Span, Token


def by_document(noun: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices of a document noun by its place in the sentence, whatever the verb; none for one inside a compound."""
    if noun.dep_ == "compound":
        return
    yield from _by_inner_clause(noun, memory)
    if noun.dep_ == "pobj":
        yield from _by_preposition(noun, sentence, memory)
        yield from _beside_amount(noun, memory)
        if _gives_count(noun, sentence, memory):
            yield from _by_count(noun, sentence, memory)
    yield from _by_amount(noun, document_class(noun), memory)
    yield from _for_the_next(noun, sentence, memory)


def _by_inner_clause(noun: Token, memory: Memory) -> Iterator[Voice]:
    """A clause inside the noun phrase: "a report by the Ledger that 40,000 homes were without power"."""
    for clause in children_with(noun, "acl", "ccomp", "relcl"):
        if any(mark.lower_ == "that" for mark in children_with(clause, "mark")):
            yield from _document_voice(noun, clause.left_edge.i, clause.right_edge.i + 1, memory)


def _by_preposition(noun: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """A document that a sentence opens with, and a survey in which something was found."""
    above = noun.head
    start, end = bounds(noun, sentence)
    opens = _opens(above, start)
    if opens and _tells_all(noun, memory):
        # a survey that a sentence opens with: "In a survey by the guild, 46% said …"
        yield from _document_voice(noun, noun.right_edge.i + 1, end, memory)
    elif opens and above.lower_ == "under" and document_class(noun) == "target" and _has_owner(noun, memory):
        # what a plan would do is told of it alone, and goes no further than its sentence
        yield from _document_voice(noun, noun.right_edge.i + 1, end, memory, "amount")
    elif above.lower_ == "in" and above.head.dep_ not in ("acl", "relcl") and _is_inquiry(noun):
        # "Lund leads by 4 points in the latest Mirador poll"
        yield from _document_voice(noun, _start_of_base(above, start), above.i, memory)


def _opens(preposition: Token, start: int) -> bool:
    """True at the start of a sentence, and a word or two behind it in commas: "There, *in* the board's figures, …"."""
    after = preposition.i - start
    inserted = 0 < after <= 3 and preposition.nbor(-1).text == ","
    return preposition.dep_ == "prep" and (after <= 1 or inserted)


def _tells_all(noun: Token, memory: Memory) -> bool:
    """True where all of a sentence that opens with the document is what it says."""
    standing = document_class(noun)
    match noun.head.lower_:
        case "in":
            return True
        case "on":
            return standing in ("document", "estimate", "tally", "forecast") and _has_owner(noun, memory)
        case "by":
            return standing != "target" and _has_owner(noun, memory)
    return False


def _is_inquiry(noun: Token) -> bool:
    """True for a poll or survey, and not for the index of "a 0.3% decline in the Nikkei index"."""
    word = singular(noun.text)
    return word in cue_words().inquiries and word not in small_words("gauges")


def _beside_amount(noun: Token, memory: Memory) -> Iterator[Voice]:
    """The figure on somebody's page: "a third more than the 2,205 on the road agency's website"."""
    above = noun.head
    if above.lower_ == "on" and memory.in_figure(above.i - 1) and _is_possessed(noun):
        yield from _document_voice(noun, above.head.left_edge.i, above.i, memory, "beside")


def _gives_count(noun: Token, sentence: Span, memory: Memory) -> bool:
    """True for "by one estimate", "by its own count", and "…, on the institute's numbers"."""
    above, standing = noun.head, document_class(noun)
    if above.lower_ != "by" and not (above.lower_ == "on" and _is_possessed(noun) and _is_appended(noun, sentence)):
        return False
    return standing in ("estimate", "tally", "forecast") or (standing == "document" and _has_owner(noun, memory))


def _is_appended(noun: Token, sentence: Span) -> bool:
    """True where the preposition before the noun follows a comma in the noun's own part of the sentence."""
    return noun.head.i > bounds(noun, sentence)[0] and noun.head.nbor(-1).text == ","


def _is_possessed(noun: Token) -> bool:
    """True for "the institute's numbers", not for "its numbers"."""
    return any(owner.tag_ != "PRP$" for owner in children_with(noun, "poss"))


def _for_the_next(noun: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """A document that is spoken of, so that the next sentences tell what it says; and one to go by in its own."""
    above = noun.head
    if noun.dep_ in SUBJECTS and (_is_out(above) or _draws(above, memory)):
        # "Zinwa's weekly figures are in.", "The board's report draws on visits to the mills."
        yield from _document_voice(noun, above.i, above.i, memory, "show")
    elif noun.dep_ == "pobj" and f"{above.head.lower_} {above.lower_}" in small_words("judging"):
        # "to go by American customs data", "based on figures from the board"
        yield from _document_voice(noun, *bounds(noun, sentence), memory)


def _start_of_base(preposition: Token, start: int) -> int:
    """Where the base begins that alone is another's: "Profit was 31 million, against an estimate of 63 *in a poll* by
    Norda".
    """
    for above in ancestors(preposition):
        if is_verb(above) and above.dep_ != "prep":
            return start
        if above.dep_ in ("prep", "pcomp") and above.lower_ in small_words("set_against"):
            return above.i
    return start


def _end_of_amount(noun: Token) -> int:
    """Where the amount of an estimate ends: before "and a profit of 8 million", which is another's."""
    for word in noun.subtree:
        joined = word.dep_ == "conj" and word.i > noun.i and bool(children_with(word, "det"))
        if joined and (link := next((cc for cc in children_with(word.head, "cc") if cc.i < word.i), None)) is not None:
            return link.i
    return noun.right_edge.i + 1


def by_asking(verb: Token, memory: Memory) -> Iterator[Voice]:
    """The voices of those who were asked, for the sentences behind: "The union interviewed 1,850 members."."""
    who = subject(verb)
    asked = children_with(verb, "dobj")
    if who is None or not asked or verb.tag_ not in ("VBD", "VBN", "VBZ") or not is_speaker(who, memory):
        return
    counted = any(memory.in_figure(token.i) for token in asked[0].subtree)
    if counted and who.tag_ != "PRP" and (chain := parties(who, memory)):
        yield Voice(chain, verb.text, verb.idx, verb.i, verb.i, "show", verb.i)


def _draws(verb: Token, memory: Memory) -> bool:
    """True for "is based on", "draws on" where no figure is told with it."""
    drawn = verb.lower_ in small_words("drawing") and any(child.lower_ in ("on", "upon") for child in verb.children)
    return drawn and not any(memory.in_figure(token.i) for token in verb.subtree)


def _is_out(verb: Token) -> bool:
    """True for "are in", "is out" at the end of a sentence."""
    if verb.lemma_ != "be":
        return False
    following = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    closes = following.i + 1 < len(verb.doc) and following.nbor().is_punct
    return following.lower_ in small_words("out") and closes


def _by_amount(noun: Token, standing: str | None, memory: Memory) -> Iterator[Voice]:
    """A forecast, an estimate or somebody's tally that holds the figure, or is said to be the figure."""
    if standing == "target" and noun.dep_ in SUBJECTS and is_verb(noun.head) and _has_owner(noun, memory):
        # a plan does what its maker wants: "Ms Lund's plan would cap rents at 3%"
        yield from _document_voice(noun, noun.head.i + 1, noun.head.right_edge.i + 1, memory, "aim")
    if standing == "forecast" and any(memory.in_figure(child.i) for child in noun.lefts):
        # the amount stands before its noun, as in "up from the 2.9% forecast by economists"
        yield from _document_voice(noun, noun.left_edge.i, noun.i, memory, "amount")
    foreseen, owned = standing in ("forecast", "estimate"), standing == "tally" and _is_owned(noun, memory)
    if standing == "document" and noun.head.lemma_ in small_words("totalling") and _has_owner(noun, memory):
        # "the ministry's statistics, which leave out free evenings, come to 980,000"
        yield from _document_voice(noun, noun.head.i + 1, noun.head.right_edge.i + 1, memory)
    if not foreseen and not owned and not _has_maker(noun, memory):
        return
    if noun.dep_ in SUBJECTS and noun.head.lemma_ in small_words("stands"):
        # the noun is the subject: "The median forecast of 22 economists was for growth of 0.4%"
        rival = any(word.lower_ == "own" for word in children_with(noun, "amod"))  # "The firm's own figure is 138"
        kind = "beside" if rival else "document"
        yield from _document_voice(noun, noun.head.i + 1, _end_of_standing(noun.head), memory, kind)
    if owned or (foreseen and (noun.right_edge.i > noun.i or noun.dep_ in ("dobj", "pobj", "attr"))):
        # the noun holds the figure itself: "the bank's forecast of 3%", "the unions' figure of 900"
        yield from _document_voice(noun, noun.i, _end_of_amount(noun), memory, "beside" if owned else "amount")


def _end_of_standing(verb: Token) -> int:
    """Where that ends which a figure is said to be: behind the colon in "The union's tally is higher: 312 hurt"."""
    last = verb.right_edge.i + 1
    colon = last < len(verb.doc) and verb.doc[last].text == ":" and children_with(verb, "acomp")
    return sentence_end(verb) if colon else last


def _is_owned(noun: Token, memory: Memory) -> bool:
    """True for "the board's total", "the police figure"."""
    words = [child.lower_ for child in children_with(noun, "amod", "compound")]
    if noun.lower_ in small_words("tolls") | small_words("tallies"):
        owners = children_with(noun, "poss")
        if any(is_speaker(owner, memory) and not memory.is_place(owner.i) for owner in owners):
            return True
    return any(counts_heads(owner, memory) for owner in children_with(noun, "poss", "compound", "nmod")) or any(
        cue_words().generic.get(word) == "government" for word in words
    )


def _has_owner(noun: Token, memory: Memory) -> bool:
    """True for "the mayor's plan", "the count of the inspector"."""
    of = [owner for of in children_with(noun, "prep") if of.lower_ == "of" for owner in children_with(of, "pobj")]
    owners = (*children_with(noun, "poss"), *of)
    return any(is_speaker(owner, memory) or owner.lower_ in ("its", "their", "his", "her") for owner in owners)


def _has_maker(noun: Token, memory: Memory) -> bool:
    """True for "those compiled by the co-operatives", "a count by the guild"; "the number from Europe" is none."""
    if any(participle_classes(clause) for clause in children_with(noun, "acl")):
        return True
    makers = [
        maker
        for by in children_with(noun, "prep")
        if by.lower_ in ("by", "from")
        for maker in children_with(by, "pobj")
        if by.lower_ == "by" or not memory.is_place(maker.i)
    ]
    return any(is_speaker(maker, memory) for maker in makers)


def _by_count(noun: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The clause beside "by one estimate" or "by its own count"; "rose by an estimated 3%" has no such noun."""
    chain, by = parties(noun, memory), noun.head
    start, end = bounds(noun, sentence)
    if by.i > start and by.nbor(-1).text != ",":  # "…, against 58 million by the board's count": its own stretch only
        start = max([t.i + 1 for t in sentence if t.text == "," and t.i < by.i], default=start)
    if chain and (chain[0].proper or chain[0].text != noun.text):
        yield Voice(chain, f"{by.lower_} {noun.text}", by.idx, start, end, "beside", by.i)


def _document_voice(noun: Token, first: int, last: int, memory: Memory, kind: str = "document") -> Iterator[Voice]:
    chain = parties(noun, memory)
    named = chain[0].text.split()[-1:] != [noun.text] or chain[0].kind == "government" if chain else False
    if chain and chain[0].proper and named:
        yield Voice(chain, _document_cue(noun, chain[0]), noun.idx, first, last, kind, noun.i)


def _document_cue(noun: Token, maker: Party) -> str:
    """The words that attribute: "report by", "median forecast of", or the noun alone."""
    doc, first = noun.doc, noun.i
    while first > noun.left_edge.i and doc[first - 1].dep_ == "amod":
        first -= 1
    joined = doc[noun.i + 1].lower_ in ("by", "of", "from") and maker.first > noun.i if noun.i + 1 < len(doc) else False
    return doc.span(first, noun.i + (2 if joined else 1)).text
