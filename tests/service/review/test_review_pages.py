"""The pages without a browser: forms of ours only, signing in, roles, words escaped, no way out of the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from store_samples import GUILD, clash, findings, put_all, reading, text_of

from service.review.app import create_app, guarded
from service.review.forms import changes, fields_of
from service.review.pages_articles import nearest
from service.review.settings import Settings
from service.store import Database, RefusedError, tokens

OPEN = Settings(names=("testserver",), rate=10_000)
CLOSED = Settings(host="0.0.0.0", names=("testserver",), rate=10_000)


@pytest.fixture
def client(store: Database) -> TestClient:
    return TestClient(guarded(create_app(store, OPEN)))


@pytest.fixture
def closed(store: Database) -> TestClient:
    return TestClient(guarded(create_app(store, CLOSED)), follow_redirects=False)


def word_of(client: TestClient, path: str = "/check") -> str:
    """The word that this browser's forms carry."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get(path).text)
    assert found is not None
    return found[1]


def sign_in(client: TestClient, store: Database, role: str) -> None:
    with store.write() as session:
        secret = tokens.create(session, f"a {role}", role, by="test")
    assert client.post("/sign-in", data={"token": secret}).headers["location"] == "/"


FORMS = (
    "/decide",
    "/findings/{}/decide",
    "/findings/{}/undo",
    "/add-claim",
    "/check-off",
    "/check",
    "/name",
    "/claims/x/strike",
)
ELSEWHERE = ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "")
PAGES = (
    "/",
    "/articles",
    "/articles/makers",
    "/check",
    "/figures",
    "/sources",
    "/claims",
    "/audit",
    "/?state=outdated",
)
SENSELESS = ({"value": "many"}, {"value": ""}, {"period_end": "soon"}, {"period_end": "9999-12-31"})


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("word", ["", "0" * 64, None])
def test_only_forms_of_ours_are_taken(client: TestClient, store: Database, path: str, word: str | None) -> None:
    client.get("/")
    finding = next(iter(findings(store)))
    fields = {"decision": "confirmed"} if word is None else {"decision": "confirmed", "csrf": word}
    answer = client.post(path.format(finding), data=fields)
    assert answer.status_code == 403
    assert "not one of ours" in answer.text
    assert client.get("/api/v1/findings").json()["rows"][0]["finding"]["review"] is None


def test_a_word_of_another_browser_is_no_use(client: TestClient, store: Database) -> None:
    other = TestClient(guarded(create_app(store, OPEN)))
    word = word_of(other)
    client.get("/")
    finding = next(iter(findings(store)))
    assert client.post(f"/findings/{finding}/decide", data={"csrf": word, "decision": "unsure"}).status_code == 403


def test_the_cookie_is_out_of_reach(client: TestClient) -> None:
    said = client.get("/").headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said


def test_nobody_gets_in_without_a_token(closed: TestClient) -> None:
    for path in ("/", "/articles", "/findings/x", "/check", "/audit"):
        answer = closed.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert closed.post("/sign-in", data={"token": "cg_wrong"}).status_code == 401


def test_signing_in_and_out(closed: TestClient, store: Database) -> None:
    sign_in(closed, store, "review")
    page = closed.get("/")
    assert page.status_code == 200
    assert "a review" in page.text
    assert closed.post("/sign-out", data={"csrf": word_of(closed)}).status_code == 303
    assert closed.get("/").status_code == 303


def test_an_ended_token_signs_its_browsers_out(closed: TestClient, store: Database) -> None:
    sign_in(closed, store, "review")
    with store.write() as session:
        tokens.revoke(session, tokens.on_file(session)[0].id, by="test")
    assert closed.get("/").status_code == 303


def test_a_reader_sees_and_changes_nothing(closed: TestClient, store: Database) -> None:
    sign_in(closed, store, "read")
    finding = next(iter(findings(store)))
    page = closed.get(f"/findings/{finding}")
    assert page.status_code == 200
    assert 'name="decision"' not in page.text
    word = word_of(closed)
    answer = closed.post(f"/findings/{finding}/decide", data={"csrf": word, "decision": "confirmed"})
    assert answer.status_code == 403
    assert "needs the role" in answer.text


@pytest.mark.parametrize("back", ELSEWHERE)
def test_no_redirect_leads_out_of_the_house(client: TestClient, back: str) -> None:
    fields = {"csrf": word_of(client), "name": "Ann", "back": back}
    answer = client.post("/name", data=fields, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_the_name_stands_under_decisions(client: TestClient, store: Database) -> None:
    word = word_of(client)
    client.post("/name", data={"csrf": word, "name": "Zoë Ødegård", "back": "/"})
    finding = next(iter(findings(store)))
    client.post(f"/findings/{finding}/decide", data={"csrf": word, "decision": "confirmed"})
    review = client.get("/api/v1/findings").json()["rows"][0]["finding"]["review"]
    assert review["by"] == "Zoë Ødegård"


def test_words_are_words(client: TestClient, store: Database) -> None:
    hostile = "<b onclick=x>\"'{{ 1 }}"
    put_all(store, [reading("<i>", "4 million", 4e6, text=text_of("4 million", lead=hostile), **GUILD)])
    for path in ("/", "/articles", "/articles/%3Ci%3E", "/claims?q=%3Cb%3E", "/audit?subject=%3Ci%3E", "/?q=%3Ci%3E"):
        page = client.get(path)
        assert page.status_code == 200
        assert "<b onclick" not in page.text
        assert "<i>" not in page.text


def test_every_page_is_there(client: TestClient, store: Database) -> None:
    figure = client.get("/api/v1/figures").json()["rows"][0]["id"]
    finding = next(iter(findings(store)))
    for path in (*PAGES, f"/figures/{figure}", f"/findings/{finding}", f"/findings/{finding}?state=all&q=x"):
        page = client.get(path)
        assert page.status_code == 200, path
        assert " style=" not in page.text
        assert not re.search(r"\son\w+=", page.text)
    assert client.get("/findings/nope").status_code == 404


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    client = TestClient(guarded(create_app(empty, OPEN)))
    assert "Nothing is on file yet" in client.get("/").text
    for path in ("/articles", "/figures", "/sources", "/claims", "/audit"):
        assert client.get(path).status_code == 200
    empty.close()


CONTENT = clash()[0].claims[0].to_json()


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ({}, {}),
        ({"status": "forecast"}, {"status": "forecast"}),
        ({"value": "5,300,000"}, {"value": 5.3e6, "low": 5.295e6, "high": 5.305e6}),
        ({"value": "5.3e6", "low": "", "high": "6e6"}, {"value": 5.3e6, "low": None, "high": 6e6}),
        ({"period_end": "2023-11-30"}, {"period": {"start": "2023-01-01", "end": "2023-12-01", "text": "2023"}}),
        ({"period_start": "", "period_end": ""}, {"period": None}),
        ({"area": "Germany"}, {"area": {"id": "DE", "text": "Germany"}}),
        ({"area": ""}, {"area": None}),
        ({"product": "widgets"}, {"product": {"id": "widget", "text": "widgets", "includes": []}}),
        ({"source": ""}, {"source": None}),
    ],
)
def test_a_form_says_what_changes(said: dict[str, str], changed: dict[str, object]) -> None:
    form = {field.name: field.value for field in fields_of(CONTENT)} | said
    assert changes(form, CONTENT) == changed


@pytest.mark.parametrize("said", SENSELESS)
def test_a_form_that_makes_no_sense(said: dict[str, str]) -> None:
    form = {field.name: field.value for field in fields_of(CONTENT)} | said
    with pytest.raises(RefusedError):
        changes(form, CONTENT)


@pytest.mark.parametrize(
    ("words", "start", "place"), [("ab", 0, 0), ("ab", 6, 5), ("ab", 100, 8), ("x", 0, -1), ("ab", 7, 8)]
)
def test_the_place_nearest_to_the_mark(words: str, start: int, place: int) -> None:
    assert nearest("ab...ab.ab", words, start) == place
