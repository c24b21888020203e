"""Outcomes: once, in time, of one's own; and the feedback that comes with each."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from attunement.domain.affect import Affect
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, Invalid, NotFound
from attunement.domain.hindrance import Hindrance
from attunement.domain.practice import Medium, Signal
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import access_permissions, do_change_consent, do_set_consent
from attunement.programme.decisions import access_decision, do_answer, do_choose, do_decide
from attunement.programme.grounds import access_met
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import access_feedback, do_correct_outcome, do_finish
from attunement.programme.overview import access_overview
from attunement.programme.own_history import access_histories
from attunement.store import schema


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    return member


def _events(house: House) -> int:
    with house.store.read() as connection:
        return len(connection.execute(select(schema.log.c.seq)).all())


def _refused(house: House, code: ErrorCode, *args: object, **kwargs: object) -> None:
    """The outcome is refused with this code, and nothing is written."""
    before = _events(house)
    with pytest.raises(AttunementError) as caught:
        do_finish(house, *args, **kwargs)  # type: ignore[arg-type]
    assert caught.value.code is code
    assert _events(house) == before


def test_an_outcome_counts_once(house: House, rosa: str) -> None:
    """A second outcome of the same decision is refused; the first one's feedback can be read again."""
    decision = do_decide(house, rosa).id
    feedback = do_finish(house, rosa, decision, rating=4)
    _refused(house, ErrorCode.OUTCOME_ALREADY_SENT, rosa, decision, rating=1)
    with pytest.raises(Conflict):
        do_answer(house, rosa, decision, "not-now")
    with house.store.read() as connection:
        assert access_feedback(house, connection, rosa, decision) == feedback
        assert connection.execute(select(schema.outcomes.c.rating)).scalars().all() == [4]


def test_an_outcome_comes_within_two_weeks(house: House, rosa: str) -> None:
    """Fourteen days to the second are in time; a second more is too late."""
    in_time, late = do_decide(house, rosa).id, do_decide(house, rosa).id
    house.clock.forward(days=14)
    do_finish(house, rosa, in_time)
    house.clock.forward(seconds=1)
    _refused(house, ErrorCode.OUTCOME_TOO_LATE, rosa, late)


def test_someone_elses_decision_is_as_unknown_as_none(house: House, rosa: str) -> None:
    """An outcome, an answer and a look at somebody else's decision are refused alike, and as for one that is not."""
    ida = do_enrol(house, name="Ida")
    decision = do_decide(house, rosa).id
    _refused(house, ErrorCode.UNKNOWN_DECISION, ida, decision)
    _refused(house, ErrorCode.UNKNOWN_DECISION, ida, "00000000-0000-7000-8000-000000000000")
    for strange in ("", "\x00", "\ud800", "x" * 10_000, "' OR 1=1 --"):
        _refused(house, ErrorCode.UNKNOWN_DECISION, ida, strange)
        _refused(house, ErrorCode.UNKNOWN_MEMBER, strange, decision)
    with house.store.read() as connection, pytest.raises(NotFound):
        access_decision(house, connection, ida, decision)
    with pytest.raises(NotFound):
        do_answer(house, ida, decision, "started")


@pytest.mark.parametrize("practice", ["no-such-practice", "\x00", "\ud800", "../../etc/passwd"])
def test_only_what_was_shown_can_be_finished(house: House, rosa: str, practice: str) -> None:
    """A practice that was not part of the decision is refused; each that was can be the one done."""
    decision = do_decide(house, rosa)
    _refused(house, ErrorCode.UNKNOWN_PRACTICE, rosa, decision.id, practice=practice)
    with pytest.raises(NotFound):
        do_choose(house, rosa, practice)
    do_finish(house, rosa, decision.id, practice=decision.choice.alternatives[1])
    with house.store.read() as connection:
        done = connection.execute(select(schema.outcomes.c.practice)).scalars().all()
        answered = connection.execute(select(schema.decisions.c.answered_practice)).scalars().all()
    assert done == answered == [decision.choice.alternatives[1]]


@pytest.mark.parametrize("rating", [0, 6, -1, 10**30, 3.0, True, "3", [3]])
def test_ratings_are_one_to_five(house: House, rosa: str, rating: Any) -> None:
    """Any other rating is refused with its code, at first and as a correction, and so is what only looks like one."""
    decision = do_decide(house, rosa).id
    _refused(house, ErrorCode.BAD_INPUT, rosa, decision, rating=rating)
    do_finish(house, rosa, decision, rating=3)
    with pytest.raises(Invalid) as caught:
        do_correct_outcome(house, rosa, decision, rating=rating)
    assert caught.value.code is ErrorCode.BAD_INPUT


def test_ticks_and_choices_that_point_at_nothing(house: House, rosa: str) -> None:
    """A tick or a rehearsal choice outside the practice is refused, and the decision stays open."""
    rehearsal = next(p for p in house.library.practices if p.medium is Medium.REHEARSE)
    decision = do_choose(house, rosa, rehearsal.id).id
    for ticked in ([-1], [99]):
        _refused(house, ErrorCode.BAD_INPUT, rosa, decision, ticked=ticked)
    for chosen in ({0: 99}, {99: 0}, {-1: 0}, {0: -1}):
        _refused(house, ErrorCode.BAD_INPUT, rosa, decision, chosen=chosen)
    feedback = do_finish(house, rosa, decision, chosen=dict.fromkeys(range(len(rehearsal.rehearsal)), 0))
    assert len(feedback.rehearsal) == len(rehearsal.rehearsal)
    assert feedback.skill_shown is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * 20_001, ErrorCode.TEXT_TOO_LONG),
        ("a" * 100_000, ErrorCode.TEXT_TOO_LONG),
    ],
)
def test_texts_that_cannot_be_kept_are_refused(house: House, rosa: str, text: str, code: ErrorCode) -> None:
    """Too long a text is refused before anything is written."""
    _refused(house, code, rosa, do_decide(house, rosa).id, text=text)


def test_every_practice_gives_feedback(house: House, rosa: str) -> None:
    """No practice in the library ends in silence: each finished one says something, ticked and not ticked."""
    for practice in house.library.practices:
        for ticked in ([], [i for i, item in enumerate(practice.look_for) if item.signal is Signal.SELF]):
            feedback = do_finish(house, rosa, do_choose(house, rosa, practice.id).id, ticked=ticked)
            assert feedback.closing == practice.closing
            assert [item.label for item in feedback.items] == [item.label for item in practice.look_for]
            assert all(item.text for item in feedback.items)
            assert [item.met for item in feedback.items if item.met is not None] == [True] * len(ticked)


def test_words_are_read_only_while_that_is_allowed(house: House, rosa: str) -> None:
    """The feedback on a text is there while text may be read, and gone from it once that is withdrawn."""
    writing = next(p for p in house.library.practices if p.medium is Medium.WRITE)
    decision = do_choose(house, rosa, writing.id).id
    assert do_finish(house, rosa, decision, text="I feel sad. What do you need?").read
    withdrawn = [c for c in house.wording.asked if str(c) == "personalise:text"]
    do_change_consent(house, rosa, withdraw=withdrawn)
    with house.store.read() as connection:
        feedback = access_feedback(house, connection, rosa, decision)
    assert feedback is not None
    assert not feedback.read
    assert all(item.spans == () for item in feedback.items)


def test_the_change_is_counted_from_the_check_in_before(house: House, rosa: str) -> None:
    """The change of affect is after minus before, and there is none where either was not told."""
    for before, after, change in ((-0.5, 0.25, 0.75), (None, 0.25, None), (-0.5, None, None)):
        if before is None:
            house.clock.forward(days=2)  # the last check-in is too old to speak of now
        else:
            do_check_in(house, rosa, affect=Affect(before, 0))
        do_finish(house, rosa, do_decide(house, rosa).id, affect_after=None if after is None else Affect(after, 0))
        with house.store.read() as connection:
            newest = select(schema.outcomes.c.affect_change).order_by(schema.outcomes.c.seq.desc()).limit(1)
            assert connection.execute(newest).scalar() == change


def test_an_unfinished_decision_has_no_feedback_yet(house: House, rosa: str) -> None:
    """Before its outcome there is none."""
    decision = do_decide(house, rosa).id
    with house.store.read() as connection:
        assert access_feedback(house, connection, rosa, decision) is None


def test_affect_out_of_range_never_gets_in() -> None:
    """Nothing but a number from -1 to 1 makes an affect."""
    for bad in (float("nan"), float("inf"), -1.01, 1.0001, True, "0.5"):
        with pytest.raises((Invalid, TypeError)):
            Affect(bad, 0.0)  # type: ignore[arg-type]


def test_too_long_brings_shorter_ones_at_once(house: House, rosa: str) -> None:
    """What a member says got in the way moves the very next offer, whatever they allow, and rebuilds the same."""
    decision = do_decide(house, rosa)
    longest = max(house.library.practices, key=lambda p: p.minutes)
    chosen = do_choose(house, rosa, longest.id)
    do_finish(house, rosa, chosen.id, finished=False, hindrances=[Hindrance.TOO_LONG])
    offered = set(do_decide(house, rosa).choice.probabilities)
    assert not offered & {p.id for p in house.library.practices if p.minutes >= longest.minutes}
    assert offered <= set(decision.choice.probabilities)


def test_stewards_see_what_got_in_the_way_from_five_times_on(house: House) -> None:
    """Four times are left out, five are told."""
    for times in range(1, 6):
        member = do_enrol(house)
        do_finish(house, member, do_decide(house, member).id, hindrances=[Hindrance.WORDING, Hindrance.WORDING])
        assert access_overview(house).hindrances == ({Hindrance.WORDING: 5} if times == 5 else {})


def test_after_a_wrong_moment_nothing_is_held_against_the_practice(house: House, rosa: str) -> None:
    """Neither by the policy nor by the member's own history; the same outcome without that reason counts for both."""
    counted = []
    for hindrances in ([Hindrance.WRONG_MOMENT], [Hindrance.WRONG_MOMENT, Hindrance.TOO_LONG], [Hindrance.WORDING]):
        decision = do_decide(house, rosa).id
        do_finish(house, rosa, decision, finished=False, rating=1, hindrances=hindrances)
        with house.store.read() as connection:
            allowed = access_permissions(house, connection, rosa)
            own, _ = access_histories(house, connection, rosa, allowed)
            met = access_met(connection, rosa, house.clock())
        counted.append((len(own.experiences), [one.reward for one in met]))
    assert [n for n, _ in counted] == [0, 0, 1]
    assert counted[-1][1] == [0.0, None, None]
    with house.store.read() as connection:
        learnable = connection.execute(select(schema.outcomes.c.learnable).order_by(schema.outcomes.c.seq))
        assert learnable.scalars().all() == [False, False, True]
