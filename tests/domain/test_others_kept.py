"""Many probabilities as one number and a few of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.others_kept import OthersKept
from attunement.domain.probabilities import Listed

IDS = tuple(f"p{k}" for k in range(40))


@given(
    st.dictionaries(st.sampled_from(IDS), st.sampled_from([0.001, 0.001, 0.2, 1 / 3]), min_size=1),
    st.data(),
)
def test_what_is_kept_is_read_back_exactly(probabilities: dict[str, float], data: st.DataObject) -> None:
    """Whoever is eligible and whatever of it is shown; named are those shown and those above the least."""
    listed, shown = Listed(IDS), data.draw(st.sets(st.sampled_from(sorted(probabilities))))
    named, others = OthersKept.of(probabilities, shown=shown, listed=listed)
    least = min(probabilities.values())
    assert named == {i: p for i, p in probabilities.items() if p > least or i in shown}
    again = OthersKept.model_validate_json(others.model_dump_json()).spread(named, Listed(IDS))
    assert again == probabilities
    assert list(again) == [i for i in IDS if i in probabilities]


def test_a_candidate_that_is_not_listed_is_refused() -> None:
    """It could not be told again."""
    with pytest.raises(KeyError):
        OthersKept.of({"elsewhere": 1.0}, shown=(), listed=Listed(IDS))
