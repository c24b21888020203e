"""Derived: members, what they allow, how they are, what they were offered and what came of it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text, false

from attunement.store.schema.base import Id, Seq, UtcDateTime, member_column, metadata

members = Table(
    "members", metadata,
    Column("id", Id, primary_key=True),
    Column("seq", Seq, nullable=False, index=True),
    Column("joined", UtcDateTime, nullable=False),
    Column("language", String(35), nullable=False),
    Column("country", String(2)),
    Column("time_zone", String(64), nullable=False),
    Column("synthetic", Boolean, nullable=False),
    Column("breadth", Float, nullable=False),
    Column("keeper", Id, index=True),
)  # fmt: skip

consents = Table(
    "consents", metadata,
    member_column(),
    Column("purpose", String(20), nullable=False),
    Column("category", String(20), nullable=False),
    Column("granted", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("expires", UtcDateTime),
    Column("wording", Integer, nullable=False),
    Column("seq", Seq, nullable=False),
    Column("hash", String(64), nullable=False),
    Index("uq_consents_cell", "member", "purpose", "category", unique=True),
)  # fmt: skip

moments = Table(
    "moments", metadata,
    Column("id", Id, primary_key=True),
    member_column(),
    Column("seq", Seq, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("valence", Float),
    Column("arousal", Float),
    Column("state_valence", Float, nullable=False),
    Column("state_valence_sd", Float, nullable=False),
    Column("state_arousal", Float, nullable=False),
    Column("state_arousal_sd", Float, nullable=False),
    Column("needs", String(80), nullable=False),
    Column("risk", String(10)),
    Column("has_text", Boolean, nullable=False),
    Index("ix_moments_member_seq", "member", "seq"),
)  # fmt: skip

decisions = Table(
    "decisions", metadata,
    Column("id", Id, primary_key=True),
    member_column(),
    Column("seq", Seq, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("moment", Id),
    Column("practice", String(60), nullable=False, index=True),
    Column("probability", Float, nullable=False),
    Column("policy", String(40), nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("expected", Float),
    Column("answer", String(20)),
    Column("answered_practice", String(60)),
    Column("guarded", Boolean, nullable=False, server_default=false()),
    Index("ix_decisions_member_seq", "member", "seq"),
)  # fmt: skip

outcomes = Table(
    "outcomes", metadata,
    Column("decision", Id, primary_key=True),
    member_column(),
    Column("seq", Seq, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("practice", String(60), nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("rating", Integer),
    Column("affect_change", Float),
    Column("affect_counted", Float),
    Column("skill_shown", Float),
    Column("skill_counted", Float),
    Column("reward", Float),
    Column("reward_definition", String(40), nullable=False),
    Column("corrected", Seq),
    Column("reward_before", Float),
    Column("learnable", Boolean, nullable=False),
    Column("features", Text, nullable=False),
    Column("hindrances", String(80), nullable=False, server_default=""),
    Column("private", Text, nullable=False, server_default="{}"),
    Column("used", String(60)),
    Index("ix_outcomes_member_seq", "member", "seq"),
    Index("ix_outcomes_learnable_seq", "learnable", "seq"),
    Index("ix_outcomes_learnable_corrected", "learnable", "corrected"),
)  # fmt: skip
