"""A question has one meaning, and so has the answer to it: safe is no danger, and not safe is."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.partner import Partner
from attunement.dialogue.safety.assessment import ActionKind
from attunement.dialogue.safety.danger_asked import asked_whether_safe
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import RiskLevel
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder

STEPS = load_companion_words(content_folder()).safety.steps
PARTNER = Partner(country="GB", can_alert=True)


def after(question: str, answer: str) -> list[Line]:
    return [
        Line(Speaker.MEMBER, "I want to kill myself."), Line(Speaker.COMPANION, question), Line(Speaker.MEMBER, answer)
    ]  # fmt: skip


@pytest.mark.parametrize("question", STEPS["present"].ask)
def test_after_danger_was_said_one_thing_is_asked(question: str) -> None:
    """Whether they are safe, so that a yes means yes."""
    assert asked_whether_safe(after(question, "yes")[:2])


@pytest.mark.parametrize("answer", ["yes", "yes I am", "I am safe", "yeah, my flatmate is here"])
@pytest.mark.parametrize("question", STEPS["present"].ask[:2])
def test_who_is_safe_does_not_say_yes_to_danger(companion: Companion, question: str, answer: str) -> None:
    """What was said stands, the word is taken as it is, and the talk is not held as if it had got worse."""
    found = companion.reply(after(question, answer), partner=PARTNER)
    assert (found.risk, found.step) == (RiskLevel.EXPLICIT, "safer")
    assert ActionKind.HOLD not in {action.kind for action in found.actions}
    assert companion.danger(after(question, answer)).said.rank < RiskLevel.EXPLICIT.rank


@pytest.mark.parametrize(
    "answer", ["no", "No.", "no, I'm not", "I am not safe", "not really", "i don't feel safe here"]
)
@pytest.mark.parametrize("question", STEPS["present"].ask[:2])
def test_who_is_not_safe_is_in_danger_now(companion: Companion, question: str, answer: str) -> None:
    """A no to it is no denial: the talk is held for a person at once."""
    found = companion.reply(after(question, answer), partner=PARTNER)
    assert (found.risk, found.step) == (RiskLevel.IMMINENT, "imminent")
    assert ActionKind.HOLD in {action.kind for action in found.actions}


def test_not_going_to_do_anything_is_not_unsafe(companion: Companion) -> None:
    """The word "not" alone makes no emergency."""
    found = companion.reply(after(STEPS["present"].ask[0], "I'm not going to do anything tonight"), partner=PARTNER)
    assert found.step == "stay"


def test_a_yes_about_a_friend_is_not_one_s_own(companion: Companion) -> None:
    """Whether the friend thinks of suicide was asked."""
    for question in STEPS["another"].ask:
        lines = [Line(Speaker.MEMBER, "My best friend told me he wants to die."), Line(Speaker.COMPANION, question)]
        assert companion.danger([*lines, Line(Speaker.MEMBER, "yes")]).said.rank < RiskLevel.EXPLICIT.rank


@pytest.mark.parametrize("step", sorted(STEPS))
def test_no_step_asks_two_things_at_once(step: str) -> None:
    """One question a line."""
    assert not [line for line in STEPS[step].ask if line.count("?") > 1]


@pytest.mark.parametrize("step", ["ask", "again", "guess", "farewell"])
def test_the_plain_question_offers_no_choice(step: str) -> None:
    """A yes to it can mean only one thing."""
    assert not [line for line in STEPS[step].ask if " or " in line.rpartition(".")[2].rpartition(":")[2]]


@pytest.mark.parametrize("step", sorted(STEPS))
def test_no_line_tells_the_member_what_they_feel(step: str) -> None:
    """That somebody feels a weight on everybody, or sees no way, or has decided, is for them to say."""
    claims = ("you feel", "you must", "you are so", "you have decided", "you cannot see", "weight on", "hopeless")
    lines = [*STEPS[step].open, *STEPS[step].understand]
    assert not [line for line in lines if any(claim in line.lower() for claim in claims)]


TOLD = "My friend overdosed last night and is in hospital."


@pytest.mark.parametrize("question", STEPS["another"].ask)
@pytest.mark.parametrize("text", ["I got the job!!! after 14 months!", "I made soup for the ward."])
def test_what_is_told_after_a_question_about_another_is_no_danger_to_who_tells_it(
    companion: Companion, question: str, text: str
) -> None:
    """They are not asked about killing themselves because a friend was in danger."""
    lines = [Line(Speaker.MEMBER, TOLD), Line(Speaker.COMPANION, question), Line(Speaker.MEMBER, text)]
    assert companion.reply(lines, partner=PARTNER).step == ""


@pytest.mark.parametrize("answer", ["yes", "I don't know", "no"])
def test_what_answers_a_question_about_another_goes_on_about_them(companion: Companion, answer: str) -> None:
    """A yes is about the friend; what is not known is asked after once more, and then let be."""
    asked, again = (Line(Speaker.COMPANION, question) for question in STEPS["another"].ask)
    lines = [Line(Speaker.MEMBER, TOLD), asked, Line(Speaker.MEMBER, answer)]
    assert companion.reply(lines, partner=PARTNER).step == "another"
    step = companion.reply([*lines, again, Line(Speaker.MEMBER, answer)], partner=PARTNER).step
    assert step == ("another" if answer == "yes" else "")


def test_danger_of_their_own_told_beside_a_friends_is_theirs(companion: Companion) -> None:
    """The question about another hides nothing."""
    asked = Line(Speaker.COMPANION, STEPS["another"].ask[0])
    lines = [Line(Speaker.MEMBER, TOLD), asked, Line(Speaker.MEMBER, "Yes, and I want to kill myself too.")]
    assert companion.reply(lines, partner=PARTNER).step == "present"
