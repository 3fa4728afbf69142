"""The two rules of a seat (one number, one device) get names of their own: they had the same one."""

import sqlalchemy as sa
from alembic import op

from ect.storage.tables import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = "id, meeting_id, number, name, kind, device, facilitator, removed, sections, joined_at"


def upgrade() -> None:
    """Make the table anew; the last key given out stays known, none is used again.

    Not in a batch: it writes rules in an order of chance, and a copy is compared with what is made here.
    """
    store = op.get_bind()
    if store.dialect.name != "sqlite":
        # 0002 gave them their names there.
        return
    last = store.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'seat'"))
    op.create_table(
        "seat_anew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("facilitator", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_seat_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("meeting_id", "device", name=op.f("uq_seat_meeting_id_device")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_seat_meeting_id_number")),
        sqlite_autoincrement=True,
    )
    store.exec_driver_sql(f"INSERT INTO seat_anew ({COLUMNS}) SELECT {COLUMNS} FROM seat")  # noqa: S608
    op.drop_table("seat")
    op.rename_table("seat_anew", "seat")
    store.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'seat'"))
    if last is not None:
        store.execute(sa.text("INSERT INTO sqlite_sequence VALUES ('seat', :last)"), {"last": last})


def downgrade() -> None:
    """Refuse: a newer database is restored from a backup."""
    raise NotImplementedError("a newer database is restored from a backup, never downgraded")
