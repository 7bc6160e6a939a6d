"""The project's gold agrees with its corpus, and a broken gold file is refused with the place of its fault."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import InputError
from service.reading.articles import read_articles, text_digest
from service.scoring.gold import Gold, find_quote, load_gold

CONFLICTS = {"contradiction", "apparent_conflict", "revision", "arithmetic_conflict"}

QUIET = {
    "airways",
    "bid",
    "cartel",
    "cinemas",
    "dairy",
    "devaluation",
    "hurricane",
    "macau",
    "marburg",
    "mexico",
    "probe",
    "results",
    "retailer",
    "shrimp",
    "snow",
    "snowstorm",
    "takeover",
    "tea",
    "ukcars",
    "verdict",
}
"""Stories in which no conflict has to be reported, as in most news: near figures are of different things."""

TEXT = "Exports of pears rose 4% to 2.5 million crates in 2023, the fruit board said."
CLAIM = {
    "quote": "4%", "start": 22, "end": 24, "kind": ["growth"], "value": 4, "unit": ["percent"], "modifier": "exact",
    "indicator": ["exports"], "product": ["pear"], "area": [None], "counterpart": [],
    "period": {"start": "2023-01-01", "end": "2024-01-01"}, "base_period": [None], "source": "fruit board",
    "status": "actual", "optional": False,
}  # fmt: skip
LEVEL = {
    **CLAIM, "quote": "2.5 million", "start": 28, "end": 39, "kind": ["level"], "value": 2_500_000, "unit": ["count"],
}  # fmt: skip


def _gold_folder(folder: Path, article: dict[str, Any], pairs: list[dict[str, Any]] | None = None) -> Path:
    (folder / "relations").mkdir(parents=True)
    (folder / "pears.json").write_text(json.dumps(article), encoding="utf-8")
    if pairs is not None:
        (folder / "relations" / "fruit.json").write_text(json.dumps({"pairs": pairs}), encoding="utf-8")
    return folder


def _article(**changes: Any) -> dict[str, Any]:
    article = {"id": "pears", "published": None, "text_sha256": text_digest(TEXT)}
    return copy.deepcopy({"article": article, "claims": [{**CLAIM, **changes}, LEVEL]})


def _refused(folder: Path, texts: dict[str, str] | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        load_gold(folder, texts=texts)
    return caught.value


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    return {article.id: article.text for article in read_articles([root / "corpus"], on_skip=lambda skip: None)}


@pytest.fixture(scope="module")
def gold(root: Path, texts: dict[str, str]) -> Gold:
    return load_gold(root / "gold", texts=texts)


# --- the project's own gold


def test_every_article_of_the_corpus_has_gold_and_the_other_way_round(gold: Gold, texts: dict[str, str]) -> None:
    assert set(gold.articles) == set(texts)


def test_file_names_are_article_ids(root: Path, gold: Gold) -> None:
    assert {path.stem for path in (root / "gold").glob("*.json")} == set(gold.articles)


def test_every_claim_has_the_context_that_finds_it(gold: Gold, texts: dict[str, str]) -> None:
    for article in gold.articles.values():
        for claim in article.claims:
            assert claim.context is not None
            assert find_quote(texts[article.id], claim.quote, claim.context) == (claim.start, claim.end)


def test_claims_stand_in_the_order_of_the_text_and_do_not_overlap(gold: Gold) -> None:
    for article in gold.articles.values():
        for before, after in zip(article.claims, article.claims[1:], strict=False):
            assert before.end <= after.start, (article.id, before.quote, after.quote)


def test_levels_shares_and_ranks_have_no_base(gold: Gold) -> None:
    for article in gold.articles.values():
        for claim in article.claims:
            if set(claim.kind) <= {"level", "share", "rank"}:
                assert claim.base_period == [None], (article.id, claim.quote)


def test_the_middle_of_a_range_is_its_value(gold: Gold) -> None:
    ranges = [claim for article in gold.articles.values() for claim in article.claims if claim.low is not None]
    assert ranges
    for claim in ranges:
        assert claim.high is not None
        assert (claim.low or 0) + claim.high == pytest.approx(2 * claim.value[0]), claim.quote


def test_a_story_belongs_to_one_split_and_both_splits_are_there(gold: Gold) -> None:
    splits = {(article.article.story, article.article.split) for article in gold.articles.values()}
    stories = [story for story, _ in splits]
    assert len(stories) == len(set(stories))
    assert {split for _, split in splits} == {"dev", "test"}


def test_all_but_quiet_stories_have_a_required_conflict_and_all_have_pairs_that_a_careless_tool_would_flag(
    gold: Gold,
) -> None:
    required, negatives = Counter[str | None](), Counter[str | None]()
    for pair in gold.pairs:
        story = gold.articles[pair.claims[0][0]].article.story
        required[story] += CONFLICTS.issuperset(pair.relation)
        negatives[story] += "none" in pair.relation and not CONFLICTS.intersection(pair.relation)
    stories = {article.article.story for article in gold.articles.values()}
    assert set(+required) == stories - QUIET
    assert stories >= QUIET
    assert set(+negatives) == stories


def test_no_pair_crosses_stories(gold: Gold) -> None:
    for pair in gold.pairs:
        assert len({gold.articles[article].article.story for article, _ in pair.claims}) == 1, pair


def test_the_consistent_release_takes_part_in_no_conflict(gold: Gold) -> None:
    for pair in gold.pairs:
        if any(article == "dev-release" for article, _ in pair.claims):
            assert not CONFLICTS.intersection(pair.relation), pair


def test_the_guide_states_the_counts_of_the_gold(root: Path, gold: Gold) -> None:
    guide = (root / "gold" / "README.md").read_text(encoding="utf-8")
    claims = [claim for article in gold.articles.values() for claim in article.claims]
    kinds = Counter(claim.kind[0] for claim in claims)
    assert f"{len(gold.articles)} articles, {len(claims)} claims" in guide
    assert f"{len(gold.pairs)} pairs" in guide
    for kind, count in kinds.items():
        assert f"| {kind} | {count} |" in guide


# --- seeds


def test_the_seeds_load_too(shared: Path) -> None:
    seeds = shared / "seeds"
    gold = load_gold(seeds / "gold", texts={path.stem: path.read_text("utf-8") for path in seeds.glob("*.txt")})
    assert len(gold.articles) == 3
    assert gold.pairs


# --- one answer or many


def test_one_answer_is_a_list_of_one_and_an_empty_list_means_null(tmp_path: Path) -> None:
    claim = load_gold(_gold_folder(tmp_path / "gold", _article())).articles["pears"].claims[0]
    assert (claim.source, claim.counterpart, claim.value, claim.status) == (["fruit board"], [None], [4], ["actual"])
    assert claim.period[0] is not None


# --- broken gold


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"kind": ["leap"]}, "claims[0].kind[0]", "leap"),
        ({"status": "rumour"}, "claims[0].status[0]", "rumour"),
        ({"modifier": "roughly"}, "claims[0].modifier", "roughly"),
        ({"end": 25}, "claims[0]", "do not span the quote '4%'"),
        ({"start": -1}, "claims[0].start", "greater than or equal to 0"),
        ({"value": "four"}, "claims[0].value[0]", "four"),
        ({"period": {"start": "2024-01-01", "end": "2023-01-01"}}, "claims[0].period[0]", "before it starts"),
        ({"indicater": ["exports"]}, "claims[0].indicater", "gold has no such field"),
        ({"period": "2023"}, "claims[0].period[0]", "an object with named fields is wanted here; found '2023'"),
        ({"value": "four", "indicater": ["exports"]}, "claims[0].indicater", "and 1 more fault"),
        ({"start": 28, "end": 39, "quote": "2.5 million"}, "claims[1].start", "claims[0] starts at 28 too"),
    ],
)
def test_a_fault_in_a_claim_is_named_with_its_index_and_field(
    tmp_path: Path, changes: dict[str, Any], field: str, words: str
) -> None:
    error = _refused(_gold_folder(tmp_path / "gold", _article(**changes)))
    assert error.field == field
    assert words in error.problem
    assert error.path == tmp_path / "gold" / "pears.json"


def test_an_offset_that_does_not_match_its_quote(tmp_path: Path) -> None:
    folder = _gold_folder(tmp_path / "gold", _article(start=23, end=25))
    error = _refused(folder, {"pears": TEXT})
    assert error.field == "claims[0].quote"
    assert "has '% ' at 23, the gold says '4%'" in error.problem


def test_a_text_that_changed_behind_the_last_quote(tmp_path: Path) -> None:
    error = _refused(_gold_folder(tmp_path / "gold", _article()), {"pears": TEXT + " Correction: 2024."})
    assert error.field == "article.text_sha256"


def test_gold_for_an_article_that_is_not_there(tmp_path: Path) -> None:
    error = _refused(_gold_folder(tmp_path / "gold", _article()), {"apples": TEXT})
    assert (error.field, "no article 'pears'" in error.problem) == ("article.id", True)


@pytest.mark.parametrize(
    ("pair", "field", "words"),
    [
        ({"claims": [["pears", 22], ["pears", 28]], "relation": ["quarrel"]}, "pairs[0].relation[0]", "quarrel"),
        ({"claims": [["pears", 22]], "relation": ["none"]}, "pairs[0].claims", "at least 2"),
        ({"claims": [22, ["pears", 28]], "relation": ["none"]}, "pairs[0].claims[0]", "by its article and its start"),
        ({"claims": [["pears", 22], ["pears", 28]]}, "pairs[0].relation", "this field is missing"),
        ({"claims": [["pears", 22], ["pears", 28]], "relation": []}, "pairs[0].relation", "at least 1"),
        (
            {"claims": [["pears", 22], ["pears", 28]], "relation": ["none"], "explained_by": ["weather"]},
            "pairs[0].explained_by[0]",
            "weather",
        ),
        (
            {"claims": [["pears", 22], ["pears", 7]], "relation": ["none"]},
            "pairs[0].claims[1]",
            "no claim that starts at 7",
        ),
        (
            {"claims": [["pears", 22], ["figs", 7]], "relation": ["none"]},
            "pairs[0].claims[1]",
            "no gold file for the article 'figs'",
        ),
        ({"claims": [["pears", 22], ["pears", 22]], "relation": ["none"]}, "pairs[0].claims", "twice"),
    ],
)
def test_a_fault_in_a_pair_is_named_with_its_index_and_field(
    tmp_path: Path, pair: dict[str, Any], field: str, words: str
) -> None:
    error = _refused(_gold_folder(tmp_path / "gold", _article(), [pair]))
    assert error.field == field
    assert words in error.problem
    assert error.path == tmp_path / "gold" / "relations" / "fruit.json"


def test_a_pair_that_is_listed_twice(tmp_path: Path) -> None:
    pair = {"claims": [["pears", 22], ["pears", 28]], "relation": ["none"]}
    mirrored = {"claims": [["pears", 28], ["pears", 22]], "relation": ["agreement"]}
    error = _refused(_gold_folder(tmp_path / "gold", _article(), [pair, mirrored]))
    assert error.field == "pairs[1].claims"
    assert "listed already, at fruit.json pairs[0].claims" in error.problem


def test_a_second_gold_file_for_one_article(tmp_path: Path) -> None:
    folder = _gold_folder(tmp_path / "gold", _article())
    (folder / "pears-again.json").write_text(json.dumps(_article()), encoding="utf-8")
    assert "a second gold file for the article 'pears'" in _refused(folder).problem


def test_a_file_that_is_not_json_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pears.json").write_text('{"article":\n oops}', encoding="utf-8")
    error = _refused(tmp_path)
    assert (error.path, error.line) == (tmp_path / "pears.json", 2)


def test_a_folder_without_gold(tmp_path: Path) -> None:
    assert "no gold file" in _refused(tmp_path).problem
    assert "no such folder" in _refused(tmp_path / "nowhere").problem


# --- finding a quote again


@pytest.mark.parametrize(
    ("text", "quote", "context", "expected"),
    [
        ("up 5% to 5%", "5%", "to 5%", (9, 11)),
        ("| Russia | 909,000 |", "909,000", "Russia 909,000", (11, 18)),
        ("sold 4.9\nmillion cars", "4.9 million", "sold 4.9 million", (5, 16)),
    ],
)
def test_a_quote_is_found_by_the_words_around_it(
    text: str, quote: str, context: str, expected: tuple[int, int]
) -> None:
    assert find_quote(text, quote, context) == expected


@pytest.mark.parametrize(
    ("text", "quote", "context", "words"),
    [
        ("up 5% to 5%", "5%", "5%", "occurs 2 times in the text"),
        ("up 5%", "5%", "down 5%", "occurs 0 times in the text"),
        ("up 5% or 5%", "5%", "up 5% or 5%", "occurs 2 times in the context"),
    ],
)
def test_a_quote_that_is_not_there_once_is_refused(text: str, quote: str, context: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        find_quote(text, quote, context)


# --- scripts/gold-offsets


def _one_story(root: Path, folder: Path, story: str) -> tuple[Path, Path]:
    """Copies of a story's gold and articles, to change at will."""
    gold, corpus = folder / "gold", folder / "corpus"
    shutil.copytree(root / "corpus" / story, corpus)
    (gold / "relations").mkdir(parents=True)
    shutil.copy(root / "gold" / "relations" / f"{story}.json", gold / "relations")
    for path in (root / "gold").glob("*.json"):
        if json.loads(path.read_text(encoding="utf-8"))["article"]["story"] == story:
            shutil.copy(path, gold)
    return gold, corpus


def _gold_offsets(root: Path, gold: Path, corpus: Path) -> subprocess.CompletedProcess[str]:
    script = root / "scripts" / "gold-offsets"
    return subprocess.run([sys.executable, script, gold, corpus], capture_output=True, text=True, check=False)


def test_offsets_follow_their_quotes_when_an_article_grows(root: Path, tmp_path: Path) -> None:
    gold, corpus = _one_story(root, tmp_path, "steel")
    article = corpus / "steel-agency.txt"
    before = load_gold(gold)
    article.write_text("UPDATE 2, with 5 new words\n\n" + article.read_text(encoding="utf-8"), encoding="utf-8")
    completed = _gold_offsets(root, gold, corpus)
    assert completed.returncode == 0, completed.stderr
    texts = {article.id: article.text for article in read_articles([corpus], on_skip=lambda skip: None)}
    after = load_gold(gold, texts=texts)
    shift = len("UPDATE 2, with 5 new words\n\n")
    starts = [claim.start + shift for claim in before.articles["steel-agency"].claims]
    assert [claim.start for claim in after.articles["steel-agency"].claims] == starts
    assert len(after.pairs) == len(before.pairs)


def test_a_quote_that_left_the_article_is_named_and_nothing_is_written(root: Path, tmp_path: Path) -> None:
    gold, corpus = _one_story(root, tmp_path, "steel")
    article = corpus / "steel-agency.txt"
    kept = {path: path.read_bytes() for path in gold.rglob("*.json")}
    article.write_text(article.read_text(encoding="utf-8").replace("67.44", "67.4"), encoding="utf-8")
    completed = _gold_offsets(root, gold, corpus)
    assert completed.returncode == 1
    assert "steel-agency.json, claims[3]" in completed.stderr
    assert {path: path.read_bytes() for path in gold.rglob("*.json")} == kept
