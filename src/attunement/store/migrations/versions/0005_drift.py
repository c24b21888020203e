"""What was expected of an offer, and where outcomes came to fall short of it.

``decisions.expected`` stays empty for offers made before: it is sealed in the log, and ``attune rebuild`` fills it in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what was expected, and the table of drifts."""
    op.add_column("decisions", sa.Column("expected", sa.Float(), nullable=True))
    op.create_table(
        "drifts",
        sa.Column("seq", SEQ, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.String(length=10), nullable=False),
        sa.Column("good", sa.Integer(), nullable=True),
        sa.Column("resumed", SEQ, nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_drifts")),
    )
