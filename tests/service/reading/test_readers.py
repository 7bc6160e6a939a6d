"""What becomes of files: articles, or a reason why not."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from pathlib import Path

import orjson
import pytest

from extractor.model import Article
from service.reading.articles import read_articles
from service.reading.folders import article_files
from service.reading.skips import Skip

TEXT = "Exports rise\n\nExports of cars rose by 5% to 2.1 million in 2023, the customs office said on Friday.\n"
GERMAN = (
    "Die Ausfuhren stiegen im vergangenen Jahr um fünf Prozent auf 2,1 Millionen Fahrzeuge, teilte die Zollbehörde am "
    "Freitag mit. Der Verband erwartet, dass sich das Wachstum im laufenden Jahr fortsetzt, weil die Nachfrage in "
    "Europa und in Südostasien hoch bleibt und die Hersteller ihre Preise erneut senken wollen."
)


def read(*paths: Path | str) -> tuple[list[Article], list[Skip]]:
    skips: list[Skip] = []
    return list(read_articles(paths, on_skip=skips.append)), skips


def made(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "crlf", "cr"],
)
def test_text_is_the_same_in_every_unicode_encoding(tmp_path: Path, content: bytes) -> None:
    articles, skips = read(made(tmp_path, "story.txt", content))
    assert [(article.id, article.text) for article in articles] == [("story", TEXT)]
    assert skips == []


def test_windows_1252_is_read_and_said_so(tmp_path: Path) -> None:
    text = (
        "The minister’s office said exports rose 5% – “a record” – to €2.1 billion in 2023, the agency reported. " * 4
    )
    articles, skips = read(made(tmp_path, "story.txt", text.encode("cp1252")))
    assert [article.text for article in articles] == [text]
    assert [skip.lost for skip in skips] == [False]


def test_damaged_utf8_keeps_what_is_whole(tmp_path: Path) -> None:
    text = "“Exports” rose 5% to €2.1 billion, the ministry’s office said. " * 3
    articles, skips = read(made(tmp_path, "story.txt", text.encode()[:-4] + b"\xff rest\n"))
    assert "€2.1 billion" in articles[0].text
    assert ["damaged UTF-8" in skip.reason and not skip.lost for skip in skips] == [True]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("bom.txt", b"\xef\xbb\xbf", "empty"),
        ("zeros.txt", b"\x00\x01\x02binary\x00\xff" * 50, "binary file"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary file: this is a PNG picture"),
        ("paper.txt", b"%PDF-1.7\n", "binary file: this is a PDF"),
        ("noise.txt", bytes((7 * n * n + 13 * n) % 255 + 1 for n in range(4000)), "encoding"),
        ("odd.txt", TEXT.encode("utf-16")[:-1], "wrong encoding"),
        ("german.txt", GERMAN, "not in English (it seems to be German)"),
        (
            "chinese.txt",
            "2023年中国汽车出口量达到491万辆，比上年增长57.9%，首次超过日本居世界首位。" * 5,
            "not in English (it seems to be Chinese)",
        ),
        ("blob.txt", TEXT + "(" * 50_000, "50000 characters without a space"),
        ("empty.html", b"", "empty"),
        ("blank.html", b"<html><head></head><body></body></html>", "no article found"),
        ("cut.html", b"<html><body><div><p", "no article found"),
        ("binary.html", b"\x00\x01\x02" * 100, "binary file"),
        ("empty.jsonl", b"\n\n", "empty"),
        ("utf16.jsonl", '{"text": "x"}'.encode("utf-16"), "UTF-8"),
        ("table.pdf", b"%PDF-1.7\n", "not an article"),
    ],
)
def test_unreadable_file_is_named_with_its_reason(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    path = made(tmp_path, name, content)
    good = made(tmp_path, "good.txt", TEXT)
    articles, skips = read(path, good)
    assert [article.id for article in articles] == ["good"]
    assert [(skip.path, skip.lost) for skip in skips] == [(str(path), True)]
    assert reason in skips[0].reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{not json", "not JSON"),
        ("[1, 2]", "this is an array"),
        ('"text"', "this is a string"),
        ('{"id": "a"}', "field 'text' is missing"),
        ('{"text": 5}', "field 'text' is a number, not a string"),
        ('{"text": ["a"]}', "field 'text' is an array, not a string"),
        ('{"text": "  "}', "empty: no text"),
        ('{"text": "\\ud800 lone surrogate"}', "not JSON"),
        ("[" * 5000, "not JSON"),
    ],
)
def test_bad_line_is_named_and_the_others_are_read(tmp_path: Path, line: str, reason: str) -> None:
    good = [orjson.dumps({"id": name, "text": f"{name}: {TEXT}"}).decode() for name in ("first", "last")]
    path = made(tmp_path, "feed.jsonl", "\n".join((good[0], line, good[1])))
    articles, skips = read(path)
    assert [article.id for article in articles] == ["first", "last"]
    assert [(skip.path, skip.line) for skip in skips] == [(str(path), 2)]
    assert reason in skips[0].reason


def test_jsonl_metadata(tmp_path: Path) -> None:
    fields = {
        "id": "a", "text": TEXT, "title": "Exports rise", "publisher": "Wire", "author": "A. Lee", "language": "en",
        "url": "https://example.org/a", "published": "2024-01-19T08:00:00Z", "section": "trade",
    }  # fmt: skip
    articles, skips = read(made(tmp_path, "feed.jsonl", orjson.dumps(fields)))
    assert skips == []
    assert articles[0].model_dump(exclude={"section"}) == Article.model_validate(fields).model_dump()
    assert articles[0].published == dt.date(2024, 1, 19)


def test_jsonl_field_of_the_wrong_type_is_left_out_and_said_so(tmp_path: Path) -> None:
    line = orjson.dumps({"id": "a", "text": TEXT, "published": "last Friday", "publisher": 7})
    articles, skips = read(made(tmp_path, "feed.jsonl", line))
    assert (articles[0].published, articles[0].publisher) == (None, None)
    assert [(skip.line, skip.lost) for skip in skips] == [(1, False)] * 2


def test_jsonl_article_without_id_gets_a_stable_one(tmp_path: Path) -> None:
    lines = [orjson.dumps({"text": f"{number} {TEXT}"}) for number in range(3)]
    ids = {article.text: article.id for article in read(made(tmp_path, "feed.jsonl", b"\n".join(lines)))[0]}
    again = {article.text: article.id for article in read(made(tmp_path, "feed.jsonl", b"\n".join(lines[::-1])))[0]}
    assert ids == again
    assert len(set(ids.values())) == 3


def test_same_text_twice_is_kept_once(tmp_path: Path) -> None:
    made(tmp_path, "a/story.txt", TEXT)
    copy = made(tmp_path, "b/copy.txt", TEXT.replace("\n", "\r\n"))
    articles, skips = read(tmp_path)
    assert [article.id for article in articles] == ["story"]
    assert [(skip.path, "the same article as" in skip.reason) for skip in skips] == [(str(copy), True)]


def test_same_name_with_another_text_gets_its_own_id(tmp_path: Path) -> None:
    made(tmp_path, "a/story.txt", TEXT)
    made(tmp_path, "b/story.txt", f"Later: {TEXT}")
    articles, skips = read(tmp_path)
    assert articles[0].id == "story"
    assert articles[1].id.startswith("story-")
    assert [skip.lost for skip in skips] == [False]


def test_file_named_twice_is_read_once_without_a_word(tmp_path: Path) -> None:
    path = made(tmp_path, "story.txt", TEXT)
    articles, skips = read(path, tmp_path, str(path))
    assert (len(articles), skips) == (1, [])


def test_order_of_paths_does_not_matter(tmp_path: Path) -> None:
    paths = [made(tmp_path, f"{name}/story.txt", f"{name} {TEXT}") for name in "abc"]
    results = [read(*order) for order in itertools.permutations(paths)]
    assert all(result == results[0] for result in results)


def test_missing_path_and_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "hollow").mkdir()
    articles, skips = read(tmp_path / "nowhere.txt", tmp_path / "hollow")
    assert articles == []
    assert [skip.reason.split(" (")[0] for skip in skips] == ["the folder holds no article", "no such file or folder"]


def test_folder_is_searched_recursively_and_other_kinds_are_counted(tmp_path: Path) -> None:
    made(tmp_path, "deep/er/story.txt", TEXT)
    made(tmp_path, "gold/story.json", "{}")
    made(tmp_path, ".hidden/secret.txt", f"secret {TEXT}")
    articles, skips = read(tmp_path)
    assert [article.id for article in articles] == ["story"]
    assert [(skip.lost, skip.reason) for skip in skips] == [(False, "1 file of other kinds passed over (.json)")]


@pytest.mark.parametrize("name", ["long.txt", "long.html", "long.jsonl"])
def test_article_of_50_megabytes_is_refused_with_the_limit(tmp_path: Path, name: str) -> None:
    text = "Exports rose by 5% in 2023, the office said. " * 1_200_000
    content = orjson.dumps({"id": "long", "text": text}) if name.endswith("l") and "json" in name else text.encode()
    articles, skips = read(made(tmp_path, name, content))
    assert articles == []
    assert [(skip.lost, "too long, the limit is" in skip.reason) for skip in skips] == [(True, True)]


def test_figure_of_400_digits_is_read(tmp_path: Path) -> None:
    text = f"A number of {'9' * 400} was printed by the office in the report of the year, it said."
    assert [article.text for article in read(made(tmp_path, "digits.txt", text))[0]] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "4.91 million",
        "China 4.91 2023 57.9 Japan 4.42 2023 16.0 Germany 3.1 2023 17.0 Mexico 2.9 2023 7.1 Korea 2.7 2023 19.0",
        "BYD Q3 net profit jumps 82%",
        "Toyota, Volkswagen, Hyundai, Stellantis, Renault, Suzuki, Honda, Nissan, Geely, SAIC, Chery: 2023 sales",
        "Exports: 4.91m (+57.9%)",
        "Table 3. Vehicle exports by country, 2023 | Russia | 909,000 | Mexico | 415,000 | Belgium | 217,000 |",
    ],
)
def test_short_or_numeric_english_is_never_skipped(tmp_path: Path, text: str) -> None:
    assert [article.text for article in read(made(tmp_path, "short.txt", text))[0]] == [text]


def test_file_whose_name_is_no_unicode_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(TEXT)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/th\xe9.txt")).write_bytes(b"")
    articles, skips = read(tmp_path)
    assert [article.id for article in articles] == ["caf?"]
    assert [skip.path for skip in skips] == [f"{tmp_path}/th?.txt"]


def test_what_is_no_regular_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    made(tmp_path, "story.txt", TEXT)
    articles, skips = read(tmp_path, tmp_path / "pipe.txt")
    assert [article.id for article in articles] == ["story"]
    assert [skip.path for skip in skips] == [str(tmp_path / name) for name in ("pipe.txt", "broken.txt", "pipe.txt")]


def test_markdown_front_matter_is_metadata(tmp_path: Path) -> None:
    front = "---\ntitle: Exports rise\ndate: 2024-01-19\npublisher: 'Wire'\n---\n\n"
    articles, _ = read(made(tmp_path, "story.md", front + TEXT))
    assert (articles[0].text, articles[0].title, articles[0].publisher) == (TEXT, "Exports rise", "Wire")
    assert articles[0].published == dt.date(2024, 1, 19)


def test_folder_in_ignore_is_not_searched(tmp_path: Path) -> None:
    made(tmp_path, "story.txt", TEXT)
    made(tmp_path, "out/articles.jsonl", orjson.dumps({"text": f"old {TEXT}"}))
    files = article_files([tmp_path], on_skip=lambda skip: None, ignore=[tmp_path / "out"])
    assert files == [tmp_path / "story.txt"]
