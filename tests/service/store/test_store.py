"""What is on file after articles came, came again, changed; on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from store_samples import GUILD, claims, clash, dump, findings, put_all, reading, text_of

from extractor.model import Article, Claim
from reconcile import reconcile
from reconcile.claims.normalise import View, views
from service.bench.generate import as_read, generate
from service.store import Database, StoreError, columns
from service.store.articles import Reading, put
from service.store.batches import new_conflicts, run_number
from service.store.database import HEAD
from service.store.models import APPEND_ONLY, ArticleRow, ArticleVersion, Base, ClaimRow, Event, FindingRow, Meta
from service.store.queries import Wanted, WantedClaims, facet, figures, sources
from service.store.queries import claims as find_claims
from service.store.queries import findings as find_findings
from service.store.rows import article_digest


def is_what_reconcile_says(database: Database) -> bool:
    return findings(database) == {finding.id: finding.to_json() for finding in reconcile(claims(database))}


def test_articles_bring_their_claims_and_findings(database: Database) -> None:
    assert put_all(database, clash()) == ["added", "added"]
    assert [content["relation"] for content in findings(database).values()] == ["contradiction"]
    assert is_what_reconcile_says(database)


def test_an_unchanged_article_is_passed_over(database: Database) -> None:
    put_all(database, clash())
    before = dump(database)
    assert put_all(database, clash()) == ["unchanged", "unchanged"]
    after = dump(database)
    assert {**after, "runs": before["runs"]} == before


def test_a_changed_article_replaces_its_claims_and_stays_as_a_version(database: Database) -> None:
    put_all(database, clash())
    old = next(iter(findings(database)))
    changed = reading("customs", "4.91 million", 4.91e6, text=text_of("4.91 million", lead="Corrected: exports"))
    assert put_all(database, [changed]) == ["changed"]
    with database.read() as session:
        kept = session.scalars(select(ArticleVersion)).one()
        assert (kept.article, kept.version, kept.claims[0]["value"]) == ("customs", 1, 5.22e6)
        assert session.get_one(ArticleRow, "customs").version == 2
        assert session.get_one(FindingRow, old).present == 0
    assert [content["relation"] for content in findings(database).values()] == ["agreement"]
    assert is_what_reconcile_says(database)


def test_articles_one_by_one_end_where_all_at_once_do(new_url: Callable[[], str]) -> None:
    readings = [*clash(), reading("copy", "4.91 million", 4.91e6, **GUILD), reading("late", "5.3 million", 5.3e6)]
    ends = []
    for steps in ([readings], [[one] for one in readings], [[one] for one in reversed(readings)]):
        store = Database(new_url())
        for step in steps:
            put_all(store, step)
        ends.append(findings(store))
        store.close()
    assert ends[0] == ends[1] == ends[2] != {}


def test_only_claims_that_are_touched_are_read(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    put_all(database, clash())
    seen: list[int] = []

    def counted(some: list[Claim]) -> list[View]:
        seen.append(len(some))
        return views(some)

    monkeypatch.setattr(columns, "views", counted)
    price = {"indicator": {"id": "price", "text": "price"}, "product": {"id": "rice", "text": "rice"}, "unit": "USD"}
    put_all(database, [reading("rice", "4.91 million", 4.91e6, **price)])
    assert sum(seen) == 1
    other_year = {"period": {"start": "1950-01-01", "end": "1951-01-01", "text": "1950"}, **GUILD}
    put_all(database, [reading("history", "1.1 million", 1.1e6, **other_year)])
    assert sum(seen) == 2


@pytest.mark.parametrize("most", [columns.MOST, 10])
def test_articles_that_come_one_by_one_and_change_say_what_a_rebuild_says(
    database: Database, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(columns, "MOST", most)
    given = [*generate(60), *as_read(generate(40, seed=1))]
    articles = [in_one_article(given[first::10], f"article {first}") for first in range(10)]
    for some in (*articles, *(said[1:] for said in articles[:5])):
        put_all(database, [with_claims(some)])
        assert is_what_reconcile_says(database)
    assert findings(database)


def in_one_article(some: list[Claim], name: str) -> list[Claim]:
    return [each.model_copy(update={"article": name, "start": 300 + 50 * at}) for at, each in enumerate(some)]


def with_claims(some: list[Claim]) -> Reading:
    """An article of blanks with these claims."""
    article = Article(id=some[0].article, text=" " * 10_000 + str(len(some)), published=some[0].published)
    return Reading(article_digest(article), article, some)


def test_what_is_new_in_a_run(database: Database) -> None:
    first, second = clash()
    put_all(database, [first], "monday")
    run = run_number(database, ["tuesday"])
    with database.write() as session:
        put(session, [second, reading("wire", "4.7 million", 4.7e6, **GUILD)], run=run)
        with_file, among_new = new_conflicts(session, run)
    assert all("Harbour" in finding.explanation for finding in with_file)
    assert with_file
    assert all(len(finding.claims) == 2 for finding in among_new)
    assert is_what_reconcile_says(database)


def test_changed_rules_are_applied_to_everything(database: Database) -> None:
    put_all(database, clash())
    good = findings(database)
    with database.write() as session:
        session.execute(update(FindingRow).values(content={"claims": [], "stale": True}, severity=0.0))
        session.execute(update(ClaimRow).values(group="elsewhere"))
        session.merge(Meta(key="rules", value="those of last year"))
    run_number(database, ["anything"])
    assert findings(database) == good


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("exported", 2),
        ("exports china", 2),
        ("CHINA", 2),
        ("makers", 0),
        ("guild", 1),
        ("4.91", 1),
        ("expor", 2),
        ("“” — …", 2),
        ('" OR 1=1 --', 0),
        ("NEAR(china exported)", 0),
        ("china:* & !x", 0),
    ],
)
def test_search(database: Database, query: str, found: int) -> None:
    put_all(database, clash())
    with database.read() as session:
        assert find_claims(session, WantedClaims(q=query)).total == found


def test_search_follows_what_is_on_file(database: Database) -> None:
    put_all(database, clash())
    put_all(database, [reading("customs", "9 million", 9e6, text=text_of("9 million", source="the port"))])
    with database.read() as session:
        assert find_claims(session, WantedClaims(q="port")).total == 1
        assert find_claims(session, WantedClaims(q="5.22")).total == 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), 1),
        (Wanted(relation="revision"), 0),
        (Wanted(indicator="exports", area="CN", source="guild"), 1),
        (Wanted(area="DE"), 0),
        (Wanted(article="makers"), 1),
        (Wanted(q="guild"), 1),
        (Wanted(min_severity=0.99), 0),
        (Wanted(state="decided"), 0),
        (Wanted(state="all"), 1),
    ],
)
def test_filters(database: Database, wanted: Wanted, found: int) -> None:
    put_all(database, clash())
    with database.read() as session:
        assert find_findings(session, wanted).total == found


def test_pages_hold_everything_once(database: Database) -> None:
    put_all(database, [reading(f"a{n}", f"{n}.5 million", n * 1e6 + 5e5, **GUILD) for n in range(1, 8)])
    with database.read() as session:
        everything = find_findings(session, Wanted(), limit=200)
        pages = [
            find_findings(session, Wanted(), offset=start, limit=4).rows for start in range(0, everything.total, 4)
        ]
        assert [row.id for page in pages for row in page] == [row.id for row in everything.rows]
        assert everything.total > 8


def test_lists_of_figures_sources_and_facets(database: Database) -> None:
    put_all(database, clash())
    with database.read() as session:
        figure = figures(session).rows[0]
        assert (figure.claims, figure.sources, figure.articles) == (2, 2, 2)
        assert {row.id: (row.claims, row.conflicts) for row in sources(session)} == {"guild": (1, 1), "harbour": (1, 1)}
        assert [(one.value, one.findings) for one in facet(session, "area")] == [("CN", 1)]
        assert [(one.value, one.findings) for one in facet(session, "relation")] == [("contradiction", 1)]


def test_words_that_databases_cannot_hold(database: Database) -> None:
    name = "nul\\0 and ‮"
    odd = "\0\ufffe‮"
    hostile = reading(name, text=text_of("4.91 million", source=f"{odd}'; DROP TABLE claims; --"))
    put_all(database, [hostile])
    with database.read() as session:
        row = session.scalars(select(ArticleRow)).one()
        assert row.content["text"] == hostile.article.text
        assert find_claims(session, WantedClaims(q="DROP TABLE claims")).total == 1


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("deed", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_history_cannot_be_rewritten(database: Database, table: str, deed: str) -> None:
    from service.store.decisions import Verdict, decide
    from service.store.edits import strike

    put_all(database, clash())
    put_all(database, [reading("customs", "5 million", 5e6)])
    with database.write() as session:
        finding = session.scalars(select(FindingRow.id).where(FindingRow.present == 1)).first()
        decide(session, str(finding), Verdict("confirmed", "ann"), seen=None)
        strike(session, str(session.scalars(select(ClaimRow.id)).first()), by="ann")
    with pytest.raises((StoreError, DBAPIError), match="never changed or deleted"), database.write() as session:
        session.execute(text(deed.format(table)))


def test_everything_leaves_a_line_in_the_trail(database: Database) -> None:
    put_all(database, clash())
    with database.read() as session:
        lines = session.scalars(select(Event).order_by(Event.id)).all()
    assert [(line.action, line.subject, line.by) for line in lines] == [
        ("article_added", "customs", "claimgraph"),
        ("article_added", "makers", "claimgraph"),
    ]


def test_migrations_make_what_the_models_say(new_url: Callable[[], str]) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.script import ScriptDirectory

    store = Database(new_url())
    with store.engine.connect() as connection:
        known = set(Base.metadata.tables)

        def ours(name: str | None, kind: str, parents: object) -> bool:
            return kind != "table" or name in known

        context = MigrationContext.configure(connection, opts={"include_name": ours})
        assert [one for one in compare_metadata(context, Base.metadata) if "claims_words" not in str(one)] == []
        assert context.get_current_revision() == HEAD
    store.close()
    import service.store as package

    scripts = ScriptDirectory(str(Path(str(package.__file__)).parent / "migrations"))
    assert scripts.get_current_head() == HEAD


def test_a_store_of_the_first_version_is_brought_up_to_date_with_all_that_it_holds(new_url: Callable[[], str]) -> None:
    from alembic import command
    from alembic.config import Config

    import service.store as package

    url = new_url()
    store = Database(url)
    put_all(store, clash())
    before = dump(store)
    config = Config()
    config.set_main_option("script_location", str(Path(str(package.__file__)).parent / "migrations"))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    store.close()
    again = Database(url)
    assert dump(again) == before
    with again.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == HEAD
    again.close()
