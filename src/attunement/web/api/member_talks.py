"""Beginning conversations by the member they are of, and what of them is to be remembered: for integrators, and for
members as everywhere under their id.

What happens in one stands under its own id (`attunement.web.api.conversations`), for both.
"""

from __future__ import annotations

from fastapi import APIRouter

from attunement.web.api import conversations, talk
from attunement.web.api.conversation_answers import ConversationInfo, ConversationsInfo, ExpectationInfo
from attunement.web.api.conversation_bodies import OpenBody
from attunement.web.api.once import ExactlyOnce
from attunement.web.api.parts import Limit, MemberId, TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute
from attunement.web.api.talk import MemoryInfo, RememberBody, RememberedInfo, TalkBody, TalkInfo

router = APIRouter(
    prefix="/api/members/{member}/conversations", tags=["conversations"], route_class=ApiRoute, responses=PROBLEMS
)


@router.get("")
def list_conversations_of(member: MemberId, house: TheHouse, limit: Limit = 50) -> ConversationsInfo:
    """A member's conversations, newest first; the first is open unless it says that it is closed."""
    return conversations.list_conversations(member, house, limit)


@router.post("")
def open_conversation_of(member: MemberId, body: OpenBody, exactly: ExactlyOnce, house: TheHouse) -> ConversationInfo:
    """Begin one for a member, with the companion or waiting for a person; the one that is open is given back.

    The first line is a notice of who they are writing with; show it, as every notice.
    """
    return conversations.open_conversation(member, body, exactly, house)


@router.get("/wait")
def expect_wait_of(member: MemberId, house: TheHouse) -> ExpectationInfo:
    """How long it may take until a person is there for them."""
    return conversations.expect_wait(member, house)


@router.get("/settings")
def get_talk_settings_of(member: MemberId, house: TheHouse) -> TalkInfo:
    """What they want of the companion."""
    return talk.get_talk_settings(member, house)


@router.put("/settings")
def choose_talk_of(member: MemberId, body: TalkBody, exactly: ExactlyOnce, house: TheHouse) -> TalkInfo:
    """Choose for them what they chose; `elsewhere` only after they read what `asks` says, and agreed."""
    return talk.choose_talk(member, body, exactly, house)


@router.get("/memory")
def get_memory_of(member: MemberId, house: TheHouse) -> MemoryInfo:
    """What the companion is to remember of them."""
    return talk.get_memory(member, house)


@router.post("/memory")
def remember_of(member: MemberId, body: RememberBody, exactly: ExactlyOnce, house: TheHouse) -> RememberedInfo:
    """Remember words they want remembered; only where they allow the companion to know what they write."""
    return talk.remember(member, body, exactly, house)


@router.put("/memory/{remembered}")
def change_remembered_of(
    remembered: str, member: MemberId, body: RememberBody, exactly: ExactlyOnce, house: TheHouse
) -> RememberedInfo:
    """Put it into other words; only where they allow the companion to know what they write."""
    return talk.change_remembered(remembered, member, body, exactly, house)


@router.delete("/memory/{remembered}")
def forget_remembered_of(remembered: str, member: MemberId, exactly: ExactlyOnce, house: TheHouse) -> MemoryInfo:
    """Take it out, whatever they allow."""
    return talk.forget_remembered(remembered, member, exactly, house)
