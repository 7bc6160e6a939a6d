"""Parts of a product that make it up: cars, buses and trucks are all vehicles, so that their figures add up to it.

What makes up what is declared in rules.toml. Where a text only spells out what its product includes, a sum that holds
is told of and one that does not is no error: the list need not be complete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extractor.model import Concept
from reconcile.claims.intervals import Interval
from reconcile.claims.lattice import Lattice
from reconcile.claims.normalise import View
from reconcile.claims.rules import partitions
from reconcile.claims.words import shipped_words
from reconcile.equations.tie import Tie

Scope = tuple[object, ...]


def partition_ties(group: Sequence[View], lattice: Lattice) -> Iterator[Tie]:
    """Each whole with the parts that one article gives of it, in one voice."""
    wholes = [view for view in group if view.kind == "level" and (view.product in partitions() or _listed(view))]
    if not wholes:
        return
    asked = {_scope(view) for view in wholes}
    said: dict[Scope, list[View]] = defaultdict(list)
    for view in group:
        if view.kind == "level" and view.period is not None and _scope(view) in asked:
            said[_scope(view)].append(view)
    told: set[frozenset[str]] = set()
    for whole in wholes:
        beside = [view for view in said[_scope(whole)] if view.product != whole.product and view.origin == whole.origin]
        for parts, complete in _ways(whole):
            tie = _tie(whole, parts, beside, lattice, complete=complete)
            if tie is None or frozenset(view.id for view in tie.members) in told:
                continue
            if tie.holds or (complete and _lattice_fits(lattice, whole)):
                told.add(frozenset(view.id for view in tie.members))
                yield tie


def _scope(view: View) -> Scope:
    return view.claim.article, view.unit, view.indicator, view.area, view.counterpart, view.period, view.status


def _ways(whole: View) -> Iterator[tuple[Sequence[str], bool]]:
    """What a product is made up of, and whether that is all of it."""
    for parts in partitions().get(whole.product or "", ()):
        yield parts, True
    listed = _listed(whole)
    if listed:
        yield listed, False


def _listed(view: View) -> Sequence[str]:
    """What the text says that the product includes, as products; nothing where it names fewer than two."""
    includes = view.claim.product.includes if view.claim.product else ()
    if len(includes) < 2:
        return ()
    words = shipped_words()
    return tuple(filter(None, (words.product(Concept(id=each, text=each)) for each in includes)))


def _tie(whole: View, parts: Sequence[str], beside: Sequence[View], lattice: Lattice, *, complete: bool) -> Tie | None:
    """The whole with the figure of each part that stands nearest to it; None where one is not given."""
    by_part = _nearest(whole, parts, beside, lattice)
    members = [by_part[part] for part in parts if part in by_part]
    if len(members) < len(parts) or len({view.id for view in members}) < len(members):
        return None
    total = Interval(0.0, 0.0)
    for view in members:
        total = total.plus(view.figure)
    members.sort(key=lambda view: view.place)
    return Tie("parts_and_whole", (*members, whole), total, whole.figure, (), complete)


def _nearest(whole: View, parts: Sequence[str], beside: Sequence[View], lattice: Lattice) -> Mapping[str, View]:
    found: dict[str, View] = {}
    for view in sorted(beside, key=lambda each: (abs(each.claim.start - whole.claim.start), each.place)):
        for part in parts:
            if part == view.product or part in lattice.known.readings(view.product or ""):
                found.setdefault(part, view)
    return found


def _lattice_fits(lattice: Lattice, whole: View) -> bool:
    """True where parts of the indicator add up at all."""
    return whole.indicator is not None and lattice.splits(whole.indicator, whole.unit)
