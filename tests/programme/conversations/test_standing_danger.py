"""Signs of danger that still stand when a person is asked for: recent ones, and any that nobody has seen to."""

from __future__ import annotations

import pytest

from attunement.domain.alert import Done
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.alerts.owning import do_close_alert
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.danger import access_standing_danger
from attunement.programme.conversations.handing import do_claim, do_give_back
from attunement.programme.conversations.writing import (
    access_ticket,
    do_write_as_companion,
    do_write_as_member,
    do_write_as_supporter,
)
from attunement.programme.house import House
from attunement.programme.members import do_enrol


def _say(house: House, talk: Conversation, risk: RiskLevel) -> None:
    do_write_as_member(house, talk.member, talk.id, "It is all too much.", risk=risk)


def _stands(house: House, talk: Conversation) -> RiskLevel:
    with house.store.read() as connection:
        return access_standing_danger(house, connection, talk.id)


def _alerted(house: House, talk: Conversation) -> list[RiskLevel]:
    with house.store.read() as connection:
        return [alert.level for alert in find_open_alerts(connection) if alert.conversation == talk.id]


def _a_person_answers(house: House, talk: Conversation, noor: str) -> None:
    do_claim(house, noor, talk.id)
    do_write_as_supporter(house, noor, talk.id, "I am here.")
    do_give_back(house, noor, talk.id)


def test_an_old_sign_that_a_person_answered_raises_nothing_later(house: House, talk: Conversation, noor: str) -> None:
    """Noor answered it; within 72 hours it still counts, and a week later asking for a person is only that."""
    _say(house, talk, RiskLevel.INDIRECT)
    do_ask_for_human(house, talk.member, talk.id)
    (first,) = _alerted(house, talk)
    assert first is RiskLevel.INDIRECT
    _a_person_answers(house, talk, noor)
    with house.store.read() as connection:
        alert = find_open_alerts(connection)[0].id
    do_close_alert(house, noor, alert, Done.TALKED)
    house.clock.forward(hours=72, seconds=-1)
    assert _stands(house, talk) is RiskLevel.INDIRECT
    house.clock.forward(seconds=1)
    assert _stands(house, talk) is RiskLevel.NONE
    do_ask_for_human(house, talk.member, talk.id)
    assert _alerted(house, talk) == []


def test_a_sign_that_nobody_has_seen_to_stays_however_old(house: House, talk: Conversation) -> None:
    """Only the companion answered it, a month ago: whoever asks for a person now is looked at first."""
    _say(house, talk, RiskLevel.INDIRECT)
    with house.store.read() as connection:
        ticket = access_ticket(connection, talk.id)
    do_write_as_companion(house, ticket, "Are you thinking of ending your life?", by="composer")
    _say(house, talk, RiskLevel.NONE)
    house.clock.forward(days=30)
    do_ask_for_human(house, talk.member, talk.id)
    assert _alerted(house, talk) == [RiskLevel.INDIRECT]


@pytest.mark.parametrize("how", ["answered", "closed"])
def test_what_was_seen_to_before_a_sign_does_not_count_for_it(
    house: House, talk: Conversation, noor: str, how: str
) -> None:
    """A supporter who wrote, or an alert that was closed, an hour before the sign has not seen to it."""
    if how == "answered":
        do_ask_for_human(house, talk.member, talk.id)
        _a_person_answers(house, talk, noor)
    else:
        alert = do_raise_alert(house, talk.member, level=RiskLevel.EXPLICIT, reason="said-so", conversation=talk.id)
        do_close_alert(house, noor, alert.id, Done.FALSE_ALARM)
    house.clock.forward(hours=1)
    _say(house, talk, RiskLevel.INDIRECT)
    house.clock.forward(days=9)
    assert _stands(house, talk) is RiskLevel.INDIRECT


def test_a_closed_alert_has_seen_to_the_signs_before_it_in_its_own_talk_alone(
    house: House, talk: Conversation, noor: str
) -> None:
    """An alert about another conversation settles nothing here."""
    other = do_open(house, do_enrol(house))
    for one in (talk, other):
        _say(house, one, RiskLevel.EXPLICIT)
    with house.store.read() as connection:
        theirs = next(alert.id for alert in find_open_alerts(connection) if alert.conversation == other.id)
    do_close_alert(house, noor, theirs, Done.TALKED)
    house.clock.forward(days=9)
    assert (_stands(house, talk), _stands(house, other)) == (RiskLevel.EXPLICIT, RiskLevel.NONE)


def test_the_gravest_that_stands_is_what_is_raised(house: House, talk: Conversation, noor: str) -> None:
    """An imminent one long seen to does not make a fresh hint imminent; distress is no sign."""
    _say(house, talk, RiskLevel.IMMINENT)
    with house.store.read() as connection:
        alert = find_open_alerts(connection)[0].id
    do_close_alert(house, noor, alert, Done.HELP_CALLED)
    house.clock.forward(days=9)
    _say(house, talk, RiskLevel.DISTRESS)
    assert _stands(house, talk) is RiskLevel.NONE
    _say(house, talk, RiskLevel.INDIRECT)
    do_ask_for_human(house, talk.member, talk.id)
    assert _alerted(house, talk) == [RiskLevel.INDIRECT]
