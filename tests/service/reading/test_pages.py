"""Saved web pages: the article's words, headline first, and what the page declares about itself."""

from __future__ import annotations

import datetime as dt

import pytest

from service.reading.pages import published_on, read_page, without_deep_nesting

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Exports rise to a record | The Daily Ledger</title>
<meta property="og:site_name" content="The Daily Ledger">
<meta property="og:title" content="Exports rise to a record">
<meta name="author" content="Ann Lee">
<link rel="canonical" href="https://ledger.example/trade/exports-rise">
{head}
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/trade">Trade</a></li></ul></nav>
<div class="cookie-banner">We use cookies. <button>Accept all 37 partners</button></div>
<article><h1>Exports rise to a record</h1>
<p>Exports of cars rose by 5% to 2.1 million in 2023, the customs office said on Friday, the highest since 2008.</p>
<figure><img src="ship.jpg"><figcaption>Cars wait at the port of Yokohama on May 10, 2023.</figcaption></figure>
<p>Deliveries to Europe reached 400,000, while those to Mexico fell by a third, the association's figures show.</p>
<table><tr><th>Market</th><th>Cars</th></tr><tr><td>Mexico</td><td>80,000</td></tr>
<tr><td>Chile</td><td>40,000</td></tr></table>
<p>{body}</p>
</article>
<section id="comments"><h2>Comments</h2><p>First! 99 percent of this is wrong, said nobody at all.</p></section>
<footer>© 2019 The Daily Ledger. All rights reserved.</footer></body></html>"""


def page(head: str = "", body: str = "The ministry expects 2.3 million cars to be shipped abroad this year.") -> str:
    return PAGE.format(head=head, body=body)


def test_article_comes_headline_first_with_its_table_and_without_the_rest_of_the_page() -> None:
    read = read_page(page())
    assert read.text.startswith("Exports rise to a record")
    for words in ("2.1 million", "80,000", "Mexico", "2.3 million"):
        assert words in read.text
    for words in ("cookies", "37 partners", "99 percent", "© 2019"):
        assert words not in read.text
    assert (read.title, read.publisher, read.author) == ("Exports rise to a record", "The Daily Ledger", "Ann Lee")
    assert (read.url, read.language) == ("https://ledger.example/trade/exports-rise", "en")


def json_ld(block: str) -> str:
    return f'<script type="application/ld+json">{block}</script>'


@pytest.mark.parametrize(
    "head",
    [
        json_ld('{"@type": "NewsArticle", "datePublished": "2024-01-19T08:00:00+08:00"}'),
        json_ld('{"@graph": [{"@type": "WebPage"}, {"datePublished": "2024-01-19"}]}'),
        '<meta property="article:published_time" content="2024-01-19T23:59:00Z">',
        '<meta name="date" content="2024-01-19">',
        '<meta itemprop="datePublished" content="2024-01-19">',
        '<meta property="article:published_time" content="2024-01-19">\n'
        '<meta property="article:modified_time" content="2024-03-01">',
    ],
)
def test_publication_date_is_the_declared_one(head: str) -> None:
    assert read_page(page(head)).published == dt.date(2024, 1, 19)


def test_publication_date_of_a_page_that_declares_none_is_left_open() -> None:
    assert read_page(page()).published is None


@pytest.mark.parametrize(
    "html",
    [
        json_ld("{broken"),
        json_ld('{"datePublished": "yesterday"}'),
        json_ld('{"datePublished": "2024-02-31"}'),
        '<time datetime="2024-01-01">a</time><time datetime="2024-01-02">b</time>',
    ],
)
def test_unusable_dates_are_no_dates(html: str) -> None:
    assert published_on(html) is None


@pytest.mark.parametrize("tag", ["div", "span", "ul", "article", "blockquote", "table"])
def test_deeply_nested_page_keeps_its_words(tag: str) -> None:
    deep = page().replace("<article>", f"<article>{f'<{tag}>' * 20_000}")
    assert "2.1 million" in read_page(deep).text
    assert "2.3 million" in read_page(deep.replace("</article>", f"{f'</{tag}>' * 20_000}</article>")).text


def test_fragment_of_a_page_is_read() -> None:
    assert read_page("<p>Exports rose 5% to 2.1 million.</p>").text == "Exports rose 5% to 2.1 million."


def test_nesting_is_cut_without_losing_words() -> None:
    flat = without_deep_nesting("<b>" * 1000 + "words" + "</b>" * 1000 + " after")
    assert flat.count("<b>") == flat.count("</b>") == 60
    assert flat.endswith("</b> after")
    assert "words" in flat


def test_shallow_page_is_left_as_it_is() -> None:
    assert without_deep_nesting(page()) == page()


@pytest.mark.parametrize(
    "html", ["<<<>>>", "<p", "plain words", "<html><body>" + "<" * 5000, "<!--" * 3000, "&#xD800;"]
)
def test_broken_markup_does_not_raise(html: str) -> None:
    assert isinstance(read_page(html).text, str)
