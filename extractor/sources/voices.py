"""The attributions of one parsed sentence: who speaks, with which cue, and how far along the sentence it reaches.

Each function serves one construction and gives voices; a figure later takes the narrowest voice that covers it, and
the wider ones as relays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.strings import get_string_id
from spacy.tokens import Span, Token

from extractor.lexicon import plural
from extractor.mentions import text_of
from extractor.naming import body_kind, is_area_name, name_words, normalise, singular
from extractor.sources.cues import cue_words, participle_classes, verb_class
from extractor.sources.extent import bounds, ends_in_colon
from extractor.sources.parties import parties
from extractor.sources.speakers import (
    Memory,
    Party,
    counts_heads,
    document_class,
    is_first_person,
    is_pro_document,
    is_speaker,
    publishes,
)
from extractor.sources.unparsed import foreseen_amount, is_mistagged, mistagged
from extractor.sources.verbs import by_verb
from extractor.sources.voice import Voice
from extractor.syntax import SUBJECTS, children_with, is_noun, is_verb, subject

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TAIL = re.compile(r"(?:\s[-–—]\s?|:\s)((?:[\w.'’&]+ ){0,4}[\w.'’&]+)\s*$")
_STANDS = frozenset(
    {"be", "come", "stand", "total", "amount", "reach", "imply", "call", "range", "run", "average", "arrive"}
)


def sentence_voices(sentence: Span, memory: Memory) -> list[Voice]:
    """The attributions of a parsed sentence, in the order of the text."""
    voices = [*_headline(sentence, memory), *_wire_tail(sentence, memory)]
    for token in _triggers(sentence):
        for voice in _at(token, sentence, memory):
            voices.append(voice)
            _note(voice, memory)
    if not any(voice.introduces for voice in voices):
        voices.extend(_before_colon(sentence, memory))
    voices.extend(_gapped(sentence, voices, memory))
    voices.extend(_bracketed(sentence, memory))
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
    return frozenset(get_string_id(word) for word in words)


def _note(voice: Voice, memory: Memory) -> None:
    for party in reversed(voice.chain):
        memory.note(party, voice.anchor)


def _within(voice: Voice, voices: list[Voice], sentence: Span) -> Voice:
    """ "X said that …, according to Y": what Y gave begins where X's words begin, so that X relays Y."""
    if voice.kind != "according":
        return voice
    around = [other for other in voices if other.kind != "according" and other.first <= voice.anchor < other.last]
    outer = [other.first for other in around if not _reports_on_itself(other)]
    if len(outer) < len(around):  # what a firm posts is its own; the aside behind it is another's
        commas = [token.i for token in sentence if token.text == "," and token.i < voice.anchor - 1]
        outer.extend(commas[-1:])
    return voice._replace(first=max(voice.first, *outer)) if outer else voice


def _reports_on_itself(voice: Voice) -> bool:
    return voice.kind == "post" or (voice.kind == "announce" and voice.chain[0].kind == "company")


def _at(token: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    if token.lower_ == "according" or (token.lower_ == "per" and token.i and token.nbor(-1).lower_ == "as"):
        yield from _according(token, sentence, memory)
    elif is_mistagged(token, sentence):
        yield from mistagged(token, sentence, memory)
    elif (beside := foreseen_amount(token, memory)) is not None:
        yield beside
    elif is_verb(token) and verb_class(token) is not None:
        yield from by_verb(token, sentence, memory)
    elif token.lemma_ == "come" and is_verb(token) and verb_class(token) is None:
        yield from _comes_from(token, sentence, memory)
    elif token.dep_ == "poss" and (token.head.tag_ == "CD" or memory.in_figure(token.head.i)):
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


def _is_inserted(token: Token, end: int, start: int, stop: int, sentence: Span) -> bool:
    """True where the clause's verb comes only after it: "Exports, according to customs, rose 5%"."""
    finite = [t.i for t in sentence if t.tag_ in _FINITE and start <= t.i < stop]
    return not any(i < token.i for i in finite) and any(i >= end for i in finite)


def _gapped(sentence: Span, voices: list[Voice], memory: Memory) -> Iterator[Voice]:
    """ "Police counted 900 marchers, the union 4,000": a second body beside its number, the verb left out."""
    spoken = [voice for voice in voices if voice.kind not in ("according", "document", "beside", "colon", "aim")]
    if not spoken:
        return
    for number in sentence:
        if number.tag_ not in ("CD", "$") or number.i - 1 <= spoken[0].anchor:
            continue
        body = number.nbor(-1)
        first = _noun_phrase_start(body, sentence)
        if not is_noun(body) or first <= sentence.start or not _rivals(body, spoken[0], memory):
            continue
        if sentence.doc[first - 1].lower_ in (",", "and", ";", "while", "but") and (chain := parties(body, memory)):
            stops = [t.i for t in sentence if t.i > number.i and t.text in (",", ";", ":")]
            yield Voice(chain, spoken[0].cue, number.idx, number.i, min([*stops, sentence.end]), "beside", body.i)


def _rivals(body: Token, spoken: Voice, memory: Memory) -> bool:
    """True for what can stand beside the first speaker: bodies and crowds, or a country beside a country."""
    named = memory.name_at(body.i)
    if named is not None and named.type == "area":
        return not named.adjective and memory.is_area(spoken.chain[0].id)
    return counts_heads(body, memory)


def _noun_phrase_start(noun: Token, sentence: Span) -> int:
    """Where the words before a noun begin, by their tags alone."""
    first = noun.i
    while first > sentence.start and noun.doc[first - 1].tag_[:2] in ("NN", "JJ", "DT", "PO"):
        first -= 1
    return first


def _bracketed(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "30,000 people (police)": who counted stands in brackets behind the count."""
    doc = sentence.doc
    for opening in (token for token in sentence if token.text == "("):
        closing = next((t for t in doc[opening.i + 1 : opening.i + 6] if t.text == ")"), None)
        if closing is None or closing.i == opening.i + 1 or not counts_heads(closing.nbor(-1), memory):
            continue
        stretch = doc[max(sentence.start, opening.i - 4) : opening.i]
        numbers = [token for token in stretch if token.like_num]
        if numbers and (chain := parties(closing.nbor(-1), memory)):
            yield Voice(chain, "(", opening.idx, numbers[0].i, opening.i, "beside", opening.i)


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
        above.lower_ == "in" or (above.lower_ == "under" and standing == "target" and _has_owner(noun, memory))
    ):
        # a survey or report that a sentence opens with: "In a survey by the guild, 46% said …"
        yield from _document_voice(noun, noun.right_edge.i + 1, bounds(noun, sentence)[1], memory)
    if noun.dep_ == "pobj" and above.lower_ == "by" and standing in ("estimate", "tally", "forecast"):
        yield from _by_count(noun, sentence, memory)
    yield from _by_amount(noun, standing, memory)


def _by_amount(noun: Token, standing: str | None, memory: Memory) -> Iterator[Voice]:
    """A forecast, an estimate or somebody's tally that holds the figure, or is said to be the figure."""
    if standing == "target" and noun.dep_ in SUBJECTS and is_verb(noun.head) and _has_owner(noun, memory):
        # a plan does what its maker wants: "Ms Lund's plan would cap rents at 3%"
        yield from _document_voice(noun, noun.head.i + 1, noun.head.right_edge.i + 1, memory, "aim")
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


def _recurs(words: list[Token], sentence: Span) -> bool:
    """True where the words before a headline's colon come again in the article, as the name of whoever speaks does."""
    return (
        sentence.start == 0
        and f" {sentence.doc[words[0].i : words[-1].i + 1].text} " in text_of(sentence.doc)[words[-1].idx :]
    )


def _wire_tail(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "Exports jump 58% in 2023 -industry body": a wire's headline names its source behind a dash."""
    if sentence.start > 0:
        return
    match = _TAIL.search(sentence.text)
    if match is None:
        return
    text = match.group(1)
    last = text.split()[-1]
    crowd = "other" if singular(last) in name_words().crowd else None
    kind = body_kind(last) or name_words().crowd_kinds.get(singular(last)) or crowd
    named = next((name for name in memory.names if memory.doc[name.first : name.last].text == text), None)
    if kind is None and (named is None or named.type == "area"):
        return
    party = (
        Party(named.id, text, named.kind or "other") if named is not None else Party(normalise(text), text, str(kind))
    )
    offset = sentence.start_char + match.start()
    last_token = next(token.i for token in sentence if token.idx + len(token) > offset)
    yield Voice((party,), "-", offset, sentence.start, last_token, "colon", last_token)


def _before_colon(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "The senator scolded him: “…”": whoever acts before a colon and a quotation speaks it, whatever the verb."""
    colon = next((t for t in sentence if t.text == ":" and (t.i + 1 == len(t.doc) or not t.nbor().like_num)), None)
    if colon is None or not _quotes_next(colon):
        return
    verbs = [t for t in sentence if t.i < colon.i and t.tag_ in ("VBD", "VBZ", "VBP") and subject(t) is not None]
    for verb in verbs[:1]:
        who = subject(verb)
        if who is not None and is_speaker(who, memory) and not is_first_person(who) and (chain := parties(who, memory)):
            yield Voice(chain, ":", colon.idx, colon.i + 1, sentence.end, "say", colon.i, ends_in_colon(sentence, verb))


def _quotes_next(colon: Token) -> bool:
    following = [t for t in colon.doc[colon.i + 1 : colon.i + 4] if not t.is_space]
    return bool(following) and following[0].is_quote


def _headline(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "Grid operator: solar to pass 30%"; "LUND: We sold 40." A short name or body, a colon, and what it says."""
    words = [token for token in sentence[:9] if not token.is_space]
    colon = next((n for n, token in enumerate(words) if token.text == ":"), 0)
    if not 1 <= colon <= 6 or words[colon].i + 1 >= sentence.end:
        return
    head = words[colon - 1]
    named = memory.name_at(head.i)
    noun = singular(head.text)
    is_body = body_kind(head.text) is not None or noun in name_words().crowd
    recurs = colon <= 3 and all(word.text[0].isupper() for word in words[:colon]) and _recurs(words[:colon], sentence)
    if any(is_verb(token) and token.tag_ != "VBG" for token in words[:colon]) or not (is_body or named or recurs):
        return
    if named is not None and (named.type == "area" or is_area_name(named.id)):
        return
    if named is not None:
        first = max(words[0].i, named.first)
        text = sentence.doc[first : named.last].text
        party = Party(named.id, text, named.kind or "other", first)
    else:
        text = sentence.doc[words[0].i : head.i + 1].text
        party = Party(
            text.lower(), text, body_kind(head.text) or name_words().crowd_kinds.get(noun, "other"), words[0].i
        )
    yield Voice((party,), ":", words[colon].idx, words[colon].i + 1, sentence.end, "colon", words[colon].i)
