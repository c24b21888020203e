"""Who asks for a person gets one at once; who is in danger is offered no exercise."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.partner import Partner
from attunement.dialogue.safety.assessment import ActionKind
from attunement.dialogue.safety.danger_asked import asks_about_danger
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import RiskLevel
from attunement.library.library import load_library
from attunement.library.resources import content_folder

PARTNER = Partner(country="GB", can_alert=True)
WISH = "Can I talk to a real person?"


@pytest.mark.parametrize("said", ["I don't want to be here anymore.", "I want to kill myself."])
def test_a_wish_for_a_person_wins_over_the_question(companion: Companion, said: str) -> None:
    """Help is shown, the talk is handed over, and no question is left hanging; the alert is raised where one is due."""
    found = companion.reply([Line(Speaker.MEMBER, f"{said} {WISH}")], partner=PARTNER)
    kinds = {action.kind for action in found.actions}
    assert {ActionKind.SHOW_HELP, ActionKind.HAND_OVER} <= kinds
    assert ActionKind.ASK not in kinds
    assert (ActionKind.ALERT in kinds) is (found.risk is RiskLevel.EXPLICIT)
    assert "116 123" in found.text
    assert "?" not in found.text


@pytest.mark.parametrize("before", [(RiskLevel.INDIRECT,), (RiskLevel.EXPLICIT,)])
def test_it_wins_whatever_was_said_in_earlier_talks(companion: Companion, before: tuple[RiskLevel, ...]) -> None:
    """The shadow of yesterday asks nothing either."""
    partner = Partner(country="GB", can_alert=True, before=before)
    found = companion.reply([Line(Speaker.MEMBER, f"I feel sad and so tired. {WISH}")], partner=partner)
    assert not asks_about_danger(found.text)
    assert ActionKind.HAND_OVER in {action.kind for action in found.actions}


def test_what_must_be_held_is_held(companion: Companion) -> None:
    """Where it may be happening now, all that is said then is said."""
    found = companion.reply([Line(Speaker.MEMBER, f"I just took all my pills. {WISH}")], partner=PARTNER)
    assert found.step == "imminent"
    assert ActionKind.HOLD in {action.kind for action in found.actions}


@pytest.mark.parametrize("sign", ["Everyone would be better off without me.", "My friend told me he wants to die."])
def test_no_practice_is_offered_while_danger_stands_in_the_talk(companion: Companion, sign: str) -> None:
    """Not even where the last line asks for one; after a no it is as ever."""
    partner = Partner(practices=load_library(content_folder()).practices)
    lines = [
        Line(Speaker.MEMBER, sign), Line(Speaker.COMPANION, "I am here."),
        Line(Speaker.MEMBER, "give me a breathing exercise"),
    ]  # fmt: skip
    assert companion.reply(lines, partner=partner).practice is None
    assert companion.reply(lines[2:], partner=partner).practice is not None


@pytest.mark.parametrize(
    "text",
    ["My boyfriend chokes me when he is angry.", "my dad hits me", "He said if I leave he will kill me",
     "He tried to strangle me."],
)  # fmt: skip
def test_who_is_hurt_by_somebody_close_is_shown_help_for_that(companion: Companion, text: str) -> None:
    """The line for it stands first; nobody is alarmed over their head, and no question asks after suicide."""
    answer = companion.reply([Line(Speaker.MEMBER, text)], partner=PARTNER)
    assert answer.step == "hurt"
    assert answer.text.index("0808 2000 247") < answer.text.index("116 123")
    assert not asks_about_danger(answer.text)
    assert {action.kind for action in answer.actions} == {ActionKind.ASK, ActionKind.SHOW_HELP}


def test_help_for_who_is_hurt_is_shown_once(companion: Companion) -> None:
    """After that the talk is theirs."""
    lines = [Line(Speaker.MEMBER, "My husband hits me.")]
    lines.append(Line(Speaker.COMPANION, companion.reply(lines, partner=PARTNER).text))
    assert companion.reply([*lines, Line(Speaker.MEMBER, "He hit me again yesterday.")], partner=PARTNER).step == ""


@pytest.mark.parametrize(
    "text",
    ["My dad hit me when I was a kid.", "my mum will kill me if I fail the exam", "he punched me in the arm as a joke",
     "my mom is abusive towards the microwave haha", "My husband hit me with a great idea."],
)  # fmt: skip
def test_long_ago_and_in_play_nobody_is_hurt_now(companion: Companion, text: str) -> None:
    assert companion.reply([Line(Speaker.MEMBER, text)], partner=PARTNER).step == ""


def test_who_is_hurt_and_wants_to_die_is_asked_about_that(companion: Companion) -> None:
    """Danger to their own life goes first."""
    assert companion.reply([Line(Speaker.MEMBER, "He beats me and I want to die.")], partner=PARTNER).step == "present"
