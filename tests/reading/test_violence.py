"""Words of being hurt by somebody close are found, and figures of speech are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.reading import RiskLevel
from attunement.reading.text_reader import TextReader
from attunement.reading.violence import in_light_of_violence, tells_of_violence

READER = TextReader()


@pytest.mark.parametrize(
    "text",
    ["My husband hits me.", "He hit me again last night.", "my boyfriend chokes me when he’s angry", "My dad beats me",
     "She slapped me and threw a plate", "my ex keeps stalking me", "He threatened to kill me", "he broke my arm",
     "my bf gets violent when he drinks", "I don't feel safe at home", "im scared of my dad when he drinks",
     "I'm in an abusive relationship", "she won’t let me leave", "I'm scared to go home", "I was raped",
     "he tried to choke me", "He said if I leave he will kill me", "she'd hurt us if I told",
     "my stepdad touches me at night"],
)  # fmt: skip
def test_being_hurt_is_known_by_its_plainest_words(text: str) -> None:
    assert tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["She beat me at chess.", "my brother beats me every time we play", "He hit me up on the weekend",
     "he broke my heart", "It hit me that I am alone", "he really hurt me by forgetting my birthday",
     "I am scared of my boss", "I hit my head", "They locked me out of my account", "This homework is killing me",
     "I feel safe at home", "My mother never lets me finish a sentence", "They hit me with a question",
     "I'm afraid of her reaction", "my mum will kill me if I fail",
     "his songs always touch me", "He'd kill me if I go without him lol", ""],
)  # fmt: skip
def test_figures_of_speech_and_quarrels_are_no_violence(text: str) -> None:
    assert not tells_of_violence(text)


def test_being_hurt_is_a_sign_of_danger_and_lowers_none() -> None:
    """A text that sounds like none becomes one with signs of it; what is worse stays as it was read."""
    hurt, worse = "My husband hits me.", "My husband hits me and I want to kill myself tonight."
    read, dire = READER.read([hurt, worse])
    raised = in_light_of_violence(read, hurt).risk
    assert read.risk.level.rank < RiskLevel.INDIRECT.rank
    assert (raised.level, raised.p) == (RiskLevel.INDIRECT, 0.7)
    assert in_light_of_violence(dire, worse) is dire
    [calm] = READER.read(["The tea was lovely."])
    assert in_light_of_violence(calm, "The tea was lovely.") is calm


@given(st.text(max_size=400))
def test_any_text_is_looked_through(text: str) -> None:
    """Nothing a person can type stops it."""
    assert tells_of_violence(text) in (True, False)
