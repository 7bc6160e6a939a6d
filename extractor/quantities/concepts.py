"""The words that a quantity refers to, in the way of the NewsQuant benchmark: the noun phrase that it is said of.

"MacBook Pro 16 inch is worth $2000" refers to "MacBook Pro"; what is counted is the unit there and no concept, so
that "has 1,000 customers" refers to whoever has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.mentions import Quantity
from extractor.syntax import SUBJECTS, ancestors, is_noun, is_parsed, is_verb, sentence_end, sentence_start
from extractor.tokens import Doc, Span, Token

from .lexicon import lexicon, movement

_YEARS = re.compile(r"^(\d{4})-(\d{2,4})$")
_DASHES = frozenset({"—", "–", "--"})
_PARTS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "npadvmod"})
_ACROSS = frozenset({"xcomp", "conj", "aux", "ccomp", "advcl", "pcomp"})
_DIRECT = frozenset({"dobj", "attr", "oprd", "dative", "npadvmod", "agent", "xcomp", "acomp", "conj"})
_OBLIQUE = frozenset({"prep", "npadvmod", "advmod", "prt", "dative"})
_OPENERS = frozenset({",", ":", ";", "and", "but"})
_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_HYPHENS = frozenset({"-", "–", "‑"})
_EMPTY = frozenset({"PRON", "DET", "PUNCT", "SYM", "SPACE", "ADP", "PART", "CCONJ", "SCONJ"})


def concept_words(doc: Doc, quantity: Quantity, figures: frozenset[int]) -> list[str]:
    """The words that the quantity refers to, in the order of the text; empty where it refers to nothing that is named.

    `figures` are the tokens of all number expressions of the document, with their units: no concept holds any.
    """
    span = doc.char_span(quantity.start, _end(quantity), alignment_mode="expand")
    if span is None or not all(is_parsed(token) for token in span):
        return []
    inside = figures | frozenset(range(span.start, span.end))
    own = frozenset(range(span.start, span.end))
    roots = [token for token in span if token.head.i not in own or token.head.i == token.i]
    nouns = [token for token in roots if is_noun(token) or token.pos_ in {"NUM", "SYM"}]
    if not roots:
        return []
    root = (nouns or roots)[-1]
    if _is_when(span, quantity):
        return []
    bracketed = _before_bracket(span, inside) or _before_worth(span, inside) or _before_at(span, inside)
    gapped = _gapped_name(span, inside)
    if bracketed is not None:
        tokens = list(_phrase(bracketed, inside))
    elif gapped:
        tokens = gapped
    else:
        whole = [token for part in span if span[0].lower_ != "one" for token in _below(part, inside)]
        tokens = [*_referred(root, inside), *whole] or [
            each for each in root.lefts if each.dep_ == "compound" and each.i not in inside
        ]
    return _written(sorted({token.i: token for token in tokens if token.i not in inside}.values(), key=lambda t: t.i))


def _end(quantity: Quantity) -> int:
    """Where a quantity ends with its unit; the whole that a percentage is of is no part of it."""
    return quantity.end if quantity.unit == "percent" else max(quantity.end, quantity.noun_end)


def _before_bracket(span: Span, inside: frozenset[int]) -> Token | None:
    """The noun before the bracket that a figure opens: "RHP John Gant (0.5 WAR)"; None for a conversion."""
    if span.start < 2 or span.doc[span.start - 1].text != "(":
        return None
    before = span.doc[span.start - 2]
    closing = span.doc[min(span.end, len(span.doc) - 1)]
    acronym = closing.is_upper and span.end + 1 < len(span.doc) and span.doc[span.end + 1].text == ")"
    fits = (closing.text == ")" or acronym) and before.i not in inside and is_noun(before)
    return before if fits else None


def _is_when(span: Span, quantity: Quantity) -> bool:
    """True for a time, which is of nothing: "Nine days later …" at the start of a sentence."""
    after = span.doc[span.end].lower_ if span.end < len(span.doc) else ""
    opens = not any(is_noun(token) for token in span.doc[sentence_start(span[0]) : span.start])
    return opens and quantity.unit in lexicon().time_words and after in lexicon().contexts["nq_when"]


def _before_worth(span: Span, inside: frozenset[int]) -> Token | None:
    """The noun before "worth": "a *grant* worth up to $8 million"."""
    if span.start < 2 or span.doc[span.start - 1].lower_ != "worth":
        return None
    before = span.doc[span.start - 2]
    return before if (is_noun(before) or before.dep_ in SUBJECTS) and before.i not in inside else None


def _before_at(span: Span, inside: frozenset[int]) -> Token | None:
    """The noun of "with" right before a level: "was seen with carbon *levels* at 1200 parts per million"."""
    if span.start < 2 or span.doc[span.start - 1].lower_ != "at":
        return None
    noun = span.doc[span.start - 2]
    return noun if noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.i not in inside else None


def _gapped_name(span: Span, inside: frozenset[int]) -> list[Token]:
    """The name before a figure whose verb is left out: "were down 2.3%, *Burlington* by 2.6%", "*FTSE* -0.6%"."""
    doc, first, opening = span.doc, span.start, sentence_start(span[0])
    last = first - 1
    while last >= opening and doc[last].lower_ in lexicon().contexts["nq_gap_links"]:
        last -= 1
    linked = last < first - 1 or not doc[first].text[0].isdigit()
    if not linked or last < opening or last in inside or not is_noun(doc[last - (doc[last].pos_ == "NUM")]):
        return []
    at = last
    while at > opening and at - 1 not in inside and (doc[at - 1].pos_ in _NAMING or _links(doc, at - 1)):
        at -= 1
    opened = at == opening or at - 1 in inside or doc[at - 1].lower_ in _OPENERS
    verbless = not any(is_verb(token) for token in doc[_former(doc, at, inside) : first])
    return [token for token in doc[at : last + 1] if token.pos_ != "CCONJ"] if opened and verbless else []


def _links(doc: Doc, at: int) -> bool:
    return doc[at].lower_ == "and" and at > 0 and doc[at - 1].pos_ in _NAMING


def _former(doc: Doc, at: int, inside: frozenset[int]) -> int:
    """The token behind the figure before `at` in its sentence, or the start of the sentence."""
    start = sentence_start(doc[at])
    return next((i + 1 for i in range(at - 1, start - 1, -1) if i in inside), start)


def figure_tokens(doc: Doc, found: Iterable[Quantity]) -> frozenset[int]:
    """The tokens of number expressions with their units."""
    spans = (doc.char_span(each.start, _end(each), alignment_mode="expand") for each in found)
    return frozenset(i for span in spans if span is not None for i in range(span.start, span.end))


def _written(tokens: list[Token]) -> list[str]:
    """The words as they are written, hyphens and all but those of "2014-15", without the possessive."""
    words: dict[int, str] = {}
    for token in tokens:
        first, last = token.i, token.i
        while first > sentence_start(token) and _is_joined(token.doc[first - 1], token.doc[first]):
            first -= 1
        while last + 1 < sentence_end(token) and _is_joined(token.doc[last], token.doc[last + 1]):
            last += 1
        words.setdefault(first, token.doc.span(first, last + 1).text)
    split = (_YEARS.sub(r"\1 \2", word).split() for word in words.values())
    return [word.replace("U.S.", "US") for parts in split for word in parts]


def _is_joined(left: Token, right: Token) -> bool:
    """True inside a hyphenated word."""
    return not left.whitespace_ and (left.text in _HYPHENS or right.text in _HYPHENS)


def _referred(root: Token, inside: frozenset[int]) -> list[Token]:
    below = _below(root, inside)
    node = root
    for above in ancestors(root):
        if above.i in inside:
            below = below or _below(above, inside)
        elif is_verb(above):
            subject = _of_verb(above, node, inside)
            return [*below, *subject, *_heading(above)]
        elif is_noun(above) and _within_compound(above):
            pass
        elif is_noun(above) and above.lower_ not in lexicon().contexts["nq_hollow"] and not _is_bare_time(above):
            phrase = list(_phrase(above, inside))
            if phrase:
                return [*phrase, *below] if below else [*phrase, *_clause_subject(above, inside)]
        node = above
    return below


def _within_compound(noun: Token) -> bool:
    """True for a noun that only names a kind of the next one: the pizza of "an $800 stone pizza oven"."""
    return noun.dep_ in ("compound", "nmod") and noun.head.i == noun.i + 1 and is_noun(noun.head)


def _clause_subject(noun: Token, inside: frozenset[int]) -> list[Token]:
    """The subject of the clause that the noun stands in: "put it on an 8-inch touchscreen" is said of the car, too."""
    node = noun
    for above in ancestors(noun):
        if is_verb(above):
            direct = node.dep_ in _DIRECT or (node.dep_ == "prep" and node.head.i == above.i)
            subject = _subject(above) if direct else None
            if subject is not None and subject.pos_ == "PRON":
                return []
            return list(_phrase(subject, inside)) if subject is not None else []
        node = above
    return []


def _below(root: Token, inside: frozenset[int]) -> list[Token]:
    """The noun phrases behind "of" and the like: "60 per cent of its *revenue*"."""
    ends = (
        end
        for child in root.rights
        if child.dep_ == "prep" and child.lower_ in lexicon().contexts["nq_links"] and child.i not in inside
        for end in child.children
        if end.dep_ == "pobj" and not _is_time(end)
    )
    return [token for end in ends for token in _phrase(end, inside)]


def _of_verb(verb: Token, came_from: Token, inside: frozenset[int]) -> list[Token]:
    """The subject of the verb, and its object where the figure is another part of the clause."""
    moved = _moved_by(verb, came_from, inside)
    if moved is not None:
        return list(_phrase(moved, inside))
    found: list[Token] = []
    if came_from.dep_ in _OBLIQUE and (
        came_from.dep_ != "prep" or came_from.lower_ in lexicon().contexts["nq_targets"]
    ):
        moved = next((child for child in verb.children if child.dep_ == "dobj" and child.i not in inside), None)
        if moved is not None:
            found.extend(_phrase(moved, inside))
    if came_from.dep_ in SUBJECTS:
        return found
    subject = _named_subject(verb)
    if subject is not None:
        found.extend(_phrase(subject, inside))
    return found


def _moved_by(verb: Token, came_from: Token, inside: frozenset[int]) -> Token | None:
    """What so much is added to or taken from: "wiped $340 million from the firm's *value*"."""
    if came_from.dep_ != "dobj" or verb.lemma_ not in movement().verbs:
        return None
    ends = (
        end
        for child in (*verb.rights, *came_from.rights)
        if child.dep_ == "prep" and child.lower_ in lexicon().contexts["nq_moving"]
        for end in child.rights
    )
    return next((end for end in ends if end.dep_ == "pobj" and end.i not in inside and not _is_time(end)), None)


def _named_subject(verb: Token) -> Token | None:
    """The subject, or for "it" in what somebody says the one who says it: "*Cayman Airways* said it was grounding two
    jets".
    """
    subject = _subject(verb)
    if subject is None or subject.pos_ != "PRON":
        return subject
    said = next((node for node in (verb, *ancestors(verb)) if node.dep_ == "ccomp"), None)
    speaker = _subject(said.head) if said is not None and said.head.i != said.i else None
    if speaker is not None and speaker.pos_ != "PRON":
        return speaker
    return _mentioned(subject) if subject.lower_ in lexicon().contexts["nq_personal"] else subject


def _mentioned(pronoun: Token) -> Token:
    """What a pronoun stands for: the nearest subject before it in the sentence that is a name, else itself."""
    before = reversed(pronoun.doc[sentence_start(pronoun) : pronoun.i])
    return next((token for token in before if token.dep_ in SUBJECTS and token.pos_ == "PROPN"), pronoun)


def _subject(verb: Token) -> Token | None:
    for node in (verb, *ancestors(verb)):
        own = next((child for child in node.children if child.dep_ in SUBJECTS and child.dep_ != "expl"), None)
        if own is not None:
            return node.head if own.tag_ in {"WDT", "WP"} and node.dep_ == "relcl" else own
        if node.dep_ in {"acl", "relcl"} and is_noun(node.head):
            planned = any(child.lower_ == "to" and child.dep_ == "aux" for child in node.children)
            above = next((token for token in ancestors(node.head) if is_verb(token)), None) if planned else None
            return (_subject(above) if above is not None else None) or node.head
        if node.dep_ not in _ACROSS:
            return None
    return None


def _phrase(noun: Token, inside: frozenset[int]) -> Iterator[Token]:
    """The words of a noun phrase that carry sense: modifiers, the noun, and what hangs on it by "of" or "in"."""
    for child in noun.lefts:
        if child.dep_ in _PARTS and child.i not in inside and child.lower_ not in lexicon().contexts["nq_light"]:
            yield from _phrase(child, inside)
        elif child.i in inside:
            yield from (each for each in child.lefts if each.tag_ in ("JJ", "JJS") and each.i not in inside)
    if (
        noun.pos_ not in _EMPTY
        and noun.i not in inside
        and noun.lower_ not in lexicon().contexts["nq_unsaid"]
        and not _is_age(noun)
    ):
        yield noun
    for child in noun.rights:
        if (
            child.dep_ == "prep"
            and child.i not in inside
            and (child.lower_ in lexicon().contexts["nq_links"] or _is_basis(child, inside))
        ):
            for end in child.children:
                if end.dep_ == "pobj" and not _is_time(end):
                    yield from _phrase(end, inside)
        elif child.dep_ == "conj" and is_noun(child) and not _holds(child, inside):
            yield from _phrase(child, inside)
        elif child.dep_ == "acl" and child.i not in inside:
            yield from _participle(child, inside)
        elif child.i not in inside and _names(noun, child):
            yield child


def _is_basis(preposition: Token, inside: frozenset[int]) -> bool:
    """True for "the price of gold *per* ounce", not for "$2 *per* gallon"."""
    return preposition.lower_ == "per" and preposition.i - 1 not in inside


def _names(noun: Token, child: Token) -> bool:
    """An acronym in brackets, or the number of a name: "West Texas Intermediate (*WTI*)", "the Fortune *100*"."""
    if child.dep_ == "appos" and child.is_upper and child.nbor(-1).text == "(":
        return True
    return child.dep_ in ("nummod", "appos") and child.pos_ == "NUM" and child.i == noun.i + 1


def _is_age(token: Token) -> bool:
    """The "old" of "50 year-old man", unless it stands for the person."""
    return token.lower_ == "old" and token.dep_ not in SUBJECTS and token.nbor(-1).lower_ in _calendar() | _HYPHENS


def _participle(verb: Token, inside: frozenset[int]) -> Iterator[Token]:
    """A participle behind its noun with what it takes: "women *aged 25 to 54*", "fuel *used annually*"."""
    if verb.lemma_ in lexicon().contexts["nq_naming"]:
        yield from (token for child in verb.rights if child.dep_ == "oprd" for token in _phrase(child, inside))
        return
    if verb.i > verb.head.i + 2 or verb.tag_ not in ("VBN", "VBG"):
        return
    numbers = [token for token in verb.subtree if token.pos_ == "NUM" and token.i > verb.i]
    adverbs = [child for child in verb.rights if child.dep_ == "advmod" and child.i == verb.i + 1]
    if numbers and numbers[0].i <= verb.i + 3:
        yield verb
        yield from (token for token in numbers if token.i not in inside)
    elif adverbs and not any(child.dep_ == "agent" for child in verb.rights):
        yield verb
        yield from adverbs


def _heading(verb: Token) -> list[Token]:
    """A name in front of a dash at the start of the sentence: "*Carnival* — the cruise operator gained 2.2%"."""
    sentence = verb.sent
    dash = next((token.i for token in sentence[: min(4, len(sentence))] if token.text in _DASHES), sentence.start)
    opening = list(sentence.doc[sentence.start : dash])
    return opening if opening and all(token.text[0].isupper() for token in opening) else []


def _holds(token: Token, inside: frozenset[int]) -> bool:
    return any(i in inside for i in range(token.left_edge.i, token.right_edge.i + 1))


def _is_bare_time(noun: Token) -> bool:
    return _is_time(noun) and not any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in noun.lefts)


def _is_time(noun: Token) -> bool:
    """True for dates and stretches of time: "in *May*", "in the *1970s*"."""
    return noun.lower_ in _calendar() or noun.lower_[:4].isdigit()


def _calendar() -> frozenset[str]:
    words = lexicon().contexts
    return words["nq_times"] | words["months"] | words["weekdays"]
