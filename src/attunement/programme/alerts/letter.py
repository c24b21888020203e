"""What a message about an alert says. Others may read it, so it tells neither who it is about nor a word of theirs."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid5

from attunement.delivery.courier import Message
from attunement.domain.channel import Channel
from attunement.domain.messages import N_
from attunement.programme.alerts.alert import Alert
from attunement.programme.house import House

Translate = Callable[[str, str], str]
LANGUAGE = "en"  # which language a colleague reads is not kept
TITLE = N_("Please look now: somebody may be in danger")
AGAIN = N_("Still open, please look now: somebody may be in danger")
WORDS = N_("An alert waits for somebody to look after it.")
NOTICE_TITLE = N_("Somebody may need you now")
NOTICE_WORDS = N_("Open {name}.")
LETTER = N_("""Somebody at {name} may be in danger. Please look now, and take it if you can:
{link}

Who it is and what is known stands there, and nowhere in this letter. Once somebody has taken it, nobody else is written
to. You get this letter because you are a supporter or steward of {name}.
""")
TALK = N_("""
The conversation it is about, which you can open while it waits for a person or is yours:
{link}
""")


def alert_message(
    house: House, alert: Alert, channel: Channel, account: str, say: Translate, *, talk: str | None = None
) -> Message:
    """The message of one step to one colleague, or to the programme's application (no account).

    Its id is the same at every try, so that whoever gets it twice can tell. ``talk`` is the conversation it is about,
    where they may open it (`attunement.programme.alerts.talk`).
    """
    if channel is Channel.PUSH:
        return _notice(house, alert, say)
    link = f"{house.outbound.origin}/alerts/{alert.id}"
    letter = say(LETTER, LANGUAGE).format(name=house.name, link=link)
    about = {"alert": alert.id, "level": alert.level.value, "step": str(alert.step)}
    if talk is not None:
        letter += say(TALK, LANGUAGE).format(link=f"{house.outbound.origin}/queue/{talk}")
        about["conversation"] = talk
    title = say(TITLE if alert.step == 1 else AGAIN, LANGUAGE)
    return Message(
        id=str(uuid5(UUID(alert.id), f"{alert.step} {channel} {account}")), title=title, words=say(WORDS, LANGUAGE),
        letter=letter, link=link, stop="", stop_words="", about=about,
        kind="alert.raised" if alert.step == 1 else "alert.still-open",
    )  # fmt: skip


def _notice(house: House, alert: Alert, say: Translate) -> Message:
    """What a device shows, to anybody near it. It leads to all alerts: this one may be over when it is opened.

    Its id is that of the alert, so that a later notice takes the place of the one before.
    """
    words = say(NOTICE_WORDS, LANGUAGE).format(name=house.name)
    return Message(
        id=str(uuid5(UUID(alert.id), Channel.PUSH)), title=say(NOTICE_TITLE, LANGUAGE), words=words, letter="",
        link=f"{house.outbound.origin}/alerts", stop="", stop_words="", about={}, kind="alert", urgent=True,
    )  # fmt: skip
