"""The page as text: what it says, in which order, and that nothing gets out of its place."""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
import random
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from report_samples import HOSTILE, article, claim, finding, hostile, story

from service.report import Limits, render

VOID = {"meta", "input", "br", "link", "img", "hr"}


class Page(HTMLParser):
    """The elements of a page, and whether they are closed in the right order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def ids(self) -> list[str]:
        return [found for _, attributes in self.elements if (found := attributes.get("id"))]


@pytest.fixture(scope="module")
def page() -> str:
    articles, claims, findings = story()
    return render(articles, claims, findings, skipped=[("empty.txt", "the file is empty")])


def test_the_page_is_well_formed(page: str) -> None:
    parsed = Page(page)
    assert parsed.open == []
    assert parsed.wrong == []
    assert [name for name, count in Counter(parsed.ids()).items() if count > 1] == []


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    parsed = Page(page)
    targets = [a["href"] for tag, a in parsed.elements if tag == "a" and (a["href"] or "").startswith("#")]
    assert targets
    assert [target for target in targets if target and target[1:] not in parsed.ids()] == []


def test_headings_do_not_skip_a_level(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Page(page).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in itertools.pairwise(levels))


@pytest.mark.parametrize(
    "said",
    [
        "1 conflict in 2 articles; the widest: China’s exports of cars / vehicles in 2023, 4.91 million",
        "The ministry counts 4.91 million cars; the association expects 5.26 million vehicles.",
        "cars: a loose word, which may mean passenger cars or vehicles; part of vehicles",
        "Product: cars Ministry of Trade ; vehicles Vehicle Association",
        "One counts cars and the other vehicles likely, 80%",
        "A new code less likely, 20% words of ours",
        "Offered, not asserted.",
        "Vehicles that are no cars 340,000 to 360,000",
        "Source’s definition: what the figures cover is not on file",
        "4.905 to 4.915 million",
        "840,000 ÷ (1 + 545%) = 130,200",
        "up to 400,000",
        "via Reuters",
        "† taken from another sentence, so less certain.",
        "empty.txt the file is empty",
    ],
)
def test_the_page_says(page: str, said: str) -> None:
    assert said in Page(page).text


def test_the_sections_come_in_order(page: str) -> None:
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert headings == ["Contested figures", "Arithmetic checks", "What fits", "Articles", "What was skipped"]


def test_slots_that_differ_are_marked(page: str) -> None:
    rows = re.findall(r'<tr class="differs">\s*<th scope="row">(\w+) <span class="unequal">differs</span>', page)
    assert rows == ["Product", "Status"]


def test_the_evidence_marks_the_figure(page: str) -> None:
    quotes = re.findall(r"<blockquote.*?</blockquote>", page, re.DOTALL)
    assert 'contested" title="' in quotes[0]
    assert re.search(r"<mark[^>]*>4\.91 million</mark> cars in 2023", quotes[0])


def test_the_articles_hold_their_text_with_one_mark_a_claim(page: str) -> None:
    articles, claims, _ = story()
    for one in articles:
        found = re.search(rf'id="article-{one.id}".*?<div class="text"[^>]*>(.*?)</div>', page, re.DOTALL)
        assert found
        words = html.unescape(re.sub(r"<[^>]+>", "", found[1])).split()
        assert words == one.text.split()
        assert len(re.findall("<mark", found[1])) == sum(each.article == one.id for each in claims)


def test_overlapping_figures_share_a_mark() -> None:
    one = article("a", "Exports of nearly 3.5 million tonnes.")
    claims = [claim(one, "nearly 3.5 million", value=3.5e6), claim(one, "3.5 million tonnes", value=3.5e6)]
    page = render([one], claims, [])
    text = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert text
    assert re.findall(r"<mark[^>]*>.*?</mark>", text[1]) == [
        text[1][text[1].index("<mark") : text[1].index("</mark>") + 7]
    ]
    assert ">nearly 3.5 million tonnes<" in text[1]


def test_the_same_input_in_any_order_gives_the_same_page(page: str) -> None:
    articles, claims, findings = story()
    for seed in range(3):
        order = random.Random(seed)
        for things in (articles, claims, findings):
            order.shuffle(things)
        assert render(articles, claims, findings, skipped=[("empty.txt", "the file is empty")]) == page


def test_findings_on_one_figure_stand_together() -> None:
    articles, claims, findings = story()
    again = finding("contradiction", claims[3], claims[4], gap=0.9, severity=0.9, explanation="Not this many.")
    page = render(articles, claims, [*findings, again])
    assert page.count('<article class="finding conflict"') == 1
    assert "2 conflicts over 1 figure in 2 articles" in page
    assert page.index("Not this many.") < page.index("The ministry counts")


@pytest.mark.parametrize(
    ("quotes", "figures"), [(("4.91 million", "5.26 million"), 1), (("4 million", "5 million"), 2)]
)
def test_the_same_two_figures_are_one_contest_however_their_slots_were_read(
    quotes: tuple[str, str], figures: int
) -> None:
    one, other = (f"Exports reached {quotes[0]}, said the ministry.", f"They came to {quotes[1]}, said the port.")
    articles = [article(f"{name}-{side}", text) for name in "ab" for side, text in (("x", one), ("y", other))]
    value = [float(quote.split(" ")[0]) * 1e6 for quote in quotes]
    claims = [
        claim(each, quotes[place % 2], kind="level", unit="count", value=value[place % 2], **slots)
        for place, (each, slots) in enumerate(zip(articles, [{}, {}, {"period": None}, {"period": None}], strict=True))
    ]
    found = [finding("contradiction", *claims[first : first + 2], severity=0.8, gap=0.1) for first in (0, 2)]
    assert render(articles, claims, found).count('<article class="finding conflict"') == figures


def test_the_same_two_figures_of_two_countries_are_two_contests() -> None:
    text = "The rate stood at 4.75%, said the bank; the fund has 5.25%."
    articles = [article(name, text) for name in ("gb", "us")]
    claims = [
        claim(each, quote, kind="level", unit="percent", value=value, area={"id": each.id.upper(), "text": each.id})
        for each in articles
        for quote, value in (("4.75%", 4.75), ("5.25%", 5.25))
    ]
    found = [finding("contradiction", *claims[first : first + 2], severity=0.8, gap=0.1) for first in (0, 2)]
    assert render(articles, claims, found).count('<article class="finding conflict"') == 2


def test_a_run_without_findings_says_so() -> None:
    text = Page(render([], [], [])).text
    assert "No conflict in 0 articles." in text
    assert "No two figures contradict one another." in text
    assert "Nothing was skipped." in text


def test_claims_and_findings_without_their_articles_are_shown() -> None:
    _, claims, findings = story()
    page = render([], claims[:1], findings)
    assert "1 of the claims on this figure were not given to the report." in Page(page).text
    assert 'href="#article-' not in page


def test_figures_in_different_units_do_not_share_an_axis() -> None:
    one = article("a", "Sales of $3 million or €4 million, or 5 million euros.", title="Sales")
    claims = [
        claim(one, "$3 million", value=3e6, unit="USD"),
        claim(one, "€4 million", value=4e6, unit="EUR"),
        claim(one, "5 million euros", value=5e6, unit="EUR"),
    ]
    page = render([one], claims, [finding("contradiction", *claims)])
    picture = re.search(r"<svg class=\"forest wide\".*?</svg>", page, re.DOTALL)
    assert picture
    assert "€4 million" in picture[0]
    assert "$3 million" not in picture[0]
    assert "1 of the figures is in another unit" in page


# What is cut -------------------------------------------------------------------------------------------------------


def test_what_is_not_shown_in_full_is_listed_and_what_is_not_listed_is_counted() -> None:
    one = article("a", " ".join(f"{number} tonnes." for number in range(100, 140)))
    claims = [
        claim(one, f"{number} tonnes", value=number, unit="tonne", area={"id": f"area {number // 2}"})
        for number in range(100, 140)
    ]
    findings = [finding("contradiction", *claims[at : at + 2], severity=at / 100) for at in range(0, 40, 2)]
    page = render([one], claims, findings, limits=Limits(contests=3, listed=5, text=200, claims=7))
    text = Page(page).text
    assert page.count('<article class="finding conflict"') == 3
    assert "12 more contested figures are only in findings.jsonl." in text
    assert "33 more claims are in claims.csv." in text
    assert f"{len(one.text) - 200} characters of the text are left out here" in text
    assert Page(page).wrong == []


# Safety ------------------------------------------------------------------------------------------------------------


def test_the_policy_allows_this_style_and_this_script_only(page: str) -> None:
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]+)"', page)[0])
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")


def test_no_attribute_carries_style_or_script(page: str) -> None:
    names = {name for _, attributes in Page(page).elements for name in attributes}
    assert [name for name in names if name == "style" or name.startswith("on")] == []


def test_nothing_is_asked_from_outside(page: str) -> None:
    addresses = [a[name] for _, a in Page(page).elements for name in ("src", "href", "srcset", "action") if a.get(name)]
    assert [one for one in addresses if one and not one.startswith("#")] == ["https://plough.example/1"]
    assert not re.search(r"@import|url\(", page)


def hostile_page() -> str:
    articles, claims, findings = hostile()
    return render(articles, claims, findings, skipped=[(HOSTILE, HOSTILE)])


def test_hostile_words_stay_words() -> None:
    page = hostile_page()
    parsed = Page(page)
    assert parsed.wrong == []
    assert sum(tag == "script" for tag, _ in parsed.elements) == 1
    assert not any(tag == "img" for tag, _ in parsed.elements)
    assert not any(name.startswith("on") for _, attributes in parsed.elements for name in attributes)
    assert "{{ 7 * 7 }}" in parsed.text
    assert all((a.get("href") or "#").startswith("#") for tag, a in parsed.elements if tag == "a")


def test_unseen_characters_are_written_out() -> None:
    page = hostile_page()
    assert not set(page) & set("\u202e\u202c\x00")
    assert "⟦U+202E⟧gnirts⟦U+202C⟧ ⟦U+0000⟧" in page


def test_a_page_can_always_be_written() -> None:
    assert "⟦U+D800⟧.txt" in render([], [], [], skipped=[("\ud800.txt", "no name")]).encode("utf-8").decode("utf-8")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=c&d=e", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org/x", False),
        ("https://", False),
        ("https://example.org/\u202egnp", False),
        ("https://[broken", False),
        ('https://example.org/"onclick=', False),
    ],
)
def test_only_web_addresses_become_links(url: str, linked: bool) -> None:
    one = article("a", "Some text of an article.", url=url)
    links = [a["href"] for tag, a in Page(render([one], [], [])).elements if tag == "a" and a.get("rel")]
    assert links == ([url] if linked else [])
