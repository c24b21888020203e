"""API keys: how an integrator's program is known. A key is shown once; a keyed hash of it is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, select

from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.ids import new_id
from attunement.domain.programme_events import ApiKeyMade, ApiKeyRevoked
from attunement.programme.house import House
from attunement.programme.members import Member
from attunement.programme.text import clean_text
from attunement.store.schema import api_keys, members

PREFIX = "att_"
LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key in use; the key itself is not known any more."""

    id: str
    label: str
    made: datetime


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key just made. ``key`` is shown this once."""

    id: str
    key: str


def do_make_api_key(house: House, label: str) -> NewApiKey:
    """Make a key of 160 random bits for the integrator named by ``label``; raises `Invalid` (``bad-input``)."""
    label = clean_text(label, field="label", longest=LONGEST_LABEL)
    if not label:
        raise Invalid(ErrorCode.BAD_INPUT, "A key needs a label that tells what it is for.")
    made = NewApiKey(new_id(), PREFIX + secrets.token_hex(20))
    event = ApiKeyMade(at=house.clock(), key=made.id, secret=_hash(house, made.key), label=label)
    with house.store.write() as transaction:
        transaction.append(event)
    return made


def do_revoke_api_key(house: House, key: str) -> None:
    """Make a key stop working within seconds, everywhere; raises `NotFound` where there is none of that id."""
    with house.store.write() as transaction:
        if transaction.connection.execute(select(api_keys.c.id).where(api_keys.c.id == key)).first() is None:
            raise NotFound(ErrorCode.NOT_FOUND, "There is no such key. It may have been revoked already.")
        transaction.append(ApiKeyRevoked(at=house.clock(), key=key))


def access_api_keys(house: House) -> list[ApiKey]:
    """All keys in use, oldest first."""
    with house.store.read() as connection:
        rows = connection.execute(select(api_keys).order_by(api_keys.c.made, api_keys.c.id))
        return [ApiKey(r.id, r.label, r.made) for r in rows]


def access_api_key(house: House, connection: Connection, key: str) -> str | None:
    """The id of a key that works, or None."""
    if not key.startswith(PREFIX) or len(key) > 80:
        return None
    return connection.execute(select(api_keys.c.id).where(api_keys.c.secret == _hash(house, key))).scalar()


def access_kept(connection: Connection, key: str, *, after: str = "", limit: int = 50) -> list[Member]:
    """The members enrolled through a key, in the order of their joining, from the one after ``after``."""
    columns = [members.c[f.name] for f in fields(Member)]
    query = select(*columns).where(members.c.keeper == key, members.c.id > after).order_by(members.c.id).limit(limit)
    return [Member(**row) for row in connection.execute(query).mappings()]


def _hash(house: House, key: str) -> str:
    return house.key.index(f"api-key {key}")
