"""What a figure's own noun phrase says of its standing: "an estimated 3,000", "the 3% expected by analysts"."""

from __future__ import annotations

from extractor.mentions import Quantity
from extractor.model import Status
from extractor.sources.cues import verb_class
from extractor.status.cue_verbs import OF_CLASS
from extractor.status.nouns import of_noun
from extractor.status.words import status_words, words_in
from extractor.syntax import ancestors, children_with, is_noun, is_verb, sentence_start, subject
from extractor.tokens import Doc, Token


def by_phrase(doc: Doc, quantity: Quantity, token: Token) -> Status | None:
    """From the words right before the number, and from the noun that it is an amount of."""
    words = status_words()
    first = token
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    begin = span.start if span is not None else first.i
    for before in reversed(doc[max(begin - 3, sentence_start(token)) : begin]):
        found = words.modifiers.get(before.lower_)
        if found is not None and _unhyphened(before) in ("than", "as"):
            break  # "fell more than expected to 39%", "a fewer-than-expected 136,000"
        if found is not None:
            return found
        if before.lower_ in words_in("multiples"):
            return "actual"  # "almost double the 18 gigawatts of last year"
        if before.tag_[:2] not in ("JJ", "RB", "IN", "DT", "VB") or before.is_punct:
            break
    if _is_part_of(doc, begin):
        return "actual"  # "will drop four of its 23 routes"
    for above in _phrase_heads(token):
        found = of_noun(above) if quantity.form != "multiple" else None
        if found is not None:
            return found
        reported = _first_reported(above) or _hoped_for(above)
        if reported is not None:
            return reported
    return None


def _unhyphened(token: Token) -> str:
    """The word before a token, over a hyphen; nothing at the start."""
    before = token.nbor(-1) if token.i else token
    if before.text == "-" and before.i:
        before = before.nbor(-1)
    return before.lower_ if before.i < token.i else ""


def _is_part_of(doc: Doc, begin: int) -> bool:
    """True for the whole of which a number is a part: the 23 of "four of its 23 routes"."""
    if begin < 3 or doc[begin - 2].lower_ != "of" or doc[begin - 1].lower_ not in words_in("owned"):
        return False
    return bool(doc[begin - 3].tag_ == "CD" or doc[begin - 3].like_num)


def _phrase_heads(token: Token) -> list[Token]:
    """The nouns above a number up to its verb: % and growth for the 3 of "growth of 3%"."""
    heads = [token]
    for above in ancestors(token):
        if is_verb(above) and above.tag_ != "VBG":
            break
        if above.dep_ == "prep" and (above.lower_ in words_in("bases") or above.lower_ == "with"):
            break
        if is_noun(above):
            heads.append(above)
    return heads[:4]


def _first_reported(noun: Token) -> Status | None:
    """The standing of "the $3.3 billion it *first reported*"."""
    for clause in children_with(noun, "relcl", "acl"):
        for adverb in children_with(clause, "advmod", "amod"):
            if adverb.lower_ in status_words().earlier and verb_class(clause):
                return status_words().earlier[adverb.lower_]
    return None


def _hoped_for(noun: Token) -> Status | None:
    """The standing of "the 1.4 million it had aimed for", "the 3% expected by analysts"."""
    for clause in children_with(noun, "relcl", "acl"):
        if clause.i + 1 < len(clause.doc) and clause.nbor().lower_ == "not":
            continue  # "60 closures, which nobody hopes for"
        own = subject(clause)
        passive = own is None and clause.tag_ in ("VBN", "VBD")  # "the 3% analysts expected", where they are counted
        if passive or (
            own is not None
            and own.tag_ not in ("WDT", "WP")
            and all(part.tag_ in ("WDT", "WP") for part in children_with(clause, "dobj", "ccomp"))
        ):
            found = OF_CLASS.get(verb_class(clause) or "")
            if found is not None:
                return found
    return None
