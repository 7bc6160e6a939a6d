"""Claims in, findings out: what published figures say of each other, and why they may differ.

Pure functions over the contract's claims, wherever these come from. `reconcile(claims)` gives every finding, most
severe first; `update` looks again only at what new or removed claims touch; `claim_graph` lays claims, figures,
sources, articles and findings out as a networkx graph.
"""

from reconcile.equations.arithmetic import implied_values
from reconcile.graph import claim_graph
from reconcile.model import FLAGS, Finding, Implied, Reason, Relation, Slot
from reconcile.reconciler import reconcile, update
from reconcile.voices.consensus import Consensus, Record, consensus, contested, source_records

__all__ = [
    "FLAGS",
    "Consensus",
    "Finding",
    "Implied",
    "Reason",
    "Record",
    "Relation",
    "Slot",
    "claim_graph",
    "consensus",
    "contested",
    "implied_values",
    "reconcile",
    "source_records",
    "update",
]
