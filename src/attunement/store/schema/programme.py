"""Derived: what belongs to no one member."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, String, Table, Text

from attunement.store.schema.base import Id, Seq, UtcDateTime, metadata

objectives = Table(
    "objectives", metadata,
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("account", Id),
    Column("name", String(40), nullable=False),
    Column("rating", Float, nullable=False),
    Column("finishing", Float, nullable=False),
    Column("affect", Float, nullable=False),
    Column("skill", Float, nullable=False),
    Column("steps", Text, nullable=False),
    Column("why", Text, nullable=False),
)  # fmt: skip

policies = Table(
    "policies", metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("through", Seq, nullable=False),
    Column("outcomes", Integer, nullable=False),
    Column("policy", String(40), nullable=False),
    Column("reward_definition", String(40), nullable=False),
    Column("why", String(10), nullable=False),
)  # fmt: skip

drifts = Table(
    "drifts", metadata,
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("cause", String(10), nullable=False),
    Column("good", Integer),
    Column("resumed", Seq),
)  # fmt: skip

accounts = Table(
    "accounts", metadata,
    Column("id", Id, primary_key=True),
    Column("role", String(12), nullable=False),
    Column("member", Id, ForeignKey("members.id", ondelete="CASCADE"), index=True),
    Column("name", String(80), nullable=False),
    Column("handle", String(64), nullable=False, unique=True),
    Column("secret", String(200), nullable=False),
    Column("made", UtcDateTime, nullable=False),
)  # fmt: skip

supporters = Table(
    "supporters", metadata,
    Column("account", Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("languages", String(200), nullable=False),
    Column("skills", String(400), nullable=False),
    Column("team", String(40)),
    Column("capacity", Integer, nullable=False),
)  # fmt: skip

coach_uses = Table(
    "coach_uses", metadata,
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("account", Id, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("coached", Boolean, nullable=False),
    Column("emotional_reactions", Integer),
    Column("interpretations", Integer),
    Column("explorations", Integer),
    Column("taken", Integer, nullable=False),
    Column("adapted", Integer, nullable=False),
    Column("dismissed", Integer, nullable=False),
    Column("unused", Integer, nullable=False),
)  # fmt: skip

staff_addresses = Table(
    "staff_addresses", metadata,
    Column("account", Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Seq, nullable=False),
)  # fmt: skip

staff_browsers = Table(
    "staff_browsers", metadata,
    Column("id", Id, primary_key=True),
    Column("account", Id, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("seq", Seq, nullable=False),
)  # fmt: skip

invitations = Table(
    "invitations", metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("role", String(12), nullable=False),
    Column("label", String(80), nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("expires", UtcDateTime, nullable=False),
)  # fmt: skip

api_keys = Table(
    "api_keys", metadata,
    Column("id", Id, primary_key=True),
    Column("secret", String(64), nullable=False, unique=True),
    Column("label", String(80), nullable=False),
    Column("made", UtcDateTime, nullable=False),
)  # fmt: skip

erasures = Table(
    "erasures", metadata,
    Column("receipt", Id, primary_key=True),
    Column("member", Id, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("counts", Text, nullable=False),
)  # fmt: skip
