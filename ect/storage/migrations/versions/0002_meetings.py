"""The live meeting: seats, votes, rounds, decisions, and the chain of what happened."""

import sqlalchemy as sa
from alembic import op

from ect.storage.tables import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; what is in the chain stays as it is."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_digest")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_meeting"), ["meeting"], unique=False)

    op.create_table(
        "secret",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secret")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("pointed_at", sa.Integer(), nullable=True),
        sa.Column("timer_ends_at", UtcDateTime(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stage_revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_meeting_grid_id_grid")),
        sa.ForeignKeyConstraint(["pointed_at"], ["terrain.id"], name=op.f("fk_meeting_pointed_at_terrain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("code", name=op.f("uq_meeting_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "meeting_terrain",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("terrain_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("motive", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_terrain_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["terrain_id"], ["terrain.id"], name=op.f("fk_meeting_terrain_terrain_id_terrain")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "terrain_id", name=op.f("pk_meeting_terrain")),
    )
    op.create_table(
        "override",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("terrain_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_override_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["terrain_id"], ["terrain.id"], name=op.f("fk_override_terrain_id_terrain")),
        sa.PrimaryKeyConstraint("meeting_id", "terrain_id", "criterion", name=op.f("pk_override")),
    )
    op.create_table(
        "reopened",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("terrain_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_reopened_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["terrain_id"], ["terrain.id"], name=op.f("fk_reopened_terrain_id_terrain")),
        sa.PrimaryKeyConstraint("meeting_id", "round", "terrain_id", "criterion", name=op.f("pk_reopened")),
    )
    op.create_table(
        "seat",
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
        *_rules_of_a_seat(),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "recusal",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("terrain_id", sa.Integer(), nullable=False),
        sa.Column("declared_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_recusal_seat_id_seat"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["terrain_id"], ["terrain.id"], name=op.f("fk_recusal_terrain_id_terrain")),
        sa.PrimaryKeyConstraint("seat_id", "terrain_id", name=op.f("pk_recusal")),
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("terrain_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("half_points", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("(answer = 'level') = (half_points IS NOT NULL)", name=op.f("ck_vote_answer")),
        sa.CheckConstraint("half_points BETWEEN 0 AND 4", name=op.f("ck_vote_level")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_vote_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_vote_seat_id_seat"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["terrain_id"], ["terrain.id"], name=op.f("fk_vote_terrain_id_terrain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("seat_id", "round", "terrain_id", "criterion", name=op.f("uq_vote_seat_id")),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_meeting_id"), ["meeting_id"], unique=False)

    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("record", sa.JSON(), nullable=True))

    # ### end Alembic commands ###
    _append_only()


def _rules_of_a_seat() -> tuple[sa.UniqueConstraint, sa.UniqueConstraint]:
    """SQLite was given one name for both, which 0006 mends; PostgreSQL refuses that, and never had it."""
    names = ["uq_seat_meeting_id"] * 2
    if op.get_context().dialect.name != "sqlite":
        names = ["uq_seat_meeting_id_device", "uq_seat_meeting_id_number"]
    columns = ("device", "number")
    device, number = (
        sa.UniqueConstraint("meeting_id", column, name=op.f(name))
        for column, name in zip(columns, names, strict=True)
    )
    return device, number


def _append_only() -> None:
    refusal = "the audit is append-only"
    if op.get_context().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{event.lower()} BEFORE {event} ON audit"
                f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit"
            " FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
        )


def downgrade() -> None:
    """Refuse: a newer database is restored from a backup."""
    raise NotImplementedError("a newer database is restored from a backup, never downgraded")
