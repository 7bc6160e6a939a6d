"""Verbs that attribute: who does the saying, how far along the sentence it reaches, and who relayed it."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.names.words import body_kind, name_words
from extractor.plurals import singular
from extractor.sources.cues import cue_words, participle_classes, small_words, verb_class
from extractor.sources.parties.finder import parties
from extractor.sources.phrases import is_span_of_time
from extractor.sources.speakers import (
    Memory,
    Party,
    document_class,
    is_first_person,
    is_relative,
    is_speaker,
    publishes,
)
from extractor.sources.verb_reach import bounds, ends_in_colon, is_passive, reach
from extractor.sources.voices.indirect import by_object
from extractor.sources.voices.may_speak import answers, may_speak
from extractor.sources.voices.voice import Voice, told_of
from extractor.syntax import children, children_with, is_noun, is_proper, is_verb, sentence_end, sentence_start, subject
from extractor.tokens import Span, Token

# Verbs ----------------------------------------------------------------------------------------------------------------


def by_verb(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voice that a verb gives to whoever does it, if it is a verb of saying, showing, counting, expecting …"""
    kind: str | None = verb_class(verb)
    if kind == "deny" and (denier := subject(verb)) is not None:
        for party in parties(denier, memory):
            memory.note(party)  # no source of what is denied, but a later "it counts 1,200" is theirs
    if kind is None or kind == "deny" or verb.dep_ in ("aux", "auxpass", "amod", "compound") or _is_adjective(verb):
        return
    if (page := _looked_up(verb)) is not None and (chain := parties(page, memory)):
        yield Voice(chain, page.text, page.idx, verb.i + 1, bounds(verb, sentence)[1], "show", verb.i)
        return
    if kind == "cite":
        yield from _quoted_as_saying(verb, sentence, memory)
        return
    if _says_nothing(verb, memory):
        return
    who = _speaking(verb)
    if who is not None and kind in ("say", "announce") and answers(who):
        yield from _survey_of(verb, who, sentence, memory)
        return
    if who is None or is_first_person(who) or not may_speak(verb, who, kind, memory):
        return
    extent = reach(verb, who, kind, sentence)
    if extent is None:
        return
    if chain := _chain(verb, who, memory):
        yield _spoken(verb, who, kind, chain, extent)._replace(introduces=ends_in_colon(sentence, verb))


def _is_adjective(verb: Token) -> bool:
    """True for "shipped *an estimated* 159 million", where the parser sees a verb."""
    return verb.tag_ in ("VBN", "VBD", "JJ") and verb.i > 0 and verb.nbor(-1).lower_ in ("a", "an", "the")


def _says_nothing(verb: Token, memory: Memory) -> bool:
    """True where a verb of saying tells nothing here: it is denied, or adds an amount, or belongs to a document."""
    if verb.lower_ in small_words("adding") and _adds_amount(verb, memory):
        return True  # "Europe added $151mn"
    if _is_unsaid(verb) or (verb.lower_ == "asked" and is_passive(verb)):
        return True  # "Asked by this newspaper, the office pointed to …"
    paper = verb.head
    if verb.dep_ != "acl" or "obtain" not in participle_classes(verb) or document_class(paper) is None:
        return False
    return (
        paper.dep_ == "pobj" and paper.head.lower_ == "in"
    )  # "put it at 5 million in a bulletin seen by the Standard"


def _adds_amount(verb: Token, memory: Memory) -> bool:
    """True where what is added is an amount, and nothing said; a body that publishes figures adds another."""
    things, who = children_with(verb, "dobj"), subject(verb)
    return (
        bool(things)
        and not (who is not None and publishes(who, memory, others=True))
        and any(memory.in_figure(token.i) for thing in things for token in (thing, *thing.lefts))
    )


def _looked_up(verb: Token) -> Token | None:
    """The dashboard of "Anyone who opens the ministry's dashboard will find 614,000 cases"."""
    reader = subject(verb)
    if verb.lower_ not in ("find", "finds", "see", "sees", "read", "reads") or reader is None:
        return None
    if reader.lower_ not in small_words("readers"):
        return None
    opened = (thing for clause in children_with(reader, "relcl") for thing in clause.subtree if thing.i > clause.i)
    return next((thing for thing in opened if thing.dep_ in ("dobj", "pobj") and document_class(thing)), None)


def _spoken(verb: Token, who: Token, kind: str, chain: tuple[Party, ...], extent: tuple[int, int]) -> Voice:
    """The voice of a verb, with the kind that it has for this speaker."""
    document = document_class(who) is not None
    if kind == "hold" and document:
        kind = "show"  # "the survey gives an average of 5"
    if kind == "post" and chain[0].kind == "other":
        chain = (chain[0]._replace(kind="company"), *chain[1:])
    if kind in ("expect", "announce", "count") and verb.dep_ == "relcl" and not is_relative(who):
        kind = "amount"  # "short of the 42 million that the airport had pencilled in": by the way
    if kind == "say" and is_passive(verb) and not children_with(verb, "ccomp", "xcomp"):
        kind = "amount"  # "the song was written by Brandt" tells nothing more
    speaker = told_of(who, verb) if kind in ("say", "announce") and not document else (0, 0)
    return Voice(chain, _cue(verb, who, kind), verb.idx, *extent, kind, verb.i, speaker=speaker)


def _survey_of(verb: Token, asked: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "60% of the voters surveyed by Pulso said …", "half of those in a Pulso poll say …": the survey speaks."""
    opening = (word for of in children_with(verb, "prep") if of.i < asked.i for word in of.subtree)
    if verb.lemma_ == "tell":  # "One in three told the institute that …"
        for body in children_with(verb, "dobj", "dative"):
            if publishes(body, memory, others=True) and (chain := parties(body, memory)):
                yield Voice(chain, verb.text, verb.idx, bounds(verb, sentence)[0], sentence.end, "document", verb.i)
                return
    for clause in (*asked.subtree, *opening):
        if clause.dep_ == "relcl" and "ask" in participle_classes(clause) and (asker := subject(clause)) is not None:
            chain = parties(asker, memory)  # "of the 2,010 people it surveyed, 15% said"
        elif clause.dep_ == "acl" and "ask" in participle_classes(clause):
            agents = [target for by in children_with(clause, "agent", "prep") for target in children_with(by, "pobj")]
            chain = next((chain for target in agents if (chain := parties(target, memory))), ())
        elif is_noun(clause) and document_class(clause) is not None and clause.dep_ in ("pobj", "dobj"):
            chain = parties(clause, memory)
        else:
            continue
        if chain and chain[0].proper:
            yield Voice(chain, clause.text, clause.idx, bounds(verb, sentence)[0], sentence.end, "document", verb.i)
            return


def _is_unsaid(verb: Token) -> bool:
    """True where nobody has spoken: "cannot tell", "did not say", "will announce", "wanting to learn"."""
    following = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    if (
        following == "to"
        and verb.tag_ in ("VBD", "VBN")
        and verb.lower_ in small_words("supposed")
        and not children_with(verb, "agent")
    ):
        return True  # "the deficit, thought to be 5 billion"
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("go", "continue", "proceed"):
        return False  # "went on to say"
    if any(child.dep_ == "neg" or (child.dep_ == "aux" and child.tag_ in ("MD", "TO")) for child in children(verb)):
        kind = verb_class(verb)
        if kind in ("say", "announce", "show", "count") and _says_only(verb):
            return False  # "the brewery would only confirm 120"
        if verb.lemma_ in ("tell", "give") and any(
            child.lower_ == "you" for child in children_with(verb, "dobj", "dative")
        ):
            return any(child.dep_ == "neg" for child in children(verb))  # "the ministry will tell you that …"
        return kind not in ("estimate", "put", "expect", "aim") or any(child.dep_ == "neg" for child in children(verb))
    return False


def _says_only(verb: Token) -> bool:
    """True for "would only confirm 120", "could say no more than 40", "can reveal": said, for all the "would"."""
    helpers = children_with(verb, "aux")
    if any(child.dep_ == "neg" for child in children(verb)) or any(helper.tag_ == "TO" for helper in helpers):
        return False
    words = [child.lower_ for child in children_with(verb, "advmod")]
    words += [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 6]]
    return any(word in ("only", "merely", "than") for word in words) or any(h.lower_ == "can" for h in helpers)


def _speaking(verb: Token) -> Token | None:
    """Who does what the verb says: its subject, the agent of a passive, or that of the verb that it hangs on."""
    if verb_class(verb) == "expect" and _foresaw(verb):
        return verb.head
    if is_passive(verb):
        agents = [target for by in children_with(verb, "agent") for target in children_with(by, "pobj")]
        return agents[0] if agents else _published_in(verb)
    own = _own_subject(verb)
    if own is not None:
        return _counted_people(own) if own.dep_ != "expl" else None
    if (joined := _joined_subject(verb)) is not None:
        return joined
    if verb_class(verb) == "show" and verb.i > sentence_start(verb):  # "Sales grew by 3%, shows a report by the board"
        told = next((child for child in children_with(verb, "dobj", "attr") if document_class(child)), None)
        before = verb.dep_ == "conj" and verb.nbor(-1).text == ","
        if told is not None and (before or any(child.i < verb.i for child in children_with(verb, "ccomp"))):
            return told
    if verb.dep_ == "acl" and verb.tag_ == "VBG":  # "data showing", not "taxpayers reporting"
        return verb.head if document_class(verb.head) is not None else None
    beside = _beside(verb)
    if beside is None and verb.dep_ in ("conj", "advcl", "xcomp") and is_verb(verb.head):
        return _speaking(verb.head)
    return beside


def _foresaw(verb: Token) -> bool:
    """True for the economists of "than the 145,000 economists expected": the parser has them counted, and expected."""
    who = verb.head
    counted = any(child.i == who.i - 1 for child in children_with(who, "nummod"))
    people = name_words().crowd_kinds.get(singular(who.text)) == "analyst" and verb.i <= who.i + 2
    return verb.dep_ == "acl" and counted and people and not children_with(verb, "agent")


def _own_subject(verb: Token) -> Token | None:
    """The subject; a noun, where a broken parse gives the verb two: "Where has it gone?" asked Bhattal."""
    own = subject(verb) or next((who for aux in children_with(verb, "aux") if (who := subject(aux)) is not None), None)
    after = [child for child in children_with(verb, "nsubj") if child.i > verb.i]
    tells = bool(after) and is_noun(after[0]) and not children_with(after[0], "nummod") and verb_class(verb) == "say"
    if tells and own is not None and (own.i < verb.i or document_class(after[0]) is not None):
        return after[0]  # "Six thousand people, said the press release"
    if own is not None and (split := _split_name(own) or _acronym_behind(own)) is not None:
        return split
    if own is not None and verb.dep_ == "ccomp" and verb.head.lemma_ == "have" and is_span_of_time(own):
        return subject(verb.head)  # "The board had a day earlier counted 900"
    if own is None or is_noun(own) or own.tag_ in ("PRP", "WP", "WDT"):
        return own
    return next((child for child in children_with(verb, "nsubj") if is_noun(child)), own)


def _joined_subject(verb: Token) -> Token | None:
    """The cluster of "the cluster hopes for 900,000", where the parser joins it with the verb."""
    before = verb.nbor(-1) if verb.i > sentence_start(verb) else verb
    return before if before.dep_ == "compound" and before.head.i == verb.i and verb.tag_ in ("VBZ", "VBD") else None


def _split_name(noun: Token) -> Token | None:
    """The service of "the crop reporting service", where the parser sees a crop that reports a service."""
    following = noun.nbor() if noun.i + 2 < sentence_end(noun) else noun
    if following.dep_ != "acl" or following.tag_ != "VBG":
        return None
    body = following.nbor()
    return body if body.dep_ == "dobj" and body.head.i == following.i and body_kind(body.text) is not None else None


def _acronym_behind(noun: Token) -> Token | None:
    """The EUDA of "For the Union's 27 members EUDA arrives at 7,452"."""
    following = noun.nbor() if noun.i + 1 < sentence_end(noun) else noun
    beside = following.head.i == noun.i and following.dep_ == "appos" and body_kind(noun.text) is None
    return following if beside and following.text.isupper() and following.is_alpha and len(following.text) > 1 else None


def _published_in(verb: Token) -> Token | None:
    """The document in "the 1.6 million tonnes estimated in a Norda survey", "the rate given in the board's report"."""
    if verb.dep_ not in ("acl", "advcl", "relcl"):
        return None
    places = [
        target
        for place in children_with(verb, "prep")
        if place.lower_ == "in"
        for target in children_with(place, "pobj")
    ]
    return next((target for target in places if document_class(target) is not None), None)


def _counted_people(who: Token) -> Token:
    """The people in "nine of 14 economists", "some of the analysts"; the name in "one of them, Abdelkerim Saleh"."""
    named = next((child for child in children_with(who, "appos") if child.tag_ == "NNP"), None)
    if who.tag_ == "CD" and named is not None:
        return named
    if who.tag_ in ("CD", "DT", "JJ", "JJS", "NN") and who.lower_ != "%":
        for preposition in children_with(who, "prep"):
            people = children_with(preposition, "pobj")
            if preposition.lower_ == "of" and people and (who.like_num or who.tag_ != "NN") and is_noun(people[0]):
                return people[0]
    return who


def _beside(verb: Token) -> Token | None:
    """The noun right after or before a verb of saying whose subject the parser missed: "… said Oduya"."""
    doc = verb.doc
    for child in verb.rights:
        named = child.dep_ in ("dobj", "attr", "npadvmod", "appos") and is_proper(child)
        if named and verb.lemma_ == "say" and verb.tag_ != "VB":
            return child
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == sentence_start(verb):
        return None
    if (inverted := _inverted(verb)) is not None:
        return inverted
    before = doc[verb.i - 1]
    if before.text == ",":
        return _before_aside(before)
    return _document_over(before) or (before if before.tag_ in ("NNP", "NNPS", "PRP") else None)


def _document_over(noun: Token) -> Token | None:
    """The figures of "as figures for May show rents down by 5%", which the parser hangs on the clause before."""
    above = noun.head.head
    in_phrase = noun.dep_ == "pobj" and noun.head.dep_ == "prep" and above.i < noun.i
    return above if in_phrase and is_noun(above) and document_class(above) is not None else None


def _inverted(verb: Token) -> Token | None:
    """The noun in ", says the agency,", where the parser gives it to the clause that follows."""
    if verb.nbor(-1).text not in {",", "”", '"'} or verb_class(verb) != "say" or verb.lower_ in cue_words().addressed:
        return None  # "…, told the Tribune": who is told does not tell
    for index in range(verb.i + 1, min(verb.i + 8, sentence_end(verb))):
        token = verb.doc[index]
        if token.text in {",", "."}:
            before = token.nbor(-1)
            return before if is_noun(before) else None
        if token.tag_[:2] not in ("DT", "JJ", "NN", "PO"):
            return None
    return None


def _before_aside(comma: Token) -> Token | None:
    """The name in ", Anselm Ruo, head of the council, said": two commas back."""
    if comma.head.i == comma.i:
        return None
    inner = (
        comma.nbor(-1) if comma.i else comma
    )  # "A demographer I rang, Pablo Ferrer, says": between the commas stands a name
    if inner.tag_ == "NNP" and inner.dep_ == "appos":
        return inner
    for token in reversed(list(comma.sent)):
        if token.i >= comma.i or token.i < comma.i - 14:
            continue
        if token.text == "," and token.i > sentence_start(comma) and is_proper(before := token.nbor(-1)):
            opening = before
            while opening.i > sentence_start(comma) and is_proper(opening.nbor(-1)):
                opening = opening.nbor(-1)
            return before if opening.i == sentence_start(comma) or opening.nbor(-1).text in (",", "”", '"') else None
    return None


# Chains ---------------------------------------------------------------------------------------------------------------


def _chain(verb: Token, who: Token, memory: Memory) -> tuple[Party, ...]:
    """The speaker, behind whoever the speaker cites and before whoever was told."""
    speaker = parties(who, memory)
    if not speaker:
        return ()
    cited = [party for target in _cited(verb) if is_speaker(target, memory) for party in parties(target, memory)]
    if cited and speaker[0].kind != "media" and not _is_made(verb, cited[0]):
        cited = []  # an authority that cites "burial records" speaks for itself
    heard = [party for target in _heard(verb, memory) for party in parties(target, memory)]
    return (*cited, *speaker, *heard)


def _is_made(verb: Token, cited: Party) -> bool:
    """False for a document that names no maker."""
    targets = list(_cited(verb))
    return not (targets and document_class(targets[0]) is not None and cited.text.endswith(targets[0].text))


def _cited(verb: Token) -> Iterator[Token]:
    """ "…, citing the harbour master", also where the parser hangs it on the clause next door."""
    hosts = [
        verb,
        *children_with(verb, "ccomp", "xcomp", "prep", "dobj"),
        *([verb.head] if verb.dep_ == "parataxis" else []),
    ]
    for host in hosts:
        for clause in children_with(host, "advcl", "prep", "acl", "pcomp", "xcomp", "conj"):
            if verb_class(clause) == "cite" and clause.tag_ == "VBG" and (clause.i > verb.i or host.i == verb.i):
                yield from children_with(clause, "dobj")
    if (who := subject(verb)) is not None and who.i < verb.i:  # "The Ledger, quoting the board, said …"
        for clause in children_with(who, "acl", "advcl", "appos"):
            if verb_class(clause) == "cite" and clause.tag_ == "VBG":
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
    """ "The Ledger quoted the harbour master as saying …"; "citing" beside a verb of saying is no voice of its own."""
    if (own := by_object(verb, _speaking(verb), memory)) is not None:
        yield own
        return
    if is_passive(verb):
        yield from _passively_quoted(verb, sentence, memory)
        return
    if verb.tag_ == "VBG":
        if _hangs_on_speech(verb):
            return
        targets = children_with(verb, "dobj")
        # "citing delays" gives a reason, and no source
        if targets and is_speaker(targets[0], memory) and (chain := parties(targets[0], memory)):
            yield Voice(chain, verb.text, verb.idx, sentence.start, verb.i, "cite", verb.i)
        return
    who, targets = subject(verb), children_with(verb, "dobj")
    if who is None or not targets or not is_speaker(targets[0], memory):
        return
    origin = parties(targets[0], memory)
    chain = (*origin, *parties(who, memory))
    is_bare = document_class(targets[0]) is not None and bool(origin) and origin[0].text.endswith(targets[0].text)
    if chain and not is_bare:  # who "cited the figure" leaves its origin open
        content = [
            child for child in children_with(verb, "ccomp") if child.i < verb.i
        ]  # "…, the Ledger quoted him as saying"
        extent = (sentence.start, who.left_edge.i) if content else (verb.i + 1, sentence.end)
        yield Voice(chain, verb.text, verb.idx, *extent, "cite", verb.i)


def _passively_quoted(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """ "The minister was quoted by Radio Norda as saying that …", also behind what he said."""
    who = subject(verb)
    saying = next((act for as_ in children_with(verb, "prep") for act in children_with(as_, "pcomp")), None)
    if who is None or saying is None or not is_speaker(who, memory):
        return
    relays = [party for by in children_with(verb, "agent") for agent in by.children for party in parties(agent, memory)]
    after = any(child.i > saying.i and not child.is_punct for child in saying.children)
    extent = (saying.i + 1, sentence.end) if after else (bounds(verb, sentence)[0], who.left_edge.i)
    if chain := parties(who, memory):
        yield Voice((*chain, *relays), verb.text, verb.idx, *extent, "cite", verb.i)


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
    tail = verb.doc.span(verb.i + 1, verb.i + 4).text
    return f"{verb.text} {tail}" if tail.lower() == "at the time" else verb.text
