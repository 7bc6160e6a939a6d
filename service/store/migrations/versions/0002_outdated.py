"""Findings know that their decision was made on other claims, so that a filter finds them without reading all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; the next time that a group is looked at fills it."""
    op.add_column("findings", sa.Column("outdated", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Takes it away again."""
    op.drop_column("findings", "outdated")
