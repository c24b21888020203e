"""What supporters did with the coach, where they would like a second person, and when a person was first asked for.

``conversations.asked`` is the nearest that is known without opening the log; ``attune rebuild`` makes it exact.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.String(length=36)
AT = sa.DateTime(timezone=True)
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what the workspace of supporters keeps."""
    op.add_column("conversations", sa.Column("second_asked", AT, nullable=True))
    op.add_column("conversations", sa.Column("asked", AT, nullable=True))
    op.create_index(op.f("ix_conversations_asked"), "conversations", ["asked"])
    op.execute("UPDATE conversations SET asked = coalesce(waiting_since, claimed)")
    op.create_table(
        "coach_uses",
        sa.Column("seq", SEQ, autoincrement=False, nullable=False),
        sa.Column("account", ID, nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("coached", sa.Boolean(), nullable=False),
        sa.Column("emotional_reactions", sa.Integer()),
        sa.Column("interpretations", sa.Integer()),
        sa.Column("explorations", sa.Integer()),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("adapted", sa.Integer(), nullable=False),
        sa.Column("dismissed", sa.Integer(), nullable=False),
        sa.Column("unused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_coach_uses_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_coach_uses")),
    )
    op.create_index(op.f("ix_coach_uses_account"), "coach_uses", ["account"])
