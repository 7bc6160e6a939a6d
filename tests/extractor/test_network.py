"""The model's network run from here: what comes out is what spaCy's own components give."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from spacy.attrs import DEP, HEAD, TAG
from spacy.tokens import Doc

from extractor.parsing import model
from extractor.parsing.network import run

SENTENCES = [
    "Exports rose 5% to 2.1 million cars in 2023 , the customs office said .",
    "Nobody was there .",
    "The harvest , which had been poor , grew again in the south and fell in the north .",
    "Rain",
]


def made(sentence: str) -> Doc:
    words = sentence.split()
    return Doc(model().vocab, words=words, spaces=[following not in ",." for _, following in pairwise([*words, "."])])


def test_it_tags_and_parses_as_the_models_own_components_do() -> None:
    ours, theirs = [[made(sentence) for sentence in SENTENCES] for _ in range(2)]
    run(model(), ours)
    for doc in theirs:
        for name in ("tok2vec", "tagger", "parser"):
            doc = model().get_pipe(name)(doc)
    columns = [TAG, HEAD, DEP]
    assert [doc.to_array(columns).tolist() for doc in ours] == [doc.to_array(columns).tolist() for doc in theirs]


@pytest.mark.parametrize("most", [0, 10**6], ids=["all forgotten each time", "all remembered"])
def test_a_words_vector_is_the_same_whatever_was_met_before(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.parsing.network._MOST", most)
    network: Any = model().get_pipe("tok2vec")
    remembering = network.model.layers[0]
    for sentence in (*SENTENCES, *SENTENCES[::-1]):
        (vectors,) = remembering.predict([made(sentence)])
        (alone,) = remembering.layers[0].predict([made(sentence)])
        assert np.array_equal(vectors, alone)
