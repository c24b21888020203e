"""What of an outcome may be used for choosing for its member alone, and what the decision had used.

Of outcomes told before neither was kept: they count for their member by what others may learn from.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is for the member alone; of earlier outcomes it stays empty."""
    op.add_column("outcomes", sa.Column("private", sa.Text(), server_default="{}", nullable=False))
    op.add_column("outcomes", sa.Column("used", sa.String(length=60), nullable=True))
