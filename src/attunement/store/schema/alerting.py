"""Derived: alerts, who was told of them, and how they are arranged."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from attunement.store.schema.base import Id, Seq, UtcDateTime, member_column, metadata

alerts = Table(
    "alerts", metadata,
    Column("id", Id, primary_key=True),
    member_column(),
    Column("seq", Seq, nullable=False),
    Column("raised", UtcDateTime, nullable=False),
    Column("by", String(10), nullable=False),
    Column("conversation", Id),
    Column("moment", Id),
    Column("level", String(10), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("step", Integer, nullable=False),
    Column("step_at", UtcDateTime, nullable=False),
    Column("audience", String(10), nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("owner", Id),
    Column("meant_for", Id),
    Column("answered", UtcDateTime),
    Column("told", UtcDateTime),
    Column("closed", UtcDateTime),
    Column("done", String(20)),
    Index("ix_alerts_member", "member"),
    Index("ix_alerts_closed_due", "closed", "due"),
)  # fmt: skip


def one_way_of_telling() -> tuple[Column[Any], ...]:
    """Of which alert, at which step, how and to whom: an account, a browser for notices, empty for the application."""
    return (
        Column("alert", Id, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True),
        Column("step", Integer, primary_key=True, autoincrement=False),
        Column("channel", String(10), primary_key=True),
        Column("whom", Id, primary_key=True),
    )


alert_tellings = Table(
    "alert_tellings", metadata,
    *one_way_of_telling(),
    Column("at", UtcDateTime, nullable=False),
    Column("out", Boolean, nullable=False),
)  # fmt: skip

alert_settings = Table(
    "alert_settings", metadata,
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("check_ins", Boolean, nullable=False),
    Column("indirect_min", Integer, nullable=False),
    Column("explicit_min", Integer, nullable=False),
)  # fmt: skip
