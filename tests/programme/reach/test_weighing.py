"""Weighing a moment: held for a reason, or drawn with a probability that is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from attunement.domain.affect import Affect
from attunement.domain.alert import Done
from attunement.domain.errors import Invalid, NotFound
from attunement.domain.practice import AvoidWhen
from attunement.domain.reach_events import ReachWeighed
from attunement.domain.reading import RiskLevel
from attunement.policy.receptivity import ReceptivityPolicy
from attunement.policy.timing import Held
from attunement.programme.accounts import do_make_staff
from attunement.programme.alerts.owning import do_close_alert
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_set_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.decisions import access_decision, do_answer
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import do_finish
from attunement.programme.reach.moments import NAMES, access_here
from attunement.programme.reach.offers import access_waiting, do_answer_reach, do_open_offer
from attunement.programme.reach.reacher import do_reach
from attunement.programme.reach.receptive import Receptivity
from attunement.programme.reach.settings import do_set_reach
from attunement.programme.reach.weighing import Weighed, do_weigh
from attunement.store.schema import reaches

FRESH = ReceptivityPolicy(NAMES)
Willing = Callable[..., str]


def _until_sent(house: House, member: str) -> Weighed:
    """Weigh one moment with seed after seed until one sends; what went before it are draws that said no."""
    return next(w for seed in range(500) if (w := do_weigh(house, member, FRESH, seed=seed)).sent)


def _events(house: House, member: str) -> list[ReachWeighed]:
    with house.store.read() as connection:
        logged = house.store.events(connection, member=member, kinds=(ReachWeighed.kind,))
        return [one.event for one in logged if isinstance(one.event, ReachWeighed)]


def test_nobody_is_reached_who_never_asked_for_it(house: House) -> None:
    """The reason is that they did not turn it on, and it is written down once, not every hour."""
    member = do_enrol(house)
    for _ in range(3):
        assert do_weigh(house, member, FRESH).held is Held.STOPPED
        house.clock.forward(hours=1)
    assert [event.held for event in _events(house, member)] == ["stopped"]


def test_what_is_sent_has_an_offer_a_probability_and_a_way_out(outgoing: House, willing: Willing) -> None:
    """The decision exists with its own probability, the draw can be repeated, and one delivery waits."""
    member = willing()
    weighed = _until_sent(outgoing, member)
    sent = _events(outgoing, member)[-1]
    assert sent.sent
    assert sent.held is None
    assert sent.probability == weighed.probability
    assert 0 < sent.probability < 1
    assert [one.channel for one in sent.deliveries] == ["webhook"]
    with outgoing.store.read() as connection:
        made = access_decision(outgoing, connection, member, weighed.decision or "")
        waiting = access_waiting(outgoing, connection, member)
    assert waiting is not None
    assert waiting.decision == made.id
    assert waiting.practice.id == made.choice.offered
    drawn = FRESH.probability(tuple(sent.moment[name] for name in NAMES), cost=0.03 + 0.07 * 0.5, share=2 / 8)
    assert sent.probability == pytest.approx(drawn), "two a day, and eight hours until nine in the evening in Dublin"


def test_each_later_moment_is_held_for_its_reason(outgoing: House, willing: Willing) -> None:
    """Not looked at: waiting. Looked at: too soon, then free again, then spent for the day, then night."""
    member = willing()
    first = _until_sent(outgoing, member)
    assert do_weigh(outgoing, member, FRESH).held is Held.WAITING
    do_open_offer(outgoing, member, first.decision or "")
    assert do_weigh(outgoing, member, FRESH).held is Held.TOO_SOON
    outgoing.clock.forward(hours=4)
    second = _until_sent(outgoing, member)
    do_answer_reach(outgoing, member, second.reach or "", "not-now")
    assert do_weigh(outgoing, member, FRESH).held is Held.BUDGET_SPENT
    outgoing.clock.forward(hours=7)
    assert do_weigh(outgoing, member, FRESH).held is Held.QUIET_HOURS


@pytest.mark.parametrize("answer", ["started", "not-now", "something-different", "finished"])
def test_an_offer_that_was_answered_by_its_decision_waits_no_more(
    outgoing: House, willing: Willing, answer: str
) -> None:
    """An application answers the decision alone: that was the answer, and the next may come in its time."""
    member = willing()
    sent = _until_sent(outgoing, member)
    assert do_weigh(outgoing, member, FRESH).held is Held.WAITING
    if answer == "finished":
        do_finish(outgoing, member, sent.decision or "", rating=4)
    else:
        do_answer(outgoing, member, sent.decision or "", answer)  # type: ignore[arg-type]
    assert do_weigh(outgoing, member, FRESH).held is Held.TOO_SOON
    outgoing.clock.forward(hours=4)
    _until_sent(outgoing, member)


def test_where_nothing_fits_nobody_is_reached(outgoing: House, willing: Willing) -> None:
    """Before anything is drawn: the reason is written down, once."""
    member = willing()
    avoiding = tuple(replace(p, avoid_when=(AvoidWhen.OVERWHELMED,)) for p in outgoing.library.practices)
    stirring = replace(outgoing, library=replace(outgoing.library, practices=avoiding))
    do_check_in(stirring, member, affect=Affect(-1, 1))
    stirring.clock.forward(hours=4)
    assert {do_weigh(stirring, member, FRESH, seed=seed).held for seed in range(30)} == {Held.NOTHING_FITS}
    assert [event.held for event in _events(stirring, member)] == ["nothing-fits"]


def test_danger_is_for_people_not_for_a_program(outgoing: House, willing: Willing) -> None:
    """After words that sound like danger nothing is sent for three days, however the draw falls."""
    member = willing()
    do_check_in(outgoing, member, text="I want to kill myself tonight.")
    outgoing.clock.forward(hours=4)
    assert {do_weigh(outgoing, member, FRESH, seed=seed).held for seed in range(30)} == {Held.CARE}
    outgoing.clock.forward(days=3)
    assert do_weigh(outgoing, member, FRESH).held is not Held.CARE


def test_danger_in_a_talk_holds_offers_back_for_three_days(outgoing: House, willing: Willing) -> None:
    """Whatever was written since, and whatever may be used for choosing; a line of distress alone holds nothing."""
    member = willing()
    talk = do_open(outgoing, member)
    do_write_as_member(outgoing, member, talk.id, "It is all too much.", risk=RiskLevel.DISTRESS)
    outgoing.clock.forward(hours=4)
    assert do_weigh(outgoing, member, FRESH).held is not Held.CARE
    do_write_as_member(outgoing, member, talk.id, "I can't go on.", risk=RiskLevel.INDIRECT)
    do_write_as_member(outgoing, member, talk.id, "Thank you, the tea was lovely!", risk=RiskLevel.NONE)
    do_check_in(outgoing, member, text="Thank you, the tea was lovely!")
    do_set_consent(outgoing, member, [cell for cell in outgoing.wording.asked if cell.purpose == "companion"])
    outgoing.clock.forward(hours=3)
    assert {do_weigh(outgoing, member, FRESH, seed=seed).held for seed in range(30)} == {Held.CARE}
    outgoing.clock.forward(hours=69)
    assert do_weigh(outgoing, member, FRESH).held is not Held.CARE


def test_what_came_before_danger_does_not_wait_on_the_page(outgoing: House, willing: Willing) -> None:
    """Words that sound like danger put an earlier offer away, and so does an alert, until it is closed."""
    members = told, alerted = willing("Rosa"), willing("Ida")

    def waiting() -> list[bool]:
        with outgoing.store.read() as connection:
            return [access_waiting(outgoing, connection, member) is not None for member in members]

    for member in members:
        _until_sent(outgoing, member)
    assert waiting() == [True, True]
    with outgoing.store.write() as transaction:
        noor = do_make_staff(outgoing, transaction, "supporter", "Noor", "x").id
    do_check_in(outgoing, told, text="I want to kill myself tonight.")
    alert = do_raise_alert(outgoing, alerted, level=RiskLevel.INDIRECT, reason="said-so").id
    assert waiting() == [False, False]
    do_go_on_duty(outgoing, noor, outgoing.clock() + timedelta(hours=8))
    do_close_alert(outgoing, noor, alert, Done.TALKED)
    assert waiting() == [False, True]


def test_while_a_person_is_asked_for_or_there_no_program_writes(outgoing: House, willing: Willing) -> None:
    """From asking for a person on until the talk is over, however long; then it weighs again."""
    member = willing()
    talk = do_open(outgoing, member)
    outgoing.clock.forward(hours=4)
    assert do_weigh(outgoing, member, FRESH).held is not Held.CARE
    do_ask_for_human(outgoing, member, talk.id)
    with outgoing.store.write() as transaction:
        noor = do_make_staff(outgoing, transaction, "supporter", "Noor", "x").id
    outgoing.clock.forward(days=7)
    assert do_weigh(outgoing, member, FRESH).held is Held.CARE
    do_go_on_duty(outgoing, noor, outgoing.clock() + timedelta(hours=8))
    do_claim(outgoing, noor, talk.id)
    outgoing.clock.forward(hours=1)
    assert do_weigh(outgoing, member, FRESH).held is Held.CARE
    do_close(outgoing, member, talk.id)
    assert do_weigh(outgoing, member, FRESH).held is not Held.CARE


def test_an_open_alert_holds_offers_back_until_it_is_closed(outgoing: House, willing: Willing) -> None:
    """However long that takes; another member is not touched by it."""
    member, other = willing("Rosa"), willing("Ida")
    with outgoing.store.write() as transaction:
        noor = do_make_staff(outgoing, transaction, "supporter", "Noor", "x").id
    alert = do_raise_alert(outgoing, member, level=RiskLevel.INDIRECT, reason="said-so").id
    outgoing.clock.forward(days=7)
    assert do_weigh(outgoing, member, FRESH).held is Held.CARE
    assert do_weigh(outgoing, other, FRESH).held is not Held.CARE
    do_go_on_duty(outgoing, noor, outgoing.clock() + timedelta(hours=8))
    do_close_alert(outgoing, noor, alert, Done.TALKED)
    assert do_weigh(outgoing, member, FRESH).held is not Held.CARE


def test_who_wrote_in_a_talk_a_while_ago_was_here(outgoing: House, willing: Willing) -> None:
    """Their own line counts as being here; the notice that the talk began does not."""
    member = willing()
    talk = do_open(outgoing, member)
    with outgoing.store.read() as connection:
        assert access_here(connection, member) is None
    do_write_as_member(outgoing, member, talk.id, "Hello, is somebody there?", risk=RiskLevel.NONE)
    outgoing.clock.forward(hours=2, minutes=59)
    assert do_weigh(outgoing, member, FRESH).held is Held.TOO_SOON
    outgoing.clock.forward(minutes=1)
    assert do_weigh(outgoing, member, FRESH).held is not Held.TOO_SOON


def test_an_older_check_in_that_comes_late_ends_no_silence(outgoing: House, willing: Willing) -> None:
    """A device sends four days' old glad words after today's danger: what was written today counts."""
    member = willing()
    do_check_in(outgoing, member, text="I want to kill myself tonight.")
    do_check_in(outgoing, member, text="Thank you, the tea was lovely!", at=outgoing.clock() - timedelta(days=4))
    outgoing.clock.forward(hours=4)
    assert do_weigh(outgoing, member, FRESH).held is Held.CARE


def test_check_ins_without_words_stretch_no_silence(outgoing: House, willing: Willing) -> None:
    """Three days after the words that sounded like danger it weighs again, however often they checked in since."""
    member = willing()
    do_check_in(outgoing, member, text="I want to kill myself tonight.")
    for _ in range(3):
        outgoing.clock.forward(days=1)
        do_check_in(outgoing, member, affect=Affect(0.1, 0.0))
    assert do_weigh(outgoing, member, FRESH).held is Held.CARE
    outgoing.clock.forward(hours=4)
    assert do_weigh(outgoing, member, FRESH).held is not Held.CARE


def test_moods_are_used_and_learned_from_only_where_allowed(outgoing: House, willing: Willing) -> None:
    """The same history with and without consent: without, nothing of the mood is in what was known."""
    member = willing()
    for day in range(7):
        do_check_in(outgoing, member, affect=Affect(0.6 if day < 6 else -0.8, 0.0))
        outgoing.clock.forward(days=1, hours=-1 if day == 5 else 0)
    outgoing.clock.forward(hours=-19)
    do_weigh(outgoing, member, FRESH, seed=1)
    assert _events(outgoing, member)[-1].moment["low"] > 0.5
    no_learning = [cell for cell in outgoing.wording.asked if str(cell) != "learn:self_report"]
    do_set_consent(outgoing, member, no_learning)
    do_weigh(outgoing, member, FRESH, seed=1)
    newest = _events(outgoing, member)[-1]
    assert "low" not in newest.moment
    assert "self_report" in newest.used
    assert newest.learnable
    do_set_consent(outgoing, member, [])
    do_weigh(outgoing, member, FRESH, seed=1)
    newest = _events(outgoing, member)[-1]
    assert newest.moment == {}
    assert newest.used == []
    assert not newest.learnable


def test_everybodys_moment_is_weighed_once_an_hour(outgoing: House, willing: Willing) -> None:
    """Two that look at once weigh it once; an hour later it is weighed again; who stopped is not weighed at all."""
    for name in ("Rosa", "Ida", "Noor"):
        willing(name)
    stopped = willing("Max")
    do_set_reach(outgoing, stopped, on=False)

    def weighed() -> int:
        with outgoing.store.read() as connection:
            return int(connection.execute(select(func.count()).select_from(reaches)).scalar_one())

    receptivity = Receptivity()
    for _ in range(2):
        do_reach(outgoing, receptivity)
    assert weighed() == 3
    outgoing.clock.forward(hours=1)
    do_reach(outgoing, Receptivity())
    assert weighed() == 6, "each drew again, or says once that it waits for an answer"
    assert _events(outgoing, stopped) == []


def test_over_days_no_more_is_sent_than_was_agreed_to(outgoing: House, willing: Willing) -> None:
    """Hourly through ten days, answered each time: at most two a day, in no quiet hour, and some on most days."""
    member = willing(quiet_from=time(20), quiet_until=time(8))
    outgoing.clock.time = datetime(2026, 10, 20, 0, 30, tzinfo=UTC)  # the clock goes back on the 25th
    receptivity = Receptivity()
    for _ in range(240):
        do_reach(outgoing, receptivity)
        with outgoing.store.read() as connection:
            waiting = access_waiting(outgoing, connection, member)
        if waiting is not None:
            do_answer_reach(outgoing, member, waiting.reach, "not-now")
        outgoing.clock.forward(hours=1)
    from zoneinfo import ZoneInfo

    there = [event.at.astimezone(ZoneInfo("Europe/Dublin")) for event in _events(outgoing, member) if event.sent]
    days = [at.date() for at in there]
    assert max(days.count(day) for day in days) <= 2
    assert all(8 <= at.hour < 20 for at in there)
    assert len(set(days)) >= 6


def test_what_was_learned_of_somebody_goes_with_them(outgoing: House, willing: Willing) -> None:
    """Erased, or taken back: at the next look the policy equals one that never saw them."""
    stays, goes, shy = willing("Rosa"), willing("Ida"), willing("Noor")
    for member in (stays, goes, shy):
        sent = _until_sent(outgoing, member)
        do_answer(outgoing, member, sent.decision or "", "started")
        do_finish(outgoing, member, sent.decision or "", rating=5)
    outgoing.clock.forward(hours=4)
    served, point = Receptivity(), tuple([1.0] * len(NAMES))

    def learned() -> tuple[int, tuple[float, float]]:
        with outgoing.store.read() as connection:
            policy = served.newest(outgoing, connection)
        return policy.n, policy.effect(point)

    everybody = learned()
    do_erase(outgoing, goes)
    do_set_consent(outgoing, shy, [cell for cell in outgoing.wording.asked if cell.purpose != "learn"])
    n, effect = learned()
    alone = sum(event.learnable for event in _events(outgoing, stays))
    assert everybody[0] > n == alone
    assert effect != everybody[1]


def test_answers_are_only_for_ones_own_offers(outgoing: House, willing: Willing) -> None:
    """Somebody else's offer is as unknown as none, and what was put off stays put off."""
    member, other = willing("Rosa"), willing("Ida")
    sent = _until_sent(outgoing, member)
    for who, which in ((other, sent.reach or ""), (member, "nothing")):
        with pytest.raises(NotFound, match="no such offer"):
            do_answer_reach(outgoing, who, which, "opened")
    do_answer_reach(outgoing, member, sent.reach or "", "not-now")
    do_answer_reach(outgoing, member, sent.reach or "", "opened")
    with outgoing.store.read() as connection:
        assert access_waiting(outgoing, connection, member) is None
        assert connection.execute(select(reaches.c.answer).where(reaches.c.id == sent.reach)).scalar() == "not-now"


@pytest.mark.parametrize("bad", [{"quiet_from": time(9)}, {"a_day": 0}, {"a_day": 6}])
def test_what_cannot_be_chosen_is_refused(house: House, bad: dict[str, object]) -> None:
    """Quiet hours without a length and impossible budgets change nothing."""
    member = do_enrol(house)
    with pytest.raises(Invalid):
        do_set_reach(house, member, on=True, **bad)  # type: ignore[arg-type]
    assert do_weigh(house, member, FRESH).held is Held.STOPPED
