"""Gold and claims go to annotation tools and come back the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from extractor.errors import InputError
from extractor.model import Article, Claim
from service.cli import app
from service.gold import Gold, load_gold
from service.interchange.files import FORMS, export_annotations, import_annotations, import_run
from service.interchange.sheets import Mark, sheets_of
from service.interchange.slots import of_gold, to_gold
from service.interchange.tokens import token_span, tokens
from service.outputs import json_lines, read_claims

TEXT = "🚢 Exports rose 5% to 2.1 million  cars\n\nin 2023, customs said (€1.2bn)."
ENDS = {"labelstudio": "tasks.json", "prodigy": "tasks.jsonl", "docbin": "tasks.spacy"}


def gold_claim(quote: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {
        "start": start, "end": start + len(quote), "quote": quote, "value": 1.0, "kind": "level", "unit": "count",
        "indicator": ["exports"], "product": [], "area": [], "source": [], "period": [], **fields,
    }  # fmt: skip


GOLD = {
    "article": {"id": "a", "published": "2024-01-19", "publisher": "Port Post", "story": "s", "split": "dev"},
    "claims": [
        gold_claim(
            "5%",
            kind=["growth", "difference"],
            value=[5.0, 5.25],
            unit="percent",
            period=[{"start": "2023-01-01", "end": "2024-01-01", "text": "in 2023"}, None],
            base_period=[{"start": None, "end": "2023-01-01"}],
            source=["customs", None],
            via=[],
            status=["actual", "preliminary"],
            context="rose 5% to",
        ),
        gold_claim("2.1 million", value=2100000, low=2050000, high=2150000, modifier="about", via=["Port Post"]),
        gold_claim("€1.2bn", value=1.2e9, unit="EUR", optional=True),
    ],
}
CLAIMS = [
    Claim.model_validate(
        {
            "id": "c1", "article": "a", "quote": "5%", "start": TEXT.index("5%"), "end": TEXT.index("5%") + 2,
            "kind": "growth", "value": 5, "unit": "percent", "indicator": {"id": "exports", "text": "Exports"},
            "source": {"id": "customs", "text": "customs", "kind": "customs", "cue": "said"}, "confidence": 0.8,
            "period": {"start": "2023-01-01", "end": "2024-01-01", "text": "2023"}, "borrowed": ["period"],
        }
    )
]  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run over one article, and gold for it beside."""
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "articles.jsonl").write_bytes(json_lines([Article(id="a", text=TEXT)]))
    (folder / "claims.jsonl").write_bytes(json_lines(CLAIMS))
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_bytes(orjson.dumps(GOLD))
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_gold_comes_back_as_it_went(run: Path, tmp_path: Path, form: str) -> None:
    before = load_gold(tmp_path / "gold")
    export_annotations(run, tmp_path / ENDS[form], form, gold=tmp_path / "gold")
    assert import_annotations(tmp_path / ENDS[form], tmp_path / "back") == 1
    after = load_gold(tmp_path / "back", texts={"a": TEXT})
    assert after.articles["a"].claims == before.articles["a"].claims
    assert after.articles["a"].article.publisher == "Port Post"


@pytest.mark.parametrize("form", FORMS)
def test_claims_that_nobody_touched_come_back_as_they_went(run: Path, tmp_path: Path, form: str) -> None:
    export_annotations(run, tmp_path / ENDS[form], form)
    import_run(tmp_path / ENDS[form], tmp_path / "back")
    assert read_claims(tmp_path / "back" / "claims.jsonl") == CLAIMS


@pytest.mark.parametrize("form", FORMS)
def test_claims_become_gold_that_holds_their_slots(run: Path, tmp_path: Path, form: str) -> None:
    export_annotations(run, tmp_path / ENDS[form], form)
    import_annotations(tmp_path / ENDS[form], tmp_path / "back")
    (claim,) = load_gold(tmp_path / "back").articles["a"].claims
    assert (claim.kind, claim.indicator, claim.source) == (["growth"], ["exports", "Exports"], ["customs"])
    assert claim.product == [None]


def test_the_whole_gold_of_the_repository_survives_every_form(root: Path, tmp_path: Path) -> None:
    gold = load_gold(root / "gold")
    articles = [Article(id=name, text=_text_around(entry.claims)) for name, entry in gold.articles.items()]
    for form in FORMS.values():
        written = form.write(sheets_of(articles, gold=gold))
        for sheet, (name, entry) in zip(form.read(written, tmp_path), sorted(gold.articles.items()), strict=True):
            assert sheet.meta["id"] == name
            assert sheet.gold is not None
            assert [to_gold(mark.slots, mark.label) for mark in sheet.gold] == [
                to_gold(of_gold(claim), claim.kind[0]) for claim in entry.claims
            ]


def _text_around(claims: Any) -> str:
    """A text with the quotes where gold has them, and dots elsewhere."""
    text = ["."] * max((claim.end for claim in claims), default=1)
    for claim in claims:
        text[claim.start : claim.end] = claim.quote
    return "".join(text)


def tasks(**changes: Any) -> bytes:
    """A Label Studio export of one region."""
    start = TEXT.index("5%")
    value = {"start": start, "end": start + 2, "text": "5%", "labels": ["growth"]}
    label = {"id": "r", "type": "labels", "from_name": "kind_label", "to_name": "text", "value": {**value, **changes}}
    fields = [
        {"id": "r", "type": "textarea", "from_name": name, "to_name": "text", "value": {"text": [line]}}
        for name, line in (("value", "5"), ("unit", "percent"))
    ]
    return orjson.dumps([{"data": {"id": "a", "text": TEXT}, "annotations": [{"result": [label, *fields]}]}])


def test_offsets_in_utf16_units_are_understood(tmp_path: Path) -> None:
    start = TEXT.index("5%") + 1  # the ship in front is two units long
    (sheet,) = FORMS["labelstudio"].read(tasks(start=start, end=start + 2), tmp_path)
    assert sheet.text[sheet.marks[0].start : sheet.marks[0].end] == "5%"


def test_the_label_that_a_person_chose_outranks_the_kind_that_was_there() -> None:
    assert to_gold({"kind": ["level", "share"], "value": ["3"]}, "share")["kind"] == ["share"]
    assert to_gold({"kind": ["level", "share"], "value": ["3"]}, "level")["kind"] == ["level", "share"]


def test_what_prodigy_rejected_is_left_out(run: Path, tmp_path: Path) -> None:
    rejected = {"text": TEXT, "meta": {"id": "b"}, "spans": [], "answer": "reject"}
    export_annotations(run, tmp_path / "t.jsonl", "prodigy")
    with (tmp_path / "t.jsonl").open("ab") as file:
        file.write(orjson.dumps(rejected))
    assert import_annotations(tmp_path / "t.jsonl", tmp_path / "back") == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (tasks(start=0), r"annotations.result\[0\].*the text has"),
        (tasks(labels=["speed"]), r"spans\[0\].*kind.*level"),
        (tasks().replace(b'"percent"', b'"null"'), r"unit"),
        (tasks().replace(b'["5"]', b'["five"]'), r"spans\[0\].*value: 'five' cannot be read"),
        (tasks().replace(b'"unit"', b'"period"').replace(b'"percent"', b'"2023"'), r"period: '2023' cannot be read"),
        (b"{}", "a list of tasks"),
        (b"[", "not in the labelstudio form"),
        (b"[]", "no annotated article"),
        (tasks().replace(b'"id":"a"', b'"id":"../a"'), "no file's name"),
    ],
)
def test_what_cannot_be_read_names_file_place_and_slot(tmp_path: Path, content: bytes, problem: str) -> None:
    file = tmp_path / "tasks.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match=problem) as caught:
        import_annotations(file, tmp_path / "back")
    assert "tasks.json" in str(caught.value)
    assert not (tmp_path / "back").exists()


def test_gold_that_is_there_is_not_written_over(run: Path, tmp_path: Path) -> None:
    export_annotations(run, tmp_path / "t.jsonl", "prodigy")
    with pytest.raises(InputError, match="there already"):
        import_annotations(tmp_path / "t.jsonl", tmp_path / "gold")


@given(st.text(alphabet="ab 1.,%\n\t€🚢", min_size=1), st.data())
def test_words_give_the_text_back_and_every_figure_fits_them(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = tokens(text, [Mark(start, end, "level", {})])
    assert "".join(word.text + " " * word.space for word in words) == text
    first, last = token_span(words, Mark(start, end, "level", {}))
    assert (words[first].start, words[last].end) == (start, end)


def test_docbin_holds_a_span_group_with_labels(run: Path, tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    export_annotations(run, tmp_path / "t.spacy", "docbin")
    (doc,) = DocBin().from_disk(tmp_path / "t.spacy").get_docs(spacy.blank("en").vocab)
    assert doc.text == TEXT
    assert [(span.text, span.label_) for span in doc.spans["claims"]] == [("5%", "growth")]


def test_label_studio_gets_gold_and_predictions_and_its_interface(run: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app,
        ["export", str(run), "--to", str(tmp_path / "t.json"), "--format", "labelstudio",
         "--annotations", str(tmp_path / "gold")],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    (task,) = orjson.loads((tmp_path / "t.json").read_bytes())
    assert (len(task["annotations"]), len(task["predictions"])) == (1, 1)
    assert 'perRegion="true"' in (tmp_path / "t.xml").read_text()
    done = CliRunner().invoke(app, ["import", str(tmp_path / "t.json"), "--to", str(tmp_path / "back"), "--claims"])
    assert (done.exit_code, read_claims(tmp_path / "back" / "claims.jsonl")) == (0, CLAIMS)


def test_gold_of_an_article_that_the_run_has_not_is_refused() -> None:
    with pytest.raises(InputError, match="no text of the article 'a'"):
        sheets_of([], gold=Gold.model_validate({"articles": {"a": GOLD}, "pairs": []}))
