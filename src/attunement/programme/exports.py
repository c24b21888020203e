"""Everything a programme holds about a member, for themselves, as plain JSON."""

from __future__ import annotations

from typing import Any

from attunement.programme.consents import access_chain
from attunement.programme.house import House
from attunement.programme.members import access_member

FORMAT = "attunement-export/1"


def access_export(house: House, member: str) -> dict[str, Any]:
    """All events of a member, opened, in order, with where the consent chain stands.

    Nothing is left out: the derived tables hold nothing that is not made from these. The passphrase's hash and the
    keyed hash of the name are left out of the account event, since they would only help to guess them.
    """
    with house.store.read() as connection:
        profile = access_member(connection, member)
        events = [
            {
                "seq": logged.seq,
                "kind": logged.event.kind,
                **logged.event.model_dump(mode="json", exclude={"secret", "handle"}),
            }
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
