"""What an article is about, as far as its headline and lead agree with the rest: area, product and indicator."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import NamedTuple

from extractor.lexicon import Match
from extractor.mentions import Slot, text_of
from extractor.scope.article.home import home_of
from extractor.scope.clause.phrases import indicator_verbs
from extractor.scope.terms import FIRST_PARAGRAPH, Terms, words_of
from extractor.taxonomy import taxonomy
from extractor.tokens import Doc

_OPENING_SENTENCES = 3
_LEAD_SENTENCES = 2  # of the body, where headline and byline take up more than one
_FURTHEST_LEAD = 12
_LEAST_WORDS = 6  # of a sentence or headline
_LEAST_WEIGHT = 4


class Topic(NamedTuple):
    """What an article is about; None where it does not stand out."""

    area: Slot | None
    product: Slot | None
    indicator: Slot | None
    land: str = ""
    """The country that it tells of most, whoever's figures it gives; empty where there is none."""


NO_TOPIC = Topic(None, None, None)


def topic_of(doc: Doc, terms: Terms) -> Topic:
    """The area, product and indicator that an article is about, as far as its headline and lead agree with the rest."""
    opening = _opening(doc)
    home = home_of(doc, terms, opening)
    return Topic(
        area=home.area,
        land=home.land,
        product=_topic_product(doc, terms, opening),
        indicator=_most_named(doc, {**_event_verbs(doc), **nouns_of(terms)}, opening),
    )


def nouns_of(terms: Terms) -> dict[int, Match]:
    """The indicators that are named by a noun, by token index."""
    return {i: match for i, match in terms.indicators.items() if match.role == "noun"}


def _event_verbs(doc: Doc) -> dict[int, Match]:
    """The packs' verbs in the parsed sentences, as terms: "demonstrated" speaks of turnout as the noun does."""
    verbs = indicator_verbs()
    return {
        token.i: Match(token.i, token.i + 1, "indicator", event, "noun")
        for token in doc
        if token.pos_ == "VERB" and (event := verbs.get(token.lemma_.lower())) is not None
    }


def _opening(doc: Doc) -> int:
    """Where headline and lead end: the second sentence of the body at the least, or the end of a short text."""
    body = FIRST_PARAGRAPH.search(text_of(doc))
    start = body.start() if body is not None else 0
    wordy = [s for s in itertools.islice(doc.sents, _FURTHEST_LEAD) if len(s) >= _LEAST_WORDS]
    lead = [s.end for s in wordy if s.start_char >= start][:_LEAD_SENTENCES]
    first = [s.end for s in wordy][:_OPENING_SENTENCES]
    return max(*lead[-1:], *first[-1:]) if len(first) == _OPENING_SENTENCES and lead else len(doc)


def _most_named(doc: Doc, matches: dict[int, Match], opening: int) -> Slot | None:
    """The node named most, the opening counted thrice; None where none stands out."""
    weights = _weights(matches, opening)
    if not weights:
        return None
    best = max(weights.values())
    if best < _LEAST_WEIGHT or best < 0.3 * weights.total():
        return None
    first = next(match for i, match in sorted(matches.items()) if weights[match.id] == best)
    return Slot(first.id, words_of(doc, first.first, first.last), "topic of the article", doc[first.first].idx)


def _weights(matches: dict[int, Match], opening: int) -> Counter[str]:
    weights: Counter[str] = Counter()
    for i, match in matches.items():
        weights[match.id] += 3 if i < opening else 1
    return weights


def _topic_product(doc: Doc, terms: Terms, opening: int) -> Slot | None:
    """The product that headline or lead and body speak of most; else the one that most of those named are parts of."""
    named = {match.id for i, match in terms.products.items() if i < opening}
    topic = _most_named(doc, terms.products, opening)
    if topic is not None and topic[0] in named:
        return topic
    weights = _weights(terms.products, opening)
    lines: Counter[str] = Counter()
    for product, weight in weights.items():
        for node in (product, *sorted(taxonomy().product_ancestors(product))):
            lines[node] += weight
    whole = next(
        (node for node, weight in lines.most_common(1) if weight > max(0.5 * weights.total(), _LEAST_WEIGHT)), None
    )
    if whole is None or not named & {whole, *(n for n in named if whole in taxonomy().product_ancestors(n))}:
        return None
    return Slot(whole, taxonomy().products[whole].names[0], "topic of the article")
