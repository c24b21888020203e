"""Practices by their place in a library."""

from __future__ import annotations

import numpy as np

from attunement.checks.examples import example_practices
from attunement.domain.context import Met
from attunement.policy.candidates import Catalogue

PRACTICES = example_practices()


def test_candidates_are_the_practices_they_were_made_of() -> None:
    """In their order, by place, by slice and by id; a part of them as well."""
    some = Catalogue(PRACTICES).among([PRACTICES[7], PRACTICES[2], PRACTICES[5]])
    assert [*some] == [some[0], *some[1:]] == [PRACTICES[7], PRACTICES[2], PRACTICES[5]]
    assert some.listed.ids == ("example-7", "example-2", "example-5")
    assert [*some.part(np.array([2, 0]))] == [PRACTICES[5], PRACTICES[7]]


def test_those_of_another_library_are_looked_up_anew() -> None:
    """A place in one library means nothing in another."""
    theirs = Catalogue(PRACTICES[::-1]).among(PRACTICES[:3])
    assert Catalogue(PRACTICES).among(theirs).rows.tolist() == [0, 1, 2]


def test_a_past_is_looked_up_once_and_only_for_its_library() -> None:
    """What the library no longer has is left out; what no outcome came of has no reward."""
    catalogue, other = Catalogue(PRACTICES), Catalogue(PRACTICES[::-1])
    met = (Met("example-3", 1.0, 0.5), Met("gone", 2.0, 0.5), Met("example-1", 4.0))
    past = catalogue.past(met)
    assert past.rows.tolist() == [3, 1]
    assert past.days_ago.tolist() == [1.0, 4.0]
    assert np.isnan(past.rewards).tolist() == [False, True]
    assert catalogue.past(met, past) is past
    assert other.past(met, past).rows.tolist() == [8, 10]
