"""Consent: what a member allows, changed by events that are chained, and read wherever data is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.events import ConsentChanged
from attunement.domain.ids import is_id
from attunement.privacy.permissions import FIRST, Permissions, chained, verify_chain
from attunement.programme.bell import consents_of
from attunement.programme.conversations.closing import end_companion_talk
from attunement.programme.house import House
from attunement.store.schema import consents
from attunement.store.store import Transaction

_CELLS = select(consents).where(consents.c.member == bindparam("member")).order_by(consents.c.seq)


@dataclass(frozen=True, slots=True)
class ConsentCell:
    """One cell as it stands: allowed or not, since when, until when, to which wording."""

    cell: Cell
    granted: bool
    at: datetime
    expires: datetime | None
    wording: int


def access_permissions(house: House, connection: Connection, member: str) -> Permissions:
    """What a member allows now; what has expired is not allowed."""
    now = house.clock()
    cells = access_consents(connection, member)
    return Permissions(frozenset(c.cell for c in cells if c.granted and (c.expires is None or c.expires > now)))


def access_consents(connection: Connection, member: str) -> list[ConsentCell]:
    """Every cell a member ever decided on, as it stands."""
    rows = connection.execute(_CELLS, {"member": member}).all() if is_id(member) else []
    return [
        ConsentCell(Cell(Purpose(r.purpose), Category(r.category)), r.granted, r.at, r.expires, r.wording) for r in rows
    ]


def access_chain(house: House, connection: Connection, member: str) -> tuple[list[ConsentChanged], bool]:
    """A member's whole history of consent, oldest first, and whether its chain is unbroken."""
    events = house.store.events(connection, member=member, kinds=(ConsentChanged.kind,))
    changes = [logged.event for logged in events if isinstance(logged.event, ConsentChanged)]
    return changes, verify_chain(changes) is None


def check_cells(house: House, cells: Iterable[Cell]) -> list[Cell]:
    """Raise `Invalid` (``bad-input``) where a combination is not one this programme asks for."""
    known = set(house.wording.asked)
    result = list(dict.fromkeys(cells))
    for cell in result:
        if cell not in known:
            raise Invalid(ErrorCode.BAD_INPUT, "'{cell}' is not something this programme asks for.", cell=str(cell))
    return result


def do_change_consent(
    house: House, member: str, *, grant: Iterable[Cell] = (), withdraw: Iterable[Cell] = ()
) -> Permissions:
    """Grant and withdraw; returns what is allowed afterwards. What already stands is left as it is.

    Withdrawing any use for learning takes all the member taught the shared policy out of it, in the same transaction.
    """
    grants, withdrawals = check_cells(house, grant), check_cells(house, withdraw)
    if set(grants) & set(withdrawals):
        raise Invalid(ErrorCode.BAD_INPUT, "The same use is granted and withdrawn at once. Send it in one of the two.")
    forgets = any(cell.purpose is Purpose.LEARN for cell in withdrawals)
    with house.store.write(alone=forgets) as transaction:
        transaction.hold(member)
        standing = access_permissions(house, transaction.connection, member).cells
        withdrawn = [c for c in withdrawals if c in standing]
        _let_go(house, transaction, member, withdrawn)
        changes = [(c, True) for c in grants if c not in standing] + [(c, False) for c in withdrawn]
        _append(house, transaction, member, changes)
        return access_permissions(house, transaction.connection, member)


def do_set_consent(house: House, member: str, cells: Iterable[Cell]) -> Permissions:
    """Allow exactly these and nothing else. A no to everything is kept as well: whoever gave it is not asked again."""
    wanted = check_cells(house, cells)
    with house.store.write(alone=True) as transaction:
        transaction.hold(member)
        standing = access_permissions(house, transaction.connection, member).cells
        allowed = do_change_consent(house, member, grant=wanted, withdraw=[c for c in standing if c not in wanted])
        if not access_consents(transaction.connection, member):
            _append(house, transaction, member, [(cell, False) for cell in house.wording.asked])
        return allowed


def do_expire_consents(house: House, *, limit: int = 500) -> int:
    """Write down as withdrawn what has run out, so that models forget it too; returns how many cells.

    ``limit`` is the most members looked at in one go.
    """
    now, done = house.clock(), 0
    due = select(consents.c.member).where(consents.c.granted, consents.c.expires <= now).distinct().limit(limit)
    with house.store.read() as connection:
        members = list(connection.execute(due).scalars())
    for member in members:
        with house.store.write(alone=True) as transaction:  # looked at again: they may have renewed it, or left
            cells = access_consents(transaction.connection, member)
            over = [c.cell for c in cells if c.granted and c.expires is not None and c.expires <= now]
            _let_go(house, transaction, member, over)
            _append(house, transaction, member, [(cell, False) for cell in over])
            done += len(over)
    return done


def _let_go(house: House, transaction: Transaction, member: str, withdrawn: list[Cell]) -> None:
    """What must end with a yes that is taken back, in the same transaction."""
    purposes = {cell.purpose for cell in withdrawn}
    if Purpose.LEARN in purposes:
        house.policies.forget(transaction, member, house.clock())
    if Purpose.COMPANION in purposes:
        end_companion_talk(house, transaction, member)


def _append(house: House, transaction: Transaction, member: str, changes: list[tuple[Cell, bool]]) -> None:
    now = house.clock()
    newest = select(consents.c.hash).where(consents.c.member == member).order_by(consents.c.seq.desc()).limit(1)
    previous = transaction.connection.execute(newest).scalar() or FIRST
    for cell, granted in changes:
        expires = now + timedelta(days=house.wording.lasts_days) if granted else None
        change = chained(previous, at=now, cell=cell, granted=granted, wording=house.wording.version, expires=expires)
        transaction.append(change, member=member)
        previous = change.hash
    if changes:
        transaction.when_committed(lambda: house.bell.ring(consents_of(member)))
