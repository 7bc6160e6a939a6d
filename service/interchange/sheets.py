"""An article with marked figures: what every form of interchange holds, made from gold or predictions and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from extractor.errors import InputError
from extractor.model import Article, Claim
from service.interchange import slots as lines
from service.interchange.slots import Slots
from service.reading.articles import text_digest
from service.scoring.gold import Gold, GoldArticle, GoldClaim, GoldMeta


class Mark(NamedTuple):
    """One marked figure: its span, its label (the kind), its slots as lines."""

    start: int
    end: int
    label: str
    slots: Slots
    optional: bool = False
    claim: dict[str, Any] | None = None
    """The whole predicted claim, where the mark is one."""


class Place(NamedTuple):
    """Where something stands in an annotation file: the line, where each holds an article, and the field."""

    file: Path
    line: int | None
    field: str

    def inside(self, name: str) -> Place:
        """The place of something inside this one."""
        return self._replace(field=f"{self.field}{name}".removeprefix("."))

    def fault(self, problem: str) -> InputError:
        """What is wrong there."""
        return InputError(problem, path=self.file, line=self.line, field=self.field or None)


class Sheet(NamedTuple):
    """An article with the figures that people marked, those that a program marked, or both (None: not given)."""

    meta: dict[str, Any]
    """Id, date, publisher, story, subject and split, as in a gold file; without what is unknown."""
    text: str
    gold: list[Mark] | None = None
    predicted: list[Mark] | None = None
    line: int | None = None
    """Where it stood, in a file of one article a line."""

    @property
    def marks(self) -> list[Mark]:
        """The one set of marks, for forms that hold no more: people's before a program's."""
        return (self.predicted or []) if self.gold is None else self.gold


def sheets_of(
    articles: Sequence[Article],
    *,
    gold: Mapping[str, GoldArticle] | None = None,
    claims: Sequence[Claim] | None = None,
) -> list[Sheet]:
    """One sheet an article, by id; with gold (by article id), of the articles that gold is of."""
    known = {article.id: article for article in articles}
    names = sorted(known if gold is None else gold)
    predicted: dict[str, list[Mark]] = {name: [] for name in names}
    for claim in claims or ():
        if claim.article in predicted:
            predicted[claim.article].append(_of_claim(claim))
    return [
        _sheet(known[name], gold[name] if gold else None, predicted[name] if claims is not None else None)
        for name in names
    ]


def _sheet(article: Article, gold: GoldArticle | None, predicted: list[Mark] | None) -> Sheet:
    if gold is None:
        known = {"id": article.id, "published": article.published, "publisher": article.publisher}
        meta = GoldMeta.model_validate(known)
    else:
        meta = gold.article
    kept = meta.model_dump(mode="json", exclude={"text_sha256"}, exclude_none=True, exclude_defaults=True)
    marks = [_of_gold(claim) for claim in gold.claims] if gold else None
    return Sheet(kept, article.text, marks, predicted)


def _of_gold(claim: GoldClaim) -> Mark:
    return Mark(claim.start, claim.end, claim.kind[0], lines.of_gold(claim), claim.optional)


def _of_claim(claim: Claim) -> Mark:
    return Mark(claim.start, claim.end, claim.kind, lines.of_claim(claim), claim=claim.to_json())


def to_gold(sheet: Sheet, place: Place) -> GoldArticle:
    """A gold article of a sheet's marks; what is wrong names the file, the place in it and the slot."""
    marks = sorted(sheet.marks)
    claims = [_gold_claim(mark, sheet.text, place.inside(f".spans[{index}]")) for index, mark in enumerate(marks)]
    known = {**sheet.meta, "text_sha256": text_digest(sheet.text)}
    return GoldArticle(article=_checked(GoldMeta, known, place.inside(".meta")), claims=claims)


def _gold_claim(mark: Mark, text: str, place: Place) -> GoldClaim:
    if not 0 <= mark.start < mark.end <= len(text):
        raise place.fault(f"{mark.start} to {mark.end} does not lie in the text")
    try:
        fields = lines.to_gold(mark.slots, mark.label)
    except ValueError as error:
        raise place.fault(str(error)) from error
    quote = text[mark.start : mark.end]
    where = {"start": mark.start, "end": mark.end, "quote": quote, "optional": mark.optional}
    claim: GoldClaim = _checked(GoldClaim, {**where, **fields}, place.inside(f" {quote!r}"))
    return claim


def _checked(model: Any, fields: Mapping[str, Any], place: Place) -> Any:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        slot = ".".join(map(str, fault["loc"]))
        raise place.inside(f" {slot}").fault(fault["msg"]) from error


def to_claims(sheet: Sheet, place: Place) -> list[Claim]:
    """A sheet's marks as claims: those that nobody touched as they were predicted, others as their slots say."""
    from service.scoring.gold_claims import claims_of

    gold = to_gold(sheet, place)
    article = Article(id=gold.id, text=sheet.text)
    made = claims_of(Gold(articles={gold.id: gold}, pairs=[]), {gold.id: article})
    return [_untouched(mark) or claim for mark, claim in zip(sorted(sheet.marks), made, strict=True)]


def _untouched(mark: Mark) -> Claim | None:
    if mark.claim is None:
        return None
    claim = Claim.model_validate(mark.claim)
    return claim if _of_claim(claim)[:4] == mark[:4] else None
