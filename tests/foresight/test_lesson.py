"""What other people's values teach, and that nothing is taught by what came later."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.foresight.forecaster import AffectForecaster
from attunement.foresight.lesson import FEWEST, Example, Lesson, fitted
from attunement.foresight.lessons_by_day import LessonsByDay
from attunement.foresight.panel import Row, forecast_rows

RNG = np.random.default_rng(4)
BASIS = np.column_stack([np.ones(300), RNG.normal(size=(300, 2))])
EXAMPLES = [Example(b, float(0.1 + 0.2 * b[1]), 0.0) for b in BASIS]


def lesson_of(examples: list[Example]) -> Lesson:
    lesson = Lesson()
    lesson.see(examples)
    return lesson


def test_a_lesson_learns_what_was_missed() -> None:
    """A tenth too low for everybody, and a fifth of a column besides, is found but for the doubt about columns."""
    learned = lesson_of(EXAMPLES).learned()
    assert learned is not None
    assert learned[0] == pytest.approx(0.1, abs=0.02)
    assert 0.1 < learned[1] < 0.2
    assert abs(learned[2]) < 0.02


def test_a_lesson_in_two_parts_is_the_lesson() -> None:
    """Sums add up, in whatever order they are taken."""
    one, other = lesson_of(EXAMPLES[:90]), lesson_of(EXAMPLES[90:])
    other.add(Lesson())
    other.add(one)
    assert other.learned() == pytest.approx(lesson_of(EXAMPLES).learned(), abs=1e-12)
    assert one.learned() is None
    assert other.n == 300


def test_a_handful_teaches_nothing() -> None:
    """One value fewer than it takes, and there is no lesson."""
    assert lesson_of(EXAMPLES[: FEWEST - 1]).learned() is None
    assert fitted(EXAMPLES[: FEWEST - 1]) is None
    assert lesson_of(EXAMPLES[:FEWEST]).learned() is not None


def test_one_wild_value_counts_little() -> None:
    """Weighted by what is left over, thirty values far off move the middle less than their mean does."""
    plain = [Example(np.array([1.0]), 1.0 if k < 30 else 0.1, 1.0 if k < 30 else 0.1) for k in range(300)]
    learned = fitted(plain, rounds=8)
    assert learned is not None
    assert learned[0] == pytest.approx(0.1, abs=0.01)
    assert np.mean([e.missed for e in plain]) == pytest.approx(0.19)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-3, 4), min_size=300, max_size=300))
def test_a_day_is_taught_by_earlier_days_alone(days: list[int]) -> None:
    """What is known before a day is what a plain loop over earlier days finds, also before 1970."""
    lessons = LessonsByDay()
    for day, example in zip(days, EXAMPLES, strict=True):
        lessons.see(day, example)
    for day in range(-4, 6):
        earlier = [e for d, e in zip(days, EXAMPLES, strict=True) if d < day]
        found = lessons.before(day)
        told = lesson_of(earlier).learned() if earlier else None
        assert (found is None) == (told is None)
        assert found is None or found == pytest.approx(told, abs=1e-9)


def test_days_beyond_all_calendars_teach_nobody() -> None:
    """Times too far out to be told apart count as one day, and no day is before itself."""
    lessons = LessonsByDay()
    for example in EXAMPLES:
        lessons.see(10**9, example)
    assert lessons.before(10**9 + 5) is None


def swinging(people: int, steps: int) -> list[Row]:
    """People who are high in one half of their ratings and low in the other, in turns the network cannot expect."""
    rng = np.random.default_rng(7)
    return [
        Row(f"p{p}", 12.0 * k, float(np.clip((0.9 if (k + p) % 2 else 0.1) + rng.normal(0, 0.03), 0, 1)))
        for p in range(people) for k in range(steps)
    ]  # fmt: skip


def test_what_is_usual_among_these_people_is_learned_from_them() -> None:
    """The last of twenty people is forecast better for those above, on the same rows, than alone."""
    rows = swinging(20, 24)
    mine = [k for k, row in enumerate(rows) if row.person == "p19" and 4 <= row.time / 24 < 8]
    alone = forecast_rows([rows[k] for k in range(len(rows)) if rows[k].person == "p19"], low=0, high=1)
    taught = forecast_rows(rows, low=0, high=1)
    first = len(rows) - 24
    error = {
        "alone": np.mean([abs(alone[k - first].middle - (rows[k].value or 0)) for k in mine]),
        "taught": np.mean([abs(taught[k].middle - (rows[k].value or 0)) for k in mine]),
    }
    assert error["taught"] < 0.8 * error["alone"]


@pytest.mark.parametrize("low", [None, 0.0])
def test_no_row_is_taught_by_one_below_it_or_later(low: float | None) -> None:
    """In a file in any order, another value in one row changes no other person's forecast above it or at its time."""
    rows = swinging(6, 90)
    order = np.random.default_rng(3).permutation(len(rows))
    rows = [rows[k] for k in np.concatenate([order[:200], np.sort(order[200:])])]
    before = forecast_rows(rows, low=low, high=None if low is None else 1.0)
    for changed in (0, 77, 260, 400, 530):
        row = rows[changed]
        others = [*rows[:changed], Row(row.person, row.time, 0.5), *rows[changed + 1 :]]
        after = forecast_rows(others, low=low, high=None if low is None else 1.0)
        for k, other in enumerate(rows):
            if other.person != row.person and (k < changed or other.time <= row.time):
                assert after[k] == before[k]
        if changed < 100:  # and it did teach somebody
            assert any(after[k] != before[k] for k, r in enumerate(rows) if r.person != row.person and k > 450)


def test_a_lesson_moves_the_middle_and_keeps_the_range() -> None:
    """Ranges of somebody at the floor still begin at the floor, and the middle stays within the scale."""
    forecaster = AffectForecaster(low=0, high=1)
    for k in range(30):
        forecaster.see(6.0 * k, 0.0 if k % 4 else 0.5)
    plain = forecaster.ahead(186.0)
    size = len(forecaster.example(186.0, 0.0).basis)
    for up in (0.02, 9.0, -9.0):
        forecaster.lesson = np.concatenate([[up], np.zeros(size - 1)])
        moved = forecaster.ahead(186.0)
        assert moved.middle == pytest.approx(min(1.0, max(0.0, plain.middle + up)))
        assert (np.diff(moved.quantiles) >= 0).all()
        assert moved.quantiles[0] == plain.quantiles[0]
