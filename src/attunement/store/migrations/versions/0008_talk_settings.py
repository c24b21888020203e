"""What members want of the companion."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of what members want of the companion."""
    member = sa.ForeignKeyConstraint(
        ["member"], ["members.id"], name=op.f("fk_talk_settings_member"), ondelete="CASCADE"
    )
    op.create_table(
        "talk_settings",
        sa.Column("member", sa.String(length=36), nullable=False),
        sa.Column("ideas", sa.Float(), nullable=False),
        sa.Column("elsewhere", sa.String(length=255), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        member,
        sa.PrimaryKeyConstraint("member", name=op.f("pk_talk_settings")),
    )
