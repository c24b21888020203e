"""Whether the guard against over-personalising spoke at a decision; it was not kept before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add whether the guard spoke; of earlier decisions it counts as not."""
    op.add_column("decisions", sa.Column("guarded", sa.Boolean(), server_default=sa.false(), nullable=False))
