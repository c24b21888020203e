"""Members: joining, what is known of them at a glance, and what they set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, bindparam, select

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.events import MemberEnrolled, PreferenceSet, ProfileChanged
from attunement.domain.ids import is_id, new_id
from attunement.library.countries import check_country
from attunement.programme.house import House
from attunement.programme.text import clean_text
from attunement.store.schema import members
from attunement.store.store import unknown_member

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
LONGEST_NAME = 60
_MEMBER = select(*(c for c in members.c if c.name != "seq")).where(members.c.id == bindparam("member"))


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of a member without opening anything sealed. ``breadth`` is 0 (close) to 1 (wide)."""

    id: str
    joined: datetime
    language: str
    country: str | None
    time_zone: str
    synthetic: bool
    breadth: float
    keeper: str | None


def access_member(connection: Connection, member: str) -> Member:
    """One member; raises `NotFound` (``unknown-member``)."""
    row = connection.execute(_MEMBER, {"member": member}).mappings().first() if is_id(member) else None
    if row is None:
        raise unknown_member()
    return Member(**row)


def check_profile(language: str | None, country: str | None, time_zone: str | None) -> None:
    """Raise `Invalid` (``bad-input``) where any of them is not a known code."""
    if language is not None and not (_LANGUAGE.fullmatch(language) and len(language) <= 35):
        raise Invalid(ErrorCode.BAD_INPUT, "language must be a code such as 'en' or 'pt-BR'.")
    if country is not None:
        check_country(country)
    if time_zone is not None:
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Invalid(
                ErrorCode.BAD_INPUT,
                "time_zone must be a name such as 'Europe/Dublin' (IANA time zone database).",
            ) from error


def do_enrol(
    house: House, *, name: str = "", language: str = "en", country: str | None = None, time_zone: str = "UTC",
    synthetic: bool = False, keeper: str | None = None,
) -> str:  # fmt: skip
    """Enrol a member with a key of their own; returns their pseudonymous id. Nothing is allowed yet."""
    name = clean_text(name, field="name", longest=LONGEST_NAME)
    check_profile(language, country, time_zone)
    member = new_id()
    event = MemberEnrolled(
        at=house.clock(), name=name, language=language, country=country, time_zone=time_zone, synthetic=synthetic,
        keeper=keeper,
    )  # fmt: skip
    with house.store.write() as transaction:
        transaction.new_member(member)
        transaction.append(event, member=member)
    return member


def access_name(house: House, connection: Connection, member: str) -> str:
    """The name a member chose, or an empty one."""
    logged = house.store.newest(connection, member, MemberEnrolled.kind)
    return logged.event.name if logged and isinstance(logged.event, MemberEnrolled) else ""


def do_set_breadth(house: House, member: str, breadth: float) -> None:
    """Set how wide the offers may range, from 0 (close to what helped) to 1 (as wide as can be)."""
    if not 0 <= breadth <= 1:
        raise Invalid(ErrorCode.BAD_INPUT, "breadth must be a number from 0 to 1.")
    with house.store.write() as transaction:
        transaction.append(PreferenceSet(at=house.clock(), breadth=breadth), member=member)


def do_change_profile(
    house: House,
    member: str,
    *,
    language: str | None = None,
    country: str | None = None,
    time_zone: str | None = None,
) -> None:
    """Change language, country or time zone; what is None stays."""
    check_profile(language, country, time_zone)
    event = ProfileChanged(at=house.clock(), language=language, country=country, time_zone=time_zone)
    with house.store.write() as transaction:
        transaction.append(event, member=member)
