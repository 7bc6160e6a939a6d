"""One voice's figures as systems of linear inequalities: levels, growth, differences, shares, sums, parts and wholes.

A variable stands for a stretch of time of one product, area and other end. Where an indicator adds up, the stretches
between all dates that come up are the variables and every period is a sum of them: sums over parts of a year, year to
date less year to date, and parts that must not exceed their whole then hold by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from reconcile.claims.intervals import Interval
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import Days, View
from reconcile.claims.words import WORLD
from reconcile.equations.linear import Row, Terms, cheapest, minimal_conflicts, range_of, times, within
from reconcile.equations.rational import holds

_LARGEST = 120
"""Claims in one system; a larger one is left to the ties that it is made of."""
_MOST_CONFLICTS = 8
"""Minimal conflicting sets that are told of one system."""
_FEWEST = 3
_RELATIONS = ("growth", "difference", "share")


class Line(NamedTuple):
    """What a row of periods is of."""

    product: str | None
    area: str | None
    counterpart: str


class Conflict(NamedTuple):
    """Claims that cannot all hold though any fewer can."""

    members: tuple[View, ...]
    given_up: View | None
    """The one of them that has to go for the whole system to hold, where that tells the members apart."""
    system: System

    @property
    def implied(self) -> Interval | None:
        """What the last level would have to be beside the others; solved for when it is asked for."""
        return self.system.beside_others(self.members)


def conflicts(group: Sequence[View], lattice: Lattice, told: Collection[frozenset[str]] = ()) -> Iterator[Conflict]:
    """The minimal conflicting sets of three or more in each voice's system, without those that hold a told set."""
    for claims in components(group, lattice):
        system = System(claims, lattice)
        owners = [view.id for view in claims]
        found = minimal_conflicts(system.rows, system.size, owners, cap=_MOST_CONFLICTS)
        fresh = [ids for ids in found if len(ids) >= _FEWEST and not any(known <= frozenset(ids) for known in told)]
        if not fresh:
            continue
        given_up = _to_give_up(system, claims, found)
        for ids in fresh:
            members = tuple(view for view in claims if view.id in ids)
            gone = next((view for view in members if view.id in given_up), None)
            yield Conflict(members, gone, system)


def _to_give_up(system: System, claims: Sequence[View], found: Sequence[tuple[str, ...]]) -> frozenset[str]:
    """The cheapest claims to give up, by confidence; nothing where one set with equals in it leaves no choice."""
    weights = {view.id: view.claim.confidence for view in claims}
    if len(found) == 1 and len({weights[each] for each in found[0]}) == 1:
        return frozenset()
    return frozenset(cheapest(system.rows, system.size, weights))


class System:
    """The variables of some claims of one voice, and the inequalities that claims and scopes put on them."""

    def __init__(self, claims: Sequence[View], lattice: Lattice) -> None:
        self.lattice = lattice
        self.claims = claims
        self.additive = lattice.adds_up(next((view.indicator for view in claims if view.indicator), ""))
        self.cells: dict[tuple[Line, Days], Terms] = {}
        self.size = 0
        self._lay_out(claims)
        self.structure = self._parts()
        self.rows = [*self.structure, *(row for view in claims for row in self.rows_of(view))]

    def rows_of(self, view: View) -> list[Row]:
        """What one claim says."""
        line, period = line_of(view), view.period
        assert period is not None
        own = self.cells[line, period]
        if view.kind == "level":
            return within(view.id, own, view.figure)
        if view.kind == "share":
            whole = whole_of(view, self.claims, self.lattice)
            return times(view.id, own, self.cells[whole, period], view.figure.times(0.01)) if whole else []
        if view.base is None:
            return []
        base = self.cells[line, view.base]
        if view.kind == "growth":
            return times(view.id, own, base, Interval(1 + view.figure.low / 100, 1 + view.figure.high / 100))
        return within(view.id, [*own, *((v, -c) for v, c in base)], view.figure)

    def holds(self, claims: Sequence[View]) -> bool:
        """True where these claims, which may have been altered, can all hold, by exact arithmetic."""
        return holds([*self.structure, *(row for view in claims for row in self.rows_of(view))])

    def beside_others(self, members: Sequence[View]) -> Interval | None:
        """What the last level of some claims would be if only the others held."""
        levels = [view for view in members if view.kind == "level"]
        if not levels:
            return None
        last = levels[-1]
        rows = [row for view in members if view is not last for row in self.rows_of(view)]
        assert last.period is not None
        return range_of([*self.structure, *rows], self.size, self.cells[line_of(last), last.period])

    def implied(self) -> Iterator[tuple[View, Days, Interval]]:
        """Bounds for every figure that nobody gives but that follows: a claim of its line, the period, the interval."""
        given = {(line_of(view), view.period) for view in self.claims if view.kind == "level"}
        like = {line_of(view): view for view in reversed(self.claims) if view.kind == "level"}
        for (line, period), terms in self.cells.items():
            if (line, period) not in given and line in like:
                found = range_of(self.rows, self.size, terms)
                if found is not None:
                    yield like[line], period, found

    def _lay_out(self, claims: Sequence[View]) -> None:
        periods: dict[Line, set[Days]] = defaultdict(set)
        for view in claims:
            periods[line_of(view)].update(each for each in (view.period, view.base) if each)
            whole = whole_of(view, claims, self.lattice) if view.kind == "share" else None
            if whole and view.period:
                periods[whole].add(view.period)
        for line in sorted(periods, key=str):
            found = sorted(periods[line])
            if not self.additive:
                for period in found:
                    self.cells[line, period] = ((self._new(), 1.0),)
                continue
            dates = sorted({day for period in found for day in period})
            stretches = {start: self._new() for start, _ in pairwise(dates)}
            for period in found:
                inside = [v for start, v in stretches.items() if period.start <= start < period.end]
                self.cells[line, period] = tuple((variable, 1.0) for variable in inside)

    def _new(self) -> int:
        self.size += 1
        return self.size - 1

    def _parts(self) -> list[Row]:
        """Parts do not exceed their whole; disjoint areas or other ends do not together, either."""
        rows: list[Row] = []
        inside: dict[tuple[str, Line, Days], list[Line]] = defaultdict(list)
        for (part, period), (whole, same) in combinations(self.cells, 2):
            if period != same:
                continue
            for one, other in ((part, whole), (whole, part)):
                slot = part_of(one, other, self.lattice)
                if slot:
                    rows.append(self._at_most([one], other, period))
                    inside[slot, other, period].append(one)
        for (slot, line, period), parts in inside.items():
            if slot != "product" and len(parts) > 1 and self._disjoint(parts, slot):
                rows.append(self._at_most(parts, line, period))
        return rows

    def _at_most(self, parts: Sequence[Line], whole: Line, period: Days) -> Row:
        terms = [term for part in parts for term in self.cells[part, period]]
        return Row("", (*terms, *((v, -c) for v, c in self.cells[whole, period])), 0.0)

    def _disjoint(self, parts: Sequence[Line], slot: str) -> bool:
        names = [getattr(part, slot) for part in parts]
        return all(self.lattice.area(one, other) is Match.DISJOINT for one, other in combinations(names, 2))


def line_of(view: View) -> Line:
    """What a claim's figure is of, whenever."""
    return Line(view.product, view.area, view.counterpart)


def part_of(one: Line, other: Line, lattice: Lattice) -> str | None:
    """The slot in which one line is a part of another and else the same; None where it is not."""
    if one.counterpart == other.counterpart and one.area == other.area and one.product and other.product:
        return "product" if lattice.product(one.product, other.product)[0] is Match.NARROWER else None
    if one.product != other.product:
        return None
    if one.counterpart == other.counterpart and one.area and other.area:
        inside = lattice.area(one.area, other.area) is Match.NARROWER
        return "area" if inside and one.area not in lattice.known.organisations else None
    if one.area == other.area and lattice.area(one.counterpart, other.counterpart) is Match.NARROWER:
        return "counterpart" if WORLD not in (one.counterpart,) else None
    return None


def whole_of(share: View, claims: Sequence[View], lattice: Lattice) -> Line | None:
    """The one broader product whose level the share's own sentence gives."""
    if share.product is None or share.claim.sentence is None:
        return None
    wholes = {
        line_of(view)
        for view in claims
        if view.kind == "level"
        and view.period == share.period
        and (view.claim.article, view.claim.sentence) == (share.claim.article, share.claim.sentence)
        and part_of(line_of(share), line_of(view), lattice) == "product"
    }
    return wholes.pop() if len(wholes) == 1 else None


# Components ----------------------------------------------------------------------------------------------------------


def components(group: Sequence[View], lattice: Lattice) -> Iterator[list[View]]:
    """Claims of one voice and indicator that hang together and are more than enough to fix their figures."""
    voices: dict[tuple[str, str], list[View]] = defaultdict(list)
    for view in group:
        voices[view.origin, view.indicator or ""].append(view)
    for all_said in voices.values():
        if len(all_said) < _FEWEST:
            continue
        said = [view for view in all_said if _belongs(view)]
        if len(said) <= _FEWEST and sum(view.kind in _RELATIONS for view in said) < 2:
            continue  # no more than one tie could settle
        units = {view.unit for view in said if view.kind == "level"}
        if len(units) == 1:
            for claims in _connected(_newest(said), lattice):
                if _is_worth_solving(claims):
                    yield claims


def _belongs(view: View) -> bool:
    if view.indicator is None or view.area is None or view.period is None or view.status == "target":
        return False
    if view.kind == "level":
        return view.value > 0
    if view.kind == "growth":
        return view.base is not None and not view.others
    if view.kind == "difference":
        return view.base is not None and view.unit not in ("percent", "percentage_point", "times")
    return view.kind == "share" and view.product is not None


def _newest(said: Sequence[View]) -> list[View]:
    """Of each figure the newest; a figure that its voice gives twice, differently, on one day is left out."""
    newest: dict[object, View] = {}
    torn: set[object] = set()
    for view in said:
        key = (view.kind, view.unit, line_of(view), view.period, view.base)
        held = newest.get(key)
        if held is None or (view.published or 0) > (held.published or 0):
            newest[key] = view
            torn.discard(key)
        elif view.value != held.value and view.published == held.published:
            torn.add(key)
    return [view for key, view in newest.items() if key not in torn]


def _connected(claims: Sequence[View], lattice: Lattice) -> Iterator[list[View]]:
    """Claims by lines that are parts of each other, where parts cannot exceed their whole."""
    lines: dict[Line, list[View]] = defaultdict(list)
    for view in claims:
        lines[line_of(view)].append(view)
    root = {line: line for line in lines}

    def find(line: Line) -> Line:
        while root[line] != line:
            line = root[line]
        return line

    parted = 1 < len(lines) <= _LARGEST and _splits(claims, lattice)
    for one, other in _parts_and_wholes(lines, lattice) if parted else ():
        root[find(other)] = find(one)
    found: dict[Line, list[View]] = defaultdict(list)
    for line, said in lines.items():
        found[find(line)] += said
    for together in found.values():
        if len(together) >= _FEWEST:
            yield sorted(together, key=lambda view: view.place)


def _parts_and_wholes(lines: Collection[Line], lattice: Lattice) -> Iterator[tuple[Line, Line]]:
    """Lines that are parts of others: products of one place, and places that hold others, by look-up."""
    areas, ends = {line.area for line in lines}, {line.counterpart for line in lines}
    places: dict[tuple[str | None, str], list[Line]] = defaultdict(list)
    for line in lines:
        places[line.area, line.counterpart].append(line)
    for here in places.values():
        for one, other in combinations(here, 2):
            if part_of(one, other, lattice) or part_of(other, one, lattice):
                yield one, other
    for line in lines:
        product, own, end = line
        wider = [Line(product, area, end) for area in _met(own, areas, lattice)]
        wider += [Line(product, own, other) for other in (_met(end, ends, lattice) if end != WORLD else ())]
        yield from ((line, whole) for whole in wider if whole in lines and part_of(line, whole, lattice))


def _met(area: str | None, met: Collection[str | None], lattice: Lattice) -> list[str]:
    """The areas that hold an area, of those that are met."""
    return [each for each in lattice.holders(area) if each in met and each != area] if area else []


def _splits(claims: Sequence[View], lattice: Lattice) -> bool:
    unit = next((view.unit for view in claims if view.kind == "level"), "")
    return lattice.splits(claims[0].indicator or "", unit)


def _is_worth_solving(claims: Sequence[View]) -> bool:
    """More claims than figures to fix, and more than one tie could settle."""
    if not _FEWEST <= len(claims) <= _LARGEST:
        return False
    relations = sum(view.kind in _RELATIONS for view in claims)
    cells = {(line_of(view), end) for view in claims for end in (view.period, view.base) if end}
    return len(claims) - relations >= 1 and (relations > 1 or len(claims) > _FEWEST) and len(claims) + 1 >= len(cells)
