"""Erasure: a preview with counts, then the key, the derived rows and the shared policy, and a receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, delete, func, select

from attunement.domain.errors import ErrorCode, NotFound
from attunement.domain.events import BodyRead
from attunement.domain.ids import is_id, new_id
from attunement.domain.programme_events import MemberErased
from attunement.programme.house import House
from attunement.programme.policy_shelf import OF_ONE
from attunement.store import schema

COUNTED = {
    "check_ins": schema.moments,
    "offers": schema.decisions,
    "outcomes": schema.outcomes,
    "conversations": schema.conversations,
    "lines": schema.turns,
    "alerts": schema.alerts,
    "messages": schema.deliveries,
    "addresses": schema.addresses,
    "consents": schema.consents,
    "accounts": schema.accounts,
}


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure would take, before it does: rows of each kind, sealed records, lessons in the shared policy."""

    member: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of an erasure: a number, a time and what went. Nothing in it tells who it was."""

    id: str
    at: datetime
    counts: dict[str, int]


def access_erasure_preview(house: House, member: str) -> ErasurePreview:
    """Count what would go."""
    with house.store.read() as connection:
        house.store.require_member(connection, member)
        return ErasurePreview(member, _counts(connection, member))


def do_erase(house: House, member: str) -> Receipt:
    """Erase a member for good.

    In one transaction: the shared policy forgets them, their derived rows, sessions and remembered requests go, and
    their key is destroyed, which makes their sealed records in the log unreadable for ever. After the commit the store
    empties the write-ahead log, so that on SQLite no copy of the key stays on disk, and readers let go of all that they
    remember of anybody's words. Backups made before still hold the
    sealed records *and* the wrapped key: keep them no longer than your programme promises.
    """
    now = house.clock()
    with house.store.write(alone=True) as transaction:
        connection = transaction.connection
        house.store.require_member(connection, member)
        counts = _counts(connection, member)
        accounts = select(schema.accounts.c.id).where(schema.accounts.c.member == member)
        handles = select(schema.accounts.c.handle).where(schema.accounts.c.member == member)
        connection.execute(delete(schema.failures).where(schema.failures.c.handle.in_(handles)))
        connection.execute(delete(schema.sessions).where(schema.sessions.c.account.in_(accounts)))
        connection.execute(delete(schema.requests).where(schema.requests.c.member == member))
        house.policies.forget(transaction, member, now)
        transaction.destroy_key(member)
        transaction.when_committed(house.forget)
        event = MemberErased(at=now, member=member, receipt=new_id(), counts=counts)
        transaction.append(event)
    return Receipt(event.receipt, now, counts)


def access_receipt(house: House, receipt: str) -> Receipt:
    """A receipt by its number."""
    with house.store.read() as connection:
        query = select(schema.erasures).where(schema.erasures.c.receipt == receipt)
        row = connection.execute(query).first() if is_id(receipt) else None
    if row is None:
        raise NotFound(ErrorCode.NOT_FOUND, "There is no receipt of that number.")
    return Receipt(row.receipt, row.at, json.loads(row.counts))


def _counts(connection: Connection, member: str) -> dict[str, int]:
    def count(table: Table, *conditions: object) -> int:
        query = select(func.count()).select_from(table).where(table.c.member == member, *conditions)  # type: ignore[arg-type]
        return int(connection.execute(query).scalar_one())

    counts = {name: count(table) for name, table in COUNTED.items()}
    counts["body_readings"] = count(schema.log, schema.log.c.kind == BodyRead.kind)
    counts["sealed_records"] = count(schema.log)
    counts["lessons_in_the_policy"] = min(count(schema.outcomes, schema.outcomes.c.learnable), OF_ONE)
    return counts
