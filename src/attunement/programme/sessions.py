"""Signing in and out. A session lives on the server; the browser holds a random token, the database its hash."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from attunement.domain.errors import ErrorCode, Invalid, NotSignedIn, Throttled
from attunement.domain.programme_events import Role
from attunement.programme.house import House
from attunement.programme.members import access_name
from attunement.programme.passphrases import is_passphrase
from attunement.store.schema import accounts, failures, sessions

LASTS = {"member": timedelta(days=30), "supporter": timedelta(hours=12), "steward": timedelta(hours=12)}
RENEWED_AFTER = timedelta(minutes=10)  # a session in use is renewed, but not at every click
NOTED_AFTER = timedelta(minutes=1)
MOST_FAILURES = 10
LOCKED_FOR = timedelta(minutes=15)
TRIES = 20  # a minute
_SIGNED_IN = (  # built once: asked at every request
    select(accounts.c.id, accounts.c.role, accounts.c.member, accounts.c.name, sessions.c.expires, sessions.c.acted)
    .join(sessions, sessions.c.account == accounts.c.id)
    .where(sessions.c.token == bindparam("hashed"), sessions.c.expires > bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in. ``member`` is None for staff; ``name`` is what they called themselves."""

    id: str
    role: Role
    member: str | None
    name: str


def name_handle(house: House, name: str) -> str:
    """The keyed hash by which an account is found by its name."""
    return house.key.index(f"name {name}")


def do_sign_in(house: House, name: str, passphrase: str, *, ip: str = "") -> str:
    """Open a session and return its token.

    Raises `Throttled` (``too-many-tries`` by address; ``locked-out`` for a quarter of an hour after ten failures for
    one name, whether or not it exists) and `Invalid` (``bad-credentials``), which never tells which of the two was
    wrong and takes as long for an unknown name.
    """
    house.throttle.hit(TRIES, "sign-in", ip)
    handle = name_handle(house, name[:200])
    with house.store.read() as connection:
        _check_lock(house, connection, handle)
        query = select(accounts.c.id, accounts.c.role, accounts.c.secret).where(accounts.c.handle == handle)
        account = connection.execute(query).first()
    if not is_passphrase(account.secret if account else None, passphrase) or account is None:
        _note_failure(house, handle)
        raise Invalid(
            ErrorCode.BAD_CREDENTIALS,
            "The name and the passphrase do not belong together. Check both, and try again.",
        )
    with house.store.write() as transaction:
        transaction.connection.execute(delete(failures).where(failures.c.handle == handle))
        return do_open_session(house, account.id, account.role)


def do_open_session(house: House, account: str, role: Role) -> str:
    """Open a session without asking for a passphrase (who just joined has chosen it); returns its token."""
    now, token = house.clock(), secrets.token_urlsafe(32)
    row = {
        "token": _hash(token), "account": account, "made": now, "expires": now + LASTS[role],
        "acted": None if role == "member" else now,
    }  # fmt: skip
    with house.store.write() as transaction:
        transaction.connection.execute(delete(sessions).where(sessions.c.expires <= now))
        transaction.connection.execute(insert(sessions), row)
    return token


def do_sign_out(house: House, token: str) -> None:
    """End a session; nothing happens where it has ended already."""
    with house.store.write() as transaction:
        transaction.connection.execute(delete(sessions).where(sessions.c.token == _hash(token)))


def do_end_sessions(house: House, account: str, *, but: str = "") -> None:
    """End all sessions of an account, except the one of the token ``but``."""
    query = delete(sessions).where(sessions.c.account == account, sessions.c.token != _hash(but))
    with house.store.write() as transaction:
        transaction.connection.execute(query)


def access_account(house: House, token: str, *, acted: bool = False) -> Account:
    """Whose session this is; a session in use lasts on. Raises `NotSignedIn` (``not-signed-in``).

    ``acted`` says that a person did something just now. Of supporters and stewards that is noted, to the minute, so
    that alerts know who is there; of members it is not.
    """
    now, hashed = house.clock(), _hash(token)
    with house.store.read() as connection:
        row = connection.execute(_SIGNED_IN, {"hashed": hashed, "now": now}).first()
        if row is None:
            raise NotSignedIn(ErrorCode.NOT_SIGNED_IN, "You are not signed in, or no longer. Sign in to go on.")
        name = access_name(house, connection, row.member) if row.member else row.name
    if now + LASTS[row.role] - row.expires > RENEWED_AFTER:
        _change(house, hashed, expires=now + LASTS[row.role])
    if acted and row.role != "member" and (row.acted is None or now - row.acted >= NOTED_AFTER):
        _change(house, hashed, acted=now)
    return Account(row.id, row.role, row.member, name)


def _change(house: House, hashed: str, **to: datetime) -> None:
    with house.store.write() as transaction:
        transaction.connection.execute(update(sessions).where(sessions.c.token == hashed).values(**to))


def _check_lock(house: House, connection: Connection, handle: str) -> None:
    query = select(failures.c.last).where(failures.c.handle == handle, failures.c.count >= MOST_FAILURES)
    last = connection.execute(query).scalar()
    left = last + LOCKED_FOR - house.clock() if last else timedelta(0)
    if left > timedelta(0):
        raise Throttled(
            ErrorCode.LOCKED_OUT,
            "There were too many tries with this name. Wait {minutes} minutes, then try again.",
            minutes=math.ceil(left.total_seconds() / 60),
        )


def _note_failure(house: House, handle: str) -> None:
    now = house.clock()
    with house.store.write(alone=True) as transaction:
        connection = transaction.connection
        connection.execute(delete(failures).where(failures.c.last <= now - LOCKED_FOR))
        again = update(failures).where(failures.c.handle == handle).values(count=failures.c.count + 1, last=now)
        if not connection.execute(again).rowcount:
            connection.execute(insert(failures), {"handle": handle, "count": 1, "last": now})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
