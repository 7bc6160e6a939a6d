"""How scores look in the terminal: the board, and the list of errors that the next improvement is chosen from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import orjson
import typer

from extractor.model import Claim, Concept, Period
from service.scoring.board import PRF, ArticleErrors, Found, Outcome, Scores, Share
from service.scoring.gold import GoldClaim
from service.scoring.statistics import calibration, compare, intervals

if TYPE_CHECKING:
    from service.scoring.benchmarks import BenchmarkScores

SIGNIFICANT = 0.05
_AROUND = 110
_MOST_NAMED = 10
"""So many articles that the run lacks are named."""
_BRIEF = {
    "agreement": "agree",
    "apparent_conflict": "apparent",
    "arithmetic_agreement": "sum fits",
    "arithmetic_conflict": "sum not",
    "contradiction": "contradict",
    "repetition": "repeat",
}


def print_scores(
    scores: Scores,
    *,
    as_json: bool = False,
    errors: bool = False,
    slot: str | None = None,
    against: Scores | None = None,
) -> None:
    """The board; with `errors`, first the list of errors (with `slot`, only those of one slot).

    With `against`, an earlier run's scores, a comparison follows.
    """
    if as_json:
        _print_json(_as_json(scores, against))
        return
    if errors:
        _print_errors(scores, slot)
    _print_absent(scores.absent)
    within = {name: f"   95%: {low:.1f} to {high:.1f}" for name, (low, high) in intervals(scores).items()}
    _print_reading(scores, within)
    if scores.relations or scores.conflicts.missed:
        _print_relations(scores, within)
    else:
        typer.echo(
            "conflicts                   not judged: needs findings.jsonl in the run and relations/*.json in the gold"
        )
    if against is not None:
        _print_comparison(against, scores)


def _print_absent(absent: Sequence[str]) -> None:
    """Articles of the gold that were not read."""
    if absent:
        typer.echo(f"not in the run, all their claims count as missed: {', '.join(absent[:_MOST_NAMED])}")
    if len(absent) > _MOST_NAMED:
        typer.echo(f"… and {len(absent) - _MOST_NAMED} more articles; to score some alone, name a folder of their gold")


def _as_json(scores: Scores, against: Scores | None) -> dict[str, Any]:
    error, table = calibration(scores)
    return {
        **scores.to_json(),
        "intervals": intervals(scores),
        "calibration": {"error": error, "table": [row._asdict() for row in table]},
        **({"against": _compared(against, scores)} if against is not None else {}),
    }


def _print_reading(scores: Scores, within: Mapping[str, str]) -> None:
    """How well claims were found and their slots filled: by slot, by kind, by subject."""
    typer.echo(_prf_line("claims found", scores.claims) + within.get("claims", ""))
    typer.echo(_prf_line("claims found, exact span", scores.exact) + within.get("exact", ""))
    for name, share in scores.slots.items():
        typer.echo(_share_line(f"  {name}", share) + within.get(name, ""))
    typer.echo(_share_line("claims entirely right", scores.entirely) + within.get("entirely", ""))
    _print_calibration(scores)
    for kind, (found, entirely) in sorted(scores.kinds.items()):
        typer.echo(f"  {kind:<26}found {found.right} of {found.total}, entirely right {entirely.right}")
    for subject, (claims, entirely) in sorted(scores.subjects.items()):
        typer.echo(f"  {subject:<26}F1 {claims.f1:5.1f}, entirely right {entirely.percent:5.1f}%")
    typer.echo(_share_line("publication date", scores.published))


def _print_relations(scores: Scores, within: Mapping[str, str]) -> None:
    """How well conflicts and the other relations between claims were found."""
    typer.echo(_prf_line("conflicts", scores.conflicts) + within.get("conflicts", ""))
    if scores.reasons.total:
        typer.echo(_share_line("  reason right", scores.reasons))
    typer.echo(_prf_line("all relations", scores.every_relation) + within.get("relations", ""))
    for name, prf in sorted(scores.relations.items()):
        typer.echo(_prf_line(f"  {name}", prf) + within.get(name, ""))
    _print_confusion(scores)
    if scores.between_stories:
        typer.echo(f"flags between stories, of which gold says nothing: {scores.between_stories}")


def _compared(first: Scores, second: Scores) -> dict[str, Any]:
    comparison = compare(first, second)
    return {
        "won": [outcome._asdict() for outcome in comparison.won],
        "lost": [outcome._asdict() for outcome in comparison.lost],
        "figures": {name: duel._asdict() for name, duel in comparison.figures.items()},
    }


def _print_comparison(first: Scores, second: Scores) -> None:
    """The claims that only one of two runs has right in every slot, and every figure of both side by side."""
    comparison = compare(first, second)
    before = {(one.article, one.start): one for one in first.outcomes if one.state != "spurious"}
    for outcome in comparison.won:
        was = before[outcome.article, outcome.start]
        typer.echo(f"WON  {_claim_place(outcome)}, was {_state(was)}")
    for outcome in comparison.lost:
        typer.echo(f"LOST {_claim_place(outcome)}, now {_state(outcome)}")
    won, lost = len(comparison.won), len(comparison.lost)
    typer.echo(f"{won} claims won, {lost} lost; by chance with probability {comparison.chance:.3f}")
    typer.echo(f"{'against the earlier run':<28}{'before':>8}{'now':>6}{'won':>6}{'lost':>6}   by chance")
    names = {"claims": "claims found", "entirely": "claims entirely right"}
    for name, duel in comparison.figures.items():
        if duel.won or duel.lost or name in names:
            counts = f"{duel.before:>8}{duel.after:>6}{duel.won:>6}{duel.lost:>6}"
            mark = "  *" if duel.chance < SIGNIFICANT else ""
            typer.echo(f"{names.get(name, f'  {name}'):<28}{counts}   p = {duel.chance:.3f}{mark}")
    typer.echo(f"{'spurious claims':<28}{first.claims.false:>8}{second.claims.false:>6}")
    typer.echo(f"* p under {SIGNIFICANT}: exact sign test over the claims that only one of the runs has right")


def _claim_place(outcome: Outcome) -> str:
    return f"{outcome.article}:{outcome.start} {outcome.quote!r}"


def _state(outcome: Outcome) -> str:
    return f"wrong in {', '.join(outcome.wrong)}" if outcome.wrong else outcome.state


def _print_calibration(scores: Scores) -> None:
    """The expected calibration error, and the reliability table that it comes from."""
    error, table = calibration(scores)
    typer.echo(f"{'confidence':<28}{error:5.3f}    expected calibration error")
    for row in table:
        said = f"said {row.confidence:.2f}   right {row.right:.2f}   {'█' * round(20 * row.right)}"
        typer.echo(f"  {row.low:.1f} to {row.high:.1f}{row.claims:>7} claims   {said}".rstrip())


def _print_confusion(scores: Scores) -> None:
    """What was said of the listed pairs, by what gold accepts."""
    if not scores.confusion:
        return
    said = sorted({said for _, said in scores.confusion})
    typer.echo("listed pairs: what gold accepts (down), what was said (across)")
    typer.echo(" " * 28 + "".join(f"{_BRIEF.get(name, name):>11}" for name in said))
    for expected in sorted({expected for expected, _ in scores.confusion}):
        counts = "".join(f"{scores.confusion[expected, name] or '·':>11}" for name in said)
        typer.echo(f"  {expected:<26}{counts}")


def print_benchmark(scores: BenchmarkScores, *, as_json: bool = False) -> None:
    """A public benchmark's figures, as its own scorer gives them."""
    if as_json:
        _print_json({**scores.figures, "intervals": scores.intervals})
        return
    typer.echo(scores.title)
    for name, figure in scores.lines():
        typer.echo(f"  {name:<44}{figure}")


def _print_json(figures: Any) -> None:
    typer.echo(orjson.dumps(figures, option=orjson.OPT_INDENT_2).decode())


def _prf_line(name: str, prf: PRF) -> str:
    counts = f"({prf.hits} right, {prf.false} false, {prf.missed} missed)"
    return f"{name:<28}P {prf.precision:5.1f}  R {prf.recall:5.1f}  F1 {prf.f1:5.1f}   {counts}"


def _share_line(name: str, share: Share) -> str:
    return f"{name:<28}{share.percent:5.1f}%   ({share.right} of {share.total})"


def _print_errors(scores: Scores, slot: str | None) -> None:
    articles = scores.errors if slot is None else [_only(slot, article) for article in scores.errors]
    for article in articles:
        if not (article.missed or article.spurious or article.wrong):
            continue
        typer.echo(f"== {article.article}")
        for line in _article_lines(article):
            typer.echo(line)
    pair_errors = scores.pair_errors if slot is None else []
    if pair_errors:
        typer.echo("== relations")
    for error in pair_errors:
        typer.echo(f"{error.problem.upper()}: {' | '.join(error.claims)}")
        typer.echo(f"    said      {error.said}")
        typer.echo(f"    expected  {error.expected}")
        typer.echo(f"    differ in {', '.join(error.differing) or 'nothing'}")
    wrong = Counter(slot for article in scores.errors for found in article.wrong for slot in found.wrong)
    typer.echo(f"== wrong slots: {', '.join(f'{slot} {count}' for slot, count in wrong.most_common()) or 'none'}")


def _only(slot: str, errors: ArticleErrors) -> ArticleErrors:
    """The errors of one slot alone."""
    wrong = [found._replace(wrong=[slot]) for found in errors.wrong if slot in found.wrong]
    return ArticleErrors(errors.article, errors.text, wrong=wrong)


def _article_lines(errors: ArticleErrors) -> list[str]:
    """The errors of one article in the order of its text."""
    placed: list[tuple[int, list[str]]] = []
    for gold in errors.missed:
        placed.append((gold.start, [f"MISSED   {gold_words(gold)}", _context(errors.text, gold.start, gold.end)]))
    for claim in errors.spurious:
        placed.append((claim.start, [f"SPURIOUS {claim_words(claim)}", _context(errors.text, claim.start, claim.end)]))
    for found in errors.wrong:
        lines = [f"WRONG    {found.claim.quote!r}", _context(errors.text, found.gold.start, found.gold.end)]
        placed.append((found.gold.start, lines + [f"    {line}" for line in _slot_lines(found)]))
    return [line for _, lines in sorted(placed, key=lambda entry: entry[0]) for line in lines]


def _slot_lines(found: Found) -> list[str]:
    return [
        f"{slot:<12}got {shown(getattr(found.claim, slot))}; expected {accepted(getattr(found.gold, slot))}"
        for slot in found.wrong
    ]


def gold_words(gold: GoldClaim) -> str:
    """A gold claim in a line."""
    return f"{gold.quote!r} {gold.kind[0]} {gold.value[0]:g} {gold.unit[0]}, {gold.indicator[0]}, {gold.product[0]}"


def claim_words(claim: Claim) -> str:
    """A predicted claim in a line."""
    names = ", ".join(shown(getattr(claim, slot)) for slot in ("indicator", "product", "area"))
    return f"{claim.quote!r} {claim.kind} {claim.value:g} {claim.unit}, {names}"


def accepted(values: Any) -> str:
    """The answers that gold accepts, in a line."""
    return " | ".join(shown(value) for value in values) if isinstance(values, list) else shown(values)


def shown(value: Any) -> str:
    """A slot's value in words."""
    if value is None:
        return "null"
    if isinstance(value, Period):
        return f"{value.start or '…'} to {value.end or '…'}{f' ({value.text})' if value.text else ''}"
    if isinstance(value, Concept):
        return f"{value.id} ({value.text})"
    if hasattr(value, "cue"):
        return f"{value.id} ({value.text}; cue {value.cue!r})"
    return f"{value:,.15g}" if isinstance(value, float) else str(value)


def _context(text: str, start: int, end: int) -> str:
    """The words around a figure on one line, the figure marked."""
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    return "    … " + " ".join(f"{before}«{text[start:end]}»{after}".split()) + " …"
