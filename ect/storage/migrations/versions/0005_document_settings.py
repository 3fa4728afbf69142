"""What stands at the head and at the foot of every document."""

import sqlalchemy as sa
from alembic import op

from ect.storage.tables import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "document_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("footer", sa.String(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_document_settings_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_settings")),
    )


def downgrade() -> None:
    """Refuse: a newer database is restored from a backup."""
    raise NotImplementedError("a newer database is restored from a backup, never downgraded")
