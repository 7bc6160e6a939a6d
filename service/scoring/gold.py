"""Gold files: what is true of the articles in `corpus/`, read and checked.

A gold folder holds `ARTICLE.json` files (`{"article": {…}, "claims": […]}`) and `relations/STORY.json` files
(`{"pairs": […]}`). After loading, every slot is a list of accepted answers; `[None]` means that the slot must be null,
and None among others that null is accepted too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from extractor.errors import InputError
from extractor.model import Date, Kind, Modifier, Period, Status
from extractor.wording import number_of
from reconcile import model
from service.reading.articles import text_digest
from service.writing.outputs import no_folder

Relation = Literal[model.Relation, "none"]
"""The contract's relations, and `none`: saying nothing is right too."""

Split = Literal["dev", "test"]
Model = TypeVar("Model", bound=BaseModel)
_PROBLEMS = {
    "extra_forbidden": "gold has no such field",
    "missing": "this field is missing",
    "model_type": "an object with named fields is wanted here",
    "tuple_type": 'a claim is named by its article and its start: ["ARTICLE", 123]',
}
"""Kinds of faults that pydantic names in words of programmers."""


def _as_list(value: object) -> object:
    """One answer becomes a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def _as_answers(value: object) -> object:
    """One answer becomes a list of one, and the empty list, which means "must be null", becomes `[None]`."""
    return _as_list(value) or [None]


Words = Annotated[list[str | None], BeforeValidator(_as_answers)]
Periods = Annotated[list[Period | None], BeforeValidator(_as_answers)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldClaim(_Frozen):
    """One figure of an article, with the answers that each slot accepts."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str = Field(min_length=1)
    kind: Annotated[list[Kind], BeforeValidator(_as_list), Field(min_length=1)]
    value: Annotated[list[float], BeforeValidator(_as_list), Field(min_length=1)]
    low: float | None = None
    high: float | None = None
    unit: Annotated[list[str], BeforeValidator(_as_list), Field(min_length=1)]
    modifier: Modifier = "exact"
    indicator: Words
    product: Words
    area: Words
    counterpart: Words = [None]
    period: Periods
    base_period: Periods = [None]
    source: Words
    via: Words | None = None
    """Who relayed the figure; None where the annotator left it open."""
    status: Annotated[list[Status], BeforeValidator(_as_list), Field(min_length=1)] = ["actual"]
    optional: bool = False
    """Counts neither when missed nor when found."""
    context: str | None = None
    """Words around the quote that occur once in the article: how `scripts/gold-offsets` finds it again."""

    @model_validator(mode="after")
    def _span_fits_quote(self) -> GoldClaim:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"start {self.start} and end {self.end} do not span the quote {self.quote!r}")
        return self


class GoldMeta(_Frozen):
    """What is known of the article itself."""

    id: str = Field(min_length=1)
    published: Date | None = None
    published_accept: tuple[Date, ...] = ()
    """Publication dates that inference may give where none is printed: half-open ends, earliest and latest."""
    publisher: str | None = None
    story: str | None = None
    subject: str | None = None
    split: Split | None = None
    text_sha256: str | None = None


class GoldArticle(_Frozen):
    """An article with its claims, in the order of the text."""

    article: GoldMeta
    claims: list[GoldClaim]

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id


class GoldPair(_Frozen):
    """Two or more claims, each as (article, start), with the relations that may be said of them."""

    claims: Annotated[list[tuple[str, int]], Field(min_length=2)]
    relation: Annotated[list[Relation], Field(min_length=1)]
    explained_by: list[model.Slot] = []
    reasons: list[str] = []
    """Codes of REASONS.md that the text bears out, any of which is right; empty where gold names none."""
    why: str = ""


class _PairFile(_Frozen):
    pairs: list[GoldPair]


class Gold(_Frozen):
    """A gold folder: articles by id, and the pairs of all stories."""

    articles: dict[str, GoldArticle]
    pairs: list[GoldPair]


def load_gold(folder: Path | str, *, texts: Mapping[str, str] | None = None) -> Gold:
    """Every gold file of a folder, checked; with `texts` (article id → text) also against what the articles say."""
    root = Path(folder)
    files = _load_files(root)
    if texts is not None:
        for path, gold in files.items():
            _check_text(gold, texts, path)
    articles = {gold.id: gold for gold in files.values()}
    return Gold(articles=articles, pairs=_load_pairs(root / "relations", articles))


def load_gold_of(folder: Path, texts: Mapping[str, str]) -> dict[str, GoldArticle]:
    """What a gold folder says of these articles (id → text), by id; files of other articles are passed over.

    Raises InputError for a folder that holds nothing of any of them, and for files at fault as `load_gold` does.
    """
    files = {path: gold for path, gold in _load_files(folder).items() if gold.id in texts}
    if not files:
        raise InputError("the folder holds gold of other articles only", path=folder)
    for path, gold in files.items():
        _check_text(gold, texts, path)
    return {gold.id: gold for gold in files.values()}


def _load_files(root: Path) -> dict[Path, GoldArticle]:
    """The gold files of a folder, each checked in itself, by path."""
    if not root.is_dir():
        raise InputError(f"{no_folder(root)}; a gold folder holds one JSON file an article", path=root)
    files: dict[Path, GoldArticle] = {}
    seen: set[str] = set()
    for path in sorted(root.glob("*.json")):
        gold = _parse(path, GoldArticle)
        if gold.id in seen:
            raise InputError(f"a second gold file for the article {gold.id!r}", path=path, field="article.id")
        _check_claims(gold, path)
        seen.add(gold.id)
        files[path] = gold
    if not files:
        raise InputError("the folder holds no gold file (*.json)", path=root)
    return files


def _load_pairs(folder: Path, articles: Mapping[str, GoldArticle]) -> list[GoldPair]:
    pairs: list[GoldPair] = []
    listed: dict[frozenset[tuple[str, int]], str] = {}
    for path in sorted(folder.glob("*.json")):
        for index, pair in enumerate(_parse(path, _PairFile).pairs):
            field = f"pairs[{index}].claims"
            _check_members(pair, articles, path, field)
            key = frozenset(pair.claims)
            if key in listed:
                raise InputError(f"these claims are listed already, at {listed[key]}", path=path, field=field)
            listed[key] = f"{path.name} {field}"
            pairs.append(pair)
    return pairs


def _check_members(pair: GoldPair, articles: Mapping[str, GoldArticle], path: Path, field: str) -> None:
    if len(set(pair.claims)) != len(pair.claims):
        raise InputError("the same claim stands twice in one pair", path=path, field=field)
    for position, (article, start) in enumerate(pair.claims):
        place = f"{field}[{position}]"
        if article not in articles:
            raise InputError(f"there is no gold file for the article {article!r}", path=path, field=place)
        if all(claim.start != start for claim in articles[article].claims):
            raise InputError(f"the article {article!r} has no claim that starts at {start}", path=path, field=place)


def _check_claims(gold: GoldArticle, path: Path) -> None:
    seen: dict[int, int] = {}
    for index, claim in enumerate(gold.claims):
        if claim.start in seen:
            raise InputError(
                f"claims[{seen[claim.start]}] starts at {claim.start} too", path=path, field=f"claims[{index}].start"
            )
        seen[claim.start] = index


def _check_text(gold: GoldArticle, texts: Mapping[str, str], path: Path) -> None:
    text = texts.get(gold.id)
    if text is None:
        raise InputError(f"there is no article {gold.id!r} for this gold file", path=path, field="article.id")
    for index, claim in enumerate(gold.claims):
        found = text[claim.start : claim.end]
        if found != claim.quote:
            raise InputError(
                f"the article has {found!r} at {claim.start}, the gold says {claim.quote!r}; "
                "./scripts/gold-offsets finds the quotes again",
                path=path,
                field=f"claims[{index}].quote",
            )
    expected = gold.article.text_sha256
    if expected is not None and expected != text_digest(text):
        raise InputError(
            "this is not the text that was annotated; look at what changed, then run ./scripts/gold-offsets",
            path=path,
            field="article.text_sha256",
        )


def _parse(path: Path, model: type[Model]) -> Model:
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason} at byte {error.start})", path=path) from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", path=path, line=error.lineno) from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise _first_fault(error, path) from error


def _first_fault(error: ValidationError, path: Path) -> InputError:
    """An error that names the first faulty field, and says how many more there are.

    A field that gold lacks is named before one that is missing: most likely it is the same one, misspelt.
    """
    faults = sorted(error.errors(include_url=False), key=lambda fault: fault["type"] != "extra_forbidden")
    fault = faults[0]
    more = f" (and {number_of(len(faults) - 1, 'more fault')} in this file)" if len(faults) > 1 else ""
    seen = "" if isinstance(fault["input"], dict | list) else f"; found {fault['input']!r}"
    problem = _PROBLEMS.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")
    return InputError(f"{problem}{seen}{more}", path=path, field=_place(fault["loc"]))


def _place(location: tuple[int | str, ...]) -> str:
    """A field as people write it: `claims[3].period`."""
    place = ""
    for step in location:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    return place


def find_quote(text: str, quote: str, context: str) -> tuple[int, int]:
    """Where a quote stands: the one place of the context in the text, and the one place of the quote in the context.

    Blanks, line breaks and the bars of table rows count as the same, because readers lay out a page differently.
    """
    places = list(_loose(context).finditer(text))
    if len(places) != 1:
        raise ValueError(f"the context {context!r} occurs {len(places)} times in the text; it must occur once")
    inside = list(_loose(quote).finditer(text, *places[0].span()))
    if len(inside) != 1:
        raise ValueError(f"the quote {quote!r} occurs {len(inside)} times in the context {context!r}")
    return inside[0].span()


def _loose(words: str) -> re.Pattern[str]:
    return re.compile(r"[\s|]+".join(re.escape(word) for word in re.split(r"[\s|]+", words)))
