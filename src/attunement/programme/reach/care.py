"""Whether people should be there for a member just now, and no program."""

from __future__ import annotations

from sqlalchemy import Connection, exists, or_, select

from attunement.domain.conversation import Owner
from attunement.domain.reading import SIGNS
from attunement.programme.check_ins import carried_risk
from attunement.programme.consents import access_permissions
from attunement.programme.danger import access_talk_danger
from attunement.programme.house import House
from attunement.reading.history import REMEMBERED
from attunement.store.schema import alerts, conversations


def access_care(house: House, connection: Connection, member: str) -> bool:
    """Whether a program should leave a member in peace, because people should be there for them.

    So it is for 72 hours after signs of danger, in a line of theirs or in the newest words of a check-in; and while an
    alert about them is open, or a conversation waits for a person or is with one. It is for their safety, whatever they
    allow to be used for choosing for them; of check-ins only what was kept can count (`carried_risk`).
    """
    since = house.clock() - REMEMBERED
    if _with_people(connection, member) or access_talk_danger(connection, member, since=since) in SIGNS:
        return True
    told = carried_risk(house, connection, member, access_permissions(house, connection, member), since=since)
    return told in SIGNS


def _with_people(connection: Connection, member: str) -> bool:
    talks = exists().where(
        conversations.c.member == member, conversations.c.owner.in_([Owner.WAITING, Owner.SUPPORTER])
    )
    alerted = exists().where(alerts.c.member == member, alerts.c.closed.is_(None))
    return bool(connection.execute(select(or_(talks, alerted))).scalar())
