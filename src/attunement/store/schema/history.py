"""History: the log, and one wrapped key a member; destroying it erases."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, String, Table

from attunement.store.schema.base import Id, Seq, UtcDateTime, metadata

log = Table(
    "log", metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    Column("member", Id, nullable=True),
    Column("kind", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("recorded", UtcDateTime, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Index("ix_log_member_kind_seq", "member", "kind", "seq"),
    Index("ix_log_kind_seq", "kind", "seq"),
    sqlite_autoincrement=True,
)  # fmt: skip

member_keys = Table(
    "member_keys", metadata,
    Column("member", Id, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)  # fmt: skip
