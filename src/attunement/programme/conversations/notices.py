"""What the programme itself says in a conversation: who answers now, and how long that may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attunement.domain import conversation_events as v
from attunement.domain.conversation import Owner
from attunement.domain.event import Event
from attunement.domain.messages import N_

COMPANION = N_(
    "You are writing with the companion. It is a computer program, not a person. You can ask for a person at any time."
)
WAITING = N_("A person will take over; they can read what was said here. Until then nobody answers in their place.")
WAITING_SOON = N_(
    "A person will take over; they can read what was said here. Lately half waited up to {half} minutes, and nine in "
    "ten up to {most}. Until then nobody answers in their place."
)
WAITING_NOBODY = N_(
    "Nobody is on duty right now. Your conversation waits for the first person who comes; they can read what was said "
    "here. You can go on with the companion meanwhile, do a practice, or look at the help page."
)
HELD = N_(
    "What you wrote sounds serious, so a person should look at this with you; they can read what was said here. "
    "The help page lists who can be called right now."
)
HELD_NOBODY = N_(
    "What you wrote sounds serious, so a person should look at this with you; they can read what was said here. Nobody "
    "is on duty right now, so it waits for the first person who comes. The help page lists who can be called right now."
)
FAULT = N_(
    "The companion could not answer here. That is a fault of ours, not yours. A person will take over; they can read "
    "what was said here. You can also go on with the companion, which then answers what you write next."
)
FAULT_NOBODY = N_(
    "The companion could not answer here. That is a fault of ours, not yours. Nobody is on duty right now, so your "
    "conversation waits for the first person who comes; they can read what was said here. You can also go on with the "
    "companion, which then answers what you write next. The help page lists who can be called right now."
)
CONSENT = N_("You changed what the companion may know, so it says no more here. A person can still take over.")
CLAIMED = N_("You are writing with {name} now, a person. The companion is silent.")
PASSED_ON = N_("{name} passed your conversation on to a colleague, who can read what was said here.")
PASSED_ON_NOBODY = N_(
    "{name} passed your conversation on. Nobody is on duty right now, so it waits for the first person who comes; they "
    "can read what was said here. Meanwhile you can do a practice, and the help page lists who can be called right now."
)
BACK = N_("The companion answers again from here. It is a computer program, not a person.")
LEFT = N_("{name} is not here any more. Your conversation waits for a colleague, who can read what was said here.")
LEFT_NOBODY = N_(
    "{name} is not here any more, and nobody is on duty right now. Your conversation waits for the first person who "
    "comes; they can read what was said here. Meanwhile you can do a practice, and the help page lists who can be "
    "called right now."
)
STILL = N_(
    "Nobody has come yet, and how long it will take is not known. Your conversation keeps its place and does not end "
    "by itself. The help page lists who can be called right now."
)
STILL_NOBODY = N_(
    "Nobody has come yet, because nobody is on duty right now. Your conversation keeps its place and does not end "
    "by itself. The help page lists who can be called right now."
)
WISHED = N_(
    "Your wish for who should come is changed. Your conversation keeps its place, and somebody else may answer all the "
    "same."
)
SECOND_CAME = N_(
    "{name} reads along now, a second person beside the one you write with; they can read what was said here. You go "
    "on writing with the same person."
)
SECOND_LEFT = N_("{name} does not read along any more.")
CLOSED = N_("This conversation has ended. You can begin another whenever you like.")
CLOSED_BY_TIME = N_(
    "Nothing was said here for more than a day, so this conversation has ended. What was said stays yours to read, and "
    "you can begin another whenever you like."
)
CLOSED_BY_CONSENT = N_(
    "You changed what the companion may know, so this conversation has ended. In a new one it knows only what you "
    "write there, and what you still allow."
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: a code for programs, and a sentence with ``{name}`` marks to be translated and filled in."""

    code: str
    template: str
    facts: Mapping[str, str | int]

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.template.format(**self.facts)


def notice_of(event: Event, names: Mapping[str, str]) -> Notice:
    """What a change of hands, or of who reads along, is told as; ``names`` of accounts, where known.

    >>> event = v.ConversationClaimed.model_construct(name="Noor")
    >>> notice_of(event, {}).text
    'You are writing with Noor now, a person. The companion is silent.'
    """
    match event:
        case v.ConversationOpened(owner=Owner.COMPANION):
            return Notice("companion", COMPANION, {})
        case v.HumanAsked(again=True):
            return Notice("wished", WISHED, {})
        case v.ConversationOpened() | v.HumanAsked() | v.StillWaiting():
            return _waiting(event)
        case v.ConversationClaimed():
            return Notice("claimed", CLAIMED, {"name": event.name})
        case v.ConversationTransferred():
            return _passed_on(event, names.get(event.supporter, "…"))
        case v.SecondPersonCame() | v.SecondPersonLeft():
            came = isinstance(event, v.SecondPersonCame)
            code, words = ("second-came", SECOND_CAME) if came else ("second-left", SECOND_LEFT)
            return Notice(code, words, {"name": event.name})
        case v.ConversationGivenBack():
            return Notice("back", BACK, {})
        case v.ConversationClosed(by="consent"):
            return Notice("closed-by-consent", CLOSED_BY_CONSENT, {})
        case v.ConversationClosed(by="time"):
            return Notice("closed-by-time", CLOSED_BY_TIME, {})
        case _:
            return Notice("closed", CLOSED, {})


def _passed_on(event: v.ConversationTransferred, name: str) -> Notice:
    nobody = _is_nobody_there(event.told)
    if event.by == "time":
        return Notice("left", LEFT_NOBODY if nobody else LEFT, {"name": name})
    return Notice("passed-on", PASSED_ON_NOBODY if nobody else PASSED_ON, {"name": name})


def _is_nobody_there(told: v.WaitTold | None) -> bool:
    return told is not None and told.on_duty == 0


def _waiting(event: v.ConversationOpened | v.HumanAsked | v.StillWaiting) -> Notice:
    if isinstance(event, v.StillWaiting):
        return Notice("still-waiting", STILL if event.told.on_duty else STILL_NOBODY, {})
    told, nobody = event.told, _is_nobody_there(event.told)
    if isinstance(event, v.HumanAsked) and event.by != "member":
        if event.by == "consent":
            return Notice("consent", CONSENT, {})
        if event.by == "companion":
            return Notice("fault", FAULT_NOBODY if nobody else FAULT, {})
        return Notice("held", HELD_NOBODY if nobody else HELD, {})
    if nobody:
        return Notice("nobody-on-duty", WAITING_NOBODY, {})
    if told is None or told.half_min is None or told.most_min is None:
        return Notice("waiting", WAITING, {})
    return Notice("waiting", WAITING_SOON, {"half": told.half_min, "most": told.most_min})
