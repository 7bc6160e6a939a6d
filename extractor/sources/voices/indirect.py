"""Speech without a clause of its own: behind a preposition ("warned of a 2% fall") or a noun ("her claim that …")."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.sources.cues import cue_words
from extractor.sources.parties.finder import parties
from extractor.sources.speakers import Memory, document_class, is_first_person, is_speaker
from extractor.sources.verb_reach import FINITE, bounds, ends_in_colon, is_passive
from extractor.sources.voices.voice import Voice, told_of
from extractor.syntax import children_with, is_verb, subject
from extractor.tokens import Span, Token

_HEARD_OF = frozenset({"of", "about"})


def by_preposition(verb: Token, sentence: Span, memory: Memory) -> Voice | None:
    """The voice of a verb and its preposition: "the bank warned of a 2% fall", "accused him of taking 2 million"."""
    words = cue_words()
    wanted = words.prepositional.get(verb.lower_) or words.accusing.get(verb.lower_)
    hears = verb.lower_ in words.heard and is_passive(verb) and not children_with(verb, "agent")
    if hears:
        wanted = _HEARD_OF
    if wanted is None or not is_verb(verb) or any(child.dep_ == "neg" for child in verb.children):
        return None
    last = next(
        (end for child in _hanging(verb) if child.lower_ in wanted and (end := _figure_behind(child, memory))), 0
    )
    who = None if not last else subject(verb) if hears else _doer(verb)
    if who is None or is_first_person(who) or not is_speaker(who, memory):
        return None
    last = min(bounds(verb, sentence)[1], last)
    chain = parties(who, memory)
    told = told_of(who, verb)
    return Voice(chain, verb.text, verb.idx, verb.i + 1, last, "say", verb.i, speaker=told) if chain else None


def convinced(adjective: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices of whoever is sure of something: "the minister is confident that 4,000 homes will be built"."""
    verb = adjective.head
    clause = next((child for child in children_with(adjective, "ccomp", "prep") if child.i > adjective.i), None)
    if clause is not None and clause.dep_ == "prep" and not _holds_figure(clause, memory):
        return
    who = subject(verb) if verb.lemma_ in ("be", "feel", "seem", "remain") else None
    if clause is None or who is None or is_first_person(who) or not is_speaker(who, memory):
        return
    if any(child.dep_ == "neg" for child in verb.children) or not (chain := parties(who, memory)):
        return
    last = min(bounds(adjective, sentence)[1], clause.right_edge.i + 1)
    yield Voice(chain, adjective.text, adjective.idx, adjective.i + 1, last, "say", adjective.i)


def is_conditional(verb: Token) -> bool:
    """True for the believing of "if you believe the mayor", "to believe the union"."""
    return is_verb(verb) and _condition(verb) is not None


def _condition(verb: Token) -> Token | None:
    clauses = (above for above in (verb, verb.head) if above.dep_ in ("advcl", "ccomp") and is_verb(above))
    return next((clause for clause in clauses if clause.left_edge.lower_ in ("if", "to")), None)


def believed(verb: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices of whoever is to be believed: "it made 43 million, if its makers are to be believed"."""
    clause = _condition(verb)
    if clause is None:
        return
    who = subject(verb.head) if is_passive(verb) else next(iter(children_with(verb, "dobj")), None)
    if who is None or is_first_person(who) or not is_speaker(who, memory) or not (chain := parties(who, memory)):
        return
    start, end = bounds(verb, sentence)
    first = clause.left_edge.i
    extent = (clause.right_edge.i + 1, end) if first <= start + 1 else (start, first)
    if any(t.tag_ in FINITE and clause.right_edge.i < t.i < end for t in sentence):
        extent = (start, end)  # "Goa, if one believes its chief, lost 167"
    yield Voice(chain, f"{clause.left_edge.text} … {verb.text}", verb.idx, *extent, "beside", verb.i)


def _hanging(verb: Token) -> Iterator[Token]:
    """The prepositions after a verb, on the verb itself or on its object: "accused the bank *of* …"."""
    if verb.i + 1 < len(verb.doc):
        yield verb.nbor()
    for host in (verb, *children_with(verb, "dobj")):
        yield from (child for child in children_with(host, "prep") if child.i > verb.i)


def _doer(verb: Token) -> Token | None:
    if is_passive(verb):
        agent = next((target for by in children_with(verb, "agent") for target in children_with(by, "pobj")), None)
        # "the mayor boasted of 4,000 homes", where the parser sees a participle
        mistaken = verb.dep_ == "acl" and verb.head.i == verb.i - 1 and verb.lower_ in cue_words().prepositional
        return verb.head if agent is None and mistaken else agent
    own = subject(verb)
    if own is None and verb.dep_ in ("conj", "advcl", "xcomp") and is_verb(verb.head):
        return subject(verb.head)
    return own


def _figure_behind(preposition: Token, memory: Memory) -> int:
    """Where the content behind a preposition ends, 0 where it holds no figure."""
    if preposition.dep_ == "prep":
        return preposition.right_edge.i + 1 if _holds_figure(preposition, memory) else 0
    following = preposition.nbor() if preposition.i + 1 < len(preposition.doc) else preposition
    # "about 300 losses", where the parser sees an adverb
    return following.head.right_edge.i + 1 if memory.in_figure(following.i) and following.head.i > following.i else 0


def _holds_figure(token: Token, memory: Memory) -> bool:
    return any(memory.in_figure(index) for index in range(token.left_edge.i, token.right_edge.i + 1))


def by_opinion(noun: Token, sentence: Span, memory: Memory) -> Voice | None:
    """The voice of whoever holds an opinion: "in her view, 90% agree", "12,000 in the eyes of the police"."""
    above = noun.head
    if noun.lower_ not in cue_words().opinions or noun.dep_ != "pobj" or above.lower_ not in ("in", "by", "on"):
        return None
    behind = (target for of in children_with(noun, "prep") if of.lower_ == "of" for target in of.children)
    who = next(iter([*children_with(noun, "poss"), *behind]), None)
    if who is None or is_first_person(who) or not is_speaker(who, memory):
        return None
    start, end = bounds(noun, sentence)
    opens = above.i - start <= 1  # what follows "In the report's own words, …" is told by it too
    if not opens:
        comma = max((token.i for token in sentence if token.text == "," and token.i < above.i), default=start - 1)
        start, end = comma + 1, above.i
    chain = parties(who, memory)
    return (
        Voice(chain, f"{above.text} {noun.text}", above.idx, start, end, "according" if opens else "beside", above.i)
        if chain
        else None
    )


def by_object(verb: Token, who: Token | None, memory: Memory) -> Voice | None:
    """The voice of whoever cites a thing and so says it: "the firm cited a 12% drop", "Larkin quotes $8,267"."""
    target = next((child for child in children_with(verb, "dobj") if child.i > verb.i), None)
    if target is None or who is None or is_speaker(target, memory) or not _holds_figure(target, memory):
        return None
    if is_first_person(who) or not is_speaker(who, memory) or not (chain := parties(who, memory)):
        return None
    return Voice(chain, verb.text, verb.idx, verb.i + 1, target.right_edge.i + 1, "say", verb.i)


def by_noun(noun: Token, sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices of a noun of saying: "the mayor's claim that 40,000 jobs …", "an allegation by the union that …"."""
    is_saying = noun.lower_ in cue_words().sayings
    if not is_saying and document_class(noun) is None:
        return
    who = _teller(noun)
    if who is None or is_first_person(who) or document_class(who) is not None:
        return
    if who.tag_ != "PRP$" and not is_speaker(who, memory):
        return
    if not (chain := parties(who, memory)):
        return
    following = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    if is_saying and following.lower_ == "that" and following.dep_ == "mark" and following.head.dep_ == "ccomp":
        # the parser hangs the clause of "scoffed at her claim that …" on the verb
        yield Voice(chain, noun.text, noun.idx, following.i, following.head.right_edge.i + 1, "say", noun.i)
    for clause in children_with(noun, "acl", "ccomp", "relcl", "prep") if is_saying else []:
        says = any(mark.lower_ == "that" for mark in children_with(clause, "mark"))
        if says or (clause.dep_ == "prep" and clause.lower_ in ("of", "about") and _holds_figure(clause, memory)):
            first, last = clause.left_edge.i, clause.right_edge.i + 1
            yield Voice(chain, noun.text, noun.idx, first, last, "say", noun.i)
    if is_saying:
        memory.note(chain[0])  # "The ministry's other boast concerns containers. Some 84,500 were scanned, it says"
    if ends_in_colon(sentence, noun):  # "this statement by Lund:", and the quotation follows
        yield Voice(chain, noun.text, noun.idx, noun.i, noun.i, "say", noun.i, True)


def _teller(noun: Token) -> Token | None:
    """Whoever said it: the owner of the noun, the agent behind "by" or "from"."""
    owner = next(iter(children_with(noun, "poss")), None)
    if owner is not None:
        return owner
    agents = (target for by in children_with(noun, "prep") if by.lower_ in ("by", "from") for target in by.children)
    return next((target for target in agents if target.dep_ == "pobj"), None)
