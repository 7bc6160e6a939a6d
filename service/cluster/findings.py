"""Claims, block by block → findings: a block is one unit of work, as it is on one machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.model import Claim

if TYPE_CHECKING:
    import pyarrow as pa


def by_block(articles: pa.Table) -> pa.Table:
    """The claims of some articles: rows `block`, `line`."""
    import pyarrow as pa

    from reconcile.comparison.blocking import Topics

    topics = Topics()
    lines = [line for each in articles["claims"].to_pylist() for line in each.splitlines(keepends=True)]
    blocks = ["\x1f".join(topics.group(Claim.model_validate_json(line))) for line in lines]
    return pa.table({"block": pa.array(blocks, pa.string()), "line": pa.array(lines, pa.large_binary())})


def findings_of(block: pa.Table) -> pa.Table:
    """The findings of the claims of one block: rows `severity`, `id`, `line`."""
    import pyarrow as pa

    from reconcile.claims.lattice import shipped_lattice
    from reconcile.claims.normalise import views
    from reconcile.reconciler import group_findings

    claims = views(Claim.model_validate_json(line) for line in block["line"].to_pylist())
    found = group_findings(claims, shipped_lattice()) if len(claims) > 1 else []
    return pa.table(
        {
            "severity": pa.array([finding.severity for finding in found], pa.float64()),
            "id": pa.array([finding.id for finding in found], pa.string()),
            "line": pa.array([finding.to_line() for finding in found], pa.large_binary()),
        }
    )
