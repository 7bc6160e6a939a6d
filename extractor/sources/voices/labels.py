"""Sources beside their words, without a verb: labels with a colon, a wire's tail, brackets, gapped clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.mentions import text_between, text_of
from extractor.names.words import body_kind, described_kind, is_area_name, name_words, normalise, phrase_kind
from extractor.plurals import singular
from extractor.sources.cues import cue_words, small_words
from extractor.sources.layout import is_bullet
from extractor.sources.parties.finder import parties
from extractor.sources.parties.unparsed_bodies import body_before
from extractor.sources.speakers import (
    Memory,
    Party,
    counts_heads,
    document_class,
    is_first_person,
    is_speaker,
    publishes,
)
from extractor.sources.verb_reach import ends_in_colon
from extractor.sources.voices.voice import Voice
from extractor.syntax import children_with, is_noun, is_verb, subject
from extractor.tokens import Span, Token

_QUESTION = re.compile(r"^\s*(?:Question|Q)\s*[:.]", re.MULTILINE)
_TAIL = re.compile(r"(?:\s[-–—]\s?|:\s)((?:[\w.'’&]+ ){0,4}[\w.'’&]+)\s*$")
_TELLING = frozenset({"say", "announce", "show", "estimate", "expect", "put"})
_SORTED = re.compile(r"\bby ([a-z]+)\b")
_LABEL = 6  # words before a colon; twice as many where a bullet opens the line


# Labels ---------------------------------------------------------------------------------------------------------------


def labelled(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices before a colon: "Grid operator: solar to pass 30%", "LUND: We sold 40.", "- A consultancy: 83,000"."""
    listed = is_bullet(_words(sentence))
    words = [token for token in sentence[:18] if not token.is_space]
    if listed:
        words = words[1:]
    while words and (words[0].text[0].isdigit() or words[0].lower_ in small_words("clock")):
        words = words[1:]  # "14:05 Police: 40 missing", "2. Police: 40"
    colon = next((n for n, token in enumerate(words) if token.text == ":"), 0)
    if not 1 <= colon <= _LABEL * (2 if listed else 1) or words[colon].i + 1 >= sentence.end:
        return
    label = words[:colon]
    if listed:
        comma = next((n for n, token in enumerate(label) if token.text == ","), colon)
        label, told = label[:comma], label[comma:]
        party = _listed(label, told, sentence, memory) if label else None
    else:
        party = _titled(label, sentence, memory)
    if party is not None:
        yield Voice((party,), ":", words[colon].idx, words[colon].i + 1, sentence.end, "colon", words[colon].i)


def _words(sentence: Span) -> str:
    return text_between(sentence.doc, sentence.start, sentence.end)


def _titled(label: list[Token], sentence: Span, memory: Memory) -> Party | None:
    """Who the words before a colon name, at the start of a heading or of a paragraph."""
    head = label[-1]
    if head.lower_ in small_words("correcting") or head.lower_ in small_words("happenings"):
        return None
    if len(label) == 1 and head.lower_ in small_words("answers"):
        return memory.introduced or _interviewed(sentence)
    named = memory.name_at(head.i)
    noun = singular(head.text)
    is_body = body_kind(head.text) is not None or noun in name_words().crowd
    recurs = len(label) <= 3 and all(word.text[0].isupper() for word in label) and _recurs(label, sentence)
    if any(is_verb(token) and token.tag_ != "VBG" for token in label):
        return None
    if not (is_body or named or recurs):
        return _document(label, sentence) or _owner_of(head, label, memory)
    if named is not None and (named.type == "area" or is_area_name(named.id)):
        return None
    if named is not None:
        first = max(label[0].i, named.first)
        return Party(named.id, sentence.doc.span(first, named.last).text, named.kind or "other", first)
    text = sentence.doc.span(label[0].i, head.i + 1).text
    kind = body_kind(head.text) or name_words().crowd_kinds.get(noun, "other")
    return Party(text.lower(), text, kind, label[0].i)


def _interviewed(sentence: Span) -> Party | None:
    """The body named before the first question, where its sentence was not parsed."""
    text = text_of(sentence.doc)
    question = _QUESTION.search(text, 0, sentence.start_char)
    body = body_before(text, question.start(), start=0) if question is not None else None
    return Party(body.id, body.text, body.kind) if body is not None else None


def _document(label: list[Token], sentence: Span) -> Party | None:
    """The document of "poll: 61% back the tax", "Official figures: homes lost 4,000"."""
    generic = next((kind for word in label[:-1] if (kind := cue_words().generic.get(word.lower_))), None)
    head = label[-1]
    bare = len(label) == 1 and sentence.start == 0 and singular(head.text) in cue_words().headlines
    if not bare and (generic is None or document_class(head) is None or label[0].is_digit):
        return None
    text = sentence.doc.span(label[0].i, head.i + 1).text
    return Party(normalise(text), text, generic or "other", label[0].i)


def _owner_of(document: Token, label: list[Token], memory: Memory) -> Party | None:
    """Whose figure a label announces: "Organisers' figure: 500,000", "Police estimate: 12,000"."""
    if len(label) < 2 or document_class(document) not in ("tally", "estimate", "forecast"):
        return None
    made = next(iter(parties(document, memory)), None)
    return made if made is not None and not (made.nameless or made.of_area) else None


def _listed(label: list[Token], told: list[Token], sentence: Span, memory: Memory) -> Party | None:
    """Who an item of a list names before its colon: a body that publishes figures, or any in a list of voices."""
    head = next((word.nbor(-1) for word in label[1:] if word.lower_ in small_words("placing")), label[-1])
    named = memory.name_at(head.i)
    apart = named is not None and named.first - label[0].i > 2  # "Refugees staying around Adre: 184,000"
    if (named is not None and named.type == "area") or apart:
        return None
    described = next((trade for word in told if (trade := described_kind(word.doc, word.i))), None)
    kind = (named.kind if named is not None else "") or body_kind(head.text) or described or ""
    crowd = singular(head.text) in name_words().crowd
    if kind in ("", "other", "company", "person") and not crowd and not _lists_voices(sentence, memory):
        return None
    if named is None and not kind and not crowd:
        return None
    text = sentence.doc.span(label[0].i, head.i + 1).text
    identity = named.id if named is not None and named.first <= label[0].i else normalise(text)
    return Party(identity, text, kind or name_words().crowd_kinds.get(singular(head.text), "other"), label[0].i)


def _lists_voices(sentence: Span, memory: Memory) -> bool:
    """True where the line that a list hangs on tells of saying or reckoning: "Here is what each of them says:"; where
    one body tells ("The board reported visits by resort:"), the items are none that speak.
    """
    doc, index = sentence.doc, sentence.start - 1
    for _ in range(20):
        if index < 0:
            return False
        before = doc[index].sent
        if not is_bullet(before.text):
            # the line itself, or the one before it in the same paragraph
            lead = doc[max(0, before.start - 12) : before.end]
            telling = [t for t in lead if is_verb(t) and cue_words().verbs.get(t.lower_) in _TELLING]
            alone = any(_tells_alone(verb, memory) for verb in telling) or _sorts_others(before.text)
            return bool(telling) and not alone
        index = before.start - 1
    return False


def _tells_alone(verb: Token, memory: Memory) -> bool:
    """True where the verb of saying is that of one body that publishes figures."""
    who = subject(verb)
    return who is not None and not is_first_person(who) and publishes(who, memory)


def _sorts_others(lead: str) -> bool:
    """True for "Visits *by valley*, as the operators put them:": the items are valleys."""
    sorts = _SORTED.findall(lead)
    return any(body_kind(noun) is None and singular(noun) not in name_words().crowd for noun in sorts)


def credited(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices of a credit over a list, whose figures the items are: "Season at a glance (Salt Board)"."""
    if ")" not in _words(sentence):
        return
    words = [token for token in sentence if not token.is_space]
    closing = words[-1] if words and words[-1].text != ":" else words[-2] if len(words) > 1 else None
    if closing is None or closing.text != ")" or any(token.text in (".", "!", "?") for token in words):
        return
    opening = next((token for token in reversed(words[:-1]) if token.text == "("), None)
    if opening is None or opening.i >= closing.i:
        return
    body = closing.nbor(-1)
    counts = memory.in_figure(body.i) or memory.in_measure(body.i)
    if counts or is_bullet(_words(sentence)) or not publishes(body, memory, others=True):
        return
    named = memory.name_at(body.i)
    if (named is None or named.type != "area") and (chain := parties(body, memory)):
        yield Voice(chain, "(", opening.idx, sentence.end, sentence.end, "colon", opening.i, True)


def _recurs(words: list[Token], sentence: Span) -> bool:
    """True where the words before a headline's colon come again in the article, as the name of whoever speaks does."""
    return (
        sentence.start == 0
        and f" {sentence.doc.span(words[0].i, words[-1].i + 1).text} " in text_of(sentence.doc)[words[-1].idx :]
    )


def wire_tail(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices behind the dash of a wire's headline: "Exports jump 58% in 2023 -industry body"."""
    if sentence.start > 0:
        return
    match = _TAIL.search(_words(sentence))
    if match is None:
        return
    text = match.group(1)
    last = text.split()[-1]
    crowd = "other" if singular(last) in name_words().crowd else None
    kind = body_kind(last) or name_words().crowd_kinds.get(singular(last)) or crowd
    named = next((name for name in memory.names if memory.doc.span(name.first, name.last).text == text), None)
    if kind is None and (named is None or named.type == "area"):
        return
    party = (
        Party(named.id, text, named.kind or "other") if named is not None else Party(normalise(text), text, str(kind))
    )
    offset = sentence.start_char + match.start()
    last_token = next(token.i for token in sentence if token.idx + len(token.text) > offset)
    yield Voice((party,), "-", offset, sentence.start, last_token, "colon", last_token)


def introduced(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices of whoever acts before a colon and a quotation, whatever the verb: "The senator scolded him: “…”"."""
    colon = next((t for t in sentence if t.text == ":"), None) if ":" in _words(sentence) else None
    if colon is not None and colon.i + 1 < len(colon.doc) and colon.nbor().like_num:
        told = _publishing(colon, sentence, memory)
        if told is not None:
            yield told
        return
    if colon is None:
        return
    quotes = _quotes_next(colon)
    if not quotes and (told := _publishing(colon, sentence, memory)) is not None:
        yield told
        return
    if not quotes and not any(t.lower_ in cue_words().judging and is_verb(t) for t in sentence if t.i < colon.i):
        return
    verbs = [t for t in sentence if t.i < colon.i and t.tag_ in ("VBD", "VBZ", "VBP") and subject(t) is not None]
    for verb in verbs[:1]:
        if not quotes and verb.lower_ not in cue_words().judging:
            return  # "called the numbers alarming: a year ago it was 48%"
        who = subject(verb)
        if who is not None and is_speaker(who, memory) and not is_first_person(who) and (chain := parties(who, memory)):
            yield Voice(chain, ":", colon.idx, colon.i + 1, sentence.end, "say", colon.i, ends_in_colon(sentence, verb))


def _publishing(colon: Token, sentence: Span, memory: Memory) -> Voice | None:
    """The voice of a body before its paper and what that says: "On Monday the institute read out its first count: 101
    people died".
    """
    verb = next(
        (t for t in sentence if t.i < colon.i and t.tag_ in ("VBD", "VBZ", "VBP") and subject(t) is not None), None
    )
    who = subject(verb) if verb is not None else None
    if verb is None or who is None or is_first_person(who) or not is_speaker(who, memory):
        return None
    told = any(child.tag_.startswith("JJ") for child in children_with(verb, "acomp", "attr"))
    body = document_class(who) is None and not memory.is_place(who.i)  # not "Europe's total is higher: €137.9 billion"
    if verb.lemma_ == "be" and told and body and memory.in_figure(colon.i + 1):
        chain = parties(who, memory)  # "Ampler, a research firm, is kinder: 12.9 million"
        return Voice(chain, ":", colon.idx, colon.i + 1, sentence.end, "colon", colon.i) if chain else None
    if not publishes(who, memory, others=True):
        return None
    papers = [thing for thing in children_with(verb, "dobj", "attr") if document_class(thing) is not None]
    if not papers or papers[0].i > colon.i or not any(memory.in_figure(t.i) for t in sentence if t.i > colon.i):
        return None
    chain = parties(who, memory)
    return Voice(chain, ":", colon.idx, colon.i + 1, sentence.end, "colon", colon.i) if chain else None


def _quotes_next(colon: Token) -> bool:
    following = [t for t in colon.doc[colon.i + 1 : colon.i + 4] if not t.is_space]
    return bool(following) and following[0].is_quote


# Counts beside counts -------------------------------------------------------------------------------------------------


def gapped(sentence: Span, voices: list[Voice], memory: Memory) -> Iterator[Voice]:
    """The voices beside a second number whose verb is left out: "police counted 900 marchers, *the union* 4,000"."""
    spoken = [voice for voice in voices if voice.kind not in ("according", "document", "beside", "colon", "aim")]
    if not spoken:
        return
    for number in sentence:
        if number.tag_ not in ("CD", "$") or number.i - 1 <= spoken[0].anchor:
            continue
        body = number.nbor(-1)
        if body.lower_ in ("of", "at", "on", "to", "with") and body.i - 1 > spoken[0].anchor:
            body = body.nbor(-1)  # "CNARR speaks of 672,000, UNHCR of 601,450"
        if body.text == "," and body.i + 2 == number.i:
            body = body.nbor(-1)  # "Oxley sees the peso at 18; Banco Real, at 20"
        first = _noun_phrase_start(body, sentence)
        beside = (
            body.i + 1 < number.i and phrase_kind(sentence.doc, body.i) is not None
        )  # "…, and the Seattle group at 9"
        if not is_noun(body) or first <= sentence.start or not (beside or _rivals(body, spoken[0], memory)):
            continue
        if sentence.doc[first - 1].lower_ == "at" and is_noun(sentence.doc[first - 2]):
            first = _noun_phrase_start(sentence.doc[first - 2], sentence)  # "…; the bears at Polder Capital, with 280"
        if sentence.doc[first - 1].lower_ in (",", "and", ";", "while", "but") and (chain := parties(body, memory)):
            stops = [t.i for t in sentence if t.i > number.i and t.text in (",", ";", ":")]
            yield Voice(chain, spoken[0].cue, number.idx, number.i, min([*stops, sentence.end]), "beside", body.i)


def _rivals(body: Token, spoken: Voice, memory: Memory) -> bool:
    """True for what can stand beside the first speaker: bodies and crowds, or a country beside a country."""
    named = memory.name_at(body.i)
    if named is not None and named.type == "area":
        return not named.adjective and memory.is_area(spoken.chain[0].id)
    linked = any(token.lower_ in ("of", "at") for token in body.doc[body.i + 1 : body.i + 3])
    if named is not None and named.type in ("person", "name") and linked and not _rates_names(body, spoken, memory):
        return True  # "the chairwoman speaks of 5.7 billion, the economist Lars Henning of 7.9"
    return counts_heads(body, memory) or publishes(body, memory, others=True)


def _rates_names(body: Token, spoken: Voice, memory: Memory) -> bool:
    """True for "puts Ferrand at 52%, Dumas at 43%": the names are what is rated, and rate nobody."""
    between = body.doc[spoken.anchor + 1 : body.i]
    return any(
        token.lower_ in ("of", "at") and memory.in_figure(token.i + 1) and memory.name_at(token.i - 1) is not None
        for token in between
    )


def _noun_phrase_start(noun: Token, sentence: Span) -> int:
    """Where the words before a noun begin, by their tags alone."""
    first = noun.i
    while first > sentence.start and noun.doc[first - 1].tag_[:2] in ("NN", "JJ", "DT", "PO"):
        first -= 1
    return first


def bracketed(sentence: Span, memory: Memory) -> Iterator[Voice]:
    """The voices in brackets behind a count: "30,000 people (police)"."""
    doc = sentence.doc
    for opening in [token for token in sentence if token.text == "("] if "(" in _words(sentence) else ():
        closing = next((t for t in doc[opening.i + 1 : opening.i + 6] if t.text == ")"), None)
        if closing is None or closing.i == opening.i + 1 or not counts_heads(closing.nbor(-1), memory):
            continue
        stretch = doc[max(sentence.start, opening.i - 4) : opening.i]
        numbers = [token for token in stretch if token.like_num]
        if numbers and (chain := parties(closing.nbor(-1), memory)):
            yield Voice(chain, "(", opening.idx, numbers[0].i, opening.i, "beside", opening.i)
