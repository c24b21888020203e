"""Alerts: raised once, owned by one, told to the right people, and never the member's words in a message."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from tests.programme.alerts.conftest import Place

from attunement.delivery.courier import Gone, NotNow
from attunement.delivery.outbound import Outbound
from attunement.domain.alert import Audience, Done, Raiser
from attunement.domain.channel import Channel
from attunement.domain.consent import Cell
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, Invalid, NotFound
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.accounts import do_close_account
from attunement.programme.alerts import clock
from attunement.programme.alerts.alarms import AlarmKind, access_alert_status
from attunement.programme.alerts.alert import Alert
from attunement.programme.alerts.clock import do_escalate
from attunement.programme.alerts.owning import do_close_alert, do_pass_on_alert, do_take_alert
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.alerts.seeing import access_alert, access_alerts, access_trail, access_words
from attunement.programme.alerts.settings import AlertSettings, do_arrange_alerts
from attunement.programme.alerts.staff import access_colleagues, do_choose_staff_address
from attunement.programme.alerts.telling import do_note_seen, do_tell
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.decisions import do_choose
from attunement.programme.erasure import do_erase
from attunement.programme.exports import access_export
from attunement.programme.outcomes import access_feedback, do_finish
from attunement.programme.rebuild import do_rebuild
from attunement.programme.sessions import access_account, do_open_session
from attunement.store.schema import alert_tries, log
from attunement.store.store import Transaction

DANGER = "I want to kill myself tonight."


def as_it_is(message: str, _tag: str) -> str:
    """Words as they stand."""
    return message


def _raise(place: Place, level: RiskLevel = RiskLevel.EXPLICIT, **about: str) -> Alert:
    return do_raise_alert(place.house, place.rosa, level=level, reason="said-so", **about)  # type: ignore[arg-type]


def _now(place: Place, alert: Alert) -> Alert:
    return access_alert(place.house, alert.id).alert


def _tick(place: Place, **by: float) -> list[str]:
    """Time passes, and the clock runs once; to whom letters went."""
    place.house.clock.forward(**by)  # type: ignore[attr-defined]
    do_escalate(place.house)
    do_tell(place.house, as_it_is)
    return place.letters()


def _events(place: Place) -> int:
    with place.house.store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(log)).scalar_one())


# raising ------------------------------------------------------------------------------------------------------------
def test_raised_again_it_is_the_same_alert_and_only_rises(place: Place) -> None:
    """The same or less danger writes nothing; more raises the level of the open one, and names what showed it."""
    first = _raise(place, RiskLevel.INDIRECT)
    before = _events(place)
    assert _raise(place, RiskLevel.INDIRECT) == first
    assert _raise(place, RiskLevel.DISTRESS) == first
    assert _events(place) == before
    moment = new_id()
    risen = _raise(place, RiskLevel.IMMINENT, moment=moment)
    assert (risen.id, risen.level, risen.moment, risen.step) == (first.id, RiskLevel.IMMINENT, moment, 2)
    assert risen.due - place.house.clock() == timedelta(minutes=2)


def test_one_alert_about_each_conversation_and_one_beside_them(place: Place) -> None:
    """Alerts about two conversations and about the member are three; a closed one is not raised again but anew."""
    talk = new_id()
    ids = {_raise(place).id, _raise(place, conversation=talk).id, _raise(place, conversation=new_id()).id}
    assert len(ids) == 3
    do_close_alert(place.house, place.sam, _raise(place, conversation=talk).id, Done.TALKED)
    assert _raise(place, conversation=talk).id not in ids


def test_raised_inside_a_write_it_is_part_of_it(place: Place) -> None:
    """What raises it and the alert are written together or not at all."""

    def fail() -> None:
        with place.house.store.write():
            _raise(place)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert access_alerts(place.house) == []


def test_raised_at_once_by_many_there_is_one(place: Place) -> None:
    """Eight at the same moment raise one alert."""
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: _raise(place).id, range(8)))) == 1


def test_no_alert_without_danger_or_with_words_for_a_reason(place: Place) -> None:
    """The level is not none, and the reason a code: nothing a member wrote can stand in it."""
    for level, reason in ((RiskLevel.NONE, "said-so"), (RiskLevel.EXPLICIT, "She said she would")):
        with pytest.raises(Invalid):
            do_raise_alert(place.house, place.rosa, level=level, reason=reason)
    with pytest.raises(NotFound):
        do_raise_alert(place.house, new_id(), level=RiskLevel.EXPLICIT, reason="said-so")


# the clock ----------------------------------------------------------------------------------------------------------
def test_first_those_at_work_then_everybody_then_again(place: Place) -> None:
    """Sam is there and told; after two minutes everybody; then all of them again, after pauses that double."""
    place.comes(place.sam)
    alert = _raise(place)
    assert _tick(place) == ["sam@example.org"]
    assert _tick(place, seconds=119) == []
    everybody = ["noor@example.org", "sam@example.org", "stella@example.org"]
    assert _tick(place, seconds=1) == everybody
    assert _now(place, alert).audience is Audience.EVERYBODY
    assert _tick(place, seconds=119) == []
    assert _tick(place, seconds=1) == everybody
    assert _now(place, alert).audience is Audience.AGAIN
    assert _tick(place, seconds=239) == []
    assert _tick(place, seconds=1) == everybody


def test_where_nobody_is_at_work_everybody_is_told_at_once(place: Place) -> None:
    """A night without a shift loses no two minutes; signs of danger are due within five."""
    alert = _raise(place, RiskLevel.INDIRECT)
    assert alert.due - alert.raised == timedelta(minutes=5)
    assert len(_tick(place)) == 3


def test_a_supporter_who_left_is_not_at_work(place: Place) -> None:
    """A page that was used an hour ago is nobody."""
    place.comes(place.sam)
    place.house.clock.forward(hours=1)  # type: ignore[attr-defined]
    assert _raise(place).audience is Audience.EVERYBODY


def test_an_open_page_that_nobody_looks_at_is_nobody(place: Place) -> None:
    """Sam's page asks for news every minute. While he does things himself he is there; ten minutes after, nobody is.

    What it draws then stands before nobody's eyes, and an alert is everybody's at once.
    """
    token = do_open_session(place.house, place.sam, "supporter")
    first = _raise(place, RiskLevel.INDIRECT, conversation=new_id())
    assert first.audience is Audience.DUTY
    for minute in range(25):
        place.house.clock.forward(minutes=1)  # type: ignore[attr-defined]
        access_account(place.house, token, acted=minute < 10)
        assert access_alert_status(place.house).there == (minute < 19)
    do_note_seen(place.house, place.sam, [first])
    assert _now(place, first).told is None
    assert _raise(place, conversation=new_id()).audience is Audience.EVERYBODY
    access_account(place.house, token, acted=True)
    do_note_seen(place.house, place.sam, [first])
    assert _now(place, first).told == place.house.clock()
    assert _raise(place, conversation=new_id()).audience is Audience.DUTY


def test_whoever_is_on_duty_is_there_while_they_can_be_called(place: Place) -> None:
    """With an address for the whole shift; without one for ten minutes, since going on duty is something done."""
    do_choose_staff_address(place.house, place.noor, "")
    for account in (place.sam, place.noor):
        do_go_on_duty(place.house, account, place.house.clock() + timedelta(hours=8))

    def there() -> list[str]:
        with place.house.store.read() as connection:
            return sorted(one.name for one in access_colleagues(place.house, connection) if one.there)

    assert there() == ["Noor", "Sam"]
    place.house.clock.forward(minutes=10)  # type: ignore[attr-defined]
    assert there() == ["Sam"]
    place.house.clock.forward(hours=8)  # type: ignore[attr-defined]
    assert there() == []


def test_a_server_that_was_down_takes_one_step(place: Place) -> None:
    """After six hours the alert is told once more, not a hundred times; when each step is due stands in the log."""
    _raise(place)
    _tick(place)
    do_rebuild(place.house)
    assert len(_tick(place, hours=6)) == 3
    assert _tick(place) == []


def test_taken_it_is_told_no_more_until_its_owner_is_silent(place: Place) -> None:
    """After half an hour everybody is asked; the owner says that they still do, or a colleague takes it."""
    alert = _raise(place)
    _tick(place)
    do_take_alert(place.house, place.sam, alert.id)
    assert _tick(place, minutes=29) == []
    assert len(_tick(place, minutes=1)) == 3
    assert do_take_alert(place.house, place.sam, alert.id).audience is Audience.NOBODY
    assert len(_tick(place, minutes=30)) == 3
    assert do_take_alert(place.house, place.noor, alert.id).owner == place.noor


def test_a_risen_alert_is_told_to_its_owner_alone(place: Place) -> None:
    """Noor looks after it, so Noor is told that it got worse; in two minutes without a word from her, everybody."""
    alert = _raise(place, RiskLevel.INDIRECT)
    _tick(place)
    do_take_alert(place.house, place.noor, alert.id)
    _raise(place, RiskLevel.IMMINENT)
    with pytest.raises(Conflict):
        do_take_alert(place.house, place.sam, alert.id)
    assert _tick(place) == ["noor@example.org"]
    assert len(_tick(place, minutes=2)) == 3


# telling ------------------------------------------------------------------------------------------------------------
def test_a_message_tells_neither_who_nor_a_word(place: Place) -> None:
    """A letter and a request hold a link; the request also the level, and what kind it is."""
    couriers = {Channel.EMAIL: place.mail, Channel.WEBHOOK: place.hook}
    place.house = replace(place.house, outbound=Outbound("https://example.org", couriers))
    do_arrange_alerts(place.house, check_ins=True)
    do_check_in(place.house, place.rosa, text=DANGER)
    (seen,) = access_alerts(place.house)
    do_tell(place.house, as_it_is)
    ((message, _),) = place.hook.carried
    assert message.kind == "alert.raised"
    assert message.about == {"alert": seen.alert.id, "level": "imminent", "step": "1"}
    for message, _ in (*place.hook.carried, *place.mail.carried):
        assert message.link == f"https://example.org/alerts/{seen.alert.id}"
        said = f"{message.title} {message.words} {message.letter} {message.about}"
        assert not [word for word in ("Rosa", "Quince", "kill", place.rosa) if word in said]


def test_each_way_is_told_once_a_step_whatever_number_of_processes_look(place: Place) -> None:
    """Six clocks at once: three letters."""
    _raise(place)
    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(lambda _: do_tell(place.house, as_it_is), range(6))) == 3
    assert len(place.mail.carried) == len({message.id for message, _ in place.mail.carried}) == 3


def test_what_fails_is_tried_again_and_what_broke_off_too(place: Place) -> None:
    """A mail server that is down is tried after ten seconds; a process that died is followed after a minute."""
    _raise(place)
    place.mail.down = NotNow("down")
    assert _tick(place) == []
    place.mail.down = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        _tick(place, seconds=10)
    place.mail.down = None
    assert _tick(place, seconds=59) == []
    assert len(_tick(place, seconds=1)) == 3


def test_what_could_not_be_told_stands_in_the_trail(place: Place) -> None:
    """An address that is gone is given up for this step; what failed until the end of a step is noted then."""
    alert = _raise(place)
    place.mail.down = Gone("no such box")
    _tick(place)
    place.mail.down = NotNow("the mail server did not take it")
    _tick(place, minutes=2)
    place.mail.down = None
    _tick(place, minutes=2)
    said = [(m.event.kind, m.who, getattr(m.event, "out", None)) for m in access_trail(place.house, alert.id)]
    told = lambda out: [("alert-told", name, out) for name in ("Noor", "Sam", "Stella")]  # noqa: E731
    assert [one for one in said if one[0] != "alert-told"] == [
        ("alert-raised", "", None), ("alert-escalated", "", None), ("alert-escalated", "", None)
    ]  # fmt: skip
    tellings = [one for one in said if one[0] == "alert-told"]
    assert [sorted(tellings[i : i + 3]) for i in (0, 3, 6)] == [told(False), told(False), told(True)]
    with place.house.store.read() as connection:
        assert connection.execute(select(alert_tries)).all() == []


def test_seen_on_a_page_is_told_once(place: Place) -> None:
    """The page before somebody's eyes is a way of telling, and is noted once a person."""
    alert = _raise(place)
    place.comes(place.sam)
    do_open_session(place.house, place.stella, "steward")
    for account in (place.sam, place.sam, place.stella):
        do_note_seen(place.house, account, [alert])
    seen = [m.who for m in access_trail(place.house, alert.id) if m.event.kind == "alert-told"]
    assert seen == ["Sam", "Stella"]
    assert _now(place, alert).told == place.house.clock()


# alarms -------------------------------------------------------------------------------------------------------------
def test_an_alert_nobody_could_be_told_is_an_alarm(place: Place) -> None:
    """Within a minute where all ways fail, with the reason; at once where there is no way at all; told, it ends."""
    _raise(place)
    place.mail.down = NotNow("the mail server did not take it")
    _tick(place)
    assert access_alert_status(place.house).alarms == ()
    _tick(place, minutes=1)
    (alarm,) = access_alert_status(place.house).alarms
    assert (alarm.kind, alarm.why) == (AlarmKind.UNTOLD, "the mail server did not take it")
    place.mail.down = None
    assert len(_tick(place, minutes=1)) == 3
    assert access_alert_status(place.house).alarms == ()


def test_without_any_way_the_alarm_is_there_at_once(place: Place) -> None:
    """No mail server, no application, nobody at work."""
    place.house = replace(place.house, outbound=Outbound())
    _raise(place)
    status = access_alert_status(place.house)
    assert [alarm.kind for alarm in status.alarms] == [AlarmKind.UNTOLD]
    assert (status.ways, status.there, status.open, status.waiting) == ((), 0, 1, 1)


def test_told_and_answered_by_nobody_is_an_alarm_and_so_is_a_clock_that_stands(place: Place) -> None:
    """After everybody had their time; and where a step is overdue that nobody took."""
    alert = _raise(place)
    _tick(place)
    place.house.clock.forward(minutes=3)  # type: ignore[attr-defined]
    assert [one.kind for one in access_alert_status(place.house).alarms] == [AlarmKind.STUCK]
    _tick(place)
    assert [one.kind for one in access_alert_status(place.house).alarms] == [AlarmKind.UNANSWERED]
    do_take_alert(place.house, place.sam, alert.id)
    assert access_alert_status(place.house).alarms == ()


# owning -------------------------------------------------------------------------------------------------------------
def test_two_who_take_it_at_once_are_one(place: Place) -> None:
    """One has it; the other is told who."""
    alert = _raise(place)

    def take(account: str) -> str:
        try:
            return str(do_take_alert(place.house, account, alert.id).owner)
        except Conflict as error:
            return f"{error.code}: {error}"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(take, (place.sam, place.noor)))
    owner = _now(place, alert).owner
    assert owner in answers
    assert any(answer.startswith("not-yours: ") and "looks after this alert already" in answer for answer in answers)


def test_passed_on_it_is_told_to_that_colleague_and_then_to_everybody(place: Place) -> None:
    """Only its owner or a steward passes it on; whoever it is for is told first, and in two minutes everybody."""
    alert = _raise(place)
    _tick(place)
    with pytest.raises(Conflict):
        do_pass_on_alert(place.house, place.noor, alert.id, to=place.sam)
    do_take_alert(place.house, place.sam, alert.id)
    passed = do_pass_on_alert(place.house, place.sam, alert.id, to=place.noor)
    assert (passed.owner, passed.meant_for) == (None, place.noor)
    assert _tick(place) == ["noor@example.org"]
    assert len(_tick(place, minutes=2)) == 3
    assert do_pass_on_alert(place.house, place.stella, alert.id).audience is Audience.EVERYBODY


def test_what_rises_is_told_to_no_fewer_than_before(place: Place) -> None:
    """Everybody had been told of signs of danger; Sam is there, and still everybody is told that it is clear now."""
    place.comes(place.sam)
    _raise(place, RiskLevel.INDIRECT)
    _tick(place)
    assert len(_tick(place, minutes=5)) == 3
    _raise(place, RiskLevel.EXPLICIT)
    assert len(_tick(place)) == 3


def test_passed_on_by_the_only_one_there_it_is_everybodys(place: Place) -> None:
    """Sam is alone at work and cannot stay with it: it does not come back to Sam alone."""
    place.comes(place.sam)
    alert = do_take_alert(place.house, place.sam, _raise(place).id)
    assert do_pass_on_alert(place.house, place.sam, alert.id).audience is Audience.EVERYBODY


def test_passed_on_to_somebody_who_cannot_be_told_it_is_everybodys(place: Place) -> None:
    """Noor has no address and is not there: nobody waits for her."""
    do_choose_staff_address(place.house, place.noor, "")
    alert = do_take_alert(place.house, place.sam, _raise(place).id)
    assert do_pass_on_alert(place.house, place.sam, alert.id, to=place.noor).audience is Audience.EVERYBODY


def test_closed_it_is_over_and_says_what_was_done(place: Place) -> None:
    """Whoever closes an alert nobody had has taken it; closed, nothing changes it and nobody is told."""
    alert = _raise(place)
    closed = do_close_alert(place.house, place.sam, alert.id, Done.TALKED, note="We talked; her sister is with her.")
    assert (closed.owner, closed.done, closed.answered) == (place.sam, Done.TALKED, place.house.clock())
    assert [m.event.kind for m in access_trail(place.house, alert.id)] == [
        "alert-raised", "alert-taken", "alert-closed"
    ]  # fmt: skip
    for work in (do_take_alert, do_pass_on_alert):
        with pytest.raises(Conflict) as refused:
            work(place.house, place.sam, alert.id)
        assert refused.value.code is ErrorCode.ALERT_CLOSED
    assert _tick(place, hours=1) == []
    assert [seen.alert.id for seen in access_alerts(place.house, closed=True)] == [alert.id]


def test_only_its_owner_or_a_steward_closes_it_and_no_stranger_touches_it(place: Place) -> None:
    """A colleague asks first; an account that is no supporter's or steward's is nobody."""
    alert = do_take_alert(place.house, place.sam, _raise(place).id)
    with pytest.raises(Conflict):
        do_close_alert(place.house, place.noor, alert.id, Done.TALKED)
    for stranger in (new_id(), place.rosa):
        with pytest.raises(AttunementError):
            do_close_alert(place.house, stranger, alert.id, Done.TALKED)
    assert do_close_alert(place.house, place.stella, alert.id, Done.FALSE_ALARM).owner == place.sam


def test_whoever_leaves_leaves_no_alert_behind(place: Place) -> None:
    """Closing an account passes on what it looked after, in the same moment."""
    alert = do_take_alert(place.house, place.sam, _raise(place).id)
    do_close_account(place.house, place.sam)
    now = _now(place, alert)
    assert (now.owner, now.audience) == (None, Audience.EVERYBODY)
    assert _tick(place) == ["noor@example.org", "stella@example.org"]


# the member ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("on", [True, False])
def test_a_check_in_raises_an_alert_only_where_the_programme_has_it_so(place: Place, on: bool) -> None:
    """Off by default; switched on, clear danger raises one and the moment says so; sadness never does."""
    if on:
        do_arrange_alerts(place.house, check_ins=True)
    assert not do_check_in(place.house, place.rosa, text="I feel a bit sad today.").alerted
    moment = do_check_in(place.house, place.rosa, text=DANGER)
    assert moment.alerted is on
    assert [(seen.alert.moment, seen.alert.by) for seen in access_alerts(place.house)] == (
        [(moment.id, Raiser.READING)] if on else []
    )


@pytest.mark.parametrize("on", [True, False])
def test_words_of_a_practice_raise_one_too_unless_they_are_said_to_somebody(place: Place, on: bool) -> None:
    """Help is shown with them in any case; a reply to somebody in a written case is no cry for help of its writer's."""
    if on:
        do_arrange_alerts(place.house, check_ins=True)
    own, reply = (
        next(p.id for p in place.house.library.practices if p.ask and bool(p.answers) is said) for said in (False, True)
    )
    calm = do_finish(place.house, place.rosa, do_choose(place.house, place.rosa, own).id, text="A walk in the sun.")
    assert (calm.help_shown, calm.alerted) == (False, False)
    said = do_finish(place.house, place.rosa, do_choose(place.house, place.rosa, reply).id, text=DANGER)
    assert (said.help_shown, said.alerted) == (True, False)
    decision = do_choose(place.house, place.rosa, own).id
    written = do_finish(place.house, place.rosa, decision, text=DANGER)
    assert (written.help_shown, written.alerted) == (True, on)
    assert [seen.alert.reason for seen in access_alerts(place.house)] == (["practice"] if on else [])
    with place.house.store.read() as connection:
        again = access_feedback(place.house, connection, place.rosa, decision)
    assert again is not None
    assert again.help_shown


def test_what_a_practice_has_them_tell_of_another_is_another_persons_danger(place: Place) -> None:
    """As in a conversation: signs of danger, to another person; and not the member's own clear danger."""
    do_arrange_alerts(place.house, check_ins=True)
    retold = do_choose(place.house, place.rosa, "the-voice-note-twice").id
    text = "You are telling me that you want to die. I missed that you said it twice."
    given = do_finish(place.house, place.rosa, retold, text=text)
    assert (given.risk, given.help_shown, given.alerted) == (RiskLevel.EXPLICIT, True, True)
    found = [(seen.alert.reason, seen.alert.level) for seen in access_alerts(place.house)]
    assert found == [("another-person", RiskLevel.INDIRECT)]


def test_what_was_long_ago_raises_none(place: Place) -> None:
    """A check-in of last week that comes in now is history."""
    do_arrange_alerts(place.house, check_ins=True)
    week = place.house.clock() - timedelta(days=7)
    assert not do_check_in(place.house, place.rosa, text=DANGER, at=week).alerted


def test_words_are_for_supporters_and_only_where_the_member_lets_them(place: Place) -> None:
    """The alert shows who, when and the level; words need the member's leave, now, and are never a steward's."""
    do_arrange_alerts(place.house, check_ins=True)
    do_check_in(place.house, place.rosa, text=DANGER)
    (seen,) = access_alerts(place.house)
    assert (seen.name, seen.time_zone, seen.alert.level) == ("Rosa Quince", "Europe/Dublin", RiskLevel.IMMINENT)
    cell = [Cell.parse("supporters:text")]
    assert access_words(place.house, place.sam, seen.alert.id) is None
    do_change_consent(place.house, place.rosa, grant=cell)
    assert access_words(place.house, place.sam, seen.alert.id) == DANGER
    assert access_words(place.house, place.stella, seen.alert.id) is None
    do_change_consent(place.house, place.rosa, withdraw=cell)
    assert access_words(place.house, place.sam, seen.alert.id) is None


def test_erased_the_alert_is_gone_and_whoever_works_on_it_hears_so(place: Place) -> None:
    """In the middle of being told: nothing is left, nothing breaks, and taking it says that it went with them."""
    alert = _raise(place)

    class Eraser:
        channel = Channel.EMAIL

        def carry(self, _message: object, _address: str) -> None:
            with place.house.store.read() as connection:
                there = connection.execute(select(log.c.seq).where(log.c.kind == "member-erased")).first()
            if there is None:
                receipt = do_erase(place.house, place.rosa)
                assert receipt.counts["alerts"] == 1

    place.house = replace(place.house, outbound=Outbound("https://example.org", {Channel.EMAIL: Eraser()}))
    do_choose_staff_address(place.house, place.noor, "")
    do_choose_staff_address(place.house, place.stella, "")
    assert do_tell(place.house, as_it_is) == 0
    assert do_escalate(place.house) == 0
    assert access_alerts(place.house) == []
    with pytest.raises(NotFound) as gone:
        do_take_alert(place.house, place.sam, alert.id)
    assert gone.value.code is ErrorCode.UNKNOWN_ALERT


def test_the_export_holds_all_of_it(place: Place) -> None:
    """A member reads that an alert was raised, what came of it, and the note."""
    do_close_alert(place.house, place.sam, _raise(place).id, Done.TALKED, note="We talked.")
    events = [e for e in access_export(place.house, place.rosa)["events"] if e["kind"].startswith("alert-")]
    assert [e["kind"] for e in events] == ["alert-raised", "alert-taken", "alert-closed"]
    assert events[-1]["note"] == "We talked."


def test_it_can_be_rebuilt(place: Place, rows) -> None:  # type: ignore[no-untyped-def]
    """Every table is the same when made again from the log, with alerts in every state."""
    place.comes(place.sam)
    do_arrange_alerts(place.house, check_ins=True, indirect_min=7, explicit_min=3, account=place.stella)
    for talk in range(4):
        alert = _raise(place, RiskLevel.INDIRECT, conversation=new_id())
        place.mail.down = Gone("left") if talk == 1 else None
        _tick(place, minutes=7 * talk)
        if talk:
            do_take_alert(place.house, place.noor, alert.id)
            _raise(place, RiskLevel.EXPLICIT, conversation=str(alert.conversation))
        if talk == 2:
            do_pass_on_alert(place.house, place.noor, alert.id, to=place.sam)
        if talk == 3:
            do_close_alert(place.house, place.noor, alert.id, Done.NOT_REACHED)
    do_note_seen(place.house, place.sam, [seen.alert for seen in access_alerts(place.house)])
    before = rows(place.house)
    assert len(before["alerts"]) == 4
    assert before["staff_addresses"]
    do_rebuild(place.house)
    assert rows(place.house) == before


# how it is arranged -------------------------------------------------------------------------------------------------
def test_minutes_are_from_one_to_sixty_and_worse_comes_first(place: Place) -> None:
    """The newest arrangement holds; what makes no sense is refused."""
    for indirect, explicit in ((0, 0), (61, 2), (2, 5), (5, 0)):
        with pytest.raises(Invalid):
            do_arrange_alerts(place.house, check_ins=False, indirect_min=indirect, explicit_min=explicit)
    do_arrange_alerts(place.house, check_ins=False, indirect_min=10, explicit_min=1)
    alert = _raise(place)
    assert alert.due - alert.raised == timedelta(minutes=1)
    assert AlertSettings(indirect_min=10).within(RiskLevel.DISTRESS) == timedelta(minutes=10)


def test_an_address_is_a_mail_address_of_a_colleague(place: Place) -> None:
    """Nothing else is kept, and not in the clear in any table but the log."""
    for account, email, error in ((place.sam, "sam", Invalid), (place.rosa, "rosa@example.org", NotFound)):
        with pytest.raises(error):
            do_choose_staff_address(place.house, account, email)
    before = _events(place)
    do_choose_staff_address(place.house, place.sam, "sam@example.org")
    assert _events(place) == before


def test_an_alert_that_cannot_go_on_keeps_no_other_from_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours in one is logged; the others reach everybody in time."""
    first, second = _raise(place), _raise(place, conversation=new_id())
    holds = clock.hold_open_alert

    def hold(transaction: Transaction, alert: str) -> Alert:
        if alert == first.id:
            raise KeyError(alert)
        return holds(transaction, alert)

    monkeypatch.setattr(clock, "hold_open_alert", hold)
    place.house.clock.forward(minutes=3)  # type: ignore[attr-defined]
    assert do_escalate(place.house) == 1
    assert (_now(place, first).step, _now(place, second).step) == (1, 2)
