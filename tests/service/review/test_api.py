"""The JSON API as a program meets it: one error shape, paging, versions that guard decisions, jobs, roles."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from store_samples import GUILD, findings, put_all, reading, text_of

from service.review.app import create_app, guarded
from service.review.guard import HEADERS, Buckets
from service.review.settings import Settings, is_loopback
from service.store import Database, tokens

OPEN = Settings(names=("testserver",), rate=10_000)
CLOSED = Settings(host="0.0.0.0", names=("testserver",), rate=10_000, most_bytes=50_000)
API = "/api/v1"


@pytest.fixture
def client(store: Database) -> Iterator[TestClient]:
    with TestClient(create_app(store, OPEN)) as _:
        yield TestClient(guarded(create_app(store, OPEN)), headers={"X-Claimgraph-Reviewer": "Ann"})


@pytest.fixture
def closed(store: Database) -> TestClient:
    """The service as others reach it: nobody gets in without a token."""
    return TestClient(guarded(create_app(store, CLOSED)))


def token(store: Database, role: str) -> dict[str, str]:
    with store.write() as session:
        return {"Authorization": f"Bearer {tokens.create(session, f'a {role}', role, by='test')}"}


def is_problem(response: object, status: int, code: str) -> str:
    """Checks the one shape of errors, and gives the message."""
    assert response.status_code == status, response.text  # type: ignore[attr-defined]
    body = response.json()  # type: ignore[attr-defined]
    assert set(body) == {"error"}
    assert set(body["error"]) == {"status", "code", "message", "details"}
    assert (body["error"]["status"], body["error"]["code"]) == (status, code)
    return str(body["error"]["message"])


def test_findings_are_listed_and_decided_and_undone(client: TestClient) -> None:
    listed = client.get(f"{API}/findings").json()
    assert (listed["total"], listed["next"]) == (1, None)
    name = listed["rows"][0]["finding"]["id"]
    seen = listed["rows"][0]["version"]
    made = client.post(f"{API}/findings/{name}/decisions", json={"decision": "confirmed", "note": "yes", "seen": seen})
    assert made.status_code == 201
    assert made.json()["finding"]["finding"]["review"]["by"] == "Ann"
    again = client.post(f"{API}/findings/{name}/decisions", json={"decision": "unsure", "seen": seen})
    assert "Ann ruled" in is_problem(again, 409, "conflict")
    undone = client.post(f"{API}/findings/{name}/undo", json={}).json()
    assert undone["finding"]["finding"]["review"] is None
    assert [row["decision"] for row in undone["decisions"]] == ["confirmed", "undo"]
    trail = client.get(f"{API}/audit", params={"subject": name}).json()
    assert [row["action"] for row in trail["rows"]] == ["undone", "decided"]


def test_an_extraction_error_is_corrected_with_its_decision(client: TestClient, store: Database) -> None:
    name = next(iter(findings(store)))
    claim = client.get(f"{API}/articles/customs/claims").json()[0]
    changes = {"period": {"start": "2022-01-01", "end": "2023-01-01", "text": "2022"}}
    correction = {"claim": claim["claim"]["id"], "changes": changes, "seen": claim["version"]}
    said = {"decision": "extraction_error", "corrections": [correction]}
    made = client.post(f"{API}/findings/{name}/decisions", json=said).json()
    assert made["finding"]["holds"] is False
    assert client.get(f"{API}/findings").json()["total"] == 0
    client.post(f"{API}/findings/{name}/undo", json={})
    assert client.get(f"{API}/findings").json()["total"] == 1


def test_claims_are_added_corrected_struck_and_brought_back(client: TestClient) -> None:
    slots = {"indicator": {"id": "exports"}, "area": {"id": "CN"}}
    added = client.post(f"{API}/articles/customs/claims", json={"quote": "2023", "value": 2023, **slots})
    assert added.status_code == 201, added.text
    claim = added.json()["claim"]["id"]
    corrected = client.post(f"{API}/claims/{claim}/corrections", json={"changes": {"value": 2024, "high": None}})
    assert corrected.json()["claim"]["value"] == 2024
    assert client.post(f"{API}/claims/{claim}/strike", json={"note": "a year"}).json()["state"] == "struck"
    assert client.post(f"{API}/claims/{claim}/undo", json={}).json()["state"] == "added"
    assert client.post(f"{API}/claims/{claim}/undo", json={}).json()["claim"]["value"] == 2023
    assert client.post(f"{API}/claims/{claim}/undo", json={}).json() is None
    is_problem(client.get(f"{API}/claims/{claim}"), 404, "not_found")


def test_an_article_is_previewed_then_kept(client: TestClient) -> None:
    text = text_of("6.1 million", source="the Motor Guild")
    article = {"id": "new", "text": text, "published": "2024-02-01"}
    seen = client.post(f"{API}/preview", json=article).json()
    assert [claim["value"] for claim in seen["claims"]] == [6.1e6]
    assert {finding["relation"] for finding in seen["findings"]} & {"contradiction", "revision", "apparent_conflict"}
    is_problem(client.get(f"{API}/articles/new"), 404, "not_found")
    kept = client.post(f"{API}/articles", json=article).json()
    assert (kept["fate"], bool(kept["conflicts"])) == ("added", True)
    assert client.post(f"{API}/articles", json=article).json()["fate"] == "unchanged"
    assert client.get(f"{API}/articles/new").json()["article"]["text"] == text


def test_many_decisions_at_once(client: TestClient, store: Database) -> None:
    put_all(store, [reading(f"a{n}", f"{n}.5 million", n * 1e6 + 5e5, **GUILD) for n in range(1, 4)])
    rows = client.get(f"{API}/findings").json()["rows"]
    targets = [{"finding": row["finding"]["id"], "seen": row["version"]} for row in rows]
    client.post(f"{API}/findings/{targets[0]['finding']}/decisions", json={"decision": "confirmed"})
    made = client.post(f"{API}/decisions", json={"findings": targets, "decision": "duplicate"}).json()
    assert len(made["decided"]) == len(targets) - 1
    assert [row["finding"] for row in made["left"]] == [targets[0]["finding"]]


def test_pages_follow_each_other(client: TestClient, store: Database) -> None:
    put_all(store, [reading(f"a{n}", f"{n}.5 million", n * 1e6 + 5e5, **GUILD) for n in range(1, 6)])
    offset, seen = 0, []
    while offset is not None:
        page = client.get(f"{API}/findings", params={"offset": offset, "limit": 4}).json()
        seen += [row["finding"]["id"] for row in page["rows"]]
        offset = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] > 8


@pytest.mark.parametrize("path", ["/counts", "/sources", "/figures", "/claims", "/articles", "/search?q=exported"])
def test_lists(client: TestClient, path: str) -> None:
    assert client.get(API + path).status_code == 200


def test_a_figure_with_all_who_gave_it(client: TestClient) -> None:
    figure = client.get(f"{API}/figures").json()["rows"][0]
    givers = client.get(f"{API}/figures/{figure['id']}").json()
    assert {row["claim"]["source"]["id"] for row in givers} == {"guild", "harbour"}


def test_exports(client: TestClient) -> None:
    claim = client.get(f"{API}/articles/customs/claims").json()[0]["claim"]["id"]
    client.post(f"{API}/claims/{claim}/corrections", json={"changes": {"source": {"id": "=1+1", "text": "=1+1"}}})
    table = client.get(f"{API}/exports/claims.csv")
    assert "'=1+1" in table.text
    assert "attachment" in table.headers["content-disposition"]
    name = client.get(f"{API}/findings").json()["rows"][0]["finding"]["id"]
    client.post(f"{API}/findings/{name}/decisions", json={"decision": "confirmed", "note": "=2+2 <b>", "seen": 0})
    assert ",confirmed,'=2+2 <b>," in client.get(f"{API}/exports/conflicts.csv").text
    listed = client.get(f"{API}/exports/conflicts.md")
    assert listed.headers["content-type"] == "text/markdown; charset=utf-8"
    assert r"**ruled:** confirmed: =2+2 \<b\>" in listed.text
    lines = client.get(f"{API}/exports/findings.jsonl").text.splitlines()
    assert json.loads(lines[0])["relation"] == "contradiction"
    with zipfile.ZipFile(io.BytesIO(client.get(f"{API}/exports/gold.zip").content)) as archive:
        assert archive.namelist() == ["gold/customs.json", "gold/articles.jsonl"]


def test_a_job_is_done_in_the_background_and_survives_a_restart(store: Database) -> None:
    articles = [{"id": f"job{n}", "text": text_of(f"{n}.1 million", source="the Motor Guild")} for n in range(3, 6)]
    stopped = TestClient(guarded(create_app(store, OPEN)))  # no worker: its lifespan never starts
    job = stopped.post(f"{API}/jobs", json={"articles": articles})
    assert job.status_code == 202
    name = job.json()["id"]
    assert stopped.get(f"{API}/jobs/{name}").json()["state"] == "waiting"
    with TestClient(create_app(store, OPEN)) as running:
        deadline = time.monotonic() + 120
        while running.get(f"{API}/jobs/{name}").json()["state"] in ("waiting", "running"):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        events = running.get(f"{API}/jobs/{name}/events")
    last = json.loads(events.text.strip().splitlines()[-1].removeprefix("data: "))
    assert (last["state"], last["done"], last["total"]) == ("done", 3, 3)
    assert last["outcome"]["fates"] == {"added": 3}
    assert last["outcome"]["new_conflicts_with_file"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("get", "/findings/nope", None, 404, "not_found"),
        ("get", "/nowhere", None, 404, "not_found"),
        ("put", "/findings", None, 405, "wrong_method"),
        ("get", "/findings?limit=9999", None, 422, "invalid"),
        ("get", "/findings?state=maybe", None, 422, "invalid"),
        ("post", "/articles", {"id": "x", "text": " "}, 422, "invalid"),
        ("post", "/articles", {"id": "x", "text": "a" * 5000}, 422, "invalid"),
        ("post", "/articles", {"id": "x"}, 422, "invalid"),
        ("post", "/decisions", {"findings": [], "decision": "confirmed"}, 422, "invalid"),
        ("post", "/jobs", {"articles": [{"id": "x", "text": "a"}, {"id": "x", "text": "b"}]}, 422, "invalid"),
    ],
)
def test_every_error_has_one_shape(
    client: TestClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    is_problem(client.request(method, API + path, json=body), status, code)


def test_what_is_no_json_is_said(client: TestClient) -> None:
    response = client.post(f"{API}/articles", content=b"{not json", headers={"Content-Type": "application/json"})
    is_problem(response, 422, "invalid")


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(None, []), ("read", ["get"]), ("review", ["get", "post"]), ("admin", ["get", "post", "admin"])],
)
def test_roles(closed: TestClient, store: Database, role: str | None, allowed: list[str]) -> None:
    headers = token(store, role) if role else {}
    name = next(iter(findings(store)))
    answers = {
        "get": closed.get(f"{API}/findings", headers=headers),
        "post": closed.post(f"{API}/findings/{name}/decisions", json={"decision": "unsure"}, headers=headers),
        "admin": closed.get(f"{API}/tokens", headers=headers),
    }
    for deed, answer in answers.items():
        if deed in allowed:
            assert answer.status_code < 300, answer.text
        elif role is None:
            is_problem(answer, 401, "who_are_you")
        else:
            is_problem(answer, 403, "not_allowed")


def test_tokens_are_kept_as_hashes_and_can_be_ended(closed: TestClient, store: Database) -> None:
    admin = token(store, "admin")
    secret = closed.post(f"{API}/tokens", json={"name": "Bob", "role": "read"}, headers=admin).json()["token"]
    assert secret not in Path(str(store.url.database)).read_bytes().decode("latin-1")
    bob = {"Authorization": f"Bearer {secret}"}
    assert closed.get(f"{API}/counts", headers=bob).status_code == 200
    number = next(row["id"] for row in closed.get(f"{API}/tokens", headers=admin).json() if row["name"] == "Bob")
    assert closed.delete(f"{API}/tokens/{number}", headers=admin).status_code == 204
    is_problem(closed.get(f"{API}/counts", headers=bob), 401, "who_are_you")


def test_guessing_tokens_is_slowed_down(closed: TestClient) -> None:
    answers = [closed.get(f"{API}/counts", headers={"Authorization": f"Bearer cg_{n}"}).status_code for n in range(15)]
    assert answers[:10] == [401] * 10
    assert answers[-1] == 429


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer é", "Bearer " + "x" * 5000])
def test_headers_that_are_no_token(closed: TestClient, header: str) -> None:
    answer = closed.get(f"{API}/counts", headers={"Authorization": header.encode()})
    is_problem(answer, 401, "who_are_you")


def test_requests_from_other_sites_are_turned_away(client: TestClient, store: Database) -> None:
    path = f"{API}/findings/{next(iter(findings(store)))}/decisions"
    said = {"decision": "confirmed"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        is_problem(client.post(path, json=said, headers=headers), 403, "not_allowed")
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert client.post(path, json=said, headers=own).status_code == 201


def test_requests_under_another_name_are_turned_away(client: TestClient) -> None:
    is_problem(client.get(f"{API}/counts", headers={"Host": "rebound.example"}), 421, "wrong_host")


def test_large_requests_are_turned_away(closed: TestClient, store: Database) -> None:
    article = {"id": "x", "text": "word " * 20_000}
    is_problem(closed.post(f"{API}/articles", json=article, headers=token(store, "review")), 413, "too_large")

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 1000

    is_problem(closed.post(f"{API}/articles", content=endless(), headers=token(store, "review")), 413, "too_large")


def test_one_client_cannot_have_all(store: Database) -> None:
    slow = TestClient(guarded(create_app(store, OPEN._replace(rate=1))))
    answers = [slow.get(f"{API}/counts").status_code for _ in range(8)]
    assert answers[:4] == [200] * 4
    assert answers[-1] == 429


def test_buckets_fill_again() -> None:
    buckets = Buckets(rate=2, burst=2)
    taken = [buckets.take("a", moment) for moment in (0, 0, 0, 0.5, 0.5, 10, 10, 10)]
    assert taken == [True, True, False, True, False, True, True, False]
    assert buckets.take("b", 0)


@pytest.mark.parametrize(
    ("host", "answer"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.9.9.9", True), ("0.0.0.0", False), ("::", False),
     ("192.168.1.2", False), ("localhost.evil.example", False)],
)  # fmt: skip
def test_what_only_this_machine_reaches(host: str, answer: bool) -> None:
    assert is_loopback(host) is answer


@pytest.mark.parametrize("path", ["/api/v1/counts", "/api/v1/nowhere", "/", "/nowhere", "/static/review.js"])
def test_every_answer_carries_the_protective_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name in HEADERS:
        assert answer.headers[name]
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/%2fetc%2fpasswd", "/static/"])
def test_no_path_opens_a_file(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 405)


def test_the_docs_load_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get(f"{API}/docs")
    assert page.status_code == 200
    assert "https://" not in page.text
    assert "/api/v1/findings/{name}/decisions" in page.text


def test_every_route_is_described(client: TestClient) -> None:
    spec = client.get(f"{API}/openapi.json").json()
    for path, deeds in spec["paths"].items():
        for method, deed in deeds.items():
            assert deed.get("description"), (method, path)
            assert {"401", "403", "404", "422", "429", "503"} <= set(deed["responses"]), (method, path)
