"""The conversation an alert is about, for those who may open it right now, and the alert about a conversation."""

from __future__ import annotations

from sqlalchemy import Connection, select

from attunement.domain.conversation import Owner
from attunement.domain.errors import NotFound
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alert import Alert
from attunement.programme.alerts.seeing import SeenAlert, access_alert
from attunement.programme.conversations.conversation import access_as_supporter, find_conversation
from attunement.programme.house import House
from attunement.store.schema import accounts, alerts, api_keys, members


def access_talk(connection: Connection, alert: Alert, account: str) -> str | None:
    """The conversation an alert is about, where this supporter may open it: it waits for a person, or is theirs.

    An empty ``account`` is the programme's own application: it may where an API key in use enrolled the member. For
    anybody else, a steward too, it is None.
    """
    if alert.conversation is None:
        return None
    if not account:
        return alert.conversation if _is_kept(connection, alert.member) else None
    role = select(accounts.c.role).where(accounts.c.id == account)
    if connection.execute(role).scalar() != "supporter":
        return None
    try:
        return access_as_supporter(connection, account, alert.conversation).id
    except NotFound:
        return None


def access_may_step_in(connection: Connection, alert: Alert) -> bool:
    """Whether a supporter may step into the conversation an alert is about: the danger is clear, and nobody is there.

    It is the companion's then, and nobody reads it before they do; see `do_step_in`.
    """
    if not alert.is_open or alert.conversation is None or alert.level.rank < RiskLevel.EXPLICIT.rank:
        return False
    return find_conversation(connection, alert.conversation).owner is Owner.COMPANION


def access_alert_about(house: House, supporter: str, conversation: str) -> SeenAlert | None:
    """The open alert about a conversation that this supporter may open; raises `NotFound` where they may not."""
    with house.store.read() as connection:
        found = access_as_supporter(connection, supporter, conversation)
        query = select(alerts.c.id).where(
            alerts.c.member == found.member, alerts.c.conversation == found.id, alerts.c.closed.is_(None)
        )
        alert = connection.execute(query).scalar()
    return None if alert is None else access_alert(house, alert)


def _is_kept(connection: Connection, member: str) -> bool:
    query = select(api_keys.c.id).join(members, members.c.keeper == api_keys.c.id).where(members.c.id == member)
    return connection.execute(query).first() is not None
