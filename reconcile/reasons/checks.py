"""The tests behind the named reasons: each gives the words that made it fire, or None.

A test sees one pair of claims and the group that they stand in. It never asserts: what it finds is offered to the
reader.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from extractor.model import Concept
from extractor.taxonomy import Taxonomy
from reconcile.claims.forms import plain
from reconcile.claims.intervals import Interval, touch
from reconcile.claims.lattice import Lattice, Match
from reconcile.claims.normalise import Days, View
from reconcile.claims.rules import rules
from reconcile.claims.standing import is_money
from reconcile.claims.words import WORLD, shipped_words
from reconcile.reasons.cases import Case, Evidence
from reconcile.wording import explain

_FORECASTS = ("forecast", "estimate")
_LOW_CONFIDENCE = 0.3
_QUARTER = 89
"""Days of the shortest time that is told as one of a fiscal year, about."""


Words = tuple[str, ...]
Check = Callable[[Case, Words], "Evidence | None"]


def weakly_read(case: Case, words: Words) -> Evidence | None:
    """A claim was read with little confidence, or most of its scope stands in other sentences."""
    weak = [v for v in case[1:3] if v.claim.confidence < _LOW_CONFIDENCE or len(v.claim.borrowed) > 2]
    named = dict.fromkeys(f"{v.claim.quote!r} in {v.claim.article}" for v in weak)
    return Evidence(", ".join(named)) if weak else None


def product_nested(case: Case, words: Words) -> Evidence | None:
    """One product is, or may be, a part of the other."""
    if case.scopes.product in (Match.SAME, Match.UNKNOWN, Match.DISJOINT) or _part_is_larger(case):
        return None
    return _sides(case, explain.product)


def coverage_differs(case: Case, words: Words) -> Evidence | None:
    """The sources' figures cover different things, by their data or by the words of one of them."""
    first, second = (case.lattice.definition(v.source, v.product, v.indicator) for v in case[1:3])
    if first and second and first != second:
        known = case.lattice.known
        return Evidence(
            f"for {explain.who(case.first, known)}, {first}; for {explain.who(case.second, known)}, {second}"
        )
    return worded(case, words)


def worded(case: Case, words: Words) -> Evidence | None:
    """One side has one of the words, the other has not."""
    differing = case.around.on_one_side(case.first, case.second)
    only = [word for word in words if word in differing] if differing else None
    return Evidence(", ".join(repr(word) for word in only)) if only else None


def counted_nouns_differ(case: Case, words: Words) -> Evidence | None:
    """The nouns after the figures differ (jobs and people, doses and people) though both count something."""
    first, second = (plain(view.claim.unit) for view in case[1:3])
    generic = {"count", "unit", "", case.first.product, case.second.product}
    if case.first.unit != "count" or first == second or {first, second} & generic:
        return None
    one, other = (shipped_words().product(Concept(id=noun, text=noun)) or noun for noun in (first, second))
    match, loose = case.lattice.product(one, other)
    if one == other or loose or match in (Match.NARROWER, Match.BROADER):
        return None
    return Evidence(explain.plural(first), explain.plural(second))


def parts_listed(case: Case, words: Words) -> Evidence | None:
    """One side spells out what its product includes, and the other does not say the same."""
    lists = [view.claim.product.includes if view.claim.product else () for view in case[1:3]]
    if (case.scopes.product is Match.SAME and lists[0] == lists[1]) or not any(lists):
        return None
    return Evidence(", ".join(explain.plural(each.replace("_", " ")) for each in lists[0] or lists[1]))


def company_against_place(case: Case, words: Words) -> Evidence | None:
    """One side is a company or its brand, the other a country."""
    first, second = (view.area in case.lattice.known.organisations for view in case[1:3])
    if first != second:
        return Evidence(*(str(view.claim.area.text or view.area) if view.claim.area else "" for view in case[1:3]))
    return worded(case, words)


def area_nested(case: Case, words: Words) -> Evidence | None:
    """One area lies in the other, or one side names a territory that is often left out."""
    if case.scopes.area in (Match.NARROWER, Match.BROADER, Match.OVERLAPPING):
        if _part_is_larger(case):
            return None
        return _sides(case, lambda view, known: _area_words(view))
    found = worded(case, words)
    return Evidence(*(_area_words(view) for view in case[1:3])) if found else None


def through_a_hub(case: Case, words: Words) -> Evidence | None:
    """The other end is a port or trading place through which goods for elsewhere pass."""
    if not _trade(case):
        return None
    ends = {end for view in case[1:3] for end in (view.area, view.counterpart) if end is not None}
    hubs = sorted(ends & set(words))
    names = case.lattice.known.areas
    return Evidence(names[hubs[0]].names[0] if hubs[0] in names else hubs[0]) if hubs else None


def mirrored(case: Case, words: Words) -> Evidence | None:
    """The same flow seen from either end: told as an export and an import, or by a body of either country."""
    if case.first.flipped != case.second.flipped:
        return _sides(case, explain.indicator)
    if _is_counted_at_both_ends(case):
        return _sides(case, explain.who)
    ends = {case.first.area, case.first.counterpart}
    if WORLD in ends or case.scopes.counterpart is not Match.SAME or not two_bodies(case):
        return None
    homes = {_home(view, case.lattice) for view in case[1:3]}
    if len(homes) == len(ends) == 2 and homes == ends:
        return _sides(case, explain.who)
    # Two bodies that count what goes from one country to the other: most likely one at either end.
    crossing = case.first.indicator in rules()["crosses_border"] and ends <= case.lattice.known.areas.keys()
    return _sides(case, explain.who) if crossing and len(homes - {None}) != 1 else None


def _is_counted_at_both_ends(case: Case) -> bool:
    """True for trade of which bodies of two countries speak, one of them an end: "by China's count and India's"."""
    homes = {_home(view, case.lattice) for view in case[1:3]}
    ends = {end.id for view in case[1:3] for end in (view.claim.area, view.claim.counterpart) if end is not None}
    crossing = all(view.indicator in rules()["both_ends"] for view in case[1:3])
    countries = case.lattice.known.areas.keys()
    return crossing and len(homes) == 2 and all(home in countries for home in homes) and not homes.isdisjoint(ends)


def mirrored_with_partner(case: Case, words: Words) -> Evidence | None:
    """The same flow seen from either end, between two named countries."""
    named = WORLD not in (case.first.area, case.first.counterpart, case.second.area, case.second.counterpart)
    return mirrored(case, words) if named else None


def freight_added(case: Case, words: Words) -> Evidence | None:
    """Money, seen from either end, and the importer's figure is up to a quarter higher."""
    if case.first.flipped == case.second.flipped or not is_money(case.first):
        return None
    importer, exporter = (case.first, case.second) if case.first.flipped else (case.second, case.first)
    ratio = importer.value / exporter.value if exporter.value else 0.0
    return Evidence(f"{ratio:.2f} times the exporter's figure") if 1.0 < ratio <= 1.25 else None


def kin_indicators(case: Case, words: Words) -> Evidence | None:
    """Two stages of one flow: shipped, cleared, sold, registered."""
    if case.first.indicator == case.second.indicator or case.first.flipped != case.second.flipped:
        return None
    return _sides(case, explain.indicator)


def stock_against_flow(case: Case, words: Words) -> Evidence | None:
    """One side is a stock or a running total."""
    nodes = [case.lattice.node(view.indicator) for view in case[1:3]]
    stocks = [bool(node and node.stock) for node in nodes]
    return _sides(case, explain.indicator) if stocks[0] != stocks[1] else worded(case, words)


def period_nested(case: Case, words: Words) -> Evidence | None:
    """One period contains the other, or lies close to it."""
    apart = case.scopes.period is Match.DISJOINT and case.first.period is not None and case.second.period is not None
    nested = case.scopes.period in (Match.NARROWER, Match.BROADER) and not _part_is_larger(case)
    if not (nested or apart):
        return None
    return _sides(case, lambda view, known: explain.period(view.period))


def fiscal_year(case: Case, words: Words) -> Evidence | None:
    """Two years that begin on different days."""
    if "period" not in case.scopes.confusable or not all(_may_be_fiscal(view.period) for view in case[1:3]):
        return None
    return _sides(case, lambda view, known: explain.period(view.period))


def _may_be_fiscal(period: Days | None) -> bool:
    return period is not None and period.length >= _QUARTER


def bases_differ(case: Case, words: Words) -> Evidence | None:
    """Two changes that name no base, or different ones."""
    if case.first.kind not in ("growth", "difference", "multiple") or (case.first.base == case.second.base != None):  # noqa: E711
        return None
    return _sides(case, lambda view, known: explain.period(view.base) if view.base else "no base named")


def forecast_against_outcome(case: Case, words: Words) -> Evidence | None:
    """One side is a forecast or an estimate, the other is not, nor what somebody aims at."""
    statuses = {view.status for view in case[1:3]}
    forecast = len(statuses) == 2 and "target" not in statuses and not statuses.isdisjoint(_FORECASTS)
    return _sides(case, lambda view, known: _status_words(view)) if forecast else None


def target_against_other(case: Case, words: Words) -> Evidence | None:
    """One side is a target, the other is not."""
    targets = [view.status == "target" for view in case[1:3]]
    return _sides(case, lambda view, known: _status_words(view)) if targets[0] != targets[1] else None


def older_and_newer(case: Case, words: Words) -> Evidence | None:
    """One source, two dates of publication, a first figure beside a later one, or one that is said to be replaced."""
    if case.relation == "revision":
        return _sides(case, lambda view, known: explain.figure(view))
    if {view.status for view in case[1:3]} == {"preliminary", "actual"}:
        return _sides(case, lambda view, known: _status_words(view))
    dates = [view.claim.published for view in case[1:3]]
    if case.first.source is None or case.first.source != case.second.source or None in dates or dates[0] == dates[1]:
        return None
    return Evidence(*(str(date) for date in dates))


def base_may_be_revised(case: Case, words: Words) -> Evidence | None:
    """Growth and levels that only fit another base."""
    if case.relation != "arithmetic_conflict":
        return None
    return Evidence(case.first.claim.quote) if case.first.kind == "growth" else None


def _part_is_larger(case: Case) -> bool:
    """True where one figure is of a part of what the other is of, and yet the larger: being a part explains nothing."""
    within, first, second = case.scopes.within(), case.first, case.second
    if first.kind != "level" or within not in (Match.NARROWER, Match.BROADER):
        return False
    return first.value > second.value if within is Match.NARROWER else second.value > first.value


def part_exceeds_whole(case: Case, words: Words) -> Evidence | None:
    """A part is larger than its whole."""
    if case.scopes.within() in (Match.SAME, Match.DISJOINT) or case.first.kind != "level":
        return None
    return Evidence(case.first.claim.quote, case.second.claim.quote)


def money_at_the_border(case: Case, words: Words) -> Evidence | None:
    """Values at the border, from either end."""
    return mirrored(case, words) if is_money(case.first) else None


def converted_money(case: Case, words: Words) -> Evidence | None:
    """Money, and one side says that it was converted."""
    return worded(case, words) if is_money(case.first) else None


def has_a_stake(case: Case, words: Words) -> Evidence | None:
    """One source gives its own figures, or speaks for somebody whom they concern, and the other does not."""
    if not two_bodies(case):
        return None
    for concerned in (_speaks_of_itself, lambda view: _speaks_for_some(view, words)):
        stakes = [concerned(view) for view in case[1:3]]
        if stakes[0] != stakes[1]:
            return Evidence(explain.who(case.first if stakes[0] else case.second, case.lattice.known))
    return None


def _speaks_of_itself(view: View) -> bool:
    return view.source is not None and view.source == view.area


def _speaks_for_some(view: View, words: Words) -> bool:
    source = view.claim.source
    return source is not None and _holds_any(source.text or source.id, words)


@lru_cache(maxsize=1 << 12)
def _holds_any(name: str, words: Words) -> bool:
    """True for a name with one of some words in it."""
    return any(f" {word} " in f" {plain(name)} " for word in words)


def power_of_ten(case: Case, words: Words) -> Evidence | None:
    """The ratio is near 10, 100, 1,000, 10⁴ or 10⁸ (a scale word slipped, or 万 or 亿 was misread)."""
    if case.first.kind not in ("level", "difference") or not case.first.value or not case.second.value:
        return None
    ratio = abs(case.first.value / case.second.value)
    ratio = 1 / ratio if ratio < 1 else ratio
    found = next((power for power in (10, 100, 1000, 10_000, 100_000_000) if abs(ratio / power - 1) < 0.02), None)
    return Evidence(f"{found:,}") if found else None


def to_read_as_by(case: Case, words: Words) -> Evidence | None:
    """Rates a hundred points apart: "rose to 156 percent of" read as "rose by"."""
    if case.first.kind != "growth":
        return None
    low, high = sorted((case.first.figure, case.second.figure))
    return Evidence(f"{high.middle:g}%") if touch(high, Interval(low.low + 100, low.high + 100)) else None


def taken_on_the_wrong_base(case: Case, words: Words) -> Evidence | None:
    """One rate is the other taken on the later figure: 18.2 percent more is 15.4 percent less seen from the end."""
    if case.first.kind != "growth" or case.relation == "agreement":
        return None
    for one, other in ((case.first, case.second), (case.second, case.first)):
        turned = [100 * end / (100 + end) for end in other.figure if end > -100]
        if len(turned) == 2 and any(
            _close(one.figure, Interval(min(s), max(s))) for s in (turned, [-t for t in turned])
        ):
            return Evidence(one.claim.quote, other.claim.quote)
    return None


def share_read_as_growth(case: Case, words: Words) -> Evidence | None:
    """A growth rate whose percentage stands as a share elsewhere."""
    if case.first.kind != "growth":
        return None
    rates = [view for view in case[1:3] if case.around.rates[view.value] == 1]  # others read it as growth too
    shares = [share for view in rates for share in case.around.shares.get(view.value, ())]
    return Evidence(min(shares, key=lambda view: view.place).claim.quote) if shares else None


def points_taken_for_percent(case: Case, words: Words) -> Evidence | None:
    """A rate in percent that is the difference of two shares: they are so many percentage points apart."""
    rate = case.first
    if rate.kind != "growth" or case.relation == "agreement":
        return None
    shares = case.around.shares_of.get((rate.indicator, rate.product, rate.area), ())
    now = [view for view in shares if view.period == rate.period]
    before = [view for view in shares if view.period is not None and view.period == rate.base]
    fitting = [(one, other) for one in now for other in before if touch(one.figure.minus(other.figure), rate.figure)]
    return Evidence(fitting[0][0].claim.quote, fitting[0][1].claim.quote) if fitting else None


def swapped_with_a_neighbour(case: Case, words: Words) -> Evidence | None:
    """Another pair of the same two sources differs the other way round: two rows of a table may have changed places."""
    first, second = case.first, case.second
    if first.source is None or second.source is None or first.source == second.source or first.value == second.value:
        return None
    mine = case.around.said.get((first.kind, first.source, second.value), ())
    theirs = {view.scope for view in case.around.said.get((second.kind, second.source, first.value), ())}
    swapped = sorted(
        (view for view in mine if view.scope in theirs and view.scope != first.scope), key=lambda v: v.place
    )
    return Evidence(swapped[0].claim.quote) if swapped else None


def equal_size_other_sign(case: Case, words: Words) -> Evidence | None:
    """Changes of equal size in opposite directions."""
    if case.first.kind not in ("growth", "difference") or case.first.value * case.second.value >= 0:
        return None
    if not touch(case.first.figure, case.second.figure.times(-1)):
        return None
    return Evidence(case.first.claim.quote, case.second.claim.quote)


def rounding_alone(case: Case, words: Words) -> Evidence | None:
    """The figures differ by no more than two printed units."""
    apart = abs(case.first.value - case.second.value)
    widths = [view.figure.half_width for view in case[1:3] if view.figure.half_width < float("inf")]
    near = bool(widths) and 0 < apart <= 4 * max(widths) and apart <= 0.02 * abs(case.first.value)
    return Evidence(case.first.claim.quote, case.second.claim.quote) if near else None


def same_digits_elsewhere(case: Case, words: Words) -> Evidence | None:
    """Different sources with the same digits: so many that they hardly agree by chance, or one relays the other."""
    first, second = case.first, case.second
    if first.origin == second.origin or first.value != second.value:
        return None
    telling = len(f"{first.value:g}".strip("0.").replace(".", "")) > 2
    if not telling and not _relays(first, second) and not _relays(second, first):
        return None
    return Evidence(case.first.claim.quote, case.second.claim.quote)


def _relays(one: View, other: View) -> bool:
    """True where one of the two sources has its figure from the other, or from itself."""
    via = one.claim.source.via if one.claim.source else ()
    if not via:
        return False
    bodies = {plain(view.source) for view in (one, other) if view.source}
    return any(plain(each.id) in bodies for each in via)


def two_bodies(case: Case) -> bool:
    """True where two bodies answer for the figures."""
    sources = (case.first.source, case.second.source)
    return None not in sources and sources[0] != sources[1]


def bodies(case: Case) -> Evidence:
    """Who answers for the figures."""
    return _sides(case, explain.who)


def _sides(case: Case, words: Callable[[View, Taxonomy], str]) -> Evidence:
    known = case.lattice.known
    return Evidence(words(case.first, known), words(case.second, known))


def _home(view: View, lattice: Lattice) -> str | None:
    """The country that a source speaks for: its own, or the one that it is."""
    known = lattice.known
    if view.source in known.organisations:
        return known.organisations[view.source].country
    return shipped_words().area(view.claim.source)


def _status_words(view: View) -> str:
    article = "an" if view.status[0] in "ae" else "a"
    figure = " figure" if view.status in ("actual", "preliminary") else ""
    return f"{article} {view.status}{figure}"


def _area_words(view: View) -> str:
    return (view.claim.area.text or view.claim.area.id) if view.claim.area else "no named area"


def _trade(case: Case) -> bool:
    node = case.lattice.node(case.first.indicator)
    return bool(node and node.mirror) or case.first.flipped or case.second.flipped


def _close(a: Interval, b: Interval) -> bool:
    return abs(a.middle - b.middle) <= 0.06 + a.half_width
