"""Replaying posts: as the server would have decided, by the clock of each post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from attunement.domain.errors import AttunementError, ErrorCode, Invalid
from attunement.domain.reading import RiskLevel
from attunement.programme.check_ins import access_risk, do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_decide
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.replay import Post, Replayed, do_replay
from attunement.store.schema import consents, decisions, members

AT = datetime(2026, 2, 1, 9, tzinfo=UTC)


def replayed(house: House, *posts: Post | AttunementError, seed: int = 0) -> list[Replayed | AttunementError]:
    return list(do_replay(house, posts, allow=house.wording.asked, seed=seed))


def test_a_replayed_decision_is_the_servers_decision(house: House) -> None:
    """For the same member, text, time and seed, the replay and the use cases give the same choice."""
    (answer,) = replayed(house, Post("ida", AT, "I cannot sleep before the exam."))
    assert isinstance(answer, Replayed)
    then = house.at(lambda: AT)
    member = do_enrol(then)
    do_change_consent(then, member, grant=house.wording.asked)
    do_check_in(then, member, text="I cannot sleep before the exam.")
    with house.store.read() as connection:
        events = house.store.events(connection, member=answer.decision.member, kinds=("decision-made",))
        seed = next(events).event.seed  # type: ignore[attr-defined]
    decided = do_decide(then, member, seed=seed)
    assert decided.choice == answer.decision.choice
    assert decided.sentence == answer.decision.sentence


def test_the_clock_is_the_posts(house: House) -> None:
    """Each decision carries the time of its post, in whatever order the posts come."""
    times = [AT, AT - timedelta(days=40), AT + timedelta(hours=1)]
    answers = replayed(house, *(Post("ida", at, "Hello.") for at in times))
    assert [a.decision.at for a in answers if isinstance(a, Replayed)] == times


def test_one_author_is_one_synthetic_member(house: House) -> None:
    """Posts of an author go to one member, over several replays too, and all are marked synthetic."""
    replayed(house, Post("ida", AT, "One."), Post("ben", AT, "Two."), Post("ida", AT, "Three."))
    replayed(house, Post("ida", AT, "Four."), Post("x" * 300, AT, "A long name."), Post("x" * 300, AT, "Again."))
    with house.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(members)).scalar_one() == 3
        assert all(connection.execute(select(members.c.synthetic)).scalars())
        assert connection.execute(select(func.count()).select_from(decisions)).scalar_one() == 6


def test_consent_that_ran_out_is_granted_again(house: House) -> None:
    """A post after consent has run out is still decided with what the author allows."""
    late = AT - timedelta(days=house.wording.lasts_days + 30)
    answers = replayed(house, Post("ida", late, "Hello."), Post("ida", AT, "Hello."))
    assert [a.decision.used for a in answers if isinstance(a, Replayed)] == [
        ("self_report", "text", "interactions")
    ] * 2


def test_errors_stand_in_their_place(house: House, rows: Callable[..., object]) -> None:
    """A post without text gives its error, one passed in is passed on, and neither enrols anybody."""
    passed = Invalid(ErrorCode.BAD_INPUT, "Not a post.")
    answers = replayed(house, Post("a", AT, "Fine."), passed, Post("b", AT, " "), Post("c", AT, "Fine."))
    assert [isinstance(a, AttunementError) for a in answers] == [False, True, True, False]
    assert answers[1] is passed
    with house.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(members)).scalar_one() == 2
        assert connection.execute(select(func.count(func.distinct(consents.c.member)))).scalar_one() == 2


def test_danger_is_told_and_only_gentle_practices_are_offered(house: House) -> None:
    """A post that speaks of danger is flagged, and what is offered is gentle and fit for it."""
    (answer,) = replayed(house, Post("ida", AT, "I want to die."))
    assert isinstance(answer, Replayed)
    assert answer.risk.rank >= RiskLevel.INDIRECT.rank
    assert answer.practice.intensity == 1
    assert "risk" not in answer.practice.avoid_when
    assert "do something about it" not in answer.decision.sentence


def test_a_post_after_which_nothing_may_be_offered_is_kept(house: House) -> None:
    """It gives its error, and danger in it counts when the author writes again."""
    steady = tuple(p for p in house.library.practices if p.intensity > 1)
    stern = replace(house, library=replace(house.library, practices=steady))
    (told,) = replayed(stern, Post("ida", AT, "I want to kill myself tonight."))
    assert isinstance(told, AttunementError)
    assert told.code is ErrorCode.NOTHING_TO_OFFER
    with house.store.read() as connection:
        ida = connection.execute(select(members.c.id)).scalar_one()
        then = house.at(lambda: AT)
        assert access_risk(then, connection, ida).rank >= RiskLevel.EXPLICIT.rank
