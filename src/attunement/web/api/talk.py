"""What a member wants of the companion, and what it is to remember of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from attunement.programme.consents import access_permissions
from attunement.programme.conversations.hearing import do_hear_remembered, heard_in_any_case
from attunement.programme.conversations.memory import (
    LONGEST,
    access_memory,
    do_change_remembered,
    do_forget_remembered,
    do_remember,
    do_remember_line,
    may_remember,
)
from attunement.programme.conversations.talk_settings import access_talk_settings, do_choose_talk
from attunement.programme.house import House
from attunement.web.api.answers import Answer
from attunement.web.api.bodies import SAYS_SOMETHING, Body, Unit
from attunement.web.api.conversations import ItsMember, Member
from attunement.web.api.once import ExactlyOnce
from attunement.web.api.parts import TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute

router = APIRouter(prefix="/api/conversations", tags=["conversations"], route_class=ApiRoute, responses=PROBLEMS)
Words = Annotated[str, Field(pattern=SAYS_SOMETHING, json_schema_extra={"maxLength": LONGEST})]
"""The use case refuses what is longer, once it has looked for danger in it."""


class TalkBody(Body):
    """How the companion is to be, and whether another computer may think for it."""

    ideas: Unit = 0.5
    elsewhere: Annotated[bool, Field(strict=True)] = False


class TalkInfo(Answer):
    """What a member chose, and what there is to agree to."""

    ideas: float = Field(description="0 (more listening) to 1 (more ideas).")
    elsewhere: bool = Field(description="Whether what they write may be sent to `place`; always so where it is empty.")
    place: str = Field(description="The other computer the language model runs on; empty: this one.")
    asks: str = Field(description="What is to be agreed to before `elsewhere`; empty where there is nothing to.")


class RememberBody(Body):
    """What to remember."""

    text: Words


class RememberedInfo(Answer):
    """One line that is remembered; `turn` is the line of a conversation it is from."""

    id: str
    at: datetime
    text: str
    turn: str | None
    help_shown: bool = Field(
        description="There were signs of danger in the words just written: show help with them. False in lists."
    )
    alerted: bool = Field(description="People of the programme are told of them, which their writer must hear too.")


class MemoryInfo(Answer):
    """All that is remembered, newest first; `used` is whether the member allows it."""

    used: bool
    remembered: list[RememberedInfo]


@router.get("/settings")
def get_talk_settings(member: Member, house: TheHouse) -> TalkInfo:
    """What they want of the companion."""
    return _settings(house, member)


@router.put("/settings")
def choose_talk(member: Member, body: TalkBody, exactly: ExactlyOnce, house: TheHouse) -> TalkInfo:
    """Choose; it counts from the companion's next answer on."""

    def work() -> TalkInfo:
        do_choose_talk(house, member, ideas=body.ideas, elsewhere=body.elsewhere)
        return _settings(house, member)

    return exactly.once(TalkInfo, work, member=member)


@router.get("/memory")
def get_memory(member: Member, house: TheHouse) -> MemoryInfo:
    """What the companion is to remember."""
    return _memory(house, member)


@router.post("/memory")
def remember(member: Member, body: RememberBody, exactly: ExactlyOnce, house: TheHouse) -> RememberedInfo:
    """Remember words; only where they allow the companion to know what they write.

    Danger in them is read before they are kept. Where `help_shown` is true, show help with them; a problem that refuses
    them has `help_shown` too.
    """
    risk = do_hear_remembered(house, member, body.text)

    def work() -> RememberedInfo:
        return RememberedInfo.model_validate(do_remember(house, member, body.text, risk=risk))

    with heard_in_any_case(house, member, body.text, risk):
        return exactly.once(RememberedInfo, work, member=member)


@router.put("/memory/{remembered}")
def change_remembered(
    remembered: str, member: Member, body: RememberBody, exactly: ExactlyOnce, house: TheHouse
) -> RememberedInfo:
    """Put it into other words, which are read as new ones are."""
    risk = do_hear_remembered(house, member, body.text)

    def work() -> RememberedInfo:
        return RememberedInfo.model_validate(do_change_remembered(house, member, remembered, body.text, risk=risk))

    with heard_in_any_case(house, member, body.text, risk):
        return exactly.once(RememberedInfo, work, member=member)


@router.delete("/memory/{remembered}")
def forget_remembered(remembered: str, member: Member, exactly: ExactlyOnce, house: TheHouse) -> MemoryInfo:
    """Take it out."""

    def work() -> MemoryInfo:
        do_forget_remembered(house, member, remembered)
        return _memory(house, member)

    return exactly.once(MemoryInfo, work, member=member)


@router.post("/{conversation}/lines/{turn}/remember")
def remember_line(
    conversation: str, turn: str, member: ItsMember, exactly: ExactlyOnce, house: TheHouse
) -> RememberedInfo:
    """Remember a line of theirs, its first 200 characters."""

    def work() -> RememberedInfo:
        return RememberedInfo.model_validate(do_remember_line(house, member, conversation, turn))

    return exactly.once(RememberedInfo, work, member=member)


def _settings(house: House, member: str) -> TalkInfo:
    with house.store.read() as connection:
        chosen = access_talk_settings(house, connection, member)
    place = house.voice_place
    asks = house.elsewhere.says_of(place) if place else ""
    return TalkInfo(ideas=chosen.ideas, elsewhere=chosen.elsewhere, place=place, asks=asks)


def _memory(house: House, member: str) -> MemoryInfo:
    with house.store.read() as connection:
        kept = access_memory(house, connection, member)
        used = may_remember(access_permissions(house, connection, member))
    return MemoryInfo(used=used, remembered=[RememberedInfo.model_validate(one) for one in kept])
