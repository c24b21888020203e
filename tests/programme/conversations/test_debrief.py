"""After a hard talk a supporter is asked to take a breath, however it left their hands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.closing import do_close, do_close_as_supporter
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.debrief import access_debrief, do_debrief
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_give_back, do_go_off_duty, do_transfer
from attunement.programme.conversations.tending import do_bring_back_left
from attunement.programme.conversations.writing import do_write_as_member, do_write_as_supporter
from attunement.programme.house import House
from attunement.programme.members import do_enrol


def _waits(house: House, risk: RiskLevel | None = None) -> Conversation:
    talk = do_open(house, do_enrol(house), human=True)
    if risk:
        do_write_as_member(house, talk.member, talk.id, "...", risk=risk)
    return talk


def _due(house: House, account: str) -> str | None:
    with house.store.read() as connection:
        found = access_debrief(house, connection, account)
    return found.reason if found else None


@pytest.mark.parametrize(("risk", "minutes", "reason"), [
    (RiskLevel.INDIRECT, 1, "danger"), (RiskLevel.DISTRESS, 61, "long"), (RiskLevel.DISTRESS, 59, None),
])  # fmt: skip
def test_a_debrief_after_a_hard_talk(
    house: House, noor: str, risk: RiskLevel, minutes: int, reason: str | None
) -> None:
    """After danger or more than an hour a supporter is asked how they are, until they say it was talked over."""
    talk = _waits(house, risk)
    do_claim(house, noor, talk.id)
    house.clock.forward(minutes=minutes)
    do_close_as_supporter(house, noor, talk.id)
    assert _due(house, noor) == reason
    do_debrief(house, noor)
    assert _due(house, noor) is None


def _leaves_at_the_end_of_a_shift(house: House, noor: str, talk: str) -> None:
    house.clock.forward(hours=9)
    assert do_bring_back_left(house) == 1


def _ended_by_the_member(house: House, _: str, talk: str) -> None:
    with house.store.read() as connection:
        do_close(house, find_conversation(connection, talk).member, talk)


LEAVES = [
    do_transfer, do_give_back, do_close_as_supporter, _ended_by_the_member, _leaves_at_the_end_of_a_shift,
    lambda house, noor, _: do_go_off_duty(house, noor),
]  # fmt: skip


@pytest.mark.parametrize("leaves", LEAVES)
@pytest.mark.parametrize(("risk", "minutes", "reason"), [
    (RiskLevel.EXPLICIT, 1, "danger"), (RiskLevel.DISTRESS, 61, "long"),
])  # fmt: skip
def test_a_debrief_however_a_hard_talk_left_their_hands(
    house: House, noor: str, leaves: Callable[..., object], risk: RiskLevel, minutes: int, reason: str
) -> None:
    """Passed on, given back, left or ended by anybody, it was as hard; not before that, and for nobody else."""
    talk = _waits(house, risk)
    do_claim(house, noor, talk.id)
    do_write_as_supporter(house, noor, talk.id, "I am here.")
    house.clock.forward(minutes=minutes)
    assert _due(house, noor) is None
    leaves(house, noor, talk.id)
    assert _due(house, noor) == reason
    assert _due(house, new_id()) is None
    do_debrief(house, noor)
    assert _due(house, noor) is None


def test_danger_after_a_talk_left_ones_hands_asks_for_no_debrief(house: House, noor: str) -> None:
    """It was short and calm while it was theirs; and what they have in hand again is not over."""
    talk = _waits(house)
    do_claim(house, noor, talk.id)
    do_write_as_supporter(house, noor, talk.id, "I am here.")
    do_transfer(house, noor, talk.id)
    do_write_as_member(house, talk.member, talk.id, "...", risk=RiskLevel.EXPLICIT)
    assert _due(house, noor) is None
    do_claim(house, noor, talk.id)
    assert _due(house, noor) is None


@pytest.mark.parametrize("leaves", LEAVES)
def test_who_had_a_hard_talk_for_a_minute_and_wrote_nothing_had_it_too(
    house: House, noor: str, leaves: Callable[..., object]
) -> None:
    """A minute is time enough to read what is on the page, however it left their hands then."""
    talk = _waits(house, RiskLevel.EXPLICIT)
    do_claim(house, noor, talk.id)
    house.clock.forward(minutes=1)
    leaves(house, noor, talk.id)
    assert _due(house, noor) == "danger"


@pytest.mark.parametrize(
    ("seconds", "writes", "reason"), [(59, False, None), (1, True, "danger"), (60, False, "danger")]
)
def test_who_gave_a_hard_talk_on_within_a_minute_had_it_only_where_they_wrote(
    house: House, noor: str, seconds: int, writes: bool, reason: str | None
) -> None:
    """A line is proof enough that it was read."""
    talk = _waits(house, RiskLevel.EXPLICIT)
    do_claim(house, noor, talk.id)
    if writes:
        do_write_as_supporter(house, noor, talk.id, "I am here.")
    house.clock.forward(seconds=seconds)
    do_transfer(house, noor, talk.id)
    assert _due(house, noor) == reason


def test_a_talk_held_silently_for_more_than_an_hour_is_long(house: House, noor: str) -> None:
    """Without any danger in it too."""
    talk = _waits(house)
    do_claim(house, noor, talk.id)
    house.clock.forward(minutes=61)
    do_give_back(house, noor, talk.id)
    assert _due(house, noor) == "long"


def test_taking_a_talk_again_for_a_moment_hides_no_earlier_time_with_it(house: House, noor: str, ida: str) -> None:
    """Noor had it in earnest and then for a second by mistake; Ida, between them, had it in earnest as well."""
    talk = _waits(house, RiskLevel.EXPLICIT)
    do_claim(house, noor, talk.id)
    do_write_as_supporter(house, noor, talk.id, "I am here.")
    for passes, takes in ((noor, ida), (ida, noor)):
        do_transfer(house, passes, talk.id)
        do_claim(house, takes, talk.id)
        house.clock.forward(minutes=1 if takes == ida else 0)
    do_transfer(house, noor, talk.id)
    assert (_due(house, noor), _due(house, ida)) == ("danger", "danger")


def test_a_talk_that_took_days_is_asked_about_when_it_ends(house: House, noor: str) -> None:
    """Kept from shift to shift for three days."""
    talk = _waits(house)
    do_claim(house, noor, talk.id)
    for _ in range(6):
        house.clock.forward(hours=12)
        do_go_on_duty(house, noor, house.clock() + timedelta(hours=12))
    do_close_as_supporter(house, noor, talk.id)
    assert _due(house, noor) == "long"


def test_a_rebuilt_store_knows_who_had_a_talk(house: House, noor: str) -> None:
    """It is derived from the log, and not only kept as it happens."""
    talk = _waits(house, RiskLevel.EXPLICIT)
    do_claim(house, noor, talk.id)
    house.clock.forward(minutes=1)
    do_give_back(house, noor, talk.id)
    house.store.rebuild()
    assert _due(house, noor) == "danger"
