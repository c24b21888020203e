"""Signs of an emergency of somebody's body: told in plain words, they are met as one."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.acute import is_acute_of_another, is_acute_of_body
from attunement.dialogue.hearing.body_signs import has_body_signs
from attunement.dialogue.safety.assessment import ActionKind
from attunement.domain.conversation import Line, Speaker
from attunement.reading.plain_text import normalise

EMERGENCIES = (
    "my chest hurts and my arm is numb",
    "Pain in my chest that goes down my arm, and I'm sweating.",
    "chest pain, is this worth going to A&E",
    "my speech is all slurred and my hand won't work",
    "all of a sudden I can't move my left leg",
    "worst headache i've ever had, came on out of nowhere",
    "i keep throwing up blood",
    "the cut on my thumb won't stop bleeding, second towel now",
    "30 weeks pregnant and bleeding",
    "I haven't felt the baby move since last night",
    "hit my head on the door frame and now I keep being sick",
    "fell down the stairs and I can't feel my legs",
    "my sugar is 2.1 and im shaking",
    "ate a peanut and my lips are swelling",
    "can't get any air and my inhaler is empty",
    "took my heart tablets twice by mistake",
    "Heater in the van, my head is pounding and I feel sick",
)
HARMLESS = (
    "my chest hurts when i think about him",
    "my arm is numb, i slept on it",
    "my speech was slurred after three pints",
    "i nearly had a heart attack when I saw the bill",
    "worst headache of my life: tax returns",
    "panic attack on the bus, chest tight and sweating, again",
    "blood everywhere in the kitchen, it was only beetroot",
    "26 weeks pregnant and so happy",
    "i bumped my head on the cupboard, lol",
    "i can't feel my legs after leg day",
    "years ago I had a chest pain and numb arm, it was nothing",
    "in the first aid course they had a man with chest pain and a numb arm",
)


@pytest.mark.parametrize("text", EMERGENCIES)
def test_signs_of_an_emergency_are_answered_with_the_call_to_make(companion: Companion, text: str) -> None:
    """No feeling is reflected and nothing is asked of dying: help is named, and people here are told."""
    answer = companion.reply([Line(Speaker.MEMBER, text)])
    assert answer.step == "body"
    assert {ActionKind.SHOW_HELP, ActionKind.ALERT} <= {action.kind for action in answer.actions}
    assert "emergency" in answer.text.lower()
    assert "suicide" not in answer.text


@pytest.mark.parametrize("text", HARMLESS)
def test_the_same_words_about_something_else_are_none(text: str) -> None:
    """A grief in the chest, a gym, a bill, a panic named as one, what is long over."""
    assert not is_acute_of_body(normalise(text))
    assert not is_acute_of_another(normalise(text))


@pytest.mark.parametrize(
    "text",
    ["his speech is suddenly slurred", "my dad's chest hurts and his left arm is numb", "her lips have gone blue"],
)
def test_signs_in_somebody_else_are_theirs(text: str) -> None:
    """Whose body it is decides who is to be called to."""
    assert is_acute_of_another(normalise(text))
    assert not is_acute_of_body(normalise(text))


def test_who_will_have_no_ambulance_called_is_no_danger_but_in_it(companion: Companion) -> None:
    """What was said to somebody who is hurt by another is not said to them."""
    answer = companion.reply([Line(Speaker.MEMBER, "My dad has chest pain but he won't let me call an ambulance.")])
    assert "emergency number" in answer.text
    assert "near you just now" not in answer.text


def test_ones_own_body_is_ones_own_whoever_refuses_help(companion: Companion) -> None:
    """Whose body it is goes by whose chest it is, and not by who else is in the line; a fall of another is theirs."""
    own = companion.reply([Line(Speaker.MEMBER, "my chest hurts and my arm is numb but he won't let me call 999")])
    assert own.step == "body"
    assert is_acute_of_another("my nan fell and hit her head and says don't call 999")
    assert not is_acute_of_another("my nan fell for his tricks and called me at 9")


def test_what_one_did_to_oneself_stays_what_it_is(companion: Companion) -> None:
    """A wound that bleeds is no accident where the line says how it came."""
    answer = companion.reply([Line(Speaker.MEMBER, "I slashed my arm and it won't stop bleeding.")])
    assert answer.step == "imminent"


def test_signs_are_found_in_a_long_line_without_delay() -> None:
    """Words that nearly match, thousands of times, take no time worth speaking of."""
    assert not has_body_signs("my chest is my chest and the pain of my " * 3000)
