"""What a change would do: from those who allow learning alone, in the right direction, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from tests.programme.lessons import enrolled, lesson

from attunement.domain.reward import REWARDS, RewardDefinition
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_decide
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.objective_effect import ObjectiveEffect, access_objective_effect
from attunement.programme.objectives import do_change_objective
from attunement.programme.outcomes import do_finish
from attunement.store.schema import log

FINISHING, RATING = REWARDS["finishing-1"], REWARDS["rating-1"]


def _practices(house: House) -> tuple[str, str]:
    """One practice of each of two families."""
    families = list(house.library.families)[:2]
    first, second = (next(p.id for p in house.library.practices if p.family == f) for f in families)
    return first, second


def _of(effect: ObjectiveEffect, place: int):  # type: ignore[no-untyped-def]
    return effect.families[place]


@pytest.fixture
def six(house: House) -> list[str]:
    """Six people who finish the first family's practice and give it a 1, and stop the second's and give it a 5."""
    people = [enrolled(house) for _ in range(6)]
    first, second = _practices(house)
    for person in people:
        for _ in range(4):
            lesson(house, person, first, 1)
            lesson(house, person, second, 5, finished=False)
    return people


def _offered(house: House, people: list[str], *, each: int = 8) -> int:
    """Real offers by what was learned until then, all finished and rated 4; returns how many."""
    for k in range(each):
        do_learn(house)
        for n, person in enumerate(people):
            do_finish(house, person, do_decide(house, person, seed=100 * n + k).id, rating=4)
    return len(people) * each


def test_means_and_places_by_hand(house: House, six: list[str]) -> None:
    """By finishing the first family is worth 1 and the second 0, by ratings the other way round; nothing is written."""
    do_change_objective(house, FINISHING, why="To begin with.")
    with house.store.read() as connection:
        before = connection.execute(select(func.count()).select_from(log)).scalar_one()
    told = access_objective_effect(house, RATING)
    assert (told.before, told.after, told.outcomes, told.people, told.silent) == (FINISHING, RATING, 48, 6, 0)
    assert [(_of(told, k).mean, _of(told, k).rank) for k in (0, 1)] == [((1, 0), (1, 2)), ((0, 1), (2, 1))]
    assert (_of(told, 2).mean, _of(told, 2).rank) == (None, None)
    assert (told.decisions, told.variety, _of(told, 0).share) == (0, None, None)
    with house.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(log)).scalar_one() == before


def test_offers_follow_what_is_worth_more(house: House, six: list[str]) -> None:
    """From finishing to ratings, the family nobody finishes and all like gains offers; all shares sum to 1."""
    n = _offered(house, six)
    do_change_objective(house, FINISHING, why="To begin with.")
    told = access_objective_effect(house, RATING)
    second = _of(told, 1).share
    assert (told.decisions, told.deciders) == (n, 6)
    assert second[1] > second[0] + 0.1
    assert sum(f.share[1] for f in told.families) == pytest.approx(1)


def test_the_same_definition_changes_nothing(house: House) -> None:
    """Compared with itself every pair is equal, and where all ended alike, they would have ended so.

    One first offer to each, before anything was learned, so that no rare draw weighs too much to tell.
    """
    _offered(house, [enrolled(house) for _ in range(80)], each=1)
    told = access_objective_effect(house, REWARDS["helped-1"])
    assert all(f.share[0] == f.share[1] and (f.mean is None or f.mean[0] == f.mean[1]) for f in told.families)
    assert told.rating[0] == told.rating[1]
    assert (told.rating[0].value, told.rating[0].low, told.rating[0].high) == (4, 4, 4)
    assert told.finished[0].value == 1


def test_it_compares_what_was_learned_before_a_change_with_what_is_after(house: House, six: list[str]) -> None:
    """What was told of a change beforehand is, pair by pair, what is told of changing back, turned round."""
    _offered(house, six)
    forth = access_objective_effect(house, FINISHING)
    do_change_objective(house, FINISHING, why="As agreed.")
    back = access_objective_effect(house, REWARDS["helped-1"])
    assert [f.share for f in back.families] == [f.share[::-1] for f in forth.families]
    assert [f.mean for f in back.families] == [f.mean and f.mean[::-1] for f in forth.families]
    assert (back.rating, back.finished) == (forth.rating[::-1], forth.finished[::-1])


def test_who_takes_learning_back_is_not_in_it(house: House, six: list[str]) -> None:
    """With two of six gone, counts fall, and four are too few to say anything of families, offers or ratings."""
    _offered(house, six)
    learning = [cell for cell in house.wording.asked if cell.purpose == "learn"]
    for person in six[:2]:
        do_change_consent(house, person, withdraw=learning)
    told = access_objective_effect(house, RATING)
    assert (told.outcomes, told.people, told.decisions, told.deciders) == (4 * 16, 4, 4 * 8, 4)
    assert {(f.mean, f.rank, f.share) for f in told.families} == {(None, None, None)}
    assert told.variety is None
    assert {e.value for e in (*told.rating, *told.finished)} == {None}


def test_consent_given_again_does_not_bring_back_what_was_taken(house: House, six: list[str]) -> None:
    """Outcomes from before a withdrawal stay out, and so do the offers they came of."""
    _offered(house, six, each=2)
    learning = [cell for cell in house.wording.asked if cell.purpose == "learn"]
    do_change_consent(house, six[0], withdraw=learning)
    do_change_consent(house, six[0], grant=learning)
    told = access_objective_effect(house, RATING)
    assert (told.people, told.deciders) == (5, 5)


def test_outcomes_that_say_nothing_of_what_counts_are_counted(house: House, six: list[str]) -> None:
    """By moods alone, none of 48 outcomes without a mood tells anything; by ratings all do but an unrated one."""
    lesson(house, six[0], _practices(house)[0], None)
    moods = RewardDefinition("moods", rating=0, finishing=0, affect=1)
    assert [access_objective_effect(house, d).silent for d in (moods, RATING)] == [49, 1]


def test_an_empty_programme_has_no_effect_to_tell(house: House, rows: Callable[[House], object]) -> None:
    """Nobody there: zeros, and no number where there is none."""
    before = rows(house)
    told = access_objective_effect(house, RATING)
    assert (told.outcomes, told.decisions, told.variety, told.rating[0].value) == (0, 0, None, None)
    assert do_learn(house) is None
    assert rows(house) == before
