"""Folders and runs in, annotation files out; annotation files in, gold folders or runs out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extractor.errors import InputError
from extractor.model import Article
from service.interchange import docbin, labelstudio, prodigy, sheets
from service.interchange.sheets import Place, Sheet
from service.reading.jsonl import fault
from service.scoring.gold import GoldArticle, load_gold_of
from service.writing.outputs import check_run, json_lines, read_articles_written, read_claims, staged, write_file

_ALWAYS = frozenset({"quote", "start", "end"})


class _Form(NamedTuple):
    suffix: str
    write: Callable[[Iterable[Sheet]], bytes]
    read: Callable[[bytes, Path], list[Sheet]]


FORMS = {
    "labelstudio": _Form(".json", labelstudio.write, labelstudio.read),
    "prodigy": _Form(".jsonl", prodigy.write, prodigy.read),
    "docbin": _Form(".spacy", docbin.write, docbin.read),
}


def export_annotations(run: Path, to: Path, form: str, *, gold: Path | None = None) -> list[Path]:
    """Writes a run's claims, or with `gold` what gold says of the run's articles, for an annotation tool.

    Gold of articles that the run has not is passed over. Label Studio takes both: gold as annotations, the run's claims
    as predictions; and gets its labelling interface.
    """
    check_run(run)
    articles = read_articles_written(run / "articles.jsonl")
    truth = load_gold_of(gold, {article.id: article.text for article in articles}) if gold is not None else None
    claims = read_claims(run / "claims.jsonl") if truth is None or form == "labelstudio" else None
    written = {to: FORMS[form].write(sheets.sheets_of(articles, gold=truth, claims=claims))}
    if form == "labelstudio":
        written[to.with_suffix(".xml")] = labelstudio.config().encode("utf-8")
    for path, content in written.items():
        write_file(path, content)
    return list(written)


def import_annotations(file: Path, to: Path, form: str | None = None) -> int:
    """Writes a gold file for each article of an annotation file; all or none. Gives their number."""
    read = _read(file, form)
    gold = [sheets.to_gold(sheet, place) for place, sheet in read]
    _once([article.id for article in gold], [place for place, _ in read])
    there = next((path for article in gold if (path := to / f"{article.id}.json").exists()), None)
    if there is not None:
        raise InputError("is there already: import into an empty folder and compare", path=there)
    with staged(to) as folder:
        for article in gold:
            (folder / f"{article.id}.json").write_text(_gold_json(article), encoding="utf-8")
    return len(gold)


def import_run(file: Path, to: Path, form: str | None = None) -> int:
    """Writes the marks of an annotation file as a run's claims, which can be scored and reconciled."""
    read = _read(file, form)
    articles = [_article(sheet) for _, sheet in read]
    _once([article.id for article in articles], [place for place, _ in read])
    claims = [claim for place, sheet in read for claim in sheets.to_claims(_predictions(sheet), place)]
    with staged(to) as folder:
        (folder / "articles.jsonl").write_bytes(json_lines(articles))
        (folder / "claims.jsonl").write_bytes(json_lines(claims))
    return len(claims)


def _article(sheet: Sheet) -> Article:
    known = {name: sheet.meta[name] for name in ("published", "publisher") if name in sheet.meta}
    return Article.model_validate({"id": sheet.meta["id"], "text": sheet.text, **known})


def _predictions(sheet: Sheet) -> Sheet:
    """A program's marks where there are any."""
    return sheet if sheet.predicted is None else sheet._replace(gold=sheet.predicted)


def _read(file: Path, form: str | None) -> list[tuple[Place, Sheet]]:
    """The sheets of an annotation file, each with where it stands there."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", path=file) from error
    name = form or next((name for name, each in FORMS.items() if each.suffix == file.suffix.lower()), None)
    if name is None:
        raise InputError("of unknown form: say --format labelstudio, prodigy or docbin", path=file)
    try:
        found = FORMS[name].read(content, file)
    except InputError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise InputError(f"not in the {name} form: {fault(error)}", path=file) from error
    if not found:
        raise InputError("holds no annotated article", path=file)
    return [
        (Place(file, sheet.line, f"[{index}]" if sheet.line is None else ""), sheet)
        for index, sheet in enumerate(found)
    ]


def _once(names: Sequence[str], places: Sequence[Place]) -> None:
    seen: set[str] = set()
    for name, place in zip(names, places, strict=True):
        if name in seen:
            raise place.fault(f"the article {name!r} stands there twice")
        if Path(name).name != name or name.startswith("."):
            raise place.fault(f"{name!r} can be no file's name")
        seen.add(name)


def _gold_json(article: GoldArticle) -> str:
    """A gold file's text; slots that stand at their defaults are left out."""
    claims = [
        {name: value for name, value in claim.model_dump(mode="json").items() if name in _ALWAYS or value is not None}
        for claim in article.claims
    ]
    meta = article.article.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    content: dict[str, Any] = {"article": meta, "claims": claims}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
