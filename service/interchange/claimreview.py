"""schema.org JSON-LD: every claim as a `Claim`, and every finding that a person has ruled on as a `ClaimReview`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from extractor.errors import InputError
from extractor.model import Article, Claim
from reconcile.model import Finding

_CONTEXT = "https://schema.org"
_ASKED = {
    "Claim": ("@id", "text", "appearance"),
    "ClaimReview": ("claimReviewed", "itemReviewed", "author", "reviewRating"),
}
RATINGS: Mapping[str, str] = {
    "confirmed": "The figures conflict",
    "explained": "The figures differ for a known reason",
    "not_comparable": "The figures are of different things",
    "extraction_error": "A figure was misread",
    "duplicate": "The same as another finding",
    "unsure": "Not settled",
}
"""What a ruling says to readers; a ruling that is not listed stands in its own words."""


def claim_reviews(
    claims: Iterable[Claim], findings: Iterable[Finding], articles: Mapping[str, Article] | None = None
) -> bytes:
    """The reviewed findings and the claims that they are about, as one JSON-LD graph."""
    by_id = {claim.id: claim for claim in claims}
    reviewed = [f for f in findings if f.review is not None and all(each in by_id for each in f.claims)]
    used = dict.fromkeys(each for finding in reviewed for each in finding.claims)
    graph = [_claim(by_id[each], articles or {}) for each in used] + [_review(finding) for finding in reviewed]
    return orjson.dumps({"@context": _CONTEXT, "@graph": graph}, option=orjson.OPT_INDENT_2)


def _claim(claim: Claim, articles: Mapping[str, Article]) -> dict[str, Any]:
    article = articles.get(claim.article)
    text = claim.quote
    if article is not None and claim.sentence is not None:
        text = article.text[claim.sentence.start : claim.sentence.end]
    work: dict[str, Any] = {"@type": "NewsArticle", "identifier": claim.article}
    if article is not None:
        known = {"headline": article.title, "url": article.url, "publisher": article.publisher}
        work |= {name: value for name, value in known.items() if value}
    if claim.published is not None:
        work["datePublished"] = claim.published.isoformat()
    found: dict[str, Any] = {"@type": "Claim", "@id": _urn(claim.id), "text": text, "appearance": work}
    if claim.source is not None:
        kind = "Person" if claim.source.kind == "person" else "Organization"
        found["author"] = {"@type": kind, "name": claim.source.text or claim.source.id}
    return found


def _review(finding: Finding) -> dict[str, Any]:
    assert finding.review is not None
    review = finding.review
    found: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": _urn(finding.id),
        "claimReviewed": finding.explanation,
        "itemReviewed": [{"@id": _urn(each)} for each in finding.claims],
        "author": {"@type": "Person", "name": review.by or "unknown"},
        "reviewRating": {"@type": "Rating", "alternateName": RATINGS.get(review.decision, review.decision)},
    }
    if review.note:
        found["reviewBody"] = review.note
    if review.at is not None:
        found["datePublished"] = review.at.date().isoformat()
    return found


def _urn(identity: str) -> str:
    return f"urn:claimgraph:{identity}"


def read_claim_reviews(content: bytes) -> list[dict[str, Any]]:
    """The nodes of a graph that `claim_reviews` wrote, checked: types, what each must have, and where links lead."""
    document = orjson.loads(content)
    if document.get("@context") != _CONTEXT:
        raise InputError(f"expected the context {_CONTEXT}", field="@context")
    nodes: list[dict[str, Any]] = document["@graph"]
    known = {node.get("@id") for node in nodes}
    for node in nodes:
        asked = _ASKED.get(str(node.get("@type")))
        if asked is None:
            raise InputError(f"{node.get('@type')!r} is neither a Claim nor a ClaimReview", field=str(node.get("@id")))
        missing = next((name for name in asked if not node.get(name)), None)
        if missing is not None:
            raise InputError(f"has no {missing}", field=str(node.get("@id")))
        for link in node.get("itemReviewed", []):
            if link["@id"] not in known:
                raise InputError(f"reviews {link['@id']}, which is not there", field=str(node.get("@id")))
    return nodes
