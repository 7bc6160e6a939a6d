"""Who gave this figure? Sources of number expressions in news articles, in the form derived from the PolNeAR corpus.

The claim that overlaps a number most answers for it; for a number that makes no claim ("the three of them") the same
extractor is asked at its place. No source says "the article itself", and `covered` counts claims alone. A source is
right when the head words of one of its names are among those of the gold source or of an accepted name. Numbers that
are attributed to nobody in particular are not scored. The lenient figures forgive a source nearby.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from extractor.loading import tables
from service.scoring.benchmarks import BenchmarkScores, json_rows
from service.scoring.statistics import bootstrap

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_PARTS = re.compile(r"[,;:()\[\]\"“”—]|\s-\s|\band\b|\bor\b")
_POSSESSIVE = re.compile(r"'s?$")
_CLITIC = re.compile(r"['’](?:s|d|ll|re|ve|m)$")
_MOST_PARTS_OF_AN_ANSWER = 4


class _Words(NamedTuple):
    determiners: frozenset[str]
    cuts: frozenset[str]
    documents: frozenset[str]
    pronouns: frozenset[str]
    reporting: re.Pattern[str]


@lru_cache(maxsize=1)
def _lists() -> _Words:
    lists = tables("service.scoring.benchmarks", "polnear.toml")
    return _Words(
        frozenset(lists["determiners"]),
        frozenset(word for words in lists["ends"].values() for word in words),
        frozenset(lists["documents"]),
        frozenset(word for words in lists["pronouns"].values() for word in words),
        re.compile("|".join([*lists["reporting"]["parts"], *lists["reporting"]["patterns"]]), re.IGNORECASE),
    )


def run(content: bytes, file: Path) -> BenchmarkScores:
    """Extracts the claims of every article of a file, and scores their sources."""
    from extractor import extract_many
    from extractor.model import Article

    records = json_rows(content, file)
    articles = [Article(id=each["id"], text=each["text"], published=each.get("published")) for each in records]
    claims = [claim.to_json() for claim in extract_many(articles)]
    claims.extend(_answers_for_others(records, claims))
    count = sum(len(record["numbers"]) for record in records)
    title = f"{file.name}: {len(records)} articles, {count} numbers"
    return BenchmarkScores(title, score(records, claims), claims, _intervals(records, claims))


def _answers_for_others(
    records: Sequence[Mapping[str, Any]], claims: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """An answer for each number without a claim that somebody gave, marked as no claim."""
    from extractor.sources.attribution.any_number import sources_at

    by_article: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for claim in claims:
        by_article[claim["article"]].append(claim)
    for record in records:
        others = [number for number in record["numbers"] if _answering(by_article[record["id"]], number) is None]
        spans = [(number["start"], number["end"]) for number in others]
        for (start, end), found in zip(spans, sources_at(record["text"], spans) if spans else (), strict=True):
            if found.id:
                source = {"id": found.id, "text": found.text, "kind": found.kind, "cue": found.cue}
                yield {"article": record["id"], "start": start, "end": end, "source": source, "claim": False}


def score(articles: Sequence[Mapping[str, Any]], claims: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All figures of some claims (as in `claims.jsonl`) on some articles of the benchmark."""
    counts = sum(_counts(articles, claims).values(), Counter())
    figures: dict[str, Any] = _rounded(_figures(counts))
    return figures


def _counts(articles: Sequence[Mapping[str, Any]], claims: Sequence[Mapping[str, Any]]) -> dict[str, Counter[str]]:
    """What is counted in each article."""
    by_article: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for claim in claims:
        by_article[claim["article"]].append(claim)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for number in article["numbers"]:
            _count(counts[article["id"]], number, _answering(by_article[article["id"]], number))
    return counts


def _intervals(
    articles: Sequence[Mapping[str, Any]], claims: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[float, float]]:
    """Of both overall F1s, which are twice what is right over all that was given or wanted, by article."""
    by_article = _counts(articles, claims)
    wholes = {
        name: counts["given"] + counts["false"] + counts["named"] for name, counts in by_article.items()
    }  # fmt: skip
    ratios = {
        "overall.f1": {name: (2.0 * counts["right"], float(wholes[name])) for name, counts in by_article.items()},
        "lenient_on_carry_over.overall_f1": {
            name: (2.0 * counts["right"], float(wholes[name] - counts["nearby"])) for name, counts in by_article.items()
        },
    }
    return bootstrap(ratios, by_article)


def _answering(claims: Sequence[Mapping[str, Any]], number: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The claim whose span shares most with the number's; the first of equals."""
    best, most = None, 0
    for claim in claims:
        shared = min(claim["end"], number["end"]) - max(claim["start"], number["start"])
        if shared > most:
            best, most = claim, shared
    return best


def pronoun(words: str) -> str:
    """The pronoun that a source consists of ("she", "he's"), or nothing."""
    word = _CLITIC.sub("", words.lower().strip(" ,"))
    return word if word in _lists().pronouns else ""


def words_of(text: str) -> list[str]:
    """The words of a name in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


@lru_cache(maxsize=65536)
def heads(name: str, parts: int = 99) -> frozenset[str]:
    """Head words of a name: in each part of a list or apposition, the last word before a preposition or relative."""
    found = {head for part in _PARTS.split(name)[:parts] if (head := _head(part))}
    return frozenset(found or words_of(name)[-1:])


def _head(part: str) -> str:
    lists = _lists()
    words = words_of(part)
    words[-1:] = [_POSSESSIVE.sub("", word) for word in words[-1:]]
    head = ""
    for word in words:
        if word in lists.cuts and head:
            break
        if word.endswith("'s") and word != "'s":
            word = word[:-2]
        if word not in lists.determiners and word not in lists.cuts:
            head = word
    return head


@lru_cache(maxsize=65536)
def same_source(gold: str, given: str) -> bool:
    """Whether two names share a head; a named body also is its own poll, report or spokesman."""
    wanted, found = heads(gold), heads(given, _MOST_PARTS_OF_AN_ANSWER)
    if wanted & found:
        return True
    if not (re.search("[A-Z]", given) and re.search("[A-Z]", gold)):
        return False
    lists = _lists()
    ours, theirs = (
        {_POSSESSIVE.sub("", word) for word in words_of(name)} - lists.determiners for name in (gold, given)
    )
    return bool((wanted & lists.documents and theirs <= ours) or (found & lists.documents and ours <= theirs))


def is_right(source: Mapping[str, Any], given: Sequence[str]) -> bool | None:
    """Whether one of the given names is the gold source; None for a pronoun whose antecedent nobody knows."""
    others = source.get("names", [])
    if not pronoun(source["text"]):
        return any(same_source(gold, name) for gold in (source["text"], *others) for name in given)
    if not others:
        return None
    return any(same_source(gold, name) for gold in others for name in given if not pronoun(name))


def _count(counts: Counter[str], number: Mapping[str, Any], claim: Mapping[str, Any] | None) -> None:
    """Adds one number to the counts; `covered …` counts only numbers that a claim answers for."""
    source = (claim or {}).get("source") or {}
    given = [name for name in (source.get("text"), source.get("id")) if name]
    counts["numbers"] += 1
    covered = claim is not None and claim.get("claim", True)
    counts["covered"] += covered
    wanted = number["source"]
    if wanted is None and number.get("cue"):
        counts["attributed to nobody"] += 1
        return
    outcome = ("hit" if given else "missed") if wanted else ("false" if given else "null")
    counts[outcome] += 1
    counts[f"covered {outcome}"] += covered
    if outcome == "false":
        near = [name for name in given if not pronoun(name)]
        counts["nearby"] += any(same_source(gold, name) for gold in number.get("near", ()) for name in near)
    if wanted:
        _count_identity(counts, number, given, covered=covered)


def _count_identity(counts: Counter[str], number: Mapping[str, Any], given: Sequence[str], *, covered: bool) -> None:
    source = number["source"]
    right = is_right(source, given)
    if right is None:
        counts["pronoun without antecedent"] += 1
        return
    kinds = [""]
    kinds += ["pronoun "] if pronoun(source["text"]) else []
    kinds += ["reporting "] if _lists().reporting.search(number.get("cue") or "") else []
    kinds += ["covered "] if covered else []
    for kind in kinds:
        counts[f"{kind}named"] += 1
        counts[f"{kind}given"] += bool(given)
        counts[f"{kind}right"] += right


def _figures(counts: Counter[str]) -> dict[str, Any]:
    hit, missed, false, null = (counts[name] for name in ("hit", "missed", "false", "null"))
    named, given, right = (counts[name] for name in ("named", "given", "right"))
    present = _ratio(hit, hit + false), _ratio(hit, hit + missed)
    overall = _ratio(right, given + false), _ratio(right, named)
    return {
        "numbers": counts["numbers"],
        "covered_by_a_claim": counts["covered"],
        "gold_with_source": hit + missed,
        "gold_null": false + null,
        "skipped_attributed_without_source": counts["attributed to nobody"],
        "skipped_pronoun_without_antecedent": counts["pronoun without antecedent"],
        "present": {"precision": present[0], "recall": present[1], "f1": _f1(*present)},
        "null_accuracy": _ratio(null, null + false),
        "identity_accuracy_where_both_present": _ratio(right, given),
        "identity_pronouns_only": [counts["pronoun right"], counts["pronoun named"]],
        "reporting_cues_only": {
            "gold": counts["reporting named"],
            "present_recall": _ratio(counts["reporting given"], counts["reporting named"]),
            "right_recall": _ratio(counts["reporting right"], counts["reporting named"]),
        },
        "overall": {"precision": overall[0], "recall": overall[1], "f1": _f1(*overall)},
        "lenient_on_carry_over": _lenient(counts),
        "slot_accuracy": _ratio(right + null, named + false + null),
        "covered_only": _covered(counts),
    }


def _lenient(counts: Counter[str]) -> dict[str, Any]:
    """The figures where a source that a neighbouring number has is no error."""
    hit, null, named, given, right = (counts[name] for name in ("hit", "null", "named", "given", "right"))
    false = counts["false"] - counts["nearby"]
    overall = _ratio(right, given + false), _ratio(right, named)
    return {
        "forgiven": counts["nearby"],
        "present_f1": _f1(_ratio(hit, hit + false), _ratio(hit, hit + counts["missed"])),
        "overall_precision": overall[0],
        "overall_recall": overall[1],
        "overall_f1": _f1(*overall),
        "slot_accuracy": _ratio(right + null, named + false + null),
    }


def _covered(counts: Counter[str]) -> dict[str, Any]:
    """The figures over the numbers that a claim covers."""
    hit, missed, false, right = (counts[f"covered {name}"] for name in ("hit", "missed", "false", "right"))
    overall = _ratio(right, counts["covered given"] + false), _ratio(right, counts["covered named"])
    return {
        "present_f1": _f1(_ratio(hit, hit + false), _ratio(hit, hit + missed)),
        "overall_precision": overall[0],
        "overall_recall": overall[1],
        "overall_f1": _f1(*overall),
    }


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _rounded(figures: Any) -> Any:
    if isinstance(figures, dict):
        return {name: _rounded(value) for name, value in figures.items()}
    return round(figures, 4) if isinstance(figures, float) else figures
