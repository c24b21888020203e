"""Why a talk is with people: told to who has or may take it, in colleagues' words or by a code, and to nobody else."""

from __future__ import annotations

import pytest

from attunement.domain.errors import NotFound
from attunement.programme.conversations.answering import FAULT
from attunement.programme.conversations.asking import do_ask_for_human, do_hold_for_human
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.handing import (
    SHIFT_OVER,
    do_claim,
    do_give_back,
    do_go_off_duty,
    do_transfer,
)
from attunement.programme.conversations.reasons import access_reasons
from attunement.programme.house import House


def _reasons(house: House, supporter: str, talk: Conversation) -> list[tuple[str, str]]:
    with house.store.read() as connection:
        return [(one.name, one.reason) for one in access_reasons(house, connection, supporter, talk.id)]


def test_the_reason_reaches_who_may_take_it_and_who_has_it(
    house: House, talk: Conversation, noor: str, ida: str
) -> None:
    """While it waits and once it is theirs, the newest first; whoever passed it on is told no more once it is taken."""
    do_hold_for_human(house, talk.id, "companion", reason=FAULT)
    do_claim(house, noor, talk.id)
    assert _reasons(house, noor, talk) == [("", FAULT)]
    do_transfer(house, noor, talk.id, reason="She would rather talk to a woman of her age.")
    told = [("Noor", "She would rather talk to a woman of her age."), ("", FAULT)]
    assert _reasons(house, ida, talk) == told
    do_claim(house, ida, talk.id)
    assert _reasons(house, ida, talk) == told
    with pytest.raises(NotFound):
        _reasons(house, noor, talk)
    do_go_off_duty(house, ida)
    assert _reasons(house, noor, talk)[0] == ("Ida", SHIFT_OVER)


def test_what_was_before_the_companion_had_it_again_counts_no_more(
    house: House, talk: Conversation, noor: str, ida: str
) -> None:
    """Given back and asked for again, it begins anew; where nobody said why, there is nothing."""
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    assert _reasons(house, noor, talk) == []
    do_transfer(house, noor, talk.id, reason="My shift ends.")
    do_claim(house, ida, talk.id)
    do_give_back(house, ida, talk.id)
    do_ask_for_human(house, talk.member, talk.id)
    assert _reasons(house, noor, talk) == []
