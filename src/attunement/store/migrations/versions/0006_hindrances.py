"""What got in the way of a practice."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what got in the way; of earlier outcomes nothing did."""
    op.add_column("outcomes", sa.Column("hindrances", sa.String(length=80), nullable=False, server_default=""))
