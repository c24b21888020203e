"""Where a member can be reached: addresses of mail, which they confirm, and browsers that show notices."""

from __future__ import annotations

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Connection, select

from attunement.delivery.courier import Gone
from attunement.delivery.push import subscription_of
from attunement.domain.channel import Channel
from attunement.domain.errors import Conflict, ErrorCode, Invalid, NotFound
from attunement.domain.ids import new_id
from attunement.domain.reach_events import AddressConfirmed, AddressDropped, AddressGiven, LetterQueued
from attunement.programme.house import House
from attunement.programme.reach.links import CONFIRM, link_token, member_of_link
from attunement.store.schema import addresses

MOST = 5


@dataclass(frozen=True, slots=True)
class Address:
    """One address; ``text`` is what a person can tell it by: the mail address, or the host of a push service."""

    key: str
    channel: Channel
    confirmed: bool
    text: str


def do_give_address(house: House, member: str, channel: Channel, address: str) -> str:
    """Keep where a member can be reached; returns its key. Given again, it is kept once.

    A mail address gets a letter that asks to confirm it, and nothing else until then.
    Raises `Invalid` (``bad-input``) where it is no address of that kind, `Conflict` (``not-set-up``) where the
    programme has no such channel, or `Conflict` (``too-many``) after five.
    """
    if channel not in house.outbound.couriers or channel is Channel.WEBHOOK:
        raise Conflict(ErrorCode.NOT_SET_UP, "This programme has not set up that way of reaching people.")
    address = _checked(channel, address)
    key = house.key.index(f"{channel} {address}")
    with house.store.write() as transaction:
        transaction.hold(member)
        known = {row.key: row.confirmed for row in _rows(transaction.connection, member)}
        if len(known) >= MOST and key not in known:
            raise Conflict(ErrorCode.TOO_MANY, "There are {n} addresses already. Take one out first.", n=len(known))
        if known.get(key):
            return key
        event = AddressGiven(at=house.clock(), channel=channel, address=address, key=key)
        transaction.append(event, member=member)
        if channel is Channel.EMAIL:
            transaction.append(LetterQueued(at=house.clock(), delivery=new_id(), key=key), member=member)
    return key


def do_confirm_address(house: House, token: str, key: str) -> None:
    """Whoever opened the link in the letter agrees to letters; raises `NotFound` where the link is not ours."""
    member = member_of_link(house, token, CONFIRM, about=key)
    with house.store.write() as transaction:
        transaction.hold(member)
        if key not in {row.key for row in _rows(transaction.connection, member)}:
            raise NotFound(ErrorCode.NOT_FOUND, "This address was taken out meanwhile. Nothing more is sent to it.")
        transaction.append(AddressConfirmed(at=house.clock(), key=key), member=member)


def confirm_link(house: House, member: str, key: str) -> str:
    """The link that a letter asks to open."""
    return f"{house.outbound.origin}/confirm/{link_token(house, member, CONFIRM, about=key)}/{key}"


def do_drop_address(house: House, member: str, key: str) -> None:
    """Use an address no more; one that is not there is as good."""
    with house.store.write() as transaction:
        transaction.hold(member)
        if key in {row.key for row in _rows(transaction.connection, member)}:
            transaction.append(AddressDropped(at=house.clock(), key=key, why="taken-out"), member=member)


def access_addresses(house: House, connection: Connection, member: str) -> list[Address]:
    """A member's addresses, in the order they were given."""
    return [
        Address(row.key, Channel(row.channel), row.confirmed, _told(row.channel, opened))
        for row in _rows(connection, member)
        if (opened := access_address(house, connection, member, row.key, seq=row.seq))
    ]


def access_address(
    house: House, connection: Connection, member: str, key: str, *, seq: int | None = None
) -> str | None:
    """An address itself, opened from the log, or None where it is not used any more. ``seq`` spares looking it up."""
    if seq is None:
        seq = connection.execute(
            select(addresses.c.seq).where(addresses.c.member == member, addresses.c.key == key)
        ).scalar()
    if seq is None:
        return None
    logged = next(house.store.events(connection, member=member, after=seq - 1, limit=1))
    return logged.event.address if isinstance(logged.event, AddressGiven) else None


def access_keys(connection: Connection, member: str, channel: Channel) -> list[str]:
    """The keys of a member's addresses on one channel that may be used."""
    return [row.key for row in _rows(connection, member) if row.channel == channel and row.confirmed]


def _rows(connection: Connection, member: str):  # type: ignore[no-untyped-def]
    return connection.execute(select(addresses).where(addresses.c.member == member).order_by(addresses.c.seq)).all()


def _checked(channel: Channel, address: str) -> str:
    if channel is Channel.EMAIL:
        try:
            return validate_email(address.strip(), check_deliverability=False).normalized
        except EmailNotValidError as error:
            raise Invalid(
                ErrorCode.BAD_INPUT, "That does not look like a mail address. Check it, and send it again."
            ) from error
    try:
        return str(subscription_of(address).model_dump_json())
    except Gone as error:
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "A browser's address must be its push subscription as JSON, with endpoint and keys (p256dh, auth).",
        ) from error


def _told(channel: str, address: str) -> str:
    return address if channel == Channel.EMAIL else str(subscription_of(address).endpoint.host)
