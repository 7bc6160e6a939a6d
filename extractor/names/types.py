"""What a run of proper nouns is by its own words and those beside it: a body, a firm, a person, a name of any sort."""

from __future__ import annotations

from extractor.mentions import text_of
from extractor.names.words import body_kind, described_kind, is_area_name, name_words
from extractor.syntax import is_proper
from extractor.tokens import Doc, Token


def type_of(doc: Doc, first: int, last: int) -> tuple[str, str]:
    """Kind and type of a run of proper nouns, from its head words and what stands beside it."""
    words = name_words()
    texts = [doc[i].lower_ for i in range(first, last)]
    kind = _body_by_words(doc, first, texts) if len(texts) > 1 else _body_by_one_word(doc[first])
    if kind is not None:
        return kind, "organisation"
    titled = any(text.rstrip(".") in words.titles for text in texts[:-1]) or (
        first > 0 and doc[first - 1].lower_.rstrip(".") in words.titles
    )
    forenames = texts[:2] if doc[first].is_sent_start and len(texts) > 2 else texts[:1]  # "Carpenter *Jean* Bola"
    given = len(texts) > 1 and any(word in words.given for word in forenames)
    if titled or given or _has_role(doc, first, last):
        return "person", "person"
    if len(texts) == 1 and len(texts[0]) > 1 and doc[first].text.isupper():
        return "", "organisation"
    return ("person", "person") if _speaks_like_a_person(doc, first, last) else ("", "name")


def _body_by_words(doc: Doc, first: int, texts: list[str]) -> str | None:
    """The kind of body that a name of several words tells of itself: by its head, its last word or its first."""
    words, last = name_words(), first + len(texts)
    small = next((i for i, word in enumerate(texts) if word in ("of", "for", "in") and i), len(texts))
    head, closing = texts[small - 1], texts[-1].rstrip(".")
    if closing in words.legal:
        return "company"
    if head == "bank" and small < len(texts):
        return "government"  # "Bank of Norda": the commercial ones stand in the packs
    own = body_kind(head) if small < len(texts) else None  # "Ministry of *Industries*"
    if texts[0] in words.openings and is_area_name(doc.span(first + 1, last).text):
        own = words.openings[texts[0]]  # "Statistics Iceland"
    opening = "media" if words.suffixes.get(texts[0]) == "media" else None  # "Radio Norda"
    by_suffix = words.suffixes.get(closing) or words.suffixes.get(head)
    kind = own or by_suffix or body_kind(head) or body_kind(closing) or opening
    if kind is None and is_area_name(doc[last - 1].text):
        return body_kind(texts[-2])  # "University Hospital Limerick"
    return kind


def _body_by_one_word(token: Token) -> str | None:
    """The kind of body that a name of one word tells of itself: "the *Ledger*"."""
    if name_words().suffixes.get(token.lower_) == "media" and token.i and token.nbor(-1).lower_ == "the":
        return "media"
    kind = body_kind(token.lower_)
    return kind if kind and is_proper(token) and not token.is_sent_start else None


def _has_role(doc: Doc, first: int, last: int) -> bool:
    """True before an apposition with a job: "Cui Dongshu, secretary general of …"."""
    if last + 1 >= len(doc) or doc[last].text != ",":
        return False
    roles = name_words().roles
    if first > 1 and doc[first - 1].text == "," and doc[first - 2].lower_ in roles and last - first in (2, 3):
        return True  # "the lab's director, Ines Calado,"
    beside = [token for token in doc[last + 1 : last + 7] if token.text not in ",.;"]
    return any(token.lower_ in roles and not _is_owner(token) for token in beside)


def _is_owner(token: Token) -> bool:
    """True for "its owner", which is as often a firm."""
    return token.lower_ == "owner" and token.nbor(-1).lower_ in ("its", "their")


def _speaks_like_a_person(doc: Doc, first: int, last: int) -> bool:
    """Two or three capitalised words, none of them a body's, that are the subject of "told" or "added" and the like."""
    if not 2 <= last - first <= 3 or any(token.text == "&" for token in doc[first:last]):
        return False
    head = doc[last - 1]
    return head.dep_ == "nsubj" and head.head.lemma_ in name_words().speaking


def was_guessed(doc: Doc, first: int, type_: str) -> bool:
    """True for a person known as one by nothing but a verb of saying beside the name."""
    words = name_words()
    before = doc[first - 1].lower_.rstrip(".") if first else ""
    return type_ == "person" and doc[first].lower_ not in words.given and before not in words.titles | words.roles


def is_never_split(doc: Doc, first: int, last: int) -> bool:
    """True for a name of several words that the article gives in full again and never by its last word alone, as it
    would a person's: "Norvik Labs doubles headcount".
    """
    if last - first == 1:
        return False
    text, full, short = text_of(doc), doc.span(first, last).text, doc[last - 1].text
    again = text.count(full)
    return again > 1 and text.count(short) == again


def is_open_to_description(doc: Doc, first: int, last: int, type_: str) -> bool:
    """True for a name that tells little of what it is, or only by a last word that research houses bear as well as
    firms: "Marlowe Sports *Holdings*, a consultancy".
    """
    if type_ == "organisation":
        closing = doc[last - 1].lower_
        return name_words().suffixes.get(closing) == "company" or closing == "corporation"
    return type_ == "name" or was_guessed(doc, first, type_)


def described(doc: Doc, first: int, last: int) -> str | None:
    """The kind of body that the words beside a name tell: "water firm Aldwater", "Roofline, a housing charity,"."""
    before = doc[first - 1] if first else doc[first]
    if before.i < first and before.tag_ in ("NN", "NNP") and (kind := described_kind(doc, before.i)) is not None:
        return kind
    if last + 2 >= len(doc):
        return None
    if name_words().crowd_kinds.get(doc[last].lower_) == "analyst" and doc[last + 1].is_title:
        return "analyst"  # "Norvane analyst Ilse Brandt"
    if doc[last].text != ",":
        return None
    if doc[last + 1].lower_ == "which" and doc[last - 1].dep_ == "nsubj":
        told = name_words().suffixes.get(doc[last - 1].lower_)
        return told or "other"  # "Valley Net, which laid the cables, says": no person, and no place that speaks
    if doc[last + 1].lower_ not in ("a", "an", "the"):
        return None
    for token in doc[last + 2 : last + 9]:
        ends = token.tag_[:2] == "VB" and doc[token.i - 1].tag_[:2] == "NN"  # "the firm *run* by"
        if ends or (token.tag_[:2] not in ("NN", "JJ", "VB") and token.text not in ("-", "'s", "’s")):
            before = doc[token.i - 1]
            return described_kind(doc, before.i) if before.tag_ in ("NN", "NNP") else None
    return None


def opens_with_trade(doc: Doc, first: int, last: int) -> bool:
    """True for a trade at the start of a sentence, whose capital is not the name's: "Chipmaker Norvane expects"."""
    opening = doc[first]
    if not opening.is_sent_start or last - first < 2 or not doc[first + 1].text[0].isupper():
        return False
    if opening.lower_ in name_words().of_names or opening.tag_ in ("NNPS", "JJ") or not is_proper(doc[first + 1]):
        return False
    return opening.lower_.endswith(("er", "or", "line", "age", "cy")) and described_kind(doc, first) is not None
