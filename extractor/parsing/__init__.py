"""Tags and parses chosen sentences: the small English model, run at three fifths of what spaCy's own components take.

`parser.py` cuts and parses, `network.py` runs the model's network, `annotating.py` works out coarse tags and lemmas.
"""

import extractor.parsing.lean_spacy  # noqa: F401  before anything else of spaCy's

# isort: split
from extractor.parsing.parser import MODELS, cut, model, parse_sentences, renew_model

__all__ = ["MODELS", "cut", "model", "parse_sentences", "renew_model"]
