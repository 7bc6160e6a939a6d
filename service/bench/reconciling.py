"""Reconciliation: claims a second and how that grows, pairs a second, and how long one more article takes."""

from __future__ import annotations

import gc
import json
import math
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np
import orjson
from typer import echo

from extractor.model import Claim, Concept, Period, Product, Source
from service.bench.clocks import Row, took

_CELLS = 6_000
_COMPONENT = 12_000
_CROWDED, _PRINTED, _READ = "crowded", "printed", "read"
"""Claims of which three in four have company; of which three in four have none, as in articles; the latter as they are
read from text: less than sure, so that they are weighed against each other, too."""


class Size(NamedTuple):
    """One run over so many claims."""

    claims: int
    findings: int
    cpu: float
    wall: float
    memory: float
    """Megabytes: the main process and all workers at their largest."""
    update_cpu: float
    update_wall: float
    reread: int


def measure(sizes: Sequence[int], folder: Path) -> Iterator[Row]:
    """The rows of reconciliation, over files of so many generated claims each."""
    runs = [_in_own_process(size, folder, workers=1) for size in sizes]
    for run in runs:
        rate, found = run.claims / run.cpu, f"{run.findings:,} findings"
        yield Row(f"{run.claims:,} claims to findings", f"{rate:,.0f} claims a CPU second", found)
    yield Row("growth exponent", f"{_exponent(runs):.2f}", "asked: at most 1.1")
    most = _in_own_process(sizes[-1], folder, workers=2)
    yield Row(f"{most.claims:,} claims on two workers", _on_two(most), "asked for a million: 60 s, 4,000 MB")
    alone = _in_own_process(sizes[-1], folder, workers=2, mix=_PRINTED)
    yield Row("the same, three in four alone as in articles", _on_two(alone), f"{alone.findings:,} findings")
    read = _in_own_process(sizes[-2], folder, workers=1, mix=_READ)
    a_second = f"{read.claims / read.cpu:,.0f} claims a CPU second"
    yield Row(f"{read.claims:,} of these as read from text, less than sure", a_second, f"{read.findings:,} findings")
    for run, mix in ((runs[-2], ""), (most, ""), (alone, ", three in four alone as in articles")):
        small = f"{run.update_wall:.2f} s by the clock, {run.update_cpu:.2f} CPU s"
        beside = f"{run.reread:,} claims read again; asked: under 1 s into a million"
        yield Row(f"one article of 15 claims into {run.claims:,}{mix}", small, beside)
    yield Row("candidate pairs through the bulk comparison", f"{_pairs():,.0f} a CPU second", "asked: 5,000,000")
    yield Row(
        f"a component of {_COMPONENT:,} claims through the arithmetic", f"{_arithmetic():.2f} CPU s", "asked: 1 s"
    )


def _on_two(run: Size) -> str:
    return f"{run.wall:.0f} s by the clock, {run.cpu:.0f} CPU s, {run.memory:,.0f} MB"


def _exponent(runs: Sequence[Size]) -> float:
    """The slope of CPU time over claims, both as logarithms."""
    slope, _ = np.polyfit([math.log(run.claims) for run in runs], [math.log(run.cpu) for run in runs], 1)
    return float(slope)


def _in_own_process(size: int, folder: Path, *, workers: int, mix: str = _CROWDED) -> Size:
    path = folder / f"{mix}-{size}.jsonl"
    if not path.exists():
        _write(path, size, mix)
    command = [sys.executable, "-m", "service.bench.reconciling", str(path), str(workers)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    run = Size(**json.loads(answer))
    echo(f"  {size:,} claims ({mix}), workers: {workers}: {run.cpu:.1f} CPU s, {run.wall:.1f} s", err=True)
    return run


def _write(path: Path, size: int, mix: str) -> None:
    from service.bench.generate import AS_PRINTED, RATES, as_read, generate

    claims = generate(size, rates=RATES if mix == _CROWDED else AS_PRINTED)
    with path.open("wb") as stream:
        for claim in as_read(claims) if mix == _READ else claims:
            stream.write(orjson.dumps(claim.to_json(), option=orjson.OPT_APPEND_NEWLINE))


def run(path: Path, workers: int) -> Size:
    """One run in this process; what it takes to load is not counted where there is but one worker."""
    import scipy.optimize  # noqa: F401 — an open store has it loaded

    from reconcile.scale.held import Held
    from service.running.reconciling import reconcile_file, views_at

    if workers < 2:
        _load(path)
        gc.freeze()
        gc.disable()
    started, before = perf_counter(), _cpu()
    told = reconcile_file(path, path.with_suffix(".found"), workers=workers)
    wall, cpu = perf_counter() - started, _cpu() - before
    memory = sum(
        count * resource.getrusage(who).ru_maxrss / 1024
        for who, count in ((resource.RUSAGE_SELF, 1), (resource.RUSAGE_CHILDREN, workers if workers > 1 else 0))
    )
    if workers > 1:
        _load(path)  # as an open store has: so far only the workers did
    store, changed = Held(told.rows, told.areas, partial(views_at, path)), 0

    def add() -> None:
        nonlocal changed
        change = store.update(_article(path))
        np.isin(told.places["claim"], np.fromiter(change.claims, dtype=np.int64))
        changed = change.read

    update = took(add)
    return Size(told.rows.size, told.places.size, cpu, wall, memory, update.cpu, update.wall, changed)


def _load(path: Path) -> None:
    """Has this process load whatever reconciliation needs, by a few of the claims."""
    from service.running.reconciling import reconcile_file

    few = path.with_suffix(".few")
    few.write_bytes(b"".join(path.open("rb").readlines(100_000)))
    reconcile_file(few, few.with_suffix(".found"))


def _article(path: Path) -> list[Claim]:
    """An article of fifteen claims, each about what some other article of the store has a figure of."""
    with path.open("rb") as stream:
        size = path.stat().st_size
        claims = []
        for place in range(15):
            stream.seek(size * place // 15)
            if place:
                stream.readline()
            claims.append(Claim.model_validate_json(stream.readline()))
    return [
        claim.model_copy(
            update={"id": f"new{place}", "article": "new", "start": 90 * place, "value": claim.value + 1e6}
        )
        for place, claim in enumerate(claims)
    ]


def _cpu() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in both)


def _pairs() -> float:
    """Pairs of cells a CPU second: running totals of two areas, all of which share a day."""
    from reconcile.claims.lattice import shipped_lattice
    from reconcile.claims.normalise import views
    from reconcile.scale.columns import cell_pairs

    places = [_level(f"p{n}", ("CN", "Asia")[n % 2], 1900, n // 2, 1.0) for n in range(_CELLS)]
    cells, compared = views(places), [0]
    cell_pairs(cells[:100], shipped_lattice())
    time = took(lambda: cell_pairs(cells, shipped_lattice(), count=lambda size: compared.__setitem__(0, size)))
    return compared[0] / time.cpu


def _arithmetic() -> float:
    """One body's yearly levels and rates of change for many places, none of them wrong."""
    from reconcile.claims.lattice import shipped_lattice
    from reconcile.claims.normalise import views
    from reconcile.equations.arithmetic import arithmetic_findings
    from reconcile.reasons.cases import Neighbours
    from reconcile.scale.cycles import without_cycles

    claims: list[Claim] = []
    for place in range(_COMPONENT // 200):
        for year in range(100):
            level = _level(f"a{place}-{year}", f"Region {place}", 1900 + year, 364, 1e6 * 1.02**year)
            rate = {"id": f"b{place}-{year}", "kind": "growth", "unit": "percent", "value": 2.0, "quote": "2%"}
            claims += [level, level.model_copy(update={**rate, "start": 500, "base_period": _period(1899 + year, 364)})]
    group, counted = views(claims), dict.fromkeys((claim.id for claim in claims), 1)
    with without_cycles():
        return took(lambda: list(arithmetic_findings(group, shipped_lattice(), counted, Neighbours(group)))).cpu


def _level(name: str, area: str, year: int, days: int, value: float) -> Claim:
    return Claim(
        id=name,
        article=name,
        quote=f"{value:,.0f}",
        start=300,
        end=310,
        value=value,
        indicator=Concept(id="exports", text="exports"),
        product=Product(id="passenger_car", text="cars"),
        area=Concept(id=area, text=area),
        period=_period(year, days),
        source=Source(id="bureau", text="the bureau"),
    )


def _period(year: int, days: int) -> Period:
    """From the first day of a year, so many days and one."""
    import datetime as dt

    first = dt.date(year, 1, 1)
    return Period(start=first, end=dt.date(year + 1, 1, 1) if days == 364 else first + dt.timedelta(days + 1))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))._asdict()))
