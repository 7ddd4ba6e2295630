"""Erasing: who does it, what is left to remove, who is looked for, and what was erased for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CLAIMED = ("packs", "batches")


def upgrade() -> None:
    """Make the columns and tables."""
    for name in _CLAIMED:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("claim", sa.String(length=32), nullable=True))
            table.add_column(sa.Column("claim_until", sa.String(length=32), nullable=True))
            if name == "batches":
                table.add_column(sa.Column("erased", sa.JSON(), nullable=True))
                table.add_column(sa.Column("erased_at", sa.String(length=32), nullable=True))
                table.add_column(sa.Column("stale", sa.Integer(), nullable=False, server_default="0"))
                table.add_column(sa.Column("needles", sa.JSON(), nullable=True))
        op.create_index(
            op.f(f"ix_{name}_tenant_erased_at_created_at"), name, ["tenant", "erased_at", "created_at"], unique=False
        )
    op.create_index(op.f("ix_batches_stale"), "batches", ["stale"], unique=False)
    op.create_index(op.f("ix_batch_rows_pack_id"), "batch_rows", ["pack_id"], unique=False)
    with op.batch_alter_table("deliveries") as table:
        table.add_column(sa.Column("about", sa.String(length=26), nullable=True))
    _tell_what_deliveries_are_about()
    op.create_index(op.f("ix_deliveries_about"), "deliveries", ["about"], unique=False)
    op.create_table(
        "people",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("target_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "mark", "target_id", "number", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_target_id"), "people", ["target_id"], unique=False)
    op.create_table(
        "removals",
        sa.Column("prefix", sa.String(length=200), nullable=False),
        sa.Column("keep", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_removals")),
    )
    op.create_index(op.f("ix_removals_due_at"), "removals", ["due_at"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_index(op.f("ix_erasures_tenant_id"), "erasures", ["tenant", "id"], unique=False)


def _tell_what_deliveries_are_about() -> None:
    deliveries = sa.table(
        "deliveries", sa.column("id", sa.String), sa.column("event", sa.JSON), sa.column("about", sa.String)
    )
    connection = op.get_bind()
    for row in list(connection.execute(sa.select(deliveries.c.id, deliveries.c.event))):
        data = (row.event or {}).get("data") or {}
        about = data.get("pack_id") or data.get("batch_id")
        if about:
            connection.execute(sa.update(deliveries).where(deliveries.c.id == row.id).values(about=about))


def downgrade() -> None:
    """Drop them."""
    op.drop_table("erasures")
    op.drop_table("removals")
    op.drop_table("people")
    op.drop_index(op.f("ix_deliveries_about"), table_name="deliveries")
    op.drop_column("deliveries", "about")
    op.drop_index(op.f("ix_batch_rows_pack_id"), table_name="batch_rows")
    op.drop_index(op.f("ix_batches_stale"), table_name="batches")
    for name in _CLAIMED:
        op.drop_index(op.f(f"ix_{name}_tenant_erased_at_created_at"), table_name=name)
        for column in (
            "claim",
            "claim_until",
            *(("erased", "erased_at", "stale", "needles") if name == "batches" else ()),
        ):
            op.drop_column(name, column)
