"""Operational: sessions, throttling, remembered requests and what the database knows of itself; safe to lose."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table

from attunement.store.schema.alerting import one_way_of_telling
from attunement.store.schema.base import Id, UtcDateTime, metadata

about = Table(
    "about", metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)  # fmt: skip

policy_cache = Table(
    "policy_cache", metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("parameters", LargeBinary, nullable=False),
)  # fmt: skip

reach_points = Table(
    "reach_points", metadata,
    Column("member", Id, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    Column("point", BigInteger, nullable=False),
)  # fmt: skip

delivery_tries = Table(
    "delivery_tries", metadata,
    Column("delivery", Id, ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("next", UtcDateTime, nullable=False),
    Column("why", String(80), nullable=False),
)  # fmt: skip

shifts = Table(
    "shifts", metadata,
    Column("account", Id, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("debriefed", UtcDateTime),
)  # fmt: skip

alert_tries = Table(
    "alert_tries", metadata,
    *one_way_of_telling(),
    Column("tries", Integer, nullable=False),
    Column("next", UtcDateTime, nullable=False),
    Column("why", String(80), nullable=False),
)  # fmt: skip

sessions = Table(
    "sessions", metadata,
    Column("token", String(64), primary_key=True),
    Column("account", Id, nullable=False, index=True),
    Column("made", UtcDateTime, nullable=False),
    Column("expires", UtcDateTime, nullable=False, index=True),
    Column("acted", UtcDateTime),
)  # fmt: skip

failures = Table(
    "failures", metadata,
    Column("handle", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last", UtcDateTime, nullable=False),
)  # fmt: skip

requests = Table(
    "requests", metadata,
    Column("key", String(64), primary_key=True),
    Column("member", Id, index=True),
    Column("digest", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)  # fmt: skip
