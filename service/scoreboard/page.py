"""The scoreboard as Markdown tables, and its place in README.md."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from extractor.errors import InputError
from extractor.loading import tables
from service.scoreboard.history import History
from service.scoreboard.measure import RELATIONS, Figure
from service.scoring.answers import SLOTS

BEGIN, END = "<!-- score:begin -->", "<!-- score:end -->"
_GROUPS = ("dev", "test", "seeds")
_FEW = ("seeds.", "gold.seeds.")
"""Too few articles for an interval to mean anything."""

_CLAIMS = (
    ("**claims found**, F1", "claims"),
    ("precision", "claims_precision"),
    ("recall", "claims_recall"),
    ("exact span, F1", "exact"),
    *((slot.replace("_", " "), slot) for slot in SLOTS),
    ("**every slot right**", "entirely"),
    ("publication date", "published"),
)
_RELATIONS = (
    ("conflicts, F1", "conflicts"),
    ("conflicts, precision", "conflicts_precision"),
    ("conflicts, recall", "conflicts_recall"),
    ("reason named right, of conflicts found", "reasons"),
    ("all relations, F1", "relations"),
    *((name.replace("_", " "), name) for name in RELATIONS),
)
_BENCHMARKS = (
    ("NewsQuant dev, F1: value", "newsquant.value"),
    ("NewsQuant: value + unit", "newsquant.value+unit"),
    ("NewsQuant: value + change", "newsquant.value+change"),
    ("NewsQuant: value + concept, partial", "newsquant.value+concept_partial"),
    ("NewsQuant: value + concept, complete", "newsquant.value+concept_complete"),
    ("amounts of money read right", "amounts"),
    ("PolNeAR dev, who gave the figure, F1: strict", "polnear.strict"),
    ("PolNeAR: lenient", "polnear.lenient"),
    ("periods dev: exact interval", "periods"),
)


class Peers(BaseModel):
    """What others score in one figure, and this project's goal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    goal: float | None = None
    peers: dict[str, float | str] = {}
    note: str = ""


@lru_cache(maxsize=1)
def peers() -> dict[str, Peers]:
    """The peers' figures by the name of the figure."""
    table = tables("service.scoreboard", "peers.toml")
    return {name: Peers.model_validate(row) for name, row in table.items()}


def into_readme(readme: str, board: str) -> str:
    """A README whose scoreboard is this one."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise InputError(f"has no place for the scoreboard: a line {BEGIN} and after it a line {END}")
    return f"{before}{BEGIN}\n{board}\n{END}{after}"


def render(history: History) -> str:
    """The tables."""
    parts = [
        "In percent; in brackets the 95% interval, bootstrapped by article; behind an arrow, the last board's figure.",
        _carried(history),
        "**Reading.** Slots are judged on the claims found. `dev` and the seeds are tuned on; `test` is kept apart, "
        "as well as gold/README.md says.",
        _claims(history),
        "**Reconciling.** *End to end*: from the claims that were read; *alone*: from those that gold says are there.",
        _relations(history),
        "**Other ways to find conflicts**, all from the claims that gold says are there; an optional one is no fault.",
        _methods(history),
        "**Public benchmarks**, with what other tools score on the same files.",
        _benchmarks(history),
    ]
    return "\n\n".join(part for part in parts if part)


def _carried(history: History) -> str:
    groups = sorted({name.removeprefix("gold.").partition(".")[0] for name in history.carried})
    return f"Not measured this time, and kept as they were: {', '.join(groups)}." if groups else ""


def _claims(history: History) -> str:
    goals = [_goals("test", ("claims", "slots", "entirely")), _goals("seeds", ("claims", "slots", "entirely"))]
    rows = [
        [title, *(_cell(history, f"{group}.{name}") for group in _GROUPS)]
        for title, name in _CLAIMS
    ]  # fmt: skip
    rows.append(["`confidence`: calibration error", *(_cell(history, f"{group}.calibration") for group in _GROUPS)])
    rows.append(["goal: claims / each slot / every slot right", "", *goals])
    rows.append(["naive pipeline: the same", "", "", _peers_of_seeds()])
    return _table(["", *(_headed(history, group) for group in _GROUPS)], rows)


def _headed(history: History, group: str) -> str:
    """A column's head: which texts, and how many."""
    counts = [history.board.get(f"{group}.n_{what}") for what in ("articles", "claims")]
    articles, claims = ("–" if count is None else f"{count.value:.0f}" for count in counts)
    return f"{'' if group == 'seeds' else 'gold, '}{group}: {articles} articles, {claims} claims"


def _goals(group: str, names: Sequence[str]) -> str:
    goals = (peers()[f"{group}.{name}"].goal for name in names)
    return " / ".join("" if goal is None else f"{goal:g}" for goal in goals)


def _peers_of_seeds() -> str:
    return " / ".join(
        _number(value) for name in ("claims", "slots", "entirely") for value in peers()[f"seeds.{name}"].peers.values()
    )


def _relations(history: History) -> str:
    rows = [
        [title, *(_cell(history, f"{way}{group}.{name}") for way in ("", "gold.") for group in _GROUPS)]
        for title, name in _RELATIONS
    ]
    ways = [f"{way}, {group}" for way in ("end to end", "alone") for group in _GROUPS]
    return _table(["", *ways], rows)


def _methods(history: History) -> str:
    """Our reconciler, then the others."""
    found = (name.removeprefix("peers.dev.").removesuffix(".recall") for name in history.board if _is_method(name))
    names = sorted(found, key=lambda name: (name != "claimgraph", name))
    figures = ("dev", "precision"), ("dev", "recall"), ("test", "precision"), ("test", "recall")
    rows = [[name, *(_cell(history, f"peers.{half}.{name}.{figure}") for half, figure in figures)] for name in names]
    return _table(["", *(f"{half}: {figure}" for half, figure in figures)], rows)


def _is_method(name: str) -> bool:
    return name.startswith("peers.dev.") and name.endswith(".recall")


def _benchmarks(history: History) -> str:
    rows = [[title, _cell(history, name), *_beside(name)] for title, name in _BENCHMARKS]
    return _table(["", "claimgraph", "goal", "others"], rows)


def _beside(name: str) -> tuple[str, str]:
    """The goal, and the others' figures in words."""
    row = peers().get(name, Peers())
    others = ", ".join(f"{peer} {_number(value)}" for peer, value in row.peers.items())
    return "" if row.goal is None else f"{row.goal:g}", f"{others} ({row.note})" if row.note else others


def _cell(history: History, name: str) -> str:
    figure = history.board.get(name)
    if figure is None:
        return "–"
    before = history.change(name)
    words = _shown(figure, interval=not name.startswith(_FEW))
    return words if before is None else f"{words} {'↑' if figure.value > before else '↓'} {before:.1f}"


def _shown(figure: Figure, *, interval: bool) -> str:
    if not interval or figure.low is None or figure.high is None:
        return f"{figure.value:.1f}"
    return f"{figure.value:.1f} ({figure.low:.1f}–{figure.high:.1f})"


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(" ".join(["|", *(f"{cell} |".lstrip() for cell in line)]) for line in lines)
