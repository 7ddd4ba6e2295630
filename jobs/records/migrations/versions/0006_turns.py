"""When a row of a batch has its turn."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    with op.batch_alter_table("batch_rows") as table:
        table.add_column(sa.Column("turn", sa.String(length=32), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("batch_rows", "turn")
