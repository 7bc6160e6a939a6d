"""The main job: articles in; claims, findings, the claim graph and the conflict report out.

What is read goes to a journal on the disk, group by group of articles (`journal.py`), and from there into the outputs:
memory does not grow with the number of articles, and a run that was killed goes on where it stopped.
"""

from __future__ import annotations

import tempfile
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from extractor.errors import InputError
from extractor.model import Article, Claim
from reconcile.model import FLAGS
from service.reading.articles import read_articles
from service.reading.claims import take_claims
from service.reading.folders import article_files
from service.reading.skips import Skip
from service.running.engine import BUDGET, Outcome, extract_articles, groups_of, over_groups
from service.running.journal import Group, Journal, Place, digest, lines_of, read_group
from service.running.reconciling import claims_named, crew, reconcile_file, reconcile_rows
from service.writing.outputs import claims_csv, csv_head, in_order, json_lines, read_articles_written, staged
from service.writing.overview import Articles, Shown, claims_written, shown, write_graph_of, write_report_of

if TYPE_CHECKING:
    from reconcile.model import Finding

_SEVEREST, _CANDIDATES = 3, 200
"""Conflicts that the summary tells, and those that it chooses them from."""
_RELATION = b',"relation":"'
"""Within a string every quotation mark has a backslash before it, so that this cannot stand in one."""
Progress = Callable[[str, int, int | None], None]
"""Hears of each step: its name, how much is done, and of how much (None where unknown)."""


class Summary(NamedTuple):
    """What a run read, found, left out and wrote."""

    articles: int
    claims: Counter[str]
    """By kind."""
    sources: int
    findings: Counter[str]
    """By relation."""
    severest: list[str]
    """Conflicts in words, the most severe first; of those about one figure only the first."""
    skipped: list[Skip]
    remarks: list[Skip]
    written: list[Path]
    compared: bool = True
    """False where claims were read and not laid beside one another."""


class Extracted(NamedTuple):
    """The articles of some paths with their claims, in the order of every output."""

    articles: list[Article]
    claims: list[Claim]
    skipped: list[Skip]
    remarks: list[Skip]


class Reading(NamedTuple):
    """What a run has read, wherever it put it."""

    names: list[str]
    """Of what holds the articles and claims."""
    articles: int
    kinds: Counter[str]
    sources: int
    notices: list[Skip]


class NothingReadError(InputError):
    """Not one article could be read; `notices` says why, path by path."""

    def __init__(self, notices: list[Skip]) -> None:
        super().__init__("no article could be read; nothing was written")
        self.notices = notices


def run_batch(
    paths: Iterable[Path | str],
    *,
    out: Path,
    workers: int = 1,
    budget: float = BUDGET,
    on_progress: Progress | None = None,
) -> Summary:
    """Runs the main job and writes its files to `out`; raises InputError where there was nothing to do.

    `budget`: CPU seconds that an article may take; one that takes longer is set aside.
    """
    report_progress = on_progress or unheard
    with Journal(out) as journal:
        reading, places = _read(journal, paths, out, workers, budget, report_progress)
        with staged(out) as folder:
            _write_read(folder, journal, places)
            report_progress("Comparing claims", 0, None)
            reconcile_file(folder / "claims.jsonl", folder / "findings.jsonl", workers=workers)
            report_progress("Writing", 0, None)
            remarks = overviews(folder, reading, partial(_articles, folder, journal, places))
            told = summary(reading, folder, out)
    return told._replace(remarks=[*told.remarks, *remarks])


def run_extract(
    paths: Iterable[Path | str],
    *,
    out: Path,
    workers: int = 1,
    budget: float = BUDGET,
    on_progress: Progress | None = None,
) -> Summary:
    """Only the first half: `claims.jsonl`, `claims.csv` and `articles.jsonl`."""
    with Journal(out) as journal:
        reading, places = _read(journal, paths, out, workers, budget, on_progress or unheard)
        with staged(out) as folder:
            _write_read(folder, journal, places)
            return summary(reading, folder, out)


def run_reconcile(given: Path, *, out: Path, workers: int = 1) -> Summary:
    """Only the second half, over a file of claims from anywhere: `findings.jsonl` and `graph.graphml`."""
    with staged(out) as folder, tempfile.TemporaryDirectory(dir=folder) as aside:
        claims, findings = Path(aside) / "claims.jsonl", folder / "findings.jsonl"
        with crew(workers) as hands:
            taken = take_claims(given, claims, hands)
            reconcile_rows(claims, taken.rows, taken.areas, findings, hands)
        part = shown(findings, partial(claims_named, claims, taken.rows), count=taken.rows.size)
        write_graph_of(folder, part)
        claims.unlink()
        Path(aside).rmdir()
        notices = [notice for notice in (*taken.skipped, part.remark) if notice is not None]
        return summary(Reading([], taken.articles, taken.kinds, taken.sources, notices), folder, out)


def write_run(out: Path, extracted: Extracted, findings: list[Finding]) -> list[Path]:
    """Writes every file of a run that is in memory to `out`, all or nothing; gives their paths."""
    with staged(out) as folder:
        texts = {article.id: article.text for article in extracted.articles}
        (folder / "articles.jsonl").write_bytes(json_lines(extracted.articles))
        (folder / "claims.jsonl").write_bytes(json_lines(extracted.claims))
        (folder / "claims.csv").write_bytes(claims_csv(extracted.claims, texts))
        (folder / "findings.jsonl").write_bytes(json_lines(findings))
        part = Shown(extracted.claims, findings)
        write_graph_of(folder, part)
        write_report_of(folder, part, lambda wanted: extracted.articles, extracted.skipped)
        return _written(folder, out)


def extract_paths(paths: Iterable[Path | str], *, workers: int = 1, on_progress: Progress | None = None) -> Extracted:
    """Reads the articles of some paths and extracts their claims, all in memory; what fails is listed."""
    report_progress = on_progress or unheard
    notices: list[Skip] = []
    outcomes: list[Outcome] = []
    for outcome in extract_articles(read_articles(paths, on_skip=notices.append), workers=workers):
        outcomes.append(outcome)
        report_progress("Reading articles", len(outcomes), None)
    notices += [Skip(outcome.article.id, None, outcome.problem) for outcome in outcomes if outcome.problem]
    if all(outcome.problem for outcome in outcomes):
        raise NothingReadError(notices)
    return Extracted(
        sorted((outcome.article for outcome in outcomes), key=lambda article: article.id),
        in_order(claim for outcome in outcomes for claim in outcome.claims),
        [notice for notice in notices if notice.lost],
        [notice for notice in notices if not notice.lost],
    )


def _read(
    journal: Journal, paths: Iterable[Path | str], out: Path, workers: int, budget: float, report_progress: Progress
) -> tuple[Reading, list[Place]]:
    """Reads the articles of some paths into the journal; what fails is listed, and the rest goes on."""
    notices: list[Skip] = []
    articles = read_articles(article_files(paths, on_skip=notices.append, ignore=(out,)), on_skip=notices.append)
    places: list[Place] = []
    kinds: Counter[str] = Counter()
    sources: set[str] = set()
    for group in _groups(journal, articles, workers, budget):
        places += group.places
        kinds.update(group.kinds)
        sources.update(group.sources)
        report_progress("Reading articles", len(places), None)
    places.sort(key=lambda place: place.id)
    notices += [Skip(place.id, None, place.problem) for place in places if place.problem]
    if all(place.problem for place in places):
        raise NothingReadError(notices)
    return Reading([], len(places), kinds, len(sources), notices), places


def _groups(journal: Journal, articles: Iterable[Article], workers: int, budget: float) -> Iterator[Group]:
    """What is read in each group of articles: from the journal, or now."""
    before: deque[Group] = deque()
    keys: deque[str] = deque()

    def unread() -> Iterator[list[Article]]:
        for group in groups_of(articles):
            key = digest(group)
            known = journal.known(key)
            if known is None:
                keys.append(key)
                yield group
            else:
                before.append(known)

    for read in over_groups(unread(), partial(read_group, budget=budget), lines_of, workers=workers):
        yield journal.add(keys.popleft(), read)
        while before:
            yield before.popleft()
    yield from before


def _write_read(folder: Path, journal: Journal, places: list[Place]) -> None:
    with (folder / "articles.jsonl").open("wb") as stream:
        stream.writelines(journal.articles(places))
    with (folder / "claims.jsonl").open("wb") as stream:
        stream.writelines(journal.claims(places))
    with (folder / "claims.csv").open("wb") as stream:
        stream.write(csv_head())
        stream.writelines(journal.rows(places))


def overviews(folder: Path, reading: Reading, articles: Articles) -> list[Skip]:
    """Writes graph and report beside claims and findings; gives what they leave out."""
    claims = partial(claims_written, folder / "claims.jsonl")
    part = shown(folder / "findings.jsonl", claims, count=reading.kinds.total())
    write_graph_of(folder, part)
    write_report_of(folder, part, articles, [notice for notice in reading.notices if notice.lost])
    return [] if part.remark is None else [part.remark]


def _articles(folder: Path, journal: Journal, places: list[Place], wanted: Collection[str] | None) -> list[Article]:
    if wanted is None:
        return read_articles_written(folder / "articles.jsonl")
    lines = journal.articles(place for place in places if place.id in wanted)
    return [Article.model_validate_json(line) for line in lines]


def summary(reading: Reading, folder: Path, out: Path) -> Summary:
    """What a run read, found and left out, with its files in `folder`, from where they go to `out`."""
    relations, severest = _told(folder / "findings.jsonl")
    return Summary(
        articles=reading.articles,
        claims=reading.kinds,
        sources=reading.sources,
        findings=relations,
        severest=severest,
        skipped=[notice for notice in reading.notices if notice.lost],
        remarks=[notice for notice in reading.notices if not notice.lost],
        written=_written(folder, out),
        compared=(folder / "findings.jsonl").exists(),
    )


def _told(findings: Path) -> tuple[Counter[str], list[str]]:
    """How many findings of each relation a file holds, and its most severe conflicts in words."""
    relations: Counter[str] = Counter()
    if not findings.exists():
        return relations, []
    flags: list[bytes] = []
    with findings.open("rb") as stream:
        for line in stream:
            at = line.index(_RELATION) + len(_RELATION)
            relation = line[at : line.index(b'"', at)].decode()
            relations[relation] += 1
            if relation in FLAGS and len(flags) < _CANDIDATES:
                flags.append(line)
    return relations, _of_different_figures(map(orjson.loads, flags))


def _of_different_figures(found: Iterable[dict[str, Any]]) -> list[str]:
    """The first few findings in words; one that shares a claim with an earlier one tells little that is new."""
    words: list[str] = []
    named: set[str] = set()
    for one in found:
        if len(words) < _SEVEREST and named.isdisjoint(one["claims"]):
            words.append(f"{one['relation'].replace('_', ' ')}: {one['explanation']}")
            named.update(one["claims"])
    return words


def _written(folder: Path, out: Path) -> list[Path]:
    return [out / name for name in sorted(path.name for path in folder.iterdir())]


def unheard(step: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""
