"""What a member wants of the companion, and whether another computer may think for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from attunement.domain.conversation_events import TalkChosen
from attunement.domain.errors import ErrorCode, Invalid
from attunement.programme.house import House
from attunement.store.schema import talk_settings


@dataclass(frozen=True, slots=True)
class TalkSettings:
    """``ideas`` is what they prefer, from 0 (more listening) to 1 (more ideas).

    ``elsewhere`` is whether what they write may be sent to the computer the language model runs on now; always so where
    that is this machine.
    """

    ideas: float = 0.5
    elsewhere: bool = False


def access_talk_settings(house: House, connection: Connection, member: str) -> TalkSettings:
    """What a member chose. A yes to another computer counts only for that one, under the wording it was given to."""
    row = connection.execute(select(talk_settings).where(talk_settings.c.member == member)).first()
    place = house.voice_place
    asked = row is not None and row.elsewhere == place and row.wording == house.elsewhere.version
    return TalkSettings(row.ideas if row is not None else 0.5, place == "" or asked)


def access_chosen_ideas(connection: Connection, member: str) -> float | None:
    """What they prefer, from 0 (more listening) to 1 (more ideas); None where they never said."""
    return connection.execute(select(talk_settings.c.ideas).where(talk_settings.c.member == member)).scalar()


def do_choose_talk(house: House, member: str, *, ideas: float, elsewhere: bool) -> None:
    """Choose; takes hold with the next answer. Raises `Invalid` (``bad-input``) for ``ideas`` beyond 0 to 1."""
    if not 0 <= ideas <= 1:
        raise Invalid(ErrorCode.BAD_INPUT, "ideas must be a number from 0 (more listening) to 1 (more ideas).")
    place = house.voice_place if elsewhere else ""
    event = TalkChosen(at=house.clock(), ideas=ideas, elsewhere=place, wording=house.elsewhere.version if place else 0)
    with house.store.write() as transaction:
        transaction.append(event, member=member)
