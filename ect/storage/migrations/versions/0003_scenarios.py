"""Scenarios: suppositions that were given a name."""

import sqlalchemy as sa
from alembic import op

from ect.storage.tables import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_scenario_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
    )


def downgrade() -> None:
    """Refuse: a newer database is restored from a backup."""
    raise NotImplementedError("a newer database is restored from a backup, never downgraded")
