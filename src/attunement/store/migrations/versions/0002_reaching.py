"""Reaching people with offers: what they chose, where they are reached, what was weighed, what is under way."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_member(table: str, *, primary_key: bool = False) -> list[sa.schema.SchemaItem]:
    column = sa.Column("member", sa.String(length=36), nullable=False)
    named = op.f(f"fk_{table}_member")
    key = sa.ForeignKeyConstraint(["member"], ["members.id"], name=named, ondelete="CASCADE")
    return [column, key, *([sa.PrimaryKeyConstraint("member", name=op.f(f"pk_{table}"))] if primary_key else [])]


def upgrade() -> None:
    """Make the tables of reaching people."""
    op.create_table(
        "reach_settings",
        *_of_member("reach_settings", primary_key=True),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("channels", sa.String(length=40), nullable=False),
        sa.Column("quiet_from", sa.String(length=5), nullable=False),
        sa.Column("quiet_until", sa.String(length=5), nullable=False),
        sa.Column("a_day", sa.Integer(), nullable=False),
    )
    op.create_index(op.f("ix_reach_settings_on"), "reach_settings", ["on"])
    op.create_table(
        "addresses",
        *_of_member("addresses"),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("seq", SEQ, nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
    )
    op.create_index("uq_addresses_member_key", "addresses", ["member", "key"], unique=True)
    op.create_table(
        "reaches",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_of_member("reaches"),
        sa.Column("seq", SEQ, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("held", sa.String(length=20)),
        sa.Column("probability", sa.Float()),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("learnable", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(length=36)),
        sa.Column("answer", sa.String(length=10)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reaches")),
    )
    op.create_index("ix_reaches_member_at", "reaches", ["member", "at"])
    op.create_index("ix_reaches_learnable_at", "reaches", ["learnable", "at"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_of_member("deliveries"),
        sa.Column("reach", sa.String(length=36)),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=10)),
        sa.ForeignKeyConstraint(["reach"], ["reaches.id"], name=op.f("fk_deliveries_reach"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_how_at", "deliveries", ["how", "at"])
    op.create_table(
        "reach_points",
        *_of_member("reach_points", primary_key=True),
        sa.Column("point", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "delivery_tries",
        sa.Column("delivery", sa.String(length=36), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery"], ["deliveries.id"], name=op.f("fk_delivery_tries_delivery"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("delivery", name=op.f("pk_delivery_tries")),
    )
