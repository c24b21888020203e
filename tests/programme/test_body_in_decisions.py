"""What the body showed counts in state and decision for a quarter of an hour, and never over one's own word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.conftest import Clock
from tests.programme.signals import STIRRED, stirred_after_rest

from attunement.domain.affect import Affect
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.need import Need
from attunement.domain.offer_events import OutcomeRecorded
from attunement.domain.state import State
from attunement.programme.body import do_read_body
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent, do_set_consent
from attunement.programme.decisions import do_choose, do_decide
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import do_finish

BODY = Cell(Purpose.PERSONALISE, Category.BODY)


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    return member


def test_a_stirred_up_body_counts_where_nothing_was_said(house: House, rosa: str) -> None:
    """Its arousal is in the state of a check-in and of a decision, and both say so."""
    reading = stirred_after_rest(house, rosa)
    moment = do_check_in(house, rosa, needs=[Need.CALM])
    assert moment.state.sensed == pytest.approx(2 * reading.arousal_mean - 1, abs=1e-4)
    assert moment.state.arousal > 0.5
    decision = do_decide(house, rosa, after=moment, seed=1)
    assert decision.used == ("self_report", "text", "interactions", "body")
    kept = [e["state"] for e in access_export(house, rosa)["events"] if e["kind"] == "checked-in"]
    assert kept[-1]["sensed"] == moment.state.sensed


def test_a_body_counts_without_any_check_in(house: House, rosa: str) -> None:
    """A decision right after the signals goes by them; the features of stirred-up moods are there."""
    calm = do_decide(house, rosa, seed=1)
    stirred_after_rest(house, rosa)
    stirred = do_decide(house, rosa, seed=1)
    assert ("body" in calm.used, "body" in stirred.used) == (False, True)
    seen = stirred.choice.features[stirred.offered]
    assert any(name.startswith("mood:stirred") and value > 0 for name, value in seen.items())


def test_ones_own_word_outweighs_the_body(house: House, rosa: str) -> None:
    """With self-reported affect the state is the one without the body; both are kept in the log."""
    stirred_after_rest(house, rosa)
    moment, decision = do_check_in(house, rosa, affect=Affect(0.4, -0.8)), do_decide(house, rosa, seed=1)
    assert (moment.state.arousal, moment.state.sensed) == (-0.8, None)
    assert "body" not in decision.used
    kinds = [event["kind"] for event in access_export(house, rosa)["events"]]
    assert {"body-read", "checked-in"} <= set(kinds)


def test_a_word_that_may_not_be_used_outweighs_nothing(house: House, rosa: str) -> None:
    """Where self-report is not allowed, the body counts alone."""
    stirred_after_rest(house, rosa)
    do_change_consent(house, rosa, withdraw=[Cell(Purpose.PERSONALISE, Category.SELF_REPORT)])
    assert do_check_in(house, rosa, affect=Affect(0.4, -0.8)).state.arousal > 0.5


@pytest.mark.parametrize(("minutes", "counts"), [(0, True), (14, True), (16, False)])
def test_an_old_reading_is_ignored(house: House, clock: Clock, rosa: str, minutes: int, counts: bool) -> None:
    """A quarter of an hour after its end a window tells nothing of now."""
    stirred_after_rest(house, rosa)
    clock.forward(minutes=minutes)
    moment = do_check_in(house, rosa, needs=[Need.CALM])
    assert (moment.state.sensed is not None) == counts
    assert ("body" in do_decide(house, rosa, seed=1).used) == counts


def test_a_check_in_of_earlier_is_not_read_from_latersignals(house: House, rosa: str) -> None:
    """What is told of an hour ago goes by the body of an hour ago, of which nothing is known."""
    stirred_after_rest(house, rosa)
    hour_ago = house.clock() - timedelta(hours=1)
    assert do_check_in(house, rosa, needs=[Need.CALM], at=hour_ago).state.sensed is None


def test_what_cannot_tell_changes_nothing(house: House, rosa: str) -> None:
    """Without rest to compare with, nothing is said of the body, and the state is as if nothing were there."""
    do_read_body(house, rosa, STIRRED(2))
    assert do_check_in(house, rosa, needs=[Need.CALM]).state == replace(
        State(), needs={Need.CALM: 1.0}, said=frozenset({"need:calm"})
    )
    assert "body" not in do_decide(house, rosa, seed=1).used


def test_withdrawn_consent_ends_the_use_at_once(house: House, rosa: str) -> None:
    """A decision after a check-in that used the body does without it once it is taken back, and says so."""
    stirred_after_rest(house, rosa)
    moment = do_check_in(house, rosa, needs=[Need.CALM])
    do_change_consent(house, rosa, withdraw=[BODY])
    decision = do_decide(house, rosa, after=moment, seed=1)
    assert ("body" in decision.used, decision.not_used) == (False, ("body",))
    other = do_enrol(house)
    do_set_consent(house, other, [cell for cell in house.wording.asked if cell != BODY])
    do_check_in(house, other, needs=[Need.CALM])
    unsensed = do_decide(house, other, seed=1)
    assert (unsensed.choice.probabilities, unsensed.not_used) == (decision.choice.probabilities, ())


def test_a_decision_after_a_check_in_is_the_one_made_from_the_log(house: House) -> None:
    """With the body in it too, handing the moment on changes nothing: the same probabilities to the last bit."""
    found = []
    for handed in (True, False):
        member = do_enrol(house)
        do_set_consent(house, member, house.wording.asked)
        stirred_after_rest(house, member)
        moment = do_check_in(house, member, needs=[Need.CALM])
        found.append(do_decide(house, member, after=moment if handed else None, seed=3))
    assert "body" in found[0].used
    assert found[0].choice == found[1].choice


def test_a_moment_handed_on_late_goes_by_the_body_of_now(house: House, clock: Clock, rosa: str) -> None:
    """What the body showed at the check-in is forgotten a quarter of an hour later, also where the moment holds it."""
    stirred_after_rest(house, rosa)
    moment = do_check_in(house, rosa, needs=[Need.CALM])
    clock.forward(minutes=16)
    assert "body" not in do_decide(house, rosa, after=moment, seed=3).used


def test_moods_the_body_took_part_in_teach_nobody(house: House, clock: Clock, rosa: str) -> None:
    """There is no consent to learn from bodies: a mood that was said is learned, one the body took part in is not."""
    learned = []
    calming = next(p.id for p in house.library.practices if Need.CALM in p.needs and p.intensity == 1)
    for affect in (Affect(-0.5, 0.5), None):
        stirred_after_rest(house, rosa)
        do_check_in(house, rosa, needs=[Need.CALM], affect=affect)
        do_finish(house, rosa, do_choose(house, rosa, calming).id, rating=5)
        with house.store.read() as connection:
            logged = house.store.newest(connection, rosa, OutcomeRecorded.kind)
        assert logged is not None
        assert isinstance(logged.event, OutcomeRecorded)
        learned.append({name.partition("/")[0].partition(":")[0] for name in logged.event.features})
        clock.forward(hours=25)  # what was said then counts for a day
    assert [("mood" in groups, "need" in groups) for groups in learned] == [(True, True), (False, True)]
