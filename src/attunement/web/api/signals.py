"""Signals of the body, from a device or an app the programme connects."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import AwareDatetime
from pydantic.json_schema import SkipJsonSchema

from attunement.programme.body import access_body, do_keep_body, measure_body
from attunement.programme.body_files import do_read_body_file
from attunement.web.api.once import ExactlyOnce
from attunement.web.api.parts import Limit, MemberId, TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute
from attunement.web.api.signal_answers import BodyFileInfo, BodyWindowInfo, BodyWindowsInfo, NewBodyWindowsInfo
from attunement.web.api.signal_bodies import NewSignals

router = APIRouter(prefix="/api/members/{member}/body", tags=["body"], route_class=ApiRoute, responses=PROBLEMS)


@router.post("", status_code=201)
def read_body(member: MemberId, body: NewSignals, exactly: ExactlyOnce, house: TheHouse) -> NewBodyWindowsInfo:
    """Read signals in windows of a minute, compared with the member's own rest, and keep what was read.

    Needs the consent `personalise:body`, else 403 (`consent-missing`) and nothing is kept. Windows begin at the first
    sample, so send whole minutes; what lies before the end of the newest window kept is left out, so that sending again
    does no harm. Stress is null until three minutes of rest are known. Heartbeats are found in `ppg` and `ecg` by the
    extra `body`; where it is not installed and nothing else tells of the heart, the answer is 500 (`missing-extra`).
    """
    measured = measure_body(house, member, body.recording())  # before any transaction, so that nobody waits for it

    def work() -> NewBodyWindowsInfo:
        kept = do_keep_body(house, member, measured, rest=body.rest)
        return NewBodyWindowsInfo(
            windows=[BodyWindowInfo.of(reading) for reading in kept.readings], left_out=kept.left_out
        )

    return exactly.once(NewBodyWindowsInfo, work, member=member)


@router.post("/file", status_code=201)
def read_body_file(
    member: MemberId,
    house: TheHouse,
    file: Annotated[UploadFile, File(description="A table, an E4 or Apple Health zip, intervals, Open mHealth JSON.")],
    start: Annotated[
        AwareDatetime | SkipJsonSchema[None],  # a form has no null, only what is left out
        Form(description="When it began, where the file does not say."),
    ] = None,
    rest: Annotated[bool, Form(description="Whether all of it is known to be rest.")] = False,
) -> BodyFileInfo:
    """Read the last four hours of a file in windows of a minute, and keep what was read; the file is not kept.

    At most 32 MB, and 128 MB unpacked. What the file is, is told by what is in it, as `attune body` tells. Minutes
    before the end of the newest window kept are left out, so that sending again does no harm.
    """
    return BodyFileInfo.of_file(do_read_body_file(house, member, file.file, start=start, rest=rest))


@router.get("")
def list_body(member: MemberId, house: TheHouse, limit: Limit = 50) -> BodyWindowsInfo:
    """The newest windows kept, oldest first; 403 (`consent-missing`) while `personalise:body` is not allowed."""
    return BodyWindowsInfo.of(access_body(house, member, limit=limit))
