"""PROV-JSON: which article a claim was quoted from, who gave it, who passed it on, what each finding was made of.

| PROV | here |
| --- | --- |
| entity | an article, a claim (`prov:value` is its figure), a finding |
| agent | a source, a relay, a reviewer, claimgraph itself |
| activity | the extraction, the reconciliation |
| wasAttributedTo | claim → source |
| wasInfluencedBy | claim → whoever relayed it, or finding → whoever reviewed it |
| wasDerivedFrom | claim → article (a quotation), finding → its claims, newer claim → older one (a revision) |
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from extractor.errors import InputError
from extractor.model import Claim, Concept, Source, stable_id
from reconcile.model import Finding

Document = dict[str, dict[str, Any]]

_PREFIX = {"cg": "urn:claimgraph:", "prov": "http://www.w3.org/ns/prov#", "xsd": "http://www.w3.org/2001/XMLSchema#"}
_ENDS = {
    "wasGeneratedBy": ("prov:entity", "prov:activity"),
    "wasAssociatedWith": ("prov:activity", "prov:agent"),
    "wasAttributedTo": ("prov:entity", "prov:agent"),
    "wasInfluencedBy": ("prov:influencee", "prov:influencer"),
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity"),
}
_NODES = ("entity", "agent", "activity")


def prov_document(claims: Iterable[Claim], findings: Iterable[Finding] = ()) -> bytes:
    """The provenance of claims and findings as PROV-JSON."""
    writer = _Writer()
    for claim in claims:
        writer.claim(claim)
    for finding in findings:
        writer.finding(finding)
    document = {name: table for name, table in writer.document.items() if table}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


class _Writer:
    def __init__(self) -> None:
        names = (*_NODES, *_ENDS)
        self.document: Document = {"prefix": dict(_PREFIX), **{name: {} for name in names}}
        self.document["agent"]["cg:claimgraph"] = {"prov:type": _name("prov:SoftwareAgent"), "prov:label": "claimgraph"}
        for activity in ("extraction", "reconciliation"):
            self.document["activity"][f"cg:{activity}"] = {"prov:label": activity}
            self.relation("wasAssociatedWith", f"cg:{activity}", "cg:claimgraph")

    def claim(self, claim: Claim) -> None:
        article, node = f"cg:{stable_id('a', claim.article)}", f"cg:{claim.id}"
        self.document["entity"][article] = {"prov:type": _name("cg:Article"), "prov:label": claim.article}
        self.document["entity"][node] = {
            "prov:type": _name("cg:Claim"),
            "prov:label": claim.quote,
            "prov:value": {"$": repr(claim.value), "type": "xsd:double"},
            "cg:kind": claim.kind,
            "cg:unit": claim.unit,
            "cg:status": claim.status,
        }
        self.relation("wasDerivedFrom", node, article, {"prov:type": _name("prov:Quotation")})
        self.relation("wasGeneratedBy", node, "cg:extraction")
        if claim.source is not None:
            self.relation("wasAttributedTo", node, self._agent(claim.source))
            for relay in claim.source.via:
                self.relation("wasInfluencedBy", node, self._agent(relay))

    def finding(self, finding: Finding) -> None:
        node = f"cg:{finding.id}"
        self.document["entity"][node] = {
            "prov:type": _name("cg:Finding"),
            "prov:label": finding.explanation,
            "cg:relation": finding.relation,
        }
        self.relation("wasGeneratedBy", node, "cg:reconciliation")
        for claim in finding.claims:
            self.relation("wasDerivedFrom", node, f"cg:{claim}")
        if finding.relation == "revision":
            older, newer = finding.claims[:2]
            self.relation("wasDerivedFrom", f"cg:{newer}", f"cg:{older}", {"prov:type": _name("prov:Revision")})
        if finding.review is not None and finding.review.by:
            self.relation("wasInfluencedBy", node, self._agent(Concept(id=finding.review.by)))

    def _agent(self, who: Source | Concept) -> str:
        node = f"cg:{stable_id('s', who.id)}"
        person = isinstance(who, Source) and who.kind == "person"
        kind = "prov:Person" if person else "prov:Organization"
        held = self.document["agent"].setdefault(node, {"prov:type": _name(kind), "prov:label": who.text or who.id})
        if person:
            held["prov:type"] = _name(kind)
        return node

    def relation(self, name: str, one: str, other: str, more: dict[str, Any] | None = None) -> None:
        first, second = _ENDS[name]
        identity = f"_:{stable_id(name, one, other, *(more or ()))}"
        self.document[name][identity] = {first: one, second: other, **(more or {})}


def _name(qualified: str) -> dict[str, str]:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def read_prov(content: bytes) -> Document:
    """A PROV-JSON document, checked: known tables and prefixes, and no relation to something that is not there."""
    document = orjson.loads(content)
    unknown = sorted(set(document) - {"prefix", *_NODES, *_ENDS})
    if unknown:
        raise InputError("is no table of PROV-JSON that claimgraph writes", field=unknown[0])
    nodes = {name: kind for kind in _NODES for name in document.get(kind, {})}
    for name in nodes:
        if name.split(":")[0] not in document.get("prefix", {}):
            raise InputError("has a prefix that is not declared", field=name)
    for relation, ends in _ENDS.items():
        for identity, edge in document.get(relation, {}).items():
            missing = next((end for end in ends if edge.get(end) not in nodes), None)
            if missing is not None:
                raise InputError(f"{edge.get(missing)!r} is no node of the document", field=f"{relation} {identity}")
    found: Document = document
    return found
