"""Browsers in which supporters and stewards are told of alerts, by notices (Web Push)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select

from attunement.delivery.courier import Gone
from attunement.delivery.push import subscription_of
from attunement.domain.alert_events import StaffBrowserDropped, StaffBrowserGiven
from attunement.domain.channel import Channel
from attunement.domain.errors import Conflict, ErrorCode, Invalid
from attunement.domain.ids import new_id
from attunement.programme.alerts.staff import check_colleague
from attunement.programme.house import House
from attunement.store.schema import staff_browsers
from attunement.store.store import Transaction

MOST = 5


@dataclass(frozen=True, slots=True)
class StaffBrowser:
    """One browser; ``host`` is its push service, ``digest`` the SHA-256 of its endpoint, by which it knows itself."""

    id: str
    since: datetime
    host: str
    digest: str


def do_give_browser(house: House, account: str, subscription: str) -> str:
    """Tell a supporter or steward of alerts in a browser too; returns its id. Given again, it is kept once.

    A browser is one person's: given by somebody else, it was passed on at a desk that several share.
    Raises `Invalid` (``bad-input``) where it is not what a browser gives, `Conflict` (``not-set-up``, ``too-many``
    after five), `NotFound` where there is no such account.
    """
    if Channel.PUSH not in house.outbound.couriers:
        raise Conflict(ErrorCode.NOT_SET_UP, "This programme has not set up that way of reaching people.")
    try:
        known_as = subscription_of(subscription)
    except Gone as error:
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "A browser's address must be its push subscription as JSON, with endpoint and keys (p256dh, auth).",
        ) from error
    key = house.key.index(f"{Channel.PUSH} {known_as.endpoint}")
    with house.store.write(alone=True) as transaction:  # alone, as closing an account is
        check_colleague(transaction.connection, account)
        known = {row.key: row.id for row in _rows(transaction.connection, account)}
        if key in known:
            return str(known[key])
        if len(known) >= MOST:
            raise Conflict(ErrorCode.TOO_MANY, "There are {n} addresses already. Take one out first.", n=len(known))
        given = StaffBrowserGiven(
            at=house.clock(), account=account, browser=new_id(), key=key, subscription=known_as.model_dump_json()
        )
        transaction.append(given)
        return given.browser


def do_drop_browser(house: House, account: str, browser: str) -> None:
    """Tell nothing more to one of somebody's browsers; one that is not there, or not theirs, is left as it is."""
    with house.store.write(alone=True) as transaction:
        if browser in {row.id for row in _rows(transaction.connection, account)}:
            transaction.append(StaffBrowserDropped(at=house.clock(), browser=browser, why="taken-out"))


def give_up_browser(house: House, transaction: Transaction, browser: str) -> None:
    """Nobody is there any more: its push service said so."""
    query = select(staff_browsers.c.id).where(staff_browsers.c.id == browser)
    if transaction.connection.execute(query).first() is not None:
        transaction.append(StaffBrowserDropped(at=house.clock(), browser=browser, why="gone"))


def access_browsers(house: House, connection: Connection, account: str) -> list[StaffBrowser]:
    """Somebody's browsers, in the order they were given."""
    found = [_given(house, connection, row.seq) for row in _rows(connection, account)]
    return [_seen(one) for one in found if one is not None]


def access_subscription(house: House, connection: Connection, browser: str) -> str:
    """What a browser gave, opened from the log; empty where it is not told any more."""
    seq = connection.execute(select(staff_browsers.c.seq).where(staff_browsers.c.id == browser)).scalar()
    given = _given(house, connection, seq) if seq is not None else None
    return given.subscription if given else ""


def _rows(connection: Connection, account: str):  # type: ignore[no-untyped-def]
    query = select(staff_browsers).where(staff_browsers.c.account == account).order_by(staff_browsers.c.seq)
    return connection.execute(query).all()


def _given(house: House, connection: Connection, seq: int) -> StaffBrowserGiven | None:
    kinds = (StaffBrowserGiven.kind,)
    logged = next(house.store.events(connection, kinds=kinds, after=seq - 1, limit=1))
    return logged.event if isinstance(logged.event, StaffBrowserGiven) else None


def _seen(given: StaffBrowserGiven) -> StaffBrowser:
    endpoint = subscription_of(given.subscription).endpoint
    return StaffBrowser(given.browser, given.at, endpoint.host or "", sha256(str(endpoint).encode()).hexdigest())
