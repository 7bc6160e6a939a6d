"""Verdicts that a figure takes over from its neighbours, because its own words leave the verb out.

"Sales climbed 4.4 million to 4.5 million", "services fell by 0.2% and production by 1.0%", "steel rose 3% to 9 million
tonnes, iron 5.2% to 8 million", "the union says 4.5 percent", "£4,000 or 1.4% less".
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.plurals import singular
from extractor.tokens import Token

from .governors import PERCENTAGE, Verdict
from .lexicon import movement
from .movements import direction_of
from .nouns import is_plural
from .sites import LIST_LINK, Site

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_REACH = 240
"""How far a bare percentage may stand behind the growth that it is another figure for."""
_ROUNDED = 0.6
"""How far a printed percentage is from the one worked out of rounded figures, in points, at most."""


def take_over(text: str, sites: list[Site], verdicts: list[Verdict]) -> None:
    """Rewrites the verdicts of figures that leave their verb out."""
    _mark_moves(text, sites, verdicts)
    _mark_gapped_levels(text, sites, verdicts)
    _mark_shared_comparison(text, sites, verdicts)
    _mark_reckoned(text, sites, verdicts)
    _mark_listed_changes(text, sites, verdicts)
    for index, (site, verdict) in enumerate(zip(sites, verdicts, strict=True)):
        by_part = site.quantity.form == "fraction" and verdict.kind == "share" and not verdict.direction
        alone = verdict.guess and not _stands_beside_change(text, sites, verdicts, index)
        former = _growth_before(text, sites, verdicts, index) if alone else None
        if former is None and (verdict.guess or by_part) and (sign := _far_verb(site)):
            former = Verdict("growth", sign)
        if former is not None:
            verdicts[index] = former._replace(direction=verdict.direction or former.sign, head=verdict.head)


def _mark_moves(text: str, sites: list[Site], verdicts: list[Verdict]) -> None:
    """Makes the first of two near levels the base: "sales climbed 4.4 million to 4.5 million"."""
    for index, (site, verdict) in enumerate(zip(sites[:-1], verdicts[:-1], strict=True)):
        following = sites[index + 1].quantity
        joined = text[max(site.quantity.end, site.quantity.noun_end) : following.start].strip().lower() == "to"
        close = site.quantity.value / 3 < following.value < 3 * site.quantity.value
        alike = site.quantity.unit == following.unit or "count" in (site.quantity.unit, following.unit)
        if joined and close and alike and verdict.kind == "difference" and verdicts[index + 1].kind == "level":
            verdicts[index] = Verdict("level", base=True, head=verdict.head)


def _mark_gapped_levels(text: str, sites: list[Site], verdicts: list[Verdict]) -> None:
    """Has the second change take the left-out verb: "steel rose 3% to 9 million tonnes, iron 5.2% to 8 million"."""
    for index in range(1, len(sites) - 1):
        site, verdict = sites[index], verdicts[index]
        joined = text[site.quantity.end : sites[index + 1].quantity.start].strip().lower() == "to"
        if not joined or site.quantity.form != "percent" or verdict.kind != "share" or verdict.direction:
            continue
        former = next((v for v in reversed(verdicts[max(0, index - 3) : index]) if v.kind == "growth" and v.sign), None)
        relative = sites[index + 1].quantity.unit == "percent"
        if former and not relative and sites[index - 1].sentence == site.sentence:
            verdicts[index] = former
            verdicts[index + 1] = verdicts[index + 1]._replace(direction=former.sign)


def _mark_shared_comparison(text: str, sites: list[Site], verdicts: list[Verdict]) -> None:
    """Makes both figures say how much less: "£4,000 or 1.4% less than a year earlier"."""
    for index, (site, verdict) in enumerate(zip(sites[:-1], verdicts[:-1], strict=True)):
        former, latter = site.quantity, sites[index + 1].quantity
        between = text[max(former.end, former.noun_end) : latter.start]
        relative = former.unit in PERCENTAGE
        if between != " or " or relative == (latter.unit in PERCENTAGE) or verdict.kind not in ("level", "share"):
            continue
        other = verdicts[index + 1]
        if other.kind in ("growth", "difference") and other.sign and former.form != "rank":
            verdicts[index] = other._replace(kind="growth" if relative else "difference")


def _mark_reckoned(text: str, sites: list[Site], verdicts: list[Verdict]) -> None:
    """Makes a percentage in brackets the change of the two before it: "trams fell from 12,000 to 9,000 (25%)"."""
    for index in range(2, len(sites)):
        site, reached, former = sites[index], sites[index - 1].quantity, sites[index - 2].quantity
        bracketed = text[max(reached.end, reached.noun_end) : site.quantity.start].strip() == "("
        if not bracketed or site.quantity.unit not in PERCENTAGE or verdicts[index].kind != "share":
            continue
        if not verdicts[index - 2].base or former.unit in PERCENTAGE or not former.value:
            continue
        change = (reached.value / former.value - 1) * 100
        if abs(abs(change) - site.quantity.value) < _ROUNDED:
            sign = 1 if change > 0 else -1
            verdicts[index] = Verdict("growth", sign, sign, head=verdicts[index].head)


def _mark_listed_changes(text: str, sites: list[Site], verdicts: list[Verdict]) -> None:
    """Makes all of a list what the plural behind its last says: "there were 3%, 4% and 5% increases"."""
    for index in range(len(sites) - 1, 0, -1):
        last, verdict = sites[index], verdicts[index]
        plural = any(is_plural(word.lower) and singular(word.lower) in movement().nouns for word in last.right[:2])
        joined = LIST_LINK.fullmatch(text, sites[index - 1].quantity.end, last.quantity.start)
        listed = plural or (index + 1 < len(sites) and verdicts[index + 1] is verdict)
        if joined and listed and verdict.kind == "growth" and verdicts[index - 1].kind == "share":
            verdicts[index - 1] = verdict


def _stands_beside_change(text: str, sites: list[Site], verdicts: list[Verdict], index: int) -> bool:
    """True for the first of "(29%, 8% increase)": what is set beside a change told in words is none."""
    if index + 1 == len(sites) or text[sites[index].quantity.end : sites[index + 1].quantity.start] != ", ":
        return False
    beside = verdicts[index + 1]
    return beside.kind == "growth" and bool(beside.sign) and not beside.guess


def _growth_before(text: str, sites: list[Site], verdicts: list[Verdict], index: int) -> Verdict | None:
    """The growth that a bare percentage goes on from: of its own clause, or that somebody else has a figure for."""
    site = sites[index]
    amount = index and sites[index - 1].quantity.unit not in PERCENTAGE
    if (site.right and site.right[0].lower == "of") or (amount and site.left and site.left[0].lower == "or"):
        return None
    for other in reversed(range(max(0, index - 6), index)):
        former = sites[other]
        if former.quantity.unit not in PERCENTAGE or former.quantity.form == "fraction" or verdicts[other].base:
            continue
        verdict = verdicts[other]
        near = former.quantity.end + _REACH > site.quantity.start
        if verdict.kind != "growth" or not near:
            return None
        return verdict if _goes_on(text, former, site) else None
    return None


def _far_verb(site: Site) -> int:
    """The direction of the verb that "by" leaves far behind: "all sectors *contracted*: services by 0.2%"."""
    if not site.left or site.left[0].lower != "by":
        return 0
    signs = (direction_of(word.lower) for word in site.left[1:] if word.lower not in movement().nouns)
    return next((sign for sign in signs if sign), 0)


def _goes_on(text: str, former: Site, site: Site) -> bool:
    """True where no other verb takes over between two figures, or only one of saying."""
    if site.root is None or former.root is None or "\n\n" in text[former.quantity.end : site.quantity.start]:
        return False
    finite = [token for token in _between(former, site) if token.tag_ in _FINITE]
    told = [token for token in finite if token.lemma_.lower() in movement().telling]
    if any(word.lower in movement().foretelling for word in site.left[:5]):
        return True  # "Prices will climb by 41 percent. In January its forecast was 20 percent."
    if former.sentence == site.sentence:
        return len(finite) == len(told) or not any(_governs(verb, site.root) for verb in finite)
    return bool(told) and told[-1] is finite[-1]


def _between(former: Site, site: Site) -> Iterator[Token]:
    if former.root is not None and site.root is not None:
        yield from (
            token
            for token in former.root.doc[former.root.i + 1 : site.root.i]
            if token.idx >= former.quantity.end and token.pos_ in ("VERB", "AUX")
        )


def _governs(verb: Token, token: Token) -> bool:
    for _ in range(8):
        if token.i == verb.i:
            return True
        if token.head is token:
            return False
        token = token.head
    return False
