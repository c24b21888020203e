"""What a message says. Others may see a screen or a mailbox, so it never says what an offer is about."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from attunement.delivery.courier import Message
from attunement.domain.messages import N_
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.programme.reach.addresses import confirm_link
from attunement.programme.reach.links import STOP, link_token

Translate = Callable[[str, str], str]
TITLE = N_("Something for a few minutes, if you like")
WORDS = N_("There is a practice for you, whenever it suits you.")
STOP_WORDS = N_("Stop these messages")
LETTER = N_("""There is a practice for you at {name}, for a few minutes, whenever it suits you:
{link}

You asked to be told now and then. A computer chose the moment and the practice; you need not answer.
To stop these messages, open this link and press the button:
{stop}
""")
CONFIRM_TITLE = N_("Please confirm your address")
CONFIRM_LETTER = N_("""Someone (we hope it was you) asked {name} to send short notes to this address, now and then.
If it was you, open this link and press the button:
{link}

If it was not, do nothing: nothing more is sent to you.
""")


def notice(house: House, connection: Connection, member: str, delivery: str, reach: str, say: Translate) -> Message:
    """The message that an offer waits."""
    tag = access_member(connection, member).language
    stop = f"{house.outbound.origin}/stop/{link_token(house, member, STOP)}"
    link = f"{house.outbound.origin}/reached/{reach}"
    return Message(
        delivery, say(TITLE, tag), say(WORDS, tag), say(LETTER, tag).format(name=house.name, link=link, stop=stop),
        link, stop, say(STOP_WORDS, tag), {"member": member, "reach": reach},
    )  # fmt: skip


def confirmation(house: House, connection: Connection, member: str, delivery: str, key: str, say: Translate) -> Message:
    """The letter that asks to confirm an address."""
    tag = access_member(connection, member).language
    link = confirm_link(house, member, key)
    title, letter = say(CONFIRM_TITLE, tag), say(CONFIRM_LETTER, tag).format(name=house.name, link=link)
    return Message(delivery, title, title, letter, link, "", "", {"member": member})
