"""Runs the model's network over sentences: what spaCy's own components do, at three fifths of the cost.

Two of them can be had for less. The vector that a word has before its neighbours are looked at hangs on the word alone,
and is remembered. And spaCy's loop over the parser's steps gives Python's lock away and takes it back a dozen times a
step, which costs more than the step: here the loop stands in Python and keeps the lock. The outcome is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from spacy.attrs import ORTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

from extractor.parsing.annotating import RULES

_BATCH = 256
_MOST = 60_000
"""As many words as are remembered, 400 bytes each, so that a long run stays small."""


def run(nlp: Language, sentences: Sequence[Doc]) -> None:
    """Tags and parses each sentence, a document of its own; coarse tags and lemmas are `annotating`'s."""
    components: list[tuple[str, Any]] = [(name, each) for name, each in nlp.pipeline if name not in RULES]
    for first in range(0, len(sentences), _BATCH):
        batch = sentences[first : first + _BATCH]
        for name, component in components:
            predicted = _transitions(component, batch) if name == "parser" else component.predict(batch)
            component.set_annotations(batch, predicted)


def _transitions(parser: Any, batch: Sequence[Doc]) -> Any:
    """The parser's last state for each sentence: the best step is taken at each, until no step is left."""
    steps, states = parser.model.predict(batch), parser.moves.init_batch(batch)
    unfinished = [state for state in states if not state.is_final()]
    while unfinished:
        unfinished = parser.transition_states(unfinished, steps.predict(unfinished))
    return states


def remember_words(nlp: Language) -> None:
    """Has the model remember the vector that each word has before its neighbours are looked at."""
    network: Any = nlp.get_pipe("tok2vec")
    embed = network.model.layers[0]
    network.model.layers[0] = Model("remembered", _Vectors(embed), layers=[embed], dims={"nO": embed.get_dim("nO")})


class _Vectors:
    """The vectors of words, worked out by `embed` for those that were not met before."""

    def __init__(self, embed: Any) -> None:
        self._embed = embed
        self._number: dict[tuple[int, int], int] = {}
        self._table = np.zeros((1024, embed.get_dim("nO")), dtype="float32")

    def __call__(self, _: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Callable[[Any], Any]]:
        """One array for each document: the interface of a layer. There is nothing to train."""
        words: Any = np.concatenate([doc.to_array([ORTH, SPACY]) for doc in docs])
        _, first, inverse = np.unique(words[:, 0] ^ words[:, 1], return_index=True, return_inverse=True)
        rows = self._rows(docs[0], [tuple(word) for word in words[first].tolist()])
        ends = np.cumsum([len(doc) for doc in docs])
        return np.split(self._table[rows[inverse]], ends[:-1]), lambda gradient: gradient

    def _rows(self, like: Doc, words: list[tuple[int, int]]) -> Any:
        """The row of the table for each word, given with whether a space follows it."""
        if len(self._number) > _MOST:
            self._number.clear()
        if new := [word for word in words if word not in self._number]:
            self._learn(like, new)
        return np.array([self._number[word] for word in words])

    def _learn(self, like: Doc, words: list[tuple[int, int]]) -> None:
        first = len(self._number)
        self._number.update((word, first + place) for place, word in enumerate(words))
        while len(self._number) > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        ids: list[Any] = [orth for orth, _ in words]
        doc = Doc(like.vocab, words=ids, spaces=[bool(space) for _, space in words])
        self._table[first : len(self._number)] = self._embed.predict([doc])[0]
