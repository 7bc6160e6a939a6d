"""The words that attribute a figure, read from `extractor/data/cues.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict

from extractor.errors import DataPackError
from extractor.loading import checked
from extractor.model import SourceKind
from extractor.plurals import regular_plural
from extractor.tokens import Token

VerbClass = Literal[
    "say", "announce", "show", "count", "post", "hold", "estimate", "put", "expect", "aim", "revise", "cite", "deny",
]  # fmt: skip
Participle = Literal["obtain", "make", "order", "ask"]
NounClass = Literal[
    "document", "tally", "filing", "carrier", "forecast", "estimate", "target", "inquiry", "event", "told"
]
Grammar = Literal[
    "judging", "stands", "out", "earlier", "finding", "convinced", "parts", "answers", "stricken", "tolls",
    "believing", "nobody", "percent", "standing_at", "revising", "aside", "supposed", "afterwards", "inside_names",
    "openers", "perfect", "things", "attached", "times", "clock", "periodic", "totalling", "employed", "homes",
    "circumstances", "stating", "wealth", "contestants", "gaps", "admitted", "scales",
    "sticking", "tallies", "restating", "first_person",
    "titles",
    "placing",
    "asking",
    "correcting", "gauges", "drawing", "tested", "readers", "adding",
    "unspoken", "undergone", "over", "noun_tails", "happenings", "writer", "named_before", "set_against", "contrasting",
]  # fmt: skip
_Words = tuple[str, ...]
_Class = TypeVar("_Class")
_WORDS = re.compile(r"[a-z]{3,}")


class _Cues(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: dict[VerbClass, _Words]
    participles: dict[Participle, _Words]
    addressed: dict[Literal["verbs"], _Words]
    phrasal: dict[VerbClass, _Words]
    counting: dict[Literal["verbs"], _Words]
    prepositional: dict[str, _Words]
    heard: dict[Literal["verbs"], _Words]
    accusing: dict[str, _Words]
    stances: dict[str, _Words]
    making: dict[Literal["verbs"], _Words]
    giving: dict[Literal["verbs"], _Words]
    judging: dict[Literal["verbs"], _Words]
    clausal: dict[VerbClass, _Words]
    sayings: dict[Literal["nouns"], _Words]
    nouns: dict[NounClass, _Words]
    generic: dict[SourceKind, _Words]
    phrases: dict[Literal["links", "own", "that_is", "comparing", "ours", "silent", "ahead", "back", "turning"], _Words]
    respondents: dict[Literal["words"], _Words]
    asides: dict[Literal["words"], _Words]
    headlines: dict[Literal["nouns"], _Words]
    opinions: dict[Literal["nouns"], _Words]
    grammar: dict[Grammar, _Words]
    irregular: dict[str, _Words]


class CueWords(NamedTuple):
    """The cue words, turned for look-up."""

    verbs: dict[str, VerbClass]
    """By every form of the verb, for lemmas are not to be relied on ("rated" is given as a form of "rat")."""
    participles: dict[str, frozenset[Participle]]
    addressed: frozenset[str]
    phrasal: dict[str, dict[str, VerbClass]]
    """By form of the verb, then by preposition."""
    counting: frozenset[str]
    prepositional: dict[str, frozenset[str]]
    """By form of the verb: the prepositions that lead to what is said."""
    heard: frozenset[str]
    accusing: dict[str, frozenset[str]]
    stances: dict[str, frozenset[str]]
    """By form of the verb: the prepositions that lead to the figure somebody stands at."""
    making: frozenset[str]
    giving: frozenset[str]
    judging: frozenset[str]
    clausal: dict[str, VerbClass]
    """By form of the verb: the class that it has before "that"."""
    sayings: frozenset[str]
    """Nouns of saying, in both numbers."""
    documents: dict[str, NounClass]
    """Nouns that speak for their maker, with the standing that they give a figure."""
    carriers: frozenset[str]
    inquiries: frozenset[str]
    events: frozenset[str]
    told: frozenset[str]
    generic: dict[str, SourceKind]
    links: re.Pattern[str]
    own: re.Pattern[str]
    that_is: re.Pattern[str]
    comparing: re.Pattern[str]
    ours: re.Pattern[str]
    silent: re.Pattern[str]
    ahead: re.Pattern[str]
    back: re.Pattern[str]
    turning: re.Pattern[str]
    any_cue: frozenset[str]
    respondents: frozenset[str]
    asides: frozenset[str]
    headlines: frozenset[str]
    opinions: frozenset[str]
    grammar: dict[Grammar, frozenset[str]]
    """Small words by what they do in a construction, as the file tells."""


@lru_cache(maxsize=1)
def cue_words() -> CueWords:
    """The cue words, read once. Raises DataPackError where the file breaks its grammar."""
    cues = checked(_Cues, "extractor", "data/cues.toml")
    documents = {
        word: kind
        for kind, words in cues.nouns.items()
        if kind not in ("event", "told", "carrier", "inquiry")
        for word in words
    }
    return CueWords(
        verbs=_by_form(_unique(cues.verbs, "verbs"), cues.irregular),
        participles=_by_form(_participles(cues.participles), cues.irregular),
        phrasal=_phrasal(cues),
        counting=frozenset(form for verb in cues.counting["verbs"] for form in _forms(verb, cues)),
        prepositional=_with_prepositions(cues.prepositional, cues),
        heard=frozenset(form for verb in cues.heard["verbs"] for form in _forms(verb, cues)),
        accusing=_with_prepositions(cues.accusing, cues),
        stances=_with_prepositions(cues.stances, cues),
        making=frozenset(form for verb in cues.making["verbs"] for form in _forms(verb, cues)),
        giving=frozenset(form for verb in cues.giving["verbs"] for form in _forms(verb, cues)),
        judging=frozenset(form for verb in cues.judging["verbs"] for form in _forms(verb, cues)),
        clausal=_by_form(_unique(cues.clausal, "clausal"), cues.irregular),
        sayings=frozenset(form for noun in cues.sayings["nouns"] for form in (noun, regular_plural(noun))),
        addressed=frozenset(form for verb in cues.addressed["verbs"] for form in _forms(verb, cues)),
        documents=documents,
        carriers=frozenset(cues.nouns["carrier"]),
        inquiries=frozenset(cues.nouns["inquiry"]),
        events=frozenset(cues.nouns["event"]),
        told=frozenset(cues.nouns["told"]),
        generic={word: kind for kind, words in cues.generic.items() for word in words},
        links=_opening(cues.phrases["links"]),
        own=_opening(cues.phrases["own"]),
        that_is=_opening(cues.phrases["that_is"]),
        comparing=_anywhere(cues.phrases["comparing"]),
        ours=_anywhere(cues.phrases["ours"]),
        silent=_anywhere(cues.phrases["silent"]),
        ahead=_anywhere(cues.phrases["ahead"]),
        back=_opening(cues.phrases["back"]),
        turning=_anywhere(cues.phrases["turning"]),
        any_cue=_any_cue(cues),
        respondents=frozenset(cues.respondents["words"]),
        asides=frozenset(cues.asides["words"]),
        headlines=frozenset(cues.headlines["nouns"]),
        opinions=frozenset(cues.opinions["nouns"]),
        grammar={name: frozenset(words) for name, words in cues.grammar.items()},
    )


def small_words(kind: Grammar) -> frozenset[str]:
    """The small words of one kind of [grammar]."""
    return cue_words().grammar[kind]


def verb_class(token: Token) -> VerbClass | None:
    """What sort of cue a verb is, or None."""
    words, form = cue_words(), token.lower_
    particles = words.phrasal.get(form)
    if particles is not None:
        for child in token.rights:
            if child.i == token.i + 1 and child.lower_ in particles and not _puts_it_at(child):
                return particles[child.lower_]
    if form in words.clausal and _has_that(token):
        return words.clausal[form]
    return words.verbs.get(form)


def _puts_it_at(particle: Token) -> bool:
    """True for the "it" of "put it at 5%", where "put it bluntly:" says something."""
    return particle.lower_ == "it" and any(child.lower_ == "at" for child in particle.head.rights)


def _has_that(verb: Token) -> bool:
    """True for "maintains that 40 are missing"."""
    return any(
        mark.dep_ == "mark" and mark.lower_ == "that"
        for clause in verb.rights
        if clause.dep_ == "ccomp"
        for mark in clause.lefts
    )


def participle_classes(token: Token) -> frozenset[Participle]:
    """Whether a verb beside a document tells who made it, who saw it, or both."""
    return cue_words().participles.get(token.lower_, frozenset())


def reckons(sentence: str) -> bool:
    """True for a sentence in which the writer reckons himself; "That is 5% more than in 2022" goes on reporting."""
    words = cue_words()
    if words.that_is.match(sentence):
        return words.comparing.search(sentence) is None
    return words.own.match(sentence) is not None


def has_cue(text: str) -> bool:
    """True where a sentence may say who speaks, so that its neighbours' figures may lean on it."""
    return not cue_words().any_cue.isdisjoint(_WORDS.findall(text.lower())) or text.rstrip().endswith((":", ")"))


def _unique(classes: dict[VerbClass, _Words], table: str) -> dict[str, VerbClass]:
    found: dict[str, VerbClass] = {}
    for kind, words in classes.items():
        for word in words:
            if word in found:
                raise DataPackError(f"stands in {found[word]} and in {kind} of [{table}]", pack="cues.toml", entry=word)
            found[word] = kind
    return found


def _by_form(classes: dict[str, _Class], irregular: dict[str, _Words]) -> dict[str, _Class]:
    forms: dict[str, _Class] = {}
    for verb, kind in classes.items():
        for form in inflections(verb, irregular.get(verb, ())):
            forms.setdefault(form, kind)
    return forms


def _phrasal(cues: _Cues) -> dict[str, dict[str, VerbClass]]:
    found: dict[str, dict[str, VerbClass]] = {}
    for kind, phrases in cues.phrasal.items():
        for phrase in phrases:
            verb, particles = phrase.split(" ", 1)
            for form in _forms(verb, cues):
                found.setdefault(form, {})[particles.split()[0]] = kind
    return found


def _with_prepositions(verbs: dict[str, _Words], cues: _Cues) -> dict[str, frozenset[str]]:
    return {form: frozenset(words) for verb, words in verbs.items() for form in _forms(verb, cues)}


def _forms(verb: str, cues: _Cues) -> Iterator[str]:
    return inflections(verb, cues.irregular.get(verb, ()))


def _participles(classes: dict[Participle, _Words]) -> dict[str, frozenset[Participle]]:
    return {
        word: frozenset(kind for kind, others in classes.items() if word in others)
        for words in classes.values()
        for word in words
    }


def _opening(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for phrases at the start of a sentence."""
    words = "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))
    return re.compile(rf"\s*[“\"'(]*(?:{words})\b", re.IGNORECASE)


def _anywhere(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for phrases anywhere in a sentence."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


def _any_cue(cues: _Cues) -> frozenset[str]:
    """Any form of the verbs of saying, showing and citing, and the nouns that open a report."""
    kinds: tuple[VerbClass, ...] = ("say", "announce", "show", "cite", "estimate", "deny")
    forms = {form for kind in kinds for verb in cues.verbs[kind] for form in _forms(verb, cues)}
    return frozenset({*forms, "according", "survey", "poll"})


def inflections(verb: str, irregular: Iterable[str] = ()) -> Iterator[str]:
    """The forms of a verb in a text: "estimate", "estimates", "estimated", "estimating"."""
    yield verb
    yield from irregular
    stem = verb[:-1] if verb.endswith("e") else verb
    if re.search(r"[^aeiou][aeiou]l$", verb):
        yield from (verb + "led", verb + "ling")  # British: "pencilled in"
    if re.search(r"[^aeiou]y$", verb):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        yield from (verb + ("es" if re.search(r"(?:s|x|z|ch|sh)$", verb) else "s"), stem + "ed", stem + "ing")
