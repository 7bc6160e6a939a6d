"""The pipeline: which components run, in which order, and over which sentences.

Cut, then look: a text is tokenised and cut into sentences, number expressions are found with one fast pass, and only
the sentences that hold a figure, or words that a neighbouring figure leans on, are tagged and parsed. All other
components work on what these left.

Each component is registered with spaCy under its own name, and all of them together as `claimgraph`, so that
`nlp.add_pipe("claimgraph")` puts claims on `doc._.claims` of any English pipeline with a parser.
"""

from __future__ import annotations

import extractor.parsing.lean_spacy  # before anything else of spaCy's

# isort: split
import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokenizer import Tokenizer

import extractor.furniture
import extractor.names.finder
import extractor.periods.timings
import extractor.quantities.measures
import extractor.scope.component
import extractor.status
import extractor.superseded
import extractor.tables.reading  # noqa: F401  the modules register their components with spaCy
from extractor.assemble import assemble
from extractor.errors import InputError
from extractor.loading import undisturbed
from extractor.mentions import set_text, text_of
from extractor.model import Article, Claim
from extractor.parsing import cut, parse_sentences, renew_model
from extractor.publication.inference import infer_published
from extractor.sentences import mark_sentences, sentence_spans, unwrapped
from extractor.sources import has_cue
from extractor.tokens import Doc, SpacyDoc, read

Component = Callable[[SpacyDoc], SpacyDoc]
Turn = Callable[[str], None]
"""Hears of what is done next: the id of the article that is worked on, or "" for work on several at once."""

BEFORE_PARSING = ("claimgraph_quantities", "claimgraph_furniture")
AFTER_PARSING = (
    "claimgraph_names",
    "claimgraph_periods",
    "claimgraph_measures",
    "claimgraph_timings",
    "claimgraph_sources",
    "claimgraph_scope",
    "claimgraph_tables",
    "claimgraph_superseded",
    "claimgraph_status",
)
BATCH = 32
"""Articles whose sentences go through the parser together."""
LONGEST = 1_000_000
"""Characters of an article; spaCy's parser reads no more at once."""


@lru_cache(maxsize=1)
def components() -> dict[str, Component]:
    """Every component by its name, made once."""
    nlp = Language(create_tokenizer=lambda owner: Tokenizer(owner.vocab))  # the model's own tokenizer cuts the texts
    return {name: nlp.add_pipe(name) for name in (*BEFORE_PARSING, *AFTER_PARSING, "claimgraph_claims")}


@Language.factory("claimgraph", assigns=["doc._.claims"])
def make_claimgraph(nlp: Language, name: str) -> Component:
    """All components in their order, for a pipeline that tags, parses and lemmatises."""

    def claimgraph(doc: SpacyDoc) -> SpacyDoc:
        if doc._.published is None:
            inferred = infer_published(text_of(doc))
            doc._.published = inferred.isoformat() if inferred else None
        text = read(doc)  # held for all components
        for component in components().values():
            component(text.origin)
        return doc

    return claimgraph


def extract(article: Article | str) -> list[Claim]:
    """The claims of one article, in the order of the text. A bare string is an article called "text"."""
    if isinstance(article, str):
        article = Article(id="text", text=article)
    return list(extract_many([article]))


def extract_many(
    articles: Iterable[Article],
    *,
    batch_size: int = BATCH,
    on_error: Callable[[Article, Exception], None] | None = None,
    on_turn: Turn | None = None,
) -> Iterator[Claim]:
    """The claims of many articles, as they come: article by article, in the order of each text.

    With `on_error`, an article that fails is handed over together with its exception, and the others go on; `on_turn`
    hears whose work takes the time. Raises InputError for an article of more than `LONGEST` characters.
    """
    stream = iter(articles)
    while batch := list(itertools.islice(stream, batch_size)):
        with undisturbed():  # what is in a cycle after a batch, whole documents, goes at the first look behind it
            claims = _extract_batch(batch, on_error, on_turn or _unheard)
        yield from claims
        renew_model()


def _extract_batch(
    batch: list[Article], on_error: Callable[[Article, Exception], None] | None, turn: Turn
) -> list[Claim]:
    try:
        for article in batch:
            _refuse_overlong(article)
        dated = [with_date(article) for article in _in_turn(batch, turn)]
        docs = iter(documents(dated, turn))
        return [claim for article in _in_turn(dated, turn) for claim in assemble(next(docs), article)]
    except Exception as error:  # whatever one article does to a component must not cost the others
        if on_error is None:
            raise
        if len(batch) == 1:
            on_error(batch[0], error)
            return []
        return [claim for article in batch for claim in _extract_batch([article], on_error, turn)]


def _in_turn(articles: Iterable[Article], turn: Turn) -> Iterator[Article]:
    """The articles, each once its turn has been told."""
    for article in articles:
        turn(article.id)
        yield article
    turn("")


def _unheard(article: str) -> None:
    """Turns that nobody counts."""


def _refuse_overlong(article: Article) -> None:
    if len(article.text) > LONGEST:
        raise InputError(
            f"{len(article.text):,} characters, and at most {LONGEST:,} are read as one article: cut it up",
            path=article.id,
        )


def with_date(article: Article) -> Article:
    """The article with its publication date inferred from the text where nobody gave one and the text tells."""
    if article.published is not None and article.published.year < dt.MAXYEAR:  # feeds say 9999-12-31 for "no date"
        return article
    inferred = infer_published(article.text, article.url)
    return article.model_copy(update={"published": inferred, "published_inferred": inferred is not None})


def documents(articles: list[Article], turn: Turn = _unheard) -> list[Doc]:
    """The articles as documents that went through all components but the last."""
    cut_up = [_cut(article) for article in _in_turn(articles, turn)]
    parse_sentences([(doc, _worth_parsing(doc)) for doc in cut_up if doc._.quantities])
    docs = [read(doc) for doc in cut_up]
    for doc, _ in zip(docs, _in_turn(articles, turn), strict=True):
        for name in AFTER_PARSING if doc._.quantities else ():  # there is nothing to say of the others
            components()[name](doc.origin)
    return docs


def _cut(article: Article) -> SpacyDoc:
    text = unwrapped(article.text)
    doc = cut(text)
    set_text(doc, text)
    doc._.article_id = article.id
    doc._.published = article.published.isoformat() if article.published else None
    mark_sentences(doc, sentence_spans(text))
    for name in BEFORE_PARSING:
        doc = components()[name](doc)
    return doc


def _worth_parsing(doc: SpacyDoc) -> list[tuple[int, int]]:
    """Half-open token spans of the sentences that hold a figure, and of those in reach that say who gives figures.

    Who speaks is said in the figure's own paragraph or in the one before.
    """
    figures = [quantity[0] for quantity in doc._.quantities]
    if not figures:
        return []
    sentences = [(s.start, s.end, s.start_char, s.end_char) for s in doc.sents]
    with_figure = _flags(sentences, figures)
    paragraph = _paragraph_numbers(doc, [s[0] for s in sentences])
    wanted = {number + step for number, flag in zip(paragraph, with_figure, strict=True) if flag for step in (0, -1)}
    return [
        (first, last)
        for (first, last, start, end), flag, number in zip(sentences, with_figure, paragraph, strict=True)
        if flag or (number in wanted and has_cue(text_of(doc)[start:end]))
    ]


def _flags(sentences: list[tuple[int, int, int, int]], figures: list[int]) -> list[bool]:
    remaining, flags = iter([*sorted(figures), 1 << 60]), []
    figure = next(remaining)
    for _, _, _, end in sentences:
        flag = figure < end
        while figure < end:
            figure = next(remaining)
        flags.append(flag)
    return flags


def _paragraph_numbers(doc: SpacyDoc, firsts: list[int]) -> list[int]:
    """The number of the paragraph that each sentence stands in, from the first token of each."""
    text, number, numbers = text_of(doc), 0, []
    for first in firsts:
        number += first == 0 or "\n" in text[doc[first - 1].idx : doc[first].idx]
        numbers.append(number)
    return numbers
