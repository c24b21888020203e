"""Accounts: setting up a programme, joining it, changing a passphrase, closing a colleague's account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from attunement.domain.errors import Conflict, ErrorCode, Invalid, NotFound
from attunement.domain.events import MemberAccountMade, PassphraseChanged
from attunement.domain.ids import new_id
from attunement.domain.programme_events import AccountClosed, Role, StaffAccountMade, StaffPassphraseChanged
from attunement.programme.alerts.owning import leave_alerts
from attunement.programme.conversations.handing import do_go_off_duty
from attunement.programme.house import House
from attunement.programme.invitations import check_invitation, do_use_invitation
from attunement.programme.members import LONGEST_NAME, check_profile, do_enrol
from attunement.programme.passphrases import check_passphrase, is_passphrase, keep_passphrase
from attunement.programme.sessions import TRIES, Account, do_end_sessions, name_handle
from attunement.programme.text import clean_text
from attunement.store.schema import accounts
from attunement.store.store import Transaction


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """A supporter's or steward's account, as stewards see it."""

    id: str
    role: Role
    name: str
    made: datetime


def access_is_set_up(house: House) -> bool:
    """Whether there is a steward yet."""
    with house.store.read() as connection:
        return _stewards(connection) > 0


def do_set_up(house: House, name: str, passphrase: str) -> Account:
    """Make the first steward; raises `Conflict` (``already-set-up``) where there is one, `Invalid` as `do_join`."""
    name = check_name(name)
    check_passphrase(passphrase, name)
    _check_not_set_up(house)
    secret = keep_passphrase(passphrase)
    with house.store.write(alone=True) as transaction:
        _check_not_set_up(house)
        return do_make_staff(house, transaction, "steward", name, secret)


def do_join(
    house: House, code: str, name: str, passphrase: str, *, language: str = "en", country: str | None = None,
    time_zone: str = "UTC", synthetic: bool = False, ip: str = "",
) -> Account:  # fmt: skip
    """Join with an invitation, as what it invites to.

    A member gets a pseudonymous id and a key of their own; their name is sealed under it. Enrolling, the account and
    the use of the invitation are one transaction.

    Raises `Invalid` (``bad-invitation``, ``weak-passphrase``, ``bad-input``), `Conflict` (``name-taken``), `Throttled`.
    """
    house.throttle.hit(TRIES, "join", ip)
    name = check_name(name)
    check_passphrase(passphrase, name)
    check_profile(language, country, time_zone)
    with house.store.read() as connection:
        check_invitation(house, connection, code)
        _check_free(house, connection, name)
    secret = keep_passphrase(passphrase)
    with house.store.write(alone=True) as transaction:
        invitation = do_use_invitation(house, transaction, code)
        if invitation.role != "member":
            return do_make_staff(house, transaction, invitation.role, name, secret)
        _check_free(house, transaction.connection, name)
        member = do_enrol(
            house, name=name, language=language, country=country, time_zone=time_zone, synthetic=synthetic
        )
        made = MemberAccountMade(
            at=house.clock(), account=new_id(), handle=name_handle(house, name), secret=secret,
            invitation=invitation.id,
        )  # fmt: skip
        transaction.append(made, member=member)
        return Account(made.account, "member", member, name)


def do_make_staff(house: House, transaction: Transaction, role: Role, name: str, secret: str) -> Account:
    """Make a supporter's or steward's account; their name is kept in the clear, for their colleagues."""
    _check_free(house, transaction.connection, name)
    made = StaffAccountMade(
        at=house.clock(), account=new_id(), role=role, name=name, handle=name_handle(house, name), secret=secret
    )
    transaction.append(made)
    return Account(made.account, role, None, name)


def do_change_passphrase(house: House, account: Account, old: str, new: str, *, token: str = "") -> None:
    """Choose another passphrase; all sessions but the one of ``token`` end.

    Raises `Invalid` (``bad-credentials`` where ``old`` is not the one, ``weak-passphrase``), `Throttled`.
    """
    house.throttle.hit(TRIES, "passphrase", account.id)
    check_passphrase(new, account.name)
    with house.store.read() as connection:
        secret = connection.execute(select(accounts.c.secret).where(accounts.c.id == account.id)).scalar()
    if not is_passphrase(secret, old):
        raise Invalid(ErrorCode.BAD_CREDENTIALS, "The passphrase you have now is another one. Type it again.")
    kept = keep_passphrase(new)
    with house.store.write() as transaction:
        if account.member:
            changed = PassphraseChanged(at=house.clock(), account=account.id, secret=kept)
            transaction.append(changed, member=account.member)
        else:
            transaction.append(StaffPassphraseChanged(at=house.clock(), account=account.id, secret=kept))
        do_end_sessions(house, account.id, but=token)


def access_staff(house: House) -> list[StaffAccount]:
    """All supporters and stewards, oldest first."""
    query = select(accounts).where(accounts.c.role != "member").order_by(accounts.c.made, accounts.c.id)
    with house.store.read() as connection:
        return [StaffAccount(r.id, r.role, r.name, r.made) for r in connection.execute(query)]


def do_close_account(house: House, account: str) -> None:
    """Close a supporter's or steward's account and end its sessions; what was theirs waits for colleagues.

    Raises `NotFound` where there is none, `Conflict` (``not-allowed``) where it is the last steward's.
    """
    with house.store.write(alone=True) as transaction:
        query = select(accounts.c.role).where(accounts.c.id == account, accounts.c.role != "member")
        role = transaction.connection.execute(query).scalar()
        if role is None:
            raise NotFound(ErrorCode.NOT_FOUND, "There is no such account. It may be closed already.")
        if role == "steward" and _stewards(transaction.connection) == 1:
            raise Conflict(
                ErrorCode.NOT_ALLOWED,
                "This is the last steward, and a programme needs one. Invite another steward first.",
            )
        do_end_sessions(house, account)
        do_go_off_duty(house, account)
        leave_alerts(house, transaction, account)
        transaction.append(AccountClosed(at=house.clock(), account=account))


def check_name(name: str) -> str:
    """The name as it is kept; raises `Invalid` (``bad-input``, ``text-too-long``, ``bad-text``)."""
    name = " ".join(clean_text(name, field="name", longest=LONGEST_NAME).split())
    if not name:
        raise Invalid(ErrorCode.BAD_INPUT, "A name is needed. It need not be your own; you will sign in with it.")
    return name


def _check_free(house: House, connection: Connection, name: str) -> None:
    query = select(accounts.c.id).where(accounts.c.handle == name_handle(house, name))
    if connection.execute(query).first() is not None:
        raise Conflict(ErrorCode.NAME_TAKEN, "Somebody here already goes by this name. Choose another one.")


def _check_not_set_up(house: House) -> None:
    if access_is_set_up(house):
        raise Conflict(ErrorCode.ALREADY_SET_UP, "This programme has a steward already. Sign in instead.")


def _stewards(connection: Connection) -> int:
    query = select(func.count()).select_from(accounts).where(accounts.c.role == "steward")
    return int(connection.execute(query).scalar_one())
