"""What comes before hard moments, and when there is too little to tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from attunement.programme.conversations.hard_moments import Before, CheckedIn, before_hard

BEGIN = datetime(2026, 5, 1, tzinfo=UTC)


def _days(*told: tuple[float | None, str], every: timedelta = timedelta(days=1)) -> list[CheckedIn]:
    return [CheckedIn(BEGIN + i * every, v, tuple(filter(None, n.split()))) for i, (v, n) in enumerate(told)]


UP_AND_DOWN = ((0.2, "calm"), (-0.6, ""), (0.3, "act"), (0.1, "act"))


def test_a_wish_that_came_before_every_low_moment_stands_out() -> None:
    """Five lows, each after a day with "calm"; of the other fourteen followed check-ins none had it."""
    found = before_hard(_days(*UP_AND_DOWN * 5))
    assert found == (Before("calm", 5, 5, 0, 14),)


def test_four_low_moments_are_too_few() -> None:
    """One short of five, and nothing is said."""
    assert before_hard(_days(*UP_AND_DOWN * 4)) is None


def test_what_is_wished_as_often_elsewhere_does_not_stand_out() -> None:
    """With the same wish in every check-in nothing stands out, which is not the same as too little to tell."""
    assert before_hard(_days(*((v, "calm") for v, _ in UP_AND_DOWN * 5))) == ()


def test_a_check_in_three_days_before_does_not_count() -> None:
    """With three days between check-ins no low moment has one shortly before; untold moods are passed over."""
    assert before_hard(_days(*UP_AND_DOWN * 5, every=timedelta(days=3))) is None
    assert before_hard(_days((None, "calm"), (-0.9, ""))) is None
