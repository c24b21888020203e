"""What programs get back about conversations: who owns them, what is said, what waits."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import Field

from attunement.dialogue.replying.reason import from_facts
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.library.library import Library
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.lines import WrittenLine
from attunement.programme.conversations.queue import Queue, Waiting
from attunement.web.api.answers import Answer


class WantedInfo(Answer):
    """Who should take it: a supporter (account id), a team, a skill; all null: whoever can."""

    person: str | None
    team: str | None
    skill: str | None


class ReasonInfo(Answer):
    """Why a conversation is with people, and the line it is told by."""

    line: int
    at: datetime
    name: str = Field(description="Who passed it on; empty where the programme held it.")
    reason: str = Field(
        description="What they wrote, or `shift-over`; where the programme held it a code, such as `stepped-in`, "
        "`companion-fault`, `imminent`."
    )


class ConversationInfo(Answer):
    """A conversation as it stands."""

    id: str
    owner: Owner = Field(description="Who may answer now.")
    supporter: str | None = Field(description="Whose it is, or was when it closed.")
    second: str | None = Field(default=None, description="Who looks along, a supporter too; a notice says so by name.")
    asked_by: str | None = Field(
        description="On whose word it waits: member, companion, safety, consent, supporter, time."
    )
    wanted: WantedInfo
    language: str
    opened: datetime
    waiting_since: datetime | None
    closed: datetime | None
    last_line: int = Field(description="How many lines it has.")
    reasons: list[ReasonInfo] | None = Field(
        default=None,
        description="Why it is with people, newest first, for the supporters who may read it; null in other answers.",
    )


class ConversationsInfo(Answer):
    """A member's conversations, newest first."""

    conversations: list[ConversationInfo]


class NoticeInfo(Answer):
    """What the programme itself says: a code for programs, the sentence with marks, and what fills them."""

    code: str
    template: str
    facts: dict[str, str | int]


class OfferedInfo(Answer):
    """A practice that a reply offered."""

    id: str
    title: str


class LineInfo(Answer):
    """One line. ``line`` counts from 1 without gaps; ``sent`` is the id its sender gave it."""

    line: int
    id: str
    at: datetime
    speaker: Speaker
    text: str
    sent: str | None
    name: str | None = Field(description="The supporter's who wrote it.")
    notice: NoticeInfo | None
    strategy: Strategy | None = Field(description="What a reply of the companion's does.")
    by: str = Field(description="Who composed it: `composer` or the name of a language model; empty for people.")
    helped: bool | None = Field(description="Whether the member said it helped.")
    help_shown: bool = Field(description="There were signs of danger in it: show help with it, whoever may answer.")

    reasons: list[str] | None = Field(
        default=None, description="Why the companion said it, in sentences; null on other lines, and for supporters."
    )
    practice: OfferedInfo | None = Field(default=None, description="The practice it offered; null for supporters.")

    @classmethod
    def of(cls, line: WrittenLine, *, own: Library | None = None) -> Self:
        """The same as JSON has it; for its member (``own`` is the library then) with why it was said, and its offer."""
        told = cls.model_validate(line)
        if own is None or line.speaker is not Speaker.COMPANION:
            return told
        facts = line.why or {}
        offered = str(facts.get("practice", ""))
        practice = OfferedInfo(id=offered, title=own.practice(offered).title) if offered in own else None
        return told.model_copy(update={"reasons": [str(one) for one in from_facts(facts)], "practice": practice})


class LinesInfo(Answer):
    """Lines in order, and how the conversation stands."""

    conversation: ConversationInfo
    lines: list[LineInfo]


class ExpectationInfo(Answer):
    """What can be said about the wait for a person; no minutes where none would be honest."""

    on_duty: int = Field(description="Supporters who are there.")
    free: int = Field(description="Of them, those with room.")
    ahead: int = Field(description="Who waits already.")
    waits: int = Field(description="How many recent waits it rests on.")
    half_min: int | None = Field(description="Half of them waited up to so many minutes.")
    most_min: int | None = Field(description="Nine in ten waited up to so many.")
    so_far_min: int | None = Field(description="How long they have waited already; null where they do not wait.")


class SupporterInfo(Answer):
    """A supporter at work."""

    account: str
    name: str
    languages: list[str]
    skills: list[str]
    team: str | None
    capacity: int = Field(description="How many talks at once are not too many.")
    until: datetime | None = Field(description="When their shift ends; null where they are not on duty.")
    talks: int
    free: int = Field(description="How many more they can take now.")


class DebriefInfo(Answer):
    """A hard talk that is over: a reason to take a breath and talk to a colleague."""

    conversation: str
    ended: datetime
    reason: str = Field(description="`danger` or `long`.")


class MeInfo(Answer):
    """A supporter, their colleagues, and whether a debrief is due."""

    me: SupporterInfo
    colleagues: list[SupporterInfo]
    debrief: DebriefInfo | None


class WaitingInfo(Answer):
    """A conversation that may be claimed."""

    conversation: ConversationInfo
    name: str = Field(description="What the member calls themselves.")
    risk: RiskLevel = Field(description="The highest danger read in it.")
    waited_s: float
    fit: int = Field(description="How well the supporter fits, 0 to 4.")
    for_me: bool
    left: bool = Field(description="Whether its supporter is not there: off duty, or gone silent.")

    @classmethod
    def of(cls, one: Waiting) -> Self:
        """The same as JSON has it."""
        return cls(
            conversation=ConversationInfo.model_validate(one.conversation), name=one.name, risk=one.conversation.risk,
            waited_s=one.waited.total_seconds(), fit=one.fit, for_me=one.for_me, left=one.left,
        )  # fmt: skip


class SecondInfo(Answer):
    """A colleague who would like a second person. The talk can be read once one looks along."""

    conversation: str
    name: str
    since: datetime
    risk: RiskLevel = Field(description="The highest danger read in it.")


class QueueInfo(Answer):
    """What a supporter has before them, in the order in which to look at it."""

    me: SupporterInfo
    mine: list[ConversationInfo]
    waiting: list[WaitingInfo]
    along: list[ConversationInfo] = Field(description="Those of colleagues in which they look along.")
    seconds: list[SecondInfo]

    @classmethod
    def of(cls, queue: Queue) -> Self:
        """The same as JSON has it."""
        return cls(
            me=SupporterInfo.model_validate(queue.me), mine=[ConversationInfo.model_validate(c) for c in queue.mine],
            waiting=[WaitingInfo.of(one) for one in queue.waiting],
            along=[ConversationInfo.model_validate(c) for c in queue.along],
            seconds=[SecondInfo.model_validate(one) for one in queue.seconds],
        )  # fmt: skip


class NoteInfo(Answer):
    """A note of a supporter's."""

    id: str
    at: datetime
    conversation: str
    name: str
    text: str


class NotesInfo(Answer):
    """Notes about one member, newest first."""

    notes: list[NoteInfo]


class TalkHadInfo(Answer):
    """A talk that was a supporter's, and is not any more."""

    conversation: str
    name: str = Field(description="What the member calls themselves.")
    left: datetime = Field(description="When it left their hands.")
    until: datetime = Field(description="Until when it can be read again.")
    last_line: int = Field(description="The line by which it left their hands, the last that can be read.")


class TalksHadInfo(Answer):
    """The talks a supporter had and can read again, the one that left their hands last on top."""

    talks: list[TalkHadInfo]


class ReadAgainInfo(Answer):
    """A talk read again: its lines in order, and the reader's own notes on it, newest first."""

    talk: TalkHadInfo
    lines: list[LineInfo]
    notes: list[NoteInfo]


def lines_info(conversation: Conversation, lines: list[WrittenLine], *, own: Library | None = None) -> LinesInfo:
    """Lines with the conversation they are of; ``own`` as for `LineInfo.of`."""
    return LinesInfo(
        conversation=ConversationInfo.model_validate(conversation), lines=[LineInfo.of(line, own=own) for line in lines]
    )
