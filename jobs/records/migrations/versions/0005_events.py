"""Events in their order, when a pack is due, and keys for trying."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns and the table."""
    with op.batch_alter_table("packs") as table:
        table.add_column(sa.Column("due_at", sa.String(length=32), nullable=True))
    with op.batch_alter_table("api_keys") as table:
        table.add_column(sa.Column("kind", sa.String(length=10), nullable=False, server_default="live"))
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.Column("about", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_tenant_id"), "events", ["tenant", "id"], unique=False)
    op.create_index(op.f("ix_events_about"), "events", ["about"], unique=False)
    op.create_index(op.f("ix_events_created_at"), "events", ["created_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("events")
    op.drop_column("api_keys", "kind")
    op.drop_column("packs", "due_at")
