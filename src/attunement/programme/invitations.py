"""Invitations: codes by which members, supporters and stewards join. A code is shown once; a keyed hash is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.ids import new_id
from attunement.domain.programme_events import InvitationMade, InvitationRevoked, InvitationUsed, Role
from attunement.programme.house import House
from attunement.programme.text import clean_text
from attunement.store.schema import invitations
from attunement.store.store import Transaction

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U, which are read as something else
MISREAD = str.maketrans("ILO", "110")
GROUPS, GROUP = 4, 4
MOST_USES = 10_000
LONGEST_DAYS = 365
LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can still be used, without its code."""

    id: str
    role: Role
    label: str
    uses_left: int
    expires: datetime


def do_make_invitation(house: House, role: Role, *, label: str = "", uses: int = 1, days: int = 14) -> str:
    """Make an invitation and return its code (80 random bits, as ``7K2M-...``), which is shown this once.

    Parameters
    ----------
    role:
        What those who join become: member, supporter or steward.
    uses:
        How many may join with it, 1 to 10,000.
    days:
        How long it lasts, 1 to 365.

    Raises `Invalid` (``bad-input``) where one of them is out of range.
    """
    label = clean_text(label, field="label", longest=LONGEST_LABEL)
    if role == "integrator":
        raise Invalid(ErrorCode.BAD_INPUT, "Integrators do not join; make them an API key instead.")
    if not 1 <= uses <= MOST_USES or not 1 <= days <= LONGEST_DAYS:
        raise Invalid(
            ErrorCode.BAD_INPUT, "An invitation has 1 to {uses} uses and lasts 1 to {days} days.",
            uses=MOST_USES, days=LONGEST_DAYS,
        )  # fmt: skip
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    now = house.clock()
    event = InvitationMade(
        at=now, invitation=new_id(), code=_hash(house, code), role=role, label=label, uses=uses,
        expires=now + timedelta(days=days),
    )  # fmt: skip
    with house.store.write() as transaction:
        transaction.append(event)
    return code


def do_revoke_invitation(house: House, invitation: str) -> None:
    """Take an invitation back; raises `NotFound` where there is none of that id."""
    with house.store.write() as transaction:
        query = select(invitations.c.id).where(invitations.c.id == invitation)
        if transaction.connection.execute(query).first() is None:
            raise NotFound(ErrorCode.NOT_FOUND, "There is no such invitation. It may have been taken back already.")
        transaction.append(InvitationRevoked(at=house.clock(), invitation=invitation))


def access_invitations(house: House) -> list[Invitation]:
    """Those that can still be used, the first to run out first."""
    query = select(invitations).where(invitations.c.uses_left > 0, invitations.c.expires > house.clock())
    with house.store.read() as connection:
        rows = connection.execute(query.order_by(invitations.c.expires, invitations.c.id))
        return [Invitation(r.id, r.role, r.label, r.uses_left, r.expires) for r in rows]


def check_invitation(house: House, connection: Connection, code: str) -> Invitation:
    """The invitation behind a code; raises `Invalid` (``bad-invitation``) where it is wrong, used up or run out."""
    query = select(invitations).where(invitations.c.code == _hash(house, code), invitations.c.uses_left > 0)
    row = connection.execute(query.with_for_update()).first()
    if row is None or row.expires <= house.clock():
        raise Invalid(
            ErrorCode.BAD_INVITATION,
            "This code does not work: it may be mistyped, used up or run out. Check it, or ask for a new one.",
        )
    return Invitation(row.id, row.role, row.label, row.uses_left, row.expires)


def do_use_invitation(house: House, transaction: Transaction, code: str) -> Invitation:
    """Use an invitation once, in the transaction in which somebody joins."""
    invitation = check_invitation(house, transaction.connection, code)
    transaction.append(InvitationUsed(at=house.clock(), invitation=invitation.id))
    return invitation


def _hash(house: House, code: str) -> str:
    """Codes are found however they are typed: case, spaces, dashes and look-alikes do not count."""
    bare = "".join(c for c in code[:200].upper() if c.isalnum()).translate(MISREAD)
    return house.key.index(f"invitation {bare}")
