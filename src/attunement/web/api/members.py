"""Members: enrolling, profile, consents, journey, export, erasure."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from attunement.domain.consent import Cell
from attunement.programme.api_keys import access_kept
from attunement.programme.arousal_ahead import AHEAD as AROUSAL_AHEAD
from attunement.programme.arousal_ahead import access_arousal_ahead
from attunement.programme.consents import access_chain, access_consents, access_permissions, do_set_consent
from attunement.programme.danger import access_danger
from attunement.programme.erasure import access_erasure_preview, do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.journey import access_journey
from attunement.programme.members import access_member, do_change_profile, do_enrol, do_set_breadth
from attunement.programme.outlook import AHEAD, FARTHEST, NEAREST, access_outlook
from attunement.programme.variety import access_variety
from attunement.web.api.bodies import ConsentBody, MemberChange, NewMember
from attunement.web.api.member_answers import (
    CellInfo,
    ConsentInfo,
    ErasureInfo,
    ExportInfo,
    JourneyInfo,
    MaybeOutlook,
    MemberInfo,
    MemberPage,
    ReceiptInfo,
    VarietyInfo,
)
from attunement.web.api.once import ExactlyOnce
from attunement.web.api.parts import ErasableId, Integrator, Limit, MemberId, TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute

router = APIRouter(prefix="/api/members", tags=["members"], route_class=ApiRoute, responses=PROBLEMS)
After = Annotated[str, Query(pattern=r"^([0-9a-f-]{36})?$", description="`next` of the page before.")]

Hours = Annotated[int, Query(ge=NEAREST, le=FARTHEST, description="How far ahead mood and needs are guessed.")]


@router.post("", status_code=201)
def enrol_member(caller: Integrator, body: NewMember, exactly: ExactlyOnce, house: TheHouse) -> MemberInfo:
    """Enrol a member, kept by this API key. Nothing is allowed yet: set their consents next."""

    def work() -> MemberInfo:
        member = do_enrol(
            house, name=body.name, language=body.language, country=body.country, time_zone=body.time_zone,
            synthetic=body.synthetic, keeper=caller.api_key,
        )  # fmt: skip
        return _member(house, member)

    return exactly.once(MemberInfo, work)


@router.get("")
def list_members(
    caller: Integrator, house: TheHouse, response: Response, after: After = "", limit: Limit = 50
) -> MemberPage:
    """The members enrolled through this API key, in the order of their joining."""
    with house.store.read() as connection:
        kept = access_kept(connection, caller.api_key or "", after=after, limit=limit + 1)
    page = [MemberInfo.model_validate(member) for member in kept[:limit]]
    following = page[-1].id if len(kept) > limit else None
    if following:
        response.headers["Link"] = f'</api/members?after={following}&limit={limit}>; rel="next"'
    return MemberPage(members=page, next=following)


@router.get("/{member}")
def get_member(member: MemberId, house: TheHouse) -> MemberInfo:
    """A member's profile."""
    return _member(house, member)


@router.patch("/{member}")
def change_member(member: MemberId, body: MemberChange, exactly: ExactlyOnce, house: TheHouse) -> MemberInfo:
    """Change language, country, time zone or breadth."""

    def work() -> MemberInfo:
        with house.store.write():
            if body.language or body.country or body.time_zone:
                do_change_profile(house, member, language=body.language, country=body.country, time_zone=body.time_zone)
            if body.breadth is not None:
                do_set_breadth(house, member, body.breadth)
            return _member(house, member)

    return exactly.once(MemberInfo, work, member=member)


@router.get("/{member}/consents")
def get_consents(member: MemberId, house: TheHouse) -> ConsentInfo:
    """What a member allows, to which words, until when."""
    return _consents(house, member)


@router.put("/{member}/consents")
def set_consents(member: MemberId, body: ConsentBody, exactly: ExactlyOnce, house: TheHouse) -> ConsentInfo:
    """Allow exactly these; what they taught the shared policy goes with any use for learning that is withdrawn."""
    cells = [Cell.parse(text) for text in body.cells]

    def work() -> ConsentInfo:
        do_set_consent(house, member, cells)
        return _consents(house, member)

    return exactly.once(ConsentInfo, work, member=member, alone=True)


@router.get("/{member}/journey")
def get_journey(member: MemberId, house: TheHouse, limit: Limit = 200) -> JourneyInfo:
    """How they were, what they met, and what came of it."""
    return JourneyInfo.model_validate(access_journey(house, member, limit=limit))


@router.get("/{member}/outlook")
def get_outlook(member: MemberId, house: TheHouse, hours: Hours | None = None) -> MaybeOutlook:
    """What mood and needs (a day) and arousal (three hours) may be so many hours ahead, and the danger known now."""
    return MaybeOutlook.model_validate({
        "outlook": access_outlook(house, member, hours=hours or AHEAD),
        "arousal": access_arousal_ahead(house, member, hours=hours or AROUSAL_AHEAD),
        "danger": access_danger(house, member),
    })  # fmt: skip


@router.get("/{member}/variety")
def get_variety(member: MemberId, house: TheHouse) -> VarietyInfo:
    """How varied what they were offered and took up in the last thirty days was, and over eight weeks."""
    return VarietyInfo.of(access_variety(house, member))


@router.get("/{member}/export")
def export_member(member: MemberId, house: TheHouse) -> ExportInfo:
    """Everything held about a member."""
    return ExportInfo.model_validate(access_export(house, member))


@router.get("/{member}/erasure")
def preview_erasure(member: MemberId, house: TheHouse) -> ErasureInfo:
    """What an erasure would take, in counts."""
    return ErasureInfo.model_validate(access_erasure_preview(house, member))


@router.delete("/{member}")
def erase_member(member: ErasableId, exactly: ExactlyOnce, house: TheHouse) -> ReceiptInfo:
    """Erase a member for good. There is no way back; the receipt tells what went."""
    return exactly.once(ReceiptInfo, lambda: ReceiptInfo.model_validate(do_erase(house, member)), alone=True)


def _member(house: House, member: str) -> MemberInfo:
    with house.store.read() as connection:
        return MemberInfo.model_validate(access_member(connection, member))


def _consents(house: House, member: str) -> ConsentInfo:
    with house.store.read() as connection:
        allowed = access_permissions(house, connection, member).cells
        _, intact = access_chain(house, connection, member)
        cells = [CellInfo.of(cell) for cell in access_consents(connection, member)]
    return ConsentInfo(
        allowed=sorted(str(cell) for cell in allowed), cells=cells, wording=house.wording.version, chain_intact=intact
    )
