"""Pages that list or count claims read an index instead of the whole table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the indexes."""
    # SQLite sorts so by itself, and knows no other way in an index
    sqlite = op.get_bind().dialect.name == "sqlite"
    newest_first = sa.text("published DESC" if sqlite else "published DESC NULLS LAST")
    op.create_index("claims_by_date", "claims", [newest_first, "article", "start", "id"])
    op.create_index("claims_by_state", "claims", ["state"])


def downgrade() -> None:
    """Takes them away again."""
    op.drop_index("claims_by_state", "claims")
    op.drop_index("claims_by_date", "claims")
