"""A member's own word takes the place of a reading, is kept beside it, and teaches only where that is allowed."""

from __future__ import annotations

import pytest

from attunement.domain.affect import Affect
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent, do_set_consent
from attunement.programme.corrections import (
    CheckInRead,
    access_check_in,
    access_learnable_corrections,
    do_correct_reading,
)
from attunement.programme.decisions import do_decide
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.members import do_enrol

TEXT = "I am so sad, I miss my sister and I cried all night."
LEARN_TEXT = Cell(Purpose.LEARN, Category.TEXT)


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    return member


def _read(house: House, member: str, text: str = TEXT) -> CheckInRead:
    return access_check_in(house, member, do_check_in(house, member, text=text).id)


def test_the_words_that_carried_a_feeling_are_told(house: House, rosa: str) -> None:
    """Of "sad" in the text it is told that it spoke for sadness, by its place."""
    read = _read(house, rosa)
    quoted = [TEXT[word.start : word.end].strip(",.") for word in read.words["sadness"]]
    assert "sad" in quoted
    assert len(quoted) <= 3
    assert all(word.weight > 0 for words in read.words.values() for word in words)


def test_what_else_was_read_is_told_by_the_words_that_moved_it(house: House, rosa: str) -> None:
    """Low valence by words that lower it; danger only where there was some; nothing of a language that is not read."""
    sad = _read(house, rosa, "I feel a bit sad today.")
    assert sad.was_read
    assert "sad" in [sad.text[word.start : word.end] for word in sad.other_words["valence"]]
    assert all(word.weight < 0 for word in sad.other_words["valence"])
    assert "risk" not in sad.other_words
    assert _read(house, rosa, "I want to kill myself tonight").other_words["risk"]
    german = _read(house, rosa, "Heute bin ich sehr müde und traurig.")
    assert (german.was_read, german.words, german.other_words) == (False, {}, {})


def test_the_next_decision_goes_by_what_the_member_says(house: House, rosa: str) -> None:
    """After a correction the feeling that was read no longer counts, nor does the valence that came with it."""
    moment = do_check_in(house, rosa, text=TEXT).id
    before = do_decide(house, rosa, seed=1).choice.features
    do_correct_reading(house, rosa, moment, emotions=["gratitude"], need=Need.ACT)
    after = do_decide(house, rosa, seed=1).choice.features
    assert before != after
    assert access_check_in(house, rosa, moment).reading.labels.count("sadness") == 1  # disagreement is kept


def test_the_newest_correction_holds(house: House, rosa: str) -> None:
    """What is said twice counts as said last; an empty list is an answer too."""
    read = _read(house, rosa)
    do_correct_reading(house, rosa, read.moment, emotions=["anger"])
    do_correct_reading(house, rosa, read.moment, emotions=[])
    correction = access_check_in(house, rosa, read.moment).correction
    assert correction is not None
    assert correction.emotions == []


def test_what_was_told_on_the_axes_outweighs_any_correction(house: House, rosa: str) -> None:
    """The valence a member set stays exactly as they set it."""
    moment = do_check_in(house, rosa, text=TEXT, affect=Affect(0.8, -0.2)).id
    do_correct_reading(house, rosa, moment, emotions=["joy"])
    told = [event for event in access_export(house, rosa)["events"] if event["kind"] == "checked-in"]
    assert told[-1]["valence"] == 0.8


def test_danger_is_not_corrected_away(house: House, rosa: str) -> None:
    """Help still comes first after the feelings read beside the danger were put right."""
    moment = do_check_in(house, rosa, text="I want to kill myself tonight")
    do_correct_reading(house, rosa, moment.id, emotions=["joy"])
    assert RiskLevel(access_check_in(house, rosa, moment.id).reading.risk).rank >= RiskLevel.EXPLICIT.rank


@pytest.mark.parametrize("emotion", ["sad", "", "Sadness", "x" * 50])
def test_an_emotion_nobody_reads_is_refused_and_nothing_is_kept(house: House, rosa: str, emotion: str) -> None:
    """It is named in the message."""
    read = _read(house, rosa)
    with pytest.raises(Invalid) as caught:
        do_correct_reading(house, rosa, read.moment, emotions=["joy", emotion])
    assert caught.value.code is ErrorCode.BAD_INPUT
    assert access_check_in(house, rosa, read.moment).correction is None


def test_where_nothing_may_be_read_there_is_nothing_to_see(house: House, rosa: str) -> None:
    """Neither before the text was allowed, nor once it is withdrawn, nor of somebody else."""
    read, other = _read(house, rosa), do_enrol(house, name="Oli")
    unread = do_check_in(house, other, text=TEXT).id
    do_change_consent(house, rosa, withdraw=[Cell(Purpose.PERSONALISE, Category.TEXT)])
    for member, moment in ((other, unread), (rosa, read.moment), (other, read.moment), (rosa, "none")):
        with pytest.raises(NotFound) as caught:
            access_check_in(house, member, moment)
        assert caught.value.code is ErrorCode.UNKNOWN_MOMENT


def test_a_correction_teaches_only_under_the_purpose_learn(house: House, rosa: str) -> None:
    """Allowed then and now; a withdrawal takes it out, and allowing later does not bring in what was said before."""
    read = _read(house, rosa)
    do_correct_reading(house, rosa, read.moment, emotions=["grief"])
    assert [(c.text, c.emotions) for c in access_learnable_corrections(house)] == [(TEXT, ("grief",))]
    do_change_consent(house, rosa, withdraw=[LEARN_TEXT])
    assert list(access_learnable_corrections(house)) == []
    do_correct_reading(house, rosa, read.moment, emotions=["love"])
    do_change_consent(house, rosa, grant=[LEARN_TEXT])
    assert list(access_learnable_corrections(house)) == []
