"""The errors of a run, one by one: which slot, in which way it is wrong, in what kind of text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.model import Article, Claim
from extractor.sentences import sentence_spans
from service.scoring.answers import SLOTS, answer
from service.scoring.board import ArticleErrors, Found, Scores
from service.scoring.gold import Gold, GoldClaim
from service.scoring.terminal import accepted, claim_words, gold_words, shown

WORD_SLOTS = frozenset({"indicator", "product", "area", "counterpart", "source"})
MISSED, SPURIOUS = "missed", "spurious"
_TABLE = re.compile(r"\||\t| {3,}")
_BULLET = re.compile(r"\s*(?:[-*•–]|\d+[.)])\s")
_FORMS = (
    ("a range", re.compile(r"\d\s*(?:-|–|to|and)\s*\S*\d")),
    ("a percentage", re.compile(r"%|per ?cent|\bpc\b|percentage", re.IGNORECASE)),
    ("money", re.compile(r"[$€£¥₹]|\b(?:USD|EUR|GBP|RMB|Rs|RM)\b")),
    ("words", re.compile(r"^\D+$")),
    ("a scaled number", re.compile(r"illion|thousand|lakh|crore|\d(?:m|bn|k|tn)\b", re.IGNORECASE)),
)


class Entry(NamedTuple):
    """One error: a missed or spurious claim, or one wrong slot of a found claim."""

    problem: str
    """`missed`, `spurious`, or the slot."""
    way: str
    """How it is wrong, or for a missed or spurious claim the form of its figure."""
    article: str
    subject: str
    kind: str
    place: str
    """`headline`, `table`, `list` or `running text`."""
    parsed: bool
    borrowed: bool
    start: int
    earlier: str
    """The sentence before."""
    before: str
    quote: str
    after: str
    got: str | None
    expected: str | None
    stands: str
    """Where the article has the words of an accepted answer."""
    others: tuple[str, ...]
    """Other wrong slots of the same claim."""
    published: str
    confidence: float | None

    def traits(self) -> dict[str, str]:
        """What one may filter by."""
        return {
            "slot": self.problem,
            "way": self.way,
            "subject": self.subject,
            "kind": self.kind,
            "place": self.place,
            "parse": "parsed" if self.parsed else "unparsed",
            "borrowed": "borrowed" if self.borrowed else "not borrowed",
            "answer": self.stands,
            "alone": "one of several" if self.others else "the claim's only error",
            "article": self.article,
        }


class _Text(NamedTuple):
    """An article's text with its sentences, and which of them were parsed."""

    text: str
    sentences: list[tuple[int, int]]
    parsed: frozenset[int]
    """Sentences by the offset at which they start."""

    def around(self, start: int, end: int) -> tuple[str, str, str, str, bool]:
        """The sentence before a figure's, the figure's up to it, itself, the rest, and whether it was parsed."""
        number = max(bisect_right(self.sentences, (start, len(self.text))) - 1, 0)
        first, last = self.sentences[number] if self.sentences else (0, len(self.text))
        earlier = self.text[slice(*self.sentences[number - 1])] if number else ""
        parts = (self.text[first:start], self.text[start:end], self.text[end : max(last, end)])
        return (earlier, *parts, first in self.parsed)

    def stands(self, words: Iterable[str], start: int) -> str:
        """Where one of some words stands: in a figure's own sentence, before it, after it, or nowhere."""
        number = max(bisect_right(self.sentences, (start, len(self.text))) - 1, 0)
        first, last = self.sentences[number] if self.sentences else (0, len(self.text))
        folded = self.text.lower()
        parts = (("in the sentence", first, last), ("earlier", 0, first), ("later", last, len(folded)))
        found = [re.compile(rf"\b{re.escape(word.lower().replace('_', ' '))}") for word in words if word]
        return next((name for name, a, b in parts if any(word.search(folded, a, b) for word in found)), "nowhere")

    def place(self, start: int) -> str:
        """What kind of line a figure stands in."""
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", start)
        line = self.text[first : last if last >= 0 else len(self.text)]
        if not self.text[:first].strip():
            return "headline"
        return "table" if _TABLE.search(line) else "list" if _BULLET.match(line) else "running text"


def read_entries(scores: Scores, gold: Gold, articles: Sequence[Article]) -> list[Entry]:
    """Every error of a run, article by article in the order of the text."""
    wanted = {errors.article for errors in scores.errors}
    texts = _texts([article for article in articles if article.id in wanted])
    empty = _Text("", [], frozenset())
    return [
        entry
        for errors in scores.errors
        for entry in sorted(
            _of_article(errors, gold, texts.get(errors.article, empty)), key=lambda entry: (entry.start, entry.problem)
        )
    ]


def _texts(articles: Sequence[Article]) -> dict[str, _Text]:
    from extractor.pipeline import documents, with_date

    docs = documents([with_date(article) for article in articles])
    return {
        article.id: _Text(
            article.text,
            sentence_spans(article.text),
            frozenset(sentence.start_char for sentence in doc.sents if any(token.dep_ for token in sentence)),
        )
        for article, doc in zip(articles, docs, strict=True)
    }


def _of_article(errors: ArticleErrors, gold: Gold, text: _Text) -> Iterator[Entry]:
    meta = gold.articles[errors.article].article
    known = {
        "article": errors.article,
        "subject": meta.subject or meta.story or "no subject",
        "published": meta.published.isoformat() if meta.published else "unknown",
    }
    for missed in errors.missed:
        yield _entry(text, missed, known, problem=MISSED, way=_form(missed.quote), expected=gold_words(missed))
    for claim in errors.spurious:
        yield _entry(text, claim, known, problem=SPURIOUS, way=_form(claim.quote), got=claim_words(claim), claim=claim)
    for found in errors.wrong:
        for slot in found.wrong:
            yield _entry(
                text,
                found.gold,
                known,
                problem=slot,
                way=_way(slot, found),
                got=shown(getattr(found.claim, slot)),
                expected=accepted(getattr(found.gold, slot)),
                stands=_stands(slot, found.gold, text),
                claim=found.claim,
                others=tuple(other for other in found.wrong if other != slot),
            )


def _entry(
    text: _Text, figure: GoldClaim | Claim, known: Mapping[str, str], *, claim: Claim | None = None, **fields: Any
) -> Entry:
    earlier, before, quote, after, parsed = text.around(figure.start, figure.end)
    given = {"stands": "not words", "got": None, "expected": None, "others": (), **known, **fields}
    return Entry(
        kind=figure.kind if isinstance(figure, Claim) else figure.kind[0],
        place=text.place(figure.start),
        parsed=parsed,
        borrowed=claim is not None and given["problem"] in claim.borrowed,
        start=figure.start,
        earlier=earlier,
        before=before,
        quote=quote,
        after=after,
        confidence=claim.confidence if claim else None,
        **given,
    )


def _way(slot: str, found: Found) -> str:
    """How a slot is wrong: by leaving it empty, by filling it, or with another answer, borrowed or not."""
    got, wanted = getattr(found.claim, slot), getattr(found.gold, slot)
    if got is None:
        return "left empty"
    if wanted == [None]:
        return "filled, should be empty"
    if slot in ("period", "base_period") and _one_end(got, wanted):
        return "one end right"
    if slot in ("kind", "modifier", "status", "unit"):
        return f"{shown(got)} for {shown(wanted[0] if isinstance(wanted, list) else wanted)}"
    near = "some of its words" if slot in WORD_SLOTS and _shares_words(got, wanted) else "another answer"
    return f"{near}, borrowed" if slot in found.claim.borrowed else near


def _shares_words(got: Any, wanted: Sequence[str | None]) -> bool:
    words = _words(got.id) | _words(got.text)
    return any(words & _words(each) for each in wanted if each)


def _words(name: str) -> set[str]:
    return {*answer(name), *name.lower().replace("_", " ").split()}


def _stands(slot: str, gold: GoldClaim, text: _Text) -> str:
    if slot not in WORD_SLOTS:
        return "not words"
    words = [word for word in getattr(gold, slot) if word]
    return text.stands(words, gold.start) if words else "empty"


def _one_end(got: Any, wanted: Sequence[Any]) -> bool:
    return any(each is not None and (got.start == each.start or got.end == each.end) for each in wanted)


def _form(quote: str) -> str:
    return next((name for name, pattern in _FORMS if pattern.search(quote)), "a plain number")


class Group(NamedTuple):
    """The errors of one slot, by the way in which it is wrong; the most frequent first."""

    problem: str
    ways: list[tuple[str, list[Entry]]]

    @property
    def total(self) -> int:
        """How many errors."""
        return sum(len(entries) for _, entries in self.ways)

    @property
    def alone(self) -> int:
        """How many claims have no other error."""
        return sum(not entry.others for _, entries in self.ways for entry in entries)


def grouped(entries: Sequence[Entry]) -> list[Group]:
    """Errors by slot and way, the most frequent first."""
    found: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        found[entry.problem][entry.way].append(entry)
    order = {name: place for place, name in enumerate((MISSED, SPURIOUS, *SLOTS))}
    groups = [
        Group(problem, sorted(by_way.items(), key=lambda item: (-len(item[1]), item[0])))
        for problem, by_way in found.items()
    ]
    return sorted(groups, key=lambda group: (-group.total, order[group.problem]))


def ways(entries: Sequence[Entry]) -> dict[str, Counter[str]]:
    """For each slot, how many errors in each subject."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        found[entry.problem][entry.subject] += 1
    return found
