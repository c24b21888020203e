"""The tables. Three kinds, and only the first is the truth:

* **history**: ``log`` (append-only, sealed) and ``member_keys`` (one wrapped key a member; destroying it erases).
* **derived**: all in ``DERIVED``; `rebuild` empties them and makes them again from the log.
* **operational**: sessions, throttling, remembered requests and what the database knows of itself; safe to lose.

No column outside ``log.payload`` ever holds free text of a member.
"""

from __future__ import annotations

from sqlalchemy import Table

from attunement.store.schema.alerting import alert_settings, alert_tellings, alerts
from attunement.store.schema.base import Id, Seq, UtcDateTime, metadata
from attunement.store.schema.conversing import conversations, talk_settings, turns
from attunement.store.schema.history import log, member_keys
from attunement.store.schema.operational import (
    about,
    alert_tries,
    delivery_tries,
    failures,
    policy_cache,
    reach_points,
    requests,
    sessions,
    shifts,
)
from attunement.store.schema.people import consents, decisions, members, moments, outcomes
from attunement.store.schema.programme import (
    accounts,
    api_keys,
    coach_uses,
    drifts,
    erasures,
    invitations,
    objectives,
    policies,
    staff_addresses,
    staff_browsers,
    supporters,
)
from attunement.store.schema.reaching import addresses, deliveries, reach_settings, reaches

DERIVED: tuple[Table, ...] = (
    members, consents, moments, decisions, outcomes, objectives, reach_settings, addresses, reaches, deliveries,
    conversations, turns, talk_settings, alerts, alert_tellings, alert_settings, policies, drifts, accounts,
    supporters, coach_uses, staff_addresses, staff_browsers, invitations, api_keys, erasures,
)  # fmt: skip

__all__ = [
    "DERIVED",
    "Id",
    "Seq",
    "UtcDateTime",
    "about",
    "accounts",
    "addresses",
    "alert_settings",
    "alert_tellings",
    "alert_tries",
    "alerts",
    "api_keys",
    "coach_uses",
    "consents",
    "conversations",
    "decisions",
    "deliveries",
    "delivery_tries",
    "drifts",
    "erasures",
    "failures",
    "invitations",
    "log",
    "member_keys",
    "members",
    "metadata",
    "moments",
    "objectives",
    "outcomes",
    "policies",
    "policy_cache",
    "reach_points",
    "reach_settings",
    "reaches",
    "requests",
    "sessions",
    "shifts",
    "staff_addresses",
    "staff_browsers",
    "supporters",
    "talk_settings",
    "turns",
]
