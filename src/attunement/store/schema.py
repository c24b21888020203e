"""The tables. Three kinds, and only the first is the truth:

* **history**: ``log`` (append-only, sealed) and ``member_keys`` (one wrapped key a member; destroying it erases).
* **derived**: all in ``DERIVED``; `rebuild` empties them and makes them again from the log.
* **operational**: sessions, throttling, remembered requests and what the database knows of itself; safe to lose.

No column outside ``log.payload`` ever holds free text of a member.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A timezone-aware instant, always UTC on both sides."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)  # type: ignore[no-any-return]


Id = String(36)
Seq = BigInteger().with_variant(Integer, "sqlite")


def _member() -> Column[str]:
    return Column("member", Id, ForeignKey("members.id", ondelete="CASCADE"), nullable=False)


# history ------------------------------------------------------------------------------------------------------------
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

# derived ------------------------------------------------------------------------------------------------------------
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
    _member(),
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
    _member(),
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
    _member(),
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
    _member(),
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
    _member(),
    Column("key", String(64), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("seq", Seq, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Index("uq_addresses_member_key", "member", "key", unique=True),
)  # fmt: skip

reaches = Table(
    "reaches", metadata,
    Column("id", Id, primary_key=True),
    _member(),
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
    _member(),
    Column("reach", Id, ForeignKey("reaches.id", ondelete="CASCADE")),
    Column("channel", String(10), nullable=False),
    Column("key", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("how", String(10)),
    Index("ix_deliveries_how_at", "how", "at"),
)  # fmt: skip

conversations = Table(
    "conversations", metadata,
    Column("id", Id, primary_key=True),
    _member(),
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
    _member(),
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
)  # fmt: skip

talk_settings = Table(
    "talk_settings", metadata,
    Column("member", Id, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    Column("ideas", Float, nullable=False),
    Column("elsewhere", String(255), nullable=False),
    Column("wording", Integer, nullable=False),
)  # fmt: skip

alerts = Table(
    "alerts", metadata,
    Column("id", Id, primary_key=True),
    _member(),
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


def _one_way_of_telling() -> tuple[Column[Any], ...]:
    """Of which alert, at which step, how and to whom (an account; empty for the programme's own application)."""
    return (
        Column("alert", Id, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True),
        Column("step", Integer, primary_key=True, autoincrement=False),
        Column("channel", String(10), primary_key=True),
        Column("account", Id, primary_key=True),
    )


alert_tellings = Table(
    "alert_tellings", metadata,
    *_one_way_of_telling(),
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

staff_addresses = Table(
    "staff_addresses", metadata,
    Column("account", Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Seq, nullable=False),
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

DERIVED: tuple[Table, ...] = (
    members, consents, moments, decisions, outcomes, objectives, reach_settings, addresses, reaches, deliveries,
    conversations, turns, talk_settings, alerts, alert_tellings, alert_settings, policies, drifts, accounts,
    supporters, coach_uses, staff_addresses, invitations, api_keys, erasures,
)  # fmt: skip

# operational --------------------------------------------------------------------------------------------------------
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
    *_one_way_of_telling(),
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
