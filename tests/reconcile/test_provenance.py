"""How many independent voices a figure has, and what they make of it together."""

from __future__ import annotations

from figures import figure

from extractor.model import Claim
from reconcile import consensus, contested, reconcile, source_records
from reconcile.claims.normalise import views
from reconcile.voices.provenance import near_duplicates, relays, voices


def test_one_source_in_ten_papers_is_one_voice() -> None:
    group = views(figure("4.91 million", article=f"paper-{n}") for n in range(10))
    assert set(voices(group).values()) == {1}


def test_a_nameless_article_that_copies_the_digits_adds_no_voice() -> None:
    named, copy, other = figure("4.91 million"), figure("4.91 million", by=None), figure("4.9 million", by=None)
    assert voices(views([named, copy]))[named.id] == 1
    assert voices(views([named, other]))[named.id] == 2


def test_independent_sources_each_have_a_voice() -> None:
    claims = [figure("4.91 million", by="one"), figure("4.91 million", by="two"), figure("5.22 million", by="three")]
    flags = [finding for finding in reconcile(claims) if finding.is_flag]
    assert [finding.voices for finding in flags] == [(2, 1), (2, 1)]


def test_near_duplicate_sentences_are_copies() -> None:
    copies = near_duplicates(
        {
            "a": "China exported a record 4.91 million cars last year, data showed, officials in Beijing said",
            "b": "China exported a record 4.91 million cars last year, data showed, officials in Beijing said.",
            "c": "Japan shipped 4.42 million cars abroad, its association said, the second most in the world this year",
        }
    )
    assert copies == {"a": "a", "b": "a", "c": "c"}


def test_copied_sentences_of_nameless_articles_count_once() -> None:
    sentence = "Sales of cars abroad came to 4.91 million in the year as a whole, a record for the country"
    claims = [figure("4.91 million", by=None, article=f"paper-{n}") for n in range(3)]
    group = views(claims)
    assert set(voices(group).values()) == {3}
    assert set(voices(group, {claim.id: sentence for claim in claims}).values()) == {1}


def test_relays_are_told_nearest_first() -> None:
    claim = figure("4.91 million", source={"id": "caam", "via": [{"id": "xinhua"}, {"id": "cnn"}]})
    assert relays(views([claim])[0]) == ("xinhua", "cnn")


def test_consensus_is_what_agreeing_votes_share() -> None:
    (best,) = consensus([figure("4.91 million", by="one"), figure("4.9 million", by="two")])
    assert (best.basis, best.low, best.high) == ("intersection", 4_905_000, 4_915_000)


def test_consensus_of_two_that_differ_is_a_range_without_a_point() -> None:
    (best,) = consensus([figure("4.91 million", by="one"), figure("5.22 million", by="two")])
    assert (best.basis, best.low, best.high, best.point) == ("range", 4_905_000, 5_225_000, None)


def test_consensus_of_three_close_votes_is_their_median() -> None:
    quotes = (("4.91 million", "one"), ("4.93 million", "two"), ("5.02 million", "three"))
    (best,) = consensus([figure(quote, by=by) for quote, by in quotes])
    assert (best.basis, best.point) == ("range", 4_930_000)


def test_each_origin_votes_once_with_its_newest_figure() -> None:
    old, new = figure("3.00 million", by="one", day="2024-01-01"), figure("4.91 million", by="one", day="2024-03-01")
    (best,) = consensus([old, new, figure("4.9 million", by="two")])
    assert best.basis == "intersection"
    assert best.origins == ("one", "two")


def test_forecasts_and_unknown_scopes_have_no_vote() -> None:
    claims = [figure("4.91 million", by="one"), figure("5.5 million", by="two", status="forecast")]
    assert consensus(claims) == []
    assert consensus([figure("5 million", by="one", when=None), figure("6 million", by="two", when=None)]) == []


def test_a_source_record_is_shrunk_hard() -> None:
    quotes = (("4.91 million", "one"), ("4.9 million", "two"), ("7.00 million", "three"))
    records = {record.source: record for record in source_records(figure(quote, by=by) for quote, by in quotes)}
    assert (records["one"].agreed, records["one"].compared) == (1, 2)
    assert 0.4 <= records["three"].score < records["one"].score <= 0.5


def test_only_contested_figures_are_estimated_for_the_report() -> None:
    quarrel = [figure("4.91 million", by="one"), figure("5.22 million", by="two")]
    peace = [figure("4.91 million", when="2021", by="one"), figure("4.9 million", when="2021", by="two")]
    claims = [*quarrel, *peace]
    assert len(consensus(claims)) == 2
    (one,) = contested(claims, reconcile(claims))
    assert set(one.claims) == {claim.id for claim in quarrel}
    assert one.what == "China's exports of cars in 2023"


def test_a_source_that_often_agrees_with_others_weighs_a_little_more() -> None:
    def three(when: str, *quotes: str) -> list[Claim]:
        return [figure(quote, by=by, when=when) for quote, by in zip(quotes, ("caam", "miit", "cpca"), strict=True)]

    years = [str(year) for year in range(2000, 2020)]
    alone = consensus(three("2023", "4.8 million", "4.9 million", "5.0 million"))
    record = [claim for year in years for claim in three(year, "3.1 million", "3.1 million", "3.4 million")]
    (known,) = (
        c for c in consensus(record + three("2023", "4.8 million", "4.9 million", "5.0 million")) if "2023" in c.what
    )
    assert (alone[0].point, known.point) == (4_900_000.0, 4_900_000.0)  # no record outweighs two others
    split = [*three("2023", "4.8 million", "4.9 million", "5.0 million"), figure("5.1 million", by="jama", when="2023")]
    (even,) = consensus(split)
    (leaning,) = (c for c in consensus(record + split) if "2023" in c.what)
    assert even.point == 4_950_000.0
    assert leaning.point == 4_900_000.0
