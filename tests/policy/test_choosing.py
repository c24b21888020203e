"""Who may be offered what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.checks.examples import example_practices
from attunement.domain.practice import AvoidWhen
from attunement.domain.reading import RiskLevel
from attunement.domain.state import State
from attunement.policy.eligibility import conditions, eligible, gaps

PRACTICES = example_practices()


@pytest.mark.parametrize(
    ("state", "holds"),
    [
        (State(), set()),
        (State(risk=RiskLevel.DISTRESS), set()),
        (State(risk=RiskLevel.INDIRECT), {"risk"}),
        (State(risk=RiskLevel.IMMINENT), {"risk"}),
        (State(valence=-0.51, arousal=0.51), {"overwhelmed"}),
        (State(valence=-0.5, arousal=0.9), set()),
        (State(valence=-0.9, arousal=0.5), set()),
        (State(valence=-0.31, arousal=-0.51), {"drained"}),
        (State(valence=-0.3, arousal=-0.9), set()),
        (State(valence=-0.9, arousal=0.9, risk=RiskLevel.EXPLICIT), {"risk", "overwhelmed"}),
    ],
)
def test_conditions_hold_just_past_their_bounds(state: State, holds: set[str]) -> None:
    """Each condition begins where the words of `AvoidWhen` say."""
    assert conditions(state) == holds


@given(
    st.floats(-1, 1), st.floats(-1, 1), st.sampled_from(RiskLevel),
    st.lists(st.sets(st.sampled_from(AvoidWhen)), min_size=12, max_size=12),
    st.dictionaries(st.sampled_from([p.id for p in PRACTICES]), st.integers(0, 4).map(float)),
)  # fmt: skip
def test_what_must_be_avoided_is_never_eligible(
    valence: float, arousal: float, risk: RiskLevel, avoid: list[set[AvoidWhen]], rested: dict[str, float]
) -> None:
    """Nothing to be avoided now is offered, in danger only gentle things are, and rest holds while three are left."""
    library = [replace(p, avoid_when=tuple(a)) for p, a in zip(PRACTICES, avoid, strict=True)]
    state = State(valence=valence, arousal=arousal, risk=risk)
    holds, left = conditions(state), eligible(library, state, rested=rested)
    assert all(not holds & set(p.avoid_when) for p in left)
    assert "risk" not in holds or all(p.intensity == 1 for p in left)
    unrested = eligible(library, state)
    awake = [p for p in unrested if p.id not in rested]
    if len(awake) >= 3:
        assert left == awake
        return
    assert set(awake) <= set(left) <= set(unrested)
    assert len(left) >= min(3, len(unrested))
    woken = [rested[p.id] for p in left if p.id in rested]
    asleep = [rested[p.id] for p in unrested if p not in left]
    if woken:
        assert min(woken) > max(asleep, default=-1), "those that rest longest wake first"
        assert len(awake) + sum(days > min(woken) for days in woken) < 3, "and no more than are needed"


def test_gaps_are_the_conditions_that_leave_nothing() -> None:
    """What all avoid, or danger without anything gentle; a set with a part that is a gap is not told again."""
    assert gaps(PRACTICES) == []
    assert gaps([replace(p, intensity=2) for p in PRACTICES]) == [{AvoidWhen.RISK}]
    drained = [replace(p, avoid_when=(AvoidWhen.DRAINED,)) for p in PRACTICES]
    assert gaps(drained) == [{AvoidWhen.DRAINED}]
    gentle_in_one = [replace(p, avoid_when=(AvoidWhen.DRAINED,) if p.intensity == 1 else ()) for p in PRACTICES]
    assert gaps(gentle_in_one) == [{AvoidWhen.RISK, AvoidWhen.DRAINED}]
