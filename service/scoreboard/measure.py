"""Every figure of the scoreboard, measured anew, under its name.

    dev.  test.  seeds.     own gold, by half, and the seeds: `claims`, `claims_precision`, every slot, `entirely` …
    gold.dev.  gold.test.   `conflicts`, `relations` of reconciliation alone, over the claims that gold says are there
    gold.seeds.             the same on the seeds
    peers.dev.  peers.test. other ways to find conflicts, by method: `precision` and `recall`
    newsquant.  polnear.  periods  amounts     public benchmarks, and a table of amounts

Seeds and public benchmarks are not shipped: where their folder is not there, their figures are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extractor.errors import InputError
from extractor.model import Article, Claim
from service.scoring.benchmarks import BenchmarkScores
from service.scoring.board import Scores
from service.scoring.claims import half_of, score
from service.scoring.gold import Gold, load_gold
from service.scoring.statistics import calibration, intervals

Progress = Callable[[str], None]
RELATIONS = (
    "agreement", "repetition", "arithmetic_agreement", "contradiction", "apparent_conflict", "revision",
    "arithmetic_conflict",
)  # fmt: skip
_KEPT = ("conflicts", "conflicts_precision", "conflicts_recall", "reasons", "relations", *RELATIONS)
_NEWSQUANT = ("value", "value+unit", "value+change", "value+concept_partial", "value+concept_complete")


class Figure(NamedTuple):
    """One figure in percent, with its 95% interval where one can be given."""

    value: float
    low: float | None = None
    high: float | None = None


class _Run(NamedTuple):
    """What there is to score."""

    articles: Sequence[Article]
    claims: Sequence[Claim]
    findings: Sequence[Mapping[str, Any]]


Board = dict[str, Figure]


def measure(root: Path, *, on_step: Progress | None = None) -> Board:
    """The whole board of a repository; `root/../shared` holds what it does not ship."""
    say = on_step or (lambda step: None)
    say("corpus")
    board = _own(root)
    say("amounts")
    board["amounts"] = _amounts()
    shared = root.parent / "shared"
    if (shared / "seeds" / "gold").is_dir():
        say("seeds")
        board |= _seeds(shared / "seeds")
    if (shared / "benchmarks").is_dir():
        for name, of in _BENCHMARKS.items():
            say(name)
            board |= of(shared / "benchmarks")
    return {name: _rounded(figure) for name, figure in board.items()}


def _own(root: Path) -> Board:
    gold = load_gold(root / "gold")
    run = _read([root / "corpus"])
    alone = _given(gold, run.articles)
    board: Board = {}
    for half in ("dev", "test"):
        part = half_of(gold, half)
        board |= _both_ways(half, part, run, alone) | _peers(half, part, run.articles)
    return board


def _peers(name: str, gold: Gold, articles: Sequence[Article]) -> Board:
    """Other ways to find conflicts, over the same claims."""
    from service.scoring.peers import compare_with_peers

    board: Board = {}
    for row in compare_with_peers(gold, {article.id: article for article in articles}):
        board[f"peers.{name}.{row.method}.precision"] = Figure(row.precision)
        board[f"peers.{name}.{row.method}.recall"] = Figure(row.recall)
    return board


def _seeds(folder: Path) -> Board:
    gold = load_gold(folder / "gold")
    run = _read(sorted(folder.glob("*.txt")))
    return _both_ways("seeds", gold, run, _given(gold, run.articles))


def _read(paths: Sequence[Path]) -> _Run:
    """What the product makes of some articles, from end to end."""
    from service.running.batch import extract_paths

    extracted = extract_paths(paths)
    if extracted.skipped:
        raise InputError(f"could not be read: {extracted.skipped[0].reason}", path=extracted.skipped[0].place)
    return _Run(extracted.articles, extracted.claims, _findings(extracted.claims))


def _given(gold: Gold, articles: Sequence[Article]) -> _Run:
    """What reconciliation makes of the claims of the whole gold."""
    from service.scoring.gold_claims import claims_of

    claims = claims_of(gold, {article.id: article for article in articles})
    return _Run(articles, claims, _findings(claims))


def _both_ways(name: str, gold: Gold, run: _Run, alone: _Run) -> Board:
    """End to end, and reconciliation alone, counted over some gold."""
    end_to_end = score(gold, *run)
    board = {f"{name}.{figure}": value for figure, value in figures(end_to_end).items()}
    required = end_to_end.claims.hits + end_to_end.claims.missed
    board |= {f"{name}.n_articles": Figure(len(gold.articles)), f"{name}.n_claims": Figure(required)}
    board[f"{name}.calibration"] = Figure(100 * calibration(end_to_end)[0])
    kept = figures(score(gold, *alone))
    return board | {f"gold.{name}.{figure}": kept[figure] for figure in _KEPT if figure in kept}


def _findings(claims: Sequence[Claim]) -> list[Mapping[str, Any]]:
    from reconcile import reconcile

    return [finding.to_json() for finding in reconcile(list(claims))]


def figures(scores: Scores) -> Board:
    """The headline figures of some scores, with their intervals."""
    within = intervals(scores)
    nothing = (None, None)
    return {name: Figure(value, *within.get(name, nothing)) for name, value in scores.figures().items()}


def _amounts() -> Figure:
    from service.scoreboard.amounts import read_right

    return Figure(read_right().percent)


def _newsquant(folder: Path) -> Board:
    found = _benchmark("newsquant", folder / "newsquant_dev.json")
    strict = found.figures["strict"]
    return {
        f"newsquant.{name}": Figure(strict[name]["F1"], *found.intervals[f"strict.{name}"])
        for name in _NEWSQUANT
        if name in strict
    }


def _polnear(folder: Path) -> Board:
    found = _benchmark("polnear", folder / "polnear_dev.jsonl")
    strict, lenient = found.figures["overall"]["f1"], found.figures["lenient_on_carry_over"]["overall_f1"]
    return {
        "polnear.strict": Figure(100 * strict, *found.intervals["overall.f1"]),
        "polnear.lenient": Figure(100 * lenient, *found.intervals["lenient_on_carry_over.overall_f1"]),
    }


def _periods(folder: Path) -> Board:
    found = _benchmark("periods", folder / "periods_dev.jsonl")
    return {"periods": Figure(100 * found.figures["accuracy"], *found.intervals["accuracy"])}


def _benchmark(name: str, file: Path) -> BenchmarkScores:
    from service.scoring.benchmarks import run_benchmark

    return run_benchmark(name, file)


_BENCHMARKS: dict[str, Callable[[Path], Board]] = {"newsquant": _newsquant, "polnear": _polnear, "periods": _periods}


def _rounded(figure: Figure) -> Figure:
    low, high = (None if end is None else round(end, 1) for end in (figure.low, figure.high))
    return Figure(round(figure.value, 1), low, high)
