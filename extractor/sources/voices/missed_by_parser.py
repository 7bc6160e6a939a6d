"""Attributions that the parser misses, found by the words: verbs that it takes for nouns, clauses without "that"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.names.words import name_words, normalise, phrase_kind
from extractor.plurals import singular
from extractor.sources.cues import cue_words, participle_classes, small_words, verb_class
from extractor.sources.parties.documents import modifier_party, words_of_document
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import Memory, Party, counts_heads, document_class, is_speaker
from extractor.sources.verb_reach import FINITE, bounds
from extractor.sources.voices.voice import Voice
from extractor.syntax import ancestors, children_with, is_noun, is_verb, sentence_start, subject
from extractor.tokens import Span, Token

_MISTAKEN = frozenset({"say", "announce", "show", "estimate", "expect"})
_FORESEEN = frozenset({"expect", "estimate"})


def is_mistagged(token: Token, sentence: Span) -> bool:
    """True for a form of a verb of saying that the parser has made an object, or the sentence's only noun phrase."""
    if verb_class(token) not in _MISTAKEN or token.i == sentence.start:
        return False
    if document_class(token) is not None:  # "estimates" and "report" mostly are nouns
        return is_noun(token) and (token.dep_ == "ROOT" or _ends_with_speaker(token, sentence))
    return is_noun(token) or token.dep_ in ("pobj", "npadvmod", "appos", "dobj")


def mistagged(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """A verb that the tagger takes for a noun: "…, customs data show", "…, the Institute for Hops estimates."."""
    doc = verb.doc
    content = [child for child in children_with(verb, "ccomp") if child.i > verb.i]
    content = content or [child for child in children_with(verb, "acl", "relcl") if _is_clause(child)]
    if content:  # "documents from his tax return show he lost 3 million"
        noun = next((t for t in reversed(doc[max(sentence.start, verb.i - 8) : verb.i]) if document_class(t)), None)
        who = subject(verb)
        if noun is None and who is not None and is_speaker(who, memory) and verb_class(verb) in _FORESEEN | {"say"}:
            noun = who  # "Analysts at Halden reckon that …"
        if noun is None and verb.i > sentence.start and _agrees(verb.nbor(-1), verb, memory):
            noun = verb.nbor(-1)  # "The DGB union federation counters that …"
        if noun is not None and (chain := _without(verb, parties(noun, memory))):
            yield Voice(chain, verb.text, verb.idx, verb.i + 1, content[0].right_edge.i + 1, "show", verb.i)
        return
    if (talk := _talk_of(verb, memory)) is not None:
        yield talk
        return
    first = _after_comma(verb, sentence)
    if first is None or not _closes(verb):
        return
    noun = next((t for t in doc[first : verb.i] if document_class(t) and not _in_body(t, memory)), None)
    seen = noun is not None and "obtain" in participle_classes(noun.nbor())  # "board papers seen by the Post reveal"
    last = noun.i if noun is not None and seen else verb.i
    last = noun.i if noun is not None and noun.i + 1 == verb.i else last
    known = (
        modifier_party(doc, first, last, memory) or _crowd(doc.span(first, verb.i), memory) or _initials(verb, first)
    )
    if noun is None and verb_class(verb) == "show":
        return
    chain = known or ((words_of_document(doc, first, noun.i, memory),) if noun is not None else ())
    if chain:
        before = verb.nbor(-1)
        kind, cue = (
            str(verb_class(verb)),
            f"{before.text} {verb.text}" if document_class(before) and before.is_lower else verb.text,
        )
        yield Voice(chain, cue, verb.idx, bounds(verb, sentence)[0], first, kind, verb.i)


def _in_body(token: Token, memory: Memory) -> bool:
    """True for the Statistics of "the General Authority for Statistics"."""
    named = memory.name_at(token.i)
    return named is not None and named.type == "organisation"


def _talk_of(verb: Token, memory: Memory) -> Voice | None:
    """The voice of a verb that the tagger takes for the noun beside: "A memo, seen by the Ledger, talks of 340
    redundancies".
    """
    wanted = cue_words().prepositional.get(verb.lower_, frozenset())
    of = next(
        (child for child in children_with(verb, "prep") if child.i == verb.i + 1 and child.lower_ in wanted), None
    )
    who = verb.head if verb.dep_ == "appos" and verb.nbor(-1).text == "," else None
    if verb.dep_ == "conj" and verb.nbor(-1).lower_ == "and":  # "The association is cautious and talks of 12 million"
        main = next((above for above in ancestors(verb) if is_verb(above)), None)
        who = subject(main) if main is not None else None
    if of is None or who is None or not is_speaker(who, memory):
        return None
    if not any(memory.in_figure(token.i) for token in of.subtree) or not (chain := parties(who, memory)):
        return None
    return Voice(chain, verb.text, verb.idx, verb.i + 1, of.right_edge.i + 1, "say", verb.i)


def _is_clause(clause: Token) -> bool:
    """True for "that pay rose by a quarter", which the parser takes for a relative clause with two subjects."""
    opens = clause.left_edge.lower_ == "that"
    return opens and (clause.dep_ == "acl" or len(children_with(clause, "nsubj", "nsubjpass")) > 1)


def _agrees(who: Token, verb: Token, memory: Memory) -> bool:
    """True for a speaker right before a verb of his number: a verb agrees, a noun behind a noun does not."""
    return is_noun(who) and is_speaker(who, memory) and who.tag_.endswith("S") != verb.lower_.endswith("s")


def _without(verb: Token, chain: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties without the verb that the parser has taken into their names: "by Bluebird reckons that"."""
    cut = [party.text.removesuffix(f" {verb.text}") for party in chain]
    return tuple(
        party if words == party.text else party._replace(text=words, id=normalise(words))
        for party, words in zip(chain, cut, strict=True)
    )


def _after_comma(verb: Token, sentence: Span) -> int | None:
    """Where the short stretch between a comma and the verb begins, if no other verb stands in it."""
    for index in range(verb.i - 1, max(sentence.start, verb.i - 12), -1):
        token = verb.doc[index]
        if token.text == ",":
            return index + 1 if index + 1 < verb.i else None
        if token.tag_ in FINITE:
            return None
    return None


def _closes(verb: Token) -> bool:
    """True where nothing but a date or an afterthought follows the verb."""
    following = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    return following.is_punct or following.is_space or following.lower_ == "on" or following.i == verb.i


def _ends_with_speaker(verb: Token, sentence: Span) -> bool:
    """True for "…, the grid company forecasts." and "…, analysts at the bank estimate."."""
    ends = verb.i + 1 < len(verb.doc) and (verb.nbor().text in (".", ";", ",") or verb.nbor().lower_ == "on")
    first = _after_comma(verb, sentence) if ends else None
    if first is None or verb.doc[first].tag_[:2] not in ("DT", "NN", "JJ", "PR"):
        return False
    stretch = verb.doc[first : verb.i]
    owned = any(token.tag_ == "POS" for token in stretch)  # "…, the city's mobility office reports."
    if any(token.tag_ in ("VBG", "VBN", "CD", "CC") for token in stretch):
        return False
    if owned and phrase_kind(verb.doc, verb.i - 1) is None:
        return False
    who = next((t for t in stretch if t.i + 1 == verb.i or (t.nbor().tag_ == "IN" and not owned)), None)
    # "companies estimate", "the company estimates": a verb agrees, a noun behind a noun does not
    agrees = who is not None and who.tag_.endswith("S") != verb.lower_.endswith("s")
    return who is not None and is_noun(who) and (agrees or verb.lower_ == "forecast")


def _crowd(stretch: Span, memory: Memory) -> tuple[Party, ...]:
    who = next((token for token in stretch if is_noun(token) and singular(token.text) in name_words().crowd), None)
    return parties(who, memory) if who is not None else ()


def _initials(verb: Token, first: int) -> tuple[Party, ...]:
    """A body that nothing else names, by its initials right before the verb: "…, the NUT claims."."""
    who = verb.nbor(-1)
    if not (who.text.isalpha() and who.text.isupper() and len(who.text) > 1) or who.i - first > 1:
        return ()
    return (Party(normalise(who.text), who.text, "other", who.i),)


def foreseen_amount(verb: Token, memory: Memory) -> Voice | None:
    """The voice right behind an amount that it foresaw: "the 6% *economists* had predicted"; else None."""
    kind = verb_class(verb)
    says = (
        kind == "say" and verb.i + 1 < len(verb.doc) and verb.nbor().tag_ in ("PRP", "MD", "VBZ")
    )  # "experts say it costs"
    if not says and (kind not in _FORESEEN or verb.tag_ not in ("VBD", "VBN")):
        return None
    doc, noun = verb.doc, verb.i - 1
    while noun > sentence_start(verb) and doc[noun].lower_ in small_words("perfect"):
        noun -= 1
    if not is_noun(doc[noun]) or not (counts_heads(doc[noun], memory) or is_speaker(doc[noun], memory)):
        return None
    amount = noun - 1
    while amount > sentence_start(verb) and doc[amount].tag_ in ("JJ", "NNP", "DT"):
        amount -= 1
    first = _amount_start(doc[amount]) if amount > sentence_start(verb) else None
    if first is None or not (chain := parties(doc[noun], memory)):
        return None
    if chain[0].first <= amount:  # the parser takes the amount into the noun phrase
        text = doc.span(amount + 1, noun + 1).text
        chain = (chain[0]._replace(id=normalise(text), text=text, first=amount + 1), *chain[1:])
    return Voice(chain, verb.text, verb.idx, first, noun, str(kind), verb.i)


def _amount_start(last: Token) -> int | None:
    """Where an amount begins that ends with a token: "6%", "$6.9 billion", "40,000 tonnes"; None for a bare count."""
    first = last if last.tag_ == "CD" else last.nbor(-1)
    if first.tag_ != "CD" or (last.is_punct and last.text != "%"):
        return None
    while first.i > sentence_start(last) and first.nbor(-1).tag_ in ("CD", "$"):
        first = first.nbor(-1)
    return first.i if last.tag_ != "CD" or first.tag_ == "$" else None
