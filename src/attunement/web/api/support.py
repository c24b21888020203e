"""What supporters do: their queue, their shift, and taking over, passing on and giving back conversations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from attunement.programme.coaching import access_feedback, plain_question
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.debrief import access_debrief, do_debrief
from attunement.programme.conversations.duty import (
    access_colleagues,
    access_supporter,
    do_describe_supporter,
    do_go_on_duty,
)
from attunement.programme.conversations.handing import do_claim, do_give_back, do_go_off_duty, do_transfer
from attunement.programme.conversations.insight import access_insight
from attunement.programme.conversations.notes import access_notes, do_write_note
from attunement.programme.conversations.queue import access_queue
from attunement.programme.conversations.searching import LONGEST_WORDS, access_search
from attunement.programme.conversations.second import do_ask_second, do_end_look_along, do_look_along
from attunement.programme.conversations.talks_had import access_talks_had, do_note_afterwards, do_read_again
from attunement.programme.conversations.writing import LONGEST
from attunement.programme.house import House
from attunement.programme.text import clean_text
from attunement.web.access import Allow, Caller, Role
from attunement.web.api.coach_answers import DrawnFeedbackInfo
from attunement.web.api.conversation_answers import (
    ConversationInfo,
    DebriefInfo,
    MeInfo,
    NoteInfo,
    NotesInfo,
    QueueInfo,
    ReadAgainInfo,
    SupporterInfo,
    TalkHadInfo,
    TalksHadInfo,
)
from attunement.web.api.conversation_bodies import (
    CoachBody,
    NoteBody,
    SecondBody,
    ShiftBody,
    SupporterBody,
    TransferBody,
)
from attunement.web.api.conversations import told_once
from attunement.web.api.insight_answers import FoundInfo, InsightInfo, SearchInfo
from attunement.web.api.once import ExactlyOnce
from attunement.web.api.parts import Limit, TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute

router = APIRouter(tags=["support"], route_class=ApiRoute, responses=PROBLEMS)


async def _supporter(caller: Annotated[Caller, Depends(Allow(Role.SUPPORTER))]) -> str:
    return caller.id


Supporter = Annotated[str, Depends(_supporter)]
SupporterCaller = Annotated[Caller, Depends(Allow(Role.SUPPORTER))]
Words = Annotated[
    str, Query(min_length=1, max_length=LONGEST_WORDS, description="A name or words; each must be found.")
]
After = Annotated[int | None, Query(ge=0, le=2**31 - 1, description="Only lines after this one; else its last.")]


@router.get("/api/queue")
def get_queue(supporter: Supporter, house: TheHouse) -> QueueInfo:
    """What waits for people, in the order in which to look at it, and one's own conversations."""
    return QueueInfo.of(access_queue(house, supporter))


@router.get("/api/queue/search")
def search(supporter: Supporter, words: Words, house: TheHouse) -> SearchInfo:
    """Lines that hold every word, or are of whose name begins so: of one's own talks, those that wait, those one had.

    Of those one had no text is told here: reading one again is written down for its member.
    """
    return SearchInfo(found=[FoundInfo.of(one) for one in access_search(house, supporter, words)])


@router.get("/api/supporters/me")
def get_me(supporter: Supporter, house: TheHouse) -> MeInfo:
    """How one is described, whom there is to pass on to, and whether a debrief is due."""
    return _me(house, supporter)


@router.put("/api/supporters/me")
def describe_me(supporter: Supporter, body: SupporterBody, exactly: ExactlyOnce, house: TheHouse) -> MeInfo:
    """Say what one speaks, is good at, which team one is of, and how many talks at once are not too many."""

    def work() -> MeInfo:
        do_describe_supporter(
            house, supporter, languages=body.languages, skills=body.skills, team=body.team, capacity=body.capacity
        )
        return _me(house, supporter)

    return exactly.once(MeInfo, work)


@router.put("/api/supporters/me/shift")
def go_on_duty(supporter: Supporter, body: ShiftBody, exactly: ExactlyOnce, house: TheHouse) -> MeInfo:
    """Be there for people until then."""

    def work() -> MeInfo:
        do_go_on_duty(house, supporter, body.until)
        return _me(house, supporter)

    return exactly.once(MeInfo, work)


@router.delete("/api/supporters/me/shift")
def go_off_duty(supporter: Supporter, exactly: ExactlyOnce, house: TheHouse) -> MeInfo:
    """End the shift; one's conversations wait for colleagues."""

    def work() -> MeInfo:
        do_go_off_duty(house, supporter)
        return _me(house, supporter)

    return exactly.once(MeInfo, work)


@router.post("/api/supporters/me/debrief")
def debrief(supporter: Supporter, exactly: ExactlyOnce, house: TheHouse) -> MeInfo:
    """Say that a hard talk was talked over, or that there is no need."""

    def work() -> MeInfo:
        do_debrief(house, supporter)
        return _me(house, supporter)

    return exactly.once(MeInfo, work)


@router.post("/api/conversations/{conversation}/claim")
def claim(conversation: str, supporter: Supporter, exactly: ExactlyOnce, house: TheHouse) -> ConversationInfo:
    """Take over a conversation that waits; of two at once, one gets it."""
    member = _member_of(house, conversation)
    return told_once(exactly, member, lambda: do_claim(house, supporter, conversation))


@router.post("/api/conversations/{conversation}/transfer")
def transfer(
    conversation: str, supporter: Supporter, body: TransferBody, exactly: ExactlyOnce, house: TheHouse
) -> ConversationInfo:
    """Pass it on: to a person, a team, a skill, or whoever can."""

    def work() -> Conversation:
        return do_transfer(house, supporter, conversation, body.wanted.value(), reason=body.reason)

    return told_once(exactly, _member_of(house, conversation), work)


@router.post("/api/conversations/{conversation}/give-back")
def give_back(conversation: str, supporter: Supporter, exactly: ExactlyOnce, house: TheHouse) -> ConversationInfo:
    """Give it back to the companion."""
    member = _member_of(house, conversation)
    return told_once(exactly, member, lambda: do_give_back(house, supporter, conversation))


@router.post("/api/conversations/{conversation}/ask-second")
def ask_second(
    conversation: str, supporter: Supporter, body: SecondBody, exactly: ExactlyOnce, house: TheHouse
) -> ConversationInfo:
    """Ask for a second person in one's own conversation, or no more; then whoever looks along leaves."""

    def work() -> Conversation:
        return do_ask_second(house, supporter, conversation, asked=body.asked)

    return told_once(exactly, _member_of(house, conversation), work)


@router.post("/api/conversations/{conversation}/look-along")
def look_along(conversation: str, supporter: Supporter, exactly: ExactlyOnce, house: TheHouse) -> ConversationInfo:
    """Read along in a colleague's who asks for a second person, and write them notes. The member is told by name."""
    member = _member_of(house, conversation)
    return told_once(exactly, member, lambda: do_look_along(house, supporter, conversation))


@router.post("/api/conversations/{conversation}/end-look-along")
def end_look_along(conversation: str, supporter: Supporter, exactly: ExactlyOnce, house: TheHouse) -> ConversationInfo:
    """Look along no more."""
    member = _member_of(house, conversation)
    return told_once(exactly, member, lambda: do_end_look_along(house, supporter, conversation))


@router.get("/api/supporters/me/talks-had")
def talks_had(supporter: Supporter, house: TheHouse) -> TalksHadInfo:
    """The talks one had, for two weeks after they left one's hands, where the member lets supporters read texts."""
    return TalksHadInfo(talks=[TalkHadInfo.model_validate(one) for one in access_talks_had(house, supporter)])


@router.get("/api/supporters/me/talks-had/{conversation}")
def read_again(
    conversation: str, supporter: Supporter, house: TheHouse, after: After = None, limit: Limit = 200
) -> ReadAgainInfo:
    """Read one of them: its lines after one, or else its last. That it was opened is in the member's export."""
    return ReadAgainInfo.model_validate(do_read_again(house, supporter, conversation, after=after, limit=limit))


@router.post("/api/supporters/me/talks-had/{conversation}/notes")
def note_afterwards(
    conversation: str, supporter: Supporter, body: NoteBody, exactly: ExactlyOnce, house: TheHouse
) -> NoteInfo:
    """Note something on one of them, for colleagues; it is in the member's export."""

    def work() -> NoteInfo:
        return NoteInfo.model_validate(do_note_afterwards(house, supporter, conversation, body.text))

    return exactly.once(NoteInfo, work, member=_member_of(house, conversation))


@router.get("/api/conversations/{conversation}/insight")
def get_insight(conversation: str, supporter: Supporter, house: TheHouse) -> InsightInfo:
    """Its member as they let supporters see them, and a summary whose every sentence names its lines.

    Of a conversation that waits, is one's own, or in which one looks along.
    """
    return InsightInfo.of(access_insight(house, supporter, conversation), house.library)


@router.post("/api/conversations/{conversation}/coach")
def coach_line(conversation: str, caller: SupporterCaller, body: CoachBody, house: TheHouse) -> DrawnFeedbackInfo:
    """What the coach says of a draft after what the member wrote last, in a conversation of one's own.

    Which of its parts are shown is drawn at the first asking, and stays. The draft is not kept; send the line with the
    suggestions that were shown (`coach` of `POST .../lines`), so that what became of them is known.
    """
    draft = clean_text(body.draft, field="draft", longest=LONGEST)
    feedback, shown = access_feedback(house, caller.id, conversation, draft)
    return DrawnFeedbackInfo.of(draft, feedback, shown, plain_question(house, caller.name, feedback.notice))


@router.get("/api/conversations/{conversation}/notes")
def list_notes(conversation: str, supporter: Supporter, house: TheHouse) -> NotesInfo:
    """Colleagues' notes about its member."""
    with house.store.read() as connection:
        notes = access_notes(house, connection, supporter, conversation)
    return NotesInfo(notes=[NoteInfo.model_validate(note) for note in notes])


@router.post("/api/conversations/{conversation}/notes")
def write_note(
    conversation: str, supporter: Supporter, body: NoteBody, exactly: ExactlyOnce, house: TheHouse
) -> NoteInfo:
    """Note something for colleagues. The member does not see it here; it is in their export."""

    def work() -> NoteInfo:
        return NoteInfo.model_validate(do_write_note(house, supporter, conversation, body.text))

    return exactly.once(NoteInfo, work, member=_member_of(house, conversation))


def _member_of(house: House, conversation: str) -> str:
    """Whose answer it is, so that their erasure takes it along."""
    with house.store.read() as connection:
        return find_conversation(connection, conversation).member


def _me(house: House, supporter: str) -> MeInfo:
    with house.store.read() as connection:
        me = SupporterInfo.model_validate(access_supporter(house, connection, supporter))
        others = access_colleagues(house, connection)
        due = access_debrief(house, connection, supporter)
    return MeInfo(
        me=me, colleagues=[SupporterInfo.model_validate(one) for one in others if one.account != supporter],
        debrief=DebriefInfo.model_validate(due) if due else None,
    )  # fmt: skip
