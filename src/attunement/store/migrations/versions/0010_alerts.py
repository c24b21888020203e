"""Alerts, who was told of them, and how they are arranged."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ID = sa.String(length=36)
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of alerts."""
    _alerts()
    for table, more in (
        ("alert_tellings", (sa.Column("at", AT, nullable=False), sa.Column("out", sa.Boolean(), nullable=False))),
        ("alert_tries", (
            sa.Column("tries", sa.Integer(), nullable=False),
            sa.Column("next", AT, nullable=False),
            sa.Column("why", sa.String(length=80), nullable=False),
        )),
    ):  # fmt: skip
        op.create_table(table, *_one_way_of_telling(table), *more)
    op.create_table(
        "staff_addresses",
        sa.Column("account", ID, nullable=False),
        sa.Column("seq", SEQ, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_staff_addresses_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_staff_addresses")),
    )
    op.create_table(
        "alert_settings",
        sa.Column("seq", SEQ, autoincrement=False, nullable=False),
        sa.Column("check_ins", sa.Boolean(), nullable=False),
        sa.Column("indirect_min", sa.Integer(), nullable=False),
        sa.Column("explicit_min", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_alert_settings")),
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", ID, nullable=False),
        sa.Column("member", ID, nullable=False),
        sa.Column("seq", SEQ, nullable=False),
        sa.Column("raised", AT, nullable=False),
        sa.Column("by", sa.String(length=10), nullable=False),
        sa.Column("conversation", ID),
        sa.Column("moment", ID),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("step_at", AT, nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("due", AT, nullable=False),
        sa.Column("owner", ID),
        sa.Column("meant_for", ID),
        sa.Column("answered", AT),
        sa.Column("told", AT),
        sa.Column("closed", AT),
        sa.Column("done", sa.String(length=20)),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=op.f("fk_alerts_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    op.create_index("ix_alerts_member", "alerts", ["member"])
    op.create_index("ix_alerts_closed_due", "alerts", ["closed", "due"])


def _one_way_of_telling(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("alert", ID, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("account", ID, nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name=op.f(f"fk_{table}_alert"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("alert", "step", "channel", "account", name=op.f(f"pk_{table}")),
    ]
