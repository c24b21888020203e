"""The facts a member tells of themselves: language, country and time zone, each of which they can take back."""

from __future__ import annotations

from attunement.domain.events import ProfileChanged
from attunement.programme.house import House
from attunement.programme.members import access_member, check_profile

LANGUAGE, TIME_ZONE = "en", "UTC"
"""What counts where nothing is told."""


def do_tell_facts(house: House, member: str, *, language: str, country: str, time_zone: str) -> None:
    """Keep the facts as they are told now; an empty one is taken back. Where nothing changes, nothing is written.

    Parameters
    ----------
    language:
        A code such as ``pt-BR``; none is English.
    country:
        A code of two letters (ISO 3166-1); none is unknown, and help is then that from anywhere.
    time_zone:
        A name of the IANA time zone database; none is UTC.

    Raises `Invalid` (``bad-input``) where one of them is not known.
    """
    check_profile(language or None, country or None, time_zone or None)
    told = {"language": language or LANGUAGE, "country": country, "time_zone": time_zone or TIME_ZONE}
    with house.store.write() as transaction:
        transaction.hold(member)
        now = access_member(transaction.connection, member)
        changed = {name: value for name, value in told.items() if value != (getattr(now, name) or "")}
        if changed:
            transaction.append(ProfileChanged(at=house.clock(), **changed), member=member)
