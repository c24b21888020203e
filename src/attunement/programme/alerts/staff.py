"""Whom an alert can reach: supporters and stewards, who of them is there, and where they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Connection, Select, select

from attunement.domain.alert import Audience
from attunement.domain.alert_events import StaffAddressChosen
from attunement.domain.channel import Channel
from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.ids import is_id
from attunement.domain.programme_events import Role
from attunement.programme.house import House
from attunement.store.schema import accounts, sessions, shifts, staff_addresses, staff_browsers

ATTENDED = timedelta(minutes=10)
STAFF = ("supporter", "steward")


@dataclass(frozen=True, slots=True)
class Colleague:
    """A supporter or steward.

    ``there`` is whether they are at work, ``letters`` whether a letter can reach them, ``browsers`` the ids of those
    that show them notices.
    """

    id: str
    role: Role
    name: str
    there: bool
    letters: bool
    browsers: tuple[str, ...]

    @property
    def reachable(self) -> bool:
        """Whether an alert reaches them, as far as anybody can tell."""
        return self.there or self.letters or bool(self.browsers)


def access_there(house: House, connection: Connection) -> frozenset[str]:
    """The accounts of supporters who are there: a person did something within ten minutes, or can be called.

    Something done is a line or a form sent, a page gone to, a key, a press or a scroll on one, coming back to one, or
    going on duty. A page that merely lies open, with its streams and whatever it asks for by itself, is nobody. Whoever
    is on duty and can be called by letter or by a notice on a device is there wherever they are, as long as they said.
    """
    since = house.clock() - ATTENDED
    acted = _acted(since).join(accounts, accounts.c.id == sessions.c.account).where(accounts.c.role == "supporter")
    on_duty = select(shifts.c.account).where(shifts.c.until > house.clock())
    there = [acted, on_duty.where(shifts.c.since > since)]
    if Channel.EMAIL in house.outbound.couriers:
        there.append(on_duty.join(staff_addresses, staff_addresses.c.account == shifts.c.account))
    if Channel.PUSH in house.outbound.couriers:
        there.append(on_duty.join(staff_browsers, staff_browsers.c.account == shifts.c.account))
    return frozenset(account for query in there for account in connection.execute(query).scalars())


def access_attends(house: House, connection: Connection, account: str) -> bool:
    """Whether a supporter or steward did something on a page within ten minutes (see `access_there`)."""
    query = _acted(house.clock() - ATTENDED).where(sessions.c.account == account)
    return connection.execute(query).first() is not None


def _acted(since: datetime) -> Select[tuple[str]]:
    return select(sessions.c.account).where(sessions.c.acted > since)


def access_colleagues(house: House, connection: Connection) -> list[Colleague]:
    """All supporters and stewards, by name."""
    there, by_letter = access_there(house, connection), Channel.EMAIL in house.outbound.couriers
    query = (
        select(accounts.c.id, accounts.c.role, accounts.c.name, staff_addresses.c.seq)
        .outerjoin(staff_addresses, staff_addresses.c.account == accounts.c.id).where(accounts.c.role.in_(STAFF))
    )  # fmt: skip
    browsers = _browsers(connection) if Channel.PUSH in house.outbound.couriers else {}
    found = [
        Colleague(row.id, row.role, row.name, row.id in there, by_letter and row.seq is not None,
                  tuple(browsers.get(row.id, ())))
        for row in connection.execute(query)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def _browsers(connection: Connection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in connection.execute(select(staff_browsers).order_by(staff_browsers.c.seq)):
        found.setdefault(row.account, []).append(row.id)
    return found


def can_tell_somebody(house: House, connection: Connection) -> bool:
    """Whether an alert would reach anybody: who is there, who gets letters or notices, or the application."""
    reached = any(one.reachable for one in access_colleagues(house, connection))
    return reached or Channel.WEBHOOK in house.outbound.couriers


def first_audience(house: House, connection: Connection, *, but: str | None = None) -> Audience:
    """Whom to tell first: those at work, and everybody at once where nobody is (``but`` whoever passes it on)."""
    return Audience.DUTY if access_there(house, connection) - {but} else Audience.EVERYBODY


def audience_of_one(house: House, connection: Connection, account: str) -> Audience:
    """One colleague, where there is a way to tell them; else everybody."""
    found = (one for one in access_colleagues(house, connection) if one.id == account)
    return Audience.ONE if any(one.reachable for one in found) else Audience.EVERYBODY


def access_staff_address(house: House, connection: Connection, account: str) -> str:
    """The mail address of a colleague, opened from the log; empty where there is none."""
    seq = connection.execute(select(staff_addresses.c.seq).where(staff_addresses.c.account == account)).scalar()
    if seq is None:
        return ""
    kinds = (StaffAddressChosen.kind,)
    logged = next(house.store.events(connection, kinds=kinds, after=seq - 1, limit=1))
    return logged.event.email if isinstance(logged.event, StaffAddressChosen) else ""


def do_choose_staff_address(house: House, account: str, email: str) -> None:
    """Say where a supporter or steward is told of alerts by letter; empty for nowhere.

    Raises `Invalid` (``bad-input``) where it is no mail address, `NotFound` where there is no such account.
    """
    email = email.strip()
    if email:
        try:
            email = validate_email(email, check_deliverability=False).normalized
        except EmailNotValidError as error:
            raise Invalid(
                ErrorCode.BAD_INPUT, "That does not look like a mail address. Check it, and send it again."
            ) from error
    with house.store.write(alone=True) as transaction:  # alone, as closing an account is
        check_colleague(transaction.connection, account)
        if email != access_staff_address(house, transaction.connection, account):
            transaction.append(StaffAddressChosen(at=house.clock(), account=account, email=email))


def check_colleague(connection: Connection, account: str) -> Role:
    """The role of a supporter or steward; raises `NotFound` for any other account."""
    query = select(accounts.c.role).where(accounts.c.id == account, accounts.c.role.in_(STAFF))
    role: Role | None = connection.execute(query).scalar() if is_id(account) else None
    if role is None:
        raise NotFound(ErrorCode.NOT_FOUND, "There is no such account. It may be closed already.")
    return role
