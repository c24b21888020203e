"""A supporter's work from Python: theirs alone, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from attunement.domain.alert import Done
from attunement.domain.coaching import CoachFeature, Fate
from attunement.domain.conversation import Owner
from attunement.domain.errors import AttunementError, ErrorCode
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Mechanism
from attunement.programme.accounts import do_make_staff
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.at_work import AtWork
from attunement.programme.coaching import Seen
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.talks_had import LETS
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.house import House
from attunement.programme.members import do_enrol


@pytest.fixture
def supporter(house: House) -> AtWork:
    """Somebody on duty for two hours."""
    return _on_duty(house, "Noor")


def _on_duty(house: House, name: str) -> AtWork:
    with house.store.write() as transaction:
        account = do_make_staff(house, transaction, "supporter", name, "four words in a row").id
    at_work = AtWork(house, account)
    at_work.go_on_duty(house.clock() + timedelta(hours=2))
    return at_work


def test_a_talk_is_claimed_answered_passed_on_and_ended(house: House, supporter: AtWork) -> None:
    """From the queue to the end; what they wrote stands in it."""
    talk = do_open(house, do_enrol(house), human=True)
    assert [one.conversation.id for one in supporter.queue().waiting] == [talk.id]
    assert supporter.claim(talk.id).owner is Owner.SUPPORTER
    supporter.write_line(talk.id, "I am here.")
    assert [line.text for line in supporter.lines(talk.id) if line.speaker == "supporter"] == ["I am here."]
    assert supporter.transfer(talk.id, reason="I have to leave").owner is Owner.WAITING
    supporter.claim(talk.id)
    assert supporter.close_conversation(talk.id).owner is Owner.CLOSED


def test_a_colleague_looks_along_and_the_talk_is_read_again(house: House, supporter: AtWork) -> None:
    """Asked for, looked along with a note, ended; then whose it was reads it again and notes something."""
    member = do_enrol(house, name="Rosa")
    do_change_consent(house, member, grant=[LETS])
    talk = do_open(house, member, human=True)
    supporter.claim(talk.id)
    supporter.write_line(talk.id, "I am here.")
    supporter.ask_second(talk.id)
    colleague = _on_duty(house, "Ida")
    (second,) = colleague.queue().seconds
    assert (second.conversation, second.name) == (talk.id, "Noor")
    colleague.look_along(talk.id)
    colleague.write_note(talk.id, "Ask about her sister.")
    assert [one.name for one in supporter.notes(talk.id)] == ["Ida"]
    assert [line.line for line in colleague.lines(talk.id)] == [1, 2, 3, 4]
    assert colleague.end_look_along(talk.id).second is None
    supporter.close_conversation(talk.id)
    assert ([one.name for one in supporter.talks_had()], colleague.talks_had()) == (["Rosa"], [])
    supporter.note_afterwards(talk.id, "It went well.")
    again = supporter.read_again(talk.id)
    assert [one.text for one in again.notes] == ["It went well."]
    assert [line.line for line in supporter.read_again(talk.id, after=2).lines] == [3, 4, 5, 6]


def test_an_alert_is_taken_and_closed_with_what_was_done(house: House, supporter: AtWork) -> None:
    """Then it is among the closed ones."""
    member = do_enrol(house)
    talk = do_open(house, member)
    do_raise_alert(house, member, level=RiskLevel.EXPLICIT, reason="said-plainly", conversation=talk.id)
    (seen,) = supporter.alerts()
    supporter.take_alert(seen.alert.id)
    supporter.close_alert(seen.alert.id, Done.TALKED, note="They are with their sister.")
    assert supporter.alerts() == []
    assert [one.alert.id for one in supporter.alerts(closed=True)] == [seen.alert.id]


def test_a_line_is_written_with_the_coach_and_counts_once(house: House, supporter: AtWork) -> None:
    """What it suggested and was sent as it was; sent again under its id it is the same line."""
    talk = do_open(house, do_enrol(house, name="Rosa"), human=True)
    do_write_as_member(house, talk.member, talk.id, "My brother died in March and I still set a place for him.")
    supporter.claim(talk.id)
    feedback, shown = supporter.coach(talk.id, "You just need to move on. Maybe write him a letter.")
    assert shown == frozenset(CoachFeature)
    seen = [Seen(one.text, one.change, one.adds) for one in feedback.suggestions]
    sent = new_id()
    for _ in range(2):
        supporter.write_line(talk.id, seen[0].text, sent=sent, seen=seen)
    grown = supporter.growth()
    assert (grown.lines, grown.coached, grown.fates[Fate.TAKEN], sum(grown.fates.values())) == (1, 1, 1, len(seen))
    assert [one.line for one in supporter.search("rosa")] == [2]
    assert supporter.insight(talk.id).summary[0].lines == (2,)


def test_a_case_is_practised_and_nothing_is_kept(house: House, supporter: AtWork) -> None:
    """How the reply reads, and no line of it in their growth."""
    done = supporter.practise(supporter.cases()[0].id, " What happened then? ")
    assert (done.case, done.reply) == (supporter.cases()[0], "What happened then?")
    assert done.feedback.reading.empathy[Mechanism.EXPLORATIONS].level > 0
    assert supporter.growth().lines == 0


@pytest.mark.parametrize(
    "what", [AtWork.queue, AtWork.alerts, AtWork.talks_had, AtWork.growth, lambda at_work: at_work.search("dog")]
)
def test_who_is_no_supporter_sees_nothing(house: House, what: Callable[[AtWork], object]) -> None:
    """Neither an account that is not there nor a member's id."""
    for account in (new_id(), do_enrol(house), ""):
        with pytest.raises(AttunementError) as refused:
            what(AtWork(house, account))
        assert refused.value.code in {ErrorCode.NOT_ALLOWED, ErrorCode.NOT_FOUND}


def test_who_is_no_supporter_has_no_insight_into_a_talk_that_waits(house: House) -> None:
    """Though it waits for whoever can."""
    talk = do_open(house, do_enrol(house), human=True)
    for account in (new_id(), talk.member, ""):
        with pytest.raises(AttunementError) as refused:
            AtWork(house, account).insight(talk.id)
        assert refused.value.code is ErrorCode.NOT_ALLOWED
