"""The attributions of one parsed sentence: who speaks, with which cue, and how far along the sentence it reaches.

Each function serves one construction and gives voices; a figure later takes the narrowest voice that covers it, and the wider
ones as relays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Span, Token

from extractor.names import body_kind, is_area_name, name_words, singular
from extractor.sources.cues import cue_words, participle_classes, verb_class
from extractor.sources.parties import Memory, Party, document_class, is_first_person, is_pro_document, is_speaker, parties
from extractor.syntax import SUBJECTS, children_with, is_noun, is_verb, subject

_CONTENT = frozenset({"ccomp", "xcomp", "dobj", "prep", "oprd", "attr", "dative", "acomp", "npadvmod", "pobj", "appos", "dep"})
_ASIDE = frozenset({"as", "while", "whereas", "although", "though"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"which", "who", "that"})
_STANDS = frozenset({"be", "come", "stand", "total", "amount", "reach", "imply", "call", "range", "run", "average"})
_REVISED = frozenset({"revise", "downgrade", "upgrade"})


class Voice(NamedTuple):
    """One attribution: who, by which words, and the tokens that it covers."""

    chain: tuple[Party, ...]
    """The party nearest the origin first, then those who relay."""
    cue: str
    cue_start: int
    """Character offset of the cue."""
    first: int
    last: int
    kind: str
    """The class of the cue: a verb class, `according`, `document`, `colon`."""
    anchor: int
    """Token index of the cue."""
    introduces: bool = False
    """True where a colon hands over to what follows the sentence."""


def sentence_voices(sentence: Span, memory: Memory) -> list[Voice]:
    """The attributions of a parsed sentence, in the order of the text."""
    voices = list(_headline(sentence, memory))
    for token in sentence:
        for voice in _at(token, sentence, memory):
            voices.append(voice)
            _note(voice, memory)
    if not any(voice.introduces for voice in voices):
        voices.extend(_before_colon(sentence, memory))
    return [_within(voice, voices) for voice in voices]


def _note(voice: Voice, memory: Memory) -> None:
    for party in reversed(voice.chain):
        memory.note(party)


def _within(voice: Voice, voices: list[Voice]) -> Voice:
    """ "X said that …, according to Y": what Y gave begins where X's words begin, so that X relays Y."""
    if voice.kind != "according":
        return voice
    outer = [other.first for other in voices if other.kind != "according" and other.first <= voice.anchor < other.last]
    return voice._replace(first=max(voice.first, *outer)) if outer else voice


def _at(token: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    if token.lower_ == "according":
        yield from _according(token, sentence, memory)
    elif is_verb(token):
        yield from _by_verb(token, sentence, memory)
    elif (is_noun(token) and document_class(token) is not None) or is_pro_document(token):
        yield from _by_document(token, sentence, memory)


# Verbs ----------------------------------------------------------------------------------------------------------------


def _by_verb(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    kind = verb_class(verb)
    if kind is None or kind == "deny" or verb.dep_ in ("aux", "auxpass", "amod", "compound"):
        return
    if kind == "cite":
        yield from _quoted_as_saying(verb, sentence, memory)
        return
    if _is_unsaid(verb):
        return
    who = _speaking(verb)
    if who is None or is_first_person(who) or not _may_speak(verb, who, kind, memory):
        return
    reach = _reach(verb, who, kind, sentence)
    if reach is None:
        return
    chain = _chain(verb, who, memory)
    if chain:
        yield Voice(chain, _cue(verb, who, kind), verb.idx, *reach, kind, verb.i, _ends_in_colon(sentence, verb))


def _is_unsaid(verb: Token) -> bool:
    """True where nobody has spoken: "cannot tell", "did not say", "will announce", "wanting to learn"."""
    if any(child.dep_ == "neg" or (child.dep_ == "aux" and child.tag_ in ("MD", "TO")) for child in verb.children):
        kind = verb_class(verb)
        return kind not in ("estimate", "put", "expect", "aim") or any(child.dep_ == "neg" for child in verb.children)
    return False


def _speaking(verb: Token) -> Token | None:
    """Who does what the verb says: its subject, the agent of a passive, or that of the verb that it hangs on."""
    if _is_passive(verb):
        agents = [target for by in children_with(verb, "agent") for target in children_with(by, "pobj")]
        return agents[0] if agents else None
    own = subject(verb)
    if own is not None:
        return own if own.dep_ != "expl" else None
    if verb.dep_ == "acl" and verb.tag_ == "VBG":  # "data showing", not "taxpayers reporting"
        return verb.head if document_class(verb.head) is not None else None
    beside = _beside(verb)
    if beside is None and verb.dep_ in ("conj", "advcl", "xcomp") and is_verb(verb.head):
        return _speaking(verb.head)
    return beside


def _beside(verb: Token) -> Token | None:
    """The noun right after or before a verb of saying whose subject the parser missed: "… said Oduya"."""
    doc = verb.doc
    for child in verb.rights:
        if child.dep_ in ("dobj", "attr", "npadvmod", "appos") and child.tag_ in ("NNP", "NNPS") and verb.tag_ != "VB":
            return child if verb.lemma_ == "say" else None
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == verb.sent.start:
        return None
    before = doc[verb.i - 1]
    return _before_aside(before) if before.text == "," else (before if before.tag_ in ("NNP", "NNPS", "PRP") else None)


def _before_aside(comma: Token) -> Token | None:
    """The name in ", Anselm Ruo, head of the council, said": two commas back."""
    if comma.head.i == comma.i:
        return None
    for token in reversed(list(comma.sent)):
        if token.i >= comma.i or token.i < comma.i - 14:
            continue
        if token.text == "," and token.i > comma.sent.start and (before := token.nbor(-1)).tag_ in ("NNP", "NNPS"):
            opening = before
            while opening.i > comma.sent.start and opening.nbor(-1).tag_ in ("NNP", "NNPS"):
                opening = opening.nbor(-1)
            return before if opening.i == comma.sent.start or opening.nbor(-1).text in (",", "”", '"') else None
    return None


def _is_passive(verb: Token) -> bool:
    if verb.tag_ != "VBN":
        return False
    if any(child.dep_ in ("auxpass", "nsubjpass", "agent") for child in verb.children):
        return True
    return verb.dep_ in ("acl", "advcl", "relcl") and not any(child.dep_ == "aux" for child in verb.children)


def _may_speak(verb: Token, who: Token, kind: str, memory: Memory) -> bool:
    if kind == "say":
        return is_noun(who) or who.tag_ in ("PRP", "WP", "WDT") or is_speaker(who, memory)
    if not is_speaker(who, memory):
        return False
    named = memory.name_at(who.i)
    is_area = named is not None and named.type == "area"
    if verb.lower_ == "saw":  # "saw its profits fall" is no foresight
        return False
    if kind == "post":
        # A firm reports on itself; a country that "posted growth" reports nothing, and a person who "booked" neither.
        is_body = body_kind(who.text) is not None or (named is not None and named.type in ("organisation", "name"))
        return is_body and not is_area or who.lower_ == "it"
    if kind == "revise" and verb.lemma_ not in _REVISED:
        return any(document_class(target) in ("forecast", "estimate", "target") for target in children_with(verb, "dobj"))
    if kind in ("count", "estimate", "put"):
        return not is_area
    return True


# How far a verb reaches -----------------------------------------------------------------------------------------------


def _reach(verb: Token, who: Token, kind: str, sentence: Span) -> tuple[int, int] | None:
    """Half-open tokens that a verb of saying covers: what it governs after it, or all that stands before it."""
    start, end = _bounds(verb, sentence)
    if verb.dep_ == "parataxis" or (verb.dep_ == "advcl" and _is_as_clause(verb)):
        return start, max(verb.head.right_edge.i + 1, verb.i)
    if verb.dep_ == "relcl" and _object_is_antecedent(verb):
        return _antecedent_span(verb)
    if _is_passive(verb):
        return _passive_reach(verb, kind, start, end)
    content = [child for child in verb.children if child.dep_ in _CONTENT and child.i != who.i]
    left = [child for child in content if child.i < verb.i and child.dep_ in ("ccomp", "xcomp", "dobj")]
    right = [child for child in content if child.i > verb.i and _holds(child, kind)]
    if left and left[-1].dep_ == "ccomp":
        return (start, _after(verb, end)) if _goes_on(verb) else (start, verb.i)
    if right:
        return verb.i + 1, _after(verb, end)
    if kind not in ("say", "announce") or verb.tag_ not in _FINITE:
        return None
    if _ends_in_colon(sentence, verb):
        return verb.i + 1, end
    if any(child.i > verb.i for child in children_with(verb, "dobj")) and verb.lower_ not in cue_words().addressed:
        return None  # "shares added 15 cents" to nothing that was said
    before = min(who.left_edge.i, verb.i)
    # With nothing before it either, the verb speaks only a quotation that stands in another sentence.
    return (start, before) if start < before - 2 else (verb.i, verb.i)


def _passive_reach(verb: Token, kind: str, start: int, end: int) -> tuple[int, int] | None:
    """ "damage was put at 2 billion by insurers"; in "the loss of 61 cents forecast by analysts" the noun phrase alone."""
    if kind in ("post", "aim", "revise"):
        return None
    if verb.dep_ in ("acl", "relcl"):
        return verb.head.left_edge.i, verb.right_edge.i + 1
    return start, _after(verb, end)


def _bounds(verb: Token, sentence: Span) -> tuple[int, int]:
    """The part of the sentence between semicolons in which the verb stands."""
    start, end = sentence.start, sentence.end
    for token in sentence:
        if token.text == ";":
            if token.i < verb.i:
                start = token.i + 1
            else:
                end = token.i
                break
    return start, end


def _holds(child: Token, kind: str) -> bool:
    """True where a child of a verb can hold what is said: a clause for all, an object or "at 5%" for those that count."""
    if child.dep_ in ("ccomp", "xcomp", "oprd"):
        return True
    if kind == "say":
        return False
    if kind in ("show", "announce"):
        return child.dep_ in ("dobj", "dep", "attr")
    return child.dep_ in ("dobj", "prep", "attr", "npadvmod", "pobj", "dep")


def _after(verb: Token, end: int) -> int:
    """Where the content after a verb ends: before an aside ("…, while …") or another main clause that speaks for itself."""
    if verb.dep_ in ("relcl", "acl", "advcl"):
        end = min(end, verb.right_edge.i + 1)
    for child in verb.rights:
        if child.dep_ == "advcl" and any(mark.lower_ in _ASIDE for mark in children_with(child, "mark")):
            end = min(end, child.left_edge.i)
        elif child.dep_ == "conj" and is_verb(child) and verb_class(child) and subject(child) is not None:
            end = min(end, child.left_edge.i)
    return end


def _goes_on(verb: Token) -> bool:
    """True for a split quotation: "“Demand was up,” said Oduya, “but we shipped only 70,000.”"."""
    return any(child.i > verb.i and child.dep_ in ("ccomp", "conj") and is_verb(child) for child in verb.children)


def _is_as_clause(verb: Token) -> bool:
    """ "as the board said", "as reported by the Ledger"."""
    return any(mark.lower_ == "as" for mark in children_with(verb, "mark", "advmod", "prep")) and not children_with(verb, "ccomp")


def _object_is_antecedent(verb: Token) -> bool:
    """True for "the rate that the League published": the clause has a subject of its own, and the noun is its object."""
    own = subject(verb)
    return own is not None and own.lower_ not in _RELATIVE and not children_with(verb, "ccomp", "xcomp")


def _antecedent_span(verb: Token) -> tuple[int, int]:
    noun = verb.head
    opening = noun.doc[noun.left_edge.i - 1].text if noun.left_edge.i else ""
    apposed = noun.dep_ == "appos" or (noun.dep_ in ("npadvmod", "dep", "conj", "attr") and opening == ",")
    return (noun.head if apposed else noun).left_edge.i, verb.i


def _ends_in_colon(sentence: Span, verb: Token) -> bool:
    for token in reversed(sentence):
        if not token.is_space and not token.is_quote:
            return token.text == ":" and token.i > verb.i
    return False


# Chains ---------------------------------------------------------------------------------------------------------------


def _chain(verb: Token, who: Token, memory: Memory) -> tuple[Party, ...]:
    """The speaker, behind whoever the speaker cites and before whoever was told."""
    speaker = parties(who, memory)
    if not speaker:
        return ()
    cited = [party for target in _cited(verb) for party in parties(target, memory)]
    heard = [party for target in _heard(verb, memory) for party in parties(target, memory)]
    return (*cited, *speaker, *heard)


def _cited(verb: Token) -> Iterator[Token]:
    """ "…, citing the harbour master", also where the parser hangs it on the clause next door."""
    hosts = [verb, *children_with(verb, "ccomp", "xcomp", "prep", "dobj"), *([verb.head] if verb.dep_ == "parataxis" else [])]
    for host in hosts:
        for clause in children_with(host, "advcl", "prep", "acl", "pcomp", "xcomp", "conj"):
            if verb_class(clause) == "cite" and clause.tag_ == "VBG" and clause.i > verb.i:
                yield from children_with(clause, "dobj")


def _heard(verb: Token, memory: Memory) -> Iterator[Token]:
    """Media that were told, or that held the interview: "told Radio Norda", "said in an interview with the Ledger"."""
    if verb.lemma_ == "tell":
        for target in children_with(verb, "dobj", "dative"):
            named = memory.name_at(target.i)
            media = body_kind(target.text) == "media"
            if (media or (named is not None and named.type in ("organisation", "name"))) and target.i > verb.i:
                yield target
    for preposition in children_with(verb, "prep"):
        for event in children_with(preposition, "pobj"):
            if event.lemma_ in cue_words().events:
                for with_ in (child for child in event.children if child.lower_ in ("with", "to", "by")):
                    yield from children_with(with_, "pobj")


def _quoted_as_saying(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "The Ledger quoted the harbour master as saying that 48 ships …"; "citing" beside a verb of saying is no voice."""
    if verb.tag_ == "VBG":
        if _hangs_on_speech(verb):
            return
        targets = children_with(verb, "dobj")
        if targets and (chain := parties(targets[0], memory)):
            yield Voice(chain, verb.text, verb.idx, sentence.start, verb.i, "cite", verb.i)
        return
    who, targets = subject(verb), children_with(verb, "dobj")
    if who is None or not targets or not is_speaker(targets[0], memory):
        return
    chain = (*parties(targets[0], memory), *parties(who, memory))
    if chain:
        yield Voice(chain, verb.text, verb.idx, verb.i + 1, sentence.end, "cite", verb.i)


def _hangs_on_speech(verb: Token) -> bool:
    above = verb.head
    for _ in range(4):
        if verb_class(above) in ("say", "announce", "show", "estimate"):
            return True
        if above.dep_ == "parataxis" or above.head.i == above.i:
            break
        above = above.head
    return any(verb_class(child) in ("say", "announce") for child in above.children if child.dep_ == "parataxis")


def _cue(verb: Token, who: Token, kind: str) -> str:
    """The words that attribute: "data showed", "put … at", "said at the time"."""
    if kind == "put":
        return f"{verb.text} … at"
    if document_class(who) is not None and who.i + 1 == verb.i:
        return f"{who.text} {verb.text}"
    tail = verb.doc[verb.i + 1 : verb.i + 4].text
    return f"{verb.text} {tail}" if tail.lower() == "at the time" else verb.text


# According to, documents, headlines -----------------------------------------------------------------------------------


def _according(token: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    if token.i + 1 >= sentence.end or token.nbor().lower_ != "to":
        return
    to = token.nbor()
    targets = children_with(to, "pobj") or children_with(token, "pobj")
    if not targets:
        return
    chain = parties(targets[0], memory)
    if not chain:
        return
    end = max(targets[0].right_edge.i + 1, to.i + 1)
    start, stop = _bounds(token, sentence)
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


def _by_document(noun: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    standing = document_class(noun)
    if noun.dep_ == "compound":
        return
    for clause in children_with(noun, "acl", "ccomp", "relcl"):
        # "a report by the Ledger that 40,000 homes were without power"
        if any(mark.lower_ == "that" for mark in children_with(clause, "mark")):
            yield from _document_voice(noun, clause.left_edge.i, clause.right_edge.i + 1, memory)
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.i - sentence.start <= 1 and noun.head.dep_ == "prep":
        # "In a survey by the guild, 46% said …"
        yield from _document_voice(noun, noun.right_edge.i + 1, _bounds(noun, sentence)[1], memory)
    makers_told = any(participle_classes(clause) for clause in children_with(noun, "acl"))
    if standing not in ("forecast", "estimate") and not makers_told:
        return
    if noun.dep_ in SUBJECTS and noun.head.lemma_ in _STANDS:
        # "The median forecast of 22 economists was for growth of 0.4%"
        yield from _document_voice(noun, noun.head.i + 1, noun.head.right_edge.i + 1, memory)
    elif standing in ("forecast", "estimate") and (noun.right_edge.i > noun.i or noun.dep_ in ("dobj", "pobj", "attr")):
        # "the bank's forecast of 3%", "against its estimate of 40 million"
        yield from _document_voice(noun, noun.i, noun.right_edge.i + 1, memory)


def _document_voice(noun: Token, first: int, last: int, memory: Memory) -> Iterator[Voice]:
    chain = parties(noun, memory)
    if chain and chain[0].proper and chain[0].text.split()[-1:] != [noun.text]:
        yield Voice(chain, _document_cue(noun, chain[0]), noun.idx, first, last, "document", noun.i)


def _document_cue(noun: Token, maker: Party) -> str:
    """ "report by", "median forecast of", or the noun alone."""
    doc, first = noun.doc, noun.i
    while first > noun.left_edge.i and doc[first - 1].dep_ == "amod":
        first -= 1
    joined = doc[noun.i + 1].lower_ in ("by", "of", "from") and maker.first > noun.i if noun.i + 1 < len(doc) else False
    return doc[first : noun.i + (2 if joined else 1)].text


def _before_colon(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "The senator scolded him: “…”": whoever acts before a colon and a quotation speaks it, whatever the verb."""
    colon = next((t for t in sentence if t.text == ":" and (t.i + 1 == len(t.doc) or not t.nbor().like_num)), None)
    if colon is None or not _quotes_next(colon):
        return
    verbs = [t for t in sentence if t.i < colon.i and t.tag_ in ("VBD", "VBZ", "VBP") and subject(t) is not None]
    for verb in verbs[:1]:
        who = subject(verb)
        if who is not None and is_speaker(who, memory) and not is_first_person(who) and (chain := parties(who, memory)):
            yield Voice(chain, ":", colon.idx, colon.i + 1, sentence.end, "say", colon.i, _ends_in_colon(sentence, verb))


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
    if any(is_verb(token) and token.tag_ != "VBG" for token in words[:colon]) or not (is_body or named is not None):
        return
    if named is not None and (named.type == "area" or is_area_name(named.id)):
        return
    if named is not None:
        first = max(words[0].i, named.first)
        text = sentence.doc[first : named.last].text
        party = Party(named.id, text, named.kind or "other", first)
    else:
        text = sentence.doc[words[0].i : head.i + 1].text
        party = Party(text.lower(), text, body_kind(head.text) or name_words().crowd_kinds.get(noun, "other"), words[0].i)
    yield Voice((party,), ":", words[colon].idx, words[colon].i + 1, sentence.end, "colon", words[colon].i)
