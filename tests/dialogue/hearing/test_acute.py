"""Somebody else's minutes are known by what is told of them, and roofs are mended all the same."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.acute import is_acute_of_another
from attunement.domain.conversation import Line, Speaker
from attunement.reading.plain_text import normalise


@pytest.mark.parametrize(
    "text",
    ["shes on the roof of our school. shes actually up there, what do i DO", "She is on the bridge, please help",
     "My friend is on the roof", "She took all her pills and won't answer", "He isn't breathing",
     "he won't wake up and there is an empty box", "She cut her wrists", "My brother hanged himself ten minutes ago",
     "he is going to hang himself tonight", "my son is standing on the ledge"],
)  # fmt: skip
def test_it_may_be_a_matter_of_minutes(text: str) -> None:
    """Also where the one it is about is no more than she or he."""
    assert is_acute_of_another(normalise(text))


@pytest.mark.parametrize(
    "text",
    ["he's on the roof fixing tiles, please don't tell my mum", "She sings on the bridge", "he took all the pillows",
     "he took all my meds to the pharmacy", "He's on the roof with his camera", "she won't wake up for school",
     "my dad isn't breathing well", "My friend took all her tablets as prescribed"],
)  # fmt: skip
def test_it_is_not_where_all_is_well(text: str) -> None:
    assert not is_acute_of_another(normalise(text))


@pytest.mark.parametrize(
    "text",
    ["she doesn't know I took all my pills", "he left so I took all my pills", "my mum has no idea I cut my wrists"],
)
def test_what_a_member_did_is_never_taken_for_another_s(companion: Companion, text: str) -> None:
    """Whoever is named before it: the one to be helped is the one who writes."""
    assert not is_acute_of_another(normalise(text))
    assert companion.reply([Line(Speaker.MEMBER, text)]).step == "imminent"
