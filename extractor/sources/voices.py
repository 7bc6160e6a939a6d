"""The attributions of one parsed sentence: who speaks, with which cue, and how far along the sentence it reaches.

Each function serves one construction and gives voices; a figure later takes the narrowest voice that covers it, and
the wider ones as relays.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.strings import get_string_id
from spacy.tokens import Span, Token

from extractor.lexicon import plural
from extractor.naming import singular
from extractor.sources.cues import cue_words, participle_classes, verb_class
from extractor.sources.extent import bounds
from extractor.sources.indirect import by_noun, by_opinion, by_preposition
from extractor.sources.labels import bracketed, gapped, introduced, labelled, wire_tail
from extractor.sources.parties import parties
from extractor.sources.speakers import (
    Memory,
    Party,
    counts_heads,
    document_class,
    is_pro_document,
    is_speaker,
    publishes,
)
from extractor.sources.stances import stance
from extractor.sources.trailing import participial, trailing
from extractor.sources.unparsed import foreseen_amount, is_mistagged, mistagged
from extractor.sources.verbs import by_verb
from extractor.sources.voice import Voice
from extractor.syntax import SUBJECTS, children_with, is_noun, is_verb, subject

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_JUDGED = frozenset(
    {
        ("go", "by"),
        ("going", "by"),
        ("judging", "by"),
        ("judging", "from"),
        ("judge", "by"),
        ("based", "on"),
        ("basis", "of"),
    }
)
_STANDS = frozenset(
    {"be", "come", "stand", "total", "amount", "reach", "imply", "call", "range", "run", "average", "arrive"}
)


def sentence_voices(sentence: Span, memory: Memory) -> list[Voice]:
    """The attributions of a parsed sentence, in the order of the text."""
    voices = [*labelled(sentence, memory), *wire_tail(sentence, memory)]
    for token in _triggers(sentence):
        found = list(_at(token, sentence, memory))
        if not found:
            lost = trailing(token, sentence, memory) or participial(token, sentence, memory)
            found = [lost] if lost is not None else []
        for voice in found:
            voices.append(voice)
            _note(voice, memory)
    if not any(voice.introduces for voice in voices):
        voices.extend(introduced(sentence, memory))
    voices.extend(gapped(sentence, voices, memory))
    voices.extend(bracketed(sentence, memory))
    return [_within(voice, voices, sentence) for voice in voices]


def _triggers(sentence: Span) -> Iterator[Token]:
    """The tokens that a construction can start from; all others are passed over by a look at two numbers."""
    words, owner = _trigger_words(), sentence.doc.vocab.strings["poss"]
    for token in sentence:
        if token.lower in words or token.dep == owner:
            yield token


@lru_cache(maxsize=1)
def _trigger_words() -> frozenset[int]:
    cues = cue_words()
    nouns = [*cues.documents, *cues.carriers]
    words = {"according", "per", "those", "these", *cues.verbs, *cues.phrasal, *nouns, *map(plural, nouns)}
    words |= {
        "of",
        "by",
        *cues.prepositional,
        *cues.accusing,
        *cues.stances,
        *cues.making,
        *cues.sayings,
        *cues.opinions,
    }
    return frozenset(get_string_id(word) for word in words)


def _note(voice: Voice, memory: Memory) -> None:
    for party in reversed(voice.chain):
        memory.note(party, voice.anchor)


def _within(voice: Voice, voices: list[Voice], sentence: Span) -> Voice:
    """ "X said that …, according to Y": what Y gave begins where X's words begin, so that X relays Y."""
    if voice.kind != "according":
        return voice
    around = [other for other in voices if other.kind != "according" and other.first <= voice.anchor < other.last]
    # what analysts expect is theirs, whoever tells of it
    around = [other for other in around if other.kind not in ("expect", "estimate")]
    outer = [other.first for other in around if not _reports_on_itself(other)]
    if len(outer) < len(around):  # what a firm posts is its own; the aside behind it is another's
        commas = [token.i for token in sentence if token.text == "," and token.i < voice.anchor - 1]
        outer.extend(commas[-1:])
    return voice._replace(first=max(voice.first, *outer)) if outer else voice


def _reports_on_itself(voice: Voice) -> bool:
    return voice.kind == "post" or (voice.kind == "announce" and voice.chain[0].kind == "company")


def _at(token: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    if token.lower_ == "according" or (token.lower_ == "per" and _attributes(token, sentence)):
        yield from _according(token, sentence, memory)
    elif token.lower_ in ("of", "by"):
        yield from _owner_behind(token, memory) if token.lower_ == "of" else _by_own(token, sentence, memory)
    elif is_noun(token) and (viewed := by_opinion(token, sentence, memory)) is not None:
        yield viewed
    elif is_noun(token) and (said := list(by_noun(token, sentence, memory))):
        yield from said
    elif is_mistagged(token, sentence):
        yield from mistagged(token, sentence, memory)
    elif (beside := foreseen_amount(token, memory)) is not None:
        yield beside
    elif (held := stance(token, memory) or by_preposition(token, sentence, memory)) is not None:
        yield held
    elif is_verb(token) and verb_class(token) is not None:
        yield from by_verb(token, sentence, memory)
    elif token.lemma_ == "come" and is_verb(token) and verb_class(token) is None:
        yield from _comes_from(token, sentence, memory)
    elif token.dep_ == "poss" and (
        token.head.tag_ == "CD" or memory.in_figure(token.head.i) or memory.in_measure(token.head.i)
    ):
        yield from _owned_number(token, memory)
    elif (is_noun(token) and document_class(token) is not None) or is_pro_document(token):
        yield from _by_document(token, sentence, memory)


# According to, documents, headlines -----------------------------------------------------------------------------------


def _according(token: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    to = token if token.lower_ == "per" else token.nbor() if token.i + 1 < sentence.end else token
    if to.lower_ not in ("to", "per"):
        return
    targets = children_with(to, "pobj") or children_with(token, "pobj")
    if not targets:  # "according to tracking website SkyPath", where the parser sees a verb
        targets = [target for act in children_with(to, "pcomp") for target in children_with(act, "dobj")]
    if not targets:
        return
    chain = parties(targets[0], memory)
    if not chain:
        return
    end = max(targets[0].right_edge.i + 1, to.i + 1)
    start, stop = bounds(token, sentence)
    previous = [t.i for t in sentence if t.lower_ == "according" and t.i < token.i]
    doc = sentence.doc
    cue = doc[token.i : to.i + 1].text
    if document_class(targets[0]) is not None and 0 < chain[0].first - to.i < 8 and chain[0].first > targets[0].i:
        cue = doc[token.i : chain[0].first].text.removesuffix(" the")
    if not any(t.is_alpha and t.i < token.i for t in sentence if t.i >= start):
        reach = (to.i + 1, stop)
    elif _is_inserted(token, end, start, stop, sentence):
        reach = (start, stop)
    else:
        reach = (previous[-1] + 2 if previous else start, end)
    yield Voice(chain, cue, token.idx, *reach, "according", token.i)


def _attributes(per: Token, sentence: Span) -> bool:
    """True for "as per the union", "Per the agency, …" and "…, per the union"; not for "$5 per barrel"."""
    before = per.nbor(-1) if per.i > sentence.start else per
    return before.lower_ == "as" or before.i == per.i or before.is_punct


def _owner_behind(of: Token, memory: Memory) -> Iterator[Voice]:
    """ "The 119,000 of the police": a bare figure, and the body whose figure it is."""
    figure, target = of.head, next(iter(children_with(of, "pobj")), None)
    if of.i - 1 != figure.i or target is None or figure.tag_ != "CD" or not memory.in_figure(figure.i):
        return
    opening = figure.i
    while opening > 0 and memory.in_figure(opening - 1):
        opening -= 1
    definite = opening > 0 and of.doc[opening - 1].lower_ == "the"
    if definite and counts_heads(target, memory) and (chain := parties(target, memory)):
        yield Voice(chain, of.text, of.idx, opening, of.i, "beside", of.i)


def _by_own(by: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "… and $26.8bn by the bank's own", without the noun; "By the agency's account donors gave 8%"."""
    doc, figure = by.doc, by.i - 1
    end = next((t for t in doc[by.i + 2 : by.i + 6] if t.tag_ == "POS"), None)
    if end is None or end.i + 1 >= len(doc):
        return
    following = doc[end.i + 1]
    if by.i == sentence.start and singular(following.text) in cue_words().documents and following.dep_ == "compound":
        # the parser joins the account with the noun behind it
        if chain := parties(end.nbor(-1), memory):
            first, last = following.i + 1, bounds(by, sentence)[1]
            yield Voice(chain, f"{by.text} {following.text}", by.idx, first, last, "document", by.i)
        return
    if figure < 0 or not (memory.in_figure(figure) or memory.in_measure(figure)):
        return
    closes = following.is_punct or (following.lower_ == "own" and (end.i + 2 == len(doc) or doc[end.i + 2].is_punct))
    if closes and (chain := parties(end.nbor(-1), memory)):
        first = figure
        while first > 0 and memory.in_figure(first - 1):
            first -= 1
        yield Voice(chain, "by", by.idx, first, by.i, "beside", by.i)


def _is_inserted(token: Token, end: int, start: int, stop: int, sentence: Span) -> bool:
    """True where the clause's verb comes only after it: "Exports, according to customs, rose 5%"."""
    finite = [t.i for t in sentence if t.tag_ in _FINITE and start <= t.i < stop]
    return not any(i < token.i for i in finite) and any(i >= end for i in finite)


def _comes_from(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "The second number comes from Harvard: 4,645": a figure, and the body that it comes from."""
    what = subject(verb)
    if what is None or not (document_class(what) is not None or what.tag_ in ("JJ", "DT", "CD")):
        return
    for place in children_with(verb, "prep"):
        for target in children_with(place, "pobj") if place.lower_ == "from" else []:
            if (
                _may_be_origin(what, target, memory)
                and (chain := parties(target, memory))
                and chain[0].kind != "person"
            ):
                yield Voice(
                    chain, f"{verb.text} from", verb.idx, bounds(verb, sentence)[0], sentence.end, "count", verb.i
                )


def _may_be_origin(what: Token, target: Token, memory: Memory) -> bool:
    """False for places, and for whoever people or goods come from: "410,000 came from India"."""
    named = memory.name_at(target.i)
    if named is None or what.tag_ == "CD":
        return publishes(target, memory)
    return named.type in ("organisation", "name")


def _owned_number(owner: Token, memory: Memory) -> Iterator[Voice]:
    """ "The board's 5.2 million": a number that belongs to a body that publishes numbers."""
    if publishes(owner, memory):
        head = owner.head
        yield Voice(
            parties(owner, memory),
            f"{owner.text}'s",
            owner.idx,
            head.left_edge.i,
            head.right_edge.i + 1,
            "document",
            owner.i,
        )


def _by_document(noun: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """What a document noun says by its place in the sentence, whatever the verb."""
    if noun.dep_ == "compound":
        return
    standing = document_class(noun)
    for clause in children_with(noun, "acl", "ccomp", "relcl"):
        # a clause inside the noun phrase: "a report by the Ledger that 40,000 homes were without power"
        if any(mark.lower_ == "that" for mark in children_with(clause, "mark")):
            yield from _document_voice(noun, clause.left_edge.i, clause.right_edge.i + 1, memory)
    above = noun.head
    opens = noun.dep_ == "pobj" and above.dep_ == "prep" and above.i - sentence.start <= 1
    if opens and (
        above.lower_ == "in"
        or (above.lower_ == "on" and standing in ("estimate", "tally", "forecast") and _has_owner(noun, memory))
        or (above.lower_ == "by" and standing != "target" and _has_owner(noun, memory))
    ):
        # a survey or report that a sentence opens with: "In a survey by the guild, 46% said …"
        yield from _document_voice(noun, noun.right_edge.i + 1, bounds(noun, sentence)[1], memory)
    elif opens and above.lower_ == "under" and standing == "target" and _has_owner(noun, memory):
        # what a plan would do is told of it alone, and goes no further than its sentence
        yield from _document_voice(noun, noun.right_edge.i + 1, bounds(noun, sentence)[1], memory, "amount")
    elif (
        noun.dep_ == "pobj"
        and above.lower_ == "in"
        and above.head.dep_ not in ("acl", "relcl")
        and singular(noun.text) in cue_words().inquiries
    ):
        # "Lund leads by 4 points in the latest Mirador poll"
        yield from _document_voice(noun, bounds(noun, sentence)[0], above.i, memory)
    by = noun.dep_ == "pobj" and above.lower_ == "by"
    if by and (standing in ("estimate", "tally", "forecast") or (standing == "document" and _has_owner(noun, memory))):
        yield from _by_count(noun, sentence, memory)
    yield from _by_amount(noun, standing, memory)
    if noun.dep_ in SUBJECTS and noun.head.lemma_ == "be" and _is_out(noun.head):
        # "Zinwa's weekly figures are in.", and the next sentences tell them
        yield from _document_voice(noun, noun.head.i, noun.head.i, memory, "show")
    elif noun.dep_ == "pobj" and (above.head.lower_, above.lower_) in _JUDGED:
        # "to go by American customs data", "based on figures from the board"
        yield from _document_voice(noun, *bounds(noun, sentence), memory)


def _is_out(verb: Token) -> bool:
    """True for "are in", "is out"."""
    following = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    closes = following.i + 1 < len(verb.doc) and following.nbor().is_punct
    return following.lower_ in ("in", "out", "here", "available") and closes


def _by_amount(noun: Token, standing: str | None, memory: Memory) -> Iterator[Voice]:
    """A forecast, an estimate or somebody's tally that holds the figure, or is said to be the figure."""
    if standing == "target" and noun.dep_ in SUBJECTS and is_verb(noun.head) and _has_owner(noun, memory):
        # a plan does what its maker wants: "Ms Lund's plan would cap rents at 3%"
        yield from _document_voice(noun, noun.head.i + 1, noun.head.right_edge.i + 1, memory, "aim")
    if standing == "forecast" and any(memory.in_figure(child.i) for child in noun.lefts):
        # the amount stands before its noun, as in "up from the 2.9% forecast by economists"
        yield from _document_voice(noun, noun.left_edge.i, noun.i, memory, "amount")
    foreseen, owned = standing in ("forecast", "estimate"), standing == "tally" and _is_owned(noun, memory)
    if not foreseen and not owned and not _has_maker(noun, memory):
        return
    if noun.dep_ in SUBJECTS and noun.head.lemma_ in _STANDS:
        # the noun is the subject: "The median forecast of 22 economists was for growth of 0.4%"
        yield from _document_voice(noun, noun.head.i + 1, noun.head.right_edge.i + 1, memory)
    if owned or (foreseen and (noun.right_edge.i > noun.i or noun.dep_ in ("dobj", "pobj", "attr"))):
        # the noun holds the figure itself: "the bank's forecast of 3%", "the unions' figure of 900"
        yield from _document_voice(noun, noun.i, noun.right_edge.i + 1, memory, "beside" if owned else "amount")


def _is_owned(noun: Token, memory: Memory) -> bool:
    """True for "the board's total", "the police figure"."""
    words = [child.lower_ for child in children_with(noun, "amod", "compound")]
    return any(counts_heads(owner, memory) for owner in children_with(noun, "poss", "compound", "nmod")) or any(
        cue_words().generic.get(word) == "government" for word in words
    )


def _has_owner(noun: Token, memory: Memory) -> bool:
    """True for "the mayor's plan"."""
    return any(is_speaker(owner, memory) for owner in children_with(noun, "poss"))


def _has_maker(noun: Token, memory: Memory) -> bool:
    """True for "those compiled by the co-operatives", "a count by the guild"."""
    if any(participle_classes(clause) for clause in children_with(noun, "acl")):
        return True
    makers = [maker for by in children_with(noun, "prep") if by.lower_ == "by" for maker in children_with(by, "pobj")]
    return any(is_speaker(maker, memory) for maker in makers)


def _by_count(noun: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The clause beside "by one estimate" or "by its own count"; "rose by an estimated 3%" has no such noun."""
    chain, by = parties(noun, memory), noun.head
    start, end = bounds(noun, sentence)
    if by.i > start and by.nbor(-1).text != ",":  # "…, against 58 million by the board's count": its own stretch only
        start = max([t.i + 1 for t in sentence if t.text == "," and t.i < by.i], default=start)
    if chain and (chain[0].proper or chain[0].text != noun.text):
        yield Voice(chain, f"by {noun.text}", by.idx, start, end, "beside", by.i)


def _document_voice(noun: Token, first: int, last: int, memory: Memory, kind: str = "document") -> Iterator[Voice]:
    chain = parties(noun, memory)
    named = chain[0].text.split()[-1:] != [noun.text] or chain[0].kind == "government" if chain else False
    if chain and chain[0].proper and named:
        yield Voice(chain, _document_cue(noun, chain[0]), noun.idx, first, last, kind, noun.i)


def _document_cue(noun: Token, maker: Party) -> str:
    """ "report by", "median forecast of", or the noun alone."""
    doc, first = noun.doc, noun.i
    while first > noun.left_edge.i and doc[first - 1].dep_ == "amod":
        first -= 1
    joined = doc[noun.i + 1].lower_ in ("by", "of", "from") and maker.first > noun.i if noun.i + 1 < len(doc) else False
    return doc[first : noun.i + (2 if joined else 1)].text
