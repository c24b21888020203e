"""Objectives that can be changed, and outcomes that can be corrected."""

import sqlalchemy as sa
from alembic import op

from attunement.domain.reward import REWARDS

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of objectives, and room for what was corrected."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "objectives",
        sa.Column("seq", big, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("rating", sa.Float(), nullable=False),
        sa.Column("finishing", sa.Float(), nullable=False),
        sa.Column("affect", sa.Float(), nullable=False),
        sa.Column("skill", sa.Float(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_objectives")),
    )
    op.add_column("outcomes", sa.Column("affect_counted", sa.Float(), nullable=True))
    op.add_column("outcomes", sa.Column("skill_counted", sa.Float(), nullable=True))
    op.add_column("outcomes", sa.Column("corrected", big, nullable=True))
    op.add_column("outcomes", sa.Column("reward_before", sa.Float(), nullable=True))
    op.create_index("ix_outcomes_learnable_corrected", "outcomes", ["learnable", "corrected"], unique=False)
    _tell_what_counted(op.get_bind())


def _tell_what_counted(connection: sa.Connection) -> None:
    """A change of affect counted where the reward shows it; the projection of old events goes by the same rule."""
    outcomes = sa.table(
        "outcomes", *(sa.column(n) for n in ("decision", "finished", "rating", "affect_change", "affect_counted")),
        sa.column("reward"), sa.column("reward_definition"),
    )  # fmt: skip
    told = connection.execute(sa.select(outcomes).where(outcomes.c.affect_change.is_not(None))).all()
    for row in told:
        definition = REWARDS[row.reward_definition]
        if row.reward != definition.of(finished=bool(row.finished), rating=row.rating, affect_change=None):
            connection.execute(
                sa.update(outcomes).where(outcomes.c.decision == row.decision).values(affect_counted=row.affect_change)
            )
