"""Who looks along in a talk, when the newest note on it was written, and in which talks a supporter wrote.

``conversations.noted`` is not known of notes that are there already; ``attune rebuild`` makes it exact.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who looks along and when the newest note was written, both empty, and the index of authors."""
    op.add_column("conversations", sa.Column("second", sa.String(length=36), nullable=True))
    op.add_column("conversations", sa.Column("noted", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_turns_author", "turns", ["author", "conversation"])
