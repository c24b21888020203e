"""Derived: when and how members are reached."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from attunement.store.schema.base import Id, Seq, UtcDateTime, member_column, metadata

reach_settings = Table(
    "reach_settings", metadata,
    Column("member", Id, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    Column("on", Boolean, nullable=False, index=True),
    Column("channels", String(40), nullable=False),
    Column("quiet_from", String(5), nullable=False),
    Column("quiet_until", String(5), nullable=False),
    Column("a_day", Integer, nullable=False),
)  # fmt: skip

addresses = Table(
    "addresses", metadata,
    member_column(),
    Column("key", String(64), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("seq", Seq, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Index("uq_addresses_member_key", "member", "key", unique=True),
)  # fmt: skip

reaches = Table(
    "reaches", metadata,
    Column("id", Id, primary_key=True),
    member_column(),
    Column("seq", Seq, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("sent", Boolean, nullable=False),
    Column("held", String(20)),
    Column("probability", Float),
    Column("moment", Text, nullable=False),
    Column("learnable", Boolean, nullable=False),
    Column("decision", Id),
    Column("answer", String(10)),
    Index("ix_reaches_member_at", "member", "at"),
    Index("ix_reaches_learnable_at", "learnable", "at"),
)  # fmt: skip

deliveries = Table(
    "deliveries", metadata,
    Column("id", Id, primary_key=True),
    member_column(),
    Column("reach", Id, ForeignKey("reaches.id", ondelete="CASCADE")),
    Column("channel", String(10), nullable=False),
    Column("key", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("how", String(10)),
    Index("ix_deliveries_how_at", "how", "at"),
)  # fmt: skip
