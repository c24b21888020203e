"""Browsers in which supporters and stewards are told of alerts: a way of telling is to one, or to an account."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.String(length=36)
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of browsers, and let a way of telling be to one of these as well as to an account."""
    for table in ("alert_tellings", "alert_tries"):
        op.execute(f"ALTER TABLE {table} RENAME COLUMN account TO whom")
    op.create_table(
        "staff_browsers",
        sa.Column("id", ID, nullable=False),
        sa.Column("account", ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("seq", SEQ, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_staff_browsers_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_browsers")),
        sa.UniqueConstraint("key", name=op.f("uq_staff_browsers_key")),
    )
    op.create_index(op.f("ix_staff_browsers_account"), "staff_browsers", ["account"])
