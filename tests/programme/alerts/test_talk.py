"""Which conversation an alert is about: told to those who may open it right now, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.programme.alerts.conftest import Place

from attunement.delivery.outbound import Outbound
from attunement.domain.alert import Done
from attunement.domain.channel import Channel
from attunement.domain.conversation import Owner
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, NotFound
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alert import Alert
from attunement.programme.alerts.owning import do_close_alert
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.alerts.seeing import access_alerts
from attunement.programme.alerts.talk import access_alert_about, access_talk
from attunement.programme.alerts.telling import do_tell
from attunement.programme.api_keys import do_make_api_key, do_revoke_api_key
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import access_as_supporter
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_step_in, do_transfer
from attunement.programme.conversations.lines import access_lines
from attunement.programme.conversations.waiting import access_expectation
from attunement.programme.conversations.writing import access_ticket, do_write_as_companion, do_write_as_member
from attunement.programme.members import do_enrol


def _alert(place: Place, member: str, talk: str | None) -> Alert:
    return do_raise_alert(
        place.house, member, level=RiskLevel.EXPLICIT, reason="said-so", conversation=talk
    )  # fmt: skip


def _who_may(place: Place, alert: Alert) -> list[str]:
    """Of Sam, Noor, Stella, the application and a stranger."""
    asked = {"Sam": place.sam, "Noor": place.noor, "Stella": place.stella, "application": "", "stranger": new_id()}
    with place.house.store.read() as connection:
        found = {name: access_talk(connection, alert, account) for name, account in asked.items()}
    assert {talk for talk in found.values() if talk} <= {alert.conversation}
    return [name for name, talk in found.items() if talk]


def test_it_is_named_to_supporters_while_it_waits_and_then_to_whose_it_is(place: Place) -> None:
    """To nobody while it is the companion's; to both supporters while it waits; to Sam alone once it is his."""
    talk = do_open(place.house, place.rosa)
    alert = _alert(place, place.rosa, talk.id)
    assert _who_may(place, alert) == []
    do_ask_for_human(place.house, place.rosa, talk.id)
    assert _who_may(place, alert) == ["Sam", "Noor"]
    do_go_on_duty(place.house, place.sam, place.house.clock() + timedelta(hours=1))
    do_claim(place.house, place.sam, talk.id)
    assert _who_may(place, alert) == ["Sam"]
    assert _who_may(place, _alert(place, place.rosa, None)) == []


def test_the_application_is_told_of_members_a_key_of_its_enrolled(place: Place) -> None:
    """Whoever owns the conversation; not once that key is revoked, and of no member who joined by themselves."""
    key = do_make_api_key(place.house, "ours")
    kept = do_enrol(place.house, keeper=key.id)
    alert = _alert(place, kept, do_open(place.house, kept).id)
    assert _who_may(place, alert) == ["application"]
    do_revoke_api_key(place.house, key.id)
    assert _who_may(place, alert) == []


@pytest.mark.parametrize("kept", [False, True])
def test_messages_lead_to_the_conversation_only_whom_it_is_open_to(place: Place, kept: bool) -> None:
    """Sam's and Noor's letters do, the steward's does not; the application gets the id only of a kept member."""
    couriers = {Channel.EMAIL: place.mail, Channel.WEBHOOK: place.hook}
    place.house = replace(place.house, outbound=Outbound("https://example.org", couriers))
    member = do_enrol(place.house, keeper=do_make_api_key(place.house, "ours").id) if kept else place.rosa
    talk = do_open(place.house, member, human=True)
    _alert(place, member, talk.id)
    do_tell(place.house, lambda message, _tag: message)
    leads = {address: f"https://example.org/queue/{talk.id}" in m.letter for m, address in place.mail.carried}
    assert leads == {"sam@example.org": True, "noor@example.org": True, "stella@example.org": False}
    ((message, _),) = place.hook.carried
    assert message.about.get("conversation") == (talk.id if kept else None)


def test_a_talk_tells_its_open_alert(place: Place) -> None:
    """None before it is raised, none of another's, none once it is closed; a talk one may not open tells nothing."""
    talk = do_open(place.house, place.rosa, human=True)
    other = do_enrol(place.house)
    _alert(place, other, do_open(place.house, other).id)
    assert access_alert_about(place.house, place.sam, talk.id) is None
    alert = _alert(place, place.rosa, talk.id)
    seen = access_alert_about(place.house, place.sam, talk.id)
    assert seen is not None
    assert (seen.alert.id, seen.name) == (alert.id, "Rosa Quince")
    do_close_alert(place.house, place.sam, alert.id, Done.TALKED)
    assert access_alert_about(place.house, place.sam, talk.id) is None
    with pytest.raises(NotFound):
        access_alert_about(place.house, place.sam, do_open(place.house, do_enrol(place.house)).id)


# stepping in --------------------------------------------------------------------------------------------------------
def _in_danger(place: Place) -> tuple[str, Alert]:
    """A talk the companion answers in, in which the member just said it plainly, and the alert about it."""
    talk = do_open(place.house, place.rosa)
    do_write_as_member(place.house, place.rosa, talk.id, "I want to die.", risk=RiskLevel.EXPLICIT)
    do_go_on_duty(place.house, place.sam, place.house.clock() + timedelta(hours=1))
    return talk.id, _alert(place, place.rosa, talk.id)


def _refused(place: Place, account: str, alert: str) -> ErrorCode:
    with pytest.raises(AttunementError) as caught:
        do_step_in(place.house, account, alert)
    return caught.value.code


def test_a_supporter_steps_in_while_the_companion_answers(place: Place) -> None:
    """Unread before; then held and Sam's at once, the member told both, and what the companion was thinking unsaid."""
    talk, alert = _in_danger(place)
    with place.house.store.read() as connection, pytest.raises(NotFound):
        access_as_supporter(connection, place.sam, talk)
    with place.house.store.read() as connection:
        ticket = access_ticket(connection, talk)
    now = do_step_in(place.house, place.sam, alert.id)
    assert (now.owner, now.supporter, now.asked_by, now.epoch) == (Owner.SUPPORTER, place.sam, "safety", 3)
    assert [seen.alert.owner for seen in access_alerts(place.house)] == [place.sam]  # so nobody else is called for it
    with pytest.raises(Conflict):
        do_write_as_companion(place.house, ticket, "I am with you.", by="composer")
    with place.house.store.read() as connection:
        lines = access_lines(place.house, connection, place.rosa, talk)
        assert access_expectation(place.house, connection).waits == 0  # who did not wait says nothing about the wait
    assert [line.notice.code for line in lines if line.notice] == ["companion", "held", "claimed"]
    assert do_step_in(place.house, place.sam, alert.id) == now
    assert do_transfer(place.house, place.sam, talk).asked_by == "safety"


def test_of_two_who_step_in_one_gets_it(place: Place) -> None:
    """As with claiming; and what waits by now is simply taken over."""
    talk, alert = _in_danger(place)
    do_go_on_duty(place.house, place.noor, place.house.clock() + timedelta(hours=1))
    do_step_in(place.house, place.sam, alert.id)
    assert _refused(place, place.noor, alert.id) is ErrorCode.NOT_THE_OWNER
    do_transfer(place.house, place.sam, talk)
    assert do_step_in(place.house, place.noor, alert.id).supporter == place.noor


def test_a_talk_that_ended_meanwhile_is_not_stepped_into(place: Place) -> None:
    """Nor by anybody once its alert is closed."""
    talk, alert = _in_danger(place)
    do_close(place.house, place.rosa, talk)
    assert _refused(place, place.sam, alert.id) is ErrorCode.NOT_THE_OWNER
    do_close_alert(place.house, place.sam, alert.id, Done.TALKED)
    assert _refused(place, place.sam, alert.id) is ErrorCode.ALERT_CLOSED


def test_who_may_not_step_in(place: Place) -> None:
    """Off duty, no supporter, on signs alone, or where the alert is about no conversation; then nothing changes."""
    talk, alert = _in_danger(place)
    assert _refused(place, place.noor, alert.id) is ErrorCode.NOT_ON_DUTY
    assert _refused(place, place.stella, alert.id) is ErrorCode.NOT_ALLOWED
    assert _refused(place, place.sam, new_id()) is ErrorCode.UNKNOWN_ALERT
    assert _refused(place, place.sam, _alert(place, place.rosa, None).id) is ErrorCode.NOT_ALLOWED
    other = do_enrol(place.house)
    signs = do_raise_alert(
        place.house, other, level=RiskLevel.INDIRECT, reason="said-so", conversation=do_open(place.house, other).id
    )
    assert _refused(place, place.sam, signs.id) is ErrorCode.NOT_ALLOWED
    assert _who_may(place, alert) == []
    with place.house.store.read() as connection:
        assert access_ticket(connection, talk).epoch == 1
