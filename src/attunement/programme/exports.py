"""Everything a programme holds about a member, for themselves, as plain JSON."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from attunement.domain.event import Event
from attunement.domain.offer_events import DecisionMade
from attunement.programme.consents import access_chain
from attunement.programme.house import House
from attunement.programme.members import access_member

FORMAT = "attunement-export/1"


def access_export(house: House, member: str) -> dict[str, Any]:
    """All events of a member, opened, in order, with where the consent chain stands.

    Nothing is left out: the derived tables hold nothing that is not made from these. The passphrase's hash and the
    keyed hash of the name are left out of the account event, since they would only help to guess them. A decision names
    every practice that was eligible with its probability, however it was logged.
    """
    with house.store.read() as connection:
        profile = access_member(connection, member)
        events = [
            {"seq": logged.seq, "kind": logged.event.kind, **_plain(house, connection, logged.event)}
            for logged in house.store.events(connection, member=member)
        ]
        _, whole = access_chain(house, connection, member)
    return {
        "format": FORMAT,
        "made": house.clock().isoformat(),
        "member": member,
        "synthetic": profile.synthetic,
        "consent_chain_unbroken": whole,
        "events": events,
    }


def _plain(house: House, connection: Connection, event: Event) -> dict[str, Any]:
    plain = event.model_dump(mode="json", exclude={"secret", "handle", "others"})
    if isinstance(event, DecisionMade):
        plain["probabilities"] = dict(house.listings.access_probabilities(connection, event).items())
    return plain
