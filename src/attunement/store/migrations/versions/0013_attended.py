"""When somebody last did something in a session, so that a page that merely lies open counts as nobody.

Not known of sessions that are open now: whoever is there is known again with the next thing they do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when somebody last did something; of open sessions it stays empty."""
    op.add_column("sessions", sa.Column("acted", sa.DateTime(timezone=True), nullable=True))
