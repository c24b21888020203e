"""Reaching a member: what they chose, where they are reached, what was sent and what was held back."""

from __future__ import annotations

from datetime import datetime, time

from fastapi import APIRouter
from pydantic import Field

from attunement.domain.channel import Channel
from attunement.programme.house import House
from attunement.programme.reach.addresses import access_addresses, do_drop_address, do_give_address
from attunement.programme.reach.offers import access_reaches, access_waiting, do_answer_reach
from attunement.programme.reach.settings import access_reach_settings, do_set_reach
from attunement.web.api.answers import Answer
from attunement.web.api.bodies import AddressBody, ReachAnswerBody, ReachBody
from attunement.web.api.once import ExactlyOnce
from attunement.web.api.parts import Limit, MemberId, TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute

router = APIRouter(prefix="/api/members/{member}", tags=["reaching"], route_class=ApiRoute, responses=PROBLEMS)


class AddressInfo(Answer):
    """One address; letters are sent to it once it is confirmed."""

    key: str
    channel: Channel
    confirmed: bool
    text: str


class ReachInfo(Answer):
    """What a member chose, and what there is to choose."""

    on: bool
    channels: list[Channel]
    quiet_from: str
    quiet_until: str
    a_day: int
    available: list[Channel] = Field(description="What the programme has set up; the page always.")
    push_key: str = Field(description="For the browser's push manager (applicationServerKey); empty where not set up.")
    addresses: list[AddressInfo]


class PastReachInfo(Answer):
    """One moment: sent, or held back and why, and the chance of sending where there was a draw."""

    id: str
    at: datetime
    sent: bool
    held: str | None
    probability: float | None
    decision: str | None
    answer: str | None


class ReachesInfo(Answer):
    """The newest moments, newest first; ``waiting`` is the offer that waits for an answer."""

    reaches: list[PastReachInfo]
    waiting: PastReachInfo | None


@router.get("/reaching")
def get_reaching(member: MemberId, house: TheHouse) -> ReachInfo:
    """Whether, how and when they want to be reached."""
    return _info(house, member)


@router.put("/reaching")
def set_reaching(member: MemberId, body: ReachBody, exactly: ExactlyOnce, house: TheHouse) -> ReachInfo:
    """Choose whether, how and when; off stops everything that still waits to be sent."""

    def work() -> ReachInfo:
        do_set_reach(
            house, member, on=body.on, channels=[Channel(c) for c in body.channels],
            quiet_from=time.fromisoformat(body.quiet_from), quiet_until=time.fromisoformat(body.quiet_until),
            a_day=body.a_day,
        )  # fmt: skip
        return _info(house, member)

    return exactly.once(ReachInfo, work, member=member)


@router.post("/addresses")
def give_address(member: MemberId, body: AddressBody, exactly: ExactlyOnce, house: TheHouse) -> ReachInfo:
    """Give an address. One of mail gets a letter that asks to confirm it."""

    def work() -> ReachInfo:
        do_give_address(house, member, Channel(body.root.channel), body.root.address)
        return _info(house, member)

    return exactly.once(ReachInfo, work, member=member)


@router.delete("/addresses/{key}")
def drop_address(member: MemberId, key: str, exactly: ExactlyOnce, house: TheHouse) -> ReachInfo:
    """Use an address no more."""

    def work() -> ReachInfo:
        do_drop_address(house, member, key)
        return _info(house, member)

    return exactly.once(ReachInfo, work, member=member)


@router.get("/reaches")
def list_reaches(member: MemberId, house: TheHouse, limit: Limit = 20) -> ReachesInfo:
    """When they were reached, when not and why, and what waits for them."""
    with house.store.read() as connection:
        house.store.require_member(connection, member)
        past = [PastReachInfo.model_validate(one) for one in access_reaches(connection, member, limit=limit)]
        waiting = access_waiting(house, connection, member)
    found = next((one for one in past if waiting is not None and one.id == waiting.reach), None)
    return ReachesInfo(reaches=past, waiting=found)


@router.post("/reaches/{reach}/answers")
def answer_reach(
    member: MemberId, reach: str, body: ReachAnswerBody, exactly: ExactlyOnce, house: TheHouse
) -> ReachesInfo:
    """Say that an offer was opened, or put it off."""

    def work() -> ReachesInfo:
        do_answer_reach(house, member, reach, body.answer)
        return list_reaches(member, house, 20)

    return exactly.once(ReachesInfo, work, member=member)


def _info(house: House, member: str) -> ReachInfo:
    with house.store.read() as connection:
        house.store.require_member(connection, member)
        chosen = access_reach_settings(connection, member)
        addresses = access_addresses(house, connection, member)
    return ReachInfo(
        on=chosen.on, channels=list(chosen.channels), quiet_from=f"{chosen.quiet_from:%H:%M}",
        quiet_until=f"{chosen.quiet_until:%H:%M}", a_day=chosen.a_day, available=list(house.outbound.channels),
        push_key=house.outbound.push_key, addresses=[AddressInfo.model_validate(one) for one in addresses],
    )  # fmt: skip
