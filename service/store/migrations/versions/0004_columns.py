"""Claims as columns that are looked up by index; claims wait to be compared one by one, and not by groups."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_AT_ONCE = 2_000


def upgrade() -> None:
    """Makes the tables, and the columns of all claims that hold."""
    op.create_table(
        "claim_columns",
        sa.Column("claim", sa.String(length=80), nullable=False),
        *_columns(),
        sa.PrimaryKeyConstraint("claim"),
    )
    for column, within in (("area", "family"), ("counterpart", "family"), ("voice", "family"), ("value", "group_key")):
        op.create_index(f"columns_by_{column}", "claim_columns", [within, column])
    op.create_index("columns_unsure", "claim_columns", ["group_key", "unsure"])
    op.create_index("columns_by_article", "claim_columns", ["group_key", "article"])
    op.create_index("ix_findings_run", "findings", ["run"])
    op.create_table(
        "pending_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=80), nullable=False),
        *_columns(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_pending_claims_group_key", "pending_claims", ["group_key"])
    _fill(op.get_bind())
    # What a killed batch left waiting is found when everything is looked at again.
    op.execute("DELETE FROM meta WHERE key = 'rules' AND EXISTS (SELECT 1 FROM pending_groups)")
    op.drop_table("pending_groups")


def downgrade() -> None:
    """Takes them away again; what waits to be compared waits by its group."""
    op.create_table(
        "pending_groups",
        sa.Column("group_key", sa.String(length=300), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_key"),
    )
    op.execute("INSERT INTO pending_groups SELECT group_key, MIN(run) FROM pending_claims GROUP BY group_key")
    op.drop_index("ix_findings_run", "findings")
    op.drop_table("pending_claims")
    op.drop_table("claim_columns")


def _columns() -> list[sa.Column[Any]]:
    large = ("family", "article", "voice", "unit")
    small = ("kind", "start", "end", "base_start", "base_end", "toll", "unsure")
    return [
        sa.Column("group_key", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("counterpart", sa.Text(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in large),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in small),
        sa.Column("value", sa.Float(), nullable=False),
    ]


def _fill(connection: sa.Connection) -> None:
    from service.store.columns import put_in

    claims = sa.table("claims", sa.column("content", sa.JSON), sa.column("group_key"), sa.column("state"))
    holding = sa.select(claims.c.content, claims.c.group_key).where(claims.c.state != "struck")
    found = connection.execute(holding).tuples().all()
    for first in range(0, len(found), _AT_ONCE):
        put_in(connection, found[first : first + _AT_ONCE])
