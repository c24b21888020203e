"""What others' moods teach: served where it helps, from those who allow it, and gone with whoever goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from tests.conftest import Clock, OpenHouse

from attunement.domain.affect import Affect
from attunement.domain.consent import Cell
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.mood_lessons import FEWEST_PEOPLE, do_learn_moods
from attunement.programme.outlook import access_outlook
from attunement.store.schema import consents

TEACHES = [Cell.parse("learn:self_report")]
DAYS = 40
Turning = Callable[[int, int], float]


@pytest.fixture
def small(make_house: OpenHouse, tmp_path: Path) -> House:
    """A programme on SQLite alone: what follows is the same on every database."""
    return make_house(f"sqlite:///{tmp_path / 'small.db'}")


def turning(person: int, day: int) -> float:
    """A good day and a bad one by turns, a little different for each: no study of people is like that."""
    return (0.7 if day % 2 else -0.7) + 0.02 * person


def live(house: House, clock: Clock, people: Sequence[int], mood: Turning = turning) -> dict[int, str]:
    """Let these people tell a mood a day, each at a minute of their own."""
    begin = clock.time
    members = {person: do_enrol(house) for person in people}
    for member in members.values():
        do_change_consent(house, member, grant=TEACHES)
    for day in range(DAYS):
        for person, member in members.items():
            clock.time = begin + timedelta(days=day, minutes=1 + person)
            do_check_in(house, member, affect=Affect(mood(person, day), 0.0))
    return members


def newcomer(house: House, clock: Clock) -> str:
    """Somebody who turns as well, and lets it be used for themselves alone; the next day is a bad one."""
    member = do_enrol(house)
    do_change_consent(house, member, grant=[Cell.parse("personalise:self_report")])
    for day in range(6):
        do_check_in(house, member, affect=Affect(turning(0, day), 0.0))
        clock.forward(days=1)
    clock.forward(days=-1)
    return member


def test_how_moods_go_here_is_learned_from_others(house: House, clock: Clock) -> None:
    """Where all turn from day to day, a newcomer's bad day is foreseen; without the others it was not."""
    live(house, clock, range(FEWEST_PEOPLE))
    member = newcomer(house, clock)
    alone = access_outlook(house, member)
    lesson = do_learn_moods(house)
    taught = access_outlook(house, member)
    assert alone is not None
    assert taught is not None
    assert (alone.taught, taught.taught) == (False, True)
    assert taught.middle < -0.5 < alone.middle
    assert lesson.gain > 0.3
    assert (lesson.people, lesson.moods) == (FEWEST_PEOPLE, FEWEST_PEOPLE * DAYS)


def test_what_would_not_have_helped_lately_is_not_served(small: House, clock: Clock) -> None:
    """They turned for weeks and have been even since: what the weeks teach would be wrong of the days since."""
    live(small, clock, range(FEWEST_PEOPLE), lambda person, day: turning(person, day) if day < DAYS * 3 // 4 else 0.1)
    lesson = do_learn_moods(small)
    assert lesson.gain < 0
    assert lesson.correction is None


def test_too_few_people_teach_nothing(small: House, clock: Clock) -> None:
    """With one fewer, a person could be known again by what they taught."""
    live(small, clock, range(FEWEST_PEOPLE - 1))
    assert do_learn_moods(small).correction is None


def test_after_an_erasure_all_is_as_if_they_had_never_come(
    house: House, make_house: OpenHouse, clock: Clock, tmp_path: Path
) -> None:
    """Nothing is served in between; then the lesson equals, to the bit, that of a programme that never had them."""
    begin, people = clock.time, range(FEWEST_PEOPLE + 1)
    members = live(house, clock, people)
    before = do_learn_moods(house)
    member = newcomer(house, clock)
    do_erase(house, members[3])
    between = access_outlook(house, member)
    assert between is not None
    assert not between.taught
    after = do_learn_moods(house)
    never = make_house(f"sqlite:///{tmp_path / 'never.db'}")
    clock.time = begin
    live(never, clock, [person for person in people if person != 3])
    expected = do_learn_moods(never)
    assert before.correction is not None
    assert after.correction is not None
    assert expected.correction is not None
    assert (after.correction == expected.correction).all()
    assert (after.correction != before.correction).any()


def test_who_takes_their_yes_back_teaches_nothing_from_then_on(small: House, clock: Clock) -> None:
    """At once, and where they say yes again, only what they tell from then on counts."""
    members = live(small, clock, range(FEWEST_PEOPLE))
    do_learn_moods(small)
    do_change_consent(small, members[0], withdraw=TEACHES)
    assert do_learn_moods(small).people == FEWEST_PEOPLE - 1
    do_change_consent(small, members[0], grant=TEACHES)
    assert do_learn_moods(small).people == FEWEST_PEOPLE - 1


def test_a_yes_to_words_that_did_not_speak_of_this_is_none(small: House, clock: Clock) -> None:
    """Who said yes to an earlier wording was asked about something else."""
    members = live(small, clock, range(FEWEST_PEOPLE))
    with small.store.write() as transaction:
        transaction.connection.execute(update(consents).where(consents.c.member == members[0]).values(wording=4))
    assert do_learn_moods(small).people == FEWEST_PEOPLE - 1
