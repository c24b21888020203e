"""Derived: who owns each conversation, and where its lines stand."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table

from attunement.store.schema.base import Id, Seq, UtcDateTime, member_column, metadata

conversations = Table(
    "conversations", metadata,
    Column("id", Id, primary_key=True),
    member_column(),
    Column("seq", Seq, nullable=False),
    Column("owner", String(10), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("supporter", Id),
    Column("asked_by", String(10)),
    Column("person", Id),
    Column("team", String(40)),
    Column("skill", String(40)),
    Column("language", String(35), nullable=False),
    Column("risk", String(10), nullable=False),
    Column("opened", UtcDateTime, nullable=False),
    Column("waiting_since", UtcDateTime),
    Column("claimed", UtcDateTime),
    Column("waited_s", Float),
    Column("closed", UtcDateTime),
    Column("last_at", UtcDateTime, nullable=False),
    Column("last_line", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("second_asked", UtcDateTime),
    Column("second", Id),
    Column("noted", UtcDateTime),
    Column("asked", UtcDateTime, index=True),
    Index("ix_conversations_member_seq", "member", "seq"),
    Index("ix_conversations_owner_waiting_since", "owner", "waiting_since"),
    Index("ix_conversations_supporter_owner", "supporter", "owner"),
    Index("ix_conversations_claimed", "claimed"),
)  # fmt: skip

turns = Table(  # a trigger refuses a row whose speaker does not own the conversation; see migration 0007
    "turns", metadata,
    Column("id", Id, primary_key=True),
    Column("conversation", Id, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    member_column(),
    Column("line", Integer, nullable=False),
    Column("logged", Seq, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("speaker", String(10), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("author", Id),
    Column("sent", Id),
    Column("strategy", String(40)),
    Column("probability", Float),
    Column("risk", String(10)),
    Column("helped", Boolean),
    Index("uq_turns_conversation_line", "conversation", "line", unique=True),
    Index("uq_turns_conversation_sent", "conversation", "sent", unique=True),
    Index("ix_turns_member", "member"),
    Index("ix_turns_author", "author", "conversation"),
)  # fmt: skip

talk_settings = Table(
    "talk_settings", metadata,
    Column("member", Id, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    Column("ideas", Float, nullable=False),
    Column("elsewhere", String(255), nullable=False),
    Column("wording", Integer, nullable=False),
)  # fmt: skip
