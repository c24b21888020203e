"""Segments: found in what members allow, in words for stewards, and gone with whoever goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Clock, OpenHouse
from tests.programme.kinds import LIKED, OTHER, live

from attunement.domain.consent import Cell
from attunement.policy.statistics import vector
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_decide
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.segments import ENOUGH, access_leaning, access_segments, do_find_segments


@pytest.fixture
def small(make_house: OpenHouse, tmp_path: Path) -> House:
    """A programme on SQLite alone: what follows is the same on every database."""
    return make_house(f"sqlite:///{tmp_path / 'small.db'}")


def test_kinds_are_told_in_words_with_what_helps_in_each(house: House, clock: Clock) -> None:
    """Two kinds of eleven come out with rounded sizes, told by when they come and what they want, and what helped."""
    live(house, clock, range(22))
    seen = access_segments(house)
    assert (seen.people, seen.enough, [segment.people for segment in seen.segments]) == (20, True, [10, 10])
    night = next(s for s in seen.segments if "check in at night" in s.words)
    bright = next(s for s in seen.segments if s is not night)
    assert set(night.words).isdisjoint(bright.words)
    assert [worth.family for worth in night.families] == [LIKED, OTHER]
    assert [worth.family for worth in bright.families] == [OTHER, LIKED]
    assert all(0 <= w.low <= w.reward <= w.high <= 1 for s in seen.segments for w in s.families)
    assert min(segment.stability for segment in seen.segments) > 0.9


def test_after_an_erasure_all_is_as_if_they_had_never_come(
    house: House, make_house: OpenHouse, clock: Clock, tmp_path: Path
) -> None:
    """Segments, worths and leanings equal, to the bit, those of a programme that never had them."""
    begin = clock.time
    members = live(house, clock, range(20))
    do_learn(house)
    before = do_find_segments(house)
    do_erase(house, members[7])
    after = do_find_segments(house)
    never = make_house(f"sqlite:///{tmp_path / 'never.db'}")
    clock.time = begin
    live(never, clock, [number for number in range(20) if number != 7])
    do_learn(never)
    expected = do_find_segments(never)
    assert len(expected.seen.segments) == 2
    assert after.seen == expected.seen
    assert (after.leanings == expected.leanings).all()
    assert (after.leanings != before.leanings).any()


def test_taking_back_learning_counts_at_once(small: House, clock: Clock) -> None:
    """With one fewer than enough people there is nothing to look for, and nothing of what was kept is left."""
    members = live(small, clock, range(ENOUGH))
    assert access_segments(small).enough
    do_change_consent(small, members[3], withdraw=[Cell.parse("learn:self_report")])
    assert not access_segments(small).enough
    assert access_segments(small).segments == ()


def test_only_who_allows_learning_from_what_they_say_counts(small: House, clock: Clock) -> None:
    """Check-ins of members who allow other things, or who allowed it only afterwards, are not looked at."""
    others = live(small, clock, range(ENOUGH), allow=("personalise:self_report", "learn:interactions"))
    assert (access_segments(small).people, access_segments(small).enough) == (0, False)
    for member in others.values():
        do_change_consent(small, member, grant=[Cell.parse("learn:self_report")])
    clock.forward(days=2)
    assert access_segments(small).people == 0


def test_what_was_done_counts_only_where_that_may_be_learned(small: House, clock: Clock) -> None:
    """Without learning from what people do, kinds are told by check-ins alone and nothing is said of what helps."""
    live(small, clock, range(20), allow=("personalise:self_report", "learn:self_report"))
    seen = access_segments(small)
    assert len(seen.segments) == 2
    assert all(segment.families == () for segment in seen.segments)


def test_what_is_kept_is_worked_out_anew_after_a_day(small: House, clock: Clock) -> None:
    """New people do not change it within a day, and do afterwards."""
    live(small, clock, range(16))
    assert access_segments(small).people == 15
    now = clock.time
    clock.forward(days=-5)
    live(small, clock, range(16, 24))
    assert clock.time == now
    assert access_segments(small).people == 15
    clock.forward(days=1)
    assert access_segments(small).people == 25


def test_a_newcomer_is_met_from_what_helps_people_like_them(small: House, clock: Clock) -> None:
    """Once kinds are known, two who say different things of themselves lean apart, the way their kinds rated."""
    live(small, clock, range(24))
    do_learn(small)
    do_find_segments(small)
    newcomers = live(small, clock, [100, 101], days=1)
    clock.forward(hours=-1)  # within a day of when kinds were looked for
    names = small.policies.features.names
    with small.store.read() as connection:
        low, bright = (
            vector(names, dict(access_leaning(small, connection, member, "UTC"))) for member in newcomers.values()
        )
    liked, other = (names.index(f"family/{family}") for family in (LIKED, OTHER))
    assert low[liked] - low[other] > bright[liked] - bright[other] + 0.05


def test_without_leave_to_use_what_they_say_nobody_is_placed(
    small: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decision for a member who does not allow it never asks how people like them lean."""
    asked: list[str] = []

    def leaning(_house: House, _connection: object, member: str, _zone: str) -> tuple[tuple[str, float], ...]:
        asked.append(member)
        return ()

    monkeypatch.setattr("attunement.programme.grounds.access_leaning", leaning)
    allowing, other = (
        live(small, clock, [number], allow=cells, days=1)[number]
        for number, cells in ((0, ("personalise:self_report",)), (1, ("personalise:interactions",)))
    )
    asked.clear()
    do_decide(small, allowing, seed=1)
    do_decide(small, other, seed=1)
    assert asked == [allowing]


def test_before_kinds_are_known_everybody_is_met_alike(small: House, clock: Clock) -> None:
    """Nothing is worked out while a member waits for an offer."""
    members = live(small, clock, range(20))
    with small.store.read() as connection:
        assert access_leaning(small, connection, members[0], "UTC") == ()
