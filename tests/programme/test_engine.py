"""The engine from Python: what is misspelt or out of range is told with a code, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from attunement import Affect, Attunement, Need
from attunement.domain.errors import AttunementError, ErrorCode
from attunement.domain.hindrance import Hindrance
from attunement.programme.house import House


class _Met:
    """A member with an offer that is open."""

    def __init__(self, house: House) -> None:
        self.engine = Attunement(house)
        self.member = self.engine.enrol()
        self.engine.allow(self.member, *(str(cell) for cell in house.wording.asked))
        self.offer = self.engine.next_practice(self.member, seed=1).id


BAD: dict[str, Callable[[Any], object]] = {
    "a purpose that is not": lambda m: m.engine.allow(m.member, "personalise:txt"),
    "half a cell": lambda m: m.engine.withdraw(m.member, "personalise"),
    "a need that is not": lambda m: m.engine.check_in(m.member, needs=["sleep"]),
    "a need in letters": lambda m: m.engine.check_in(m.member, needs="calm"),
    "a seed below 0": lambda m: m.engine.next_practice(m.member, seed=-1),
    "half a seed": lambda m: m.engine.next_practice(m.member, seed=1.5),
    "an answer that is not": lambda m: m.engine.answer(m.member, m.offer, "liked"),
    "half a rating": lambda m: m.engine.finish(m.member, m.offer, rating=3.5),
    "a rating in letters": lambda m: m.engine.finish(m.member, m.offer, rating="4"),
    "a hindrance that is not": lambda m: m.engine.finish(m.member, m.offer, hindrances=["boring"]),
    "a breadth beyond": lambda m: m.engine.set_breadth(m.member, 1.5),
    "a breadth that is no number": lambda m: m.engine.set_breadth(m.member, float("nan")),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_cannot_be_is_told_with_a_code_and_leaves_nothing(house: House, bad: str) -> None:
    """Each is `bad-input` with a sentence that says what can be, and the log is as long as before."""
    met = _Met(house)
    before = len(met.engine.export(met.member)["events"])
    with pytest.raises(AttunementError) as told:
        BAD[bad](met)
    assert told.value.code is ErrorCode.BAD_INPUT
    assert len(met.engine.export(met.member)["events"]) == before


@pytest.mark.parametrize("valence", ["0.1", None, True, float("inf")])
def test_a_mood_that_is_no_number_is_told_with_a_code(valence: Any) -> None:
    """Text, nothing, a truth and infinity are no places on an axis."""
    with pytest.raises(AttunementError) as told:
        Affect(valence, 0.0)
    assert told.value.code is ErrorCode.BAD_AFFECT


def test_words_do_as_well_as_members_of_their_lists(house: House) -> None:
    """A need or a hindrance may be given by its word, twice or once, and is kept as what it is."""
    met = _Met(house)
    moment = met.engine.check_in(met.member, needs=["calm", Need.CALM])  # type: ignore[list-item]
    assert set(moment.state.needs) == {Need.CALM}
    met.engine.finish(met.member, met.offer, hindrances=["too-long", "too-long"])  # type: ignore[list-item]
    (outcome,) = (e for e in met.engine.export(met.member)["events"] if e["kind"] == "outcome-recorded")
    assert outcome["hindrances"] == [Hindrance.TOO_LONG]


def test_the_alternative_that_was_taken_can_be_told(house: House) -> None:
    """From Python too a member may start one of the practices that stand beside the offered one."""
    met = _Met(house)
    offer = met.engine.next_practice(met.member, seed=2)
    taken = offer.choice.alternatives[0]
    assert met.engine.answer(met.member, offer.id, "started", practice=taken) is None
    (told,) = (e for e in met.engine.export(met.member)["events"] if e["kind"] == "decision-answered")
    assert told["practice"] == taken
